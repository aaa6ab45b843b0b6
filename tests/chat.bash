# shellcheck shell=bash disable=SC2034,SC2154 # variables of others
# chat.bash - words for the tests of dmr-chat: load lib, then load chat
#
# They play answers of every kind, and look at what was asked.

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
}

# ---- playing a server

# Serves the answer TEXT ... (a delta each) to every request.
serve_all() {
	serve < <(
		printf 'repeat\nread\nsse\nrole\n'
		printf 'delta "%s"\n' "$@"
		printf 'finish stop\ndone\n'
	)
}

# Serves what is on standard input, behind the head of a stream, to every
# request.
stream() {
	serve < <(printf 'repeat\nread\nsse\nrole\n' && cat)
}

# ---- what was asked, and what came of it

# The value in the Nth request's body that the jq filter says.
asked() { request "$1" | jq -c "$2"; }

# The text of the last message of the Nth request, and nothing else.
assert_prompt() { # N TEXT
	request "$1" | jq -j '.messages[-1].content' >prompt
	assert_file prompt -n "$2"
}

# The values in the Nth request's body are these lines of JSON.
assert_asked() { # N FILTER LINE ...
	asked "$1" "$2" >values
	assert_file values "${@:3}"
}

# It ends with STATUS and one line.  Until a test serves something, a request
# would make it 7: nothing was sent.
refused() { # -STATUS LINE [ARGUMENT ...]
	try "$1" dmr-chat "${@:3}" </dev/null
	assert_stdout
	assert_stderr "dmr-chat: $2"
}

assert_gone() { # FILE
	[[ ! -e $1 ]] || { echo "$1 is there" && cat "$1" && false; }
}

# There is something in FILE, but TEXT is not.
refute_in() { # TEXT FILE
	[[ -s $2 ]] || return
	! grep -F -- "$1" "$2"
}

# What -f makes of a file.
block() { # NAME TEXT
	local mark text=$2

	mark=$(printf %s "$2" | sha256sum)
	[[ $text == *$'\n' || ! $text ]] || text+=$'\n'
	printf -- '--- begin %s %.32s ---\n%s--- end %s %.32s ---' \
		"$1" "$mark" "$text" "$1" "$mark"
}

# Makes a file that holds TEXT, no newline added.
file() { # NAME TEXT
	printf %s "$2" >"$1"
}

# Makes nobody the words before a command that then has no right of root's.
as_nobody() {
	nobody=()
	((EUID)) || nobody=(setpriv
		'--bounding-set=-dac_override,-dac_read_search')
}

cut_error='the answer was cut at the token limit; try: a larger --max-tokens, or --cut-ok'

# ---- things to send, and answers

# Makes i.png, i.jpeg, i.gif and i.webp: little more than their first bytes.
images() {
	cp "$tests/data/pixel.png" i.png
	printf '\xff\xd8\xff\xe0\0\x10JFIF\0' >i.jpeg
	printf 'GIF89a\1\0\1\0' >i.gif
	printf 'RIFF\x24\0\0\0WEBPVP8 ' >i.webp
}

# The data URL of an image, as JSON.
url() { # TYPE FILE
	printf '"data:image/%s;base64,%s"' "$1" "$(base64 -w 0 "$2")"
}

# A conversation as it is after these texts, by turns of user and assistant.
turns() {
	local role=user text

	for text; do
		jq -nc --arg role $role --arg text "$text" \
			'{role: $role, content: $text}'
		[[ $role == user ]] && role=assistant || role=user
	done
}

# A schema in both forms, and what holds to it.
short='name, age int, tags str[]: labels, note?'
long='{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},"tags":{"type":"array","items":{"type":"string"},"description":"labels"},"note":{"type":"string"}},"required":["name","age","tags"],"additionalProperties":false}'
ann='{"name":"Ann","age":3,"tags":["a"]}'

# Serves this JSON as the answer to every request, two deltas.
serve_json() {
	local part parts=()

	for part in "${1:0:5}" "${1:5}"; do
		part=${part//\\/\\\\}
		parts+=("${part//\"/\\\"}")
	done
	serve_all "${parts[@]}"
}

# A definition of a tool, and calls of two that come in pieces.
tools='[ {"type":"function", "function":{"name":"get","parameters":{"x":12345678901234567890}}} ]'
calls='[{"id":"c1","type":"function","function":{"name":"get","arguments":"{\"a\":\"ü\"}"}},{"id":"c2","type":"function","function":{"name":"put","arguments":"{}"}}]'

serve_calls() {
	stream <<-'EOF'
		delta "let me"
		event '{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"get","arguments":""}}]}}]}'
		event '{"choices":[{"delta":{"tool_calls":[{"index":1,"id":"c2","type":"function","function":{"name":"put","arguments":"{"}}]}}]}'
		event '{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}},{"index":1,"function":{"arguments":"}"}}]}}]}'
		event '{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"\u00fc\"}"}}]}}]}'
		finish tool_calls
	EOF
}

# An answer with all that --json tells of.
serve_usage() {
	stream <<-'EOF'
		event '{"choices":[{"delta":{"reasoning_content":"hm"}}]}'
		delta "Hel\n"
		delta "l\"\xc3\xb6"
		finish stop
		event '{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13,"prompt_tokens_details":{"cached_tokens":5}}}'
		done
	EOF
}
