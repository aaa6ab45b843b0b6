# shellcheck shell=bash disable=SC2154,SC2030,SC2031
# dmr-check against a real model runner.
load ../lib
load real

setup() {
	need curl jq
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	export DMR_HOST=unix://$RUNNER_SOCKET
}

# The detail of a check, if it came to that.
told() { # STATUS WHAT
	sed -n "s/^$1	$2	//p" stdout | grep .
}

@test "real: a runner with a model is well, cold and warm" {
	try -0 dmr-check
	assert_stderr
	[[ $(wc -l <stdout) == 18 ]]
	told ok server | grep -qx "$DMR_HOST (DMR_HOST)"
	told ok network | grep -q 'Unix socket'
	told ok clock | grep -qx 'the same as here'
	told ok version | grep -qxE 'v1\.2\.[0-9]+'
	told ok engines | grep -q '^llama.cpp: Running: llama.cpp '
	told ok disk | grep -qxE 'models [0-9.]+MB, engine [0-9.]+MB'
	told ok models | grep -qx '1: ai/smollm2'
	told ok model | grep -qx 'ai/smollm2 (the only one), 134.52M, MOSTLY_Q4_1, 92.10MiB'
	told ok context | grep -qx "8192 tokens, the model's"
	told '[a-z]*' answer |
		grep -qE '^first token after [0-9.]+m?s, with loading, then [0-9.]+ tokens/s'
	told ok streaming | grep -qxE '[0-9]+ tokens, as they were made'
	told ok gpu | grep -qx 'CPU: the engine uses no GPU'
	told ok log | grep -qx 'no error in it'
	told ok summary | grep -qE '^17 ok|^16 ok'
	try -0 dmr-check
	told '[a-z]*' answer | grep -qE '^first token after [0-9]+ms, then '
}

@test "real: it leaves the runner as it was, but for the model it has loaded" {
	local each

	for each in before after; do
		{
			dmr-models --names
			curl -sf --unix-socket "$RUNNER_SOCKET" \
				http://localhost/engines/_configure
		} >"$each"
		dmr-check >/dev/null
	done
	assert_file after -f before
}

@test "real: a model that is not there, and vectors that it cannot make" {
	try -1 dmr-check -m ai/none
	told fail model | grep -qx "no model 'ai/none' on '$DMR_HOST'; try: dmr-models pull ai/none"
	try -1 dmr-check --embed-model ai/smollm2
	told fail embedding | grep -q 'try: dmr-models configure ai/smollm2 --mode embedding -- --pooling mean'
	dmr-models -q configure ai/smollm2 --mode embedding -- --pooling mean
	try -0 dmr-check --embed-model ai/smollm2
	told ok embedding | grep -qE '^ai/smollm2: 576 numbers after '
}

@test "real: a proxy before it that keeps the answer" {
	local port

	need socat
	mkfifo ready
	socat -d -d TCP-LISTEN:0,bind=127.0.0.1,fork,reuseaddr \
		"UNIX-CONNECT:$RUNNER_SOCKET" 2>said 3>&- &
	rawd_pids+=($!)
	rawd_folders+=(/nonexistent)
	until port=$(sed -n 's/.* listening on .*:\([0-9]*\)$/\1/p' said) &&
		[[ $port ]]; do
		sleep 0.05
	done
	try -0 dmr-check -H "http://127.0.0.1:$port"
	told ok streaming
	told ok network | grep -qx "port $port is for this machine alone"
	python "$tests/buffer.py" "$port" >ready 3>&- &
	rawd_pids+=($!)
	rawd_folders+=(/nonexistent)
	read -r -t "$DEADLINE" port <ready
	try -0 dmr-check -H "http://127.0.0.1:$port"
	told warn streaming | grep -qE '^[0-9]+ tokens came in 1 piece: '
}

@test "real: a runner without a model" {
	"$top/runner/runner" start -e "$BATS_TEST_TMPDIR/r" >socket
	DMR_HOST=unix://$(<socket) try -1 dmr-check
	"$top/runner/runner" stop "$BATS_TEST_TMPDIR/r"
	told fail models | grep -qx 'the server has none; try: dmr-models pull ai/smollm2'
	told warn answer | grep -qx 'not checked: there is no model to ask'
}
