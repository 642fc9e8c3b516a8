"""Who acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Actor:
    """Who acts. The host has authenticated him; the engine decides what he may do."""

    id: str
    roles: Sequence[str] = ()
    units: Sequence[str] = ()
    #: on whose behalf; None: his own
    acting_for: str | None = None

    def record(self) -> dict[str, Any]:
        """As the calls take it."""
        return {"id": self.id, "roles": self.roles, "units": self.units, "acting_for": self.acting_for}
