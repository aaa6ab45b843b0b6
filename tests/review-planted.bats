# shellcheck shell=bash disable=SC2154
# dmr-review and a reviewer who knows what is wrong: 40 bugs in five languages.
load lib
load planted

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	export DMR_MODEL=ai/smollm2
}

# said REQUESTS: what the reviewer answers.
said() { python "$tests/planted.py" script "${2:-$planted}" <"$1" >"$BATS_TEST_TMPDIR/script"; }

# review STATUS ARGUMENT ...: with that reviewer.
review() {
	local want=$1

	shift
	try "-$want" dmr-mock --quiet --script "$BATS_TEST_TMPDIR/script" -- \
		dmr-review "$@"
}

# Every bug is found on its line, once, with what is to stand there.
assert_found() {
	assert_stderr 'dmr-review: 38 findings are high or worse'
	python "$tests/planted.py" check "$status" after <stdout >counts
	assert_file counts '40 findings, 40 placed, 0 parts skipped'
	jq -r 'select(.path) | "\(.path) \(.line) \(.category)"' stdout |
		LC_ALL=C sort >found
	python "$tests/planted.py" places "$planted" | LC_ALL=C sort |
		assert_file found -
	jq -r 'select(.path) | "\(.path) \(.suggestion)"' stdout |
		LC_ALL=C sort >suggested
	python "$tests/planted.py" suggestions "$planted" | LC_ALL=C sort |
		assert_file suggested -
}

@test "planted: a bug is one line, and there are 40 in five languages" {
	local place

	for place in "$planted"/*; do
		diff "$place"/good.* "$place"/bad.* >lines || (($? == 1))
		read -r line _ <"$place/where"
		sed -n 1p lines | assert_file /dev/stdin "${line}c$line"
		(($(wc -l <lines) == 4))
	done
	for place in "$planted"/*; do echo "${place##*/}"; done |
		sed 's/-.*//' | sort | uniq -c | sed 's/^ *//' |
		assert_file /dev/stdin '8 c' '8 go' '8 js' '8 py' '8 sh'
}

@test "planted: in a diff all are found, each on its line" {
	lay_out
	dmr-review --dry-run <change >requests
	said requests
	review 1 -F json <change
	assert_found
}

@test "planted: in a diff of diff -ru" {
	lay_out
	diff -ru before after >change || (($? == 1))
	dmr-review --dry-run <change >requests
	said requests
	review 1 -F json <change
	sed -i 's|"path":"after/|"path":"|' stdout
	assert_found
}

@test "planted: in sources" {
	lay_out
	(
		cd after
		dmr-review --dry-run ./* >../requests
		said ../requests
		review 1 -F json ./*
	)
	status=1
	sed -i 's|"path":"./|"path":"|' stdout
	assert_found
}

@test "planted: as text, sarif and rdjsonl" {
	lay_out sh
	mkdir some && cp -r "$planted"/sh-* some
	dmr-review --dry-run <change >requests
	said requests some
	review 1 -F text <change
	sed 's/ .*//' stdout | assert_file /dev/stdin sh-cd.sh:9:1: \
		sh-compare.sh:3:1: sh-empty.sh:4:1: sh-eval.sh:4:2: \
		sh-glob.sh:4:1: sh-quote.sh:6:1: sh-read.sh:4:1: \
		sh-temporary.sh:3:1:
	sed 's/.*\[/[/' stdout | sort | uniq -c | sed 's/^ *//' |
		assert_file /dev/stdin '6 [bug]' '2 [security]'
	review 1 -F sarif <change
	jq -r '.runs[0].results[].locations[0].physicalLocation |
		"\(.artifactLocation.uri):\(.region | "\(.startLine):\(.startColumn)")"' \
		stdout >places
	(($(wc -l <places) == 8))
	review 1 -F rdjsonl <change
	jq -r '.location | "\(.path):\(.range.start | "\(.line):\(.column)")"' \
		stdout | assert_file /dev/stdin -f places
}
