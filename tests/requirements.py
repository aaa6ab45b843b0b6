"""Do the filters of requirements in contrib/jq say what the documents say, and
nothing else?

    requirements.py csv|gherkin|doorstop|strictdoc|needs|reqif FOLDER

FOLDER holds N.json, documents as jq prints them, and N.out, or with doorstop
the folders N.out, of each.  Prints "N documents".
"""

import csv
import io
import json
import pathlib
import re
import sys
import xml.etree.ElementTree

STEERING = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)


# --- what is wanted ---


def shown(text):
    return STEERING.sub("\ufffd", text)


def line(text):
    return re.sub("[ \t\n\r\u2028\u2029]+", " ", shown(text)).strip(" ")


def without(word, text):
    head, rest = text[: len(word) + 1], text[len(word) + 1 :]
    # Only letters of ASCII are the same in upper and lower case.
    return rest if head.isascii() and head.lower() == word.lower() + " " else text


def phrases(*pairs):
    pairs = [(word, without(word, text)) for word, text in pairs]
    return ", ".join(f"{word} {text}" for word, text in pairs if text)


def sentence(story):
    role = without("As", story["as_a"])
    word = "As" if re.match("an? ", role, re.I | re.A) else "As a"
    return phrases(
        (word, role), ("I want", story["i_want"]), ("so that", story["so_that"])
    )


def criterion(one):
    return phrases(
        ("Given", one["given"]), ("when", one["when"]), ("then", one["then"])
    )


def metric(one):
    parts = ((one or {}).get(name) for name in ("name", "op", "value", "unit"))
    return " ".join(filter(None, parts))


def items(document):
    for kind, folder, name in (
        ("story", "US", "user_stories"),
        ("functional", "FR", "functional_requirements"),
        ("non_functional", "NFR", "non_functional_requirements"),
    ):
        for one in document[name]:
            yield {
                "id": one["id"],
                "kind": kind,
                "folder": folder,
                "text": sentence(one) if kind == "story" else one["text"],
                "priority": one.get("priority"),
                "category": one.get("category"),
                "rationale": one.get("rationale", ""),
                "acceptance": list(map(criterion, one.get("acceptance", []))),
                "metric": metric(one.get("metric")),
                "verification": one.get("verification"),
                "links": one.get("stories", []),
            }


def linked(document):
    all_items = list(items(document))
    ids = {one["id"] for one in all_items} - {""}
    for one in all_items:
        one["links"] = sorted((set(one["links"]) & ids) - {one["id"]})
    return all_items


def tags_of(one):
    names = "kind", "priority", "category", "verification"
    return [one[name] for name in names if one[name]]


# --- what is there ---


def read(out):
    with open(out, encoding="utf-8", newline="") as file:
        return file.read()


def check_csv(document, out):
    csv.field_size_limit(1 << 20)
    want = []
    for one in items(document):
        del one["folder"]
        one["acceptance"] = "\n".join(one["acceptance"])
        one["links"] = " ".join(one["links"])
        want.append(
            {
                name: "'" + value if re.match("[=+@\t\r-]", value) else value
                for name, value in ((name, value or "") for name, value in one.items())
            }
        )
    assert list(csv.DictReader(io.StringIO(read(out), newline=""))) == want


def steps_of(one):
    for word in "given", "when", "then":
        text = without(word, line(one[word]))
        if text:
            yield word.capitalize() + " ", text.strip()


def scenarios_of(one):
    for n, each in enumerate(one["acceptance"], 1):
        yield {
            "tags": ["@" + one["id"]] if one["id"] else [],
            "name": f"{one['id']}.{n}:".lstrip(".") + " " + line(each["then"]),
            "steps": list(steps_of(each)),
        }


def rule_of(one, text, others=()):
    return {
        "tags": ["@" + tag for tag in (one["id"], one["priority"]) if tag],
        "name": ": ".join(filter(None, (one["id"], line(text)))).strip(),
        "scenarios": [each for x in (one, *others) for each in scenarios_of(x)],
    }


