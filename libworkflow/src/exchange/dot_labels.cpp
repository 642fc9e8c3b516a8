#include "exchange/dot_labels.hpp"

#include <fmt/format.h>

#include "exchange/numbers_text.hpp"
#include "exchange/palette.hpp"
#include "exchange/plain_text.hpp"
#include "exchange/words.hpp"

namespace workflow::exchange {
namespace {

constexpr std::size_t title_width = 24;
constexpr std::size_t office_width = 32;
constexpr std::size_t lines_width = 38;
constexpr std::size_t choice_width = 14;
constexpr std::size_t arrow_width = 18;
constexpr std::size_t frame_width = 66;

/// `\N` and its like stand for names of Graphviz even in what was written as entities; cut in two
/// they are only text.
std::string guarded(const std::string& escaped_line) {
    constexpr std::string_view backslash = "&#92;";
    std::string text;
    std::size_t begin = 0;
    while (true) {
        const std::size_t found = escaped_line.find(backslash, begin);
        if (found == std::string::npos) return text + escaped_line.substr(begin);
        const std::size_t next = found + backslash.size();
        const bool is_name =
            next < escaped_line.size() &&
            std::string_view("NGETHL").find(escaped_line[next]) != std::string::npos;
        text += escaped_line.substr(begin, found - begin);
        text += is_name ? R"(<FONT FACE="DejaVu Sans">&#92;</FONT>)" : backslash;
        begin = next;
    }
}

/// Escaped lines one below the other; a blank for none, because Graphviz refuses a font of nothing.
std::string lines(std::string_view text, std::size_t width,
                  std::size_t characters_max = title_characters_max) {
    std::string result;
    for (const std::string& line : wrapped(text, width, characters_max)) {
        if (!result.empty()) result += "<BR/>";
        result += guarded(html(line));
    }
    return result.empty() ? "&#160;" : result;
}

std::string font(std::string_view inner, std::string_view colour, int size) {
    return fmt::format(R"(<FONT COLOR="{}" POINT-SIZE="{}">{}</FONT>)", colour, size, inner);
}

/// Graphviz refuses a <B> around nothing.
std::string bold(const std::string& inner) {
    return inner.empty() ? " " : "<B>" + inner + "</B>";
}

std::string row(const std::string& inner) {
    return "<TR><TD>" + inner + "</TD></TR>";
}

std::string left_row(const std::string& inner) {
    return R"(<TR><TD ALIGN="LEFT" BALIGN="LEFT">)" + inner + "</TD></TR>";
}

std::string band(const std::string& inner, std::string_view colour, std::string_view text_colour,
                 int size) {
    return fmt::format(R"(<TR><TD STYLE="ROUNDED" BGCOLOR="{}" CELLPADDING="4">{}</TD></TR>)",
                       colour, font(inner, text_colour, size));
}

std::string table(const std::string& rows, int spacing) {
    return fmt::format(
        R"(<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="1" CELLSPACING="{}">{}</TABLE>>)",
        spacing, rows);
}

/// On a ground of its own, so that it can be read where it lies on the border of a frame; with a
/// margin, so that it hides nothing of the arrow beside it.
std::string table_on_ground(const std::string& rows) {
    return fmt::format(
        R"(<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="3" CELLSPACING="0"><TR><TD>)"
        R"(<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" BGCOLOR="{}">{}</TABLE>)"
        R"(</TD></TR></TABLE>>)",
        frame_fill, rows);
}

std::string times(std::uint32_t visits) {
    return visits > 1 ? fmt::format(" ×{}", visits) : std::string();
}

/// Limits stand upright, what happens at their moments below them in italics.
std::string small_print(const DrawnLine& line, std::size_t width) {
    const std::string text = lines(line.text, width, line_characters_max);
    if (line.missed) return font("<I>" + text + "</I>", missed_colour, 9);
    switch (line.kind) {
        case DrawnLine::Kind::limit:
            return font(text, ink, 10);
        case DrawnLine::Kind::moment:
            return font("<I>" + text + "</I>", moment_colour, 9);
        case DrawnLine::Kind::aside:
            return font("<I>" + text + "</I>", quiet_ink, 9);
        case DrawnLine::Kind::critical:
            return font(bold(text), critical_colour, 10);
        case DrawnLine::Kind::finding:
            return font(text, finding_colour, 10);
        case DrawnLine::Kind::load:
            return font(bold(text), ink, 10);
    }
    return {};
}

std::string box_rows(const DrawnNode& node, const Drawing& drawing) {
    const OfficeColour colour = colour_of(node.role);
    std::string rows =
        row(font(bold(lines(node.title + times(node.visits), title_width)), ink, 12));
    if (!node.office.empty()) {
        rows += band(lines(node.office, office_width), colour.band, colour.ink, 10);
    }
    if (!node.rule.empty()) rows += row(font(lines(node.rule, office_width), quiet_ink, 10));
    for (const DrawnLine& line : node.lines) rows += row(small_print(line, lines_width));
    if (node.late) {
        rows += row(font(bold(html(word(Word::late, drawing.language))), late_colour, 10));
    }
    if (node.current) {
        rows += band(bold("● " + html(word(Word::now_here, drawing.language))), current_colour,
                     "#ffffff", 10);
    }
    return rows;
}

}  // namespace

