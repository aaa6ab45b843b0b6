# dmr-reqs -c: what is wrong with requirements, without any model.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	cat >bad.json <<-'EOT'
	{"functional_requirements": [
	 {"id": "FR-001", "text": "The shop shall list bikes fast.",
	  "acceptance": [{"given": "", "when": "", "then": "it is listed"}]},
	 {"id": "FR-002", "text": "Orders are stored."}],
	 "non_functional_requirements": [
	 {"id": "NFR-001", "text": "It shall end in 1 s."}]}
	EOT
	cat >good.md <<-'EOT'
	## Functional requirements

	### FR-001

	The shop shall list all bikes.

	- **Acceptance:**
	  1. **Given** two bikes **When** the list is opened **Then** it shows two

	## Non-functional requirements

	### NFR-001

	A search shall end within 200 ms.
	EOT
}

# check STATUS TEXT [OPTION ...]: a document with this functional requirement.
check() {
	local status=$1 text=$2
	shift 2
	jq -n --arg text "$text" '{functional_requirements: [{id: "FR-001",
		$text, acceptance: [{given: "", when: "", then: "x"}]}]}' >one.json
	try "-$status" dmr-reqs -c "$@" one.json
}

# rules: those of the findings in stdout, each once.
rules() { sed -n 's/.*\[requirements\/\(R[0-9]*\)]$/\1/p' stdout | sort -u | paste -sd ' '; }

@test "reqs -c: findings, a line each, and exit 1" {
	try -1 dmr-reqs -c bad.json
	assert_stdout \
		"bad.json:2:54: medium: FR-001 says 'fast', which cannot be checked: say how much, or what [requirements/R02]" \
		"bad.json:4:28: high: FR-002 has no 'shall' or 'must' [requirements/R01]" \
		"bad.json:4:10: high: FR-002 has no acceptance criterion [requirements/R05]" \
		"bad.json:6:29: low: NFR-001 says 'It': name what that is [requirements/R11]"
	assert_stderr 'dmr-reqs: 3 findings are medium or worse'
}

@test "reqs -c: nothing is wrong: exit 0, nothing printed" {
	try -0 dmr-reqs -c good.md
	assert_stdout
	assert_stderr
}

@test "reqs -c: standard input, with and without a name" {
	try -1 dmr-reqs -c - <bad.json
	[[ $(head -n 1 stdout) == 'standard input:2:54: medium: '* ]]
	try -1 dmr-reqs -c <bad.json
	[[ $(head -n 1 stdout) == 'standard input:2:54: medium: '* ]]
}

@test "reqs -c: --fail-on sets what is bad" {
	try -1 dmr-reqs -c --fail-on low bad.json
	assert_stderr 'dmr-reqs: 4 findings are low or worse'
	try -1 dmr-reqs -c --fail-on high bad.json
	assert_stderr 'dmr-reqs: 2 findings are high or worse'
	try -0 dmr-reqs -c --fail-on critical bad.json
	(($(wc -l <stdout) == 4))
	try -0 dmr-reqs -c --fail-on none bad.json
	assert_stderr
	try -2 dmr-reqs -c --fail-on never bad.json
	assert_stderr "dmr-reqs: --fail-on: 'never' is not low, medium, high, critical or none"
}

@test "reqs -c: --style says how requirements are worded" {
	check 0 'When a buyer pays the shop shall ship.'
	check 1 'When a buyer pays the shop shall ship.' --style ears
	[[ $(rules) == R01 ]]
	check 1 'The shop ships.'
	check 0 'The shop ships.' --style free
}

@test "reqs -c: -F json, sarif, rdjsonl" {
	try -1 dmr-reqs -c -F json bad.json
	head -n 1 stdout | jq -c '[.path, .line, .column, .end_column, .rule, .symbol]' |
		assert_file /dev/stdin '["bad.json",2,54,58,"R02","FR-001"]'
	tail -n 1 stdout | jq -c '.summary | [.findings, .high, .requirements, .complete]' |
		assert_file /dev/stdin '[4,2,3,true]'
	try -1 dmr-reqs -c -F sarif bad.json
	jq -c '.runs[0] | [(.tool.driver.rules | length),
		(.results[] | [.ruleId, .locations[0].physicalLocation.region.startLine])]' stdout |
		assert_file /dev/stdin \
			'[15,["requirements/R02",2],["requirements/R01",4],["requirements/R05",4],["requirements/R11",6]]'
	try -1 dmr-reqs -c -F rdjsonl bad.json
	jq -c '[.code.value, .location.range.start.line]' stdout | head -n 1 |
		assert_file /dev/stdin '["requirements/R02",2]'
	try -2 dmr-reqs -c -F markdown bad.json
	assert_stderr "dmr-reqs: --format: 'markdown' is not text, json, sarif or rdjsonl"
}

@test "reqs -c: --json is -F json, and the verdict is JSON, too" {
	try -1 dmr-reqs -c --json bad.json
	(($(jq -s length stdout) == 5))
	[[ $stderr == '{"code":"no","exit":1,'* ]]
}

@test "reqs -c: a fingerprint stays when lines and others' words change" {
	try -1 dmr-reqs -c -F json bad.json
	jq -r '.fingerprint // empty' stdout >before
	jq -c '.title = "New"' bad.json >line.json
	mv line.json bad.json
	try -1 dmr-reqs -c -F json bad.json
	jq -r '.fingerprint // empty' stdout | assert_file /dev/stdin -f before
}

