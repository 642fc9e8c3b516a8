// An event log of any bytes: the first says whether it is CSV or XES, plain or compressed.
#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

#include "base/catalogue.hpp"
#include "fuzz/property.hpp"
#include "workflow/event_log.hpp"

namespace {

using namespace workflow;
using namespace workflow::fuzz;

void check_log(const EventLog& log) {
    std::ostringstream out;
    XesWriter writer(out, UtcOffset{});
    for (const LoggedCase& one : log.cases) {
        require(std::is_sorted(one.events.begin(), one.events.end(),
                               [](const auto& a, const auto& b) { return a.at < b.at; }),
                "the events of a case are ordered by time");
        writer.add(one);
    }
    writer.finish();
    // What is no text at all cannot be written as XML: then the reader says so.
    const LoadedEventLog again = load_xes(out.str(), "written.xes");
    if (!again.log) {
        require(!again.diagnostics.empty() && again.diagnostics[0].code == "not-xml",
                "a log that was read is read again once it is written", out.str());
        return;
    }
    require(again.log->cases.size() == log.cases.size(), "no case is lost in writing", out.str());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const bool is_csv = !bytes.empty() && bytes.front() == 'c';
    const LoadedEventLog loaded =
        is_csv ? load_csv_log(bytes, "log.csv", {}) : load_xes(bytes, "log.xes");
    require(loaded.log.has_value() != has_errors(loaded.diagnostics),
            "there is a log, or an error says why not");
    for (const Diagnostic& one : loaded.diagnostics) {
        require(base::find_entry(one.code) != nullptr, "every finding is in the catalogue", one.code);
        require(!to_string(one).empty(), "every finding has a sentence");
    }
    if (loaded.log) check_log(*loaded.log);
    return 0;
}
