"""The Python package, as a Python programmer uses it."""

import gc
import importlib
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

import workflow

HERE = pathlib.Path(__file__).resolve().parent
PROCEDURES = HERE.parents[2] / "procedures"
PERMIT = HERE.parent / "procedures" / "permit" / "procedure.yaml"
HANOI = timezone(timedelta(hours=7))
CLERK = workflow.Actor("an", roles=["clerk"])
OFFICER = workflow.Actor("binh", roles=["officer"])
LEADER = workflow.Actor("chi", roles=("leader",))


class Office:
    """An engine whose clock a test sets."""

    def __init__(self, store: str = "memory", **options: Any) -> None:
        self.now = datetime(2026, 6, 1, 9, tzinfo=HANOI)
        self.engine = workflow.Engine(store, clock=lambda: self.now, **options)
        self.engine.register_folder(PROCEDURES)
        self.engine.register_procedure(file=PERMIT)

    def start(self, key: str = "A") -> dict[str, Any]:
        return self.engine.start("permit", key, CLERK, {"applicant": "Nguyễn Văn A", "received_on": date(2026, 5, 29)})

    def accept(self, key: str = "A") -> dict[str, Any]:
        return self.engine.perform(f"permit/{key}", "accept", OFFICER, {"fee": 300_000})


@pytest.fixture
def office() -> Iterator[Office]:
    one = Office()
    with one.engine:
        yield one


def test_values_are_pythons_own(office: Office) -> None:
    done = office.start()
    assert done["instance"] == "permit/A" and done["revision"] == 1 and done["repeated"] is False
    seen = office.engine.get("permit/A")
    assert seen["data"] == {"applicant": "Nguyễn Văn A", "received_on": date(2026, 5, 29), "fee": None}
    assert seen["started"] == office.now and seen["started"].tzinfo is timezone.utc
    assert seen["clocks"][0]["due"] == datetime(2026, 6, 8, 17, tzinfo=HANOI)
    assert office.engine.now() == office.now
    office.now += timedelta(milliseconds=1, microseconds=500)
    assert office.engine.now() == datetime(2026, 6, 1, 9, 0, 0, 1000, tzinfo=HANOI)  # whole milliseconds


def test_refusals_say_what_is_possible(office: Office) -> None:
    office.start()
    with pytest.raises(workflow.Refused, match="the field 'fee' is missing") as caught:
        office.engine.perform("permit/A", "accept", OFFICER)
    assert caught.value.reason_code == "missing-field" and caught.value.code == 100
    assert {one["action"] for one in caught.value.permitted} == {"accept", "reject"}
    assert office.engine.get("permit/A")["revision"] == 1


def test_errors_have_classes_and_codes(office: Office) -> None:
    with pytest.raises(workflow.NotFound) as caught:
        office.engine.get("permit/none")
    assert caught.value.code == 1 and "permit/none" in str(caught.value)
    with pytest.raises(workflow.Misuse, match="wrong-type|unknown|is no"):
        office.engine.register_procedure(yaml="procedure: Ö\n")
    assert issubclass(workflow.Refused, workflow.Error)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "a value of type object is no data"),
        (datetime(2026, 6, 1), "without a time zone is no instant"),
        (2**63, "does not fit into 64 bits"),
        ("\ud800", "a str holds a surrogate"),
        ({1: 2}, "the keys of a dict must be str"),
    ],
)
def test_what_is_no_data_is_told(office: Office, value: Any, words: str) -> None:
    with pytest.raises(workflow.Error, match=words):
        office.engine.start("permit", "A", CLERK, {"applicant": value})


def test_a_list_within_itself_ends(office: Office) -> None:
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(workflow.LimitExceeded, match="nested too deeply"):
        office.engine.start("permit", "A", CLERK, {"applicant": endless})


def test_a_closed_engine_says_so() -> None:
    office = Office()
    outbox = office.engine.outbox()
    office.engine.close()
    office.engine.close()
    assert office.engine.is_closed
    with pytest.raises(workflow.Misuse, match="the engine is closed"):
        office.engine.now()
    with pytest.raises(workflow.Misuse, match="the outbox is closed"):
        outbox.deliver()


