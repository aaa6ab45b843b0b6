# shellcheck shell=bash disable=SC2154
# dmr-reqs with a real model: SmolLM2, who is no analyst; what counts is that the
# document holds to its schema, that ids are unique and links whole, and that
# what is missing is said.
load ../lib
load real

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	export DMR_HOST=unix://$RUNNER_SOCKET DEADLINE=1100
	ideas=('a shop for used bikes' 'a timer for runners'
		'a calendar for a choir' 'an app that finds free parking lots'
		'a chat for neighbours' 'a diary that nobody else can read'
		'software for a small library' 'a game about trains'
		'eine Vereinsverwaltung' 'watering plants while I am away')
	ideas=("${ideas[@]:0:${IDEAS:-2}}") # tests/wide/reqs-real: all
}

# holds FILE: a document is what its schema says, which is asked of dmr-chat: a
# server says the document.  It checks no patterns.
holds() {
	jq 'del(."$defs".id.pattern)' "$top/prompts/requirements.schema.json" \
		>schema.json
	printf '{"text":%s}\n' "$(jq -c . "$1" | jq -Rs .)" >script
	# shellcheck disable=SC2016 # for the inner shell to expand
	dmr-mock --script script -- sh -c \
		'dmr-chat -m m -n -S "@$0" x >/dev/null' schema.json
}

# whole FILE: ids are unique, and what is linked to is there.
whole() {
	jq -e '
		[.functional_requirements[].id, .non_functional_requirements[].id,
			.user_stories[].id, .open_questions[].id] as $ids |
		[.user_stories[].id] as $stories |
		(.suggested_architecture.components // [] | map(.name)) as $names |
		($ids | length == (unique | length)) and
		($names | length == (unique | length)) and
		([.functional_requirements[].stories[]] - $stories == []) and
		([.suggested_architecture.components // [] | .[].depends_on[]] -
			$names == []) and
		all(.functional_requirements[]; .id | test("^FR-[0-9]{3}$")) and
		all($stories[]; test("^US-[0-9]{3}$"))' "$1" >/dev/null
}

# check STATUS FILE IDEA STDERR: 0, or 8 with the names of what is missing.
check() {
	local part

	[[ $1 == 0 || $1 == 8 ]]
	holds "$2"
	whole "$2"
	[[ $(jq -r .idea "$2") == "$3" ]]
	[[ $1 == 8 || $(jq '.meta.incomplete | length' "$2") == 0 ]]
	while read -r part; do
		grep -q "^dmr-reqs: .*$part: " "$4"
	done < <(jq -r '.meta.incomplete[]' "$2")
}

# Short answers, for there are many.
@test "real: ideas, a line each" {
	local idea n=0

	printf '%s\n' "${ideas[@]}" >ideas
	try dmr-reqs -l -m ai/smollm2 --questions 0 --max-tokens 700 --seed 1 <ideas
	cp stdout out
	cp stderr said
	((status == 0 || status == 8))
	(($(wc -l <out) == ${#ideas[@]}))
	for idea in "${ideas[@]}"; do
		n=$((n + 1))
		sed -n "${n}p" out >line
		jq -e .requirements line >doc || { cat line && false; }
		check "$status" doc "$idea" said
	done
}

@test "real: an idea, its questions, and their answers" {
	try dmr-reqs -n --ask -m ai/smollm2 --seed 1 "${ideas[0]}"
	((status == 0))
	jq '.questions[].answer = "yes"' stdout >answers
	try dmr-reqs -n --answers answers -m ai/smollm2 --max-tokens 700 --seed 1 "${ideas[0]}"
	cp stdout doc
	cp stderr said
	check "$status" doc "${ideas[0]}" said
	[[ $(jq -c '[.open_questions[].answer] | unique' doc) == '["yes"]' ||
		$(jq -c .open_questions doc) == '[]' ]]
}
