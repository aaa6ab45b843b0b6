# shellcheck shell=bash disable=SC2154
# The tools against a real model runner.  What a model of 135M says is not
# looked at closer than a sampling temperature of 0 allows.
load ../lib
load real

setup() {
	lib_setup
	export DMR_HOST=unix://$RUNNER_SOCKET
	chat=(dmr-chat -m ai/smollm2 --temperature 0)
}

manage() { # METHOD PATH [BODY]
	curl -sf --unix-socket "$RUNNER_SOCKET" -X "$1" ${3:+-d "$3"} \
		"http://localhost$2"
}

# Wait until /engines/ps holds what the filter says.
until_ps() {
	local end=$((SECONDS + DEADLINE))

	until manage GET /engines/ps | jq -e "$1" >/dev/null; do
		((SECONDS < end)) || return 1
		read -r -t 0.05 _ <> <(:) || :
	done
}

@test "real: a cold load is followed by a streamed answer" {
	manage POST /engines/unload '{"models":["ai/smollm2"]}'
	until_ps 'length == 0'
	try -0 "${chat[@]}" -n 'What is the capital of France? One sentence.' \
		--max-tokens 40
	assert_stdout 'The capital of France is Paris.'
	assert_stderr
}

@test "real: without a stream the answer is the same" {
	try -0 "${chat[@]}" -n 'What is the capital of France? One sentence.' \
		--max-tokens 40 --no-stream
	assert_stdout 'The capital of France is Paris.'
	assert_stderr
}

@test "real: no model named, the only one there is answers" {
	try -0 dmr-chat --temperature 0 --max-tokens 40 -n \
		'What is the capital of France? One sentence.'
	assert_stdout 'The capital of France is Paris.'
}

@test "real: an answer cut by --max-tokens is exit 3, and 0 with --cut-ok" {
	try -3 "${chat[@]}" -n --max-tokens 5 'Tell me a long story'
	[[ $(wc -l <"$BATS_TEST_TMPDIR/stdout") -eq 1 ]]
	assert_stderr "dmr-chat: the answer was cut at the token limit; try: \
a larger --max-tokens, or --cut-ok"
	cut=$output
	try -0 "${chat[@]}" -n --max-tokens 5 --cut-ok 'Tell me a long story'
	assert_stdout "$cut"
	assert_stderr
}

@test "real: a prompt beyond the context is exit 3 and names both numbers" {
	yes word | head -9000 >"$BATS_TEST_TMPDIR/long"
	try -3 "${chat[@]}" --max-tokens 5 <"$BATS_TEST_TMPDIR/long"
	assert_stdout
	[[ $stderr == "dmr-chat: the prompt has 18029 tokens, the model's \
context 8192; try: a shorter input, or dmr-models configure --context-size \
"* ]]
}

@test "real: a missing model is exit 6" {
	try -6 dmr-chat -m ai/nope -n hi
	assert_stdout
	assert_stderr "dmr-chat: no model 'ai/nope' on '$DMR_HOST'; try: \
dmr-models pull ai/nope"
	try -6 dmr-models warm ai/nope
	assert_stdout
}

@test "real: SIGINT in mid-answer ends us and the server's work" {
	mkfifo "$BATS_TEST_TMPDIR/answer"
	start "${chat[@]}" -n -o "$BATS_TEST_TMPDIR/answer" \
		-O ignore_eos=true --max-tokens 4000 'Count from one to ten.'
	exec 4<"$BATS_TEST_TMPDIR/answer"
	read -r -n 1 -u 4 _
	until_ps 'any(.in_use)'
	kill -INT "$pid"
	finish -130
	exec 4<&-
	until_ps 'all(.in_use | not)'
}

@test "real: warm loads a model without asking it" {
	manage POST /engines/unload '{"models":["ai/smollm2"]}'
	until_ps 'length == 0'
	try -0 dmr-models warm ai/smollm2
	assert_stdout
	[[ $stderr =~ ^'dmr-models: ai/smollm2 is loaded, after '[0-9.]+s$ ]]
	until_ps 'any(.mode == "completion" and (.loading | not))'
}

