# shellcheck shell=bash
# tap.bash - what every suite of this folder begins with: . tests/wide/tap.bash
#
#     check NAME COMMAND...   one test; the end of its output, if it fails
#     lack NAME WHAT          one that cannot run here, for want of WHAT
#     finish                  the plan; a suite's last command
#
# It sets top, build (absolute; made, as it was given), scratch, a folder that
# goes at the end.  What else must go, a suite names in a function clean_up of
# its own.  Commands run in the project's folder, with BUILD for the tests and
# nothing on standard input.

set -u
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P) || exit 1
cd "$top" || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL # what these suites make is of their own
made=${BUILD:-build} # as make is to call it
build=$made
[[ $build == /* ]] || build=$top/$build
export BUILD=$build
scratch=$(mktemp -d) || exit 1
n=0
bad=0
job=
shown=60 # lines of a failed test's output

clean_up() { :; }

# An end by a signal takes the running test, all its processes, with it.
_end() {
	local status=$?

	trap - EXIT INT TERM HUP
	if [[ $job ]]; then
		kill -TERM -- "-$job" 2>/dev/null
		wait "$job" 2>/dev/null
	fi
	clean_up
	rm -rf "$scratch"
	exit "$status"
}

trap _end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# check NAME COMMAND [ARGUMENT ...]
# The command may be a function; what it sets is lost, as it runs beside us.
check() {
	local name=$1 start=$SECONDS status=0

	shift
	n=$((n + 1))
	set -m
	"$@" >"$scratch/output" 2>&1 </dev/null &
	job=$!
	set +m
	wait "$job" || status=$?
	job=
	if ((status)); then
		echo "not ok $n - $name"
		tail -n "$shown" "$scratch/output" | sed 's/^/# /'
		echo "# (status $status)"
		bad=1
	else
		echo "ok $n - $name"
	fi
	echo "# $((SECONDS - start)) s"
	return "$status"
}

lack() {
	n=$((n + 1))
	if [[ ${CI:-} == true ]]; then
		echo "not ok $n - $1"
		echo "# lacks $2"
		bad=1
	else
		echo "ok $n - $1 # skip lacks $2"
	fi
}

finish() {
	echo "1..$n"
	return "$bad"
}

have() { command -v "$1" >/dev/null; }

# Of TAP on standard input, the tests that failed and their notes.
failures() {
	awk '/^ok / { bad = 0 } /^not ok / { bad = 1 }
		bad || /^# bats/ || !/^(ok|#) /'
}
