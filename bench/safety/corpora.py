"""Real sources: {relative path: path of the original}, or why there are none.

Nothing is fetched but crates, by cargo, into a folder below the build tree.
"""
import hashlib
import os
import json
import pathlib
import subprocess
import tarfile
import zipfile

TOP = pathlib.Path(__file__).resolve().parents[2]
FETCHED = TOP / "build/corpora"


class Lacking(Exception):
    """There is no such corpus on this machine: why."""


def output(*command, **more):
    try:
        return subprocess.run(
            command, check=True, text=True, stdout=subprocess.PIPE, **more
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Lacking(f"{command[0]}: {error}") from None


def below(folder, *suffixes, but=()):
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        inner = path.relative_to(folder)
        if (
            path.suffix in suffixes
            and path.is_file()
            and not set(but) & set(inner.parts)
        ):
            found[str(inner)] = path
    if not found:
        raise Lacking(f"no {suffixes[0]} below {folder}")
    return found


def python():
    folder = output(
        "python3", "-c", "import sysconfig as s; print(s.get_path('stdlib'))"
    ).strip()
    return below(folder, ".py", but=("site-packages", "dist-packages"))


def go():
    root = output("go", "env", "GOROOT").strip()
    return below(f"{root}/src", ".go", but=("testdata",))


def rust():
    """The first 4,000 files of the crates in crates.txt, by name."""
    lines = (TOP / "bench/safety/crates.txt").read_text().splitlines()
    crates = [x.split() for x in lines if not x.startswith("#")]
    folder = FETCHED / "crates"
    home = FETCHED / "cargo"
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "src/lib.rs").touch()
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "corpus"\nversion = "0.0.0"\nedition = "2021"\n'
        "[dependencies]\n"
        + "".join(f'{name} = "={version}"\n' for name, version, _ in crates)
    )
    packages = {p.name: p for p in home.glob("registry/cache/*/*.crate")}
    if not all(f"{n}-{v}.crate" in packages for n, v, _ in crates):
        command = "cargo", "fetch", "--target", "x86_64-unknown-linux-gnu"
        environment = dict(os.environ, CARGO_HOME=str(home.resolve()))
        output(*command, "--quiet", cwd=folder, env=environment)
        packages = {p.name: p for p in home.glob("registry/cache/*/*.crate")}
    for name, version, wanted in crates:
        package = packages[f"{name}-{version}.crate"]
        if hashlib.sha256(package.read_bytes()).hexdigest() != wanted:
            raise Lacking(f"{package.name} is not what it was")
        if not (folder / f"{name}-{version}").exists():
            with tarfile.open(package) as archive:
                archive.extractall(folder)
    found = below(folder, ".rs", but=("src/lib.rs",))
    return dict(list(found.items())[:4000])


def javascript():
    """What came with node, and not what is below it for its own tests."""
    root = pathlib.Path(output("npm", "root", "--global").strip())
    return below(root, ".js", ".mjs", ".cjs")


def java():
    """1,500 files of the newest JDK that has its sources, evenly taken."""
    for archive in sorted(
        pathlib.Path("/usr/lib/jvm").glob("*/lib/src.zip"), reverse=True
    ):
        if archive.exists():
            break
    else:
        raise Lacking("no JDK with a src.zip")
    folder = FETCHED / "java"
    with zipfile.ZipFile(archive) as sources:
        names = sorted(x for x in sources.namelist() if x.endswith(".java"))
        step = max(1, len(names) // 1500)
        names = names[::step][:1500]
        for name in names:
            if not (folder / name).exists():
                sources.extract(name, folder)
    return {name: folder / name for name in names}


def c_headers():
    found = {}
    for package in "libc6-dev", "linux-libc-dev", "libcurl4-openssl-dev":
        for path in output("dpkg", "--listfiles", package).splitlines():
            if path.endswith(".h"):
                found[path.lstrip("/")] = pathlib.Path(path)
    return dict(sorted(found.items()))


def c():
    """This project's own."""
    return {
        str(path.relative_to(TOP)): path
        for folder in ("lib", "tools")
        for path in sorted((TOP / folder).rglob("*.[ch]"))
    }


def bash():
    """This project's own, and what else is found of those who write Bash."""
    found = {}
    for folder in "/usr/share/bash-completion/completions", "/usr/lib/git-core":
        for path in sorted(pathlib.Path(folder).glob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            start = path.read_bytes()[:64].split(b"\n")[0]
            if b"bash" in start or b"/sh" in start:
                found[str(path)[1:] + ".bash"] = path
    for path in sorted((TOP / "tests").glob("*.bash")):
        found[str(path.relative_to(TOP))] = path
    return found


def npm(name):
    return pathlib.Path(output(TOP / "tests/npm", name).strip())


def typescript():
    """Of RxJS what is written, of node's types what is declared."""
    found = below(npm("rxjs") / "src", ".ts")
    return found | below(npm("@types/node"), ".ts", ".mts", ".cts")


if __name__ == "__main__":
    for corpus in python, go, rust, javascript, typescript, java, c_headers, c, bash:
        try:
            files = corpus()
            size = sum(x.stat().st_size for x in files.values())
            print(corpus.__name__, len(files), f"{size / 1e6:.1f} MB")
        except Lacking as why:
            print(corpus.__name__, why)
