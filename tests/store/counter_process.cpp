// The other process of process_test.cpp.
//   counter_process count PATH NUMBER   adds 1 to the counter NUMBER times
//   counter_process hold PATH           takes the write lock, says "held", waits for its input's
//   end
#include <cstdlib>
#include <iostream>

#include "workflow/store.hpp"

namespace {

void count_up(workflow::Store& store) {
    const auto transaction = store.begin(workflow::Store::Access::write);
    const auto row = transaction->instance("counter");
    const std::uint64_t revision = row ? row->revision : 0;
    transaction->put_instance("counter", revision, {revision + 1, "x"});
    transaction->append_history("counter", {revision + 1, "x"});
    transaction->commit();
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count < 3) return 2;
    try {
        const auto store = workflow::open_sqlite_store(arguments[2]);
        if (std::string(arguments[1]) == "count" && argument_count == 4) {
            for (int left = std::atoi(arguments[3]); left > 0; --left) count_up(*store);
            return 0;
        }
        const auto transaction = store->begin(workflow::Store::Access::write);
        std::cout << "held" << std::endl;
        std::cin.get();
        return 0;
    } catch (const workflow::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
