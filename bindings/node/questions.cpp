#include "node/questions.hpp"

#include <array>

#include "node/work.hpp"

namespace workflow::node {

Questions& questions() {
    static auto* const all = new Questions;  // never ends
    return *all;
}

void put_question(napi_env env, napi_value function, void*, void* data) {
    const std::unique_ptr<Questions::Question> question(static_cast<Questions::Question*>(data));
    if (env == nullptr) return questions().answer(question->number, {}, "the process ends");
    (void)entered(env, [&]() -> napi_value {
        std::array<napi_value, 2> arguments{};
        napi_value nothing = nullptr;
        check(env, napi_create_uint32(env, question->number, &arguments[0]));
        arguments[1] = object_of(env, question->about);
        check(env, napi_get_undefined(env, &nothing));
        napi_value answer = nullptr;
        check(env, napi_call_function(env, nothing, function, arguments.size(), arguments.data(), &answer));
        return nullptr;
    });
}

void tell(napi_env env, napi_value function, void*, void* data) {
    const std::unique_ptr<Value> told(static_cast<Value*>(data));
    if (env == nullptr) return;
    (void)entered(env, [&]() -> napi_value {
        napi_value nothing = nullptr;
        napi_value argument = object_of(env, *told);
        napi_value answer = nullptr;
        check(env, napi_get_undefined(env, &nothing));
        check(env, napi_call_function(env, nothing, function, 1, &argument, &answer));
        return nullptr;
    });
}

}  // namespace workflow::node
