"""A reviewer who knows what is wrong, and one who looks after another.

    planted.py script FOLDER <REQUESTS
        REQUESTS are those of --dry-run, for the bad sources of FOLDER: a
        scenario for dmr-mock, in which each is answered by what is wrong with
        its file: anchor and quote of that line, and what should stand there.

    planted.py places FOLDER
        Lines "NAME.EXT LINE CATEGORY", of what is to be found.

    planted.py suggestions FOLDER
        Lines "NAME.EXT TEXT", of what should stand there instead.

    planted.py check STATUS ROOT <FINDINGS
        Do findings in JSON Lines have all their members, is none of them on a
        line that it does not quote, and is STATUS theirs?  The sources are
        below ROOT.  Prints "N findings, N placed, N parts skipped".
"""

import json
import pathlib
import re
import sys

SHOWN = re.compile(r"^((\d+)#\w+)\|\+(.*)$", re.M)
SEVERITIES = ["low", "medium", "high", "critical"]


def planted(folder):
    for place in sorted(pathlib.Path(folder).iterdir()):
        line, category, why = (place / "where").read_text().strip().split(" ", 2)
        (bad,) = place.glob("bad.*")
        (good,) = place.glob("good.*")
        sources = [file.read_text().split("\n") for file in (good, bad)]
        yield place.name + bad.suffix, int(line), category, why, sources


def script(folder):
    requests = [json.loads(line)["body"]["messages"][-1]["content"] for line in sys.stdin]
    for name, line, category, why, (good, bad) in planted(folder):
        mine = [text for text in requests if name in text]
        shown = [found for text in mine for found in SHOWN.findall(text)]
        ((anchor, text),) = [(a, t) for a, n, t in shown if int(n) == line]
        assert text == bad[line - 1], name
        finding = {
            "anchor": anchor,
            "quote": text,
            "severity": "medium" if category == "performance" else "high",
            "category": category,
            "title": why,
            "message": why + ".",
            "suggestion": good[line - 1],
        }
        answer = json.dumps({"findings": [finding]})
        print(json.dumps({"contains": name, "text": answer}))


def places(folder):
    for name, line, category, _, _ in planted(folder):
        print(name, line, category)


def suggestions(folder):
    for name, line, _, _, (good, _) in planted(folder):
        print(name, good[line - 1])


def squeeze(text):
    return " ".join(text.split())


def check(status, root):
    *findings, last = [json.loads(line) for line in sys.stdin]
    placed = 0
    for one in findings:
        for name in "path", "severity", "category", "message", "fingerprint":
            assert one[name], one
        assert one["severity"] in SEVERITIES and len(one["fingerprint"]) == 32
        assert one["anchored"] == ("line" in one), one
        if not one["anchored"]:
            continue
        placed += 1
        lines = (pathlib.Path(root) / one["path"]).read_text().split("\n")
        assert 1 <= one["line"] <= one["end_line"] <= len(lines), one
        quote = squeeze(one.get("quote", ""))
        stands = [n for n, text in enumerate(lines, 1) if quote and squeeze(text) == quote]
        assert not stands or one["line"] in stands, one
    summary = last["summary"]
    assert summary["findings"] == len(findings)
    skipped = len(summary.get("skipped", []))
    assert summary["complete"] == (skipped == 0)
    worst = max((SEVERITIES.index(one["severity"]) for one in findings), default=0)
    assert int(status) == (1 if worst >= 2 else 8 if skipped else 0), status
    print(f"{len(findings)} findings, {placed} placed, {skipped} parts skipped")


globals()[sys.argv[1]](*sys.argv[2:])
