#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# Copyright the authors.
"""A module."""

from __future__ import annotations

import dataclasses
from typing import Protocol, overload


def plain(a, b: int, *args: str, c=1, d: float = 2.0, **kwargs):
    return a


def documented():
    """It is."""


def raw() -> None:
    r"""A raw \d."""


def joined():
    "two " "texts"


def formatted(x):
    f"""no {x} documentation"""


def binary():
    b"""none"""


def returned():
    return """none"""


def single(a): return a


def one_line_class(): pass


class Empty: pass


class Tall: ...


def comment_first():
    # A comment stands first.
    return 1


def header_comment():  # noqa: D103
    return 1


def long_header(
    a: dict[str, int] = {"a": 1},
    b=lambda x: x,  # a colon: here
) -> dict[str, int]:
    raise ValueError("no")


def continued(a): \
    return a


@overload
def many(a: int) -> int: ...
@overload
def many(a: str) -> str: ...
def many(a):
    return a


@dataclasses.dataclass(frozen=True)
class Shop(dict):
    name: str = ""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    @property
    def size(self) -> int:
        return 1

    @size.setter
    def size(self, n):
        pass

    @staticmethod
    def make(name: str, /, *, loud: bool = False) -> "Shop":
        def inner(x):
            raise KeyError(x)

        return inner(name)

    @classmethod
    async def later(cls):
        if not cls:
            raise LookupError
        yield 1

    def _hidden(self):
        return 1

    def __mangled(self):
        return 1

    class Inner:
        """It is."""

        def deep(self):
            def deeper():
                return 1

            return deeper


class Area(Protocol):
    def area(self) -> float: ...


class _Private:
    def method(self):
        pass


if True:

    def conditional():
        return 1

else:

	def tabs():
		return 1


async def gather(*names):
    async with names:
        return [name async for name in names]


@decorate(
    lambda x: x,
)
@other
def decorated():
    return 1


def generic[T, *Ts](x: T) -> T:
    return x


def test_it():
    assert True


def main():
    raise SystemExit(1)


first = lambda x: x
