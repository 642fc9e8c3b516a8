// A PostgreSQL server of this test program's own: private, reached by a Unix socket alone, and gone
// with the program. Confined.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace workflow::test {

/// A cluster in a temporary folder, made and started by its first use; a crash of the program stops
/// it as well. It forgives nothing: std::runtime_error with the server's log when it does not start.
class PostgresCluster {
public:
    /// The one of this program.
    static PostgresCluster& get();
    /// Before its first use: what is committed goes to the disk, as on a server of a host.
    static void sync_to_disk();
    PostgresCluster(const PostgresCluster&) = delete;
    PostgresCluster& operator=(const PostgresCluster&) = delete;
    ~PostgresCluster();

    /// Where its socket is.
    [[nodiscard]] std::string folder() const { return folder_.file(""); }
    [[nodiscard]] const std::string& conninfo() const { return conninfo_; }
    /// Ends every session as an administrator's restart would, and waits until the server has gone.
    void stop();
    /// Returns when it takes connections.
    void start();

private:
    PostgresCluster();
    void make_data();
    /// Started as the user that the server may run as, its output in the log.
    [[nodiscard]] pid_t spawn(const char* program, std::vector<std::string> arguments) const;
    [[nodiscard]] std::string log() const;

    TemporaryFolder folder_;
    std::string conninfo_;
    uid_t user_ = 0;
    gid_t group_ = 0;
    pid_t server_ = 0;
};

}  // namespace workflow::test
