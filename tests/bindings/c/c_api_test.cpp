// The C interface, as a program that knows nothing else of the library calls it.
#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "host.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;
namespace fs = std::filesystem;

TEST_CASE("the interface says which callers it serves", "[c]") {
    CHECK(workflow_abi_serves(WORKFLOW_C_ABI) == 1);
    CHECK(workflow_abi_serves(WORKFLOW_C_ABI + 1) == 0);
    CHECK(std::strlen(workflow_version()) >= 5);
    CHECK(std::string(workflow_code_name(WORKFLOW_OK)) == "ok");
    CHECK(std::string(workflow_code_name(WORKFLOW_MISUSE)) == "misuse");
    CHECK(std::string(workflow_code_name(WORKFLOW_REFUSED)) == "refused");
    CHECK(std::string(workflow_code_name(55)) == "unknown");
}

TEST_CASE("each call has a function, and the same answer by its name", "[c]") {
    const Host host;
    REQUIRE(host.start("A").code == WORKFLOW_OK);
    const std::string which = R"({"instance": "permit/A"})";
    const Answered one = answered(
        [&](workflow_text** text) { return workflow_get(host.engine, which.c_str(), text); });
    CHECK(one.code == WORKFLOW_OK);
    CHECK(one.text == host.call("get", which).text);
    CHECK(contains(one.text, R"("started":"2026-06-01T09:00:00+07:00")"));
    CHECK(workflow_now(host.engine, nullptr, nullptr) == WORKFLOW_OK);  // the answer is not wanted
}

TEST_CASE("a refusal is no failure, and says what is possible", "[c]") {
    const Host host;
    REQUIRE(host.start("A").code == WORKFLOW_OK);
    const Answered no = host.call(
        "perform", R"({"instance": "permit/A", "action": "accept", "actor": {"id": "b", "roles": ["officer"]}})");
    CHECK(no.code == WORKFLOW_REFUSED);
    CHECK(contains(no.text, R"("code":"missing-field")"));
    CHECK(contains(no.text, R"("action":"reject")"));
    CHECK(contains(workflow_last_error(), "'fee' is missing"));
}