def test_handlers_are_functions(office: Office) -> None:
    seen: list[dict[str, Any]] = []

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        seen.append(request)
        assert office.engine.get(request["instance"])["status"] == "active"
        if len(seen) == 1:
            raise ValueError("the register is down")
        return {"number": 42}

    with office.engine.outbox({"ask_register": ask}) as outbox:
        office.start()
        office.accept()
        assert outbox.deliver() == 1
        failed = office.engine.history("permit/A")[-1]["records"][0]
        assert failed["kind"] == "effect_failed" and failed["value"] == ["failure", "the register is down"]
        office.now += timedelta(minutes=2)
        office.engine.run_due()
        assert outbox.deliver() == 1
    assert [one["attempt"] for one in seen] == [1, 2]
    assert seen[0]["key"] == seen[1]["key"] and seen[0]["input"] == {"name": "Nguyễn Văn A"}
    assert office.engine.get("permit/A")["data"]["fee"] == 42


def test_a_named_error_takes_its_way(office: Office) -> None:
    def ask(request: dict[str, Any]) -> None:
        raise workflow.ServiceError("unknown", "nobody of that name")

    with office.engine.outbox({"ask_register": ask}) as outbox:
        office.start()
        office.accept()
        outbox.deliver()
    assert [one["state"] for one in office.engine.get("permit/A")["tokens"]] == ["checking"]


def test_an_outbox_cannot_be_stopped_by_its_handler(office: Office) -> None:
    stopped: list[BaseException] = []

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        try:
            outbox.stop()
        except workflow.Misuse as error:
            stopped.append(error)
        return {"number": 1}

    outbox = office.engine.outbox({"ask_register": ask})
    office.start()
    office.accept()
    outbox.deliver()
    assert "cannot stop the outbox" in str(stopped[0])


def test_an_outbox_in_threads_cannot_be_closed_by_its_handler(office: Office) -> None:
    told: list[BaseException] = []

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        try:
            outbox.close()
        except workflow.Misuse as error:
            told.append(error)
        return {"number": 1}

    office.start()
    office.accept()
    outbox = office.engine.outbox({"ask_register": ask}, threads=1, poll=timedelta(milliseconds=5))
    deadline = time.monotonic() + 20
    while office.engine.get("permit/A")["data"]["fee"] != 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert "cannot stop the outbox" in str(told[0])
    outbox.close()


def test_threads_deliver_and_run_what_is_due(office: Office) -> None:
    notices: list[str] = []
    office.start()
    office.now = datetime(2026, 6, 9, 9, tzinfo=HANOI)
    with office.engine.timer(timedelta(milliseconds=5)), office.engine.outbox(
        notices=lambda told: notices.append(told["text"]), threads=2, poll=timedelta(milliseconds=5)
    ):
        deadline = time.monotonic() + 20
        while len(notices) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
    assert "Nguyễn Văn A is due tomorrow" in notices


def test_other_threads_run_while_the_engine_works(office: Office) -> None:
    wrong: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for i in range(50):
                office.start(f"{number}-{i}")
        except BaseException as error:  # told to the test, whatever it is
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    counts = office.engine.standing_counts("permit")
    assert [one["tokens"] for one in counts] == [200]


def test_pages_go_on_from_their_cursor(office: Office) -> None:
    for i in range(7):
        office.start(f"{i}")
    found: list[str] = []
    cursor, finished = "", False
    while not finished:
        page = office.engine.worklist(OFFICER, cursor=cursor, limit=3)
        found += [item["instance"] for item in page["items"]]
        cursor, finished = page["cursor"], page["finished"]
    assert sorted(found) == [f"permit/{i}" for i in range(7)]


def test_the_log_is_told_and_may_fail() -> None:
    lines: list[tuple[str, str]] = []

    def log(level: str, instance: str, text: str, trace: str) -> None:
        lines.append((level, instance))
        raise RuntimeError("the log is full")

    office = Office(log=log)
    with office.engine:
        office.start()
    assert ("debug", "permit/A") in lines


def test_a_clock_that_fails_is_an_error_and_nothing_is_lost() -> None:
    office = Office()
    with office.engine:
        office.now = datetime(2026, 6, 1)  # without a zone
        with pytest.raises(workflow.Error, match="time zone"):
            office.start()
        office.now = datetime(2026, 6, 1, 9, tzinfo=HANOI)
        office.start()


def test_every_call_of_the_engine_is_a_method() -> None:
    from workflow import _native

    assert _native.calls()
    for name in _native.calls():
        method = getattr(workflow.Engine, name)
        assert method.__doc__, name


