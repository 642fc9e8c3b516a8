find_package(ZLIB REQUIRED)
workflow_suite(event_log MODULES event_log LIBRARIES ZLIB::ZLIB SOURCES
  unit/event_log/csv_test.cpp
  unit/event_log/xes_test.cpp)
