#include "expression/pattern.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include "workflow/limits.hpp"

namespace workflow::expression {

std::variant<std::shared_ptr<const Pattern>, std::string> Pattern::compile(
    std::string_view source) {
    if (source.size() > limits::pattern_bytes_max) {
        return fmt::format("longer than {} bytes", limits::pattern_bytes_max);
    }
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(limits::pattern_memory_max);
    auto compiled =
        std::make_unique<const re2::RE2>(re2::StringPiece(source.data(), source.size()), options);
    if (!compiled->ok()) return compiled->error();
    return std::shared_ptr<const Pattern>(new Pattern(std::move(compiled)));
}

Pattern::Pattern(std::unique_ptr<const re2::RE2> compiled) : compiled_(std::move(compiled)) {}

Pattern::~Pattern() = default;

bool Pattern::matches(std::string_view text) const {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

}  // namespace workflow::expression
