"""How much longer a step takes through a binding than by the C++ call: medians of ratios, both taken in turn.

usage: compare.py BUILD_FOLDER SOURCE_FOLDER [--repetitions N] [--steps N] [--folder F]
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--folder", type=pathlib.Path)
    given = parser.parse_args()
    build, source = given.build.resolve(), given.source.resolve()
    here = source / "tests/benchmark/bindings"
    speed = str(build / "benchmark/bindings_speed")
    jars = f"{build}/java/libworkflow.jar:/usr/share/java/jna.jar:/usr/share/java/gson.jar"
    programs = {
        "C++": [speed, "cpp"],
        "C": [speed, "c"],
        "Python": ["/usr/bin/python3", str(here / "speed.py")],
        "Java": ["java", f"-Djna.library.path={build}/lib", "-cp", jars, str(here / "Speed.java")],
        "Node.js": ["node", str(here / "speed.js")],
    }
    environment = dict(
        os.environ, PYTHONPATH=str(build / "python"), PYTHONDONTWRITEBYTECODE="1", NODE_PATH=str(build / "node")
    )
    definitions = [str(source / "procedures"), str(source / "tests/bindings/procedures/permit/procedure.yaml")]

    def seconds(language, store, *more, steps=given.steps):
        with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
            address = "memory" if store == "memory" else f"sqlite:{scratch}/dossiers.db"
            ended = subprocess.run(
                [*programs[language], *definitions, address, str(steps), *more],
                stdout=subprocess.PIPE, text=True, env=environment, check=True,
            )
            return float(ended.stdout)

    def row(what, ratios, aim):
        middle = statistics.median(ratios)
        print(f"{what:58} {middle:6.2f}  ({min(ratios):.2f} to {max(ratios):.2f})  aim {aim}", flush=True)

    print(f"{'a step, against the C++ call':58}  times")
    for language, aim in (("C", 1.3), ("Python", 1.3), ("Java", 1.3), ("Node.js", 1.6)):
        if language != "C" and shutil.which(programs[language][0]) is None:
            continue
        ratios = []
        for _ in range(given.repetitions):
            ours = seconds("C++", "sqlite")
            ratios.append(seconds(language, "sqlite") / ours)
        row(f"{language}, in a SQLite file", ratios, aim)
    if shutil.which("node"):
        ratios = []
        for _ in range(given.repetitions):
            ours = seconds("C++", "sqlite", "16")
            ratios.append(seconds("Node.js", "sqlite", "16") / ours)
        row("Node.js, 16 in flight, against 16 callers of C++", ratios, 1.3)
    ratios = []
    for _ in range(given.repetitions):
        own = seconds("C++", "memory", steps=given.steps * 10) + seconds("Python", "memory", "json", steps=given.steps * 10)
        ratios.append(seconds("Python", "memory", steps=given.steps * 10) / own)
    row("Python, in memory, against C++ and json.loads", ratios, 1.5)


main()
