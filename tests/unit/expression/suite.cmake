workflow_suite(expression
  MODULES expression base
  SOURCES unit/expression/support.cpp unit/expression/value_test.cpp
          unit/expression/cel_test.cpp
          unit/expression/problem_test.cpp unit/expression/robustness_test.cpp
          unit/expression/civil_time_test.cpp unit/expression/pattern_test.cpp
          unit/expression/printer_test.cpp unit/expression/random_syntax.cpp
          support/syntax_tree.cpp)
# A program of its own: it replaces operator new, which a sanitizer replaces, too.
if(NOT WORKFLOW_SANITIZE)
  workflow_suite(expression_allocation
    SOURCES unit/expression/support.cpp unit/expression/allocation_test.cpp)
endif()
