// Files of dossiers: all of a store, what has ended, and back; and files that are not to be trusted.
#include <filesystem>
#include <fstream>

#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const char* const permit = R"(
procedure: permit
version: 1
title: Permit
calendar: vn-state
roles: {officer: Officer}
data:
  phone: {type: optional text, sensitive: true}
  code: {type: optional text, indexed: true}
input: [phone, code]
messages: {paid: {key: code, keep: true, fields: {}}}
sla: 5 working days
states:
  work:
    task: officer
    sla: {limit: 3 working days, moments: {1 working day before: {notify: officer}}}
    actions: {ask: register, drop: {end: dropped}, tell: {to: work, send: {message: paid, instance: "'permit/b'"}}}
  register: {service: register, to: {end: granted}}
outcomes: {dropped: Dropped, granted: Granted}
)";

const Actor officer = actor("an", "officer");

/// Dossiers of all kinds: on a state, with a service that is asked, with something on its way, ended.
void fill(Office& office) {
    office.add(permit);
    for (const char* key : {"a", "b", "c", "d"}) {
        REQUIRE(office.start("permit", key, {{"phone", "0912"}, {"code", key}}) == "done");
    }
    REQUIRE(office.perform("permit/b", officer, "ask") == "done");
    REQUIRE(office.perform("permit/c", officer, "tell") == "done");
    REQUIRE(office.perform("permit/d", officer, "drop") == "done");
    REQUIRE(std::get<Delivered>(office.engine->send(Message{.message = "paid", .key = "z"})).how ==
            Delivered::How::kept);
    office.engine->put_delegation({.delegator = "an",
                                   .delegate = "binh",
                                   .roles = {"officer"},
                                   .since = at("2017-04-26 00:00"),
                                   .until = at("2017-04-28 00:00"),
                                   .entered_by = "lan"});
}

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// An empty store, and an engine on it.
struct Other {
    std::shared_ptr<Store> store = make_memory_store();
    Engine engine;
    explicit Other(const Office& office) : engine(store, office.clock) {}
};

std::string error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return std::string(to_string(error.code())) + ": " + error.what();
    }
    return {};
}

Strings listed(Engine& engine) {
    Strings all;
    for (const std::string& id : engine.instances()) {
        const Instance instance = engine.get(id).instance;
        all.push_back(id + " " + std::to_string(instance.revision));
    }
    for (const auto& effect : engine.pending_effects()) all.push_back("effect " + effect.instance);
    for (const auto& item : engine.closed("permit", "dropped").items) {
        all.push_back("closed " + item.instance);
    }
    for (const std::string& id : engine.find("permit", "code", Value("a")).instances) {
        all.push_back("found " + id);
    }
    for (const auto& item : engine.worklist(officer).items) all.push_back("work " + item.instance);
    all.push_back(std::to_string(engine.delegations().delegations.size()) + " delegations");
    all.push_back(std::to_string(engine.standing_counts("permit").size()) + " counts");
    all.push_back(std::to_string(engine.next_due()->time_since_epoch().count()));
    return all;
}

}  // namespace

TEST_CASE("all of a store goes through a file into another one, and nothing is lost") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    fill(office);
    const TemporaryFolder folder;
    const std::string file = folder.file("all.transfer");
    const TransferReport written = office.engine->export_to(file);
    CHECK(written.definitions == 2);
    CHECK(written.instances == 4);
    CHECK(written.steps == 7);
    CHECK(written.secrets == 4);
    CHECK(written.dispatches == 1);
    CHECK(written.messages == 1);
    CHECK(written.effects == 1);
    CHECK(written.closed == 1);
    CHECK(written.delegations == 1);
    CHECK(written.bytes == std::filesystem::file_size(file));
    CHECK(error_of([&] { (void)office.engine->export_to(file); }).find("is there already") !=
          std::string::npos);
    Other other(office);
    std::size_t told = 0;
    CHECK(other.engine.import_from(file, [&](std::size_t done) { told = done; }) == written);
    CHECK(told == 4);
    CHECK(listed(other.engine) == listed(*office.engine));
    CHECK(other.engine.verify().faults.empty());
    CHECK(other.engine.verify().instances == 4);
    // It goes on there as it would have here: what is on its way, timers, the service's answer.
    const DueReport here = office.engine->run_due();
    const DueReport there = other.engine.run_due();
    CHECK(there.delivered + there.undelivered == 1);
    CHECK(there.delivered == here.delivered);
    CHECK(there.fired == here.fired);
    office.set("2017-05-20 09:00");
    CHECK(other.engine.run_due().fired == office.engine->run_due().fired);
    const auto service = other.engine.get("permit/b").instance.tokens.front().ordinal;
    CHECK(Office::word(other.engine.send("permit/b", EffectResult{.token = service})) == "done");
    CHECK(other.engine.get("permit/a").instance.data[0].sealed() != nullptr);
    CHECK(other.engine.get("permit/a").instance.data[0].open() == Value("0912"));
}

TEST_CASE("what was brought before is left, and what differs is refused before anything is brought") {
    Office office;
    fill(office);
    const TemporaryFolder folder;
    const std::string file = folder.file("all.transfer");
    (void)office.engine->export_to(file);
    Other other(office);
    (void)other.engine.import_from(file);
    CHECK(other.engine.import_from(file).already_there == 4);
    CHECK(listed(other.engine) == listed(*office.engine));
    REQUIRE(office.start("permit", "e") == "done");
    const std::string later = folder.file("later.transfer");
    (void)office.engine->export_to(later);
    REQUIRE(Office::word(other.engine.perform("permit/a", {"drop", officer, {}, {}})) == "done");
    CHECK(error_of([&] { (void)other.engine.import_from(later); }) ==
          "conflict: 'permit/a' is in the store with other contents; nothing was brought");
    CHECK(other.engine.instances().size() == 4);
}

