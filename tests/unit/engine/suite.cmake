workflow_suite(engine MODULES engine interpreter LIBRARIES SQLite::SQLite3 SOURCES
  support/dossier.cpp support/fault_vfs.cpp support/fault_methods.cpp support/disk_cache.cpp
  unit/engine/engine_test.cpp
  unit/engine/request_test.cpp
  unit/engine/due_test.cpp
  unit/engine/replay_test.cpp
  unit/engine/verify_test.cpp
  unit/engine/sensitive_test.cpp
  unit/engine/calendar_version_test.cpp
  unit/engine/migration_test.cpp
  unit/engine/json_test.cpp
  unit/engine/metrics_test.cpp
  unit/engine/message_test.cpp
  unit/engine/call_test.cpp
  unit/engine/standing_test.cpp
  unit/engine/delegation_test.cpp
  unit/engine/operation_test.cpp
  unit/engine/transfer_test.cpp
  unit/engine/worklist_test.cpp)

if(TARGET workflow::spdlog)
  workflow_suite(spdlog MODULES interpreter LIBRARIES workflow::spdlog SOURCES
    support/dossier.cpp unit/engine/spdlog_test.cpp)
endif()

# Many take long under sanitizers, and show nothing that few do not show there.
if(NOT WORKFLOW_SANITIZE AND NOT CMAKE_CXX_FLAGS MATCHES "sanitize=thread")
  workflow_suite(many MODULES engine interpreter LIBRARIES SQLite::SQLite3 SOURCES
    support/dossier.cpp unit/engine/many_test.cpp)
endif()

workflow_suite(services LABELS threads MODULES engine interpreter LIBRARIES SQLite::SQLite3 SOURCES
  support/dossier.cpp support/fault_vfs.cpp support/fault_methods.cpp support/disk_cache.cpp
  unit/engine/services_test.cpp
  unit/engine/commit_test.cpp
  unit/engine/draft_test.cpp
  unit/engine/lent_transaction_test.cpp)
