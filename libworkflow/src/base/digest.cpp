#include "workflow/digest.hpp"

#include <openssl/evp.h>

#include <memory>

#include "workflow/error.hpp"

namespace workflow {
namespace {

/// Fetched once: what is not, OpenSSL looks up by its name in every call.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return fetched;
}

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// One for each thread: to make one takes as long as to hash a short text.
EVP_MD_CTX* context() {
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> own(EVP_MD_CTX_new());
    return own.get();
}

}  // namespace

Digest sha256(std::string_view bytes) {
    Digest digest{};
    EVP_MD_CTX* const hashing = context();
    if (hashing == nullptr || EVP_DigestInit_ex(hashing, algorithm(), nullptr) != 1 ||
        EVP_DigestUpdate(hashing, bytes.data(), bytes.size()) != 1 ||
        EVP_DigestFinal_ex(hashing, digest.data(), nullptr) != 1) {
        throw Error(ErrorCode::internal, "OpenSSL offers no SHA-256");
    }
    return digest;
}

std::string to_hex(const Digest& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(digest.size() * 2);
    for (const std::uint8_t byte : digest) {
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

}  // namespace workflow
