// Functions of JavaScript that other threads call: handlers, the clock, the log.
#pragma once

#include <node_api.h>

#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "node/values.hpp"

namespace workflow::node {

/// One of them, or none, for `call_js` alone. It does not keep the process alive, and may outlive the environment: then it is not called.
class Function {
public:
    Function(napi_env env, napi_value function, napi_threadsafe_function_call_js call_js)
        : state_(std::make_shared<State>()) {
        auto kept = std::make_unique<std::shared_ptr<State>>(state_);
        check(env, napi_create_threadsafe_function(env, function, nullptr, text_of(env, "workflow"),
                                                   0, 1, kept.get(), ended, nullptr, call_js,
                                                   &state_->function));
        (void)kept.release();
        check(env, napi_unref_threadsafe_function(env, state_->function));
    }
    ~Function() {
        const std::lock_guard lock(state_->mutex);
        if (!state_->is_gone) (void)napi_release_threadsafe_function(state_->function, napi_tsfn_release);
    }
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;

    /// Whether it keeps the process alive. On the thread of the environment.
    void keep_alive(napi_env env, bool alive) const {
        check(env, alive ? napi_ref_threadsafe_function(env, state_->function)
                         : napi_unref_threadsafe_function(env, state_->function));
    }

    /// Hands `data` over to the environment's thread. False: there is none any more.
    [[nodiscard]] bool call(void* data) const {
        const std::lock_guard lock(state_->mutex);
        return !state_->is_gone &&
               napi_call_threadsafe_function(state_->function, data, napi_tsfn_nonblocking) == napi_ok;
    }

private:
    struct State {
        std::mutex mutex;
        bool is_gone = false;
        napi_threadsafe_function function = nullptr;
    };
    static void ended(napi_env, void* data, void*) {
        const std::unique_ptr<std::shared_ptr<State>> kept(static_cast<std::shared_ptr<State>*>(data));
        const std::lock_guard lock((*kept)->mutex);
        (*kept)->is_gone = true;
    }

    std::shared_ptr<State> state_;
};

/// Waits in another thread for what the function says later, through answer().
class Questions {
public:
    struct Question {
        std::uint32_t number = 0;
        Value about;
    };

    /// In another thread. std::runtime_error: it failed, or the environment ends.
    Value ask(const Function& function, Value about) {
        std::future<Value> said;
        std::unique_ptr<Question> question;
        {
            const std::lock_guard lock(mutex_);
            if (ending_) throw std::runtime_error("the process ends");
            question = std::make_unique<Question>(Question{++last_, std::move(about)});
            said = open_[question->number].get_future();
        }
        if (function.call(question.get())) {
            (void)question.release();
        } else {
            answer(question->number, {}, "the process ends");
        }
        return said.get();
    }

    /// From any thread.
    void answer(std::uint32_t number, std::optional<Value> value, const std::string& failure) {
        std::promise<Value> waiting;
        {
            const std::lock_guard lock(mutex_);
            const auto found = open_.find(number);
            if (found == open_.end()) return;
            waiting = std::move(found->second);
            open_.erase(found);
        }
        if (value) {
            waiting.set_value(std::move(*value));
        } else {
            waiting.set_exception(std::make_exception_ptr(std::runtime_error(failure)));
        }
    }

    [[nodiscard]] bool is_ending() {
        const std::lock_guard lock(mutex_);
        return ending_;
    }

    /// Nobody will answer any more.
    void end() {
        std::map<std::uint32_t, std::promise<Value>> left;
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
            left.swap(open_);
        }
        for (auto& [number, waiting] : left) {
            waiting.set_exception(std::make_exception_ptr(std::runtime_error("the process ends")));
        }
    }

private:
    std::mutex mutex_;
    bool ending_ = false;
    std::uint32_t last_ = 0;
    std::map<std::uint32_t, std::promise<Value>> open_;
};

/// Of the process: threads may ask until the very end.
[[nodiscard]] Questions& questions();

/// For a Function: calls it with (number, what it is about).
void put_question(napi_env env, napi_value function, void*, void* data);
/// For a Function: calls it with what it is told, a Value; nobody waits.
void tell(napi_env env, napi_value function, void*, void* data);

}  // namespace workflow::node
