# shellcheck shell=bash disable=SC2154,SC2034 # variables of others and for them
# reqs.bash - for the tests of dmr-reqs: load reqs, after lib and mock.

# What a model says in each stage, with nothing that lint finds fault with.
reqs_setup() {
	mock_setup
	{
		read -r questions
		read -r functional
		read -r nonfunctional
		read -r architecture
	} <"$tests/data/reqs-answers.jsonl"
}

key_of() { # STAGE
	case $1 in
	questions) echo open_questions ;;
	functional) echo functional_requirements ;;
	nonfunctional) echo non_functional_requirements ;;
	architecture) echo suggested_architecture ;;
	esac
}

# says STAGE TEXT [JSON]: a line of a scenario: in this stage the model says so,
# with what JSON has for that line.
says() {
	jq -cn --arg key "$(key_of "$1")" --arg text "$2" --argjson more "${3:-{\}}" '
		{jq: (".body.response_format.json_schema.schema.properties |
			has(\"" + $key + "\")"), $text} + $more'
}

# The whole of it, for what has no line of its own before.
says_all() {
	local stage

	for stage in questions functional nonfunctional architecture; do
		says "$stage" "${!stage}"
	done
}

# try_reqs STATUS [OPTION ...]
try_reqs() { try "-$1" dmr-reqs -m ai/smollm2 "${@:2}"; }

# reqs STATUS [OPTION ...]: of an idea; the document is in the file doc.
reqs() {
	try_reqs "$1" -n "${@:2}" a shop for used bikes
	cp "$BATS_TEST_TMPDIR/stdout" doc
}

# doc FILTER [FILE]: what jq makes of it, in one line each.
doc() { jq -c "$1" "${2-doc}"; }

# assert_doc FILTER LINE ...
assert_doc() {
	doc "$1" >"$BATS_TEST_TMPDIR/filtered"
	assert_file "$BATS_TEST_TMPDIR/filtered" "${@:2}"
}

# asked [FILTER]: what was sent, of each request in turn; the user's message.
asked() {
	curl -s "$host/__mock/requests" |
		jq -r "select(.body.messages) | .body | ${1-.messages[1].content}"
}

# The stages that were asked, in their order.
assert_stages() {
	asked '.response_format.json_schema.schema.properties | keys[]' |
		sed -n 's/^open_questions$/questions/p; s/^functional_req.*/functional/p
			s/^non_functional_req.*/nonfunctional/p; s/^suggested_.*/architecture/p' |
		tr '\n' ' ' | assert_file /dev/stdin -n "${*:+$* }"
}

# answered TEXT: the body of an answer that says so, for rawd.
answered() {
	jq -cn --arg text "$1" '{choices: [{index: 0, finish_reason: "stop",
		message: {role: "assistant", content: $text}}]}' |
		sed "s/'/\\\\u0027/g"
}
