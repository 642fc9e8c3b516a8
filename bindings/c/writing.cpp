#include "c/writing.hpp"

#include <nlohmann/json.hpp>

#include "workflow/error.hpp"
#include "workflow/json.hpp"

namespace workflow::c {
namespace {

using nlohmann::json;

constexpr const char* instant_tag = "$instant";
constexpr const char* date_tag = "$date";

/// With what stands under a tag as what it is.
Value untagged(const Value& value) {
    if (value.list() != nullptr) {
        List list;
        for (const Value& item : *value.list()) list.push_back(untagged(item));
        return list;
    }
    if (value.members() == nullptr) return value;
    const Members& members = *value.members();
    if (members.size() == 1 && members[0].second.text() != nullptr) {
        const auto& [tag, text] = members[0];
        if (tag == instant_tag) {
            if (const auto instant = parse_instant(*text.text(), UtcOffset{})) return *instant;
            throw Error(ErrorCode::misuse, "'" + printable(*text.text()) + "' is no instant");
        }
        if (tag == date_tag) {
            if (const auto date = parse_date(*text.text())) return *date;
            throw Error(ErrorCode::misuse, "'" + printable(*text.text()) + "' is no date");
        }
    }
    Members all;
    for (const auto& [name, member] : members) all.emplace_back(name, untagged(member));
    return all;
}

json tagged(const Value& value, UtcOffset offset) {
    if (value.instant() != nullptr) return {{instant_tag, to_string(*value.instant(), offset)}};
    if (value.day() != nullptr) return {{date_tag, to_string(*value.day())}};
    if (value.list() != nullptr) {
        json array = json::array();
        for (const Value& item : *value.list()) array.push_back(tagged(item, offset));
        return array;
    }
    if (value.members() != nullptr) {
        json object = json::object();
        for (const auto& [name, member] : *value.members()) object[name] = tagged(member, offset);
        return object;
    }
    return to_json(value, offset);
}

}  // namespace

Value parsed(const char* text) {
    if (text == nullptr) return {};
    try {
        // Depth is bounded by value_from_json; the parser itself does not recurse.
        return untagged(value_from_json(json::parse(text)));
    } catch (const json::parse_error& error) {
        throw Error(ErrorCode::misuse, "the arguments are no JSON: byte " + std::to_string(error.byte) +
                                           " does not fit; write an object, {\"name\": value}");
    }
}

std::string printed(const Value& value, const Writing& writing) {
    const json written = writing.tagged ? tagged(value, writing.offset) : to_json(value, writing.offset);
    return written.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace workflow::c
