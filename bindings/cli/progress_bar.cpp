#include "progress_bar.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "simulation_report.hpp"
#include "simulation_words.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds between_pictures{200};
constexpr std::size_t bar_width = 24;

volatile std::sig_atomic_t wants_to_stop = 0;

/// The second time the program ends as it would without us.
void note_interrupt(int number) {
    wants_to_stop = 1;
    (void)std::signal(number, SIG_DFL);
}

std::string clock_text(double seconds) {
    const auto whole = static_cast<std::uint64_t>(std::max(0.0, seconds));
    constexpr std::uint64_t minute = 60;
    return fmt::format("{}:{:02}", whole / minute, whole % minute);
}

}  // namespace

ProgressBar::ProgressBar(double whole, const Session& session)
    : whole_(whole),
      language_(session.language),
      is_shown_(isatty(STDERR_FILENO) != 0),
      began_(steady_clock::now()),
      shown_(began_) {
    wants_to_stop = 0;
    (void)std::signal(SIGINT, note_interrupt);
}

ProgressBar::~ProgressBar() {
    (void)std::signal(SIGINT, SIG_DFL);
    if (!is_shown_) return;
    try {
        print_error("\r\x1b[K");
    } catch (const std::exception&) {  // nobody can see it any more
    }
}

bool ProgressBar::update(double done, std::uint64_t dossiers) {
    const auto now = steady_clock::now();
    if (is_shown_ && now - shown_ >= between_pictures) {
        shown_ = now;
        show(done, dossiers);
    }
    return wants_to_stop == 0;
}

void ProgressBar::show(double done, std::uint64_t dossiers) {
    const double seconds = std::chrono::duration<double>(shown_ - began_).count();
    const double part = std::clamp(done / whole_, 0.0, 1.0);
    std::string bar;
    for (std::size_t i = 0; i < bar_width; ++i) {
        bar += static_cast<double>(i) < part * static_cast<double>(bar_width) ? "█" : "░";
    }
    const double left = part > 0 ? seconds * (1 - part) / part : 0;
    try {
        print_error(fmt::format(
            "\r{} {} {}\x1b[K", bar, percent(part, language_),
            words::sim_progress.in(
                language_, grouped(dossiers, language_),
                grouped(static_cast<std::uint64_t>(static_cast<double>(dossiers) / seconds), language_),
                clock_text(left))));
    } catch (const std::exception&) {  // the run is worth more than its bar
        is_shown_ = false;
    }
}

}  // namespace workflow::cli
