import decimal
from dataclasses import dataclass
from typing import Iterator, Optional


class SoldOutError(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is sold out")
        self.name = name


@dataclass
class Item:
    name: str
    price: decimal.Decimal

    def discounted(self, percent: int = 10) -> "Item":
        if not 0 <= percent <= 100:
            raise ValueError(percent)
        return Item(self.name, self.price * (100 - percent) / 100)


class Shop:
    limit = 100

    def __init__(self):
        self._items = {}

    def __len__(self):
        return len(self._items)

    @property
    def names(self):
        return sorted(self._items)

    @staticmethod
    def parse(text, *, sep=",", **options):
        return [part.strip() for part in text.split(sep)]

    @classmethod
    def of(cls, *items):
        shop = cls()
        for item in items:
            shop.add(item)
        return shop

    def add(self, item, count=1):
        if len(self._items) + count > self.limit:
            raise OverflowError("no room")
        self._items[item.name] = (item, count)

    def take(self, name: str) -> Optional[Item]:
        item, count = self._items.pop(name, (None, 0))
        if not count:
            raise SoldOutError(name)
        return item

    def cheap(self, below) -> Iterator[Item]:
        for item, _ in self._items.values():
            if item.price < below:
                yield item

    async def restock(self, *orders, wait=None):
        for order in orders:
            await order

    def clear(self):
        self._items.clear()


def total(items, tax=0):
    return sum(item.price for item in items) * (1 + tax)
