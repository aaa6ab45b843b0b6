# Requirements as a document of StrictDoc:
#
#     dmr-reqs | jq -rf contrib/jq/strictdoc.jq >reqs.sdoc
#
# Texts are not markup there, and are no links.

include "requirement" {search: "./"};
include "text" {search: "./"};

# A blank keeps what looks like the end of a text, a link or an anchor from
# being it.
def text($name):
  shown
  | replaced("\r\n"; "\n") | replaced("\r"; "\n")
  | replaced("[LINK:"; "[ LINK:") | replaced("[ANCHOR:"; "[ ANCHOR:")
  | split("\n")
  | map(if startswith("<<<") then " " + . else . end)
  | select(any(.[]; test("\\S")))
  | "\($name): >>>", .[], "<<<";

"[DOCUMENT]",
"TITLE: \([(.title | line), "Requirements"] | map(known)[0])",
"OPTIONS:",
"  MARKUP: Text",
(linked
 | [.kind, .priority, .category, .verification] as $tags
 | "",
   "[REQUIREMENT]",
   (.id | known | "UID: " + .),
   "TAGS: \($tags | map(known) | join(", "))",
   (.text | text("STATEMENT")),
   (.rationale | text("RATIONALE")),
   (.metric | text("COMMENT")),
   (.acceptance[] | text("COMMENT")),
   (.links | select(length > 0)
    | "RELATIONS:", (.[] | "- TYPE: Parent", "  VALUE: " + .)))
