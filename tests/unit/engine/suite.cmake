workflow_suite(engine MODULES engine interpreter SOURCES
  support/dossier.cpp
  unit/engine/engine_test.cpp
  unit/engine/request_test.cpp
  unit/engine/due_test.cpp
  unit/engine/replay_test.cpp
  unit/engine/sensitive_test.cpp
  unit/engine/json_test.cpp)
