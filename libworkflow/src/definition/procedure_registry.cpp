#include <algorithm>
#include <vector>

#include "workflow/definition.hpp"

namespace workflow {
namespace {

namespace fs = std::filesystem;

/// What lies in a folder, by name: the order of a disk is nobody's order.
std::vector<fs::path> entries_of(const fs::path& folder, Diagnostics& diagnostics) {
    std::vector<fs::path> paths;
    std::error_code failure;
    fs::directory_iterator entry(folder, failure);
    for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
        paths.push_back(entry->path());
    }
    if (failure) {
        diagnostics.push_back({Severity::error, "unreadable-folder", {folder.string(), 0, 0}, {}});
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

/// Keeps the findings; false when the file has errors, or its id is another file's.
template <class Loaded, class Id>
void keep(Loaded loaded, const fs::path& path, const Id& id_of, std::map<std::string, Loaded>& all,
          Diagnostics& diagnostics) {
    diagnostics.insert(diagnostics.end(), loaded.diagnostics.begin(), loaded.diagnostics.end());
    const std::string id = id_of(loaded);
    if (id.empty()) return;
    if (!all.emplace(id, std::move(loaded)).second) {
        diagnostics.push_back({Severity::error, "id-twice", {path.string(), 0, 0}, {id}});
    }
}

}  // namespace

ProcedureRegistry::ProcedureRegistry(const std::filesystem::path& folder) {
    const auto calendar_id = [](const LoadedCalendar& loaded) {
        return loaded.calendar != nullptr ? loaded.calendar->id() : std::string();
    };
    const auto procedure_id = [](const LoadedProcedure& loaded) {
        return loaded.procedure != nullptr ? loaded.procedure->id() : std::string();
    };
    const fs::path calendars = folder / "calendars";
    std::error_code failure;
    if (fs::is_directory(calendars, failure)) {
        for (const fs::path& path : entries_of(calendars, diagnostics_)) {
            if (path.extension() != ".yaml") continue;
            keep(load_calendar_file(path), path, calendar_id, calendars_, diagnostics_);
        }
    }
    for (const fs::path& path : entries_of(folder, diagnostics_)) {
        const fs::path file = path / "procedure.yaml";
        if (!fs::exists(file, failure)) continue;
        keep(load_procedure_file(file), file, procedure_id, procedures_, diagnostics_);
    }
}

}  // namespace workflow
