// What the engine tells, in spdlog's own words.
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

#include "unit/engine/office.hpp"
#include "workflow/spdlog_sink.hpp"

using namespace workflow;
using namespace workflow::test;

TEST_CASE("steps and decisions stand in the host's log, with their levels and traces") {
    std::ostringstream out;
    const auto logger = std::make_shared<spdlog::logger>(
        "workflow", std::make_shared<spdlog::sinks::ostream_sink_mt>(out));
    logger->set_pattern("%l %v");
    logger->set_level(spdlog::level::debug);
    Office office;
    office.add(two_steps);
    Engine engine(office.store, office.clock, {.log = log_to(logger)});
    const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    REQUIRE(Office::word(engine.start({"two_steps", "a", actor("lan", "x"), {}, {}},
                                      {.id = {}, .trace = trace})) == "done");
    REQUIRE(Office::word(engine.send("two_steps/a", Suspend{actor("lan", "x"), "so"})) == "done");
    CHECK(out.str() == "debug two_steps/a: revision 1, start by lan [" + trace +
                           "]\ninfo two_steps/a: revision 2, suspend by lan\n");
}
