workflow_suite(interpreter MODULES interpreter record SOURCES
  support/dossier.cpp
  unit/interpreter/onboarding_test.cpp
  unit/interpreter/ways_test.cpp
  unit/interpreter/compound_test.cpp
  unit/interpreter/clock_test.cpp
  unit/interpreter/timer_test.cpp
  unit/interpreter/refusal_test.cpp
  unit/interpreter/incident_test.cpp
  unit/interpreter/purity_test.cpp
  unit/interpreter/fork_test.cpp
  unit/interpreter/join_test.cpp
  unit/interpreter/remainder_test.cpp
  unit/interpreter/door_test.cpp
  unit/interpreter/random_tokens_test.cpp)
