# A sample of bench/docstring-safety, which "make check-wide" runs whole: real
# sources are documented, with bland and with hostile answers, and the language
# itself says that they are the same programs.
# shellcheck disable=SC2154 # variables that lib.bash sets
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
