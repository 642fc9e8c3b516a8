#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/xml.hpp"
#include "unit/exchange/hostile_text.hpp"
#include "unit/exchange/walk.hpp"

using namespace workflow;
using namespace workflow::procedure;
using namespace workflow::testing;

namespace {

/// The onboarding procedure with one text wherever a person may write one.
Procedure procedure_called(const std::string& words) {
    Model model = onboarding_model().model;
    const Text title = text(words);
    model.title = title;
    for (Role& role : model.roles) role.title = title;
    for (procedure::Outcome& outcome : model.outcomes) outcome.title = title;
    for (Clock& clock : model.clocks) clock.title = title;
    for (State& state : model.states) {
        state.title = title;
        if (!state.item_name.empty()) state.item_name = words;
        for (Action& action : state.actions) action.title = title;
    }
    return procedure_of(std::move(model));
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

struct Drawn {
    int status = 0;
    std::string svg;
    std::string complaints;
};

/// Runs Graphviz, as the command-line tool does.
Drawn draw_svg(const std::string& dot) {
    const std::filesystem::path base =
        std::filesystem::temp_directory_path() / fmt::format("workflow_exchange_{}", ::getpid());
    const std::string name = base.string();
    std::ofstream(name + ".dot", std::ios::binary) << dot;
    Drawn drawn;
    drawn.status =
        std::system(fmt::format("dot -Tsvg -o '{0}.svg' '{0}.dot' 2> '{0}.txt'", name).c_str());
    drawn.svg = read_file(name + ".svg");
    drawn.complaints = read_file(name + ".txt");
    for (const char* end : {".dot", ".svg", ".txt"}) std::filesystem::remove(name + end);
    return drawn;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("the checker of pictures sees a picture that is not well formed") {
    CHECK(read_xml("<a><text>x &lt; y</text></a>").problem.empty());
    CHECK(read_xml("<a><text>x &lt; y</text></a>").shown == "\nx < y");
    for (const char* broken : {"<a>", "<a></b>", "<a>x & y</a>", "<a b=c></a>", "<a b=\"<\"/>",
                               "<a>\x01</a>", "<a>&#1;</a>", "</a>", "<!-- -- --><a/>"}) {
        INFO(broken);
        CHECK_FALSE(read_xml(broken).problem.empty());
    }
}

TEST_CASE("whatever a title holds, the picture is well formed and shows it") {
    const History history = walk_to_pilot(onboarding_model());
    for (const HostileText& hostile : hostile_texts()) {
        const Procedure procedure = procedure_called(hostile.text);
        const Trail trail = trail_of(procedure, history);
        GraphOptions options;
        options.trail = &trail;
        const Drawn drawn = draw_svg(to_dot(procedure, options));
        INFO(hostile.shown);
        CHECK(drawn.status == 0);
        CHECK(drawn.complaints.empty());
        XmlText xml = read_xml(drawn.svg);
        CHECK(xml.problem == "");
        // A line may be made of several pieces.
        xml.shown.erase(std::remove(xml.shown.begin(), xml.shown.end(), '\n'), xml.shown.end());
        // Title, ten states or more, their offices and a dozen actions.
        CHECK(count_of(xml.shown, hostile.shown) >= 30);
    }
}

TEST_CASE("titles that are blank or endless draw") {
    for (const std::string& title : {std::string(" "), std::string("\n\t"),
                                     std::string(100'000, 'x'), std::string(100'000, '<')}) {
        const Drawn drawn = draw_svg(to_dot(procedure_called(title)));
        CHECK(drawn.status == 0);
        CHECK(drawn.complaints.empty());
        CHECK(read_xml(drawn.svg).problem == "");
        CHECK(drawn.svg.size() < 400'000);
    }
}

TEST_CASE("a picture in Vietnamese shows Vietnamese titles, offices and limits") {
    GraphOptions options;
    options.language = "vi";
    const Drawn drawn = draw_svg(to_dot(procedure_of(onboarding_model().model), options));
    CHECK(drawn.complaints.empty());
    const std::string shown = read_xml(drawn.svg).shown;
    for (const char* words :
         {"Vụ Pháp chế", "Lãnh đạo Bộ phê duyệt", "30 ngày làm việc", "Rút đề xuất",
          "Đơn vị rút đề xuất", "khi đến hạn", "nhắc trước hạn 5 ngày làm việc"}) {
        INFO(words);
        CHECK(shown.find(words) != std::string::npos);
    }
}

TEST_CASE("a picture from left to right draws, too") {
    GraphOptions options;
    options.direction = GraphDirection::right;
    const Drawn drawn = draw_svg(to_dot(procedure_of(onboarding_model().model), options));
    CHECK(drawn.status == 0);
    CHECK(drawn.complaints.empty());
}
