//! Fingerprints of Rust files, see tokens.py: their tokens without the
//! documentation, which is an attribute; an error is one of rustfmt.
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::process::{Command, Stdio};

fn is_doc(tree: &TokenTree) -> bool {
    let TokenTree::Group(group) = tree else {
        return false;
    };
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    group.delimiter() == Delimiter::Bracket
        && inner.len() == 3
        && inner[0].to_string() == "doc"
        && inner[1].to_string() == "="
}

/// Those of a group are put between its brackets; `# [doc = "..."]` and
/// `# ! [doc = "..."]` are left out.
fn feed(stream: TokenStream, hash: &mut DefaultHasher) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut i = 0;
    while i < trees.len() {
        let is = |k: usize, what: &str| trees.get(i + k).is_some_and(|t| t.to_string() == what);
        let doc = |k: usize| trees.get(i + k).is_some_and(is_doc);
        if is(0, "#") && doc(1) {
            i += 2;
            continue;
        }
        if is(0, "#") && is(1, "!") && doc(2) {
            i += 3;
            continue;
        }
        match &trees[i] {
            TokenTree::Group(group) => {
                format!("{:?}", group.delimiter()).hash(hash);
                feed(group.stream(), hash);
                "end".hash(hash);
            }
            tree => tree.to_string().hash(hash),
        }
        i += 1;
    }
}

fn parse(text: &str) -> Result<(), String> {
    let mut child = Command::new("rustfmt")
        .args(["--edition", "2021", "--check", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    let mut pipe = child.stdin.take().unwrap();
    let copy = text.to_owned();
    let writer = std::thread::spawn(move || pipe.write_all(copy.as_bytes()));
    let done = child.wait_with_output().map_err(|e| e.to_string())?;
    let _ = writer.join();
    let said = String::from_utf8_lossy(&done.stderr);
    match said.lines().find(|line| line.starts_with("error")) {
        Some(line) if !line.contains("left behind trailing") && !line.contains("line formatted") => {
            Err(line.to_owned())
        }
        _ => Ok(()),
    }
}

fn fingerprint(path: &str) -> Result<u64, String> {
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    parse(&text)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let text = match text.starts_with("#!") && !text.starts_with("#![") {
        true => text.split_once('\n').map_or("", |x| x.1),
        false => text,
    };
    let stream: TokenStream = text.parse().map_err(|e| format!("{e}"))?;
    let mut hash = DefaultHasher::new();
    feed(stream, &mut hash);
    Ok(hash.finish())
}

fn main() {
    for path in std::io::stdin().lines().map_while(Result::ok) {
        match fingerprint(&path) {
            Ok(hash) => println!("{path}\t={hash:016x}"),
            Err(why) => println!("{path}\t!{}", why.replace('\n', " ")),
        }
    }
}
