// From YAML to procedures and calendars, with every finding. Thread-safe functions; ProcedureRegistry
// is confined to one thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "workflow/calendar.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/procedure.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// A procedure, or nothing when a finding is an error; the findings, warnings included.
struct LoadedProcedure {
    std::shared_ptr<const Procedure> procedure;
    Diagnostics diagnostics;
    std::string source;  ///< the file's bytes: what a store keeps
};
struct LoadedCalendar {
    std::shared_ptr<const Calendar> calendar;
    Diagnostics diagnostics;
    std::string source;
};

/// Never throws on bad input; `file` is only named in findings. A file that cannot be read is a
/// finding `unreadable-file`.
[[nodiscard]] LoadedProcedure load_procedure(std::string_view yaml, const std::string& file);
[[nodiscard]] LoadedProcedure load_procedure_file(const std::filesystem::path& path);
[[nodiscard]] LoadedCalendar load_calendar(std::string_view yaml, const std::string& file);
[[nodiscard]] LoadedCalendar load_calendar_file(const std::filesystem::path& path);

/// A definition that cannot be used, with all findings in its text.
class DefinitionError : public Error {
public:
    explicit DefinitionError(Diagnostics diagnostics);
    [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

private:
    Diagnostics diagnostics_;
};
/// The one-line conveniences: DefinitionError when there is an error.
[[nodiscard]] std::shared_ptr<const Procedure> procedure_or_throw(LoadedProcedure loaded);
[[nodiscard]] std::shared_ptr<const Calendar> calendar_or_throw(LoadedCalendar loaded);

/// Definitions of a folder: `<folder>/calendars/*.yaml` and `<folder>/<id>/procedure.yaml`. A host
/// gains a procedure by a new folder, without recompiling.
class ProcedureRegistry {
public:
    /// Loads what is there; findings are kept, files with errors are left out.
    explicit ProcedureRegistry(const std::filesystem::path& folder);

    [[nodiscard]] const std::map<std::string, LoadedProcedure>& procedures() const { return procedures_; }
    [[nodiscard]] const std::map<std::string, LoadedCalendar>& calendars() const { return calendars_; }
    [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }

private:
    std::map<std::string, LoadedProcedure> procedures_;
    std::map<std::string, LoadedCalendar> calendars_;
    Diagnostics diagnostics_;
};

}  // namespace workflow
