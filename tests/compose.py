"""compose.py - what Compose would make of a service, without an engine.

    compose.py FILE SERVICE COMMAND...     run it with the service's environment
    compose.py FILE --check                is every name that is used there?

DMR_HOST is the runner, without a path; DMR_MODEL, if set, is what the caller
wants.  Models are told as `docker model` tells Compose: by an address that ends
in /v1/, and by a provider's that ends in /engines/v1/.
"""

import os
import re
import sys

from ruamel.yaml import YAML


def expand(value):
    """What ${NAME:-DEFAULT} and $$ in a text stand for."""
    if isinstance(value, list):
        return [expand(each) for each in value]
    return re.sub(
        r"\$(?:\$|\{(\w+):-([^}]*)\})",
        lambda m: (os.environ.get(m[1]) or m[2]) if m[1] else "$",
        value,
    )


def yielded(document, service, runner):
    """The variables of a service."""
    given = {k: expand(v) for k, v in service.get("environment", {}).items()}
    for name, names in service.get("models", {}).items():
        given[names["endpoint_var"]] = runner + "/v1/"
        given[names["model_var"]] = expand(document["models"][name]["model"])
    for name in service.get("depends_on", []):
        provider = document["services"][name]["provider"]
        prefix = name.upper() + "_"
        given[prefix + "URL"] = runner + "/engines/v1/"
        given[prefix + "MODEL"] = expand(provider["options"]["model"])
    return given


def check(document):
    """What is used and not declared, and services without a profile."""
    for name, service in document["services"].items():
        if not service.get("profiles"):
            yield f"{name}: no profile"
        for kind in "models", "networks":
            for each in service.get(kind, []):
                if each not in document[kind]:
                    yield f"{name}: no {kind} '{each}'"
        for each in service.get("volumes", []):
            if each["type"] == "volume" and each["source"] not in document["volumes"]:
                yield f"{name}: no volume '{each['source']}'"
        for each in service.get("depends_on", []):
            if document["services"][each]["profiles"] != service["profiles"]:
                yield f"{name}: '{each}' has another profile"
        if "provider" not in service:
            for kind in "networks", "volumes":
                if not service.get(kind):
                    yield f"{name}: no {kind}"


def main():
    """Run or check."""
    path, name, *command = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        document = YAML(typ="safe").load(file)
    if name == "--check":
        wrong = list(check(document))
        print("\n".join(wrong), end="\n" if wrong else "")
        sys.exit(bool(wrong))
    runner = os.environ.pop("DMR_HOST", "")
    service = document["services"][name]
    given = yielded(document, service, runner)
    os.environ.pop("DMR_MODEL", None)
    given.pop("DMR_CACHE")  # a folder of the image
    os.environ.update(given)
    command = expand(service.get("entrypoint", [])) + (
        command or expand(service["command"])
    )
    os.execvp(command[0], command)


main()
