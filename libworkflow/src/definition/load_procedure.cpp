#include <algorithm>

#include "analysis/seal.hpp"
#include "definition/consequences.hpp"
#include "definition/draft.hpp"
#include "definition/extension_reader.hpp"
#include "definition/header_reader.hpp"
#include "definition/question_reader.hpp"
#include "definition/source_file.hpp"
#include "definition/state_declarer.hpp"
#include "definition/state_keys.hpp"
#include "definition/state_reader.hpp"
#include "workflow/definition.hpp"

namespace workflow {
namespace {

using namespace definition;

/// The model of the file; whole only when there is no error among the findings.
procedure::Model read_procedure(Findings& findings, const Node& root) {
    Draft draft(findings);
    draft.model.file = findings.document().file();
    const MappingReader file(findings, root, file_keys());
    if (!file.is_mapping()) return {};
    read_identity(draft, file);
    read_declarations(draft, file);
    declare_states(draft, root);
    declare_questions(draft);
    read_states(draft, file);
    resolve_clock_names(draft);
    resolve_questions(draft);
    // A fault may hide where a role is named.
    if (!findings.has_errors()) report_unused_roles(draft);
    return std::move(draft.model);
}

/// In the order of the file, whoever found them.
void sort(Diagnostics& diagnostics) {
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& a, const Diagnostic& b) {
                         return std::pair(a.place.line, a.place.column) <
                                std::pair(b.place.line, b.place.column);
                     });
}

}  // namespace

LoadedProcedure load_procedure(std::string_view yaml, const std::string& file) {
    LoadedProcedure loaded;
    loaded.source = std::string(yaml);
    const auto document = Document::parse(loaded.source, file, loaded.diagnostics);
    if (document != nullptr) {
        Findings findings(*document, loaded.diagnostics);
        try {
            procedure::Model model = read_procedure(findings, document->root());
            model.digest = sha256(loaded.source);
            loaded.procedure = analysis::seal(std::move(model), loaded.diagnostics);
        } catch (const TooManyFindings&) {  // the last of them says so
        }
    }
    sort(loaded.diagnostics);
    drop_consequences(loaded.diagnostics);
    return loaded;
}

LoadedProcedure load_procedure_file(const std::filesystem::path& path) {
    LoadedProcedure loaded;
    const std::optional<std::string> bytes = read_source_file(path, loaded.diagnostics);
    return bytes ? load_procedure(*bytes, path.string()) : loaded;
}

}  // namespace workflow
