// What an instance that has ended leaves to be counted, told by its records alone.
#include <map>

#include "engine/implementation.hpp"
#include "interpreter/clock_time.hpp"
#include "procedure/model.hpp"

namespace workflow::engine {
namespace {

/// The life of one of the procedure's own clocks: the stretches that counted, and how it ended.
struct ClockLife {
    std::vector<std::pair<Instant, Instant>> counted;
    std::optional<Instant> since;  ///< of the stretch that counts now
    StoredClosed::Result result = StoredClosed::Result::none;

    void stop(Instant at) {
        if (since) counted.emplace_back(*since, at);
        since.reset();
    }
};

StoredClosed::Result result_of(std::uint32_t outcome) {
    switch (static_cast<ClockResult>(outcome)) {
        case ClockResult::early:
            return StoredClosed::Result::early;
        case ClockResult::on_time:
            return StoredClosed::Result::on_time;
        case ClockResult::late:
            return StoredClosed::Result::late;
        case ClockResult::waiting:
        case ClockResult::in_time:
        case ClockResult::running_late:
        case ClockResult::not_reached:
            break;
    }
    return StoredClosed::Result::none;
}

void follow(ClockLife& life, const Record& record) {
    switch (record.kind) {
        case RecordKind::clock_restarted:
            life.counted.clear();
            [[fallthrough]];
        case RecordKind::clock_started:
        case RecordKind::clock_resumed:
            life.since = record.at;
            break;
        case RecordKind::clock_waiting:
            life.stop(record.at);
            break;
        case RecordKind::clock_ended:
            life.stop(record.at);
            life.result = result_of(record.outcome);
            break;
        default:
            break;
    }
}

bool is_of_clock(const Record& record) {
    switch (record.kind) {
        case RecordKind::clock_started:
        case RecordKind::clock_waiting:
        case RecordKind::clock_resumed:
        case RecordKind::clock_restarted:
        case RecordKind::clock_ended:
            return record.token == 0;
        default:
            return false;
    }
}

/// Working days as a limit counts them. Outside the days that the calendar covers nothing is counted.
std::int64_t working_days(const Calendar& calendar,
                          const std::vector<std::pair<Instant, Instant>>& stretches) {
    std::int64_t days = 0;
    try {
        for (const auto& [from, to] : stretches) {
            days += interpreter::used_by(calendar, {1, Unit::working_days}, from, to);
        }
    } catch (const Error& error) {
        if (error.code() != ErrorCode::limit) throw;
    }
    return days;
}

class Closing {
public:
    Closing(Definitions& definitions, const Instance& instance)
        : definitions_(definitions), instance_(instance), closed_(instance.last_now) {}

    void read(const HistoryEntry& entry) {
        const auto runs_by = definitions_.procedure(entry.procedure);
        for (const Record& record : entry.records) {
            if (record.kind == RecordKind::ended) closed_ = record.at;
            if (!is_of_clock(record) || runs_by == nullptr) continue;
            const auto& clocks = runs_by->model().clocks;
            if (record.subject >= clocks.size()) continue;  // a move gave it up: the version has none
            follow(lives_[clocks[record.subject].id], record);
        }
    }

    [[nodiscard]] StoredClosed row() const {
        const auto procedure = definitions_.procedure(instance_.procedure);
        const procedure::Model& model = procedure->model();
        StoredClosed row{.procedure = model.id,
                         .closed = milliseconds_of(closed_),
                         .instance = instance_.id,
                         .unit = unit_of(*procedure, instance_),
                         .received = milliseconds_of(instance_.started)};
        if (instance_.cancelled) {
            row.outcome = "cancelled";
        } else if (instance_.outcome != no_index) {
            row.outcome = model.outcomes[instance_.outcome].id;
        }
        const auto calendar = definitions_.calendar(instance_.calendar);
        const ClockLife* const life = first_life(model);
        if (life != nullptr) row.result = life->result;
        row.days = working_days(*calendar, life != nullptr
                                               ? life->counted
                                               : std::vector{std::pair(instance_.started, closed_)});
        return row;
    }

private:
    /// Of the first of the procedure's own clocks that came to a result, else that ran at all.
    [[nodiscard]] const ClockLife* first_life(const procedure::Model& model) const {
        const ClockLife* first = nullptr;
        for (const procedure::ClockIndex clock : model.states[procedure::root_state].clocks) {
            const auto found = lives_.find(model.clocks[clock].id);
            if (found == lives_.end()) continue;
            if (found->second.result != StoredClosed::Result::none) return &found->second;
            if (first == nullptr) first = &found->second;
        }
        return first;
    }

    Definitions& definitions_;
    const Instance& instance_;
    Instant closed_;
    std::map<std::string, ClockLife> lives_;  ///< by id: numbers are those of a version
};

}  // namespace

StoredClosed closing_row(Definitions& definitions, Transaction& transaction,
                         const Instance& instance) {
    Closing closing(definitions, instance);
    each_history(transaction, instance.id, [&](const StoredHistory& row) {
        closing.read(record::decode_history(row.body, {}, record::Texts::left_out));
    });
    return closing.row();
}

}  // namespace workflow::engine
