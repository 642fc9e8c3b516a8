#include "workflow/assumptions.hpp"

#include "procedure/model.hpp"
#include "simulation/fields.hpp"
#include "workflow/error.hpp"

namespace workflow::simulation {
namespace {

const Calendar& found_or_throw(const Calendars& calendars, const std::string& id,
                               const std::string& whose) {
    const Calendar* const found = calendars.latest(id);
    if (found != nullptr) return *found;
    throw Error(ErrorCode::not_found,
                "the calendar '" + id + "' of '" + whose + "' is not among those given");
}

}  // namespace

const Calendar& Assumptions::calendar() const {
    return found_or_throw(calendars, procedure->calendar(), procedure->id());
}

const Calendar& Assumptions::calendar_of(const Person& person) const {
    return person.calendar.empty() ? calendar()
                                   : found_or_throw(calendars, person.calendar, person.id);
}

double hours_of_day(const Calendar& calendar) {
    double minutes = 0;
    double days = 0;
    for (const auto& spans : calendar.definition().week) {
        if (spans.empty()) continue;
        days += 1;
        for (const OpeningSpan& span : spans) {
            minutes += static_cast<double>((span.closes - span.opens).count());
        }
    }
    constexpr double minutes_an_hour = 60;
    constexpr double hours_a_day = 24;
    return days == 0 ? hours_a_day : minutes / minutes_an_hour / days;
}

std::vector<Variable> names_of_data(const Procedure& procedure) {
    const procedure::Model& model = procedure.model();
    std::vector<Variable> names;
    for (procedure::FieldIndex field = 0; field < model.data.size(); ++field) {
        if (model.data[field].holder != procedure::root_state) continue;
        names.push_back({model.data[field].id,
                         model.data[field].type,
                         {procedure::frame_data, static_cast<std::uint16_t>(field)}});
    }
    for (std::size_t parameter = 0; parameter < model.parameters.size(); ++parameter) {
        names.push_back({model.parameters[parameter].id,
                         model.parameters[parameter].type,
                         {procedure::frame_parameters, static_cast<std::uint16_t>(parameter)}});
    }
    names.push_back({"now", Type::of(Type::Kind::instant), {frame_now, 0}});
    return names;
}

}  // namespace workflow::simulation
