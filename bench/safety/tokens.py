"""Fingerprints of Python files: their syntax trees without docstrings.

Paths on standard input; "PATH<TAB>=HASH" or "PATH<TAB>!ERROR" for each.  The
other programs of this folder do the same for their languages: two files with
one fingerprint are the same program.
"""
import ast
import hashlib
import multiprocessing
import sys
import warnings

PLACES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def fingerprint(path):
    try:
        with open(path, "rb") as file, warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            tree = ast.parse(file.read())
        for node in ast.walk(tree):
            if isinstance(node, PLACES) and ast.get_docstring(node, False) is not None:
                del node.body[0]
        text = f"{len(seen)} {ast.dump(tree)}"
        return path, "=" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    except Exception as error:
        return path, "!" + str(error).split("\n")[0]


if __name__ == "__main__":
    sys.setrecursionlimit(100000)
    with multiprocessing.Pool(2) as pool:
        paths = sys.stdin.read().splitlines()
        for path, said in pool.imap(fingerprint, paths, 16):
            print(path, said, sep="\t")
