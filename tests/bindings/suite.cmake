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

# The same cases in every language: each runner's answers are held against the cases, and against C's.
if(TARGET workflow_c AND NOT WORKFLOW_SANITIZE)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(bindings ${CMAKE_CURRENT_SOURCE_DIR}/bindings)
  set(conformance ${Python3_EXECUTABLE} -B ${bindings}/conformance.py ${PROJECT_SOURCE_DIR}/procedures)

  add_executable(test_bindings_c bindings/c/c_api_test.cpp bindings/c/services_test.cpp)
  target_link_libraries(test_bindings_c PRIVATE workflow_c catch_main)
  target_include_directories(test_bindings_c PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  if(TARGET postgres_cluster)
    find_package(SQLite3 REQUIRED)
    target_sources(test_bindings_c PRIVATE bindings/c/transaction_test.cpp)
    target_link_libraries(test_bindings_c PRIVATE postgres_cluster SQLite::SQLite3)
    # For the tests of other languages.
    add_executable(postgres_server support/postgres_server.cpp)
    target_link_libraries(postgres_server PRIVATE postgres_cluster)
    set_target_properties(postgres_server PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    set(on_postgres --postgres $<TARGET_FILE:postgres_server>)
    set(postgres_for_python WORKFLOW_TEST_POSTGRES=$<TARGET_FILE:postgres_server>)
  endif()
  target_precompile_headers(test_bindings_c REUSE_FROM catch_header)
  target_compile_definitions(test_bindings_c PRIVATE WORKFLOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_executable(c_runner ${bindings}/c/runner.c)
  target_link_libraries(c_runner PRIVATE workflow_c)
  set_target_properties(c_runner PROPERTIES C_STANDARD 99 C_EXTENSIONS OFF)
  set_target_properties(c_runner test_bindings_c PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests UNITY_BUILD OFF)
  add_test(NAME bindings_c COMMAND test_bindings_c)
  add_test(NAME bindings_c_cases COMMAND ${conformance} $<TARGET_FILE:c_runner> ${on_postgres})
  add_test(NAME bindings_c_symbols COMMAND ${Python3_EXECUTABLE} -B ${bindings}/c/symbols.py
    $<TARGET_FILE:workflow_c> ${CMAKE_C_COMPILER} ${PROJECT_SOURCE_DIR}/bindings/c)
  find_program(VALGRIND valgrind)
  if(VALGRIND)
    # Threads one after the other are no test of threads: those are elsewhere.
    add_test(NAME bindings_c_leaks COMMAND ${VALGRIND} -q --leak-check=full
      --errors-for-leak-kinds=definite --show-leak-kinds=definite --error-exitcode=9
      $<TARGET_FILE:test_bindings_c> "~*many threads*")
    set_tests_properties(bindings_c_leaks PROPERTIES TIMEOUT 600)
  else()
    message(STATUS "bindings_c_leaks is left out: valgrind is not installed")
  endif()
endif()
if(TARGET workflow_python)
  set(in_package ${CMAKE_COMMAND} -E env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=${CMAKE_BINARY_DIR}/python)
  add_test(NAME bindings_python
    COMMAND ${in_package} ${postgres_for_python} ${Python_EXECUTABLE} -m pytest -q -p no:cacheprovider ${bindings}/python)
  if(VALGRIND)
    add_test(NAME bindings_python_leaks COMMAND ${Python_EXECUTABLE} -B ${bindings}/python/leaks.py ${VALGRIND}
      ${Python_EXECUTABLE} $<TARGET_FILE:workflow_python> ${CMAKE_BINARY_DIR}/python ${PROJECT_SOURCE_DIR}/procedures
      ${bindings}/procedures/permit/procedure.yaml)
    set_tests_properties(bindings_python_leaks PROPERTIES TIMEOUT 900)
  endif()
  add_test(NAME bindings_python_cases COMMAND ${CMAKE_COMMAND} -E env
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=${CMAKE_BINARY_DIR}/python ${conformance}
    "${Python_EXECUTABLE} ${bindings}/python/runner.py" --like $<TARGET_FILE:c_runner> ${on_postgres})
  add_test(NAME example_notebook COMMAND ${in_package} ${Python_EXECUTABLE} ${PROJECT_SOURCE_DIR}/examples/notebook/what_if.py)
  set_tests_properties(example_notebook PROPERTIES PASS_REGULAR_EXPRESSION "it_setup +0[.]00.* 0[.]0.*working days before, ")
  find_program(MYPY mypy)
  if(MYPY)
    add_test(NAME bindings_python_types
      COMMAND ${MYPY} --strict --cache-dir=/dev/null workflow ${bindings}/python
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/bindings/python)
  else()
    message(STATUS "bindings_python_types is left out: mypy is not installed")
  endif()
  add_test(NAME bindings_python_pip COMMAND ${Python_EXECUTABLE} -B ${bindings}/python/pip.py
    ${CMAKE_BINARY_DIR} ${PROJECT_SOURCE_DIR} ${CMAKE_BINARY_DIR}/pip-test)
  set_tests_properties(bindings_python bindings_python_pip PROPERTIES TIMEOUT 600)
endif()
if(TARGET workflow_java)
  find_package(Java 17 REQUIRED COMPONENTS Runtime Development)
  get_target_property(class_path workflow_java CLASS_PATH)
  file(GLOB java_tests CONFIGURE_DEPENDS ${bindings}/java/libworkflow/*.java)
  find_file(JUNIT_JAR junit-platform-console-standalone.jar PATHS /usr/share/java NO_DEFAULT_PATH)
  if(JUNIT_JAR)
    # Debian's console is no jar with everything in it: what it needs lies beside it.
    file(GLOB junit_jars /usr/share/java/junit-platform-*.jar /usr/share/java/junit-jupiter-*.jar
      /usr/share/java/opentest4j.jar /usr/share/java/apiguardian-api.jar /usr/share/java/picocli.jar
      /usr/share/java/univocity-parsers.jar)
    list(FILTER junit_jars EXCLUDE REGEX "standalone|-[0-9.]+\\.jar$|runner|suite")
    list(JOIN junit_jars ":" junit_path)
    set(test_classes ${CMAKE_CURRENT_BINARY_DIR}/java)
    add_custom_command(OUTPUT ${test_classes}/done
      COMMAND ${Java_JAVAC_EXECUTABLE} --release 17 -Xlint:all,-processing,-path -Werror -encoding UTF-8 -proc:none
        -d ${test_classes} -cp ${class_path}:${junit_path} ${java_tests}
      COMMAND ${CMAKE_COMMAND} -E touch ${test_classes}/done
      DEPENDS ${java_tests} workflow_java VERBATIM)
    add_custom_target(java_tests ALL DEPENDS ${test_classes}/done)
    set(java ${Java_JAVA_EXECUTABLE} -Xss2m -Djna.library.path=${CMAKE_BINARY_DIR}/lib
      -Dworkflow.source=${PROJECT_SOURCE_DIR} -cp ${test_classes}:${class_path}:${junit_path})
    add_test(NAME bindings_java COMMAND ${java} org.junit.platform.console.ConsoleLauncher
      --disable-banner --details=tree --disable-ansi-colors --fail-if-no-tests --select-package=libworkflow)
    list(JOIN java " " java_words)
    add_test(NAME bindings_java_cases COMMAND ${conformance} "${java_words} libworkflow.Runner"
      --like $<TARGET_FILE:c_runner> ${on_postgres})
  else()
    message(STATUS "The tests of the Java package are left out: JUnit 5 is not installed (junit5)")
  endif()
endif()

if(TARGET workflow_node)
  set(in_node ${CMAKE_COMMAND} -E env NODE_PATH=${CMAKE_BINARY_DIR}/node)
  add_test(NAME bindings_node COMMAND ${in_node} ${NODE} --test ${bindings}/node)
  add_test(NAME bindings_node_cases COMMAND ${in_node} ${conformance}
    "${NODE} ${bindings}/node/runner.js" --like $<TARGET_FILE:c_runner> ${on_postgres})
  set_tests_properties(bindings_node PROPERTIES TIMEOUT 600)
  find_program(TSC tsc)
  if(TSC)
    add_test(NAME bindings_node_types COMMAND ${TSC} --noEmit --strict --target es2022 --module commonjs
      --baseUrl ${CMAKE_BINARY_DIR}/node ${bindings}/node/types.ts)
  else()
    message(STATUS "bindings_node_types is left out: it wants tsc (node-typescript)")
  endif()
endif()

# A process of each language on one store.
if(TARGET workflow_c AND TARGET workflow_python AND TARGET workflow_java AND TARGET workflow_node)
  add_test(NAME bindings_side_by_side COMMAND ${CMAKE_COMMAND} -E env PYTHONDONTWRITEBYTECODE=1
    PYTHONPATH=${CMAKE_BINARY_DIR}/python NODE_PATH=${CMAKE_BINARY_DIR}/node ${Python3_EXECUTABLE}
    ${bindings}/side_by_side.py ${PROJECT_SOURCE_DIR}/procedures $<TARGET_FILE:c_runner>
    "${Python_EXECUTABLE} ${bindings}/python/runner.py" "${java_words} libworkflow.Runner"
    "${NODE} ${bindings}/node/runner.js")
endif()

# The first example of each language's page does what it says, and the page names every call.
if(TARGET workflow_c AND TARGET workflow_python AND TARGET workflow_java AND TARGET workflow_node)
  add_test(NAME bindings_readme COMMAND ${CMAKE_COMMAND} -E env PYTHONDONTWRITEBYTECODE=1
    PYTHONPATH=${CMAKE_BINARY_DIR}/python NODE_PATH=${CMAKE_BINARY_DIR}/node ${Python_EXECUTABLE}
    ${bindings}/readme.py ${PROJECT_SOURCE_DIR} ${CMAKE_BINARY_DIR}/lib ${class_path} ${CMAKE_C_COMPILER}
    ${Java_JAVA_EXECUTABLE} ${NODE})
endif()
