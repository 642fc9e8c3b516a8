#include "exchange/captions.hpp"

#include <algorithm>

#include "workflow/error.hpp"

namespace workflow::exchange {

using namespace procedure;

Captions::Captions(const Model& model, const GraphOptions& options)
    : model_(model), language_(options.language) {
    if (options.variant.empty()) return;
    const auto found =
        std::find_if(model.variants.begin(), model.variants.end(),
                     [&](const Variant& variant) { return variant.id == options.variant; });
    if (found == model.variants.end()) {
        throw Error(ErrorCode::misuse, "the procedure has no variant '" + options.variant + "'");
    }
    variant_ = &*found;
}

std::string Captions::word(Word word) const {
    return std::string(exchange::word(word, language_));
}

std::string Captions::state(StateIndex state) const {
    return title_text(model_.states[state].title, model_.states[state].id, language_);
}

std::string Captions::role(RoleIndex role) const {
    return title_text(model_.roles[role].title, model_.roles[role].id, language_);
}

std::string Captions::outcome(OutcomeIndex outcome) const {
    if (outcome == none) return {};
    return title_text(model_.outcomes[outcome].title, model_.outcomes[outcome].id, language_);
}

std::string Captions::inner_outcome(StateIndex scope, OutcomeIndex outcome) const {
    for (const auto& [named, way] : model_.states[scope].outcomes) {
        if (named != outcome || outcome == none) continue;
        return way.title.empty() ? this->outcome(outcome) : way.title.in(language_);
    }
    return {};
}

std::string Captions::condition(const Way& choice) const {
    if (!choice.title.empty()) return choice.title.in(language_);
    return choice.when ? expression(*choice.when) : word(Word::otherwise);
}

std::string Captions::action(const Action& action) const {
    return title_text(action.title, action.id, language_);
}

std::string Captions::message(MessageIndex message) const {
    return title_text(model_.messages[message].title, model_.messages[message].id, language_);
}

std::string Captions::variant() const {
    return variant_ == nullptr ? std::string()
                               : title_text(variant_->title, variant_->id, language_);
}

/// The value of the parameter that the expression is; null pointer: it is something else.
const Value* Captions::parameter(const Cel& cel) const {
    for (std::uint32_t number = 0; number < model_.parameters.size(); ++number) {
        if (model_.parameters[number].id != cel.expression.source()) continue;
        if (variant_ != nullptr) {
            for (const auto& [index, value] : variant_->values) {
                if (index == number) return &value;
            }
        }
        return &model_.parameters[number].initial;
    }
    return nullptr;
}

std::optional<std::string> Captions::limit(const Clock& clock) const {
    if (clock.due) {
        const std::string day = expression(*clock.due);
        return day == clock.due->expression.source() ? word(Word::fixed_date)
                                                     : word(Word::until_date) + " " + day;
    }
    if (const Limit* const fixed = std::get_if<Limit>(&clock.limit)) {
        return limit_text(*fixed, language_);
    }
    const Value* const value = parameter(std::get<Cel>(clock.limit));
    if (value != nullptr && value->is_null()) return std::nullopt;
    if (value != nullptr && value->limit() != nullptr) {
        return limit_text(*value->limit(), language_);
    }
    return word(Word::by_rule);
}

std::optional<std::string> Captions::timer(const Timer& timer) const {
    if (const auto* rule = std::get_if<RecurringDate>(&timer.limit)) {
        return recurring_text(*rule, language_);
    }
    if (const Limit* const fixed = std::get_if<Limit>(&timer.limit)) {
        return timer_text(*fixed, timer.way.times, language_);
    }
    const Value* const value = parameter(std::get<Cel>(timer.limit));
    if (value != nullptr && value->is_null()) return std::nullopt;
    if (value != nullptr && value->limit() != nullptr) {
        return timer_text(*value->limit(), timer.way.times, language_);
    }
    return word(Word::after_a_while);
}

std::string Captions::moment(const Moment& moment) const {
    return moment_text(moment, language_);
}

std::string Captions::title_of_field(const Cel& cel) const {
    for (const Field& field : model_.data) {
        if (field.id == cel.expression.source()) return field.title.in(language_);
    }
    return {};
}

std::string Captions::expression(const Cel& cel) const {
    const std::string title = title_of_field(cel);
    return title.empty() ? cel.expression.source() : title;
}

}  // namespace workflow::exchange
