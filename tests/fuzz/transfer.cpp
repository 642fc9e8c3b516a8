// A file of any bytes that is to be brought into a store: it is brought whole, or refused.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "engine/transfer_file.hpp"
#include "fuzz/property.hpp"
#include "workflow/engine.hpp"

namespace {

using namespace workflow;
using namespace workflow::fuzz;

struct Imported {
    std::shared_ptr<Store> store = make_memory_store();
    Engine engine{store, std::make_shared<VirtualClock>(Instant{})};
    bool is_whole = false;

    explicit Imported(const std::string& path) {
        try {
            (void)engine.import_from(path);
            is_whole = true;
        } catch (const Error& error) {
            require(error.code() != ErrorCode::internal && error.code() != ErrorCode::misuse,
                    "what is wrong with a file is no fault of ours", error.what());
            require(error.what()[0] != '\0', "a refusal says why");
        }
    }
};

/// Half of the inputs begin as a file does, and end with the digest of whatever they hold: else none
/// would get beyond it.
void write_file(const std::string& path, const std::string& bytes) {
    std::filesystem::remove(path);
    if (bytes.empty() || bytes.front() != 's') {
        std::ofstream(path, std::ios::binary) << bytes;
        return;
    }
    engine::TransferWriter out(path);
    for (std::size_t at = 1; at + 3 <= bytes.size();) {
        const auto kind = static_cast<unsigned char>(bytes[at]) %
                          static_cast<unsigned>(engine::block_last);
        const std::size_t size = static_cast<unsigned char>(bytes[at + 1]) +
                                 256U * static_cast<unsigned char>(bytes[at + 2]);
        const std::string payload = bytes.substr(at + 3, size);
        out.write(static_cast<engine::Block>(1 + kind), payload);
        at += 3 + payload.size();
    }
    (void)out.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string path =
        (std::filesystem::temp_directory_path() / ("fuzz-transfer-" + std::to_string(getpid())))
            .string();
    write_file(path, std::string(reinterpret_cast<const char*>(data), size));
    Imported imported(path);
    if (imported.is_whole) {
        // What was brought goes out again as it came.
        std::filesystem::remove(path + ".again");
        (void)imported.engine.export_to(path + ".again");
        require(Imported(path + ".again").is_whole, "what was brought goes out and in again");
        std::filesystem::remove(path + ".again");
    }
    std::filesystem::remove(path);
    return 0;
}
