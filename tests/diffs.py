"""Diffs of others' code, and whether ours is read as git reads it.

    diffs.py fetch [NAME ...]   packages of tests/data/diffs.txt, to build/diffs
    diffs.py pin                the same, whatever their hashes; prints the list
    diffs.py check [NAME ...]   one line a diff set, and the sum; 1: it failed
    diffs.py list               the diffs' paths

Of two versions there are old/, new/, git.diff (git diff --no-index) and ru.diff
(diff -ruN) in a folder; of a Debian source package its series of patches, and
the tree that they are for.  What was fetched is not fetched again.
"""
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile

TOP = pathlib.Path(__file__).resolve().parents[1]
LIST = pathlib.Path(os.environ.get("DIFFS", TOP / "tests/data/diffs.txt"))
HERE = TOP / "build/diffs"
BUILD = pathlib.Path(os.environ.get("BUILD", "build"))
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
UNITS = (TOP / BUILD / "tests/unit").resolve()
ENV = dict(
    os.environ,
    GIT_CEILING_DIRECTORIES=f"{HERE.parent}:{HERE}",
    GIT_CONFIG_NOSYSTEM="1",
    GIT_CONFIG_GLOBAL=os.devnull,
    LC_ALL="C",
    PIP_DISABLE_PIP_VERSION_CHECK="1",
    GOMODCACHE=str(HERE / "go"),
    GOFLAGS="-modcacherw",
)


class Failed(Exception):
    pass


def run(*command, cwd=HERE, ok=(0,), **more):
    done = subprocess.run(
        [str(x) for x in command],
        cwd=cwd,
        env=ENV,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,
    )
    if done.returncode not in ok:
        said = (done.stderr + done.stdout).decode(errors="replace")
        raise Failed(f"{' '.join(map(str, command))}: {said[-600:]}")
    return done


# --- fetch


def one_file(folder):
    (found,) = folder.iterdir()
    return found


def get_pip(name, version, folder):
    run(
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
        "--only-binary", ":all:", "--dest", folder, f"{name}=={version}",
    )  # fmt: skip
    return one_file(folder)


def get_npm(name, version, folder):
    run(
        "npm", "pack", "--silent", "--ignore-scripts", "--pack-destination",
        folder, f"{name}@{version}",
    )  # fmt: skip
    return one_file(folder)


def get_go(name, version, folder):
    said = run("go", "mod", "download", "-json", f"{name}@{version}", cwd="/")
    path = re.search(r'"Zip": "(.*)"', said.stdout.decode()).group(1)
    return pathlib.Path(shutil.copy(path, folder))


def get_deb(name, version, folder):
    """All files of a source package, from where this machine's apt has its
    packages from; one that lists the hashes of the others is what is pinned."""
    sources = apt_sources()
    run("apt-get", *sources, "source", "--download-only", f"{name}={version}", cwd=folder)
    (found,) = folder.glob("*.dsc")
    return found


def apt_sources():
    """Options for an apt of our own that knows of sources."""
    home = HERE / "apt"
    options = [
        f"-oDir::Etc::sourcelist={home}/sources.list",
        "-oDir::Etc::sourceparts=-",
        f"-oDir::State::Lists={home}/lists",
        f"-oDir::Cache={home}/cache",
    ]
    if not (home / "sources.list").exists():
        (home / "lists/partial").mkdir(parents=True, exist_ok=True)
        (home / "cache/archives/partial").mkdir(parents=True, exist_ok=True)
        said = run(
            "apt-get", "indextargets", "--format",
            "$(REPO_URI) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages", "Component: main",
        )  # fmt: skip
        lines = set()
        for line in said.stdout.decode().splitlines():
            uri, release, component = line.split()
            if release.startswith("bookworm"):
                lines.add(f"deb-src [signed-by={KEYS}] {uri} {release} {component}\n")
        (home / "new").write_text("".join(sorted(lines)))
        run("apt-get", options[0].replace("sources.list", "new"), *options[1:], "update")
        (home / "new").rename(home / "sources.list")
    return options


def unpack(path, folder):
    if path.suffix == ".dsc":
        run(
            "dpkg-source", "--no-check", "--skip-patches", "-x", path,
            folder,
        )  # fmt: skip
    elif path.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(path) as archive:
            archive.extractall(folder)
    else:
        with tarfile.open(path) as archive:
            archive.extractall(folder, filter="data")
    # A single folder with the version in its name, or such a path of folders.
    while path.suffix == ".zip" and len(list(folder.iterdir())) == 1:
        inner = one_file(folder)
        for each in list(inner.iterdir()):
            each.rename(folder / f"{each.name}.moving")
        inner.rmdir()
        for each in list(folder.iterdir()):
            each.rename(folder / each.name.removesuffix(".moving"))