std::string node_label(const DrawnNode& node, const Drawing& drawing) {
    switch (node.shape) {
        case Shape::start:
        case Shape::anchor:
            return R"("")";
        case Shape::task:
        case Shape::service:
        case Shape::call:
        case Shape::gateway:
        case Shape::wait:
        case Shape::idle:
            return table(box_rows(node, drawing), 2);
        case Shape::choice:
            return "<" + font(lines(node.title, choice_width), ink, 10) + ">";
        case Shape::end:
            return "<" + font(bold(lines(node.title, title_width)), ink, 12) + ">";
        case Shape::inner_end:
            if (node.title.empty()) return R"("")";
            return "<" + font(lines(node.title, office_width), ink, 10) + ">";
    }
    return R"("")";
}

std::string frame_label(const DrawnFrame& frame, const Drawing& drawing) {
    const bool is_procedure = frame.state == procedure::root_state;
    std::string rows =
        left_row(font(bold(lines(frame.title, frame_width)), ink, is_procedure ? 16 : 12));
    if (!frame.note.empty()) {
        rows += left_row(font(lines(frame.note, frame_width), quiet_ink, is_procedure ? 12 : 10));
    }
    for (const DrawnLine& line : frame.lines) rows += left_row(small_print(line, frame_width));
    if (frame.late) {
        rows += left_row(font(bold(html(word(Word::late, drawing.language))), late_colour, 10));
    }
    return table(rows, 0);
}

std::string arrow_label(const DrawnArrow& arrow) {
    const bool taken = !arrow.numbers.empty();
    std::string rows;
    std::string_view colour = quiet_ink;
    if (taken) colour = trail_colour;
    if (!arrow.label.empty()) {
        const std::string text = lines(arrow.label, arrow_width);
        rows += row(font(taken ? bold(text) : text, colour, 10));
    }
    if (!arrow.note.empty()) {
        rows += row(font("<I>" + lines(arrow.note, arrow_width + 4) + "</I>", colour, 9));
    }
    if (taken) {
        // A badge of its own beside the words: the number is what the eye follows.
        const std::string badge = fmt::format(
            R"(<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="1" CELLSPACING="0"><TR>)"
            R"(<TD STYLE="ROUNDED" BGCOLOR="{}">{}</TD></TR></TABLE>)",
            trail_colour, font("<B> " + numbers_text(arrow.numbers) + " </B>", "#ffffff", 10));
        const std::string text =
            rows.empty()
                ? std::string()
                : R"(<TD><TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">)" +
                      rows + "</TABLE></TD>";
        rows = "<TR><TD>" + badge + "</TD>" + text + "</TR>";
    }
    return rows.empty() ? std::string() : table_on_ground(rows);
}

}  // namespace workflow::exchange
