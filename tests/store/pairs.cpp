#include "store/pairs.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

namespace workflow::test {
namespace {

std::string name_of(int number) {
    return fmt::format("p/{:06}", number);
}
// Some larger than a page, so that a pair spans several.
std::string body_of(int number) {
    return std::string(static_cast<std::size_t>(200 + number % 7 * 900), 'x') +
           std::to_string(number);
}

}  // namespace

void put_pair(Store& store, int number) {
    const auto transaction = store.begin(Store::Access::write);
    transaction->put_instance(name_of(number), 0, {1, body_of(number)});
    transaction->append_history(name_of(number), {1, body_of(number)});
    transaction->commit();
}

int pairs_of(Store& store) {
    const auto transaction = store.begin(Store::Access::read);
    const std::vector<std::string> ids = transaction->instances("", 1'000'000);
    int number = 0;
    for (const std::string& id : ids) {
        if (id != name_of(number)) return -1;
        const auto history = transaction->last_history(id);
        const bool agree = history && history->body == body_of(number) &&
                           transaction->instance(id)->body == body_of(number);
        if (!agree) return -1;
        ++number;
    }
    return transaction->last_history(name_of(number)) ? -1 : number;
}

bool is_sound(const std::string& path) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    bool sound = sqlite3_open(path.c_str(), &database) == SQLITE_OK &&
                 sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &statement, nullptr) ==
                     SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    if (sound) {
        sound =
            std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))) == "ok";
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    return sound;
}

}  // namespace workflow::test
