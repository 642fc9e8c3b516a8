#include <fmt/format.h>

#include <algorithm>

#include "exchange/dot_labels.hpp"
#include "exchange/drawing.hpp"
#include "exchange/palette.hpp"
#include "workflow/graph.hpp"

namespace workflow {
namespace {

using namespace exchange;

/// Where fontconfig has none of these it takes what it has; all of the first three hold Vietnamese.
constexpr std::string_view font_names = "DejaVu Sans,Noto Sans,Arial,sans-serif";

class DotWriter {
public:
    explicit DotWriter(const Drawing& drawing) : drawing_(drawing) {}

    std::string write() {
        write_head();
        write_frame(0, 1);
        for (const DrawnNode& node : drawing_.nodes) {
            if (node.frame == procedure::none) write_node(node, 1);
        }
        for (const DrawnArrow& arrow : drawing_.arrows) write_arrow(arrow);
        write_title_order();
        write_anchor_order();
        text_ += "}\n";
        return std::move(text_);
    }

private:
    void write_head() {
        const bool down = drawing_.direction == GraphDirection::down;
        text_ += "digraph procedure {\n";
        text_ += fmt::format(
            "    graph [rankdir={}, compound=true, charset=\"UTF-8\", bgcolor=\"white\", "
            "fontname=\"{}\", nodesep=0.3, ranksep=0.35, pad=0.2, newrank=true];\n",
            down ? "TB" : "LR", font_names);
        text_ += fmt::format("    node [fontname=\"{}\", margin=\"0.1,0.06\", color=\"{}\"];\n",
                             font_names, line_colour);
        text_ +=
            fmt::format("    edge [fontname=\"{}\", color=\"{}\", arrowsize=0.7, penwidth=1.1];\n",
                        font_names, line_colour);
    }

    void write_frame(std::size_t number, std::size_t depth) {
        const DrawnFrame& frame = drawing_.frames[number];
        const std::string indent(4 * depth, ' ');
        const bool is_procedure = frame.state == procedure::root_state;
        std::string_view line = is_procedure ? frame_line : line_colour;
        if (!is_procedure && frame.visits > 0) line = trail_colour;
        if (frame.late) line = late_colour;
        if (frame.critical) line = critical_colour;
        if (frame.faulty) line = finding_colour;
        if (frame.missed) line = missed_colour;
        const bool is_marked =
            !is_procedure && (frame.visits > 0 || frame.critical || frame.faulty);
        text_ += fmt::format("{}subgraph cluster_{} {{\n", indent, frame.state);
        text_ += fmt::format(
            "{}    graph [label={}, style=\"rounded,filled\", fillcolor=\"{}\", color=\"{}\", "
            "penwidth={}, margin=12, labeljust=l];\n",
            indent, is_procedure ? frame_label(frame, drawing_) : "\"\"", is_procedure ? "white" : frame_fill, line,
            is_marked ? "1.8" : "1");
        // A title of its own, because arrows go round a node, and through the label of a frame.
        if (!is_procedure) {
            text_ += fmt::format("{}    t{} [shape=plaintext, margin=0, label={}];\n", indent,
                                 frame.state, frame_label(frame, drawing_));
        }
        for (std::size_t i = number + 1; i < drawing_.frames.size(); ++i) {
            if (drawing_.frames[i].around == frame.state) write_frame(i, depth + 1);
        }
        for (const DrawnNode& node : drawing_.nodes) {
            if (node.frame == frame.state) write_node(node, depth + 1);
        }
        text_ += indent + "}\n";
    }

    void write_node(const DrawnNode& node, std::size_t depth) {
        text_ += fmt::format("{}{} [label={}, {}];\n", std::string(4 * depth, ' '), node.id,
                             node_label(node, drawing_),
                             node.missed ? missed_look(look_of(node)) : look_of(node));
    }

    /// Of two values of an attribute Graphviz takes the last.
    static std::string missed_look(const std::string& look) {
        return look +
               fmt::format(", style=\"filled,dashed\", color=\"{}\", penwidth=2", missed_colour);
    }

    static std::string_view heat_colour(double heat) {
        if (!(heat > 0)) return "white";
        const auto last = static_cast<double>(heat_colours.size() - 1);
        return heat_colours[static_cast<std::size_t>(std::min(heat, 1.0) * last + 0.5)];
    }

