#include "scenario/expectation_reader.hpp"

#include <algorithm>
#include <array>

#include "workflow/engine.hpp"

namespace workflow::scenario {
namespace {

using definition::Entry;
using definition::MappingReader;
using definition::Node;
using definition::one_or_several;
using Kind = Expectation::Kind;
using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 15> keys{
    "states",   "at_door", "history", "due",  "clocks", "todo",  "can",      "refused",
    "notified", "sent",    "message", "data", "status", "ended", "incidents"};

const Words& standings() {
    static const Words words{"early",        "on time", "late",        "in time",
                             "running late", "waiting", "not reached", "none"};
    return words;
}

const Words& deliveries() {
    static const Words words{to_string(Delivered::How::taken), to_string(Delivered::How::kept),
                             to_string(Delivered::How::ignored),
                             to_string(Delivered::How::not_found)};
    return words;
}

Words actions_of(const procedure::Model& model) {
    Words ids;
    for (const procedure::State& state : model.states) {
        for (const procedure::Action& action : state.actions) ids.push_back(action.id);
    }
    return ids;
}

Words outcomes_of(const procedure::Model& model) {
    Words ids{"cancelled", "none"};
    for (const procedure::Outcome& outcome : model.outcomes) ids.push_back(outcome.id);
    return ids;
}

Words statuses_of(const procedure::Model& model) {
    Words codes{"none"};
    for (const procedure::OuterStatus& status : model.statuses) codes.push_back(status.id);
    return codes;
}

/// The texts of a list of names, of which `find` has a finding where one is unknown.
template <class Find>
Words read_list(Reading& reading, const Node& node, const Find& find) {
    Words words;
    if (!definition::expect_sequence(reading.findings, node)) return words;
    for (const Node* item : node.items) {
        if (find(*item)) words.push_back(item->text);
    }
    return words;
}

Words sorted(Words words) {
    std::sort(words.begin(), words.end());
    return words;
}

/// `2026-08-28`, or `2026-08-28 15:30` of a limit in hours.
std::optional<std::string> read_due(Reading& reading, const Node& node) {
    if (node.is_scalar()) {
        if (const auto date = parse_date(node.text)) return to_string(*date);
        const UtcOffset offset = reading.script.calendar->offset();
        if (const auto instant = parse_instant(node.text, offset)) {
            return to_short_string(*instant, offset);
        }
    }
    reading.findings.error(node, "not-a-due-date", {node.text});
    return std::nullopt;
}

void read_dues(Reading& reading, const Node& node, Expectation& expected) {
    if (node.is_scalar() && node.text == "none") return;
    expected.every = node.is_scalar();
    for (const Node* item : one_or_several(node)) {
        if (auto due = read_due(reading, *item)) expected.words.push_back(std::move(*due));
    }
    std::sort(expected.words.begin(), expected.words.end());
}

class ExpectationReader {
public:
    ExpectationReader(Reading& reading, std::vector<Expectation>& expectations)
        : reading_(reading), expectations_(expectations) {}

    void read(const Node& then) {
        const MappingReader mapping(reading_.findings, then, keys);
        if (!mapping.is_mapping()) return;
        for (const Entry& entry : then.entries) read(entry);
    }

private:
    void read(const Entry& entry) {
        const auto key = std::find(keys.begin(), keys.end(), entry.key->text);
        if (key == keys.end()) return;  // reported
        const auto kind = static_cast<Kind>(key - keys.begin());
        const Node& value = *entry.value;
        const auto state = [&](const Node& node) { return find_state(reading_, node); };
        const auto message = [&](const Node& node) { return find_message(reading_, node); };
        const auto refusal = [&](const Node& node) { return find_refusal(reading_, node); };
        const auto role = [&](const Node& node) { return find_role(reading_, node); };
        switch (kind) {
            case Kind::states:
            case Kind::at_door:
                return add(kind, *entry.key, sorted(read_list(reading_, value, state)));
            case Kind::history:
                return add(kind, *entry.key, read_list(reading_, value, state));
            case Kind::notified:
                return add(kind, *entry.key, sorted(read_list(reading_, value, role)));
            case Kind::incidents:
                return add(kind, *entry.key, sorted(read_list(reading_, value, refusal)));
            case Kind::sent:
                return add(kind, *entry.key, sorted(read_list(reading_, value, message)));
            case Kind::message:
                return add_word(kind, entry, deliveries(), "unknown-delivery");
            case Kind::refused:
                if (refusal(value)) add(kind, *entry.key, {value.text});
                return;
            case Kind::status:
                return add_word(kind, entry, statuses_of(reading_.model), "unknown-status");
            case Kind::ended:
                return add_word(kind, entry, outcomes_of(reading_.model), "unknown-outcome");
            case Kind::due:
            case Kind::clock:
            case Kind::todo:
            case Kind::can:
            case Kind::data:
                if (!definition::expect_mapping(reading_.findings, value)) return;
                for (const Entry& part : value.entries) read_part(kind, part);
        }
    }

    void read_part(Kind kind, const Entry& part) {
        const auto subject = subject_of(kind, *part.key);
        if (!subject) return;
        Expectation& expected = expectations_.emplace_back();
        expected.kind = kind;
        expected.place = reading_.findings.place(*part.key);
        expected.subject = *subject;
        if (kind == Kind::due) {
            read_dues(reading_, *part.value, expected);
        } else if (kind == Kind::clock) {
            if (find_name(reading_, *part.value, standings(), "unknown-standing")) {
                expected.words = {part.value->text};
            }
        } else if (kind == Kind::todo) {
            expected.words = sorted(read_list(reading_, *part.value, [&](const Node& node) {
                return find_state(reading_, node);
            }));
        } else if (kind == Kind::can) {
            expected.words =
                sorted(read_names(*part.value, actions_of(reading_.model), "no-such-action"));
        } else {
            Type type = reading_.model.data[*subject].type;
            type.optional = true;  // what is not set is null, whatever its type
            if (auto value = read_given(reading_, *part.value, type)) {
                expected.value = std::move(*value);
            }
        }
    }

    std::optional<std::uint32_t> subject_of(Kind kind, const Node& node) {
        if (kind == Kind::due || kind == Kind::clock) return find_clock(reading_, node);
        if (kind == Kind::todo || kind == Kind::can) return find_person(reading_, node);
        Words fields;
        for (const procedure::Field& field : reading_.model.data) fields.push_back(field.id);
        return find_name(reading_, node, fields, "unknown-field");
    }

    Words read_names(const Node& node, const Words& names, std::string_view code) {
        return read_list(reading_, node, [&](const Node& item) {
            return find_name(reading_, item, names, code).has_value();
        });
    }

    void add(Kind kind, const Node& at, Words words) {
        Expectation& expected = expectations_.emplace_back();
        expected.kind = kind;
        expected.place = reading_.findings.place(at);
        expected.words = std::move(words);
    }

    void add_word(Kind kind, const Entry& entry, const Words& names, std::string_view code) {
        if (find_name(reading_, *entry.value, names, code))
            add(kind, *entry.key, {entry.value->text});
    }

    Reading& reading_;
    std::vector<Expectation>& expectations_;
};

}  // namespace

const char* key_of(Expectation::Kind kind) {
    return keys[static_cast<std::size_t>(kind)].data();
}

std::vector<Expectation> read_expectations(Reading& reading, const Node& node) {
    std::vector<Expectation> expectations;
    ExpectationReader(reading, expectations).read(node);
    return expectations;
}

}  // namespace workflow::scenario
