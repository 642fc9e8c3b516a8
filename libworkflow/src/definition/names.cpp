#include "definition/names.hpp"

#include <algorithm>
#include <array>

namespace workflow::definition {
namespace {

// CEL's words (cel-spec, langdef.md, RESERVED), then the names that R53 binds.
constexpr std::array<std::string_view, 33> taken_words{
    "as",       "break",    "const",  "continue",  "else",        "for",     "function",
    "if",       "import",   "in",     "let",       "loop",        "package", "namespace",
    "return",   "var",      "void",   "while",     "now",         "actor",   "variant",
    "fields",   "message",  "result", "error",     "outcome",     "items",   "arrived",
    "branches", "finished", "opened", "satisfied", "arrived_from"};

}  // namespace

bool is_name_free(Draft& draft, const Node& at, std::string_view name) {
    const bool taken =
        std::find(taken_words.begin(), taken_words.end(), name) != taken_words.end() ||
        std::any_of(draft.names.begin(), draft.names.end(),
                    [&](const Variable& variable) { return variable.name == name; });
    if (taken) draft.findings.error(at, "name-not-free", {std::string(name)});
    return !taken;
}

}  // namespace workflow::definition