def test_a_simulation_gives_records(office: Office) -> None:
    one = workflow.simulate(PROCEDURES, "service_onboarding", dossiers=100, replications=4)
    two = workflow.simulate(PROCEDURES, "service_onboarding", dossiers=100, replications=4, threads=2)
    assert one.json == two.json
    rows = one.records("states")
    assert any(row["id"] == "it_setup" for row in rows)
    assert all(not isinstance(value, dict) for row in rows for value in row.values())
    with pytest.raises(workflow.Misuse):
        workflow.simulate(PROCEDURES, "nothing_of_that_name")


def test_simulations_are_compared(office: Office) -> None:
    side = workflow.Scenario(PROCEDURES, "service_onboarding")
    compared = workflow.compare_simulations(side, side, dossiers=20, replications=2)
    assert compared.before.figures == compared.after.figures
    rows = compared.records()
    assert rows[0]["figure"] == "lead_days" and rows[0]["change"] == 0


def test_a_log_gives_a_scenario(tmp_path: pathlib.Path) -> None:
    shutil.copytree(PROCEDURES / "calendars", tmp_path / "calendars")
    shutil.copytree(PERMIT.parent, tmp_path / "permit")
    log = tmp_path / "log.csv"
    log.write_text(
        "Who,What,When,Case\n"
        "binh,Look,2026-06-01T09:00:00+07:00,1\n"
        "chi,Sign,2026-06-02T09:00:00+07:00,1\n"
    )
    found = workflow.calibrate(
        tmp_path,
        "permit",
        log,
        map="map: permit\nactivities: {Look: checking/accept, Sign: signing/sign}\n"
        "columns: {case: Case, activity: What, time: When, resource: Who}\n",
    )
    assert found.figures["mapped"] == 2 and found.records("unmapped") == []
    assert "\nsimulation: permit\n" in found.scenario
    assert {row["what"] for row in found.records("fits")} >= {"signing"}
    with pytest.raises(workflow.Misuse, match="checkin"):
        workflow.calibrate(tmp_path, "permit", log, map="map: permit\nactivities: {Look: checkin/accept}\n")


def test_who_was_asked_is_told_that_nobody_waits(office: Office) -> None:
    def ask(request: dict[str, Any]) -> dict[str, Any]:
        raise ValueError("the register is down")

    withdrawn: list[dict[str, Any]] = []
    with office.engine.outbox({"ask_register": ask}, withdrawals={"ask_register": withdrawn.append}) as outbox:
        office.start()
        office.accept()
        outbox.deliver()
        office.engine.cancel("permit/A", workflow.Actor("sys", roles=["operator"]), "withdrawn by the applicant")
        outbox.deliver()
    assert [one["handler"] for one in withdrawn] == ["ask_register"]


def test_a_completion_may_call_the_engine_and_cannot_close_its_commits() -> None:
    told = threading.Event()
    inner: list[Any] = []
    office = Office(log=lambda *line: told.wait(60))

    def then(future: Any) -> None:
        inner.append(office.start("inner"))
        with pytest.raises(workflow.Misuse, match="a completion cannot stop"):
            commits.close()
        inner.append("still open")

    with office.engine, office.engine.commits() as commits:
        future = commits.call("start", procedure="permit", key="A", actor=CLERK, data={"applicant": "A"})
        future.add_done_callback(then)
        told.set()
    assert inner[0]["instance"] == "permit/inner" and inner[1] == "still open"


def test_steps_are_handed_over(office: Office) -> None:
    data = {"applicant": "A"}
    with office.engine.commits() as commits:
        futures = [
            commits.call("start", procedure="permit", key=f"{i}", actor=CLERK, data=data) for i in range(100)
        ]
        wrong = commits.call("claim", instance="permit/0", item=1, actor=CLERK)
        nobody = commits.call("claim", instance="permit/none", item=1, actor=CLERK)
        with pytest.raises(workflow.Misuse, match="get is no step"):
            commits.call("get", instance="permit/0")
        with pytest.raises(workflow.Misuse, match="'item' is missing"):
            commits.call("claim", instance="permit/0", actor=CLERK)
        assert futures[99].result(60)["instance"] == "permit/99"
    assert isinstance(wrong.exception(), workflow.Refused)
    assert isinstance(nobody.exception(), workflow.NotFound)
    assert all(future.done() for future in futures)
    with pytest.raises(workflow.Misuse, match="the commits is closed|the commits are closed"):
        commits.call("start")


