// The smallest host: a store in a file, the procedures that come with the library, one dossier.
#include <iostream>

#include "workflow/engine.hpp"

int main(int count, char** words) {
    using namespace workflow;
    if (count != 3) {
        std::cerr << "usage: embed PROCEDURES_FOLDER STORE_FILE\n";
        return 2;
    }
    try {
        Engine engine(open_sqlite_store(words[2]), std::make_shared<SystemClock>());
        engine.register_all(ProcedureRegistry(words[1]));
        const Answer answer = engine.start(
            {.procedure = "service_onboarding",
             .key = "2026-001",
             .actor = {"lan", {"proposing_unit"}, {}, {}},
             .data = {{"service_name", "Festival permit"}, {"units", List{"culture", "sports"}}},
             .variant = {}});
        if (const auto* refusal = std::get_if<Refusal>(&answer)) {
            std::cerr << refusal->reason() << '\n';
            return 1;
        }
        const auto& done = std::get<Done>(answer);
        std::cout << done.instance << " is at revision " << done.revision << '\n';
        for (const WorkItem& item : engine.worklist({"lan", {"proposing_unit"}, {}, {}}).items) {
            std::cout << "waits for lan: item " << item.ordinal << " of " << item.instance << '\n';
        }
    } catch (const Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
