# dmr-reqs: --from with an idea: what a document becomes, and what stays.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031,SC2016 # each test is a shell of its own; jq

load lib
load mock
load reqs

# A document that was generated, and what the model says to an update of it.
setup() {
	reqs_setup
	script "$(says_all)"
	reqs 0 --questions 0
	mv doc old
	end_mock
	{
		read -r functional
		read -r nonfunctional
		read -r architecture
	} <"$tests/data/reqs-updates.jsonl"
	changes=('dmr-reqs: FR-001: changed: There are bikes for rent.'
		'dmr-reqs: FR-003: added: When a buyer rents a bike, the system shall store its return date.'
		'dmr-reqs: US-002: retired: The shop buys bikes itself.'
		'dmr-reqs: US-003: added: to rent a bike'
		'dmr-reqs: FR-002: changed: no longer refers to US-002'
		'dmr-reqs: NFR-001: changed: Rentals take longer.')
}

# update STATUS [OPTION ...]: of the file old; the document is in the file doc.
update() {
	try_reqs "$1" -n --from old "${@:2}" also rent bikes
	cp "$BATS_TEST_TMPDIR/stdout" doc
}

# edit FILTER: somebody edits the file old.
edit() {
	jq "$1" old >edited
	mv edited old
}

@test "update: things are added, changed and retired, and ids stay" {
	script "$(says_all)"
	update 0
	assert_stderr "${changes[@]}"
	assert_stages functional nonfunctional architecture
	assert_doc '[.title, .idea]' \
		'["Bike shop","a shop for used bikes\n\nalso rent bikes"]'
	assert_doc '.functional_requirements[] | [.id, .priority, .pattern, .stories]' \
		'["FR-001","must","ubiquitous",["US-001"]]' \
		'["FR-002","should","event",[]]' \
		'["FR-003","must","event",["US-003"]]'
	assert_doc '.functional_requirements[0] | [.text, .rationale]' \
		'["The system shall list each bike that is for sale or rent.","Buyers choose from it."]'
	assert_doc '[.user_stories[].id, .non_functional_requirements[].metric.value]' \
		'["US-001","US-003",300]'
	assert_doc '.meta.retired' '["US-002"]'
	assert_doc '[.meta.changes[] | [.id, .what]]' \
		'[["FR-001","changed"],["FR-003","added"],["US-002","retired"],["US-003","added"],["FR-002","changed"],["NFR-001","changed"]]'
	assert_doc '[.meta.generated[].id]' \
		'["FR-001","FR-002","US-001","NFR-001","architecture","FR-003","US-003"]'
	[[ $(doc .meta.input_sha256) != "$(doc .meta.input_sha256 old)" ]]
	assert_doc .suggested_architecture "$(doc .suggested_architecture old)"
}

@test "update: the next one begins with what the last one made" {
	script "$(says_all)"
	update 0
	mv doc old
	end_mock
	functional='{"user_stories":{"add":[],"change":[],"retire":[]},"functional_requirements":{"add":[],"change":[],"retire":[{"id":"FR-003","why":"No."}]}}'
	nonfunctional='{"non_functional_requirements":{"add":[],"change":[],"retire":[]}}'
	script "$(says_all)"
	update 0
	assert_stderr 'dmr-reqs: FR-003: retired: No.'
	assert_doc '.meta | [.retired, [.changes[].id]]' '[["US-002","FR-003"],["FR-003"]]'
}

@test "update: the model sees what there is, and may name nothing else" {
	script "$(says_all)"
	update 0
	asked >prompts
	grep -c '^a shop for used bikes$' prompts | assert_file /dev/stdin 3
	grep -c '^also rent bikes$' prompts | assert_file /dev/stdin 3
	grep -c '^US-001: As a buyer, I want to see the bikes, so that I can choose one$' \
		prompts | assert_file /dev/stdin 1
	grep -c '^FR-001: The system shall list each bike that is for sale.$' \
		prompts | assert_file /dev/stdin 1
	grep -c '^NFR-001: ' prompts | assert_file /dev/stdin 3
	grep -c '^  "summary": "A server and a database.",$' prompts | assert_file /dev/stdin 1
	# Not each server holds to the schema.
	asked '.messages[0].content' |
		grep -c 'New stories get the next ids, in their order: US-003, US-004, US-005, US-006\.$' |
		assert_file /dev/stdin 1
	asked '.response_format.json_schema.schema["$defs"] | .functional_requirements,
		.user_stories_linked, .non_functional_requirements | .enum | select(.)' |
		jq -c . | assert_file /dev/stdin '["FR-001","FR-002"]' \
		'["US-001","US-002","US-003","US-004","US-005","US-006"]' '["NFR-001"]'
}

