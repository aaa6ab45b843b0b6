def multipliers(count):
    functions = []
    for number in range(count):
        functions.append(lambda value: value * number)
    return functions


def table(value, count):
    return [function(value) for function in multipliers(count)]
