workflow_suite(simulation MODULES simulation procedure SOURCES
  support/dossier.cpp
  unit/simulation/assumptions_test.cpp
  unit/simulation/distribution_test.cpp
  unit/simulation/dossiers_test.cpp
  unit/simulation/draws_test.cpp
  unit/simulation/fit_test.cpp
  unit/simulation/office.cpp
  unit/simulation/outside_test.cpp
  unit/simulation/people_test.cpp
  unit/simulation/replication_test.cpp
  unit/simulation/scenario_test.cpp
  unit/simulation/summary_test.cpp)

workflow_suite(simulation_threads MODULES simulation LABELS threads SOURCES
  support/dossier.cpp
  unit/simulation/office.cpp
  unit/simulation/simulate_test.cpp)

# A million dossiers against theory, and logs of thousands: the figures do not change where memory is watched, only
# the time.
if(NOT WORKFLOW_SANITIZE)
  workflow_suite(queueing MODULES simulation event_log SOURCES
    support/dossier.cpp
    unit/simulation/calibrate_test.cpp
    unit/simulation/office.cpp
    unit/simulation/queueing_test.cpp)
endif()
