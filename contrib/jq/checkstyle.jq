# Findings as checkstyle prints them, for Jenkins and others:
#
#     dmr-review -F json | jq -nrf contrib/jq/checkstyle.jq >checkstyle.xml
#
# Columns count bytes in what comes in and characters there, so there are none.
# What was not reviewed is left out.

include "finding" {search: "./"};
include "text" {search: "./"};

def attribute:
  shown
  | replaced("&"; "&amp;") | replaced("<"; "&lt;") | replaced(">"; "&gt;")
  | replaced("\""; "&quot;")
  | replaced("\t"; "&#9;") | replaced("\n"; "&#10;") | replaced("\r"; "&#13;");

"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
"<checkstyle version=\"4.3\">",
([inputs | select(is_summary | not)] | group_by(.path)[]
 | "<file name=\"\(.[0] | path | attribute)\">",
   (.[] | "<error"
    + if .line then " line=\"\(.line)\"" else "" end
    + " severity=\"\({low: "info", medium: "warning"}[.severity] // "error")\""
    + " message=\"\(.message | attribute)\""
    + " source=\"\(rule | attribute)\"/>"),
   "</file>"),
"</checkstyle>"
