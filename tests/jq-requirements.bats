# shellcheck shell=bash disable=SC2154
# The filters of requirements in contrib/jq: to the byte, and held to what
# others read.
load lib

setup() {
	lib_setup
	need jq
}

# filter NAME [OPTION ...] <DOCUMENT
filter() { jq -rf "$top/contrib/jq/$1.jq" "${@:2}"; }

# of NAME [OPTION ...]: a document of all kinds in its form.
of() { try -0 filter "$@" <"$tests/data/requirements.json"; }

# files_of FOLDER <DOCUMENT: what doorstop has.
files_of() {
	local document

	document=$(cat)
	filter doorstop <<<"$document" | while read -r file; do
		mkdir -p "$1/${file%/*}"
		filter doorstop --arg file "$file" <<<"$document" >"$1/$file"
	done
}

# random CHECK [FILTER]: documents made at random; one has a text of 100 kB,
# one a text of nothing but a no-break space.
random() {
	local n readers

	readers=$("$tests/python" readers 2>"$BATS_TEST_TMPDIR/why") ||
		lack "$(<"$BATS_TEST_TMPDIR/why")"
	mkdir "$BATS_TEST_TMPDIR/random"
	cd "$BATS_TEST_TMPDIR/random" || return
	for n in {0..14} 88 159; do
		# As jq prints numbers.
		"$BUILD/tests/unit/reqs_document_test" "$n" | jq . >"$n.json"
		if [[ $1 == doorstop ]]; then
			files_of "$n.out" <"$n.json"
		else
			filter "$2" <"$n.json" >"$n.out"
		fi
	done
	try -0 env PYTHONPATH="$readers" "$python" "$tests/requirements.py" \
		"$1" .
	assert_stdout '17 documents'
}

@test "jq: requirements as a table" {
	of requirements-csv
	assert_stdout - <<-'EOF'
		"id","kind","priority","category","text","rationale","acceptance","metric","verification","links"
		"US-001","story","should","","As a buyer, I want a receipt, so that I can prove [[it]]","","Given the shop is open, when she pays, then she gets a receipt","","",""
		"US-002","story","","","As an owner, I want a list","","","","",""
		"FR-001","functional","must","","When a buyer pays, the shop shall send a receipt within 1 minute.","'=Tax law","Given a paid order, when a minute passes, then a receipt is
		in the inbox","","","US-001 US-009"
		"FR-002","functional","","","The shop shall list bikes.","","when x, then y | z","","",""
		"NFR-001","non_functional","","performance","Pages load fast <enough> & ""well"".","","","p95 <= 1.5 s","test",""
	EOF
	assert_stderr
}

@test "jq: requirements as Gherkin" {
	of gherkin
	assert_stdout - <<-'EOF'
		Feature: Used bikes

		  Summary: A shop for used bikes.

		  @US-001 @should
		  Rule: US-001: As a buyer, I want a receipt, so that I can prove [[it]]

		    @US-001
		    Scenario: US-001.1: she gets a receipt
		      Given the shop is open
		      When she pays
		      Then she gets a receipt

		    @FR-001
		    Scenario: FR-001.1: a receipt is in the inbox
		      Given a paid order
		      When a minute passes
		      Then a receipt is in the inbox

		  @US-002
		  Rule: US-002: As an owner, I want a list

		  @FR-002
		  Rule: FR-002: The shop shall list bikes.

		    @FR-002
		    Scenario: FR-002.1: y | z
		      When x
		      Then y | z
	EOF
	assert_stderr
}

@test "jq: requirements for doorstop" {
	of doorstop
	assert_stdout US/.doorstop.yml FR/.doorstop.yml NFR/.doorstop.yml \
		FR/FR-001.yml FR/FR-002.yml NFR/NFR-001.yml US/US-001.yml \
		US/US-002.yml
	of doorstop --arg file FR/FR-001.yml
	assert_stdout - <<-'EOF'
		active: true
		derived: false
		header: ''
		level: '1.3'
		links:
		- "US-001"
		normative: true
		ref: ''
		reviewed: null
		text: "When a buyer pays, the shop shall send a receipt within 1 minute."
		priority: "must"
		category: null
		rationale: "=Tax law"
		acceptance:
		- "Given a paid order, when a minute passes, then a receipt is\nin the inbox"
		metric: ""
		verification: null
	EOF
	of doorstop --arg file NFR/.doorstop.yml
	assert_stdout settings: '  digits: 3' '  parent: US' '  prefix: NFR' \
		"  sep: '-'"
	of doorstop --arg file ../x
	assert_stdout
}

