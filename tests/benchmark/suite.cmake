# Programs that compare ours with a peer. run.sh runs them; the test benchmark_smoke runs them in a tiny
# size, so that they never rot. A peer that is not installed leaves its program out. Sanitizers would
# time themselves.
if(WORKFLOW_SANITIZE)
  return()
endif()
find_package(benchmark QUIET)
if(NOT benchmark_FOUND)
  message(STATUS "Benchmarks are left out: Google Benchmark is not installed (libbenchmark-dev)")
  return()
endif()

add_library(comparison OBJECT benchmark/comparison.cpp)
target_link_libraries(comparison PUBLIC benchmark::benchmark fmt::fmt)
target_include_directories(comparison PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
set(benchmark_programs)

# workflow_benchmark(NAME SOURCES file... [LIBRARIES target...])
function(workflow_benchmark name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE workflow::workflow comparison ${arg_LIBRARIES})
  target_compile_definitions(${name} PRIVATE WORKFLOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/benchmark)
  list(APPEND benchmark_programs $<TARGET_FILE:${name}>)
  set(benchmark_programs ${benchmark_programs} PARENT_SCOPE)
endfunction()

find_library(quantlib_library QuantLib)
find_path(quantlib_headers ql/time/calendars/bespokecalendar.hpp)
if(quantlib_library AND quantlib_headers)
  workflow_benchmark(calendar_benchmark SOURCES benchmark/calendar_benchmark.cpp
    LIBRARIES ${quantlib_library})
else()
  message(STATUS "calendar_benchmark is left out: QuantLib is not installed (libquantlib0-dev)")
endif()

# Not Qt5Scxml's own package file: it asks for Qt5Qml, which the C++ interface does not need.
find_package(Qt5Core QUIET)
find_library(scxml_library Qt5Scxml)
find_path(scxml_headers QtScxml/QScxmlStateMachine PATHS ${Qt5Core_INCLUDE_DIRS})
if(Qt5Core_FOUND AND scxml_library AND scxml_headers)
  workflow_benchmark(step_benchmark
    SOURCES benchmark/step_benchmark.cpp benchmark/allocations.cpp benchmark/onboarding_walk.cpp
            benchmark/scxml_machine.cpp
    LIBRARIES Qt5::Core ${scxml_library})
else()
  message(STATUS "step_benchmark is left out: Qt SCXML is not installed (libqt5scxml5-dev)")
endif()

workflow_benchmark(simulation_benchmark SOURCES benchmark/simulation_benchmark.cpp)
target_include_directories(simulation_benchmark PRIVATE
  $<TARGET_PROPERTY:workflow_simulation,INTERFACE_INCLUDE_DIRECTORIES>)

find_package(SQLite3 REQUIRED)
add_library(store_walker OBJECT benchmark/store_walker.cpp benchmark/onboarding_walk.cpp
  benchmark/recording_store.cpp benchmark/prepared_statements.cpp)
target_link_libraries(store_walker PUBLIC workflow::workflow SQLite::SQLite3 fmt::fmt)
target_include_directories(store_walker PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_compile_definitions(store_walker PRIVATE WORKFLOW_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
workflow_benchmark(store_benchmark SOURCES benchmark/store_benchmark.cpp LIBRARIES store_walker)
workflow_benchmark(sharing_benchmark SOURCES benchmark/sharing_benchmark.cpp LIBRARIES store_walker)
workflow_benchmark(growth_benchmark SOURCES benchmark/growth_benchmark.cpp LIBRARIES store_walker)
if(TARGET workflow::postgres)
  # store_subjects starts the server.
  workflow_benchmark(postgres_benchmark
    SOURCES benchmark/postgres_benchmark.cpp benchmark/pipelined_statements.cpp
    LIBRARIES store_walker store_subjects)
endif()

find_path(lua_headers lua.hpp PATH_SUFFIXES lua5.4)
find_library(lua_library lua5.4)
if(lua_library AND lua_headers)
  add_library(lua INTERFACE)
  target_include_directories(lua SYSTEM INTERFACE ${lua_headers})
  target_link_libraries(lua INTERFACE ${lua_library})
  workflow_benchmark(expression_benchmark
    SOURCES benchmark/expression_benchmark.cpp benchmark/allocations.cpp
    LIBRARIES lua)
else()
  message(STATUS "expression_benchmark is left out: Lua is not installed (liblua5.4-dev)")
endif()

workflow_benchmark(join_benchmark
  SOURCES benchmark/join_benchmark.cpp benchmark/onboarding_walk.cpp)

find_package(yaml-cpp REQUIRED)
workflow_benchmark(load_benchmark SOURCES benchmark/load_benchmark.cpp LIBRARIES yaml-cpp)

if(TARGET workflow_c)
  # Both sides of bindings/compare.py, which runs the other languages, too.
  add_executable(bindings_speed benchmark/bindings/speed.cpp)
  target_link_libraries(bindings_speed PRIVATE workflow::workflow workflow_c)
  set_target_properties(bindings_speed PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/benchmark)
  if(TARGET workflow_python AND TARGET workflow_java AND TARGET workflow_node)
    add_test(NAME benchmark_bindings_smoke COMMAND ${Python_EXECUTABLE} -B
      ${CMAKE_CURRENT_SOURCE_DIR}/benchmark/bindings/compare.py ${CMAKE_BINARY_DIR} ${PROJECT_SOURCE_DIR}
      --repetitions 1 --steps 20 --folder ${CMAKE_BINARY_DIR})
  endif()
endif()

add_test(NAME benchmark_smoke COMMAND ${CMAKE_COMMAND}
  "-DPROGRAMS=${benchmark_programs}" -P ${CMAKE_CURRENT_SOURCE_DIR}/benchmark/smoke.cmake)
set_tests_properties(benchmark_smoke PROPERTIES TIMEOUT 600)
