"""Runs the first example of the pages of C, Python, Java and Node.js, and holds the table of calls against the library.

usage: readme.py SOURCE_FOLDER LIBRARY_FOLDER CLASS_PATH C_COMPILER JAVA NODE
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

from workflow import _native

source, libraries, class_path, compiler, java, node = sys.argv[1:]
bindings = pathlib.Path(source) / "bindings"


def example(language):
    page = (bindings / language / "README.md").read_text(encoding="utf-8")
    return re.search(r"```\w+\n(.*?)```", page, re.DOTALL).group(1)


def run(*words, **given):
    ended = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **given)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(words)}\n{ended.stdout}")
    return ended.stdout


def in_new_folder(play):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "procedures").symlink_to(pathlib.Path(source) / "procedures")
        said = play(pathlib.Path(folder))
        store = pathlib.Path(folder) / "dossiers.db"
        assert store.exists() and b"service_onboarding/2026-001" in store.read_bytes() + next(
            (file.read_bytes() for file in pathlib.Path(folder).glob("dossiers.db-wal")), b""
        )
        return said


def play_c(folder):
    (folder / "embed.c").write_text(example("c"))
    run(compiler, "-std=c99", "-Wall", "-Wextra", "-Werror", f"-I{bindings}/c", "embed.c", "-o", "embed",
        f"-L{libraries}", "-lworkflow-c", f"-Wl,-rpath,{libraries}", cwd=folder)
    return run(str(folder / "embed"), cwd=folder)


def play_python(folder):
    (folder / "embed.py").write_text(example("python"))
    return run(sys.executable, "embed.py", cwd=folder)


def play_java(folder):
    (folder / "Embed.java").write_text(example("java"))
    return run(java, f"-Djna.library.path={libraries}", "-cp", class_path, "Embed.java", cwd=folder)


def play_node(folder):
    (folder / "embed.js").write_text(example("node"))
    return run(node, "embed.js", cwd=folder)


said = in_new_folder(play_c)
assert '"revision":1' in said, said
said = in_new_folder(play_python)
assert "'draft' is missing" in said and "submit" in said, said
assert in_new_folder(play_java) == ""
said = in_new_folder(play_node)
assert "'draft' is missing" in said, said

named = set(re.findall(r"^\| `(\w+)` \|", (bindings / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
assert named == set(_native.calls()), named ^ set(_native.calls())
print(f"four examples run, {len(named)} calls named")
