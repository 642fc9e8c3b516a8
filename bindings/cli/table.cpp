#include "table.hpp"

#include <algorithm>

#include "workflow/diagnostic.hpp"

namespace workflow::cli {
namespace {

constexpr std::size_t gap = 2;
/// Less than this is no column to read in: then the line is let to run on.
constexpr std::size_t last_width_min = 20;

struct Layout {
    std::vector<std::size_t> shown;   ///< columns, in order
    std::vector<std::size_t> widths;  ///< of each shown one
};

Layout layout_of(const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows) {
    Layout layout;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        std::size_t width = 0;
        for (const auto& row : rows) width = std::max(width, display_width(row[column].text));
        if (width == 0) continue;
        layout.shown.push_back(column);
        layout.widths.push_back(std::max(width, display_width(columns[column].heading)));
    }
    return layout;
}

}  // namespace

void Table::add(std::vector<Cell> row) {
    for (Cell& cell : row) cell.text = printable(cell.text);
    row.resize(columns_.size(), Cell(""));
    rows_.push_back(std::move(row));
}

std::string Table::text(bool colour, std::size_t indent) const {
    const Layout layout = layout_of(columns_, rows_);
    std::string result;
    const auto append_row = [&](const auto& cell_of) {
        std::size_t start = indent;
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < layout.shown.size(); ++i) {
            const Cell& cell = cell_of(layout.shown[i]);
            const bool last = i + 1 == layout.shown.size();
            const std::size_t width = display_width(cell.text);
            const std::size_t blanks = layout.widths[i] > width ? layout.widths[i] - width : 0;
            if (last) {
                const std::size_t room = page_width > start ? page_width - start : 0;
                line += toned(wrapped(cell.text, std::max(room, last_width_min), start), cell.tone,
                              colour);
                break;
            }
            const bool right = columns_[layout.shown[i]].align == Column::Align::right;
            if (right) line.append(blanks, ' ');
            line += toned(cell.text, cell.tone, colour);
            line.append(right ? gap : blanks + gap, ' ');
            start += layout.widths[i] + gap;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        result += line + '\n';
    };
    std::vector<Cell> headings;
    for (const Column& column : columns_) headings.emplace_back(column.heading, Tone::strong);
    append_row([&](std::size_t column) -> const Cell& { return headings[column]; });
    for (const auto& row : rows_) {
        append_row([&](std::size_t column) -> const Cell& { return row[column]; });
    }
    return result;
}

}  // namespace workflow::cli
