// What an input decides, choice after choice. Confined to one thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

namespace workflow::fuzz {

/// A byte of the input decides each choice. Behind its end a generator goes on that all of the
/// input seeds: a short input makes a whole story, too, and the same one each time.
class Choices {
public:
    explicit Choices(std::string bytes) : bytes_(std::move(bytes)) {
        for (const char byte : bytes_) {
            state_ = (state_ ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
        }
    }

    /// 0 <= result < bound; never above 255.
    std::size_t below(std::size_t bound) { return next() % bound; }
    bool one_in(std::size_t bound) { return below(bound) == 0; }

    template <class Range>
    const auto& of(const Range& range) {
        return (&*std::begin(range))[below(std::size(range))];
    }
    std::string of(std::initializer_list<std::string> words) {
        return std::data(words)[below(words.size())];
    }

private:
    std::uint8_t next() {
        if (at_ < bytes_.size()) return static_cast<std::uint8_t>(bytes_[at_++]);
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::uint8_t>(state_ >> 56U);
    }

    std::string bytes_;
    std::size_t at_ = 0;
    std::uint64_t state_ = 14695981039346656037ULL;
};

}  // namespace workflow::fuzz