TEST_CASE("a file in which a byte is changed, lost or added is refused, and nothing is brought") {
    Office office;
    fill(office);
    const TemporaryFolder folder;
    const std::string file = folder.file("all.transfer");
    (void)office.engine->export_to(file);
    const std::string whole = bytes_of(file);
    const std::string broken = folder.file("broken.transfer");
    std::size_t refused = 0;
    const std::size_t stride = whole.size() / 97;
    for (std::size_t at = 0; at < whole.size(); at += stride) {
        for (const int how : {0, 1, 2}) {
            std::string bytes = whole;
            if (how == 0) bytes[at] = static_cast<char>(bytes[at] ^ 0x15);
            if (how == 1) bytes.resize(at);
            if (how == 2) bytes.insert(at, 1, 'x');
            write_bytes(broken, bytes);
            Other other(office);
            const std::string why = error_of([&] { (void)other.engine.import_from(broken); });
            CAPTURE(at, how, why);
            CHECK((why.starts_with("corrupt: ") || why.starts_with("unsupported: ")));
            CHECK(other.engine.instances().empty());
            ++refused;
        }
    }
    CHECK(refused > 250);
    write_bytes(broken, whole + "x");
    Other other(office);
    CHECK(error_of([&] { (void)other.engine.import_from(broken); }).find("behind its end") !=
          std::string::npos);
    CHECK(error_of([&] { (void)other.engine.import_from(folder.file("none")); })
              .starts_with("storage: "));
    CHECK(error_of([&] { (void)other.engine.import_from(shipped("README.md").string()); })
              .find("no file that an export or archive wrote") != std::string::npos);
}

TEST_CASE("what ended long ago goes into an archive, which is verified by itself") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    fill(office);
    office.set("2017-05-20 09:00");
    REQUIRE(office.perform("permit/a", officer, "drop") == "done");
    const TemporaryFolder folder;
    const std::string file = folder.file("2017-04.transfer");
    const TransferReport written = office.engine->archive(file, at("2017-05-01 00:00"));
    CHECK(written.instances == 1);
    CHECK(written.steps == 2);
    CHECK(office.engine->instances() == Strings{"permit/a", "permit/b", "permit/c"});
    CHECK_THROWS_AS(office.engine->get("permit/d"), Error);
    CHECK(office.engine->find("permit", "code", Value("d")).instances.empty());
    CHECK(office.store->begin(Store::Access::read)->secrets("permit/d").empty());
    // Statistics keep it, and the rest verifies.
    CHECK(office.engine->closed("permit", "dropped").items.size() == 2);
    CHECK(office.engine->verify().faults.empty());
    Other other(office);
    (void)other.engine.import_from(file);
    CHECK(other.engine.instances() == Strings{"permit/d"});
    const VerifyReport verified = other.engine.verify();
    CHECK(verified.faults.empty());
    CHECK(verified.run_again == 2);
    // What is to be erased in it: brought, erased, archived again.
    REQUIRE(Office::word(other.engine.erase("permit/d", {"phone"}, actor("lan", "operator"),
                                            "asked")) == "done");
    const std::string again = folder.file("again.transfer");
    CHECK(other.engine.archive(again, at("2017-05-01 00:00")).secrets == 0);
    CHECK(bytes_of(file).find("0912") != std::string::npos);
    CHECK(bytes_of(again).find("0912") == std::string::npos);
    Other last(office);
    (void)last.engine.import_from(again);
    CHECK(last.engine.verify().erasures.size() == 1);
    CHECK(last.engine.verify().faults.empty());
    // Nothing is old enough: an archive of nothing.
    CHECK(office.engine->archive(folder.file("none.transfer"), at("2017-05-01 00:00")).instances == 0);
}

TEST_CASE("what somebody waits for is not archived") {
    Office office;
    office.add("procedure: inner\nversion: 1\ntitle: Inner\ncalendar: vn-state\n"
               "roles: {officer: Officer}\nstates:\n  work: {task: officer, "
               "actions: {done: {end: done, notify: officer}}}\noutcomes: {done: Done}\n");
    office.add("procedure: outer\nversion: 1\ntitle: Outer\ncalendar: vn-state\n"
               "roles: {officer: Officer}\nstates:\n  inside: {call: inner, to: after}\n"
               "  after: {task: officer, to: {end: done}}\noutcomes: {done: Done}\n");
    REQUIRE(office.start("outer", "a") == "done");
    (void)office.engine->run_due();
    const Strings ids = office.engine->instances();
    REQUIRE(ids.size() == 2);
    REQUIRE(office.perform(ids[0], officer, "done") == "done");
    (void)office.engine->run_due();
    const TemporaryFolder folder;
    office.set("2017-06-20 09:00");
    CHECK(office.engine->archive(folder.file("1"), at("2017-06-01 00:00")).instances == 0);
    REQUIRE(office.perform("outer/a", officer, "done") == "done");
    office.set("2017-07-20 09:00");
    // A notice of the inner one waits for whoever delivers it.
    CHECK(office.engine->archive(folder.file("2"), at("2017-07-01 00:00")).instances == 1);
    for (const auto& one : office.engine->pending_effects()) office.engine->acknowledge(one);
    CHECK(office.engine->archive(folder.file("3"), at("2017-07-01 00:00")).instances == 1);
    CHECK(office.engine->instances().empty());
}
