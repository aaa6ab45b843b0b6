"""Sends the recorded requests and compares the answers with the recorded ones.

    same_shape.py GROUP ...          DMR_HOST says whom to ask

GROUP is a table of tests/real/record, whose order is that of the requests.
What is compared: the status, the content type, and the shape of the body. Of
JSON that is the names and types of all members; of arrays, streams and lines,
the different shapes in the order in which they first come. Of text it is the
first line; errors in JSON are compared whole, but for numbers in them.

Prints the differences, and at last "N answers, M differ".
"""

import http.client
import importlib.machinery
import importlib.util
import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

TESTS = Path(__file__).resolve().parent
# The model of the recordings is too small to call the tool that it must.
CALLS = ("chat-tools", "chat-tools-stream")


def load_record():
    path = str(TESTS / "real/record")
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("record", path)
    spec = importlib.util.spec_from_loader("record", loader)
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def ask(url, record, case):
    lines, body = record.request_text(case)
    where = urlsplit(url)
    server = http.client.HTTPConnection(where.hostname, where.port, 60)
    method, path = lines[0].split(" ", 1)
    fields = dict(line.split(": ", 1) for line in lines[1:])
    fields.pop("X-Body-Run", None)
    fields.setdefault("Accept", "*/*")
    data = body.replace(record.RUN, "x" * record.RUN_LENGTH).encode()
    server.request(method, path, data if method == "POST" else None, fields)
    answer = server.getresponse()
    return answer.status, answer.getheader("Content-Type"), answer.read()


class Recorded:
    """As much of a socket as http.client reads from."""

    def __init__(self, path):
        self.file = open(path, "rb")

    def makefile(self, *_, **__):
        return self.file


def read_recorded(path):
    answer = http.client.HTTPResponse(Recorded(path))
    answer.begin()
    return answer.status, answer.getheader("Content-Type"), answer.read()


def in_order(shapes):
    """Each one once, where it first comes."""
    return list(dict.fromkeys(shapes))


def shape(value):
    if isinstance(value, dict):
        inside = (f"{json.dumps(k)}:{shape(v)}" for k, v in value.items())
        return "{" + ",".join(sorted(inside)) + "}"
    if isinstance(value, list):
        return "[" + "|".join(in_order(map(shape, value))) + "]"
    if isinstance(value, bool) or value is None:
        return "bool" if value is not None else "null"
    return "string" if isinstance(value, str) else "number"


def shape_of_error(value):
    """A message says the same, whatever its numbers."""
    return re.sub(r"\d+", "N", json.dumps(value, sort_keys=True))


def shape_of_part(text):
    """An event of a stream, a line, or all of a body."""
    text = text.removeprefix("data: ")
    try:
        value = json.loads(text)
    except ValueError:
        return text.splitlines()[0] if text else ""
    if isinstance(value, dict) and "error" in value:
        return shape_of_error(value)
    return shape(value)


def shape_of_body(kind, body):
    text = body.decode()
    if kind and kind.startswith("text/event-stream"):
        parts = text.split("\n\n")
        return in_order(shape_of_part(p.strip()) for p in parts if p.strip())
    lines = text.splitlines()
    if len(lines) > 1 and all(line.startswith("{") for line in lines):
        return in_order(map(shape_of_part, lines))
    return [shape_of_part(text.strip())]


def differences(name, got, wanted):
    for what, mine, theirs in zip(("status", "type"), got, wanted):
        if mine != theirs:
            yield f"{name}: {what} {mine} instead of {theirs}"
    mine = shape_of_body(got[1], got[2])
    theirs = shape_of_body(wanted[1], wanted[2])
    if name in CALLS:
        if not any('"tool_calls"' in part for part in mine):
            yield f"{name}: no tool was called"
    elif mine != theirs:
        yield f"{name}: body\n    {mine}\ninstead of\n    {theirs}"


def main(*groups):
    url = os.environ["DMR_HOST"]
    record = load_record()
    count = differ = 0
    for group in groups:
        for case in getattr(record, group):
            name = case[0]
            wanted = read_recorded(record.OUT / f"{name}.http")
            found = list(differences(name, ask(url, record, case), wanted))
            count += 1
            differ += bool(found)
            for line in found:
                print(line)
    print(f"{count} answers, {differ} differ")


main(*sys.argv[1:])
