// The same arguments give the same bytes, and what a store would index is what it should be.
#include <catch2/catch.hpp>

#include <random>

#include "procedure/model.hpp"
#include "record/record.hpp"
#include "support/dossier.hpp"
#include "workflow/index_rows.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

/// One random event after another, each of them possible or not, from a seed.
Event random_event(std::mt19937& random, const Dossier& dossier) {
    static const std::vector<std::string> actions{
        "submit", "agree",   "return",  "ask_units_to_confirm", "accurate", "object",
        "fixed",  "agreed",  "defects", "process_wrong",        "approve",  "return_to_centre",
        "refuse", "withdraw"};
    static const std::vector<Actor> people{actor("lan", "proposing_unit"),
                                           actor("minh", "legal_affairs"),
                                           actor("tuan", "it_centre"),
                                           actor("hoa", "confirming_unit", "culture"),
                                           actor("binh", "confirming_unit", "sports"),
                                           actor("thu", "ministry_leader")};
    const auto rows = index_rows(*dossier.procedure, dossier.calendars, dossier.instance);
    if (!rows.due.empty() && random() % 4 == 0) {
        const DueRow& row = rows.due[random() % rows.due.size()];
        return TimerDue{row.ordinal, row.timer, row.due};
    }
    Perform perform{.action = actions[random() % actions.size()],
                    .actor = people[random() % people.size()]};
    if (random() % 4 == 0) return perform;  // mostly impossible
    // Something that is possible, by whoever may do it, with what it asks for.
    std::vector<Perform> possible;
    for (const Actor& who : people) {
        for (const PermittedAction& open : permitted(*dossier.procedure, dossier.calendars,
                                                     dossier.instance, who, at("2017-04-25"))) {
            const auto& action =
                dossier.procedure->model().states[open.declared_by].actions[open.action];
            if (action.id == "withdraw" && random() % 8 != 0) continue;
            Perform candidate{action.id, who, {}, open.work_item};
            for (const auto& field : action.fields) {
                if (field.required) candidate.fields.emplace_back(field.id, "x");
            }
            possible.push_back(std::move(candidate));
        }
    }
    return possible.empty() ? perform : possible[random() % possible.size()];
}

void check_invariants(const Dossier& dossier) {
    const Instance& instance = dossier.instance;
    for (const Scope& scope : instance.scopes) {
        std::uint32_t standing = 0;
        for (const Token& token : instance.tokens) standing += token.scope == scope.ordinal ? 1 : 0;
        REQUIRE(scope.tokens == standing);
    }
    const auto rows = index_rows(*dossier.procedure, dossier.calendars, instance);
    for (const DueRow& row : rows.due) {
        for (const ClockState& clock : instance.clocks) {
            if (clock.ordinal == row.ordinal) REQUIRE(row.due >= clock.ledger.front().from);
        }
    }
    if (instance.status == Instance::Status::ended) {
        REQUIRE(instance.tokens.empty());
        REQUIRE(instance.clocks.empty());
        REQUIRE(rows.due.empty());
    }
}

}  // namespace

TEST_CASE("step is pure: random events on the onboarding give the same bytes twice") {
    const unsigned seed = 20170425;
    std::mt19937 random(seed);
    CAPTURE(seed);
    std::size_t taken_steps = 0;
    for (int run = 0; run < 60; ++run) {
        Dossier dossier(onboarding());
        Instant now = at("2017-04-25 09:00");
        REQUIRE(dossier.start("2017-04-25 09:00", actor("lan", "proposing_unit"),
                              {{"service_name", "S"}, {"units", List{"culture", "sports"}}}) == "");
        for (int i = 0; i < 60 && dossier.instance.status == Instance::Status::active; ++i) {
            now += std::chrono::hours(random() % 60);
            const Event event = random_event(random, dossier);
            const Outcome first =
                step(*dossier.procedure, dossier.calendars, dossier.instance, event, now);
            const Outcome second =
                step(*dossier.procedure, dossier.calendars, dossier.instance, event, now);
            REQUIRE(first.index() == second.index());
            if (!std::holds_alternative<Step>(first)) continue;
            const auto& a = std::get<Step>(first);
            const auto& b = std::get<Step>(second);
            REQUIRE(record::encode(a.instance) == record::encode(b.instance));
            REQUIRE(a.records == b.records);
            REQUIRE(a.effects == b.effects);
            dossier.instance = a.instance;
            ++taken_steps;
            check_invariants(dossier);
        }
    }
    CHECK(taken_steps > 300);
}
