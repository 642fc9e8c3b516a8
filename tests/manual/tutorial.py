"""Does what a tutorial says, in a folder of its own, and compares what it shows.

tutorial.py PAGE TOOL [PICTURE]    PICTURE: where to keep what it draws

From the first heading `## 1.` on: a block ```yaml NAME goes into that file of leave_request/, where
what stands in it is added, and a state or a case that is there already is replaced; each line of a
block ```sh that names leave_request is run; a block ```text behind it is all that is printed.
version_2.yaml begins as a copy of the procedure.
"""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import yaml

import tables

FOLDER = "leave_request"
BLOCK = re.compile(r"^```(\w+) ?([\w.]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

NO_YAML = ["bad-indentation", "colon-in-text", "colon-in-braces", "bracket-in-text", "text-after-quote",
           "question-mark-in-text", "missing-colon", "unclosed-quote", "unclosed-bracket", "tab-indentation",
           "reserved-character", "malformed-yaml", "duplicate-key", "text-split-by-comma"]


def steps(page):
    text = page.read_text(encoding="utf-8")
    begin = re.search(r"^## 1\. ", text, re.MULTILINE)
    if begin is None:
        return []
    wanted = []
    shows = False
    for language, name, block in BLOCK.findall(text[begin.start():]):
        runs = language == "sh" and FOLDER in block
        if runs or (language == "yaml" and name) or (language == "text" and shows):
            wanted.append((language, name, block))
        shows = runs
    return wanted


def added(file, part):
    """Both put together: keys of the file, and one level below."""
    whole = dict(file)
    for key, value in part.items():
        both = isinstance(value, dict) and isinstance(whole.get(key), dict)
        whole[key] = {**whole[key], **value} if both else value
    return whole


class Reader:
    def __init__(self, tool, root):
        self.tool, self.root, self.files, self.shown, self.faults = tool, root, {}, None, []

    def write(self, name, text):
        self.read_as_it_stands(text)
        before = "procedure.yaml" if name == "version_2.yaml" else name
        self.files[name] = added(self.files.get(before, {}), tables.parse(text))
        whole = yaml.safe_dump(self.files[name], allow_unicode=True, sort_keys=False, width=1000)
        path = self.root / FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(whole, encoding="utf-8")

    def read_as_it_stands(self, text):
        """What is put together is written anew; a slip of the part itself must show all the same."""
        path = self.root / "part.yaml"
        path.write_text(text, encoding="utf-8")
        answer = subprocess.run([self.tool, "validate", "part.yaml", "--format", "json"],
                                capture_output=True, text=True, cwd=self.root, check=False)
        found = answer.stdout
        for code in NO_YAML:
            if f'"code": "{code}"' in found:
                self.faults.append(f"{code} in:\n{text}")

    def run(self, commands):
        self.shown = ""
        for line in commands.splitlines():
            words = shlex.split(line)
            if words[0] != "workflow":
                self.faults.append(f"no command of the tool: {line}")
                continue
            answer = subprocess.run([self.tool, *words[1:]], capture_output=True, text=True,
                                    cwd=self.root, check=False)
            self.shown += answer.stdout + answer.stderr
            if answer.returncode not in (0, 1):
                self.faults.append(f"{line}: status {answer.returncode}\n{answer.stderr}")

    def compare(self, text):
        # Places within a file that is written anew are its own affair.
        place = re.compile(r":[0-9]+:[0-9]+:")
        if place.sub(":", self.shown) != place.sub(":", text):
            self.faults.append(f"shown:\n{text}printed:\n{self.shown}")


def main():
    page, tool = pathlib.Path(sys.argv[1]), str(pathlib.Path(sys.argv[2]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        reader = Reader(tool, root)
        blocks = steps(page)
        for language, name, text in blocks:
            if language == "yaml":
                reader.write(name, text)
            elif language == "sh":
                reader.run(text)
            else:
                reader.compare(text)
        drawn = [path for path in (root / FOLDER).glob("*.svg") if "</svg>" in path.read_text(encoding="utf-8")]
        if drawn and len(sys.argv) > 3:
            pathlib.Path(sys.argv[3]).write_bytes(drawn[0].read_bytes())
        if len(blocks) < 10 or not drawn:
            reader.faults.append("the tutorial does not end with a picture")
    print("\n".join(reader.faults))
    return 1 if reader.faults else 0


sys.exit(main())
