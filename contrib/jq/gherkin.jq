# Requirements as a feature of Gherkin, for cucumber and others:
#
#     dmr-reqs | jq -rf contrib/jq/gherkin.jq >reqs.feature
#
# Each story is a rule, each acceptance criterion a scenario: of the story, or
# of a functional requirement that names it.  A functional requirement that
# names no story is a rule, too, if it has criteria.

include "requirement" {search: "./"};
include "text" {search: "./"};

def tags($indent):
  map(known | "@" + .) | join(" ") | known | $indent + .;

def step($word): line | without($word) | known | "      \($word) \(.)";

def scenarios:
  .id as $id
  | .acceptance | to_entries[]
  | "",
    ([$id] | tags("    ")),
    "    Scenario: \([$id, .key + 1] | map(known | tostring) | join("."))"
    + (.value.then | ": " + line),
    (.value
     | (.given | step("Given")), (.when | step("When")),
       (.then | step("Then")));

def rule($text):
  "",
  ([.id, .priority] | tags("  ")),
  "  Rule: \([.id, ($text | line)] | map(known) | join(": "))",
  scenarios;

# The index of the first story that it names; null: none.
def owner($ids):
  first((.stories[] | known as $id | $ids | index($id) | known), null);

[.user_stories[].id] as $ids
| .functional_requirements as $requirements
| ("Feature: \(.title | line)" | rtrimstr(" ")),
  (.summary | line | known | "", "  Summary: " + .),
  (.user_stories | to_entries[]
   | .key as $key
   | .value
   | rule(sentence),
     ($requirements[] | select(owner($ids) == $key) | scenarios)),
  ($requirements[]
   | select(owner($ids) == null and (.acceptance | length > 0))
   | rule(.text))
