#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "unit/definition/procedure_fixture.hpp"

using namespace workflow;
using namespace workflow::testing;
namespace fs = std::filesystem;

namespace {

/// A folder that goes when the test does.
struct Folder {
    Folder() : path(fs::temp_directory_path() / ("workflow_registry_" + std::to_string(getpid()))) {
        fs::remove_all(path);
    }
    ~Folder() { fs::remove_all(path); }
    void write(const std::string& name, const std::string& text) const {
        fs::create_directories((path / name).parent_path());
        std::ofstream(path / name) << text;
    }
    fs::path path;
};

}  // namespace

TEST_CASE("a folder's procedures are found, and a new folder is a new procedure") {
    const Folder folder;
    folder.write("leave/procedure.yaml", good_procedure);
    folder.write("leave/README.md", "no definition");
    CHECK(ProcedureRegistry(folder.path).procedures().size() == 1);
    folder.write("other/procedure.yaml", replaced(good_procedure, "leave_request", "other"));
    const ProcedureRegistry registry(folder.path);
    CHECK(registry.procedures().count("leave_request") == 1);
    CHECK(registry.procedures().count("other") == 1);
    CHECK(registry.procedures().at("other").source.size() > 100);
    CHECK(registry.diagnostics().empty());
}

TEST_CASE("a file with errors is left out and told, the others stay") {
    const Folder folder;
    folder.write("a/procedure.yaml", good_procedure);
    folder.write("b/procedure.yaml", good_procedure);
    folder.write("c/procedure.yaml", "procedure: [");
    folder.write("calendars/broken.yaml", "calendar: [");
    const ProcedureRegistry registry(folder.path);
    CHECK(registry.procedures().size() == 1);
    CHECK(registry.calendars().empty());
    std::vector<std::string> codes;
    for (const Diagnostic& finding : registry.diagnostics()) codes.push_back(finding.code);
    REQUIRE(codes.size() == 3);
    CHECK(codes[1] == "id-twice");
    CHECK(registry.diagnostics()[1].place.file == (folder.path / "b/procedure.yaml").string());
}

TEST_CASE("a folder that is not there is a finding") {
    const ProcedureRegistry registry("no/such/folder");
    REQUIRE(registry.diagnostics().size() == 1);
    CHECK(registry.diagnostics()[0].code == "unreadable-folder");
}
