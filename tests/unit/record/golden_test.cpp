// What stores hold is a contract: the bytes of every format number are kept for ever, and read.
// The file of a number is written once, by this test with WORKFLOW_WRITE_GOLDEN set, and not again.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "record/record.hpp"
#include "workflow/diagnostic.hpp"

using namespace workflow;

namespace {

Digest digest_of(std::uint8_t byte) {
    Digest digest{};
    digest.fill(byte);
    return digest;
}

Instance instance_of_format_1() {
    Instance instance;
    instance.id = "test/1";
    instance.revision = 3;
    instance.status = Instance::Status::active;
    instance.procedure = digest_of(1);
    instance.calendar = digest_of(2);
    instance.more_calendars = {digest_of(5)};
    instance.variant = "moit";
    instance.started = Instant(std::chrono::milliseconds(1'493'085'600'000));
    instance.last_now = Instant(std::chrono::milliseconds(1'493'085'660'000));
    instance.next_ordinal = 9;
    instance.data = {Value(), "Tổng cục", List{1, true, 0.5}, Members{{"a", Limit{5, Unit::days}}},
                     Day(std::chrono::days(17'325))};
    instance.tokens = {{.ordinal = 2,
                        .state = 4,
                        .scope = 0,
                        .entered = instance.started,
                        .open_scopes = 1,
                        .timers = {{1, 2, instance.last_now}}},
                       {.ordinal = 5,
                        .state = 5,
                        .scope = 3,
                        .entered = instance.last_now,
                        .incident = true,
                        .also_may_act = {3},
                        .for_whom = "culture"},
                       {.ordinal = 7,
                        .state = 6,
                        .scope = 3,
                        .entered = instance.last_now,
                        .warned = true,
                        .source = 2},
                       {.ordinal = 8,
                        .state = 7,
                        .scope = 0,
                        .entered = instance.started,
                        .open_scopes = 1,
                        .remainder = true,
                        .at_door = true,
                        .holds = true}};
    instance.scopes = {{.tokens = 1},
                       {.ordinal = 3,
                        .parent = 2,
                        .item = 0,
                        .tokens = 1,
                        .item_value = "culture",
                        .rounds = {{6, {2, 5}}}}};
    instance.lists = {{2, 3, {"sports", "press"}}};
    instance.incidents = {
        {5, List{"guard-false", "x"}, Instant(std::chrono::milliseconds(1'493'172'000'000))}};
    instance.claims = {{5, "minh"}};
    instance.clocks = {
        {.ordinal = 6,
         .owner = 5,
         .clock = 1,
         .phase = ClockState::Phase::waiting,
         .limit = {5, Unit::working_days},
         .fixed = FixedDue{Instant(std::chrono::milliseconds(1'493'172'000'000)), true},
         .stops = Instant(std::chrono::milliseconds(1'493'172'000'000)),
         .round = 2,
         .ledger = {{.from = instance.started, .to = instance.last_now, .open = false},
                    {.from = instance.last_now, .counts = false, .reason = 0, .round = 2}},
         .extensions = {{.at = instance.started, .amount = 3},
                        {.at = instance.last_now,
                         .date = Day(std::chrono::days(17'330)),
                         .round = 2}},
         .fired = {1, 0}}};
    instance.subscriptions = {{.ordinal = 2, .message = 1, .key = "A-1"}, {.ordinal = 5}};
    instance.kept = {{.ordinal = 8, .message = 1, .key = "B", .fields = Members{{"amount", 300}}}};
    instance.awaited = {{.token = 9, .attempt = 2}, {.token = 10, .child = "letter/test/1#10"}};
    instance.caller = Caller{"caller/1", 3, 2};
    return instance;
}

HistoryEntry entry_of_format_1() {
    HistoryEntry entry;
    entry.revision = 3;
    entry.now = Instant(std::chrono::milliseconds(1'493'085'660'000));
    entry.event = Perform{
        "agree", {"minh", {"legal_affairs"}, {"phap-che"}, "head"}, {{"opinion", "o.pdf"}}, 5U};
    entry.request = "r-1";
    entry.semantics = 1;
    entry.procedure = digest_of(1);
    entry.calendar = digest_of(2);
    entry.instance_after = digest_of(3);
    entry.previous = digest_of(4);
    entry.records = {{RecordKind::performed, entry.now, 5, 4, 0, no_index, {}},
                     {RecordKind::clock_started, entry.now, 6, 5, 1, no_index, entry.now}};
    return entry;
}

std::string to_text(const std::string& bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        constexpr const char* digits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(bytes[i]);
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
        if (i % 40 == 39) text += '\n';
    }
    return text + "\n";
}

std::string from_text(const std::string& text) {
    std::string bytes;
    int high = -1;
    for (const char c : text) {
        if (c == '\n') continue;
        const int digit = c <= '9' ? c - '0' : c - 'a' + 10;
        if (high < 0) {
            high = digit;
        } else {
            bytes += static_cast<char>(high * 16 + digit);
            high = -1;
        }
    }
    return bytes;
}

std::string golden(const std::string& name, const std::string& bytes_now) {
    const auto path =
        std::filesystem::path(WORKFLOW_SOURCE_DIR) / "tests/unit/record/golden" / name;
    if (std::getenv("WORKFLOW_WRITE_GOLDEN") != nullptr && !std::ifstream(path)) {
        std::ofstream(path) << to_text(bytes_now);
    }
    std::ifstream file(path);
    REQUIRE(file);
    std::stringstream text;
    text << file.rdbuf();
    return from_text(text.str());
}

}  // namespace

TEST_CASE("instances of format 1 are read for ever") {
    const Instance instance = instance_of_format_1();
    const std::string kept = golden("instance-1.hex", record::encode(instance));
    CHECK(record::decode_instance(kept, {}) == instance);
    CHECK(record::encode(instance) == kept);  // until a format 2 is written
}

TEST_CASE("history rows of format 1 are read for ever") {
    const HistoryEntry entry = entry_of_format_1();
    const std::string kept = golden("history-1.hex", record::encode(entry));
    CHECK(record::decode_history(kept, {}) == entry);
    CHECK(record::encode(entry) == kept);
}

TEST_CASE("events that take and give back a work item are read as they were written") {
    HistoryEntry entry = entry_of_format_1();
    for (const Event& event : {Event(Claim{{"minh", {"officer"}, {}, {}}, 5}),
                               Event(Release{{"minh", {"officer"}, {}, {}}, 5})}) {
        entry.event = event;
        CHECK(record::decode_history(record::encode(entry), {}) == entry);
    }
}

TEST_CASE("effects of format 1 are read for ever") {
    const Effect effect =
        Notice{.token = 5, .state = 4, .roles = {1, 2}, .text = {{{"en", "x"}}}, .clock = 1};
    const std::string kept = golden("effect-1.hex", record::encode(effect));
    CHECK(record::decode_effect(kept) == effect);
    CHECK(record::encode(effect) == kept);
}

TEST_CASE("messages of format 1 are read for ever, as events, effects and kept") {
    const Message message{"fee_paid", "A-1", {{"amount", 300}}, "bank", 5U};
    HistoryEntry entry = entry_of_format_1();
    entry.event = message;
    entry.records = {{RecordKind::message_taken, entry.now, 5, 4, 0, no_index, "A-1"}};
    const std::string row = golden("history-message-1.hex", record::encode(entry));
    CHECK(record::decode_history(row, {}) == entry);
    CHECK(record::encode(entry) == row);
    const Effect effect =
        Dispatch{.token = 5, .state = 4, .instance = "test/2", .message = message};
    const std::string sent = golden("effect-message-1.hex", record::encode(effect));
    CHECK(record::decode_effect(sent) == effect);
    CHECK(record::encode(effect) == sent);
    const std::string kept = golden("message-1.hex", record::encode_message(message));
    CHECK(record::decode_message(kept) == message);
    CHECK(record::encode_message(message) == kept);
}

TEST_CASE("a row of history of every format number with what an operator decided is read") {
    HistoryEntry entry;
    entry.revision = 4;
    entry.now = Instant(std::chrono::milliseconds(1'493'085'600'000));
    entry.semantics = 1;
    entry.procedure = digest_of(1);
    entry.calendar = digest_of(2);
    const Actor actor{"lan", {"operator"}, {}, "minh"};
    entry.event = Migrate{.actor = actor,
                          .reason = "Decision 12",
                          .from = digest_of(3),
                          .to = digest_of(1),
                          .calendar = digest_of(2),
                          .more_calendars = {digest_of(5)},
                          .mapping = {.states = {{"work", "examine"}},
                                      .clocks = {{"work", ""}},
                                      .fields = {{"note", "remark"}},
                                      .messages = {{"paid", "fee_paid"}},
                                      .roles = {{"officer", "clerk"}},
                                      .restart = {"check"},
                                      .keep_limit = {"sign"},
                                      .restart_timers = {"examine"},
                                      .forget = {"back"},
                                      .variant = "moit",
                                      .data = {{"days", std::int64_t{3}}}}};
    entry.records = {{RecordKind::migrated, entry.now, 0, 0, no_index, no_index,
                      List{std::int64_t{1}, std::int64_t{2}, "Decision 12"}}};
    const std::string moved = golden("history-migrate-1.hex", record::encode(entry));
    CHECK(record::decode_history(moved, {}) == entry);
    CHECK(record::encode(entry) == moved);
    entry.event = Erase{actor, {"phone", "name"}, "asked"};
    entry.records = {{RecordKind::erased, entry.now, 0, 0, no_index, no_index,
                      List{"asked", "phone", "name"}}};
    const std::string erased = golden("history-erase-1.hex", record::encode(entry));
    CHECK(record::decode_history(erased, {}) == entry);
    CHECK(record::encode(entry) == erased);
    entry.event = Suspend{actor, "Decision 7", true};
    entry.records = {
        {RecordKind::suspended, entry.now, 0, 0, no_index, 1, Value("Decision 7")},
        {RecordKind::clock_waiting, entry.now, 0, 0, 0, no_index, {}}};
    const std::string suspended = golden("history-suspend-1.hex", record::encode(entry));
    CHECK(record::decode_history(suspended, {}) == entry);
    CHECK(record::encode(entry) == suspended);
    entry.event = Resume{actor, "Decision 8"};
    entry.records = {{RecordKind::resumed, entry.now, 0, 0, no_index, no_index, Value("Decision 8")}};
    const std::string resumed = golden("history-resume-1.hex", record::encode(entry));
    CHECK(record::decode_history(resumed, {}) == entry);
    CHECK(record::encode(entry) == resumed);
    entry.event = Retry{actor, 3, "the register is back"};
    entry.records = {{RecordKind::incident_resolved, entry.now, 3, 2, no_index, no_index,
                      Value("the register is back")}};
    const std::string retried = golden("history-retry-1.hex", record::encode(entry));
    CHECK(record::decode_history(retried, {}) == entry);
    CHECK(record::encode(entry) == retried);
}

TEST_CASE("an instance that is suspended is read, its clocks waiting or not") {
    Instance instance;
    instance.id = "permit/1";
    instance.revision = 3;
    instance.status = Instance::Status::active;
    for (const auto& [file, how] :
         {std::pair("instance-suspended-1.hex", Instance::Suspension::clocks_go_on),
          std::pair("instance-suspended-waiting-1.hex", Instance::Suspension::clocks_wait)}) {
        instance.suspension = how;
        const std::string kept = golden(file, record::encode(instance));
        CHECK(record::decode_instance(kept, {}) == instance);
        CHECK(record::encode(instance) == kept);
    }
}
