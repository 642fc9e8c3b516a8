"""The tables of keys, and the catalogue of findings, as the programs beside this read them."""
import pathlib
import re

import yaml

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
FILES = ("procedure", "tests", "simulation", "calendar")


class _Loader(yaml.SafeLoader):
    """YAML 1.2's plain values: a date and `on` are texts."""


_Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$", "-+0123456789."),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def _mapping(loader, node):
    value = {}
    for key, one in node.value:
        value[str(key.value)] = loader.construct_object(one, deep=True)
    return value


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value, 10))


def parse(text):
    return yaml.load(text, _Loader)


def read(name):
    return parse((HERE / name).read_text(encoding="utf-8"))


class Tables:
    def __init__(self):
        self.types = read("keys_types.yaml")
        self.groups, self.places = {}, {}
        for file in FILES:
            table = read(f"keys_{file}.yaml")
            self.groups.update(table.get("groups", {}))
            self.places.update(table["places"])

    def keys(self, place):
        """All keys of a place, those of its groups first."""
        keys = {}
        for group in place.get("groups", []):
            keys.update(self.groups[group]["keys"])
        keys.update(place["keys"])
        if "way" in place:
            keys.update({key: said for key, said in self.places["way"]["keys"].items() if key not in keys})
        return keys

    def kinds(self):
        return {name: place for name, place in self.places.items() if "kind" in place}


# Sections of the catalogue that say no finding about a file.
NOT_OF_FILES = {"catalogue_difference.cpp", "catalogue_refusal.cpp"}


def warnings():
    """Codes of findings that hinder nothing."""
    found = set()
    said = re.compile(r'(?:\b(?:warn|warning|add_warning)\([^"]{0,80}|Severity::warning,\s*)"([a-z0-9-]+)"')
    for path in sorted((ROOT / "libworkflow/src").rglob("*.cpp")) + sorted((ROOT / "bindings/cli").glob("*.cpp")):
        found.update(said.findall(path.read_text(encoding="utf-8")))
    return found


def catalogue(without=frozenset()):
    """code -> (message, mend, message_vi, mend_vi)."""
    found = {}
    for path in sorted((ROOT / "libworkflow/src/base").glob("catalogue_*.cpp")):
        if path.name in without:
            continue
        source = path.read_text(encoding="utf-8")
        entry = re.compile(r'\{((?:\s*"(?:[^"\\]|\\.)*"\s*)+(?:,(?:\s*"(?:[^"\\]|\\.)*"\s*)+)+)\}')
        for match in entry.finditer(source):
            parts, text = [""], match.group(1)
            for token in re.finditer(r'"((?:[^"\\]|\\.)*)"|,', text):
                if token.group(0) == ",":
                    parts.append("")
                else:
                    parts[-1] += token.group(1).replace('\\"', '"').replace("\\\\", "\\")
            if len(parts) == 5:
                found[parts[0]] = parts[1:]
    return found
