workflow_suite(analysis MODULES procedure analysis base
  SOURCES
    support/model_builder.cpp
    unit/analysis/catalogue_test.cpp
    unit/analysis/limits_test.cpp
    unit/analysis/numbers_test.cpp
    unit/analysis/reachability_test.cpp
    unit/analysis/rules_test.cpp
    unit/analysis/scope_graph_test.cpp)

# Whole files: what the analysis tells of them.
workflow_suite(analyze
  SOURCES unit/analysis/courses_test.cpp
          unit/analysis/difference_test.cpp
          unit/analysis/examination_test.cpp
          unit/analysis/total_test.cpp)
