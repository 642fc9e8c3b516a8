#include "unit/simulation/office.hpp"

#include <catch2/catch.hpp>

#include "support/dossier.hpp"

namespace workflow::test {

std::shared_ptr<const Calendar> always_open() {
    return plain_calendar("always-open", 1, {}, "monday to sunday: [00:00-24:00]");
}

simulation::Assumptions assumptions_of(const std::string& yaml,
                                       const std::shared_ptr<const Calendar>& calendar) {
    simulation::Assumptions assumptions;
    assumptions.procedure = procedure_of(yaml);
    assumptions.calendars.add(calendar);
    assumptions.begins = at("2017-01-02 08:00");
    return assumptions;
}

void employ(simulation::Assumptions& assumptions, const std::string& role, int many) {
    for (int i = 0; i < many; ++i) {
        assumptions.people.push_back({role + std::to_string(i), {role}, {}});
    }
}

std::size_t number_of(const simulation::Assumptions& assumptions, const std::string& state) {
    const Procedure& procedure = *assumptions.procedure;
    for (std::uint32_t number = 1; number < procedure.state_count(); ++number) {
        if (procedure.state(number).id == state) return number;
    }
    FAIL("no state " << state);
    return 0;
}

}  // namespace workflow::test
