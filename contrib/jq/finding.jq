# What the filters of findings have in common.

def path: .path | ltrimstr("./");

def rule: [.category, .rule // empty] | join("/");

def is_summary: has("summary");
