// What runs beside the calls of a C host: handlers, and steps for callers who do not wait.
#include <algorithm>
#include <mutex>
#include <vector>

#include "host.hpp"

using namespace workflow::test;

namespace {

/// What a handler is told and does.
struct Clerk {
    const Host* host = nullptr;
    workflow_outbox* outbox = nullptr;
    std::string told;
    std::string seen;
    int stopped = -1;
};

int serve(void* user, const char* request, workflow_text** answer) {
    auto* clerk = static_cast<Clerk*>(user);
    clerk->told = request;
    clerk->seen = clerk->host->call("get", R"({"instance": "permit/A"})").text;
    clerk->stopped = workflow_outbox_stop(clerk->outbox);
    const std::string result = R"({"result": {"number": 42}})";
    *answer = workflow_text_new(result.data(), result.size());
    return 0;
}

int answer_nonsense(void* user, const char* request, workflow_text** answer) {
    (void)request;
    ++*static_cast<int*>(user);
    *answer = workflow_text_new("no JSON", 7);
    return 0;
}

void keep_log(void* user, const char* level, const char* instance, const char* text, const char* trace) {
    static_cast<std::vector<std::string>*>(user)->push_back(std::string(level) + " " + instance + " " + text + trace);
}

}  // namespace

TEST_CASE("a handler may call the engine, and cannot stop the outbox that runs it", "[c]") {
    const Host host;
    Clerk clerk;
    clerk.host = &host;
    REQUIRE(workflow_outbox_open(host.engine, R"({"lease": 60000})", &clerk.outbox) == WORKFLOW_OK);
    REQUIRE(workflow_outbox_service(clerk.outbox, "ask_register", serve, &clerk) == WORKFLOW_OK);
    CHECK(workflow_outbox_service(clerk.outbox, "ask_register", serve, &clerk) == WORKFLOW_MISUSE);
    CHECK(workflow_outbox_service(clerk.outbox, "other", nullptr, nullptr) == WORKFLOW_MISUSE);
    REQUIRE(host.start("A").code == WORKFLOW_OK);
    REQUIRE(host.accept("A").code == WORKFLOW_OK);
    std::uint64_t delivered = 0;
    REQUIRE(workflow_outbox_deliver(clerk.outbox, &delivered) == WORKFLOW_OK);
    CHECK(delivered == 1);
    CHECK(contains(clerk.told, R"("handler":"ask_register")"));
    CHECK(contains(clerk.told, R"("input":{"name":"A"})"));
    CHECK(contains(clerk.told, R"("key":"permit/A@)"));
    CHECK(contains(clerk.seen, R"("state":"register")"));
    CHECK(clerk.stopped == WORKFLOW_MISUSE);
    CHECK(contains(host.call("get", R"({"instance": "permit/A"})").text, R"("fee":42)"));
    workflow_outbox_close(clerk.outbox);
}

TEST_CASE("an answer that is none is a failure, told to the log", "[c]") {
    std::vector<std::string> log;
    const Host host(keep_log, &log);
    int calls = 0;
    workflow_outbox* outbox = nullptr;
    REQUIRE(workflow_outbox_open(host.engine, nullptr, &outbox) == WORKFLOW_OK);
    REQUIRE(workflow_outbox_service(outbox, "ask_register", answer_nonsense, &calls) == WORKFLOW_OK);
    CHECK(workflow_outbox_start(outbox, 0) == WORKFLOW_MISUSE);
    REQUIRE(host.start("A").code == WORKFLOW_OK);
    REQUIRE(host.accept("A").code == WORKFLOW_OK);
    REQUIRE(workflow_outbox_deliver(outbox, nullptr) == WORKFLOW_OK);
    CHECK(calls == 1);
    workflow_outbox_close(outbox);
    CHECK(std::any_of(log.begin(), log.end(), [](const std::string& line) {
        return contains(line, "warning permit/A the handler 'ask_register' failed");
    }));
}

namespace {

int fail(void* user, const char* request, workflow_text** answer) {
    (void)user;
    (void)request;
    (void)answer;
    return 1;
}

int keep(void* user, const char* told, workflow_text** answer) {
    (void)answer;
    static_cast<std::vector<std::string>*>(user)->emplace_back(told);
    return 0;
}

}  // namespace

TEST_CASE("whoever was asked is told that nobody waits for the answer any more", "[c]") {
    const Host host;
    std::vector<std::string> withdrawn;
    workflow_outbox* outbox = nullptr;
    REQUIRE(workflow_outbox_open(host.engine, nullptr, &outbox) == WORKFLOW_OK);
    REQUIRE(workflow_outbox_service(outbox, "ask_register", fail, nullptr) == WORKFLOW_OK);
    REQUIRE(workflow_outbox_withdrawals(outbox, "ask_register", keep, &withdrawn) == WORKFLOW_OK);
    CHECK(workflow_outbox_withdrawals(outbox, nullptr, keep, nullptr) == WORKFLOW_MISUSE);
    REQUIRE(host.start("A").code == WORKFLOW_OK);
    REQUIRE(host.accept("A").code == WORKFLOW_OK);
    REQUIRE(workflow_outbox_deliver(outbox, nullptr) == WORKFLOW_OK);
    const Answered cancelled = host.call(
        "cancel", R"({"instance": "permit/A", "actor": {"id": "s", "roles": ["operator"]}, "reason": "withdrawn"})");
    INFO(cancelled.text);
    REQUIRE(cancelled.code == WORKFLOW_OK);
    REQUIRE(workflow_outbox_deliver(outbox, nullptr) == WORKFLOW_OK);
    REQUIRE(withdrawn.size() == 1);
    CHECK(contains(withdrawn[0], R"("handler":"ask_register")"));
    CHECK(contains(withdrawn[0], R"("key":"permit/A@)"));
    workflow_outbox_close(outbox);
}

namespace {

/// What completions told, and what one of them tried.
struct Told {
    const Host* host = nullptr;
    workflow_commits* commits = nullptr;
    std::mutex mutex;
    std::vector<std::pair<int, std::string>> answers;
    int inner = -1;
};

void keep_answer(void* user, int code, const char* answer) {
    auto* told = static_cast<Told*>(user);
    const std::lock_guard lock(told->mutex);
    told->answers.emplace_back(code, answer);
}

void call_and_close(void* user, int code, const char* answer) {
    auto* told = static_cast<Told*>(user);
    workflow_commits_close(told->commits);  // stays open
    told->inner = told->host->start("inner").code;
    keep_answer(user, code, answer);
}

std::string start_of(const std::string& key) {
    return R"({"procedure": "permit", "key": ")" + key +
           R"(", "actor": {"id": "an", "roles": ["clerk"]}, "data": {"applicant": "A"}})";
}

}  // namespace

