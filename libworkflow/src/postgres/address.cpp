#include "postgres/address.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::postgres {
namespace {

constexpr std::size_t name_bytes_max = 63;  // NAMEDATALEN - 1

using Settings = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;
using Words = std::unique_ptr<char, void (*)(void*)>;

/// The value that the conninfo gives, or nothing.
std::string given(const Settings& settings, std::string_view keyword) {
    for (const PQconninfoOption* one = settings.get(); one->keyword != nullptr; ++one) {
        if (keyword == one->keyword && one->val != nullptr) return one->val;
    }
    return {};
}

std::string or_else(std::string value, const char* otherwise) {
    return value.empty() ? otherwise : value;
}

std::string shown(const std::string& conninfo, const std::string& schema) {
    // libpq would read up to a zero byte and believe that to be all.
    char* said = nullptr;
    const bool whole = conninfo.find('\0') == std::string::npos;
    const Settings settings(whole ? PQconninfoParse(conninfo.c_str(), &said) : nullptr,
                            PQconninfoFree);
    const Words words(said, PQfreemem);
    if (settings == nullptr) {
        throw Error(ErrorCode::misuse,
                    fmt::format("the address of a PostgreSQL store cannot be read: {}; write "
                                "postgresql://USER@HOST/DATABASE",
                                said == nullptr ? "it holds a zero byte" : printable(said)));
    }
    const std::string port = given(settings, "port");
    return printable(fmt::format("postgresql://{}{}/{} schema {}",
                                 or_else(given(settings, "host"), "(default host)"),
                                 port.empty() ? "" : ":" + port,
                                 or_else(given(settings, "dbname"), "(default database)"), schema));
}

/// Error{misuse} when they cannot be those of a store.
void check(const PostgresOptions& options) {
    const std::string& schema = options.schema;
    const bool fits = !schema.empty() && schema.size() <= name_bytes_max &&
                      schema.find('\0') == std::string::npos && !schema.starts_with("pg_") &&
                      base::find_invalid_utf8(schema) == std::string_view::npos;
    if (!fits) {
        throw Error(ErrorCode::misuse,
                    fmt::format("'{}' cannot be the schema of a store: it takes 1 to {} bytes of "
                                "UTF-8 and does not begin with pg_",
                                printable(schema), name_bytes_max));
    }
    if (options.lock_timeout_milliseconds <= 0) {
        throw Error(ErrorCode::misuse, fmt::format("a lock time-out of {} ms is not above 0",
                                                   options.lock_timeout_milliseconds));
    }
}

}  // namespace

Address make_address(const std::string& conninfo, const PostgresOptions& options) {
    check(options);
    return {conninfo, options.schema, options.lock_timeout_milliseconds,
            shown(conninfo, options.schema)};
}

Address address_of(PGconn* lent, const PostgresOptions& options) {
    check(options);
    if (lent == nullptr) {
        throw Error(ErrorCode::misuse, "no PostgreSQL connection was lent: it is null");
    }
    const auto or_none = [](const char* text) { return text == nullptr ? "" : text; };
    return {{},
            options.schema,
            options.lock_timeout_milliseconds,
            printable(fmt::format("postgresql://{}:{}/{} schema {}", or_none(PQhost(lent)),
                                  or_none(PQport(lent)), or_none(PQdb(lent)), options.schema))};
}

std::string sql_name(const std::string& name) {
    std::string quoted = "\"";
    for (const char letter : name) {
        if (letter == '"') quoted += '"';
        quoted += letter;
    }
    return quoted + '"';
}

}  // namespace workflow::postgres
