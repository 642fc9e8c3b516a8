#include "dossiers.hpp"

#include <stdexcept>

namespace onboarding {
namespace {

using namespace workflow;

const Actor lan{"lan", {"proposing_unit"}, {"libraries"}, {}};
const Actor minh{"minh", {"legal_affairs"}, {}, {}};
const Actor tuan{"tuan", {"it_centre"}, {}, {}};
const Actor thu{"thu", {"ministry_leader"}, {}, {}};

Actor of_unit(const std::string& unit) {
    return {"officer of " + unit, {"confirming_unit"}, {unit}, {}};
}

/// A host's way to drive the engine: set the clock, let run what has fallen due, then act.
class Desk {
public:
    Desk(Engine& runs, VirtualClock& reads) : engine_(runs), clock_(reads) {}

    void start(const std::string& when, const std::string& id, const std::string& service,
               List units) {
        pass_until(when);
        expect_done(engine_.start({"service_onboarding",
                                   std::string(business_key(id)),
                                   lan,
                                   {{"service_name", service}, {"units", std::move(units)}},
                                   {}}));
    }
    void act(const std::string& when, const std::string& id, const Actor& who,
             const std::string& action, FieldValues fields = {}) {
        pass_until(when);
        // The request id makes it safe to send the same again after a lost answer.
        expect_done(
            engine_.perform(id, {action, who, std::move(fields), {}}, {id + "@" + when, {}}));
    }
    /// Wakes the engine whenever it asked for it, as a host's timer would.
    void pass_until(const std::string& when) {
        const Instant until = *parse_instant(when, std::chrono::hours(7));
        for (auto due = engine_.next_due(); due && *due <= until; due = engine_.next_due()) {
            if (*due > clock_.now()) clock_.set(*due);
            engine_.run_due();
        }
        if (until > clock_.now()) clock_.set(until);
    }

private:
    static void expect_done(const Answer& answer) {
        if (const auto* refusal = std::get_if<Refusal>(&answer)) {
            throw std::runtime_error(refusal->reason());
        }
    }
    Engine& engine_;
    VirtualClock& clock_;
};

}  // namespace

void first_part(Engine& engine, VirtualClock& clock) {
    Desk desk(engine, clock);
    desk.start("2017-04-24 14:00", straight, "Licence for an art performance", {"Performing Arts"});
    desk.act("2017-04-24 14:30", straight, lan, "submit", {{"draft", "process.pdf"}});
    desk.act("2017-04-25 09:00", straight, minh, "agree", {{"opinion", "opinion.pdf"}});

    desk.start("2017-04-25 10:00", winding, "Permit to restore a monument",
               {"Cultural Heritage", "Fine Arts", "Tourism"});
    desk.act("2017-04-25 11:00", winding, lan, "submit", {{"draft", "draft-1.pdf"}});
    desk.act("2017-05-05 15:00", winding, minh, "return", {{"reason", "the fee is missing"}});
    desk.act("2017-05-08 09:00", winding, lan, "submit", {{"draft", "draft-2.pdf"}});
    desk.act("2017-05-10 10:00", winding, minh, "agree", {{"opinion", "opinion-2.pdf"}});

    desk.act("2017-06-08 16:00", straight, tuan, "ask_units_to_confirm");
    desk.act("2017-06-15 15:00", straight, of_unit("Performing Arts"), "accurate");
    desk.act("2017-06-23 10:00", straight, tuan, "agreed");
    desk.act("2017-06-29 11:00", straight, tuan, "submit", {{"submission", "submission.pdf"}});
    desk.act("2017-07-03 09:00", straight, thu, "approve");
}

void second_part(Engine& engine, VirtualClock& clock) {
    Desk desk(engine, clock);
    desk.act("2017-07-05 09:00", winding, thu, "ask_units_to_confirm");
    desk.act("2017-07-07 10:00", winding, of_unit("Cultural Heritage"), "object",
             {{"objection", "the survey form is an old one"}});
    desk.act("2017-07-10 10:00", winding, of_unit("Fine Arts"), "accurate");
    desk.act("2017-07-14 10:00", winding, of_unit("Tourism"), "accurate");
    desk.act("2017-07-18 16:00", winding, tuan, "fixed");
    desk.act("2017-07-20 09:00", winding, of_unit("Cultural Heritage"), "accurate");
    desk.act("2017-07-28 14:00", winding, tuan, "agreed");
    desk.act("2017-08-02 09:00", winding, tuan, "submit", {{"submission", "submission.pdf"}});
    desk.act("2017-08-09 16:00", winding, thu, "approve");
}

}  // namespace onboarding
