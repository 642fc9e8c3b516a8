// yaml-cpp's events made into a Document's tree, with every rule that yaml-cpp does not enforce.
// yaml-cpp itself is seen only in tree_builder.cpp. Confined.
#pragma once

#include "definition/node.hpp"

namespace workflow::definition {

class TreeBuilder {
public:
    /// Fills `document` from its source; false, with findings, when it is not one good document.
    [[nodiscard]] static bool build(Document& document, Diagnostics& diagnostics);

private:
    class Handler;
};

}  // namespace workflow::definition
