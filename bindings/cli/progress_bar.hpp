// How far a long run is, on a terminal, and whether somebody wants it to stop. Confined, but for update().
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "session.hpp"

namespace workflow::cli {

/// On stderr where that is a terminal, else nothing is shown. From its making to its end Ctrl-C asks the run to
/// stop, and a second one ends the program as ever. One at a time.
class ProgressBar {
public:
    /// `whole` is what there is to do in all.
    ProgressBar(double whole, const Session& session);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    /// So much of the whole is done, and so many dossiers have ended; false: it is to stop. One call at a time.
    [[nodiscard]] bool update(double done, std::uint64_t dossiers);

private:
    void show(double done, std::uint64_t dossiers);

    double whole_;
    std::string language_;
    bool is_shown_;
    std::chrono::steady_clock::time_point began_;
    std::chrono::steady_clock::time_point shown_;
};

}  // namespace workflow::cli
