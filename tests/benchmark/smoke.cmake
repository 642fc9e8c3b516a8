# Every benchmark in a tiny size: it runs, prints its ratios, and both sides did the same. Times are
# not looked at.
if(NOT PROGRAMS)
  message(FATAL_ERROR "no benchmark was built")
endif()
set(folder ${CMAKE_CURRENT_BINARY_DIR}/benchmark_smoke)
file(REMOVE_RECURSE ${folder})
file(MAKE_DIRECTORY ${folder})
foreach(program IN LISTS PROGRAMS)
  execute_process(COMMAND ${program} --tiny --folder ${folder}
    OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE status)
  message("${program}\n${output}${errors}")
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${program} ended with ${status}")
  endif()
  if(NOT output MATCHES "ratio" OR NOT output MATCHES "equal [0-9a-f]+" OR output MATCHES "DIFFERENT")
    message(FATAL_ERROR "${program} printed no ratio, or its sides differ")
  endif()
endforeach()
