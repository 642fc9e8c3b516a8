// A procedure as the interpreter runs it: an immutable state graph. Made by the loader
// (definition.hpp); shared between threads and instances.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "workflow/digest.hpp"
#include "workflow/text.hpp"
#include "workflow/type.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

namespace procedure {
struct Model;
}

/// What a state does. An `idle` one only stays until one of its actions or timers moves on.
enum class StateKind : std::uint8_t {
    group,
    task,
    choice,
    wait,
    end,
    parallel,
    each,
    idle,
    fork,
    join,
    service,
    call
};
/// As a definition writes it: `task`, `each` ...
[[nodiscard]] const char* to_string(StateKind kind);

/// A numbered part of a procedure, for people. References live as long as the procedure.
struct Named {
    const std::string& id;
    const Text& title;  ///< empty: none was given; people are then shown the id (rule R87)
};

class Procedure {
public:
    /// Only analysis/ makes one, from a model that it has sealed.
    explicit Procedure(std::unique_ptr<const procedure::Model> model);
    ~Procedure();
    Procedure(const Procedure&) = delete;
    Procedure& operator=(const Procedure&) = delete;

    [[nodiscard]] const std::string& id() const;
    [[nodiscard]] std::int64_t version() const;
    [[nodiscard]] const Text& title() const;
    /// SHA-256 of the file's bytes: two files with one digest are one procedure.
    [[nodiscard]] const Digest& digest() const;
    /// The id of the calendar it names.
    [[nodiscard]] const std::string& calendar() const;
    /// The ids of the calendars that only parts of it count by, in the order of the file.
    [[nodiscard]] const std::vector<std::string>& more_calendars() const;
    /// Ids of the procedures that it calls, itself among them, each once.
    [[nodiscard]] std::vector<std::string> called() const;
    /// By the number that clocks bear: 0 is calendar(). Error{misuse} for a number it lacks.
    [[nodiscard]] const std::string& calendar_of(std::uint32_t number) const;
    [[nodiscard]] const std::vector<std::string>& languages() const;
    [[nodiscard]] std::vector<std::string> state_ids() const;
    [[nodiscard]] std::vector<std::string> role_ids() const;
    /// What start must give: names and types, in the order of the file.
    [[nodiscard]] std::vector<std::pair<std::string, Type>> input() const;

    // --- what the numbers in records, tokens, work items and clocks stand for -------------------
    // Error{misuse} for a number that the procedure does not have. State 0 is the procedure itself.
    [[nodiscard]] std::uint32_t state_count() const;
    [[nodiscard]] Named state(std::uint32_t state) const;
    [[nodiscard]] StateKind state_kind(std::uint32_t state) const;
    /// The compound state around it; of state 0: 0.
    [[nodiscard]] std::uint32_t state_parent(std::uint32_t state) const;
    /// The office of a task; UINT32_MAX for every other kind.
    [[nodiscard]] std::uint32_t state_role(std::uint32_t state) const;
    /// An action by the state that declares it.
    [[nodiscard]] Named action(std::uint32_t state, std::uint32_t action) const;
    [[nodiscard]] Named role(std::uint32_t role) const;
    [[nodiscard]] std::uint32_t outcome_count() const;
    [[nodiscard]] Named outcome(std::uint32_t outcome) const;
    /// What the system around calls a stage (rule R85); its id is the code there.
    [[nodiscard]] Named outer_status(std::uint32_t status) const;
    [[nodiscard]] std::uint32_t field_count() const;
    [[nodiscard]] Named field(std::uint32_t field) const;
    [[nodiscard]] std::uint32_t clock_count() const;
    [[nodiscard]] Named clock(std::uint32_t clock) const;
    [[nodiscard]] Named message(std::uint32_t message) const;
    /// What a clock measures: a state, or 0.
    [[nodiscard]] std::uint32_t clock_owner(std::uint32_t clock) const;
    /// The law that sets the limit; empty: a default of ours.
    [[nodiscard]] const std::string& clock_source(std::uint32_t clock) const;
    /// As the file says it: `5 working days before`; of what follows the last moment: `due`.
    [[nodiscard]] std::string moment_label(std::uint32_t clock, std::uint32_t moment) const;
    /// A name that one activation at a time holds (`one_at_a_time`).
    [[nodiscard]] const std::string& door(std::uint32_t door) const;
    /// The id of what is waited for (`waiting_for`).
    [[nodiscard]] const std::string& reason(std::uint32_t reason) const;

    /// The whole graph, for this library's own modules.
    [[nodiscard]] const procedure::Model& model() const { return *model_; }

private:
    std::unique_ptr<const procedure::Model> model_;
};

}  // namespace workflow
