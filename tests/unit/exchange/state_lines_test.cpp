#include "exchange/state_lines.hpp"

#include <catch2/catch.hpp>

#include "support/pictured.hpp"

using namespace workflow;
using namespace workflow::exchange;
using namespace workflow::testing;

namespace {

using Lines = std::vector<std::string>;

Lines lines(const std::string& state, const char* language = "en", const char* variant = "") {
    const auto procedure = pictured();
    REQUIRE(procedure != nullptr);
    GraphOptions options;
    options.language = language;
    options.variant = variant;
    const Captions captions(procedure->model(), options);
    Lines texts;
    for (const DrawnLine& line : lines_of(captions, find_state(procedure->model(), state))) {
        texts.push_back(line.text);
    }
    return texts;
}

}  // namespace

TEST_CASE("each limit stands above its own moments, also where a state has two") {
    CHECK(lines("handle") == Lines{"Answer: 5 working days", "80 % used: tells Officer, Head",
                                   "every 2 days after due: Head may act, too",
                                   "Notice: 1 working day", "reminder when due",
                                   "every 3 days, 2 times: tells Applicant",
                                   "also possible: Add a note",
                                   "also possible: Call back (Head) – "
                                   "tells Applicant; sends Order placed; more time",
                                   "on: Fee paid, if message.amount < 10 – recorded"});
    CHECK(lines("handle", "vi")[1] == "đã dùng 80 % thời hạn: báo Officer, Head");
}

TEST_CASE("a fixed date and a limit that only the case knows are told apart") {
    CHECK(lines("dated") ==
          Lines{"until Signed on", "By law: until a fixed date", "limit set case by case"});
}

TEST_CASE("a limit that only a variant has is drawn with that variant") {
    CHECK(lines("varied") == Lines{});
    CHECK(lines("varied", "en", "strict") ==
          Lines{"4 working hours", "reminder when due", "reminder after 9 days"});
}

TEST_CASE("a variant that the procedure does not have is a misuse") {
    GraphOptions options;
    options.variant = "none_such";
    CHECK_THROWS_AS(to_dot(*pictured(), options), Error);
    options.variant = "strict";
    CHECK_NOTHROW(to_dot(*pictured(), options));
}

TEST_CASE("what is withdrawn, and what begins again where it stands, is said in the box") {
    CHECK(lines("varied_too") ==
          Lines{"Stop all – withdraws posted", "also possible: Start over – begins again"});
}

TEST_CASE("services, calls, waits and entries are said in words") {
    GraphOptions options;
    const std::string dot = to_dot(*pictured(), options);
    for (const char* words :
         {"service: send by post", "error: no address", "other error", "calls: other procedure",
          "went well", "At the counter", "by post", "on: Fee paid", "waits until Signed on",
          "for each of: Units to ask", "for each little item"}) {
        INFO(words);
        CHECK(dot.find(words) != std::string::npos);
    }
    CHECK(dot.find('_') == dot.find("cluster_") + 7);  // no id stands in the picture
}
