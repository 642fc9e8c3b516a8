// Dossiers under way by their places: who ends leaves nothing to who comes there next.
#include <catch2/catch.hpp>

#include "simulation/dossiers.hpp"

using namespace workflow;

TEST_CASE("a dossier that begins where another has ended finds nothing of it") {
    simulation::Dossiers dossiers;
    simulation::Dossier& first = dossiers.begin(7);
    const std::uint32_t slot = first.slot;
    const simulation::Dossier& second = dossiers.begin(8);
    REQUIRE(second.slot != slot);

    first.instance.id = "one_task/8";
    first.instance.revision = 3;
    first.instance.status = Instance::Status::ended;
    first.instance.tokens.resize(2);
    first.instance.data.emplace_back("left behind");
    first.instance.visits.emplace_back();
    first.instance.caller = Caller{.instance = "other/1"};
    first.arrived += std::chrono::hours(1);
    first.arrived_open += std::chrono::hours(1);
    first.items.emplace_back().ordinal = 4;
    ++first.visits(2);
    first.clocks.emplace_back();
    first.subscribed.emplace_back(1, 2);
    first.timer.emplace();
    first.timer_age = 5;
    first.worked = 6;
    first.traced = 7;
    first.late = true;
    first.stages.emplace_back();
    dossiers.end(first);
    CHECK(dossiers.find(slot, 7) == nullptr);

    simulation::Dossier& third = dossiers.begin(9);
    REQUIRE(&third == &first);
    CHECK(third.slot == slot);
    CHECK(dossiers.find(slot, 7) == nullptr);
    CHECK(dossiers.find(slot, 9) == &third);
    CHECK(third.instance == Instance());
    CHECK(third.arrived == Instant());
    CHECK(third.arrived_open == std::chrono::milliseconds(0));
    CHECK(third.item(4) == nullptr);
    CHECK(third.visits(2) == 0);
    CHECK(third.clocks.empty());
    CHECK(third.subscribed.empty());
    CHECK(!third.timer);
    CHECK(third.timer_age == 0);
    CHECK(third.worked == 0);
    CHECK(third.traced == 0);
    CHECK(!third.late);
    CHECK(third.stages.empty());
}

TEST_CASE("dossiers stay where they are, and those under way are told once each") {
    simulation::Dossiers dossiers;
    std::vector<simulation::Dossier*> places;
    for (std::uint64_t number = 0; number < 1'000; ++number) places.push_back(&dossiers.begin(number));
    for (std::uint64_t number = 0; number < 1'000; number += 2) dossiers.end(*places[number]);
    std::vector<std::uint64_t> met;
    dossiers.each([&](const simulation::Dossier& dossier) { met.push_back(dossier.number); });
    CHECK(met.size() == 500);
    for (std::uint64_t number = 1; number < 1'000; number += 2) {
        REQUIRE(dossiers.find(places[number]->slot, number) == places[number]);
    }
}
