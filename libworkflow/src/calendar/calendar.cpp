#include "workflow/calendar.hpp"

#include "base/catalogue.hpp"
#include "calendar/check.hpp"
#include "calendar/tables.hpp"

namespace workflow {
namespace {

using std::chrono::days;

/// `2041-03-01`; a day whose date cannot be written is told from 1970.
std::string shown(Day day) {
    const std::int64_t since_epoch = day.time_since_epoch().count();
    constexpr std::int64_t writable = 2'900'000;  // the years 0001 to 9909, about
    if (since_epoch > -719'162 && since_epoch < writable) return to_string(day);
    return "1970-01-01 " + std::string(since_epoch < 0 ? "" : "+") + std::to_string(since_epoch) +
           " d";
}

[[noreturn]] void throw_limit(const char* code, const std::vector<std::string>& arguments) {
    throw Error(ErrorCode::limit, base::sentence(code, "en", arguments).message);
}

}  // namespace

std::variant<std::shared_ptr<const Calendar>, Diagnostics> Calendar::build(
    CalendarDefinition definition) {
    Diagnostics diagnostics = calendar::check(definition);
    if (!diagnostics.empty()) return diagnostics;
    return std::shared_ptr<const Calendar>(
        new Calendar(std::make_unique<const Tables>(std::move(definition))));
}

Calendar::Calendar(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {
    ranks_.first = tables_->first.time_since_epoch().count();
    ranks_.begins = instant_of(tables_->first, {}, offset()).time_since_epoch().count();
    ranks_.days = tables_->size();
    ranks_.working = static_cast<std::int64_t>(tables_->nth.size());
    ranks_.before = tables_->before.data();
    ranks_.nth = tables_->nth.data();
}

Calendar::~Calendar() = default;

const CalendarDefinition& Calendar::definition() const {
    return tables_->definition;
}
const std::string& Calendar::id() const {
    return tables_->definition.id;
}
std::int64_t Calendar::version() const {
    return tables_->definition.version;
}
const Digest& Calendar::digest() const {
    return tables_->definition.digest;
}
UtcOffset Calendar::offset() const {
    return tables_->definition.offset;
}
Day Calendar::first() const {
    return tables_->first;
}
Day Calendar::last() const {
    return tables_->last;
}
bool Calendar::is_projected(Day day) const {
    return day > tables_->announced_until;
}

std::int64_t Calendar::count_working_days(Day from, Day to) const {
    const Day end = last() + days(1);
    const auto before = [&](Day day) -> std::int64_t {
        return day == end ? ranks_.working : ranks_.before[index(day)];
    };
    return before(to) - before(from);
}

Day Calendar::roll_forward(Day day) const {
    return is_working_day(day) ? day : add_working_days(day, 1);
}

Day Calendar::next_working_day(Day day) const {
    return add_working_days(day, 1);
}
Day Calendar::previous_working_day(Day day) const {
    return add_working_days(day, -1);
}

void Calendar::throw_outside(Day day) const {
    throw_limit("outside-calendar", {shown(day), id(), to_string(first()), to_string(last())});
}

void Calendar::throw_beyond(Day day, std::int64_t working_days) const {
    throw_limit("count-outside-calendar", {std::to_string(working_days), shown(day), id(),
                                           to_string(first()), to_string(last())});
}

void Calendars::add(std::shared_ptr<const Calendar> calendar) {
    if (calendar == nullptr || find(calendar->digest()) != nullptr) return;
    all_.push_back(std::move(calendar));
}

const Calendar* Calendars::find(const Digest& digest) const {
    for (const auto& calendar : all_) {
        if (calendar->digest() == digest) return calendar.get();
    }
    return nullptr;
}

const Calendar* Calendars::latest(const std::string& id) const {
    const Calendar* result = nullptr;
    for (const auto& calendar : all_) {
        if (calendar->id() != id) continue;
        if (result == nullptr || calendar->version() >= result->version()) result = calendar.get();
    }
    return result;
}

}  // namespace workflow
