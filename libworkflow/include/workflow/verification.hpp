// Whether a store still holds what was written: what is found, and anchors outside of it.
// Immutable values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/digest.hpp"
#include "workflow/history.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// The head of an instance's chain, to be kept outside the store: who can write the store can also
/// cut a chain short, or write a whole one anew; an anchor shows both.
struct Anchor {
    std::string instance;
    Revision revision = 0;
    Digest head{};  ///< SHA-256 of the history row of that revision, as stored
    friend bool operator==(const Anchor&, const Anchor&) = default;
};

/// A text file of anchors: a line that names the format, then `HEAD REVISION INSTANCE` each, the
/// head as 64 hexadecimal digits.
[[nodiscard]] std::string to_text(const std::vector<Anchor>& anchors);
/// Error{misuse} with the number of a line that is none.
[[nodiscard]] std::vector<Anchor> parse_anchors(std::string_view text);

struct VerifyReport {
    struct Fault {
        enum class Kind : std::uint8_t {
            changed,     ///< the row is not the one that was written
            missing,     ///< there is no such row, or a sensitive value that nobody erased
            misplaced,   ///< the row was written under another revision or for another instance
            unreadable,  ///< its bytes are no row
            forged,      ///< the chain holds, but the same step run again does something else
            truncated,   ///< an anchor knows later rows
            rewritten,   ///< the chain holds, and an anchor knows another one
        };
        std::string instance;
        Revision revision = 0;  ///< 0: the instance as a whole
        Kind kind = Kind::changed;
        std::string words;  ///< in English
    };
    /// Sensitive values that were erased by right, as the history says.
    struct Erasure {
        std::string instance;
        Revision revision = 0;
        Instant at;
        std::string actor;  ///< his id
        std::vector<std::string> fields;
        std::string reason;
    };
    std::size_t instances = 0;
    std::size_t rows = 0;             ///< of their history, each looked at
    std::size_t run_again = 0;        ///< of these: by step, with every digest compared
    std::size_t older_semantics = 0;  ///< of these: written by other semantics, by chain only
    std::size_t erased = 0;           ///< of these: hold sensitive values that were erased
    std::vector<Fault> faults;        ///< by instance, then revision
    std::vector<Erasure> erasures;    ///< the same
    std::string cursor;               ///< where the next batch begins
    bool finished = false;            ///< there is no next batch
};
[[nodiscard]] const char* to_string(VerifyReport::Fault::Kind kind);

}  // namespace workflow
