// Every question has the right answer on 100,000 dossiers; WORKFLOW_MANY gives another number.
#include <cstdlib>
#include <deque>
#include <future>
#include <iostream>
#include <map>
#include <set>

#include "unit/engine/office.hpp"
#include "workflow/limits.hpp"
#include "workflow/services.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const char* const permits = R"(
procedure: permits
version: 1
title: Permits
calendar: vn-state
roles: {officer: Officer, head: Head}
data: {time: limit, unit: text}
input: [time, unit]
states:
  check:
    task: {role: officer, for: unit}
    sla: {limit: time, moments: {due: {notify: head}}}
    actions: {agree: sign}
  sign: {task: head, actions: {sign: {end: done}}}
outcomes: {done: Done}
)";

constexpr int units = 5;
constexpr int longest = 20;  ///< working days
constexpr int signed_each = 10;

int number_of_dossiers() {
    const char* text = std::getenv("WORKFLOW_MANY");
    return text == nullptr ? 100'000 : std::atoi(text);
}

std::string unit_of(int dossier) {
    return "unit" + std::to_string(dossier % units);
}
int days_of(int dossier) {
    return 1 + dossier / units % longest;
}

/// Waits for all of them; the engine shares a commit between those that are under way.
class Calls {
public:
    explicit Calls(Engine& engine) : service_(engine) { service_.start(1); }
    void start(int dossier) {
        keep(service_.start_later(
            {"permits",
             std::to_string(dossier),
             actor("lan", "clerk"),
             {{"time", std::to_string(days_of(dossier)) + " working days"},
              {"unit", unit_of(dossier)}},
             {}}));
    }
    void agree(int dossier) {
        keep(service_.perform_later("permits/" + std::to_string(dossier),
                                    {"agree", actor("an", "officer", unit_of(dossier)), {}, {}}));
    }
    void finish() {
        while (!answers_.empty()) take();
    }

private:
    void keep(std::future<Answer> answer) {
        answers_.push_back(std::move(answer));
        if (answers_.size() > 1'000) take();
    }
    void take() {
        const Answer answer = answers_.front().get();
        answers_.pop_front();
        if (!std::holds_alternative<Done>(answer)) FAIL(std::get<Refusal>(answer).reason());
    }

    CommitService service_;
    std::deque<std::future<Answer>> answers_;
};

/// All pages of what waits for the actor: each once, what is due first before the rest.
std::size_t listed(Engine& engine, const Actor& who, const WorkFilter& filter = {}) {
    std::set<std::string> seen;
    Instant last = Instant::min();
    for (WorkPage page; !page.finished;) {
        page = engine.worklist(who, filter, page.cursor, limits::page_rows_max);
        for (const WorkItem& item : page.items) {
            if (!seen.insert(item.instance).second) FAIL(item.instance << " is listed twice");
            const Instant due = item.due.value_or(Instant::max());
            if (due < last) FAIL(item.instance << " stands behind what is due later");
            last = due;
        }
    }
    return seen.size();
}

}  // namespace

TEST_CASE("lists, timers and the feed are right on very many dossiers") {
    const int dossiers = number_of_dossiers();
    const auto count = [&](const auto& condition) {
        std::size_t number = 0;
        for (int i = 0; i < dossiers; ++i) number += condition(i) ? 1 : 0;
        return number;
    };
    const auto is_signed = [](int dossier) { return dossier % signed_each == 0; };
    const TemporaryFolder folder;
    const auto clock = std::make_shared<VirtualClock>(at("2017-04-25 09:00"));
    SqliteOptions options;
    options.synchronous = SqliteOptions::Synchronous::off;  // nothing is cut off here
    const std::shared_ptr<Store> store = open_sqlite_store(folder.file("store.db"), options);
    Engine engine(store, clock);
    engine.register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
    engine.register_procedure(load_procedure(permits, "permits.yaml"));
    {
        Calls calls(engine);
        for (int i = 0; i < dossiers; ++i) calls.start(i);
        calls.finish();
        for (int i = 0; i < dossiers; i += signed_each) calls.agree(i);
        calls.finish();
    }
    const std::size_t begun = count([](int) { return true; });
    const std::size_t agreed = count(is_signed);

    std::size_t ids = 0;
    std::string last;
    for (bool more = true; more;) {
        const auto page = engine.instances(last, limits::page_rows_max);
        for (const std::string& id : page) {
            if (id <= last) FAIL(id << " stands out of order");
            last = id;
        }
        ids += page.size();
        more = page.size() == limits::page_rows_max;
    }
    CHECK(ids == begun);

    for (int unit = 0; unit < units; ++unit) {
        const Actor officer = actor("an", "officer", "unit" + std::to_string(unit));
        CHECK(listed(engine, officer) ==
              count([&](int i) { return i % units == unit && !is_signed(i); }));
    }
    CHECK(listed(engine, actor("minh", "head")) == agreed);
    CHECK(listed(engine, actor("an", "officer")) == 0);  // of no unit

    // On 5 May those of up to six working days are over: 29 April to 2 May are off.
    clock->set(at("2017-05-05 18:00"));
    const auto is_over = [&](int i) {
        if (is_signed(i)) return false;
        const Instance instance = engine.get("permits/" + std::to_string(i)).instance;
        return !instance.clocks.front().fired.empty();
    };
    std::size_t due = 0;
    {
        const auto transaction = store->begin(Store::Access::read);
        std::optional<StoredDue> after;
        while (true) {
            const auto rows = transaction->due(clock->now().time_since_epoch().count(), after,
                                               limits::page_rows_max);
            due += rows.size();
            if (rows.size() < limits::page_rows_max) break;
            after = rows.back();
        }
    }
    const DueReport report = engine.run_due();
    CHECK(report.failed.empty());
    CHECK(report.fired == due);
    CHECK(due == count([&](int i) { return !is_signed(i) && days_of(i) <= 6; }));
    CHECK(*engine.next_due() > clock->now());
    CHECK(count(is_over) == due);
    WorkFilter overdue;
    overdue.overdue = true;
    std::size_t late = 0;
    for (int unit = 0; unit < units; ++unit) {
        late += listed(engine, actor("an", "officer", "unit" + std::to_string(unit)), overdue);
    }
    CHECK(late == due);

    std::map<std::string, Revision> revisions;
    std::size_t steps = 0;
    for (ChangePage page; !page.finished;) {
        page = engine.changes(page.cursor, limits::page_rows_max);
        for (const CommittedStep& change : page.changes) {
            if (change.entry.revision != ++revisions[change.instance]) {
                FAIL(change.instance << " has a step too many or too few");
            }
        }
        steps += page.changes.size();
    }
    CHECK(steps == begun + agreed + due);
    CHECK(engine.incidents().items.empty());
    std::cout << dossiers << " dossiers, " << steps << " steps, " << due << " timers\n";
}
