// The engine for other languages: each call by its name, with values in and values out. What C, Python,
// Java and Node.js offer stands on this, so that all of them say the same. Thread-safe, as the engine is.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/engine.hpp"
#include "workflow/services.hpp"

namespace workflow::marshal {

struct Reply {
    bool refused = false;  ///< an expected "no": {code, reason, arguments, permitted, because}
    Value value;
};

/// `arguments` is a record, or null for a call without any; bindings/README.md lists calls, arguments and
/// answers. Error as the engine throws it; Error{misuse}: no such call, an argument that is missing,
/// unknown or of another type, named with the mend.
[[nodiscard]] Reply call(Engine& engine, std::string_view name, const Value& arguments);

/// Told once that a call has ended: `get` gives what call() would have returned or thrown. It is called in the
/// thread that committed, and must neither throw nor wait for another call of this engine.
using Completion = std::function<void(const std::function<Reply()>& get)>;
/// The same for callers who do not wait. What is wrong with the arguments is thrown at once; Error{misuse}, too:
/// the call is no step of one instance. The engine outlives the completion.
void call_later(CommitService& commits, Engine& engine, std::string_view name, const Value& arguments,
                Completion told);

/// Whether call_later() takes it, which plans nothing.
[[nodiscard]] bool is_step(std::string_view name, const Value& arguments);

/// Every call, in order of their names.
[[nodiscard]] std::vector<std::string> calls();

/// What needs no engine: simulate, compare_simulations, calibrate. The answer is JSON text: the same arguments,
/// the same bytes. Errors as call().
[[nodiscard]] std::string call_without_engine(std::string_view name, const Value& arguments);

}  // namespace workflow::marshal