def get(kind, name, version, wanted, to, pins):
    """Fetch and unpack one version."""
    work = to.with_name(to.name + ".fetched")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    path = globals()[f"get_{kind}"](name, version, work)
    is_sum = hashlib.sha256(path.read_bytes()).hexdigest()
    pins.append(is_sum)
    if wanted and is_sum != wanted:
        raise Failed(f"{name} {version} is not what it was: {is_sum}")
    unpack(path, to)
    shutil.rmtree(work)


def folder_of(name):
    return HERE / "sets" / name.replace("/", "+").lstrip("@")


def fetch_pair(row, pins):
    kind, name, old, old_sum, new, new_sum = row
    folder = folder_of(name)
    if not (folder / "ru.diff").exists():
        shutil.rmtree(folder, ignore_errors=True)
        get(kind, name, old, old_sum, folder / "old", pins)
        get(kind, name, new, new_sum, folder / "new", pins)
        git = run(
            "git", "diff", "--no-index", "--binary", "--no-ext-diff", "old",
            "new", cwd=folder, ok=(0, 1),
        )  # fmt: skip
        (folder / "git.diff").write_bytes(git.stdout)
        ru = run("diff", "-ruN", "old", "new", cwd=folder, ok=(0, 1, 2))
        (folder / "ru.diff").write_bytes(ru.stdout)


def fetch_deb(row, pins):
    kind, name, version, wanted = row
    folder = folder_of(name)
    if not folder.exists():
        shutil.rmtree(folder.with_name(name + ".new"), ignore_errors=True)
        get(kind, name, version, wanted, folder.with_name(name + ".new"), pins)
        folder.with_name(name + ".new").rename(folder)


def rows(names=()):
    for line in LIST.read_text().splitlines():
        row = line.split()
        if row and row[0] != "#" and (not names or row[1] in names):
            yield row


def fetch(names, pin=False):
    (HERE / "sets").mkdir(parents=True, exist_ok=True)
    failed = 0
    for row in rows(names):
        pins = []
        if pin:
            row = row[:3] + [""] if row[0] == "deb" else [*row[:3], "", row[-2] if len(row) > 4 else row[3], ""]
        try:
            (fetch_deb if row[0] == "deb" else fetch_pair)(row, pins)
        except Failed as why:
            failed = 1
            print(why, file=sys.stderr)
            continue
        if pin and pins:
            row[3::2] = pins
        if pin:
            print(*row, flush=True)
    return failed


# --- check


class Set:
    """What was seen of a set of diffs."""

    def __init__(self, name):
        self.name = name
        self.diffs = self.files = self.lines = self.applied = 0
        self.moved = self.refused = self.between = 0
        self.wrong = []

    def __str__(self):
        return (
            f"{self.name:24} {self.diffs:5} diffs {self.files:6} files "
            f"{self.lines:8} lines {self.applied:5} applied "
            f"{self.moved:3} moved {self.refused:3} refused "
            f"{self.between:6} bytes between  {len(self.wrong)} wrong"
        )


def ours(what, diff):
    with open(diff, "rb") as text:
        return run(UNITS / "diff_reader_test", what, stdin=text, ok=(0, 1))


def read_both(seen, diff, strip, folders=0):
    """Is it read as git reads it, and written as it was?  Git cuts `strip`
    folders off its names, of ours `folders` are to be cut."""
    git = run("git", "apply", "--numstat", "-z", f"-p{strip}", diff, ok=(0, 1, 128))
    own = ours("numstat", diff)
    seen.diffs += 1
    if not diff.read_bytes().strip():  # nothing: git wants more than that
        return not own.returncode and not own.stdout
    if git.returncode or own.returncode:
        if bool(git.returncode) != bool(own.returncode):
            seen.wrong.append(f"{diff}: git {git.stderr[-200:]} ours {own.stdout[-200:]}")
        return False
    # Git says nothing of "Binary files" without a head of its own.
    if b"diff --git" not in diff.read_bytes():
        own.stdout = b"".join(
            x + b"\0" for x in own.stdout.split(b"\0") if x and x[:1] != b"-"
        )
    theirs = numbers(git.stdout, 0)
    differ = theirs ^ numbers(own.stdout, folders)
    if differ and theirs != numbers(own.stdout, folders + 1):
        seen.wrong.append(f"{diff}: {differ}")
    seen.files += own.stdout.count(b"\0")
    printed = ours("print", diff)
    if printed.returncode:
        seen.wrong.append(f"{diff}: {printed.stdout[-300:]}")
    else:
        seen.between += int(re.search(rb"(\d+) bytes", printed.stdout).group(1))
    seen.lines += int(re.search(rb"(\d+) lines", ours("lines", diff).stdout).group(1))
    return True


def numbers(text, folders):
    """{(path, added, removed)}, the path without so many folders; git joins
    sections of one path."""
    found = {}
    for row in text.split(b"\0")[:-1]:
        added, removed, path = row.split(b"\t", 2)
        path = path.removeprefix(b"./").split(b"/", folders)[folders]
        was = found.get(path, (0, 0))
        if added == b"-":
            found[path] = found.get(path, b"-")
        elif was != b"-":
            found[path] = was[0] + int(added), was[1] + int(removed)
    return {(path, *n) if n != b"-" else (path, n) for path, n in found.items()}


