"""Plays steps through the Python package: see c/runner.c for the lines."""

import json
import os
import sys
from datetime import datetime, timezone
from typing import Any

import workflow

# Where the names of the calls' arguments are other words in Python.
RENAMED = {"statistics": {"from": "since"}, "plan_reassign_all": {"from": "officer"}, "reassign_all": {"from": "officer"}}


def plain(value: Any) -> Any:
    """As the other languages write it: instants in UTC."""
    if isinstance(value, datetime):
        text = value.astimezone(timezone.utc).isoformat(timespec="milliseconds")
        return text.replace(".000+", "+")
    return value.isoformat()


class Player:
    def __init__(self) -> None:
        self.now = 0
        self.engine: workflow.Engine | None = None
        self.services: dict[str, Any] = {}
        self.outbox: workflow.Outbox | None = None

    def print(self, code: int, answer: Any) -> None:
        print("answer", code, json.dumps(answer, default=plain, ensure_ascii=False), sep="\t", flush=True)

    def call(self, name: str, text: str) -> None:
        arguments = json.loads(text)
        for old, new in RENAMED.get(name, {}).items():
            if old in arguments:
                arguments[new] = arguments.pop(old)
        if "actor" in arguments:
            arguments["actor"] = workflow.Actor(**arguments["actor"])
        try:
            if self.engine is None:
                raise workflow.Misuse("not open")
            self.print(0, getattr(self.engine, name)(**arguments))
        except workflow.Refused as refused:
            self.print(
                refused.code,
                {
                    "code": refused.reason_code,
                    "reason": refused.reason,
                    "permitted": refused.permitted,
                    "because": refused.because,
                },
            )
        except workflow.Error as error:
            self.print(error.code, {"code": error.code, "message": str(error)})

    def service(self, name: str, answers: list[str]) -> None:
        planned = iter(answers)

        def serve(request: dict[str, Any]) -> Any:
            answer = next(planned, "fail no more answers")
            if answer.startswith("fail "):
                raise RuntimeError(answer[5:])
            parsed = json.loads(answer)
            if "error" in parsed:
                raise workflow.ServiceError(parsed["error"], parsed.get("text", ""))
            return parsed["result"]

        self.services[name] = serve

    def play(self, words: list[str]) -> None:
        verb = words[0]
        if verb == "open":
            self.engine = workflow.Engine(
                words[1],
                schema=words[2] if len(words) > 2 else None,
                clock=lambda: datetime.fromtimestamp(self.now / 1000, timezone.utc),
            )
            self.print(0, None)
        elif verb == "clock":
            self.now = int(words[1])
        elif verb == "call":
            self.call(words[1], words[2] if len(words) > 2 else "{}")
        elif verb == "outbox":
            self.services = {}
            self.print(0, None)
        elif verb == "service":
            self.service(words[1], words[2:])
            self.print(0, None)
        elif verb == "deliver":
            if self.outbox is None:
                assert self.engine is not None
                self.outbox = self.engine.outbox(
                    self.services,
                    lambda told: print("notice", json.dumps(told, default=plain, ensure_ascii=False), sep="\t", flush=True),
                )
            print("delivered", 0, self.outbox.deliver(), sep="\t", flush=True)
        elif verb == "crash":
            os.abort()
        else:
            sys.exit(2)


player = Player()
for line in sys.stdin:
    player.play(line.rstrip("\n").split("\t"))
if player.engine is not None:
    player.engine.close()
