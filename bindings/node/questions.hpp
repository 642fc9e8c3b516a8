// Functions of JavaScript that other threads call: handlers, the clock, the log.
#pragma once

#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "node/values.hpp"

namespace workflow::node {

/// One of them. It does not keep the process alive, and may outlive the environment: then it is not called.
class Function {
public:
    Function(Napi::Env env, const Napi::Function& function) : state_(std::make_shared<State>()) {
        state_->function = Napi::ThreadSafeFunction::New(
            env, function, "workflow", 0, 1,
            [](Napi::Env, std::shared_ptr<State>* kept) {
                const std::unique_ptr<std::shared_ptr<State>> owned(kept);
                const std::lock_guard lock((*owned)->mutex);
                (*owned)->is_gone = true;
            },
            new std::shared_ptr<State>(state_));
        state_->function.Unref(env);
    }
    ~Function() {
        const std::lock_guard lock(state_->mutex);
        if (!state_->is_gone) (void)state_->function.Release();
    }
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;

    /// Whether it keeps the process alive. On the thread of the environment.
    void keep_alive(Napi::Env env, bool alive) const {
        if (alive) {
            state_->function.Ref(env);
        } else {
            state_->function.Unref(env);
        }
    }
    /// Has `work(env, function)` done on the environment's thread, from any thread. False: there is none any
    /// more. What is still to be done when it ends is not done.
    template <class Work>
    [[nodiscard]] bool call(Work work) const {
        const std::lock_guard lock(state_->mutex);
        if (state_->is_gone) return false;
        return state_->function.NonBlockingCall([work = std::move(work)](Napi::Env env,
                                                                         const Napi::Function& function) {
            try {
                work(env, function);
            } catch (const Napi::Error& error) {
                error.ThrowAsJavaScriptException();
            }
        }) == napi_ok;
    }

private:
    struct State {
        std::mutex mutex;
        bool is_gone = false;
        Napi::ThreadSafeFunction function;
    };

    std::shared_ptr<State> state_;
};

/// Waits in another thread for what the function says later, through answer().
class Questions {
public:
    /// In another thread: calls it with (number, what it is about). std::runtime_error: it failed, or the
    /// environment ends.
    Value ask(const Function& function, const Value& about);
    /// From any thread.
    void answer(std::uint32_t number, std::optional<Value> value, const std::string& failure);
    [[nodiscard]] bool is_ending();
    /// Nobody will answer any more.
    void end();

private:
    std::mutex mutex_;
    bool ending_ = false;
    std::uint32_t last_ = 0;
    std::map<std::uint32_t, std::promise<Value>> open_;
};

/// Those of an environment: the main one, or a worker's. Made by the first who asks for them on its thread; they
/// end with the environment, and whoever keeps them may ask to the very end.
[[nodiscard]] std::shared_ptr<Questions> questions_of(Napi::Env env);

}  // namespace workflow::node
