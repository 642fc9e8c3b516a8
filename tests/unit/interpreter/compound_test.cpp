#include <catch2/catch.hpp>

#include "unit/interpreter/small_procedure.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;
using workflow::test::small::in_head;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");

const char* const per_unit = R"YAML(
input: [units]
data: {units: list of text, agreed: {type: list of text, default: []}}
states:
  ask:
    each: {of: units, as: unit}
    states:
      opinion:
        task: {role: officer, for: unit}
        actions: {agree: {end: agreed}, refuse: {end: refused}}
    set: {agreed: "items.filter(i, i.outcome == 'agreed').map(i, i.item)"}
    to:
      - {when: "items.all(i, i.outcome == 'agreed')", end: yes_all}
      - otherwise: {end: not_all}
outcomes: {yes_all: All, not_all: Not all}
)YAML";

}  // namespace

TEST_CASE("R35: a parallel waits for all its branches, in any order") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  both:
    parallel:
      first: {task: officer, actions: {one: {end: none}}}
      second: {task: officer, actions: {two: {end: none}}}
    join: all
    to: {end: done}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.states() == Strings{"both", "first", "second"});
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "two") == "");
    CHECK(dossier.outcome() == "");
    REQUIRE(dossier.perform("2017-06-05 11:00", officer, "one") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE(
    "R35: a branch whose guard is false is not opened; without any the parallel is finished") {
    const auto procedure = procedure_of(in_head(R"(
input: [fee]
data: {fee: boolean}
states:
  both:
    parallel:
      check: {when: fee, task: officer}
      collect: {when: fee, task: officer}
    to: {end: done}
outcomes: {done: Done}
)"));
    Dossier with(procedure);
    REQUIRE(with.start("2017-06-05 09:00", officer, {{"fee", true}}) == "");
    CHECK(with.states() == Strings{"both", "check", "collect"});
    Dossier without(procedure);
    REQUIRE(without.start("2017-06-05 09:00", officer, {{"fee", false}}) == "");
    CHECK(without.outcome() == "done");
}

TEST_CASE("R37: each opens one scope per item, and its results name items and outcomes") {
    Dossier dossier(procedure_of(in_head(per_unit)));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"units", List{"culture", "sports"}}}) ==
            "");
    const Actor hoa = actor("hoa", "officer", "culture");
    const Actor binh = actor("binh", "officer", "sports");
    REQUIRE(dossier.perform("2017-06-05 10:00", binh, "refuse") == "");
    CHECK(dossier.outcome() == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", hoa, "agree") == "");
    CHECK(dossier.outcome() == "not_all");
    CHECK(dossier.data("agreed") == Value(List{"culture"}));
}

TEST_CASE("R37: an empty list is finished at once") {
    Dossier dossier(procedure_of(in_head(per_unit)));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"units", List{}}}) == "");
    CHECK(dossier.outcome() == "yes_all");
}

TEST_CASE("limit: an each over more items than limits::items_max is refused, over as many not") {
    List units;
    for (std::size_t i = 0; i < limits::items_max; ++i) units.emplace_back("u" + std::to_string(i));
    Dossier within(procedure_of(in_head(per_unit)));
    CHECK(within.start("2017-06-05 09:00", officer, {{"units", units}}) == "");
    CHECK(within.instance.tokens.size() == limits::items_max + 1);
    units.emplace_back("one too many");
    Dossier beyond(procedure_of(in_head(per_unit)));
    CHECK(beyond.start("2017-06-05 09:00", officer, {{"units", units}}) == "too-large");
}

TEST_CASE("limit: an each over ten million items is refused before the first is opened") {
    const List units(10'000'000, Value("u"));
    Dossier dossier(procedure_of(in_head(per_unit)));
    CHECK(dossier.start("2017-06-05 09:00", officer, {{"units", units}}) == "too-large");
    CHECK(dossier.instance.status == Instance::Status::created);
    CHECK(dossier.instance.tokens.empty());
}

TEST_CASE(
    "R5: a group without `to` ends with the outcome of its inside; `outcomes` leads on by name") {
    const auto procedure = procedure_of(in_head(R"(
states:
  review:
    states:
      look: {task: officer, actions: {good: {end: good}, bad: {end: bad}}}
    outcomes: {bad: repair, otherwise: {end: good}}
  repair: {task: officer, to: review}
outcomes: {good: Good}
)"));
    Dossier dossier(procedure);
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "bad") == "");
    CHECK(dossier.states() == Strings{"repair"});
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "done") == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "good") == "");
    CHECK(dossier.outcome() == "good");
}

TEST_CASE("nested: an each inside an each sees both items") {
    Dossier dossier(procedure_of(in_head(R"(
input: [units]
data: {units: list of text, pairs: {type: list of text, default: []}}
states:
  outer:
    each: {of: units, as: a, index: i}
    states:
      inner:
        each: {of: units, as: b, index: j}
        states:
          note: {task: officer, actions: {go: {set: {pairs: "pairs + [a + b]"}, end: none}}}
        to: {end: none}
    to: {end: done}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"units", List{"x", "y"}}}) == "");
    for (int i = 0; i < 4; ++i) {
        REQUIRE(dossier.perform("2017-06-05 10:00", officer, "go", {}, dossier.token_on("note")) ==
                "");
    }
    CHECK(dossier.outcome() == "done");
    CHECK(dossier.data("pairs") == Value(List{"yy", "yx", "xy", "xx"}));
}

TEST_CASE("R6: terminate ends the scope with everything in it") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  work: {task: officer, actions: {stop: over}}
  over: {end: done, terminate: true}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "stop") == "");
    CHECK(dossier.outcome() == "done");
}
