// The other process of process_test.cpp.
//   counter_process count PLACE NUMBER  adds 1 to the counter NUMBER times
//   counter_process hold PLACE          takes the write lock and the counter, says "held", waits for
//   its input's end
// PLACE is a path, or `host=...` of a PostgreSQL server.
#include <cstdlib>
#include <iostream>

#include "workflow/store.hpp"
#ifdef WORKFLOW_HAS_POSTGRES
#include "workflow/postgres_store.hpp"
#endif

namespace {

void count_up(workflow::Store& store) {
    const auto transaction = store.begin(workflow::Store::Access::write);
    const auto row = transaction->instance("counter");
    const std::uint64_t revision = row ? row->revision : 0;
    transaction->put_instance("counter", revision, {revision + 1, "x"});
    transaction->append_history("counter", {revision + 1, "x"});
    transaction->commit();
}

std::unique_ptr<workflow::Store> open(const std::string& place) {
#ifdef WORKFLOW_HAS_POSTGRES
    if (place.starts_with("host=")) return workflow::open_postgres_store(place);
#endif
    return workflow::open_sqlite_store(place);
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count < 3) return 2;
    try {
        const auto store = open(arguments[2]);
        if (std::string(arguments[1]) == "count" && argument_count == 4) {
            for (int left = std::atoi(arguments[3]); left > 0; --left) count_up(*store);
            return 0;
        }
        const auto transaction = store->begin(workflow::Store::Access::write);
        static_cast<void>(transaction->instance("counter"));
        std::cout << "held" << std::endl;
        std::cin.get();
        return 0;
    } catch (const workflow::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
