// Delivers the outbox: handlers and their answers, pauses, threads.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "workflow/services.hpp"

namespace workflow {
namespace {

using Pending = Engine::Pending;

/// So many are taken in one transaction, each to be delivered before its lease ends.
constexpr std::size_t taken_together_max = 8;

Delivery delivery_of(const Pending& pending) {
    std::string key = pending.instance + '@';
    if (const auto* request = std::get_if<ServiceRequest>(&pending.effect)) {
        key += std::to_string(request->token);
    } else {
        key += std::to_string(pending.revision) + '.' + std::to_string(pending.number);
    }
    return {std::move(key), pending.instance, pending.trace};
}

/// Of the exception that is being handled.
std::string words_of_exception() {
    try {
        throw;
    } catch (const std::exception& error) {
        return error.what();
    } catch (...) {
        return "something that is no std::exception was thrown";
    }
}

}  // namespace

struct OutboxService::Implementation {
    /// Whose handler runs in this thread; null: none.
    static thread_local const Implementation* handling;

    Implementation(Engine& delivers_for, OutboxOptions chosen)
        : engine(delivers_for), options(std::move(chosen)) {}

    /// Nothing: none can be delivered now.
    std::optional<Pending> next() {
        const std::lock_guard lock(mutex);
        // Of what has lain here beyond its lease somebody else may have taken the place.
        while (!taken.empty() && taken.front().at <= engine.now()) taken.pop_front();
        if (taken.empty()) {
            for (Pending& pending :
                 engine.take_effects(options.lease, taken_together_max,
                                     [this](const Pending& found) { return is_handled(found); })) {
                taken.push_back(std::move(pending));
            }
        }
        if (taken.empty()) return std::nullopt;
        Pending pending = std::move(taken.front());
        taken.pop_front();
        return pending;
    }

    [[nodiscard]] bool is_handled(const Pending& pending) const {
        const auto* request = std::get_if<ServiceRequest>(&pending.effect);
        if (request == nullptr) return notices != nullptr;
        return services.count(request->handler) != 0;
    }

    /// Twice as long each time, and a quarter more or less.
    [[nodiscard]] std::chrono::milliseconds pause_after(std::uint32_t tries) {
        constexpr std::uint32_t doublings_max = 30;
        const std::uint32_t doublings = std::min(tries - std::min(tries, 1U), doublings_max);
        const auto pause = std::min(options.first_pause * (std::int64_t{1} << doublings),
                                    options.longest_pause);
        const std::lock_guard lock(mutex);
        std::uniform_real_distribution<double> quarter(0.75, 1.25);
        return std::chrono::duration_cast<std::chrono::milliseconds>(pause * quarter(random));
    }

    // --- delivering, without the lock ---
    void deliver(const Pending& pending, const Delivery& delivery) {
        if (const auto* notice = std::get_if<Notice>(&pending.effect)) {
            notices(delivery, *notice);
        } else {
            ask(delivery, std::get<ServiceRequest>(pending.effect));
        }
        engine.acknowledge(pending);
    }

    void ask(const Delivery& delivery, const ServiceRequest& request) {
        if (request.withdrawn) {
            const auto told = withdrawals.find(request.handler);
            if (told != withdrawals.end()) told->second(delivery, request);
            return;
        }
        EffectResult result{.token = request.token, .attempt = request.attempt};
        try {
            ServiceAnswer answer = services.at(request.handler)(delivery, request);
            if (auto* fields = std::get_if<FieldValues>(&answer)) {
                result.result = std::move(*fields);
            } else {
                auto& error = std::get<BusinessError>(answer);
                result.kind = EffectResult::Kind::error;
                result.code = std::move(error.code);
                result.text = std::move(error.text);
            }
        } catch (...) {
            result.kind = EffectResult::Kind::failure;
            result.text = words_of_exception();
            tell(delivery, "the handler '" + request.handler + "' failed: " + result.text);
        }
        // A dossier that has gone on, or has ended, does not want it any more.
        const Answer answer = engine.send(delivery.instance, result, {.trace = delivery.trace});
        if (const auto* refusal = std::get_if<Refusal>(&answer)) {
            tell(delivery, "the answer is refused: " + refusal->reason());
        }
    }

    /// Where that fails it comes back by itself, at the end of its lease.
    void give_back(const Pending& pending, std::chrono::milliseconds pause) const {
        try {
            engine.postpone(pending, pause);
        } catch (...) {
            tell(delivery_of(pending), "it cannot be given back: " + words_of_exception());
        }
    }

