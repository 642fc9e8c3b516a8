// JavaScript's values as values of the library and back. On the thread of the environment only.
#pragma once

#include <node_api.h>

#include <string>

#include "workflow/value.hpp"

namespace workflow::node {

/// A JavaScript exception is pending: whoever catches this returns to JavaScript.
struct Pending {};

/// Pending where `status` is a failure.
void check(napi_env env, napi_status status);

/// Instants are Dates, dates texts `2017-06-08`, whole numbers Numbers or, beyond 2^53, BigInts.
/// Error{misuse}, Error{limit}: what is no data.
[[nodiscard]] Value value_of(napi_env env, napi_value given);
[[nodiscard]] napi_value object_of(napi_env env, const Value& value);
[[nodiscard]] napi_value text_of(napi_env env, const std::string& text);
[[nodiscard]] std::string text_from(napi_env env, napi_value given, const char* what);
/// A WorkflowError of index.js: code, name of the code, message.
[[nodiscard]] napi_value error_of(napi_env env, int code, const std::string& message);

}  // namespace workflow::node
