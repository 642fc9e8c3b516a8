// Steps of several callers in one transaction, so that they share its commit and its one sync to the
// disk (group commit, as databases do it for their log). Thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/draft.hpp"
#include "engine/metrics.hpp"
#include "workflow/store.hpp"

namespace workflow::engine {

/// What work leaves behind: whether what it wrote is to be kept, and which steps that is.
struct Left {
    Left(bool is_kept) : keep(is_kept) {}
    Left(bool is_kept, const Tally& steps) : keep(is_kept), tally(steps) {}
    bool keep = false;
    Tally tally;
};
/// Work inside a transaction. It may be run again from its beginning, in another transaction, as long
/// as nothing of the first run was kept.
using Work = std::function<Left(Transaction&)>;

/// Where writers go one by one, whoever comes while another commits waits, and the first of those who
/// wait leads: it runs the work of all, takes back what is not to be kept, and commits. Whoever waits
/// first drafts his own work, and who serves what was posted drafts that, beside who leads. Where writers
/// go side by side each has a transaction of its own.
class Commits {
public:
    Commits(Store& store, Metrics& metrics, const LogSink& log);

    /// Returns when what `work` wrote is durable, or is not kept. Throws what `work` threw, or why it
    /// could not be kept.
    void run(Work work);

    /// The same, by whoever leads next; `done` is then called, with what run() would have thrown. It
    /// must not throw.
    using Done = std::function<void(std::exception_ptr)>;
    void post(Work work, Done done);
    /// Leads, or waits for who leads, until nothing that was posted is left. False: there was nothing.
    bool run_posted();
    /// Waits until something is posted, or `stop` is true; woken by wake().
    void wait_for_posted(const std::function<bool()>& stop);
    void wake();
    [[nodiscard]] std::size_t posted();

private:
    struct Job {
        Job(Work brought, Done called) : work(std::move(brought)), done(std::move(called)) {}
        Work work;
        Done done;  ///< none: whoever brought it waits to be told
        std::exception_ptr error;

        enum class Told : std::uint8_t { nothing, leads, done };
        /// What is done stays so, whatever is told later.
        void tell(Told what);
        /// Until it is told something. That it leads it is told but once.
        [[nodiscard]] Told wait();
        std::mutex mutex;
        std::condition_variable woken;
        Told told = Told::nothing;

        enum class Stage : std::uint8_t { waits, drafting, drafted, taken };
        /// By who leads: from then on nobody else works at it. True: there is a draft.
        bool take();
        /// False: somebody has begun one, or leads it.
        [[nodiscard]] bool begin_draft();
        void draft_in(Transaction& snapshot);
        std::atomic<Stage> stage = Stage::waits;
        std::unique_ptr<const Draft> draft;  ///< null where there could be none
        Left left{false};                    ///< by the draft
    };
    using Batch = std::vector<std::shared_ptr<Job>>;
    void enter(std::shared_ptr<Job> job);
    void take_waiting(Batch& batch);
    [[nodiscard]] bool gather(Batch& batch);
    void lead(std::unique_lock<std::mutex>& lock);
    [[nodiscard]] Batch undrafted() const;
    [[nodiscard]] bool draft_all(const Batch& some);
    static Left carry_out(Job& job, Transaction& transaction);
    void run_batch(Batch& batch);
    enum class Parts : std::uint8_t { none, one_each };
    enum class Together : std::uint8_t {
        done,
        needs_parts,  ///< nothing was kept: one left what is not to be kept, and had no part
        broke,  ///< nothing was kept: the transaction broke in somebody's hands; each is to be run
                ///< alone, so that only his own fault is told to each
    };
    [[nodiscard]] Together run_together(Batch& batch, Parts parts);
    void run_alone(Job& job);
    void commit(Transaction& transaction);
    void tell(const Tally& tally) noexcept;

    Store& store_;
    Metrics& metrics_;
    const LogSink& log_;
    bool is_shared_;  ///< one transaction serves several
    bool is_drafted_;  ///< some of them are drafted
    std::mutex mutex_;
    std::condition_variable changed_;  ///< for those who lead what was posted
    std::deque<std::shared_ptr<Job>> waiting_;
    std::size_t posted_ = 0;  ///< of those that wait or are led
    const Batch* led_ = nullptr;        ///< of who leads; grows under the lock
    std::size_t drafting_ = 0;          ///< how many draft now
    bool is_led_ = false;
    // Of who leads, where one leads at a time.
    std::condition_variable gathered_;  ///< as many wait as it expects
    std::size_t expected_ = 0;          ///< 0: it does not wait for others
    bool has_waited_ = false;           ///< for others, in this batch
    std::size_t last_size_ = 1;         ///< of the batch before
    std::chrono::nanoseconds commit_took_{0};
};

}  // namespace workflow::engine
