def working_hours(days):
    """Hours before each day of the month, from the first to the last."""
    total = 0
    result = {}
    for day in range(1, days):
        result[day + 1] = total = total + 8
    return result


def report(days, hours):
    lines = []
    for day in range(1, days + 1):
        lines.append(f"{day:2}: {hours.get(day, 0):3} h")
    return "\n".join(lines)
