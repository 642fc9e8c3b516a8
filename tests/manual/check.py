"""Holds the tables of keys and the schemas made from them against the loader.

check.py keys TOOL    the keys of every place are those that the loader knows there
check.py examples     the schemas take the example of every key
check.py files TOOL   the schemas take all procedures, calendars and tests of this project, as the loader does
check.py broken TOOL  both refuse what tests/broken/ says that they refuse
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

import tables

MADE_UP = "qqqqqqqq"
HEAD = """procedure: probe
version: 1
title: Probe
calendar: vn-state
roles: {clerk: Clerk}
messages: {m: {broadcast: true}}
outcomes: {done: Done}
"""
END = "  fin: {end: done}\n"
CALENDAR = "calendar: probe\n"
PEOPLE = "people: {an: {role: clerk}}\n"
SIMULATION = "simulation: probe\n"


def validator(file):
    path = tables.ROOT / "procedures" / f"{file}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def found(tool, kind, path):
    """The findings of the loader for one file."""
    command = [tool, "test" if kind == "tests" else "validate", str(path), "--format", "json"]
    answer = subprocess.run(command, capture_output=True, text=True, cwd=tables.ROOT, check=False)
    return [one for file in json.loads(answer.stdout)["files"] for one in file["diagnostics"]]


def known_keys(findings):
    """The loader lists the keys of a place where one is none of them."""
    for one in findings:
        if one["code"] == "unknown-key-among" and MADE_UP in one["message"]:
            return set(one["mend"].removeprefix("the keys are: ").split(", "))
    return None


def probe(place, sample):
    sample = sample.replace("HERE", f"{MADE_UP}: 1")
    if place["file"] == "calendar":
        return sample if sample.startswith("{") else CALENDAR + place.get("prefix", "") + "\n" + sample + "\n"
    if place["file"] == "tests":
        return sample if sample.startswith("{") else "tests: probe\n" + (
            sample if sample.startswith("people") else PEOPLE + sample) + "\n"
    if place["file"] == "simulation":
        return sample if sample.startswith("{") else SIMULATION + sample + "\n"
    if place["in"] == "state":
        return f"{HEAD}states:\n  s: {sample}\n{END}"
    if sample.startswith("{"):
        return sample
    key = sample.split(":")[0]
    head = "".join(line + "\n" for line in HEAD.splitlines() if not line.startswith(key + ":"))
    return f"{head}{sample}\nstates:\n  s: {{task: clerk, to: fin}}\n{END}"


def in_branch(place):
    sample = place["sample"].replace("HERE", f"{MADE_UP}: 1")
    return f"{HEAD}states:\n  s: {{parallel: {{b: {sample}}}, to: fin}}\n{END}"


def check_keys(tool):
    known, faults = tables.Tables(), []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def ask(place, text):
            name = f"{place['file']}.yaml" if place["file"] in ("tests", "simulation") else "probe.yaml"
            (folder / name).write_text(text, encoding="utf-8")
            return known_keys(found(tool, place["file"], folder / name))

        (folder / "procedure.yaml").write_text(
            f"{HEAD}states:\n  s: {{task: clerk, to: fin}}\n{END}", encoding="utf-8")
        for name, place in known.places.items():
            if place["in"] == "none":
                continue
            wanted = set(known.keys(place))
            if place.get("kinds"):
                wanted |= {other["kind"] for other in known.kinds().values()} - {"idle"}
            faults += difference(name, wanted, ask(place, probe(place, place["sample"])))
            if "kind" in place:
                wanted |= set(known.places["branch"]["keys"])
                faults += difference(name + " as a branch", wanted, ask(place, in_branch(place)))
    return faults


def difference(name, wanted, loader):
    if loader is None:
        return [f"{name}: the loader knows the key {MADE_UP}, or the sample of the table does not reach it"]
    return [f"{name}: the loader has {key} and the table has not" for key in sorted(loader - wanted)] + [
        f"{name}: the table has {key} and the loader has not" for key in sorted(wanted - loader)]


def check_examples():
    known, faults = tables.Tables(), []
    for name, place in [*known.places.items(), *known.groups.items()]:
        definitions = json.loads((tables.ROOT / "procedures" / f"{place.get('file', 'procedure')}.schema.json")
                                 .read_text(encoding="utf-8"))["$defs"]
        for key, said in place["keys"].items():
            example = tables.parse(said["example"])
            if list(example) != [key]:
                faults.append(f"{name}.{key}: the example is one of another key")
                continue
            types = [said["type"]]
            if said["type"] in ("way_to", "otherwise_way"):
                types = ["timed_target"]
            schema = {"$defs": definitions, "$ref": f"#/$defs/{types[0]}"}
            for error in jsonschema.Draft202012Validator(schema).iter_errors(example[key]):
                faults.append(f"{name}.{key}: the schema refuses its example: {error.message}")
    return faults


def own_files():
    root = tables.ROOT
    for path in sorted([*root.glob("procedures/**/*.yaml"), *root.glob("tests/patterns/**/*.yaml"),
                        *root.glob("examples/**/*.yaml")]):
        first = next((line for line in path.read_text(encoding="utf-8").splitlines()
                      if re.match(r"[a-z]+:", line)), "")
        kind = first.split(":")[0]
        if kind in tables.FILES:
            yield kind, path


def check_files(tool):
    faults, count = [], 0
    validators = {file: validator(file) for file in tables.FILES}
    for kind, path in own_files():
        count += 1
        errors = [one for one in found(tool, kind, path) if one["severity"] == "error"]
        faults += [f"{path}:{one['line']}: the loader refuses it: {one['code']}" for one in errors]
        for error in validators[kind].iter_errors(tables.parse(path.read_text(encoding="utf-8"))):
            faults.append(f"{path}: the schema refuses it at {list(error.absolute_path)}: {error.message[:300]}")
    if count < 20:
        faults.append(f"only {count} files were found")
    return faults


def broken_files():
    for file in tables.FILES:
        for path in sorted((tables.ROOT / "tests/broken" / file).glob("*.yaml")):
            if path.name != "procedure.yaml":
                yield file, path


EXPECTED = re.compile(r"# loader: ([a-z-]+) at ([0-9]+); schema: (refuses|cannot see it|cannot read it)$")


def what_the_schema_says(schema, text):
    try:
        document = tables.parse(text)
    except yaml.YAMLError:
        return "cannot read it"
    return "cannot see it" if schema.is_valid(document) else "refuses"


def check_broken(tool):
    """Line 1 of each file says what is wrong in it, line 2 what is found first, and by whom."""
    faults, shown, count = [], set(), 0
    validators = {file: validator(file) for file in tables.FILES}
    for file, path in broken_files():
        count += 1
        text = path.read_text(encoding="utf-8")
        expected = EXPECTED.match(text.splitlines()[1])
        if not expected:
            faults.append(f"{path}: line 2 does not say what is expected")
            continue
        errors = [one for one in found(tool, file, path) if one["severity"] == "error"]
        first = (errors[0]["code"], str(errors[0]["line"])) if errors else ("nothing", "0")
        shown.update(one["code"] for one in errors)
        if first != expected.groups()[:2]:
            faults.append(f"{path}: the loader finds {first[0]} at {first[1]}")
        if what_the_schema_says(validators[file], text) != expected.group(3):
            faults.append(f"{path}: the schema {what_the_schema_says(validators[file], text)}")
    if count < 150:
        faults.append(f"only {count} broken files were found")
    return faults + not_shown(shown)


def not_shown(shown):
    """Every finding that the reference names is shown by a broken file."""
    known = tables.Tables()
    named = {code for place in [*known.places.values(), *known.groups.values()]
             for said in place["keys"].values() for code in said.get("refused", [])}
    warnings = {"missing-translation", "unused-role", "unused-reason"}
    return [f"no file of tests/broken/ shows {code}" for code in sorted(named - shown - warnings)]


CHECKS = {"keys": check_keys, "examples": check_examples, "files": check_files, "broken": check_broken}


def main():
    faults = CHECKS[sys.argv[1]](*sys.argv[2:])
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
