#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

const std::string petitions = "procedures/petition_handling/procedure.yaml";

/// A store with the licence procedure and one dossier that has been forwarded.
class Office {
public:
    Office() {
        REQUIRE(run("load procedures/calendars/vn-state.yaml " + fixture("licence.yaml")).status ==
                0);
        REQUIRE(run("start licence 17-01 --as lan --role clerk --at 2017-04-25T09:00 "
                    "--data '{\"units\": [\"culture\"]}'")
                    .status == 0);
        REQUIRE(run("perform licence/17-01 forward --as lan --role clerk --at 2017-04-26T09:00 "
                    "--fields '{\"note\": \"x\"}'")
                    .status == 0);
    }

    [[nodiscard]] ToolResult run(const std::string& command) const {
        return run_tool(command + " --store 'sqlite:" + folder_.file("dossiers.db") + "'");
    }

private:
    TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("graph draws the limits of the variant that is named") {
    const auto plain = run_tool("graph " + petitions + " --format mermaid");
    const auto national = run_tool("graph " + petitions + " --format mermaid --variant national");
    CHECK(plain.status == 0);
    CHECK(national.status == 0);
    // Decision 766: 15 working days from forwarding; else 7.
    CHECK(contains(plain.output, "7 working days"));
    CHECK_FALSE(contains(plain.output, "15 working days"));
    CHECK(contains(national.output, "15 working days"));
    CHECK(contains(national.output, "variant#58; National petition system"));
}

TEST_CASE("graph refuses a variant that the procedure does not have, and says where they stand") {
    const auto english = run_tool("graph " + petitions + " --format dot --variant nationl");
    CHECK(english.status == 1);
    CHECK(english.output.empty());
    CHECK(contains(english.errors, "no variant 'nationl'"));
    CHECK(contains(english.errors, "'variants'"));
    const auto vietnamese =
        run_tool("graph " + petitions + " --format dot --variant nationl --lang vi");
    CHECK(contains(vietnamese.errors, "không có phương án 'nationl'"));
}

TEST_CASE("graph of a dossier shows where it stands and the way that it took") {
    const Office office;
    const auto drawn = office.run("graph --format dot --instance licence/17-01");
    CHECK(drawn.errors == "");
    CHECK(drawn.status == 0);
    CHECK(contains(drawn.output, "dossier licence/17-01"));
    CHECK(contains(drawn.output, "now here"));
    CHECK(contains(drawn.output, "<B> 2 </B>"));
    const auto vietnamese = office.run(
        "graph --format mermaid --lang vi --instance licence/17-01 " + fixture("licence.yaml"));
    CHECK(contains(vietnamese.output, "đang ở đây"));
    CHECK(contains(vietnamese.output, "hồ sơ licence"));
}

TEST_CASE("graph says what is missing or does not go together") {
    const Office office;
    const auto nothing = run_tool("graph --format dot");
    CHECK(nothing.status == 2);
    CHECK(contains(nothing.errors, "give the FILE of a procedure, or --store and --instance"));
    const auto both = office.run("graph --format dot --instance licence/17-01 --variant a");
    CHECK(both.status == 2);
    CHECK(contains(both.errors, "leave it out"));
    const auto other = office.run("graph --format dot --instance licence/17-01 " + petitions);
    CHECK(other.status == 1);
    CHECK(contains(other.errors, "is the file of 'petition_handling'"));
    const auto none = office.run("graph --format dot --instance licence/none");
    CHECK(none.status == 1);
    CHECK(contains(none.errors, "licence/none"));
    CHECK(run_tool("graph --format dot --instance licence/17-01").status == 2);  // which store?
}
