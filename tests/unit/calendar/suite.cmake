workflow_suite(calendar MODULES calendar SOURCES
  unit/calendar/lunar_test.cpp
  unit/calendar/range_test.cpp
  unit/calendar/hours_test.cpp
  unit/calendar/limit_test.cpp
  unit/calendar/explain_test.cpp
  unit/calendar/projection_test.cpp
  unit/calendar/recurring_date_test.cpp
  unit/calendar/contradiction_test.cpp
  unit/calendar/property_test.cpp)
workflow_suite(calendar_file SOURCES
  unit/calendar/vn_state_test.cpp
  unit/calendar/calendar_file_test.cpp
  unit/calendar/bad_calendar_test.cpp)
