// Whatever was changed behind the engine's back is found and named; anchors find what the chain
// alone cannot.
#include "record/record.hpp"
#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

using Fault = VerifyReport::Fault;
using Rows = std::vector<StoredHistory>;

const Actor officer = actor("an", "officer");
const std::string dossier = "two_steps/1";

void walk(Office& office, const std::string& key = "1") {
    office.set("2017-04-25 09:00");
    REQUIRE(office.start("two_steps", key) == "done");
    office.set("2017-05-03 08:00");
    REQUIRE(office.engine->run_due().fired == 1);
    REQUIRE(office.perform("two_steps/" + key, officer, "go", {{"note", "ok"}}) == "done");
    REQUIRE(office.perform("two_steps/" + key, actor("chi", "head"), "done") == "done");
}

/// What a store holds of dossiers, to be written anew as somebody wants it.
struct Copy {
    struct Kept {
        std::string id;
        std::optional<StoredInstance> instance;
        Rows rows;
    };
    std::vector<StoredDefinition> definitions;
    std::vector<Kept> dossiers;

    explicit Copy(Store& store) {
        const auto transaction = store.begin(Store::Access::read);
        definitions = transaction->definitions();
        for (const std::string& id : transaction->instances({}, 100)) {
            dossiers.push_back({id, transaction->instance(id), transaction->history(id, 0, 100)});
        }
    }

    [[nodiscard]] std::shared_ptr<Store> store() const {
        std::shared_ptr<Store> made = make_memory_store();
        const auto transaction = made->begin(Store::Access::write);
        for (const auto& definition : definitions) transaction->put_definition(definition);
        for (const Kept& one : dossiers) {
            if (one.instance) transaction->put_instance(one.id, 0, *one.instance);
            for (const StoredHistory& row : one.rows) transaction->append_history(one.id, row);
        }
        transaction->commit();
        return made;
    }

    [[nodiscard]] VerifyReport verify() const {
        return Engine(store(), std::make_shared<SystemClock>()).verify();
    }

    [[nodiscard]] std::vector<Fault> compare(const std::vector<Anchor>& anchors) const {
        return Engine(store(), std::make_shared<SystemClock>()).compare(anchors);
    }

    /// Each row chained to the one before it, and the dossier to the last, as a forger would.
    void chain_again() {
        Digest head{};
        for (StoredHistory& row : dossiers[0].rows) {
            HistoryEntry entry = record::decode_history(row.body, {});
            entry.previous = head;
            row.body = record::encode(entry);
            head = sha256(row.body);
        }
        std::copy(head.begin(), head.end(), dossiers[0].instance->body.begin());
    }
};

/// `3 changed`, one after the other.
std::string told(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) {
        text += (text.empty() ? "" : ", ") + std::to_string(fault.revision) + ' ' +
                to_string(fault.kind);
    }
    return text;
}

Copy walked() {
    Office office(Kept::in_memory);
    office.add(two_steps);
    walk(office);
    return Copy(*office.store);
}

bool names(const std::vector<Fault>& faults, Revision revision) {
    return std::any_of(faults.begin(), faults.end(),
                       [&](const Fault& fault) { return fault.revision == revision; });
}

}  // namespace

TEST_CASE("a store that nobody touched verifies, batch after batch") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(two_steps);
    for (const char* key : {"1", "2", "3"}) walk(office, key);
    office.reopen();
    const VerifyReport all = office.engine->verify();
    CHECK(told(all.faults).empty());
    CHECK(all.finished);
    CHECK(all.instances == 3);
    CHECK(all.rows == 12);
    CHECK(all.run_again == 12);
    std::size_t instances = 0;
    VerifyReport batch;
    while (!batch.finished) {
        batch = office.engine->verify(batch.cursor, 2);
        instances += batch.instances;
        CHECK(batch.instances <= 2);
    }
    CHECK(instances == 3);
    CHECK(office.engine->verify_one(dossier).rows == 4);
    CHECK_THROWS_AS(office.engine->verify_one("two_steps/none"), Error);
}

TEST_CASE("whichever byte of whichever row is changed, that row is named") {
    const Copy sound = walked();
    for (std::size_t row = 0; row < sound.dossiers[0].rows.size(); ++row) {
        const std::size_t size = sound.dossiers[0].rows[row].body.size();
        for (std::size_t byte = 0; byte < size; ++byte) {
            Copy copy = sound;
            copy.dossiers[0].rows[row].body[byte] ^= 1;
            const VerifyReport report = copy.verify();
            CAPTURE(row, byte, told(report.faults));
            CHECK(names(report.faults, row + 1));
            // No other row is blamed.
            for (Revision other = 1; other <= 4; ++other) {
                if (other != row + 1) CHECK_FALSE(names(report.faults, other));
            }
        }
    }
}

