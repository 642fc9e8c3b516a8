#include "answer.hpp"

#include <nlohmann/json.hpp>

#include "names.hpp"
#include "readable.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

Json records_json(const std::vector<Record>& records, Reader& reader, UtcOffset offset) {
    Json list = Json::array();
    for (const Record& record : records) {
        const auto line = reader.line(record);
        if (!line) continue;
        list.push_back({{"kind", to_string(record.kind)},
                        {"at", to_string(record.at, offset)},
                        {"text", line->text}});
    }
    return list;
}

void print_done(const Done& done, Engine& engine, const Word& words_done,
                const Word& words_repeated, const Session& session) {
    NamesByVersion versions(engine, done.instance, session);
    const Names& names = versions.of(done.procedure);
    Reader reader(names);
    if (session.format == Format::json) {
        print(json_page(
            {{"instance", done.instance},
             {"revision", done.revision},
             {"repeated", done.repeated},
             {"records", records_json(done.records, reader, names.calendar().offset())}}));
        return;
    }
    const Word& word = done.repeated ? words_repeated : words_done;
    std::string text = toned(word.in(session.language, printable(done.instance), done.revision),
                             Tone::good, session.colour) +
                       '\n';
    for (const Line& line : reader.lines(done.records)) {
        text +=
            "  " + toned(wrapped(line.text, page_width - 4, 4), line.tone, session.colour) + '\n';
    }
    print(text);
}

std::vector<PermittedAction> open_ones(const Refusal& refusal) {
    std::vector<PermittedAction> open;
    for (const PermittedAction& one : refusal.permitted) {
        if (!one.refused) open.push_back(one);
    }
    return open;
}

std::string because_lines(const Refusal& refusal, const Session& session) {
    std::string text;
    for (const Refusal& one : refusal.because) {
        text += wrapped("- " + printable(one.reason(session.language)), page_width, 2) + '\n';
    }
    return text;
}

void print_refusal(const Refusal& refusal, const InstanceView* view, const Session& session) {
    const auto open = view == nullptr ? std::vector<PermittedAction>{} : open_ones(refusal);
    Refusal without_reasons = refusal;
    without_reasons.because.clear();
    const std::string reason = printable(without_reasons.reason(session.language));
    if (session.format == Format::json) {
        Json permitted = Json::array();
        for (const PermittedAction& one : open) {
            const Named action = view->procedure->action(one.declared_by, one.action);
            permitted.push_back({{"item", one.work_item}, {"action", action.id}});
        }
        Json json{{"code", to_string(refusal.code)}, {"reason", reason}, {"permitted", permitted}};
        if (!refusal.because.empty()) json["because"] = because_json(refusal, session);
        print(json_page({{"refused", json}}));
        return;
    }
    std::string text =
        toned(words::refused.in(session.language, reason), Tone::bad, shows_colour(stderr)) + '\n' +
        because_lines(refusal, session);
    if (!open.empty()) {
        const Names names(*view, session);
        Table table({{words::item.in(session.language), Column::Align::right},
                     {words::action.in(session.language)},
                     {words::title.in(session.language)},
                     {words::state.in(session.language)}});
        for (const PermittedAction& one : open) {
            table.add({std::to_string(one.work_item),
                       view->procedure->action(one.declared_by, one.action).id,
                       names.action(one.declared_by, one.action),
                       names.activation(view->instance, one.work_item, one.state)});
        }
        text.append(words::possible_now.in(session.language)).append("\n");
        text += table.text(shows_colour(stderr), 2);
    }
    print_error(text);
}

}  // namespace

Json because_json(const Refusal& refusal, const Session& session) {
    Json because = Json::array();
    for (const Refusal& one : refusal.because) {
        because.push_back({{"code", to_string(one.code)}, {"reason", one.reason(session.language)}});
    }
    return because;
}

std::string refused_lines(const std::string& instance, const Refusal& refusal,
                          const Session& session) {
    return words::cannot_move.in(session.language, printable(instance)) + '\n' +
           because_lines(refusal, session);
}

int print_answer(const Answer& answer, Engine& engine, const Word& done, const Word& repeated,
                 const std::string& instance, const Session& session) {
    if (const auto* step = std::get_if<Done>(&answer)) {
        print_done(*step, engine, done, repeated, session);
        return exit_ok;
    }
    const auto& refusal = std::get<Refusal>(answer);
    if (refusal.permitted.empty()) {  // a start that was refused has no instance
        print_refusal(refusal, nullptr, session);
    } else {
        const InstanceView view = engine.get(instance);
        print_refusal(refusal, &view, session);
    }
    return exit_refused;
}

}  // namespace workflow::cli
