# Processes that are killed under load. WORKFLOW_CRASH_ROUNDS and WORKFLOW_CRASH_TIMERS give the long form.
add_executable(crash_worker crash/crash_worker.cpp crash/dossiers.cpp)
target_include_directories(crash_worker PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(crash_worker PRIVATE workflow::workflow fmt::fmt
  $<TARGET_NAME_IF_EXISTS:workflow::postgres>)
target_compile_definitions(crash_worker PRIVATE WORKFLOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
set_target_properties(crash_worker PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
workflow_suite(crash LIBRARIES store_subjects
  SOURCES crash/kill_test.cpp crash/examination.cpp crash/dossiers.cpp support/process.cpp)
workflow_suite(crash_simulated LIBRARIES SQLite::SQLite3
  SOURCES crash/simulation_test.cpp crash/examination.cpp crash/dossiers.cpp
          support/fault_vfs.cpp support/fault_methods.cpp support/disk_cache.cpp)
target_compile_definitions(test_crash PRIVATE WORKFLOW_CRASH_WORKER="$<TARGET_FILE:crash_worker>")
add_dependencies(test_crash crash_worker)
