// What every store promises, over every kind of store; each promise is looked at again after a
// reopening.
#include <catch2/catch.hpp>
#include <limits>

#include "store/subject.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using test::error_of;
using Access = Store::Access;

namespace {

/// Runs `write` in a transaction of its own and commits it.
void committed(Store& store, const std::function<void(Transaction&)>& write) {
    const auto transaction = store.begin(Access::write);
    write(*transaction);
    transaction->commit();
}

/// Runs `check` on the store as it is and again after it was reopened.
void now_and_reopened(test::Subject& subject, const std::function<void(Transaction&)>& check) {
    for (const char* when : {"now", "after reopening"}) {
        INFO(when);
        check(*subject.store().begin(Access::read));
        subject.reopen();
    }
}

std::vector<std::string> instances_of(const std::vector<StoredDue>& rows) {
    std::vector<std::string> found;
    for (const auto& row : rows) found.push_back(row.instance);
    return found;
}

}  // namespace

TEST_CASE("a store keeps what it promises") {
    const auto& kind = GENERATE(from_range(test::subject_kinds()));
    INFO(kind.name);
    const auto subject = kind.make();
    Store& store = subject->store();

    SECTION("an instance is kept with its revision and its bytes, zero bytes included") {
        const std::string body("a\0b\xff", 4);
        committed(store, [&](Transaction& t) { t.put_instance("p/1", 0, {1, body}); });
        committed(store, [&](Transaction& t) { t.put_instance("p/1", 1, {2, body + body}); });
        committed(store, [&](Transaction& t) { t.put_instance("p/2", 0, {7, ""}); });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.instance("p/1")->revision == 2);
            CHECK(t.instance("p/1")->body == body + body);
            CHECK(t.instance("p/2")->revision == 7);
            CHECK(t.instance("p/2")->body.empty());
            CHECK_FALSE(t.instance("p/3").has_value());
        });
    }
    SECTION("an unexpected revision is a conflict and changes nothing") {
        committed(store, [](Transaction& t) { t.put_instance("p/1", 0, {3, "three"}); });
        for (const std::uint64_t expected : {0u, 2u, 4u}) {
            const auto t = store.begin(Access::write);
            t->put_due({1, "p/1", 1, 1});
            const Error error = error_of([&] { t->put_instance("p/1", expected, {5, "five"}); });
            CHECK(error.code() == ErrorCode::conflict);
            CHECK_THAT(error.what(), Catch::Contains("'p/1'"));
            CHECK(t->instance("p/1")->body == "three");  // may still be read
            CHECK(error_of([&] { t->commit(); }).code() == ErrorCode::misuse);
        }
        CHECK(error_of([&] {
                  store.begin(Access::write)->put_instance("p/9", 1, {2, ""});
              }).code() == ErrorCode::conflict);
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK(t.instance("p/1")->body == "three");
            CHECK_FALSE(t.next_due().has_value());
        });
    }
    SECTION("instances are listed in the order of their bytes, page by page") {
        committed(store, [](Transaction& t) {
            for (const char* id : {"b", "a", "\xc4\x91", "B", "ab"}) t.put_instance(id, 0, {1, ""});
        });
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK(t.instances("", 3) == std::vector<std::string>{"B", "a", "ab"});
            CHECK(t.instances("ab", 3) == std::vector<std::string>{"b", "\xc4\x91"});
            CHECK(t.instances("\xc4\x91", 3).empty());
            CHECK(t.instances("", 0).empty());
        });
    }
    SECTION("an instance that moves on appends its revision once") {
        committed(store, [](Transaction& t) {
            t.put_instance("p/1", 0, {1, "first"});
            t.append_history("p/1", {1, "first"});
        });
        {
            const auto next = store.begin(Access::write);
            next->put_instance("p/1", 1, {2, "second"});
            next->append_history("p/1", {2, "second", "r"});
            CHECK(error_of([&] {
                      next->append_history("p/1", {2, "second", "s"});
                  }).code() == ErrorCode::conflict);
        }
        committed(store, [](Transaction& t) {
            t.put_instance("p/1", 1, {2, "second"});
            t.append_history("p/1", {2, "second", "r"});
        });
        now_and_reopened(*subject, [](Transaction& t) { CHECK(t.history("p/1", 0, 9).size() == 2); });
    }
    SECTION("history is appended once for each revision and read in order") {
        committed(store, [](Transaction& t) {
            t.append_history("p/2", {1, "other"});
            for (std::uint64_t revision = 1; revision <= 12; ++revision) {
                t.append_history("p/1", {revision, std::to_string(revision)});
            }
        });
        auto again = store.begin(Access::write);
        CHECK(error_of([&] {
                  again->append_history("p/1", {12, "x"});
              }).code() == ErrorCode::conflict);
        CHECK(error_of([&] { again->commit(); }).code() == ErrorCode::misuse);
        again.reset();
        now_and_reopened(*subject, [](Transaction& t) {
            const auto rows = t.history("p/1", 9, 2);
            REQUIRE(rows.size() == 2);
            CHECK(rows[0].revision == 10);
            CHECK(rows[1].body == "11");
            CHECK(t.history("p/1", 0, 100).size() == 12);
            CHECK(t.history("p/1", std::numeric_limits<std::uint64_t>::max(), 9).empty());
            CHECK(t.last_history("p/1")->body == "12");
            CHECK_FALSE(t.last_history("p/0").has_value());
            CHECK_FALSE(t.last_history("p/3").has_value());
        });
    }
    SECTION("the first answer to a request is found by its instance and its id") {
        committed(store, [](Transaction& t) {
            t.append_history("p/1", {3, "three"});
            t.append_history("p/1", {5, "five", "r"});
            t.append_history("p/1", {4, "four", "r"});
            t.append_history("p/2", {6, "six", "r"});
        });
        CHECK(error_of([&] {
                  store.begin(Access::write)->append_history("p/1", {3, "again", "s"});
              }).code() == ErrorCode::conflict);
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK(t.request("p/1", "r") == 4u);
            CHECK(t.request("p/2", "r") == 6u);
            CHECK(t.history("p/1", 2, 1).front().request.empty());
            CHECK(t.history("p/1", 3, 1).front().request == "r");
            CHECK(t.last_history("p/2")->request == "r");
            CHECK_FALSE(t.request("p/1", "s").has_value());
            CHECK_FALSE(t.request("p/3", "r").has_value());
            CHECK_FALSE(t.request("p/1", "").has_value());
        });
        // To say beforehand what will be asked changes no answer.
        committed(subject->store(), [](Transaction& t) {
            t.expect_request("p/1", "r");
            CHECK_FALSE(t.instance("p/1").has_value());
            CHECK(t.request("p/1", "s") == std::nullopt);
            CHECK(t.request("p/1", "r") == 4u);
            t.expect_request("p/2", "s");
            t.expect_absent("p/2");
            CHECK_FALSE(t.instance("p/2").has_value());
            CHECK_FALSE(t.request("p/2", "s").has_value());
            t.put_instance("p/2", 0, {7, "seven"});
            t.append_history("p/2", {7, "seven", "s"});
            CHECK(t.request("p/2", "s") == 7u);
            t.expect_absent("p/2");
            CHECK(t.instance("p/2")->body == "seven");
        });
        committed(subject->store(), [](Transaction& t) {
            t.expect_absent("p/2");
            t.expect_request("p/2", "s");
            CHECK(t.instance("p/2")->revision == 7);
            CHECK(t.request("p/2", "s") == 7u);
            t.open_part();
            t.append_history("p/1", {8, "eight", "new"});
            t.drop_part();
            CHECK_FALSE(t.request("p/1", "new").has_value());
        });
    }
    SECTION("what a transaction has changed, or tried to, is counted") {
        const auto t = store.begin(Access::write);
        CHECK(t->writes() == 0);
        CHECK_FALSE(t->instance("p/1").has_value());
        CHECK(t->due(9, {}, 9).empty());
        CHECK(t->writes() == 0);
        t->put_due({1, "p/1", 1, 1});
        const std::uint64_t once = t->writes();
        CHECK(once > 0);
        CHECK(error_of([&] { t->put_instance("p/1", 5, {6, "six"}); }).code() ==
              ErrorCode::conflict);
        CHECK(t->writes() > once);
    }
    SECTION("due rows come by instant, instance, ordinal and timer") {
        constexpr auto first = std::numeric_limits<std::int64_t>::min();
        const std::vector<StoredDue> rows{{first, "", 0, 0}, {-5, "z", 9, 9},
                                          {10, "a", 1, 2},   {10, "a", 2, 1},
                                          {10, "b", 1, 1},   {11, "a", 0, 4'294'967'295}};
        committed(store, [&](Transaction& t) {
            for (auto row = rows.rbegin(); row != rows.rend(); ++row) t.put_due(*row);
            t.put_due(rows[2]);            // again: no error
            t.erase_due({12, "a", 1, 2});  // not there: no error
            t.put_due({10, "a", 1, 3});
            t.erase_due({10, "a", 1, 3});
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.due(11, {}, 100) == rows);
            CHECK(t.due(10, {}, 100).size() == 5);
            CHECK(instances_of(t.due(11, rows[3], 1)) == std::vector<std::string>{"b"});
            CHECK(t.due(9, rows[3], 9).empty());
            CHECK(t.next_due() == rows[0]);
        });
    }
    SECTION("what is due can be claimed while it is there") {
        const StoredDue row{10, "a", 1, 2};
        committed(store, [&](Transaction& t) {
            t.put_instance("a", 0, {1, "x"});
            CHECK_FALSE(t.claim_due(row));
            t.put_due(row);
            CHECK(t.claim_due(row));
            CHECK_FALSE(t.claim_due({10, "a", 1, 3}));
        });
        committed(store, [&](Transaction& t) {
            CHECK(t.claim_due(row));
            t.put_instance("a", 1, {2, "y"});
            t.erase_due(row);
            CHECK_FALSE(t.claim_due(row));
            t.put_due({11, "gone", 1, 1});  // of no instance: whoever loads it will say so
            CHECK(t.claim_due({11, "gone", 1, 1}));
        });
        CHECK(error_of([&] {
                  static_cast<void>(store.begin(Access::read)->claim_due(row));
              }).code() == ErrorCode::misuse);
        now_and_reopened(*subject, [](Transaction& t) { CHECK(t.instance("a")->revision == 2); });
    }
    SECTION("incidents are listed, the oldest first") {
        const std::vector<StoredIncident> rows{{-1, "b", 1}, {5, "a", 2}, {5, "a", 3}, {5, "b", 1}};
        committed(store, [&](Transaction& t) {
            for (auto row = rows.rbegin(); row != rows.rend(); ++row) t.put_incident(*row);
            t.put_incident(rows[0]);
            t.put_incident({6, "c", 1});
            t.erase_incident({6, "c", 1});
            t.erase_incident({6, "d", 1});
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.incidents({}, 9) == rows);
            CHECK(t.incidents({}, 2).size() == 2);
            CHECK(t.incidents(rows[1], 9) ==
                  std::vector<StoredIncident>(rows.begin() + 2, rows.end()));
        });
    }
    SECTION("changes come in the order of their commits, and none twice") {
        const auto told = [](const std::vector<StoredChange>& changes) {
            std::string all;
            for (const auto& one : changes) all += one.instance + std::to_string(one.revision) + " ";
            return all;
        };
        committed(store, [](Transaction& t) {
            t.append_history("b", {1, "x"});
            t.append_history("a", {1, "x"});
        });
        { store.begin(Access::write)->append_history("c", {1, "dropped"}); }
        committed(store, [](Transaction& t) { t.append_history("a", {2, "x"}); });
        std::optional<StoredChange> last;
        now_and_reopened(*subject, [&](Transaction& t) {
            const auto all = t.changes({}, 9);
            CHECK(told(all) == "b1 a1 a2 ");
            CHECK(told(t.changes({}, 2)) == "b1 a1 ");
            CHECK(told(t.changes(all[0], 9)) == "a1 a2 ");
            CHECK(t.changes(all[2], 9).empty());
            last = all[2];
        });
        committed(subject->store(), [](Transaction& t) { t.append_history("b", {2, "x"}); });
        now_and_reopened(*subject,
                         [&](Transaction& t) { CHECK(told(t.changes(last, 9)) == "b2 "); });
    }
    SECTION("work is listed for one role and one unit exactly, what is due first before the rest") {
        const std::vector<StoredWork> mine{{"officer", "p/check", "", 7, "b", 1},
                                           {"officer", "p/check", "", 8, "a", 1},
                                           {"officer", "p/check", "", 8, "a", 2, false}};
        committed(store, [&](Transaction& t) {
            for (const auto& row : mine) t.put_work(row);
            t.put_work({"officer", "p/check", "north", 8, "a", 1});
            t.put_work({"officer", "p/sign", "", 8, "a", 1});
            t.put_work({"officer2", "p/check", "", 8, "a", 1});
            t.put_work(mine[0]);
            t.erase_work({"officer", "p/check", "south", 8, "a", 1});
            t.erase_work({"officer", "p/check", "", 9, "a", 1});
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.work("officer", "p/check", "", {}, 9) == mine);
            CHECK(t.work("officer", "p/check", "", {}, 2).size() == 2);
            CHECK(t.work("officer", "p/check", "", mine[0], 9).size() == 2);
            CHECK(t.work("officer", "p/check", "",
                         StoredWork{"officer", "p/check", "north", 0, "", 0}, 9)
                      .empty());
            CHECK(t.work("officer", "p/check", "north", mine[2], 9).size() == 1);
            CHECK(t.work("officer", "p/sign", "", mine[2], 9).size() == 1);
            CHECK(t.work("nobody", "p/check", "", {}, 9).empty());
            CHECK(t.work_states("officer") == std::vector<std::string>{"p/check", "p/sign"});
            CHECK(t.work_states("nobody").empty());
            CHECK(t.work_roles() == std::vector<std::string>{"officer", "officer2"});
        });
        committed(subject->store(), [&](Transaction& t) { t.erase_work(mine[1]); });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.work("officer", "p/check", "", {}, 9).size() == 2);
        });
    }
    SECTION("tokens are listed and counted by the state on which they stand") {
        const std::vector<StoredWork> here{{"", "p/wait", "", 9, "a", 1},
                                           {"", "p/wait", "", 9, "b", 1},
                                           {"", "p/wait", "north", 3, "a", 2}};
        committed(store, [&](Transaction& t) {
            for (const auto& row : here) t.put_work(row);
            t.put_work({"", "p/wait", "north", 3, "c", 2, false});
            t.put_work({"", "p/go", "", 3, "c", 3});
            t.put_work({"", "pp/wait", "", 3, "c", 4});
            t.put_work({"officer", "p/wait", "", 3, "c", 5});
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.standing("", "p/wait", {}, 9) == here);
            CHECK(t.standing("", "p/wait", here[0], 1) == std::vector{here[1]});
            CHECK(t.standing("", "p/wait", here[2], 9).empty());
            CHECK(t.standing("", "p/none", {}, 9).empty());
            const std::vector<StoredStanding> counts{
                {"p/go", "", 1, 1}, {"p/wait", "", 2, 0}, {"p/wait", "north", 1, 1}};
            CHECK(t.standing_counts("", "p", 9) == counts);
            CHECK(t.standing_counts("nobody", "p", 9).empty());
        });
    }
    SECTION("instances under way are listed and counted by unit and receipt") {
        const std::vector<StoredActive> rows{{"p", "", 5, "p/c", 9},
                                             {"p", "north", 2, "p/a", 20},
                                             {"p", "north", 5, "p/a", 20},
                                             {"p", "north", 5, "p/b", 9}};
        committed(store, [&](Transaction& t) {
            for (auto row = rows.rbegin(); row != rows.rend(); ++row) t.put_active(*row);
            t.put_active({"p", "", 5, "p/c", 7});
            t.put_active(rows[0]);  // replaces
            t.put_active({"q", "north", 5, "q/b", 9});
            t.erase_active({"p", "north", 6, "p/b", 0});  // not there: no error
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.active("p", {}, 9) == rows);
            CHECK(t.active("p", rows[1], 1) == std::vector{rows[2]});
            CHECK(t.active("p", rows[3], 9).empty());
            const std::vector<StoredActiveCount> counts{{"", 1, 0, 1}, {"north", 2, 1, 1}};
            CHECK(t.active_counts("p", {3, 6, 10}) == counts);
            const std::vector<StoredActiveCount> early{{"", 0, 0, 0}, {"north", 1, 0, 0}};
            CHECK(t.active_counts("p", {1, 5, 10}) == early);
            CHECK(t.active_counts("r", {1, 5, 10}).empty());
        });
        committed(subject->store(), [&](Transaction& t) { t.erase_active(rows[2]); });
        now_and_reopened(*subject, [&](Transaction& t) { CHECK(t.active("p", {}, 9).size() == 3); });
    }
    SECTION("instances that have ended are listed by outcome and counted by unit and result") {
        using Result = StoredClosed::Result;
        const std::vector<StoredClosed> rows{{"p", "done", 8, "p/a", "north", 2, Result::late, 9},
                                             {"p", "done", 8, "p/b", "north", 7, Result::early, 3},
                                             {"p", "done", 12, "p/c", "", 7, Result::early, 4}};
        committed(store, [&](Transaction& t) {
            for (auto row = rows.rbegin(); row != rows.rend(); ++row) t.put_closed(*row);
            t.put_closed({"p", "done", 8, "p/a", "south", 1, Result::none, 1});
            t.put_closed(rows[0]);  // replaces
            t.put_closed({"p", "cancelled", 8, "p/d", "north", 7, Result::none, 1});
            t.put_closed({"p", "done", 1, "p/e", "north", 1, Result::early, 1});
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.closed("p", "done", {}, 9).size() == 4);
            CHECK(t.closed("p", "done", rows[0], 9) == std::vector{rows[1], rows[2]});
            CHECK(t.closed("p", "", {}, 9).empty());
            CHECK(t.closed_outcomes("p") == std::vector<std::string>{"cancelled", "done"});
            CHECK(t.closed_outcomes("q").empty());
            const std::vector<StoredClosedCount> counts{{"", Result::early, 1, 0, 0, 0},
                                                        {"north", Result::early, 1, 0, 1, 3},
                                                        {"north", Result::late, 0, 1, 1, 9}};
            CHECK(t.closed_counts("p", "done", {5, 10, 20}) == counts);
            CHECK(t.closed_counts("p", "done", {13, 20, 20}).empty());
        });
    }
    SECTION("instances are found by the value of a field") {
        committed(store, [](Transaction& t) {
            t.put_field({"p", "code", "H01", "p/b"});
            t.put_field({"p", "code", "H01", "p/a"});
            t.put_field({"p", "code", "H01", "p/a"});
            t.put_field({"p", "code", "H012", "p/c"});
            t.put_field({"p", "codes", "H01", "p/c"});
            t.erase_field({"p", "code", "H01", "p/c"});
        });
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK(t.found("p", "code", "H01", "", 9) == std::vector<std::string>{"p/a", "p/b"});
            CHECK(t.found("p", "code", "H01", "p/a", 9) == std::vector<std::string>{"p/b"});
            CHECK(t.found("p", "code", "H01", "", 1).size() == 1);
            CHECK(t.found("p", "code", "", "", 9).empty());
        });
        committed(subject->store(),
                  [](Transaction& t) { t.erase_field({"p", "code", "H01", "p/a"}); });
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK(t.found("p", "code", "H01", "", 9) == std::vector<std::string>{"p/b"});
        });
    }
    SECTION("delegations are listed by delegate, and one that is entered again replaces the first") {
        const std::vector<StoredDelegation> rows{
            {"an", "binh", 3, 9, "x"}, {"an", "binh", 5, 9, "y"}, {"an2", "binh", 1, 9, "z"}};
        committed(store, [&](Transaction& t) {
            t.put_delegation({"an", "binh", 3, 4, "first words"});
            for (const auto& row : rows) t.put_delegation(row);
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.delegations_to("an") == std::vector{rows[0], rows[1]});
            CHECK(t.delegations_to("binh").empty());
            CHECK(t.delegations({}, 9) == rows);
            CHECK(t.delegations(rows[0], 1) == std::vector{rows[1]});
        });
    }
    SECTION("an instance is taken out with its history and its sensitive values") {
        committed(store, [](Transaction& t) {
            for (const char* id : {"a", "b"}) {
                t.put_instance(id, 0, {1, "x"});
                t.append_history(id, {1, "one", "r"});
                t.put_secret(id, {std::string(32, 'd'), "phone"});
            }
        });
        {
            const auto dropped = store.begin(Access::write);
            dropped->erase_instance("a");
            CHECK_FALSE(dropped->instance("a").has_value());
        }
        now_and_reopened(*subject, [](Transaction& t) { CHECK(t.instance("a").has_value()); });
        committed(subject->store(), [](Transaction& t) {
            t.erase_instance("a");
            t.erase_instance("none");
        });
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK_FALSE(t.instance("a").has_value());
            CHECK(t.history("a", 0, 9).empty());
            CHECK(t.secrets("a").empty());
            CHECK_FALSE(t.request("a", "r").has_value());
            CHECK(t.instance("b").has_value());
            CHECK(t.history("b", 0, 9).size() == 1);
            CHECK(t.secrets("b").size() == 1);
            CHECK(t.changes({}, 9).size() == 1);
        });
        committed(subject->store(), [](Transaction& t) {
            t.put_instance("a", 0, {1, "again"});
            t.append_history("a", {1, "anew"});
        });
        now_and_reopened(*subject, [](Transaction& t) { CHECK(t.history("a", 0, 9).size() == 1); });
    }
    SECTION("places that wait come by message and key exactly, the longest waiting first") {
        constexpr auto first = std::numeric_limits<std::int64_t>::min();
        const std::vector<StoredSubscription> rows{{"paid", "X", first, "b", 1},
                                                   {"paid", "X", -5, "b", 2},
                                                   {"paid", "X", 3, "a", 4'294'967'295},
                                                   {"paid", "X", 3, "b", 0}};
        committed(store, [&](Transaction& t) {
            for (auto row = rows.rbegin(); row != rows.rend(); ++row) t.put_subscription(*row);
            t.put_subscription(rows[1]);                    // again: no error
            t.erase_subscription({"paid", "X", 4, "b", 0});  // not there: no error
            t.put_subscription({"paid", "", 3, "a", 1});
            t.put_subscription({"paid", "XY", 3, "a", 1});
            t.put_subscription({"paid2", "X", 3, "a", 1});
            t.put_subscription({"paid", "X", 3, "c", 0});
            t.erase_subscription({"paid", "X", 3, "c", 0});
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.subscriptions("paid", "X", {}, 100) == rows);
            CHECK(t.subscriptions("paid", "X", {}, 2).size() == 2);
            CHECK(t.subscriptions("paid", "X", rows[1], 1).front() == rows[2]);
            CHECK(t.subscriptions("paid", "", {}, 9).size() == 1);
            CHECK(t.subscriptions("paid", "X", StoredSubscription{"paid", "XY", 0, "", 0}, 9).empty());
            CHECK(t.subscriptions("paid", "X", StoredSubscription{"paid", "", 9, "z", 9}, 9) == rows);
            CHECK(t.subscriptions("closed", "", {}, 9).empty());
        });
    }
    SECTION("messages wait by message and key, in the order of their numbers") {
        committed(store, [](Transaction& t) {
            t.put_message({"paid", "X", 10, "ten"});
            t.put_message({"paid", "X", 2, "two"});
            t.put_message({"paid", "Y", 1, "other"});
            t.put_message({"paid", "X", 3, std::string("a\0b", 3)});
            t.erase_message({"paid", "X", 10, ""});
            t.erase_message({"paid", "X", 11, ""});
        });
        CHECK(error_of([&] {
                  store.begin(Access::write)->put_message({"paid", "X", 2, "again"});
              }).code() == ErrorCode::conflict);
        now_and_reopened(*subject, [](Transaction& t) {
            const std::vector<StoredMessage> expected{{"paid", "X", 2, "two"},
                                                      {"paid", "X", 3, std::string("a\0b", 3)}};
            CHECK(t.messages("paid", "X", 9) == expected);
            CHECK(t.messages("paid", "X", 1).size() == 1);
            CHECK(t.messages("paid", "Z", 9).empty());
            CHECK(t.all_messages({}, 9).size() == 3);
            CHECK(t.all_messages(expected[1], 9).size() == 1);
            CHECK(t.all_messages(expected[0], 1) == std::vector{expected[1]});
        });
        {
            const auto dropped = subject->store().begin(Access::write);
            dropped->erase_message({"paid", "X", 2, ""});
        }
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK(t.messages("paid", "X", 9).size() == 2);  // nothing was committed
        });
    }
    SECTION("what an instance has for others is kept by revision and number") {
        const std::vector<StoredDispatch> rows{
            {"a", 2, 0, "one", "trace"}, {"a", 2, 1, "two"}, {"a", 10, 0, "three"}, {"b", 1, 0, "four"}};
        committed(store, [&](Transaction& t) {
            for (auto row = rows.rbegin(); row != rows.rend(); ++row) t.put_dispatch(*row);
            t.put_dispatch({"b", 1, 0, "first words"});
            t.put_dispatch(rows[3]);
            t.erase_dispatch({"b", 2, 0, ""});
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.dispatches("a", 9) ==
                  std::vector<StoredDispatch>(rows.begin(), rows.begin() + 3));
            CHECK(t.dispatches("a", 2).size() == 2);
            CHECK(t.dispatches("b", 9) == std::vector<StoredDispatch>{rows[3]});
            CHECK(t.dispatches("c", 9).empty());
        });
        committed(subject->store(), [&](Transaction& t) { t.erase_dispatch(rows[0]); });
        now_and_reopened(*subject, [&](Transaction& t) { CHECK(t.dispatches("a", 9).size() == 2); });
    }
    SECTION("the outbox keeps effects in the order in which they may be delivered") {
        const std::vector<StoredEffect> rows{{-5, "b", 1, 0, 7, "before 1970"},
                                             {3, "a", 2, 0, 0, "one", "trace"},
                                             {3, "a", 2, 1, 0, "two"},
                                             {3, "a", 10, 0, 0, "three"},
                                             {4, "a", 1, 0, 0, "four"}};
        committed(store, [&](Transaction& t) {
            for (auto row = rows.rbegin(); row != rows.rend(); ++row) t.put_effect(*row);
            t.put_effect({4, "a", 1, 0, 3, "first words"});
            t.put_effect(rows[4]);
            t.erase_effect({4, "a", 2, 0, 0, ""});  // is not there
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.effects(9, {}, 9) == rows);
            CHECK(t.effects(9, {}, 2).size() == 2);
            CHECK(t.effects(3, {}, 9).size() == 4);
            CHECK(t.effects(9, rows[2], 9) ==
                  std::vector<StoredEffect>(rows.begin() + 3, rows.end()));
        });
        committed(subject->store(), [&](Transaction& t) { t.erase_effect(rows[1]); });
        now_and_reopened(*subject, [&](Transaction& t) { CHECK(t.effects(9, {}, 9).size() == 4); });
    }
    SECTION("an effect that somebody has taken is not to be had by another") {
        const StoredEffect row{3, "a", 2, 0, 0, "one"};
        committed(store, [&](Transaction& t) { t.put_effect(row); });
        committed(store, [&](Transaction& t) { CHECK(t.move_effect(row, 60, 1)); });
        committed(store, [&](Transaction& t) {
            CHECK_FALSE(t.move_effect(row, 70, 1));
            t.erase_effect(row);  // does not concern what has been moved
        });
        const StoredEffect taken{60, "a", 2, 0, 1, "one"};
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.effects(59, {}, 9).empty());
            CHECK(t.effects(60, {}, 9) == std::vector<StoredEffect>{taken});
        });
        {
            const auto dropped = subject->store().begin(Access::write);
            CHECK(dropped->move_effect(taken, 80, 2));
        }
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.effects(99, {}, 9) == std::vector<StoredEffect>{taken});
        });
    }
    SECTION("a published definition does not change") {
        const StoredDefinition row{"procedure", "onboarding", 3, std::string(64, 'a'), "id: x"};
        committed(store, [&](Transaction& t) { t.put_definition(row); });
        committed(store, [&](Transaction& t) { t.put_definition(row); });
        StoredDefinition other = row;
        other.body = "id: y";
        const Error error = error_of([&] { store.begin(Access::write)->put_definition(other); });
        CHECK(error.code() == ErrorCode::conflict);
        CHECK_THAT(error.what(), Catch::Contains("version 3") && Catch::Contains("onboarding"));
        now_and_reopened(*subject, [&](Transaction& t) {
            REQUIRE(t.definitions().size() == 1);
            CHECK(t.definitions().front().body == "id: x");
            CHECK(t.definitions().front().digest == row.digest);
        });
    }
    SECTION("a sensitive value is kept beside the history and can be erased") {
        const std::string digest(32, '\xfe');
        committed(store, [&](Transaction& t) {
            t.put_secret("p/1", {digest, "salt and value"});
            t.put_secret("p/1", {std::string(32, '\0'), "other"});
            t.put_secret("p/2", {digest, "salt and value"});
            t.erase_secret("p/2", digest);
        });
        now_and_reopened(*subject, [&](Transaction& t) {
            REQUIRE(t.secrets("p/1").size() == 2);
            CHECK(t.secrets("p/1")[1].digest == digest);
            CHECK(t.secrets("p/1")[1].body == "salt and value");
            CHECK(t.secrets("p/2").empty());
        });
    }
    SECTION("a transaction that is not committed leaves nothing behind") {
        committed(store, [](Transaction& t) {
            t.put_instance("p/1", 0, {1, "kept"});
            t.put_due({1, "p/1", 1, 1});
        });
        {
            const auto t = store.begin(Access::write);
            t->put_instance("p/1", 1, {2, "dropped"});
            t->put_instance("p/2", 0, {1, "dropped"});
            t->append_history("p/1", {2, "dropped", "r"});
            t->erase_due({1, "p/1", 1, 1});
            t->put_due({2, "p/1", 1, 1});
            t->put_work({"officer", "p/check", "", 5, "p/1", 1});
            t->put_effect({9, "p/1", 2, 0, 0, "dropped"});
            t->put_dispatch({"p/1", 2, 0, "dropped"});
            t->put_definition({"procedure", "x", 1, "", ""});
            t->put_secret("p/1", {"d", "dropped"});
            CHECK(t->instance("p/1")->revision == 2);  // it sees its own writes
            CHECK(t->next_due()->due == 2);
        }
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK(t.instance("p/1")->body == "kept");
            CHECK_FALSE(t.instance("p/2").has_value());
            CHECK_FALSE(t.last_history("p/1").has_value());
            CHECK_FALSE(t.request("p/1", "r").has_value());
            CHECK(t.due(9, {}, 9) == std::vector<StoredDue>{{1, "p/1", 1, 1}});
            CHECK(t.work("officer", "p/check", "", {}, 9).empty());
            CHECK(t.effects(9, {}, 9).empty());
            CHECK(t.dispatches("p/1", 9).empty());
            CHECK(t.definitions().empty());
            CHECK(t.secrets("p/1").empty());
        });
    }
    SECTION("a part that is dropped leaves the rest of its transaction as it was") {
        committed(store, [](Transaction& t) {
            t.put_instance("p/1", 0, {1, "before"});
            t.put_due({1, "p/1", 1, 1});
        });
        committed(store, [](Transaction& t) {
            t.put_work({"officer", "p/check", "", 5, "p/1", 1});
            {
                Part part(t);
                t.put_instance("p/1", 1, {2, "kept"});
                t.append_history("p/1", {2, "kept", ""});
                {
                    Part inner(t);
                    t.put_instance("p/1", 2, {3, "dropped"});
                    t.append_history("p/1", {3, "dropped", ""});
                    t.erase_due({1, "p/1", 1, 1});
                    CHECK(t.instance("p/1")->revision == 3);
                }
                CHECK(t.instance("p/1")->revision == 2);
                part.keep();
            }
            {
                Part part(t);
                t.put_secret("p/1", {"d", "dropped"});
                t.put_instance("p/2", 0, {1, "dropped"});
                CHECK(error_of([&] { t.put_instance("p/1", 1, {2, "too late"}); }).code() ==
                      ErrorCode::conflict);
                CHECK(error_of([&] { part.keep(); }).code() == ErrorCode::misuse);
            }
            t.put_due({2, "p/1", 1, 1});  // the conflict went with its part
        });
        now_and_reopened(*subject, [](Transaction& t) {
            CHECK(t.instance("p/1")->body == "kept");
            CHECK_FALSE(t.instance("p/2").has_value());
            CHECK(t.history("p/1", 0, 9).size() == 1);
            CHECK(t.due(9, {}, 9).size() == 2);
            CHECK(t.work("officer", "p/check", "", {}, 9).size() == 1);
            CHECK(t.secrets("p/1").empty());
        });
    }
    SECTION("a call against the contract is refused and changes nothing") {
        const auto expect_misuse = [](const std::function<void()>& call) {
            CHECK(error_of(call).code() == ErrorCode::misuse);
        };
        expect_misuse([&] { store.begin(Access::read)->put_due({1, "p", 1, 1}); });
        expect_misuse([&] { store.begin(Access::read)->erase_work({"r", "p/s", "", 5, "p", 1}); });
        expect_misuse([&] { store.begin(Access::write)->put_instance("p", 0, {0, ""}); });
        constexpr std::uint64_t beyond = 1ULL << 63U;
        expect_misuse([&] { store.begin(Access::write)->put_instance("p", 0, {beyond, ""}); });
        auto done = store.begin(Access::write);
        done->commit();
        expect_misuse([&] { done->commit(); });
        expect_misuse([&] { static_cast<void>(done->instance("p")); });
        now_and_reopened(*subject, [](Transaction& t) { CHECK(t.instances("", 9).empty()); });
    }
    SECTION("a body at the limit is kept and one above it is refused") {
        const std::string at_limit(limits::body_bytes_max, 'x');
        committed(store, [&](Transaction& t) { t.put_instance("p", 0, {1, at_limit}); });
        const Error error = error_of([&] {
            store.begin(Access::write)->append_history("p", {1, at_limit + "x"});
        });
        CHECK(error.code() == ErrorCode::limit);
        now_and_reopened(*subject, [&](Transaction& t) {
            CHECK(t.instance("p")->body.size() == limits::body_bytes_max);
            CHECK_FALSE(t.last_history("p").has_value());
        });
    }
}
