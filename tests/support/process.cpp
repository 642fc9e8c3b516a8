#include "support/process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace workflow::test {

Process::Process(std::string program, std::vector<std::string> arguments) {
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    if (pipe2(input.data(), O_CLOEXEC) != 0 || pipe2(output.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe for " + program);
    }
    std::vector<char*> pointers{program.data()};
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    id_ = fork();
    if (id_ < 0) throw std::runtime_error("no process for " + program);
    if (id_ == 0) {
        dup2(input[0], STDIN_FILENO);
        dup2(output[1], STDOUT_FILENO);
        execv(pointers[0], pointers.data());
        _exit(127);
    }
    close(input[0]);
    close(output[1]);
    input_ = input[1];
    output_ = output[0];
}

Process::~Process() {
    if (id_ > 0) static_cast<void>(kill());
    if (output_ >= 0) close(output_);
}

std::string Process::read_some() const {
    std::array<char, 65'536> bytes{};
    const ssize_t size = read(output_, bytes.data(), bytes.size());
    return size <= 0 ? std::string() : std::string(bytes.data(), static_cast<std::size_t>(size));
}

std::string Process::read_all() const {
    std::string all;
    for (std::string some = read_some(); !some.empty(); some = read_some()) all += some;
    return all;
}

int Process::end() {
    const int status = wait();
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int Process::kill() {
    ::kill(id_, SIGKILL);
    const int status = wait();
    return WIFSIGNALED(status) ? WTERMSIG(status) : -1;
}

int Process::wait() {
    if (id_ <= 0) return -1;
    close(input_);
    int status = 0;
    waitpid(id_, &status, 0);
    id_ = 0;
    return status;
}

}  // namespace workflow::test
