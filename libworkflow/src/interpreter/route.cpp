#include "interpreter/route.hpp"

#include <algorithm>
#include <tuple>

namespace workflow::interpreter {
namespace {

bool waits_for(const Place& place, const Letter& letter) {
    if (place.message != letter.message) return false;
    if (letter.instance.empty()) {
        // Without a key only a broadcast finds anybody.
        return place.key == letter.key && (!letter.key.empty() || letter.broadcast);
    }
    return place.instance == letter.instance && (letter.key.empty() || place.key == letter.key);
}

bool is_older(const Place& a, const Place& b) {
    return std::tie(a.since, a.instance, a.ordinal) < std::tie(b.since, b.instance, b.ordinal);
}

}  // namespace

Route route(const Letter& letter, std::vector<Place> places,
            const std::function<bool(const Place&)>& takes) {
    std::sort(places.begin(), places.end(), is_older);
    Route result;
    for (const Place& place : places) {
        if (!waits_for(place, letter) || !takes(place)) continue;
        result.delivery = Delivery::taken;
        result.takers.push_back(place);
        if (!letter.broadcast) return result;
    }
    if (!result.takers.empty()) return result;
    if (letter.keep && (!letter.key.empty() || !letter.instance.empty())) {
        result.delivery = Delivery::kept;
    } else if (!letter.instance.empty()) {
        result.delivery = Delivery::ignored;
    }
    return result;
}

}  // namespace workflow::interpreter
