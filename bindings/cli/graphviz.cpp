#include "graphviz.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <optional>

#include "text_file.hpp"
#include "words.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"

extern char** environ;

namespace workflow::cli {
namespace {

using Time = std::chrono::steady_clock;

[[noreturn]] void throw_failure(const char* what, int number) {
    throw Error(ErrorCode::storage, std::string(what) + ": " + std::strerror(number));
}

/// A file descriptor, closed at the end of its life.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { close(); }
    void set(int number) { number_ = number; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_ = -1;
};

struct Pipe {
    Descriptor reading;
    Descriptor writing;

    Pipe() {
        std::array<int, 2> ends{};
        if (pipe2(ends.data(), O_CLOEXEC) != 0) throw_failure("no pipe can be made", errno);
        reading.set(ends[0]);
        writing.set(ends[1]);
    }
};

void set_nonblocking(const Descriptor& descriptor) {
    fcntl(descriptor.number(), F_SETFL, fcntl(descriptor.number(), F_GETFL) | O_NONBLOCK);
}

/// A child that is killed and waited for, whatever happens.
class Child {
public:
    explicit Child(pid_t process) : process_(process) {}
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() {
        if (process_ <= 0) return;
        kill(process_, SIGKILL);
        int status = 0;
        while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
        }
    }
    /// Its exit status, or a signal's number + 128; nothing when it still runs at `until`.
    std::optional<int> wait(Time::time_point until) {
        int status = 0;
        while (waitpid(process_, &status, WNOHANG) != process_) {
            if (Time::now() >= until) return std::nullopt;
            poll(nullptr, 0, 5);
        }
        process_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

private:
    pid_t process_;
};

/// The process, or 0 when there is no such program.
pid_t spawn(const std::vector<std::string>& arguments, const Pipe& input, const Pipe& output,
            const Pipe& errors) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.reading.number(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output.writing.number(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.writing.number(), STDERR_FILENO);
    std::vector<char*> pointers;
    for (const std::string& argument : arguments) {
        pointers.push_back(
            const_cast<char*>(argument.c_str()));  // posix_spawn does not write there
    }
    pointers.push_back(nullptr);
    pid_t process = 0;
    const int failure =
        posix_spawnp(&process, pointers.front(), &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failure == ENOENT || failure == EACCES) return 0;
    if (failure != 0) throw_failure("no process can be started", failure);
    return process;
}

/// Reads what is there. False at the end.
bool read_some(Descriptor& from, std::string& into) {
    std::array<char, 65536> buffer{};
    const ssize_t count = read(from.number(), buffer.data(), buffer.size());
    if (count > 0) into.append(buffer.data(), static_cast<std::size_t>(count));
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (count <= 0) from.close();
    return count > 0;
}

void write_some(Descriptor& to, std::string_view& text) {
    const ssize_t count = ::write(to.number(), text.data(), text.size());
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    const bool broken = count < 0 && errno != EAGAIN && errno != EINTR;
    if (text.empty() || broken) to.close();
}

/// Feeds and empties the three pipes until both outputs end or a limit is crossed.
ProcessResult::End converse(Pipe& input, Pipe& output, Pipe& errors, std::string_view text,
                            std::size_t output_bytes_max, Time::time_point until,
                            ProcessResult& result) {
    while (output.reading.is_open() || errors.reading.is_open()) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Time::now()).count();
        if (left <= 0) return ProcessResult::End::too_slow;
        std::array<pollfd, 3> waited{{{output.reading.number(), POLLIN, 0},
                                      {errors.reading.number(), POLLIN, 0},
                                      {input.writing.number(), POLLOUT, 0}}};
        if (poll(waited.data(), waited.size(), static_cast<int>(left)) < 0 && errno != EINTR) {
            throw_failure("waiting for a process failed", errno);
        }
        if (waited[0].revents != 0) read_some(output.reading, result.output);
        if (waited[1].revents != 0) {
            read_some(errors.reading, result.errors);
            result.errors.resize(std::min<std::size_t>(result.errors.size(), 2'000));
        }
        if (waited[2].revents != 0) write_some(input.writing, text);
        if (result.output.size() > output_bytes_max) return ProcessResult::End::too_large;
    }
    return ProcessResult::End::exited;
}

}  // namespace

ProcessResult run_program(const std::vector<std::string>& arguments, std::string_view text,
                          const ProcessLimits& limits) {
    // A program that does not read its input must not end this one.
    std::signal(SIGPIPE, SIG_IGN);
    Pipe input;
    Pipe output;
    Pipe errors;
    ProcessResult result;
    const pid_t process = spawn(arguments, input, output, errors);
    if (process == 0) {
        result.end = ProcessResult::End::missing;
        return result;
    }
    Child child(process);
    input.reading.close();
    output.writing.close();
    errors.writing.close();
    set_nonblocking(input.writing);
    set_nonblocking(output.reading);
    set_nonblocking(errors.reading);
    const auto until = Time::now() + std::chrono::seconds(limits.seconds);
    result.end = converse(input, output, errors, text, limits.output_bytes, until, result);
    if (result.end == ProcessResult::End::exited) {
        const auto status = child.wait(until);
        result.status = status.value_or(0);
        if (!status) result.end = ProcessResult::End::too_slow;
    }
    return result;
}

std::string svg_of_dot(std::string_view dot, std::string_view language) {
    const ProcessLimits limits;
    ProcessResult result = run_program({"dot", "-Tsvg"}, dot, limits);
    switch (result.end) {
        case ProcessResult::End::exited:
            break;
        case ProcessResult::End::missing:
            throw Failure(std::string(words::dot_missing.in(language)));
        case ProcessResult::End::too_slow:
            throw Failure(words::dot_slow.in(language, limits.seconds));
        case ProcessResult::End::too_large:
            throw Failure(words::dot_large.in(language, limits.output_bytes / 1024 / 1024));
    }
    if (result.status != 0 || result.output.empty()) {
        const std::string first = result.errors.substr(0, result.errors.find('\n'));
        throw Failure(words::dot_failed.in(
            language, first.empty() ? fmt::format("status {}", result.status) : printable(first)));
    }
    return std::move(result.output);
}

std::string write_svg(const std::string& folder, const std::string& name, std::string_view dot,
                      const Session& session) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    std::string path = (std::filesystem::path(folder) / (name + ".svg")).string();
    write_output(path, svg_of_dot(dot, session.language), session);
    return path;
}

}  // namespace workflow::cli
