#include <catch2/catch.hpp>

#include "unit/exchange/walk.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

TEST_CASE("a dossier's way is read from its history, in the order of its steps") {
    const Onboarding o = onboarding_model();
    const Trail trail = trail_of(procedure_of(o.model), walk_to_pilot(o));
    using Numbers = std::vector<std::uint32_t>;
    const std::vector<Passage> expected{
        {root_state, o.draft, none, none, Numbers{1}},
        {o.draft, o.appraisal, none, 0, Numbers{2, 4}},
        {o.appraisal, o.draft, none, 1, Numbers{3}},
        {o.appraisal, o.setup, none, 0, Numbers{5}},
        {o.setup, o.units, none, 0, Numbers{6}},
        {o.confirm, none, o.accurate, 0, Numbers{7, 11}},
        {o.confirm, none, o.accurate + 1, 1, Numbers{8}},
        {o.units, o.fix, none, none, Numbers{9}},
        {o.fix, o.units, none, 0, Numbers{10}},
        {o.units, o.pilot, none, none, Numbers{12}},
    };
    CHECK(trail.passages == expected);
    CHECK(trail.visits[o.draft] == 2);
    CHECK(trail.visits[o.confirm] == 3);
    CHECK(trail.visits[o.decide] == 0);
    CHECK(trail.current == std::vector<std::uint32_t>{o.pilot, o.try_out});
    CHECK(trail.late == std::vector<std::uint32_t>{o.setup});
}

TEST_CASE("a way out of a group is the way of the state inside that took it") {
    const Onboarding o = onboarding_model();
    History history = walk_to_pilot(o);
    history.push_back({record(RecordKind::performed, o.try_out, 2),
                       record(RecordKind::left, o.try_out), record(RecordKind::left, o.pilot),
                       record(RecordKind::entered, o.draft)});
    const Trail trail = trail_of(procedure_of(o.model), history);
    CHECK(trail.passages.back() == Passage{o.try_out, o.draft, none, 2, {13}});
    CHECK(trail.current == std::vector<std::uint32_t>{o.draft});
}

TEST_CASE("an action of the procedure ends the way at its outcome") {
    const Onboarding o = onboarding_model();
    const OutcomeIndex withdrawn = 2;
    const History history{
        begin_at(o.draft),
        {record(RecordKind::performed, root_state, 0), record(RecordKind::cancelled, o.draft),
         record(RecordKind::ended, no_index, no_index, withdrawn)}};
    const Trail trail = trail_of(procedure_of(o.model), history);
    CHECK(trail.passages.back() == Passage{root_state, none, withdrawn, 0, {2}});
    CHECK(trail.current.empty());
}

TEST_CASE("the tokens of the instance say where the dossier stands") {
    const Onboarding o = onboarding_model();
    Instance instance;
    instance.tokens.resize(2);
    instance.tokens[0].state = o.fix;
    instance.tokens[1].state = 4'000'000'000U;  // of another version: passed over
    const Trail trail = trail_of(procedure_of(o.model), walk_to_pilot(o), &instance);
    CHECK(trail.current == std::vector<std::uint32_t>{o.fix});
}

TEST_CASE("records with numbers that the procedure does not have are passed over") {
    const Onboarding o = onboarding_model();
    const Procedure procedure = procedure_of(o.model);
    for (int kind = 0; kind < 40; ++kind) {
        const History history{{record(static_cast<RecordKind>(kind), 77, 77, 77),
                               record(RecordKind::left, 78), record(RecordKind::entered, 79),
                               record(RecordKind::ended, 80, 81, 82)}};
        const Trail trail = trail_of(procedure, history);
        GraphOptions options;
        options.trail = &trail;
        CHECK_FALSE(to_dot(procedure, options).empty());
        CHECK_FALSE(to_mermaid(procedure, options).empty());
    }
}

TEST_CASE("a trail of another procedure draws without harm") {
    const Onboarding o = onboarding_model();
    Trail trail;
    trail.visits = {1};
    trail.current = {99};
    trail.late = {99};
    trail.passages = {{99, 98, 97, 96, {1}}, {0, none, none, none, {}}, {0, 98, 0, 0, {2}}};
    GraphOptions options;
    options.trail = &trail;
    CHECK_FALSE(to_dot(procedure_of(o.model), options).empty());
}
