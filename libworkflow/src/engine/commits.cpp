#include "engine/commits.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace workflow::engine {
namespace {

/// More do not get cheaper together, and each waits for the last.
constexpr std::size_t batch_max = 256;

/// A deadlock of writers that go side by side ends one of them, which begins again.
constexpr int conflicts_max = 10;

}  // namespace

void Commits::Job::tell(Told what) {
    const std::lock_guard lock(mutex);
    // Between being chosen to lead and being told so, somebody else may have led and done it.
    if (told == Told::done) return;
    told = what;
    woken.notify_one();
}

Commits::Job::Told Commits::Job::wait() {
    std::unique_lock lock(mutex);
    woken.wait(lock, [this] { return told != Told::nothing; });
    const Told what = told;
    if (what == Told::leads) told = Told::nothing;
    return what;
}

void Commits::run(Work work) {
    const auto job = std::make_shared<Job>(std::move(work), nullptr);
    if (!is_shared_) {
        run_alone(*job);
    } else {
        std::unique_lock lock(mutex_);
        enter(job);
        while (true) {
            // With nobody waiting, his own is in the hands of who will tell him.
            if (is_led_ || waiting_.empty()) {
                lock.unlock();
            } else {
                lead(lock);
            }
            if (job->wait() == Job::Told::done) break;
            lock.lock();
        }
    }
    // Taken along: who has led may still hold the job.
    if (const auto error = std::exchange(job->error, nullptr)) std::rethrow_exception(error);
}

void Commits::post(Work work, Done done) {
    const std::lock_guard lock(mutex_);
    enter(std::make_shared<Job>(std::move(work), std::move(done)));
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
            lock.lock();
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

void Commits::enter(std::shared_ptr<Job> job) {
    waiting_.push_back(std::move(job));
    if (waiting_.size() == expected_) gathered_.notify_one();
}

/// Those who were answered together come back together, each a moment later: whoever leads waits for
/// as many, but no longer than half of what a commit takes. A caller who is alone never waits.
void Commits::gather(std::unique_lock<std::mutex>& lock) {
    expected_ = last_size_;
    gathered_.wait_for(lock, commit_took_ / 2, [this] { return waiting_.size() >= expected_; });
    expected_ = 0;
}

/// Takes those who wait, runs their work without the lock, and tells them. Returns without the lock.
void Commits::lead(std::unique_lock<std::mutex>& lock) {
    is_led_ = true;
    if (is_shared_) gather(lock);
    const std::size_t size = std::min(waiting_.size(), is_shared_ ? batch_max : 1);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(size);
    const Batch batch(waiting_.begin(), end);
    waiting_.erase(waiting_.begin(), end);
    last_size_ = size;
    lock.unlock();
    run_batch(batch);

    lock.lock();
    is_led_ = false;
    // Of those who wait one leads next; the others sleep on.
    const auto next = std::find_if(waiting_.begin(), waiting_.end(),
                                   [](const auto& one) { return !one->done; });
    const std::shared_ptr<Job> leader = next != waiting_.end() ? *next : nullptr;
    changed_.notify_all();
    lock.unlock();
    // Whoever wakes finds no lock in his way.
    if (leader != nullptr) leader->tell(Job::Told::leads);
    std::size_t posted = 0;
    for (const auto& job : batch) {
        if (job->done) {
            job->done(job->error);
            ++posted;
        } else {
            job->tell(Job::Told::done);
        }
    }
    if (posted == 0) return;
    const std::lock_guard again(mutex_);
    posted_ -= posted;
    changed_.notify_all();
}

void Commits::run_batch(const Batch& batch) {
    if (batch.size() > 1) {
        // A part costs SQLite a copy of every page that it changes; most batches need none, for a
        // refusal seldom writes.
        Together ran = run_together(batch, Parts::none);
        if (ran == Together::needs_parts) ran = run_together(batch, Parts::one_each);
        if (ran == Together::done) return;
    }
    for (const auto& job : batch) run_alone(*job);
}

Commits::Together Commits::run_together(const Batch& batch, Parts parts) {
    std::unique_ptr<Transaction> transaction;
    try {
        transaction = store_.begin(Store::Access::write);
    } catch (...) {
        // Whoever holds the lock, or has broken the disk, does so for all: none waits for it again.
        for (const auto& job : batch) job->error = std::current_exception();
        return Together::done;
    }
    std::vector<Tally> kept;
    for (const auto& job : batch) {
        job->error = {};
        const std::uint64_t writes = transaction->writes();
        try {
            std::optional<Part> part;
            if (parts == Parts::one_each) part.emplace(*transaction);
            const Left left = job->work(*transaction);
            if (left.keep) {
                if (part) part->keep();
                kept.push_back(left.tally);
                continue;
            }
        } catch (const Error& error) {
            if (error.code() == ErrorCode::storage || error.code() == ErrorCode::corrupt) {
                return Together::broke;
            }
            job->error = std::current_exception();
        } catch (...) {
            job->error = std::current_exception();
        }
        if (parts == Parts::none && transaction->writes() != writes) return Together::needs_parts;
    }
    try {
        commit(*transaction);
        for (const Tally& tally : kept) tell(tally);
    } catch (...) {
        // Even a refusal may rest on what another of them wrote and is not kept now.
        for (const auto& job : batch) job->error = std::current_exception();
    }
    return Together::done;
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
    const auto took = std::chrono::steady_clock::now() - begun;
    metrics_.count_commit(took);
    if (is_shared_) commit_took_ = took;
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
