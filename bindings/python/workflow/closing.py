"""What is open until it is closed, by its user or when the interpreter ends."""

import atexit
import weakref
from types import TracebackType
from typing import Self


class Closing:
    """A context manager that closes itself."""

    #: the least is closed first when the interpreter ends
    _rank = 0

    def close(self) -> None:
        """Closing twice is no mistake."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _close_at_exit(self) -> None:
        _open.add(self)


# What threads of the library may still call when the interpreter ends: closed before that.
_open: "weakref.WeakSet[Closing]" = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for one in sorted(_open, key=lambda each: each._rank):
        one.close()
