workflow_suite(store
  SOURCES store/subject.cpp store/conformance_test.cpp store/model_test.cpp)
