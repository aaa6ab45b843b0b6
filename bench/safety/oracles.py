"""What tells, of two files, whether they are the same program.

An oracle is told a folder and paths in it, and gives for each path "=HASH",
the same for the same program, or "!ERROR" where the language refuses it.
"""
import pathlib
import re
import shutil
import subprocess
import sys

from corpora import FETCHED, TOP, Lacking, output

HERE = TOP / "bench/safety"
# Nobody shall be able to make a tool do something by what documentation says.
SCRIPTS = (
    rb"(^|[\s*])@(deprecated|jsx\w*|flow|noflow|ts-[a-z]+)\b"
    rb"|[#@]\s*sourceMappingURL=|^[\s*/]*eslint-|/\*@cc_on"
)
BEHAVES = {
    "go": rb"^\s*//(go:|export |line |extern |\s*\+build)",
    "javascript": SCRIPTS,
    "typescript": SCRIPTS,
    "java": rb"@deprecated",
    "bash": rb"#\s*shellcheck\s",
    "c": rb"clang-format off|\bNOLINT",
    "c headers": rb"clang-format off|\bNOLINT",
}
# Control bytes but tab and what ends a line; bidi and zero-width characters,
# line separators, the byte order mark.
UNPRINTABLE = re.compile(
    rb"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]|\r(?!\n|$)|\xc2[\x80-\x9f]"
    rb"|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf"
)
LINES = {"go": b"//", "rust": (b"///", b"//!"), "bash": b"#"}


def need(*commands):
    for command in commands:
        if not shutil.which(command):
            raise Lacking(f"no {command} on this machine")


def ask(command, folder, paths):
    run = subprocess.run(
        [str(x) for x in command],
        cwd=folder,
        input="\n".join(paths) + "\n",
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    said = dict(line.split("\t", 1) for line in run.stdout.splitlines())
    if run.returncode or len(said) != len(paths):
        sys.exit(f"{command[0]}: status {run.returncode}, {len(said)} answers")
    return said


def is_newer(made, source):
    return made.exists() and made.stat().st_mtime > source.stat().st_mtime


def tokens_rs():
    """Its lexer is of the corpus; cargo is not needed to build it."""
    made, source = FETCHED / "tokens-rs", HERE / "tokens.rs"
    if is_newer(made, source):
        return made
    lexer = FETCHED / "crates/proc-macro2-1.0.101/src/lib.rs"
    names = FETCHED / "crates/unicode-ident-1.0.19/src/lib.rs"
    rustc = "rustc --edition 2021 -O --cap-lints allow -L .".split()
    library = rustc + ["--crate-type", "rlib", "--crate-name"]
    for command in (
        library + ["unicode_ident", names.resolve()],
        library + ["proc_macro2", "--extern", "unicode_ident", lexer.resolve()],
        rustc + ["--extern", "proc_macro2", "-o", "tokens-rs", source],
    ):
        subprocess.run(command, cwd=FETCHED, check=True)
    return made


def tokens_go():
    made, source = FETCHED / "tokens-go", HERE / "tokens.go"
    if not is_newer(made, source):
        FETCHED.mkdir(parents=True, exist_ok=True)
        command = ["go", "build", "-o", made.resolve(), source]
        subprocess.run(command, cwd="/", check=True)
    return made


def python(folder, paths):
    return ask(["python3", HERE / "tokens.py"], folder, paths)


def go(folder, paths):
    need("go")
    return ask([tokens_go().resolve()], folder, paths)


def rust(folder, paths):
    need("rustc", "rustfmt")
    return ask([tokens_rs().resolve()], folder, paths)


def javascript(folder, paths):
    need("node")
    return ask(
        ["node", "--expose-internals", HERE / "tokens.js"], folder, paths
    )


def typescript(folder, paths):
    need("node", "npm")
    compiler = output(TOP / "tests/npm", "typescript").strip()
    return ask(["node", HERE / "tokens-ts.js", compiler], folder, paths)


def java(folder, paths):
    homes = pathlib.Path("/usr/lib/jvm").glob("*/lib/src.zip")
    java = [x.parents[1] / "bin/java" for x in sorted(homes) if x.exists()]
    if not java:
        raise Lacking("no JDK with a src.zip")
    command = [java[-1]]
    for part in "parser", "util":
        package = f"jdk.compiler/com.sun.tools.javac.{part}"
        command += ["--add-exports", f"{package}=ALL-UNNAMED"]
    return ask([*command, HERE / "Tokens.java"], folder, paths)


def c_headers(folder, paths):
    need("gcc")
    return ask([HERE / "tokens.sh", "headers"], folder, paths)


def c(folder, paths):
    need("gcc")
    return ask([HERE / "tokens.sh", "objects", TOP], folder, paths)


def bash(folder, paths):
    need("bash")
    return ask([HERE / "tokens.sh", "bash"], folder, paths)


def inserted(language, old, new):
    """What is wrong with what was inserted, or None."""
    rest = old.split(b"\n")
    i = 0
    more = []
    for line in new.split(b"\n"):
        if i < len(rest) and line == rest[i]:
            i += 1
        else:
            more.append(line)
    if i < len(rest):
        if language != "python" or not is_within(old, new):
            return f"line {i + 1} is gone: {rest[i][:60]!r}"
    for line in more:
        wrong = UNPRINTABLE.search(line)
        if wrong and not wrong.group() in old:
            return f"unprintable: {line[:80]!r}"
        if language in BEHAVES and re.search(BEHAVES[language], line):
            if line not in rest:
                return f"it behaves: {line[:80]!r}"
        mark = LINES.get(language)
        if mark and line.strip() and not line.lstrip().startswith(mark):
            return f"no comment: {line[:80]!r}"
    return None


def is_within(old, new):
    """Is new the old one and something more here and there, within lines?"""
    rest = iter(new)
    return all(byte in rest for byte in old)
