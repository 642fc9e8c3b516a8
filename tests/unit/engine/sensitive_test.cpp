// Values of fields marked `sensitive` stand beside the chain, never in it.
#include "record/record.hpp"
#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");

const char* const with_phone = R"(
procedure: with_phone
version: 1
title: With a telephone number
calendar: vn-state
roles: {officer: Officer}
input: [phone]
data: {phone: {type: text, sensitive: true}, known: {type: boolean, default: false}}
states:
  work:
    task: officer
    actions:
      change: {fields: [phone]}
      check: {set: {known: "phone == '0912 345 678'"}}
      finish: {end: done}
outcomes: {done: Done}
)";

}  // namespace

TEST_CASE("a sensitive value is in no chained byte, and is read all the same") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add(with_phone);
    REQUIRE(office.start("with_phone", "1", {{"phone", "0912 345 678"}}) == "done");
    office.reopen();
    REQUIRE(office.perform("with_phone/1", officer, "check") == "done");
    const InstanceView view = office.engine->get("with_phone/1");
    CHECK(view.instance.data[0].open() == Value("0912 345 678"));
    CHECK(to_string(view.instance.data[0], {}) == "(sensitive)");
    CHECK(view.instance.data[1] == Value(true));
    const auto transaction = office.store->begin(Store::Access::read);
    CHECK(transaction->instance("with_phone/1")->body.find("0912") == std::string::npos);
    for (const auto& row : transaction->history("with_phone/1", 0, 10)) {
        CHECK(row.body.find("0912") == std::string::npos);
    }
    CHECK(office.engine->replay("with_phone/1").agrees());
}

TEST_CASE("a sensitive date may be given as text, as any other may") {
    Office office(Kept::in_memory);
    office.add(R"(
procedure: born
version: 1
title: Born
calendar: vn-state
roles: {officer: Officer}
data: {birthday: {type: optional date, sensitive: true}, days: {type: list of date, default: [], sensitive: true}}
states:
  work: {task: officer, actions: {tell: {fields: [birthday, days]}, finish: {end: done}}}
outcomes: {done: Done}
)");
    REQUIRE(office.start("born", "1") == "done");
    REQUIRE(office.perform("born/1", officer, "tell",
                           {{"birthday", "2019-03-07"}, {"days", List{"2020-01-02"}}}) == "done");
    const InstanceView view = office.engine->get("born/1");
    CHECK(view.instance.data[0].open() == Value(Date(std::chrono::year(2019) / 3 / 7)));
    CHECK(to_string(view.instance.data[1], {}) == "(sensitive)");
    CHECK(office.perform("born/1", officer, "tell", {{"birthday", "7 March"}, {"days", List{}}}) ==
          "wrong-type");
    CHECK(office.engine->replay("born/1").agrees());
}

TEST_CASE("once the secret rows are erased the chain still verifies, and the value is gone") {
    Office office;
    office.add(with_phone);
    REQUIRE(office.start("with_phone", "1", {{"phone", "0912 345 678"}}) == "done");
    REQUIRE(office.perform("with_phone/1", officer, "change", {{"phone", "0987 654 321"}}) ==
            "done");
    {
        const auto transaction = office.store->begin(Store::Access::write);
        const auto secrets = transaction->secrets("with_phone/1");
        REQUIRE(secrets.size() == 2);
        for (const auto& secret : secrets) transaction->erase_secret("with_phone/1", secret.digest);
        transaction->commit();
    }
    const InstanceView view = office.engine->get("with_phone/1");
    CHECK(view.instance.data[0].open().is_null());
    CHECK(to_string(view.instance.data[0], {}) == "(erased)");
    const ReplayReport report = office.engine->replay("with_phone/1");
    CHECK(report.agrees());
    CHECK(report.erased == 2);
    CHECK(office.perform("with_phone/1", officer, "finish") == "done");
}

TEST_CASE("a repeated request with a sensitive field is recognised by its value, not by its salt") {
    Office office;
    office.add(with_phone);
    REQUIRE(office.start("with_phone", "1", {{"phone", "1"}}) == "done");
    CHECK(office.perform("with_phone/1", officer, "change", {{"phone", "2"}}, {"r", {}}) == "done");
    CHECK(office.perform("with_phone/1", officer, "change", {{"phone", "2"}}, {"r", {}}) ==
          "repeated");
    CHECK(office.perform("with_phone/1", officer, "change", {{"phone", "3"}}, {"r", {}}) ==
          "request-reused");
}