TEST_CASE("whichever byte of the dossier's own row is changed, it is found") {
    const Copy sound = walked();
    for (std::size_t byte = 0; byte < sound.dossiers[0].instance->body.size(); ++byte) {
        Copy copy = sound;
        copy.dossiers[0].instance->body[byte] ^= 1;
        CAPTURE(byte);
        CHECK_FALSE(copy.verify().faults.empty());
    }
}

TEST_CASE("rows that are missing are named, in the middle, at both ends and all of them") {
    const Copy sound = walked();
    for (std::size_t row = 0; row < 4; ++row) {
        Copy copy = sound;
        copy.dossiers[0].rows.erase(copy.dossiers[0].rows.begin() +
                                    static_cast<std::ptrdiff_t>(row));
        CHECK(told(copy.verify().faults) == std::to_string(row + 1) + " missing");
    }
    Copy none = sound;
    none.dossiers[0].rows.clear();
    CHECK(told(none.verify().faults) == "1 missing");
}

TEST_CASE("rows that were swapped or taken from another dossier are named") {
    Office office(Kept::in_memory);
    office.add(two_steps);
    walk(office, "1");
    walk(office, "2");
    Copy swapped(*office.store);
    std::swap(swapped.dossiers[0].rows[1].body, swapped.dossiers[0].rows[2].body);
    CHECK(told(swapped.verify().faults) == "2 misplaced, 3 misplaced");

    Copy moved(*office.store);
    moved.dossiers[0].rows[2].body = moved.dossiers[1].rows[2].body;
    CHECK(told(moved.verify().faults) == "3 changed");

    Copy exchanged(*office.store);
    std::swap(exchanged.dossiers[0].rows, exchanged.dossiers[1].rows);
    CHECK_FALSE(exchanged.verify().faults.empty());
    std::swap(exchanged.dossiers[0].instance, exchanged.dossiers[1].instance);
    const auto faults = exchanged.verify().faults;
    REQUIRE(faults.size() == 2);
    CHECK(faults[0].instance == "two_steps/1");
    CHECK(faults[1].instance == "two_steps/2");
}

TEST_CASE("a row that says more than its step does is forged, however well it is chained") {
    Copy copy = walked();
    HistoryEntry entry = record::decode_history(copy.dossiers[0].rows[2].body, {});
    std::get<Perform>(entry.event).fields = {{"note", "as I like it"}};
    copy.dossiers[0].rows[2].body = record::encode(entry);
    copy.chain_again();
    CHECK(told(copy.verify().faults) == "3 forged");
}

TEST_CASE("anchors find what was cut off, written anew or taken away, and later rows are none of it") {
    Office office(Kept::in_memory);
    office.add(two_steps);
    office.set("2017-04-25 09:00");
    REQUIRE(office.start("two_steps", "1") == "done");
    const Copy early(*office.store);
    const auto early_anchors = office.engine->anchors();
    REQUIRE(early_anchors.size() == 1);
    CHECK(early_anchors[0].revision == 1);
    office.set("2017-05-03 08:00");
    REQUIRE(office.engine->run_due().fired == 1);
    REQUIRE(office.perform(dossier, officer, "go") == "done");
    const auto anchors = office.engine->anchors();
    CHECK(office.engine->compare(early_anchors).empty());
    CHECK(office.engine->compare(anchors).empty());

    // The whole store as it was before: nothing is wrong with it by itself.
    CHECK(early.verify().faults.empty());
    CHECK(told(early.compare(anchors)) == "2 truncated");

    // Another officer did it, and everything was lived through again.
    Office other(Kept::in_memory);
    other.add(two_steps);
    other.set("2017-04-25 09:00");
    REQUIRE(other.start("two_steps", "1") == "done");
    other.set("2017-05-03 08:00");
    REQUIRE(other.engine->run_due().fired == 1);
    REQUIRE(other.perform(dossier, actor("binh", "officer"), "go") == "done");
    CHECK(other.engine->verify().faults.empty());
    CHECK(told(other.engine->compare(anchors)) == "3 rewritten");

    Office empty(Kept::in_memory);
    CHECK(told(empty.engine->compare(anchors)) == "0 missing");
}

TEST_CASE("anchors are written as text and read again; another file is refused by its line") {
    Office office(Kept::in_memory);
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "hồ sơ 1") == "done");
    const auto anchors = office.engine->anchors();
    CHECK(parse_anchors(to_text(anchors)) == anchors);
    CHECK(parse_anchors(to_text({})).empty());
    const std::string sound = to_text(anchors);
    for (const std::string& text :
         {std::string(), std::string("anything\n"), sound + "\n", sound + "abc\n",
          sound + std::string(64, 'g') + " 1 a/1\n", sound + std::string(64, '0') + " 0 a/1\n",
          sound + std::string(64, '0') + " 1\n", sound + std::string(64, '0') + " x a/1\n"}) {
        try {
            (void)parse_anchors(text);
            FAIL("read: " << text);
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::misuse);
            CHECK(std::string(error.what()).substr(0, 5) == "line ");
        }
    }
}
