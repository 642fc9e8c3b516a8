// Futures: calls that others wait for, run and committed together by threads of their own.
#include <algorithm>
#include <atomic>
#include <thread>

#include "engine/calls.hpp"
#include "workflow/services.hpp"

namespace workflow {

struct CommitService::Implementation {
    Implementation(engine::Core& works_in, CommitOptions chosen)
        : core(works_in), options(chosen) {}

    template <class Result, class Prepare>
    std::future<Result> post(const Prepare& prepare) {
        struct Slot {
            std::optional<Result> answer;
            std::promise<Result> promise;
        };
        if (core.commits.posted() >= options.waiting_max) {
            throw Error(ErrorCode::limit, "more than " + std::to_string(options.waiting_max) +
                                              " calls wait for their commit: wait for some of their "
                                              "answers first");
        }
        const auto slot = std::make_shared<Slot>();
        std::future<Result> future = slot->promise.get_future();
        engine::Metrics& metrics = core.metrics;
        core.commits.post(prepare(slot->answer), [slot, &metrics](const std::exception_ptr& error) {
            if (error) {
                slot->promise.set_exception(error);
            } else {
                engine::count_refusal(metrics, *slot->answer);
                slot->promise.set_value(std::move(*slot->answer));
            }
        });
        return future;
    }

    void work() {
        while (!stopping) {
            core.commits.wait_for_posted([this] { return stopping.load(); });
            core.commits.run_posted();
        }
    }

    engine::Core& core;
    CommitOptions options;
    std::atomic<bool> stopping = false;
    std::vector<std::thread> threads;
};

CommitService::CommitService(Engine& engine, CommitOptions options)
    : implementation_(std::make_unique<Implementation>(*engine.implementation_, options)) {}

CommitService::~CommitService() {
    stop();
}

std::future<Answer> CommitService::start_later(const Engine::StartRequest& start,
                                               const Request& request) {
    auto& self = *implementation_;
    return self.post<Answer>([&](std::optional<Answer>& answer) {
        return engine::starting(self.core, start, request, answer);
    });
}

std::future<Answer> CommitService::perform_later(const std::string& instance, const Perform& action,
                                                 const Request& request) {
    return send_later(instance, action, request);
}

std::future<Answer> CommitService::send_later(const std::string& instance, const Event& event,
                                              const Request& request) {
    auto& self = *implementation_;
    return self.post<Answer>([&](std::optional<Answer>& answer) {
        return engine::sending(self.core, instance, event, request, answer);
    });
}

std::future<MessageAnswer> CommitService::send_later(const Message& message) {
    auto& self = *implementation_;
    return self.post<MessageAnswer>([&](std::optional<MessageAnswer>& answer) {
        return engine::bringing(self.core, message, answer);
    });
}

void CommitService::start(std::size_t threads) {
    auto& self = *implementation_;
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) {
        self.threads.emplace_back([&self] { self.work(); });
    }
}

void CommitService::stop() {
    auto& self = *implementation_;
    self.stopping = true;
    self.core.commits.wake();
    for (std::thread& thread : self.threads) thread.join();
    self.threads.clear();
    self.stopping = false;
    self.core.commits.run_posted();
}

}  // namespace workflow
