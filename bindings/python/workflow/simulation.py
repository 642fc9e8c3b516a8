"""What a procedure will do, before it is decreed."""

import json
import os
from dataclasses import dataclass
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
    arguments = Scenario(folder, procedure, scenario).record()
    arguments.update(_extent(dossiers, until, warm_up, replications, seed, threads, allow_overload))
    return SimulationResult(_native.call_without_engine("simulate", arguments))


@dataclass(frozen=True)
class Scenario:
    """A procedure of a folder under its `simulation.yaml`, or under another scenario file."""

    folder: PathLike
    procedure: str
    #: None: simulation.yaml beside the procedure
    file: PathLike | None = None

    def record(self) -> dict[str, Any]:
        """As the calls take it."""
        return {
            "folder": os.fspath(self.folder),
            "procedure": self.procedure,
            "scenario": None if self.file is None else os.fspath(self.file),
        }


class SimulationComparison:
    """Two simulations with the same random numbers, and what changes from one to the other."""

    def __init__(self, text: str) -> None:
        #: the bytes that every language gets
        self.json = text
        figures = json.loads(text)
        self.before = SimulationResult(json.dumps(figures["before"], ensure_ascii=False))
        self.after = SimulationResult(json.dumps(figures["after"], ensure_ascii=False))
        self.differences: list[dict[str, Any]] = figures["differences"]

    def records(self) -> list[dict[str, Any]]:
        """One flat dict a figure that both have."""
        return [_flat(row) for row in self.differences]


def compare_simulations(
    before: Scenario,
    after: Scenario,
    *,
    dossiers: int | None = None,
    until: datetime | None = None,
    warm_up: int = 0,
    replications: int = 10,
    seed: int = 1,
    threads: int = 1,
    allow_overload: bool = False,
) -> SimulationComparison:
    """Simulates both with the same dossiers and efforts, so that what differs comes of the rules. As simulate()."""
    arguments = _extent(dossiers, until, warm_up, replications, seed, threads, allow_overload)
    arguments.update({"before": before.record(), "after": after.record()})
    return SimulationComparison(_native.call_without_engine("compare_simulations", arguments))


class Calibration:
    """What an event log says about a procedure."""

    def __init__(self, text: str) -> None:
        #: cases, events, mapped, begins_are_known, and what records() gives
        self.figures: dict[str, Any] = json.loads(text)
        #: a scenario file, in YAML
        self.scenario: str = self.figures.pop("scenario")

    def records(self, part: str) -> list[dict[str, Any]]:
        """`fits`: one for each distribution, with how far it is from what was seen; or `unmapped`: activities."""
        return [_flat(row) for row in self.figures[part]]


def calibrate(
    folder: PathLike, procedure: str, log: PathLike, *, map: str | None = None
) -> Calibration:
    """Makes a scenario from an event log, XES or CSV.

    `map` is YAML that says which activity is which state and action (`workflow calibrate --help`); without it
    activities are called STATE/ACTION. Raises Misuse with every finding.
    """
    arguments = {"folder": os.fspath(folder), "procedure": procedure, "log": os.fspath(log), "map": map}
    return Calibration(_native.call_without_engine("calibrate", arguments))


def _extent(
    dossiers: int | None,
    until: datetime | None,
    warm_up: int,
    replications: int,
    seed: int,
    threads: int,
    allow_overload: bool,
) -> dict[str, Any]:
    return {
        "dossiers": dossiers,
        "until": until,
        "warm_up": warm_up,
        "replications": replications,
        "seed": seed,
        "threads": threads,
        "allow_overload": allow_overload,
    }
