// What the numbers of one instance's procedure are called, in one language. Immutable.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "session.hpp"
#include "words.hpp"
#include "workflow/engine.hpp"

namespace workflow::cli {

/// Every name is printable; what has no title is called by its id (rule R87).
class Names {
public:
    Names(const InstanceView& view, const Session& session)
        : Names(view, view.procedure, session) {}
    /// The instance by another version than it runs by now.
    Names(const InstanceView& view, std::shared_ptr<const Procedure> procedure,
          const Session& session);

    [[nodiscard]] std::string procedure() const;
    [[nodiscard]] std::string state(std::uint32_t state) const;
    /// The state's title, with the actor or unit that this activation is for.
    [[nodiscard]] std::string activation(const Instance& instance, Ordinal ordinal,
                                         std::uint32_t state) const;
    [[nodiscard]] std::string door(std::uint32_t door) const;
    [[nodiscard]] std::string action(std::uint32_t state, std::uint32_t action) const;
    [[nodiscard]] std::string role(std::uint32_t role) const;
    [[nodiscard]] std::string role_of_id(const std::string& id) const;
    [[nodiscard]] std::string outer_status(std::uint32_t status) const;
    [[nodiscard]] std::string outcome(std::uint32_t outcome) const;
    [[nodiscard]] std::string field(std::uint32_t field) const;
    [[nodiscard]] std::string message(std::uint32_t message) const;
    /// By its title, or what it measures.
    [[nodiscard]] std::string clock(std::uint32_t clock) const;
    /// The clock, or the state whose timer it is.
    [[nodiscard]] std::string subject(const Redated& moved) const;
    /// `5 working days before the due date`, `due date reached`.
    [[nodiscard]] std::string moment(std::uint32_t clock, std::uint32_t moment) const;
    [[nodiscard]] std::string result(ClockResult result) const;
    /// Texts without quotation marks, `(sensitive)` for what is sealed.
    [[nodiscard]] std::string value(const Value& value) const;
    /// `2017-06-08 17:00`.
    [[nodiscard]] std::string instant(Instant instant) const;
    /// The date alone when it is the end of a day, as deadlines in days are.
    [[nodiscard]] std::string due(Instant instant) const;

    [[nodiscard]] const Procedure& graph() const { return *procedure_; }
    [[nodiscard]] const Calendar& calendar() const { return *calendar_; }
    [[nodiscard]] const std::string& language() const { return language_; }

private:
    [[nodiscard]] std::string called(const Named& named) const;

    std::shared_ptr<const Procedure> procedure_;
    std::shared_ptr<const Calendar> calendar_;
    std::string language_;
};

/// The names of one instance in every version that it has run by. Confined.
class NamesByVersion {
public:
    NamesByVersion(Engine& engine, const std::string& instance, const Session& session)
        : engine_(engine), view_(engine.get(instance)), session_(session) {}

    [[nodiscard]] const Names& of(const Digest& procedure);
    [[nodiscard]] const Names& now() { return of(view_.instance.procedure); }

private:
    Engine& engine_;
    InstanceView view_;
    const Session& session_;
    std::map<Digest, Names> names_;
};

/// `early`, `on time` ...
[[nodiscard]] const Word& word_of(ClockResult result);

}  // namespace workflow::cli
