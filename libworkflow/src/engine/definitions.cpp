#include "engine/definitions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "expression/civil_time.hpp"
#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::engine {
namespace {

constexpr const char* procedure_kind = "procedure";
constexpr const char* calendar_kind = "calendar";

void publish(Store& store, const StoredDefinition& row) {
    const auto transaction = store.begin(Store::Access::write);
    transaction->put_definition(row);
    transaction->commit();
}

/// A zone that an expression names must be known wherever it runs: it is the calendar's, or none.
void check_zones(const Procedure& procedure, const Calendar& calendar) {
    for (const auto& [zone, place] : procedure.model().zones) {
        if (expression::zone_offset(zone, &calendar)) continue;
        throw Error(ErrorCode::misuse,
                    fmt::format("{}:{}:{}: the time zone '{}' is neither UTC, nor a fixed offset, "
                                "nor that of the calendar '{}': write for example '+07:00'",
                                place.file, place.line, place.column, zone, calendar.id()));
    }
}

bool ends(const procedure::Way& way) {
    return std::holds_alternative<procedure::Finish>(way.target) ||
           std::any_of(way.choices.begin(), way.choices.end(), ends);
}

bool may_end_by(const procedure::Model& model, const std::string& action) {
    const auto declarers = model.declarers.find(action);
    if (declarers == model.declarers.end()) return false;
    return std::any_of(declarers->second.begin(), declarers->second.end(), [&](auto state) {
        const auto& actions = model.states[state].actions;
        return std::any_of(actions.begin(), actions.end(), [&](const procedure::Action& one) {
            return one.id == action && ends(one.way);
        });
    });
}

}  // namespace

void Definitions::add(const LoadedCalendar& loaded) {
    const auto calendar = calendar_or_throw(loaded);
    const StoredDefinition row{calendar_kind, calendar->id(), calendar->version(),
                               to_hex(calendar->digest()), loaded.source};
    publish(*store_, row);
    keep(calendar);
}

void Definitions::add(const LoadedProcedure& loaded) {
    const auto procedure = procedure_or_throw(loaded);
    std::vector<std::string> named = procedure->more_calendars();
    named.insert(named.begin(), procedure->calendar());
    for (const std::string& id : named) {
        if (latest_calendar(id) != nullptr) continue;
        throw Error(ErrorCode::not_found, "the procedure '" + procedure->id() +
                                              "' names the calendar '" + id +
                                              "', which is not registered: register it first");
    }
    check_zones(*procedure, *latest_calendar(procedure->calendar()));
    const StoredDefinition row{procedure_kind, procedure->id(), procedure->version(),
                               to_hex(procedure->digest()), loaded.source};
    publish(*store_, row);
    const std::lock_guard lock(mutex_);
    procedures_[procedure->digest()] = procedure;
}

void Definitions::keep(const StoredDefinition& row) {
    const std::string name = row.kind + " " + row.id + " version " + std::to_string(row.version);
    if (row.kind == procedure_kind) {
        const auto procedure = procedure_or_throw(load_procedure(row.body, name));
        const std::lock_guard lock(mutex_);
        procedures_[procedure->digest()] = procedure;
        return;
    }
    keep(calendar_or_throw(load_calendar(row.body, name)));
}

void Definitions::keep(const std::shared_ptr<const Calendar>& calendar) {
    const std::lock_guard lock(mutex_);
    if (calendars_->find(calendar->digest()) != nullptr) return;
    auto extended = std::make_shared<Calendars>(*calendars_);
    extended->add(calendar);
    calendars_ = std::move(extended);
}

void Definitions::refresh() {
    learn(store_->begin(Store::Access::read)->definitions());
}

void Definitions::learn(const std::vector<StoredDefinition>& rows) {
    for (const StoredDefinition& row : rows) {
        if (row.kind == calendar_kind) keep(row);
    }
    for (const StoredDefinition& row : rows) {
        if (row.kind != procedure_kind) continue;
        {
            const std::lock_guard lock(mutex_);
            const bool known =
                std::any_of(procedures_.begin(), procedures_.end(),
                            [&](const auto& entry) { return to_hex(entry.first) == row.digest; });
            if (known) continue;
        }
        keep(row);
    }
}

