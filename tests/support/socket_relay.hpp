// Stands between libpq and the server's socket: counts round trips, and cuts the line when told to.
// Thread-safe.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/temporary_folder.hpp"

namespace workflow::test {

class SocketRelay {
public:
    /// To the server whose socket is in `server_folder`. std::runtime_error when it cannot listen.
    explicit SocketRelay(const std::string& server_folder);
    SocketRelay(const SocketRelay&) = delete;
    SocketRelay& operator=(const SocketRelay&) = delete;
    ~SocketRelay();

    /// The folder that clients give as their host.
    [[nodiscard]] std::string folder() const { return folder_.file(""); }
    /// How often a client has spoken after the server had.
    [[nodiscard]] int round_trips() const { return round_trips_; }
    /// Cuts every line when the n-th piece from now, of either side, has come, and does not pass it
    /// on. 0: never.
    void cut_at(int piece) { left_ = piece; }
    [[nodiscard]] bool has_cut() const { return has_cut_; }

private:
    void accept_all();
    void carry(int client, int server);

    TemporaryFolder folder_;
    std::string server_path_;
    int listener_ = -1;
    int ends_[2] = {-1, -1};  ///< readable at the end, for whoever waits
    std::atomic<int> round_trips_ = 0;
    std::atomic<int> left_ = 0;
    std::atomic<bool> has_cut_ = false;
    std::thread acceptor_;
    std::mutex mutex_;
    std::vector<std::thread> carriers_;
};

}  // namespace workflow::test
