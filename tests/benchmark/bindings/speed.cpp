// The same steps by the C++ call or through the C interface: seconds for so many, after a tenth to warm up.
// usage: bindings_speed cpp|c PROCEDURES PERMIT STORE STEPS [CALLERS, of cpp: each in a thread, with a dossier of his own]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "workflow.h"
#include "workflow/engine.hpp"

namespace {

using namespace workflow;

struct Job {
    std::string procedures;
    std::string permit;
    std::string store;
    int steps = 0;
    int callers = 1;
};

[[noreturn]] void fail(const std::string& why) {
    std::cerr << why << '\n';
    std::exit(1);
}

/// `step` is told which one it is.
void measure(int steps, const std::function<void(int)>& step) {
    int next = 0;
    for (int i = 0; i < steps / 10; ++i) step(next++);
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < steps; ++i) step(next++);
    std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() << '\n';
}

void by_cpp(const Job& job) {
    const bool in_memory = job.store == "memory";
    Engine engine(in_memory ? make_memory_store() : open_sqlite_store(job.store.substr(7)),
                  std::make_shared<SystemClock>());
    engine.register_all(ProcedureRegistry(job.procedures));
    engine.register_procedure(load_procedure_file(job.permit));
    const Actor officer{"binh", {"officer"}, {}, {}};
    const auto step = [&](const std::string& instance, int i) {
        const Answer answer = i % 2 == 0 ? engine.send(instance, Claim{officer, 1})
                                         : engine.send(instance, Release{officer, 1});
        if (const auto* refusal = std::get_if<Refusal>(&answer)) fail(refusal->reason());
    };
    std::vector<std::string> instances;
    for (int caller = 0; caller < job.callers; ++caller) {
        const std::string key = "A" + std::to_string(caller);
        engine.start({.procedure = "permit", .key = key, .actor = {"an", {"clerk"}, {}, {}},
                      .data = {{"applicant", "A"}}, .variant = {}});
        instances.push_back("permit/" + key);
    }
    if (job.callers == 1) {
        measure(job.steps, [&](int i) { step(instances[0], i); });
        return;
    }
    const int each = job.steps / job.callers / 2 * 2;
    for (int i = 0; i < each / 10 / 2 * 2; ++i) step(instances[0], i);
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> callers;
    for (const std::string& instance : instances) {
        callers.emplace_back([&, instance] {
            for (int i = 0; i < each; ++i) step(instance, i);
        });
    }
    for (std::thread& caller : callers) caller.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << took.count() * job.steps / (each * job.callers) << '\n';
}

void by_c(const Job& job) {
    workflow_options options{};
    options.size = sizeof options;
    options.store = job.store.c_str();
    workflow_engine* engine = nullptr;
    const auto done = [](int code) {
        if (code != WORKFLOW_OK) fail(workflow_last_error());
    };
    done(workflow_engine_open(&options, &engine));
    done(workflow_register_folder(engine, (R"({"folder": ")" + job.procedures + R"("})").c_str(), nullptr));
    done(workflow_register_procedure(engine, (R"({"file": ")" + job.permit + R"("})").c_str(), nullptr));
    done(workflow_start(engine, R"({"procedure": "permit", "key": "A", "data": {"applicant": "A"},
                                    "actor": {"id": "an", "roles": ["clerk"]}})", nullptr));
    const char* const step = R"({"instance": "permit/A", "item": 1, "actor": {"id": "binh", "roles": ["officer"]}})";
    measure(job.steps, [&](int i) {
        workflow_text* answer = nullptr;
        done(i % 2 == 0 ? workflow_claim(engine, step, &answer) : workflow_release(engine, step, &answer));
        workflow_text_free(answer);
    });
    workflow_engine_close(engine);
}

}  // namespace

int main(int count, char** words) {
    constexpr int wanted = 6;
    if (count < wanted) fail("usage: bindings_speed cpp|c PROCEDURES PERMIT STORE STEPS [CALLERS]");
    const Job job{words[2], words[3], words[4], std::atoi(words[5]),
                  count > wanted ? std::max(std::atoi(words[wanted]), 1) : 1};
    if (std::string(words[1]) == "c") {
        by_c(job);
    } else {
        by_cpp(job);
    }
}