@test "update: V16: ids of nothing, named twice or made up, are ignored and told" {
	functional='{"user_stories":{"add":[],"change":[],"retire":[]},"functional_requirements":{"add":[{"id":"FR-001","text":"The system shall print a receipt for each sale.","priority":"must","rationale":"Buyers ask.","acceptance":[{"given":"a bike","when":"a buyer pays","then":"the system prints a receipt"}],"stories":[]}],"change":[{"id":"FR-099","why":"x","text":"The system shall fly."},{"id":"FR-001","why":"It is the second one now.","text":"The system shall list each bike that is for rent."}],"retire":[{"id":"FR-001","why":"y"},{"id":"US-001","why":"z"}]}}'
	# A schema of one's own lets members pass that ours does not.
	mkdir mine
	cp "$top"/prompts/reqs-functional-update.prompt mine
	echo '{"type":"object","properties":{"functional_requirements":{"type":"object"}}}' \
		>mine/reqs-functional-update.schema.json
	script "$(says_all)"
	DMR_TEMPLATE_PATH=$PWD/mine update 0
	assert_stderr 'dmr-reqs: FR-001: changed: It is the second one now.' \
		'dmr-reqs: FR-003: added: The system shall print a receipt for each sale.' \
		"${changes[5]}" \
		'dmr-reqs: FR-099: to be changed: there is no such thing' \
		'dmr-reqs: FR-001: to be retired: it is named twice' \
		'dmr-reqs: US-001: to be retired: there is no such thing'
	assert_doc '[.functional_requirements[].id, .user_stories[].id, .meta.retired]' \
		'["FR-001","FR-002","FR-003","US-001","US-002",[]]'
	# It was told, and asked again.
	asked | grep -c '^FR-099: to be changed: there is no such thing$' |
		assert_file /dev/stdin 1
}

@test "update: V16: what says nothing takes no place, and is told" {
	functional=$(jq -c '.functional_requirements.change = [
			{id: "FR-001", why: "w", text: "         "},
			{id: "FR-002", why: "w", text: "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008"}]
		| .functional_requirements.add[0].text = "         "
		| .user_stories.add[0].i_want = " "
		| .user_stories.change = [{id: "US-001", why: "w", as_a: " ", i_want: "to sit", so_that: "I rest"}]
		| .user_stories.retire = []' <<<"$functional")
	script "$(says_all)"
	update 0
	assert_stderr "${changes[5]}" \
		'dmr-reqs: FR-001: to be changed: a text of it is blank' \
		'dmr-reqs: FR-002: to be changed: a text of it is blank' \
		'dmr-reqs: functional_requirements: one to be added has a blank text' \
		'dmr-reqs: US-001: to be changed: a text of it is blank' \
		'dmr-reqs: user_stories: one to be added has a blank text'
	assert_doc '.functional_requirements, .user_stories' \
		"$(doc .functional_requirements old)" "$(doc .user_stories old)"
	# It was told, and asked again.
	assert_stages functional functional nonfunctional architecture
}

