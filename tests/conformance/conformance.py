"""Runs cases of the CEL conformance suite through `workflow eval --batch` and compares the answers.

    conformance.py TOOL CASES EXCEPTIONS

CASES is a JSON file of the neutral form that cel-conformance-public.json describes. EXCEPTIONS names
cases that may fail, `file/section/name: reason` one a line; one that passes, or that names no case,
fails the run: the list can only shrink.
"""
import base64
import json
import math
import subprocess
import sys

ASKED = ("expr", "bindings", "type_env", "container", "disable_check", "check_only")


def full_name(case):
    return f"{case['file']}/{case['section']}/{case['name']}"


def canonical(typed):
    """The same for two typed values that CEL calls equal and that are of one type."""
    (kind, content), = typed.items()
    if kind in ("int", "uint"):
        return kind, int(content)
    if kind == "double":
        number = float(content)
        # The zeros are equal to CEL but print differently; NaN is equal to nothing.
        return kind, "NaN" if math.isnan(number) else (number, math.copysign(1, number))
    if kind == "bytes_b64":
        return kind, base64.b64decode(content, validate=True)
    if kind in ("timestamp", "duration"):
        return kind, int(content.get("seconds", 0)), int(content.get("nanos", 0))
    if kind == "list":
        return kind, [canonical(item) for item in content]
    if kind == "map":
        return kind, sorted(([canonical(key), canonical(value)] for key, value in content), key=repr)
    return kind, content


def same_value(one, other):
    return repr(canonical(one)) == repr(canonical(other))


def same_type(one, other):
    def plain(type_):
        if not isinstance(type_, dict):
            return type_
        (maker, parts), = type_.items()
        if maker == "type":  # printed without what it is the type of
            return "type"
        return {maker: [plain(part) for part in parts] if maker == "map" else plain(parts)}
    return plain(one) == plain(other)


def questions(case):
    """The lines that a case asks, each with what it wants: (question, wanted member, content)."""
    asked = {name: case[name] for name in ASKED if name in case}
    expected = case["expect"]
    if "error" in expected:
        return [(asked, "error", expected["error"])]
    wanted = []
    if "deduced_type" in expected:
        wanted.append(({**asked, "check_only": True}, "deduced_type", expected["deduced_type"]))
    if "value" in expected:
        wanted.append((asked, "value", expected["value"]))
    return wanted or [(asked, "value", {"bool": True})]


def is_answered(answer, member, content):
    if list(answer) != [member]:
        return False
    if member == "error":  # whatever the wording
        return isinstance(answer["error"], str) and answer["error"] != ""
    return {"value": same_value, "deduced_type": same_type}[member](answer[member], content)


def ask(tool, lines):
    text = "".join(json.dumps(line) + "\n" for line in lines)
    run = subprocess.run([tool, "eval", "--batch", "-"], input=text, capture_output=True,
                         encoding="utf-8", check=False)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if run.returncode != 0 or len(answers) != len(lines):
        sys.exit(f"{len(lines)} questions, {len(answers)} answers, status {run.returncode}\n"
                 f"{run.stderr}")
    return answers


def failures_of(tool, cases):
    """Sentences by the full name of the case."""
    asked = [(full_name(case), *question) for case in cases for question in questions(case)]
    answers = ask(tool, [question for _, question, _, _ in asked])
    failures = {}
    for (name, question, member, content), answer in zip(asked, answers):
        if not is_answered(answer, member, content):
            failures.setdefault(name, []).append(
                f"{json.dumps(question['expr'], ensure_ascii=False)}\n"
                f"    expected {json.dumps({member: content}, ensure_ascii=False)}\n"
                f"    answered {json.dumps(answer, ensure_ascii=False)}")
    return failures


def read_exceptions(path):
    exceptions = {}
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            name, colon, reason = line.partition(": ")
            if not colon or not reason.strip() or name in exceptions:
                sys.exit(f"{path}:{number}: write `file/section/name: reason`, each name once")
            exceptions[name] = reason
    return exceptions


def findings(tool, cases, exceptions):
    """What is wrong, a text each; prints the counts."""
    failures = failures_of(tool, cases)
    names = {full_name(case) for case in cases}
    wrong = [f"{name}: {sentence}" for name, sentences in failures.items()
             if name not in exceptions for sentence in sentences]
    for name in exceptions:
        if name not in names:
            wrong.append(f"{name}: is an exception, but no case has this name")
        elif name not in failures:
            wrong.append(f"{name}: is an exception, but passes; take it off the list")
    excepted = len(failures.keys() & exceptions.keys())
    print(f"{len(cases)} cases, {len(names) - len(failures)} passed, "
          f"{len(failures) - excepted} failed, {excepted} excepted")
    return wrong


def main():
    tool, cases_path, exceptions_path = sys.argv[1:]
    with open(cases_path, encoding="utf-8") as file:
        cases = json.load(file)["tests"]
    if not cases or len({full_name(case) for case in cases}) != len(cases):
        sys.exit(f"{cases_path}: no cases, or two of one name")
    wrong = findings(tool, cases, read_exceptions(exceptions_path))
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
