// A procedure as the interpreter runs it: an immutable state graph. Made by the loader
// (definition.hpp); shared between threads and instances.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "workflow/digest.hpp"
#include "workflow/text.hpp"
#include "workflow/type.hpp"

namespace workflow {

namespace procedure {
struct Model;
}

class Procedure {
public:
    /// Only analysis/ makes one, from a model that it has sealed.
    explicit Procedure(std::unique_ptr<const procedure::Model> model);
    ~Procedure();
    Procedure(const Procedure&) = delete;
    Procedure& operator=(const Procedure&) = delete;

    [[nodiscard]] const std::string& id() const;
    [[nodiscard]] std::int64_t version() const;
    [[nodiscard]] const Text& title() const;
    /// SHA-256 of the file's bytes: two files with one digest are one procedure.
    [[nodiscard]] const Digest& digest() const;
    /// The id of the calendar it names.
    [[nodiscard]] const std::string& calendar() const;
    [[nodiscard]] const std::vector<std::string>& languages() const;
    [[nodiscard]] std::vector<std::string> state_ids() const;
    [[nodiscard]] std::vector<std::string> role_ids() const;
    /// What start must give: names and types, in the order of the file.
    [[nodiscard]] std::vector<std::pair<std::string, Type>> input() const;

    /// The whole graph, for this library's own modules.
    [[nodiscard]] const procedure::Model& model() const { return *model_; }

private:
    std::unique_ptr<const procedure::Model> model_;
};

}  // namespace workflow
