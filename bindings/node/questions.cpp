#include "node/questions.hpp"

namespace workflow::node {

std::shared_ptr<Questions> questions_of(Napi::Env env) {
    using Kept = std::shared_ptr<Questions>;
    if (const Kept* known = env.GetInstanceData<Kept>()) return *known;
    auto questions = std::make_shared<Questions>();
    env.SetInstanceData(new Kept(questions));
    env.AddCleanupHook([questions] { questions->end(); });
    return questions;
}

Value Questions::ask(const Function& function, const Value& about) {
    std::future<Value> said;
    std::uint32_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        if (ending_) throw std::runtime_error("the process ends");
        number = ++last_;
        said = open_[number].get_future();
    }
    const bool is_asked = function.call([number, about](Napi::Env env, const Napi::Function& asked) {
        asked.Call({Napi::Number::New(env, number), object_of(env, about)});
    });
    if (!is_asked) answer(number, {}, "the process ends");
    return said.get();
}

void Questions::answer(std::uint32_t number, std::optional<Value> value, const std::string& failure) {
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

bool Questions::is_ending() {
    const std::lock_guard lock(mutex_);
    return ending_;
}

void Questions::end() {
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

}  // namespace workflow::node
