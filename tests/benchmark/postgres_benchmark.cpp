// A durable step in PostgreSQL, by one connection and by sixteen, against hand-written libpq in two
// flushes a transaction: reads and the lock, writes and the commit. On a server of its own.
#include <fmt/format.h>

#include <barrier>
#include <thread>

#include "benchmark/comparison.hpp"
#include "benchmark/pipelined_statements.hpp"
#include "benchmark/store_walker.hpp"
#include "support/postgres_cluster.hpp"
#include "workflow/postgres_store.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

constexpr const char* schema = "workflow";

/// Databases of one server, copied from one that an office has filled.
class Databases {
public:
    explicit Databases(std::size_t dossiers) {
        execute("CREATE DATABASE template_of_all");
        Walker walker(store("template_of_all"));
        walker.register_definitions();
        for (std::size_t stage = 0; stage < walker.steps_per_dossier(); ++stage) {
            walker.walk(fmt::format("old-{}", stage), dossiers / walker.steps_per_dossier(), stage);
        }
    }
    void copy(const std::string& name) {
        execute("DROP DATABASE IF EXISTS " + name);
        execute("CREATE DATABASE " + name + " TEMPLATE template_of_all");
        execute("CHECKPOINT");
    }
    [[nodiscard]] std::string conninfo(const std::string& name) const {
        return test::PostgresCluster::get().conninfo() + " dbname=" + name;
    }
    [[nodiscard]] std::shared_ptr<Store> store(const std::string& name) const {
        return open_postgres_store(conninfo(name));
    }

private:
    void execute(const std::string& sql) {
        PGconn* const connection = PQconnectdb(conninfo("postgres").c_str());
        PGresult* const result = PQexec(connection, sql.c_str());
        const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
        const std::string why = PQerrorMessage(connection);
        PQclear(result);
        PQfinish(connection);
        if (!done) throw std::runtime_error(why);
    }
};

/// Stage by stage, each dossier's step by the caller whose it is.
void run_side_by_side(std::vector<std::unique_ptr<PipelinedStatements>>& peers,
                      const std::vector<Operations>& transactions, std::size_t dossiers) {
    const std::size_t callers = peers.size();
    std::barrier all(static_cast<std::ptrdiff_t>(callers));
    const auto call = [&](std::size_t caller) {
        for (std::size_t first = 0; first < transactions.size(); first += dossiers) {
            for (std::size_t i = caller; i < dossiers; i += callers) {
                peers[caller]->run(transactions[first + i]);
            }
            all.arrive_and_wait();
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t caller = 0; caller < callers; ++caller) threads.emplace_back(call, caller);
    for (std::thread& thread : threads) thread.join();
}

struct Sides {
    Databases& databases;
    std::unique_ptr<Walker> walker;
    std::vector<std::unique_ptr<PipelinedStatements>> peers;
};

Comparison comparison(Sides& sides, const std::vector<Operations>& transactions,
                      std::size_t dossiers, std::size_t callers) {
    Comparison made;
    made.name = fmt::format("durable step in PostgreSQL, connections: {}", callers);
    made.ours = {"Engine::perform",
                 [&sides, dossiers, callers] {
                     if (callers == 1) {
                         sides.walker->walk("new", dossiers);
                     } else {
                         sides.walker->walk_side_by_side("new", dossiers, callers, 0);
                     }
                 },
                 [&sides] {
                     sides.walker.reset();
                     return PipelinedStatements(sides.databases.conninfo("ours"), schema)
                         .hash_of_rows();
                 },
                 [&sides, callers] {
                     sides.walker.reset();
                     sides.databases.copy("ours");
                     sides.walker = std::make_unique<Walker>(sides.databases.store("ours"));
                     sides.walker->warm_up(callers);
                 }};
    made.theirs = {"two flushes of libpq",
                   [&sides, &transactions, dossiers] {
                       run_side_by_side(sides.peers, transactions, dossiers);
                   },
                   [&sides] { return sides.peers.front()->hash_of_rows(); },
                   [&sides, callers] {
                       sides.peers.clear();
                       sides.databases.copy("theirs");
                       for (std::size_t i = 0; i < callers; ++i) {
                           sides.peers.push_back(std::make_unique<PipelinedStatements>(
                               sides.databases.conninfo("theirs"), schema));
                       }
                   }};
    made.operations = transactions.size();
    made.measure = Comparison::Measure::real_time;
    made.aim = "at least 0.8";
    return made;
}

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    test::PostgresCluster::sync_to_disk();
    constexpr std::size_t many = 16;
    const std::size_t dossiers = plan.tiny ? many : 10 * many;
    Databases databases(plan.tiny ? 10 : 1000);
    const std::vector<Operations> transactions = record_walk(dossiers);
    Sides sides{databases, nullptr, {}};
    return compare(plan, {comparison(sides, transactions, dossiers, 1),
                          comparison(sides, transactions, dossiers, many)});
}
