#include "support/socket_relay.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace workflow::test {
namespace {

constexpr const char* socket_name = "/.s.PGSQL.5432";

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof(address.sun_path)) throw std::runtime_error(path + " is too long");
    std::copy(path.begin(), path.end(), address.sun_path);
    return address;
}

int new_socket() {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool pass_on(int to, const char* bytes, ssize_t count) {
    while (count > 0) {
        const ssize_t sent = send(to, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        count -= sent;
    }
    return true;
}

}  // namespace

SocketRelay::SocketRelay(const std::string& server_folder)
    : server_path_(server_folder + socket_name), listener_(new_socket()) {
    const sockaddr_un address = address_of(folder() + socket_name);
    if (pipe2(ends_, O_CLOEXEC) != 0 || bind(listener_, generic(address), sizeof(address)) != 0 ||
        listen(listener_, 16) != 0) {
        throw std::runtime_error("cannot listen in " + folder());
    }
    acceptor_ = std::thread([this] { accept_all(); });
}

SocketRelay::~SocketRelay() {
    close(ends_[1]);  // everybody's poll sees it
    acceptor_.join();
    for (std::thread& carrier : carriers_) carrier.join();
    close(ends_[0]);
    close(listener_);
}

void SocketRelay::accept_all() {
    std::array<pollfd, 2> waits{{{listener_, POLLIN, 0}, {ends_[0], POLLIN, 0}}};
    while (poll(waits.data(), waits.size(), -1) > 0 && waits[1].revents == 0) {
        const int client = accept(listener_, nullptr, nullptr);
        const int server = new_socket();
        const sockaddr_un address = address_of(server_path_);
        if (connect(server, generic(address), sizeof(address)) != 0) {
            close(client);
            close(server);
            continue;
        }
        const std::lock_guard lock(mutex_);
        carriers_.emplace_back([this, client, server] { carry(client, server); });
    }
}

void SocketRelay::carry(int client, int server) {
    std::array<pollfd, 3> waits{
        {{client, POLLIN, 0}, {server, POLLIN, 0}, {ends_[0], POLLIN, 0}}};
    std::array<char, 65'536> bytes{};
    bool server_spoke = true;
    bool is_open = true;
    while (is_open && poll(waits.data(), waits.size(), -1) > 0 && waits[2].revents == 0) {
        const bool from_client = waits[0].revents != 0;
        const ssize_t count = recv(from_client ? client : server, bytes.data(), bytes.size(), 0);
        if (count <= 0) break;
        if (from_client && server_spoke) ++round_trips_;
        server_spoke = !from_client;
        if (left_ > 0 && --left_ == 0) {
            has_cut_ = true;
            break;
        }
        is_open = pass_on(from_client ? server : client, bytes.data(), count);
    }
    close(client);
    close(server);
}

}  // namespace workflow::test