TEST_CASE("what is erased is gone wherever it stood, and the history says who did it and why") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(with_phone);
    REQUIRE(office.start("with_phone", "1", {{"phone", "0912 345 678"}}) == "done");
    REQUIRE(office.perform("with_phone/1", officer, "change", {{"phone", "0987 654 321"}}) ==
            "done");
    REQUIRE(office.perform("with_phone/1", officer, "finish") == "done");
    const Actor clerk = actor("lan", "operator");
    CHECK(Office::word(office.engine->erase("with_phone/1", {"known"}, clerk, "asked")) ==
          "not-sensitive");
    CHECK_THROWS_AS(office.engine->erase("with_phone/1", {}, clerk, "asked"), Error);
    CHECK(office.store->begin(Store::Access::read)->secrets("with_phone/1").size() == 2);
    REQUIRE(Office::word(office.engine->erase("with_phone/1", {"phone"}, clerk, "asked",
                                              {"r", {}})) == "done");
    CHECK(Office::word(office.engine->erase("with_phone/1", {"phone"}, clerk, "asked",
                                            {"r", {}})) == "repeated");
    office.reopen();
    CHECK(office.store->begin(Store::Access::read)->secrets("with_phone/1").empty());
    const Instance instance = office.engine->get("with_phone/1").instance;
    CHECK(to_string(instance.data[0], {}) == "(erased)");
    CHECK(instance.revision == 4);
    const VerifyReport report = office.engine->verify();
    CHECK(report.faults.empty());
    REQUIRE(report.erasures.size() == 1);
    CHECK(report.erasures[0].revision == 4);
    CHECK(report.erasures[0].actor == "lan");
    CHECK(report.erasures[0].fields == std::vector<std::string>{"phone"});
    CHECK(report.erasures[0].reason == "asked");
}

TEST_CASE("a value that is lost without a step that erased it is a fault") {
    Office office;
    office.add(with_phone);
    REQUIRE(office.start("with_phone", "1", {{"phone", "0912 345 678"}}) == "done");
    {
        const auto transaction = office.store->begin(Store::Access::write);
        for (const auto& secret : transaction->secrets("with_phone/1")) {
            transaction->erase_secret("with_phone/1", secret.digest);
        }
        transaction->commit();
    }
    const VerifyReport report = office.engine->verify();
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults[0].kind == VerifyReport::Fault::Kind::missing);
    CHECK(report.faults[0].revision == 1);
    CHECK(report.faults[0].words ==
          "the value of 'phone' is not there, and no step says that it was erased");
}

TEST_CASE("a condition that reads what was erased is no fault, and what follows holds by its chain") {
    Office office;
    office.add(with_phone);
    REQUIRE(office.start("with_phone", "1", {{"phone", "0912 345 678"}}) == "done");
    REQUIRE(office.perform("with_phone/1", officer, "check") == "done");
    REQUIRE(Office::word(office.engine->erase("with_phone/1", {"phone"}, actor("lan", "operator"),
                                              "asked")) == "done");
    const ReplayReport replayed = office.engine->replay("with_phone/1");
    CHECK(replayed.agrees());
    CHECK(replayed.steps == 1);
    CHECK(replayed.erased == 3);
    CHECK(office.engine->verify().faults.empty());
}

TEST_CASE("a value is erased under the name that it had before a migration, too") {
    const auto text = [](int version, const std::string& field) {
        return "procedure: secret\nversion: " + std::to_string(version) +
               "\ntitle: Secret\ncalendar: vn-state\nroles: {officer: Officer}\ndata:\n  " + field +
               ": {type: text, sensitive: true}\ninput: [" + field +
               "]\nstates: {work: {task: officer, to: {end: done}}}\noutcomes: {done: Done}\n";
    };
    Office office;
    office.add(text(1, "phone"));
    REQUIRE(office.start("secret", "a", {{"phone", "0912"}}) == "done");
    office.add(text(2, "mobile"));
    const Actor clerk = actor("lan", "operator");
    REQUIRE(Office::word(office.engine->migrate("secret/a", 2, {.fields = {{"phone", "mobile"}}},
                                                clerk, "x")) == "done");
    REQUIRE(Office::word(office.engine->erase("secret/a", {"mobile"}, clerk, "asked")) == "done");
    CHECK(office.store->begin(Store::Access::read)->secrets("secret/a").empty());
    CHECK(office.engine->verify().faults.empty());
}
