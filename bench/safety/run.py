"""The run behind bench/docstring-safety: tells what it is for, and its options.

For each language: copy a corpus, let dmr-docstring document it in place with
dmr-mock's answers, ask the oracle about every file that has changed, run once
more, count.
"""
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import answers
import corpora
import oracles
from corpora import TOP, Lacking

BUILD = pathlib.Path(os.environ.get("BUILD") or TOP / "build").resolve()
WORK = pathlib.Path(os.environ.get("WORK") or BUILD / "safety").resolve()
SAMPLE = int(os.environ.get("SAMPLE", "1"))
BATCH = 40  # files of a run; a recording is searched from its beginning
DEADLINE = 600
PEERS = os.environ.get("PEERS", "").split()
# Every declaration that there is.
OPTIONS = "-m ai/smollm2 --all --members --nested --tests --magic --module --one-line insert -j 4".split()
CODES = {0, 5, 8, 26}  # done; an edit that is unsafe, declarations or files left


class Language:
    def __init__(self, name):
        self.name = name
        word = name.replace(" ", "_")
        self.corpus = getattr(corpora, word)
        self.oracle = getattr(oracles, word)


LANGUAGES = [
    Language(name)
    for name in (
        "python",
        "javascript",
        "typescript",
        "go",
        "rust",
        "java",
        "c headers",
        "c",
        "bash",
    )
]


class Count:
    """A row of the table, and the failures it is made of."""

    def __init__(self, language, kind):
        self.language, self.kind = language, kind
        self.files = self.declarations = self.documented = 0
        self.refused = collections.Counter()
        self.failed = {"broken": {}, "crashed": {}, "changed": {}}
        self.seconds = 0

    def fail(self, how, path, why):
        self.failed[how].setdefault(path, why)

    def tell(self):
        """Print all that failed; how many."""
        for how, failures in self.failed.items():
            for path, why in failures.items():
                print(f"    {how}: {path}: {why}", flush=True)
        return sum(map(len, self.failed.values()))

    def row(self):
        refused = ", ".join(f"{n} {why}" for why, n in self.refused.most_common())
        numbers = [len(x) for x in self.failed.values()]
        return (
            f"{self.language:<11} {self.kind:<8} {self.files:>6} "
            f"{self.declarations:>7} {self.documented:>7} "
            + " ".join(f"{n:>7}" for n in numbers)
            + f" {self.seconds:>6.0f}  {refused or '-'}"
        )


HEAD = (
    "language    answers   files declared  docum. "
    " broken crashed changed      s  refused"
)


