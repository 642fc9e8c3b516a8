"""Writes the schemas and the references of procedures/ from the tables of keys beside this.

generate.py          writes them
generate.py --check  says which of them are not as they would be written
"""
import json
import sys

import reference
import schema
import tables


def written():
    known = tables.Tables()
    schemas = schema.Schemas(known)
    files = {f"{file}.schema.json": json.dumps(schemas.whole(file), ensure_ascii=False, indent=1) + "\n"
             for file in tables.FILES}
    files["reference.md"] = reference.page(known, "en")
    files["reference.vi.md"] = reference.page(known, "vi")
    return files


def main():
    check = sys.argv[1:] == ["--check"]
    stale = []
    for name, text in written().items():
        path = tables.ROOT / "procedures" / name
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"procedures/{name} is not what tests/manual/generate.py writes: run it")
    return 1 if stale else 0


sys.exit(main())
