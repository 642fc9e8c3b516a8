#include <algorithm>
#include <map>

#include "interpreter/trace.hpp"
#include "scenario/dossier.hpp"
#include "scenario/parts.hpp"

namespace workflow {
namespace scenario {
namespace {

/// What all cases together have seen of one procedure.
class Watched {
public:
    explicit Watched(std::shared_ptr<const Procedure> procedure)
        : procedure_(std::move(procedure)), parts_(parts_of(procedure_->model())) {}

    [[nodiscard]] const Procedure& procedure() const { return *procedure_; }

    void see(const interpreter::Trace& trace, const std::vector<Record>& records) {
        for (const Record& record : records) {
            if (record.kind == RecordKind::entered) see_part(parts_.states[record.state]);
        }
        for (const procedure::Way* way : trace.ways) {
            const auto found = parts_.ways.find(way);
            if (found == parts_.ways.end()) continue;
            for (const std::size_t part : found->second) see_part(part);
        }
        for (const auto& [guard, holds] : trace.guards) {
            const auto found = parts_.guards.find(guard);
            if (found == parts_.guards.end()) continue;
            CoveredPart& part = parts_.all[found->second];
            (holds ? part.seen : part.seen_false) = true;
        }
    }

    [[nodiscard]] Coverage coverage() && { return {procedure_, std::move(parts_.all)}; }

private:
    void see_part(std::size_t part) {
        if (part < parts_.all.size()) parts_.all[part].seen = true;
    }

    std::shared_ptr<const Procedure> procedure_;
    Parts parts_;
};

class Watcher {
public:
    explicit Watcher(const Script& script) : script_(script) {
        add(script.procedure);
        for (const LoadedProcedure& called : script.called) {
            if (called.procedure != nullptr) add(called.procedure);
        }
    }

    std::vector<Coverage> watch() {
        for (std::size_t i = 0; i < script_.cases.size(); ++i) {
            // What another goes on from is lived through with that one.
            const bool is_last = std::none_of(script_.cases.begin(), script_.cases.end(),
                                              [&](const Case& other) { return other.after == i; });
            if (!is_last) continue;
            Dossier dossier(script_, script_.cases[i].id);
            live_through(dossier, i);
            for (const Life& life : dossier.lives()) {
                if (life.is_started()) replay(dossier, life);
            }
            for (const Dossier::Attempt& attempt : dossier.attempts()) look_at(attempt);
        }
        std::vector<Coverage> result;
        for (const Digest& digest : order_) {
            result.push_back(std::move(watched_.at(digest)).coverage());
        }
        return result;
    }

private:
    void add(const std::shared_ptr<const Procedure>& procedure) {
        if (watched_.try_emplace(procedure->digest(), procedure).second) {
            order_.push_back(procedure->digest());
        }
    }

    void live_through(Dossier& dossier, std::size_t number) const {
        if (number == SIZE_MAX) return;
        live_through(dossier, script_.cases[number].after);
        for (const ScriptStep& step : script_.cases[number].steps) dossier.play(step);
    }

    /// Its history run again, watched.
    void replay(Dossier& dossier, const Life& life) {
        Watched& watched = watched_.at(life.procedure->digest());
        Instance instance;
        instance.id = life.instance.id;
        for (const HistoryEntry& entry : dossier.history(instance.id)) {
            interpreter::Trace trace;
            Outcome outcome =
                interpreter::step_traced(watched.procedure(), script_.calendars,
                                         std::move(instance), entry.event, entry.now, &trace);
            auto* step = std::get_if<Step>(&outcome);
            if (step == nullptr) return;
            watched.see(trace, step->records);
            instance = std::move(step->instance);
        }
    }

    /// What was refused, or found nobody, is in no history; its guards were asked.
    void look_at(const Dossier::Attempt& attempt) {
        Watched& watched = watched_.at(attempt.before.procedure->digest());
        interpreter::Trace trace;
        (void)interpreter::step_traced(watched.procedure(), script_.calendars,
                                       Instance(attempt.before.instance), attempt.event,
                                       attempt.at, &trace);
        trace.ways.clear();
        watched.see(trace, {});
    }

    const Script& script_;
    std::map<Digest, Watched> watched_;
    std::vector<Digest> order_;
};

bool is_seen(const CoveredPart& part) {
    return part.seen && (part.kind != CoveredPart::Kind::guard || part.seen_false);
}

}  // namespace
}  // namespace scenario

bool CoveredPart::is_covered() const {
    return scenario::is_seen(*this);
}

Coverage::Count Coverage::count(CoveredPart::Kind kind) const {
    Count count;
    for (const CoveredPart& part : parts) {
        if (part.kind != kind) continue;
        ++count.all;
        if (part.is_covered()) ++count.covered;
    }
    return count;
}

bool Coverage::is_full(Coverage::Wanted wanted) const {
    return std::all_of(parts.begin(), parts.end(), [&](const CoveredPart& part) {
        const bool asked = wanted == Wanted::all || part.kind != CoveredPart::Kind::guard;
        return !asked || part.is_covered();
    });
}

void Coverage::add(const Coverage& other) {
    for (std::size_t i = 0; i < parts.size() && i < other.parts.size(); ++i) {
        parts[i].seen = parts[i].seen || other.parts[i].seen;
        parts[i].seen_false = parts[i].seen_false || other.parts[i].seen_false;
    }
}

std::vector<Coverage> cover(const scenario::Script& scenarios) {
    return scenario::Watcher(scenarios).watch();
}

}  // namespace workflow
