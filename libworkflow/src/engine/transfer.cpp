// All of a store in a file, what has ended long ago in a file, and back.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/implementation.hpp"
#include "engine/transfer_file.hpp"
#include "engine/transfer_rows.hpp"
#include "procedure/model.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

using namespace engine;

/// Reads page after page and gives each row to `use`.
template <class Page, class Use>
void each_row(Page page, Use use) {
    using Rows = decltype(page(std::nullopt));
    std::optional<typename Rows::value_type> after;
    while (true) {
        const Rows rows = page(after);
        for (const auto& row : rows) use(row);
        if (rows.size() < limits::page_rows_max) return;
        after = rows.back();
    }
}

/// Returns at which revision it was written.
Revision write_instance(TransferWriter& out, Transaction& transaction, const std::string& id) {
    const auto row = transaction.instance(id);
    if (!row) throw Error(ErrorCode::conflict, "'" + printable(id) + "' is gone meanwhile");
    out.write(Block::instance, transfer_bytes(TransferInstance{id, *row}));
    each_history(transaction, id, [&](const StoredHistory& step) {
        out.write(Block::history, transfer_bytes(step));
    });
    for (const StoredSecret& secret : transaction.secrets(id)) {
        out.write(Block::secret, transfer_bytes(secret));
    }
    for (const StoredDispatch& dispatch : transaction.dispatches(id, SIZE_MAX)) {
        out.write(Block::dispatch, transfer_bytes(dispatch));
    }
    return row->revision;
}

void write_definitions(TransferWriter& out, Transaction& transaction) {
    for (const StoredDefinition& row : transaction.definitions()) {
        out.write(Block::definition, transfer_bytes(row));
    }
}

template <class Use>
void each_closed(Definitions& definitions, Transaction& transaction, Use use) {
    std::set<std::string> procedures;
    for (const auto& procedure : definitions.procedures()) procedures.insert(procedure->id());
    for (const std::string& procedure : procedures) {
        for (const std::string& outcome : transaction.closed_outcomes(procedure)) {
            each_row(
                [&](const std::optional<StoredClosed>& after) {
                    return transaction.closed(procedure, outcome, after, limits::page_rows_max);
                },
                use);
        }
    }
}

/// An instance of a file with all that belongs to it.
struct Package {
    TransferInstance instance;
    std::vector<StoredHistory> history;
    std::vector<StoredSecret> secrets;
    std::vector<StoredDispatch> dispatches;
};

[[noreturn]] void refuse(const Package& package, const std::string& why) {
    throw Error(ErrorCode::corrupt, "'" + printable(package.instance.id) +
                                        "' in the file is not whole: " + why);
}

/// Each step rests on the one before, and the instance on the last.
void check(const Package& package) {
    const StoredInstance& row = package.instance.row;
    Digest previous{};
    Digest instance_after{};
    Revision revision = 0;
    for (const StoredHistory& step : package.history) {
        const HistoryEntry entry = record::decode_history(step.body, {});
        const bool follows = step.revision == ++revision && entry.revision == revision &&
                             entry.request == step.request && entry.previous == previous;
        if (!follows) refuse(package, "its history breaks at revision " + std::to_string(revision));
        previous = sha256(step.body);
        instance_after = entry.instance_after;
    }
    if (revision == 0) refuse(package, "it has no history");
    for (const StoredSecret& secret : package.secrets) {
        if (secret.digest.size() != sizeof(Digest)) refuse(package, "a sensitive value has no digest");
    }
    const std::string_view head(reinterpret_cast<const char*>(previous.data()), previous.size());
    const std::string_view body = row.body;
    const bool ends_there = row.revision == revision && body.starts_with(head) &&
                            sha256(body.substr(head.size())) == instance_after;
    if (!ends_there) refuse(package, "it does not stand where its history ends");
}

