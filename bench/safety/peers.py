"""What others do to Python files, in place.

    peers.py doq|pyment <PATHS      "PATH<TAB>=" or "PATH<TAB>!ERROR" for each
"""
import contextlib
import io
import multiprocessing
import signal
import sys


def doq(path):
    import doq.cli

    sys.argv = ["doq", "--write", "--file", path]
    doq.cli.main()


def pyment(path):
    import pyment.pymentapp

    sys.argv = ["pyment", "--write", path]
    pyment.pymentapp.main()


def late(*_):
    raise TimeoutError("no end after 60 s")


def run(job):
    name, path = job
    signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    with contextlib.redirect_stdout(io.StringIO()):
        with contextlib.redirect_stderr(io.StringIO()):
            try:
                {"doq": doq, "pyment": pyment}[name](path)
                said = "="
            except SystemExit as end:
                said = f"!status {end.code}" if end.code else "="
            except Exception as error:
                said = "!" + str(error).split("\n")[0]
            signal.alarm(0)
    return path, said


if __name__ == "__main__":
    jobs = [(sys.argv[1], path) for path in sys.stdin.read().splitlines()]
    with multiprocessing.Pool(2) as pool:
        for path, said in pool.imap(run, jobs, 8):
            print(path, said, sep="\t")