@test "reqs -c: no two findings have one fingerprint" {
	jq -n '{functional_requirements: [
		{id: "FR-001", text: "The shop shall list bikes.",
		 acceptance: [{when: "asked"}, {then: "it is fast"}, {}, {then: "it is fast"}]},
		{id: "FR-001", text: "It is fast, so fast.", acceptance: [{}]},
		{id: "", text: "It is fast, so fast."},
		{id: "", text: "It  is fast, so fast."}],
		user_stories: [{}, {}]}' >alike.json
	try -1 dmr-reqs -c -F sarif alike.json
	jq -r '.runs[0].results[].partialFingerprints[]' stdout >all
	(($(wc -l <all) > 20))
	sort all | uniq -d | assert_file /dev/stdin
}

@test "reqs -c: several files; one that cannot be read is named" {
	try -1 dmr-reqs -c good.md bad.json
	(($(wc -l <stdout) == 4))
	try -8 dmr-reqs -c --fail-on none none.md bad.json
	assert_stderr "dmr-reqs: cannot open 'none.md': No such file or directory" \
		'dmr-reqs: 1 of 2 files failed'
	try -1 dmr-reqs -c none.md bad.json
	assert_stderr "dmr-reqs: cannot open 'none.md': No such file or directory" \
		'dmr-reqs: 1 of 2 files failed' \
		'dmr-reqs: 3 findings are medium or worse'
	try -1 dmr-reqs -c -F json none.md bad.json
	tail -n 1 stdout | jq -c '.summary | [.complete, .skipped[0].path]' |
		assert_file /dev/stdin '[false,"none.md"]'
}

@test "reqs -c: what is no document: exit 26" {
	: >empty
	printf '{"functional_requirements": [\n' >cut.json
	printf '{"functional_requirements": [],\n "more": 1}' >more.json
	printf '{\n"title": "\xff"}' >bytes.json
	for each in none . empty cut.json more.json bytes.json; do
		try -26 dmr-reqs -c "$each"
		assert_stdout
		(($(wc -l <stderr) == 1))
	done
	assert_stderr 'dmr-reqs: bytes.json: line 2: no UTF-8'
	for each in '[]:an array' 'null:null' '"x":a string' '3:a number'; do
		printf '%s' "${each%:*}" >value.json
		try -26 dmr-reqs -c value.json
		assert_stderr 'dmr-reqs: value.json: line 1: .: wanted an object,'" \
got ${each##*:}"
		try -26 dmr-reqs --from value.json
		assert_stderr 'dmr-reqs: --from: value.json: line 1: .: wanted an'" \
object, got ${each##*:}"
	done
	try -26 dmr-reqs -c empty
	assert_stderr 'dmr-reqs: empty: there is no document in it'
	head -c 10485761 /dev/zero >large
	try -26 dmr-reqs -c large
	assert_stderr "dmr-reqs: 'large' is larger than 10485760 bytes"
}

@test "reqs -c: each rule by its name" {
	while IFS='|' read -r rule text; do
		check 1 "$text" --fail-on low
		[[ $(rules) == "$rule" ]] || { echo "$text: $(rules)"; false; }
	done <<-'EOT'
	R01|The shop lists all bikes.
	R02|The shop shall be robust.
	R03|The shop shall list bikes and notify sellers.
	R06|Orders shall be stored.
	R08|The shop shall do what FR-099 says.
	R10|The shop shall keep baskets in Redis.
	R11|It shall list all bikes.
	R12|The shop shall not list bikes.
	R13|The shop shall show the KRI of a bike.
	EOT
	jq -n '{functional_requirements: ["FR-001", "FR-001", "FR-002", "FR-003"] |
		map({id: ., text: "The shop shall list bikes.", priority: "must"}),
		non_functional_requirements: [{id: "NFR-001", text: "The shop shall be open."}],
		user_stories: [{id: "US-001", as_a: "b", i_want: "c"}]}' >all.json
	try -1 dmr-reqs -c all.json
	[[ $(rules) == 'R04 R05 R07 R09 R14 R15' ]]
}

@test "reqs -c: hostile texts are shown, and obeyed by nobody" {
	check 1 $'The \x1b[2Jshop shall be fast\u202e.\nx:1: error: y'
	assert_stdout \
		"one.json:5:16: medium: FR-001 says 'fast', which cannot be checked: say how much, or what [requirements/R02]"
	jq -n '{functional_requirements: [{id: "FR-001", text: "The shop shall x.",
		acceptance: [{then: "x"}]}], suggested_architecture: {components: [
		{name: "a\nb:1: \u001b[31m", depends_on: ["c\nd"]}]}}' >two.json
	try -1 dmr-reqs -c two.json
	(($(wc -l <stdout) == 1))
	[[ $output != *$'\x1b'* ]]
	head -c 100000 /dev/zero | tr '\0' a >word
	check 0 "The shop shall list $(<word)."
}

@test "reqs -c: DMR_DISABLE=1: nothing is checked" {
	DMR_DISABLE=1 try -0 dmr-reqs -c bad.json
	assert_stdout
	[[ $stderr == *'disabled by DMR_DISABLE'* ]]
}
