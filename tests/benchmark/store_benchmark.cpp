// A durable step in a SQLite file, synchronous=FULL, against hand-written prepared statements that
// read and write the same rows.
#include <fmt/format.h>

#include <filesystem>

#include "benchmark/comparison.hpp"
#include "benchmark/prepared_statements.hpp"
#include "benchmark/store_walker.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

std::uintmax_t size_of_log(const std::string& path) {
    std::error_code absent;
    const std::uintmax_t size = std::filesystem::file_size(path + "-wal", absent);
    return absent ? 0 : size;
}

/// With the base indexes alone: due, worklist by role and unit, outbox.
Operations without_counts(const Operations& operations) {
    Operations base;
    for (const Operation& one : operations) {
        const bool counts = std::holds_alternative<PutActive>(one) ||
                            std::holds_alternative<EraseActive>(one) ||
                            std::holds_alternative<PutClosed>(one);
        if (!counts) base.push_back(one);
    }
    return base;
}

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    const std::size_t dossiers = plan.tiny ? 1 : 30;
    const Folder folder(plan.folder);
    const std::string empty = folder.file("template.db");
    const std::string our_file = folder.file("ours.db");
    const std::string their_file = folder.file("theirs.db");
    make_template(empty, plan.tiny ? 10 : 2000);
    const std::vector<Operations> transactions = record_walk(dossiers);

    std::unique_ptr<Walker> walker;
    std::unique_ptr<PreparedStatements> peer;
    std::uintmax_t log_before = 0;
    std::uintmax_t log_after = 0;
    const auto prepare_ours = [&] {
        walker.reset();
        copy_store(empty, our_file);
        walker = std::make_unique<Walker>(open_sqlite_store(our_file));
        walker->warm_up();
        log_before = size_of_log(our_file);
    };
    const auto walk_ours = [&] {
        walker->walk("new", dossiers);
        log_after = size_of_log(our_file);
    };
    const auto prepare_theirs = [&] {
        peer.reset();
        copy_store(empty, their_file);
        peer = std::make_unique<PreparedStatements>(their_file);
    };
    const auto walk_theirs = [&] {
        for (const Operations& operations : transactions) peer->run(operations);
    };
    const std::size_t steps = transactions.size();
    const int status = compare(
        plan, {Comparison{.name = "durable step of service_onboarding",
                          .ours = {"Engine::perform", walk_ours,
                                   [&] { return PreparedStatements(our_file).hash_of_rows(); },
                                   prepare_ours},
                          .theirs = {"prepared statements", walk_theirs,
                                     [&] { return peer->hash_of_rows(); }, prepare_theirs},
                          .operations = steps,
                          .measure = Comparison::Measure::real_time,
                          .aim = "at least 0.85"}});
    const auto pages_per_step = [&](std::uintmax_t bytes) {
        constexpr double bytes_per_frame = 4096 + 24;  // a page and its header in the log
        return static_cast<double>(bytes) / bytes_per_frame / static_cast<double>(steps);
    };
    const std::uintmax_t theirs = size_of_log(their_file);
    prepare_theirs();
    for (const Operations& operations : transactions) peer->run(without_counts(operations));
    fmt::print("pages of the write-ahead log per step: ours {:.2f}, theirs {:.2f}, without the rows by "
               "which dossiers are counted {:.2f} (aim: at most 8)\n",
               pages_per_step(log_after - log_before), pages_per_step(theirs),
               pages_per_step(size_of_log(their_file)));
    return status;
}
