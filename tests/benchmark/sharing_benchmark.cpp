// Steps that share a commit in a SQLite file, synchronous=FULL, against hand-written prepared statements
// that do the same work in transactions as large as the group can become.
#include <fmt/format.h>

#include <span>

#include "benchmark/comparison.hpp"
#include "benchmark/prepared_statements.hpp"
#include "benchmark/store_walker.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

constexpr std::size_t callers = 16;

/// Both sides on copies of one store.
struct Files {
    explicit Files(const Plan& plan) : folder(plan.folder) {
        make_template(empty, plan.tiny ? 10 : 2000);
    }
    Folder folder;
    std::string empty = folder.file("template.db");
    std::string ours = folder.file("ours.db");
    std::string theirs = folder.file("theirs.db");
    std::unique_ptr<Walker> walker;
    std::unique_ptr<PreparedStatements> peer;
};

Comparison shared(Files& files, const std::vector<Operations>& transactions, std::size_t dossiers,
                  std::size_t in_flight) {
    const std::size_t together = callers * std::max<std::size_t>(in_flight, 1);
    Comparison comparison;
    comparison.name = in_flight == 0 ? fmt::format("{} blocked callers", callers)
                                     : fmt::format("{} callers, {} futures each", callers, in_flight);
    comparison.ours = {
        in_flight == 0 ? "Engine::perform" : "CommitService::perform_later",
        [&files, dossiers, in_flight] {
            files.walker->walk_side_by_side("new", dossiers, callers, in_flight);
        },
        [&files] { return PreparedStatements(files.ours).hash_of_rows(); },
        [&files] {
            files.walker.reset();
            copy_store(files.empty, files.ours);
            files.walker = std::make_unique<Walker>(open_sqlite_store(files.ours));
            files.walker->warm_up();
        }};
    comparison.theirs = {
        fmt::format("{} steps a transaction", together),
        [&files, &transactions, together] {
            const std::span<const Operations> all(transactions);
            for (std::size_t first = 0; first < all.size(); first += together) {
                files.peer->run_together(
                    all.subspan(first, std::min(together, all.size() - first)));
            }
        },
        [&files] { return files.peer->hash_of_rows(); },
        [&files] {
            files.peer.reset();
            copy_store(files.empty, files.theirs);
            files.peer = std::make_unique<PreparedStatements>(files.theirs);
        }};
    comparison.operations = transactions.size();
    comparison.measure = Comparison::Measure::real_time;
    comparison.aim = in_flight == 0 ? "at least 0.6" : "at least 0.5";
    return comparison;
}

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    const std::size_t dossiers = plan.tiny ? callers : 40 * callers;
    Files files(plan);
    const std::vector<Operations> transactions = record_walk(dossiers);
    return compare(plan, {shared(files, transactions, dossiers, 0),
                          shared(files, transactions, dossiers, 16)});
}
