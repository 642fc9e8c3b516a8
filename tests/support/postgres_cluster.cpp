#include "support/postgres_cluster.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

namespace workflow::test {
namespace {

constexpr auto start_timeout = std::chrono::seconds(60);

/// The server refuses to be root's. Debian's package brings the first of these users.
const passwd& unprivileged() {
    for (const char* name : {"postgres", "nobody"}) {
        if (const passwd* found = getpwnam(name)) return *found;
    }
    throw std::runtime_error("neither the user postgres nor nobody exists");
}

bool syncs = false;

}  // namespace

void PostgresCluster::sync_to_disk() {
    syncs = true;
}

PostgresCluster& PostgresCluster::get() {
    static PostgresCluster cluster;
    return cluster;
}

PostgresCluster::PostgresCluster()
    : conninfo_("host=" + folder_.file("") + " user=workflow dbname=postgres"),
      user_(geteuid()),
      group_(getegid()) {
    if (user_ == 0) {
        const passwd& other = unprivileged();
        user_ = other.pw_uid;
        group_ = other.pw_gid;
        if (chown(folder_.file("").c_str(), user_, group_) != 0) {
            throw std::runtime_error("cannot give " + folder_.file("") + " to " + other.pw_name);
        }
    }
    make_data();
    start();
}

PostgresCluster::~PostgresCluster() {
    stop();
}

void PostgresCluster::make_data() {
    const pid_t maker =
        spawn(WORKFLOW_POSTGRES_INITDB, {"--pgdata=" + folder_.file("data"), "--username=workflow",
                                         "--auth=trust", "--no-sync", "--encoding=UTF8",
                                         "--locale=C", "--no-instructions"});
    int status = 0;
    waitpid(maker, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw std::runtime_error("initdb failed: " + log());
    }
}

// deadlock_timeout: after it a waiting session looks for deadlocks; its second would be the test's.
// fsync: a machine that crashes takes the test with it, mostly.
void PostgresCluster::start() {
    server_ = spawn(WORKFLOW_POSTGRES_SERVER,
                    {"-D", folder_.file("data"), "-c", "listen_addresses=", "-c",
                     "unix_socket_directories=" + folder_.file(""), "-c",
                     syncs ? "fsync=on" : "fsync=off", "-c",
                     "shared_buffers=16MB", "-c", "deadlock_timeout=20ms"});
    const auto until = std::chrono::steady_clock::now() + start_timeout;
    while (PQping(conninfo_.c_str()) != PQPING_OK) {
        const bool ended = waitpid(server_, nullptr, WNOHANG) != 0;
        if (ended) server_ = 0;
        if (ended || std::chrono::steady_clock::now() > until) {
            stop();
            throw std::runtime_error("the PostgreSQL server does not start: " + log());
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

void PostgresCluster::stop() {
    if (server_ == 0) return;
    kill(server_, SIGINT);  // its "fast" shutdown: waits for no session
    waitpid(server_, nullptr, 0);
    server_ = 0;
}

pid_t PostgresCluster::spawn(const char* program, std::vector<std::string> arguments) const {
    std::string name = program;
    const std::string log_path = folder_.file("log");
    std::vector<char*> pointers{name.data()};
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const bool is_root = geteuid() == 0;
    const pid_t child = fork();
    if (child != 0) {
        if (child < 0) throw std::runtime_error("cannot fork");
        return child;
    }
    if (is_root && (setgid(group_) != 0 || setuid(user_) != 0)) _exit(126);
    // After the change of user, which would undo it.
    prctl(PR_SET_PDEATHSIG, SIGQUIT);
    const int log_file = open(log_path.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
    dup2(log_file, STDOUT_FILENO);
    dup2(log_file, STDERR_FILENO);
    execv(name.c_str(), pointers.data());
    _exit(127);
}

std::string PostgresCluster::log() const {
    std::ostringstream text;
    text << std::ifstream(folder_.file("log")).rdbuf();
    return text.str();
}

}  // namespace workflow::test
