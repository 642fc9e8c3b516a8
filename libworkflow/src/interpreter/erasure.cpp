#include "interpreter/erasure.hpp"

namespace workflow::interpreter {

void erase(Run& run, const Erase& event) {
    List told{event.reason};
    for (const std::string& id : event.fields) {
        told.emplace_back(id);
        const procedure::FieldIndex field = procedure::find_field(run.model, id);
        if (field == procedure::none) continue;
        Value& value = run.instance.data[field];
        if (value.sealed() == nullptr) continue;
        value = std::make_shared<const Sealed>(Sealed{value.sealed()->digest, {}, {}, true});
    }
    run.record(RecordKind::erased, 0, procedure::root_state, no_index, no_index, std::move(told));
}

}  // namespace workflow::interpreter
