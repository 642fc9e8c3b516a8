"""The reference of every key, in English or Vietnamese."""
import tables

WORDS = {
    "en": {
        "title": "Reference of every key",
        "lead": "Written by tests/manual/generate.py from the tables beside it, as are the schemas; change those. "
                "[README.md](README.md) has the tutorial and the rules. In bold: a key that must be there. "
                "Findings stand at the end; besides those named, every key gives those of its type.",
        "head": ["key", "type", "meaning", "default", "example", "refused"],
        "procedure": "procedure.yaml", "tests": "tests.yaml", "simulation": "simulation.yaml", "calendar": "A calendar",
        "also": "Also the keys of: ", "way": "and those of [a way](#{0})", "types": "Types",
        "findings": "Findings", "warning": "warning", "finding_head": ["code", "what is wrong", "mend"], "type_head": ["type", "what it is"],
        "one_of": "One of them: ", "link": "Tiếng Việt: [reference.vi.md](reference.vi.md)",
    },
    "vi": {
        "title": "Tra cứu các khóa",
        "lead": "Trang này do tests/manual/generate.py tạo ra từ các bảng cùng thư mục, cũng như các lược đồ; hãy sửa ở đó. "
                "[README.vi.md](README.vi.md) có phần hướng dẫn và các quy tắc. Chữ đậm: khóa bắt buộc. "
                "Các lỗi nằm ở cuối trang; ngoài các lỗi nêu tên, mỗi khóa còn có các lỗi của kiểu giá trị.",
        "head": ["khóa", "kiểu", "ý nghĩa", "mặc định", "ví dụ", "bị từ chối khi"],
        "procedure": "procedure.yaml", "tests": "tests.yaml", "simulation": "simulation.yaml", "calendar": "Tệp lịch",
        "also": "Ngoài ra có các khóa của: ", "way": "và của [hướng đi](#{0})", "types": "Kiểu giá trị",
        "findings": "Các lỗi", "warning": "cảnh báo", "finding_head": ["mã", "sai ở đâu", "cách sửa"], "type_head": ["kiểu", "giải thích"],
        "one_of": "Chỉ dùng một trong: ", "link": "English: [reference.md](reference.md)",
    },
}
WAY = {"en": "way", "vi": "hướng đi"}
WAYS = {"en": "list of ways", "vi": "danh sách hướng đi"}


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def row(cells):
    return "| " + " | ".join(cell(one) for one in cells) + " |"


class Page:
    def __init__(self, known, language):
        self.known, self.language, self.words = known, language, WORDS[language]
        self.lines, self.codes, self.types = [], {}, {}

    def type_word(self, name):
        if name in self.known.types:
            said = self.known.types[name]
            if self.language in said:
                self.types[name] = said
            return said["word"][self.language] if "word" in said else self.type_word("ids")
        if name.endswith("_ways"):
            return WAYS[self.language]
        if name.endswith("_way") or name == "way_to":
            return f"[{WAY[self.language]}](#way)"
        return f"[{self.known.places[name]['title'][self.language]}](#{name})"

    def keys(self, keys, required):
        self.lines += [row(self.words["head"]), "| --- | --- | --- | --- | --- | --- |"]
        for key, said in keys.items():
            default = said.get("default", "")
            default = default if isinstance(default, str) else default[self.language]
            shown = f"**{key}**" if key in required else key
            refused = []
            for code in said.get("refused", []):
                self.codes[code] = True
                refused.append(f"[{code}](#{code})")
            self.lines.append(row([shown, self.type_word(said["type"]), said[self.language], default,
                                   f"`{said['example']}`", ", ".join(refused)]))
        self.lines.append("")

    def place(self, name, place):
        self.lines += [f'<a id="{name}"></a>', f"### {place['title'][self.language]}", ""]
        groups = [f"[{self.known.groups[group]['title'][self.language]}](#{group})" for group in place.get("groups", [])]
        if "way" in place:
            groups.append(self.words["way"].format("way"))
        if groups:
            self.lines += [self.words["also"] + "; ".join(groups) + ".", ""]
        choices = place.get("one_of", place.get("any_of"))
        if choices:
            self.lines += [self.words["one_of"] + ", ".join(f"`{key}`" for key in choices) + ".", ""]
        if place["keys"]:
            self.keys(place["keys"], place.get("required", []))

    def tail(self):
        words = self.words
        self.lines += [f"## {words['types']}", "", row(words["type_head"]), "| --- | --- |"]
        for said in self.types.values():
            self.lines.append(row([said["word"][self.language], said[self.language]]))
        self.lines += ["", f"## {words['findings']}", "", row(words["finding_head"]), "| --- | --- | --- |"]
        catalogue = tables.catalogue(without=tables.NOT_OF_FILES)
        warnings = tables.warnings()
        first = 0 if self.language == "en" else 2
        for code in sorted(set(self.codes) | set(catalogue)):
            message, mend = catalogue[code][first:first + 2]
            kind = f" ({words['warning']})" if code in warnings else ""
            self.lines.append(row([f'<a id="{code}"></a>{code}{kind}', message, mend]))

    def text(self):
        words = self.words
        self.lines = [f"# {words['title']}", "", words["lead"], "", words["link"], ""]
        for file in tables.FILES:
            self.lines += [f"## {words[file]}", ""]
            if file == "procedure":
                self.place("file", self.known.places["file"])
                for name, group in self.known.groups.items():
                    self.lines += [f'<a id="{name}"></a>', f"### {group['title'][self.language]}", ""]
                    self.keys(group["keys"], [])
            for name, place in self.known.places.items():
                if place["file"] == file and name != "file":
                    self.place(name, place)
        self.tail()
        return "\n".join(self.lines) + "\n"


def page(known, language):
    return Page(known, language).text()
