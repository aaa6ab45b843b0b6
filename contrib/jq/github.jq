# Findings as workflow commands of GitHub, which shows them at their lines:
#
#     dmr-review -F json | jq -nrf contrib/jq/github.jq
#
# What was not reviewed is a warning.  Columns count bytes in what comes in and
# characters there, so there are none.

include "finding" {search: "./"};
include "text" {search: "./"};

def data:
  shown | replaced("%"; "%25") | replaced("\r"; "%0D") | replaced("\n"; "%0A");
def property: data | replaced(":"; "%3A") | replaced(","; "%2C");

def place:
  "file=" + (path | property)
  + if .line then ",line=\(.line)" else "" end
  + if .end_line then ",endLine=\(.end_line)" else "" end;

inputs
| if is_summary then
    .summary
    | (.skipped[]? | select(.unchanged | not)
       | "::warning " + place + "::not reviewed: " + (.reason | data)),
      (if .complete then empty
       else "::warning ::Not everything was reviewed." end)
  else
    "::" + ({low: "notice", medium: "warning"}[.severity] // "error")
    + " " + place + ",title="
    + (rule | property)
    + "::" + (.message | data)
  end
