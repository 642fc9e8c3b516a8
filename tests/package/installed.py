"""Installs the build to a prefix of its own, and builds and runs examples/embed against that alone.

usage: installed.py BUILD_FOLDER SOURCE_FOLDER SCRATCH_FOLDER COMPILER
"""

import os
import pathlib
import shutil
import sys

from commands import run

build, source, scratch, compiler = (pathlib.Path(word) for word in sys.argv[1:])
prefix = scratch / "prefix"


def library_folder():
    found = list(prefix.glob("lib*/**/libworkflow.so"))
    assert len(found) == 1, found
    return found[0].parent


def embed(program):
    """As a host would run it: with the procedures of the prefix, and nothing of the build."""
    store = scratch / "dossiers.db"
    for old in scratch.glob("dossiers.db*"):
        old.unlink()
    environment = {"LD_LIBRARY_PATH": str(library_folder()), "PATH": os.environ["PATH"]}
    said = run(program, prefix / "share/workflow/procedures", store, env=environment)
    assert "service_onboarding/2026-001 is at revision 1" in said, said
    assert "waits for lan" in said, said
    loaded = run("ldd", program, env=environment)
    assert str(prefix) in loaded and f"{build}/lib/" not in loaded, loaded


shutil.rmtree(scratch, ignore_errors=True)
scratch.mkdir(parents=True)
run("cmake", "--install", build, "--prefix", prefix)
libraries = library_folder()

run("cmake", "-S", source / "examples/embed", "-B", scratch / "cmake", "-G", "Ninja",
    f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={compiler}")
run("cmake", "--build", scratch / "cmake")
embed(scratch / "cmake/embed")
print("built and run through find_package")

environment = dict(os.environ, PKG_CONFIG_PATH=str(libraries / "pkgconfig"))
flags = run("pkg-config", "--cflags", "--libs", "--define-prefix", "workflow", env=environment).split()
run(compiler, "-std=c++20", source / "examples/embed/main.cpp", "-o", scratch / "embed", *flags)
embed(scratch / "embed")
print("built and run through pkg-config")

parts = scratch / "parts"
parts.mkdir()
(parts / "CMakeLists.txt").write_text("""cmake_minimum_required(VERSION 3.25)
project(parts LANGUAGES C CXX)
find_package(workflow CONFIG REQUIRED COMPONENTS simulation postgres c static)
add_executable(simulation simulation.cpp)
target_link_libraries(simulation PRIVATE workflow::simulation workflow::postgres)
add_executable(archive simulation.cpp)
target_link_libraries(archive PRIVATE workflow::static)
add_executable(c_host host.c)
target_link_libraries(c_host PRIVATE workflow::c)
""")
(parts / "simulation.cpp").write_text("""#include <workflow/simulation.hpp>
#ifdef WORKFLOW_HAS_POSTGRES
#include <workflow/postgres_store.hpp>
#endif
int main() {
#ifdef WORKFLOW_HAS_POSTGRES
    try {
        (void)workflow::open_postgres_store("postgresql://%");
        return 1;
    } catch (const workflow::Error& error) {
        if (error.code() != workflow::ErrorCode::misuse && error.code() != workflow::ErrorCode::storage) return 2;
    }
#endif
    return workflow::simulation::mean_of(workflow::simulation::Constant{3}) == 3 ? 0 : 3;
}
""")
(parts / "host.c").write_text("""#include <workflow.h>
int main(void) { return workflow_abi_serves(WORKFLOW_C_ABI) ? 0 : 1; }
""")
run("cmake", "-S", parts, "-B", parts / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}",
    f"-DCMAKE_CXX_COMPILER={compiler}")
run("cmake", "--build", parts / "build")
for program in ("simulation", "archive", "c_host"):
    run(parts / "build" / program, env={"LD_LIBRARY_PATH": str(libraries)})
print("built and run: the components simulation, postgres, c and static")

# The shared library shows what public headers name, and nothing behind them.
shown = run("nm", "-DC", "--defined-only", libraries / "libworkflow.so")
hidden = [line for line in shown.splitlines() if "workflow::interpreter::" in line or "workflow::definition::" in line]
assert not hidden, hidden[:5]
soname = run("objdump", "-p", libraries / "libworkflow.so")
assert "SONAME               libworkflow.so.0.1" in soname, soname

tool = run(prefix / "bin/workflow", "graph", "service_onboarding", "--format", "dot", cwd="/")
assert tool.startswith("digraph"), tool[:200]
print("the tool finds the procedures that were installed with it")
