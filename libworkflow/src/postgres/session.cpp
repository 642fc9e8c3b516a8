#include "postgres/session.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <array>
#include <charconv>

#include "postgres/failure.hpp"

namespace workflow::postgres {
namespace {

constexpr std::size_t values_max = 8;
constexpr int binary = 1;
constexpr std::size_t integer_bytes = 8;

using OwnResult = std::unique_ptr<PGresult, void (*)(PGresult*)>;

/// Most significant byte first, as the protocol has it.
std::array<char, integer_bytes> bytes_of(std::int64_t value) {
    std::array<char, integer_bytes> bytes{};
    auto left = static_cast<std::uint64_t>(value);
    for (std::size_t at = integer_bytes; at-- > 0; left >>= 8U) {
        bytes[at] = static_cast<char>(static_cast<unsigned char>(left & 0xffU));
    }
    return bytes;
}

/// Values as libpq wants them. Texts are sent as bytea: any bytes, in the order of bytes.
struct Parameters {
    std::array<std::array<char, integer_bytes>, values_max> integers{};
    std::array<const char*, values_max> values{};
    std::array<int, values_max> lengths{};
    std::array<int, values_max> formats{};
    int count = 0;

    explicit Parameters(std::span<const store::SqlValue> given) {
        if (given.size() > values_max) throw Error(ErrorCode::internal, "too many parameters");
        for (std::size_t at = 0; at < given.size(); ++at) {
            const store::SqlValue& value = given[at];
            formats[at] = binary;
            if (value.kind == store::SqlValue::Kind::integer) {
                integers[at] = bytes_of(value.integer);
                values[at] = integers[at].data();
                lengths[at] = integer_bytes;
            } else {
                // An empty view may be a null pointer, which libpq takes for NULL.
                values[at] = value.characters.empty() ? "" : value.characters.data();
                lengths[at] = static_cast<int>(value.characters.size());
            }
        }
        count = static_cast<int>(given.size());
    }
};

/// A host that has none, or one that does not answer, is not waited for without end; the conninfo
/// may say otherwise. UTF8 is what messages of the server come in.
PGconn* connect(const std::string& conninfo) {
    const std::array<const char*, 5> keywords{"connect_timeout", "dbname",
                                              "fallback_application_name", "client_encoding",
                                              nullptr};
    const std::array<const char*, 5> values{"10", conninfo.c_str(), "libworkflow", "UTF8",
                                            nullptr};
    constexpr int expand_dbname = 1;
    return PQconnectdbParams(keywords.data(), values.data(), expand_dbname);
}

std::string field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string() : std::string(text);
}

Told told_by(const PGresult* result, std::string_view doing) {
    Told told{doing, field(result, PG_DIAG_SQLSTATE), field(result, PG_DIAG_MESSAGE_PRIMARY)};
    const std::string detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    if (told.words.empty()) told.words = PQresultErrorMessage(result);
    if (!detail.empty()) told.words += ": " + detail;
    return told;
}

}  // namespace

int Result::rows() const {
    return PQntuples(result_);
}

