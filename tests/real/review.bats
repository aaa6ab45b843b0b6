# shellcheck shell=bash disable=SC2154
# dmr-review with a real model: SmolLM2, who is no reviewer; what counts is that
# the format holds, that the status is that of what was printed, and that no
# finding is on a line that it does not quote.
load ../lib
load ../planted
load real

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	export DMR_HOST=unix://$RUNNER_SOCKET DEADLINE=600
}

# reviewed [OPTION ...] <DIFF: judged, and its counts shown
reviewed() {
	try dmr-review -m ai/smollm2 --max-tokens 300 --seed 1 -F json "$@"
	cat "$BATS_TEST_TMPDIR/stderr"
	python "$tests/planted.py" check "$status" after \
		<"$BATS_TEST_TMPDIR/stdout"
}

# REVIEWED: how the names of those begin that are reviewed; all with "".
@test "real: planted bugs" {
	lay_out "${REVIEWED-js-a}"
	reviewed <change
}

@test "real: a source on standard input" {
	lay_out py-s
	reviewed --stdin-name py-sql.py <after/py-sql.py
}
