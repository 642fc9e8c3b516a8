"""Installs the Python package by pip into an environment of its own, from a build folder, and uses it there.

usage: pip.py BUILD_FOLDER SOURCE_FOLDER SCRATCH_FOLDER
"""

import os
import pathlib
import shutil
import subprocess
import sys
import venv

build, source, scratch = (pathlib.Path(word) for word in sys.argv[1:])
shutil.rmtree(scratch, ignore_errors=True)
venv.create(scratch / "environment", with_pip=True, system_site_packages=True)
python = str(scratch / "environment/bin/python")
package = scratch / "package"
shutil.copytree(source / "bindings/python", package, ignore=shutil.ignore_patterns("__pycache__"))
subprocess.run(
    [python, "-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "--no-index",
     "--disable-pip-version-check", str(package)],
    check=True,
    env=dict(os.environ, WORKFLOW_BUILD=str(build)),
)
said = subprocess.run(
    [python, "-c", "import workflow; print(workflow.__file__); print(workflow.Engine().now().year)"],
    capture_output=True, text=True, check=True, cwd=scratch, env={"PATH": os.environ["PATH"]},
).stdout.split()
assert said[0].startswith(str(scratch / "environment")), said
assert int(said[1]) >= 2026, said
print("installed by pip, and used from there")
