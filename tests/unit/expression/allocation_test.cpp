#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "unit/expression/support.hpp"

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

// NOLINTBEGIN(misc-new-delete-overloads)
void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
// NOLINTEND(misc-new-delete-overloads)

using namespace expression_test;

namespace {

/// How often evaluating (not compiling) `source` allocates.
std::size_t counted(std::string_view source, bool is_condition) {
    const Dossier data = dossier();
    const auto compiled = Expression::compile(source, data.variables, {});
    const auto& expression = std::get<Expression>(compiled);
    const std::array frames{std::span<const Value>(data.values)};
    const std::size_t before = allocations;
    if (is_condition) {
        (void)expression.test(frames);
    } else {
        (void)expression.evaluate(frames);
    }
    return allocations - before;
}

}  // namespace

TEST_CASE("the count of allocations counts") {
    CHECK(counted("title + 'x'", false) > 0);
    CHECK(counted("1 / 0", false) > 0);
}

TEST_CASE("a condition allocates nothing") {
    for (const char* source :
         {"opinion == 'agreed' && n > 3", "opinion == 'agreed' && n > 3 && amount < 10",
          "opinion == 'agreed' && n > 3 && amount < 10.0", "items.all(i, i.outcome == 'accurate')",
          "items.exists(i, i.item == 'health')", "size(units) > 0", "fields.draft != ''",
          "'culture' in actor.units", "note == null", "1 / 0 == 1 || yes", "has(fields.remark)",
          "title.contains('án')", "n > 3 ? published > signed_on : received < now",
          "secret == 'hidden'"}) {
        CAPTURE(source);
        CHECK(counted(source, true) == 0);
    }
}

TEST_CASE("a value that exists already is handed over without allocating") {
    for (const char* source :
         {"units", "setup_limit", "appraisal_limit", "items[1].item", "n + 1",
          "setup_counts_from == 'signature' ? signed_on : now", "'constant'", "size(units)"}) {
        CAPTURE(source);
        CHECK(counted(source, false) == 0);
    }
}