@test "update: V16: links to nothing are told, and take no good ones along" {
	functional=$(jq -c '.functional_requirements.change[0].stories = ["US-077"]
		| .functional_requirements.change[1] = {id: "FR-002", why: "w", text: "The shop shall rent.", stories: ["US-001", "US-002", "US-001"]}
		| .functional_requirements.add[0].stories = ["US-003", "US-099"]' <<<"$functional")
	# A schema of one's own lets pass what ours does not.
	mkdir mine
	cp "$top"/prompts/reqs-functional-update.prompt mine
	echo '{"type":"object","properties":{"functional_requirements":{"type":"object"}}}' \
		>mine/reqs-functional-update.schema.json
	script "$(says_all)"
	DMR_TEMPLATE_PATH=$PWD/mine update 0
	assert_stderr "${changes[0]}" 'dmr-reqs: FR-002: changed: w' "${changes[@]:1:5}" \
		'dmr-reqs: FR-001: to refer to US-077: there is no such story' \
		'dmr-reqs: FR-003: to refer to US-099: there is no such story'
	assert_doc '[.functional_requirements[].stories]' '[["US-001"],["US-001"],["US-003"]]'
	assert_stages functional functional nonfunctional architecture
}

@test "update: what people edited or wrote stays, byte for byte, and that is told" {
	edit '.functional_requirements[0].rationale = "Mine."
		| .non_functional_requirements[0].id = "NFR-002"
		| .functional_requirements[1].stories = ["US-002", "US-001"]'
	nonfunctional=${nonfunctional/NFR-001/NFR-002}
	architecture='{"suggested_architecture":{"change":[{"why":"Rentals.","summary":"One program.","components":[{"name":"shop","responsibility":"All.","depends_on":[]}],"data":[],"interfaces":[],"decisions":[],"risks":[]}]}}'
	edit '.suggested_architecture.risks = ["Rain."]'
	script "$(says_all)"
	update 0
	assert_stderr 'dmr-reqs: NFR-001: retired: it was deleted by hand' \
		'dmr-reqs: FR-001: kept: edited by hand; to be changed: There are bikes for rent.' \
		"${changes[1]}" \
		"dmr-reqs: US-002: kept: a requirement of somebody's own refers to it; to be retired: The shop buys bikes itself." \
		"${changes[3]}" \
		'dmr-reqs: NFR-002: kept: written by hand; to be changed: Rentals take longer.' \
		'dmr-reqs: architecture: kept: edited by hand; to be changed: Rentals.'
	assert_doc '.functional_requirements[:2], .non_functional_requirements, .suggested_architecture' \
		"$(doc '.functional_requirements[:2]' old)" \
		"$(doc .non_functional_requirements old)" \
		"$(doc .suggested_architecture old)"
	assert_doc '.meta | [.retired, (.changes | map(.what) | unique)]' \
		'[["NFR-001"],["added","kept","retired"]]'
}

@test "update: what people deleted is retired, and its id is not used again" {
	edit 'del(.functional_requirements[1], .user_stories[0])'
	functional=${functional/US-002/US-001}
	script "$(says_all)"
	update 0
	assert_stderr 'dmr-reqs: FR-002: retired: it was deleted by hand' \
		'dmr-reqs: US-001: retired: it was deleted by hand' \
		'dmr-reqs: FR-001: changed: no longer refers to US-001' \
		"${changes[@]:0:2}" "${changes[3]}" "${changes[5]}" \
		'dmr-reqs: US-001: to be retired: there is no such thing'
	assert_doc '[.functional_requirements[].id, .user_stories[].id, .meta.retired]' \
		'["FR-001","FR-003","US-002","US-003",["FR-002","US-001"]]'
}

@test "update: what was retired, put back and deleted is told again" {
	script "$(says_all)"
	update 0
	edit '.user_stories[1]' # US-002
	mv old story
	jq --slurpfile story story '.user_stories += $story' doc >old
	end_mock
	functional='{"user_stories":{"add":[],"change":[],"retire":[]},"functional_requirements":{"add":[],"change":[],"retire":[]}}'
	nonfunctional='{"non_functional_requirements":{"add":[],"change":[],"retire":[]}}'
	script "$(says_all)"
	update 0
	jq 'del(.user_stories[] | select(.id == "US-002"))' doc >old
	update 0
	assert_stderr 'dmr-reqs: US-002: retired: it was deleted by hand'
	assert_doc .meta.retired '["US-002"]'
}

@test "update: an id that several lists have is nobody's to retire" {
	edit '.non_functional_requirements[0].id = "FR-001"
		| .meta.generated |= map(select(.id != "NFR-001"))'
	script "$(says_all)"
	update 0
	[[ $stderr == *'dmr-reqs: FR-001: kept: several have this id; to be changed: There are bikes for rent.'$'\n'* ]]
	assert_doc '.functional_requirements[0], .non_functional_requirements' \
		"$(doc '.functional_requirements[0]' old)" \
		"$(doc .non_functional_requirements old)"
}

@test "update: a thing with the id architecture is not the architecture" {
	edit '.functional_requirements[1].id = "architecture" | .suggested_architecture = null
		| .meta.generated |= map(select(.id != "FR-002"))'
	script "$(says_all)"
	update 0
	[[ $stderr == 'dmr-reqs: architecture: retired: it was deleted by hand'$'\n'* ]]
	assert_doc '[.functional_requirements[].id, .meta.retired]' \
		'["FR-001","architecture","FR-002",[]]'
}

@test "update: an id that a conversion gave is not given again" {
	try -0 dmr-reqs --from old -F markdown
	sed 's/^## Non-functional/### New\n\nThe system shall dance.\n\n&/' stdout >old
	try -0 dmr-reqs --from old
	doc '[.functional_requirements[].id, .meta.generated[-1].id]' stdout |
		assert_file /dev/stdin '["FR-001","FR-002","FR-003","FR-003"]'
	jq 'del(.functional_requirements[2])' stdout >old
	script "$(says_all)"
	update 0
	[[ $stderr == 'dmr-reqs: FR-003: retired: it was deleted by hand'* ]]
	assert_doc '[.functional_requirements[].id, .meta.retired]' \
		'["FR-001","FR-002","FR-004",["FR-003","US-002"]]'
}

@test "update: an architecture that nobody has edited may become another" {
	architecture='{"suggested_architecture":{"change":[{"why":"Rentals.","summary":"Two programs.","components":[{"name":"server","responsibility":"Answers.","depends_on":[2]},{"name":"rental","responsibility":"Counts days.","depends_on":[2,6]}],"data":[],"interfaces":[],"decisions":[],"risks":[]}]}}'
	script "$(says_all)"
	update 0
	[[ $stderr == *$'\ndmr-reqs: architecture: changed: Rentals.' ]]
	assert_doc '.suggested_architecture | [.summary, (.components[] | .name, .depends_on)]' \
		'["Two programs.","server",["rental"],"rental",[]]'
	mv doc old
	# The mark is that of the new one.
	edit '.suggested_architecture = null'
	update 0
	[[ $stderr == 'dmr-reqs: architecture: retired: it was deleted by hand'* ]]
	assert_doc '[.suggested_architecture, .meta.retired]' '[null,["US-002"]]'
}

@test "update: what lint finds in what is new is sent back, and no more" {
	edit '.functional_requirements[1].text = "The system shall be fast."'
	script "$(says functional "${functional/store its return date/be easy}" '{"times":1}')" \
		"$(says_all)"
	update 0
	asked | sed -n '/^Your last answer had these problems:$/,/^Answer again/p' >problem
	grep -qE '^FR-003: R02: ' problem
	run -1 grep FR-002 problem
	assert_stages functional functional nonfunctional architecture
	[[ $stderr == *$'\ndmr-reqs: FR-002: R02: '* ]]
	assert_doc '.functional_requirements[2].text' \
		'"When a buyer rents a bike, the system shall store its return date."'
}

@test "update: what a part lacks is made, of the whole idea" {
	edit '.suggested_architecture = null | .meta.incomplete = ["architecture"]
		| .meta.generated |= map(select(.id != "architecture"))'
	architecture=$(sed -n 4p "$tests/data/reqs-answers.jsonl")
	script "$(says_all)"
	update 0
	assert_doc '[.suggested_architecture.components[].name, .meta.incomplete]' \
		'["server","store",[]]'
	# That, too, is a change.
	assert_stderr "${changes[@]}" 'dmr-reqs: architecture: added'
	assert_doc '.meta.changes[-1] | [.id, .what]' '["architecture","added"]'
	asked '.messages[0].content' | grep -c '^You suggest the architecture' |
		assert_file /dev/stdin 1
	asked | grep -c '^also rent bikes$' | assert_file /dev/stdin 3
}

@test "update: an architecture that was made again is nobody's own" {
	local change='{"suggested_architecture":{"change":[{"why":"Rentals.","summary":"Two programs.","components":[{"name":"server","responsibility":"Answers.","depends_on":[]}],"data":[],"interfaces":[],"decisions":[],"risks":[]}]}}'

	edit '.suggested_architecture = null | .meta.incomplete = ["architecture"]'
	architecture=$(sed -n '4s/A server/One server/p' "$tests/data/reqs-answers.jsonl")
	script "$(says_all)"
	try_reqs 0 --from old
	cp stdout old
	doc '[.meta.generated[].id | select(. == "architecture")]' old |
		assert_file /dev/stdin '["architecture"]'
	end_mock
	architecture=$change
	script "$(says_all)"
	update 0
	[[ $stderr == *$'\ndmr-reqs: architecture: changed: Rentals.' ]]
	assert_doc .suggested_architecture.summary '"Two programs."'
}

@test "update: what is made beside what somebody wrote is told" {
	edit '.meta.incomplete = ["nonfunctional"] | .non_functional_requirements[0].text = "Mine shall be 1 s."'
	nonfunctional=$(sed -n 3p "$tests/data/reqs-answers.jsonl")
	script "$(says_all)"
	update 0
	assert_stderr "${changes[@]:0:5}" \
		'dmr-reqs: NFR-002: added: The system shall answer 95 % of requests within 200 ms.'
	assert_doc '[.meta.changes[] | select(.id == "NFR-002") | .what]' '["added"]'
}

@test "update: an architecture that is there is not made beside it" {
	edit '.suggested_architecture = {summary: "Mine."}
		| .meta.incomplete = ["architecture"]
		| .meta.generated |= map(select(.id != "architecture"))'
	script "$(says_all)"
	try_reqs 0 --from old
	assert_stages
	jq -c '[.suggested_architecture.summary, .meta.incomplete]' stdout |
		assert_file /dev/stdin '["Mine.",[]]'
	architecture='{"suggested_architecture":{"change":[{"why":"Rentals.","summary":"Two programs.","components":[{"name":"server","responsibility":"Answers.","depends_on":[]}],"data":[],"interfaces":[],"decisions":[],"risks":[]}]}}'
	end_mock
	script "$(says_all)"
	update 0
	[[ $stderr == *$'\ndmr-reqs: architecture: kept: written by hand; to be changed: Rentals.' ]]
	assert_doc '[.suggested_architecture.summary, (.meta.generated[] | select(.id == "architecture"))]' \
		'["Mine.",{"id":"architecture","sha256":""}]'
}

@test "update: a document of one's own hand is added to" {
	printf '# Shop\n\n## Functional requirements\n\n### FR-007\n\nThe shop shall sell bikes.\n\n### New\n\nThe shop shall buy bikes.\n' >old
	functional=${functional/FR-001/FR-007}
	script "$(says_all)"
	update 0 -F markdown
	[[ $stderr == 'dmr-reqs: FR-007: kept: written by hand; to be changed: There are bikes for rent.'$'\n''dmr-reqs: FR-009: added: '* ]]
	grep -x '> also rent bikes' doc
	grep -cxE '### (FR-00[789]|US-001)' doc | assert_file /dev/stdin 4
	# It was told that there is no US-002 and no NFR-001.
	assert_stages functional functional nonfunctional nonfunctional
	# Nothing to change in lists that are empty.
	asked '.response_format.json_schema.schema["$defs"] |
		.user_stories_retire, .non_functional_requirements_change | select(.) | .const' |
		jq -c . | sort | uniq -c | awk '{ print $1, $2 }' |
		assert_file /dev/stdin '4 []'
}

@test "update: Markdown carries what an update has to know" {
	try -0 dmr-reqs --from old -F markdown </dev/null
	mv stdout old
	script "$(says_all)"
	update 0 -F markdown
	assert_stderr "${changes[@]}"
	mv doc old
	try -0 dmr-reqs --from old -F json </dev/null
	jq -c '[.functional_requirements[].id, .meta.retired]' stdout |
		assert_file /dev/stdin '["FR-001","FR-002","FR-003",["US-002"]]'
}

@test "update: a document stays in its form" {
	try -0 dmr-reqs --from old -F markdown </dev/null
	cp stdout own.md
	cp own.md m.md
	DMR_DISABLE=1 try_reqs 0 -n --from m.md -o m.md rent
	assert_file m.md -f own.md
	DMR_HOST=http://127.0.0.1:1 try_reqs 0 -n --on-error pass --from m.md -o m.md rent
	assert_file m.md -f own.md
	script "$(says_all)"
	try_reqs 0 -n --from m.md rent
	[[ $(head -1 "$BATS_TEST_TMPDIR/stdout") == '# Bike shop' ]]
	# But if another one is wanted, or nothing is new.
	try_reqs 0 -n --from m.md --json rent
	try -0 jq -e '.title == "Bike shop"' "$BATS_TEST_TMPDIR/stdout"
	try_reqs 0 -n --from m.md -F document rent
	try -0 jq -e '.title == "Bike shop"' "$BATS_TEST_TMPDIR/stdout"
	DMR_DISABLE=1 try_reqs 0 -n --from m.md -F json rent
	try -0 jq -e '.title == "Bike shop"' "$BATS_TEST_TMPDIR/stdout"
	try_reqs 0 --from m.md
	assert_stdout -f old
}

@test "update: a part that fails stays as it was, is named, and 8" {
	script "$(says functional No.)" "$(says_all)"
	update 8
	assert_stderr "${changes[5]}" \
		"dmr-reqs: functional: not what the schema says: not JSON: line 1, column 1: 'No.'" \
		'dmr-reqs: 1 of 3 parts was not updated'
	assert_doc '.functional_requirements, .user_stories' \
		"$(doc .functional_requirements old)" "$(doc .user_stories old)"
	assert_doc .meta.incomplete '[]'
}

@test "update: the same update again makes up for a part that failed" {
	script "$(says functional No.)" "$(says_all)"
	update 8
	mv doc old
	end_mock
	script "$(says_all)"
	update 0
	# The other part has been done.
	assert_stderr "${changes[@]:0:5}"
	assert_doc .idea '"a shop for used bikes\n\nalso rent bikes"'
	# What is no paragraph of its own is not the same.
	mv doc old
	try_reqs 0 -n --from old bikes
	doc .idea "$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin \
		'"a shop for used bikes\n\nalso rent bikes\n\nbikes"'
}

@test "update: each part that fails is named if all of them fail" {
	functional=No.
	nonfunctional=No.
	architecture=No.
	script "$(says_all)"
	update 5
	assert_stdout
	assert_stderr "dmr-reqs: "{nonfunctional,architecture,functional}": not what the schema says: not JSON: line 1, column 1: 'No.'"
}

@test "update: questions that fail are not asked unless that is wanted" {
	script "$(says questions No.)" "$(says_all)"
	update 8 --questions 2
	assert_doc .meta.incomplete '[]'
	# But what was lacking before still is.
	edit '.meta.incomplete = ["questions"]'
	update 8
	assert_doc .meta.incomplete '["questions"]'
}

@test "update: nothing comes: nothing is printed, or the document as it is" {
	export DMR_HOST=http://127.0.0.1:1
	update 7
	assert_stdout
	update 7 -o old
	try -0 jq -e .title old
	update 0 --on-error pass
	[[ $stderr == 'dmr-reqs: '*'; the document stays as it is' ]]
	assert_file doc -f old
	DMR_DISABLE=1 update 0
	assert_stderr 'dmr-reqs: disabled by DMR_DISABLE; the document stays as it is'
	assert_file doc -f old
}

@test "update: what is new comes from operands and standard input" {
	script "$(says_all)"
	echo 'rent bikes' | try_reqs 0 --from old also
	doc .idea "$BATS_TEST_TMPDIR/stdout" |
		assert_file /dev/stdin '"a shop for used bikes\n\nalso\n\nrent bikes"'
	echo 'rent bikes' | try_reqs 0 --from old -
	doc .idea "$BATS_TEST_TMPDIR/stdout" |
		assert_file /dev/stdin '"a shop for used bikes\n\nrent bikes"'
	try_reqs 0 --from - also rent bikes <old
	doc .idea "$BATS_TEST_TMPDIR/stdout" |
		assert_file /dev/stdin '"a shop for used bikes\n\nalso rent bikes"'
	export DMR_HOST=http://127.0.0.1:1
	echo ' ' | try_reqs 26 --from old -
	assert_stderr 'dmr-reqs: standard input is empty'
	# Without an operand it is not read: a loop or a hook has its own in it.
	{
		try_reqs 0 --from old
		cat >rest
	} <<<'rent bikes'
	assert_stdout -f old
	assert_file rest 'rent bikes'
	echo 'rent bikes' | try_reqs 0 -n --from old
	assert_stdout -f old
	try_reqs 0 --from old </dev/null
	assert_stdout -f old
	try_reqs 2 -n --from old ' '
	assert_stderr "dmr-reqs: no idea; try: dmr-reqs -n 'a shop for used bikes'"
	try_reqs 2 -n --from old -
	assert_stdout
}

@test "update: questions are asked if that is wanted" {
	script "$(says_all)"
	update 0 --questions 1
	assert_stages questions functional nonfunctional architecture
	assert_doc '[.open_questions[].question, .assumptions]' \
		'["Who sells the bikes?",["Who sells the bikes? Assumed: The shop"]]'
	mv doc old
	update 0 --questions 2
	# What was asked is not asked, or assumed, again.
	assert_doc '[.open_questions[].id, (.assumptions | length)]' '["Q-001","Q-002",2]'
	[[ $stderr == *'dmr-reqs: Q-002: added: How is a bike paid?'* ]]
	assert_doc '[.meta.generated[].id | select(startswith("Q"))]' '["Q-001","Q-002"]'
}

@test "update: a question that was deleted is retired like all else" {
	script "$(says_all)"
	update 0 --questions 2
	jq 'del(.open_questions[1])' doc >old
	end_mock
	questions='{"open_questions":[{"question":"What color?","options":["Red","Blue"],"why":"It is listed."}]}'
	script "$(says_all)"
	update 0 --questions 2
	[[ $stderr == 'dmr-reqs: Q-002: retired: it was deleted by hand'$'\n''dmr-reqs: Q-003: added: What color?'$'\n'* ]]
	assert_doc '[.open_questions[].id, .meta.retired]' '["Q-001","Q-003",["US-002","Q-002"]]'
}

@test "update: V16: a model changes no question" {
	script "$(says_all)"
	update 0 --questions 2
	mv doc old
	end_mock
	mkdir mine
	cp "$top"/prompts/reqs-functional-update.prompt mine
	echo '{"type":"object","properties":{"functional_requirements":{"type":"object"}}}' \
		>mine/reqs-functional-update.schema.json
	functional='{"open_questions":{"add":[{"question":"Why?"}],"change":[{"id":"Q-001","why":"w","question":"Who?"}],"retire":[{"id":"Q-002","why":"w"}]}}'
	nonfunctional='{"non_functional_requirements":{"add":[],"change":[],"retire":[]}}'
	script "$(says_all)"
	DMR_TEMPLATE_PATH=$PWD/mine update 0
	assert_stderr
	assert_doc .open_questions "$(doc .open_questions old)"
}

@test "update: --dry-run, formats, --json, -q, and what cannot be" {
	update 0 --dry-run
	jq -r .custom_id doc | tr '\n' ' ' |
		assert_file /dev/stdin -n 'functional nonfunctional architecture '
	script "$(says_all)"
	update 0 -F records
	jq -r .id doc | tr '\n' ' ' |
		assert_file /dev/stdin -n 'FR-001 FR-002 FR-003 NFR-001 US-001 US-003 '
	update 0 --json
	(($(wc -l <doc) == 1))
	update 0 -q
	assert_stderr
	cp old kept
	try_reqs 2 -n --dry-run --from old -o old rent
	assert_file old -f kept
	try_reqs 2 -b --from old <<<'"x"'
	assert_stderr 'dmr-reqs: --from is not for records'
}

@test "update: what a model says is shown as text" {
	functional=${functional/There are/There\\u001b[31m\\n are\\u202e}
	script "$(says_all)"
	update 0
	[[ $stderr != *$'\e'* && $stderr != *$'\u202e'* ]]
	[[ ${stderr%%$'\n'*} == 'dmr-reqs: FR-001: changed: There [31m are'*' bikes for rent.' ]]
}
