#include "simulation/office.hpp"

#include <algorithm>

#include "interpreter/step_in_place.hpp"
#include "procedure/model.hpp"
#include "simulation/hours.hpp"
#include "workflow/error.hpp"

namespace workflow::simulation {
namespace {

/// More than that does not happen at one instant.
constexpr std::uint64_t at_once_max = 1'000'000;

/// Dossiers that were under way before have numbers from here on.
constexpr std::uint64_t first_open = std::uint64_t{1} << 48U;

}  // namespace

Office::Office(const Assumptions& assumptions, const Run& run)
    : assumptions_(assumptions),
      run_(run),
      procedure_(*assumptions.procedure),
      calendar_(assumptions.calendar()),
      places_(places_of(assumptions)),
      staff_(assumptions,
             [this](std::size_t person, const Waiting& item) { return allows(person, item); }),
      arrival_times_(assumptions, run.seed, run.replication),
      tally_(assumptions),
      now_(assumptions.begins),
      open_(calendar_.working_time_before(now_)),
      expected_back_(assumptions.people.size()),
      start_(first_event()) {
    for (const Person& who : assumptions.people) {
        acts_.emplace_back(Perform{{}, {who.id, who.roles, who.units, {}}, {}, std::nullopt});
    }
    tally_.counted().open.resize(run.open.size());
    for (std::size_t i = 0; i < run.open.size(); ++i) take_over(run.open[i], first_open + i);
    expect_arrival();
}

double Office::hours(Instant from, Instant to) const {
    return hours_of(calendar_.working_time(from, to));
}

Instant Office::after_hours(double hours) const {
    return calendar_.add_working_time(now_, of_hours(hours));
}

bool Office::go_on() {
    while (!agenda_.is_empty()) {
        const Happening next = agenda_.take();
        if (next.kind == Kind::back) expected_back_[next.number] = false;
        Dossier* const dossier = dossiers_.find(next.slot, next.dossier);
        if (!is_current(next, dossier)) continue;
        pass_until(next.at);
        happen(next, dossier);
        return true;
    }
    return false;
}

Replication Office::take() {
    const Dossier* first = nullptr;
    dossiers_.each([&](const Dossier& dossier) {
        if (!is_counted(dossier)) return;
        ++tally_.counted().left;
        if (first == nullptr || dossier.number < first->number) first = &dossier;
    });
    if (first != nullptr) {
        std::uint32_t deepest = 0;
        for (const Token& token : first->instance.tokens) {
            if (token.open_scopes == 0) deepest = token.state;
        }
        tally_.counted().first_left = procedure_.state(deepest).id;
    }
    Replication result = tally_.take();
    for (std::size_t person = 0; person < result.people.size(); ++person) {
        const Instant from = calendar_.add_working_time(
            assumptions_.begins, of_hours(std::max(0.0, tally_.hours() - result.hours)));
        result.people[person].present_hours =
            hours_of(staff_.presence(person).work_between(from, now_));
    }
    return result;
}

void Office::take_over(const Instance& open, std::uint64_t number) {
    Dossier& dossier = dossiers_.begin(number);
    tally_.dossier_begins();
    dossier.instance = open;
    dossier.arrived = open.started;
    dossier.arrived_open = calendar_.working_time_before(open.started);
    ++tally_.counted().arrived;
    for (const ClockState& clock : open.clocks) {
        if (clock.ledger.empty()) continue;
        dossier.clocks.push_back({clock.owner, clock.clock, clock.ledger.front().from});
    }
    for (const Awaited& one : open.awaited) {
        const auto token = std::find_if(open.tokens.begin(), open.tokens.end(),
                                        [&](const Token& at) { return at.ordinal == one.token; });
        if (token == open.tokens.end()) continue;
        if (one.child.empty()) {
            expect_answer(dossier, token->state, one.token, one.attempt);
        } else {
            expect_end_of_call(dossier, token->state, one.token);
        }
    }
    look_at(dossier);
}

void Office::expect_arrival() {
    if (arrivals_ == run_.dossiers) return;
    const auto at = arrival_times_.next();
    if (!at || (run_.until && *at > *run_.until)) return;
    agenda_.expect({.at = std::max(*at, now_), .kind = Kind::arrival, .dossier = arrivals_++});
}

void Office::expect(const Dossier& dossier, Kind kind, Instant at, Ordinal ordinal,
                    std::uint64_t number) {
    agenda_.expect({.at = at,
                    .kind = kind,
                    .slot = dossier.slot,
                    .dossier = dossier.number,
                    .ordinal = ordinal,
                    .number = number});
}

/// Null: it has none, or none that is under way.
bool Office::is_current(const Happening& next, Dossier* known) const {
    if (next.kind == Kind::arrival) return true;
    if (next.kind == Kind::back) return staff_.is_wanted(next.number);
    if (known == nullptr) return false;
    Dossier& dossier = *known;
    if (next.kind == Kind::timer) return dossier.timer && dossier.timer_age == next.number;
    if (next.kind == Kind::answer || next.kind == Kind::ended) return is_awaited(dossier, next);
    if (next.kind == Kind::message) return is_subscribed(dossier, next);
    if (next.kind == Kind::occasion) return is_inside(dossier, next);
    const Item* const item = dossier.item(next.ordinal);
    const auto phase = next.kind == Kind::ready ? Item::Phase::pending : Item::Phase::at_work;
    return item != nullptr && item->phase == phase && item->work == next.number;
}

void Office::pass_until(Instant at) {
    happened_at_once_ = at == now_ ? happened_at_once_ + 1 : 0;
    if (happened_at_once_ > at_once_max) {
        throw Error(ErrorCode::limit,
                    "time stands still at " + to_short_string(now_, calendar_.offset()) +
                        ": some action leads back to its own task without effort; give its "
                        "state an effort");
    }
    const auto open = at == now_ ? open_ : calendar_.working_time_before(at);
    tally_.pass(hours_of(open - open_));
    now_ = at;
    open_ = open;
}

void Office::happen(const Happening& next, Dossier* known) {
    if (next.kind == Kind::arrival) return arrive(next.dossier);
    if (next.kind == Kind::back) return come_back(next.number);
    Dossier& dossier = *known;
    switch (next.kind) {
        case Kind::timer:
            fire(dossier);
            break;
        case Kind::answer:
            answer(next, dossier);
            break;
        case Kind::ended:
            end_call(next, dossier);
            break;
        case Kind::message:
            bring_message(next, dossier);
            break;
        case Kind::occasion:
            act(next, dossier);
            break;
        case Kind::ready:
            offer(dossier, *dossier.item(next.ordinal));
            break;
        case Kind::done:
            finish_work(next, dossier);
            break;
        case Kind::arrival:
        case Kind::back:
            break;
    }
}

/// A timer that comes again and again until the days of the calendar are over wakes nobody: the dossier waits
/// for something that never comes.
void Office::fire(Dossier& dossier) {
    const TimerDue due{dossier.timer->ordinal, dossier.timer->timer, dossier.timer->due};
    try {
        if (const auto refused = take(dossier, due)) {
            throw Error(ErrorCode::internal, refused->reason());
        }
    } catch (const Error& error) {
        if (error.code() != ErrorCode::limit) throw;
        dossier.timer.reset();
        ++dossier.timer_age;
    }
}

void Office::arrive(std::uint64_t number) {
    if (number == run_.warm_up) tally_.forget_warm_up();
    Dossier& dossier = dossiers_.begin(number);
    tally_.dossier_begins();
    if (is_counted(dossier)) ++tally_.counted().arrived;
    dossier.arrived = now_;
    dossier.arrived_open = open_;
    dossier.instance.id = procedure_.id();
    dossier.instance.id += '/';
    dossier.instance.id += std::to_string(number + 1);
    std::get<Start>(start_).data = data_of(dossier);
    expect_arrival();
    if (const auto refused = take(dossier, start_)) {
        throw Error(ErrorCode::misuse,
                    "no dossier of '" + procedure_.id() + "' starts so: " + refused->reason());
    }
}

Start Office::first_event() const {
    const Person& applicant = assumptions_.applicant;
    Start start{.actor = {applicant.id, applicant.roles, applicant.units, {}},
                .data = {},
                .variant = assumptions_.variant,
                .entry = assumptions_.entry};
    start.calendar = calendar_.digest();
    for (const std::string& other : procedure_.more_calendars()) {
        start.more_calendars.push_back(assumptions_.calendars.latest(other)->digest());
    }
    return start;
}

FieldValues Office::data_of(const Dossier& dossier) const {
    const procedure::Model& model = procedure_.model();
    if (model.data.empty() && assumptions_.data.empty()) return {};
    const auto& input = input_of(model, assumptions_.entry);
    std::vector<WantedField> wanted;
    for (procedure::FieldIndex index = 0; index < model.data.size(); ++index) {
        const procedure::Field& field = model.data[index];
        const bool is_asked = std::find(input.begin(), input.end(), index) != input.end();
        wanted.push_back({&field.id, &field.type, is_asked && field.initial.is_null()});
    }
    Instance before;
    for (const procedure::Field& field : model.data) before.data.push_back(field.initial);
    return values_of({assumptions_, before, now_}, assumptions_.data, wanted, draws("data", dossier));
}

std::optional<Refusal> Office::take(Dossier& dossier, const Event& event,
                                    const interpreter::Offer* offer) {
    if (auto refusal = step_of(dossier.instance, event, offer)) return refusal;
    for (const Record& record : records_) note(dossier, record);
    expect_effects(dossier, effects_);
    look_at(dossier);
    return std::nullopt;
}

/// After a refusal or an error the instance is as it was before.
std::optional<Refusal> Office::step_of(Instance& instance, const Event& event,
                                       const interpreter::Offer* offer) {
    const bool is_new = instance.status == Instance::Status::created;  // the end, if it is refused
    if (!is_new) before_ = instance;
    records_.clear();
    effects_.clear();
    try {
        const interpreter::Taken taken{records_, effects_};
        auto refusal =
            offer == nullptr
                ? interpreter::step_in_place(procedure_, assumptions_.calendars, instance, taken, event, now_)
                : interpreter::perform_in_place(procedure_, assumptions_.calendars, instance, taken,
                                                std::get<Perform>(event), *offer, now_);
        if (refusal && !is_new) std::swap(instance, before_);
        return refusal;
    } catch (...) {
        if (!is_new) std::swap(instance, before_);
        throw;
    }
}

void Office::note(Dossier& dossier, const Record& record) {
    if (record.kind == RecordKind::clock_started) {
        dossier.clocks.push_back({record.token, record.subject, record.at});
    } else if (record.kind == RecordKind::clock_ended) {
        note_clock_end(dossier, record);
    }
    if (record.kind == RecordKind::started) expect_occasional(dossier, 0, 0);
    if (record.kind == RecordKind::entered) expect_occasional(dossier, record.state, record.token);
    if (is_counted(dossier)) {
        if (record.kind == RecordKind::entered) ++tally_.counted().states[record.state].entered;
        if (record.kind == RecordKind::incident_opened) ++tally_.counted().incidents;
    }
}

void Office::note_clock_end(Dossier& dossier, const Record& record) {
    const auto begun = std::find_if(dossier.clocks.begin(), dossier.clocks.end(), [&](const auto& one) {
        return one.owner == record.token && one.clock == record.subject;
    });
    const Instant since = begun == dossier.clocks.end() ? record.at : begun->at;
    if (begun != dossier.clocks.end()) dossier.clocks.erase(begun);
    const auto result = static_cast<ClockResult>(record.outcome);
    if (result == ClockResult::late) dossier.late = true;
    if (!is_counted(dossier)) return;
    std::uint64_t ClockResultCounts::*const counter =
        result == ClockResult::early     ? &ClockResultCounts::early
        : result == ClockResult::on_time ? &ClockResultCounts::on_time
        : result == ClockResult::late    ? &ClockResultCounts::late
                                         : nullptr;
    if (counter == nullptr) return;
    ClockResultCounts& counts = tally_.counted().clocks[procedure_.clock(record.subject).id];
    ++(counts.*counter);
    counts.used.add(hours(since, record.at));
}

void Office::note_unable(const Dossier& dossier, const std::string& why) {
    if (!is_counted(dossier)) return;
    Replication& counted = tally_.counted();
    if (counted.unable++ == 0) counted.first_unable = why;
}

void Office::look_at(Dossier& dossier) {
    if (dossier.instance.status == Instance::Status::ended) return end(dossier);
    index_rows(procedure_, assumptions_.calendars, dossier.instance, rows_);
    look_at_work(dossier, rows_.work);
    look_at_timers(dossier, rows_.due);
    if (!dossier.instance.subscriptions.empty() || !dossier.subscribed.empty()) {
        expect_messages(dossier);
    }
}

void Office::look_at_timers(Dossier& dossier, const std::vector<DueRow>& due) {
    const auto first = std::min_element(due.begin(), due.end());
    const std::optional<DueRow> timer = first == due.end() ? std::nullopt : std::optional(*first);
    if (timer == dossier.timer) return;
    dossier.timer = timer;
    ++dossier.timer_age;
    if (timer) {
        expect(dossier, Kind::timer, std::max(timer->due, now_), timer->ordinal, dossier.timer_age);
    }
}

void Office::end(Dossier& dossier) {
    withdraw_items(dossier, {});
    ++ended_;
    if (is_counted(dossier)) {
        Replication& counted = tally_.counted();
        const Instance& instance = dossier.instance;
        std::string outcome = instance.cancelled             ? "cancelled"
                              : instance.outcome == no_index ? std::string()
                                                             : procedure_.outcome(instance.outcome).id;
        const double lead = hours_since(dossier.arrived_open);
        ++counted.ended;
        counted.lead.add(lead);
        counted.worked.add(dossier.worked);
        OutcomeResult& of_outcome = counted.outcomes[outcome];
        ++of_outcome.count;
        of_outcome.lead.add(lead);
        if (dossier.number >= first_open) {
            OpenResult& open = counted.open[dossier.number - first_open];
            ++open.ended;
            open.late += dossier.late ? 1U : 0U;
            open.left.add(hours(assumptions_.begins, now_));
        }
        if (run_.on_end) {
            run_.on_end({.dossier = dossier.number,
                         .started = dossier.arrived,
                         .ended = now_,
                         .lead = lead,
                         .outcome = std::move(outcome),
                         .late = dossier.late,
                         .stages = std::move(dossier.stages)});
        }
    }
    dossiers_.end(dossier);
    tally_.dossier_ends();
}

}  // namespace workflow::simulation
