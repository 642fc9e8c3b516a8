#include "benchmark/scxml_machine.hpp"

#include <QtCore/QCoreApplication>
#include <QtScxml/QScxmlStateMachine>
#include <stdexcept>

namespace workflow::benchmarks {
namespace {

std::unique_ptr<QCoreApplication> make_application() {
    // Qt keeps the references.
    static int count = 1;
    static char name[] = "step_benchmark";
    static char* arguments[] = {name, nullptr};
    return std::make_unique<QCoreApplication>(count, arguments);
}

}  // namespace

ScxmlMachine::ScxmlMachine(const std::string& path)
    : application_(make_application()),
      machine_(QScxmlStateMachine::fromFile(QString::fromStdString(path))) {
    if (!machine_->parseErrors().isEmpty()) {
        throw std::runtime_error(machine_->parseErrors().front().toString().toStdString());
    }
    machine_->connectToState(QStringLiteral("published"),
                             QScxmlStateMachine::onEntry([this] { ++published_; }));
    machine_->start();
    QCoreApplication::sendPostedEvents();
}

ScxmlMachine::~ScxmlMachine() = default;

void ScxmlMachine::prepare(const std::vector<std::string>& events) {
    events_.clear();
    for (const std::string& event : events) events_.push_back(QString::fromStdString(event));
}

void ScxmlMachine::submit(std::size_t event) {
    machine_->submitEvent(events_[event]);
    // The cheapest way to let it run: no round of the whole event loop.
    QCoreApplication::sendPostedEvents();
}

std::vector<std::string> ScxmlMachine::active() const {
    std::vector<std::string> names;
    for (const QString& name : machine_->activeStateNames(false))
        names.push_back(name.toStdString());
    return names;
}

}  // namespace workflow::benchmarks
