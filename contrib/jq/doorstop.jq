# Requirements as documents of doorstop: stories, and below them functional and
# non-functional requirements.  It prints the names of the files, and with
# --arg file NAME what is in one of them:
#
#     jq -rf contrib/jq/doorstop.jq reqs.json | while read -r file; do
#         mkdir -p "${file%/*}" && jq -rf contrib/jq/doorstop.jq \
#             --arg file "$file" reqs.json >"$file"
#     done
#
# What has no id has no file.  doorstop wants ids that begin with US, FR or NFR.

include "requirement" {search: "./"};

def hex:
  [. / 4096, . / 256, . / 16, .]
  | map(floor % 16 | if . < 10 then . + 48 else . + 87 end)
  | implode;

# A JSON string is one of YAML, but for what YAML does not print or takes for
# the end of a line.
def yaml:
  tojson
  | explode
  | map(if . >= 127 and . < 160 or . == 8232 or . == 8233 or . == 65279
           or . == 65534 or . == 65535
        then "\\u" + hex | explode[] else . end)
  | implode;

def settings($parent):
  "settings:",
  "  digits: 3",
  (if . == $parent then empty else "  parent: \($parent)" end),
  "  prefix: \(.)",
  "  sep: '-'";

def list($name):
  if length == 0 then "\($name): []" else "\($name):", "- \(.[] | yaml)" end;

def item($level):
  "active: true",
  "derived: false",
  "header: ''",
  "level: '1.\($level)'",
  (.links | list("links")),
  "normative: true",
  "ref: ''",
  "reviewed: null",
  "text: \(.text | yaml)",
  "priority: \(.priority | tojson)",
  "category: \(.category | tojson)",
  "rationale: \(.rationale | yaml)",
  (.acceptance | list("acceptance")),
  "metric: \(.metric | yaml)",
  "verification: \(.verification | tojson)";

def files:
  (("US", "FR", "NFR")
   | {name: "\(.)/.doorstop.yml", lines: [settings("US")]}),
  ([linked] | to_entries | unique_by(.value.id)[]
   | select(.value.id != "")
   | .key as $key
   | .value
   | {name: "\(.folder)/\(.id).yml", lines: [item($key + 1)]});

$ARGS.named.file as $file
| if $file == null then files.name
  else files | select(.name == $file) | .lines[] end
