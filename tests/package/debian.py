"""Makes the Debian packages, asks apt whether they could be installed here, and runs what is in them, unpacked.

usage: debian.py BUILD_FOLDER SCRATCH_FOLDER PYTHON
"""

import os
import pathlib
import shutil
import sys

from commands import run

build, scratch = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
python = sys.argv[3]
NAMES = ["libworkflow", "libworkflow-dev", "python3-workflow", "workflow-cli"]


def field(package, name):
    return run("dpkg-deb", "--field", package, name).strip()


shutil.rmtree(scratch, ignore_errors=True)
scratch.mkdir(parents=True)
run("cpack", "--config", build / "CPackConfig.cmake", "-B", scratch, cwd=build)
packages = {field(file, "Package"): file for file in sorted(scratch.glob("*.deb"))}
assert sorted(packages) == NAMES, sorted(packages)
for wanted in ("libsqlite3-0", "libyaml-cpp0.7", "libpq5", "libc6"):
    assert wanted in field(packages["libworkflow"], "Depends"), wanted
assert "libworkflow (= " in field(packages["libworkflow-dev"], "Depends")
assert "python3 (<< 3." in field(packages["python3-workflow"], "Depends")
# What others that link these libraries will depend on.
said = run("dpkg-deb", "--info", packages["libworkflow"], "shlibs")
assert "libworkflow 0.1 libworkflow" in said and "libworkflow-c 1 libworkflow" in said, said
said = run("apt-get", "-s", "-o", "Debug::NoLocking=1", "install", *[f"./{file.name}" for file in packages.values()],
           cwd=scratch)
for name in NAMES:
    assert f"Inst {name} " in said, said
print("apt would install all four")

root = scratch / "root"
for file in packages.values():
    run("dpkg", "-x", file, root)
nowhere = {"PATH": os.environ["PATH"], "HOME": str(scratch)}
version = run(root / "usr/bin/workflow", "--version", env=nowhere)
assert version.strip(), version
assert run(root / "usr/bin/workflow", "graph", "petition_handling", "--format", "mermaid", cwd="/", env=nowhere)
said = run(python, "-c", """
import workflow
with workflow.Engine("memory") as engine:
    print(len(engine.register_folder("usr/share/workflow/procedures")["procedures"]))
""", cwd=root, env=dict(nowhere, PYTHONPATH=str(root / "usr/lib/python3/dist-packages")))
assert int(said) == 9, said
print(f"the tool ({version.strip()}) and the Python package run from where they were unpacked")
