// The office of one replication: dossiers under way, people at work, and what is going to happen. Confined.
#pragma once

#include <boost/container/small_vector.hpp>
#include <memory>
#include <unordered_map>
#include <vector>

#include "interpreter/offers.hpp"
#include "simulation/agenda.hpp"
#include "simulation/arrivals.hpp"
#include "simulation/draws.hpp"
#include "simulation/fields.hpp"
#include "simulation/hours.hpp"
#include "simulation/places.hpp"
#include "simulation/staff.hpp"
#include "simulation/tally.hpp"
#include "workflow/index_rows.hpp"
#include "workflow/interpreter.hpp"
#include "workflow/simulation.hpp"

namespace workflow::simulation {

class Office {
public:
    Office(const Assumptions& assumptions, const Run& run);

    /// Lets the next thing happen; false: there is none.
    bool go_on();
    [[nodiscard]] std::uint64_t ended() const { return ended_; }
    /// What it came to. Nothing happens afterwards.
    [[nodiscard]] Replication take();

private:
    static constexpr std::size_t nobody = SIZE_MAX;

    /// A work item of a dossier, from when it comes until it is done or withdrawn.
    struct Item {
        enum class Phase : std::uint8_t {
            pending,  ///< cannot be begun yet
            queued,
            at_work,
            worked,  ///< and still there: nothing more is done on it by itself
        };
        Ordinal ordinal = 0;
        Waiting waiting;
        Roles offered;  ///< roles that could do it; those that do are `waiting.roles`
        Phase phase = Phase::pending;
        std::size_t person = nobody;  ///< who works, or has worked, on it
        std::uint64_t work = 0;       ///< number of that work
        double effort = 0;            ///< hours
        const Trace::Step* traced = nullptr;  ///< instead: how long, by the clock, and what ends it
        Instant came;
        std::chrono::milliseconds came_open{};   ///< when it came, in open time
        std::chrono::milliseconds since_open{};  ///< since when it waits for people, in open time
        Instant begun;
        std::string action;  ///< that ended it
        [[nodiscard]] std::uint32_t role() const { return waiting.roles.front(); }
    };
    struct ClockStart {
        Ordinal owner = 0;
        std::uint32_t clock = 0;
        Instant at;
    };
    /// What the procedure says of a work item now.
    struct Offered {
        Ordinal ordinal = 0;
        std::uint32_t state = 0;
        std::int64_t rank = 0;
        Roles roles;
        std::vector<std::string> for_whom;
    };
    /// As a rule one.
    template <class Kept>
    using Few = boost::container::small_vector<Kept, 1>;
    struct Visits {
        std::uint32_t state = 0;
        std::uint64_t times = 0;
    };
    struct Dossier {
        Instance instance;
        Instant arrived;
        std::chrono::milliseconds arrived_open{};  ///< in open time
        Few<Item> items;         ///< by ordinal
        Few<Visits> all_visits;  ///< of states, by work or service
        std::vector<ClockStart> clocks;                 ///< that run
        std::vector<std::pair<Ordinal, std::uint32_t>> subscribed;  ///< token and message
        std::optional<DueRow> timer;
        std::uint64_t timer_age = 0;
        double worked = 0;  ///< hours
        std::size_t traced = 0;  ///< steps of its trace that are taken
        bool late = false;
        std::vector<Stage> stages;  ///< only where somebody wants to know

        /// Null: there is none.
        [[nodiscard]] Item* item(Ordinal ordinal);
        [[nodiscard]] std::uint64_t& visits(std::uint32_t state);
    };
    // --- office.cpp: time, and whole dossiers
    [[nodiscard]] bool is_counted(std::uint64_t dossier) const { return dossier >= run_.warm_up; }
    [[nodiscard]] Draws draws(Subject what, std::uint64_t dossier,
                              std::uint64_t visit = 0) const {
        return draws_for({run_.seed, run_.replication, what, dossier, visit});
    }
    [[nodiscard]] Situation situation(const Dossier& dossier) const {
        return {assumptions_, dossier.instance, now_};
    }
    [[nodiscard]] double hours(Instant from, Instant to) const;
    [[nodiscard]] double hours_since(std::chrono::milliseconds open) const { return hours_of(open_ - open); }
    [[nodiscard]] Instant after_hours(double hours) const;
    void take_over(const Instance& open, std::uint64_t number);
    void expect_arrival();
    [[nodiscard]] bool is_current(const Happening& next, Dossier* known) const;
    void pass_until(Instant at);
    void happen(const Happening& next, Dossier* known);
    void fire(const Happening& next, Dossier& dossier);
    void arrive(std::uint64_t number);
    [[nodiscard]] Dossier& make_dossier(std::uint64_t number);
    [[nodiscard]] FieldValues data_of(std::uint64_t number) const;
    [[nodiscard]] Start first_event() const;
    std::optional<Refusal> take(std::uint64_t number, Dossier& dossier, const Event& event);
    [[nodiscard]] std::optional<Refusal> step_of(Instance& instance, const Event& event);
    void note(std::uint64_t number, Dossier& dossier, const Record& record);
    void note_clock_end(std::uint64_t number, Dossier& dossier, const Record& record);
    void note_unable(std::uint64_t number, const std::string& why);
    void look_at(std::uint64_t number, Dossier& dossier);
    void look_at_timers(std::uint64_t number, Dossier& dossier, const std::vector<DueRow>& due);
    void end(std::uint64_t number, Dossier& dossier);