START = ("permit", "A", CLERK, {"applicant": "A"})


def test_a_step_goes_with_the_hosts_rows_in_sqlite(tmp_path: pathlib.Path) -> None:
    apsw: Any = importlib.import_module("apsw")
    office = Office(f"sqlite:{tmp_path}/dossiers.db")
    connection = apsw.Connection(f"{tmp_path}/dossiers.db")
    connection.cursor().execute("CREATE TABLE letters(text)")
    with pytest.raises(workflow.Misuse, match="no open transaction|no transaction is open"):
        office.engine.inside(connection)
    for end, letters in (("ROLLBACK", []), ("COMMIT", [("received",)])):
        connection.cursor().execute("BEGIN IMMEDIATE; INSERT INTO letters VALUES ('received')")
        with office.engine.inside(connection) as inside:
            inside.start(*START)
            with pytest.raises(workflow.Misuse, match="for one thread"):
                inside.timer()
        connection.cursor().execute(end)
        assert list(connection.cursor().execute("SELECT text FROM letters")) == letters
        assert office.engine.instances()["items"] == (["permit/A"] if letters else [])
    with pytest.raises(workflow.Misuse, match="a sqlite3.Connection does not show its connection"):
        office.engine.inside(sqlite3.connect(":memory:"))
    office.engine.close()


@pytest.fixture
def postgres() -> Iterator[str]:
    with subprocess.Popen(
        [os.environ["WORKFLOW_TEST_POSTGRES"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None and server.stdin is not None
        yield server.stdout.readline().strip()
        server.stdin.close()


def test_a_step_goes_with_the_hosts_rows_in_postgresql(postgres: str) -> None:
    psycopg: Any = importlib.import_module("psycopg")
    office = Office(postgres)
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("CREATE TABLE letters(text TEXT)")
        with pytest.raises(workflow.Misuse, match="no open transaction|no transaction is open"):
            office.engine.inside(connection)
        for is_kept in (False, True):
            with connection.transaction(force_rollback=not is_kept):
                connection.execute("INSERT INTO letters VALUES ('received')")
                with office.engine.inside(connection) as inside:
                    inside.start(*START)
            assert len(connection.execute("SELECT * FROM letters").fetchall()) == is_kept
            assert office.engine.instances()["items"] == (["permit/A"] if is_kept else [])
    office.engine.close()


def test_nothing_is_kept_of_what_was_closed() -> None:
    def live() -> int:
        gc.collect()
        return sum(isinstance(one, (workflow.Engine, workflow.Outbox, Office)) for one in gc.get_objects())

    before = live()
    for _ in range(20):
        office = Office()
        with office.engine, office.engine.outbox({"ask_register": lambda request: {"number": 1}}) as outbox:
            office.start()
            office.accept()
            outbox.deliver()
        del office, outbox
    assert live() == before


def test_memory_does_not_grow_with_calls(office: Office) -> None:
    def kilobytes() -> int:
        return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4

    office.start()
    for _ in range(2_000):
        office.engine.get("permit/A")
    before = kilobytes()
    for _ in range(20_000):
        office.engine.get("permit/A")
    assert kilobytes() - before < 2_000  # a leak of 100 bytes a call would be as much


def test_an_interpreter_that_ends_in_the_middle_ends(tmp_path: pathlib.Path) -> None:
    script = tmp_path / "ends.py"
    script.write_text(
        f"""
import time, workflow
engine = workflow.Engine("sqlite:{tmp_path}/dossiers.db")
engine.register_folder({str(PROCEDURES)!r})
engine.register_procedure(file={str(PERMIT)!r})
def ask(request):
    time.sleep(0.2)
    return {{"number": 1}}
outbox = engine.outbox({{"ask_register": ask}}, threads=3)
timer = engine.timer()
engine.start("permit", "A", workflow.Actor("an", roles=["clerk"]), {{"applicant": "A"}})
engine.perform("permit/A", "accept", workflow.Actor("b", roles=["officer"]), {{"fee": 1}})
outbox.start(1)
print("at its end")
"""
    )
    ended = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "at its end\n", "")
