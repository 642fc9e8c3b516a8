# The sources and the objects of the users' build; a sanitizer's objects call what it needs.
if(WORKFLOW_SANITIZE)
  return()
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

add_library(impure_canary OBJECT tidy/impure_canary.cpp)
set(pure_objects)
foreach(module IN ITEMS base calendar expression procedure analysis interpreter)
  list(APPEND pure_objects $<TARGET_OBJECTS:workflow_${module}>)
endforeach()
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/pure_objects.txt
     CONTENT "$<JOIN:${pure_objects},\n>\n")
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/canary_objects.txt
     CONTENT "$<JOIN:$<TARGET_OBJECTS:impure_canary>,\n>\n")

set(tidy_check ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/tidy/check.py)
foreach(check IN ITEMS arrows third_party listed)
  add_test(NAME tidy_${check} COMMAND ${tidy_check} ${check} ${PROJECT_SOURCE_DIR})
endforeach()
add_test(NAME tidy_purity COMMAND ${tidy_check} purity ${PROJECT_SOURCE_DIR}
         ${CMAKE_CURRENT_BINARY_DIR}/pure_objects.txt
         ${CMAKE_CURRENT_BINARY_DIR}/canary_objects.txt)
# Breaches made on purpose: each check must see its own.
add_test(NAME tidy_canary COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/tidy/canary.py)
