#include "simulation_page.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base64.hpp"
#include "markup.hpp"
#include "page_parts.hpp"
#include "simulation_gantt.hpp"
#include "simulation_report.hpp"
#include "simulation_words.hpp"
#include "workflow/digest.hpp"
#include "workflow/graph.hpp"

namespace workflow::cli {
namespace {

using namespace simulation;
using Json = nlohmann::ordered_json;

/// As a Content-Security-Policy names a script that may run (CSP Level 3, 2.3.1).
std::string source_hash(std::string_view script) {
    const Digest digest = sha256(script);
    return "'sha256-" +
           base64({reinterpret_cast<const char*>(digest.data()), digest.size()}) + "'";
}

/// JSON that no HTML parser takes for the end of its element.
std::string embedded(const Json& json) {
    std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
    for (std::size_t at = 0; (at = text.find('<', at)) != std::string::npos;) {
        text.replace(at, 1, "\\u003c");
    }
    return text;
}

std::string heading(const Word& word, const std::string& language) {
    return fmt::format("<h2>{}</h2>\n", word.in(language));
}

std::string note(std::string_view text) {
    return fmt::format("<p class=\"note\">{}</p>\n", markup_text(text));
}

std::string list(const std::vector<std::string>& sentences, std::string_view kind) {
    if (sentences.empty()) return {};
    std::string text = fmt::format("<ul class=\"{}\">\n", kind);
    for (const std::string& sentence : sentences) {
        text += "<li>" + markup_text(sentence) + "</li>\n";
    }
    return text + "</ul>\n";
}

std::string canvas(const std::string& id, std::string_view kind = "chart") {
    return fmt::format("<div class=\"{}\"><canvas id=\"{}\"></canvas></div>\n", kind, id);
}

/// A table of the tool's text report, as HTML.
std::string html_table(const Table& table) {
    std::string text = "<div class=\"wide\"><table>\n";
    const std::vector<std::vector<Cell>> lines = table.lines();
    for (std::size_t row = 0; row < lines.size(); ++row) {
        const std::string_view cell = row == 0 ? "th" : "td";
        text += "<tr>";
        for (const Cell& one : lines[row]) {
            const bool is_hot = one.tone == Tone::warning || one.tone == Tone::bad;
            text += fmt::format("<{0}{2}>{1}</{0}>", cell, markup_text(one.text),
                                is_hot ? " class=\"hot\"" : "");
        }
        text += "</tr>\n";
    }
    return text + "</table></div>\n";
}

std::string svg_alone(std::string_view svg) {
    const std::size_t begin = svg.find("<svg");
    return begin == std::string_view::npos ? std::string() : std::string(svg.substr(begin));
}

class Page {
public:
    Page(const SimulationPage& page, std::string language)
        : page_(page),
          language_(std::move(language)),
          names_(*page.assumptions.procedure, language_),
          figures_(to_json(page.assumptions, page.plan, page.simulated)) {}

    std::string html() {
        const std::string data = embedded(chart_figures());
        const std::string title =
            markup_text(words::page_title.in(language_, names_.procedure()));
        std::string text = fmt::format(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'unsafe-inline'; script-src {} {}\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
            language_, source_hash(chart_library()), source_hash(page_script()), title,
            page_style(), title);
        text += fmt::format("<p class=\"lead\">{}</p>\n",
                            markup_text(page_.assumptions.title.in(language_)));
        text += body();
        text += "<script type=\"application/json\" id=\"figures\">" + data + "</script>\n";
        if (!chart_library().empty()) {
            text += fmt::format("<script>{}</script>\n<script>{}</script>\n", chart_library(),
                                page_script());
        }
        return text + "</body>\n</html>\n";
    }

private:
    std::string body() const {
        std::string text = heading(words::page_summary, language_);
        text += list(headline(page_.assumptions, page_.simulated, language_), "words");
        text += list(reservations(page_.simulated, language_), "doubts");
        if (page_.before != nullptr) text += comparison();
        if (chart_library().empty()) text += note(words::page_no_charts.in(language_));
        text += lead() + graph() + over_time();
        text += gantt(words::page_typical, page_.typical);
        text += gantt(words::page_worst, page_.worst);
        text += heading(words::page_figures, language_);
        for (const Table& table :
             simulation_tables(page_.assumptions, page_.simulated, language_)) {
            if (!table.empty()) text += html_table(table);
        }
        const Replication& together = page_.simulated.together;
        return text +
               fmt::format("<footer><p>{}</p></footer>\n",
                           markup_text(words::page_run.in(
                               language_, page_.simulated.replications.size(),
                               page_.plan.run.seed, grouped(together.arrived, language_),
                               grouped(together.ended, language_),
                               decimal(hours_of_day(page_.assumptions.calendar()), language_))));
    }

