#include "scenario/observation.hpp"

#include <algorithm>
#include <span>

#include "procedure/model.hpp"

namespace workflow::scenario {
namespace {

using Kind = Expectation::Kind;
using Words = std::vector<std::string>;

Words in_order(Words words) {
    std::sort(words.begin(), words.end());
    return words;
}

Words each_once(Words words) {
    words = in_order(std::move(words));
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

class Observer {
public:
    Observer(const Dossier& dossier, const Script& script, Instant now)
        : dossier_(dossier),
          life_(dossier.asked()),
          script_(script),
          model_(life_.procedure->model()),
          now_(std::max(now, life_.instance.last_now)) {}

    Words words(const Expectation& expected) const {
        switch (expected.kind) {
            case Kind::states:
                return states(false);
            case Kind::at_door:
                return states(true);
            case Kind::history:
                return history();
            case Kind::due:
                return due(expected);
            case Kind::clock:
                return standing(expected);
            case Kind::todo:
                return todo(script_.people[expected.subject]);
            case Kind::can:
                return can(script_.people[expected.subject]);
            case Kind::notified:
                return notified();
            case Kind::status:
                return status();
            case Kind::ended:
                return ended();
            case Kind::incidents:
                return incidents(life_);
            case Kind::sent:
                return sent();
            case Kind::message:
                return delivered();
            case Kind::data:
            case Kind::refused:
                break;
        }
        return {};
    }

private:
    const std::string& id_of(std::uint32_t state) const { return model_.states[state].id; }

    Words states(bool at_door) const {
        Words ids;
        for (const Token& token : life_.instance.tokens) {
            if (token.remainder || token.at_door != at_door) continue;
            if (!at_door && model_.states[token.state].is_compound()) continue;
            ids.push_back(id_of(token.state));
        }
        return in_order(std::move(ids));
    }

    Words history() const {
        Words ids;
        for (const Record& record : life_.since_asked()) {
            if (record.kind == RecordKind::entered) ids.push_back(id_of(record.state));
        }
        return ids;
    }

    std::vector<ClockView> running(std::uint32_t clock) const {
        if (!life_.is_started()) return {};
        auto views = clocks(*life_.procedure, script_.calendars, life_.instance, now_);
        std::erase_if(views, [&](const ClockView& view) { return view.clock != clock; });
        return views;
    }

    Words due(const Expectation& expected) const {
        const bool by_hour =
            std::any_of(expected.words.begin(), expected.words.end(),
                        [](const std::string& word) { return word.find(' ') != word.npos; });
        Words dates;
        for (const ClockView& view : running(expected.subject)) {
            if (!view.due || view.phase == ClockState::Phase::idle) continue;
            dates.push_back(by_hour ? to_short_string(view.due->instant, script_.calendar->offset())
                                    : to_string(view.due->date));
        }
        return expected.every ? each_once(std::move(dates)) : in_order(std::move(dates));
    }

    /// How those that run stand, or how the last one ended: the expected word says which is meant.
    Words standing(const Expectation& expected) const {
        const std::string& word = expected.words.front();
        const bool of_ended =
            word == "early" || word == "on time" || word == "late" || word == "not reached";
        Words words;
        for (const ClockView& view : running(expected.subject)) {
            // Late or not, it does not run.
            const bool waits = view.phase == ClockState::Phase::waiting;
            words.push_back(to_string(waits ? ClockResult::waiting : view.result));
        }
        if (of_ended || (words.empty() && word != "none")) {
            if (const Words last = last_ended(expected.subject); !last.empty()) return last;
        }
        return words.empty() ? Words{"none"} : each_once(std::move(words));
    }

    Words last_ended(std::uint32_t clock) const {
        for (auto record = life_.records.rbegin(); record != life_.records.rend(); ++record) {
            if (record->kind == RecordKind::clock_ended && record->subject == clock) {
                return {to_string(static_cast<ClockResult>(record->outcome))};
            }
        }
        return {};
    }

    std::vector<PermittedAction> within_reach(const Actor& person) const {
        if (!life_.is_started()) return {};
        return permitted(*life_.procedure, script_.calendars, life_.instance, person, now_);
    }

    /// Tasks that he may do, now or when their conditions hold.
    Words todo(const Actor& person) const {
        std::vector<Ordinal> items;
        Words ids;
        for (const PermittedAction& action : within_reach(person)) {
            if (action.refused == RefusalCode::not_your_role ||
                action.refused == RefusalCode::not_your_unit ||
                action.refused == RefusalCode::claimed) {
                continue;
            }
            if (model_.states[action.state].kind != procedure::Kind::task) continue;
            if (std::find(items.begin(), items.end(), action.work_item) != items.end()) continue;
            items.push_back(action.work_item);
            ids.push_back(id_of(action.state));
        }
        return in_order(std::move(ids));
    }

    Words can(const Actor& person) const {
        Words ids;
        for (const PermittedAction& action : within_reach(person)) {
            if (action.refused) continue;
            ids.push_back(model_.states[action.declared_by].actions[action.action].id);
        }
        return each_once(std::move(ids));
    }

    Words notified() const {
        Words roles;
        for (const Record& record : life_.since_asked()) {
            if (record.kind != RecordKind::notified) continue;
            for (const Value& role : *record.value.list()) roles.push_back(*role.text());
        }
        return each_once(std::move(roles));
    }

    Words sent() const {
        Words ids;
        for (const Record& record : life_.since_asked()) {
            if (record.kind == RecordKind::sent) ids.push_back(model_.messages[record.subject].id);
        }
        return in_order(std::move(ids));
    }

    Words delivered() const {
        const auto how = dossier_.delivered();
        return how ? Words{to_string(*how)} : Words{};
    }

    Words status() const {
        const std::uint32_t status = life_.instance.outer_status;
        return {status == no_index ? "none" : model_.statuses[status].id};
    }

    Words ended() const {
        const Instance& instance = life_.instance;
        if (instance.status != Instance::Status::ended) return {};
        if (instance.cancelled) return {"cancelled"};
        return {instance.outcome == no_index ? "none" : model_.outcomes[instance.outcome].id};
    }

    const Dossier& dossier_;
    const Life& life_;
    const Script& script_;
    const procedure::Model& model_;
    Instant now_;
};

Observation observe_data(const Dossier& dossier, const Script& script,
                         const Expectation& expected) {
    const UtcOffset offset = script.calendar->offset();
    // A start that was refused has left no data.
    const std::vector<Value>& data = dossier.asked().instance.data;
    const Value found = expected.subject < data.size() ? data[expected.subject].open() : Value();
    return {found == expected.value, to_string(expected.value, offset), to_string(found, offset)};
}

}  // namespace

Observation observe(const Dossier& dossier, const Script& script, const Expectation& expected,
                    Instant now) {
    if (expected.kind == Kind::data) return observe_data(dossier, script, expected);
    const Words found = Observer(dossier, script, now).words(expected);
    return {found == expected.words, joined(expected.words), joined(found)};
}

std::string subject_of(const Script& script, const ScriptStep& step, const Expectation& expected) {
    const procedure::Model& model = step.about->model();
    const std::string key = key_of(expected.kind);
    switch (expected.kind) {
        case Kind::due:
        case Kind::clock:
            return key + ": " + model.clocks[expected.subject].id;
        case Kind::todo:
        case Kind::can:
            return key + ": " + script.people[expected.subject].id;
        case Kind::data:
            return key + ": " + model.data[expected.subject].id;
        case Kind::states:
        case Kind::at_door:
        case Kind::history:
        case Kind::refused:
        case Kind::notified:
        case Kind::sent:
        case Kind::message:
        case Kind::status:
        case Kind::ended:
        case Kind::incidents:
            break;
    }
    return key;
}

std::vector<std::string> objections(const Dossier& dossier, const Script& script,
                                    const Expectation& expected, Instant now,
                                    std::string_view language) {
    const Life& life = dossier.asked();
    Words lines;
    if (expected.kind != Kind::can || !life.is_started()) return lines;
    const procedure::Model& model = life.procedure->model();
    for (const PermittedAction& action :
         permitted(*life.procedure, script.calendars, life.instance,
                   script.people[expected.subject], std::max(now, life.instance.last_now))) {
        const std::string& id = model.states[action.declared_by].actions[action.action].id;
        const bool is_meant =
            std::find(expected.words.begin(), expected.words.end(), id) != expected.words.end();
        if (!is_meant || !action.refused) continue;
        const Refusal refusal{*action.refused, action.arguments, {}};
        lines.push_back(id + " (" + model.states[action.state].id +
                        "): " + to_string(refusal.code) + ", " + refusal.reason(language));
    }
    return lines;
}

std::vector<std::string> incidents(const Life& life) {
    Words codes;
    for (const Record& record : life.since_asked()) {
        if (record.kind != RecordKind::incident_opened || record.value.list() == nullptr) continue;
        codes.push_back(*record.value.list()->front().text());
    }
    return in_order(std::move(codes));
}

std::string joined(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "-" : text;
}

}  // namespace workflow::scenario
