workflow_suite(definition MODULES definition procedure SOURCES unit/definition/sensitive_test.cpp unit/definition/node_test.cpp
               unit/definition/reader_test.cpp unit/definition/bad_procedure_test.cpp
               unit/definition/good_procedure_test.cpp unit/definition/registry_test.cpp
               unit/definition/catalogue_test.cpp unit/definition/manual_test.cpp
               unit/definition/tokens_test.cpp unit/definition/message_fault_test.cpp unit/definition/outside_fault_test.cpp)
