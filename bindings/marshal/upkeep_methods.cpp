// Proof that the store holds what was written, and dossiers in files.
#include <array>

#include "marshal/methods.hpp"

namespace workflow::marshal {
namespace {

Value fault(const VerifyReport::Fault& of) {
    return Members{{"instance", of.instance},
                   {"revision", count(of.revision)},
                   {"kind", to_string(of.kind)},
                   {"words", of.words}};
}

Reply verified(const VerifyReport& report) {
    const auto erasure = [](const VerifyReport::Erasure& of) {
        return Value(Members{{"instance", of.instance},
                             {"revision", count(of.revision)},
                             {"at", of.at},
                             {"actor", of.actor},
                             {"fields", list_of(of.fields)},
                             {"reason", of.reason}});
    };
    return {false, Members{{"instances", count(report.instances)},
                           {"rows", count(report.rows)},
                           {"run_again", count(report.run_again)},
                           {"older_semantics", count(report.older_semantics)},
                           {"erased", count(report.erased)},
                           {"faults", list_of(report.faults, fault)},
                           {"erasures", list_of(report.erasures, erasure)},
                           {"cursor", report.cursor},
                           {"finished", report.finished}}};
}

Reply verify(Engine& engine, Arguments& arguments) {
    const std::string instance = arguments.text_or_empty("instance");
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    return verified(instance.empty() ? engine.verify(cursor, rows) : engine.verify_one(instance));
}

Reply anchors(Engine& engine, Arguments& arguments) {
    const auto [after, rows] = arguments.paging();
    arguments.done();
    const auto found = engine.anchors(after, rows);
    return {false, Members{{"anchors", to_text(found)},
                           {"cursor", found.empty() ? after : found.back().instance},
                           {"finished", found.size() < rows}}};
}

Reply compare_anchors(Engine& engine, Arguments& arguments) {
    const auto kept = parse_anchors(arguments.text("anchors"));
    arguments.done();
    return {false, list_of(engine.compare(kept), fault)};
}

Reply replay(Engine& engine, Arguments& arguments) {
    const std::string instance = arguments.text("instance");
    arguments.done();
    const ReplayReport report = engine.replay(instance);
    return {false,
            Members{{"steps", count(report.steps)},
                    {"older_semantics", count(report.older_semantics)},
                    {"erased", count(report.erased)},
                    {"agrees", report.agrees()},
                    {"first_difference",
                     report.first_difference ? count(*report.first_difference) : Value()},
                    {"difference", text_or_null(report.difference)}}};
}

Reply transferred(const TransferReport& report) {
    return {false, Members{{"definitions", count(report.definitions)},
                           {"instances", count(report.instances)},
                           {"steps", count(report.steps)},
                           {"already_there", count(report.already_there)},
                           {"bytes", count(report.bytes)}}};
}

Reply export_to(Engine& engine, Arguments& arguments) {
    const std::string file = arguments.text("file");
    arguments.done();
    return transferred(engine.export_to(file));
}

Reply import_from(Engine& engine, Arguments& arguments) {
    const std::string file = arguments.text("file");
    arguments.done();
    return transferred(engine.import_from(file));
}

Reply archive(Engine& engine, Arguments& arguments) {
    const std::string file = arguments.text("file");
    const Instant before = arguments.needed_instant("before");
    arguments.done();
    return transferred(engine.archive(file, before));
}

constexpr std::array<Method, 7> methods_of_upkeep{{
    {"anchors", anchors},
    {"archive", archive},
    {"compare_anchors", compare_anchors},
    {"export_to", export_to},
    {"import_from", import_from},
    {"replay", replay},
    {"verify", verify},
}};

}  // namespace

std::span<const Method> upkeep_methods() {
    return methods_of_upkeep;
}

}  // namespace workflow::marshal
