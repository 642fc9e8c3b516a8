#include "json_input.hpp"

#include <nlohmann/json.hpp>

#include "session.hpp"
#include "words.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::cli {
namespace {

using PlainJson = nlohmann::json;

/// Looked at before it is parsed: what walks through a value afterwards goes down by recursion.
bool is_nested_deeper(std::string_view json, std::size_t depth_max) {
    std::size_t depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_text) {
            if (c == '\\') ++i;
            if (c == '"') in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '[' || c == '{') {
            if (++depth > depth_max) return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

}  // namespace

std::optional<InputLine> next_line(std::istream& input) {
    using Traits = std::istream::traits_type;
    std::streambuf& bytes = *input.rdbuf();
    InputLine line;
    auto next = bytes.sbumpc();
    if (Traits::eq_int_type(next, Traits::eof())) return std::nullopt;
    for (; !Traits::eq_int_type(next, Traits::eof()); next = bytes.sbumpc()) {
        const char c = Traits::to_char_type(next);
        if (c == '\n') break;
        line.is_too_long = line.is_too_long || line.text.size() == line_bytes_max;
        if (line.is_too_long) {
            line.text = {};
        } else {
            line.text += c;
        }
    }
    return line;
}

PlainJson read_json(std::string_view text, const std::string& language) {
    if (is_nested_deeper(text, json_depth_max)) {
        throw Failure(words::json_deep.in(language, json_depth_max));
    }
    try {
        return PlainJson::parse(text);
    } catch (const PlainJson::parse_error& error) {
        throw Failure(words::not_json.in(language, error.byte));
    } catch (const PlainJson::exception&) {
        throw Failure(std::string(words::number_large.in(language)));
    }
}

std::string excerpt(const PlainJson& json) {
    constexpr std::size_t characters_max = 60;
    // A part of what is large is enough, and cheaper.
    std::string text = json.is_structured() && json.size() > characters_max
                           ? json.type_name()
                           : json.dump(-1, ' ', true, PlainJson::error_handler_t::replace);
    if (text.size() > characters_max) text = text.substr(0, characters_max) + "...";
    return printable(text);
}

}  // namespace workflow::cli
