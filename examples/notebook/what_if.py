# %% [markdown]
# # What if the IT centre had 20 days instead of 30?
#
# Decision 1690 gives the IT Centre 30 working days to set a service up, the departments 5 to confirm it, and 10
# for the pilot. This page follows one dossier through the engine, then simulates a year of them, and then changes
# the limits. Editors open it as a notebook, cell by cell; `python3 what_if.py` runs it from its top to its end.

# %%
import pathlib
import tempfile
from datetime import datetime, timedelta, timezone

import pandas
import workflow

PROCEDURES = pathlib.Path(__file__).resolve().parents[2] / "procedures"
HANOI = timezone(timedelta(hours=7))
pandas.set_option("display.width", 120, "display.max_columns", 12, "display.float_format", "{:.3f}".format)

# %% [markdown]
# ## One dossier
# The clock is ours, so that the page says the same every day.

# %%
now = datetime(2017, 5, 3, 9, tzinfo=HANOI)
lan = workflow.Actor("lan", roles=["proposing_unit"])
minh = workflow.Actor("minh", roles=["legal_affairs"])
with workflow.Engine(clock=lambda: now) as engine:
    engine.register_folder(PROCEDURES)
    engine.start("service_onboarding", "2017-001", lan, {"service_name": "Licences", "units": ["culture"]})
    engine.perform("service_onboarding/2017-001", "submit", lan, {"draft": "process.pdf", "signed_on": now.date()})
    engine.perform("service_onboarding/2017-001", "agree", minh, {"opinion": "opinion.pdf"})
    dossier = engine.get("service_onboarding/2017-001")
    history = engine.history("service_onboarding/2017-001")
print([token["state"] for token in dossier["tokens"]])
print(pandas.DataFrame(dossier["clocks"])[["clock", "limit", "due"]])
print(pandas.DataFrame([{"now": step["now"], "actor": step["actor"]["id"], "event": step["event"]} for step in history]))

# %% [markdown]
# ## A year of services
# `simulation.yaml` beside the procedure says how often services come, who works on them and how long that takes.

# %%
year = {"until": datetime(2026, 12, 31, tzinfo=HANOI), "replications": 10, "seed": 1690, "threads": 2}
result = workflow.simulate(PROCEDURES, "service_onboarding", **year)
states = pandas.DataFrame(result.records("states")).set_index("id")
print(states[["waiting_days.mean", "waiting_days.p95"]].sort_values("waiting_days.mean", ascending=False).head())
clocks = pandas.DataFrame(result.records("clocks")).set_index("id")
print(clocks[["limit", "early", "on_time", "late", "share_late"]])

# %% [markdown]
# ## Shorter limits
# The limits are parameters of the procedure: a scenario may set them, and everything else stays as it is.

# %%
scenario = (PROCEDURES / "service_onboarding" / "simulation.yaml").read_text(encoding="utf-8")
shorter = scenario + """
set: {setup_limit: 20 working days, confirmation_limit: 3 working days, phase_limit: 7 working days}
"""
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder) / "shorter.yaml"
    file.write_text(shorter, encoding="utf-8")
    compared = workflow.compare_simulations(
        workflow.Scenario(PROCEDURES, "service_onboarding"),
        workflow.Scenario(PROCEDURES, "service_onboarding", file),
        **year,
    )
changes = pandas.DataFrame(compared.records())
late = changes[changes["figure"] == "share_late"].set_index("of")
print(late[["before", "after", "interval_of_change.low", "interval_of_change.high"]])

# %% [markdown]
# What the interval of a change does not tell apart from nothing is chance. Here setting up is late more often, and
# nobody works any faster for it: a shorter limit alone moves no dossier.

# %%
lead = changes[changes["figure"] == "lead_days"].iloc[0]
print(f"{lead['before']:.1f} working days before, {lead['after']:.1f} after")
