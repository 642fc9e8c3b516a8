// Two ways to do one thing, timed in turn on one machine in one run. Confined.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::benchmarks {

/// How much to do. Tiny proves that a program still works and agrees with its peer; its times mean
/// nothing.
struct Plan {
    bool tiny = false;
    int repetitions = 9;
    std::string folder;  ///< where files are written; empty: the current folder
};

/// `--tiny`, `--repetitions N`, `--folder F`; anything else prints the usage and ends with
/// status 2.
[[nodiscard]] Plan plan_from(int argc, char** argv);

struct Side {
    std::string label;
    std::function<void()> work;           ///< timed; always the same amount
    std::function<std::uint64_t()> hash;  ///< of what the last `work` produced; not timed
    std::function<void()> prepare = {};   ///< before each `work`, not timed; may be empty
};

struct Comparison {
    std::string name;
    Side ours;
    Side theirs;
    std::size_t operations = 1;  ///< in one `work`: times are shown per operation
    enum class Measure : std::uint8_t {
        processor_time,  ///< what others do on the machine counts less
        real_time,       ///< where the disk is waited for
    };
    Measure measure = Measure::processor_time;
    /// Both sides work on the processor on which the program is, programs that they start included: two
    /// processors of a shared machine may differ by more than the sides. For work in one thread.
    bool on_one_processor = false;
    std::string aim;  ///< for people: `at least 1,000`
};

/// Times both sides of each comparison in turn, as often as the plan says, and prints a table:
/// `name | ours | theirs | ratio | aim | hash`, of the ratio the least and the most, too. The ratio
/// is their time by ours, the median of the repetitions: above 1 ours is faster. Exit status: 1
/// when the hashes of a comparison differ; a missed aim is no failure, for a busy machine may miss
/// it.
/// `ratios`, where given, gets the medians, in the order of the comparisons.
[[nodiscard]] int compare(const Plan& plan, const std::vector<Comparison>& comparisons,
                          std::vector<double>* ratios = nullptr);

/// FNV-1a, for hashes of results: `seed` is the hash so far.
[[nodiscard]] std::uint64_t hash_of(std::string_view bytes,
                                    std::uint64_t seed = 14695981039346656037U);

}  // namespace workflow::benchmarks
