import json


def read_settings(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def timeout(path):
    try:
        return float(read_settings(path)["timeout"])
    except (OSError, KeyError, ValueError):
        return 30.0
