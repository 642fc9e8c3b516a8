#include <algorithm>
#include <fstream>

#include "event_log/log_builder.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace event_log {
namespace {

/// Rows of RFC 4180: quoted cells may hold separators, line breaks and doubled quotes.
class CsvRows {
public:
    CsvRows(std::string_view bytes, LogBuilder& builder) : bytes_(bytes), builder_(builder) {
        if (bytes_.substr(0, 3) == "\xef\xbb\xbf") bytes_.remove_prefix(3);
        const std::string_view first = bytes_.substr(0, bytes_.find('\n'));
        separator_ = first.find(',') == std::string_view::npos &&
                             first.find(';') != std::string_view::npos
                         ? ';'
                         : ',';
    }

    [[nodiscard]] std::uint32_t line() const { return row_line_; }

    /// False: there are no more. Empty lines are passed over.
    bool next(std::vector<std::string>& cells) {
        do {
            if (at_ >= bytes_.size()) return false;
            cells.clear();
            row_line_ = line_;
            while (read_cell(cells)) {
            }
        } while (cells.size() == 1 && cells.front().empty());
        return true;
    }

private:
    /// False: it was the last of its row.
    bool read_cell(std::vector<std::string>& cells) {
        std::string cell;
        const bool quoted = at_ < bytes_.size() && bytes_[at_] == '"';
        if (quoted) {
            read_quoted(cell);
        } else {
            const std::size_t end =
                std::min(bytes_.find_first_of(std::string{separator_, '\n'}, at_), bytes_.size());
            cell = bytes_.substr(at_, end - at_);
            at_ = end;
        }
        const bool ends_row = at_ >= bytes_.size() || bytes_[at_] != separator_;
        if (ends_row && !quoted && !cell.empty() && cell.back() == '\r') cell.pop_back();
        if (cell.size() > limits::log_value_bytes_max) {
            builder_.fail(row_line_, 1, "log-value-too-long",
                          {std::to_string(cells.size() + 1),
                           std::to_string(limits::log_value_bytes_max)});
        }
        cells.push_back(std::move(cell));
        if (ends_row) end_row();
        else ++at_;
        return !ends_row;
    }

    void read_quoted(std::string& cell) {
        for (++at_; at_ < bytes_.size(); ++at_) {
            if (bytes_[at_] == '\n') ++line_;
            if (bytes_[at_] != '"') {
                cell += bytes_[at_];
            } else if (bytes_.substr(at_ + 1, 1) == "\"") {
                cell += bytes_[++at_];
            } else {
                ++at_;
                return;
            }
        }
        builder_.fail(row_line_, 1, "quote-not-closed");
    }

    void end_row() {
        if (bytes_.substr(at_, 1) == "\r") ++at_;
        if (at_ < bytes_.size() && bytes_[at_] != '\n') {
            builder_.fail(row_line_, 1, "text-behind-quote");
        }
        ++at_;
        ++line_;
    }

    std::string_view bytes_;
    LogBuilder& builder_;
    char separator_ = ',';
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    std::uint32_t row_line_ = 1;
};

constexpr std::size_t absent = SIZE_MAX;

class CsvReader {
public:
    CsvReader(const std::string& file, const CsvColumns& columns, Diagnostics& diagnostics)
        : builder_(file, diagnostics), columns_(columns) {}

    std::optional<EventLog> read(std::string_view bytes) {
        try {
            CsvRows rows(bytes, builder_);
            std::vector<std::string> cells;
            if (!rows.next(cells)) builder_.fail(1, 1, "not-a-log");
            read_headings(cells);
            const std::size_t width = cells.size();
            while (rows.next(cells)) {
                if (cells.size() != width) {
                    builder_.error(rows.line(), 1, "wrong-number-of-cells",
                                   {std::to_string(cells.size()), std::to_string(width)});
                    continue;
                }
                read_event(cells, rows.line());
            }
        } catch (const Unreadable&) {  // the finding says why
        }
        return builder_.take();
    }

private:
    void read_headings(const std::vector<std::string>& headings) {
        const auto column = [&](const std::string& name, bool required) {
            const auto found = std::find(headings.begin(), headings.end(), name);
            if (found != headings.end()) return static_cast<std::size_t>(found - headings.begin());
            if (required || !name.empty()) {
                std::string all;
                for (const std::string& one : headings) all += (all.empty() ? "" : ", ") + one;
                builder_.error(1, 1, "no-such-column", {name, all});
            }
            return absent;
        };
        case_ = column(columns_.case_id, true);
        activity_ = column(columns_.activity, true);
        at_ = column(columns_.at, true);
        resource_ = column(columns_.resource, false);
        group_ = column(columns_.group, false);
        transition_ = column(columns_.transition, false);
        if (case_ == absent || activity_ == absent || at_ == absent) throw Unreadable{};
    }

    void read_event(const std::vector<std::string>& cells, std::uint32_t line) {
        builder_.count_event(line);
        const auto cell = [&](std::size_t column) {
            return column == absent ? std::string() : cells[column];
        };
        LoggedEvent event{.activity = cells[activity_],
                          .resource = cell(resource_),
                          .group = cell(group_),
                          .transition = transition_named(cell(transition_)),
                          .at = {}};
        if (cells[case_].empty()) builder_.error(line, 1, "case-without-name");
        if (event.activity.empty()) builder_.error(line, 1, "event-without-name");
        if (cells[at_].empty()) {
            builder_.error(line, 1, "event-without-time", {event.activity});
        } else if (const auto at = parse_instant(cells[at_], columns_.offset)) {
            event.at = *at;
        } else {
            builder_.error(line, 1, "not-a-timestamp", {cells[at_]});
        }
        builder_.case_of(cells[case_], line).events.push_back(std::move(event));
    }

    LogBuilder builder_;
    const CsvColumns& columns_;
    std::size_t case_ = absent;
    std::size_t activity_ = absent;
    std::size_t at_ = absent;
    std::size_t resource_ = absent;
    std::size_t group_ = absent;
    std::size_t transition_ = absent;
};

}  // namespace
}  // namespace event_log

LoadedEventLog load_csv_log(std::string_view bytes, const std::string& file,
                            const CsvColumns& columns) {
    LoadedEventLog loaded;
    loaded.log = event_log::CsvReader(file, columns, loaded.diagnostics).read(bytes);
    return loaded;
}

LoadedEventLog load_event_log_file(const std::filesystem::path& path, const CsvColumns& columns) {
    std::ifstream stream(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    if (!stream || bytes.size() > limits::log_bytes_max) {
        LoadedEventLog loaded;
        const bool is_there = static_cast<bool>(stream);
        loaded.diagnostics.push_back(
            {Severity::error,
             is_there ? "log-too-large" : "unreadable-file",
             {path.string(), 0, 0},
             {is_there ? std::to_string(limits::log_bytes_max) : path.string()}});
        return loaded;
    }
    return path.extension() == ".csv" ? load_csv_log(bytes, path.string(), columns)
                                      : load_xes(bytes, path.string());
}

}  // namespace workflow
