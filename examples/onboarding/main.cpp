// A host program: it links the library, loads a folder of definitions, opens a SQLite file and
// walks two dossiers on a virtual clock. It stops in the middle; a second process goes on from the
// file.
//
//     example_onboarding [FOLDER]      output in FOLDER, default: onboarding-output
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <filesystem>

#include "dossiers.hpp"
#include "picture.hpp"
#include "timeline.hpp"

extern char** environ;

namespace {

using namespace workflow;

std::filesystem::path definitions() {
    return WORKFLOW_PROCEDURES;
}

struct Host {
    explicit Host(const std::filesystem::path& folder)
        : store(open_sqlite_store((folder / "onboarding.db").string())),
          clock(std::make_shared<VirtualClock>(
              *parse_instant("2017-04-24 08:00", std::chrono::hours(7)))),
          engine(store, clock) {}
    std::shared_ptr<Store> store;
    std::shared_ptr<VirtualClock> clock;
    Engine engine;
};

void run_first(const std::filesystem::path& folder) {
    Host host(folder);
    host.engine.register_all(ProcedureRegistry(definitions()));
    const auto procedure = host.engine.procedure("service_onboarding");
    fmt::print("{}\n{}\n\n", procedure->title().in("en"), std::string(100, '='));
    onboarding::first_part(host.engine, *host.clock);
    fmt::print("Dossier 2017-001: Licence for an art performance\n\n");
    onboarding::print_timeline(host.engine, onboarding::straight);
    fmt::print("Why 8 June? ");
    onboarding::print_explanation(host.engine, onboarding::straight, "it_setup");
    fmt::print("Process {} stops here, in the middle of dossier 2017-002.\n", getpid());
}

void run_second(const std::filesystem::path& folder) {
    Host host(folder);
    const std::string& id = onboarding::winding;
    const InstanceView found = host.engine.get(id);
    fmt::print("Process {} opens the file and finds it at: {}.\n\n", getpid(),
               found.procedure->state(found.instance.tokens.front().state).title.in("en"));
    host.clock->set(found.instance.last_now);
    onboarding::second_part(host.engine, *host.clock);
    fmt::print("Dossier 2017-002: Permit to restore a monument\n\n");
    onboarding::print_timeline(host.engine, id);
    for (const std::string& dossier : {onboarding::straight, id}) {
        const ReplayReport report = host.engine.replay(dossier);
        fmt::print("Replay of {}: {}\n", dossier,
                   report.agrees()
                       ? fmt::format("{} steps run again, every digest agrees", report.steps)
                       : report.difference);
        const std::string name = std::string(business_key(dossier)) + ".svg";
        fmt::print("Picture: {}\n", onboarding::draw(host.engine, dossier, folder / name).string());
    }
    fmt::print("Store: {}\n", (folder / "onboarding.db").string());
}

/// Removes the store of an earlier run, and nothing that this program did not write.
void forget_last_run(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "onboarding.db";
    if (!std::filesystem::exists(file)) return;
    {
        const auto store = open_sqlite_store(file.string());
        for (const std::string& id : store->begin(Store::Access::read)->instances({}, 100)) {
            if (id == onboarding::straight || id == onboarding::winding) continue;
            throw Error(ErrorCode::misuse,
                        file.string() + " holds other dossiers; name another folder");
        }
    }
    for (const char* old : {"onboarding.db", "onboarding.db-wal", "onboarding.db-shm"}) {
        std::filesystem::remove(folder / old);
    }
}

/// Runs this program again for one part, as a host is started again after a stop.
int run_in_new_process(const char* part, const std::filesystem::path& folder) {
    std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
    std::string name = part;
    std::string where = folder.string();
    char* const arguments[] = {self.data(), name.data(), where.data(), nullptr};
    pid_t child = 0;
    int status = 1;
    if (posix_spawn(&child, self.c_str(), nullptr, nullptr, arguments, environ) != 0) return 1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int run(int argc, char** argv) {
    const std::string part = argc == 3 ? argv[1] : "";
    if (part == "--first") return run_first(argv[2]), 0;
    if (part == "--second") return run_second(argv[2]), 0;
    if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
        fmt::print(
            "usage: example_onboarding [FOLDER]\nWalks two dossiers; the store and the "
            "pictures go to FOLDER (default: onboarding-output).\n");
        return argc == 2 && std::string(argv[1]) == "--help" ? 0 : 2;
    }
    const std::filesystem::path folder = argc > 1 ? argv[1] : "onboarding-output";
    std::filesystem::create_directories(folder);
    forget_last_run(folder);
    const int first = run_in_new_process("--first", folder);
    return first != 0 ? first : run_in_new_process("--second", folder);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "example_onboarding: {}\n", error.what());
        return 1;
    }
}
