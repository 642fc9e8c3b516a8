// Another version of a procedure: which open dossiers could move to it, and moving them.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "answer.hpp"
#include "commands.hpp"
#include "definition_file.hpp"
#include "dossier_store.hpp"
#include "installed_definition.hpp"
#include "json_input.hpp"
#include "names.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "text_file.hpp"
#include "words.hpp"
#include "workflow/json.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct MigrateOptions {
    StoreOptions store;
    ActorOptions actor;
    std::string file;
    std::string mapping;
    std::vector<std::string> instances;
    std::string reason;
};

/// What became, or would become, of the open dossiers of other versions.
class MigrationReporter {
public:
    MigrationReporter(Engine& engine, std::shared_ptr<const Procedure> version, const Session& session)
        : engine_(engine), version_(std::move(version)), session_(session) {}

    void add(MigrationReport::Planned planned) {
        if (!planned.plan.refused) ++movable_;
        dates_ += planned.plan.dates.size();
        planned_.push_back(std::move(planned));
    }
    void add_failure(const std::string& instance, const std::string& why) {
        failed_.emplace_back(instance, why);
    }
    [[nodiscard]] bool has_failures() const {
        return !failed_.empty() || movable_ != planned_.size();
    }

    void print_as(const Word& heading) {
        if (session_.format == Format::json) return print(json_page(json()));
        const std::string& language = session_.language;
        const std::string headline = heading.in(language, movable_, planned_.size(),
                                                printable(version_->id()), version_->version());
        print(wrapped(headline, page_width, 0) + '\n');
        if (dates_ != 0) {
            print('\n' + words::dates_change.in(language, dates_) + '\n' +
                  table().text(session_.colour));
        }
        for (const auto& one : planned_) {
            if (!one.plan.refused) continue;
            print('\n' + refused_lines(one.instance, *one.plan.refused, session_));
        }
        for (const auto& [instance, why] : failed_) {
            print_error(words::not_run.in(language, printable(instance), printable(why)) + '\n');
        }
    }

private:
    [[nodiscard]] Names names_of(const std::string& instance) const {
        return {engine_.get(instance), version_, session_};
    }

    Table table() {
        const std::string& language = session_.language;
        Table result({{words::instance.in(language)},
                      {words::clock.in(language)},
                      {words::due_now.in(language)},
                      {words::due_after_move.in(language)}});
        for (const auto& one : planned_) {
            if (one.plan.dates.empty()) continue;
            const Names names = names_of(one.instance);
            for (const Redated& date : one.plan.dates) {
                result.add({printable(one.instance), names.subject(date),
                            names.due(date.before.instant), names.due(date.after.instant)});
            }
        }
        return result;
    }

    Json dates_json(const MigrationReport::Planned& one) {
        Json dates = Json::array();
        if (one.plan.dates.empty()) return dates;
        const Names names = names_of(one.instance);
        const UtcOffset offset = names.calendar().offset();
        for (const Redated& date : one.plan.dates) {
            const bool clock = date.clock != no_index;
            dates.push_back({{"clock", clock ? Json(version_->clock(date.clock).id) : Json()},
                             {"timer_of", clock ? Json() : Json(version_->state(date.state).id)},
                             {"before", to_string(date.before.instant, offset)},
                             {"after", to_string(date.after.instant, offset)}});
        }
        return dates;
    }

    Json json() {
        Json list = Json::array();
        for (const auto& one : planned_) {
            list.push_back({{"instance", one.instance},
                            {"version", one.version},
                            {"moves", !one.plan.refused},
                            {"because", one.plan.refused
                                            ? because_json(*one.plan.refused, session_)
                                            : Json::array()},
                            {"dates", dates_json(one)}});
        }
        Json failed = Json::array();
        for (const auto& [instance, why] : failed_) {
            failed.push_back({{"instance", instance}, {"why", why}});
        }
        return {{"procedure", version_->id()},
                {"version", version_->version()},
                {"dossiers", list},
                {"failed", failed}};
    }

    Engine& engine_;
    std::shared_ptr<const Procedure> version_;
    const Session& session_;
    std::vector<MigrationReport::Planned> planned_;
    std::vector<std::pair<std::string, std::string>> failed_;
    std::size_t movable_ = 0;
    std::size_t dates_ = 0;
};

MigrationMapping mapping_of(const MigrateOptions& options, const Session& session) {
    if (options.mapping.empty()) return {};
    return mapping_from_json(read_json(read_input(options.mapping, session), session.language));
}

/// Calls `take(planned)` for each open dossier of another version; of the named ones, where some are.
template <class Take>
void go_through(Engine& engine, const MigrateOptions& options,
                const std::shared_ptr<const Procedure>& version, const MigrationMapping& mapping,
                MigrationReporter& report, Take take) {
    const std::set<std::string> named(options.instances.begin(), options.instances.end());
    for (const std::string& instance : named) (void)engine.get(instance);  // or it says what is wrong
    const auto is_meant = [&](const std::string& instance) {
        return named.empty() || named.contains(instance);
    };
    for (MigrationReport batch; !batch.finished;) {
        batch = engine.plan_migration(version, mapping, batch.cursor);
        for (auto& planned : batch.planned) {
            if (is_meant(planned.instance)) take(std::move(planned));
        }
        for (const auto& [instance, why] : batch.failed) {
            if (is_meant(instance)) report.add_failure(instance, why);
        }
    }
}