std::int64_t Result::rows_changed() const {
    const std::string_view digits = PQcmdTuples(const_cast<PGresult*>(result_));
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

std::string_view Result::tag() const {
    return PQcmdStatus(const_cast<PGresult*>(result_));
}

std::int64_t Result::integer(int row, int column) const {
    if (PQgetlength(result_, row, column) != integer_bytes) {
        throw Error(ErrorCode::corrupt, "a column of the store's tables is no bigint");
    }
    const char* bytes = PQgetvalue(result_, row, column);
    std::uint64_t value = 0;
    for (std::size_t at = 0; at < integer_bytes; ++at) {
        value = value << 8U | static_cast<unsigned char>(bytes[at]);
    }
    return static_cast<std::int64_t>(value);
}

std::string Result::characters(int row, int column) const {
    return std::string(PQgetvalue(result_, row, column),
                       static_cast<std::size_t>(PQgetlength(result_, row, column)));
}

Session::Session(Address address)
    : address_(std::move(address)), connection_(connect(address_.conninfo), Close{}) {
    if (connection_ == nullptr || PQstatus(connection_.get()) != CONNECTION_OK ||
        PQenterPipelineMode(connection_.get()) != 1) {
        throw cut("connecting");
    }
    // libpq would print notices on stderr, which is the host's.
    PQsetNoticeReceiver(connection_.get(), [](void*, const PGresult*) {}, nullptr);
}

Session::Session(Address address, PGconn* lent, std::string prefix)
    : address_(std::move(address)), prefix_(std::move(prefix)), connection_(lent, Close{true}) {}

void Session::enter() {
    if (PQenterPipelineMode(connection_.get()) != 1) throw cut("entering pipeline mode");
}

void Session::prepare(const std::string& name, const char* sql) {
    queued(PQsendPrepare(connection_.get(), (prefix_ + name).c_str(), sql, 0, nullptr), {});
}

void Session::run(const char* name, std::span<const store::SqlValue> values, Take take) {
    const Parameters given(values);
    const std::string prefixed = prefix_.empty() ? std::string() : prefix_ + name;
    queued(PQsendQueryPrepared(connection_.get(), prefix_.empty() ? name : prefixed.c_str(), given.count, given.values.data(),
                               given.lengths.data(), given.formats.data(), binary),
           std::move(take));
}

void Session::run_once(const std::string& sql, Take take) {
    queued(PQsendQueryParams(connection_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr,
                             binary),
           std::move(take));
}

void Session::queued(int accepted, Take take) {
    if (accepted != 1) throw cut("sending");
    pending_.push_back({false, std::move(take)});
}

void Session::flush(std::string_view doing) {
    if (PQpipelineSync(connection_.get()) != 1) throw cut(doing);
    pending_.push_back({true, {}});
    std::exception_ptr first;
    // libpq gives a null behind the results of each statement; a second one means that it has none.
    for (int nulls = 0; !pending_.empty();) {
        const OwnResult result(PQgetResult(connection_.get()), PQclear);
        if (result == nullptr && ++nulls < 2) continue;
        if (result == nullptr) {
            pending_.clear();
            throw cut(doing);
        }
        nulls = 0;
        const std::exception_ptr met = receive(result.get(), doing);
        if (!first) first = met;
        // Behind a connection that is cut libpq would repeat itself for each statement.
        if (PQstatus(connection_.get()) == CONNECTION_BAD) pending_.clear();
    }
    if (first) std::rethrow_exception(first);
}

std::exception_ptr Session::receive(const PGresult* result, std::string_view doing) {
    const Pending answered = std::move(pending_.front());
    pending_.pop_front();
    try {
        switch (PQresultStatus(result)) {
            case PGRES_COMMAND_OK:
            case PGRES_TUPLES_OK:
                if (answered.take) answered.take(Result(result));
                return nullptr;
            case PGRES_PIPELINE_SYNC:
            case PGRES_PIPELINE_ABORTED:
                return nullptr;
            default:
                throw failure(address_, told_by(result, doing));
        }
    } catch (...) {
        return std::current_exception();
    }
}

bool Session::post() noexcept {
    if (PQpipelineSync(connection_.get()) != 1) return false;
    try {
        pending_.push_back({true, {}});
    } catch (...) {  // without memory for it the answers could not be told apart
        return false;
    }
    return PQstatus(connection_.get()) == CONNECTION_OK;
}

bool Session::is_alive() noexcept {
    pollfd socket{PQsocket(connection_.get()), POLLIN, 0};
    while (socket.fd >= 0 && PQstatus(connection_.get()) == CONNECTION_OK) {
        // Nothing to read: nobody has closed it.
        if (poll(&socket, 1, 0) == 0) return true;
        if (PQconsumeInput(connection_.get()) != 1) return false;
    }
    return false;
}

Error Session::cut(std::string_view doing) const {
    if (connection_ == nullptr) return failure(address_, {doing, "", "memory ran out"});
    return failure(address_, {doing, "", PQerrorMessage(connection_.get())});
}

}  // namespace workflow::postgres
