// What really happened, case by case, as other systems tell it: event logs in XES (IEEE 1849-2016) and CSV
// (RFC 4180). Immutable values; thread-safe functions.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflow/diagnostic.hpp"
#include "workflow/time.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

struct LoggedEvent {
    std::string activity;  ///< concept:name
    std::string resource;  ///< org:resource: who; empty: unknown
    std::string group;     ///< org:role, else org:group; may be empty
    /// lifecycle:transition; where there is none, `complete`.
    enum class Transition : std::uint8_t { start, complete, other } transition = Transition::complete;
    Instant at;  ///< time:timestamp
    friend bool operator==(const LoggedEvent&, const LoggedEvent&) = default;
};
struct LoggedCase {
    std::string id;                   ///< concept:name
    std::vector<LoggedEvent> events;  ///< by time; of one time as in the file
    friend bool operator==(const LoggedCase&, const LoggedCase&) = default;
};
struct EventLog {
    std::vector<LoggedCase> cases;  ///< in the order of the file
};
/// Nothing when a finding is an error.
struct LoadedEventLog {
    std::optional<EventLog> log;
    Diagnostics diagnostics;
};

/// Plain or compressed by gzip, told apart by the first bytes; of what is compressed the lines are those of
/// the XML. Never throws on bad input: an event without a name or a time, a case without a name, XML that
/// declares a document type (and so entities), and whatever is larger than limits.hpp allows is a finding with
/// its place. The inflated file is never whole in memory. `file` is only named in findings.
[[nodiscard]] LoadedEventLog load_xes(std::string_view bytes, const std::string& file);

/// Which columns of a CSV file hold what, by their headings; an optional one that is empty is not there.
struct CsvColumns {
    std::string case_id = "case";
    std::string activity = "activity";
    std::string at = "time";
    std::string resource = {};
    std::string group = {};
    std::string transition = {};
    UtcOffset offset{};  ///< of times that name no zone
};
/// The first row holds the headings; cells are apart by commas, or by semicolons where the first row has no
/// comma; UTF-8, with or without a byte order mark. As above, with the line of the row.
[[nodiscard]] LoadedEventLog load_csv_log(std::string_view bytes, const std::string& file,
                                          const CsvColumns& columns);
/// By the file's name: `.csv`, else XES. A file that cannot be read is a finding `unreadable-file`.
[[nodiscard]] LoadedEventLog load_event_log_file(const std::filesystem::path& path,
                                                 const CsvColumns& columns = {});

/// Writes XES 2.0, one case after the other; what it writes load_xes() reads as it was. Confined.
class XesWriter {
public:
    /// The stream outlives it. Times are written with that offset.
    XesWriter(std::ostream& out, UtcOffset offset);
    void add(const LoggedCase& one);
    /// Closes the log. Error{storage}: the stream could not be written.
    void finish();

private:
    std::ostream& out_;
    UtcOffset offset_;
};

}  // namespace workflow
