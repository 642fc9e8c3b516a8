workflow_suite(expression
  MODULES expression base
  SOURCES unit/expression/support.cpp unit/expression/value_test.cpp unit/expression/problem_test.cpp)
