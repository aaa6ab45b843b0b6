#!/usr/bin/env bats
# runner/runner: starts, ends, and leaves nothing behind.  A real one runs.
# bats sets $stderr and gives each test a shell of its own:
# shellcheck disable=SC2154,SC2030,SC2031

bats_require_minimum_version 1.5.0

setup_file() {
	runner=$BATS_TEST_DIRNAME/../../runner/runner
	export runner
	"$runner" prepare
}

setup() {
	dir=$BATS_TEST_TMPDIR/r
}

teardown() {
	"$runner" stop "$dir"
}

# Loads the model, so that an engine runs beside the daemon.
ask() {
	curl -sf --max-time 120 --unix-socket "$dir/dmr.sock" \
		-H 'Content-Type: application/json' -d '{"model":"ai/smollm2",
		"max_tokens":2,"messages":[{"role":"user","content":"hi"}]}' \
		http://localhost/engines/v1/chat/completions
}

# What still works in the runner's folder.
processes() {
	for pid in $(pgrep -f "$dir/"); do
		[ "$(readlink "/proc/$pid/cwd")" != "$dir" ] || echo "$pid"
	done
}

# stub COMMAND OUTPUT: on a machine where COMMAND says OUTPUT
stub() {
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\necho "%s"\n' "$2" >"$BATS_TEST_TMPDIR/bin/$1"
	chmod +x "$BATS_TEST_TMPDIR/bin/$1"
}

@test "runner: start prints the socket, status too, stop ends both processes" {
	run -0 --separate-stderr "$runner" start "$dir"
	[ "$output" = "$dir/dmr.sock" ]
	[ "$stderr" = "" ]
	ask
	[ "$(processes | wc -l)" -eq 2 ]
	run -0 "$runner" status "$dir"
	[ "$output" = "$dir/dmr.sock" ]
	run -0 "$runner" stop "$dir"
	[ "$output" = "" ]
	[ "$(processes)" = "" ]
	run -1 "$runner" status "$dir"
	[ "$output" = "" ]
	[ ! -e "$dir/dmr.sock" ]
}

@test "runner: prepare removes nothing that the environment names" {
	mkdir "$dir"
	touch "$dir/file"
	sleep 600 3>&- &
	pid=$!
	run -0 env dir="$dir" socat="$pid" "$runner" prepare
	[ -e "$dir/file" ]
	kill "$pid"
}

@test "runner: nobody else reaches the socket, and nothing listens on TCP" {
	"$runner" start "$dir"
	ask
	[ "$(stat -c %a "$dir")" = 700 ]
	[ "$(stat -c %a "$dir/dmr.sock")" = 700 ]
	for pid in $(processes); do
		run -0 ss -Htlnp
		[[ $output != *"pid=$pid,"* ]]
	done
}

@test "runner: start on one that runs says the same and starts no second" {
	"$runner" start "$dir"
	first=$(processes)
	run -0 "$runner" start "$dir"
	[ "$output" = "$dir/dmr.sock" ]
	[ "$(processes)" = "$first" ]
}

@test "runner: stop ends the engine that a killed daemon left" {
	"$runner" start "$dir"
	ask
	kill -KILL "$(cat "$dir/group")"
	"$runner" stop "$dir"
	[ "$(processes)" = "" ]
}

@test "runner: a new folder holds one model, with -e none" {
	"$runner" start -e "$dir"
	run -0 curl -s --unix-socket "$dir/dmr.sock" http://localhost/models
	[ "$output" = "[]" ]
	"$runner" stop "$dir"
	rm -r "$dir"
	"$runner" start "$dir"
	run -0 curl -s --unix-socket "$dir/dmr.sock" http://localhost/models
	[[ $output == *'"docker.io/ai/smollm2:latest"'* ]]
}

@test "runner: what one runner deletes, the next still has" {
	"$runner" start "$dir"
	curl -sf --unix-socket "$dir/dmr.sock" -X DELETE \
		'http://localhost/models/ai/smollm2?force=true'
	"$runner" stop "$dir"
	rm -r "$dir"
	"$runner" start "$dir"
	ask
}

@test "runner: start refuses a path longer than a socket's may be" {
	dir=/tmp/$(printf '%0100d' 0)
	run -1 --separate-stderr "$runner" start "$dir"
	[ "$output" = "" ]
	[ "$stderr" = "runner: the path '$dir/dmr.sock' is longer than the \
107 bytes a socket's may have; name a shorter folder" ]
	[ ! -e "$dir" ]
}

@test "runner: start and stop leave a folder with other things alone" {
	mkdir -m 755 "$dir"
	touch "$dir/mine"
	run -1 --separate-stderr "$runner" start "$dir"
	[ "$stderr" = "runner: '$dir' holds other things; name a new folder" ]
	"$runner" stop "$dir"
	[ "$(ls "$dir")" = mine ]
	[ "$(stat -c %a "$dir")" = 755 ]
}

@test "runner: start before prepare says what to type" {
	BUILD=$BATS_TEST_TMPDIR/b run -1 --separate-stderr \
		"$runner" start "$dir"
	[ "$stderr" = "runner: no runner in '$BATS_TEST_TMPDIR/b/real' yet; \
type: runner/runner prepare" ]
}

@test "runner: prepare downloads nothing that does not fit the machine" {
	while IFS='|' read -r command says why; do
		rm -rf "${BATS_TEST_TMPDIR:?}/bin"
		stub "$command" "$says"
		PATH=$BATS_TEST_TMPDIR/bin:$PATH BUILD=$BATS_TEST_TMPDIR/b \
			run -1 --separate-stderr "$runner" prepare
		[ "${stderr_lines[0]}" = "runner: the prebuilt engine does \
not fit this machine: it${why}" ]
		[ "${#stderr_lines[@]}" -eq 3 ]
		[ "$(ls "$BATS_TEST_TMPDIR/b/real")" = lock ]
	done <<-'EOF'
		uname|Darwin| is Darwin-Darwin, not Linux-x86_64
		getconf|glibc 2.31|s C library is glibc 2.31, not glibc 2.35 or newer
		getconf||s C library is , not glibc 2.35 or newer
	EOF
}

@test "runner: prepare a second time does nothing and says nothing" {
	run -0 "$runner" prepare
	[ "$output" = "" ]
}

@test "runner: a wrong word is a usage error" {
	run -2 --separate-stderr "$runner" begin
	[ "$stderr" = 'usage: runner prepare | start [-e] DIR | stop DIR | status DIR' ]
	run -2 "$runner"
	run -2 "$runner" start
	run -2 "$runner" stop a b
}
