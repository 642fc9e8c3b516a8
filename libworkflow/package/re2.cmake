# Debian's RE2 brings no package for CMake: the target re2::re2. Read by this build, and by whoever links
# the static library.
if(NOT TARGET re2::re2)
  find_package(Threads REQUIRED)
  find_path(RE2_INCLUDE_FOLDER re2/re2.h REQUIRED)
  find_library(RE2_LIBRARY re2 REQUIRED)
  add_library(re2::re2 UNKNOWN IMPORTED)
  set_target_properties(re2::re2 PROPERTIES
    IMPORTED_LOCATION ${RE2_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${RE2_INCLUDE_FOLDER}
    INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()