/// Reads a file block by block: whole instances, and the rest as it comes.
template <class OnInstance, class OnOther>
TransferReport read_file(const std::string& path, OnInstance on_instance, OnOther on_other) {
    TransferReader reader(path);
    std::unique_ptr<Package> open;
    const auto close = [&] {
        if (open == nullptr) return;
        check(*open);
        on_instance(*open);
        open.reset();
    };
    while (const auto block = reader.next()) {
        const bool belongs = block->kind == Block::history || block->kind == Block::secret ||
                             block->kind == Block::dispatch;
        if (!belongs) {
            close();
        } else if (open == nullptr) {
            throw Error(ErrorCode::corrupt,
                        "'" + printable(path) + "' holds a row that belongs to no instance");
        }
        switch (block->kind) {
            case Block::instance:
                open = std::make_unique<Package>();
                open->instance = transferred<TransferInstance>(block->payload);
                break;
            case Block::history:
                open->history.push_back(transferred<StoredHistory>(block->payload));
                break;
            case Block::secret:
                open->secrets.push_back(transferred<StoredSecret>(block->payload));
                break;
            case Block::dispatch:
                open->dispatches.push_back(transferred<StoredDispatch>(block->payload));
                open->dispatches.back().instance = open->instance.id;
                break;
            default:
                on_other(*block);
        }
    }
    close();
    return reader.report();
}

bool is_same(const std::optional<StoredInstance>& stored, const Package& package) {
    return stored->revision == package.instance.row.revision &&
           stored->body == package.instance.row.body;
}

void put_package(Definitions& definitions, Transaction& transaction, const Package& package) {
    const std::string& id = package.instance.id;
    transaction.put_instance(id, 0, package.instance.row);
    for (const StoredHistory& step : package.history) transaction.append_history(id, step);
    for (const StoredSecret& secret : package.secrets) transaction.put_secret(id, secret);
    const Loaded loaded = load(definitions, transaction, id);
    write_index(transaction, id, loaded.procedure->model(), {}, rows_of(loaded));
    for (const StoredDispatch& dispatch : package.dispatches) transaction.put_dispatch(dispatch);
    if (package.dispatches.empty()) return;
    transaction.put_due(
        {milliseconds_of(loaded.instance.last_now), id, dispatch_ordinal, 0});
}

void put_other(Transaction& transaction, const TransferBlock& block) {
    switch (block.kind) {
        case Block::definition:
            transaction.put_definition(transferred<StoredDefinition>(block.payload));
            break;
        case Block::message:
            transaction.put_message(transferred<StoredMessage>(block.payload));
            break;
        case Block::effect:
            transaction.put_effect(transferred<StoredEffect>(block.payload));
            break;
        case Block::closed:
            transaction.put_closed(transferred<StoredClosed>(block.payload));
            break;
        case Block::delegation:
            transaction.put_delegation(transferred<StoredDelegation>(block.payload));
            break;
        default:
            break;  // of an instance
    }
}

/// Looks at everything in a file before anything of it is brought: in a store of its own, and against
/// the one that it is to come to.
class Rehearsal {
public:
    explicit Rehearsal(Transaction& target) : target_(target) {
        for (StoredDefinition& row : target.definitions()) {
            known_.emplace(std::tuple(row.kind, row.id, row.version), std::move(row.digest));
        }
    }

    /// Whether it is there already.
    bool look_at(const Package& package) {
        const auto stored = target_.instance(package.instance.id);
        if (stored && !is_same(stored, package)) {
            throw Error(ErrorCode::conflict,
                        "'" + printable(package.instance.id) +
                            "' is in the store with other contents; nothing was brought");
        }
        const auto scratch = store_->begin(Store::Access::write);
        try {
            put_package(definitions_, *scratch, package);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::not_found) throw;
            refuse(package, "the definitions that it runs by are not in the file");
        }
        return stored.has_value();
    }
    void look_at(const TransferBlock& block) {
        const auto scratch = store_->begin(Store::Access::write);
        put_other(*scratch, block);
        if (block.kind != Block::definition) return;
        const auto row = transferred<StoredDefinition>(block.payload);
        const auto known = known_.find(std::tuple(row.kind, row.id, row.version));
        if (known != known_.end() && known->second != row.digest) {
            throw Error(ErrorCode::conflict, "version " + std::to_string(row.version) + " of '" +
                                                 printable(row.id) +
                                                 "' is in the store with other contents; nothing was "
                                                 "brought");
        }
        try {
            definitions_.learn({row});
        } catch (const DefinitionError& error) {
            throw Error(ErrorCode::corrupt, "a definition in the file cannot be loaded: " +
                                                std::string(error.what()));
        }
    }

