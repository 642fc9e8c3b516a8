#include "engine/commits.hpp"

#include <algorithm>
#include <memory>

namespace workflow::engine {
namespace {

/// More do not get cheaper together, and each waits for the last.
constexpr std::size_t batch_max = 256;

/// A deadlock of writers that go side by side ends one of them, which begins again.
constexpr int conflicts_max = 10;

}  // namespace

void Commits::run(Work work) {
    Job job(std::move(work), {});
    if (is_shared_) {
        std::unique_lock lock(mutex_);
        waiting_.push_back(&job);
        while (!job.is_done) {
            if (is_led_) {
                job.woken.wait(lock);
            } else {
                lead(lock);
            }
        }
    } else {
        run_alone(job);
    }
    if (job.error) std::rethrow_exception(job.error);
}

void Commits::post(Work work, Done done) {
    auto job = std::make_unique<Job>(std::move(work), std::move(done));
    const std::lock_guard lock(mutex_);
    waiting_.push_back(job.get());
    static_cast<void>(job.release());  // who leads deletes it
    ++posted_;
    changed_.notify_all();
}

bool Commits::run_posted() {
    std::unique_lock lock(mutex_);
    if (posted_ == 0) return false;
    while (posted_ != 0) {
        if ((is_led_ && is_shared_) || waiting_.empty()) {
            changed_.wait(lock);
        } else {
            lead(lock);
        }
    }
    return true;
}

void Commits::wait_for_posted(const std::function<bool()>& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stop() || posted_ != 0; });
}

void Commits::wake() {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
}

std::size_t Commits::posted() {
    const std::lock_guard lock(mutex_);
    return posted_;
}

/// Takes those who wait, runs their work without the lock, and tells them.
void Commits::lead(std::unique_lock<std::mutex>& lock) {
    const std::size_t size = std::min(waiting_.size(), is_shared_ ? batch_max : 1);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(size);
    const Batch batch(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    is_led_ = true;
    lock.unlock();
    run_batch(batch);
    std::size_t posted = 0;
    for (Job* const job : batch) {
        if (!job->done) continue;
        job->done(job->error);
        ++posted;
    }
    lock.lock();
    is_led_ = false;
    posted_ -= posted;
    for (Job* const job : batch) {
        if (job->done) {
            delete job;
        } else {
            job->is_done = true;
            job->woken.notify_one();
        }
    }
    // Of those who wait one leads next; the others sleep on.
    const auto next = std::find_if(waiting_.begin(), waiting_.end(),
                                   [](const Job* one) { return !one->done; });
    if (next != waiting_.end()) (*next)->woken.notify_one();
    changed_.notify_all();
}

void Commits::run_batch(const Batch& batch) {
    if (batch.size() > 1 && run_together(batch)) return;
    for (Job* const job : batch) run_alone(*job);
}

/// False: nothing was kept, for the transaction broke in somebody's hands; each is to be run alone, so
/// that only his own fault is told to each.
bool Commits::run_together(const Batch& batch) {
    std::unique_ptr<Transaction> transaction;
    try {
        transaction = store_.begin(Store::Access::write);
    } catch (...) {
        // Whoever holds the lock, or has broken the disk, does so for all: none waits for it again.
        for (Job* const job : batch) job->error = std::current_exception();
        return true;
    }
    std::vector<Tally> kept;
    for (Job* const job : batch) {
        job->error = {};
        try {
            Part part(*transaction);
            const Left left = job->work(*transaction);
            if (!left.keep) continue;
            part.keep();
            kept.push_back(left.tally);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::storage || error.code() == ErrorCode::corrupt) {
                return false;
            }
            job->error = std::current_exception();
        } catch (...) {
            job->error = std::current_exception();
        }
    }
    try {
        commit(*transaction);
        for (const Tally& tally : kept) tell(tally);
    } catch (...) {
        // Even a refusal may rest on what another of them wrote and is not kept now.
        for (Job* const job : batch) job->error = std::current_exception();
    }
    return true;
}

/// What was kept has happened, whatever whoever listens makes of it.
void Commits::tell(const Tally& tally) noexcept {
    metrics_.count(tally);
    for (const LogEntry& entry : tally.log) {
        try {
            log_(entry);
        } catch (...) {  // NOLINT(bugprone-empty-catch): the host's own log failed
        }
    }
}

void Commits::commit(Transaction& transaction) {
    const auto begun = std::chrono::steady_clock::now();
    transaction.commit();
    metrics_.count_commit(std::chrono::steady_clock::now() - begun);
}

void Commits::run_alone(Job& job) {
    for (int conflicts = 0;; ++conflicts) {
        job.error = {};
        try {
            const auto transaction = store_.begin(Store::Access::write);
            const Left left = job.work(*transaction);
            if (!left.keep) return;
            commit(*transaction);
            tell(left.tally);
            return;
        } catch (const Error& error) {
            job.error = std::current_exception();
            const bool again = error.code() == ErrorCode::conflict && !is_shared_;
            if (!again || conflicts == conflicts_max) return;
        } catch (...) {
            job.error = std::current_exception();
            return;
        }
    }
}

}  // namespace workflow::engine
