#include "record/event_bytes.hpp"
#include "record/record.hpp"
#include "workflow/error.hpp"

namespace workflow::record {
namespace {

void write_record(Writer& out, const Record& record) {
    out.number(static_cast<std::uint64_t>(record.kind));
    out.instant(record.at);
    out.number(record.token);
    out.index(record.state);
    out.index(record.subject);
    out.index(record.outcome);
    write(out, record.value);
}

void read_record(Reader& in, const Secrets& secrets, Record& record) {
    const std::uint64_t kind = in.number();
    if (kind == 0 || kind > static_cast<std::uint64_t>(record_kind_last)) {
        throw Error(ErrorCode::corrupt, "a stored record is of an unknown kind");
    }
    record.kind = static_cast<RecordKind>(kind);
    record.at = in.instant();
    record.token = in.number32();
    record.state = in.index();
    record.subject = in.index();
    record.outcome = in.index();
    record.value = read_value(in, secrets);
}

}  // namespace

std::string encode(const HistoryEntry& entry) {
    Writer out;
    out.reserve(512);
    out.number(history_format);
    out.digest(entry.previous);
    out.number(entry.revision);
    out.instant(entry.now);
    out.number(entry.semantics);
    out.digest(entry.procedure);
    out.digest(entry.calendar);
    out.digest(entry.instance_after);
    out.text(entry.request);
    write_event(out, entry.event);
    out.number(entry.records.size());
    for (const Record& record : entry.records) write_record(out, record);
    return out.take();
}

HistoryEntry decode_history(std::string_view bytes, const Secrets& secrets, Texts texts) {
    Reader in(bytes, texts);
    check_format(in.number(), history_format, "history row");
    HistoryEntry entry;
    entry.previous = in.digest();
    entry.revision = in.number();
    entry.now = in.instant();
    entry.semantics = in.number32();
    entry.procedure = in.digest();
    entry.calendar = in.digest();
    entry.instance_after = in.digest();
    entry.request = in.text();
    entry.event = read_event(in, secrets);
    entry.records.resize(in.count());
    for (Record& record : entry.records) read_record(in, secrets, record);
    in.finish();
    return entry;
}

}  // namespace workflow::record
