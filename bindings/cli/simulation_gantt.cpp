#include "simulation_gantt.hpp"

#include <algorithm>
#include <map>

#include "markup.hpp"
#include "simulation_report.hpp"
#include "simulation_words.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

using namespace simulation;

constexpr double width = 960;
constexpr double left = 190;  // behind the names of the states
constexpr double right_edge = 952;
constexpr double row_height = 18;
constexpr double head_height = 34;
constexpr double band_gap = 14;

/// As few days between marks as can be read.
int days_between_marks(double days) {
    for (const int step : {1, 2, 5, 7, 14, 28, 56, 112, 224}) {
        if (days / step <= 12) return step;
    }
    return 448;
}

/// As much of a name as stands in front of the bars.
std::string shortened(const std::string& name) {
    constexpr std::size_t columns = 32;
    if (display_width(name) <= columns) return name;
    std::string text;
    for (std::size_t at = 0; at < name.size();) {
        std::size_t length = 1;
        while (at + length < name.size() &&
               (static_cast<unsigned char>(name[at + length]) & 0xc0U) == 0x80U) {
            ++length;
        }
        if (display_width(text + name.substr(at, length)) >= columns) break;
        text += name.substr(at, length);
        at += length;
    }
    return text + "…";
}

class Band {
public:
    Band(const Assumptions& assumptions, const FinishedDossier& course, double top, double days,
         const std::string& language)
        : calendar_(assumptions.calendar()),
          assumptions_(assumptions),
          course_(course),
          top_(top),
          first_(calendar_.day_of(course.started)),
          days_(days),
          language_(language),
          names_(*assumptions.procedure, language) {
        for (const Stage& stage : course.stages) {
            const auto known = std::find(states_.begin(), states_.end(), stage.state);
            if (known == states_.end()) states_.push_back(stage.state);
        }
    }

    double height() const { return head_height + row_height * static_cast<double>(states_.size()); }

    std::string svg() {
        add_head();
        add_days();
        for (const Stage& stage : course_.stages) add_stage(stage);
        for (std::size_t row = 0; row < states_.size(); ++row) {
            text_ += fmt::format(
                "<text class=\"state\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
                left - 6, row_top(row) + row_height - 5,
                markup_text(shortened(names_.state(states_[row]))));
        }
        return std::move(text_);
    }

private:
    double x(Instant at) const {
        const Instant zero = instant_of(first_, {}, calendar_.offset());
        const double passed = std::chrono::duration<double, std::ratio<86'400>>(at - zero).count();
        return left + passed / days_ * (right_edge - left);
    }
    double row_top(std::size_t row) const {
        return top_ + head_height + row_height * static_cast<double>(row);
    }

    void add_head() {
        text_ += fmt::format(
            "<text class=\"dossier\" x=\"0\" y=\"{:.1f}\">{}</text>\n", top_ + 13,
            markup_text(words::sim_dossier_line.in(
                language_, grouped(course_.dossier + 1, language_),
                names_.outcome(course_.outcome),
                decimal(course_.lead / hours_of_day(calendar_), language_),
                course_.late ? words::sim_was_late.in(language_) : std::string_view())));
    }

    /// Shades days off, and names some dates.
    void add_days() {
        const int step = days_between_marks(days_);
        for (int i = 0; i < static_cast<int>(days_); ++i) {
            const Day day = first_ + std::chrono::days(i);
            if (day > calendar_.last()) return;
            const double from = x(instant_of(day, {}, calendar_.offset()));
            const double to = x(instant_of(day + std::chrono::days(1), {}, calendar_.offset()));
            if (!calendar_.is_working_day(day)) {
                text_ += fmt::format(
                    "<rect class=\"off\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" "
                    "height=\"{:.1f}\"/>\n",
                    from, top_ + head_height, to - from, height() - head_height);
            }
            if (i % step != 0) continue;
            text_ += fmt::format("<text class=\"day\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", from,
                                 top_ + head_height - 4, to_string(day).substr(5));
        }
    }

    void add_stage(const Stage& stage) {
        const auto row = static_cast<std::size_t>(
            std::find(states_.begin(), states_.end(), stage.state) - states_.begin());
        const double y = row_top(row);
        add_bar("waits", stage.came, stage.begun, y, stage);
        if (stage.person != SIZE_MAX) add_bar("works", stage.begun, stage.ended, y, stage);
    }

    void add_bar(std::string_view kind, Instant from, Instant to, double y, const Stage& stage) {
        const double begins = x(from);
        const double length = std::max(x(to) - begins, kind == "works" ? 1.5 : 0.0);
        if (length <= 0) return;
        const UtcOffset offset = calendar_.offset();
        const std::string who =
            stage.person == SIZE_MAX ? std::string() : assumptions_.people[stage.person].id + ", ";
        text_ += fmt::format(
            "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\">"
            "<title>{}: {}{} – {}</title></rect>\n",
            kind, begins, y + 3, length, row_height - 6, markup_text(names_.state(stage.state)),
            markup_text(who), to_short_string(from, offset), to_short_string(to, offset));
    }

    const Calendar& calendar_;
    const Assumptions& assumptions_;
    const FinishedDossier& course_;
    double top_;
    Day first_;
    double days_;
    std::string language_;
    SimulationNames names_;
    std::vector<std::uint32_t> states_;
    std::string text_;
};

}  // namespace

std::string gantt_svg(const Assumptions& assumptions, const std::vector<FinishedDossier>& courses,
                      const std::string& language) {
    const Calendar& calendar = assumptions.calendar();
    double days = 1;
    for (const FinishedDossier& course : courses) {
        const auto span = calendar.day_of(course.ended) - calendar.day_of(course.started);
        days = std::max(days, static_cast<double>(span.count() + 1));
    }
    double top = 0;
    std::string bands;
    for (const FinishedDossier& course : courses) {
        Band band(assumptions, course, top, days, language);
        bands += band.svg();
        top += band.height() + band_gap;
    }
    return fmt::format(
        "<svg class=\"gantt\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0f} {:.0f}\" "
        "role=\"img\">\n{}</svg>\n",
        width, top, bands);
}

}  // namespace workflow::cli
