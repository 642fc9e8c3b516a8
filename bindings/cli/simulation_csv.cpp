#include "simulation_csv.hpp"

#include <fmt/format.h>

#include <array>

namespace workflow::cli {
namespace {

using namespace simulation;

constexpr std::string_view line_end = "\r\n";

std::string cell(std::string text) {
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        text.insert(text.begin(), '\'');
    }
    if (text.find_first_of("\",\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char letter : text) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

class Lines {
public:
    void add(const std::string& part, const std::string& id, std::string_view figure, double value) {
        text_ += cell(part) + ',' + cell(id) + ',' + std::string(figure) + ',' +
                 fmt::format("{:.6g}", value);
        text_ += line_end;
    }
    void add(const std::string& part, const std::string& id, const std::string& figure,
             const Summary& summary, double unit) {
        constexpr std::array<std::pair<std::string_view, double>, 5> percentiles{
            {{"p5", 0.05}, {"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}}};
        add(part, id, figure + " count", static_cast<double>(summary.count()));
        add(part, id, figure + " mean", summary.mean() / unit);
        add(part, id, figure + " deviation", summary.deviation() / unit);
        for (const auto& [name, share] : percentiles) {
            add(part, id, figure + ' ' + std::string(name), summary.quantile(share) / unit);
        }
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string text_ = "part,id,figure,value\r\n";
};

}  // namespace

std::string simulation_csv(const Assumptions& assumptions, const Simulated& simulated) {
    const Procedure& procedure = *assumptions.procedure;
    const Replication& together = simulated.together;
    const double day = hours_of_day(assumptions.calendar());
    Lines lines;
    lines.add("procedure", procedure.id(), "lead days", together.lead, day);
    for (const auto& [id, result] : together.outcomes) {
        lines.add("outcome", id, "lead days", result.lead, day);
    }
    for (const auto& [id, counts] : together.clocks) {
        lines.add("clock", id, "early", static_cast<double>(counts.early));
        lines.add("clock", id, "on time", static_cast<double>(counts.on_time));
        lines.add("clock", id, "late", static_cast<double>(counts.late));
        lines.add("clock", id, "used days", counts.used, day);
    }
    for (std::uint32_t i = 1; i < together.states.size(); ++i) {
        const StateResult& state = together.states[i];
        if (state.stay.count() == 0) continue;
        const std::string& id = procedure.state(i).id;
        lines.add("state", id, "waiting days", state.waiting, day);
        lines.add("state", id, "effort hours", state.effort, 1);
        lines.add("state", id, "stay days", state.stay, day);
    }
    for (std::uint32_t i = 0; i < together.roles.size(); ++i) {
        const RoleResult& role = together.roles[i];
        if (role.waiting.count() == 0) continue;
        const std::string& id = procedure.role(i).id;
        if (const auto busy = utilisation_of(assumptions, together, i)) {
            lines.add("role", id, "utilisation", *busy);
        }
        lines.add("role", id, "waiting days", role.waiting, day);
    }
    for (std::size_t i = 0; i < assumptions.people.size(); ++i) {
        const PersonResult& person = together.people[i];
        if (assumptions.people[i].unlimited || person.present_hours == 0) continue;
        lines.add("person", assumptions.people[i].id, "utilisation",
                  person.busy_hours / person.present_hours);
    }
    return lines.take();
}

}  // namespace workflow::cli
