// An engine for tests, on a store of either kind that can be closed and opened again.
#pragma once

#include <catch2/catch.hpp>

#include "support/dossier.hpp"
#include "support/temporary_folder.hpp"
#include "workflow/engine.hpp"

namespace workflow::test {

/// GENERATE(kinds()) runs a test on each.
enum class Kept { in_memory, in_file };

class Office {
public:
    explicit Office(Kept kept = Kept::in_file)
        : kept_(kept), clock(std::make_shared<VirtualClock>(at("2017-04-25 09:00"))) {
        reopen();
        engine->register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
    }
    /// Closes everything and opens it again; a memory store only gets a new engine.
    void reopen() {
        engine.reset();
        if (kept_ == Kept::in_memory) {
            if (store == nullptr) store = make_memory_store();
        } else {
            store.reset();
            store = open_sqlite_store(folder_.file("store.db"));
        }
        engine = std::make_unique<Engine>(
            store, clock,
            EngineOptions{[this] { return "salt-" + std::to_string(++salts_) + "-0123456789"; }});
    }
    void add(const std::string& yaml) {
        engine->register_procedure(load_procedure(yaml, "test.yaml"));
    }
    void add_onboarding() {
        engine->register_procedure(
            load_procedure_file(shipped("service_onboarding/procedure.yaml")));
    }
    void set(const std::string& when) { clock->set(at(when)); }
    /// `done`, `repeated` or the refusal's code.
    static std::string word(const Answer& answer) {
        if (const auto* refusal = std::get_if<Refusal>(&answer)) return to_string(refusal->code);
        return std::get<Done>(answer).repeated ? "repeated" : "done";
    }
    std::string start(const std::string& procedure, const std::string& key, FieldValues data = {},
                      const Request& request = {}) {
        return word(engine->start(
            {procedure, key, actor("lan", "proposing_unit"), std::move(data), {}}, request));
    }
    std::string perform(const std::string& instance, const Actor& who, const std::string& action,
                        FieldValues fields = {}, const Request& request = {}) {
        return word(engine->perform(instance, {action, who, std::move(fields), {}}, request));
    }

private:
    Kept kept_;
    TemporaryFolder folder_;
    int salts_ = 0;

public:
    std::shared_ptr<VirtualClock> clock;
    std::shared_ptr<Store> store;
    std::unique_ptr<Engine> engine;
};

inline const char* const two_steps = R"(
procedure: two_steps
version: 1
title: Two steps
calendar: vn-state
roles: {officer: Officer, head: Head}
data: {note: optional text}
states:
  work:
    task: officer
    sla: {limit: 5 working days, moments: {1 working day before: {notify: officer}}}
    actions: {go: {to: check, fields: {note: optional text}}, stop: {end: stopped}}
  check: {task: head, sla: 2 working days, to: {end: done}}
outcomes: {done: Done, stopped: Stopped}
)";

}  // namespace workflow::test
