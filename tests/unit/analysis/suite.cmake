workflow_suite(analysis MODULES procedure analysis base
  SOURCES
    support/model_builder.cpp
    unit/analysis/catalogue_test.cpp
    unit/analysis/limits_test.cpp
    unit/analysis/numbers_test.cpp
    unit/analysis/reachability_test.cpp
    unit/analysis/rules_test.cpp
    unit/analysis/scope_graph_test.cpp)
