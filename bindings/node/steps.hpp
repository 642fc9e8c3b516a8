// Steps of instances in threads that commit many of them together, each with a promise.
#pragma once

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
    Steps(Napi::Env env, std::shared_ptr<Engine> engine, std::size_t threads)
        : engine_(std::move(engine)),
          commits_(*engine_),
          back_(env, Napi::Function::New(env, [](const Napi::CallbackInfo&) {})) {
        commits_.start(threads);
    }

    /// On the thread of the environment, which does not wait. Errors as marshal::call_later().
    Napi::Value call(Napi::Env env, const std::string& name, const Value& arguments) {
        const auto promised = std::make_shared<Promised>();
        marshal::call_later(commits_, *engine_, name, arguments,
                            [self = shared_from_this(), promised](const auto& get) {
                                promised->take(get);
                                self->tell(promised);
                            });
        if (++under_way_ == 1) back_.keep_alive(env, true);
        return promised->begin(env);  // settled by this very thread, later
    }
    /// Waits for those under way. On another thread.
    void stop() { commits_.stop(); }

private:
    /// Where the environment has ended nobody is there to be told.
    void tell(const std::shared_ptr<Promised>& promised) {
        (void)back_.call([self = shared_from_this(), promised](Napi::Env env, const Napi::Function&) {
            promised->settle(env);
            if (--self->under_way_ == 0) self->back_.keep_alive(env, false);
        });
    }

    std::shared_ptr<Engine> engine_;
    CommitService commits_;
    Function back_;  // to the thread of the environment
    std::size_t under_way_ = 0;
};

}  // namespace workflow::node
