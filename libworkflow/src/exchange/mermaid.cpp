#include <fmt/format.h>

#include "exchange/drawing.hpp"
#include "exchange/numbers_text.hpp"
#include "exchange/palette.hpp"
#include "exchange/plain_text.hpp"
#include "exchange/words.hpp"
#include "workflow/graph.hpp"

namespace workflow {
namespace {

using namespace exchange;

class MermaidWriter {
public:
    explicit MermaidWriter(const Drawing& drawing) : drawing_(drawing) {}

    std::string write() {
        const bool down = drawing_.direction == GraphDirection::down;
        text_ = fmt::format("flowchart {}\n", down ? "TB" : "LR");
        write_frame(0, 1);
        for (const DrawnNode& node : drawing_.nodes) {
            if (node.frame == procedure::none) write_node(node, 1);
        }
        for (const DrawnArrow& arrow : drawing_.arrows) write_arrow(arrow);
        write_looks();
        return std::move(text_);
    }

private:
    static void add_line(std::string& label, std::string_view text) {
        const std::string line = mermaid(harmless(text));
        if (line.empty()) return;
        if (!label.empty()) label += "<br/>";
        label += line;
    }

    static std::string quoted(const std::string& label) {
        return "\"" + (label.empty() ? std::string(" ") : label) + "\"";
    }

    void write_frame(std::size_t number, std::size_t depth) {
        const DrawnFrame& frame = drawing_.frames[number];
        const std::string indent(4 * depth, ' ');
        std::string label;
        add_line(label, frame.title);
        add_line(label, frame.note);
        for (const DrawnLine& line : frame.lines) add_line(label, line.text);
        if (frame.late) add_line(label, word(Word::late, drawing_.language));
        text_ += fmt::format("{}subgraph g{}[{}]\n", indent, frame.state, quoted(label));
        for (std::size_t i = number + 1; i < drawing_.frames.size(); ++i) {
            if (drawing_.frames[i].around == frame.state) write_frame(i, depth + 1);
        }
        for (const DrawnNode& node : drawing_.nodes) {
            if (node.frame == frame.state) write_node(node, depth + 1);
        }
        text_ += indent + "end\n";
    }

    std::string label_of(const DrawnNode& node) const {
        std::string label;
        add_line(label, node.title);
        if (node.visits > 1) label += fmt::format(" ×{}", node.visits);
        add_line(label, node.office);
        add_line(label, node.rule);
        for (const DrawnLine& line : node.lines) add_line(label, line.text);
        if (node.late) add_line(label, word(Word::late, drawing_.language));
        if (node.current) {
            add_line(label, "● " + std::string(word(Word::now_here, drawing_.language)));
        }
        return quoted(label);
    }

    void write_node(const DrawnNode& node, std::size_t depth) {
        const std::string indent(4 * depth, ' ');
        const std::string label = label_of(node);
        switch (node.shape) {
            case Shape::start:
            case Shape::anchor:
                text_ += fmt::format("{}{}(({}))\n", indent, node.id, label);
                return;
            case Shape::task:
            case Shape::wait:
            case Shape::idle:
                text_ += fmt::format("{}{}({})\n", indent, node.id, label);
                return;
            case Shape::service:
            case Shape::call:
                text_ += fmt::format("{}{}[[{}]]\n", indent, node.id, label);
                return;
            case Shape::gateway:
                text_ += fmt::format("{}{}[{}]\n", indent, node.id, label);
                return;
            case Shape::choice:
                text_ += fmt::format("{}{}{{{}}}\n", indent, node.id, label);
                return;
            case Shape::end:
            case Shape::inner_end:
                text_ += fmt::format("{}{}((({})))\n", indent, node.id, label);
                return;
        }
    }

    /// An arrow from the border of a frame begins at the frame itself.
    std::string name_of_end(std::uint32_t node, procedure::StateIndex frame) const {
        return frame == procedure::none ? drawing_.nodes[node].id : "g" + std::to_string(frame);
    }

    void write_arrow(const DrawnArrow& arrow) {
        std::string label;
        if (!arrow.numbers.empty()) add_line(label, "[" + numbers_text(arrow.numbers) + "]");
        add_line(label, arrow.label);
        add_line(label, arrow.note);
        std::string_view line = "-->";
        if (arrow.line == Line::by_time || arrow.line == Line::aside) {
            line = "-.->";
        }
        if (!arrow.numbers.empty()) line = "==>";
        text_ += fmt::format("    {} {}{} {}\n", name_of_end(arrow.from, arrow.tail_frame), line,
                             label.empty() ? std::string() : "|" + quoted(label) + "|",
                             name_of_end(arrow.to, arrow.head_frame));
    }

    void write_looks() {
        std::string_view separator;
        for (const DrawnNode& node : drawing_.nodes) {
            if (node.shape == Shape::anchor) {
                text_ += fmt::format("    style {} fill:none,stroke:none\n", node.id);
                continue;
            }
            const OfficeColour colour = colour_of(node.role);
            std::string_view border = colour.ink;
            if (node.visits > 0) border = trail_colour;
            if (node.late) border = late_colour;
            if (node.current) border = current_colour;
            text_ += fmt::format("    style {} fill:{},stroke:{},color:{},stroke-width:{}px\n",
                                 node.id, node.role == procedure::none ? "#ffffff" : colour.band,
                                 border, ink, node.visits > 0 || node.current ? 3 : 1);
        }
        std::string taken;
        for (std::size_t i = 0; i < drawing_.arrows.size(); ++i) {
            if (drawing_.arrows[i].numbers.empty()) continue;
            taken += fmt::format("{}{}", separator, i);
            separator = ",";
        }
        if (!taken.empty()) {
            text_ +=
                fmt::format("    linkStyle {} stroke:{},stroke-width:3px\n", taken, trail_colour);
        }
    }

    const Drawing& drawing_;
    std::string text_;
};

}  // namespace

std::string to_mermaid(const Procedure& procedure, const GraphOptions& options) {
    const Drawing drawing = draw(procedure.model(), options);
    return MermaidWriter(drawing).write();
}

}  // namespace workflow
