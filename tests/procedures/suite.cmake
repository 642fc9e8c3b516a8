# The procedures that the project ships: sound, without a warning, and every part of them seen by an
# example.
if(NOT TARGET workflow_cli)
  return()
endif()

file(GLOB shipped RELATIVE ${PROJECT_SOURCE_DIR} CONFIGURE_DEPENDS
  ${PROJECT_SOURCE_DIR}/procedures/*/procedure.yaml)
list(LENGTH shipped number)
foreach(command IN ITEMS validate analyze)
  add_test(NAME procedures_${command} COMMAND workflow_cli ${command} ${shipped}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(procedures_${command} PROPERTIES
    PASS_REGULAR_EXPRESSION "\nfiles: ${number}, errors: 0, warnings: 0\n")
endforeach()
add_test(NAME procedures_test COMMAND workflow_cli test procedures --require-coverage all
  WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
