"""Administrative procedures as state graphs with working-day deadlines: the engine for Python.

    import workflow

    clerk = workflow.Actor("minh", roles=["legal_affairs"])
    with workflow.Engine("sqlite:dossiers.db") as engine:
        engine.register_folder("procedures")
        engine.start("service_onboarding", "2026-001", clerk, {"service_name": "Licences"})

Instants are aware datetimes, in UTC where the engine gives them; dates are dates; everything else is what
JSON has. Every failure is a workflow.Error with a code; an expected "no" of a procedure is a workflow.Refused.
Any thread may use one engine; its calls let other Python threads run.
"""

from ._native import version as __version__
from .actor import Actor
from .engine import Engine
from .errors import (
    Conflict,
    Corrupt,
    Error,
    Internal,
    LimitExceeded,
    Misuse,
    NotFound,
    Refused,
    StorageFailed,
    Unsupported,
)
from .services import Commits, Outbox, ServiceError, Timer
from .simulation import (
    Calibration,
    Scenario,
    SimulationComparison,
    SimulationResult,
    calibrate,
    compare_simulations,
    simulate,
)

__all__ = [
    "Actor",
    "Calibration",
    "Commits",
    "Conflict",
    "Corrupt",
    "Engine",
    "Error",
    "Internal",
    "LimitExceeded",
    "Misuse",
    "NotFound",
    "Outbox",
    "Refused",
    "Scenario",
    "ServiceError",
    "SimulationComparison",
    "SimulationResult",
    "StorageFailed",
    "Timer",
    "Unsupported",
    "__version__",
    "calibrate",
    "compare_simulations",
    "simulate",
]
