#!/usr/bin/env python3
"""Show bytes to a terminal and tell what it did with them; needs pyte.

usage: screen.py [-c COLS] [-l LINES] BYTES PLAIN

BYTES is a file that pty.py recorded, PLAIN one with the text that shall be
seen.  The lines of the screen are printed.  It is an error, and said on
standard error, if the terminal was told to do anything but to draw, to begin a
new line and to tab; if it answered, that is typed something itself; or if it is
then in another state than one that was shown PLAIN: title, modes, colours,
cursor, every character cell.

  -c COLS   width of the terminal (default 80)
  -l LINES  height (default: so much that nothing is scrolled away)
"""

import getopt
import sys

import pyte
import pyte.modes

HARMLESS = ("draw", "linefeed", "tab")


class Terminal(pyte.Screen):
    """A screen that keeps what it would type."""

    def __init__(self, columns, lines):
        self.answers = []
        super().__init__(columns, lines)
        # pty.py changes no byte: a newline alone begins a line.
        self.set_mode(pyte.modes.LNM)

    def write_process_input(self, data):
        self.answers.append(data)

    def state(self):
        cells = [[self.buffer[y][x] for x in range(self.columns)]
                 for y in range(self.lines)]
        return {
            "size": (self.columns, self.lines),
            "cursor": (self.cursor.y, self.cursor.x),
            "colours": self.cursor.attrs,
            "hidden cursor": self.cursor.hidden,
            "modes": sorted(self.mode),
            "title": self.title,
            "icon name": self.icon_name,
            "margins": self.margins,
            "tab stops": sorted(self.tabstops),
            "character sets": (self.charset, self.g0_charset,
                               self.g1_charset),
            "saved cursors": len(self.savepoints),
            "cells": cells,
        }


class Witness:
    """Stands between the stream and the terminal, and notes what it does."""

    def __init__(self, terminal):
        self.terminal, self.seen = terminal, []

    def __getattr__(self, name):
        act = getattr(self.terminal, name)
        if name in HARMLESS:
            return act

        def noted(*args, **kwargs):
            self.seen.append(f"{name}{args!r}")
            return act(*args, **kwargs)

        return noted


def lines_of(data, columns):
    """At least as many as the text fills, and 24 to spare."""
    widths = (2 * len(line) for line in data.decode().split("\n"))
    return 24 + sum(1 + width // columns for width in widths)


def show(data, columns, lines):
    witness = Witness(Terminal(columns, lines))
    pyte.ByteStream(witness).feed(data)
    return witness.terminal, witness.seen


def differences(got, want):
    for name, value in want.items():
        if got[name] == value:
            continue
        if name == "cells":
            rows = [y + 1 for y, row in enumerate(value)
                    if got[name][y:y + 1] != [row]]
            yield f"lines that differ: {rows}"
        else:
            yield f"{name}: {got[name]!r} instead of {value!r}"


def main():
    options, files = getopt.getopt(sys.argv[1:], "c:l:")
    if len(files) != 2:
        sys.exit(__doc__)
    settings = dict(options)
    data, plain = (open(name, "rb").read() for name in files)
    columns = int(settings.get("-c", 80))
    lines = int(settings.get("-l", lines_of(plain, columns)))
    terminal, seen = show(data, columns, lines)
    faults = [f"obeyed: {what}" for what in seen]
    faults += [f"answered: {what!r}" for what in terminal.answers]
    wanted, _ = show(plain, columns, lines)
    faults += differences(terminal.state(), wanted.state())
    shown = "\n".join(line.rstrip() for line in terminal.display).rstrip()
    sys.stdout.write(shown + "\n")
    for fault in faults:
        print(f"screen.py: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
