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
    assert uri.isascii() and urllib.parse.urlsplit(uri).path == uri
    assert urllib.parse.unquote(uri) == plain["path"] == rd["location"]["path"]

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
    plain, rd = (
        [json.loads(line) for line in open(name, encoding="utf-8")]
        for name in reports[1:]
    )
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
