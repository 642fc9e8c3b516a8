"""Compiles the package with CMake. WORKFLOW_BUILD names a build folder to use; without it one is made, and the whole
library compiled in it."""

import os
import pathlib
import shutil
import subprocess

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = pathlib.Path(__file__).resolve().parent


class CMakeBuild(build_ext):
    """Takes the compiled part from CMake's build folder."""

    def build_extension(self, extension: Extension) -> None:
        given = os.environ.get("WORKFLOW_BUILD")
        folder = pathlib.Path(given) if given else pathlib.Path(self.build_temp).resolve()
        if not given:
            subprocess.run(
                ["cmake", "-S", str(HERE.parents[1]), "-B", str(folder), "-G", "Ninja",
                 "-DCMAKE_BUILD_TYPE=Release", "-DWORKFLOW_BUILD_TESTS=OFF", "-DWORKFLOW_BUILD_EXAMPLES=OFF"],
                check=True,
            )
        subprocess.run(["cmake", "--build", str(folder), "--target", "workflow_python"], check=True)
        (compiled,) = (folder / "python/workflow").glob("_native.*.so")
        target = pathlib.Path(self.get_ext_fullpath(extension.name))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(compiled, target)


setup(ext_modules=[Extension("workflow._native", [])], cmdclass={"build_ext": CMakeBuild})
