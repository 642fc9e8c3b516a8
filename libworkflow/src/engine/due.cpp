// What is due: timers in their order, and what goes from instance to instance.
#include <algorithm>
#include <map>
#include <utility>

#include "engine/calls.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

using engine::Core;

/// So many rows share a transaction where writers go one by one: a sync to the disk costs as much as
/// several steps. Where they go side by side each row has its own, so that no lock spans instances.
constexpr std::size_t rows_together_max = 64;

/// What one transaction did; forgotten when it has to be run again.
struct Round {
    DueReport report;                ///< counts of all rounds so far, failures of this one
    std::vector<std::string> fired;  ///< instances, one entry a timer
    std::optional<StoredDue> row;    ///< the last in hand
    std::optional<StoredDue> after;  ///< behind instances that cannot be run
    bool is_last = false;
    engine::Tally tally;  ///< of this round
};

class DueRun {
public:
    DueRun(Core& core, Instant now)
        : core_(core),
          now_(now),
          rows_max_(core.store->writers() == Store::Writers::one_by_one ? rows_together_max : 1) {}

    [[nodiscard]] DueReport run() {
        for (bool is_last = false; !is_last;) {
            Round round;
            try {
                core_.commits.run([&](Transaction& transaction) {
                    round = fresh_round();
                    const bool wrote = run_some(transaction, round);
                    return engine::Left{wrote, round.tally};
                });
            } catch (const Error& error) {
                // Others were first with it again and again, or it is damaged: it is still due.
                const bool is_its_own = error.code() == ErrorCode::conflict ||
                                        error.code() == ErrorCode::corrupt;
                if (!is_its_own || !round.row) throw;
                if (std::exchange(rows_max_, 1) > 1) continue;  // again, each by itself
                const StoredDue row = *round.row;
                round = fresh_round();
                round.row = row;
                pass_over(round, error.what());
            }
            is_last = round.is_last;
            add(std::move(round));
        }
        return std::move(report_);
    }

private:
    [[nodiscard]] Round fresh_round() const {
        Round round;
        round.tally = core_.tally();
        round.report.fired = report_.fired;
        round.report.delivered = report_.delivered;
        round.report.undelivered = report_.undelivered;
        round.report.carried = report_.carried;
        round.after = after_;
        return round;
    }

    [[nodiscard]] bool run_some(Transaction& transaction, Round& round) const {
        bool wrote = false;
        for (std::size_t rows = 0; rows < rows_max_; ++rows) {
            const auto due = transaction.due(engine::milliseconds_of(now_), round.after, 1);
            round.is_last = due.empty() || is_enough(round.report);
            if (round.is_last) return wrote;
            round.row = due.front();
            if (!transaction.claim_due(*round.row)) {
                round.after = round.row;  // another engine has it in hand, or has done with it
                continue;
            }
            const engine::Tally before = round.tally;
            try {
                std::optional<Part> part;  // alone, a failure takes the transaction with it
                if (rows_max_ > 1) part.emplace(transaction);
                run_one(transaction, round);
                if (part) part->keep();
                wrote = true;
            } catch (const Error& error) {
                // What these leave behind is no transaction that others could go on in.
                const bool breaks = error.code() == ErrorCode::storage ||
                                    error.code() == ErrorCode::corrupt ||
                                    (error.code() == ErrorCode::conflict && rows_max_ == 1);
                if (breaks) throw;
                round.tally = before;
                pass_over(round, error.what());
            }
        }
        return wrote;
    }

    /// Instances that answer each other for ever leave the rest to the next call.
    [[nodiscard]] static bool is_enough(const DueReport& report) {
        return report.delivered + report.undelivered + report.carried >= limits::page_rows_max;
    }

    void run_one(Transaction& transaction, Round& round) const {
        const StoredDue& row = *round.row;
        const engine::Post post{transaction, core_.definitions, core_.options.salt, now_,
                                round.tally};
        if (row.ordinal == engine::dispatch_ordinal) {
            // Erased first: what is sent on the way may set it again.
            transaction.erase_due(row);
            DueReport report = round.report;  // what is dropped has not been brought
            engine::bring_sent(post, row.instance, report);
            round.report = std::move(report);
            return;
        }
        if (fired_of(round, row.instance) >= limits::timers_in_a_call_max) {
            throw Error(ErrorCode::limit, engine::too_many_timers().reason());
        }
        engine::Loaded loaded = engine::load(core_.definitions, transaction, row.instance);
        const TimerDue event{row.ordinal, row.timer, engine::instant_of(row.due)};
        const auto runs_by = loaded.procedure;
        // A row that its instance no longer knows must not come back; one that is due again at the
        // same instant is written anew.
        IndexRows before = engine::rows_of(loaded);
        std::erase(before.due, DueRow{event.due, event.ordinal, event.timer});
        transaction.erase_due(row);
        const Answer answer =
            engine::step_and_write(post, std::move(loaded), before, event, {});
        if (const auto* refusal = std::get_if<Refusal>(&answer)) {
            throw Error(ErrorCode::internal, refusal->reason());
        }
        engine::bring_kept(post, *runs_by, row.instance);
        ++round.report.fired;
        round.fired.push_back(row.instance);
    }

    [[nodiscard]] std::size_t fired_of(const Round& round, const std::string& instance) const {
        const auto before = fired_.find(instance);
        const auto now = std::count(round.fired.begin(), round.fired.end(), instance);
        return (before == fired_.end() ? 0 : before->second) + static_cast<std::size_t>(now);
    }

    static void pass_over(Round& round, const char* why) {
        round.report.failed.emplace_back(round.row->instance, why);
        round.after = round.row;
    }

    void add(Round round) {
        for (auto& failed : round.report.failed) report_.failed.push_back(std::move(failed));
        round.report.failed = std::move(report_.failed);
        report_ = std::move(round.report);
        for (std::string& instance : round.fired) ++fired_[std::move(instance)];
        if (round.after) after_ = std::move(round.after);
    }

    Core& core_;
    Instant now_;
    std::size_t rows_max_;  ///< in one transaction
    DueReport report_;
    std::map<std::string, std::size_t> fired_;
    std::optional<StoredDue> after_;
};

}  // namespace

DueReport Engine::run_due() {
    return DueRun(*implementation_, implementation_->clock->now()).run();
}

}  // namespace workflow
