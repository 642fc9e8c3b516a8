// Who takes a message: the one decision of steps, engine and authors' tests.
#include <catch2/catch.hpp>

#include "interpreter/route.hpp"

using namespace workflow;
using namespace workflow::interpreter;

namespace {

Instant minute(int number) {
    return Instant(std::chrono::minutes(number));
}

// Of three dossiers; a/2 has waited longest, and twice.
const std::vector<Place> waiting{{"a/1", "paid", "X", minute(5), 7},
                                 {"a/2", "paid", "X", minute(3), 9},
                                 {"a/2", "paid", "X", minute(3), 4},
                                 {"a/3", "paid", "Y", minute(1), 2},
                                 {"a/3", "closed", "", minute(1), 2}};

/// `instance:ordinal` of those who take it, or how it was delivered otherwise.
std::vector<std::string> takers(
    const Letter& letter,
    const std::function<bool(const Place&)>& takes = [](const Place&) { return true; }) {
    const Route found = route(letter, waiting, takes);
    switch (found.delivery) {
        case Delivery::kept:
            return {"kept"};
        case Delivery::ignored:
            return {"ignored"};
        case Delivery::not_found:
            return {"not found"};
        case Delivery::taken:
            break;
    }
    std::vector<std::string> names;
    for (const Place& place : found.takers) {
        names.push_back(std::string(place.instance) + ":" + std::to_string(place.ordinal));
    }
    return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("of several instances the oldest subscription takes a message, and only it [R60]") {
    CHECK(takers({.message = "paid", .key = "X"}) == Names{"a/2:4"});
    CHECK(takers({.message = "paid", .key = "Y"}) == Names{"a/3:2"});
    CHECK(takers({.message = "paid", .key = "Z"}) == Names{"not found"});
    CHECK(takers({.message = "closed", .key = "X"}) == Names{"not found"});
}

TEST_CASE(
    "a place whose guard is false is passed over, and nobody asks those behind the taker [R60]") {
    std::vector<Ordinal> asked;
    const auto not_4 = [&](const Place& place) {
        asked.push_back(place.ordinal);
        return place.ordinal != 4;
    };
    CHECK(takers({.message = "paid", .key = "X"}, not_4) == Names{"a/2:9"});
    CHECK(asked == std::vector<Ordinal>{4, 9});
    CHECK(takers({.message = "paid", .key = "X"}, [](const Place&) { return false; }) ==
          Names{"not found"});
}

TEST_CASE("a broadcast goes to every place that waits under its key, or without one [R60]") {
    CHECK(takers({.message = "paid", .key = "X", .broadcast = true}) ==
          Names{"a/2:4", "a/2:9", "a/1:7"});
    CHECK(takers({.message = "closed", .broadcast = true}) == Names{"a/3:2"});
    CHECK(takers({.message = "closed"}) == Names{"not found"});  // one place needs a key
    CHECK(takers({.message = "paid", .broadcast = true}) == Names{"not found"});
}

TEST_CASE(
    "an address reaches the places of that instance, whatever their key unless one is given "
    "[R60]") {
    CHECK(takers({.message = "paid", .instance = "a/1"}) == Names{"a/1:7"});
    CHECK(takers({.message = "paid", .key = "X", .instance = "a/2"}) == Names{"a/2:4"});
    CHECK(takers({.message = "paid", .key = "X", .instance = "a/3"}) == Names{"ignored"});
    CHECK(takers({.message = "closed", .instance = "a/1"}) == Names{"ignored"});
}

TEST_CASE("what nobody waits for is kept only where it can be found again [R61]") {
    CHECK(takers({.message = "paid", .key = "Z", .keep = true}) == Names{"kept"});
    CHECK(takers({.message = "paid", .key = "X", .instance = "a/3", .keep = true}) ==
          Names{"kept"});
    CHECK(takers({.message = "paid", .keep = true}) == Names{"not found"});
    CHECK(takers({.message = "paid", .key = "X", .keep = true}) == Names{"a/2:4"});
}
