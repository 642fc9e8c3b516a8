// Counts what a program asks the heap for by operator new; what allocates by other ways is not
// counted. A program that lists allocations.cpp has its operator new replaced. Confined.
#pragma once

#include <cstddef>

namespace workflow::benchmarks {

/// Since the program began.
[[nodiscard]] std::size_t allocations();

}  // namespace workflow::benchmarks
