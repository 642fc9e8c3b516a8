// Who takes a message (rules R60, R61): one decision for a step, the engine, and whoever plays a
// procedure without them. Pure.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "workflow/instance.hpp"

namespace workflow::interpreter {

/// What is to be brought somewhere. The texts are the caller's.
struct Letter {
    std::string_view message;
    std::string_view key;       ///< empty: none
    std::string_view instance;  ///< addressed to it; empty: to whom waits under the key
    bool keep = false;
    bool broadcast = false;
};
/// A place that waits. The texts are the caller's.
struct Place {
    std::string_view instance;
    std::string_view message;
    std::string_view key;
    Instant since;
    Ordinal ordinal = 0;
    friend bool operator==(const Place&, const Place&) = default;
};
enum class Delivery : std::uint8_t {
    taken,
    kept,       ///< it waits for its place
    ignored,    ///< the instance that it is addressed to does not wait for it
    not_found,  ///< no instance waits for it
};
struct Route {
    Delivery delivery = Delivery::not_found;
    std::vector<Place> takers;  ///< of taken: one; of a broadcast every one, oldest first
};

/// `takes` says whether the guard of a place holds; it is asked from the oldest place on, until one
/// takes the letter, and of all of them for a broadcast.
[[nodiscard]] Route route(const Letter& letter, std::vector<Place> places,
                          const std::function<bool(const Place&)>& takes);

}  // namespace workflow::interpreter
