// Event logs in XES: what they say, what is wrong in them, and what must not come in with them.
#include <zlib.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <sstream>

#include "event_log/inflated.hpp"
#include "workflow/event_log.hpp"
#include "workflow/limits.hpp"

using namespace workflow;

namespace {

constexpr const char* small = R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <global scope="trace"><string key="concept:name" value="UNKNOWN"/></global>
  <string key="concept:name" value="the log itself"/>
  <trace>
    <string key="concept:name" value="case 1"/>
    <event>
      <string key="concept:name" value="Check &amp; sign"/>
      <string key="org:resource" value="Lan"/>
      <string key="org:group" value="Office 2"/>
      <string key="lifecycle:transition" value="COMPLETE"/>
      <date key="time:timestamp" value="2017-01-02T09:30:00.250+07:00"/>
      <string key="note" value="x"><string key="org:resource" value="inner"/></string>
    </event>
    <event>
      <string key="concept:name" value="Arrive"/>
      <string key="lifecycle:transition" value="start"/>
      <date key="time:timestamp" value="2017-01-02T09:00:00+07:00"/>
    </event>
  </trace>
</log>
)";

std::string only_code(const LoadedEventLog& loaded) {
    CHECK_FALSE(loaded.log.has_value());
    REQUIRE(loaded.diagnostics.size() == 1);
    CHECK_FALSE(loaded.diagnostics[0].message().empty());
    CHECK_FALSE(loaded.diagnostics[0].mend().empty());
    CHECK(loaded.diagnostics[0].message("vi") != loaded.diagnostics[0].message("en"));
    return loaded.diagnostics[0].code;
}

std::string trace_of(const std::string& inside) {
    return "<log>\n<trace>\n<string key=\"concept:name\" value=\"c\"/>\n" + inside + "\n</trace>\n</log>\n";
}

std::string compressed(const std::string& text) {
    z_stream state{};
    REQUIRE(deflateInit2(&state, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&state, text.size()) + 64, '\0');
    state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    state.avail_in = static_cast<uInt>(text.size());
    state.next_out = reinterpret_cast<Bytef*>(out.data());
    state.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&state, Z_FINISH) == Z_STREAM_END);
    out.resize(state.total_out);
    deflateEnd(&state);
    return out;
}

}  // namespace

TEST_CASE("a log tells its cases, and their events by time") {
    const LoadedEventLog loaded = load_xes(small, "small.xes");
    REQUIRE(loaded.diagnostics.empty());
    REQUIRE(loaded.log->cases.size() == 1);
    const LoggedCase& one = loaded.log->cases[0];
    CHECK(one.id == "case 1");
    REQUIRE(one.events.size() == 2);
    CHECK(one.events[0].activity == "Arrive");
    CHECK(one.events[0].transition == LoggedEvent::Transition::start);
    CHECK(one.events[1].activity == "Check & sign");
    CHECK(one.events[1].resource == "Lan");
    CHECK(one.events[1].group == "Office 2");
    CHECK(one.events[1].at - one.events[0].at == std::chrono::milliseconds(1'800'250));
    CHECK(to_string(one.events[0].at, UtcOffset{}) == "2017-01-02T02:00:00+00:00");
}

TEST_CASE("a compressed log is read as what it holds, and one that is cut is told") {
    const std::string bytes = compressed(small);
    const LoadedEventLog loaded = load_xes(bytes, "small.xes.gz");
    REQUIRE(loaded.log.has_value());
    CHECK(loaded.log->cases == load_xes(small, "small.xes").log->cases);
    CHECK(only_code(load_xes(bytes.substr(0, bytes.size() / 2), "half.xes.gz")) == "log-not-gzip");
    CHECK(only_code(load_xes(std::string("\x1f\x8b\x08garbage"), "bad.xes.gz")) == "log-not-gzip");
}

TEST_CASE("what an event or a case lacks is told with its line") {
    const auto line_of = [](const LoadedEventLog& loaded) { return loaded.diagnostics[0].place.line; };
    LoadedEventLog loaded = load_xes(
        trace_of(R"(<event><date key="time:timestamp" value="2017-01-02T09:00:00Z"/></event>)"), "a");
    CHECK(only_code(loaded) == "event-without-name");
    CHECK(line_of(loaded) == 4);
    loaded = load_xes(trace_of(R"(<event><string key="concept:name" value="x"/></event>)"), "a");
    CHECK(only_code(loaded) == "event-without-time");
    loaded = load_xes(trace_of(R"(<event><string key="concept:name" value="x"/>
<date key="time:timestamp" value="yesterday"/></event>)"),
                      "a");
    CHECK(only_code(loaded) == "not-a-timestamp");
    CHECK(line_of(loaded) == 5);
    CHECK(only_code(load_xes("<log><trace/></log>", "a")) == "case-without-name");
}

TEST_CASE("what is no log is refused") {
    CHECK(only_code(load_xes("", "a")) == "not-xml");
    CHECK(only_code(load_xes("case,activity\n", "a")) == "not-xml");
    CHECK(only_code(load_xes("<html/>", "a")) == "not-a-log");
    CHECK(only_code(load_xes("<log><trace></log>", "a")) == "not-xml");
    CHECK(only_code(load_xes("<log>\xff\xfe</log>", "a")) == "not-xml");
}

