find_package(SQLite3 REQUIRED)

workflow_suite(store LIBRARIES SQLite::SQLite3
  SOURCES store/subject.cpp store/pairs.cpp store/conformance_test.cpp store/model_test.cpp
          store/file_test.cpp)

workflow_suite(store_faults LIBRARIES SQLite::SQLite3
  SOURCES store/subject.cpp store/pairs.cpp store/fault_test.cpp store/power_test.cpp
          support/fault_vfs.cpp support/fault_methods.cpp support/disk_cache.cpp)

workflow_suite(store_threads LABELS threads
  SOURCES store/subject.cpp store/thread_test.cpp)

add_executable(counter_process store/counter_process.cpp)
target_link_libraries(counter_process PRIVATE workflow::workflow)
set_target_properties(counter_process PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
workflow_suite(store_processes
  SOURCES store/subject.cpp store/process_test.cpp)
target_compile_definitions(test_store_processes PRIVATE
  WORKFLOW_COUNTER_PROCESS="$<TARGET_FILE:counter_process>")
add_dependencies(test_store_processes counter_process)