def maps(seen, diff, old, new, cwd):
    """Are its lines those of the trees, and is what is mapped the same?"""
    with open(diff, "rb") as text:
        said = run(UNITS / "diff_test", "check", old, new, stdin=text, cwd=cwd, ok=(0, 1))
    if said.returncode:
        seen.wrong.append(f"{diff}: {said.stdout[:300]}")


def check_pair(name):
    seen = Set(name)
    folder = folder_of(name)
    for diff in folder / "git.diff", folder / "ru.diff":
        if not read_both(seen, diff, 2 if diff.name == "git.diff" else 1, 1):
            seen.wrong.append(f"{diff}: was not read")
            continue
        maps(seen, diff, ".", ".", folder)
    apply = "git", "apply", "--check", "--whitespace=nowarn", "-p2"
    run(*apply, folder / "git.diff", cwd=folder / "old")
    if not run(*apply, folder / "git.diff", cwd=folder / "new", ok=(0, 1)).returncode:
        seen.wrong.append(f"{name}: git applies it to any tree")
    seen.applied += 1
    return seen


def snapshot(tree, paths, to):
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for path in paths:
        if (tree / path).is_file():
            (to / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(tree / path, to / path)


def link_folders(diff, scratch):
    """A patch of "x-1.0.orig/file x-1.0/file": names that keep their folders."""
    for side, mark in ("old", b"--- "), ("new", b"+++ "):
        for line in diff.read_bytes().splitlines():
            name = os.fsdecode(line[4:].split(b"/")[0])
            link = scratch / side / name
            if line.startswith(mark) and b"/" in line and not link.exists():
                link.symlink_to(".")


def check_patch(seen, diff, strip, tree, scratch):
    """One patch of a series: git applies it, or quilt's patch does."""
    if not read_both(seen, diff, strip):
        seen.refused += 1
    else:
        flags = "--numstat", "--allow-empty", "-z", f"-p{strip}"
        stat = run("git", "apply", *flags, diff).stdout.split(b"\0")[:-1]
        paths = {os.fsdecode(x.split(b"\t", 2)[2]) for x in stat}
        snapshot(tree, paths, scratch / "old")
        flags = "--allow-empty", "--whitespace=nowarn", f"-p{strip}", diff
        said = run("git", "apply", "--check", "-v", *flags, cwd=tree, ok=(0, 1, 128))
        if not said.returncode:
            run("git", "apply", *flags, cwd=tree)
            if b"offset" in said.stderr:
                seen.moved += 1
                return
            snapshot(tree, paths, scratch / "new")
            link_folders(diff, scratch)
            maps(seen, diff, "old", "new", scratch)
            seen.applied += 1
            return
        seen.moved += 1
    with open(diff, "rb") as text:
        run("patch", "-s", "-f", f"-p{strip}", "--no-backup-if-mismatch", stdin=text, cwd=tree)


def check_deb(name):
    seen = Set(name)
    source = folder_of(name)
    scratch = HERE / "scratch" / name
    tree = scratch / "tree"
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(source, tree, symlinks=True)
    patches = source / "debian/patches"
    for line in (patches / "series").read_text().splitlines():
        words = line.split("#")[0].split()
        if words:
            strip = int(words[1][2:]) if len(words) > 1 else 1
            check_patch(seen, patches / words[0], strip, tree, scratch)
    shutil.rmtree(scratch)
    return seen


def check(names):
    total = Set("all")
    for row in rows(names):
        try:
            seen = (check_deb if row[0] == "deb" else check_pair)(row[1])
        except Failed as why:
            seen = Set(row[1])
            seen.wrong.append(str(why))
        print(seen, flush=True)
        for wrong in seen.wrong[:5]:
            print("   ", wrong[:600])
        for key in "diffs", "files", "lines", "applied", "moved", "refused", "between":
            setattr(total, key, getattr(total, key) + getattr(seen, key))
        total.wrong += seen.wrong
    print(total)
    return bool(total.wrong) or not total.files


def list_diffs():
    for row in rows():
        folder = folder_of(row[1])
        if row[0] != "deb":
            print(folder / "git.diff", folder / "ru.diff", sep="\n")
        else:
            for line in (folder / "debian/patches/series").read_text().splitlines():
                words = line.split("#")[0].split()
                if words:
                    print(folder / "debian/patches" / words[0])
    return 0


if __name__ == "__main__":
    what, *names = sys.argv[1:] or [""]
    if what == "fetch":
        sys.exit(fetch(names))
    if what == "pin":
        sys.exit(fetch(names, pin=True))
    if what == "check":
        sys.exit(check(names))
    if what == "list":
        sys.exit(list_diffs())
    sys.exit(__doc__)
