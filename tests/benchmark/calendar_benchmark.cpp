// Adding working days: two table look-ups against a peer that looks at every day on the way.
#include <ql/time/calendars/bespokecalendar.hpp>

#include <random>

#include "benchmark/comparison.hpp"
#include "workflow/definition.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

constexpr std::int64_t epoch_in_quantlib = 25569;  // serial number of 1970-01-01

QuantLib::Date quantlib_date(Day day) {
    return QuantLib::Date(static_cast<QuantLib::Date::serial_type>(day.time_since_epoch().count() +
                                                                   epoch_in_quantlib));
}

/// The days of the same file as the peer can say them: weekends, days off, and Saturdays worked in
/// exchange, which are holidays taken back.
QuantLib::Calendar peer_of(const Calendar& calendar) {
    QuantLib::BespokeCalendar peer("vn-state");
    peer.addWeekend(QuantLib::Saturday);
    peer.addWeekend(QuantLib::Sunday);
    for (const DayException& off : calendar.definition().days_off) {
        peer.addHoliday(quantlib_date(Day(off.date)));
    }
    for (const DayException& worked : calendar.definition().working_days) {
        peer.removeHoliday(quantlib_date(Day(worked.date)));
    }
    return peer;
}

/// From 2015 on, so early that 500 working days later is still announced: the peer knows no rules.
std::vector<Day> random_starts(const Calendar& calendar, std::size_t count) {
    constexpr unsigned seed = 45;
    const Day first(std::chrono::year{2015} / 1 / 1);
    const Day last = Day(calendar.definition().announced_until) - std::chrono::days(800);
    std::mt19937 random(seed);
    std::uniform_int_distribution<std::int64_t> offset(0, (last - first).count());
    std::vector<Day> starts;
    for (std::size_t i = 0; i < count; ++i)
        starts.push_back(first + std::chrono::days(offset(random)));
    return starts;
}

std::uint64_t ours(const Calendar& calendar, const std::vector<Day>& starts,
                   std::int64_t distance) {
    std::int64_t sum = 0;
    for (const Day start : starts) {
        sum += calendar.add_working_days(start, distance).time_since_epoch().count();
    }
    return static_cast<std::uint64_t>(sum);
}

std::uint64_t theirs(const QuantLib::Calendar& peer, const std::vector<QuantLib::Date>& starts,
                     int distance) {
    std::int64_t sum = 0;
    for (const QuantLib::Date& start : starts) {
        sum += peer.advance(start, distance, QuantLib::Days).serialNumber() - epoch_in_quantlib;
    }
    return static_cast<std::uint64_t>(sum);
}

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    const auto calendar = calendar_or_throw(
        load_calendar_file(WORKFLOW_SOURCE_DIR "/procedures/calendars/vn-state.yaml"));
    const auto peer = peer_of(*calendar);
    const auto starts = random_starts(*calendar, plan.tiny ? 32 : 4096);
    std::vector<QuantLib::Date> peer_starts;
    for (const Day start : starts) peer_starts.push_back(quantlib_date(start));

    std::uint64_t our_sum = 0;
    std::uint64_t their_sum = 0;
    const auto our_side = [&](std::string label, std::int64_t distance, std::uint64_t& sum) {
        return Side{std::move(label), [&, distance] { sum = ours(*calendar, starts, distance); },
                    [&] { return sum; }};
    };
    const Comparison against_peer{
        .name = "add 45 working days",
        .ours = our_side("ours", 45, our_sum),
        .theirs = {"QuantLib advance", [&] { their_sum = theirs(peer, peer_starts, 45); },
                   [&] { return their_sum; }},
        .operations = starts.size(),
        .aim = "at least 1000"};
    // There and back again, so that both sides have one result to hash.
    const auto and_back = [&](std::int64_t distance) {
        std::uint64_t sum = 0;
        for (const Day start : starts) {
            const Day end = calendar->add_working_days(calendar->roll_forward(start), distance);
            sum += static_cast<std::uint64_t>(
                calendar->add_working_days(end, -distance).time_since_epoch().count());
        }
        return sum;
    };
    std::uint64_t near_sum = 0;
    std::uint64_t far_sum = 0;
    const Comparison against_itself{
        .name = "add working days, near and far",
        .ours = {"5 days", our_side("", 5, near_sum).work, [&] { return and_back(5); }},
        .theirs = {"500 days", our_side("", 500, far_sum).work, [&] { return and_back(500); }},
        .operations = starts.size(),
        .aim = "0.83 to 1.20"};
    return compare(plan, {against_peer, against_itself});
}
