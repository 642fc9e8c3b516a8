find_package(SQLite3 REQUIRED)

# The kinds of store that this build has. Where it has PostgreSQL's, each program that uses them
# starts a server of its own.
add_library(store_subjects STATIC store/subject.cpp)
target_include_directories(store_subjects PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(store_subjects PUBLIC workflow::workflow Catch2::Catch2)
if(TARGET workflow::postgres)
  target_sources(store_subjects PRIVATE store/postgres_subject.cpp)
  target_link_libraries(store_subjects PUBLIC workflow::postgres postgres_cluster)
endif()

workflow_suite(store MODULES store LIBRARIES store_subjects SQLite::SQLite3
  SOURCES store/pairs.cpp store/conformance_test.cpp store/model_test.cpp
          store/file_test.cpp store/copy_test.cpp store/plan_test.cpp store/upgrade_test.cpp)

workflow_suite(store_faults LIBRARIES store_subjects SQLite::SQLite3
  SOURCES store/pairs.cpp store/fault_test.cpp store/power_test.cpp
          support/fault_vfs.cpp support/fault_methods.cpp support/disk_cache.cpp)

workflow_suite(store_threads LIBRARIES store_subjects LABELS threads
  SOURCES store/thread_test.cpp)

add_executable(counter_process store/counter_process.cpp)
target_link_libraries(counter_process PRIVATE workflow::workflow
  $<TARGET_NAME_IF_EXISTS:workflow::postgres>)
set_target_properties(counter_process PROPERTIES
  RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
workflow_suite(store_processes LIBRARIES store_subjects
  SOURCES store/process_test.cpp support/process.cpp)
target_compile_definitions(test_store_processes PRIVATE
  WORKFLOW_COUNTER_PROCESS="$<TARGET_FILE:counter_process>")
add_dependencies(test_store_processes counter_process)

if(TARGET workflow::postgres)
  workflow_suite(store_postgres LIBRARIES store_subjects SQLite::SQLite3 MODULES postgres interpreter
    SOURCES store/pairs.cpp store/postgres_test.cpp store/postgres_fault_test.cpp
            store/postgres_engine_test.cpp store/postgres_lent_test.cpp store/postgres_plan_test.cpp
            store/postgres_upgrade_test.cpp
            support/socket_relay.cpp support/dossier.cpp)
endif()
