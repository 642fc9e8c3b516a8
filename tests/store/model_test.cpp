// Random transactions on every kind of store at once: whatever the memory store answers, the others
// must answer, also after a rollback and a reopening.
#include <catch2/catch.hpp>
#include <random>

#include "store/subject.hpp"

using namespace workflow;
using Access = Store::Access;

namespace {

/// One random operation, drawn once and done to each store.
struct Operation {
    int kind = 0;
    std::string instance, text, unit;
    std::uint64_t revision = 0;
    std::uint32_t ordinal = 0;
    std::size_t size = 0;
    std::int64_t serial = 0;
};

class Dice {
public:
    explicit Dice(std::uint32_t seed) : generator_(seed) {}
    std::uint32_t below(std::uint32_t bound) {
        return static_cast<std::uint32_t>(generator_() % bound);
    }
    Operation operation() {
        Operation drawn;
        drawn.kind = static_cast<int>(below(15));
        drawn.instance = "p/" + std::to_string(below(8));
        drawn.text = "t" + std::to_string(below(3));
        drawn.unit = below(2) == 0 ? "" : "u" + std::to_string(below(2));
        drawn.revision = below(5);
        drawn.ordinal = below(3);
        drawn.serial = ++drawn_;
        drawn.size = below(8) == 0 ? below(20'000) : below(600);
        return drawn;
    }

private:
    std::int64_t drawn_ = 0;
    std::mt19937 generator_;  // its numbers are the same on every platform
};

/// Empty, or the word for the error that it met.
std::string apply(Transaction& transaction, const Operation& o) {
    const std::string body(o.size, static_cast<char>('a' + o.ordinal));
    try {
        switch (o.kind) {
            case 0:
            case 1: {
                const auto stored = transaction.instance(o.instance);
                const std::uint64_t revision = stored ? stored->revision : 0;
                transaction.put_instance(o.instance, revision, {revision + 1, body});
                transaction.append_history(o.instance, {revision + 1, body, o.unit});
                break;
            }
            case 2:
                transaction.put_instance(o.instance, o.revision, {o.revision + 1, body});
                break;
            case 3:
                transaction.append_history(o.instance, {o.revision + 1, body, o.text});
                break;
            case 4:
                transaction.put_due({o.ordinal, o.instance, o.ordinal, 1});
                break;
            case 5:
                transaction.erase_due({o.ordinal, o.instance, o.ordinal, 1});
                break;
            case 6:
                transaction.put_work({o.text, "p/s", o.unit, o.ordinal, o.instance, o.ordinal});
                break;
            case 7:
                transaction.erase_work({o.text, "p/s", o.unit, o.ordinal, o.instance, o.ordinal});
                break;
            case 8:
                transaction.put_dispatch({o.instance, o.revision + 1, o.ordinal, body});
                break;
            case 9:
                transaction.erase_dispatch({o.instance, o.revision + 1, o.ordinal, ""});
                break;
            case 10:
                transaction.put_secret(o.instance, {o.text, body});
                break;
            case 11:
                transaction.erase_secret(o.instance, o.text);
                break;
            case 12:
                transaction.put_effect({o.ordinal, o.instance, o.revision + 1, 0, 0, body});
                break;
            case 13:
                transaction.erase_effect({o.ordinal, o.instance, o.revision + 1, 0, 0, ""});
                break;
            case 14: {
                const StoredEffect from{o.ordinal, o.instance, o.revision + 1, 0, 0, ""};
                return transaction.move_effect(from, 10 + o.serial, 1) ? "moved" : "gone";
            }
            default:
                break;
        }
    } catch (const Error& error) {
        return to_string(error.code());
    }
    return {};
}

/// Everything that can be asked, as text.
std::string contents(Transaction& transaction) {
    std::string all;
    const auto add = [&all](const auto&... parts) {
        ((all += parts, all += '|'), ...);
        all += '\n';
    };
    for (int number = 0; number < 8; ++number) {
        const std::string id = "p/" + std::to_string(number);
        if (const auto row = transaction.instance(id)) {
            add("instance", id, std::to_string(row->revision), row->body);
        }
        for (const auto& row : transaction.history(id, 0, 1'000)) {
            add("history", id, std::to_string(row.revision), row.request, row.body);
        }
        for (const auto& row : transaction.dispatches(id, 1'000)) {
            add("dispatch", id, std::to_string(row.revision), std::to_string(row.number), row.body);
        }
        for (const auto& row : transaction.secrets(id)) add("secret", id, row.digest, row.body);
        for (const char* text : {"", "t0", "t1", "t2", "u0", "u1"}) {
            if (const auto row = transaction.request(id, text)) {
                add("request", id, text, std::to_string(*row));
            }
        }
    }
    for (const auto& row : transaction.due(100, {}, 1'000)) {
        add("due", std::to_string(row.due), row.instance, std::to_string(row.ordinal));
    }
    for (const char* role : {"t0", "t1", "t2"}) {
        for (const char* unit : {"", "u0", "u1"}) {
            for (const auto& row : transaction.work(role, "p/s", unit, {}, 1'000)) {
                add("work", role, unit, std::to_string(row.due), row.instance,
                    std::to_string(row.ordinal));
            }
        }
    }
    for (const auto& row : transaction.effects(100'000, {}, 1'000)) {
        add("effect", std::to_string(row.at), row.instance, std::to_string(row.revision),
            std::to_string(row.number), std::to_string(row.tries), row.body);
    }
    return all;
}

void compare(const std::vector<std::unique_ptr<test::Subject>>& subjects) {
    const std::string expected = contents(*subjects[0]->store().begin(Access::read));
    for (std::size_t index = 1; index < subjects.size(); ++index) {
        INFO(subjects[index]->name());
        const std::string found = contents(*subjects[index]->store().begin(Access::read));
        REQUIRE((found == expected));  // in brackets: megabytes are not worth printing
    }
}

}  // namespace

TEST_CASE("random transactions leave the same rows in every kind of store") {
    const std::uint32_t seed = GENERATE(range(1u, 9u));
    INFO("seed " << seed);
    Dice dice(seed);
    std::vector<std::unique_ptr<test::Subject>> subjects;
    for (const auto& kind : test::subject_kinds()) subjects.push_back(kind.make());
    for (int round = 0; round < 60; ++round) {
        std::vector<Operation> operations(1 + dice.below(6));
        for (auto& operation : operations) operation = dice.operation();
        const bool commits = dice.below(4) != 0;
        std::vector<std::string> answers(subjects.size());
        for (std::size_t index = 0; index < subjects.size(); ++index) {
            const auto transaction = subjects[index]->store().begin(Access::write);
            for (const auto& operation : operations) {
                answers[index] += apply(*transaction, operation) + ";";
            }
            const bool refused = answers[index].find("conflict") != std::string::npos;
            if (commits && !refused) transaction->commit();
        }
        for (const auto& answer : answers) REQUIRE(answer == answers[0]);
        if (round % 7 == 6) {
            for (const auto& subject : subjects) subject->reopen();
        }
        compare(subjects);
    }
}