    std::string comparison() const {
        return heading(words::page_change, language_) +
               list(comparison_headline(*page_.before, page_.differences, language_), "words") +
               html_table(comparison_table(*page_.before, page_.differences, language_));
    }

    std::string lead() const {
        std::string text = heading(words::page_lead, language_) + canvas("lead");
        std::string limits;
        std::size_t number = 0;
        for (const Json& clock : figures_["clocks"]) {
            const std::size_t i = number++;
            if (clock["limit_days"].is_null()) continue;
            limits += fmt::format(
                "<div><h3>{}</h3>\n{}{}</div>\n",
                markup_text(names_.clock(clock["id"].get<std::string>())),
                note(words::page_limit_note.in(
                    language_, decimal(clock["limit_days"].get<double>(), language_))),
                canvas("clock" + std::to_string(i), "chart small"));
        }
        if (!limits.empty()) {
            text += heading(words::page_limits, language_) + "<div class=\"pair\">\n" + limits + "</div>\n";
        }
        return text;
    }

    std::string graph() const {
        std::string text = heading(words::page_graph, language_);
        if (page_.graph.empty()) return text + note(words::page_no_graph.in(language_));
        return text + note(words::page_graph_note.in(language_)) + "<div class=\"wide\">" +
               svg_alone(page_.graph) + "</div>\n";
    }

    std::string over_time() const {
        return heading(words::page_over_time, language_) +
               fmt::format("<h3>{}</h3>\n{}<h3>{}</h3>\n{}", words::page_queue.in(language_),
                           canvas("queue"), words::page_busy.in(language_), canvas("busy"));
    }

    std::string gantt(const Word& title, const std::vector<FinishedDossier>& courses) const {
        if (courses.empty()) return {};
        return heading(title, language_) + note(words::page_gantt_note.in(language_)) +
               "<div class=\"wide\">" + gantt_svg(page_.assumptions, courses, language_) +
               "</div>\n";
    }

    /// What the script reads: no more of the figures than it draws.
    Json chart_figures() const {
        Json json{{"language", language_},
                  {"words",
                   {{"days", words::page_lead_axis.in(language_)},
                    {"used", words::page_used_axis.in(language_)},
                    {"dossiers", words::page_dossiers_axis.in(language_)},
                    {"queue", words::page_queue.in(language_)},
                    {"busy", words::page_busy.in(language_)}}},
                  {"lead", figures_["lead_days"]["histogram"]},
                  {"clocks", Json::array()},
                  {"roles", Json::array()}};
        for (const Json& clock : figures_["clocks"]) {
            json["clocks"].push_back({{"histogram", clock["used_days"]["histogram"]},
                                      {"limit_days", clock["limit_days"]}});
        }
        for (const Json& role : figures_["roles"]) {
            if (role["utilisation"].is_null()) continue;
            json["roles"].push_back({{"title", names_.role(role["id"].get<std::string>())},
                                     {"queue", role["queue"]},
                                     {"busy", role["busy"]}});
        }
        const Json& under_way = figures_["over_time"]["under_way"];
        json["dates"] = {{"list", under_way["dates"]}, {"width_hours", under_way["width_hours"]}};
        return json;
    }

    const SimulationPage& page_;
    std::string language_;
    SimulationNames names_;
    Json figures_;
};

}  // namespace

std::string simulation_html(const SimulationPage& page, const std::string& language) {
    return Page(page, language).html();
}

std::string load_graph(const Assumptions& assumptions, const Simulated& simulated,
                       const std::string& language) {
    const Replication& together = simulated.together;
    const double day = hours_of_day(assumptions.calendar());
    const auto total = [](const StateResult& state) {
        return state.waiting.mean() * static_cast<double>(state.waiting.count());
    };
    double most = 0;
    for (const StateResult& state : together.states) most = std::max(most, total(state));
    std::vector<StateLoad> loads;
    for (std::uint32_t i = 1; i < together.states.size(); ++i) {
        const StateResult& state = together.states[i];
        if (state.stay.count() == 0 || together.arrived == 0) continue;
        const double times =
            static_cast<double>(state.entered) / static_cast<double>(together.arrived);
        loads.push_back({i, most > 0 ? total(state) / most : 0,
                         words::page_load.in(language, decimal(times, language),
                                             decimal(state.waiting.mean() / day, language))});
    }
    return to_dot(*assumptions.procedure,
                  {.language = language, .variant = assumptions.variant, .loads = &loads});
}

}  // namespace workflow::cli
