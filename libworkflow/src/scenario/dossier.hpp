// One dossier of a case under way, with those that it has called, on an engine of its own over a
// memory store: what is kept, sent and brought is what it would be for a host. Confined.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "scenario/script.hpp"
#include "workflow/engine.hpp"

namespace workflow::scenario {

/// One dossier as it stands after a step: the case's own, or one that it has called.
struct Life {
    std::shared_ptr<const Procedure> procedure;
    Instance instance;             ///< of status `created` where it was not started
    std::vector<Record> records;   ///< of its whole life
    std::size_t step_begins = 0;   ///< first record since the step before
    std::size_t asked_before = 0;  ///< first record since the step before that was about it

    [[nodiscard]] bool is_started() const { return instance.status != Instance::Status::created; }
    [[nodiscard]] std::span<const Record> of_step() const {
        return std::span(records).subspan(step_begins);
    }
    [[nodiscard]] std::span<const Record> since_asked() const {
        return std::span(records).subspan(asked_before);
    }
};

class Dossier {
public:
    /// `key`: its business key. The script must outlive it.
    Dossier(const Script& script, const std::string& key);

    /// Lets time pass until the step, timer by timer, as for a host that is always awake; does what
    /// the step says; brings what that has sent.
    void play(const ScriptStep& step);

    /// The case's own.
    [[nodiscard]] const Life& own() const { return lives_.front(); }
    /// That which the last step was about: its own, or the one that its `in_call` names.
    [[nodiscard]] const Life& asked() const { return asked_ == nullptr ? unborn_ : *asked_; }
    /// Its own, then what was called, in the order of their ids.
    [[nodiscard]] const std::deque<Life>& lives() const { return lives_; }
    /// Of the last step.
    [[nodiscard]] const std::optional<Refusal>& refused() const { return refused_; }
    /// How the message of the last step was delivered.
    [[nodiscard]] std::optional<Delivered::How> delivered() const { return delivered_; }
    /// An event that changed nothing: it was refused, or found nobody.
    struct Attempt {
        Life before;  ///< without its records
        Event event;
        Instant at;
    };
    /// Of its whole life.
    [[nodiscard]] const std::vector<Attempt>& attempts() const { return attempts_; }
    /// Of a life that was started.
    [[nodiscard]] std::vector<HistoryEntry> history(const std::string& id) {
        return engine_.history(id);
    }
    /// The last step never came to its time.
    [[nodiscard]] bool has_too_many_timers() const { return too_many_timers_; }

private:
    void pass_until(Instant until);
    void happen(const ScriptStep& step);
    void start(const ScriptStep& step);
    void send(const Event& event);
    void answer(const ScriptStep& step);
    /// The dossier that the step is about; null where the calls that it names are not under way.
    [[nodiscard]] Life* place_of(const ScriptStep& step);
    void bring(const ScriptStep& step);
    void refuse_not_started();
    void note_attempt(const Event& event);
    /// Reads again what the engine keeps.
    void look();
    void look_at(const std::string& id);
    [[nodiscard]] Life* find(const std::string& id);
    [[nodiscard]] bool is_item(const Instance& instance, const Token& token,
                               const std::string& item) const;
    [[nodiscard]] Ordinal chosen(const Instance& instance, const Choice& choice) const;
    [[nodiscard]] Ordinal chosen(const Choice& choice) const {
        return chosen(asked().instance, choice);
    }

    const Script& script_;
    std::string key_;
    std::shared_ptr<VirtualClock> clock_;
    Engine engine_;
    bool started_ = false;
    std::deque<Life> lives_;  ///< [0] its own; references to them last
    Life unborn_;             ///< what `asked` gives where a call is not under way
    Life* asked_ = nullptr;
    std::vector<Attempt> attempts_;
    std::size_t woken_ = 0;  ///< timers fired and messages brought in the last step
    std::optional<Refusal> refused_;
    std::optional<Delivered::How> delivered_;
    bool too_many_timers_ = false;
};

}  // namespace workflow::scenario
