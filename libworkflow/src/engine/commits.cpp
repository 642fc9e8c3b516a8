#include "engine/commits.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace workflow::engine {
namespace {

/// More do not get cheaper together, and each waits for the last.
constexpr std::size_t batch_max = 256;

/// A deadlock of writers that go side by side ends one of them, which begins again.
constexpr int conflicts_max = 10;

/// More drafts at a time than this keep each other, and who leads, from the processors.
std::size_t drafts_max() {
    static const std::size_t processors = std::thread::hardware_concurrency();
    return processors;
}

}  // namespace

Commits::Commits(Store& store, Metrics& metrics, const LogSink& log)
    : store_(store),
      metrics_(metrics),
      log_(log),
      is_shared_(store.writers() == Store::Writers::one_by_one),
      is_drafted_(is_shared_ && store.reads_beside_writer() && drafts_max() > 1) {}

void Commits::Job::tell(Told what) {
    {
        const std::lock_guard lock(mutex);
        // Between being chosen to lead and being told so, somebody else may have led and done it.
        if (told == Told::done) return;
        told = what;
    }
    // Whoever wakes finds no lock in his way.
    woken.notify_one();
}

Commits::Job::Told Commits::Job::wait() {
    std::unique_lock lock(mutex);
    woken.wait(lock, [this] { return told != Told::nothing; });
    const Told what = told;
    if (what == Told::leads) told = Told::nothing;
    return what;
}

bool Commits::Job::take() {
    Stage seen = Stage::waits;
    if (stage.compare_exchange_strong(seen, Stage::taken)) return false;
    if (seen == Stage::drafting) stage.wait(Stage::drafting);
    return draft != nullptr;
}

bool Commits::Job::begin_draft() {
    Stage seen = Stage::waits;
    return stage.compare_exchange_strong(seen, Stage::drafting);
}

/// Only what is to be kept: a refusal may rest on what another of the batch has done, or undoes.
void Commits::Job::draft_in(Transaction& snapshot) {
    try {
        auto made = std::make_unique<Draft>(snapshot);
        left = work(*made);
        if (left.keep) draft = std::move(made);
    } catch (...) {  // NOLINT(bugprone-empty-catch): who leads does it again, and tells what is wrong
    }
    stage = Stage::drafted;
    stage.notify_one();
}

