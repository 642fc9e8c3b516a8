workflow_suite(patterns SOURCES patterns/pattern.cpp patterns/patterns_test.cpp)
