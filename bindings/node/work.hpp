// A call as work of a pool thread, and a promise for what it gives.
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

/// What the thread does, and what it gives. The answer is {refused, value}; index.js tells them apart.
class Work {
public:
    using Doing = std::function<marshal::Reply()>;

    static napi_value start(napi_env env, Doing doing) {
        auto work = std::make_unique<Work>();
        work->doing_ = std::move(doing);
        napi_value promise = nullptr;
        check(env, napi_create_promise(env, &work->deferred_, &promise));
        check(env, napi_create_async_work(env, nullptr, text_of(env, "workflow"), run, finish,
                                          work.get(), &work->work_));
        check(env, napi_queue_async_work(env, work->work_));
        (void)work.release();
        return promise;
    }

private:
    static void run(napi_env, void* data) {
        auto* self = static_cast<Work*>(data);
        try {
            self->reply_ = self->doing_();
        } catch (const Error& error) {
            self->code_ = static_cast<int>(error.code());
            self->words_ = error.what();
        } catch (const std::exception& error) {
            self->code_ = static_cast<int>(ErrorCode::internal);
            self->words_ = error.what();
        }
        self->doing_ = nullptr;  // what it held may end here, off the event loop
    }

    static void finish(napi_env env, napi_status status, void* data) {
        const std::unique_ptr<Work> self(static_cast<Work*>(data));
        (void)napi_delete_async_work(env, self->work_);
        (void)entered(env, [&]() -> napi_value {
            if (status != napi_ok || self->code_ != 0) {
                const std::string words = self->code_ != 0 ? self->words_ : "the call was given up";
                check(env, napi_reject_deferred(env, self->deferred_,
                                                error_of(env, self->code_, words)));
                return nullptr;
            }
            napi_value answer = nullptr;
            napi_value refused = nullptr;
            check(env, napi_create_object(env, &answer));
            check(env, napi_get_boolean(env, self->reply_.refused, &refused));
            check(env, napi_set_named_property(env, answer, "refused", refused));
            check(env, napi_set_named_property(env, answer, "value",
                                               object_of(env, self->reply_.value)));
            check(env, napi_resolve_deferred(env, self->deferred_, answer));
            return nullptr;
        });
    }

    Doing doing_;
    napi_async_work work_ = nullptr;
    napi_deferred deferred_ = nullptr;
    marshal::Reply reply_;
    int code_ = 0;
    std::string words_;
};

}  // namespace workflow::node
