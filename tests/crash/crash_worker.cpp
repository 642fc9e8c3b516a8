// The process that is killed: works on dossiers in many threads, and says what was acknowledged.
//   crash_worker work PLACE SEED NOW HANDLED   8 threads of people, handlers and timers, until it is killed
//   crash_worker timers PLACE NOW              runs what is due until nothing is, then ends
// NOW is in milliseconds since 1970. Its output is a line `INSTANCE REQUEST REVISION` for each step that
// was acknowledged; HANDLED is a file of the keys that handlers were called with: the outer system.
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <random>
#include <thread>

#include "crash/dossiers.hpp"
#include "workflow/services.hpp"

namespace {

using namespace workflow;
using namespace workflow::test;

constexpr int people = 8;
constexpr int dossiers = 40;

/// One write, so that no line is torn by another.
void say(int file, const std::string& line) {
    if (write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(3);
}

void work_on(Engine& engine, const std::string& seed, int person) {
    std::mt19937 random(static_cast<std::uint32_t>(std::atoi(seed.c_str()) * people + person));
    for (int number = 0;; ++number) {
        const std::string request =
            seed + "-" + std::to_string(person) + "-" + std::to_string(number);
        try {
            const auto done = act(engine, random, dossiers, request);
            if (!done) continue;
            say(STDOUT_FILENO, done->instance + " " + request + " " +
                                   std::to_string(done->revision) + "\n");
        } catch (const Error& error) {
            say(STDERR_FILENO, std::string(error.what()) + "\n");
            _exit(1);
        }
    }
}

int work(Engine& engine, const std::string& seed, const char* handled) {
    const int file = open(handled, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return 2;
    OutboxService outbox(engine, {.poll = std::chrono::milliseconds(2),
                                  .lease = std::chrono::minutes(10)});
    std::atomic<unsigned> asked = 0;
    outbox.handle_service("register", [&](const Delivery& delivery, const ServiceRequest&) {
        say(file, delivery.key + "\n");
        if (++asked % 7 == 0) throw std::runtime_error("the register does not answer");
        return ServiceAnswer(FieldValues{{"debt", 1}});
    });
    outbox.handle_notices(
        [&](const Delivery& delivery, const Notice&) { say(file, delivery.key + "\n"); });
    TimerService timers(engine, {.poll = std::chrono::milliseconds(2)});
    outbox.start(2);
    timers.start();
    std::vector<std::thread> threads;
    for (int person = 0; person < people; ++person) {
        threads.emplace_back([&, person] { work_on(engine, seed, person); });
    }
    for (std::thread& thread : threads) thread.join();
    return 0;
}

int run_timers(Engine& engine, const VirtualClock& clock) {
    while (true) {
        const DueReport report = engine.run_due();
        if (!report.failed.empty()) {
            say(STDERR_FILENO, report.failed.front().second + "\n");
            return 1;
        }
        const auto next = engine.next_due();
        if (!next || *next > clock.now()) return 0;
        std::this_thread::yield();  // another process has the rest in hand
    }
}

}  // namespace

int main(int argument_count, char** arguments) {
    const std::vector<std::string> given(arguments + 1, arguments + argument_count);
    if (given.size() < 3) return 2;
    try {
        const std::string now = given[0] == "work" ? given.at(3) : given.at(2);
        const auto clock = std::make_shared<VirtualClock>(
            Instant(std::chrono::milliseconds(std::strtoll(now.c_str(), nullptr, 10))));
        Engine engine(open_place(given[1]), clock);
        if (given[0] == "timers") return run_timers(engine, *clock);
        return work(engine, given.at(2), given.at(4).c_str());
    } catch (const std::exception& error) {
        say(STDERR_FILENO, std::string(error.what()) + "\n");
        return 1;
    }
}
