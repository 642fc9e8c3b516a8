// Text in aligned columns, for people. Confined.
#pragma once

#include <string>
#include <vector>

#include "terminal.hpp"

namespace workflow::cli {

/// Whatever a cell holds, only printable text reaches the terminal.
struct Cell {
    std::string text;
    Tone tone = Tone::plain;

    Cell(std::string cell_text, Tone cell_tone = Tone::plain)
        : text(std::move(cell_text)), tone(cell_tone) {}
    Cell(std::string_view cell_text, Tone cell_tone = Tone::plain)
        : Cell(std::string(cell_text), cell_tone) {}
    Cell(const char* cell_text, Tone cell_tone = Tone::plain)
        : Cell(std::string(cell_text), cell_tone) {}
};

struct Column {
    std::string_view heading;
    enum class Align { left, right };
    Align align = Align::left;
};

/// `a, b, c`.
[[nodiscard]] std::string joined(const std::vector<std::string>& texts);

/// Columns as wide as their widest cell, two blanks apart; the widest are wrapped so that a line
/// ends within page_width. Columns that are empty in every row are left out.
class Table {
public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    /// As many cells as there are columns.
    void add(std::vector<Cell> row);
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    /// The headings, then the rows.
    [[nodiscard]] std::vector<std::vector<Cell>> lines() const;
    [[nodiscard]] std::string text(bool colour, std::size_t indent = 0) const;

private:
    [[nodiscard]] std::string row_text(const std::vector<Cell>& row,
                                       const std::vector<std::size_t>& shown,
                                       const std::vector<std::size_t>& widths, bool colour,
                                       std::size_t indent) const;

    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace workflow::cli
