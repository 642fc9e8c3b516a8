// Fields of which every opening of a group, or every item, has its own: rule R51.
#include <catch2/catch.hpp>

#include "record/record.hpp"
#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const Actor operator_ = actor("root", "operator");

const char* const opinions = R"yaml(procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
data: {units: list of text, agreed: {type: integer, default: 0}, words: optional text}
input: [units]
states:
  ask:
    each: {of: units, as: unit}
    data: {opinion: optional text, rounds: {type: integer, default: 0}}
    states:
      write:
        task: officer
        actions:
          again: {set: {rounds: rounds + 1}}
          give: {fields: [opinion], when: rounds < 2, notify: officer, text: "{opinion} {rounds}", to: signed}
      signed: {task: officer, actions: {sign: {when: "opinion == 'yes'", end: none}, redo: write}}
    set: {agreed: "items.filter(i, i.data.opinion == 'yes').size()", words: "items[0].data.opinion"}
    to: {end: done}
outcomes: {done: Done}
)yaml";

Dossier started() {
    Dossier dossier(procedure_of(opinions));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"units", List{"a", "b"}}}) == "");
    return dossier;
}

Ordinal token(const Dossier& dossier, std::size_t number) {
    std::vector<Ordinal> inner;
    for (const Token& standing : dossier.instance.tokens) {
        if (standing.scope != 0) inner.push_back(standing.ordinal);
    }
    return inner.at(number);
}

std::string give(Dossier& dossier, std::size_t item, const char* opinion) {
    return dossier.perform("2017-06-05 10:00", officer, "give", {{"opinion", opinion}},
                           token(dossier, item));
}

}  // namespace

TEST_CASE("each item has its own fields, and the end of all reads them [R51] [R37]") {
    Dossier dossier = started();
    REQUIRE(dossier.perform("2017-06-05 09:30", officer, "again", {}, token(dossier, 0)) == "");
    REQUIRE(give(dossier, 0, "yes") == "");
    REQUIRE(give(dossier, 0, "no") == "");  // what was first is last now: the other item
    CHECK(dossier.perform("2017-06-05 10:30", officer, "sign", {}, token(dossier, 1)) ==
          "guard-false");
    REQUIRE(dossier.perform("2017-06-05 10:31", officer, "redo", {}, token(dossier, 1)) == "");
    REQUIRE(give(dossier, 1, "yes") == "");
    REQUIRE(dossier.perform("2017-06-05 11:00", officer, "sign", {}, token(dossier, 0)) == "");
    REQUIRE(dossier.perform("2017-06-05 11:00", officer, "sign", {}, token(dossier, 0)) == "");
    CHECK(dossier.outcome() == "done");
    CHECK(dossier.data("agreed") == Value(2));
    CHECK(dossier.data("words") == Value("yes"));
}

TEST_CASE("what one item counts, the other does not see [R51]") {
    Dossier dossier = started();
    for (int time = 0; time < 2; ++time) {
        REQUIRE(dossier.perform("2017-06-05 09:30", officer, "again", {}, token(dossier, 0)) == "");
    }
    CHECK(give(dossier, 0, "yes") == "guard-false");
    CHECK(give(dossier, 1, "yes") == "");
}

TEST_CASE("fields of a scope are stored with it, and an operator mends them by its token [R27]") {
    Dossier dossier = started();
    const Ordinal second = token(dossier, 1);
    Correct correct{operator_, {{"rounds", 5}}, "counted wrong", second};
    REQUIRE(dossier.send("2017-06-05 09:30", correct) == "");
    CHECK(give(dossier, 1, "yes") == "guard-false");
    const Instance again = record::decode_instance(record::encode(dossier.instance), {});
    CHECK(again == dossier.instance);
    correct.token = 0;
    CHECK(dossier.send("2017-06-05 09:31", correct) == "cannot-evaluate");
    correct.token = 999;
    CHECK(dossier.send("2017-06-05 09:31", correct) == "no-such-work-item");
}

TEST_CASE("a group that is entered anew begins with its defaults [R51]") {
    Dossier dossier(procedure_of(R"yaml(procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
data: {last: {type: integer, default: 0}}
states:
  round:
    data: {tries: {type: integer, default: 0}}
    states:
      work: {task: officer, actions: {try: {set: {tries: tries + 1}}, leave: {set: {last: tries}, end: none}}}
    to: choose
  choose: {task: officer, actions: {again: round, stop: {end: done}}}
outcomes: {done: Done}
)yaml"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-05 09:01", officer, "try") == "");
    REQUIRE(dossier.perform("2017-06-05 09:02", officer, "try") == "");
    REQUIRE(dossier.perform("2017-06-05 09:03", officer, "leave") == "");
    CHECK(dossier.data("last") == Value(2));
    REQUIRE(dossier.perform("2017-06-05 09:04", officer, "again") == "");
    REQUIRE(dossier.perform("2017-06-05 09:05", officer, "leave") == "");
    CHECK(dossier.data("last") == Value(0));
}
