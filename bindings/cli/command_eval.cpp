#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "definition_file.hpp"
#include "dossier_store.hpp"
#include "evaluation.hpp"
#include "json_input.hpp"
#include "terminal.hpp"
#include "type_json.hpp"
#include "typed_json.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct EvalOptions {
    std::optional<std::string> expression;
    std::optional<std::string> data;
    std::optional<std::string> batch;
    std::string calendar;
};

/// Runs `answer`; what refuses to give one is the answer, too.
template <class Answer>
Json answered(Answer answer) {
    try {
        return answer();
    } catch (const std::exception& refusal) {
        return {{"error", refusal.what()}};
    }
}

Json answer_to_line(const InputLine& line, const Calendar* calendar, const std::string& language) {
    return answered([&]() -> Json {
        if (line.is_too_long) throw Failure(words::line_long.in(language, line_bytes_max >> 20));
        const Question question = read_question(line.text, language);
        const Expression expression = compile(question, language);
        if (question.only_check) return {{"deduced_type", type_json(expression.type())}};
        return {
            {"value", typed_json(evaluate(expression, question, calendar, language), language)}};
    });
}

int answer_batch(std::istream& input, const std::string& name, const Calendar* calendar,
                 const Session& session) {
    const auto unreadable = [&] {
        return Failure(words::cannot_read.in(session.language, printable(name)));
    };
    std::error_code failure;
    const bool is_folder = &input != &std::cin && std::filesystem::is_directory(name, failure);
    if (!input || is_folder) throw unreadable();
    const auto next = [&] {
        try {
            return next_line(input);
        } catch (const std::ios_base::failure&) {
            throw unreadable();
        }
    };
    while (const auto line = next()) {
        print(json_line(answer_to_line(*line, calendar, session.language)) + '\n');
    }
    return exit_ok;
}

int answer_one(const EvalOptions& options, const Calendar* calendar, const Session& session) {
    const std::string& language = session.language;
    const Json answer = answered([&]() -> Json {
        const Question question = question_of(
            *options.expression, parse_fields(options.data.value_or(""), "--data", session));
        const Expression expression = compile(question, language);
        const Value value = evaluate(expression, question, calendar, language);
        return {{"type", type_json(expression.type())}, {"value", typed_json(value, language)}};
    });
    print(json_line(answer) + '\n');
    return answer.contains("error") ? exit_refused : exit_ok;
}

int run_eval(Session& session, const EvalOptions& options) {
    if (options.expression.has_value() == options.batch.has_value()) {
        throw usage_failure(std::string(words::expression_or_batch.in(session.language)));
    }
    if (options.batch && options.data) {
        throw usage_failure(std::string(words::data_in_batch.in(session.language)));
    }
    std::shared_ptr<const Calendar> calendar;
    if (!options.calendar.empty()) calendar = find_calendar(options.calendar, session);
    if (options.expression) return answer_one(options, calendar.get(), session);
    if (*options.batch == "-") return answer_batch(std::cin, "-", calendar.get(), session);
    std::ifstream file(*options.batch, std::ios::binary);
    return answer_batch(file, *options.batch, calendar.get(), session);
}

constexpr const char* footer =
    "The answer is one line of JSON: {\"type\": TYPE, \"value\": TYPED}, or {\"error\": \"...\"} "
    "and "
    "status 1.\n"
    "An expression that begins with - stands behind --.\n\n"
    "A batch has a JSON object a line, of which all but expr may be left out:\n"
    "  {\"expr\": \"x + 1\", \"bindings\": {\"x\": TYPED}, \"type_env\": [{\"name\": \"x\", "
    "\"ident\": "
    "TYPE}],\n"
    "   \"container\": \"a.b\", \"disable_check\": true, \"check_only\": true}\n"
    "Other members are passed over. Each line is answered by one: {\"value\": TYPED},\n"
    "{\"deduced_type\": TYPE} when only checked, or {\"error\": \"...\"}. The status is 0 when "
    "every\n"
    "line was answered, errors included.\n\n"
    "A typed value (TYPED) names its kind:\n"
    "  {\"int\": \"3\"}  {\"uint\": \"3\"}  {\"double\": 1.5}  {\"double\": \"NaN\"}  {\"bool\": "
    "true}\n"
    "  {\"string\": \"x\"}  {\"bytes_b64\": \"AA==\"}  {\"null\": null}  {\"type\": \"int\"}\n"
    "  {\"list\": [{\"int\": \"3\"}]}  {\"map\": [[{\"string\": \"key\"}, {\"int\": \"3\"}]]}\n"
    "  {\"timestamp\": {\"seconds\": 0, \"nanos\": 0}}  {\"duration\": {\"seconds\": 90, "
    "\"nanos\": 0}}\n"
    "  {\"date\": \"2017-06-08\"}  {\"limit\": \"30 working days\"}\n"
    "A TYPE is \"int\", \"uint\", \"double\", \"bool\", \"string\", \"bytes\", \"null\", "
    "\"timestamp\",\n"
    "\"duration\", \"type\", \"date\", \"limit\", \"dyn\", {\"list\": \"int\"} or {\"map\": "
    "[\"string\", "
    "\"int\"]}.\n\n"
    "Examples:\n"
    "  workflow eval \"1 + 2\"\n"
    "  workflow eval \"days.all(d, d > 0)\" --data '{\"days\": [1, 2]}'\n"
    "  workflow eval --batch cases.jsonl --calendar vn-state";

}  // namespace

void add_eval(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "eval", "The value of an expression of the Common Expression Language (CEL)");
    EvalOptions& options = options_of<EvalOptions>(command, session, run_eval);
    command.add_option("expression", options.expression, "The expression")->option_text("EXPR");
    command
        .add_option("--data", options.data,
                    "Values of its names, whose types are told by the values: '{\"x\": [1, 2]}'")
        ->option_text("JSON");
    command.add_option("--batch", options.batch, "Answers every line of a file, or of stdin")
        ->option_text("FILE|-");
    command
        .add_option("--calendar", options.calendar,
                    "Counts working days: a calendar's file, or an id found under "
                    "procedures/calendars")
        ->option_text("FILE|ID");
    add_format(command, session);
    command.get_option("--format")->description("As elsewhere; the answer is JSON either way");
    command.footer(footer);
}

}  // namespace workflow::cli
