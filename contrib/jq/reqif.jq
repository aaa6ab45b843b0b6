# Requirements as ReqIF, for DOORS, Polarion and others:
#
#     dmr-reqs | jq -rf contrib/jq/reqif.jq >reqs.reqif
#
# --arg time 2026-01-31T12:00:00Z is when it was made, the beginning of 1970 if
# not given.

include "requirement" {search: "./"};
include "text" {search: "./"};

# Characters that XML does not have are U+FFFD; @html escapes quotes, too.
def attribute:
  explode
  | map(if . < 32 and . != 9 and . != 10 and . != 13 or . == 65534 or . == 65535
        then 65533 else . end)
  | implode | @html
  | replaced("\t"; "&#9;") | replaced("\n"; "&#10;") | replaced("\r"; "&#13;");

[["ReqIF.ForeignID", "id"], ["ReqIF.Text", "text"], ["Kind", "kind"],
 ["Priority", "priority"], ["Category", "category"],
 ["Rationale", "rationale"], ["Acceptance", "acceptance"],
 ["Metric", "metric"], ["Verification", "verification"]] as $attributes
| ($ARGS.named.time // "1970-01-01T00:00:00Z" | attribute) as $time
| (.title | attribute) as $title
| [linked | .acceptance |= join("\n")] as $items
| def named($id): "IDENTIFIER=\"\($id)\" LAST-CHANGE=\"\($time)\"";
  def long_name: "LONG-NAME=\"\(attribute)\"";
  def value($id):
    "<ATTRIBUTE-VALUE-STRING THE-VALUE=\"\(tostring | attribute)\">",
    "<DEFINITION><ATTRIBUTE-DEFINITION-STRING-REF>\($id)</ATTRIBUTE-DEFINITION-STRING-REF></DEFINITION>",
    "</ATTRIBUTE-VALUE-STRING>";
  def object($n):
    . as $item
    | "<SPEC-OBJECT \(named("object-\($n)"))>",
      "<TYPE><SPEC-OBJECT-TYPE-REF>requirement</SPEC-OBJECT-TYPE-REF></TYPE>",
      "<VALUES>",
      ($attributes[] as [$name, $member]
       | $item[$member] | known | value("requirement-\($member)")),
      "</VALUES>",
      "</SPEC-OBJECT>";
  # One of each pair of items that are linked.
  def relations:
    [$items[].id] as $ids
    | $items | to_entries[]
    | .key as $from
    | .value.links | to_entries[]
    | "<SPEC-RELATION \(named("relation-\($from)-\(.key)"))>",
      "<TYPE><SPEC-RELATION-TYPE-REF>link</SPEC-RELATION-TYPE-REF></TYPE>",
      "<SOURCE><SPEC-OBJECT-REF>object-\($from)</SPEC-OBJECT-REF></SOURCE>",
      "<TARGET><SPEC-OBJECT-REF>object-\(.value as $id | $ids | index($id))</SPEC-OBJECT-REF></TARGET>",
      "</SPEC-RELATION>";
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
  "<REQ-IF xmlns=\"http://www.omg.org/spec/ReqIF/20110401/reqif.xsd\">",
  "<THE-HEADER>",
  "<REQ-IF-HEADER IDENTIFIER=\"header\">",
  "<CREATION-TIME>\($time)</CREATION-TIME>",
  "<REQ-IF-TOOL-ID>dmr-reqs</REQ-IF-TOOL-ID>",
  "<REQ-IF-VERSION>1.0</REQ-IF-VERSION>",
  "<SOURCE-TOOL-ID>dmr-reqs</SOURCE-TOOL-ID>",
  "<TITLE>\($title)</TITLE>",
  "</REQ-IF-HEADER>",
  "</THE-HEADER>",
  "<CORE-CONTENT>",
  "<REQ-IF-CONTENT>",
  "<DATATYPES>",
  "<DATATYPE-DEFINITION-STRING \(named("string")) LONG-NAME=\"String\" MAX-LENGTH=\"2147483647\"/>",
  "</DATATYPES>",
  "<SPEC-TYPES>",
  "<SPEC-OBJECT-TYPE \(named("requirement")) LONG-NAME=\"Requirement\">",
  "<SPEC-ATTRIBUTES>",
  ($attributes[] as [$name, $member]
   | "<ATTRIBUTE-DEFINITION-STRING \(named("requirement-\($member)")) LONG-NAME=\"\($name)\">",
     "<TYPE><DATATYPE-DEFINITION-STRING-REF>string</DATATYPE-DEFINITION-STRING-REF></TYPE>",
     "</ATTRIBUTE-DEFINITION-STRING>"),
  "</SPEC-ATTRIBUTES>",
  "</SPEC-OBJECT-TYPE>",
  "<SPEC-RELATION-TYPE \(named("link")) LONG-NAME=\"Link\"/>",
  "<SPECIFICATION-TYPE \(named("specification-type")) LONG-NAME=\"Specification\"/>",
  "</SPEC-TYPES>",
  "<SPEC-OBJECTS>",
  ($items | to_entries[] | .key as $n | .value | object($n)),
  "</SPEC-OBJECTS>",
  "<SPEC-RELATIONS>",
  relations,
  "</SPEC-RELATIONS>",
  "<SPECIFICATIONS>",
  "<SPECIFICATION \(named("specification")) \(.title | long_name)>",
  "<TYPE><SPECIFICATION-TYPE-REF>specification-type</SPECIFICATION-TYPE-REF></TYPE>",
  "<CHILDREN>",
  ($items | keys[]
   | "<SPEC-HIERARCHY \(named("place-\(.)"))>",
     "<OBJECT><SPEC-OBJECT-REF>object-\(.)</SPEC-OBJECT-REF></OBJECT>",
     "</SPEC-HIERARCHY>"),
  "</CHILDREN>",
  "</SPECIFICATION>",
  "</SPECIFICATIONS>",
  "</REQ-IF-CONTENT>",
  "</CORE-CONTENT>",
  "</REQ-IF>"
