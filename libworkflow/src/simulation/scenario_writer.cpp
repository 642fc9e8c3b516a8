// Assumptions as a scenario file.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "workflow/calibration.hpp"

namespace workflow::simulation {
namespace {

/// A JSON string is one of YAML, whatever is in it.
std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string number(double value) {
    std::string text = nlohmann::json(value).dump();
    if (text.find('e') == std::string::npos) return text;
    char plain[64];
    const int length = std::snprintf(plain, sizeof plain, "%.9f", value);
    return {plain, static_cast<std::size_t>(length)};
}

std::string hours(double value) {
    constexpr double parts = 1e6;
    return number(std::round(value * parts) / parts) + " hours";
}

struct InYaml {
    std::string operator()(const Constant& of) const { return hours(of.value); }
    std::string operator()(const Uniform& of) const {
        return "{uniform: {from: " + hours(of.from) + ", to: " + hours(of.to) + "}}";
    }
    std::string operator()(const Triangular& of) const {
        return "{triangular: {from: " + hours(of.from) + ", mode: " + hours(of.mode) +
               ", to: " + hours(of.to) + "}}";
    }
    std::string operator()(const Normal& of) const { return two("normal", of.mean, of.deviation); }
    std::string operator()(const Lognormal& of) const {
        return two("lognormal", of.mean, of.deviation);
    }
    std::string operator()(const Gamma& of) const { return two("gamma", of.mean, of.deviation); }
    std::string operator()(const Exponential& of) const {
        return "{exponential: {mean: " + hours(of.mean) + "}}";
    }
    std::string operator()(const Empirical& of) const {
        std::string text = "{empirical: [";
        for (std::size_t i = 0; i < of.values.size(); ++i) {
            text += (i == 0 ? "" : i % 8 == 0 ? ",\n      " : ", ") + hours(of.values[i]);
        }
        return text + "]}";
    }

private:
    static std::string two(const std::string& name, double mean, double deviation) {
        return "{" + name + ": {mean: " + hours(mean) + ", deviation: " + hours(deviation) + "}}";
    }
};

std::string in_yaml(const Distribution& distribution) {
    return std::visit(InYaml(), distribution);
}

std::string comment(const Calibration& calibration, const std::string& what) {
    for (const FittedAmount& one : calibration.fits) {
        if (one.what != what) continue;
        constexpr double parts = 1000;
        return "  # " + std::to_string(one.count) + " seen, distance " +
               number(std::round(one.distance * parts) / parts);
    }
    return {};
}

std::string time_of_day(std::chrono::minutes time) {
    const auto two = [](std::int64_t value) {
        return (value < 10 ? "0" : "") + std::to_string(value);
    };
    return two(time.count() / 60) + ":" + two(time.count() % 60);
}

std::string arrivals_yaml(const Calibration& calibration) {
    const Arrivals& arrivals = calibration.assumptions.arrivals;
    if (const auto* pause = std::get_if<Distribution>(&arrivals)) {
        return "arrivals:" + comment(calibration, "arrivals") + "\n  every: " + in_yaml(*pause) + "\n";
    }
    const auto& week = std::get<WeekOfArrivals>(arrivals);
    constexpr std::array<const char*, 7> names{"sunday",   "monday", "tuesday", "wednesday",
                                               "thursday", "friday", "saturday"};
    constexpr double parts = 1e4;
    std::string text = "arrivals:\n  week: {";
    for (std::size_t day = 0; day < names.size(); ++day) {
        text += (day == 0 ? "" : ", ") + std::string(names[day]) + ": " +
                number(std::round(week.per_weekday[day] * parts) / parts);
    }
    text += "}\n  hours:\n";
    for (const auto& [span, weight] : week.hours) {
        text += "    " + time_of_day(span.opens) + "-" + time_of_day(span.closes) + ": " +
                number(weight) + "\n";
    }
    return text;
}

std::string work_yaml(const Calibration& calibration) {
    std::string text = "states:\n";
    for (const auto& [state, work] : calibration.assumptions.work) {
        text += "  " + state + ":" + comment(calibration, state) + "\n    effort: " +
                in_yaml(work.effort) + "\n";
        const std::string waited = comment(calibration, "waiting for " + state);
        if (!waited.empty()) {
            text += "    waiting:" + waited + "\n      " + in_yaml(work.waiting) + "\n";
        }
        if (work.choices.empty()) continue;
        text += "    choose: {";
        for (std::size_t i = 0; i < work.choices.size(); ++i) {
            text += (i == 0 ? "" : ", ") + work.choices[i].action + ": " +
                    number(work.choices[i].weight);
        }
        text += "}\n";
    }
    return text;
}

std::string people_yaml(const Assumptions& assumptions) {
    std::string staff;
    std::string people;
    for (const Person& person : assumptions.people) {
        if (person.unlimited) {
            staff += "  " + person.id + ": unlimited\n";
            continue;
        }
        people += "  " + quoted(person.id) + ": {role: [";
        for (std::size_t i = 0; i < person.roles.size(); ++i) {
            people += (i == 0 ? "" : ", ") + person.roles[i];
        }
        people += "]}\n";
    }
    return (staff.empty() ? "" : "staff:\n" + staff + "\n") +
           (people.empty() ? "" : "people:\n" + people + "\n");
}

}  // namespace

std::string to_yaml(const Calibration& calibration) {
    const Assumptions& assumptions = calibration.assumptions;
    std::string text = "# Fitted to " + std::to_string(calibration.cases) + " cases with " +
                       std::to_string(calibration.events) + " events, of which " +
                       std::to_string(calibration.mapped) + " found their place.\n";
    text += "simulation: " + assumptions.procedure->id() + "\n";
    text += "begins: " + to_string(assumptions.begins, assumptions.calendar().offset()) + "\n\n";
    text += arrivals_yaml(calibration) + "\n";
    text += people_yaml(assumptions);
    return text + work_yaml(calibration);
}

}  // namespace workflow::simulation
