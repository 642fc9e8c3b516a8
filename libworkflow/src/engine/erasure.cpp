#include "engine/erasure.hpp"

#include <algorithm>

#include "procedure/model.hpp"

namespace workflow {
namespace engine {

std::vector<GivenValue> given_values(const std::vector<HistoryRow>& history,
                                     const std::vector<std::string>& fields) {
    std::vector<GivenValue> values;
    std::set<std::string> named(fields.begin(), fields.end());
    for (auto row = history.rbegin(); row != history.rend(); ++row) {
        const HistoryEntry& entry = row->entry;
        if (const auto* erase = std::get_if<Erase>(&entry.event)) {
            named.insert(erase->fields.begin(), erase->fields.end());
        }
        if (const FieldValues* given = given_by(entry.event)) {
            for (const auto& [field, value] : *given) {
                const Sealed* sealed = value.sealed();
                if (sealed == nullptr) continue;
                values.push_back(
                    {entry.revision, field, sealed->digest, sealed->erased, named.contains(field)});
            }
        }
        if (const auto* migrate = std::get_if<Migrate>(&entry.event)) {
            for (const auto& [old_id, new_id] : migrate->mapping.fields) {
                if (named.contains(new_id)) named.insert(old_id);
            }
        }
    }
    std::reverse(values.begin(), values.end());
    return values;
}

std::variant<std::vector<Digest>, Refusal> values_to_erase(Transaction& transaction,
                                                           const Loaded& loaded,
                                                           const Erase& event) {
    const std::string& id = loaded.instance.id;
    const auto values = given_values(load_history(transaction, id), event.fields);
    std::set<std::string> known;
    for (const GivenValue& value : values) known.insert(value.field);
    for (const procedure::Field& field : loaded.procedure->model().data) {
        if (field.sensitive) known.insert(field.id);
    }
    for (const std::string& field : event.fields) {
        if (known.contains(field)) continue;
        std::string all;
        for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
        return Refusal{RefusalCode::not_sensitive, {field, all}, {}};
    }
    std::vector<Digest> digests;
    for (const GivenValue& value : values) {
        if (value.named && !value.erased) digests.push_back(value.digest);
    }
    return digests;
}

}  // namespace engine

Answer Engine::erase(const std::string& instance, const std::vector<std::string>& fields,
                     const Actor& actor, const std::string& reason, const Request& request) {
    if (fields.empty()) throw Error(ErrorCode::misuse, "name the fields that are to be erased");
    return send(instance, Erase{actor, fields, reason}, request);
}

}  // namespace workflow
