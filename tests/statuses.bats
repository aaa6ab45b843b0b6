# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# Each tool's page has the statuses that it ends with: it is brought to end in
# many ways, and those that are seen are those that are told.
load lib
load mock

setup() {
	mock_setup
	mock --quiet
	printf 'def get(x):\n    y = x\n    return y\n' >get.py
	diff -u /dev/null get.py >get.diff || :
	echo "key = \"AKIA""IOSFODNN7EXAMPLE\"" >key.py
	echo 'an idea' >idea
	printf '# Shop\n\n## Functional requirements\n\n### FR-001\n\n' >weak.md
	echo 'The system shall be easy.' >>weak.md
	printf '{"input":"a"}\n{}\n' >records
	: >nothing
	: >seen
}

# Runs it with what it usually reads, and notes how it ended.
ends() { # INPUT TOOL [ARGUMENT ...]
	local ended=0

	timeout "$DEADLINE" "${@:2}" <"$1" >out 2>err || ended=$?
	echo "$ended" >>seen
	printf '%s: %s\n' "$ended" "${*:2}" >>how
}

# The same, into what takes nothing.
ends_full() { ends nothing sh -c 'exec "$@" >/dev/full' - "$@"; }

# What can go wrong with whoever asks.
faults=(close reset-body cut-10 cut-400 500 502 empty html redirect no-finish
	length filter error-event say-nothing bad-schema no-json)

ends_asking() { # INPUT TOOL [ARGUMENT ...]
	local fault

	ends "$@"
	for fault in "${faults[@]}"; do
		ends "$@" -H "$DMR_HOST/fault/$fault/engines/v1" --retry 0
	done
	ends "$@" -H "$DMR_HOST/fault/stall/engines/v1" --retry 0 --timeout 200ms
	ends "$@" -H http://127.0.0.1:1
	ends "$@" --nope
	DMR_DISABLE=1 ends "$@"
	"$2" --options | grep -q $'\t--model\t' || return 0
	ends "$@" -m ai/nothing
}

# The numbers of a page's EXIT STATUS, but for those of records.
told() { # TOOL
	sed -n "/^\.Sh EXIT STATUS/,/^A record's error/p; /^They are expl/q" \
		"$top/man/$1.1" |
		grep -v '^\.Nm\|^\.Fl' | grep -oE '\b[0-9]+\b' | sort -nu
}

# Of those that all tools have, 70 and 71 are not to be had.
assert_told() { # TOOL
	sort -nu seen >ended
	told "$1" | grep -vx -e 70 -e 71 >listed
	diff -u --label 'the page' --label "$1" listed ended || {
		cat how
		return 1
	}
}

@test "statuses: dmr-chat" {
	ends_asking idea dmr-chat
	ends nothing dmr-chat
	ends idea dmr-chat -S 'a bool' --assert 'false'
	ends records dmr-chat -b
	ends idea dmr-chat -o missing/file
	assert_told dmr-chat
}

@test "statuses: dmr-complete" {
	ends_asking idea dmr-complete
	ends nothing dmr-complete
	ends records dmr-complete -b
	ends idea dmr-complete -o missing/file
	script '{"json":{"choices":[{"index":0,"finish_reason":"stop"}]}}'
	ends idea dmr-complete
	assert_told dmr-complete
}

@test "statuses: dmr-embed" {
	ends_asking idea dmr-embed -m ai/smollm2
	ends_asking idea dmr-embed
	dmr-embed <idea >index
	ends_asking nothing dmr-embed --near bikes index
	ends nothing dmr-embed -w
	ends records dmr-embed -b
	ends idea dmr-embed -o missing/file
	assert_told dmr-embed
}

@test "statuses: dmr-docstring" {
	ends_asking get.py dmr-docstring -L python
	ends_asking get.py dmr-docstring -L python --only-doc
	ends nothing dmr-docstring -c get.py
	ends nothing dmr-docstring missing.py
	ends get.py dmr-docstring -L python -o missing/file
	assert_told dmr-docstring
}

@test "statuses: dmr-review" {
	ends_asking get.diff dmr-review
	ends idea dmr-review
	ends nothing dmr-review --offline --fail-on low key.py
	ends nothing dmr-review missing.py
	ends get.diff dmr-review -o missing/file
	assert_told dmr-review
}

@test "statuses: dmr-reqs" {
	ends_asking idea dmr-reqs
	ends_asking idea dmr-reqs --from weak.md
	ends nothing dmr-reqs
	ends nothing dmr-reqs -c weak.md
	ends records dmr-reqs -b
	ends idea dmr-reqs -o missing/file
	assert_told dmr-reqs
}

@test "statuses: dmr-models" {
	ends_asking nothing dmr-models
	ends_full dmr-models
	ends nothing dmr-models show --jq .config.gguf.x.y ai/smollm2
	ends nothing dmr-models show --jq 'error' ai/smollm2
	ends nothing dmr-models show ai/nothing
	for verb in status ps df 'warm ai/smollm2' 'unload ai/smollm2' \
		'pull ai/smollm2' 'configure ai/smollm2'; do
		# shellcheck disable=SC2086 # words
		ends_asking nothing dmr-models $verb
	done
	ends nothing dmr-models recommend --memory 1M
	ends nothing dmr-models rm ai/nothing ai/smollm2
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	echo x >"$XDG_CONFIG_HOME/dmr/models.tsv"
	ends nothing dmr-models recommend
	assert_told dmr-models
}

@test "statuses: dmr-check" {
	ends nothing dmr-check -q
	ends nothing dmr-check -q -H http://127.0.0.1:1
	ends nothing dmr-check --nope
	DMR_DISABLE=1 ends nothing dmr-check
	ends_full dmr-check -q
	assert_told dmr-check
}

@test "statuses: every tool has a test here, but dmr-mock" {
	sed -n 's/^@test "statuses: \(dmr-[a-z]*\)".*/\1/p' \
		"$BATS_TEST_FILENAME" | sort |
		assert_file /dev/stdin -f <(cd "$top/tools" &&
			printf '%s\n' *.c | sed 's/\.c$//' | grep -vx dmr-mock)
}
