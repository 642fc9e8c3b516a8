// A small good procedure into which a test puts one fault.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/definition.hpp"

namespace workflow::testing {

/// Loads without findings. Line 1 is `procedure: ...`.
inline const std::string good_procedure = R"(procedure: leave_request
version: 1
title: {en: Request for leave, vi: Xin nghỉ phép}
calendar: vn-state
roles: {officer: {en: Officer, vi: Chuyên viên}, head: {en: Head, vi: Trưởng phòng}}
parameters: {decide_limit: {type: optional limit, default: 2 working days}}
variants: {fast: {title: {en: Fast, vi: Nhanh}, set: {decide_limit: 1 working day}}}
data: {days: integer, reason: optional text, units: list of text}
input: [days, units]
outcomes: {approved: {en: Approved, vi: Đồng ý}, refused: {en: Refused, vi: Từ chối}}
states:
  ask:
    task: officer
    to: decide
  decide:
    task: head
    sla: decide_limit
    actions:
      approve: {end: approved}
      return: {to: ask, fields: [reason]}
      refuse: {end: refused}
)";

/// `text` with its first `from` replaced; an empty result when there is none.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos) return {};
    return text.replace(at, from.size(), to);
}

/// `code line:column` of every finding, in the order of the file.
inline std::vector<std::string> findings_of(std::string_view yaml) {
    std::vector<std::string> found;
    for (const Diagnostic& finding : load_procedure(yaml, "p.yaml").diagnostics) {
        found.push_back(finding.code + " " + std::to_string(finding.place.line) + ":" +
                        std::to_string(finding.place.column));
    }
    return found;
}

}  // namespace workflow::testing
