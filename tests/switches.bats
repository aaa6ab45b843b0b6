# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2030,SC2031 # each test has its own variables
# What dmr.7 says of switches: each does what stands there, in every tool.
load lib

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	printf 'def get(x):\n    y = x\n    return y\n' >get.py
	diff -u /dev/null get.py >get.diff || :
	mapfile -t tools < <(cd "$top/tools" && printf '%s\n' *.c | sed 's/\.c$//')
	serve </dev/null
}

# tool STATUS NAME [ARGUMENT ...]: with what it reads.
tool() {
	case $2 in
	dmr-docstring) try "-$1" "$2" -L python "${@:3}" <get.py ;;
	dmr-review) try "-$1" "$2" "${@:3}" <get.diff ;;
	dmr-models | dmr-check) try "-$1" "$2" "${@:3}" </dev/null ;;
	dmr-mock) try "-$1" "$2" --quiet "${@:3}" -- sh -c 'echo ok' </dev/null ;;
	*) try "-$1" "$2" "${@:3}" <<<'an idea' ;;
	esac
}

# What each tool ends with, and prints, where no model is to be asked.
assert_off() { # WHY TOOL
	case $2 in
	dmr-docstring)
		tool 0 "$2"
		assert_stdout -f get.py
		;;
	dmr-review)
		tool 0 "$2"
		assert_stdout
		;;
	dmr-reqs)
		tool 0 "$2"
		jq -e '.functional_requirements == []' stdout
		;;
	dmr-mock)
		tool 0 "$2"
		assert_stdout ok
		assert_stderr
		return
		;;
	*)
		tool 7 "$2"
		assert_stdout
		;;
	esac
	[[ $stderr == "$2: disabled by $1"* ]]
	(($(wc -l <stderr) == 1))
}

@test "switches: DMR_DISABLE=1 turns every tool off, and nobody is asked" {
	local tool

	need jq
	export DMR_DISABLE=1
	for tool in "${tools[@]}"; do
		assert_off DMR_DISABLE "$tool"
	done
	for tool in 'dmr-docstring -c' 'dmr-reqs -c' 'dmr-review --offline'; do
		# shellcheck disable=SC2086 # words
		tool 0 $tool
		assert_stdout
	done
	assert_requests 0
}

@test "switches: disable in the configuration does, for all tools or for one" {
	local config=$XDG_CONFIG_HOME/dmr/config tool

	need jq
	mkdir -p "${config%/*}"
	echo 'disable = yes' >"$config"
	for tool in "${tools[@]}"; do
		assert_off 'the config file' "$tool"
	done
	for tool in "${tools[@]/dmr-mock/}"; do
		[[ $tool ]] || continue # it has no section
		printf '[%s]\ndisable = yes\n' "$tool" >"$config"
		assert_off 'the config file' "$tool"
		# The others are asked for; nobody is there to answer.
		[[ $tool == dmr-models ]] || DMR_HOST=http://127.0.0.1:1 tool 7 dmr-models
		[[ $tool == dmr-models || $stderr != *disabled* ]]
	done
	assert_requests 0
}

@test "switches: DMR_DISABLE=0 overrules the configuration" {
	local tool

	mkdir -p "$XDG_CONFIG_HOME/dmr"
	echo 'disable = yes' >"$XDG_CONFIG_HOME/dmr/config"
	export DMR_DISABLE=0 DMR_HOST=http://127.0.0.1:1
	for tool in "${tools[@]}"; do
		case $tool in
		dmr-mock) tool 0 "$tool" ;;
		dmr-check) tool 1 "$tool" ;;
		*) tool 7 "$tool" ;;
		esac
		[[ $stderr != *disabled* ]]
	done
}

@test "switches: --on-error pass is for a server that is missing, and no more" {
	local tool

	need jq
	export DMR_HOST=http://127.0.0.1:1
	for tool in dmr-docstring dmr-review dmr-reqs; do
		tool 7 "$tool"
		tool 0 "$tool" --on-error pass
		[[ $stderr == "$tool: cannot connect"* ]]
		tool 2 "$tool" --on-error pass --nope
	done
	try -26 dmr-docstring --on-error pass missing.py
	try -26 dmr-review --on-error pass missing.c
	# No other tool has it.
	for tool in "${tools[@]}"; do
		"$tool" --options | cut -f 2 | grep -qx -e --on-error && echo "$tool"
	done | assert_file /dev/stdin dmr-docstring dmr-reqs dmr-review
}

@test "switches: without a model -c checks, --offline reviews, --dry-run prints" {
	local tool

	need jq
	tool 1 dmr-docstring -c
	[[ $output == *"'get' has no documentation"* ]]
	echo "key = \"AKIA""IOSFODNN7EXAMPLE\"" >key.py
	try -1 dmr-review --offline --fail-on low key.py
	[[ $output == *'AWS access key'* ]]
	printf '# A shop\n' >idea.md
	tool 26 dmr-reqs -c idea.md
	for tool in dmr-chat dmr-complete dmr-docstring dmr-embed dmr-reqs dmr-review; do
		DMR_MODEL=m DMR_EMBED_MODEL=m tool 0 "$tool" --dry-run
		jq -e .body stdout
	done
	assert_requests 0
}

@test "switches: the page lists those that are tested here, and the tools" {
	sed -n '/^\.Sh SWITCHES/,/^\.Sh COMPLETION/p' "$top/man/dmr.7" >page
	sed -n 's/^\.It Li //p' page | assert_file /dev/stdin \
		DMR_DISABLE=1 'disable = yes' '--on-error pass' '|| Ar command' \
		'--offline , -c , --dry-run' 'git commit --no-verify' \
		'dmr-mock -- Ar command'
	# Those that end with 0 are named.
	sed -n '/^\.It Li DMR_DIS/,/^\.It Li disable/p' page |
		grep -o 'Xr dmr-[a-z]* 1' | sort |
		assert_file /dev/stdin 'Xr dmr-docstring 1' 'Xr dmr-mock 1' \
			'Xr dmr-reqs 1' 'Xr dmr-review 1'
}
