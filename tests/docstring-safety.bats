# A sample of bench/docstring-safety, which "make check-wide" runs whole: real
# sources are documented, with bland and with hostile answers, and the language
# itself says that they are the same programs.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own
load lib

# safe LANGUAGE EVERY: nothing is broken, crashed, or changed by a second run.
safe() {
	WORK=$BATS_TEST_TMPDIR/work SAMPLE=$2 PEERS='' DEADLINE=300 \
		try -0 python3 -B "$top/bench/safety/run.py" "$1"
	[[ $output != *skipped:* ]] || lack "${output##*skipped: }"
	# Two rows, in which something was documented.
	awk 'NR > 1 { rows++; n += $(NF > 5 ? 5 : NF) }
		END { exit rows != 2 || !n }' <<<"$output"
}

@test "python: its standard library is the same program" {
	safe python 100
}

@test "c: the system's headers are the same program" {
	need gcc dpkg
	safe 'c headers' 50
}

@test "c: our own sources are the same object code" {
	need gcc
	safe c 20
}

@test "bash: what the shell runs is the same program" {
	safe bash 4
}

@test "javascript: what came with node is the same program" {
	have npm || skip 'lacks npm'
	safe javascript 40
}

# ---- does it tell?

# tells LANGUAGE: the oracle does, whatever has become of the code, and has
# nothing against documentation.
tells() {
	# Some are compiled first.
	DEADLINE=300 try -0 python3 -B "$tests/breaking.py" oracle "$1"
	[[ $output != lacking:* ]] || lack "${output#lacking: }"
	assert_stdout $'old\t=' $'documented\tsame' $'byte\tdiffers' \
		$'literal\tdiffers' $'swallow\tdiffers'
}

@test "the oracles of python, c and bash tell broken code" {
	need gcc
	tells python
	tells c
	tells 'c headers'
	tells bash
}

@test "the oracle of javascript tells broken code" { tells javascript; }

@test "the oracle of typescript tells broken code" {
	have npm || skip 'lacks npm'
	tells typescript
}

@test "the oracle of java tells broken code" {
	have java || skip 'lacks java'
	tells java
}

@test "the oracle of go tells broken code" {
	have go || skip 'lacks go'
	tells go
}

# breaks KIND COLUMN: a tool that does so is found out, in that column, with
# either kind of answers; a second run is held to the bytes with bland ones alone.
breaks() {
	local language

	for language in python c bash; do
		BREAK=$1 TOOL=$BUILD/dmr-docstring PEERS='' \
			WORK=$BATS_TEST_TMPDIR/work \
			try -"$3" env BUILD="$place" \
			python3 -B "$tests/breaking.py" run "$language"
		awk -v column="$2" -v want="$3" '$2 == "bland" || $2 == "hostile" {
				rows++
				for (i = 6; i <= 8; i++)
					wrong += want ? i == column && !$i &&
						($2 == "bland" || i < 8) : $i
			} END { exit rows != 2 || wrong }' <<<"$output"
	done
}

@test "a tool that breaks code, crashes, or changes it again is found out" {
	need gcc
	place=$BATS_TEST_TMPDIR/place
	mkdir "$place"
	ln -s "$BUILD/dmr-mock" "$place"
	printf '#!/bin/sh\nexec python3 -B "%s" tool "$@"\n' \
		"$tests/breaking.py" >"$place/dmr-docstring"
	chmod +x "$place/dmr-docstring"
	breaks nothing 0 0
	breaks byte 6 1
	breaks literal 6 1
	breaks swallow 6 1
	breaks crash 7 1
	breaks again 8 1
}
