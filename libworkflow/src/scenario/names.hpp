// Names of a tests.yaml against those of the procedure: each is found, or is a finding with the
// nearest one. Confined to one load.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definition/reader.hpp"
#include "procedure/model.hpp"
#include "scenario/script.hpp"

namespace workflow::scenario {

/// What the readers share.
struct Reading {
    definition::Findings& findings;
    const procedure::Model& model;
    Script& script;
};

/// The position of the node's text among `names`, or a finding `code`.
[[nodiscard]] std::optional<std::uint32_t> find_name(Reading& reading, const definition::Node& node,
                                                     const std::vector<std::string>& names,
                                                     std::string_view code);

[[nodiscard]] std::optional<std::uint32_t> find_state(Reading& reading,
                                                      const definition::Node& node);
[[nodiscard]] std::optional<std::uint32_t> find_clock(Reading& reading,
                                                      const definition::Node& node);
[[nodiscard]] std::optional<std::uint32_t> find_person(Reading& reading,
                                                       const definition::Node& node);
[[nodiscard]] std::optional<std::uint32_t> find_message(Reading& reading,
                                                        const definition::Node& node);
[[nodiscard]] std::optional<std::uint32_t> find_role(Reading& reading,
                                                     const definition::Node& node);

/// A role of the procedure, or of one that is called.
[[nodiscard]] bool find_role_of_any(Reading& reading, const definition::Node& node);
/// A code with which an event may be refused, or a finding that names the one most like it.
[[nodiscard]] bool find_refusal(Reading& reading, const definition::Node& node);

/// The name of somebody, or a key of a message, as the engine takes it; or a finding.
[[nodiscard]] std::optional<std::string> read_name(Reading& reading, const definition::Node& node);

/// Every code with which an event may be refused, or an incident opened.
[[nodiscard]] std::vector<std::string> refusal_codes();

/// A value of `type`. An instant without a zone is one of the calendar's.
[[nodiscard]] std::optional<Value> read_given(Reading& reading, const definition::Node& node,
                                              const Type& type);

}  // namespace workflow::scenario
