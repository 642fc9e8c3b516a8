# The public cases stay where they are handed out: they are run where that folder is found.
if(NOT TARGET workflow_cli)
  return()
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(WORKFLOW_SHARED_DATA ${PROJECT_SOURCE_DIR}/../shared/data CACHE PATH
    "Folder that may hold cel-conformance-public.json")
set(conformance_folder ${CMAKE_CURRENT_LIST_DIR})
set(conformance_cases ${WORKFLOW_SHARED_DATA}/cel-conformance-public.json)

# That the script sees a failure is shown in any case.
add_test(NAME conformance_self_test
  COMMAND ${Python3_EXECUTABLE} -B ${conformance_folder}/self_test.py $<TARGET_FILE:workflow_cli>)
if(EXISTS ${conformance_cases})
  message(STATUS "CEL conformance: runs the cases of ${conformance_cases}")
  add_test(NAME conformance
    COMMAND ${Python3_EXECUTABLE} -B ${conformance_folder}/conformance.py
            $<TARGET_FILE:workflow_cli> ${conformance_cases} ${conformance_folder}/exceptions.txt)
else()
  message(STATUS "CEL conformance: is not run, ${conformance_cases} does not exist "
                 "(set WORKFLOW_SHARED_DATA)")
endif()
