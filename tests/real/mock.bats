# shellcheck shell=bash disable=SC2154 # variables of others
# dmr-mock before a real model runner: realistic answers while it is there,
# answers all the same when it is not.
load ../lib
load ../mock
load real

setup() {
	mock_setup
	export DMR_HOST=unix://$RUNNER_SOCKET
	chat=(dmr-chat -n -m ai/smollm2 --temperature 0 --max-tokens 40)
	question='What is the capital of France? One sentence.'
}

@test "real: --upstream auto is the runner while it runs, then the mock, then the runner" {
	mock --upstream auto
	for _ in 1 2; do
		for how in --stream --no-stream; do
			try -0 "${chat[@]}" "$how" "$question"
			assert_stdout 'The capital of France is Paris.'
			assert_stderr
		done
		try -0 dmr-models
		assert_stdout $'ai/smollm2\t134.52M\tMOSTLY_Q4_1\t92.10MiB\t8192\tyes'
		stop_runner
		for how in --stream --no-stream; do
			try -0 "${chat[@]}" "$how" "$question"
			assert_stdout "$question"
			assert_stderr
		done
		try -0 dmr-models
		assert_stdout $'ai/smollm2\t1.00M\tMOSTLY_Q4_1\t1.00MiB\t4096\tyes'
		start_runner
	done
	assert_file said
}

@test "real: what the runner refuses is refused in its words" {
	mock --upstream auto
	for path in /engines/v1/models/ai/nope /models/ai/nope /engines/nothing; do
		try -0 ask "$host$path"
		assert_file <(ask --unix-socket "$RUNNER_SOCKET" \
			"http://localhost$path") -f "$BATS_TEST_TMPDIR/stdout"
		[[ $output == *404 ]]
	done
	try -6 dmr-chat -n -m ai/nope hi
	assert_stdout
}

@test "real: what was recorded of the runner is said again without it" {
	mock --upstream auto --record answers.jsonl
	try -0 "${chat[@]}" "$question"
	try -0 "${chat[@]}" --no-stream -S 'city, country' "$question"
	cp stdout place
	end_mock
	mock --replay answers.jsonl
	try -0 "${chat[@]}" "$question"
	assert_stdout 'The capital of France is Paris.'
	try -0 "${chat[@]}" --no-stream -S 'city, country' "$question"
	assert_stdout -f place
	try -0 dmr-chat -n -m ai/smollm2 'Something else'
	assert_stdout 'Something else'
}

@test "real: odd requests are answered, or refused, as dmr-mock does" {
	load ../requests
	try -0 ask_requests http://localhost --unix-socket "$RUNNER_SOCKET"
	assert_stdout
	assert_stderr
}
