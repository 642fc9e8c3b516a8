// Threads that the host starts: handlers for what instances ask of it, commits for callers who do not
// wait, and timers that fire by themselves. No thread runs that was not asked for.
// Thread-safe but for registering handlers, which comes before the first delivery. The engine
// outlives its services.
#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <variant>

#include "workflow/engine.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Whose work it is. A delivery may come again, after a crash or beside another process: under the
/// same key the outer system does it once.
struct Delivery {
    /// Of a service `INSTANCE@TOKEN`, for every attempt; of a notice `INSTANCE@REVISION.NUMBER`.
    std::string key;
    std::string instance;
    std::string trace;  ///< `traceparent` of the call that it comes from; empty: none
};

/// An error that the procedure names under `errors`; any other is a failure.
struct BusinessError {
    std::string code;
    std::string text;  ///< for people
};
using ServiceAnswer = std::variant<FieldValues, BusinessError>;

struct OutboxOptions {
    /// How long an idle thread waits until it looks again; wake() is quicker.
    std::chrono::milliseconds poll{200};
    /// How long this process has an effect to itself. Longer than a handler may take: after it
    /// another process, or another thread, delivers it again.
    std::chrono::milliseconds lease{300'000};
    /// A delivery that could not be made is made again after so long, then twice as long each time,
    /// with a quarter more or less at random so that many do not come back together.
    std::chrono::milliseconds first_pause{1'000};
    std::chrono::milliseconds longest_pause{300'000};
    /// Told of what went wrong, in words, from the thread in which it did; may be empty.
    std::function<void(const Delivery&, const std::string&)> on_problem;
};

/// Delivers the outbox, each effect at least once after the commit of its step. An effect leaves the
/// outbox only once its handler has returned and its answer is kept. Services of any number of
/// processes share the outbox of a store: each takes what it delivers for the length of its lease.
///
/// What a service's handler throws is a failure: the procedure's `retry` says when it is asked again
/// (rule R65), its `timeout` how long it is waited for, and then there is an incident (R66). A
/// handler that hangs holds its thread and nothing else. What a notice's handler throws is tried
/// again for ever, with the pauses of the options. An effect that nobody here handles stays for
/// another process. Pauses and leases are counted by the engine's clock.
class OutboxService {
public:
    using ServiceHandler = std::function<ServiceAnswer(const Delivery&, const ServiceRequest&)>;
    /// The answer is not waited for any more: stop, if it is still time.
    using WithdrawalHandler = std::function<void(const Delivery&, const ServiceRequest&)>;
    using NoticeHandler = std::function<void(const Delivery&, const Notice&)>;

    explicit OutboxService(Engine& engine, OutboxOptions options = {});
    /// Stops first.
    ~OutboxService();
    OutboxService(const OutboxService&) = delete;
    OutboxService& operator=(const OutboxService&) = delete;

    /// For `service: NAME` in procedures. Error{misuse}: registered twice, or threads are running.
    void handle_service(const std::string& name, ServiceHandler handler);
    /// Without one, a withdrawal is taken out of the outbox and nobody is told.
    void handle_withdrawal(const std::string& name, WithdrawalHandler handler);
    void handle_notices(NoticeHandler handler);

    /// Delivers one effect in the caller's thread. False: there was none that could be delivered
    /// now. Never throws: what went wrong is told to on_problem, and the effect stays.
    bool deliver_one();
    /// One after the other, until there is none.
    std::size_t deliver_all();

    /// Starts so many threads more, at least one, that deliver until stop().
    void start(std::size_t threads);
    /// Waits for the handlers that are running; an effect in its pause stays for the next start.
    /// Error{misuse}: called by one of them.
    void stop();
    /// Lets an idle thread look at once.
    void wake();

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

struct CommitOptions {
    /// Calls that may wait for their commit; one more is refused with Error{limit}.
    std::size_t waiting_max = 100'000;
};

/// Calls of the engine for callers who do not want to wait. A future is ready once the step is durable,
/// or refused; it holds what the engine's call would have returned or thrown. What is wrong with the
/// arguments is thrown at once. Calls for one instance are taken in the order in which they came.
/// Where the store's writers go one by one a thread commits up to 256 of them together, and those that
/// wait in Engine's own calls with them. Thread-safe but for start() and stop().
class CommitService {
public:
    explicit CommitService(Engine& engine, CommitOptions options = {});
    /// Stops first.
    ~CommitService();
    CommitService(const CommitService&) = delete;
    CommitService& operator=(const CommitService&) = delete;

    [[nodiscard]] std::future<Answer> start_later(const Engine::StartRequest& start,
                                                  const Request& request = {});
    [[nodiscard]] std::future<Answer> perform_later(const std::string& instance,
                                                    const Perform& action,
                                                    const Request& request = {});
    [[nodiscard]] std::future<Answer> send_later(const std::string& instance, const Event& event,
                                                 const Request& request = {});
    [[nodiscard]] std::future<MessageAnswer> send_later(const Message& message);

    /// Told of a call that has ended, by its ready future: once, in the thread that committed it, which goes
    /// on only afterwards. It must not throw. It may call the engine, but waits for no other call that was
    /// handed over.
    template <class Result>
    using Completion = std::function<void(std::future<Result>)>;
    void start_later(const Engine::StartRequest& start, const Request& request,
                     Completion<Answer> completion);
    void send_later(const std::string& instance, const Event& event, const Request& request,
                    Completion<Answer> completion);
    void send_later(const Message& message, Completion<MessageAnswer> completion);

    /// Starts so many threads more, at least one. With SQLite one of them commits, and a second one
    /// prepares what comes next; PostgreSQL commits side by side in as many as there are, and then the
    /// order within an instance is not kept.
    void start(std::size_t threads = 1);
    /// Waits until all that was handed over is done, in the caller's thread where no other does it.
    /// Error{misuse}: called by a completion.
    void stop();

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

struct TimerOptions {
    std::chrono::milliseconds poll{500};
    /// Told of each run that fired or carried something, or failed; may be empty.
    std::function<void(const DueReport&)> on_report;
    /// Told of an Error of the store, after which it goes on; may be empty.
    std::function<void(const std::string&)> on_problem;
};

/// Calls run_due whenever something is due, in one thread.
class TimerService {
public:
    explicit TimerService(Engine& engine, TimerOptions options = {});
    /// Stops first.
    ~TimerService();
    TimerService(const TimerService&) = delete;
    TimerService& operator=(const TimerService&) = delete;

    /// Error{misuse} when it runs already.
    void start();
    /// Waits for the run under way.
    void stop();
    void wake();

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace workflow
