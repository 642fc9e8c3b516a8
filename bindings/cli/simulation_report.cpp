#include "simulation_report.hpp"

#include <algorithm>
#include <cmath>

#include "simulation_words.hpp"
#include "terminal.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::cli {
namespace {

using namespace simulation;

constexpr auto right = Column::Align::right;

std::string title_or_id(const Named& named, const std::string& language) {
    return printable(named.title.empty() ? named.id : named.title.in(language));
}

template <class NamedOf>
std::string named_by_id(const std::string& id, std::uint32_t count, const std::string& language,
                        NamedOf named_of) {
    for (std::uint32_t i = 0; i < count; ++i) {
        if (named_of(i).id == id) return title_or_id(named_of(i), language);
    }
    return printable(id);
}

std::uint64_t ends_of(const ClockResultCounts& counts) {
    return counts.early + counts.on_time + counts.late;
}

double share(std::uint64_t part, std::uint64_t all) {
    return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

std::string interval_text(const std::optional<ConfidenceInterval>& interval, double unit,
                          const std::string& language) {
    if (!interval) return {};
    return words::sim_interval.in(language, decimal(std::max(0.0, interval->low()) / unit, language),
                                  decimal(interval->high() / unit, language));
}

std::string share_interval_text(const std::optional<ConfidenceInterval>& interval,
                                const std::string& language) {
    if (!interval) return {};
    return words::sim_interval.in(language, percent(std::max(0.0, interval->low()), language),
                                  percent(std::min(1.0, interval->high()), language));
}

std::optional<ConfidenceInterval> late_interval(const Simulated& simulated, const std::string& clock) {
    const auto found = simulated.late.find(clock);
    return found == simulated.late.end() ? std::nullopt : std::optional(found->second);
}

class Tables {
public:
    Tables(const Assumptions& assumptions, const Simulated& simulated, const std::string& language)
        : assumptions_(assumptions),
          simulated_(simulated),
          together_(simulated.together),
          language_(language),
          names_(*assumptions.procedure, language),
          day_(hours_of_day(assumptions.calendar())) {}

    std::vector<Table> all() const { return {outcomes(), clocks(), states(), roles()}; }

private:
    std::string days(double hours) const { return decimal(hours / day_, language_); }

    Table outcomes() const {
        Table table({{words::sim_outcome.in(language_)},
                     {words::sim_dossiers.in(language_), right},
                     {words::sim_share.in(language_), right},
                     {words::sim_days_mean.in(language_), right},
                     {words::sim_half.in(language_), right},
                     {words::sim_most.in(language_), right}});
        for (const auto& [id, result] : together_.outcomes) {
            table.add({names_.outcome(id), grouped(result.count, language_),
                       percent(share(result.count, together_.ended), language_),
                       days(result.lead.mean()), days(result.lead.quantile(0.5)),
                       days(result.lead.quantile(0.95))});
        }
        return table;
    }

    Table clocks() const {
        Table table({{words::sim_limit.in(language_)},
                     {words::sim_ends.in(language_), right},
                     {words::sim_late.in(language_), right},
                     {words::sim_sure.in(language_), right},
                     {words::sim_days_mean.in(language_), right},
                     {words::sim_most.in(language_), right}});
        for (const auto& [id, counts] : together_.clocks) {
            const double late = share(counts.late, ends_of(counts));
            const auto interval = late_interval(simulated_, id);
            const std::string sure =
                interval ? percent(std::max(0.0, interval->low()), language_) + " – " +
                               percent(std::min(1.0, interval->high()), language_)
                         : std::string();
            table.add({names_.clock(id), grouped(ends_of(counts), language_),
                       Cell(percent(late, language_), late > 0.1 ? Tone::warning : Tone::plain), sure,
                       days(counts.used.mean()), days(counts.used.quantile(0.95))});
        }
        return table;
    }

    Table states() const {
        Table table({{words::sim_state.in(language_)},
                     {words::sim_times.in(language_), right},
                     {words::sim_waiting.in(language_), right},
                     {words::sim_waiting_most.in(language_), right},
                     {words::sim_effort.in(language_), right},
                     {words::sim_queue.in(language_), right},
                     {words::sim_queue_most.in(language_), right}});
        for (std::uint32_t i = 1; i < together_.states.size(); ++i) {
            const StateResult& result = together_.states[i];
            if (result.stay.count() == 0) continue;
            const double queue = together_.hours > 0 ? result.queue_hours / together_.hours : 0;
            table.add({names_.state(i),
                       decimal(share(result.entered, together_.arrived), language_),
                       days(result.waiting.mean()), days(result.waiting.quantile(0.95)),
                       decimal(result.effort.mean(), language_), decimal(queue, language_),
                       grouped(result.queue_most, language_)});
        }
        return table;
    }

    Table roles() const {
        Table table({{words::sim_office.in(language_)},
                     {words::sim_people.in(language_), right},
                     {words::sim_busy.in(language_), right},
                     {words::sim_waiting.in(language_), right},
                     {words::sim_waiting_most.in(language_), right}});
        for (std::uint32_t i = 0; i < together_.roles.size(); ++i) {
            const RoleResult& result = together_.roles[i];
            if (result.waiting.count() == 0) continue;
            const std::string id = assumptions_.procedure->role(i).id;
            const auto people = std::count_if(
                assumptions_.people.begin(), assumptions_.people.end(), [&](const Person& person) {
                    return !person.unlimited && std::find(person.roles.begin(), person.roles.end(),
                                                          id) != person.roles.end();
                });
            const auto busy = utilisation_of(assumptions_, together_, i);
            table.add({names_.role(id),
                       busy ? grouped(static_cast<std::uint64_t>(people), language_) : "∞",
                       busy ? Cell(percent(*busy, language_),
                                   *busy > 0.9 ? Tone::warning : Tone::plain)
                            : Cell("–"),
                       days(result.waiting.mean()), days(result.waiting.quantile(0.95))});
        }
        return table;
    }

    const Assumptions& assumptions_;
    const Simulated& simulated_;
    const Replication& together_;
    std::string language_;
    SimulationNames names_;
    double day_;
};

std::string lead_sentence(const Difference& one, double day, const std::string& language) {
    const double change = (one.after - one.before) / day;
    const std::string before = decimal(one.before / day, language);
    const std::string after = decimal(one.after / day, language);
    const auto sure = [&](double sign) -> std::string {
        if (!one.change) return {};
        const double a = sign * one.change->low() / day;
        const double b = sign * one.change->high() / day;
        return words::sim_interval.in(language, decimal(std::min(a, b), language),
                                      decimal(std::max(a, b), language));
    };
    if (!one.change || one.change->contains(0)) {
        return words::sim_same.in(language, before, after, sure(1));
    }
    const Word& word = change < 0 ? words::sim_shorter : words::sim_longer;
    return word.in(language, decimal(std::abs(change), language), after, before,
                   sure(change < 0 ? -1 : 1));
}

std::string signed_text(const std::string& text, double value) {
    return value > 0 ? "+" + text : text;
}

}  // namespace

SimulationNames::SimulationNames(const Procedure& procedure, std::string language)
    : procedure_(procedure), language_(std::move(language)) {}

std::string SimulationNames::procedure() const {
    return printable(procedure_.title().empty() ? procedure_.id()
                                                : procedure_.title().in(language_));
}

std::string SimulationNames::role(const std::string& id) const {
    return named_by_id(id, static_cast<std::uint32_t>(procedure_.role_ids().size()), language_,
                       [&](std::uint32_t i) { return procedure_.role(i); });
}

std::string SimulationNames::clock(const std::string& id) const {
    for (std::uint32_t i = 0; i < procedure_.clock_count(); ++i) {
        const Named clock = procedure_.clock(i);
        if (clock.id != id) continue;
        return clock.title.empty() ? state(procedure_.clock_owner(i)) : title_or_id(clock, language_);
    }
    return printable(id);
}

std::string SimulationNames::outcome(const std::string& id) const {
    if (id.empty()) return "–";
    return named_by_id(id, procedure_.outcome_count(), language_,
                       [&](std::uint32_t i) { return procedure_.outcome(i); });
}

std::string SimulationNames::state(std::uint32_t number) const {
    return number == 0 ? procedure() : title_or_id(procedure_.state(number), language_);
}

std::vector<std::string> headline(const Assumptions& assumptions, const Simulated& simulated,
                                  const std::string& language) {
    const Replication& together = simulated.together;
    const double day = hours_of_day(assumptions.calendar());
    const SimulationNames names(*assumptions.procedure, language);
    std::vector<std::string> said;
    if (together.lead.count() > 0) {
        said.push_back(words::sim_lead.in(language, decimal(together.lead.mean() / day, language),
                                          interval_text(simulated.lead, day, language),
                                          decimal(together.lead.quantile(0.5) / day, language),
                                          decimal(together.lead.quantile(0.95) / day, language)));
    }
    std::vector<std::pair<double, std::string>> late;
    for (const auto& [id, counts] : together.clocks) {
        if (counts.late > 0) late.emplace_back(share(counts.late, ends_of(counts)), id);
    }
    std::stable_sort(late.begin(), late.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    constexpr std::size_t told_max = 3;
    for (std::size_t i = 0; i < std::min(told_max, late.size()); ++i) {
        said.push_back(words::sim_late_clock.in(
            language, names.clock(late[i].second), percent(late[i].first, language),
            share_interval_text(late_interval(simulated, late[i].second), language)));
    }
    if (late.empty() && !together.clocks.empty()) {
        said.emplace_back(words::sim_nothing_late.in(language));
    }
    const Bottleneck found = bottleneck_of(assumptions, together);
    constexpr double worth_telling = 0.01;  // of the time that a dossier takes
    if (found.role == no_index || found.waiting_a_dossier < worth_telling * together.lead.mean()) {
        said.emplace_back(words::sim_no_bottleneck.in(language));
    } else {
        said.push_back(words::sim_bottleneck.in(
            language, names.role(assumptions.procedure->role(found.role).id),
            decimal(found.waiting_a_dossier / day, language), percent(found.utilisation, language)));
    }
    if (together.lead.mean() > 0) {
        said.push_back(words::sim_efficiency.in(
            language, percent(together.worked.mean() / together.lead.mean(), language)));
    }
    return said;
}

std::vector<std::string> reservations(const Simulated& simulated, const std::string& language) {
    const Replication& together = simulated.together;
    std::vector<std::string> said;
    if (simulated.stopped) said.emplace_back(words::sim_stopped.in(language));
    if (together.left > 0 && !together.given_up) {
        said.push_back(words::sim_left.in(language, grouped(together.left, language),
                                          printable(together.first_left)));
    }
    if (together.unable > 0) {
        said.push_back(words::sim_unable.in(language, grouped(together.unable, language),
                                            printable(together.first_unable)));
    }
    if (together.incidents > 0) {
        said.push_back(words::sim_incidents.in(language, grouped(together.incidents, language)));
    }
    return said;
}

std::string simulation_text(const Assumptions& assumptions, const Plan& plan,
                            const Simulated& simulated, const Session& session) {
    const std::string& language = session.language;
    const Procedure& procedure = *assumptions.procedure;
    const std::uint64_t each = simulated.replications.empty()
                                   ? plan.run.dossiers
                                   : simulated.replications.front().arrived;
    std::string text = words::sim_head.in(
        language, SimulationNames(procedure, language).procedure(), procedure.id(),
        procedure.version(), grouped(simulated.replications.size(), language),
        grouped(each, language),
        to_short_string(assumptions.begins, assumptions.calendar().offset()));
    text += "\n\n";
    for (const std::string& sentence : headline(assumptions, simulated, language)) {
        text += wrapped(sentence, page_width, 2) + '\n';
    }
    for (const std::string& sentence : reservations(simulated, language)) {
        text += toned(wrapped(sentence, page_width, 2), Tone::warning, session.colour) + '\n';
    }
    for (const Table& table : simulation_tables(assumptions, simulated, language)) {
        if (!table.empty()) text += '\n' + table.text(session.colour);
    }
    return text;
}

std::vector<Table> simulation_tables(const Assumptions& assumptions, const Simulated& simulated,
                                     const std::string& language) {
    return Tables(assumptions, simulated, language).all();
}

std::string open_text(const Assumptions& assumptions, const std::vector<Instance>& open,
                      const Simulated& simulated, const Session& session) {
    const std::string& language = session.language;
    const Calendar& calendar = assumptions.calendar();
    const auto& results = simulated.together.open;
    std::vector<std::size_t> order(open.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto late = [&](std::size_t i) { return share(results[i].late, results[i].ended); };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return late(a) > late(b); });
    Table table({{words::sim_dossier.in(language)},
                 {words::sim_late_with.in(language), right},
                 {words::sim_ends_about.in(language)},
                 {words::sim_ends_until.in(language)}});
    const auto date = [&](double hours) {
        const std::chrono::milliseconds time{static_cast<std::int64_t>(hours * 3'600'000)};
        return to_string(calendar.day_of(calendar.add_working_time(assumptions.begins, time)));
    };
    for (const std::size_t i : order) {
        const OpenResult& result = results[i];
        const bool ends = result.ended > 0;
        table.add({open[i].id,
                   ends ? Cell(percent(late(i), language), late(i) > 0.5 ? Tone::bad : Tone::plain)
                        : Cell("–"),
                   ends ? date(result.left.quantile(0.5)) : "–",
                   ends ? date(result.left.quantile(0.95)) : "–"});
    }
    return table.text(session.colour);
}

std::vector<std::string> comparison_headline(const Assumptions& before,
                                             const std::vector<Difference>& differences,
                                             const std::string& language) {
    const double day = hours_of_day(before.calendar());
    const SimulationNames names(*before.procedure, language);
    std::vector<std::string> said;
    for (const Difference& one : differences) {
        if (one.figure == Difference::Figure::lead) {
            said.push_back(lead_sentence(one, day, language));
        } else if (one.figure == Difference::Figure::late && one.change &&
                   !one.change->contains(0)) {
            said.push_back(words::sim_late_change.in(language, names.clock(one.of),
                                                     percent(one.after, language),
                                                     percent(one.before, language), std::string()));
        }
    }
    return said;
}

Table comparison_table(const Assumptions& before, const std::vector<Difference>& differences,
                       const std::string& language) {
    const double day = hours_of_day(before.calendar());
    const SimulationNames names(*before.procedure, language);
    Table table({{words::sim_figure.in(language)},
                 {words::sim_before.in(language), right},
                 {words::sim_after.in(language), right},
                 {words::sim_change.in(language), right},
                 {words::sim_sure.in(language), right}});
    for (const Difference& one : differences) {
        const auto label = [&]() -> std::string {
            switch (one.figure) {
                case Difference::Figure::lead:
                    return std::string(words::sim_fig_lead.in(language));
                case Difference::Figure::late:
                    return words::sim_fig_late.in(language, names.clock(one.of));
                case Difference::Figure::waiting:
                    return words::sim_fig_waiting.in(language, names.role(one.of));
                case Difference::Figure::utilisation:
                    return words::sim_fig_busy.in(language, names.role(one.of));
                case Difference::Figure::outcome:
                    return words::sim_fig_outcome.in(language, names.outcome(one.of));
            }
            return {};
        }();
        const bool is_time = one.figure == Difference::Figure::lead ||
                             one.figure == Difference::Figure::waiting;
        const auto shown = [&](double value) {
            return is_time ? decimal(value / day, language) : percent(value, language);
        };
        const double change = one.after - one.before;
        const bool is_sure = one.change && !one.change->contains(0);
        table.add({label, shown(one.before), shown(one.after),
                   Cell(signed_text(shown(change), change), is_sure ? Tone::strong : Tone::faint),
                   one.change ? shown(one.change->low()) + " – " + shown(one.change->high())
                              : std::string()});
    }
    return table;
}

std::string comparison_text(const Assumptions& before, const std::vector<Difference>& differences,
                            const Session& session) {
    std::string text;
    for (const std::string& sentence :
         comparison_headline(before, differences, session.language)) {
        text += wrapped(sentence, page_width, 2) + '\n';
    }
    return text + '\n' + comparison_table(before, differences, session.language).text(session.colour);
}

std::string decimal(double value, const std::string& language) {
    std::string text = fmt::format("{:.1f}", value);
    if (text == "-0.0") text = "0.0";
    if (language == "vi") std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

std::string grouped(std::uint64_t value, const std::string& language) {
    std::string text = std::to_string(value);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, 1, language == "vi" ? '.' : ',');
    }
    return text;
}

std::string percent(double share, const std::string& language) {
    constexpr double hundred = 100;
    const double value = share * hundred;
    const bool is_small = value != 0 && std::abs(value) < 10;
    return (is_small ? decimal(value, language) : fmt::format("{:.0f}", value)) + " %";
}

}  // namespace workflow::cli
