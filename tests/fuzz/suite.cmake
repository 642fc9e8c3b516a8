# Programs that libFuzzer drives, in the sanitized tree only: coverage tells it what to try next, and
# the sanitizers what went wrong. run.sh runs one for a time; the tests replay what is kept.
if(NOT WORKFLOW_SANITIZE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  return()
endif()

# workflow_fuzz(NAME SOURCES file... [MODULES module...] [LIBRARIES target...])
# A program fuzz_NAME, with the corpus fuzz/corpus/NAME and the dictionary fuzz/NAME.dict. MODULES: as
# of workflow_suite(). Its tests replay the corpus, then try 20,000 inputs from a fixed seed, which are
# kept nowhere. An input that takes two minutes (on a busy machine) is a failure, too.
function(workflow_fuzz name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;MODULES;LIBRARIES")
  set(program fuzz_${name})
  set(folder ${CMAKE_BINARY_DIR}/fuzz/${name})
  set(corpus ${CMAKE_CURRENT_SOURCE_DIR}/fuzz/corpus/${name})
  add_executable(${program} ${arg_SOURCES})
  target_compile_options(${program} PRIVATE -fsanitize=fuzzer)
  target_link_options(${program} PRIVATE -fsanitize=fuzzer)
  target_link_libraries(${program} PRIVATE workflow::workflow fmt::fmt ${arg_LIBRARIES})
  target_include_directories(${program} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  foreach(module IN LISTS arg_MODULES)
    target_include_directories(${program} PRIVATE
      $<TARGET_PROPERTY:workflow_${module},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()
  set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  file(MAKE_DIRECTORY ${folder})
  set(run "$<TARGET_FILE:${program}> -timeout=120 -artifact_prefix=${folder}/")
  add_test(NAME ${program}_corpus COMMAND sh -c "${run} -runs=0 ${corpus}")
  add_test(NAME ${program}_seeded COMMAND sh -c "rm -rf ${folder}/seeded && \
mkdir ${folder}/seeded && ${run} -seed=1 -runs=20000 -max_len=1024 \
-dict=${CMAKE_CURRENT_SOURCE_DIR}/fuzz/${name}.dict ${folder}/seeded ${corpus}")
  set_tests_properties(${program}_corpus ${program}_seeded PROPERTIES TIMEOUT 600 LABELS fuzz)
endfunction()

workflow_fuzz(expression
  SOURCES fuzz/expression.cpp fuzz/exact_value.cpp unit/expression/support.cpp
          support/syntax_tree.cpp
  MODULES expression base)
