// A history run again agrees, and whatever was changed behind the engine's back is found.
#include "record/record.hpp"
#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");

void walk(Office& office) {
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    office.set("2017-05-03 08:00");
    REQUIRE(office.engine->run_due().fired == 1);
    REQUIRE(office.perform("two_steps/1", officer, "go", {{"note", "ok"}}) == "done");
    REQUIRE(office.perform("two_steps/1", actor("chi", "head"), "done") == "done");
}

}  // namespace

TEST_CASE("a whole history runs again to the same digests") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    walk(office);
    office.reopen();
    const ReplayReport report = office.engine->replay("two_steps/1");
    CHECK(report.agrees());
    CHECK(report.steps == 4);
    CHECK(report.difference.empty());
}

TEST_CASE("an instance changed in the store is found") {
    Office office;
    walk(office);
    const auto transaction = office.store->begin(Store::Access::write);
    const auto row = transaction->instance("two_steps/1");
    Instance instance = record::decode_instance(std::string_view(row->body).substr(32), {});
    instance.data[0] = "forged";
    transaction->put_instance("two_steps/1", row->revision,
                              {row->revision, row->body.substr(0, 32) + record::encode(instance)});
    transaction->commit();
    const ReplayReport report = office.engine->replay("two_steps/1");
    CHECK_FALSE(report.agrees());
    CHECK(report.first_difference == Revision{4});
    CHECK(report.difference == "the stored instance differs from the end of its history");
}

TEST_CASE("a history row whose actor was changed is found") {
    // The rows are rewritten into another store, one of them forged.
    Office office;
    walk(office);
    const auto rows = [&] {
        return office.store->begin(Store::Access::read)->history("two_steps/1", 0, 100);
    }();
    const auto forged_store = std::shared_ptr<Store>(make_memory_store());
    const auto transaction = forged_store->begin(Store::Access::write);
    for (const auto& definition : office.store->begin(Store::Access::read)->definitions()) {
        transaction->put_definition(definition);
    }
    for (const auto& row : rows) {
        HistoryEntry entry = record::decode_history(row.body, {});
        if (entry.revision == 3) std::get<Perform>(entry.event).actor.id = "somebody else";
        transaction->append_history("two_steps/1", {row.revision, record::encode(entry)});
    }
    const auto instance = office.store->begin(Store::Access::read)->instance("two_steps/1");
    transaction->put_instance("two_steps/1", 0, *instance);
    transaction->commit();
    Engine engine(forged_store, office.clock);
    const ReplayReport report = engine.replay("two_steps/1");
    CHECK_FALSE(report.agrees());
    CHECK(report.first_difference == Revision{4});  // the row after it is chained to another
}

TEST_CASE("explain derives every deadline again, of what has ended too") {
    Office office;
    walk(office);
    const auto clocks = office.engine->explain("two_steps/1");
    REQUIRE(clocks.size() == 2);
    CHECK(clocks[0].ended);
    REQUIRE(clocks[0].derivation);
    CHECK(to_string(clocks[0].derivation->deadline.date) == "2017-05-04");
    std::int64_t counted = 0;
    for (const ExplainedDay& day : clocks[0].derivation->days) {
        if (day.kind == ExplainedDay::Kind::counted) counted = day.number;
    }
    CHECK(counted == 5);
    CHECK(to_string(clocks[1].derivation->deadline.date) == "2017-05-05");
}
