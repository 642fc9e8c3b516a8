// Looks for rows of history that were changed, lost, moved or forged.
#include "workflow/verification.hpp"

#include <algorithm>
#include <charconv>

#include "engine/erasure.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

using Fault = VerifyReport::Fault;
using Kind = Fault::Kind;

constexpr std::string_view anchors_title = "workflow-anchors 1";

/// One row, and what is wrong with it by itself.
struct ReadRow {
    Revision revision = 0;  ///< its key
    Digest digest{};
    std::optional<HistoryEntry> entry;  ///< nothing: unreadable
    [[nodiscard]] bool is_in_place() const { return entry && entry->revision == revision; }
};

/// The chain of one instance, against what the instance's own row says of its end.
class Chain {
public:
    Chain(Transaction& transaction, std::string id) : id_(std::move(id)) {
        read_rows(transaction);
        if (const auto stored = transaction.instance(id_)) read_instance(*stored);
    }

    /// Faults by revision.
    std::vector<Fault> check() {
        if (!has_instance_) add(0, Kind::missing, "the dossier itself is not there");
        check_numbers();
        check_links();
        check_end();
        std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) {
            return a.revision < b.revision;
        });
        return std::move(faults_);
    }

    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] const std::vector<ReadRow>& rows() const { return rows_; }
    [[nodiscard]] const Digest& head() const { return head_; }

private:
    void read_rows(Transaction& transaction) {
        while (true) {
            const auto page = transaction.history(id_, rows_.empty() ? 0 : rows_.back().revision,
                                                  limits::page_rows_max);
            for (const StoredHistory& stored : page) {
                ReadRow row{stored.revision, sha256(stored.body), {}};
                try {
                    row.entry = record::decode_history(stored.body, {});
                } catch (const Error&) {  // told as unreadable
                }
                rows_.push_back(std::move(row));
            }
            if (page.size() < limits::page_rows_max) return;
        }
    }

    void read_instance(const StoredInstance& stored) {
        has_instance_ = true;
        last_revision_ = stored.revision;
        if (stored.body.size() < head_.size()) return;
        std::copy_n(stored.body.begin(), head_.size(), reinterpret_cast<char*>(head_.data()));
        body_ = sha256(std::string_view(stored.body).substr(head_.size()));
    }

    void add(Revision revision, Kind kind, std::string words) {
        faults_.push_back({id_, revision, kind, std::move(words)});
    }

    void check_numbers() {
        Revision expected = 1;
        for (const ReadRow& row : rows_) {
            for (; expected < row.revision; ++expected) {
                add(expected, Kind::missing, "the row is not there");
                if (row.revision - expected > limits::page_rows_max) {
                    add(row.revision - 1, Kind::missing, "nor are those before it");
                    expected = row.revision - 1;
                }
            }
            ++expected;
            if (!row.entry) {
                add(row.revision, Kind::unreadable, "the bytes of the row are no row of history");
            } else if (!row.is_in_place()) {
                add(row.revision, Kind::misplaced,
                    "the row was written as revision " + std::to_string(row.entry->revision));
            }
        }
    }

    /// Whether the row behind names this one, as far as that can be said.
    [[nodiscard]] bool is_linked(std::size_t i) const {
        if (i + 1 == rows_.size()) {
            const bool is_the_end = has_instance_ && rows_[i].revision == last_revision_;
            return !is_the_end || rows_[i].digest == head_;
        }
        const ReadRow& next = rows_[i + 1];
        const bool is_neighbour = next.revision == rows_[i].revision + 1;
        if (!is_neighbour || !next.is_in_place()) return true;
        return next.entry->previous == rows_[i].digest;
    }

    void check_links() {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (!rows_[i].is_in_place() || is_linked(i)) continue;
            // A row that was changed names a wrong one before it, too: that one is not to blame.
            const bool next_is_wrong = i + 1 < rows_.size() && !is_linked(i + 1);
            const bool previous_is_named =
                i == 0 ? rows_[i].entry->previous == Digest{} : is_linked(i - 1);
            if (next_is_wrong && previous_is_named) continue;
            const bool is_last = i + 1 == rows_.size();
            add(rows_[i].revision, Kind::changed,
                is_last ? "the row is not the one that the dossier was written with"
                        : "the row is not the one that the next was chained to");
        }
        if (!rows_.empty() && rows_.front().revision == 1 && rows_.front().is_in_place() &&
            rows_.front().entry->previous != Digest{}) {
            add(1, Kind::misplaced, "the first row is chained to another");
        }
    }

    void check_end() {
        if (!has_instance_) return;
        const Revision last = rows_.empty() ? 0 : rows_.back().revision;
        if (last < last_revision_) {
            add(last + 1, Kind::missing,
                "the rows up to revision " + std::to_string(last_revision_) + " are not there");
            return;
        }
        if (last > last_revision_) {
            add(last, Kind::misplaced,
                "the dossier stands at revision " + std::to_string(last_revision_));
            return;
        }
        const bool agrees = rows_.back().entry && rows_.back().entry->instance_after == body_;
        if (!agrees && rows_.back().is_in_place()) {
            add(0, Kind::changed, "the dossier is not the one that its last row left behind");
        }
    }

    std::string id_;
    std::vector<ReadRow> rows_;
    std::vector<Fault> faults_;
    bool has_instance_ = false;
    Revision last_revision_ = 0;
    Digest head_{};
    Digest body_{};
};

