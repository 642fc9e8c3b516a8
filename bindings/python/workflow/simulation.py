"""What a procedure will do, before it is decreed."""

import json
import os
from datetime import datetime
from typing import Any

from . import _native
from .engine import PathLike


class SimulationResult:
    """All figures of a simulation, and lists of records that pandas.DataFrame takes as they are."""

    def __init__(self, text: str) -> None:
        #: the bytes that every language gets: the same arguments, the same text
        self.json = text
        #: the same as dicts and lists
        self.figures: dict[str, Any] = json.loads(text)

    def records(self, part: str) -> list[dict[str, Any]]:
        """One flat dict a row of `states`, `roles`, `clocks` or `outcomes`: nested names are joined by a dot."""
        return [_flat(row) for row in self.figures[part]]


def _flat(row: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{name}."))
        else:
            flat[prefix + name] = value
    return flat


def simulate(
    folder: PathLike,
    procedure: str,
    *,
    scenario: PathLike | None = None,
    dossiers: int | None = None,
    until: datetime | None = None,
    warm_up: int = 0,
    replications: int = 10,
    seed: int = 1,
    threads: int = 1,
    allow_overload: bool = False,
) -> SimulationResult:
    """Simulates a procedure of a folder by its `simulation.yaml`, or by another scenario file.

    1,000 dossiers come in each replication unless `dossiers` or `until` says otherwise. Raises Misuse with every
    finding where a file is wrong, and where more work comes than people can do (see `allow_overload`).
    """
    return SimulationResult(
        _native.simulate(
            {
                "folder": os.fspath(folder),
                "procedure": procedure,
                "scenario": None if scenario is None else os.fspath(scenario),
                "dossiers": dossiers,
                "until": until,
                "warm_up": warm_up,
                "replications": replications,
                "seed": seed,
                "threads": threads,
                "allow_overload": allow_overload,
            }
        )
    )
