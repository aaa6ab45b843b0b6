"""Do the filters of contrib/jq say what the findings say, and nothing else?

    jq.py github|gitlab|checkstyle|markdown REPORT.jsonl OUTPUT

Prints "N findings".
"""

import ctypes
import html.parser
import json
import re
import sys
import unicodedata
import xml.etree.ElementTree

HIDDEN = {"Cc", "Cf", "Cs", "Cn"}


def shown(text):
    """As the filters show it: what steers is U+FFFD, but for ends of lines."""
    return "".join(
        c if c in "\t\n\r" or unicodedata.category(c) not in HIDDEN else "\ufffd"
        for c in text
    )


def path(one):
    return shown(one["path"].removeprefix("./"))


def rule(one):
    return "/".join(filter(None, (one["category"], one.get("rule"))))


def github(plain, text):
    lines = text.split("\n")
    assert lines.pop() == ""
    levels = {"low": "notice", "medium": "warning"}
    for line, one in zip(lines, plain, strict=True):
        parts = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        level, properties, message = parts.groups()
        assert level == levels.get(one["severity"], "error")
        assert unescape(message) == shown(one["message"])
        got = dict(part.split("=", 1) for part in properties.split(","))
        want = {"file": path(one), "title": rule(one)}
        if "line" in one:
            want |= {"line": str(one["line"]), "endLine": str(one["end_line"])}
        assert {name: unescape(value) for name, value in got.items()} == want


def unescape(text):
    for code, c in ("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"):
        text = text.replace(code, c)
    return text


def gitlab(plain, text):
    severities = dict(low="minor", medium="major", high="critical", critical="blocker")
    plain = [one for one in plain if "line" in one]
    for got, one in zip(json.loads(text), plain, strict=True):
        assert got == {
            "description": one["message"],
            "check_name": rule(one),
            "fingerprint": one["fingerprint"],
            "severity": severities[one["severity"]],
            "location": {
                "path": one["path"].removeprefix("./"),
                "lines": {"begin": one["line"], "end": one["end_line"]},
            },
        }


def checkstyle(plain, text):
    severities = {"low": "info", "medium": "warning"}
    root = xml.etree.ElementTree.fromstring(text)
    got = [
        (file.get("name"), *map(error.get, ("line", "severity", "source", "message")))
        for file in root
        for error in file
    ]
    want = [
        (
            path(one),
            str(one["line"]) if "line" in one else None,
            severities.get(one["severity"], "error"),
            rule(one),
            shown(one["message"]),
        )
        for one in plain
    ]
    assert sorted(map(str, got)) == sorted(map(str, want))


class Page(html.parser.HTMLParser):
    """The text of a page's items, without that of blocks."""

    def __init__(self, page):
        super().__init__()
        self.items, self.in_item, self.in_block = [], False, False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        assert tag in ("h3", "ul", "li", "p", "strong", "code", "pre"), tag
        self.in_block |= tag == "pre"
        if tag == "li":
            self.in_item = True
            self.items.append("")

    def handle_endtag(self, tag):
        self.in_block &= tag != "pre"
        self.in_item &= tag != "li"

    def handle_data(self, data):
        if self.in_item and not self.in_block:
            self.items[-1] += data


def squeeze(text):
    return re.sub(r"\s+", " ", shown(text)).strip()


def markdown(plain, text):
    cmark = ctypes.CDLL("libcmark.so.0.30.2")
    cmark.cmark_markdown_to_html.restype = ctypes.c_char_p
    data = text.encode()
    unsafe = 1 << 17  # else it would leave tags out itself
    page = cmark.cmark_markdown_to_html(data, len(data), unsafe).decode()
    for got, one in zip(Page(page).items, plain, strict=True):
        assert " " + squeeze(rule(one)) + ": " in squeeze(got), got
        message = squeeze(one["message"])
        assert re.sub(" ", "", squeeze(got)).endswith(re.sub(" ", "", message)), got
    # What a page's host makes links of stands in code alone.
    outside = re.sub(r"(`+) .*? \1(?!`)|^  .*", "", text, flags=re.M)
    assert not re.search(r"[@#](?!## )\w|://|www\.", outside)


def main():
    name, report, output = sys.argv[1:]
    with open(report, encoding="utf-8") as file:
        plain = [json.loads(line) for line in file]
    assert "summary" in plain.pop()
    with open(output, encoding="utf-8", newline="") as file:
        globals()[name](plain, file.read())
    print(len(plain), "findings")


main()
