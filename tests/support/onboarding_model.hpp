// A procedure of a ministry, made by hand: putting an online service into use.
#pragma once

#include "support/model_builder.hpp"

namespace workflow::testing {

/// Numbers of its states, for tests that walk through it.
struct Onboarding {
    procedure::Model model;
    procedure::StateIndex draft = 0, appraisal = 0, setup = 0, units = 0, confirm = 0, fix = 0,
                          pilot = 0, try_out = 0, submit = 0, decide = 0, published = 0;
    procedure::OutcomeIndex accurate = 0;
};

[[nodiscard]] Onboarding onboarding_model();

}  // namespace workflow::testing