    std::string look_of(const DrawnNode& node) const {
        const bool passed = node.visits > 0;
        std::string_view border = colour_of(node.role).ink;
        if (passed) border = trail_colour;
        if (node.late) border = late_colour;
        if (node.current) border = current_colour;
        if (node.critical) border = critical_colour;
        if (node.faulty) border = finding_colour;
        const bool is_marked = passed || node.late || node.critical || node.faulty;
        const std::string_view width = node.current ? "3" : is_marked ? "2.4" : "1";
        const std::string_view fill = heat_colour(node.heat);
        switch (node.shape) {
            case Shape::start:
                return fmt::format(
                    "shape=circle, width=0.2, fixedsize=true, style=filled, "
                    "fillcolor=\"{0}\", color=\"{0}\"",
                    passed ? trail_colour : ink);
            case Shape::service:
                return fmt::format(
                    "shape=component, style=filled, fillcolor=\"{}\", color=\"{}\", "
                    "penwidth={}, margin=\"0.16,0.08\"",
                    fill, border, width);
            case Shape::call:
                return fmt::format(
                    "shape=folder, style=filled, fillcolor=\"{}\", color=\"{}\", "
                    "penwidth={}",
                    fill, border, width);
            case Shape::task:
            case Shape::wait:
            case Shape::idle:
                return fmt::format(
                    "shape=box, style=\"rounded,filled{}\", fillcolor=\"{}\", "
                    "color=\"{}\", penwidth={}",
                    node.shape == Shape::task ? "" : ",dashed", fill, border, width);
            case Shape::gateway:
                return fmt::format(
                    "shape=box, style=filled, fillcolor=\"#f1f5f9\", height=0.3, color=\"{}\", "
                    "penwidth={}",
                    border, width);
            case Shape::choice:
                return fmt::format(
                    "shape=diamond, style=filled, fillcolor=\"white\", "
                    "margin=\"0.04,0.05\", color=\"{}\", penwidth={}",
                    border, width);
            case Shape::end:
                return fmt::format(
                    "shape=box, peripheries=2, style=\"rounded,filled\", "
                    "fillcolor=\"{}\", color=\"{}\", penwidth={}, "
                    "margin=\"0.16,0.1\"",
                    passed ? "#dbeafe" : "#f1f5f9", passed ? trail_colour : ink,
                    passed ? "2.4" : "1.4");
            case Shape::inner_end:
                if (node.title.empty()) {
                    return fmt::format(
                        "shape=circle, peripheries=2, width=0.12, fixedsize=true, "
                        "style=filled, fillcolor=\"{0}\", color=\"{0}\"",
                        passed ? trail_colour : ink);
                }
                return fmt::format(
                    "shape=box, peripheries=2, style=\"rounded,filled\", height=0.2, "
                    "fillcolor=\"white\", color=\"{}\", penwidth={}, "
                    "margin=\"0.1,0.04\"",
                    passed ? trail_colour : quiet_ink, passed ? "2" : "1");
            case Shape::anchor:
                return "shape=point, style=invis, width=0.01, height=0.01";
        }
        return {};
    }

    /// An arrow back is written from its head to its tail and drawn the other way round: so the
    /// ranks follow the file, and dot still keeps room for the label.
    void write_arrow(const DrawnArrow& arrow) {
        const std::string& from = drawing_.nodes[arrow.from].id;
        const bool back = arrow.goes_back;
        const bool meets_title = !back && arrow.head_frame != procedure::none;
        const std::string to = meets_title ? "t" + std::to_string(arrow.head_frame)
                                           : drawing_.nodes[arrow.to].id;
        text_ +=
            fmt::format("    {} -> {} [{}", back ? to : from, back ? from : to, look_of(arrow));
        if (back) text_ += ", dir=back";
        // Sideways out of a frame, so that the arrow does not cross the frame's title.
        if (back && arrow.leaves_frame && arrow.tail_frame == procedure::none) {
            text_ += drawing_.direction == GraphDirection::down ? ", headport=e" : ", headport=s";
        }
        if (arrow.goes_next) text_ += ", weight=6";
        if (const std::string label = arrow_label(arrow); !label.empty()) {
            text_ += ", label=" + label;
        }
        if (arrow.tail_frame != procedure::none) {
            text_ += fmt::format(", {}=cluster_{}", back ? "lhead" : "ltail", arrow.tail_frame);
        }
        if (arrow.head_frame != procedure::none) {
            text_ += fmt::format(", {}=cluster_{}", back ? "ltail" : "lhead", arrow.head_frame);
        }
        text_ += "];\n";
    }

    /// A frame's title stands above all that is inside, in line with what comes first.
    void write_title_order() {
        for (const DrawnFrame& frame : drawing_.frames) {
            if (frame.state == procedure::root_state) continue;
            std::string_view weight = "20";
            const auto put_above = [&](const std::string& inside) {
                text_ += fmt::format("    t{} -> {} [style=invis, weight={}];\n", frame.state,
                                     inside, weight);
                weight = "0";
            };
            for (const DrawnNode& node : drawing_.nodes) {
                if (node.frame == frame.state && node.shape != Shape::anchor) put_above(node.id);
            }
            for (const DrawnFrame& inner : drawing_.frames) {
                if (inner.around == frame.state) put_above("t" + std::to_string(inner.state));
            }
        }
    }

    /// Arrows that leave a frame leave it at its far side.
    void write_anchor_order() {
        for (const DrawnNode& anchor : drawing_.nodes) {
            if (anchor.shape != Shape::anchor) continue;
            const bool is_last = anchor.frame == procedure::root_state;
            for (const DrawnNode& node : drawing_.nodes) {
                // An end stands beside it: below would leave a frame half empty.
                const bool is_inside = node.frame == anchor.frame && node.shape != Shape::anchor &&
                                       node.shape != Shape::inner_end;
                const bool is_behind = is_last && node.frame == procedure::none;
                if (!is_inside && !is_behind) continue;
                text_ +=
                    fmt::format("    {} -> {} [style=invis, weight=0];\n",
                                is_inside ? node.id : anchor.id, is_inside ? anchor.id : node.id);
            }
        }
    }

    std::string look_of(const DrawnArrow& arrow) const {
        std::string look;
        if (arrow.missed) {
            return fmt::format("color=\"{0}\", fontcolor=\"{0}\", style=dashed, penwidth=1.6{1}",
                               missed_colour,
                               arrow.line == Line::aside ? ", constraint=false" : "");
        }
        if (!arrow.numbers.empty()) {
            look = fmt::format("color=\"{}\", penwidth=2.8", trail_colour);
        } else {
            look = fmt::format("color=\"{}\"", line_colour);
        }
        switch (arrow.line) {
            case Line::by_person:
            case Line::by_itself:
                return look;
            case Line::by_time:
                return look + ", style=dashed";
            case Line::aside:
                return look + ", style=dotted, arrowhead=open";
        }
        return look;
    }

    const Drawing& drawing_;
    std::string text_;
};

}  // namespace

std::string to_dot(const Procedure& procedure, const GraphOptions& options) {
    const Drawing drawing = draw(procedure.model(), options);
    return DotWriter(drawing).write();
}

}  // namespace workflow
