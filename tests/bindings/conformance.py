"""Plays the cases of cases/*.yaml through a language's runner, and holds its answers against what the cases
expect and against the answers of another language's runner: on SQLite, and on PostgreSQL where a server is given.

usage: conformance.py PROCEDURES_FOLDER RUNNER [--like RUNNER] [--postgres SERVER]     each RUNNER a command in quotes
"""

import argparse
import datetime
import itertools
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
CODES = {"not_found": 1, "conflict": 2, "storage": 3, "corrupt": 4, "unsupported": 5, "limit": 6, "misuse": 7}
REFUSED = 100
SCHEMAS = (f"case_{number}" for number in itertools.count(1))


class TextLoader(yaml.SafeLoader):
    """Dates and times stay the texts that they are in JSON."""


TextLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class Play:
    """The steps of a case through one runner; a crash ends its process, and the next step starts another."""

    def __init__(self, command, folder, store, schema=None):
        self.command, self.folder, self.store, self.schema = command, folder, store, schema
        self.process = None
        self.answers = []  # of calls, in order
        self.token = None  # of the last incident

    def start(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def send(self, *words):
        if self.process is None:
            self.start()
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the runner has ended with {self.process.wait()}")
        return line.rstrip("\n").split("\t", 2)

    def answer(self):
        kind, code, text = self.read()
        assert kind == "answer", kind
        return int(code), json.loads(text)

    def call(self, name, arguments):
        self.send("call", name, json.dumps(arguments, ensure_ascii=False))
        return self.answer()

    def end(self):
        if self.process is None:
            return
        self.process.stdin.close()
        if self.process.wait(60) != 0:
            raise SystemExit(f"the runner ended with {self.process.returncode}")
        self.process = None

    def step(self, step):
        if "open" in step:
            self.send("open", self.store, *([self.schema] if self.schema else []))
            assert self.answer()[0] == 0
            code, said = self.call("register_folder", {"folder": str(self.folder)})
            assert code == 0, said
            code, said = self.call(
                "register_procedure", {"file": str(HERE / "procedures" / step["open"]["file"] / "procedure.yaml")}
            )
            assert code == 0, said
        elif "clock" in step:
            instant = datetime.datetime.fromisoformat(step["clock"])
            self.send("clock", str(round(instant.timestamp() * 1000)))
        elif "outbox" in step:
            self.send("outbox")
            assert self.answer()[0] == 0
            for name, answers in step["outbox"]["services"].items():
                lines = [f"fail {one['fail']}" if "fail" in one else json.dumps(one) for one in answers]
                self.send("service", name, *lines)
                assert self.answer()[0] == 0
        elif "deliver" in step:
            self.send("deliver")
            told = []
            while (line := self.read())[0] == "notice":
                told.append(json.loads(line[1])["text"])
            assert line[:2] == ["delivered", "0"], line
            assert int(line[2]) == step["deliver"], f"{line[2]} were delivered, not {step['deliver']}"
            assert told == step.get("notices", []), told
        elif "crash" in step:
            self.send("crash")
            assert self.process.wait(60) != 0
            self.process = None
        else:
            self.check(step)

    def check(self, step):
        arguments = dict(step.get("with") or {})
        if arguments.get("token") == "$token":
            arguments["token"] = self.token
        code, answer = self.call(step["call"], arguments)
        if step["call"] == "incidents" and answer.get("items"):
            self.token = answer["items"][0]["token"]
        if "refused" in step:
            assert code == REFUSED and answer["code"] == step["refused"], (code, answer)
            assert answer["reason"], answer
        elif "error" in step:
            assert code == CODES[step["error"]] and answer["message"], (code, answer)
        else:
            assert code == 0, answer
            differs = difference(step.get("expect"), answer)
            assert not differs, f"{differs}, in {answer}"
        # What is refused or fails differs in nothing but its words; what is answered in nothing at all.
        self.answers.append((code, answer if code == 0 else None))


def difference(expected, found, place="the answer"):
    """Where `found` has not what is expected; of objects, it may have more."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return f"{place} is no object"
        for name, value in expected.items():
            if name not in found:
                return f"{place} has no {name}"
            if deeper := difference(value, found[name], f"{place}.{name}"):
                return deeper
        return None
    if isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            return f"{place} has not {len(expected)} items"
        for number, (one, other) in enumerate(zip(expected, found)):
            if deeper := difference(one, other, f"{place}[{number}]"):
                return deeper
        return None
    if place == "the answer" and expected is None:
        return None
    return None if as_instant(expected) == as_instant(found) else f"{place} is {found!r}, not {expected!r}"


def as_instant(value):
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    return value


def play(case, command, folder, address=None):
    """Where `address` is a server's, in a schema of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        one = Play(command, folder, address or f"sqlite:{scratch}/dossiers.db", schema=address and next(SCHEMAS))
        for number, step in enumerate(case["steps"], 1):
            try:
                one.step(step)
            except AssertionError as error:
                raise SystemExit(f"{case['title']}: step {number}, {step}: {error}")
        one.end()
        return one.answers


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("runner", type=shlex.split)
    parser.add_argument("--like", type=shlex.split)
    parser.add_argument("--postgres")
    given = parser.parse_args()
    cases = [yaml.load(file.read_text(encoding="utf-8"), TextLoader) for file in sorted((HERE / "cases").glob("*.yaml"))]
    assert cases
    play_all(cases, given, "SQLite")
    if given.postgres:
        server = subprocess.Popen([given.postgres], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            play_all(cases, given, "PostgreSQL", server.stdout.readline().strip())
        finally:
            server.stdin.close()
            server.wait(60)


def play_all(cases, given, where, address=None):
    for case in cases:
        answers = play(case, given.runner, given.folder, address)
        if given.like and (other := play(case, given.like, given.folder, address)) != answers:
            for number, (one, two) in enumerate(zip(answers, other), 1):
                if one != two:
                    sys.exit(f"{case['title']}: call {number} is answered {one}, and by the other {two}")
            sys.exit(f"{case['title']}: {len(answers)} answers, and {len(other)} by the other")
        alike = ", and alike" if given.like else ""
        print(f"{case['title']}, {where}: {len(answers)} calls answered as expected{alike}")


if __name__ == "__main__":
    main()
