// The state graph as a picture in text, Graphviz DOT or Mermaid, with a dossier's way through it.
// Thread-safe functions over immutable values. Nothing is started or written here.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "workflow/analysis.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/instance.hpp"
#include "workflow/interpreter.hpp"
#include "workflow/procedure.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// One way that a dossier took from state to state, as often as it took it.
struct Passage {
    std::uint32_t from = 0;       ///< state whose way it was; 0: the start of the procedure
    std::uint32_t to = no_index;  ///< state; no_index: an end, named by `outcome`
    std::uint32_t outcome = no_index;
    std::uint32_t action = no_index;  ///< of `from`; no_index: by time or by itself
    std::vector<std::uint32_t> numbers;  ///< which step of the dossier it was, from 1
    friend bool operator==(const Passage&, const Passage&) = default;
};

/// A dossier's way through the graph. Numbers are those of the procedure's version.
struct Trail {
    std::vector<std::uint32_t> visits;   ///< by state: how often it was entered
    std::vector<std::uint32_t> late;     ///< states with a clock that ended late, ascending
    std::vector<std::uint32_t> current;  ///< states with a token on them, ascending
    std::vector<Passage> passages;       ///< in the order of their first step
    friend bool operator==(const Trail&, const Trail&) = default;
};

/// Reads the way from the history: one entry per step, oldest first. With `instance` the current
/// states are those of its tokens, else those that were entered and not left. Records with numbers
/// that the procedure does not have are passed over. What lies before the instance was moved to this
/// version is not told.
[[nodiscard]] Trail trail_of(const Procedure& procedure,
                             std::span<const std::vector<Record>> history,
                             const Instance* instance = nullptr);

/// What nothing has come by, of all that was looked at.
struct MissedParts {
    std::vector<std::uint32_t> states;  ///< never entered
    std::vector<Place> ways;            ///< never taken, by where they stand in the file
};

/// How busy a state is, for a picture that shows where work piles up.
struct StateLoad {
    std::uint32_t state = 0;
    double heat = 0;   ///< 0 (cool) to 1 (hot): the colour of its box
    std::string text;  ///< a line in it; hostile text is only ever shown
};

enum class GraphDirection : std::uint8_t { down, right };

struct GraphOptions {
    std::string language = "en";   ///< of titles, labels and limits; en or vi
    std::string variant = {};      ///< whose limits are drawn; empty: of none
    const Trail* trail = nullptr;  ///< drawn over the graph; lives as long as the call
    std::string title = {};        ///< above the picture; empty: the procedure's own
    GraphDirection direction = GraphDirection::down;
    const MissedParts* missed = nullptr;  ///< drawn red and dashed; lives as long as the call
    /// Its findings, in the states where they stand, and the latest way to the first outcome that it
    /// tells of, in the chosen variant; lives as long as the call.
    const Analysis* analysis = nullptr;
    const std::vector<StateLoad>* loads = nullptr;  ///< lives as long as the call
};

/// A digraph in the DOT language of Graphviz (graphviz.org/doc/info/lang.html), UTF-8, for the
/// engine `dot`. Titles are hostile text: whatever they hold, they are only ever shown.
/// Error{misuse} for a variant that the procedure does not have.
[[nodiscard]] std::string to_dot(const Procedure& procedure, const GraphOptions& options = {});
/// A `flowchart` of Mermaid. The same care for hostile titles.
[[nodiscard]] std::string to_mermaid(const Procedure& procedure, const GraphOptions& options = {});

}  // namespace workflow
