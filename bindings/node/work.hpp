// A call as work of a pool thread, and the promise for what it gives.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "marshal/marshal.hpp"
#include "node/values.hpp"

namespace workflow::node {

/// A promise to JavaScript, and what it is settled with: {refused, value}; index.js tells them apart.
class Promised {
public:
    /// On the thread of the environment, before settle().
    Napi::Value begin(Napi::Env env) {
        deferred_.emplace(env);
        return deferred_->Promise();
    }
    /// On any thread.
    void take(const std::function<marshal::Reply()>& doing) noexcept {
        try {
            reply_ = doing();
        } catch (const Error& error) {
            fail(error.code(), error.what());
        } catch (const std::exception& error) {
            fail(ErrorCode::internal, error.what());
        }
    }
    void fail(ErrorCode code, const std::string& words) { failed_.emplace(code, words); }
    /// On the thread of the environment, once.
    void settle(Napi::Env env) const {
        if (failed_) return deferred_->Reject(error_of(env, failed_->code(), failed_->what()).Value());
        Napi::Object answer = Napi::Object::New(env);
        answer.Set("refused", reply_.refused);
        answer.Set("value", object_of(env, reply_.value));
        deferred_->Resolve(answer);
    }

private:
    std::optional<Napi::Promise::Deferred> deferred_;
    marshal::Reply reply_;
    std::optional<Error> failed_;
};

/// What a pool thread does, and what it gives.
class Work final : public Napi::AsyncWorker {
public:
    using Doing = std::function<marshal::Reply()>;

    static Napi::Value start(Napi::Env env, Doing doing) {
        auto* const work = new Work(env, std::move(doing));  // ends by itself
        Napi::Value promise = work->promised_.begin(env);
        work->Queue();
        return promise;
    }

private:
    Work(Napi::Env env, Doing doing) : AsyncWorker(env, "workflow"), doing_(std::move(doing)) {}

    void Execute() override {
        promised_.take(doing_);
        doing_ = nullptr;  // what it held may end here, off the event loop
    }
    void OnOK() override { promised_.settle(Env()); }

    Doing doing_;
    Promised promised_;
};

}  // namespace workflow::node
