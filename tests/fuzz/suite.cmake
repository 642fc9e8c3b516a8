# Programs that libFuzzer drives, in the sanitized tree only: coverage tells it what to try next, and
# the sanitizers what went wrong. run.sh runs one for a time; the tests replay what is kept.
if(NOT WORKFLOW_SANITIZE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  return()
endif()

# workflow_fuzz(NAME SOURCES file... [MODULES module...] [LIBRARIES target...]
#               [SEEDS folder...] [RUNS number] [FLAGS flag...])
# A program fuzz_NAME, with the corpus fuzz/corpus/NAME and the dictionary fuzz/NAME.dict, where there
# is one. MODULES: as of workflow_suite(). Its tests replay the corpus and the SEEDS, folders of the
# project whose files are inputs, too; then they try RUNS inputs (20,000) from a fixed seed, which are
# kept nowhere, of at most 1,024 bytes unless FLAGS, which are libFuzzer's, say otherwise. An input that
# takes two minutes (on a busy machine) is a failure, too. run.sh reads all this from NAME.arguments.
function(workflow_fuzz name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "RUNS" "SOURCES;MODULES;LIBRARIES;SEEDS;FLAGS")
  if(NOT arg_RUNS)
    set(arg_RUNS 20000)
  endif()
  set(program fuzz_${name})
  set(folder ${CMAKE_BINARY_DIR}/fuzz/${name})
  set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
  set(dictionary ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${name}.dict)
  if(EXISTS ${dictionary})
    list(APPEND arg_FLAGS -dict=${dictionary})
  endif()
  list(TRANSFORM arg_SEEDS PREPEND ${PROJECT_SOURCE_DIR}/)
  set(arguments ${arg_FLAGS} ${arg_SEEDS})
  file(MAKE_DIRECTORY ${folder})
  file(WRITE ${folder}.arguments "")
  foreach(argument IN LISTS arguments)
    file(APPEND ${folder}.arguments "${argument}\n")
  endforeach()
  add_executable(${program} ${arg_SOURCES})
  target_compile_options(${program} PRIVATE -fsanitize=fuzzer)
  target_link_options(${program} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${program} PRIVATE workflow::workflow fmt::fmt ${arg_LIBRARIES})
  target_include_directories(${program} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_definitions(${program} PRIVATE WORKFLOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  foreach(module IN LISTS arg_MODULES)
    target_include_directories(${program} PRIVATE
      $<TARGET_PROPERTY:workflow_${module},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()
  set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  list(JOIN arguments " " arguments)
  set(run "$<TARGET_FILE:${program}> -timeout=120 -artifact_prefix=${folder}/")
  add_test(NAME ${program}_corpus COMMAND sh -c "${run} -runs=0 ${corpus} ${arguments}")
  add_test(NAME ${program}_seeded COMMAND sh -c "rm -rf ${folder}/seeded && \
mkdir ${folder}/seeded && ${run} -seed=1 -runs=${arg_RUNS} -max_len=1024 \
${folder}/seeded ${corpus} ${arguments}")
  set_tests_properties(${program}_corpus ${program}_seeded PROPERTIES TIMEOUT 600 LABELS fuzz)
endfunction()

workflow_fuzz(expression
  SOURCES fuzz/expression.cpp fuzz/exact_value.cpp unit/expression/support.cpp
          support/syntax_tree.cpp
  MODULES expression base)

# The shipped files and those of the patterns are the best inputs to begin with.
workflow_fuzz(definition
  SOURCES fuzz/definition.cpp
  MODULES base
  SEEDS procedures tests/patterns
  FLAGS -max_len=16384
  RUNS 4000)

workflow_fuzz(event_log
  SOURCES fuzz/event_log.cpp
  MODULES base
  FLAGS -max_len=8192
  RUNS 10000)

workflow_fuzz(transfer
  SOURCES fuzz/transfer.cpp
  MODULES engine interpreter record
  FLAGS -max_len=8192
  RUNS 3000)

# The bytes are choices, of which a short row tells a whole story: all lengths from the beginning, and
# without the schedule by rare features, which takes longer than the stories.
workflow_fuzz(interpreter
  SOURCES fuzz/interpreter.cpp fuzz/random_procedure.cpp support/invariants.cpp
  MODULES procedure interpreter record
  FLAGS -max_len=256 -len_control=0 -entropic=0
  RUNS 1000)

# A defect built in on purpose: tokens that leave keep their claims. The same program around it has to
# find it from nothing, from the same seed and in as many runs.
add_executable(fuzz_canary $<TARGET_OBJECTS:fuzz_interpreter>
  ${PROJECT_SOURCE_DIR}/libworkflow/src/interpreter/run_tokens.cpp)
target_compile_definitions(fuzz_canary PRIVATE WORKFLOW_CANARY)
target_compile_options(fuzz_canary PRIVATE -fsanitize=fuzzer)
target_link_options(fuzz_canary PRIVATE -fsanitize=fuzzer)
target_link_libraries(fuzz_canary PRIVATE workflow::workflow fmt::fmt)
target_include_directories(fuzz_canary PRIVATE
  $<TARGET_PROPERTY:workflow_interpreter,INCLUDE_DIRECTORIES>)
set_target_properties(fuzz_canary PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
add_test(NAME fuzz_canary COMMAND fuzz_canary -seed=1 -runs=1000 -max_len=256 -len_control=0
         -entropic=0 -artifact_prefix=${CMAKE_BINARY_DIR}/fuzz/canary-)
set_tests_properties(fuzz_canary PROPERTIES TIMEOUT 600 LABELS fuzz
  PASS_REGULAR_EXPRESSION "does not hold: a claim is that of a token")