TEST_CASE("bad input is told with its name and the mend, and harms nothing", "[c]") {
    const Host host;
    struct Bad {
        const char* call;
        const char* arguments;
        const char* words;
    };
    const std::vector<Bad> all{
        {"get", "{", "are no JSON: byte 2"},
        {"get", "[]", "must be an object"},
        {"get", "{}", "get: 'instance' is missing"},
        {"get", R"({"instance": 3})", "'instance' must be a text, not a number"},
        {"get", R"({"instance": "permit/A", "sensitiv": true})", "'sensitiv' is none of its arguments: instance, sensitive"},
        {"gett", "{}", "there is no call 'gett'; did you mean 'get'?"},
        {"worklist", R"({"actor": {"id": "a", "role": "x"}})", "'role' is none of its arguments"},
        {"worklist", R"({"actor": {"id": "a"}, "limit": 0})", "'limit' must be between 1 and 1000, not 0"},
        {"worklist", R"({"actor": "a"})", "the arguments must be an object"},
        {"statistics", R"({"procedure": "permit", "from": "2026-06-01", "until": "2026-07-01T00:00:00Z"})",
         "'from' is no instant: write date, time and zone"},
        {"graph", R"({"procedure": "permit", "instance": "permit/A"})", "'instance' cannot stand beside 'procedure'"},
        {"graph", R"({"procedure": "permit", "format": "png"})", "'format' is dot or mermaid"},
        {"register_folder", R"({"folder": "/nowhere"})", "'folder' holds no definitions"},
        {"answer_service", R"({"instance": "permit/A", "token": 1})", "give one of 'result', 'error', 'failure'"},
    };
    for (const Bad& bad : all) {
        INFO(bad.call << " " << bad.arguments);
        const Answered answer = host.call(bad.call, bad.arguments);
        CHECK(answer.code == WORKFLOW_MISUSE);
        CHECK(contains(workflow_last_error(), bad.words));
        CHECK(contains(answer.text, R"("name":"misuse")"));
    }
    CHECK(workflow_call(host.engine, nullptr, nullptr, nullptr) == WORKFLOW_MISUSE);
    const std::string deep(100'000, '[');
    CHECK(host.call("get", deep).code == WORKFLOW_MISUSE);
    const std::string deep_but_whole = R"({"instance": )" + std::string(200, '[') + std::string(200, ']') + "}";
    CHECK(host.call("get", deep_but_whole).code == WORKFLOW_LIMIT);
    CHECK(host.call("get", "{\"instance\": \"permit/\xff\"}").code == WORKFLOW_MISUSE);
    CHECK(host.start("A").code == WORKFLOW_OK);
    CHECK(std::string(workflow_last_error()).empty());
}

TEST_CASE("options that cannot be are told", "[c]") {
    workflow_engine* engine = nullptr;
    workflow_options options{};
    CHECK(workflow_engine_open(nullptr, &engine) == WORKFLOW_MISUSE);
    CHECK(workflow_engine_open(&options, &engine) == WORKFLOW_MISUSE);
    options.size = sizeof options;
    CHECK(workflow_engine_open(&options, &engine) == WORKFLOW_MISUSE);
    options.store = "mysql:x";
    CHECK(workflow_engine_open(&options, &engine) == WORKFLOW_MISUSE);
    CHECK(contains(workflow_last_error(), "write memory, sqlite:PATH or postgresql://"));
    options.store = "sqlite:/nowhere/at/all.db";
    CHECK(workflow_engine_open(&options, &engine) == WORKFLOW_STORAGE);
    options.store = "memory";
    options.utc_offset = "seven";
    CHECK(workflow_engine_open(&options, &engine) == WORKFLOW_MISUSE);
    options.utc_offset = nullptr;
    options.schema = "x";
    CHECK(workflow_engine_open(&options, &engine) == WORKFLOW_MISUSE);
    CHECK(engine == nullptr);
}

TEST_CASE("a handle that was closed, or never opened, is found out", "[c]") {
    workflow_engine* engine = nullptr;
    {
        const Host host;
        engine = host.engine;
    }
    CHECK(workflow_now(engine, nullptr, nullptr) == WORKFLOW_MISUSE);
    CHECK(contains(workflow_last_error(), "the engine is closed"));
    workflow_engine_close(engine);
    workflow_engine_close(nullptr);
    CHECK(workflow_now(nullptr, nullptr, nullptr) == WORKFLOW_MISUSE);
    workflow_outbox* outbox = nullptr;
    CHECK(workflow_outbox_open(engine, nullptr, &outbox) == WORKFLOW_MISUSE);
    CHECK(workflow_outbox_stop(outbox) == WORKFLOW_MISUSE);
    workflow_outbox_close(outbox);
    workflow_timer* timer = nullptr;
    CHECK(workflow_timer_start(engine, 10, &timer) == WORKFLOW_MISUSE);
    workflow_timer_close(timer);
    workflow_text_free(nullptr);
    CHECK(workflow_text_size(nullptr) == 0);
    CHECK(workflow_open_handles() == 0);
}

TEST_CASE("many threads use one engine while timers run", "[c]") {
    const Host host;
    workflow_timer* timer = nullptr;
    REQUIRE(workflow_timer_start(host.engine, 1, &timer) == WORKFLOW_OK);
    constexpr int threads_max = 4;
    constexpr int dossiers = 50;
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threads_max; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < dossiers; ++i) {
                const std::string key = std::to_string(thread) + "-" + std::to_string(i);
                const std::string start = R"({"procedure": "permit", "key": ")" + key +
                                          R"(", "actor": {"id": "an", "roles": ["clerk"]}, "data": {"applicant": "A"}})";
                const std::string none = R"({"instance": "permit/none"})";
                if (workflow_start(host.engine, start.c_str(), nullptr) != WORKFLOW_OK) ++wrong;
                if (workflow_get(host.engine, none.c_str(), nullptr) != WORKFLOW_NOT_FOUND) ++wrong;
                if (!contains(workflow_last_error(), "permit/none")) ++wrong;  // of this thread
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    workflow_timer_close(timer);
    CHECK(wrong == 0);
    CHECK(contains(host.call("standing_counts", R"({"procedure": "permit"})").text,
                   R"("tokens":200)"));
}

