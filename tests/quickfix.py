"""Does vim jump to where the findings are, and nowhere else?

    quickfix.py LIST REPORT.text REPORT.jsonl

LIST has a line of JSON for each entry of vim's quickfix list: valid, name,
line, column.  Prints "N places, N without".
"""

import json
import os.path
import sys


def lines(name):
    with open(name, encoding="utf-8") as file:
        return file.read().removesuffix("\n").split("\n")


def main():
    entries, text, plain = map(lines, sys.argv[1:])
    entries = [json.loads(line) for line in entries]
    plain = [json.loads(line) for line in plain]
    assert "summary" in plain.pop()
    assert len(entries) == len(text) == len(plain)
    counts = [0, 0]
    for (valid, name, line, column), shown, one in zip(entries, text, plain):
        assert valid == ("line" in one), shown
        counts[not valid] += 1
        if not valid:
            continue
        assert (line, column) == (one["line"], one.get("column", 1)), shown
        # vim leaves out what a path does not need.
        path = shown[: shown.index(f":{line}:{column}: {one['severity']}: ")]
        assert os.path.normpath(name) == os.path.normpath(path), (name, path)
        if all(c.isalnum() or c in "./_-# %?&()" for c in one["path"]):
            assert os.path.normpath(one["path"]) == os.path.normpath(path)
    print(f"{counts[0]} places, {counts[1]} without")


main()