TEST_CASE("a document type, and with it every entity, is refused") {
    const std::string laughs = R"(<?xml version="1.0"?>
<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<log>&b;</log>)";
    CHECK(only_code(load_xes(laughs, "a")) == "log-with-document-type");
    CHECK(only_code(load_xes(R"(<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>)", "a")) ==
          "log-with-document-type");
    CHECK(only_code(load_xes("<log>&unknown;</log>", "a")) == "not-xml");
}

TEST_CASE("limits hold on both sides") {
    std::string deep = "<log>";
    for (std::size_t i = 1; i < limits::log_depth_max; ++i) deep += "<a>";
    std::string ends;
    for (std::size_t i = 1; i < limits::log_depth_max; ++i) ends += "</a>";
    CHECK(load_xes(deep + ends + "</log>", "a").log.has_value());
    CHECK(only_code(load_xes(deep + "<a></a>" + ends + "</log>", "a")) == "log-too-deep");
    const auto named = [](std::size_t bytes) {
        return trace_of("<event><string key=\"concept:name\" value=\"" + std::string(bytes, 'x') +
                        "\"/><date key=\"time:timestamp\" value=\"2017-01-02T09:00:00Z\"/></event>");
    };
    CHECK(load_xes(named(limits::log_value_bytes_max), "a").log.has_value());
    CHECK(only_code(load_xes(named(limits::log_value_bytes_max + 1), "a")) == "log-value-too-long");
}

TEST_CASE("what grows beyond all bounds when it is inflated is given up") {
    z_stream state{};
    REQUIRE(deflateInit2(&state, 1, Z_DEFLATED, 15 + 16, 9, Z_RLE) == Z_OK);
    std::string out(8 * 1024 * 1024, '\0');
    state.next_out = reinterpret_cast<Bytef*>(out.data());
    state.avail_out = static_cast<uInt>(out.size());
    const auto add = [&](const std::string& text, int flush) {
        state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        state.avail_in = static_cast<uInt>(text.size());
        return deflate(&state, flush);
    };
    const std::string blanks(16 * 1024 * 1024, ' ');
    REQUIRE(add("<log>", Z_NO_FLUSH) == Z_OK);
    for (std::size_t size = 0; size <= limits::log_bytes_max; size += blanks.size()) {
        REQUIRE(add(blanks, Z_NO_FLUSH) == Z_OK);
    }
    REQUIRE(add("</log>", Z_FINISH) == Z_STREAM_END);
    out.resize(state.total_out);
    deflateEnd(&state);
    CHECK(out.size() < 8 * 1024 * 1024);
    // Not through the XML, which would take ten times as long.
    event_log::Inflated inflated(out);
    std::string_view piece;
    auto state_of = event_log::Inflating::goes_on;
    std::size_t given = 0;
    while (state_of == event_log::Inflating::goes_on) {
        state_of = inflated.next(piece);
        given += piece.size();
    }
    CHECK(state_of == event_log::Inflating::too_large);
    CHECK(given <= limits::log_bytes_max + 64 * 1024);
}

TEST_CASE("findings end at their limit, and the last one says so") {
    std::string many;
    for (int i = 0; i < 300; ++i) many += "<event/>";
    const LoadedEventLog loaded = load_xes(trace_of(many), "a");
    CHECK(loaded.diagnostics.size() == limits::log_findings_max);
    CHECK(loaded.diagnostics.back().code == "log-too-many-findings");
}

TEST_CASE("what is written is read as it was") {
    const LoggedCase one{
        "a \"case\" <1>\n\ttabbed",
        {{"x & y", "Lan", "office", LoggedEvent::Transition::start,
          Instant(std::chrono::milliseconds(1'500'000'000'123))},
         {"x & y", "Lan", "", LoggedEvent::Transition::complete,
          Instant(std::chrono::milliseconds(1'500'000'100'000))},
         {"vi: Thẩm định", "", "", LoggedEvent::Transition::other,
          Instant(std::chrono::milliseconds(1'500'000'200'000))}}};
    std::ostringstream out;
    XesWriter writer(out, std::chrono::hours(7));
    writer.add(one);
    writer.add({"empty", {}});
    writer.finish();
    const LoadedEventLog loaded = load_xes(out.str(), "written.xes");
    CAPTURE(out.str());
    REQUIRE(loaded.log.has_value());
    CHECK(loaded.log->cases == std::vector<LoggedCase>{one, {"empty", {}}});
}

TEST_CASE("a real log of a public office is read whole") {
    const std::filesystem::path path =
        std::filesystem::path(WORKFLOW_SOURCE_DIR) / "../shared/data/logs/receipt.xes.gz";
    if (!std::filesystem::exists(path)) {
        WARN("the log is not here: only read where it is");
        return;
    }
    const LoadedEventLog loaded = load_event_log_file(path);
    REQUIRE(loaded.log.has_value());
    std::set<std::string> activities;
    std::set<std::string> resources;
    std::size_t events = 0;
    for (const LoggedCase& one : loaded.log->cases) {
        for (const LoggedEvent& event : one.events) {
            activities.insert(event.activity);
            resources.insert(event.resource);
            ++events;
        }
    }
    CHECK(loaded.log->cases.size() == 1'434);
    CHECK(events == 8'577);
    CHECK(activities.size() == 27);
    CHECK(resources.size() == 48);
}