    void tell(const Delivery& delivery, const std::string& words) const {
        if (!options.on_problem) return;
        try {
            options.on_problem(delivery, words);
        } catch (...) {  // who is told of problems may not make another one
        }
    }

    void work() {
        while (true) {
            {
                const std::lock_guard lock(mutex);
                if (stopping) return;
            }
            if (service->deliver_one()) continue;
            std::unique_lock lock(mutex);
            if (stopping) return;
            idle.wait_for(lock, options.poll);
        }
    }

    void check_idle(const std::string& name) const {
        if (threads.empty()) return;
        throw Error(ErrorCode::misuse,
                    "handlers are registered before threads are started: '" + name + "'");
    }

    Engine& engine;
    OutboxOptions options;
    OutboxService* service = nullptr;
    std::map<std::string, ServiceHandler> services;
    std::map<std::string, WithdrawalHandler> withdrawals;
    NoticeHandler notices;

    std::mutex mutex;
    std::condition_variable idle;
    bool stopping = false;
    std::deque<Pending> taken;  ///< by this process, and not yet in a thread's hands
    std::mt19937 random{std::random_device{}()};
    std::vector<std::thread> threads;
};

thread_local const OutboxService::Implementation* OutboxService::Implementation::handling = nullptr;

OutboxService::OutboxService(Engine& engine, OutboxOptions options)
    : implementation_(std::make_unique<Implementation>(engine, std::move(options))) {
    implementation_->service = this;
}

OutboxService::~OutboxService() {
    stop();
}

void OutboxService::handle_service(const std::string& name, ServiceHandler handler) {
    implementation_->check_idle(name);
    if (!implementation_->services.emplace(name, std::move(handler)).second) {
        throw Error(ErrorCode::misuse, "the handler '" + name + "' is registered twice");
    }
}

void OutboxService::handle_withdrawal(const std::string& name, WithdrawalHandler handler) {
    implementation_->check_idle(name);
    if (!implementation_->withdrawals.emplace(name, std::move(handler)).second) {
        throw Error(ErrorCode::misuse, "the withdrawal of '" + name + "' is registered twice");
    }
}

void OutboxService::handle_notices(NoticeHandler handler) {
    implementation_->check_idle("notices");
    if (implementation_->notices != nullptr) {
        throw Error(ErrorCode::misuse, "the handler of notices is registered twice");
    }
    implementation_->notices = std::move(handler);
}

bool OutboxService::deliver_one() {
    auto& self = *implementation_;
    std::optional<Pending> pending;
    try {
        pending = self.next();
    } catch (...) {
        self.tell({}, "the outbox cannot be read: " + words_of_exception());
    }
    if (!pending) return false;
    const Delivery delivery = delivery_of(*pending);
    const auto* const around = std::exchange(Implementation::handling, &self);
    bool delivered = false;
    try {
        self.deliver(*pending, delivery);
        delivered = true;
    } catch (...) {
        self.tell(delivery, words_of_exception());
    }
    Implementation::handling = around;
    if (delivered) return true;
    self.give_back(*pending, self.pause_after(pending->tries));
    return true;
}

std::size_t OutboxService::deliver_all() {
    std::size_t delivered = 0;
    while (deliver_one()) ++delivered;
    return delivered;
}

void OutboxService::start(std::size_t threads) {
    auto& self = *implementation_;
    const std::lock_guard lock(self.mutex);
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) {
        self.threads.emplace_back([&self] { self.work(); });
    }
}

void OutboxService::stop() {
    auto& self = *implementation_;
    if (Implementation::handling == &self) {
        throw Error(ErrorCode::misuse, "a handler cannot stop the outbox that runs it");
    }
    std::vector<std::thread> threads;
    {
        const std::lock_guard lock(self.mutex);
        self.stopping = true;
        threads.swap(self.threads);
    }
    self.idle.notify_all();
    for (std::thread& thread : threads) thread.join();
    std::deque<Pending> left;
    {
        const std::lock_guard lock(self.mutex);
        self.stopping = false;
        left.swap(self.taken);
    }
    for (Pending& pending : left) self.give_back(pending, {});
}

void OutboxService::wake() {
    implementation_->idle.notify_all();
}

}  // namespace workflow
