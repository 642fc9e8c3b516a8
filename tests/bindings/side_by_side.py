"""Several languages, each in a process of its own, work on one store at the same time: every step is kept, and the
proof holds.

usage: side_by_side.py PROCEDURES_FOLDER RUNNER...      each RUNNER a command in quotes
"""

import json
import pathlib
import shlex
import sys
import tempfile
import threading

from conformance import HERE, Play

DOSSIERS = 25


def work(play, number, wrong):
    """Starts dossiers and accepts each; what is not done is told."""
    try:
        for i in range(DOSSIERS):
            key = f"{number}-{i}"
            steps = [
                ("start", {"procedure": "permit", "key": key, "actor": {"id": "an", "roles": ["clerk"]},
                           "data": {"applicant": key}}),
                ("perform", {"instance": f"permit/{key}", "action": "accept", "fields": {"fee": i},
                             "actor": {"id": "binh", "roles": ["officer"]}}),
            ]
            for name, arguments in steps:
                code, said = play.call(name, arguments)
                if code != 0:
                    wrong.append(f"{name} {key}: {said}")
    except BaseException as error:  # told by the main thread
        wrong.append(repr(error))


def main():
    folder, *runners = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        plays = [Play(shlex.split(runner), pathlib.Path(folder), f"sqlite:{scratch}/dossiers.db") for runner in runners]
        for play in plays:
            play.step({"open": {"file": "permit"}})
            play.step({"clock": "2026-06-01T09:00:00+07:00"})
        wrong = []
        threads = [threading.Thread(target=work, args=(play, number, wrong)) for number, play in enumerate(plays)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong, wrong[:3]
        for play in plays:  # each sees what all have done
            code, counts = play.call("standing_counts", {"procedure": "permit"})
            assert code == 0 and [one["tokens"] for one in counts] == [DOSSIERS * len(plays)], counts
            code, report = play.call("verify", {"limit": 1000})
            assert code == 0 and report["faults"] == [] and report["finished"], report
            play.end()
    print(f"{len(plays)} processes did {2 * DOSSIERS * len(plays)} steps on one store")


main()
