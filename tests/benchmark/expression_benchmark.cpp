// A guard of three comparisons, compiled once: Expression::test() against a compiled Lua chunk.
//
// Each side holds a dossier's values in its own form, ready before the clock starts: ours as a
// frame of Values; Lua's as the upvalues of a closure, one closure for each dossier. That is the
// fastest of what a host of Lua can do, as measured here: globals cost a look-up by name each (68
// ns a call where upvalues cost 49), fields of a table in an argument as much (62 ns), and values
// pushed as arguments are as fast as upvalues only where the text is interned beforehand (57 ns
// where it is not). lua_pcall, because a guard that fails must not end its host: test() returns
// that as a value.
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <lua.hpp>
#include <memory>

#include "benchmark/allocations.hpp"
#include "benchmark/comparison.hpp"
#include "workflow/expression.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

constexpr const char* our_guard = "opinion == 'agreed' && days > 3 && amount < 10.0";
constexpr const char* their_guard =
    "local opinion, days, amount = ...\n"
    "return function() return opinion == 'agreed' and days > 3 and amount < 10.0 end";

struct Dossier {
    std::string opinion;
    std::int64_t days = 0;
    double amount = 0;
};

/// The first two comparisons hold in all of them, so that each evaluation makes three.
std::vector<Dossier> dossiers() {
    std::vector<Dossier> all;
    for (std::int64_t i = 0; i < 64; ++i) {
        all.push_back({"agreed", 4 + i, i % 8 == 7 ? 12.5 : 0.25 * static_cast<double>(i % 8)});
    }
    return all;
}

[[noreturn]] void give_up(const std::string& reason) {
    fmt::print(stderr, "expression_benchmark: {}\n", reason);
    std::exit(1);
}

class Ours {
public:
    explicit Ours(const std::vector<Dossier>& dossiers) : guard_(compiled()) {
        for (const Dossier& dossier : dossiers) {
            values_.push_back({dossier.opinion, dossier.days, dossier.amount});
        }
        for (const auto& values : values_) frames_.push_back({std::span<const Value>(values)});
    }

    template <class Visit>
    void evaluate(const Visit& visit) const {
        for (const auto& frames : frames_) {
            const auto result = guard_.test(frames);
            const bool* const holds = std::get_if<bool>(&result);
            if (holds == nullptr) give_up(std::get<EvaluationError>(result).code);
            visit(*holds);
        }
    }

private:
    static Expression compiled() {
        const Type opinion{.kind = Type::Kind::choice, .options = {"agreed", "rejected"}};
        const std::array variables{
            Variable{"opinion", opinion, {0, 0}},
            Variable{"days", Type::of(Type::Kind::integer), {0, 1}},
            Variable{"amount", Type::of(Type::Kind::number), {0, 2}},
        };
        auto made = Expression::compile(our_guard, variables, Type::of(Type::Kind::boolean));
        if (const auto* problems = std::get_if<std::vector<ExpressionProblem>>(&made)) {
            give_up(problems->front().code);
        }
        return std::get<Expression>(std::move(made));
    }

    Expression guard_;
    std::vector<std::array<Value, 3>> values_;
    std::vector<std::array<std::span<const Value>, 1>> frames_;
};

class Theirs {
public:
    explicit Theirs(const std::vector<Dossier>& dossiers) : state_(luaL_newstate(), &lua_close) {
        lua_State* const lua = state_.get();
        if (lua == nullptr || lua_checkstack(lua, static_cast<int>(dossiers.size()) + 8) == 0) {
            give_up("no memory for Lua");
        }
        check(luaL_loadstring(lua, their_guard));
        for (const Dossier& dossier : dossiers) {
            lua_pushvalue(lua, 1);
            lua_pushlstring(lua, dossier.opinion.data(), dossier.opinion.size());
            lua_pushinteger(lua, dossier.days);
            lua_pushnumber(lua, dossier.amount);
            check(lua_pcall(lua, 3, 1, 0));
        }
        last_ = lua_gettop(lua);
    }

    template <class Visit>
    void evaluate(const Visit& visit) const {
        lua_State* const lua = state_.get();
        // The chunk stands below the closures that it made.
        for (int closure = 2; closure <= last_; ++closure) {
            lua_pushvalue(lua, closure);
            check(lua_pcall(lua, 0, 1, 0));
            visit(lua_toboolean(lua, -1) != 0);
            lua_settop(lua, last_);
        }
    }

private:
    void check(int status) const {
        if (status != LUA_OK) give_up(lua_tostring(state_.get(), -1));
    }

    std::unique_ptr<lua_State, decltype(&lua_close)> state_;
    int last_ = 0;
};

template <class Evaluator>
Side side(std::string label, const Evaluator& evaluator, std::size_t rounds, std::size_t& held) {
    return {
        std::move(label),
        [&evaluator, &held, rounds] {
            for (std::size_t i = 0; i < rounds; ++i) {
                evaluator.evaluate([&held](bool holds) { held += holds ? 1 : 0; });
            }
        },
        [&evaluator] {
            std::uint64_t hash = hash_of("");
            evaluator.evaluate([&hash](bool holds) { hash = hash_of(holds ? "1" : "0", hash); });
            return hash;
        }};
}

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    const std::size_t rounds = plan.tiny ? 1 : 100;
    const std::vector<Dossier> all = dossiers();
    const Ours ours(all);
    const Theirs theirs(all);
    std::size_t our_held = 0;
    std::size_t their_held = 0;
    const int status =
        compare(plan, {Comparison{.name = "guard of three comparisons",
                                  .ours = side("test", ours, rounds, our_held),
                                  .theirs = side("Lua 5.4", theirs, rounds, their_held),
                                  .operations = rounds * all.size(),
                                  .aim = "at least 0.5"}});
    const std::size_t before = allocations();
    ours.evaluate([&our_held](bool holds) { our_held += holds ? 1 : 0; });
    fmt::print("ours per guard: {:.1f} allocations\n",
               static_cast<double>(allocations() - before) / static_cast<double>(all.size()));
    return status;
}
