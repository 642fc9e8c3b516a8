"""Shows that conformance.py can fail: self_test.py TOOL"""
import json
import pathlib
import sys

import conformance

CASES = json.loads((pathlib.Path(__file__).parent / "self_test_cases.json").read_text("utf-8"))["tests"]

# Which findings there are, by what they must say, when these exceptions are made.
RUNS = [
    ({}, ["own/sums/wrong: \"1 + 1\"\n    expected {\"value\": {\"int\": \"3\"}}"]),
    ({"own/sums/wrong": "meant to fail"}, []),
    ({"own/sums/wrong": "meant to fail", "own/sums/right": "passes"}, ["own/sums/right: is an exc"]),
    ({"own/sums/wrong": "meant to fail", "own/sums/gone": "none"}, ["own/sums/gone: is an exc"]),
]

VALUES = [
    (True, {"int": "3"}, {"int": 3}),
    (False, {"int": "3"}, {"uint": "3"}),
    (False, {"int": "1"}, {"double": 1.0}),
    (False, {"int": "1"}, {"bool": True}),
    (True, {"double": "NaN"}, {"double": "NaN"}),
    (True, {"double": 1}, {"double": 1.0}),
    (False, {"double": 0.0}, {"double": -0.0}),
    (False, {"double": 0.1}, {"double": 0.10000000000000002}),
    (True, {"double": "-Infinity"}, {"double": "-Infinity"}),
    (False, {"double": "-Infinity"}, {"double": "Infinity"}),
    (False, {"string": "AA=="}, {"bytes_b64": "AA=="}),
    (False, {"list": [{"int": "1"}, {"int": "2"}]}, {"list": [{"int": "2"}, {"int": "1"}]}),
    (True, {"map": [[{"int": "1"}, {"bool": True}], [{"string": "1"}, {"null": None}]]},
     {"map": [[{"string": "1"}, {"null": None}], [{"int": "1"}, {"bool": True}]]}),
    (False, {"map": [[{"int": "1"}, {"bool": True}]]}, {"map": [[{"int": "1"}, {"bool": False}]]}),
    (True, {"duration": {"seconds": 1, "nanos": 0}}, {"duration": {"seconds": 1}}),
    (False, {"duration": {"seconds": 1, "nanos": 0}}, {"timestamp": {"seconds": 1, "nanos": 0}}),
]

TYPES = [
    (True, {"map": ["string", {"list": "dyn"}]}, {"map": ["string", {"list": "dyn"}]}),
    (False, {"list": "int"}, {"list": "dyn"}),
    (False, {"list": "int"}, "int"),
    (True, {"type": "int"}, "type"),
]

ANSWERS = [
    (True, {"error": "no"}, "error", ["whatever"]),
    (False, {"error": ""}, "error", ["whatever"]),
    (False, {"value": {"bool": True}}, "error", ["whatever"]),
    (False, {"error": "no"}, "value", {"bool": True}),
]


def expect(condition, what):
    if not condition:
        sys.exit(f"conformance.py does not see what it should: {what}")


for equal, one, other in VALUES:
    expect(conformance.same_value(one, other) == equal, (one, other))
for equal, one, other in TYPES:
    expect(conformance.same_type(one, other) == equal, (one, other))
for right, answer, member, content in ANSWERS:
    expect(conformance.is_answered(answer, member, content) == right, (answer, member))
for exceptions, wanted in RUNS:
    found = conformance.findings(sys.argv[1], CASES, exceptions)
    expect(len(found) == len(wanted), found)
    for finding, beginning in zip(found, wanted):
        expect(finding.startswith(beginning), finding)
