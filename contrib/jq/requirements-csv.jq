# Requirements as a table, for spreadsheets:
#
#     dmr-reqs | jq -rf contrib/jq/requirements-csv.jq >reqs.csv
#
# What a spreadsheet would take for a formula has an apostrophe in front of it.

include "requirement" {search: "./"};

def cell: tostring | if test("^[=+@\t\r-]") then "'" + . else . end;

["id", "kind", "priority", "category", "text", "rationale", "acceptance",
 "metric", "verification", "links"] as $names
| ($names | @csv),
  (items
   | .acceptance |= join("\n")
   | .links |= join(" ")
   | [.[$names[]] | . // "" | cell]
   | @csv)
