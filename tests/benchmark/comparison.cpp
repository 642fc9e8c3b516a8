#include "benchmark/comparison.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace workflow::benchmarks {
namespace {

/// Keeps what Google Benchmark measures instead of printing it.
class Collector final : public benchmark::BenchmarkReporter {
public:
    explicit Collector(Comparison::Measure measure) : measure_(measure) {}
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            nanoseconds = measure_ == Comparison::Measure::real_time ? run.GetAdjustedRealTime()
                                                                     : run.GetAdjustedCPUTime();
        }
    }
    double nanoseconds = 0;

private:
    Comparison::Measure measure_;
};

/// Holds this thread, and what it starts, to the processor that it is on. Where it may not, it goes on as
/// it was.
class OnOneProcessor {
public:
    OnOneProcessor() {
        if (sched_getaffinity(0, sizeof before_, &before_) != 0) CPU_ZERO(&before_);
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(sched_getcpu(), &one);
        static_cast<void>(sched_setaffinity(0, sizeof one, &one));
    }
    OnOneProcessor(const OnOneProcessor&) = delete;
    OnOneProcessor& operator=(const OnOneProcessor&) = delete;
    ~OnOneProcessor() { static_cast<void>(sched_setaffinity(0, sizeof before_, &before_)); }

private:
    cpu_set_t before_{};
};

struct Measured {
    std::vector<double> ours;  ///< nanoseconds per operation, one each repetition
    std::vector<double> theirs;
    std::uint64_t our_hash = 0;
    std::uint64_t their_hash = 0;
};

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

std::string duration(double nanoseconds) {
    if (nanoseconds < 1e3) return fmt::format("{:.2f} ns", nanoseconds);
    if (nanoseconds < 1e6) return fmt::format("{:.2f} us", nanoseconds / 1e3);
    return fmt::format("{:.2f} ms", nanoseconds / 1e6);
}

std::string registered_name(std::size_t comparison, const char* side) {
    return fmt::format("comparison_{}_{}", comparison, side);
}

void register_side(const std::string& name, const Side& side, const Plan& plan) {
    auto* registered = benchmark::RegisterBenchmark(name.c_str(), [&side](benchmark::State& state) {
        while (state.KeepRunning()) {
            if (side.prepare) {
                state.PauseTiming();
                side.prepare();
                state.ResumeTiming();
            }
            side.work();
            benchmark::ClobberMemory();
        }
    });
    registered->Unit(benchmark::kNanosecond);
    if (plan.tiny) {
        registered->Iterations(1);
    } else {
        registered->MinTime(0.1);
    }
}

double time_once(const std::string& name, const Comparison& comparison) {
    Collector collector(comparison.measure);
    benchmark::RunSpecifiedBenchmarks(&collector, "^" + name + "(/|$)");
    return collector.nanoseconds / static_cast<double>(comparison.operations);
}

struct Row {
    std::vector<std::string> cells;
    bool same = false;
    double ratio = 1;
};

Row row_of(const Comparison& comparison, const Measured& measured) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < measured.ours.size(); ++i) {
        ratios.push_back(measured.theirs[i] / measured.ours[i]);
    }
    const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
    const bool same = measured.our_hash == measured.their_hash;
    return {
        {comparison.name,
         fmt::format("{} {}", duration(median(measured.ours)), comparison.ours.label),
         fmt::format("{} {}", duration(median(measured.theirs)), comparison.theirs.label),
         fmt::format("{:.2f} ({:.2f} to {:.2f})", median(ratios), *least, *most), comparison.aim,
         same ? fmt::format("equal {:016x}", measured.our_hash)
              : fmt::format("DIFFERENT {:016x} {:016x}", measured.our_hash, measured.their_hash)},
        same, median(ratios)};
}

void print(const std::vector<Row>& rows) {
    std::vector<std::size_t> widths(rows.front().cells.size());
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < widths.size(); ++i) {
            widths[i] = std::max(widths[i], row.cells[i].size());
        }
    }
    for (const Row& row : rows) {
        for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
            fmt::print("{:<{}} | ", row.cells[i], widths[i]);
        }
        fmt::print("{}\n", row.cells.back());
    }
}

[[noreturn]] void explain_usage(const char* program) {
    fmt::print(stderr, "usage: {} [--tiny] [--repetitions N] [--folder F]\n", program);
    std::exit(2);
}

}  // namespace

Plan plan_from(int argc, char** argv) {
    Plan plan;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : nullptr;
        if (word == "--tiny") {
            plan.tiny = true;
            plan.repetitions = 1;
            continue;
        }
        if (value == nullptr) explain_usage(argv[0]);
        ++i;
        if (word == "--folder") {
            plan.folder = value;
        } else if (word == "--repetitions" && std::atoi(value) > 0) {
            plan.repetitions = std::atoi(value);
        } else {
            explain_usage(argv[0]);
        }
    }
    return plan;
}

int compare(const Plan& plan, const std::vector<Comparison>& comparisons,
            std::vector<double>* ratios) {
    std::vector<Row> rows{
        {{"name", "ours", "theirs",
          fmt::format("ratio (median of {} interleaved repetitions)", plan.repetitions), "aim",
          "hash"},
         true}};
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
        const Comparison& comparison = comparisons[i];
        register_side(registered_name(i, "ours"), comparison.ours, plan);
        register_side(registered_name(i, "theirs"), comparison.theirs, plan);
        Measured measured;
        std::optional<OnOneProcessor> held;
        if (comparison.on_one_processor) held.emplace();
        for (int repetition = 0; repetition < plan.repetitions; ++repetition) {
            measured.ours.push_back(time_once(registered_name(i, "ours"), comparison));
            measured.theirs.push_back(time_once(registered_name(i, "theirs"), comparison));
        }
        measured.our_hash = comparison.ours.hash();
        measured.their_hash = comparison.theirs.hash();
        rows.push_back(row_of(comparison, measured));
        if (ratios != nullptr) ratios->push_back(rows.back().ratio);
        benchmark::ClearRegisteredBenchmarks();
    }
    print(rows);
    return std::all_of(rows.begin(), rows.end(), [](const Row& row) { return row.same; }) ? 0 : 1;
}

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
    for (const char byte : bytes) {
        seed ^= static_cast<unsigned char>(byte);
        seed *= 1099511628211U;
    }
    return seed;
}

}  // namespace workflow::benchmarks
