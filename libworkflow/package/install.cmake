# What is installed: shared and static library, headers, the files by which CMake and pkg-config find them,
# and the procedures. Each in the component of its Debian package.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The objects once more as a shared library. While the version begins with 0, every minor one may break
# callers: the name says both numbers.
set(interface ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
add_library(workflow_shared SHARED ${objects})
set_target_properties(workflow_shared PROPERTIES OUTPUT_NAME workflow EXPORT_NAME workflow)
target_sources(workflow_shared PUBLIC FILE_SET HEADERS BASE_DIRS include FILES ${headers})
target_compile_features(workflow_shared PUBLIC cxx_std_20)
target_link_libraries(workflow_shared
  PUBLIC nlohmann_json::nlohmann_json
  PRIVATE yaml-cpp fmt::fmt re2::re2 SQLite::SQLite3 OpenSSL::Crypto EXPAT::EXPAT ZLIB::ZLIB)
set(shared workflow_shared)
set(static workflow)
set_target_properties(workflow PROPERTIES EXPORT_NAME static)
if(TARGET workflow_postgres_store)
  add_library(workflow_postgres_shared SHARED $<TARGET_OBJECTS:workflow_postgres>)
  set_target_properties(workflow_postgres_shared PROPERTIES
    OUTPUT_NAME workflow-postgres EXPORT_NAME postgres)
  target_sources(workflow_postgres_shared PUBLIC FILE_SET HEADERS
    BASE_DIRS include FILES include/workflow/postgres_store.hpp)
  target_link_libraries(workflow_postgres_shared
    PUBLIC workflow_shared PRIVATE PostgreSQL::PostgreSQL fmt::fmt)
  target_compile_definitions(workflow_postgres_shared INTERFACE WORKFLOW_HAS_POSTGRES)
  list(APPEND shared workflow_postgres_shared)
  list(APPEND static workflow_postgres_store)
  set_target_properties(workflow_postgres_store PROPERTIES
    OUTPUT_NAME workflow-postgres EXPORT_NAME postgres_static)
endif()
foreach(library IN LISTS shared)
  target_link_options(${library} PRIVATE -Wl,--no-undefined)
endforeach()
set_target_properties(${shared} PROPERTIES LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${interface} LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

install(TARGETS ${shared} EXPORT workflow-targets
  LIBRARY COMPONENT runtime NAMELINK_COMPONENT development
  FILE_SET HEADERS COMPONENT development)
install(TARGETS ${static} EXPORT workflow-static-targets
  ARCHIVE COMPONENT development FILE_SET HEADERS COMPONENT development)
if(spdlog_FOUND)
  install(FILES include/workflow/spdlog_sink.hpp
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/workflow COMPONENT development)
endif()

set(procedures ${CMAKE_INSTALL_DATADIR}/workflow/procedures)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/procedures/ DESTINATION ${procedures} COMPONENT runtime)

set(config ${CMAKE_INSTALL_LIBDIR}/cmake/workflow)
set(has_postgres OFF)
if(TARGET workflow_postgres_shared)
  set(has_postgres ON)
endif()
configure_package_config_file(package/workflow-config.cmake.in workflow-config.cmake
  INSTALL_DESTINATION ${config} PATH_VARS procedures)
write_basic_package_version_file(workflow-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/workflow-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/workflow-config-version.cmake package/re2.cmake
  DESTINATION ${config} COMPONENT development)
install(EXPORT workflow-targets NAMESPACE workflow:: DESTINATION ${config} COMPONENT development)
install(EXPORT workflow-static-targets NAMESPACE workflow:: DESTINATION ${config}
  COMPONENT development)
foreach(name IN ITEMS workflow workflow-postgres)
  if(name STREQUAL "workflow" OR has_postgres)
    configure_file(package/${name}.pc.in ${name}.pc @ONLY)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${name}.pc
      DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
  endif()
endforeach()
