// The figures as JSON.
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "procedure/model.hpp"
#include "simulation/fields.hpp"
#include "simulation/hours.hpp"
#include "workflow/simulation.hpp"

namespace workflow::simulation {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<const char*, double>, 5> percentiles{
    {{"p5", 0.05}, {"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}}};

Json summary_json(const Summary& of, double unit) {
    Json json{{"count", of.count()},
              {"mean", of.mean() / unit},
              {"deviation", of.deviation() / unit},
              {"least", of.least() / unit}};
    for (const auto& [name, share] : percentiles) json[name] = of.quantile(share) / unit;
    json["most"] = of.most() / unit;
    return json;
}

Json interval_json(const ConfidenceInterval& of, double unit) {
    return {{"low", of.low() / unit}, {"high", of.high() / unit}};
}

double share(std::uint64_t part, std::uint64_t all) {
    return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

/// Counts of dossiers by lead, in stretches of equal width up to the 99th percentile; the rest in the last.
Json histogram_json(const Summary& lead, double unit) {
    constexpr double stretches = 40;
    const double most = lead.quantile(0.99) / unit;
    double width = most / stretches;
    if (width <= 0) width = 1;
    const double power = std::pow(10, std::floor(std::log10(width)));
    const double steps = width / power;
    width = (steps <= 1 ? 1 : steps <= 2 ? 2 : steps <= 5 ? 5 : 10) * power;
    Json counts = Json::array();
    std::uint64_t before = 0;
    for (double upper = width; before < lead.count(); upper += width) {
        const bool is_last = upper > most;
        const std::uint64_t until = is_last ? lead.count() : lead.up_to(upper * unit);
        counts.push_back(until - before);
        before = until;
    }
    return {{"width_days", width}, {"counts", counts}};
}

class Writer {
public:
    Writer(const Assumptions& assumptions, const Plan& plan, const Simulated& simulated)
        : assumptions_(assumptions),
          model_(assumptions.procedure->model()),
          plan_(plan),
          simulated_(simulated),
          together_(simulated.together),
          day_(hours_of_day(assumptions.calendar())) {}

    Json write() {
        Json json{{"procedure", model_.id},
                  {"version", model_.version},
                  {"title", text_json(model_.title)},
                  {"scenario", text_json(assumptions_.title)},
                  {"begins", to_string(assumptions_.begins, assumptions_.calendar().offset())},
                  {"hours_of_a_working_day", day_},
                  {"seed", plan_.run.seed},
                  {"replications", simulated_.replications.size()},
                  {"stopped", simulated_.stopped}};
        json["dossiers"] = dossiers();
        json["lead_days"] = summary_json(together_.lead, day_);
        if (simulated_.lead) json["lead_days"]["interval_of_mean"] = interval_json(*simulated_.lead, day_);
        json["lead_days"]["histogram"] = histogram_json(together_.lead, day_);
        json["worked_hours"] = summary_json(together_.worked, 1);
        const double lead = together_.lead.mean();
        json["flow_efficiency"] = lead > 0 ? together_.worked.mean() / lead : 0;
        json["bottleneck"] = bottleneck();
        json["outcomes"] = outcomes();
        json["clocks"] = clocks();
        json["states"] = states();
        json["roles"] = roles();
        json["people"] = people();
        json["over_time"] = over_time();
        return json;
    }

private:
    static Json text_json(const Text& text) {
        Json json = Json::object();
        for (const auto& [language, words] : text.translations) json[language] = words;
        return json;
    }

    Json dossiers() const {
        Json json{{"arrived", together_.arrived},
                  {"ended", together_.ended},
                  {"left", together_.left},
                  {"under_way_mean",
                   together_.hours > 0 ? together_.under_way_hours / together_.hours : 0},
                  {"incidents", together_.incidents},
                  {"unable", together_.unable}};
        if (together_.left > 0) json["first_left_at"] = together_.first_left;
        if (together_.unable > 0) json["first_unable"] = together_.first_unable;
        return json;
    }

    Json bottleneck() const {
        const Bottleneck found = bottleneck_of(assumptions_, together_);
        if (found.role == no_index) return nullptr;
        return {{"role", model_.roles[found.role].id},
                {"title", text_json(model_.roles[found.role].title)},
                {"waiting_days_a_dossier", found.waiting_a_dossier / day_},
                {"utilisation", found.utilisation}};
    }

    Json outcomes() const {
        Json json = Json::array();
        for (const auto& [id, result] : together_.outcomes) {
            const auto known = std::find_if(model_.outcomes.begin(), model_.outcomes.end(),
                                            [&id = id](const auto& one) { return one.id == id; });
            json.push_back({{"id", id},
                            {"title", known == model_.outcomes.end() ? Json::object()
                                                                     : text_json(known->title)},
                            {"count", result.count},
                            {"share", share(result.count, together_.ended)},
                            {"lead_days", summary_json(result.lead, day_)}});
        }
        return json;
    }

    Json clocks() const {
        Json json = Json::array();
        for (const procedure::Clock& clock : model_.clocks) {
            const auto found = together_.clocks.find(clock.id);
            if (found == together_.clocks.end()) continue;
            const ClockResultCounts& counts = found->second;
            const std::uint64_t all = counts.early + counts.on_time + counts.late;
            Json one{{"id", clock.id},
                     {"title", text_json(clock.title.empty() ? model_.states[clock.owner].title
                                                             : clock.title)},
                     {"early", counts.early},
                     {"on_time", counts.on_time},
                     {"late", counts.late},
                     {"share_late", share(counts.late, all)}};
            const auto interval = simulated_.late.find(clock.id);
            if (interval != simulated_.late.end()) {
                one["interval_of_share"] = interval_json(interval->second, 1);
            }
            const auto limit = limit_of(clock);
            one["limit"] = limit ? Json(to_string(*limit)) : Json(nullptr);
            one["limit_days"] = limit ? days_of(*limit) : Json(nullptr);
            one["used_days"] = summary_json(counts.used, day_);
            one["used_days"]["histogram"] = histogram_json(counts.used, day_);
            json.push_back(std::move(one));
        }
        return json;
    }

    /// Nothing: none, or it is another from dossier to dossier.
    std::optional<Limit> limit_of(const procedure::Clock& clock) const {
        if (const auto* fixed = std::get_if<Limit>(&clock.limit)) return *fixed;
        const auto& expression = std::get<procedure::Cel>(clock.limit).expression;
        const auto reads = expression.reads();
        if (std::any_of(reads.begin(), reads.end(), [](const Slot& slot) {
                return slot.frame != procedure::frame_parameters;
            })) {
            return std::nullopt;
        }
        const Instance none;
        const auto result = evaluate({assumptions_, none, assumptions_.begins}, expression);
        const auto* value = std::get_if<Value>(&result);
        const Limit* limit = value == nullptr ? nullptr : value->limit();
        return limit == nullptr ? std::nullopt : std::optional(*limit);
    }

    /// In working days; null for what counts by the clock or the month.
    Json days_of(const Limit& limit) const {
        if (limit.unit == Unit::working_days) return static_cast<double>(limit.count);
        if (limit.unit == Unit::working_hours) return static_cast<double>(limit.count) / day_;
        return nullptr;
    }

    Json states() const {
        Json json = Json::array();
        for (std::size_t i = 1; i < together_.states.size(); ++i) {
            const StateResult& result = together_.states[i];
            if (result.entered == 0) continue;
            Json one{{"id", model_.states[i].id},
                     {"title", text_json(model_.states[i].title)},
                     {"kind", procedure::key_of(model_.states[i].kind)},
                     {"entered", result.entered},
                     {"entered_a_dossier", share(result.entered, together_.arrived)}};
            if (result.stay.count() > 0) {
                one["waiting_days"] = summary_json(result.waiting, day_);
                one["effort_hours"] = summary_json(result.effort, 1);
                one["stay_days"] = summary_json(result.stay, day_);
                one["queue_mean"] = together_.hours > 0 ? result.queue_hours / together_.hours : 0;
                one["queue_most"] = result.queue_most;
            }
            json.push_back(std::move(one));
        }
        return json;
    }

    Json roles() const {
        Json json = Json::array();
        for (std::uint32_t i = 0; i < together_.roles.size(); ++i) {
            const RoleResult& result = together_.roles[i];
            if (result.waiting.count() == 0) continue;
            std::uint64_t people = 0;
            for (const Person& person : assumptions_.people) {
                const auto& held = person.roles;
                const bool has =
                    std::find(held.begin(), held.end(), model_.roles[i].id) != held.end();
                people += has && !person.unlimited ? 1U : 0U;
            }
            Json one{{"id", model_.roles[i].id}, {"title", text_json(model_.roles[i].title)}};
            one["people"] = people;
            const auto utilisation = utilisation_of(assumptions_, together_, i);
            one["utilisation"] = utilisation ? Json(*utilisation) : Json(nullptr);
            one["waiting_days"] = summary_json(result.waiting, day_);
            one["effort_hours"] = summary_json(result.effort, 1);
            one["queue"] = levels(result.queue);
            one["busy"] = levels(result.busy);
            json.push_back(std::move(one));
        }
        return json;
    }

    Json people() const {
        Json json = Json::array();
        for (std::size_t i = 0; i < assumptions_.people.size(); ++i) {
            const Person& person = assumptions_.people[i];
            if (person.unlimited) continue;
            const PersonResult& result = together_.people[i];
            json.push_back({{"id", person.id},
                            {"roles", person.roles},
                            {"busy_hours", result.busy_hours},
                            {"present_hours", result.present_hours},
                            {"utilisation", result.present_hours > 0
                                                ? result.busy_hours / result.present_hours
                                                : 0}});
        }
        return json;
    }

    /// Means over the replications, from the beginning on.
    Json levels(const OverTime& of) const {
        Json means = Json::array();
        const double factor = of.width() * static_cast<double>(simulated_.replications.size());
        for (const double area : of.areas()) means.push_back(area / factor);
        return {{"width_hours", of.width()}, {"means", means}};
    }

    /// With the date on which each stretch begins.
    Json over_time() const {
        const Calendar& calendar = assumptions_.calendar();
        Json dates = Json::array();
        const double width = together_.under_way.width();
        for (std::size_t i = 0; i < together_.under_way.areas().size(); ++i) {
            const Instant at = calendar.add_working_time(assumptions_.begins,
                                                         of_hours(width * static_cast<double>(i)));
            dates.push_back(to_string(calendar.day_of(at)));
        }
        Json json = levels(together_.under_way);
        json["dates"] = std::move(dates);
        return {{"under_way", json}};
    }

    const Assumptions& assumptions_;
    const procedure::Model& model_;
    const Plan& plan_;
    const Simulated& simulated_;
    const Replication& together_;
    double day_;
};

const char* name_of(Difference::Figure figure) {
    switch (figure) {
        case Difference::Figure::lead:
            return "lead_days";
        case Difference::Figure::late:
            return "share_late";
        case Difference::Figure::waiting:
            return "waiting_days";
        case Difference::Figure::utilisation:
            return "utilisation";
        case Difference::Figure::outcome:
            return "share_of_outcome";
    }
    return "";
}

}  // namespace

Json to_json(const Assumptions& assumptions, const Plan& plan, const Simulated& simulated) {
    return Writer(assumptions, plan, simulated).write();
}

Json to_json(const std::vector<Difference>& differences, double hours_of_day) {
    Json json = Json::array();
    for (const Difference& one : differences) {
        const bool is_time = one.figure == Difference::Figure::lead ||
                             one.figure == Difference::Figure::waiting;
        const double unit = is_time ? hours_of_day : 1;
        Json row{{"figure", name_of(one.figure)}, {"of", one.of}};
        row["before"] = one.before / unit;
        row["after"] = one.after / unit;
        row["change"] = (one.after - one.before) / unit;
        if (one.change) row["interval_of_change"] = interval_json(*one.change, unit);
        json.push_back(std::move(row));
    }
    return json;
}

}  // namespace workflow::simulation
