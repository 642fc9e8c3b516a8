workflow_suite(definition MODULES definition SOURCES unit/definition/node_test.cpp
               unit/definition/reader_test.cpp)
