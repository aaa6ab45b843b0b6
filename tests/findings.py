"""Do reports of findings say the same, each as its format has it?

    findings.py STORE REPORT.sarif REPORT.jsonl REPORT.rdjsonl

STORE is SchemaStore's database.  The reports are of the same findings, whose
message is the text of their line.  Prints "N findings".
"""

import json
import sqlite3
import sys
import urllib.parse

import jsonschema

TITLE = b"Static Analysis Results Format (SARIF) Version 2.1.0"
LEVELS = {
    "low": ("note", "INFO"),
    "medium": ("warning", "WARNING"),
    "high": ("error", "ERROR"),
    "critical": ("error", "ERROR"),
}


def sarif_schema(store):
    """The schema's text stands whole in a row of the database."""
    start = b'{\r\n  "$schema"'
    for (value,) in sqlite3.connect(store).execute("select value from responses"):
        at = value.find(start, 0, 200)
        if at >= 0 and TITLE in value[at : at + 200]:
            text = value[at:].decode(errors="replace")
            return json.JSONDecoder().raw_decode(text)[0]
    sys.exit("no schema in " + store)


# What reviewdog reads a line as: protojson of a Diagnostic, which knows no other
# members and no other types.  A list stands for one of any length.
POSITION = {"line": int, "column": int}
RANGE = {"start": POSITION, "end": POSITION}
DIAGNOSTIC = {
    "message": str,
    "location": {"path": str, "range": RANGE},
    "severity": {"ERROR", "WARNING", "INFO"},
    "source": {"name": str, "url": str},
    "code": {"value": str, "url": str},
    "suggestions": [{"range": RANGE, "text": str}],
    "original_output": str,
}


def is_message(value, shape):
    if isinstance(shape, dict):
        return isinstance(value, dict) and all(
            name in shape and is_message(each, shape[name])
            for name, each in value.items()
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(is_message(v, shape[0]) for v in value)
    if isinstance(shape, set):
        return value in shape
    if shape is int:
        return type(value) is int and 1 <= value < 1 << 31
    return isinstance(value, shape)


def once(members):
    """A member that stands there twice is an error, too."""
    assert len(dict(members)) == len(members)
    return dict(members)


def diagnostic(line):
    """As bufio.Scanner cuts it off: 64 KiB, or all that follows is lost."""
    assert len(line.encode()) < 1 << 16
    value = json.loads(line, object_pairs_hook=once)
    assert is_message(value, DIAGNOSTIC)
    lines = value["location"].get("range")
    for place in [lines] if lines else []:
        # Both have a column, or none has: then whole lines are meant.
        start, end = place["start"], place["end"]
        assert ("column" in start) == ("column" in end)
        assert start["line"] <= end["line"]
        assert start["line"] < end["line"] or start.get("column", 1) <= end.get("column", 1)
    for suggestion in value.get("suggestions", []):
        place = suggestion["range"]
        assert "column" not in place["start"] and "column" not in place["end"]
        assert not suggestion["text"].endswith("\n")
    return value


def utf16_column(text, byte):
    """The column from 1, in UTF-16 units, of a column from 1 in bytes."""
    before = text.encode()[: byte - 1].decode()
    return len(before.encode("utf-16-le")) // 2 + 1


def compare(sarif, plain, rd):
    text = plain["message"]
    assert sarif["message"]["text"] == rd["message"] == text
    rule = plain["category"] + "/" + plain["rule"]
    assert sarif["ruleId"] == rd["code"]["value"] == rule
    assert (sarif["level"], rd["severity"]) == LEVELS[plain["severity"]]
    fingerprint = sarif["partialFingerprints"]["primaryLocationLineHash"]
    assert fingerprint == plain["fingerprint"]

    place = sarif["locations"][0]["physicalLocation"]
    uri = place["artifactLocation"]["uri"]
    parts = urllib.parse.urlsplit(uri)
    assert uri.isascii() and parts.netloc == parts.query == parts.fragment == ""
    assert parts.scheme == ("file" if plain["path"][0] == "/" else "")
    path = uri.removeprefix("file://")
    assert urllib.parse.unquote(path) == plain["path"] == rd["location"]["path"]

    region = place.get("region", {})
    lines = rd["location"].get("range", {"start": {}, "end": {}})
    start, end = lines["start"], lines["end"]
    assert all(value >= 1 for value in region.values())
    assert region.get("startLine") == plain.get("line") == start.get("line")
    assert region.get("endLine") == plain.get("end_line") == end.get("line")
    assert start.get("column") == plain.get("column")
    assert end.get("column") == plain.get("end_column")
    if "column" not in plain:
        assert "startColumn" not in region
        return
    assert region["startColumn"] == utf16_column(text, plain["column"])
    if plain["line"] == plain["end_line"]:
        assert region["endColumn"] == utf16_column(text, plain["end_column"])


def main():
    store, *reports = sys.argv[1:]
    sarif = json.load(open(reports[0], encoding="utf-8"))
    plain, rd = (open(name, encoding="utf-8", newline="\n") for name in reports[1:])
    plain = [json.loads(line) for line in plain]
    rd = [diagnostic(line) for line in rd]
    jsonschema.validate(sarif, sarif_schema(store))
    run = sarif["runs"][0]
    assert run["columnKind"] == "utf16CodeUnits"
    assert run["invocations"][0]["executionSuccessful"] is True
    results = run["results"]
    assert plain.pop()["summary"]["findings"] == len(plain) == len(results) == len(rd)
    assert len({one["fingerprint"] for one in plain}) == len(plain)
    for three in zip(results, plain, rd):
        compare(*three)
    print(len(results), "findings")


main()
