// The office of one replication: dossiers under way, people at work, and what is going to happen. Confined.
#pragma once

#include <vector>

#include "interpreter/offers.hpp"
#include "simulation/agenda.hpp"
#include "simulation/arrivals.hpp"
#include "simulation/dossiers.hpp"
#include "simulation/draws.hpp"
#include "simulation/fields.hpp"
#include "simulation/hours.hpp"
#include "simulation/places.hpp"
#include "simulation/staff.hpp"
#include "simulation/tally.hpp"
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
    static constexpr std::size_t nobody = Item::nobody;

    /// What the procedure says of a work item now.
    struct Offered {
        Ordinal ordinal = 0;
        std::uint32_t state = 0;
        std::int64_t rank = 0;
        Roles roles;
        std::vector<std::string> for_whom;
    };
    /// An action that is taken, and the offer of the procedure that it is.
    struct Chosen {
        const Event& event;
        interpreter::Offer offer;
    };

    // --- office.cpp: time, and whole dossiers
    [[nodiscard]] bool is_counted(const Dossier& dossier) const {
        return dossier.number >= run_.warm_up;
    }
    [[nodiscard]] Draws draws(Subject what, const Dossier& dossier, std::uint64_t visit = 0) const {
        return draws_for({run_.seed, run_.replication, what, dossier.number, visit});
    }
    void expect(const Dossier& dossier, Kind kind, Instant at, Ordinal ordinal,
                std::uint64_t number = 0);
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
    void fire(Dossier& dossier);
    void arrive(std::uint64_t number);
    [[nodiscard]] FieldValues data_of(const Dossier& dossier) const;
    [[nodiscard]] Start first_event() const;
    std::optional<Refusal> take(Dossier& dossier, const Event& event,
                                const interpreter::Offer* offer = nullptr);
    [[nodiscard]] std::optional<Refusal> step_of(Instance& instance, const Event& event,
                                                 const interpreter::Offer* offer);
    void note(Dossier& dossier, const Record& record);
    void note_clock_end(Dossier& dossier, const Record& record);
    void note_unable(const Dossier& dossier, const std::string& why);
    void look_at(Dossier& dossier);
    void look_at_timers(Dossier& dossier, const std::vector<DueRow>& due);
    void end(Dossier& dossier);

    // --- office_outside.cpp: services, called procedures, messages, actions on what lies inside
    [[nodiscard]] bool is_awaited(const Dossier& dossier, const Happening& next) const;
    [[nodiscard]] bool is_subscribed(const Dossier& dossier, const Happening& next) const;
    void expect_effects(Dossier& dossier, const std::vector<Effect>& effects);
    void expect_answer(Dossier& dossier, std::uint32_t state, Ordinal token, std::uint32_t attempt);
    void expect_end_of_call(Dossier& dossier, std::uint32_t state, Ordinal token);
    void expect_messages(Dossier& dossier);
    [[nodiscard]] bool is_inside(const Dossier& dossier, const Happening& next) const;
    void expect_occasional(const Dossier& dossier, std::uint32_t state, Ordinal token);
    void act(const Happening& next, Dossier& dossier);
    [[nodiscard]] Actor somebody_of(std::uint32_t role);
    void answer(const Happening& next, Dossier& dossier);
    void end_call(const Happening& next, Dossier& dossier);
    void bring_message(const Happening& next, Dossier& dossier);

    // --- office_work.cpp: work items
    void look_at_work(Dossier& dossier, const std::vector<WorkRow>& rows);
    void update(Dossier& dossier, Item& item, const Offered& now);
    [[nodiscard]] std::int64_t rank_of(const Dossier& dossier, const WorkRow& row) const;
    void withdraw_items(Dossier& dossier, const Few<Offered>& there);
    [[nodiscard]] bool follow_trace(Dossier& dossier, Item& item) const;
    void come(Dossier& dossier, Item& item);
    [[nodiscard]] Roles doers_of(Dossier& dossier, const Item& item) const;
    void offer(Dossier& dossier, Item& item);
    void seek_person(Dossier& dossier, Item& item);
    void begin_work(Dossier& dossier, Item& item, std::size_t person);
    void stop_work(Dossier& dossier, const Item& item, double worked);
    void leave_item(Dossier& dossier, const Item& item);
    void release(std::size_t person);
    void expect_back(std::size_t person);
    void come_back(std::size_t person);
    void finish_work(const Happening& next, Dossier& dossier);
    [[nodiscard]] std::optional<Chosen> chosen(Dossier& dossier, const Item& item);
    [[nodiscard]] bool allows(std::size_t person, const Waiting& waiting);
    [[nodiscard]] bool is_for(std::size_t person, const std::vector<std::string>& for_whom) const;
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
    Dossiers dossiers_;
    std::vector<bool> expected_back_;  ///< by person
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
