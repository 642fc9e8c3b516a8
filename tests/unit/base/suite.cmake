workflow_suite(base MODULES base
  SOURCES unit/base/time_test.cpp unit/base/duration_test.cpp unit/base/timestamp_test.cpp
          unit/base/diagnostic_test.cpp unit/base/text_test.cpp)