private:
    Transaction& target_;
    std::map<std::tuple<std::string, std::string, std::int64_t>, std::string> known_;
    std::shared_ptr<Store> store_ = make_memory_store();
    // Of the file alone: whoever asks for others finds none, and no lock of `store_`.
    Definitions definitions_{make_memory_store()};
};

/// Brings what a file holds into a store, so much at a time: a sync to the disk costs as much as many
/// rows.
class Bringing {
public:
    Bringing(Core& core, const TransferProgress& progress) : core_(core), progress_(progress) {}

    void add(Package package) {
        for (const StoredHistory& step : package.history) bytes_ += step.body.size();
        packages_.push_back(std::move(package));
        if (is_enough()) finish();
    }
    void add(TransferBlock block) {
        const bool is_definition = block.kind == Block::definition;
        if (is_definition) finish();
        bytes_ += block.payload.size();
        others_.push_back(std::move(block));
        if (is_definition || is_enough()) finish();
    }
    void finish() {
        if (packages_.empty() && others_.empty()) return;
        core_.commits.run([this](Transaction& transaction) {
            for (const Package& package : packages_) {
                if (transaction.instance(package.instance.id)) continue;
                put_package(core_.definitions, transaction, package);
            }
            for (const TransferBlock& block : others_) put_in_part(transaction, block);
            return true;
        });
        for (const TransferBlock& block : others_) {
            if (block.kind != Block::definition) continue;
            core_.definitions.learn({transferred<StoredDefinition>(block.payload)});
        }
        done_ += packages_.size();
        if (progress_ && !packages_.empty()) progress_(done_);
        packages_.clear();
        others_.clear();
        bytes_ = 0;
    }

private:
    static constexpr std::size_t rows_max = 100;
    static constexpr std::size_t bytes_max = 4 * 1024 * 1024;

    [[nodiscard]] bool is_enough() const {
        return packages_.size() + others_.size() >= rows_max || bytes_ >= bytes_max;
    }

    /// A message that an interrupted run brought before is there already.
    static void put_in_part(Transaction& transaction, const TransferBlock& block) {
        try {
            Part part(transaction);
            put_other(transaction, block);
            part.keep();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::conflict || block.kind != Block::message) throw;
        }
    }

    Core& core_;
    const TransferProgress& progress_;
    std::vector<Package> packages_;
    std::vector<TransferBlock> others_;
    std::size_t bytes_ = 0;
    std::size_t done_ = 0;
};

/// Who waits for something of it: a caller that is under way, or the outbox.
class Holders {
public:
    explicit Holders(Transaction& transaction) : transaction_(transaction) {
        each_row(
            [&](const std::optional<StoredEffect>& after) {
                return transaction.effects(std::numeric_limits<std::int64_t>::max(), after,
                                           limits::page_rows_max);
            },
            [&](const StoredEffect& row) { in_outbox_.insert(row.instance); });
    }

    [[nodiscard]] bool hold(const std::string& id) const {
        if (in_outbox_.contains(id) || !transaction_.dispatches(id, 1).empty()) return true;
        const auto row = transaction_.instance(id);
        if (!row) return true;  // archived before
        const Instance instance = decoded(*row);
        if (!instance.caller) return false;
        const auto caller = transaction_.instance(instance.caller->instance);
        return caller && decoded(*caller).status == Instance::Status::active;
    }

private:
    static Instance decoded(const StoredInstance& row) {
        if (row.body.size() < sizeof(Digest)) {
            throw Error(ErrorCode::corrupt, "the stored body of an instance is too short");
        }
        return record::decode_instance(std::string_view(row.body).substr(sizeof(Digest)), {});
    }

