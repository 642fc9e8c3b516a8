// A call as work of a pool thread, and the promise for what it gives.
#pragma once

#include <node_api.h>

#include <functional>
#include <memory>
#include <string>

#include "marshal/marshal.hpp"
#include "node/values.hpp"
#include "workflow/error.hpp"

namespace workflow::node {

/// Runs what JavaScript called; every exception becomes one of its own.
template <class Body>
napi_value entered(napi_env env, const Body& body) noexcept {
    try {
        return body();
    } catch (const Pending&) {
        return nullptr;
    } catch (const Error& error) {
        try {
            (void)napi_throw(env, error_of(env, static_cast<int>(error.code()), error.what()));
        } catch (const Pending&) {
        }
    } catch (const std::exception& error) {
        (void)napi_throw_error(env, nullptr, error.what());
    }
    return nullptr;
}

/// A promise to JavaScript, and what it is settled with: {refused, value}; index.js tells them apart.
class Promised {
public:
    /// On the thread of the environment.
    napi_value begin(napi_env env) {
        napi_value promise = nullptr;
        check(env, napi_create_promise(env, &deferred_, &promise));
        return promise;
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
    void fail(ErrorCode code, const char* words) {
        code_ = static_cast<int>(code);
        words_ = words;
    }
    /// On the thread of the environment, once.
    void settle(napi_env env) {
        (void)entered(env, [&]() -> napi_value {
            if (code_ != 0) {
                check(env, napi_reject_deferred(env, deferred_, error_of(env, code_, words_)));
                return nullptr;
            }
            napi_value answer = nullptr;
            napi_value refused = nullptr;
            check(env, napi_create_object(env, &answer));
            check(env, napi_get_boolean(env, reply_.refused, &refused));
            check(env, napi_set_named_property(env, answer, "refused", refused));
            check(env, napi_set_named_property(env, answer, "value", object_of(env, reply_.value)));
            check(env, napi_resolve_deferred(env, deferred_, answer));
            return nullptr;
        });
    }

private:
    napi_deferred deferred_ = nullptr;
    marshal::Reply reply_;
    int code_ = 0;
    std::string words_;
};

/// What a pool thread does, and what it gives.
class Work {
public:
    using Doing = std::function<marshal::Reply()>;

    static napi_value start(napi_env env, Doing doing) {
        auto work = std::make_unique<Work>();
        work->doing_ = std::move(doing);
        napi_value promise = work->promised_.begin(env);
        check(env, napi_create_async_work(env, nullptr, text_of(env, "workflow"), run, finish,
                                          work.get(), &work->work_));
        check(env, napi_queue_async_work(env, work->work_));
        (void)work.release();
        return promise;
    }

private:
    static void run(napi_env, void* data) {
        auto* self = static_cast<Work*>(data);
        self->promised_.take(self->doing_);
        self->doing_ = nullptr;  // what it held may end here, off the event loop
    }

    static void finish(napi_env env, napi_status status, void* data) {
        const std::unique_ptr<Work> self(static_cast<Work*>(data));
        (void)napi_delete_async_work(env, self->work_);
        if (status != napi_ok) self->promised_.fail(ErrorCode::internal, "the call was given up");
        self->promised_.settle(env);
    }

    Doing doing_;
    napi_async_work work_ = nullptr;
    Promised promised_;
};

}  // namespace workflow::node