std::shared_ptr<const Procedure> Definitions::procedure(const Digest& digest) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        {
            const std::lock_guard lock(mutex_);
            const auto found = procedures_.find(digest);
            if (found != procedures_.end()) return found->second;
        }
        if (attempt == 0) refresh();
    }
    return nullptr;
}

std::shared_ptr<const Procedure> Definitions::procedure(const std::string& id,
                                                        std::optional<std::int64_t> version) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        std::shared_ptr<const Procedure> best;
        for (auto& candidate : versions(id)) {
            if (!version || candidate->version() == *version) best = std::move(candidate);
        }
        if (best != nullptr || attempt == 1) return best;
        refresh();
    }
    return nullptr;
}

std::shared_ptr<const Procedure> Definitions::known_procedure(const std::string& id,
                                                              std::optional<std::int64_t> version) {
    auto found = procedure(id, version);
    if (found == nullptr) {
        std::vector<std::string> ids;
        std::string versions;
        for (const auto& known : procedures()) {
            ids.push_back(known->id());
            if (known->id() != id) continue;
            versions += (versions.empty() ? "" : ", ") + std::to_string(known->version());
        }
        if (!versions.empty()) {
            throw Error(ErrorCode::not_found, "version " + std::to_string(*version) + " of '" + id +
                                                  "' is not registered; there are: " + versions);
        }
        const std::string near = nearest(id, ids);
        throw Error(ErrorCode::not_found,
                    "no procedure '" + printable(id) + "' is registered" +
                        (near.empty() ? "" : "; the nearest is '" + near + "'"));
    }
    return found;
}

std::shared_ptr<const Procedure> Definitions::valid_procedure(const std::string& id, Instant now) {
    std::shared_ptr<const Procedure> highest;
    std::shared_ptr<const Procedure> valid;
    for (const auto& candidate : versions(id)) {
        highest = candidate;
        const auto calendar = latest_calendar(candidate->calendar());
        if (calendar == nullptr) continue;
        const Day day = calendar->day_of(now);
        const auto& model = candidate->model();
        if (model.valid_from && day < *model.valid_from) continue;
        if (model.valid_until && day > *model.valid_until) continue;
        valid = candidate;
    }
    return valid != nullptr ? valid : highest;
}

bool Definitions::may_end(std::string_view procedure, const std::string& action) {
    const std::lock_guard lock(mutex_);
    return std::any_of(procedures_.begin(), procedures_.end(), [&](const auto& entry) {
        return entry.second->id() == procedure && may_end_by(entry.second->model(), action);
    });
}

std::vector<std::shared_ptr<const Procedure>> Definitions::procedures() {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<const Procedure>> all;
    for (const auto& [digest, procedure] : procedures_) all.push_back(procedure);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
        return std::pair<const std::string&, std::int64_t>(a->id(), a->version()) <
               std::pair<const std::string&, std::int64_t>(b->id(), b->version());
    });
    return all;
}

std::vector<std::shared_ptr<const Procedure>> Definitions::versions(const std::string& id) {
    std::vector<std::shared_ptr<const Procedure>> all;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [digest, procedure] : procedures_) {
            if (procedure->id() == id) all.push_back(procedure);
        }
    }
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a->version() < b->version(); });
    return all;
}

std::shared_ptr<const Calendars> Definitions::calendars() {
    const std::lock_guard lock(mutex_);
    return calendars_;
}

std::shared_ptr<const Calendar> Definitions::calendar(const Digest& digest) {
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto all = calendars();
        for (const auto& candidate : all->all()) {
            if (candidate->digest() == digest) return candidate;
        }
        if (attempt == 0) refresh();
    }
    return nullptr;
}

std::shared_ptr<const Calendar> Definitions::latest_calendar(const std::string& id) {
    std::shared_ptr<const Calendar> best;
    const auto all = calendars();
    for (const auto& candidate : all->all()) {
        if (candidate->id() != id) continue;
        if (best == nullptr || candidate->version() > best->version()) best = candidate;
    }
    return best;
}

std::shared_ptr<const Calendar> Definitions::known_calendar(const std::string& id) {
    auto found = latest_calendar(id);
    if (found != nullptr) return found;
    throw Error(ErrorCode::not_found, "the calendar '" + printable(id) + "' is not registered");
}

}  // namespace workflow::engine
