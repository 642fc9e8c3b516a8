# Writes the C++ example of README.md to OUTPUT, so that what is shown is what compiles.
file(READ "${README}" text)
string(REGEX MATCH "```cpp\n([^`]*)```" found "${text}")
if(NOT found)
  message(FATAL_ERROR "README.md shows no C++ example")
endif()
set(code "${CMAKE_MATCH_1}")
file(WRITE "${OUTPUT}" "${code}")
