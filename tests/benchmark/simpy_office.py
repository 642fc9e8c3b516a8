"""One officer's office in SimPy: dossiers come at random, wait, are worked on. simpy_office.py DOSSIERS"""
import random
import sys

import simpy


def office(dossiers):
    draws, environment = random.Random(1690), simpy.Environment()
    officer = simpy.Resource(environment, capacity=1)
    stays = []

    def dossier():
        came = environment.now
        with officer.request() as turn:
            yield turn
            yield environment.timeout(draws.expovariate(1))
        stays.append(environment.now - came)

    def arrivals():
        for _ in range(dossiers):
            yield environment.timeout(draws.expovariate(0.8))
            environment.process(dossier())

    environment.process(arrivals())
    environment.run()
    return sum(stays) / len(stays)


print(office(int(sys.argv[1])))
