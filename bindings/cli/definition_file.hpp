// Definitions from files named on the command line. Confined.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "session.hpp"
#include "workflow/analysis.hpp"
#include "workflow/definition.hpp"
#include "workflow/simulation.hpp"

namespace workflow::cli {

/// What a file is, by its first key.
struct FirstKey {
    std::string key;  ///< empty: none was found, and the loader of procedures says why
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};
[[nodiscard]] FirstKey first_key(std::string_view yaml);

/// A file told apart by its first key. What it is not stays without a value.
struct DefinitionFile {
    enum class Kind { procedure, calendar, simulation, unknown };
    Kind kind = Kind::unknown;
    LoadedProcedure procedure;  ///< with what the analysis found among its diagnostics
    Analysis analysis;
    LoadedCalendar calendar;
    simulation::LoadedAssumptions simulation;  ///< against the procedure beside it
    std::string problem;  ///< of an unknown kind: a finding in the session's language

    [[nodiscard]] const Diagnostics& diagnostics() const {
        switch (kind) {
            case Kind::calendar:
                return calendar.diagnostics;
            case Kind::simulation:
                return simulation.diagnostics;
            case Kind::procedure:
            case Kind::unknown:
                break;
        }
        return procedure.diagnostics;
    }
};
/// Adds what the analysis finds to what loading has found; of no procedure there is nothing.
Analysis examine(LoadedProcedure& loaded);
[[nodiscard]] DefinitionFile load_definition(const std::filesystem::path& path,
                                             const Session& session);

/// A file's path, or an id that find_calendar_by_id() finds. Warnings go to stderr; Failure when there
/// is none or it has errors.
[[nodiscard]] std::shared_ptr<const Calendar> find_calendar(const std::string& name,
                                                            const Session& session,
                                                            const std::filesystem::path& near = {});
/// The same with its source, as a store keeps it.
[[nodiscard]] LoadedCalendar find_loaded_calendar(const std::string& name, const Session& session,
                                                  const std::filesystem::path& near = {});
/// Its own, and all others that are known here: people of a simulation may work by any of them. `own` names
/// another than the procedure's; empty: that.
[[nodiscard]] Calendars find_all_calendars(const Procedure& procedure, const std::string& own,
                                           const Session& session,
                                           const std::filesystem::path& near);
/// The procedure of a file; as above.
[[nodiscard]] std::shared_ptr<const Procedure> find_procedure(const std::string& path,
                                                              const Session& session);
/// The same with its source, as a store keeps it.
[[nodiscard]] LoadedProcedure find_loaded_procedure(const std::string& path,
                                                    const Session& session);

/// One finding a line.
[[nodiscard]] std::string findings_text(const Diagnostics& diagnostics, std::string_view language,
                                        bool colour);
[[nodiscard]] nlohmann::ordered_json diagnostic_json(const Diagnostic& diagnostic,
                                                     const Session& session);
/// To stderr.
void print_findings(const Diagnostics& diagnostics, const Session& session);

}  // namespace workflow::cli
