#include "table.hpp"

#include <algorithm>
#include <sstream>

#include "workflow/diagnostic.hpp"

namespace workflow::cli {
namespace {

constexpr std::size_t column_gap = 2;
/// Narrower than this is no column to read in: then a line is let to run on.
constexpr std::size_t width_min = 14;

struct Layout {
    std::vector<std::size_t> shown;   ///< columns, in order
    std::vector<std::size_t> widths;  ///< of each shown one
};

/// Takes from the widest column, the last one on a tie, until a line ends within the page.
void shrink(std::vector<std::size_t>& widths, std::size_t indent) {
    std::size_t line = indent;
    for (const std::size_t width : widths) line += width + column_gap;
    while (line > page_width + column_gap) {
        auto widest = widths.begin();
        for (auto it = widths.begin(); it != widths.end(); ++it) {
            if (*it >= *widest) widest = it;
        }
        if (*widest <= width_min) return;
        --*widest;
        --line;
    }
}

Layout layout_of(const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows,
                 std::size_t indent) {
    Layout layout;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        std::size_t width = 0;
        for (const auto& row : rows) width = std::max(width, display_width(row[column].text));
        if (width == 0) continue;
        layout.shown.push_back(column);
        layout.widths.push_back(std::max(width, display_width(columns[column].heading)));
    }
    shrink(layout.widths, indent);
    return layout;
}

std::vector<std::string> lines_of(const std::string& text, std::size_t width) {
    std::vector<std::string> lines;
    std::istringstream stream(wrapped(text, width, 0));
    for (std::string line; std::getline(stream, line);) lines.push_back(std::move(line));
    return lines;
}

}  // namespace

std::string joined(const std::vector<std::string>& texts) {
    std::string result;
    for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + text;
    return result;
}

std::vector<std::vector<Cell>> Table::lines() const {
    std::vector<std::vector<Cell>> lines(1);
    for (const Column& column : columns_) lines.front().emplace_back(column.heading);
    lines.insert(lines.end(), rows_.begin(), rows_.end());
    return lines;
}

void Table::add(std::vector<Cell> row) {
    for (Cell& cell : row) cell.text = printable(cell.text);
    row.resize(columns_.size(), Cell(""));
    rows_.push_back(std::move(row));
}

std::string Table::text(bool colour, std::size_t indent) const {
    const Layout layout = layout_of(columns_, rows_, indent);
    std::vector<Cell> headings;
    for (const Column& column : columns_) headings.emplace_back(column.heading, Tone::strong);
    std::string result = row_text(headings, layout.shown, layout.widths, colour, indent);
    for (const auto& row : rows_) {
        result += row_text(row, layout.shown, layout.widths, colour, indent);
    }
    return result;
}

std::string Table::row_text(const std::vector<Cell>& row, const std::vector<std::size_t>& shown,
                            const std::vector<std::size_t>& widths, bool colour,
                            std::size_t indent) const {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        cells.push_back(lines_of(row[shown[i]].text, widths[i]));
        height = std::max(height, cells.back().size());
    }
    std::string result;
    for (std::size_t number = 0; number < height; ++number) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const std::string text = number < cells[i].size() ? cells[i][number] : "";
            const std::size_t width = display_width(text);
            const std::string blanks(widths[i] > width ? widths[i] - width : 0, ' ');
            const bool right = columns_[shown[i]].align == Column::Align::right;
            const std::string shown_text = toned(text, row[shown[i]].tone, colour);
            line += (right ? blanks + shown_text : shown_text + blanks) + std::string(column_gap, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        result += line + '\n';
    }
    return result;
}

}  // namespace workflow::cli
