// Values <-> bytes. A sealed value is written as its digest only. Pure.
#pragma once

#include <map>
#include <memory>

#include "record/bytes.hpp"
#include "workflow/value.hpp"

namespace workflow::record {

/// Sensitive values that stand beside the chain, by digest. What is missing was erased.
using Secrets = std::map<Digest, std::shared_ptr<const Sealed>>;

void write(Writer& out, const Value& value);
[[nodiscard]] Value read_value(Reader& in, const Secrets& secrets);

/// Seals a value: digest = SHA-256(salt and encoded value).
[[nodiscard]] std::shared_ptr<const Sealed> seal(const Value& value, const std::string& salt);
/// The body of a secret row, and back. Error{corrupt} when it does not fit its digest.
[[nodiscard]] std::string encode_secret(const Sealed& sealed);
[[nodiscard]] std::shared_ptr<const Sealed> decode_secret(std::string_view body, const Digest& digest);

}  // namespace workflow::record
