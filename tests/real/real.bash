# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# real.bash - a real Docker Model Runner, llama.cpp and SmolLM2, started for one
# file alone: load real, after lib.
#
# RUNNER_FOLDER is its folder, RUNNER_SOCKET where it listens.

setup_file() {
	"$top/runner/runner" prepare
	export RUNNER_FOLDER=${TMPDIR:-/tmp}/dmr-${BATS_TEST_FILENAME##*/}.$$
	export RUNNER_SOCKET=$RUNNER_FOLDER/dmr.sock
	start_runner
}

teardown_file() {
	stop_runner
	rm -rf "$RUNNER_FOLDER"
}

start_runner() {
	"$top/runner/runner" start "$RUNNER_FOLDER" >/dev/null
}

stop_runner() {
	"$top/runner/runner" stop "$RUNNER_FOLDER"
}
