"""Shows that check.py sees: makes a small source tree with one breach of each law, and counts."""
import pathlib
import tempfile

import check

CMAKE = """
workflow_module(base HEADERS error.hpp)
workflow_module(store HEADERS store.hpp DEPENDS base engine)
workflow_module(engine HEADERS engine.hpp DEPENDS base store)
"""
FILES = {
    "libworkflow/CMakeLists.txt": CMAKE,
    "libworkflow/include/workflow/error.hpp": "#include <fmt/format.h>\n",
    "libworkflow/include/workflow/store.hpp": "#include <sqlite3.h>\n",
    "libworkflow/include/workflow/engine.hpp": "#include <nlohmann/json.hpp>\n",
    "libworkflow/include/workflow/orphan.hpp": "",
    "libworkflow/src/base/a.cpp": '#include "store/b.hpp"\n#include "workflow/engine.hpp"\n',
    "libworkflow/src/engine/a.cpp": "#include <yaml-cpp/yaml.h>\n  # include <sqlite3.h>\n",
    "libworkflow/src/stowaway/a.cpp": "",
    "tests/unit/base/suite.cmake": "workflow_suite(base SOURCES unit/base/listed_test.cpp)",
    "tests/unit/base/listed_test.cpp": "",
    "tests/unit/base/forgotten_test.cpp": "",
}
EXPECTED = {
    check.check_arrows: ["DEPENDS are ['base', 'engine']", "stowaway: no module", "orphan.hpp",
                         "a.cpp:1: base may not include 'store/b.hpp'",
                         "a.cpp:2: base may not include 'workflow/engine.hpp'"],
    check.check_third_party: ["error.hpp:1", "store.hpp:1", "engine.hpp:1",
                              "engine/a.cpp:1: 'yaml-cpp/yaml.h'", "engine/a.cpp:2: 'sqlite3.h'"],
    check.check_listed: ["forgotten_test.cpp"],
}

with tempfile.TemporaryDirectory() as folder:
    source = pathlib.Path(folder)
    for name, text in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    for law, wanted in EXPECTED.items():
        found = list(law(source))
        for words in wanted:
            assert any(words in breach for breach in found), f"{law.__name__} missed: {words}"
    listed = list(check.check_listed(source))
    assert not any("/listed_test.cpp" in breach for breach in listed), listed
    print("every breach was seen")