def features_of(document):
    stories = document["user_stories"]
    ids = [one["id"] for one in stories]
    owned, free = [[] for _ in ids], []
    for one in document["functional_requirements"]:
        names = [name for name in one["stories"] if name and name in ids]
        if names:
            owned[ids.index(names[0])].append(one)
        elif one["acceptance"]:
            free.append(one)
    for one, others in zip(stories, owned):
        yield rule_of(one, sentence(one), others)
    for one in free:
        yield rule_of(one, one["text"])


def names_of(tags):
    return [tag["name"] for tag in tags]


def check_gherkin(document, out):
    from gherkin.parser import Parser

    feature = Parser().parse(read(out))["feature"]
    rules = [child["rule"] for child in feature["children"]]
    assert feature["name"] == line(document["title"]).strip()
    summary = line(document["summary"])
    assert feature["description"].strip() == ("Summary: " + summary if summary else "").strip()
    got = [
        {
            "tags": names_of(rule["tags"]),
            "name": rule["name"],
            "scenarios": [
                {
                    "tags": names_of(child["scenario"]["tags"]),
                    "name": child["scenario"]["name"],
                    "steps": [
                        (step["keyword"], step["text"])
                        for step in child["scenario"]["steps"]
                        if len(step.keys() & {"docString", "dataTable"}) == 0
                    ],
                }
                for child in rule["children"]
            ],
        }
        for rule in rules
    ]
    want = list(features_of(document))
    for rule in want:
        for scenario in rule["scenarios"]:
            scenario["name"] = scenario["name"].strip()
    assert got == want


def check_doorstop(document, out):
    import yaml

    want, prefixes = {}, {}
    for level, one in enumerate(linked(document), 1):
        name = f"{one['folder']}/{one['id']}.yml"
        if one["id"] and all(one["id"] != x["id"] for x, _ in want.values()):
            want[name] = one, level
    for prefix in "US", "FR", "NFR":
        settings = yaml.safe_load(read(out / prefix / ".doorstop.yml"))["settings"]
        parent = settings.pop("parent", None)
        assert parent == (None if prefix == "US" else "US")
        assert settings == {"digits": 3, "prefix": prefix, "sep": "-"}
    files = {str(path.relative_to(out)) for path in out.glob("*/*.yml")}
    assert {name for name in files if "/." not in name} == set(want)
    for name, (one, level) in want.items():
        got = yaml.safe_load(read(out / name))
        del one["id"], one["kind"], one["folder"]
        assert got == one | {
            "active": True,
            "derived": False,
            "header": "",
            "level": f"1.{level}",
            "normative": True,
            "ref": "",
            "reviewed": None,
        }


# By the grammar of StrictDoc: a node is its fields in order, a text in several
# lines ends at the first line that begins with "<<<", and none is blank.
FIELD = re.compile(r"([A-Z]+): (?:>>>\n(.*?)^<<<\n|(?!>>>\n)(\S[^\r\n]*)\n)", re.M | re.S)
RELATION = re.compile(r"- TYPE: Parent\n  VALUE: (\S+)\n")


def strict_text(text):
    text = shown(text).replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("[LINK:", "[ LINK:").replace("[ANCHOR:", "[ ANCHOR:")
    if not text.strip():
        return []
    return ["".join(re.sub("^<<<", " <<<", one) + "\n" for one in text.split("\n"))]


def read_node(text, at):
    fields, relations = [], []
    while found := FIELD.match(text, at):
        fields.append((found[1], found[2] or found[3]))
        at = found.end()
    if text.startswith("RELATIONS:\n", at):
        at += len("RELATIONS:\n")
        while found := RELATION.match(text, at):
            relations.append(found[1])
            at = found.end()
    return fields, relations, at


def check_strictdoc(document, out):
    text = read(out)
    title = line(document["title"]) or "Requirements"
    head = f"[DOCUMENT]\nTITLE: {title}\nOPTIONS:\n  MARKUP: Text\n"
    assert text.startswith(head)
    at = len(head)
    for one in linked(document):
        assert text.startswith("\n[REQUIREMENT]\n", at), text[at : at + 80]
        got, relations, at = read_node(text, at + len("\n[REQUIREMENT]\n"))
        want = [("UID", one["id"])] if one["id"] else []
        want.append(("TAGS", ", ".join(tags_of(one))))
        for name, texts in (
            ("STATEMENT", [one["text"]]),
            ("RATIONALE", [one["rationale"]]),
            ("COMMENT", [one["metric"], *one["acceptance"]]),
        ):
            want += [(name, each) for x in texts for each in strict_text(x)]
        assert got == want
        assert relations == one["links"]
    assert at == len(text)


