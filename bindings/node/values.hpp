// JavaScript's values as values of the library and back. On the thread of the environment only.
#pragma once

#include <napi.h>

#include <string>

#include "workflow/error.hpp"
#include "workflow/value.hpp"

namespace workflow::node {

/// Instants are Dates, dates texts `2017-06-08`, whole numbers Numbers or, beyond 2^53, BigInts.
/// Error{misuse}, Error{limit}: what is no data.
[[nodiscard]] Value value_of(const Napi::Value& given);
[[nodiscard]] Napi::Value object_of(Napi::Env env, const Value& value);
/// Error{misuse}, which begins with `what`: it is no string.
[[nodiscard]] std::string text_from(const Napi::Value& given, const char* what);
/// What index.js makes a WorkflowError of: the code's number, and a message.
[[nodiscard]] Napi::Error error_of(Napi::Env env, ErrorCode code, const std::string& message);

/// Runs what JavaScript called: what the library throws becomes what JavaScript catches.
template <class Body>
Napi::Value entered(Napi::Env env, const Body& body) {
    try {
        return body();
    } catch (const Napi::Error&) {
        throw;
    } catch (const Error& error) {
        throw error_of(env, error.code(), error.what());
    } catch (const std::exception& error) {
        throw Napi::Error::New(env, error.what());
    }
}

}  // namespace workflow::node
