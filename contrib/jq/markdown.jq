# Findings as Markdown, for a comment or a page:
#
#     dmr-review -F json | jq -nrf contrib/jq/markdown.jq
#
# Nothing of what a finding says is markup: no link, no image, no tag, no name
# that is called.

include "finding" {search: "./"};
include "text" {search: "./"};

# The longest run of backquotes.
def backquotes:
  reduce explode[] as $c ([0, 0];
    if $c == 96 then [.[0] + 1, ([.[0] + 1, .[1]] | max)] else [0, .[1]] end)
  | .[1];

def line:
  shown | replaced("\t"; " ") | replaced("\r"; " ") | replaced("\n"; " ");

# It is padded, for a backquote may stand at its ends.
def code: line | ("`" * (backquotes + 1)) as $mark | "\($mark) \(.) \($mark)";

# What others would make a link of is code.
def word:
  if test("[@#]|://|www\\."; "i") then code
  else explode
    | map(if . >= 33 and . <= 47 or . >= 58 and . <= 64
             or . >= 91 and . <= 96 or . >= 123 and . <= 126
          then 92, . else . end)
    | implode
  end;

def words: line | split(" ") | map(select(. != "") | word) | join(" ");

def block:
  shown | replaced("\r\n"; "\n") | replaced("\r"; "�")
  | ("`" * ([backquotes + 1, 3] | max)) as $mark
  | "", "  " + $mark, (rtrimstr("\n") | split("\n")[] | "  " + .), "  " + $mark;

def place:
  if .line == null then "no line"
  elif .end_line > .line then "lines \(.line) to \(.end_line)"
  else "line \(.line)" end;

def item:
  "* **\(.severity)**, \(place), \(rule | code): \(.message | words)",
  (.suggestion // empty | block);

def summed($any):
  (if $any then "" else "No findings." end),
  (if .complete then empty else "Not everything was reviewed.", "" end),
  (.skipped[]?
   | "* " + (if .unchanged then "" else "not reviewed: " end)
     + (path + if .line then ":\(.line)" else "" end | code)
     + ": " + (.reason | words));

foreach inputs as $f ({};
  {f: $f, last: .path, path: ($f.path // .path)};
  .last as $last
  | .f
  | if is_summary then .summary | summed($last)
    elif .path == $last then item
    else (if $last then "" else empty end), "### " + (path | code), "", item end)
