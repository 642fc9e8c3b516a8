// A kind of store as the conformance suite drives it: made, reopened, destroyed, named. Confined.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "workflow/store.hpp"

namespace workflow::test {

/// One store, empty when made; its destructor removes what it keeps.
class Subject {
public:
    virtual ~Subject() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual Store& store() = 0;
    /// Closes the store and opens what it kept. No transaction may be open.
    virtual void reopen() = 0;
};

struct SubjectKind {
    std::string name;
    std::function<std::unique_ptr<Subject>()> make;
};
/// Every kind of store that this build has.
[[nodiscard]] const std::vector<SubjectKind>& subject_kinds();

/// The code that `call` throws; the test fails when it throws none or something else.
[[nodiscard]] Error error_of(const std::function<void()>& call);

}  // namespace workflow::test
