#include "evaluation.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "json_input.hpp"
#include "session.hpp"
#include "type_json.hpp"
#include "typed_json.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using PlainJson = nlohmann::json;

/// A slot is a number of 16 bits.
constexpr std::size_t variables_max = std::numeric_limits<std::uint16_t>::max();

void add(Question& question, const std::string& name, Type type, Value value) {
    const auto slot = static_cast<std::uint16_t>(question.values.size());
    question.variables.push_back({name, std::move(type), {0, slot}});
    question.values.push_back(std::move(value));
}

class QuestionReader {
public:
    QuestionReader(const PlainJson& json, const std::string& language)
        : json_(json), language_(language) {}

    Question read() {
        Question question;
        if (!json_.is_object()) throw Failure(words::not_object.in(language_, json_.type_name()));
        if (!json_.contains("expr")) throw Failure(std::string(words::no_expr.in(language_)));
        question.expression = text("expr");
        question.settings.container = text("container");
        question.only_check = flag("check_only");
        const bool unchecked = flag("disable_check");
        if (unchecked) question.settings.checking = ExpressionSettings::Checking::at_run_time;
        read_bindings();
        declare_types(question, unchecked);
        for (auto& [name, value] : bindings_) {
            add(question, name, unchecked ? Type::of(Type::Kind::any) : type_of(value), value);
        }
        if (question.values.size() > variables_max) {
            throw Failure(words::names_many.in(language_, variables_max));
        }
        return question;
    }

private:
    [[nodiscard]] const PlainJson* member(const char* name) const {
        const auto found = json_.find(name);
        return found == json_.end() ? nullptr : &*found;
    }

    [[nodiscard]] Failure wrong(const char* name, const Word& expected) const {
        return Failure(words::wrong_member.in(language_, name, expected.in(language_)));
    }

    [[nodiscard]] std::string text(const char* name) const {
        const PlainJson* json = member(name);
        if (json == nullptr) return {};
        if (!json->is_string()) throw wrong(name, words::a_string);
        return json->get<std::string>();
    }

    [[nodiscard]] bool flag(const char* name) const {
        const PlainJson* json = member(name);
        if (json == nullptr) return false;
        if (!json->is_boolean()) throw wrong(name, words::true_or_false);
        return json->get<bool>();
    }

    void read_bindings() {
        const PlainJson* bindings = member("bindings");
        if (bindings == nullptr) return;
        if (!bindings->is_object()) throw wrong("bindings", words::an_object_of_values);
        for (const auto& [name, value] : bindings->items()) {
            try {
                bindings_.emplace(name, value_from_typed_json(value, language_));
            } catch (const Failure& failure) {
                throw Failure(words::in_binding.in(language_, excerpt(name), failure.what()));
            }
        }
    }

    /// Takes what it declares out of the bindings; a name without a value holds null.
    void declare_types(Question& question, bool unchecked) {
        const PlainJson* declared = member("type_env");
        if (declared == nullptr) return;
        if (!declared->is_array()) throw wrong("type_env", words::a_list_of_types);
        std::unordered_map<std::string, bool> seen;
        for (const PlainJson& entry : *declared) {
            const std::string name = name_of(entry);
            if (!seen.emplace(name, true).second) {
                throw Failure(words::declared_twice.in(language_, excerpt(name)));
            }
            Type type = type_from_json(entry["ident"], language_);
            if (unchecked) type = Type::of(Type::Kind::any);
            const auto bound = bindings_.find(name);
            add(question, name, std::move(type),
                bound == bindings_.end() ? Value() : bound->second);
            if (bound != bindings_.end()) bindings_.erase(bound);
        }
    }

    [[nodiscard]] std::string name_of(const PlainJson& entry) const {
        const bool named = entry.is_object() && entry.contains("name") && entry["name"].is_string();
        if (named && entry.contains("function")) {
            throw Failure(words::no_functions.in(language_, excerpt(entry["name"])));
        }
        if (!named || !entry.contains("ident")) throw wrong("type_env", words::a_list_of_types);
        return entry["name"].get<std::string>();
    }

    const PlainJson& json_;
    const std::string& language_;
    std::map<std::string, Value> bindings_;
};

/// `CODE: message (at byte N); mend`.
template <class Problem>
std::string sentence(const Problem& problem, const std::string& language) {
    const Diagnostic diagnostic{
        .severity = Severity::error, .code = problem.code, .arguments = problem.arguments};
    return words::at_byte.in(language, problem.code, diagnostic.message(language), problem.offset,
                             diagnostic.mend(language));
}

}  // namespace

Question question_of(const std::string& expression, const FieldValues& data) {
    Question question;
    question.expression = expression;
    for (const auto& [name, value] : data) add(question, name, type_of(value), value);
    return question;
}

Question read_question(std::string_view json, const std::string& language) {
    const PlainJson parsed = read_json(json, language);
    return QuestionReader(parsed, language).read();
}

Expression compile(const Question& question, const std::string& language) {
    const auto compiled = Expression::compile(question.expression, question.variables,
                                              Type::of(Type::Kind::any), question.settings);
    if (const auto* expression = std::get_if<Expression>(&compiled)) return *expression;
    std::string sentences;
    for (const auto& problem : std::get<std::vector<ExpressionProblem>>(compiled)) {
        if (!sentences.empty()) sentences += "; ";
        sentences += sentence(problem, language);
    }
    throw Failure(sentences);
}

Value evaluate(const Expression& expression, const Question& question, const Calendar* calendar,
               const std::string& language) {
    const std::array<std::span<const Value>, 1> frames{question.values};
    const auto result = expression.evaluate(frames, {calendar});
    if (const auto* value = std::get_if<Value>(&result)) return *value;
    throw Failure(sentence(std::get<EvaluationError>(result), language));
}

}  // namespace workflow::cli
