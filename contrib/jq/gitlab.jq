# Findings as GitLab's code quality report:
#
#     dmr-review -F json | jq -nrf contrib/jq/gitlab.jq >gl-code-quality.json
#
# It has no place for what is known of no line, nor for what was not reviewed:
# that is left out.

include "finding" {search: "./"};

[inputs
 | select(.line)
 | {
     description: .message,
     check_name: rule,
     fingerprint,
     severity: {low: "minor", medium: "major", high: "critical",
                critical: "blocker"}[.severity],
     location: {
       path: path,
       lines: {begin: .line, end: .end_line}
     }
   }]
