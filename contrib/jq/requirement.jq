# What the filters of requirements have in common.

include "text" {search: "./"};

# All in one line, with one blank between words.
def line:
  shown
  | explode
  | map(if . == 9 or . == 10 or . == 13 or . == 8232 or . == 8233 then 32
        else . end)
  | implode
  | split(" ") | map(select(. != "")) | join(" ");

def known: select(. != null and . != "");

# "given the shop is open": the word is there already.
def without($word):
  ($word | length) as $n
  | if .[:$n + 1] | ascii_downcase == ($word | ascii_downcase) + " "
    then .[$n + 1:] else . end;

# [["Given", "x"], ["when", ""]]: "Given x"
def phrases:
  map(.[0] as $word | .[1] | without($word) | known | "\($word) \(.)")
  | join(", ");

# "buyer", "a buyer" and "as a buyer" are the same.
def role:
  without("As") | if test("^an? "; "i") then ["As", .] else ["As a", .] end;

def sentence:
  [(.as_a | role), ["I want", .i_want], ["so that", .so_that]] | phrases;

def criterion:
  [["Given", .given], ["when", .when], ["then", .then]] | phrases;

def metric:
  [.name, .op, .value, .unit] | map(known | tostring) | join(" ");

# Requirements and stories with the same members; null or "": it has none.
def items:
  (.user_stories[]
   | {id, kind: "story", folder: "US", text: sentence, priority,
      category: null, rationale: "", acceptance, metric: "",
      verification: null, links: []}),
  (.functional_requirements[]
   | {id, kind: "functional", folder: "FR", text, priority, category: null,
      rationale, acceptance, metric: "", verification: null,
      links: .stories}),
  (.non_functional_requirements[]
   | {id, kind: "non_functional", folder: "NFR", text, priority: null,
      category, rationale: "", acceptance: [],
      metric: (.metric // {} | metric), verification, links: []})
  | .acceptance |= map(criterion);

# Items whose links lead to another item, each once.
def linked:
  [items] as $all
  | [$all[].id | known] as $ids
  | $all[]
  | .id as $id
  | .links |= (. - (. - $ids) - [$id] | unique);