@test "real: list tells name, size, context and what is loaded" {
	try -0 dmr-models warm ai/smollm2
	try -0 dmr-models list
	assert_stdout $'ai/smollm2\t134.52M\tMOSTLY_Q4_1\t92.10MiB\t8192\tyes'
	try -0 dmr-models list --names
	assert_stdout ai/smollm2
	try -0 dmr-models list --json
	[[ $(jq -c '[.name, .id, .context, .loaded]' <<<"$output") == \
		'["ai/smollm2","docker.io/ai/smollm2:latest",8192,true]' ]]
}

@test "real: status tells where the server is and what it runs" {
	try -0 dmr-models status
	[[ $output == "host	$DMR_HOST"$'\n'"version	v"* ]]
	[[ $output == *$'\n'"engine llama.cpp	Running: llama.cpp "* ]]
	try -0 dmr-models status --json
	[[ $(jq -r .host <<<"$output") == "$DMR_HOST" ]]
	[[ $(jq -r '.engines["llama.cpp"]' <<<"$output") == Running:* ]]
}

@test "real: a template, standard input and a stop word" {
	try -0 dmr-chat -m ai/smollm2 --temperature 0 --max-tokens 60 --cut-ok \
		-t summarize <"$BATS_TEST_DIRNAME/../../LICENSE"
	[[ $output ]]
	try -0 "${chat[@]}" -n --max-tokens 60 --stop four \
		'Count from one to ten in words.'
	[[ $output != *four* ]]
}

@test "real: a reader that goes away ends the answer at once" {
	# Without ignore_eos the model may be done in a few words, in time.
	# shellcheck disable=SC2016 # for the inner shell to expand
	run -141 bash -c 'dmr-chat -m ai/smollm2 --temperature 0 -n \
		--max-tokens 4000 -O ignore_eos=true "Count to ten thousand." |
		head -c 3 >/dev/null; exit "${PIPESTATUS[0]}"'
	until_ps 'all(.in_use | not)'
}

@test "real: an answer that must hold to a schema does" {
	try -0 "${chat[@]}" -n --max-tokens 60 -S 'city, country' \
		'Where is the Eiffel tower?'
	jq -e '(.city | type) == "string" and (.country | type) == "string" and
		length == 2' "$BATS_TEST_TMPDIR/stdout"
	try -0 "${chat[@]}" -n --max-tokens 60 -S 'city, country' \
		--jq '.country' 'Where is the Eiffel tower?'
	assert_stdout France
}

@test "real: JSON that is cut in its middle is exit 3, nothing is printed" {
	try -3 "${chat[@]}" -n --max-tokens 6 -S 'city, country' \
		'Where is the Eiffel tower?'
	assert_stdout
	assert_stderr "dmr-chat: the answer was cut at the token limit; try: \
a larger --max-tokens, or --cut-ok"
}

@test "real: a picture for a model that cannot see is exit 22, in its words" {
	try -22 "${chat[@]}" -n -a "$tests/data/pixel.png" 'What is this?'
	assert_stdout
	[[ $stderr == "dmr-chat: '$DMR_HOST' answered 500: image input is not \
supported"* ]]
}

@test "real: a conversation of five turns uses the server's cache" {
	local file=$BATS_TEST_TMPDIR/talk.jsonl cached=-1 now n

	for n in one two three four five; do
		try -0 "${chat[@]}" -n -c "$file" -s 'You are terse.' --json \
			--max-tokens 20 --cut-ok "Say the word $n."
		now=$(jq .usage.cached_tokens <<<"$output")
		((now > cached))
		cached=$now
	done
	jq -r .role "$file" | paste -sd ' ' | assert_file /dev/stdin \
		"system$(printf ' user assistant%.0s' {1..5})"
}

@test "real: --assert says yes and no" {
	try -0 "${chat[@]}" -n --max-tokens 20 -S 'n int' --assert '.n == 3' \
		'Give n the value 3.'
	jq -e '.n == 3' <<<"$output"
	try -1 "${chat[@]}" -n --max-tokens 20 -S 'n int' --assert '.n > 5' \
		'Give n the value 3.'
	jq -e '.n == 3' <<<"$output"
	assert_stderr
}

@test "real: tokens are counted, as the server counts them in an answer" {
	try -0 "${chat[@]}" -n --count 'Name a colour.'
	[[ $output =~ ^[0-9]+$ ]]
	count=$output
	try -0 "${chat[@]}" -n --json --max-tokens 1 --cut-ok 'Name a colour.'
	[[ $(jq .usage.prompt_tokens <<<"$output") == "$count" ]]
}
