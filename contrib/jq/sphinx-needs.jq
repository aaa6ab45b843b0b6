# Requirements as needs.json, for needimport of sphinx-needs:
#
#     dmr-reqs | jq -f contrib/jq/sphinx-needs.jq >needs.json
#
# Its conf.py must allow the ids: needs_id_regex = "^[A-Za-z0-9][A-Za-z0-9._-]*"
# Texts are no markup there.  What has no id is left out.

include "requirement" {search: "./"};

# reStructuredText of a text in one line.
def plain:
  line
  | explode
  | map(if . >= 33 and . <= 47 or . >= 58 and . <= 64
           or . >= 91 and . <= 96 or . >= 123 and . <= 126
        then 92, . else . end)
  | implode;

# Two brackets would call a function.
def title: line | explode
  | [foreach .[] as $c (null; [$c, .[0]];
      if .[0] == .[1] and ($c == 91 or $c == 93) then 32, $c else $c end)]
  | implode;

[linked | select(.id != "")] as $items
| {
    project: .title,
    current_version: "1",
    versions: {
      "1": {
        needs_amount: ($items | unique_by(.id) | length),
        needs: ($items
          | map({
              key: .id,
              value: {
                id,
                type: "req",
                title: (.text | title),
                content: ([.rationale, .acceptance[], .metric]
                          | map(plain | known) | join("\n\n")),
                tags: [(.kind, .priority, .category, .verification) | known],
                links
              }
            })
          | reverse | from_entries)
      }
    }
  }
