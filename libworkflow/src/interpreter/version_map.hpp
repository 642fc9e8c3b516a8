// Which number of one version of a procedure is which of another. Confined.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "procedure/model.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::interpreter {

[[nodiscard]] bool is_among(const std::vector<std::string>& ids, const std::string& id);
/// The nearest to `id`, else all.
[[nodiscard]] std::string near_or_all(const std::string& id, const std::vector<std::string>& known);
/// The same of what may be given up: `null` is among them.
[[nodiscard]] std::string near_or_all_or_null(const std::string& id,
                                              const std::vector<std::string>& known);

/// Each question gives the number in the new version; `none`, and a problem is told, where there is no
/// such thing. Of `none` the answer is `none`. Refers to what it was made from.
class VersionMap {
public:
    VersionMap(const procedure::Model& from, const procedure::Model& to,
               const MigrationMapping& mapping);

    [[nodiscard]] procedure::StateIndex state(procedure::StateIndex old);
    /// By its name and owner.
    [[nodiscard]] procedure::ClockIndex clock(procedure::ClockIndex old);
    /// Whether the mapping says that the clock, the value is given up.
    [[nodiscard]] bool ends_clock(procedure::ClockIndex old) const;
    [[nodiscard]] bool drops_field(procedure::FieldIndex old) const;
    [[nodiscard]] procedure::FieldIndex field(procedure::FieldIndex old) const;
    [[nodiscard]] procedure::MessageIndex message(procedure::MessageIndex old);
    /// The message that stands for the old one if `state` of the new version takes it; `none`, and no
    /// problem, where it does not.
    [[nodiscard]] procedure::MessageIndex receipt(procedure::StateIndex state,
                                                  procedure::MessageIndex old) const;
    [[nodiscard]] procedure::RoleIndex role(procedure::RoleIndex old);
    [[nodiscard]] procedure::ReasonIndex reason(procedure::ReasonIndex old,
                                                procedure::ClockIndex clock);
    [[nodiscard]] procedure::OutcomeIndex outcome(procedure::OutcomeIndex old);
    /// Of a timer of a state, beside `after` also `wait: {until}` and a service's.
    [[nodiscard]] std::uint32_t timer(procedure::StateIndex old, std::uint32_t number);
    /// `none`, and no problem, where the new version does not ask.
    [[nodiscard]] procedure::MemoryIndex memory(procedure::MemoryIndex old) const;
    /// What the new version asks about, while the old one, which has it too, did not remember it.
    void check_memories();

    /// Each reason once.
    void add(RefusalCode code, std::vector<std::string> arguments);
    [[nodiscard]] std::vector<Refusal>& problems() { return problems_; }

    [[nodiscard]] const procedure::Model& from() const { return from_; }
    [[nodiscard]] const procedure::Model& to() const { return to_; }
    [[nodiscard]] const MigrationMapping& mapping() const { return mapping_; }

private:
    void check_names();
    [[nodiscard]] std::vector<std::string> states_of_kind(procedure::Kind kind) const;

    const procedure::Model& from_;
    const procedure::Model& to_;
    const MigrationMapping& mapping_;
    std::vector<std::optional<procedure::StateIndex>> states_;
    std::vector<std::string> old_memories_;  ///< what each is of
    std::vector<std::string> new_memories_;
    std::set<std::vector<std::string>> told_;
    std::vector<Refusal> problems_;
};

}  // namespace workflow::interpreter
