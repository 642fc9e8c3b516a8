"""Laws that a machine can keep: arrows, third-party headers, listed tests, purity.

usage: check.py arrows|third_party|listed SOURCE_FOLDER
       check.py purity SOURCE_FOLDER LIST_OF_OBJECTS LIST_OF_CANARY_OBJECTS
Prints one line a breach, with the file and the mend; exit status 1 when there is one.
"""
import pathlib
import re
import subprocess
import sys

TIDY = pathlib.Path(__file__).parent
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
# What the canary must be caught with; one for each kind of impurity.
CANARY_MUST_SHOW = ["rand", "time", "getenv", "fopen", "std::random_device", "system_clock::now",
                    "steady_clock::now", "filebuf|fstream", "std::thread"]


def table_lines(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def read_table(name):
    """{key: [words]} of lines `key: words`; the key may hold colons, the words may not."""
    rows = (line.rpartition(":") for line in table_lines(TIDY / name))
    return {key: words.split() for key, _, words in rows}


def read_modules(source):
    """{module: (public headers, modules it depends on)} as CMake has it."""
    text = (source / "libworkflow/CMakeLists.txt").read_text(encoding="utf-8")
    modules = {}
    for name, body in re.findall(r"^workflow_module\((\w+)([^)]*)\)", text, re.MULTILINE):
        parts = re.split(r"\b(HEADERS|DEPENDS|PRIVATE)\b", body)
        named = {key: value.split() for key, value in zip(parts[1::2], parts[2::2])}
        modules[name] = (named.get("HEADERS", []), named.get("DEPENDS", []))
    return modules


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1)


def module_files(source, modules):
    """(module, file, whether it is public) of every file of the library."""
    library = source / "libworkflow"
    for name, (headers, _) in modules.items():
        for path in sorted((library / "src" / name).rglob("*.[ch]pp")):
            yield name, path, False
        for header in headers:
            yield name, library / "include/workflow" / header, True


def check_arrows(source):
    arrows, modules = read_table("arrows.txt"), read_modules(source)
    owner = {f"workflow/{header}": name for name, (headers, _) in modules.items()
             for header in headers}
    # Headers alone, of a target without a module.
    cmake = (source / "libworkflow/CMakeLists.txt").read_text()
    alone = set(re.findall(r"FILES include/(workflow/[a-z_]+\.hpp)", cmake))
    for name in sorted(set(arrows) | set(modules)):
        if name not in modules or name not in arrows:
            yield f"module {name}: in only one of arrows.txt and libworkflow/CMakeLists.txt"
        elif set(arrows[name]) != set(modules[name][1]):
            yield (f"module {name}: CMake's DEPENDS are {sorted(modules[name][1])}, arrows.txt "
                   f"says {sorted(arrows[name])}; change both in one commit and say why")
    folders = {path.name for path in (source / "libworkflow/src").iterdir() if path.is_dir()}
    for name in sorted(folders - set(arrows)):
        yield f"libworkflow/src/{name}: no module of arrows.txt"
    for header in sorted((source / "libworkflow/include/workflow").glob("*.hpp")):
        if f"workflow/{header.name}" not in owner | dict.fromkeys(alone):
            yield f"{header.relative_to(source)}: no module lists it under HEADERS"
    for name, path, _ in module_files(source, modules):
        for line, header in includes(path):
            target = owner.get(header, header.split("/")[0])
            if target in modules and target != name and target not in arrows.get(name, []):
                yield (f"{path.relative_to(source)}:{line}: {name} may not include '{header}' of "
                       f"{target}; it may include {arrows.get(name, [])}")


def check_third_party(source):
    rules = [(re.compile(pattern), set(allowed))
             for pattern, allowed in read_table("third_party.txt").items()]
    for name, path, public in module_files(source, read_modules(source)):
        for line, header in includes(path):
            allowed = next((words for rule, words in rules if rule.search(header)), None)
            if allowed is None or (name in allowed and (not public or "public" in allowed)):
                continue
            where = "a public header" if public else f"module {name}"
            yield (f"{path.relative_to(source)}:{line}: '{header}' has no place in {where}; "
                   f"it may stand in {sorted(allowed)}")


def check_listed(source):
    tests = source / "tests"
    lists = [path for path in tests.rglob("*") if path.name in ("suite.cmake", "CMakeLists.txt")]
    words = set(re.split(r"[\s()\"]+", "\n".join(p.read_text(encoding="utf-8") for p in lists)))
    for path in sorted(tests.rglob("*.cpp")):
        name = path.relative_to(tests).as_posix()
        # A suite names its sources from tests/, or from its own folder.
        if not any(word == name or word.endswith("/" + name) or
                   (word.endswith("/" + path.name) and "CURRENT_LIST_DIR" in word)
                   for word in words):
            yield f"tests/{name}: no suite.cmake lists it, so it is never built; add it"


def impurities(list_file):
    """(object, symbol) of every symbol that an object needs and a pure module may not."""
    denied = re.compile("|".join(f"(?:{line})" for line in
                                 table_lines(TIDY / "impure_symbols.txt")))
    objects = [part for part in pathlib.Path(list_file).read_text().split() if part]
    if not objects:
        raise SystemExit(f"{list_file}: names no object files")
    for item in objects:
        table = subprocess.run(["nm", "-C", "-u", item], check=True, capture_output=True,
                               text=True).stdout
        for line in table.splitlines():
            symbol = re.sub(r"^\s*[UwWv]\s+", "", line).strip()
            if denied.fullmatch(symbol):
                yield item, symbol


def check_purity(_, list_file, canary_file):
    for item, symbol in impurities(list_file):
        yield (f"{pathlib.Path(item).parent.name}/{pathlib.Path(item).name}: a pure module needs "
               f"'{symbol}'; hand it in as a value from the engine or the loader")
    caught = [symbol for _, symbol in impurities(canary_file)]
    for wanted in CANARY_MUST_SHOW:
        if not any(re.search(wanted, symbol) for symbol in caught):
            yield f"the canary needs {wanted} and was not caught with it; mend impure_symbols.txt"


def main(arguments):
    checks = {"arrows": check_arrows, "third_party": check_third_party, "listed": check_listed,
              "purity": check_purity}
    if len(arguments) < 2 or arguments[0] not in checks:
        raise SystemExit(__doc__)
    breaches = list(checks[arguments[0]](pathlib.Path(arguments[1]), *arguments[2:]))
    for breach in breaches:
        print(breach)
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