def tool(*arguments, folder, mock=()):
    """Status, output and messages of a run of dmr-docstring."""
    command = [*mock, BUILD / "dmr-docstring", *OPTIONS, *arguments]
    try:
        run = subprocess.run(
            [str(x) for x in command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=DEADLINE,
            check=False,
        )
        return run.returncode, run.stdout, run.stderr.decode(errors="replace")
    except subprocess.TimeoutExpired:
        return 124, b"", "timeout"


def record(dry, kind, path):
    """The answers to the requests of a dry run, as a recording."""
    with open(path, "w", encoding="ascii") as file:
        n = 0
        for line in dry.splitlines():
            body = json.loads(line)["body"]
            text = answers.answer(body, kind)
            print(json.dumps(answers.exchange(body, text)), file=file)
            n += 1
    return n


def document(folder, paths, kind, count):
    """One run in place; its report, line by line."""
    recording, report = folder.parent / "recording", folder.parent / "report"
    report.unlink(missing_ok=True)
    status, dry, said = tool("--dry-run", "--", *paths, folder=folder)
    if status not in CODES:
        return crashed(folder, paths, kind, count, f"dry run: {status}: {said}")
    mock = [BUILD / "dmr-mock", "--quiet"]
    if record(dry, kind, recording):
        mock += ["--replay", recording]
    status, _, said = tool(
        "-i", "--report", report, "--", *paths, folder=folder, mock=[*mock, "--"]
    )
    if status not in CODES:
        return crashed(folder, paths, kind, count, f"{status}: {said}")
    if not report.exists():
        return []
    return [json.loads(x) for x in report.read_text("utf-8").splitlines()]


def crashed(folder, paths, kind, count, why):
    """Which file was it?"""
    if len(paths) == 1:
        count.fail("crashed", paths[0], why.strip()[-200:])
        return []
    lines, before = [], len(count.failed["crashed"])
    for path in paths:
        lines += document(folder, [path], kind, count)
    if len(count.failed["crashed"]) == before:  # only among others
        count.fail("crashed", f"{paths[0]} and others", why.strip()[-200:])
    return lines


def judge(language, count, old, new, before, paths):
    """Of those that have changed: is it nothing but documentation?"""
    changed = []
    for path in paths:
        one, two = (old / path).read_bytes(), (new / path).read_bytes()
        if one == two:
            continue
        changed.append(path)
        wrong = oracles.inserted(language.name, one, two)
        if wrong:
            count.fail("broken", path, wrong)
    if not changed:
        return
    after = language.oracle(new, changed)
    for path in changed:
        if before[path][0] == "=" and before[path] != after[path]:
            count.fail("broken", path, f"oracle: {after[path][:150]}")


def measure(language, kind, old, before):
    count = Count(language.name, kind)
    new = copy(old, kind)
    paths = sorted(before)
    count.files = len(paths)
    start = time.monotonic()
    for i in range(0, len(paths), BATCH):
        batch = paths[i : i + BATCH]
        left = collections.Counter()
        for line in document(new, batch, kind, count):
            count.declarations += "symbol" in line
            if line["action"] == "insert":
                count.documented += 1
            else:
                left[place(line)] += 1
                count.refused[line["reason"]] += 1
        once = {path: (new / path).read_bytes() for path in batch}
        judge(language, count, old, new, before, batch)
        again = collections.Counter(
            place(line) for line in document(new, batch, kind, count)
            if line["action"] == "insert"
        )
        for path, symbol in again:
            if again[path, symbol] > left[path, symbol]:
                count.fail("changed", path, f"{symbol}: documented twice")
        for path, text in once.items():
            if kind == "bland" and (new / path).read_bytes() != text:
                count.fail("changed", path, "the second run changed it again")
    count.seconds = time.monotonic() - start
    return count


def measure_peer(name, language, old, before):
    """The same of another tool, by what the oracle says alone."""
    count = Count(language.name, name)
    new = copy(old, name)
    paths = sorted(before)
    count.files = len(paths)
    start = time.monotonic()
    command = ["python3", oracles.HERE / "peers.py", name]
    for path, said in oracles.ask(command, new, paths).items():
        if said[0] == "!":
            count.fail("crashed", path, said)
    once = {path: (new / path).read_bytes() for path in paths}
    after = language.oracle(new, paths)
    for path in paths:
        if before[path][0] == "=" and before[path] != after[path]:
            count.fail("broken", path, after[path])
        if oracles.inserted(language.name, (old / path).read_bytes(), once[path]):
            count.refused["rewritten, not only inserted"] += 1
    oracles.ask(command, new, paths)
    for path in paths:
        if once[path] != (new / path).read_bytes():
            count.fail("changed", path, "")
    count.seconds = time.monotonic() - start
    return count


def place(line):
    """What a line of the report is about; there may be two of a name."""
    return line["path"], line.get("symbol", "")


def copy(old, name):
    new = old.parent / name
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(old, new)
    return new


def prepare(language):
    """A copy of the sample, and what its oracle says of it."""
    files = dict(list(sorted(language.corpus().items()))[::SAMPLE])
    old = WORK / language.name.replace(" ", "-") / "old"
    shutil.rmtree(old.parent, ignore_errors=True)
    for path, original in files.items():
        (old / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(original, old / path)
    return old, language.oracle(old, sorted(files))


def main(wanted):
    kinds = os.environ.get("ANSWERS", "bland hostile").split()
    known = {x.name: x for x in LANGUAGES}
    unknown = set(wanted) - set(known)
    if unknown:
        sys.exit(f"no such language: {', '.join(unknown)}")
    print(HEAD, flush=True)
    bad = 0
    for name in wanted or known:
        try:
            old, before = prepare(known[name])
        except Lacking as why:
            print(f"{name:<11} skipped: {why}", flush=True)
            continue
        for kind in kinds:
            count = measure(known[name], kind, old, before)
            print(count.row(), flush=True)
            bad += count.tell()
        for peer in PEERS if name == "python" else ():
            print(measure_peer(peer, known[name], old, before).row(), flush=True)
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
