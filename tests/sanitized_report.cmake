# Fails unless REPORT is the output of a ctest run that ran tests and passed them all.
if(NOT EXISTS "${REPORT}")
  message(FATAL_ERROR "no report at ${REPORT}: tests/run.sh builds and runs the sanitized tree first")
endif()
file(READ "${REPORT}" text)
if(NOT text MATCHES "100% tests passed, 0 tests failed out of ([1-9][0-9]*)")
  message(FATAL_ERROR "the sanitized tree is not green:\n${text}")
endif()
message(STATUS "${CMAKE_MATCH_1} suites passed under the sanitizers")
