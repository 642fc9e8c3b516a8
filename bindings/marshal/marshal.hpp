// The engine for other languages: each call by its name, with values in and values out. What C, Python,
// Java and Node.js offer stands on this, so that all of them say the same. Thread-safe, as the engine is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflow/engine.hpp"

namespace workflow::marshal {

struct Reply {
    bool refused = false;  ///< an expected "no": {code, reason, arguments, permitted, because}
    Value value;
};

/// `arguments` is a record, or null for a call without any; bindings/README.md lists calls, arguments and
/// answers. Error as the engine throws it; Error{misuse}: no such call, an argument that is missing,
/// unknown or of another type, named with the mend.
[[nodiscard]] Reply call(Engine& engine, std::string_view name, const Value& arguments);

/// Every call, in order of their names.
[[nodiscard]] std::vector<std::string> calls();

/// Simulates a procedure from a scenario file, without an engine. The answer is JSON text as simulation.hpp
/// gives it: the same arguments, the same bytes.
[[nodiscard]] std::string simulate(const Value& arguments);

}  // namespace workflow::marshal