void Commits::run(Work work) {
    const auto job = std::make_shared<Job>(std::move(work), nullptr);
    if (!is_shared_) {
        run_alone(*job);
    } else {
        std::unique_lock lock(mutex_);
        enter(job);
        if (is_led_ && is_drafted_ && drafting_ < drafts_max()) {
            ++drafting_;
            lock.unlock();
            (void)draft_all({job});
            lock.lock();
            --drafting_;
        }
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
    bool may_draft = is_drafted_;
    while (posted_ != 0) {
        if ((is_led_ && is_shared_) || waiting_.empty()) {
            const Batch some = may_draft ? undrafted() : Batch();
            if (some.empty()) {
                changed_.wait(lock);
                continue;
            }
            lock.unlock();
            may_draft = draft_all(some);
            lock.lock();
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

void Commits::take_waiting(Batch& batch) {
    const std::size_t room = is_shared_ ? batch_max - batch.size() : 1;
    const auto size = static_cast<std::ptrdiff_t>(std::min(waiting_.size(), room));
    batch.insert(batch.end(), waiting_.begin(), waiting_.begin() + size);
    waiting_.erase(waiting_.begin(), waiting_.begin() + size);
}

/// Those who were answered together come back together, each a moment later: whoever leads takes in
/// who comes while he works, and at the end waits once for as many as the last time, but no longer than
/// half of what a commit takes. A caller who is alone never waits. False: nobody has come.
bool Commits::gather(Batch& batch) {
    std::unique_lock lock(mutex_);
    const bool is_full = batch.size() >= batch_max;
    if (waiting_.empty() && batch.size() < last_size_ && !has_waited_) {
        has_waited_ = true;
        expected_ = last_size_ - batch.size();
        gathered_.wait_for(lock, commit_took_ / 2, [this] { return waiting_.size() >= expected_; });
        expected_ = 0;
    }
    if (waiting_.empty() || is_full) return false;
    take_waiting(batch);
    return true;
}

/// Takes those who wait, runs their work without the lock, and tells them. Returns without the lock.
void Commits::lead(std::unique_lock<std::mutex>& lock) {
    Batch batch;
    is_led_ = true;
    has_waited_ = false;
    take_waiting(batch);
    led_ = &batch;
    lock.unlock();
    run_batch(batch);
    // Whoever is told may go, and what his work refers to with him.
    for (const auto& job : batch) job->take();

    lock.lock();
    is_led_ = false;
    led_ = nullptr;
    last_size_ = batch.size();
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

/// Of what was posted, in the order in which it is led.
Commits::Batch Commits::undrafted() const {
    Batch found;
    const auto add = [&found](const std::shared_ptr<Job>& job) {
        if (job->done && job->stage == Job::Stage::waits) found.push_back(job);
    };
    if (led_ != nullptr) std::for_each(led_->begin(), led_->end(), add);
    std::for_each(waiting_.begin(), waiting_.end(), add);
    return found;
}

/// From the last to the first, so that who leads comes to a draft as late as may be. False: the store cannot
/// be read, which who leads will meet, too, and tell.
bool Commits::draft_all(const Batch& some) {
    std::unique_ptr<Transaction> snapshot;
    try {
        snapshot = store_.begin(Store::Access::read);
    } catch (...) {
        return false;
    }
    for (auto job = some.rbegin(); job != some.rend(); ++job) {
        if ((*job)->begin_draft()) (*job)->draft_in(*snapshot);
    }
    return true;
}

Left Commits::carry_out(Job& job, Transaction& transaction) {
    if (!job.take() || !job.draft->holds_in(transaction)) return job.work(transaction);
    job.draft->write_to(transaction);
    return job.left;
}

void Commits::run_batch(Batch& batch) {
    if (is_shared_) {
        // A part costs SQLite a copy of every page that it changes; most batches need none, for a
        // refusal seldom writes.
        Together ran = run_together(batch, Parts::none);
        if (ran == Together::needs_parts) ran = run_together(batch, Parts::one_each);
        if (ran == Together::done) return;
    }
    for (const auto& job : batch) run_alone(*job);
}

Commits::Together Commits::run_together(Batch& batch, Parts parts) {
    std::unique_ptr<Transaction> transaction;
    try {
        transaction = store_.begin(Store::Access::write);
    } catch (...) {
        // Whoever holds the lock, or has broken the disk, does so for all: none waits for it again.
        for (const auto& job : batch) job->error = std::current_exception();
        return Together::done;
    }
    std::vector<Tally> kept;
    for (std::size_t i = 0; i < batch.size() || (parts == Parts::none && gather(batch)); ++i) {
        Job& job = *batch[i];
        job.error = {};
        const std::uint64_t writes = transaction->writes();
        try {
            std::optional<Part> part;
            if (parts == Parts::one_each) part.emplace(*transaction);
            const Left left = carry_out(job, *transaction);
            if (left.keep) {
                if (part) part->keep();
                kept.push_back(left.tally);
                continue;
            }
        } catch (const Error& error) {
            job.error = std::current_exception();
            if (error.code() == ErrorCode::storage || error.code() == ErrorCode::corrupt) {
                return batch.size() == 1 ? Together::done : Together::broke;
            }
        } catch (...) {
            job.error = std::current_exception();
        }
        if (parts == Parts::one_each || transaction->writes() == writes) continue;
        return batch.size() == 1 ? Together::done : Together::needs_parts;
    }
    if (kept.empty()) return Together::done;
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
            const Left left = carry_out(job, *transaction);
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
