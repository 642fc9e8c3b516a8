// Procedures made at random, as files. Pure.
#pragma once

#include <string>

#include "fuzz/choices.hpp"

namespace workflow::fuzz {

/// The YAML of a procedure `random` on the calendar `vn-state`, with as many kinds of states, ways,
/// clocks and rules for people as the choices want. Mostly a valid one; the loader says which is.
/// A start gives `units`, a list of texts.
[[nodiscard]] std::string random_procedure(Choices& choices);

}  // namespace workflow::fuzz
