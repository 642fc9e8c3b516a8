workflow_suite(scenario MODULES base procedure SOURCES
  support/dossier.cpp
  unit/scenario/call_test.cpp
  unit/scenario/coverage_test.cpp
  unit/scenario/load_test.cpp
  unit/scenario/play_test.cpp)
