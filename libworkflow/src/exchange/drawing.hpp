// A procedure as boxes, frames and arrows, before it is written in any language of pictures.
// Immutable once made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "exchange/state_lines.hpp"
#include "procedure/model.hpp"
#include "workflow/graph.hpp"

namespace workflow::exchange {

enum class Shape : std::uint8_t {
    start,  ///< where the procedure begins
    task,
    choice,
    gateway,  ///< a fork or a join
    service,  ///< work of a program
    call,     ///< another procedure
    wait,
    idle,
    end,        ///< of the procedure
    inner_end,  ///< of a token, group, branch or item; without a title where it names no outcome
    anchor,     ///< not seen: arrows that leave a frame begin here
};

struct DrawnNode {
    std::string id;  ///< letters and digits only
    Shape shape{};
    procedure::StateIndex frame = procedure::root_state;  ///< none: outside of all
    std::string title;                                    ///< hostile, as are the other texts
    std::string office;
    std::string rule;                             ///< what it waits for, what it runs
    procedure::RoleIndex role = procedure::none;  ///< decides the colour
    std::vector<DrawnLine> lines;
    std::uint32_t order = 0;  ///< as an author reads it: the start 0, then states, ends last
    std::uint32_t visits = 0;
    bool current = false;
    bool late = false;
    procedure::StateIndex state = procedure::none;  ///< that it stands for, or none
    bool missed = false;                            ///< nothing has come by it
    bool critical = false;                          ///< on the way that takes longest
    bool faulty = false;                            ///< something was found in it
    double heat = 0;                                ///< 0 to 1: how busy it is
};

/// A group, a parallel or an each. State 0 is the procedure.
struct DrawnFrame {
    procedure::StateIndex state = procedure::root_state;
    procedure::StateIndex around = procedure::none;
    std::string title;
    std::string note;  ///< how its inside is done
    std::vector<DrawnLine> lines;
    std::uint32_t visits = 0;
    bool late = false;
    bool missed = false;
    bool critical = false;
    bool faulty = false;
    double heat = 0;
};

/// `aside`: a token more begins there, and nobody leaves.
enum class Line : std::uint8_t { by_person, by_itself, by_time, aside };

/// What an arrow stands for, to find the dossier's steps along it.
struct Meaning {
    procedure::StateIndex from = procedure::none;
    procedure::StateIndex to = procedure::none;
    procedure::OutcomeIndex outcome = procedure::none;
    std::uint32_t action = procedure::none;
};

struct DrawnArrow {
    std::uint32_t from = 0;  ///< number of a node
    std::uint32_t to = 0;
    procedure::StateIndex tail_frame = procedure::none;  ///< begins at the border of this frame
    procedure::StateIndex head_frame = procedure::none;
    Line line{};
    std::string label;
    std::string note;                    ///< who, or on which condition
    std::vector<std::uint32_t> numbers;  ///< the dossier's steps along it
    bool goes_back = false;              ///< to what stands before in the file
    bool leaves_frame = false;
    bool goes_next = false;  ///< to what stands directly behind
    Meaning meaning;
    Place place;          ///< of the way
    bool missed = false;  ///< nothing has come along it
};

struct Drawing {
    std::string title;
    GraphDirection direction{};
    std::string language;
    bool has_trail = false;
    std::vector<DrawnFrame> frames;  ///< outer ones first; [0] is the procedure
    std::vector<DrawnNode> nodes;
    std::vector<DrawnArrow> arrows;
};

[[nodiscard]] Drawing draw(const procedure::Model& model, const GraphOptions& options);

}  // namespace workflow::exchange
