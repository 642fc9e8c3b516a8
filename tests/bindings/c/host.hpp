// A host of the C interface whose clock a test sets.
#pragma once

#include <atomic>
#include <catch2/catch.hpp>
#include <string>

#include "workflow.h"

namespace workflow::test {

inline const std::string folder = WORKFLOW_SOURCE_DIR "/procedures";
inline const std::string permit = WORKFLOW_SOURCE_DIR "/tests/bindings/procedures/permit/procedure.yaml";

struct Answered {
    int code = 0;
    std::string text;
};

template <class Call>
Answered answered(const Call& call) {
    workflow_text* text = nullptr;
    Answered of{call(&text), {}};
    of.text = workflow_text_bytes(text);
    CHECK(of.text.size() == workflow_text_size(text));
    workflow_text_free(text);
    return of;
}

inline std::int64_t fixed_time(void* user) {
    return static_cast<std::atomic<std::int64_t>*>(user)->load();
}

/// An engine in memory with a clock that stands still; the permit is registered.
class Host {
public:
    explicit Host(workflow_log log = nullptr, void* log_user = nullptr, const std::string& store = "memory") {
        workflow_options options{};
        options.size = sizeof options;
        options.store = store.c_str();
        options.utc_offset = "+07:00";
        options.clock = fixed_time;
        options.clock_user = &now;
        options.log = log;
        options.log_user = log_user;
        REQUIRE(workflow_engine_open(&options, &engine) == WORKFLOW_OK);
        REQUIRE(call("register_folder", R"({"folder": ")" + folder + R"("})").code == WORKFLOW_OK);
        REQUIRE(call("register_procedure", R"({"file": ")" + permit + R"("})").code == WORKFLOW_OK);
    }
    ~Host() { workflow_engine_close(engine); }
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    [[nodiscard]] Answered call(const char* name, const std::string& arguments) const {
        return answered([&](workflow_text** text) {
            return workflow_call(engine, name, arguments.c_str(), text);
        });
    }
    [[nodiscard]] Answered start(const std::string& key) const {
        return call("start", R"({"procedure": "permit", "key": ")" + key +
                                 R"(", "actor": {"id": "an", "roles": ["clerk"]}, "data": {"applicant": "A"}})");
    }
    [[nodiscard]] Answered accept(const std::string& key) const {
        return call("perform", R"({"instance": "permit/)" + key +
                                   R"(", "action": "accept", "actor": {"id": "b", "roles": ["officer"]}, "fields": {"fee": 1}})");
    }

    std::atomic<std::int64_t> now{1'780'279'200'000};  // 2026-06-01T09:00:00+07:00
    workflow_engine* engine = nullptr;
};

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace workflow::test