/// Sensitive values that are not there: erased, as a step of the history says, or lost.
std::vector<Fault> look_for_values(Store& store, const std::string& id, VerifyReport& report) {
    const auto transaction = store.begin(Store::Access::read);
    const auto history = engine::load_history(*transaction, id);
    for (const auto& [bytes, entry] : history) {
        const auto* erase = std::get_if<Erase>(&entry.event);
        if (erase == nullptr) continue;
        report.erasures.push_back(
            {id, entry.revision, entry.now, erase->actor.id, erase->fields, erase->reason});
    }
    std::vector<Fault> faults;
    for (const engine::GivenValue& value : engine::given_values(history)) {
        if (!value.erased || value.named) continue;
        faults.push_back({id, value.revision, Kind::missing,
                          "the value of '" + value.field +
                              "' is not there, and no step says that it was erased"});
    }
    return faults;
}

void verify_instance(Engine& engine, Store& store, const std::string& id, VerifyReport& report) {
    std::vector<Fault> faults;
    {
        const auto transaction = store.begin(Store::Access::read);
        Chain chain(*transaction, id);
        ++report.instances;
        report.rows += chain.size();
        faults = chain.check();
    }
    // What does not hang together cannot be run again.
    if (faults.empty()) {
        try {
            const ReplayReport replayed = engine.replay(id);
            report.run_again += replayed.steps;
            report.older_semantics += replayed.older_semantics;
            report.erased += replayed.erased;
            if (!replayed.agrees()) {
                faults.push_back(
                    {id, *replayed.first_difference, Kind::forged, replayed.difference});
            } else if (replayed.erased > 0) {
                faults = look_for_values(store, id, report);
            }
        } catch (const Error& error) {
            faults.push_back({id, 0, Kind::unreadable, error.what()});
        }
    }
    report.faults.insert(report.faults.end(), faults.begin(), faults.end());
}

Anchor parse_anchor(std::string_view line, std::size_t number) {
    const auto fail = [&] {
        return Error(ErrorCode::misuse, "line " + std::to_string(number) +
                                            " is no anchor: it needs 64 hexadecimal digits, a "
                                            "revision and a dossier, with a blank between them");
    };
    constexpr std::size_t digits = 2 * sizeof(Digest);
    if (line.size() < digits + 4 || line[digits] != ' ') throw fail();
    Anchor anchor;
    for (std::size_t i = 0; i < sizeof(Digest); ++i) {
        const char* begin = line.data() + 2 * i;
        unsigned value = 0;
        const auto result = std::from_chars(begin, begin + 2, value, 16);
        if (result.ec != std::errc() || result.ptr != begin + 2) throw fail();
        anchor.head[i] = static_cast<std::uint8_t>(value);
    }
    line.remove_prefix(digits + 1);
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || blank + 1 == line.size()) throw fail();
    const char* end = line.data() + blank;
    const auto result = std::from_chars(line.data(), end, anchor.revision);
    if (result.ec != std::errc() || result.ptr != end || anchor.revision == 0) throw fail();
    anchor.instance = line.substr(blank + 1);
    return anchor;
}

}  // namespace

