"""The engine: durable instances of procedures, their deadlines, and what is asked about them."""

import importlib
import os
import weakref
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias, cast

from . import _native
from .actor import Actor
from .closing import Closing
from .errors import Misuse
from .services import Commits, Outbox, Timer, answering, milliseconds

PathLike: TypeAlias = str | os.PathLike[str]


def _path(path: PathLike | None) -> str | None:
    return None if path is None else os.fspath(path)


class Engine(Closing):
    """An engine over a store: `memory`, `sqlite:PATH` or `postgresql://USER@HOST/DATABASE`.

    `clock` gives the time instead of the machine: an aware datetime. `log` is told of each commit: level
    (`debug`, `info`, `warning`), instance, one line of text, and the trace of the call. Both are called from
    whichever thread works. Use it as a context manager, or close() it.

    Arguments that are None are left out. Raises Error with what went wrong, from every call.
    """

    def __init__(
        self,
        store: PathLike = "memory",
        *,
        schema: str | None = None,
        clock: Callable[[], datetime] | None = None,
        log: Callable[[str, str, str, str], object] | None = None,
    ) -> None:
        self._begin(_native.Engine(os.fspath(store), schema or "", clock, log))

    def _begin(self, native: _native.Engine) -> None:
        self._native = native
        self._call = self._record = self._records = self._text = native.call
        self._give_back: Callable[[], None] | None = None
        self._services: "weakref.WeakSet[Outbox | Timer | Commits]" = weakref.WeakSet()
        self._close_at_exit()

    def close(self) -> None:
        """Ends its outboxes, timers and commits, and lets go of the store. Calls that are under way go on to their end."""
        for service in list(self._services):
            service.close()
        self._native.close()
        if self._give_back is not None:
            self._give_back()
            self._give_back = None

    @property
    def is_closed(self) -> bool:
        """Whether close() was called."""
        return self._native.closed

    _rank = 1  # behind what works for it

    # One and the same, by what the call is known to answer.
    _call: Callable[[str, dict[str, Any]], Any]
    _record: Callable[[str, dict[str, Any]], dict[str, Any]]
    _records: Callable[[str, dict[str, Any]], list[dict[str, Any]]]
    _text: Callable[[str, dict[str, Any]], str]

    # --- what goes on by itself ---

    def outbox(
        self,
        services: Mapping[str, Callable[[dict[str, Any]], Mapping[str, Any] | None]] | None = None,
        notices: Callable[[dict[str, Any]], object] | None = None,
        *,
        withdrawals: Mapping[str, Callable[[dict[str, Any]], object]] | None = None,
        threads: int = 0,
        poll: timedelta = timedelta(milliseconds=200),
        lease: timedelta = timedelta(minutes=5),
        first_pause: timedelta = timedelta(seconds=1),
        longest_pause: timedelta = timedelta(minutes=5),
    ) -> Outbox:
        """Handlers for `service: NAME` of procedures, and for notices, delivered at least once.

        A service's handler takes {key, instance, token, attempt, state, handler, input, trace} and returns the
        result as a mapping. ServiceError is an error that the procedure names; any other exception is a failure,
        and the procedure says when it is asked again. `key` is the same for every attempt: the outer system does
        the work once. Notices are {key, instance, token, state, roles, text, trace}; one whose handler raises comes
        again. A withdrawal's handler takes what the service's took, without its input, once nobody waits for its
        answer any more. With
        `threads` they run by themselves, else when deliver() is called.
        """
        lengths = {"poll": poll, "lease": lease, "first_pause": first_pause, "longest_pause": longest_pause}
        native = _native.Outbox(self._native, {name: milliseconds(length) for name, length in lengths.items()})
        for name, handler in (services or {}).items():
            native.handle_service(name, answering(handler))
        for name, told in (withdrawals or {}).items():
            native.handle_withdrawal(name, told)
        if notices is not None:
            native.handle_notices(notices)
        outbox = Outbox(native)
        self._services.add(outbox)
        if threads:
            outbox.start(threads)
        return outbox

    def timer(self, poll: timedelta = timedelta(milliseconds=500)) -> "Timer":
        """A thread that calls run_due() whenever something is due, until it is closed."""
        timer = Timer(_native.Timer(self._native, milliseconds(poll)))
        self._services.add(timer)
        return timer

    def commits(self, threads: int = 1) -> Commits:
        """Threads that run steps for callers who do not wait, many in one commit. See Commits."""
        commits = Commits(_native.Commits(self._native, threads))
        self._services.add(commits)
        return commits

    def inside(self, connection: object, *, schema: str | None = None) -> "Engine":
        """The same engine inside the transaction that the host has open on `connection`.

        A connection of psycopg 3 (to the database of this store) or of apsw (to its file; begin it with BEGIN
        IMMEDIATE): each step is kept or lost with the host's own rows. What the answers say holds once the host has
        committed. For the thread that has the transaction; close it before that ends. Raises Misuse for any other
        connection, and for one whose driver brings a PostgreSQL or SQLite library of its own.
        """
        inside = Engine.__new__(Engine)
        if hasattr(connection, "sqlite3pointer"):
            if importlib.import_module("apsw").using_amalgamation:
                raise Misuse("this apsw brings an SQLite of its own: take the package python3-apsw")
            inside._begin(self._native.inside_sqlite(connection.sqlite3pointer()))
        elif hasattr(connection, "pgconn"):
            if importlib.import_module("psycopg").pq.__impl__ == "binary":
                raise Misuse("psycopg[binary] brings a libpq of its own: take psycopg or psycopg[c]")
            pgconn = connection.pgconn
            was_nonblocking, pgconn.nonblocking = pgconn.nonblocking, 0
            try:
                inside._begin(self._native.inside_postgres(pgconn.pgconn_ptr, schema or ""))
            except BaseException:
                pgconn.nonblocking = was_nonblocking
                raise
            inside._give_back = lambda: setattr(pgconn, "nonblocking", was_nonblocking)
        else:
            kind = type(connection)
            raise Misuse(
                f"a {kind.__module__}.{kind.__qualname__} does not show its connection: take one of psycopg 3, or of apsw"
            )
        return inside

    # --- definitions ---

    def register_folder(self, folder: PathLike) -> dict[str, Any]:
        """Registers every procedure and calendar of a folder.

        They are looked for as `calendars/*.yaml` and `ID/procedure.yaml`. Gives {procedures, calendars, warnings}.
        Raises Misuse with every finding where one is an error.
        """
        return self._record("register_folder", {"folder": _path(folder)})

    def register_procedure(
        self,
        *,
        file: PathLike | None = None,
        yaml: str | None = None,
    ) -> dict[str, Any]:
        """Registers one procedure, from a file or from its text. Gives {procedure, version, digest, warnings}."""
        return self._record("register_procedure", {"file": _path(file), "yaml": yaml})

    def register_calendar(self, *, file: PathLike | None = None, yaml: str | None = None) -> dict[str, Any]:
        """Registers one calendar, from a file or from its text. Gives {calendar, warnings}."""
        return self._record("register_calendar", {"file": _path(file), "yaml": yaml})

    def procedures(self) -> list[dict[str, Any]]:
        """Every registered version: {procedure, version, digest} each."""
        return self._records("procedures", {})

    def procedure(self, procedure: str, *, version: int | None = None) -> dict[str, Any]:
        """One version, by default the highest: its title, roles, states, languages."""
        return self._record("procedure", {"procedure": procedure, "version": version})

    def graph(
        self,
        *,
        procedure: str | None = None,
        instance: str | None = None,
        version: int | None = None,
        variant: str | None = None,
        language: str = "en",
        format: str = "dot",
    ) -> str:
        """The state graph as text for Graphviz (`dot`) or Mermaid; of an instance with its way through it."""
        return self._text(
            "graph",
            {
                "procedure": procedure,
                "instance": instance,
                "version": version,
                "variant": variant,
                "language": language,
                "format": format,
            },
        )

    # --- what happens to an instance ---

    def start(
        self,
        procedure: str,
        key: str,
        actor: Actor,
        data: Mapping[str, Any] | None = None,
        *,
        variant: str | None = None,
        entry: str | None = None,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """Starts an instance. The same procedure, key, data and variant again is the same instance.

        Gives {instance, revision, repeated, records}, as every step does.
        """
        return self._record(
            "start",
            {
                "procedure": procedure,
                "key": key,
                "actor": actor.record(),
                "data": data,
                "variant": variant,
                "entry": entry,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def perform(
        self,
        instance: str,
        action: str,
        actor: Actor,
        fields: Mapping[str, Any] | None = None,
        *,
        item: int | None = None,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """An officer does something. With `plan` nothing is changed, and the answer tells what would be.

        Raises Refused where the procedure says no.
        """
        return self._record(
            "perform",
            {
                "instance": instance,
                "action": action,
                "actor": actor.record(),
                "fields": fields,
                "item": item,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def claim(
        self,
        instance: str,
        item: int,
        actor: Actor,
        *,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """He takes a work item for himself."""
        return self._record(
            "claim",
            {
                "instance": instance,
                "item": item,
                "actor": actor.record(),
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def release(
        self,
        instance: str,
        item: int,
        actor: Actor,
        *,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """He gives it back."""
        return self._record(
            "release",
            {
                "instance": instance,
                "item": item,
                "actor": actor.record(),
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def delegate(
        self,
        instance: str,
        item: int,
        to: str,
        actor: Actor,
        *,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """He hands it to somebody."""
        return self._record(
            "delegate",
            {
                "instance": instance,
                "item": item,
                "to": to,
                "actor": actor.record(),
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def reassign(
        self,
        instance: str,
        item: int,
        to: str,
        actor: Actor,
        reason: str,
        *,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """An operator gives it to somebody."""
        return self._record(
            "reassign",
            {
                "instance": instance,
                "item": item,
                "to": to,
                "actor": actor.record(),
                "reason": reason,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def retry(
        self,
        instance: str,
        token: int,
        actor: Actor,
        *,
        reason: str | None = None,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """What stands still is tried again."""
        return self._record(
            "retry",
            {
                "instance": instance,
                "token": token,
                "actor": actor.record(),
                "reason": reason,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def resolve(
        self,
        instance: str,
        token: int,
        actor: Actor,
        reason: str,
        *,
        result: Mapping[str, Any] | None = None,
        error: str | None = None,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """An operator answers in a service's place: with a result or an error's code."""
        return self._record(
            "resolve",
            {
                "instance": instance,
                "token": token,
                "actor": actor.record(),
                "reason": reason,
                "result": result,
                "error": error,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def correct(
        self,
        instance: str,
        data: Mapping[str, Any],
        actor: Actor,
        reason: str,
        *,
        token: int | None = None,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """An operator mends data."""
        return self._record(
            "correct",
            {
                "instance": instance,
                "data": data,
                "actor": actor.record(),
                "reason": reason,
                "token": token,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def move(
        self,
        instance: str,
        token: int,
        to: str,
        actor: Actor,
        reason: str,
        *,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """An operator puts a token on another state."""
        return self._record(
            "move",
            {
                "instance": instance,
                "token": token,
                "to": to,
                "actor": actor.record(),
                "reason": reason,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def cancel(
        self,
        instance: str,
        actor: Actor,
        reason: str,
        *,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """An operator ends the instance."""
        return self._record(
            "cancel",
            {
                "instance": instance,
                "actor": actor.record(),
                "reason": reason,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def suspend(
        self,
        instance: str,
        actor: Actor,
        reason: str,
        *,
        clocks_wait: bool = False,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """An operator sets the instance aside; with `clocks_wait` its clocks stop."""
        return self._record(
            "suspend",
            {
                "instance": instance,
                "actor": actor.record(),
                "reason": reason,
                "clocks_wait": clocks_wait,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def resume(
        self,
        instance: str,
        actor: Actor,
        reason: str,
        *,
        plan: bool = False,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """It goes on."""
        return self._record(
            "resume",
            {
                "instance": instance,
                "actor": actor.record(),
                "reason": reason,
                "plan": plan,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def erase(
        self,
        instance: str,
        fields: Sequence[str],
        actor: Actor,
        reason: str,
        *,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """Erases every value that these sensitive fields ever had, for good."""
        return self._record(
            "erase",
            {
                "instance": instance,
                "fields": fields,
                "actor": actor.record(),
                "reason": reason,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def answer_service(
        self,
        instance: str,
        token: int,
        *,
        attempt: int = 1,
        result: Mapping[str, Any] | None = None,
        error: str | None = None,
        failure: str | None = None,
        text: str | None = None,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """Answers a service that its handler could not answer at once: a result, an error or a failure."""
        return self._record(
            "answer_service",
            {
                "instance": instance,
                "token": token,
                "attempt": attempt,
                "result": result,
                "error": error,
                "failure": failure,
                "text": text,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def send_message(
        self,
        message: str,
        *,
        key: str | None = None,
        fields: Mapping[str, Any] | None = None,
        sender: str | None = None,
        instance: str | None = None,
        request: str | None = None,
    ) -> dict[str, Any]:
        """A message to whom waits for it: {delivered: taken, kept, ignored or not_found, steps}."""
        return self._record(
            "send_message",
            {
                "message": message,
                "key": key,
                "fields": fields,
                "sender": sender,
                "instance": instance,
                "request": request,
            },
        )

    def run_due(self) -> dict[str, Any]:
        """Runs every timer that is due, and carries messages and calls to where they go."""
        return self._record("run_due", {})

    # --- questions ---

    def get(self, instance: str, *, sensitive: bool = False) -> dict[str, Any]:
        """Where an instance stands: tokens, clocks, data. Sensitive values are None unless asked for."""
        return self._record("get", {"instance": instance, "sensitive": sensitive})

    def history(self, instance: str) -> list[dict[str, Any]]:
        """Every step, oldest first."""
        return self._records("history", {"instance": instance})

    def permitted(self, instance: str, actor: Actor) -> list[dict[str, Any]]:
        """What the actor can do, and why not."""
        return self._records("permitted", {"instance": instance, "actor": actor.record()})

    def explain(self, instance: str) -> list[dict[str, Any]]:
        """Why each deadline is where it is, day by day."""
        return self._records("explain", {"instance": instance})

    def instances(self, *, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """Ids of every instance: {items, cursor, finished}, as every page."""
        return self._record("instances", {"cursor": cursor, "limit": limit})

    def worklist(
        self,
        actor: Actor,
        *,
        role: str | None = None,
        unit: str | None = None,
        procedure: str | None = None,
        state: str | None = None,
        text: str | None = None,
        overdue: bool = False,
        cursor: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """What waits for the actor, what is due first before the rest."""
        return self._record(
            "worklist",
            {
                "actor": actor.record(),
                "role": role,
                "unit": unit,
                "procedure": procedure,
                "state": state,
                "text": text,
                "overdue": overdue,
                "cursor": cursor,
                "limit": limit,
            },
        )

    def incidents(self, *, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """What stands still, the oldest first."""
        return self._record("incidents", {"cursor": cursor, "limit": limit})

    def standing(self, procedure: str, state: str, *, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """Who stands on a state."""
        return self._record(
            "standing",
            {
                "procedure": procedure,
                "state": state,
                "cursor": cursor,
                "limit": limit,
            },
        )

    def standing_counts(self, procedure: str) -> list[dict[str, Any]]:
        """How many stand where, and how many of them late."""
        return self._records("standing_counts", {"procedure": procedure})

    def under_way(self, procedure: str, *, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """What is under way, by unit and receipt."""
        return self._record("under_way", {"procedure": procedure, "cursor": cursor, "limit": limit})

    def closed(
        self,
        procedure: str,
        *,
        outcome: str | None = None,
        cursor: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """What has ended with an outcome."""
        return self._record(
            "closed",
            {
                "procedure": procedure,
                "outcome": outcome,
                "cursor": cursor,
                "limit": limit,
            },
        )

    def find(
        self,
        procedure: str,
        field: str,
        value: Any,
        *,
        cursor: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """Instances by a field that is marked `indexed`."""
        return self._record(
            "find",
            {
                "procedure": procedure,
                "field": field,
                "value": value,
                "cursor": cursor,
                "limit": limit,
            },
        )

    def statistics(self, procedure: str, since: datetime, until: datetime) -> list[dict[str, Any]]:
        """By unit what came in and what became of it, as form 06/VPCP/KSTT has it."""
        return self._records("statistics", {"procedure": procedure, "from": since, "until": until})

    def changes(self, *, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """Every committed step in order, for outer systems; keep the cursor."""
        return self._record("changes", {"cursor": cursor, "limit": limit})

    def next_due(self) -> datetime | None:
        """When run_due is wanted next."""
        return cast("datetime | None", self._call("next_due", {}))

    def now(self) -> datetime:
        """The engine's clock."""
        return cast(datetime, self._call("now", {}))

    def metrics(self) -> str:
        """OpenMetrics 1.0 text."""
        return self._text("metrics", {})

    # --- new versions, delegations, officers who left ---

    def calendar_impact(
        self,
        *,
        file: PathLike | None = None,
        yaml: str | None = None,
        cursor: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """What a calendar's new version would move; nothing is changed."""
        return self._record(
            "calendar_impact",
            {
                "file": _path(file),
                "yaml": yaml,
                "cursor": cursor,
                "limit": limit,
            },
        )

    def apply_calendar(
        self,
        calendar: str,
        actor: Actor,
        *,
        cursor: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """Lets instances count by the highest version of the calendar."""
        return self._record(
            "apply_calendar",
            {
                "calendar": calendar,
                "actor": actor.record(),
                "cursor": cursor,
                "limit": limit,
            },
        )

    def migrate(
        self,
        instance: str,
        version: int,
        actor: Actor,
        reason: str,
        *,
        mapping: Mapping[str, Any] | None = None,
        request: str | None = None,
        revision: int | None = None,
        trace: str | None = None,
    ) -> dict[str, Any]:
        """Moves an instance to another version of its procedure."""
        return self._record(
            "migrate",
            {
                "instance": instance,
                "version": version,
                "actor": actor.record(),
                "reason": reason,
                "mapping": mapping,
                "request": request,
                "revision": revision,
                "trace": trace,
            },
        )

    def plan_migration(
        self,
        *,
        procedure: str | None = None,
        version: int | None = None,
        file: PathLike | None = None,
        yaml: str | None = None,
        mapping: Mapping[str, Any] | None = None,
        cursor: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """What that would do to each instance of another version."""
        return self._record(
            "plan_migration",
            {
                "procedure": procedure,
                "version": version,
                "file": _path(file),
                "yaml": yaml,
                "mapping": mapping,
                "cursor": cursor,
                "limit": limit,
            },
        )

    def put_delegation(
        self,
        delegator: str,
        delegate: str,
        since: datetime,
        until: datetime,
        *,
        roles: Sequence[str] = (),
        units: Sequence[str] = (),
        entered_by: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Enters a delegation, or changes the one with the same persons and begin."""
        self._call(
            "put_delegation",
            {
                "delegator": delegator,
                "delegate": delegate,
                "since": since,
                "until": until,
                "roles": roles,
                "units": units,
                "entered_by": entered_by,
                "reason": reason,
            },
        )

    def delegations(self, *, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """All delegations that were entered."""
        return self._record("delegations", {"cursor": cursor, "limit": limit})

    def plan_reassign_all(self, officer: str, *, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """What an officer has in hand."""
        return self._record("plan_reassign_all", {"from": officer, "cursor": cursor, "limit": limit})

    def reassign_all(
        self,
        officer: str,
        to: str,
        actor: Actor,
        reason: str,
        *,
        cursor: str = "",
        limit: int = 100,
    ) -> dict[str, Any]:
        """Gives all of it to another."""
        return self._record(
            "reassign_all",
            {
                "from": officer,
                "to": to,
                "actor": actor.record(),
                "reason": reason,
                "cursor": cursor,
                "limit": limit,
            },
        )

    # --- proof and files ---

    def verify(self, *, instance: str | None = None, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """Whether the store holds what was written: every row, and the same step run again."""
        return self._record("verify", {"instance": instance, "cursor": cursor, "limit": limit})

    def anchors(self, *, cursor: str = "", limit: int = 100) -> dict[str, Any]:
        """Heads of the chains, to be kept where who writes the store cannot reach."""
        return self._record("anchors", {"cursor": cursor, "limit": limit})

    def compare_anchors(self, anchors: str) -> list[dict[str, Any]]:
        """What differs from anchors that were taken earlier."""
        return self._records("compare_anchors", {"anchors": anchors})

    def replay(self, instance: str) -> dict[str, Any]:
        """Runs an instance's history again, and compares every digest."""
        return self._record("replay", {"instance": instance})

    def export_to(self, file: PathLike) -> dict[str, Any]:
        """Writes all of the store to a new file."""
        return self._record("export_to", {"file": _path(file)})

    def import_from(self, file: PathLike) -> dict[str, Any]:
        """Brings such a file into this store."""
        return self._record("import_from", {"file": _path(file)})

    def archive(self, file: PathLike, before: datetime) -> dict[str, Any]:
        """Moves what ended before an instant into a new file."""
        return self._record("archive", {"file": _path(file), "before": before})
