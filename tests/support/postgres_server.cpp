// A private PostgreSQL server for tests in other languages: prints its address, and is gone with its standard input.
#include <iostream>
#include <limits>

#include "support/postgres_cluster.hpp"

int main() {
    const auto& cluster = workflow::test::PostgresCluster::get();
    std::cout << "postgresql:///postgres?user=workflow&host=" << cluster.folder() << std::endl;
    std::cin.ignore(std::numeric_limits<std::streamsize>::max());
}
