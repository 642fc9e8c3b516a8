// A program started with its input and output as pipes, and gone with its object. Confined.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <string>
#include <vector>

namespace workflow::test {

class Process {
public:
    /// Throws std::runtime_error when it cannot be started.
    Process(std::string program, std::vector<std::string> arguments);
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    /// Kills it where it has not ended.
    ~Process();

    /// Waits until it has said something; empty: it will say nothing more.
    [[nodiscard]] std::string read_some() const;
    /// All that it says until it ends, or closes its output.
    [[nodiscard]] std::string read_all() const;
    /// Ends its input and gives its exit status; -1: it ended by a signal.
    int end();
    /// Ends it as a crash would, and gives the signal that it ended by; -1: it had ended by itself.
    int kill();

private:
    int wait();

    pid_t id_ = 0;
    int input_ = -1;
    int output_ = -1;
};

}  // namespace workflow::test
