// Steps of instances in threads that commit many of them together, each with a promise.
#pragma once

#include <node_api.h>

#include <memory>
#include <string>

#include "node/questions.hpp"
#include "node/work.hpp"
#include "workflow/services.hpp"

namespace workflow::node {

/// Those under way keep the process alive. stop() comes before its end.
class Steps : public std::enable_shared_from_this<Steps> {
public:
    /// On the thread of the environment. The engine outlives it.
    Steps(napi_env env, std::shared_ptr<Engine> engine, std::size_t threads)
        : engine_(std::move(engine)), commits_(*engine_), settle_(env, nullptr, settle) {
        commits_.start(threads);
    }

    /// On the thread of the environment, which does not wait. Errors as marshal::call_later().
    napi_value call(napi_env env, const std::string& name, const Value& arguments) {
        auto owned = std::make_unique<Settling>(shared_from_this());
        Settling* const settling = owned.get();
        marshal::call_later(commits_, *engine_, name, arguments,
                            [settling](const std::function<marshal::Reply()>& get) {
                                settling->promised.take(get);
                                // Where the environment has ended it is left to the end of the process.
                                (void)settling->of->settle_.call(settling);
                            });
        (void)owned.release();  // settled by this very thread, later
        if (++under_way_ == 1) settle_.keep_alive(env, true);
        return settling->promised.begin(env);
    }
    /// Waits for those under way. On another thread.
    void stop() { commits_.stop(); }

private:
    struct Settling {
        explicit Settling(std::shared_ptr<Steps> steps) : of(std::move(steps)) {}
        std::shared_ptr<Steps> of;
        Promised promised;
    };
    static void settle(napi_env env, napi_value, void*, void* data) {
        const std::unique_ptr<Settling> settling(static_cast<Settling*>(data));
        if (env == nullptr) return;
        settling->promised.settle(env);
        if (--settling->of->under_way_ == 0) settling->of->settle_.keep_alive(env, false);
    }

    std::shared_ptr<Engine> engine_;
    CommitService commits_;
    Function settle_;
    std::size_t under_way_ = 0;  // of the thread of the environment
};

}  // namespace workflow::node