TEST_CASE("a simulation gives the same bytes on any number of threads", "[c]") {
    const auto simulated = [](int threads) {
        const std::string arguments =
            R"({"procedure": "service_onboarding", "dossiers": 100, "replications": 4, "folder": ")" + folder +
            R"(", "threads": )" + std::to_string(threads) + "}";
        return answered([&](workflow_text** text) { return workflow_simulate(arguments.c_str(), text); });
    };
    const Answered one = simulated(1);
    CHECK(one.code == WORKFLOW_OK);
    CHECK(contains(one.text, "\"lead"));
    CHECK(one.text == simulated(2).text);
    CHECK(workflow_simulate(R"({"folder": "/nowhere", "procedure": "x"})", nullptr) == WORKFLOW_MISUSE);
}

TEST_CASE("two simulations are compared, and a log gives a scenario", "[c]") {
    const std::string side = R"({"procedure": "service_onboarding", "folder": ")" + folder + R"("})";
    const Answered compared = answered([&](workflow_text** text) {
        const std::string both = R"({"dossiers": 20, "replications": 2, "before": )" + side + R"(, "after": )" + side + "}";
        return workflow_compare_simulations(both.c_str(), text);
    });
    CHECK(compared.code == WORKFLOW_OK);
    CHECK(contains(compared.text, R"("differences":[{"figure":"lead_days")"));
    CHECK(workflow_compare_simulations(R"({"before": {"folder": "x", "procedure": "y"}})", nullptr) == WORKFLOW_MISUSE);
    CHECK(workflow_compare_simulations(("{\"before\": " + side + "}").c_str(), nullptr) == WORKFLOW_MISUSE);
    CHECK(contains(workflow_last_error(), "'after' is missing"));

    const TemporaryFolder scratch;
    const std::string log = scratch.file("log.csv");
    std::ofstream(log) << "case,activity,time,resource\n"
                          "1,checking/accept,2026-06-01T09:00:00+07:00,binh\n"
                          "1,signing/sign,2026-06-02T09:00:00+07:00,chi\n"
                          "2,checking/reject,2026-06-02T10:00:00+07:00,binh\n"
                          "2,lunch,2026-06-02T12:00:00+07:00,binh\n";
    fs::create_directories(scratch.file("procedures/permit"));
    fs::copy(folder + "/calendars", scratch.file("procedures/calendars"));
    fs::copy(permit, scratch.file("procedures/permit/procedure.yaml"));
    const std::string given =
        R"({"procedure": "permit", "folder": ")" + scratch.file("procedures") + R"(", "log": ")" + log + R"("})";
    const Answered calibrated =
        answered([&](workflow_text** text) { return workflow_calibrate(given.c_str(), text); });
    INFO(calibrated.text);
    CHECK(calibrated.code == WORKFLOW_OK);
    CHECK(contains(calibrated.text, R"(\nsimulation: permit\n)"));
    CHECK(contains(calibrated.text, R"("unmapped":[{"activity":"lunch","count":1}])"));
    CHECK(workflow_calibrate(R"({"folder": "x", "procedure": "y", "log": "/nowhere"})", nullptr) != WORKFLOW_OK);
}

TEST_CASE("instants and dates keep their kind where the host asks for it", "[c]") {
    workflow_options options{};
    options.size = sizeof options;
    options.store = "memory";
    options.tagged = 1;
    workflow_engine* engine = nullptr;
    REQUIRE(workflow_engine_open(&options, &engine) == WORKFLOW_OK);
    const auto call = [&](const char* name, const std::string& arguments) {
        return answered([&](workflow_text** text) { return workflow_call(engine, name, arguments.c_str(), text); });
    };
    REQUIRE(call("register_folder", R"({"folder": ")" + folder + R"("})").code == WORKFLOW_OK);
    REQUIRE(call("register_procedure", R"({"file": ")" + permit + R"("})").code == WORKFLOW_OK);
    CHECK(contains(call("now", "{}").text, R"({"$instant":"20)"));
    const std::string start =
        R"({"procedure": "permit", "key": "A", "actor": {"id": "an", "roles": ["clerk"]}, "data": {"applicant": "A", "received_on": )";
    CHECK(call("start", start + R"({"$date": "2026-13-01"}}})").code == WORKFLOW_MISUSE);
    CHECK(call("start", start + R"({"$date": "2026-05-29"}}})").code == WORKFLOW_OK);
    CHECK(contains(call("get", R"({"instance": "permit/A"})").text, R"("received_on":{"$date":"2026-05-29"})"));
    CHECK(call("statistics", R"({"procedure": "permit", "from": {"$instant": "soon"}, "until": null})").code == WORKFLOW_MISUSE);
    workflow_engine_close(engine);
}
