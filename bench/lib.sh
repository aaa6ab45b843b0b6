# shellcheck shell=sh
# lib.sh - what the benchmarks share: a built tree, a server, the pair timer.
cd "$(dirname "$0")/.." || exit 1
build=${BUILD:-build}
make -s BUILD="$build" tests || exit 1
mkdir -p "$build/bench"
pair=$build/bench/pair
# shellcheck disable=SC3013 # every sh has -nt
[ "$pair" -nt bench/pair.c ] || ${CC:-cc} -O2 -o "$pair" bench/pair.c || exit 1
work=$(mktemp -d) || exit 1
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
export DMR_HOST

# goal KIND MOST: hand on what pair prints; fails if the ratio of times, wall or
# cpu, is larger.
goal() {
	[ $# -eq 2 ] || exit 2
	awk -v kind="$1" -v most="$2" '
		{ print }
		$1 == "ratio" { ratio = $(kind == "cpu" ? 5 : 3) + 0; seen = 1 }
		END {
			most += 0
			if (ratio > most)
				print "MISSED: " ratio " is more than " most
			exit !seen || ratio > most
		}'
}

# serve [RAWD-OPTION ...] <SCENARIO: start rawd, set DMR_HOST.
serve() {
	cat >"$work/scenario"
	rm -f "$work/port"
	"$build/tests/rawd" -t 600 -P "$work/port" "$@" "$work/scenario" &
	server=$!
	while [ ! -s "$work/port" ]; do
		kill -0 "$server" || exit 1
	done
	DMR_HOST=http://127.0.0.1:$(cat "$work/port")
}
