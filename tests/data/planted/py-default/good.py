def collect(item, into=None):
    """Put the item into a list, a new one if none is given."""
    into = [] if into is None else into
    into.append(item)
    return into


def pairs(items):
    return [collect(item, [index]) for index, item in enumerate(items)]