def check_needs(document, out):
    got = json.loads(read(out))
    want = {}
    for one in linked(document):
        if one["id"]:
            want.setdefault(one["id"], one)
    version = got["versions"].pop(got["current_version"])
    assert (got["project"], got["versions"]) == (document["title"], {})
    assert version.pop("needs_amount") == len(want)
    needs = version.pop("needs")
    assert not version and needs.keys() == want.keys()
    for name, one in want.items():
        need = needs[name]
        content = need.pop("content")
        # All that could be markup is escaped, and else nothing is.
        assert not re.search(r"(?<!\\)(?:\\\\)*[!-/:-@[^-`{-~]", content)
        title = need.pop("title")
        assert not re.search(r"\[\[|\]\]", title)
        assert re.sub(r"(?<=\[) (?=\[)|(?<=\]) (?=\])", "", title) == re.sub(
            r"(?<=\[) (?=\[)|(?<=\]) (?=\])", "", line(one["text"])
        )
        texts = map(line, (one["rationale"], *one["acceptance"], one["metric"]))
        assert re.sub(r"\\(.)", r"\1", content) == "\n\n".join(filter(None, texts))
        assert need == {
            "id": name,
            "type": "req",
            "tags": tags_of(one),
            "links": one["links"],
        }


REQIF = "{http://www.omg.org/spec/ReqIF/20110401/reqif.xsd}"
NAMES = {
    "ReqIF.ForeignID": "id",
    "ReqIF.Text": "text",
    "Kind": "kind",
    "Priority": "priority",
    "Category": "category",
    "Rationale": "rationale",
    "Acceptance": "acceptance",
    "Metric": "metric",
    "Verification": "verification",
}


def check_reqif(document, out):
    root = xml.etree.ElementTree.fromstring(read(out).encode())
    named = {}
    for element in root.iter():
        if identifier := element.get("IDENTIFIER"):
            assert re.fullmatch("[A-Za-z_][A-Za-z0-9._-]*", identifier)
            assert identifier not in named
            named[identifier] = element
    for element in root.iter():
        if element.tag.endswith("-REF"):
            kind = element.tag.removesuffix("-REF")
            assert named[element.text].tag == kind

    def legal(text):
        return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)

    def reference(element, name):
        return named[element.find(f"{REQIF}{name}")[0].text]

    objects = {}
    for element in root.iter(REQIF + "SPEC-OBJECT"):
        objects[element] = {
            NAMES[reference(value, "DEFINITION").get("LONG-NAME")]: value.get("THE-VALUE")
            for value in element.find(REQIF + "VALUES")
        }
    want = linked(document)
    links = []
    for one in want:
        one["acceptance"] = "\n".join(one["acceptance"])
        del one["folder"]
        links += [(one["id"], link) for link in one.pop("links")]
        for name in [name for name, value in one.items() if not value]:
            del one[name]
    assert list(objects.values()) == [
        {name: legal(value) for name, value in one.items()} for one in want
    ]
    places = [reference(x, "OBJECT") for x in root.iter(REQIF + "SPEC-HIERARCHY")]
    assert places == list(objects)
    got = []
    for relation in root.iter(REQIF + "SPEC-RELATION"):
        ends = reference(relation, "SOURCE"), reference(relation, "TARGET")
        got.append(tuple(objects[end].get("id", "") for end in ends))
    assert got == links
    title = root.find(f"{REQIF}THE-HEADER/{REQIF}REQ-IF-HEADER/{REQIF}TITLE").text
    assert (title or "") == legal(document["title"])


def main():
    name, folder = sys.argv[1:]
    documents = 0
    for path in sorted(pathlib.Path(folder).glob("*.json")):
        with open(path, encoding="utf-8") as file:
            document = json.load(file, parse_int=str, parse_float=str)
        try:
            globals()["check_" + name](document, path.with_suffix(".out"))
        except BaseException:
            print(path, file=sys.stderr)
            raise
        documents += 1
    print(documents, "documents")


main()
