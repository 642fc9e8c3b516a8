"""The same steps as speed.cpp from Python. usage: speed.py PROCEDURES PERMIT STORE STEPS [json]

With `json` it prints the seconds that json.loads takes for the answers' text instead.
"""

import json
import sys
import time

import workflow

procedures, permit, store, steps = sys.argv[1:5]
officer = workflow.Actor("binh", roles=["officer"])
with workflow.Engine(store) as engine:
    engine.register_folder(procedures)
    engine.register_procedure(file=permit)
    engine.start("permit", "A", workflow.Actor("an", roles=["clerk"]), {"applicant": "A"})
    calls = [engine.claim, engine.release]
    answers = []
    for i in range(int(steps) // 10 // 2 * 2):
        answers.append(calls[i % 2]("permit/A", 1, officer))
    begin = time.perf_counter()
    for i in range(int(steps)):
        calls[i % 2]("permit/A", 1, officer)
    seconds = time.perf_counter() - begin
    if sys.argv[5:] == ["json"]:
        texts = [json.dumps(answer, default=lambda instant: instant.isoformat()) for answer in answers[:2]]
        begin = time.perf_counter()
        for i in range(int(steps)):
            json.loads(texts[i % 2])
        seconds = time.perf_counter() - begin
    print(seconds)