@test "jq: requirements for StrictDoc" {
	of strictdoc
	assert_stdout - <<-'EOF'
		[DOCUMENT]
		TITLE: Used bikes
		OPTIONS:
		  MARKUP: Text

		[REQUIREMENT]
		UID: US-001
		TAGS: story, should
		STATEMENT: >>>
		As a buyer, I want a receipt, so that I can prove [[it]]
		<<<
		COMMENT: >>>
		Given the shop is open, when she pays, then she gets a receipt
		<<<

		[REQUIREMENT]
		UID: US-002
		TAGS: story
		STATEMENT: >>>
		As an owner, I want a list
		<<<

		[REQUIREMENT]
		UID: FR-001
		TAGS: functional, must
		STATEMENT: >>>
		When a buyer pays, the shop shall send a receipt within 1 minute.
		<<<
		RATIONALE: >>>
		=Tax law
		<<<
		COMMENT: >>>
		Given a paid order, when a minute passes, then a receipt is
		in the inbox
		<<<
		RELATIONS:
		- TYPE: Parent
		  VALUE: US-001

		[REQUIREMENT]
		UID: FR-002
		TAGS: functional
		STATEMENT: >>>
		The shop shall list bikes.
		<<<
		COMMENT: >>>
		when x, then y | z
		<<<

		[REQUIREMENT]
		UID: NFR-001
		TAGS: non_functional, performance, test
		STATEMENT: >>>
		Pages load fast <enough> & "well".
		<<<
		COMMENT: >>>
		p95 <= 1.5 s
		<<<
	EOF
	assert_stderr
}

@test "jq: requirements for sphinx-needs" {
	of sphinx-needs -c
	assert_stdout - <<-'EOF'
		{"project":"Used bikes","current_version":"1","versions":{"1":{"needs_amount":5,"needs":{"NFR-001":{"id":"NFR-001","type":"req","title":"Pages load fast <enough> & \"well\".","content":"p95 \\<\\= 1\\.5 s","tags":["non_functional","performance","test"],"links":[]},"FR-002":{"id":"FR-002","type":"req","title":"The shop shall list bikes.","content":"when x\\, then y \\| z","tags":["functional"],"links":[]},"FR-001":{"id":"FR-001","type":"req","title":"When a buyer pays, the shop shall send a receipt within 1 minute.","content":"\\=Tax law\n\nGiven a paid order\\, when a minute passes\\, then a receipt is in the inbox","tags":["functional","must"],"links":["US-001"]},"US-002":{"id":"US-002","type":"req","title":"As an owner, I want a list","content":"","tags":["story"],"links":[]},"US-001":{"id":"US-001","type":"req","title":"As a buyer, I want a receipt, so that I can prove [ [it] ]","content":"Given the shop is open\\, when she pays\\, then she gets a receipt","tags":["story","should"],"links":[]}}}}}
	EOF
	assert_stderr
}

@test "jq: requirements as ReqIF say when they were made, if that is told" {
	of reqif --arg time '2026-01-31T12:00:00Z"<'
	grep -F CREATION-TIME "$BATS_TEST_TMPDIR/stdout" |
		assert_file /dev/stdin \
			'<CREATION-TIME>2026-01-31T12:00:00Z&quot;&lt;</CREATION-TIME>'
	of reqif
	grep -c 'LAST-CHANGE="1970-01-01T00:00:00Z"' \
		"$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin 25
}

@test "jq: an empty document has no requirements in any form" {
	local name

	echo '{"title":"","summary":"","functional_requirements":[],
		"non_functional_requirements":[],"user_stories":[]}' \
		>"$BATS_TEST_TMPDIR/empty"
	for name in requirements-csv gherkin strictdoc; do
		filter "$name" <"$BATS_TEST_TMPDIR/empty"
	done >"$BATS_TEST_TMPDIR/all"
	assert_file "$BATS_TEST_TMPDIR/all" - <<-'EOF'
		"id","kind","priority","category","text","rationale","acceptance","metric","verification","links"
		Feature:
		[DOCUMENT]
		TITLE: Requirements
		OPTIONS:
		  MARKUP: Text
	EOF
}

@test "jq: strange requirements in a table are read as what they were" {
	random csv requirements-csv
}

@test "jq: strange requirements in Gherkin are read as what they were" {
	random gherkin gherkin
}

@test "jq: strange requirements for doorstop are read as what they were" {
	random doorstop
}

@test "jq: strange requirements for StrictDoc are read as what they were" {
	random strictdoc strictdoc
}

@test "jq: strange requirements for sphinx-needs are read as what they were" {
	random needs sphinx-needs
}

@test "jq: strange requirements in ReqIF are read as what they were" {
	random reqif reqif
}
