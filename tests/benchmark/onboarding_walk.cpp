#include "benchmark/onboarding_walk.hpp"

namespace workflow::benchmarks {
namespace {

Instant at(const char* text) {
    return parse_instant(text, UtcOffset(std::chrono::hours(7))).value();
}

Actor officer(const char* id, const char* role, std::vector<std::string> units = {}) {
    return {.id = id, .roles = {role}, .units = std::move(units)};
}

WalkStep confirmation(const std::string& unit, Instant now) {
    return {"accurate." + unit,
            {.action = "accurate",
             .actor = {.id = "head-of-" + unit, .roles = {"confirming_unit"}, .units = {unit}}},
            now};
}

}  // namespace

Walk onboarding_walk() {
    const Actor proposer = officer("lan", "proposing_unit");
    const Actor lawyer = officer("minh", "legal_affairs");
    const Actor engineer = officer("hung", "it_centre");
    const Actor leader = officer("thu", "ministry_leader");
    const FieldValues opinion{{"opinion", "opinion-12.pdf"}};
    const FieldValues submission{{"submission", "submission-7.pdf"}};
    return {.starter = proposer,
            .data = {{"service_name", "Licence for a museum"},
                     {"units", List{"culture", "tourism", "sport"}}},
            .started = at("2017-04-17 08:30"),
            .steps = {
                {"submit",
                 {"submit", proposer, {{"draft", "draft-3.pdf"}}, {}},
                 at("2017-04-18 09:00")},
                {"agree", {"agree", lawyer, opinion, {}}, at("2017-04-25 10:00")},
                {"ask_units_to_confirm",
                 {"ask_units_to_confirm", engineer, {}, {}},
                 at("2017-05-20 14:00")},
                confirmation("culture", at("2017-05-22 08:30")),
                confirmation("tourism", at("2017-05-23 09:30")),
                confirmation("sport", at("2017-05-24 10:30")),
                {"agreed", {"agreed", engineer, {}, {}}, at("2017-05-30 11:00")},
                {"submit_to_leaders", {"submit", engineer, submission, {}}, at("2017-06-01 09:00")},
                {"approve", {"approve", leader, {}, {}}, at("2017-06-05 16:00")},
            }};
}

std::string procedures_folder() {
    return WORKFLOW_SOURCE_DIR "/procedures";
}

}  // namespace workflow::benchmarks
