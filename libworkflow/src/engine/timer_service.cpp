// One thread that runs what is due.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "workflow/services.hpp"

namespace workflow {

struct TimerService::Implementation {
    Implementation(Engine& runs, TimerOptions chosen) : engine(runs), options(std::move(chosen)) {}

    void work() {
        while (true) {
            run();
            std::unique_lock lock(mutex);
            if (stopping) return;
            idle.wait_for(lock, options.poll);
            if (stopping) return;
        }
    }

    void run() {
        try {
            // Looked at first: whoever only reads keeps no writer waiting.
            const auto due = engine.next_due();
            if (!due || *due > engine.now()) return;
            const DueReport report = engine.run_due();
            const bool did_something = report.fired + report.delivered + report.undelivered +
                                           report.carried + report.failed.size() !=
                                       0;
            if (did_something && options.on_report) options.on_report(report);
        } catch (const std::exception& error) {
            if (options.on_problem) options.on_problem(error.what());
        }
    }

    Engine& engine;
    TimerOptions options;
    std::mutex mutex;
    std::condition_variable idle;
    bool stopping = false;
    std::thread thread;
};

TimerService::TimerService(Engine& engine, TimerOptions options)
    : implementation_(std::make_unique<Implementation>(engine, std::move(options))) {}

TimerService::~TimerService() {
    stop();
}

void TimerService::start() {
    auto& self = *implementation_;
    const std::lock_guard lock(self.mutex);
    if (self.thread.joinable()) throw Error(ErrorCode::misuse, "the timers run already");
    self.thread = std::thread([&self] { self.work(); });
}

void TimerService::stop() {
    auto& self = *implementation_;
    std::thread thread;
    {
        const std::lock_guard lock(self.mutex);
        self.stopping = true;
        thread.swap(self.thread);
    }
    self.idle.notify_all();
    if (thread.joinable()) thread.join();
    const std::lock_guard lock(self.mutex);
    self.stopping = false;
}

void TimerService::wake() {
    implementation_->idle.notify_all();
}

}  // namespace workflow
