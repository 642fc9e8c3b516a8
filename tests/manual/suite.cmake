# The manual, its schemas and the corpus of broken files, held against the command-line tool.
if(NOT TARGET workflow_cli)
  return()
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(manual ${CMAKE_CURRENT_SOURCE_DIR}/manual)
add_test(NAME manual_generated COMMAND ${Python3_EXECUTABLE} -B ${manual}/generate.py --check)
add_test(NAME manual_examples COMMAND ${Python3_EXECUTABLE} -B ${manual}/check.py examples)
foreach(check IN ITEMS keys files broken)
  add_test(NAME manual_${check}
    COMMAND ${Python3_EXECUTABLE} -B ${manual}/check.py ${check} $<TARGET_FILE:workflow_cli>)
endforeach()
foreach(page IN ITEMS README.md README.vi.md)
  add_test(NAME manual_tutorial_${page}
    COMMAND ${Python3_EXECUTABLE} -B ${manual}/tutorial.py ${PROJECT_SOURCE_DIR}/procedures/${page}
            $<TARGET_FILE:workflow_cli>)
endforeach()
