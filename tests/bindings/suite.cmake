if(TARGET workflow_cli)
  workflow_suite(command_line
    SOURCES support/xml.cpp bindings/cli/tool.cpp bindings/cli/analyze_command_test.cpp
            bindings/cli/migrate_command_test.cpp
            bindings/cli/calendar_command_test.cpp
            bindings/cli/care_test.cpp
            bindings/cli/standing_test.cpp
            bindings/cli/calendar_versions_test.cpp
            bindings/cli/definition_commands_test.cpp
            bindings/cli/eval_batch_test.cpp
            bindings/cli/eval_command_test.cpp
            bindings/cli/new_command_test.cpp
            bindings/cli/graph_command_test.cpp
            bindings/cli/hostile_titles_test.cpp
            bindings/cli/simulate_command_test.cpp
            bindings/cli/test_command_test.cpp
            bindings/cli/usage_test.cpp
            bindings/cli/walk_test.cpp bindings/cli/operate_test.cpp)
  add_dependencies(test_command_line workflow_cli)
  target_compile_definitions(test_command_line PRIVATE
    WORKFLOW_TOOL="$<TARGET_FILE:workflow_cli>")
  if(TARGET workflow::postgres)
    target_sources(test_command_line PRIVATE bindings/cli/postgres_store_test.cpp)
    target_link_libraries(test_command_line PRIVATE store_subjects)
  endif()
endif()
