"""A dmr-docstring that breaks code, to see that bench/docstring-safety tells.

    breaking.py oracle LANGUAGE     what the oracle says of each broken source:
                                    KIND TAB same | differs
    breaking.py run LANGUAGE        the bench over one source
    breaking.py tool ARGUMENT ...   run $TOOL, then do to the code what $BREAK
                                    says
"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "bench/safety"))

# A source, as it is documented: what stands in it, and what ends that.
BLOCK = "/** Do it. */\n", " */ %s /* ", "*/"
LINES = "%s Do it.\n", "\n%s\n", ""
SOURCES = {
    "python": (
        ".py",
        "def f():\n@    return 1\n\n\ndef g():\n    return 2\n",
        '    """Do it."""\n', '"""; %s; """', '"""', "import os",
    ),
    "javascript": (".js", "@function f() {\n  return 1;\n}\n", *BLOCK, "evil();"),
    "typescript": (
        ".ts", "@function f(): number {\n  return 1;\n}\n", *BLOCK, "evil();"
    ),
    "java": (
        ".java",
        "class A {\n@    int f() {\n        return 1;\n    }\n}\n",
        *BLOCK, "int evil;",
    ),
    "c": (".c", "@int f(void)\n{\n\treturn 1;\n}\n", *BLOCK, "int evil = 3;"),
    "c headers": (
        ".h",
        "@static inline int f(void)\n{\n\treturn 1;\n}\n", *BLOCK, "int evil;",
    ),
    "go": (
        ".go",
        "package p\n\n@func f() int {\n\treturn 1\n}\n",
        "// Do it.\n", "\n%s\n", "", "var evil = 1",
    ),
    "rust": (
        ".rs", "@fn f() -> u8 {\n    1\n}\n",
        "/// Do it.\n", "\n%s\n", "", "fn evil() {}",
    ),
    "bash": (
        ".bash", "@f() {\n\treturn 1\n}\n", "# Do it.\n", "\n%s\n", "", "evil=1"
    ),
}
DOCS = {
    ".py": r'(?m)^    """(?:.|\n)*?"""\n',
    ".bash": r"(?m)(?:^#.*\n)+",
}
BLOCKS = r"(?m)^/\*\*(?:.|\n)*?\*/\n"
MORE = {".py": "# more\n", ".bash": "# more\n"}


def broken(language, kind, text, doc, escape, end, code):
    """The documented text, when that has gone wrong."""
    if kind == "byte":
        return re.sub(r"(?m)^(\s+(?:return )?)1", r"\g<1>7", text)
    if kind == "literal":
        return text.replace("Do it.", "Do it." + escape % code)
    if kind == "swallow":  # the line behind it
        at = text.index(doc)
        rest = text[at + len(doc) :]
        line, rest = rest.split("\n", 1)
        opened = doc.rstrip("\n")
        if end:
            opened = opened[: -len(end)]
            return f"{text[:at]}{opened}\n{line} {end}\n{rest}"
        return f"{text[:at]}{opened} {line}\n{rest}"
    return text


def oracle(language):
    import oracles
    from corpora import Lacking

    suffix, source, doc, *more = SOURCES[language]
    texts = {"old": source.replace("@", ""), "documented": source.replace("@", doc)}
    for kind in "byte", "literal", "swallow":
        texts[kind] = broken(language, kind, texts["documented"], doc, *more)
    with tempfile.TemporaryDirectory() as folder:
        said = {}
        try:
            for kind, text in texts.items():
                # The same name for each, as what is told may hold it.
                path = pathlib.Path(folder, kind, "usr/include/A" + suffix)
                path.parent.mkdir(parents=True)
                path.write_text(text)
                path = str(path.relative_to(f"{folder}/{kind}"))
                ask = getattr(oracles, language.replace(" ", "_"))
                said[kind] = ask(pathlib.Path(folder, kind), [path])[path]
        except (Lacking, subprocess.CalledProcessError, OSError) as why:
            print(f"lacking: {why}")
            return
    print("old", said["old"][0], sep="\t")
    for kind in list(texts)[1:]:
        same = said[kind] == said["old"]
        print(kind, "same" if same else "differs", sep="\t")


def run(language):
    """The bench, of which the corpus is one source."""
    import run as bench

    suffix, source, *_ = SOURCES[language]
    with tempfile.TemporaryDirectory() as folder:
        original = pathlib.Path(folder, "A" + suffix)
        original.write_text(source.replace("@", ""))
        for known in bench.LANGUAGES:
            known.corpus = lambda: {original.name: original}
        return bench.main([language])


def tool(arguments):
    """As the real one, but for what BREAK says."""
    kind = os.environ["BREAK"]
    status = subprocess.run([os.environ["TOOL"], *arguments], check=False).returncode
    if "-i" not in arguments:
        return status
    if kind == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    for path in map(pathlib.Path, arguments[arguments.index("--") + 1 :]):
        text = path.read_text()
        language = next(x for x in SOURCES if SOURCES[x][0] == path.suffix)
        plain, escape, end, code = SOURCES[language][2:]
        found = list(re.finditer(DOCS.get(path.suffix, BLOCKS), text))
        if kind == "again":
            path.write_text(text + MORE.get(path.suffix, "/* more */\n"))
        elif kind != "nothing" and found:
            # The last one: what the model said gives way to "Do it."
            text = text[: found[-1].start()] + plain + text[found[-1].end() :]
            path.write_text(broken(language, kind, text, plain, escape, end, code))
    return status


if __name__ == "__main__":
    if sys.argv[1] == "tool":
        sys.exit(tool(sys.argv[2:]))
    sys.exit({"oracle": oracle, "run": run}[sys.argv[1]](sys.argv[2]))
