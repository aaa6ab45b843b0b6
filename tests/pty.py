#!/usr/bin/env python3
"""Run a command with some of its descriptors 0, 1, 2 on a pseudo terminal.

usage: pty.py [option ...] COMMAND [ARGUMENT ...]

  -t FDS    which descriptors are the terminal (default 012); the others are
            pty.py's own
  -o FILE   what the command wrote to the terminal, byte for byte
  -i TEXT   type TEXT; escapes as in Python, so '\\x03' is ^C
  -w TEXT   go on only when TEXT has been shown
  -e        type ^D, so that the command reads end of file
  -r COLS   make the terminal so wide, as a window that is resized
  -c COLS   width of the terminal (default 80); it has 24 lines
  -d SECS   deadline (default 30): kill the command, exit status 124
      --echo  let the terminal show what is typed

-i, -w, -e and -r happen in the order given.  The terminal changes no byte on the
way out.  The exit status is the command's, or 128+n if signal n ended it.
"""

import errno
import fcntl
import getopt
import os
import select
import signal
import struct
import sys
import termios
import time


def parse(argv):
    options, command = getopt.getopt(argv, "t:o:i:w:er:c:d:", ["echo"])
    settings = {"-t": "012", "-o": os.devnull, "-c": "80", "-d": "30"}
    script = []
    for name, value in options:
        if name in ("-i", "-w"):
            # What is not an escape stays the UTF-8 that it was.
            raw = value.encode().decode("unicode_escape").encode("latin-1")
            script.append((name, raw))
        elif name == "-e":
            script.append(("-e", b""))
        elif name == "-r":
            script.append(("-r", int(value)))
        else:
            settings[name] = value
    if not command:
        sys.exit(__doc__)
    return settings, script, command


def open_terminal(settings):
    """Returns both ends; bytes pass unchanged, ^C and ^D do their work."""
    master, slave = os.openpty()
    attr = termios.tcgetattr(slave)
    attr[1] &= ~termios.OPOST
    if "--echo" not in settings:
        attr[3] &= ~termios.ECHO
    termios.tcsetattr(slave, termios.TCSANOW, attr)
    resize(slave, int(settings["-c"]))
    return master, slave


def resize(terminal, columns):
    size = struct.pack("HHHH", 24, columns, 0, 0)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)


def start(slave, fds, command):
    pid = os.fork()
    if pid:
        os.close(slave)
        return pid
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for fd in fds:
        os.dup2(slave, int(fd))
    os.closerange(3, 256)
    # Python ignores SIGPIPE; a shell's child ignores SIGINT if in background.
    for sig in (signal.SIGPIPE, signal.SIGINT, signal.SIGQUIT):
        signal.signal(sig, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)
    except OSError as e:
        os.write(2, f"pty.py: {command[0]}: {e.strerror}\n".encode())
        os._exit(127)


class Script:
    """What is still to be typed, and what has been shown so far."""

    def __init__(self, steps, master):
        self.steps, self.shown, self.typed = list(steps), b"", b"\n"
        self.master = master

    def next_bytes(self):
        """What can be typed now, or nothing."""
        while self.steps and self.steps[0][0] in ("-w", "-r"):
            if self.steps[0][0] == "-r":
                resize(self.master, self.steps.pop(0)[1])
            elif self.steps[0][1] not in self.shown:
                return b""
            else:
                self.shown = self.shown.split(self.steps.pop(0)[1], 1)[1]
        if not self.steps:
            return b""
        kind, data = self.steps.pop(0)
        if kind == "-e":
            # In mid-line the first ^D only hands over the line.
            data = b"\x04" if self.typed.endswith(b"\n") else b"\x04\x04"
        self.typed = data or self.typed
        return data


def relay(master, pid, script, out, deadline):
    """Type and record until the command has ended; returns its wait status."""
    pending = b""
    status = None
    while True:
        pending = pending or script.next_bytes()
        wait = 0 if status is not None else 0.02
        readable, writable, _ = select.select(
            [master], [master] if pending else [], [], wait)
        if readable:
            try:
                data = os.read(master, 65536)
            except OSError as e:
                if e.errno != errno.EIO:
                    raise
                data = b""
            out.write(data)
            script.shown += data
            if not data:
                if status is not None:
                    return status
                time.sleep(0.002)
        elif status is not None:
            return status
        if writable and status is None:
            pending = pending[os.write(master, pending[:512]):]
        if status is None:
            done, code = os.waitpid(pid, os.WNOHANG)
            status = code if done else None
        if status is None and time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            return 124 << 8


def main():
    settings, script, command = parse(sys.argv[1:])
    deadline = time.monotonic() + float(settings["-d"])
    master, slave = open_terminal(settings)
    with open(settings["-o"], "wb", buffering=0) as out:
        pid = start(slave, settings["-t"], command)
        status = relay(master, pid, Script(script, master), out, deadline)
    if os.WIFSIGNALED(status):
        sys.exit(128 + os.WTERMSIG(status))
    sys.exit(os.WEXITSTATUS(status))


if __name__ == "__main__":
    main()