    Transaction& transaction_;
    std::set<std::string> in_outbox_;
};

constexpr std::size_t taken_out_together = 100;

}  // namespace

TransferReport Engine::export_to(const std::string& path, const TransferProgress& progress) {
    auto& self = *implementation_;
    TransferWriter out(path);
    const auto transaction = self.store->begin(Store::Access::read);
    self.definitions.learn(transaction->definitions());
    write_definitions(out, *transaction);
    std::size_t done = 0;
    for (std::string last;;) {
        const auto ids = transaction->instances(last, limits::page_rows_max);
        for (const std::string& id : ids) (void)write_instance(out, *transaction, id);
        done += ids.size();
        if (progress) progress(done);
        if (ids.size() < limits::page_rows_max) break;
        last = ids.back();
    }
    each_row(
        [&](const std::optional<StoredMessage>& after) {
            return transaction->all_messages(after, limits::page_rows_max);
        },
        [&](const StoredMessage& row) { out.write(Block::message, transfer_bytes(row)); });
    each_row(
        [&](const std::optional<StoredEffect>& after) {
            return transaction->effects(std::numeric_limits<std::int64_t>::max(), after,
                                        limits::page_rows_max);
        },
        [&](const StoredEffect& row) { out.write(Block::effect, transfer_bytes(row)); });
    each_closed(self.definitions, *transaction, [&](const StoredClosed& row) {
        out.write(Block::closed, transfer_bytes(row));
    });
    each_row(
        [&](const std::optional<StoredDelegation>& after) {
            return transaction->delegations(after, limits::page_rows_max);
        },
        [&](const StoredDelegation& row) { out.write(Block::delegation, transfer_bytes(row)); });
    return out.finish();
}

TransferReport Engine::import_from(const std::string& path, const TransferProgress& progress) {
    auto& self = *implementation_;
    std::size_t already_there = 0;
    {
        const auto transaction = self.store->begin(Store::Access::read);
        Rehearsal rehearsal(*transaction);
        (void)read_file(
            path, [&](const Package& package) { already_there += rehearsal.look_at(package) ? 1 : 0; },
            [&](const TransferBlock& block) { rehearsal.look_at(block); });
    }
    Bringing bringing(self, progress);
    TransferReport report = read_file(
        path, [&](Package& package) { bringing.add(std::move(package)); },
        [&](TransferBlock block) { bringing.add(std::move(block)); });
    bringing.finish();
    report.already_there = already_there;
    return report;
}

TransferReport Engine::archive(const std::string& path, Instant before,
                               const TransferProgress& progress) {
    auto& self = *implementation_;
    std::vector<std::pair<std::string, Revision>> written;
    TransferReport report;
    {
        TransferWriter out(path);
        const auto transaction = self.store->begin(Store::Access::read);
        self.definitions.learn(transaction->definitions());
        const Holders holders(*transaction);
        write_definitions(out, *transaction);
        each_closed(self.definitions, *transaction, [&](const StoredClosed& row) {
            if (row.closed >= milliseconds_of(before) || holders.hold(row.instance)) return;
            written.emplace_back(row.instance, write_instance(out, *transaction, row.instance));
            out.write(Block::closed, transfer_bytes(row));
        });
        report = out.finish();
    }
    // On the disk: from here on the file has them.
    for (std::size_t at = 0; at < written.size(); at += taken_out_together) {
        const std::size_t end = std::min(at + taken_out_together, written.size());
        self.commits.run([&](Transaction& transaction) {
            for (std::size_t i = at; i < end; ++i) {
                const auto& [id, revision] = written[i];
                const auto row = transaction.instance(id);
                // What was erased in it meanwhile is not in the file: it stays for the next one.
                if (!row || row->revision != revision) continue;
                const Loaded loaded = load(self.definitions, transaction, id);
                write_index(transaction, id, loaded.procedure->model(), rows_of(loaded), {});
                transaction.erase_instance(id);
            }
            return true;
        });
        if (progress) progress(end);
    }
    return report;
}

}  // namespace workflow
