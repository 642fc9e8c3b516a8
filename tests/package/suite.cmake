# What is installed, used as a host uses it: without this build.
if(TARGET workflow_shared AND TARGET workflow_cli)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME package_installed COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/package/installed.py
    ${CMAKE_BINARY_DIR} ${PROJECT_SOURCE_DIR} ${CMAKE_BINARY_DIR}/package-test ${CMAKE_CXX_COMPILER})
  set_tests_properties(package_installed PROPERTIES TIMEOUT 600)
endif()
if(TARGET workflow_shared AND TARGET workflow_python)
  find_program(DPKG_SHLIBDEPS dpkg-shlibdeps)
  if(DPKG_SHLIBDEPS)
    add_test(NAME package_debian COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_SOURCE_DIR}/package/debian.py
      ${CMAKE_BINARY_DIR} ${CMAKE_BINARY_DIR}/packages-test ${Python_EXECUTABLE})
    set_tests_properties(package_debian PROPERTIES TIMEOUT 600)
  else()
    message(STATUS "package_debian is left out: it wants dpkg-shlibdeps (dpkg-dev)")
  endif()
endif()

# The comments of public headers as pages: every warning is an error.
find_program(DOXYGEN doxygen)
if(DOXYGEN AND NOT WORKFLOW_SANITIZE)
  configure_file(${PROJECT_SOURCE_DIR}/libworkflow/package/Doxyfile.in ${CMAKE_BINARY_DIR}/Doxyfile @ONLY)
  add_test(NAME documentation COMMAND ${DOXYGEN} ${CMAKE_BINARY_DIR}/Doxyfile)
elseif(NOT DOXYGEN)
  message(STATUS "The test of the documentation is left out: doxygen is not installed")
endif()
