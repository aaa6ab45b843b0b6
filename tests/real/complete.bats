# shellcheck shell=bash disable=SC2154 # variables of others
# dmr-complete against a real model runner, held to what curl gets of it.
load ../lib
load real

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	export DMR_HOST=unix://$RUNNER_SOCKET
	complete=(dmr-complete -m ai/smollm2 --temperature 0)
}

# What the server says to this prompt, in so many tokens.
says() { # PROMPT N
	jq -n --arg prompt "$1" --argjson n "$2" '{model: "ai/smollm2",
		prompt: $prompt, max_tokens: $n, temperature: 0}' |
		curl -sf --unix-socket "$RUNNER_SOCKET" -d @- \
			http://localhost/engines/v1/completions |
		jq -j '.choices[0].text'
}

@test "real: a continuation is what the server says, streamed or not" {
	local text

	for text in 'The capital of France is' 'Übergrößenträger sind' '👍🏽 👍🏽' \
		$'a\r\nb\r\n' $'\ufeff1, 2, 3,'; do
		says "$text" 12 >wanted_text
		for how in --stream --no-stream; do
			try -0 "${complete[@]}" --max-tokens 12 --cut-ok "$how" \
				< <(printf %s "$text")
			assert_stdout -f wanted_text
			assert_stderr
		done
	done
	says 'The capital of France is' 12 | grep -q '^ Paris'
}

@test "real: NUL becomes U+FFFD, with a warning" {
	says 'a�b' 5 >wanted_text
	try -0 "${complete[@]}" --max-tokens 5 --cut-ok < <(printf 'a\0b')
	assert_stdout -f wanted_text
	assert_stderr 'dmr-complete: standard input: 1 bytes are no UTF-8 text, U+FFFD is sent instead'
}

@test "real: cut is exit 3, its text printed; a stop word ends it well" {
	try -3 "${complete[@]}" --max-tokens 3 < <(printf 'The capital of France is')
	assert_stdout -n $' Paris.\n'
	assert_stderr 'dmr-complete: the answer was cut at the token limit; try: a larger --max-tokens, or --cut-ok'
	try -0 "${complete[@]}" --max-tokens 9 --stop . \
		< <(printf 'The capital of France is')
	assert_stdout -n ' Paris'
	try -0 "${complete[@]}" --max-tokens 9 --stop ' Paris' --echo \
		< <(printf 'The capital of France is')
	assert_stdout -n 'The capital of France is'
}

@test "real: one MB in one line does not fit the context: exit 3" {
	head -c 1000000 /dev/zero | tr '\0' x >long
	try -3 "${complete[@]}" --max-tokens 3 <long
	assert_stdout
	[[ $stderr == "dmr-complete: the prompt has "*" tokens, the model's context 8192; "* ]]
}

# dmr-complete(1) says so: if it becomes false, the page has to.
@test "real: this server passes over a suffix without a word" {
	says 'def f(' 5 >wanted_text
	try -0 "${complete[@]}" --max-tokens 5 --cut-ok --suffix ' = one two three' \
		< <(printf 'def f(')
	assert_stdout -f wanted_text
	try -0 "${complete[@]}" --max-tokens 5 --cut-ok --suffix '): pass' \
		--json < <(printf 'def f(')
	jq .usage.prompt_tokens stdout | assert_file /dev/stdin 3
}

@test "real: records, their cache and their batch lines" {
	printf '%s\n' '{"id":1,"prompt":"The capital of France is","stop":"."}' \
		'{"id":2,"prompt":"","suffix":"x"}' '"One, two, three,"' >in
	mkdir cache
	for _ in 1 2; do
		try -8 "${complete[@]}" -b --max-tokens 6 --cache cache --log log <in
		sed -n 1p stdout | assert_file /dev/stdin \
			'{"id":1,"prompt":"The capital of France is","stop":".","completion":" Paris"}'
		jq -c '[.completion_error.exit, .completion_error.text]' stdout |
			sed 1d | assert_file /dev/stdin '[3,null]' '[3," four, five, six,"]'
	done
	jq -c .cached log | sort | uniq -c | sed 's/^ *//' |
		assert_file /dev/stdin '5 false' '1 true'
	try -0 "${complete[@]}" -b --max-tokens 6 --dry-run <in
	cp stdout lines
	try -0 dmr-complete -b --cut-ok <lines
	jq -c '[.custom_id, .response.body.choices[0].text]' stdout |
		assert_file /dev/stdin '["1"," Paris"]' '["2",""]' \
			'["3"," four, five, six,"]'
}
