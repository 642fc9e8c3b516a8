// Work that is drafted beside who leads: kept only where nobody has changed what it rests on.
#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <thread>

#include "engine/commits.hpp"
#include "support/temporary_folder.hpp"
#include "workflow/error.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

std::string body_of(Store& store, const std::string& id) {
    const auto found = store.begin(Store::Access::read)->instance(id);
    return found ? found->body : "none";
}

void put(Store& store, const std::string& id, std::uint64_t revision, const std::string& body) {
    const auto transaction = store.begin(Store::Access::write);
    transaction->put_instance(id, revision - 1, {revision, body});
    transaction->append_history(id, {revision, body, "r" + std::to_string(revision)});
    transaction->commit();
}

/// Two calls in one batch: the first waits until the second is drafted by another thread.
class Pair {
public:
    explicit Pair(Store& store) : commits_(store, metrics_, nobody_) {}

    /// How often `second` was drafted, and how often done by who leads.
    std::pair<int, int> run(const engine::Work& first,
                            const std::function<bool(Transaction&)>& second) {
        commits_.post(
            [&](Transaction& transaction) {
                const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
                while (drafted_ == 0 && std::chrono::steady_clock::now() < until) {
                    std::this_thread::yield();
                }
                return first(transaction);
            },
            [](const std::exception_ptr&) {});
        commits_.post(
            [&](Transaction& transaction) {
                const bool is_draft = dynamic_cast<engine::Draft*>(&transaction) != nullptr;
                ++(is_draft ? drafted_ : done_);
                return second(transaction);
            },
            [&](const std::exception_ptr& error) { thrown_ = error != nullptr; });
        std::thread other([&] { commits_.run_posted(); });
        commits_.run_posted();
        other.join();
        return {drafted_, done_};
    }
    [[nodiscard]] bool thrown() const { return thrown_; }

private:
    engine::Metrics metrics_;
    LogSink nobody_;
    engine::Commits commits_;
    std::atomic<int> drafted_ = 0;
    std::atomic<int> done_ = 0;
    std::atomic<bool> thrown_ = false;
};

using Counts = std::pair<int, int>;

}  // namespace

TEST_CASE("a draft reads what it writes, and nobody else does until it is written") {
    const TemporaryFolder folder;
    const auto store = open_sqlite_store(folder.file("store.db"));
    put(*store, "p/1", 1, "one");
    const auto snapshot = store->begin(Store::Access::read);
    engine::Draft draft(*snapshot);
    CHECK(draft.instance("p/1")->body == "one");
    CHECK(draft.request("p/1", "r1") == 1U);
    CHECK_FALSE(draft.request("p/1", "r2").has_value());
    draft.put_instance("p/1", 1, {2, "two"});
    draft.append_history("p/1", {2, "two", "r2"});
    draft.put_due({7, "p/1", 1, 1});
    CHECK(draft.writes() == 3);
    CHECK(draft.instance("p/1")->body == "two");
    CHECK(draft.history("p/1", 0, 9).size() == 2);
    CHECK(draft.history("p/1", 0, 1).size() == 1);
    CHECK(body_of(*store, "p/1") == "one");
    const auto transaction = store->begin(Store::Access::write);
    CHECK(draft.holds_in(*transaction));
    draft.write_to(*transaction);
    CHECK_FALSE(draft.holds_in(*transaction));
    transaction->commit();
    CHECK(body_of(*store, "p/1") == "two");
    const auto after = store->begin(Store::Access::read);
    CHECK(after->history("p/1", 0, 9).size() == 2);
    CHECK(after->due(9, {}, 9).size() == 1);
}

TEST_CASE("a draft is about one instance, and gives up where it is asked for more") {
    const TemporaryFolder folder;
    const auto store = open_sqlite_store(folder.file("store.db"));
    const auto snapshot = store->begin(Store::Access::read);
    engine::Draft draft(*snapshot);
    CHECK_FALSE(draft.instance("p/1").has_value());
    using Lost = engine::Draft::NotToBeDrafted;
    CHECK_THROWS_AS(draft.instance("p/2"), Lost);
    CHECK_THROWS_AS(draft.put_instance("p/2", 0, {1, "one"}), Lost);
    CHECK_THROWS_AS(draft.delegations_to("an"), Lost);
    CHECK_THROWS_AS(draft.claim_due({1, "p/1", 1, 1}), Lost);
    CHECK_THROWS_AS(draft.commit(), Lost);
    CHECK_THROWS_AS(Part(draft), Lost);
    draft.put_instance("p/1", 0, {1, "one"});
    CHECK_THROWS_AS(draft.put_instance("p/1", 1, {2, "two"}), Lost);
    // Nothing was there, so nothing may be there.
    CHECK(draft.holds_in(*store->begin(Store::Access::write)));
    put(*store, "p/1", 1, "another's");
    CHECK_FALSE(draft.holds_in(*store->begin(Store::Access::write)));
}

TEST_CASE("what was drafted is kept where it still holds, and else done again by who leads") {
    if (std::thread::hardware_concurrency() < 2) {
        WARN("one processor: nothing is drafted");
        return;
    }
    const TemporaryFolder folder;
    const auto store = open_sqlite_store(folder.file("store.db"));
    put(*store, "p/1", 1, "1");
    Pair pair(*store);
    const auto add_one = [](Transaction& transaction) {
        const auto found = transaction.instance("p/1");
        transaction.put_instance("p/1", found->revision,
                                 {found->revision + 1, std::to_string(std::stoi(found->body) + 1)});
        return true;
    };
    const engine::Work nothing = [](Transaction&) { return false; };
    SECTION("nobody else has changed it") {
        CHECK(pair.run(nothing, add_one) == Counts{1, 0});
        CHECK(body_of(*store, "p/1") == "2");
    }
    SECTION("who came before has changed it") {
        CHECK(pair.run(add_one, add_one) == Counts{1, 1});
        CHECK(body_of(*store, "p/1") == "3");
    }
    SECTION("a refusal is nobody's but his who leads") {
        const auto refuses_one = [](Transaction& transaction) {
            return transaction.instance("p/1")->body != "1";
        };
        CHECK(pair.run(add_one, refuses_one) == Counts{1, 1});
        CHECK(body_of(*store, "p/1") == "2");
    }
    SECTION("nor is an error") {
        const auto fails = [](Transaction& transaction) -> bool {
            if (transaction.instance("p/1")->body == "1") throw Error(ErrorCode::internal, "1");
            return true;
        };
        CHECK(pair.run(add_one, fails) == Counts{1, 1});
        CHECK_FALSE(pair.thrown());
        CHECK(body_of(*store, "p/1") == "2");
    }
    SECTION("what asks for more than its instance is not drafted") {
        const auto asks = [&](Transaction& transaction) {
            (void)transaction.delegations_to("an");
            return add_one(transaction);
        };
        CHECK(pair.run(nothing, asks) == Counts{1, 1});
        CHECK(body_of(*store, "p/1") == "2");
    }
}

TEST_CASE("nothing is drafted where a reader would wait for who writes") {
    const auto store = make_memory_store();
    CHECK_FALSE(store->reads_beside_writer());
    const TemporaryFolder folder;
    CHECK(open_sqlite_store(folder.file("store.db"))->reads_beside_writer());
}
