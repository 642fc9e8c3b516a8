#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "exchange/drawing.hpp"
#include "exchange/plain_text.hpp"
#include "support/xml.hpp"
#include "workflow/definition.hpp"

using namespace workflow;
using namespace workflow::exchange;

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Where lines are broken depends on nothing that a reader cares about.
std::string without_blanks(std::string text) {
    for (std::size_t at = 0; (at = text.find("\xc2\xa0", at)) != std::string::npos;) {
        text.erase(at, 2);
    }
    text.erase(
        std::remove_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\n'; }),
        text.end());
    return text;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

std::vector<std::string> texts_of(const Drawing& drawing) {
    std::vector<std::string> texts;
    for (const DrawnFrame& frame : drawing.frames) {
        texts.push_back(frame.title);
        texts.push_back(frame.note);
        for (const DrawnLine& line : frame.lines) texts.push_back(line.text);
    }
    for (const DrawnNode& node : drawing.nodes) {
        texts.push_back(node.title);
        texts.push_back(node.office);
        texts.push_back(node.rule);
        for (const DrawnLine& line : node.lines) texts.push_back(line.text);
    }
    for (const DrawnArrow& arrow : drawing.arrows) {
        texts.push_back(arrow.label);
        texts.push_back(arrow.note);
    }
    return texts;
}

}  // namespace

TEST_CASE("the picture beside each procedure has the boxes, arrows and words of its file") {
    std::size_t procedures = 0;
    for (const auto& entry : fs::directory_iterator(fs::path(WORKFLOW_SOURCE_DIR) / "procedures")) {
        const fs::path file = entry.path() / "procedure.yaml";
        if (!fs::exists(file)) continue;
        ++procedures;
        INFO(file.string());
        INFO("redraw: workflow graph procedure.yaml --format svg -o procedure.svg");
        const auto procedure = load_procedure(read_file(file), "procedure.yaml").procedure;
        REQUIRE(procedure != nullptr);
        const Drawing drawing = draw(procedure->model(), {});
        const std::string svg = read_file(entry.path() / "procedure.svg");
        const auto xml = testing::read_xml(svg);
        CHECK(xml.problem == "");
        const std::string shown = without_blanks(xml.shown);
        for (const std::string& text : texts_of(drawing)) {
            INFO(text);
            CHECK(shown.find(without_blanks(harmless(text, line_characters_max))) !=
                  std::string::npos);
        }
        const auto hidden =
            std::count_if(drawing.nodes.begin(), drawing.nodes.end(),
                          [](const DrawnNode& node) { return node.shape == Shape::anchor; });
        CHECK(count_of(svg, "class=\"cluster\"") == drawing.frames.size());
        // The title of each frame but the procedure's is a node of its own.
        CHECK(count_of(svg, "class=\"node\"") == drawing.nodes.size() -
                                                     static_cast<std::size_t>(hidden) +
                                                     drawing.frames.size() - 1);
        CHECK(count_of(svg, "class=\"edge\"") == drawing.arrows.size());
    }
    CHECK(procedures == 9);
}
