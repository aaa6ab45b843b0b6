# shellcheck shell=bash disable=SC2154
# What the guides show of a real model is what a real one says, and what they
# type to have one of their own starts it.
load ../lib
load ../mock
load ../markdown
load ../guides
load real

setup() {
	guides_setup
	export DMR_HOST=unix://$RUNNER_SOCKET
}

# Of each page the blocks that are marked: so many.
run_real() { # WORDS N
	local page all i n=0

	for page in "$top"/*.md "$top"/docs/*.md; do
		mapfile -d '' all < <(fenced "$page")
		for ((i = 0; i < ${#all[@]}; i += 2)); do
			[[ ${all[i]} == "$1" ]] || continue
			n=$((n + 1))
			if [[ $1 == sh* ]]; then
				try -0 bash -eo pipefail -c "${all[i + 1]}" </dev/null
			else
				run_session "${all[i + 1]}"
			fi
		done
	done
	((n == $2))
}

@test "real: what the guides show of a real model is what it says" {
	run_real 'console real' 1
}

@test "real: a model runner is started as install.md has it, and ended" {
	cd "$top"
	run_real 'sh real' 1
	assert_stdout ai/smollm2
	# It is gone.
	try -1 runner/runner status "$HOME/runner"
}
