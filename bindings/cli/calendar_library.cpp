#include "calendar_library.hpp"

#include <algorithm>

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure);
         !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
        if (entry->path().extension() == ".yaml") files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<fs::path> folders(const fs::path& near) {
    std::vector<fs::path> all;
    if (!near.empty()) {
        const fs::path beside = near.parent_path();
        all = {beside / "calendars", beside / ".." / "calendars"};
    }
    all.insert(all.end(), {"calendars", fs::path("procedures") / "calendars"});
    return all;
}

/// Calls visit(id, loaded) with each that is found, until that returns true.
template <class Visit>
void each_calendar(const fs::path& near, const Visit& visit) {
    for (const fs::path& folder : folders(near)) {
        for (const fs::path& file : files_in(folder)) {
            LoadedCalendar loaded = load_calendar_file(file);
            const std::string id =
                loaded.calendar != nullptr ? loaded.calendar->id() : file.stem().string();
            if (visit(id, std::move(loaded))) return;
        }
    }
    for (const ShippedCalendar& shipped : shipped_calendars()) {
        const std::string id(shipped.id);
        if (visit(id, load_calendar(shipped.yaml, id + ".yaml"))) return;
    }
}

}  // namespace

std::optional<LoadedCalendar> find_calendar_by_id(const std::string& id, const fs::path& near) {
    std::optional<LoadedCalendar> found;
    each_calendar(near, [&](const std::string& its_id, LoadedCalendar loaded) {
        if (its_id == id) found = std::move(loaded);
        return found.has_value();
    });
    return found;
}

std::vector<std::string> known_calendars(const fs::path& near) {
    std::vector<std::string> ids;
    each_calendar(near, [&](const std::string& id, const LoadedCalendar&) {
        ids.push_back(id);
        return false;
    });
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

}  // namespace workflow::cli
