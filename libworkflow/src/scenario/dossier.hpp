// One dossier of a case under way, on an engine of its own over a memory store: what is kept, sent
// and brought is what it would be for a host. Confined.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenario/script.hpp"
#include "workflow/engine.hpp"

namespace workflow::scenario {

class Dossier {
public:
    /// `key`: its business key. The script must outlive it.
    Dossier(const Script& script, const std::string& key);

    /// Lets time pass until the step, timer by timer, as for a host that is always awake; does what
    /// the step says; brings what that has sent.
    void play(const ScriptStep& step);

    /// Of status `created` where the start was refused.
    [[nodiscard]] const Instance& instance() const { return instance_; }
    /// Of its whole life.
    [[nodiscard]] const std::vector<Record>& records() const { return records_; }
    /// Since the step before.
    [[nodiscard]] std::span<const Record> latest() const {
        return std::span(records_).subspan(step_begins_);
    }
    /// Of the last step.
    [[nodiscard]] const std::optional<Refusal>& refused() const { return refused_; }
    /// How the message of the last step was delivered.
    [[nodiscard]] std::optional<Delivered::How> delivered() const { return delivered_; }
    /// The last step never came to its time.
    [[nodiscard]] bool has_too_many_timers() const { return too_many_timers_; }

private:
    void pass_until(Instant until);
    void happen(const ScriptStep& step);
    void start(const ScriptStep& step);
    void send(const Event& event);
    void answer(const ScriptStep& step);
    /// The dossier in which the step happens: its own, or one that it has called.
    [[nodiscard]] std::string place_of(const ScriptStep& step);
    void bring(const ScriptStep& step);
    void refuse_not_started();
    /// Reads again what the engine keeps.
    void look();
    [[nodiscard]] bool is_item(const Instance& instance, const Token& token,
                               const std::string& item) const;
    [[nodiscard]] Ordinal chosen(const Instance& instance, const Choice& choice) const;
    [[nodiscard]] Ordinal chosen(const Choice& choice) const { return chosen(place_, choice); }

    const Script& script_;
    std::string key_;
    std::shared_ptr<VirtualClock> clock_;
    Engine engine_;
    bool started_ = false;
    Instance instance_;
    Instance place_;  ///< in which the step happens
    std::vector<Record> records_;
    std::size_t step_begins_ = 0;
    std::size_t woken_ = 0;  ///< timers fired and messages brought in the last step
    std::optional<Refusal> refused_;
    std::optional<Delivered::How> delivered_;
    bool too_many_timers_ = false;
};

}  // namespace workflow::scenario
