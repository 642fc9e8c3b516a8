// Expressions of a procedure: the Common Expression Language (cel-spec), compiled once at load.
// Immutable: an Expression may be shared between threads.
//
// All of CEL but protobuf messages and enums (README.md of libworkflow says what is ours beside
// it).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/type.hpp"
#include "workflow/value.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Where a name's value stands when an expression is evaluated: slot `slot` of frame `frame`.
struct Slot {
    std::uint16_t frame = 0;
    std::uint16_t slot = 0;
    friend bool operator==(const Slot&, const Slot&) = default;
};

/// One name that an expression may use.
struct Variable {
    std::string name;
    Type type;
    Slot slot;
};

/// The values at run time: frames[slot.frame][slot.slot].
using Frames = std::span<const std::span<const Value>>;

/// Why an expression has no value: division by zero, overflow, a null where a value is needed.
struct EvaluationError {
    std::string code;      ///< stable, kebab-case, in the catalogue
    std::uint32_t offset;  ///< byte of the source text, from 0
    std::vector<std::string> arguments;
};

/// What the checker found, at a byte of the source text; the definition loader turns it into a
/// place.
struct ExpressionProblem {
    std::string code;
    std::uint32_t offset;
    std::vector<std::string> arguments;
};

/// A function about what the expression runs in, not about its arguments: `active("setup")`. Its
/// first argument is one of `subjects`, in quotes, and is resolved when the expression is compiled.
struct Question {
    std::string name;
    std::vector<std::string> subjects;
    Type result;
    enum class Since : std::uint8_t {
        never,
        optional
    } since = Since::never;  ///< a second argument,
                             ///< a moment
};

/// Who answers questions while an expression runs. One thread at a time.
class Answers {
public:
    virtual ~Answers() = default;
    /// `question` and `subject` are numbers in the lists given to compile(); `since` is null
    /// without a second argument. A null answer is a null.
    [[nodiscard]] virtual Value answer(std::size_t question, std::size_t subject,
                                       const Value& since) const = 0;
};

/// What an expression runs in, beside its frames. Both may be missing: midnight is then that of
/// UTC, and what needs a calendar or an answer is an EvaluationError.
struct Environment {
    const Calendar* calendar = nullptr;
    const Answers* answers = nullptr;
};

/// How an expression is compiled; the defaults are those of a procedure.
struct ExpressionSettings {
    /// Names are looked up in it first, then in what is around it (cel-spec, "Name resolution").
    std::string container{};
    /// `at_run_time`: nothing is checked before it runs; an unknown name is an EvaluationError
    /// then.
    enum class Checking : std::uint8_t { at_load, at_run_time } checking = Checking::at_load;
    /// `storable`: a result that a dossier cannot hold (is_storable) is a problem where the type
    /// tells, else an EvaluationError.
    enum class Results : std::uint8_t { storable, all } results = Results::storable;
    /// Functions beside those of CEL. Used during compile() only.
    std::span<const Question> questions{};
};

class Expression {
public:
    /// Parses and type-checks `source` against `variables`; when `expected` is not `any`, the
    /// result must be of that type (an integer serves where a number is expected, an `optional T`
    /// where the expected type is optional). Never throws on bad input; all problems found are
    /// returned.
    [[nodiscard]] static std::variant<Expression, std::vector<ExpressionProblem>> compile(
        std::string_view source, std::span<const Variable> variables, const Type& expected,
        const ExpressionSettings& settings = {});

    /// Pure; bounded by limits::expression_cost_max. Sealed values are read through. The calendar
    /// gives a date its midnight, names its own zone and counts working days.
    [[nodiscard]] std::variant<Value, EvaluationError> evaluate(
        Frames frames, const Environment& environment = {}) const;
    /// The same for a condition, without making a Value.
    [[nodiscard]] std::variant<bool, EvaluationError> test(
        Frames frames, const Environment& environment = {}) const;

    /// What the checker found out; any where only the run knows.
    [[nodiscard]] const Type& type() const;
    [[nodiscard]] const std::string& source() const;
    /// Every slot that it may read, each once.
    [[nodiscard]] std::span<const Slot> reads() const;
    /// Whether any of them lies in that frame.
    [[nodiscard]] bool reads_frame(std::size_t frame) const {
        return (frames_read_ >> frame & 1U) != 0;
    }
    /// The slot whose value it is, where it is nothing but a name.
    [[nodiscard]] const std::optional<Slot>& only_slot() const { return only_slot_; }
    /// Names of time zones written in it that are neither UTC nor an offset, each once: it runs
    /// only by a calendar whose own zone they name.
    [[nodiscard]] std::span<const std::string> zones() const;
    /// What it asks: numbers of question and subject, each pair once.
    struct Asked {
        std::uint32_t question = 0;
        std::uint32_t subject = 0;
        friend bool operator==(const Asked&, const Asked&) = default;
    };
    [[nodiscard]] std::span<const Asked> asks() const;
    /// True when it reads and asks nothing: its value is always the same.
    [[nodiscard]] bool is_constant() const { return reads().empty() && asks().empty(); }

    struct Program;

private:
    explicit Expression(std::shared_ptr<const Program> program);
    std::shared_ptr<const Program> program_;
    std::uint64_t frames_read_ = 0;  ///< a bit for each
    std::optional<Slot> only_slot_;
};

}  // namespace workflow