TEST_CASE("steps are handed over and told when they are durable", "[c]") {
    const Host host;
    Told told;
    told.host = &host;
    CHECK(workflow_commits_start(host.engine, 0, &told.commits) == WORKFLOW_MISUSE);
    REQUIRE(workflow_commits_start(host.engine, 1, &told.commits) == WORKFLOW_OK);
    const auto hand_over = [&](const char* name, const std::string& arguments) {
        return workflow_commits_call(told.commits, name, arguments.c_str(), keep_answer, &told);
    };
    constexpr std::size_t many = 100;
    for (std::size_t i = 0; i < many; ++i) {
        REQUIRE(hand_over("start", start_of(std::to_string(i))) == WORKFLOW_OK);
    }
    CHECK(hand_over("claim", R"({"instance": "permit/0", "item": 1, "actor": {"id": "b", "roles": ["clerk"]}})") ==
          WORKFLOW_OK);  // refused later
    CHECK(hand_over("claim", R"({"instance": "permit/none", "item": 1, "actor": {"id": "b"}})") == WORKFLOW_OK);
    CHECK(hand_over("claim", "{}") == WORKFLOW_MISUSE);
    CHECK(contains(workflow_last_error(), "claim: 'actor' is missing"));
    CHECK(hand_over("get", R"({"instance": "permit/0"})") == WORKFLOW_MISUSE);
    CHECK(contains(workflow_last_error(), "get is no step of one instance"));
    workflow_commits_close(told.commits);
    REQUIRE(told.answers.size() == many + 2);
    for (std::size_t i = 0; i < many; ++i) {
        CHECK(told.answers[i].first == WORKFLOW_OK);
        CHECK(contains(told.answers[i].second, "\"permit/" + std::to_string(i) + "\""));
    }
    CHECK(told.answers[many].first == WORKFLOW_REFUSED);
    CHECK(contains(told.answers[many].second, R"("code":"not-your-role")"));
    CHECK(told.answers[many + 1].first == WORKFLOW_NOT_FOUND);
    CHECK(contains(host.call("standing_counts", R"({"procedure": "permit"})").text, R"("tokens":100)"));
    CHECK(hand_over("start", start_of("late")) == WORKFLOW_MISUSE);
}

TEST_CASE("a completion may call the engine, and cannot close the commits that wait for it", "[c]") {
    const Host host;
    Told told;
    told.host = &host;
    REQUIRE(workflow_commits_start(host.engine, 1, &told.commits) == WORKFLOW_OK);
    REQUIRE(workflow_commits_call(told.commits, "start", start_of("outer").c_str(), call_and_close, &told) ==
            WORKFLOW_OK);
    workflow_commits_close(told.commits);
    CHECK(told.inner == WORKFLOW_OK);
    CHECK(told.answers.size() == 1);
    CHECK(workflow_open_handles() == 1);  // the engine
}
