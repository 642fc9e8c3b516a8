#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

/// A store with the licence procedure and one dossier, received on Tuesday 25 April 2017.
class Office {
public:
    [[nodiscard]] std::string file(const std::string& name) const { return folder_.file(name); }
    Office() {
        const auto loaded =
            run("load procedures/calendars/vn-state.yaml " + fixture("licence.yaml"));
        REQUIRE(loaded.errors == "");
        REQUIRE(loaded.status == 0);
        const auto started =
            run("start licence 17-01 --as lan --role clerk --at 2017-04-25T09:00 "
                "--data '{\"units\": [\"culture\", \"sports\"]}'");
        REQUIRE(started.errors == "");
        REQUIRE(started.status == 0);
    }

    [[nodiscard]] ToolResult run(const std::string& command) const {
        return run_tool(command + " --store 'sqlite:" + folder_.file("dossiers.db") + "'");
    }
    /// Forwards the dossier on the day that it is due.
    void forward() const {
        const auto done =
            run("perform licence/17-01 forward --as lan --role clerk "
                "--fields '{\"note\": \"red \\u001b[31m\"}' --at 2017-06-08T10:00");
        REQUIRE(done.errors == "");
        REQUIRE(done.status == 0);
    }
    [[nodiscard]] ToolResult agree(const std::string& unit) const {
        return run("perform licence/17-01 agree --as hoa --role unit --unit " + unit +
                   " --at 2017-06-12T10:00");
    }

private:
    TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("show tells who must act until when") {
    const Office office;
    const auto show = office.run("show licence/17-01 --at 2017-04-28T09:00");
    CHECK(contains(show.output, "Reception"));
    CHECK(contains(show.output, "Clerk"));
    CHECK(contains(show.output, "2017-04-25 09:00"));
    CHECK(contains(show.output, "2017-06-08"));
    CHECK(contains(show.output, "in time"));
    CHECK(contains(show.output, "[culture, sports]"));
    const auto later = office.run("show licence/17-01 --at 2017-06-09T09:00 --lang vi");
    CHECK(contains(later.output, "Tiếp nhận"));
    CHECK(contains(later.output, "Cán bộ tiếp nhận"));
    CHECK(contains(later.output, "quá hạn"));
    const auto json = office.run("show licence/17-01 --at 2017-04-28T09:00 --format json");
    CHECK(contains(json.output, "\"due\": \"2017-06-08T17:00:00+07:00\""));
    CHECK(contains(json.output, "\"state\": \"reception\""));
}

TEST_CASE("a tick lets warnings fire, and tells when the next is due") {
    const Office office;
    const auto quiet = office.run("tick --now 2017-05-02");
    CHECK(contains(quiet.output, "Timers fired: 0"));
    // The fifth working day before Thursday 8 June is Thursday 1 June; it fires at opening.
    CHECK(contains(quiet.output, "Next: 2017-06-01 08:00"));
    const auto warned = office.run("tick --now 2017-06-01T08:00");
    CHECK(contains(warned.output, "Timers fired: 1"));
    const auto history = office.run("history licence/17-01");
    CHECK(contains(history.output, "5 working days before the due date"));
    CHECK(contains(history.output, "told Clerk"));
}

TEST_CASE("a work list shows what waits for whom, and what he may do") {
    const Office office;
    office.forward();
    const auto list =
        office.run("worklist --as hoa --role unit --unit culture --at 2017-06-09T09:00");
    CHECK(contains(list.output, "licence/17-01"));
    CHECK(contains(list.output, "(culture)"));
    CHECK(contains(list.output, "agree"));
    CHECK_FALSE(contains(list.output, "sports"));
    // Five working days after Thursday 8 June.
    CHECK(contains(list.output, "2017-06-15"));
    const auto nothing = office.run("worklist --as hoa --role unit --unit justice");
    CHECK(nothing.output == "Nothing waits.\n");
    CHECK(nothing.status == 0);
}

TEST_CASE("a refusal says why and what is possible instead, and ends with status 1") {
    const Office office;
    office.forward();
    const auto other = office.agree("justice");
    CHECK(other.status == 1);
    CHECK(other.output.empty());
    CHECK(contains(other.errors, "Refused: 'agree' is here for "));
    const auto both = office.run(
        "perform licence/17-01 agree --as hoa --role unit --unit culture "
        "--unit sports --at 2017-06-12T10:00");
    CHECK(both.status == 1);
    CHECK(contains(both.errors, "possible on several work items"));
    CHECK(contains(both.errors, "Possible now:"));
    const auto json = office.run(
        "perform licence/17-01 agree --as hoa --role unit --unit justice "
        "--lang vi --format json");
    CHECK(json.status == 1);
    CHECK(contains(json.output, "\"code\": \"not-your-unit\""));
    CHECK(contains(json.output, "không thuộc đơn vị này"));
}

TEST_CASE("the same request twice changes nothing, a stale revision is refused") {
    const Office office;
    const std::string forward =
        "perform licence/17-01 forward --as lan --role clerk --request r1 --fields '{\"note\": "
        "\"x\"}' --at 2017-05-03T09:00";
    CHECK(office.run(forward).status == 0);
    const auto again = office.run(forward);
    CHECK(again.status == 0);
    CHECK(contains(again.output, "nothing was changed"));
    const auto stale = office.run(
        "perform licence/17-01 agree --as hoa --role unit --unit culture "
        "--revision 1 --at 2017-05-03T10:00");
    CHECK(stale.status == 1);
}

TEST_CASE("a dossier that has ended shows its history, its deadlines, and replays") {
    const Office office;
    office.forward();
    CHECK(office.agree("culture").status == 0);
    CHECK(office.agree("sports").status == 0);
    const auto show = office.run("show licence/17-01");
    CHECK(contains(show.output, "ended: Granted"));
    const auto history = office.run("history licence/17-01");
    CHECK(contains(history.output, "Reception: on time (due 2017-06-08)"));
    CHECK(contains(history.output, ": early (due 2017-06-15)"));
    CHECK(contains(history.output, "Forward"));
    CHECK(contains(history.output, "ended: Granted"));
    const auto explain = office.run("explain licence/17-01");
    CHECK(contains(explain.output, "Reception: 30 working days (Decision 1690)"));
    CHECK(contains(explain.output, "day off: Labour Day"));
    CHECK(contains(explain.output, " 30  2017-06-08"));
    const auto replay = office.run("replay licence/17-01");
    CHECK(replay.output == "5 steps run again, all digests agree\n");
    CHECK(replay.status == 0);
    const auto vietnamese = office.run("history licence/17-01 --lang vi");
    CHECK(contains(vietnamese.output, "Tiếp nhận: đúng hạn (hạn 2017-06-08)"));
    for (const std::string& text : {show.output, history.output, explain.output}) {
        CHECK_FALSE(contains(text, "\x1b"));
        CHECK_FALSE(contains(text, "\xc2\x9b"));
    }
}

TEST_CASE("an instance that does not exist is an error with status 1") {
    const Office office;
    for (const char* command : {"show", "history", "explain", "replay", "verify"}) {
        const auto result = office.run(std::string(command) + " licence/none");
        CHECK(result.status == 1);
        CHECK(contains(result.errors, "licence/none"));
    }
}

TEST_CASE("verify says that all is as it was written, and keeps anchors outside the store") {
    const Office office;
    const std::string anchors = "'" + office.file("heads.anchor") + "'";
    const auto first = office.run("verify --write-anchor " + anchors);
    CHECK(first.errors == "");
    CHECK(contains(first.output, "1 dossiers, 1 rows of history: 1 run again; all as it was written\n"));
    CHECK(contains(first.output, "1 anchors written to "));
    office.forward();
    const auto later = office.run("verify --anchor " + anchors);
    CHECK(later.status == 0);
    CHECK(contains(later.output, "; 1 anchors agree\n"));
    CHECK(contains(office.run("verify licence/17-01 --lang vi").output, "mọi dòng đúng như khi ghi"));

    // Another store, where less has happened, is told from the one that the anchors were taken of.
    const auto now = office.run("verify --write-anchor " + anchors);
    REQUIRE(now.status == 0);
    const Office fresh;
    const auto cut = fresh.run("verify --anchor " + anchors);
    CHECK(cut.status == 1);
    CHECK(contains(cut.output, "licence/17-01, revision 2: truncated: "));
    const auto json = fresh.run("verify --format json --anchor " + anchors);
    CHECK(contains(json.output, "\"kind\": \"truncated\""));
    CHECK(contains(fresh.run("verify --anchor /nowhere/x").errors, "/nowhere/x"));
    CHECK(contains(fresh.run("verify --anchor README.md").errors, "line 1 is not 'workflow-anchors 1'"));
}
