#include "postgres/failure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "workflow/diagnostic.hpp"

namespace workflow::postgres {
namespace {

struct Verdict {
    /// The beginning of a SQLSTATE: a class of two, or all five (appendix A of the manual).
    std::string_view state;
    ErrorCode code;
    std::string_view mend;
};

// The first that fits counts.
constexpr Verdict verdicts[] = {
    {"40P01", ErrorCode::conflict, "each of two transactions held what the other waited for; load "
                                   "again and repeat"},
    {"40003", ErrorCode::storage, "the commit may have been kept, whole; repeat it with the same "
                                  "request id"},
    {"40", ErrorCode::conflict, "another transaction was first; load again and repeat"},
    {"23", ErrorCode::conflict, "another transaction was first; load again and repeat"},
    {"55P03", ErrorCode::storage, "another session holds it; repeat the call, or end that session "
                                  "(pg_stat_activity, pg_locks)"},
    {"57014", ErrorCode::storage, "repeat the call, or raise the server's statement_timeout"},
    {"57P03", ErrorCode::storage, "repeat the call when the server has started"},
    {"57", ErrorCode::storage, "nothing was kept; repeat the call"},
    {"53100", ErrorCode::storage, "free space on the server's disk and repeat the call"},
    {"53300", ErrorCode::storage, "raise the server's max_connections, or use fewer threads"},
    {"53", ErrorCode::storage, "the server lacks resources; repeat the call"},
    {"54", ErrorCode::limit, "make the key or the row smaller"},
    {"25006", ErrorCode::storage, "the server takes no writes; give the address of the primary"},
    {"28", ErrorCode::storage, "check user, password and pg_hba.conf"},
    {"3D000", ErrorCode::storage, "make the database (createdb), or give another"},
    {"42501", ErrorCode::storage, "grant this user the rights on the schema and its tables"},
    {"26000", ErrorCode::unsupported, "a pooler between must keep sessions whole (session mode)"},
    {"42", ErrorCode::corrupt, "its tables are not those of a store; restore it from a backup"},
    {"0A", ErrorCode::unsupported, "PostgreSQL 15 or newer is needed"},
    {"XX001", ErrorCode::corrupt, "the server's files are damaged; restore it from a backup"},
    {"XX002", ErrorCode::corrupt, "an index is damaged; REINDEX it, or restore from a backup"},
    {"58", ErrorCode::storage, "check the server's disk and repeat the call"},
    {"22", ErrorCode::internal, "please report this as a defect of libworkflow"},
    {"08", ErrorCode::storage, "nothing was kept; repeat the call when the server can be reached"},
};
constexpr Verdict connection_lost{
    "", ErrorCode::storage, "nothing was kept; repeat the call when the server can be reached"};
constexpr Verdict commit_lost{
    "", ErrorCode::storage,
    "the commit may have been kept, whole; repeat it with the same request id"};
constexpr Verdict anything_else{"", ErrorCode::storage, "nothing was kept; see the server's log"};

/// Without a SQLSTATE, and with those of a server that goes down, no answer to the last call came.
bool is_cut(std::string_view state) {
    return state.empty() || state.starts_with("08") || state.starts_with("57P");
}

const Verdict& verdict(const Told& told) {
    if (told.doing == "committing" && is_cut(told.state)) return commit_lost;
    if (told.state.empty()) return connection_lost;
    const auto* found =
        std::find_if(std::begin(verdicts), std::end(verdicts),
                     [&](const Verdict& one) { return told.state.starts_with(one.state); });
    return found == std::end(verdicts) ? anything_else : *found;
}

/// libpq ends its sentences with line breaks, and puts several below each other.
std::string on_one_line(const std::string& words) {
    std::string line;
    for (const char letter : words) {
        const bool space = letter == '\n' || letter == '\t' || letter == ' ';
        if (!space) line += letter;
        if (space && !line.empty() && line.back() != ' ') line += ' ';
    }
    if (!line.empty() && line.back() == ' ') line.pop_back();
    return printable(line);
}

}  // namespace

Error failure(const Address& address, const Told& told) {
    const Verdict& found = verdict(told);
    std::string state = told.state.empty() ? "" : fmt::format(" (SQLSTATE {})", told.state);
    if (told.state == "55P03") {
        state += fmt::format(", after {} ms", address.lock_timeout_milliseconds);
    }
    return Error(found.code, fmt::format("store {}: {} failed: {}{}; {}", address.name, told.doing,
                                         on_one_line(told.words), state, found.mend));
}

}  // namespace workflow::postgres