    // --- office_outside.cpp: services, called procedures, messages, actions on what lies inside
    [[nodiscard]] bool is_awaited(const Dossier& dossier, const Happening& next) const;
    [[nodiscard]] bool is_subscribed(const Dossier& dossier, const Happening& next) const;
    void expect_effects(std::uint64_t number, Dossier& dossier, const std::vector<Effect>& effects);
    void expect_answer(std::uint64_t number, Dossier& dossier, std::uint32_t state, Ordinal token,
                       std::uint32_t attempt);
    void expect_end_of_call(std::uint64_t number, Dossier& dossier, std::uint32_t state,
                            Ordinal token);
    void expect_messages(std::uint64_t number, Dossier& dossier);
    [[nodiscard]] bool is_inside(const Dossier& dossier, const Happening& next) const;
    void expect_occasional(std::uint64_t number, std::uint32_t state, Ordinal token);
    void act(const Happening& next, Dossier& dossier);
    [[nodiscard]] Actor somebody_of(std::uint32_t role);
    void answer(const Happening& next, Dossier& dossier);
    void end_call(const Happening& next, Dossier& dossier);
    void bring_message(const Happening& next, Dossier& dossier);

    // --- office_work.cpp: work items
    void look_at_work(std::uint64_t number, Dossier& dossier, const std::vector<WorkRow>& rows);
    void update(Item& item, const Offered& now);
    [[nodiscard]] std::int64_t rank_of(const Dossier& dossier, const WorkRow& row) const;
    void withdraw_items(std::uint64_t number, Dossier& dossier, const Few<Offered>& there);
    [[nodiscard]] bool follow_trace(std::uint64_t number, Dossier& dossier, Item& item) const;
    void come(std::uint64_t number, Dossier& dossier, Item& item);
    [[nodiscard]] Roles doers_of(std::uint64_t number, Dossier& dossier, const Item& item) const;
    void offer(Item& item);
    void enqueue(Item& item);
    void begin_work(Item& item, std::size_t person);
    void stop_work(std::uint64_t number, Dossier& dossier, const Item& item, double worked);
    void leave_item(std::uint64_t number, Dossier& dossier, const Item& item);
    void release(std::size_t person);
    void expect_back(std::size_t person);
    void come_back(std::size_t person);
    void finish_work(const Happening& next, Dossier& dossier);
    [[nodiscard]] const Event* chosen(const Happening& next, Dossier& dossier, const Item& item);
    [[nodiscard]] bool allows(std::size_t person, const Waiting& item);
    /// As he acts on work for these units or people: those who are unlimited, of no unit, stand for each.
    /// Until he is asked for again.
    [[nodiscard]] const Actor& actor_of(std::size_t person,
                                        const std::vector<std::string>& for_whom = {});
    [[nodiscard]] Perform& act_of(std::size_t person) { return std::get<Perform>(acts_[person]); }

    const Assumptions& assumptions_;
    const Run& run_;
    const Procedure& procedure_;
    const Calendar& calendar_;
    std::vector<Place> places_;  ///< by state
    Staff staff_;
    ArrivalTimes arrival_times_;
    Tally tally_;
    Instant now_;
    std::chrono::milliseconds open_;  ///< of the procedure's calendar, before now
    std::uint64_t arrivals_ = 0;
    std::uint64_t ended_ = 0;
    std::uint64_t happened_at_once_ = 0;
    Agenda agenda_;
    using Dossiers = std::unordered_map<std::uint64_t, Dossier>;
    Dossiers dossiers_;                                    ///< under way
    std::vector<Dossiers::node_type> ended_dossiers_;      ///< whose memory serves the next
    std::vector<bool> expected_back_;                      ///< by person
    // Made once, for what is told again and again.
    std::vector<Event> acts_;  ///< by person: a Perform with him as the actor
    Event start_;              ///< a Start, but for its data
    Instance before_;          ///< as it stood before the step under way
    std::vector<Record> records_;
    std::vector<Effect> effects_;
    IndexRows rows_;
    std::vector<interpreter::Judged> judged_;
};

}  // namespace workflow::simulation
