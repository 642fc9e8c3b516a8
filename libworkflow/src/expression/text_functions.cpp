#include "expression/text_functions.hpp"

#include <algorithm>
#include <cstring>

#include "expression/pattern.hpp"

namespace workflow::expression {
namespace {

std::int64_t code_points(const std::string& text) {
    return std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
    });
}

template <class Test>
Result test_texts(const Arguments& arguments, Test test) {
    const std::string* text = arguments.first.text();
    const std::string* part = arguments.second.text();
    if (text == nullptr) return wrong_kind(arguments.first);
    if (part == nullptr) return wrong_kind(arguments.second);
    if (!arguments.budget.spend_bytes(text->size())) return cost_limit();
    return {Value(test(*text, *part))};
}

}  // namespace

Result size_of(const Arguments& arguments) {
    const Value& value = arguments.first;
    std::size_t size = 0;
    if (const std::string* text = value.text()) {
        if (!arguments.budget.spend_bytes(text->size())) return cost_limit();
        return {Value(code_points(*text))};
    }
    if (value.list() != nullptr) {
        size = value.list()->size();
    } else if (value.members() != nullptr) {
        size = value.members()->size();
    } else if (value.entries() != nullptr) {
        size = value.entries()->size();
    } else if (value.bytes() != nullptr) {
        size = value.bytes()->octets.size();
    } else {
        return wrong_kind(value);
    }
    return {Value(static_cast<std::int64_t>(size))};
}

Result contains(const Arguments& arguments) {
    // memmem is linear in the worst case, which string::find is not.
    return test_texts(arguments, [](const std::string& text, const std::string& part) {
        return part.empty() ||
               memmem(text.data(), text.size(), part.data(), part.size()) != nullptr;
    });
}

Result starts_with(const Arguments& arguments) {
    return test_texts(arguments, [](const std::string& text, const std::string& part) {
        return text.starts_with(part);
    });
}

Result ends_with(const Arguments& arguments) {
    return test_texts(arguments, [](const std::string& text, const std::string& part) {
        return text.ends_with(part);
    });
}

Result matches(const Arguments& arguments) {
    const std::string* text = arguments.first.text();
    if (text == nullptr) return wrong_kind(arguments.first);
    if (arguments.second.text() == nullptr) return wrong_kind(arguments.second);
    // A step of the automaton per byte, and more where it does not fit into its memory.
    if (!arguments.budget.spend(1 + text->size() / 4)) return cost_limit();
    if (arguments.pattern != nullptr) return {Value(arguments.pattern->matches(*text))};
    const std::string& source = *arguments.second.text();
    if (!arguments.budget.spend(100 + source.size() * 10)) return cost_limit();
    const auto compiled = Pattern::compile(source);
    const auto* pattern = std::get_if<std::shared_ptr<const Pattern>>(&compiled);
    if (pattern == nullptr) return {.error = "no-pattern"};
    return {Value((*pattern)->matches(*text))};
}

}  // namespace workflow::expression
