"""Is the code of two Python files the same, but for docstrings?

usage: same_code.py BEFORE AFTER; exits 1 if it is not.
"""
import ast
import sys

OWNERS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def code(path):
    """Return the tree of a file without docstrings, as text."""
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    for node in ast.walk(tree):
        if isinstance(node, OWNERS) and ast.get_docstring(node) is not None:
            del node.body[0]
    return ast.dump(tree)


sys.exit(code(sys.argv[1]) != code(sys.argv[2]))
