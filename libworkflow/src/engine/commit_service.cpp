// Futures: calls that others wait for, run and committed together by threads of their own.
#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

#include "engine/calls.hpp"
#include "workflow/services.hpp"

namespace workflow {
namespace {

/// Of this thread: whether a completion runs in it.
thread_local bool completing = false;

}  // namespace

struct CommitService::Implementation {
    Implementation(engine::Core& works_in, CommitOptions chosen)
        : core(works_in), options(chosen) {}

    /// `prepare` makes the call that fills the answer it is given. Without a completion the future is for
    /// the caller; else it is none.
    template <class Result, class Prepare>
    std::future<Result> post(const Prepare& prepare, Completion<Result> completion) {
        struct Slot {
            std::optional<Result> answer;
            std::promise<Result> promise;
            Completion<Result> completion;
        };
        if (core.commits.posted() >= options.waiting_max) {
            throw Error(ErrorCode::limit, "more than " + std::to_string(options.waiting_max) +
                                              " calls wait for their commit: wait for some of their "
                                              "answers first");
        }
        const auto slot = std::make_shared<Slot>();
        slot->completion = std::move(completion);
        std::future<Result> future;
        if (!slot->completion) future = slot->promise.get_future();
        engine::Metrics& metrics = core.metrics;
        core.commits.post(prepare(slot->answer), [slot, &metrics](const std::exception_ptr& error) {
            if (error) {
                slot->promise.set_exception(error);
            } else {
                engine::count_refusal(metrics, *slot->answer);
                slot->promise.set_value(std::move(*slot->answer));
            }
            if (!slot->completion) return;
            const bool outer = std::exchange(completing, true);
            slot->completion(slot->promise.get_future());
            completing = outer;
        });
        return future;
    }

    std::future<Answer> start_one(const Engine::StartRequest& start, const Request& request,
                                  Completion<Answer> completion) {
        return post<Answer>(
            [&](std::optional<Answer>& answer) { return engine::starting(core, start, request, answer); },
            std::move(completion));
    }
    std::future<Answer> send_one(const std::string& instance, const Event& event,
                                 const Request& request, Completion<Answer> completion) {
        return post<Answer>(
            [&](std::optional<Answer>& answer) {
                return engine::sending(core, instance, event, request, answer);
            },
            std::move(completion));
    }
    std::future<MessageAnswer> bring_one(const Message& message, Completion<MessageAnswer> completion) {
        return post<MessageAnswer>(
            [&](std::optional<MessageAnswer>& answer) { return engine::bringing(core, message, answer); },
            std::move(completion));
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
    return implementation_->start_one(start, request, {});
}

std::future<Answer> CommitService::perform_later(const std::string& instance, const Perform& action,
                                                 const Request& request) {
    return send_later(instance, action, request);
}

std::future<Answer> CommitService::send_later(const std::string& instance, const Event& event,
                                              const Request& request) {
    return implementation_->send_one(instance, event, request, {});
}

std::future<MessageAnswer> CommitService::send_later(const Message& message) {
    return implementation_->bring_one(message, {});
}

void CommitService::start_later(const Engine::StartRequest& start, const Request& request,
                                Completion<Answer> completion) {
    (void)implementation_->start_one(start, request, std::move(completion));
}

void CommitService::send_later(const std::string& instance, const Event& event,
                               const Request& request, Completion<Answer> completion) {
    (void)implementation_->send_one(instance, event, request, std::move(completion));
}

void CommitService::send_later(const Message& message, Completion<MessageAnswer> completion) {
    (void)implementation_->bring_one(message, std::move(completion));
}

void CommitService::start(std::size_t threads) {
    auto& self = *implementation_;
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) {
        self.threads.emplace_back([&self] { self.work(); });
    }
}

void CommitService::stop() {
    auto& self = *implementation_;
    if (completing) {
        throw Error(ErrorCode::misuse, "a completion cannot stop the commits that wait for it");
    }
    self.stopping = true;
    self.core.commits.wake();
    for (std::thread& thread : self.threads) thread.join();
    self.threads.clear();
    self.stopping = false;
    self.core.commits.run_posted();
}

}  // namespace workflow