int run_plan(Session& session, const MigrateOptions& options) {
    const auto version = find_procedure(options.file, session);
    const MigrationMapping mapping = mapping_of(options, session);
    const OpenStore open = open_store(options.store, Creates::no, session);
    MigrationReporter report(*open.engine, version, session);
    go_through(*open.engine, options, version, mapping, report,
               [&](MigrationReport::Planned planned) { report.add(std::move(planned)); });
    report.print_as(words::plan_line);
    return report.has_failures() ? exit_refused : exit_ok;
}

int run_apply(Session& session, const MigrateOptions& options) {
    LoadedProcedure loaded = find_loaded_procedure(options.file, session);
    print_findings(examine(loaded).findings, session);
    const MigrationMapping mapping = mapping_of(options, session);
    const OpenStore open = open_store(options.store, Creates::no, session);
    open.engine->register_procedure(loaded);
    MigrationReporter report(*open.engine, loaded.procedure, session);
    go_through(*open.engine, options, loaded.procedure, mapping, report,
               [&](MigrationReport::Planned planned) {
                   Answer answer = open.engine->migrate(planned.instance,
                                                        loaded.procedure->version(), mapping,
                                                        options.actor.actor(), options.reason);
                   if (auto* refusal = std::get_if<Refusal>(&answer)) {
                       planned.plan = {std::move(*refusal), {}};
                   }
                   report.add(std::move(planned));
               });
    report.print_as(words::migrated_line);
    return report.has_failures() ? exit_refused : exit_ok;
}

void add_common(CLI::App& command, MigrateOptions& options, Session& session) {
    takes_names(command.add_option("file", options.file, "The version to move to"))
        ->required()
        ->option_text("FILE");
    command
        .add_option("--mapping", options.mapping,
                    "A JSON file that says what of the old version is what of the new one")
        ->option_text("FILE");
    command
        .add_option("--instance", options.instances,
                    "Only this dossier; repeat it for several (default: all of other versions)")
        ->allow_extra_args(false)
        ->option_text("PROCEDURE/KEY");
    add_store(command, options.store, "--at,--now");
    add_format(command, session);
}

constexpr const char* about_mapping =
    "What has the same id in both versions needs no mapping. The file may have, all optional:\n"
    "  {\"states\":   {\"old\": \"new\"},    states on which dossiers stand\n"
    "   \"clocks\":   {\"old\": \"new\"},    running limits; null: the clock is given up\n"
    "   \"fields\":   {\"old\": \"new\"},    data; null: the value is given up\n"
    "   \"messages\": {\"old\": \"new\"}, \"roles\": {\"old\": \"new\"},\n"
    "   \"restart\":        [\"clock\"],   limits that begin anew; others keep what was used\n"
    "   \"keep_limit\":     [\"clock\"],   clocks that keep the length that they were given\n"
    "   \"restart_timers\": [\"state\"],   states whose timers begin anew\n"
    "   \"forget\":         [\"state\"],   what counts as if it had not happened before\n"
    "   \"variant\": \"id\", \"data\": {\"field\": value}}\n\n";

void add_plan(CLI::App& migrate, Session& session) {
    CLI::App& command = *migrate.add_subcommand(
        "plan", "Which open dossiers could move, what keeps the others, which deadlines change");
    MigrateOptions& options = options_of<MigrateOptions>(command, session, run_plan);
    add_common(command, options, session);
    command.footer(std::string(about_mapping) +
                   "Nothing is changed. Exit status 1 when a dossier could not be moved.\n\n"
                   "Example:\n"
                   "  workflow migrate plan new.yaml --mapping names.json "
                   "--store sqlite:dossiers.db");
}

void add_apply(CLI::App& migrate, Session& session) {
    CLI::App& command = *migrate.add_subcommand(
        "apply", "Move the open dossiers that have a place in the new version to it");
    MigrateOptions& options = options_of<MigrateOptions>(command, session, run_apply);
    add_common(command, options, session);
    add_actor(command, options.actor, Needs::id_and_role);
    command.add_option("--reason", options.reason, "For the history")
        ->required()
        ->option_text("TEXT");
    command.footer(std::string(about_mapping) +
                   "What has no place there is left as it is, and told. What was interrupted may be\n"
                   "run again.\n\n"
                   "Example:\n"
                   "  workflow migrate apply new.yaml --mapping names.json --as lan --role operator "
                   "\\\n"
                   "    --reason \"Decision 12\" --store sqlite:dossiers.db");
}

}  // namespace

void add_migrate(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "migrate", "Move open dossiers to another version of their procedure");
    command.require_subcommand(1);
    add_plan(command, session);
    add_apply(command, session);
}

}  // namespace workflow::cli
