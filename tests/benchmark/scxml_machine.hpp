// The peer of step_benchmark: a state machine of Qt SCXML. Confined.
#pragma once

#include <memory>
#include <string>
#include <vector>

class QCoreApplication;
class QScxmlStateMachine;
class QString;

namespace workflow::benchmarks {

class ScxmlMachine {
public:
    /// Starts the machine of the file, which stands in its first state.
    explicit ScxmlMachine(const std::string& path);
    ~ScxmlMachine();
    ScxmlMachine(const ScxmlMachine&) = delete;
    ScxmlMachine& operator=(const ScxmlMachine&) = delete;

    /// Puts the events that submit() names by number into the peer's own form, once.
    void prepare(const std::vector<std::string>& events);
    /// Submits a prepared event and processes it, with all that it leads to.
    void submit(std::size_t event);
    /// How often the state was entered.
    [[nodiscard]] std::size_t published() const { return published_; }
    /// Active states, those around others included.
    [[nodiscard]] std::vector<std::string> active() const;

private:
    std::unique_ptr<QCoreApplication> application_;
    std::unique_ptr<QScxmlStateMachine> machine_;
    std::vector<QString> events_;
    std::size_t published_ = 0;
};

}  // namespace workflow::benchmarks
