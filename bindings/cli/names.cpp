#include "names.hpp"

#include "days.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::cli {
namespace {

/// What stands in front of `ending`, as a limit.
std::optional<Limit> limit_before(std::string_view label, std::string_view ending) {
    if (label.size() < ending.size()) return std::nullopt;
    if (label.substr(label.size() - ending.size()) != ending) return std::nullopt;
    return parse_limit(label.substr(0, label.size() - ending.size()));
}

}  // namespace

Names::Names(const InstanceView& view, std::shared_ptr<const Procedure> procedure,
             const Session& session)
    : procedure_(std::move(procedure)), calendar_(view.calendar), language_(session.language) {}

std::string Names::called(const Named& named) const {
    const std::string& title = named.title.in(language_);
    return printable(title.empty() ? named.id : title);
}

std::string Names::procedure() const {
    return called({procedure_->id(), procedure_->title()});
}

std::string Names::state(std::uint32_t state) const {
    return state == 0 ? procedure() : called(procedure_->state(state));
}

std::string Names::activation(const Instance& instance, Ordinal ordinal,
                              std::uint32_t of_state) const {
    for (const Token& token : instance.tokens) {
        const bool named = token.ordinal == ordinal && token.for_whom.open().text() != nullptr;
        if (named) return state(of_state) + " (" + value(token.for_whom) + ")";
    }
    return state(of_state);
}

std::string Names::door(std::uint32_t door) const {
    return procedure_->door(door);
}

std::string Names::action(std::uint32_t state, std::uint32_t action) const {
    return called(procedure_->action(state, action));
}

std::string Names::role(std::uint32_t role) const {
    return called(procedure_->role(role));
}

std::string Names::role_of_id(const std::string& id) const {
    const std::vector<std::string> ids = procedure_->role_ids();
    for (std::uint32_t i = 0; i < ids.size(); ++i) {
        if (ids[i] == id) return role(i);
    }
    return printable(id);
}

std::string Names::outer_status(std::uint32_t status) const {
    return called(procedure_->outer_status(status));
}

std::string Names::outcome(std::uint32_t outcome) const {
    if (outcome == no_index) return std::string(words::no_outcome.in(language_));
    return called(procedure_->outcome(outcome));
}

std::string Names::field(std::uint32_t field) const {
    return called(procedure_->field(field));
}

std::string Names::message(std::uint32_t message) const {
    return called(procedure_->message(message));
}

std::string Names::clock(std::uint32_t clock) const {
    const Named named = procedure_->clock(clock);
    if (!named.title.empty()) return called(named);
    const std::uint32_t number = procedure_->clock_owner(clock);
    const std::string owner =
        number == 0 ? std::string(words::whole_procedure.in(language_)) : state(number);
    // One of several of its owner has an id of its own.
    const std::string usual = number == 0 ? "procedure" : procedure_->state(number).id;
    return named.id == usual ? owner : words::clock_of.in(language_, printable(named.id), owner);
}

std::string Names::moment(std::uint32_t clock, std::uint32_t moment) const {
    const std::string label = procedure_->moment_label(clock, moment);
    if (label == "due") return std::string(words::moment_due.in(language_));
    if (const auto before = limit_before(label, " before")) {
        return words::moment_before.in(language_, limit_text(*before, language_));
    }
    std::string_view repeated = label;
    if (repeated.substr(0, 6) == "every ") repeated.remove_prefix(6);
    if (const auto after = limit_before(repeated, " after")) {
        const Word& word =
            repeated.size() < label.size() ? words::moment_every : words::moment_after;
        return word.in(language_, limit_text(*after, language_));
    }
    if (repeated.size() < label.size()) return printable(label);  // the rule of a date
    return words::moment_share.in(language_, printable(label));
}

std::string Names::result(ClockResult result) const {
    return std::string(word_of(result).in(language_));
}

std::string Names::value(const Value& value) const {
    if (const std::string* text = value.text()) return printable(*text);
    return printable(to_string(value, calendar_->offset()));
}

std::string Names::instant(Instant instant) const {
    return to_short_string(instant, calendar_->offset());
}

std::string Names::subject(const Redated& moved) const {
    if (moved.clock != no_index) return clock(moved.clock);
    return words::timer_of.in(language_, state(moved.state));
}

std::string Names::due(Instant instant) const {
    // 24:00 is the end of a day and the beginning of the next: people are shown the former.
    const Day day = calendar_->day_of(instant - std::chrono::milliseconds(1));
    const bool covered = day >= calendar_->first() && day <= calendar_->last();
    const bool ends_day = covered && calendar_->end_of_day(day) == instant;
    return ends_day ? to_string(day) : this->instant(instant);
}

const Word& word_of(ClockResult result) {
    switch (result) {
        case ClockResult::early:
            return words::early;
        case ClockResult::on_time:
            return words::on_time;
        case ClockResult::late:
            return words::late;
        case ClockResult::waiting:
            return words::waiting;
        case ClockResult::in_time:
            return words::in_time;
        case ClockResult::running_late:
            return words::running_late;
        case ClockResult::not_reached:
            return words::not_reached;
    }
    return words::late;
}

const Names& NamesByVersion::of(const Digest& procedure) {
    const auto known = names_.find(procedure);
    if (known != names_.end()) return known->second;
    return names_.emplace(procedure, Names(view_, engine_.procedure(procedure), session_))
        .first->second;
}

}  // namespace workflow::cli
