// Who acts for whom: what is entered, and what it makes of an actor.
#include <algorithm>

#include "engine/calls.hpp"
#include "engine/cursors.hpp"
#include "record/event_bytes.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

using engine::instant_of;
using engine::milliseconds_of;

constexpr std::uint64_t delegation_format = 1;

StoredDelegation stored(const Delegation& delegation) {
    record::Writer out;
    out.number(delegation_format);
    record::write_texts(out, delegation.roles);
    record::write_texts(out, delegation.units);
    out.text(delegation.entered_by);
    out.text(delegation.reason);
    return {delegation.delegate, delegation.delegator, milliseconds_of(delegation.since),
            milliseconds_of(delegation.until), out.take()};
}

Delegation read(const StoredDelegation& row) {
    Delegation delegation{.delegator = row.delegator,
                          .delegate = row.delegate,
                          .since = instant_of(row.since),
                          .until = instant_of(row.until)};
    record::Reader in(row.body);
    record::check_format(in.number(), delegation_format, "delegation");
    delegation.roles = record::read_texts(in);
    delegation.units = record::read_texts(in);
    delegation.entered_by = in.text();
    delegation.reason = in.text();
    in.finish();
    return delegation;
}

void check(const Delegation& delegation) {
    const bool names_both = !delegation.delegate.empty() && !delegation.delegator.empty();
    if (!names_both || delegation.entered_by.empty()) {
        throw Error(ErrorCode::misuse, "a delegation names who acts, for whom, and who entered it");
    }
    if (delegation.delegate == delegation.delegator) {
        throw Error(ErrorCode::misuse,
                    "'" + printable(delegation.delegate) + "' acts for himself without a delegation");
    }
    if (delegation.until < delegation.since) {
        throw Error(ErrorCode::misuse, "the delegation to '" + printable(delegation.delegate) +
                                           "' ends before it begins");
    }
    engine::check_key(delegation.delegate, "the delegate's id");
    engine::check_key(delegation.delegator, "the delegator's id");
}

void add(std::vector<std::string>& names, const std::vector<std::string>& more) {
    for (const std::string& name : more) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
}

}  // namespace

namespace engine {

bool acts_by_delegation(const Actor& actor) {
    return !actor.acting_for.empty() && actor.roles.empty();
}

std::variant<Actor, Refusal> resolved(Transaction& transaction, const Actor& actor, Instant now) {
    if (!acts_by_delegation(actor)) return actor;
    Actor acting{.id = actor.id, .acting_for = actor.acting_for};
    bool holds = false;
    for (const StoredDelegation& row : transaction.delegations_to(actor.id)) {
        const std::int64_t at = milliseconds_of(now);
        if (row.delegator != actor.acting_for || at < row.since || at >= row.until) continue;
        const Delegation delegation = read(row);
        holds = true;
        add(acting.roles, delegation.roles);
        add(acting.units, delegation.units);
    }
    if (!holds) return Refusal{RefusalCode::not_delegated, {actor.id, actor.acting_for}, {}};
    // What is for the delegator himself.
    add(acting.units, {actor.acting_for});
    return acting;
}

}  // namespace engine

void Engine::put_delegation(const Delegation& delegation) {
    check(delegation);
    implementation_->commits.run([&](Transaction& transaction) {
        transaction.put_delegation(stored(delegation));
        return true;
    });
}

DelegationPage Engine::delegations(const std::string& cursor, std::size_t rows_max) {
    std::optional<StoredDelegation> after;
    if (const auto behind = engine::cursor_of(cursor)) {
        if (behind->second > behind->rest.size()) engine::refuse_cursor(cursor);
        after = StoredDelegation{behind->rest.substr(0, behind->second),
                                 behind->rest.substr(behind->second), behind->first, 0, {}};
    }
    rows_max = std::min(rows_max, limits::page_rows_max);
    const auto transaction = implementation_->store->begin(Store::Access::read);
    const auto rows = transaction->delegations(after, rows_max);
    DelegationPage page;
    for (const StoredDelegation& row : rows) page.delegations.push_back(read(row));
    if (!rows.empty()) {
        const StoredDelegation& last = rows.back();
        page.cursor =
            engine::written({last.since, last.delegate.size(), last.delegate + last.delegator});
    }
    page.finished = rows.size() < rows_max;
    return page;
}

}  // namespace workflow
