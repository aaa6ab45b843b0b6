# shellcheck shell=bash disable=SC2154,SC2034 # variables of others and for them
# mock.bash - for tests that start dmr-mock: load mock, after lib.
#
# A file with a setup or teardown of its own calls mock_setup and
# mock_teardown.

setup() { mock_setup; }

teardown() { mock_teardown; }

mock_setup() {
	lib_setup
	need curl jq
	cd "$BATS_TEST_TMPDIR" || return
	mocks=()
}

# Every mock ends as it is told to, however it was treated.
mock_teardown() {
	local each bad=0

	for each in "${mocks[@]}"; do
		end_mock "$each" || bad=1
	done
	lib_teardown || bad=1
	return "$bad"
}

# mock [OPTION ...]: starts one; sets mock_pid, host, port and DMR_HOST.  What
# it says on standard error is in the file said.
mock() {
	rm -f address # the last one may still have it open
	mkfifo address
	env --default-signal=INT,PIPE "$BUILD/dmr-mock" "$@" \
		>address 2>said 3>&- &
	mock_pid=$!
	mocks+=("$mock_pid")
	read -r -t "$DEADLINE" host <address
	port=${host##*:}
	export DMR_HOST=$host
}

# AddressSanitizer keeps what is freed, and looks for leaks itself.
is_asan() { nm "$BUILD/dmr-mock" | grep -q __asan_init; }

# script LINE ...: a mock that plays these.
script() {
	printf '%s\n' "$@" >script
	mock --script script
}

# end_mock [PID [STATUS]]: by SIGTERM, of which it dies, or ends with STATUS.
end_mock() {
	local pid=${1:-$mock_pid} status=0 i

	kill "$pid"
	wait "$pid" || status=$?
	for i in "${!mocks[@]}"; do
		[[ ${mocks[i]} != "$pid" ]] || unset "mocks[i]"
	done
	((status == ${2:-143})) && return
	echo "dmr-mock ended with $status"
	cat said
	return 1
}

# The status and body of a request.
ask() { curl -s -m "$DEADLINE" -w '%{http_code}\n' "$@"; }

# What only Python can do to the mock: mock.py's functions.
play() { python "$tests/mock.py" "$port" "$@"; }

# The mock is as good as new.
still_answers() {
	[[ $(ask -o /dev/null "$host/engines/v1/models") == 200 ]]
}
