// What is going to happen, by time. Confined to one replication.
#pragma once

#include <cstdint>
#include <queue>
#include <tuple>
#include <vector>

#include "workflow/instance.hpp"

namespace workflow::simulation {

/// Of what happens at one instant, what people and others outside finish comes before timers, so that what is
/// done on its last instant is done in time.
enum class Kind : std::uint8_t {
    arrival,
    ready,    ///< a work item can be begun
    done,     ///< of work
    answer,   ///< of a service
    ended,    ///< a called procedure
    message,  ///< comes from outside
    occasion, ///< somebody acts on what lies inside a state
    back,     ///< a person
    timer
};

struct Happening {
    Instant at;
    Kind kind{};
    std::uint32_t slot = 0;  ///< of the dossier, among those under way
    std::uint64_t sequence = 0;
    std::uint64_t dossier = 0;  ///< number of all that ever came
    Ordinal ordinal = 0;  ///< of ready, done, answer, ended, message, occasion: the token; of timer: whose
    /// Of ready and done: of the work; of answer: of the attempt; of message: of the message; of occasion: of
    /// the action in the assumptions; of back: of the person; of timer: its age.
    std::uint64_t number = 0;
};

class Agenda {
public:
    void expect(Happening one) {
        one.sequence = sequence_++;
        queue_.push(one);
    }
    [[nodiscard]] bool is_empty() const { return queue_.empty(); }
    [[nodiscard]] Happening take() {
        const Happening next = queue_.top();
        queue_.pop();
        return next;
    }
    /// A number that nothing else has.
    [[nodiscard]] std::uint64_t fresh_number() { return sequence_++; }

private:
    struct Later {
        bool operator()(const Happening& a, const Happening& b) const {
            const bool a_is_timer = a.kind == Kind::timer;
            const bool b_is_timer = b.kind == Kind::timer;
            return std::tie(a.at, a_is_timer, a.sequence) > std::tie(b.at, b_is_timer, b.sequence);
        }
    };
    std::priority_queue<Happening, std::vector<Happening>, Later> queue_;
    std::uint64_t sequence_ = 0;
};

}  // namespace workflow::simulation