const char* to_string(Kind kind) {
    switch (kind) {
        case Kind::changed:
            return "changed";
        case Kind::missing:
            return "missing";
        case Kind::misplaced:
            return "misplaced";
        case Kind::unreadable:
            return "unreadable";
        case Kind::forged:
            return "forged";
        case Kind::truncated:
            return "truncated";
        case Kind::rewritten:
            return "rewritten";
    }
    return "";
}

std::string to_text(const std::vector<Anchor>& anchors) {
    std::string text = std::string(anchors_title) + '\n';
    for (const Anchor& anchor : anchors) {
        text += to_hex(anchor.head) + ' ' + std::to_string(anchor.revision) + ' ' +
                anchor.instance + '\n';
    }
    return text;
}

std::vector<Anchor> parse_anchors(std::string_view text) {
    std::vector<Anchor> anchors;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (number > 1) {
            anchors.push_back(parse_anchor(line, number));
        } else if (line != anchors_title) {
            break;
        } else if (text.empty()) {
            return anchors;
        }
    }
    if (anchors.empty()) {
        throw Error(ErrorCode::misuse,
                    "line 1 is not '" + std::string(anchors_title) + "': this is no file of anchors");
    }
    return anchors;
}

std::vector<Anchor> Engine::anchors(const std::string& after, std::size_t rows_max) {
    const auto transaction = implementation_->store->begin(Store::Access::read);
    std::vector<Anchor> anchors;
    for (const std::string& id :
         transaction->instances(after, std::min(rows_max, limits::page_rows_max))) {
        const auto last = transaction->last_history(id);
        if (!last) {
            throw Error(ErrorCode::corrupt, "the history of " + id + " is not there");
        }
        anchors.push_back({id, last->revision, sha256(last->body)});
    }
    return anchors;
}

VerifyReport Engine::verify(const std::string& cursor, std::size_t rows_max) {
    auto& self = *implementation_;
    rows_max = std::clamp<std::size_t>(rows_max, 1, limits::page_rows_max);
    VerifyReport report;
    std::vector<std::string> ids;
    {
        const auto transaction = self.store->begin(Store::Access::read);
        ids = transaction->instances(cursor, rows_max);
    }
    report.finished = ids.size() < rows_max;
    report.cursor = ids.empty() ? cursor : ids.back();
    for (const std::string& id : ids) verify_instance(*this, *self.store, id, report);
    return report;
}

VerifyReport Engine::verify_one(const std::string& instance) {
    VerifyReport report;
    report.finished = true;
    verify_instance(*this, *implementation_->store, instance, report);
    if (report.rows == 0) {
        throw Error(ErrorCode::not_found, "there is no instance '" + printable(instance) + "'");
    }
    return report;
}

std::vector<Fault> Engine::compare(const std::vector<Anchor>& anchors) {
    std::vector<Fault> faults;
    const auto transaction = implementation_->store->begin(Store::Access::read);
    for (const Anchor& anchor : anchors) {
        const auto rows = transaction->history(anchor.instance, anchor.revision - 1, 1);
        if (!rows.empty() && rows.front().revision == anchor.revision) {
            if (sha256(rows.front().body) == anchor.head) continue;
            faults.push_back({anchor.instance, anchor.revision, Kind::rewritten,
                              "the row is not the one that the anchor was taken of"});
            continue;
        }
        const auto last = transaction->last_history(anchor.instance);
        if (!last) {
            faults.push_back(
                {anchor.instance, 0, Kind::missing, "the anchor knows it, and it is not there"});
        } else if (last->revision < anchor.revision) {
            faults.push_back({anchor.instance, last->revision + 1, Kind::truncated,
                              "the anchor knows rows up to revision " +
                                  std::to_string(anchor.revision)});
        } else {
            faults.push_back(
                {anchor.instance, anchor.revision, Kind::missing, "the row is not there"});
        }
    }
    return faults;
}

}  // namespace workflow
