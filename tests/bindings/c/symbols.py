"""Holds what libworkflow-c shows, and the sizes of its structs, against what is committed: a change of either
raises WORKFLOW_C_ABI, or only adds.

usage: symbols.py LIBRARY COMPILER HEADER_FOLDER
"""

import pathlib
import subprocess
import sys
import tempfile

library, compiler, headers = sys.argv[1:]
HERE = pathlib.Path(__file__).resolve().parent

listed = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
symbols = sorted(line.split()[2] for line in listed.splitlines())

SIZES = r"""
#include <stddef.h>
#include <stdio.h>
#include "workflow.h"
#define MEMBER(name) printf("workflow_options.%s at %zu\n", #name, offsetof(workflow_options, name))
int main(void) {
    printf("abi %d\n", WORKFLOW_C_ABI);
    printf("workflow_options %zu\n", sizeof(workflow_options));
    MEMBER(size); MEMBER(store); MEMBER(schema); MEMBER(utc_offset);
    MEMBER(clock); MEMBER(clock_user); MEMBER(log); MEMBER(log_user); MEMBER(tagged);
    return 0;
}
"""
with tempfile.TemporaryDirectory() as scratch:
    source = pathlib.Path(scratch) / "sizes.c"
    source.write_text(SIZES)
    program = pathlib.Path(scratch) / "sizes"
    subprocess.run(
        [compiler, "-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I", headers, str(source), "-o", str(program)],
        check=True,
    )
    sizes = subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout.splitlines()

wrong = False
for name, found in (("symbols.txt", symbols), ("sizes.txt", sizes)):
    committed = (HERE / name).read_text().splitlines()
    for line in sorted(set(committed) - set(found)):
        print(f"{name}: '{line}' is gone: raise WORKFLOW_C_ABI, and write the list anew")
        wrong = True
    for line in sorted(set(found) - set(committed)):
        print(f"{name}: '{line}' is new: add it to the list")
        wrong = True
if wrong:
    sys.exit(1)
print(f"{len(symbols)} symbols and {len(sizes)} sizes as committed")
