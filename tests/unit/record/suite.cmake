workflow_suite(record MODULES record interpreter SOURCES
  support/dossier.cpp unit/record/bytes_test.cpp unit/record/golden_test.cpp)
