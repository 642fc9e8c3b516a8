"""What goes on beside the host's own calls, in threads that it has asked for."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import timedelta
from functools import partial
from typing import Any

from . import _native
from .actor import Actor
from .closing import Closing


class ServiceError(Exception):
    """Raised by a handler for an error that the procedure names under `errors`; any other is a failure."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code
        self.text = text


def milliseconds(length: timedelta) -> int:
    return round(length / timedelta(milliseconds=1))


class Outbox(Closing):
    """Runs the handlers of services and notices, in threads of its own or in the caller's. See Engine.outbox."""

    def __init__(self, native: _native.Outbox) -> None:
        self._native = native
        self._close_at_exit()

    def deliver(self) -> int:
        """Delivers, in this thread, what can be delivered now; how many that were."""
        return self._native.deliver()

    def start(self, threads: int = 1) -> None:
        """Starts so many threads more, which deliver until stop()."""
        self._native.start(threads)

    def stop(self) -> None:
        """Waits for the handlers that run. What is left in the outbox stays there."""
        self._native.stop()

    def close(self) -> None:
        """Stops for good. Closing twice is no mistake."""
        self._native.close()


class Timer(Closing):
    """A thread that runs what is due; a context manager. See Engine.timer."""

    def __init__(self, native: _native.Timer) -> None:
        self._native = native
        self._close_at_exit()

    def close(self) -> None:
        """Waits for the run under way. Closing twice is no mistake."""
        self._native.close()


class Commits(Closing):
    """Threads that run steps for callers who do not wait, many in one commit. See Engine.commits."""

    def __init__(self, native: _native.Commits) -> None:
        self._native = native
        self._close_at_exit()

    def call(self, name: str, **arguments: Any) -> "Future[dict[str, Any]]":
        """Hands over a step of one instance: `start`, `perform`, `claim` ... with the arguments of its call.

        Steps for one instance are taken in the order in which they came. What is wrong with the arguments is raised
        at once; the future holds the step once it is durable, or raises what the call would have raised. What is
        called when it is done runs in the thread that committed: it must not wait for another future of this kind,
        and cannot close this.
        """
        future: "Future[dict[str, Any]]" = Future()
        future.set_running_or_notify_cancel()
        plain = {key: value.record() if isinstance(value, Actor) else value for key, value in arguments.items()}
        self._native.call(name, plain, partial(_complete, future))
        return future

    def close(self) -> None:
        """Waits until all that was handed over is done. Closing twice is no mistake."""
        self._native.close()


def _complete(future: "Future[dict[str, Any]]", answer: Any, error: Exception | None) -> None:
    if error is None:
        future.set_result(answer)
    else:
        future.set_exception(error)


def answering(
    handler: Callable[[dict[str, Any]], Mapping[str, Any] | None],
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def answer(request: dict[str, Any]) -> dict[str, Any]:
        try:
            result = handler(request)
        except ServiceError as error:
            return {"error": error.code, "text": error.text}
        return {"result": dict(result or {})}

    return answer
