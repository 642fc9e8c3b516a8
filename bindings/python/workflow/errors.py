"""What goes wrong: one class for each code of the engine (workflow/error.hpp)."""

from typing import Any


class Error(Exception):
    """A failure of the world or a broken contract; `code` is the number that every language has."""

    code: int = 8


class NotFound(Error):
    """No such instance, procedure or calendar."""

    code = 1


class Conflict(Error):
    """Somebody else changed it first: load again and retry."""

    code = 2


class StorageFailed(Error):
    """The store could not read or write; nothing was changed."""

    code = 3


class Corrupt(Error):
    """What was read is not what was written."""

    code = 4


class Unsupported(Error):
    """Made by a newer version, or not offered by this build."""

    code = 5


class LimitExceeded(Error):
    """An input is larger than the limits allow."""

    code = 6


class Misuse(Error):
    """The call breaks the contract of the interface."""

    code = 7


class Internal(Error):
    """A defect of the library; the transaction was rolled back."""

    code = 8


class Refused(Error):
    """An expected "no" of the procedure: nothing was changed and nothing recorded."""

    code = 100

    def __init__(self, refusal: dict[str, Any]) -> None:
        super().__init__(refusal["reason"])
        #: why, in kebab-case: `not-your-role`
        self.reason_code: str = refusal["code"]
        #: the sentence for a person, with the mend
        self.reason: str = refusal["reason"]
        #: what the actor could do instead: {item, state, action, title} each
        self.permitted: list[dict[str, Any]] = refusal["permitted"]
        #: each single reason, {code, reason}, of what has several
        self.because: list[dict[str, Any]] = refusal["because"]


_CLASSES = {
    kind.code: kind
    for kind in (NotFound, Conflict, StorageFailed, Corrupt, Unsupported, LimitExceeded, Misuse, Internal)
}


def error_of(code: int, message: str) -> Error:
    """The exception for a code of the engine."""
    return _CLASSES.get(code, Internal)(message)
