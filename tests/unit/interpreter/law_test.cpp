// What the law settles about limits, article by article. Dates are counted by hand on 2017: 5 June
// is a Monday, 4 September a day off for National Day, which falls on a Saturday.
#include <catch2/catch.hpp>

#include "unit/interpreter/small_procedure.hpp"

using namespace workflow;
using namespace workflow::test;
using namespace workflow::test::small;

namespace {

std::string limited(const std::string& limit) {
    return "sla: {limit: " + limit +
           "}\nstates: {work: {task: officer, actions: {finish: {end: done}}}}\n"
           "outcomes: {done: Done}\n";
}

std::string due(const std::string& limit, const char* start) {
    Dossier dossier(procedure_of(in_head(limited(limit))));
    REQUIRE(dossier.start(start, officer) == "");
    return dossier.due_time("procedure");
}

}  // namespace

TEST_CASE(
    "Civil Code 91/2015 art. 147: a limit in hours begins at its moment, one in days the next "
    "day") {
    CHECK(due("2 hours", nine) == "2017-06-05 11:00");
    CHECK(due("90 minutes", nine) == "2017-06-05 10:30");
    CHECK(due("1 day", nine) == "2017-06-06 17:00");
    CHECK(due("1 working day", nine) == "2017-06-06 17:00");
    CHECK(due("1 working day", "2017-06-05 08:00") == "2017-06-06 17:00");
}

TEST_CASE(
    "Civil Code 91/2015 art. 148: a last day that is a day off gives way to the next that is "
    "worked") {
    CHECK(due("5 days", nine) == "2017-06-12 17:00");   // 10 June is a Saturday
    CHECK(due("89 days", nine) == "2017-09-05 17:00");  // 2 September, then a Sunday and a day off
    CHECK(due("2 weeks", nine) == "2017-06-19 17:00");
}

TEST_CASE("Civil Code 91/2015 art. 148: a month ends on the day of its number, or on its last") {
    CHECK(due("1 month", "2017-06-05 09:00") == "2017-07-05 17:00");
    CHECK(due("1 month", "2017-05-31 09:00") == "2017-06-30 17:00");
    CHECK(due("1 year", "2017-06-05 09:00") == "2018-06-05 17:00");
}

TEST_CASE(
    "Decree 61/2018/ND-CP art. 19.9: the date moves once, and only a day before it or earlier") {
    const std::string examined = R"(data: {new_date: optional date}
sla: {limit: 10 working days}
states:
  examine:
    task: officer
    actions:
      apologise:
        at_most: 1
        when: now <= closing(minus(due('procedure'), '1 working day'))
        fields: [new_date]
        extend: {procedure: new_date}
      finish: {end: done}
outcomes: {done: Done}
)";
    const FieldValues later{{"new_date", "2017-06-26"}};
    Dossier dossier = started(examined);  // due on Monday the 19th
    CHECK(dossier.perform("2017-06-16 17:00", officer, "apologise", later) == "");
    CHECK(dossier.due("procedure") == "2017-06-26");
    CHECK(dossier.original_due("procedure") == "2017-06-19");
    CHECK(dossier.perform("2017-06-20 09:00", officer, "apologise", {{"new_date", "2017-06-30"}}) ==
          "used-up");

    Dossier too_late = started(examined);
    CHECK(too_late.perform("2017-06-19 08:00", officer, "apologise", later) == "guard-false");
}

TEST_CASE(
    "Decree 61/2018/ND-CP art. 19.4: the supplement counts when the dossier is complete again") {
    Dossier dossier = started(R"(sla: {limit: 10 working days, while_waiting: restart}
states:
  examine: {task: officer, actions: {ask: supplement, finish: {end: done}}}
  supplement: {task: officer, waiting_for: supplement, actions: {answer: examine}}
outcomes: {done: Done}
)");
    REQUIRE(dossier.perform("2017-06-14 09:00", officer, "ask") == "");
    CHECK(dossier.due("procedure") == "waiting");
    REQUIRE(dossier.perform("2017-07-14 16:00", officer, "answer") == "");  // a Friday
    CHECK(dossier.due("procedure") == "2017-07-28");
}
