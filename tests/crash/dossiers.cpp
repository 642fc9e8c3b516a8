#include "crash/dossiers.hpp"

#include <filesystem>

#ifdef WORKFLOW_HAS_POSTGRES
#include "workflow/postgres_store.hpp"
#endif

namespace workflow::test {

const char* const crash_procedure = R"(
procedure: crash
version: 1
title: Crash
calendar: vn-state
roles: {officer: Officer}
data: {debt: {type: integer, default: 0}}
states:
  work:
    task: officer
    after: {1 day: {to: look_up, notify: officer}}
    actions: {go: look_up}
  look_up:
    service: register
    result: {debt: integer}
    retry: {times: 3, first: 10 minutes}
    to: check
  check:
    task: officer
    sla: {limit: 2 working days, moments: {due: {notify: officer}}}
    actions: {back: work, finish: {end: done}}
outcomes: {done: Done}
)";

void register_crash_procedure(Engine& engine) {
    const std::filesystem::path procedures =
        std::filesystem::path(WORKFLOW_SOURCE_DIR) / "procedures";
    engine.register_calendar(load_calendar_file(procedures / "calendars/vn-state.yaml"));
    engine.register_procedure(load_procedure(crash_procedure, "crash.yaml"));
}

std::string crash_instance(int number) {
    return "crash/" + std::to_string(number);
}

Actor crash_officer() {
    return {"an", {"officer"}, {}, {}};
}

std::optional<Acknowledged> act(Engine& engine, std::mt19937& random, int dossiers,
                                const std::string& request) {
    const std::string key = std::to_string(random() % static_cast<unsigned>(dossiers));
    const auto perform = [&](const char* action) {
        return engine.perform("crash/" + key, {action, crash_officer(), {}, {}}, {.id = request});
    };
    try {
        Answer answer;
        switch (random() % 5) {
            case 0:
                answer = engine.start({"crash", key, crash_officer(), {}, {}}, {.id = request});
                break;
            case 1:
                answer = perform("back");
                break;
            case 2:
                // Not always: dossiers that have ended do nothing any more.
                if (random() % 20 != 0) return std::nullopt;
                answer = perform("finish");
                break;
            default:
                answer = perform("go");
        }
        const auto* done = std::get_if<Done>(&answer);
        if (done == nullptr || done->repeated) return std::nullopt;
        return Acknowledged{done->instance, request, done->revision};
    } catch (const Error& error) {
        if (error.code() == ErrorCode::not_found) return std::nullopt;
        throw;
    }
}

std::unique_ptr<Store> open_place(const std::string& place) {
#ifdef WORKFLOW_HAS_POSTGRES
    if (place.starts_with("host=")) {
        const auto tab = place.rfind('\t');
        PostgresOptions options;
        options.schema = place.substr(tab + 1);
        options.lock_timeout_milliseconds = 60'000;
        return open_postgres_store(place.substr(0, tab), options);
    }
#endif
    SqliteOptions options;
    options.busy_timeout_milliseconds = 60'000;
    return open_sqlite_store(place, options);
}

}  // namespace workflow::test
