"""Calls the package often under valgrind, and asks for every block that its compiled part has lost.

usage: leaks.py VALGRIND PYTHON EXTENSION PACKAGE_FOLDER PROCEDURES PERMIT
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

PLAY = """
import sys, workflow
procedures, permit = sys.argv[1:]
clerk, officer = workflow.Actor("an", roles=["clerk"]), workflow.Actor("binh", roles=["officer"])
def ask(request):
    if request["attempt"] == 1 and request["instance"].endswith("3"):
        raise workflow.ServiceError("unknown", "nobody")
    return {"number": 1}
for _ in range(3):
    with workflow.Engine(log=lambda *line: None) as engine:
        engine.register_folder(procedures)
        engine.register_procedure(file=permit)
        with engine.outbox({"ask_register": ask}, notices=print) as outbox, engine.commits() as commits:
            for key in range(20):
                engine.start("permit", str(key), clerk, {"applicant": "A"})
                engine.perform(f"permit/{key}", "accept", officer, {"fee": 1})
                outbox.deliver()
                engine.get(f"permit/{key}")
                engine.history(f"permit/{key}")
                commits.call("claim", instance=f"permit/{key}", item=1, actor=officer)
            for wrong in ({"applicant": object()}, {"nobody": 1}, {1: 2}):
                try:
                    engine.start("permit", "wrong", clerk, wrong)
                except workflow.Error:
                    pass
            try:
                engine.perform("permit/0", "accept", clerk)
            except workflow.Refused:
                pass
            engine.worklist(officer, limit=5)
"""


def main() -> None:
    valgrind, python, extension, package, *given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.xml")
        subprocess.run(
            [valgrind, "--quiet", "--leak-check=full", "--show-leak-kinds=definite", "--num-callers=40",
             "--xml=yes", f"--xml-file={report}", python, "-c", PLAY, *given],
            env=dict(os.environ, PYTHONPATH=package, PYTHONMALLOC="malloc"), check=True,
        )
        errors = list(xml.etree.ElementTree.parse(report).getroot().iter("error"))
    ours = [error for error in errors if any(frame.findtext("obj") == extension for frame in error.iter("frame"))]
    # What modules and types keep until the end of the process is pybind11's and Python's.
    ours = [error for error in ours if not any(
        (frame.findtext("fn") or "").startswith(("PyInit_", "PyModule_")) for frame in error.iter("frame"))]
    for error in ours:
        print(error.findtext("xwhat/text") or error.findtext("what"))
        for frame in error.iter("frame"):
            print("    ", frame.findtext("fn"), frame.findtext("file"), frame.findtext("line"))
    print(f"{len(ours)} of {len(errors)} findings are the package's")
    sys.exit(1 if ours else 0)


main()
