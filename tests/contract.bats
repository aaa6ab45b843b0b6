# What every tool promises.  A tool that is missing from the table fails.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2030,SC2031 # each test has its own command
# shellcheck disable=SC2016 # what another shell shall expand

load lib

setup() {
	local file

	lib_setup
	exec </dev/null
	here=$BATS_TEST_TMPDIR
	cd "$here" || return
	tools=()
	for file in "$top"/tools/*.c; do
		file=${file##*/}
		tools+=("${file%.c}")
	done
	((${#tools[@]} > 1))
	# All but the one that answers: mock.bats has what it promises.
	mapfile -t askers < <(printf '%s\n' "${tools[@]}" | grep -vx dmr-mock)
	# These let their input through when they are disabled.
	mapfile -t enders < <(printf '%s\n' "${askers[@]}" |
		grep -vxE 'dmr-(docstring|review|reqs)')
}

# The table: a command that asks a server and prints a line, and what the
# server answers.  It sets command, answer, prints, and asks, how often it does.
work_of() { # TOOL
	prints=ai/a asks=1
	case $1 in
	dmr-chat)
		command=(dmr-chat -n hello)
		answer='{"choices":[{"index":0,"finish_reason":"stop",'
		answer+='"message":{"role":"assistant","content":"ai/a"}}]}'
		;;
	dmr-complete)
		command=(dmr-complete --suffix b)
		answer='{"choices":[{"index":0,"finish_reason":"stop","text":"ai/a\n"}]}'
		;;
	dmr-models)
		command=(dmr-models --names)
		answer='{"object":"list","data":[{"id":"ai/a",'
		answer+='"object":"model","created":1,"owned_by":"docker"}]}'
		;;
	dmr-embed)
		echo '{"id":"ai/a","embedding":[1,0]}' >index
		command=(dmr-embed -m m --near text index)
		answer='{"data":[{"index":0,"embedding":[1,0]}]}'
		prints=$'1.000000\tai/a'
		;;
	dmr-docstring)
		printf 'def f(a):\n    return a\n' >f.py
		command=(dmr-docstring --only-doc --sections summary f.py)
		answer='{"choices":[{"index":0,"finish_reason":"stop",'
		answer+='"message":{"role":"assistant",'
		answer+='"content":"{\"summary\":\"Return a.\"}"}}]}'
		prints='"""Return a."""'
		;;
	dmr-review)
		printf 'def f(a):\n    return a\n' >f.py
		command=(dmr-review --fail-on none f.py)
		answer='{"choices":[{"index":0,"finish_reason":"stop",'
		answer+='"message":{"role":"assistant","content":"{\"findings\":['
		answer+='{\"anchor\":\"\",\"quote\":\"    return a\",'
		answer+='\"severity\":\"low\",\"category\":\"bug\",\"title\":\"\",'
		answer+='\"message\":\"No.\",\"suggestion\":\"\"}]}"}}]}'
		prints='f.py:2:5: low: No. [bug]'
		;;
	dmr-reqs)
		command=(dmr-reqs -n --ask x)
		answer='{"choices":[{"index":0,"finish_reason":"stop",'
		answer+='"message":{"role":"assistant","content":'
		answer+='"{\"open_questions\":[]}"}}]}'
		prints='{"questions": []}'
		;;
	dmr-check) # the same answer is a list, and what a model says
		command=(dmr-check)
		answer='{"object":"list","data":[{"id":"ai/a"}],"choices":['
		answer+='{"index":0,"finish_reason":"stop",'
		answer+='"message":{"role":"assistant","content":"ai/a"}}]}'
		prints=$'ok\tmodel\tai/a (the only one)' asks=8
		;;
	*)
		echo "contract.bats knows nothing of $1"
		return 1
		;;
	esac
}

# A server for the tool's command.
serve_work() { # TOOL
	work_of "$1"
	serve < <(printf "repeat\nread\njson 200 '%s'\n" "$answer")
}

# What the command prints; dmr-check has a line for each check.
assert_prints() { # TOOL
	if [[ $1 == dmr-check ]]; then
		grep -qxF "$prints" "$here/stdout"
	else
		assert_stdout "$prints"
	fi
}

# What asks nobody.
modes=(--help -h --version -V --options)

long_options() { "$1" --options | cut -f2; }

# One line on standard error, that begins with the tool's name.
assert_one_line() { # TOOL
	[[ $stderr == "$1: "?* ]]
	(($(wc -l <"$here/stderr") == 1))
	assert_stdout
}

@test "contract: the table's command works in every tool" {
	local tool

	for tool in "${askers[@]}"; do
		serve_work "$tool"
		try -0 "${command[@]}"
		assert_prints "$tool"
		assert_stderr
		assert_requests "$asks"
	done
}

@test "contract: --help is on standard output and names every option" {
	local tool option letter

	for tool in "${tools[@]}"; do
		try -0 "$tool" -h
		cp stdout help
		try -0 "$tool" --help
		assert_stdout -f help
		assert_stderr
		[[ $output == "usage: $tool "* ]]
		while IFS=$'\t' read -r letter option _; do
			echo "$tool $option"
			grep -qE -- "^ +.*$option( |\$)" stdout
			[[ $letter == - ]] ||
				grep -qE -- "^ +-$letter, $option( |\$)" stdout
		done < <("$tool" --options)
	done
}

@test "contract: --help, --version and --options win over other arguments" {
	local tool mode

	for tool in "${tools[@]}"; do
		for mode in "${modes[@]}"; do
			try -0 "$tool" "$mode"
			cp stdout alone
			[[ -s alone ]]
			[[ $tool == dmr-mock ]] || mode="operand $mode"
			# shellcheck disable=SC2086 # one or two words
			try -0 "$tool" -q $mode operand
			assert_stdout -f alone
			assert_stderr
		done
	done
}

@test "contract: -V prints name and version" {
	local tool version

	version=$(sed -n 's/^VERSION *= *//p' "$top/Makefile")
	[[ $version == [0-9]*.[0-9]* ]]
	for tool in "${tools[@]}"; do
		try -0 "$tool" -V
		assert_stdout "$tool $version"
		assert_stderr
		try -0 "$tool" --version
		assert_stdout "$tool $version"
	done
}

@test "contract: --options is four columns, each option once" {
	local tool

	for tool in "${tools[@]}"; do
		try -0 "$tool" --options
		assert_stderr
		run -1 grep -vE $'^[-A-Za-z0-9]\t--[a-z][-a-z]+\t[^\t]+\t[^\t]+$' \
			stdout
		cut -f2 stdout | sort | uniq -d | assert_file /dev/stdin
		cut -f1 stdout | grep -v -- - | sort | uniq -d |
			assert_file /dev/stdin
		for option in --help --version --options --quiet --verbose; do
			cut -f2 stdout | grep -qx -- "$option"
		done
	done
}

@test "contract: an unknown option is exit 2, on standard error alone" {
	local tool option

	for tool in "${askers[@]}"; do
		serve </dev/null
		work_of "$tool"
		for option in --no-such-option --no-such-option=x -% ---help; do
			try -2 "${command[@]}" "$option"
			assert_one_line "$tool"
			try -2 "$tool" "$option" --no-such-thing
			assert_one_line "$tool"
		done
		try -2 "${command[@]}" --no-such-option
		assert_stderr "$tool: no option '--no-such-option'; see --help"
		assert_requests 0
	done
}

@test "contract: an abbreviation is no option" {
	local tool options option

	for tool in "${tools[@]}"; do
		options=$(long_options "$tool")
		(($(wc -l <<<"$options") > 10))
		for option in $options; do
			option=${option%?}
			[[ $'\n'$options$'\n' != *$'\n'$option$'\n'* ]] || continue
			try -2 "$tool" "$option"
			assert_stdout
			assert_stderr "$tool: no option '$option'; see --help"
		done
	done
}

@test "contract: what fails prints nothing on standard output" {
	local tool

	for tool in "${askers[@]}"; do
		[[ $tool != dmr-check ]] || continue # check.bats: what fails is told
		work_of "$tool"
		DMR_HOST=http://127.0.0.1:1 try -7 "${command[@]}"
		if [[ $tool == dmr-review ]]; then # names what is left, too
			[[ $stderr == "$tool: f.py:1: not reviewed: 1 hunk"$'\n'"$tool: "* ]]
			(($(wc -l <"$here/stderr") == 2))
			assert_stdout
		else
			assert_one_line "$tool"
		fi
		DMR_HOST=ftp://127.0.0.1:1 try -2 "${command[@]}"
		assert_one_line "$tool"
		serve <<-'EOT'
			accept
			read
			text 500 "broken\n"
			accept
			read
			text 200 "no JSON\n"
			accept
			read
			close
			accept
			read
			send "SSH-2.0-OpenSSH_9.2\r\n"
		EOT
		for want in 22 22 18 22; do
			if [[ $tool == dmr-review ]]; then # part of the whole
				try -8 "${command[@]}"
				assert_stdout
				(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 2))
				continue
			fi
			try -"$want" "${command[@]}"
			assert_one_line "$tool"
		done
	done
}

@test "contract: a full device is exit 23" {
	local tool mode

	for tool in "${askers[@]}"; do
		serve_work "$tool"
		for mode in "${modes[@]}" work; do
			[[ $mode == work ]] || command=("$tool" "$mode")
			work=$mode
			[[ $work != work ]] || work_of "$tool"
			try -23 bash -c 'exec "$@" >/dev/full' - "${command[@]}"
			assert_stderr "$tool: cannot write standard output:`
				` No space left on device"
		done
	done
}

@test "contract: closed descriptors change the status only where they matter" {
	local tool fds want

	for tool in "${askers[@]}"; do
		serve_work "$tool"
		for fds in '' 0 1 2 01 02 12 012; do
			echo "$tool, closed: $fds"
			want=0
			[[ $fds != *1* ]] || want=23
			close_and_try "$want" "$fds" "$tool" --version
			close_and_try "$want" "$fds" "$tool" --help
			close_and_try 2 "$fds" "$tool" --no-such-option
			# It has nothing else to read.
			[[ $tool != dmr-complete || $fds != *0* ]] || want=26
			close_and_try "$want" "$fds" "${command[@]}"
		done
	done
}

close_and_try() { # STATUS DESCRIPTORS COMMAND ...
	local want=$1 fds=$2 redirect=

	shift 2
	[[ $fds != *0* ]] || redirect+=' <&-'
	[[ $fds != *1* ]] || redirect+=' >&-'
	[[ $fds != *2* ]] || redirect+=' 2>&-'
	try -"$want" bash -c "exec \"\$@\" $redirect" - "$@" </dev/null
	if ((want)); then
		assert_stdout
		[[ $fds == *2* ]] || [[ $stderr == "${1##*/}: "* ]]
	else
		[[ -s $here/stdout ]]
		assert_stderr
	fi
}

@test "contract: | head -1 is no error, and silent" {
	local tool mode

	for tool in "${askers[@]}"; do
		serve_work "$tool"
		for mode in "${modes[@]}" work; do
			[[ $mode != work ]] || work_of "$tool"
			[[ $mode == work ]] || command=("$tool" "$mode")
			try -0 bash -c '"$@" | head -1
				[[ ${PIPESTATUS[0]} == 0 ||
					${PIPESTATUS[0]} == 141 ]]' \
				- "${command[@]}"
			(($(wc -l <stdout) == 1))
			assert_stderr
		done
	done
}

times_away() { sed -E 's/[0-9]+ms/TIME/' "$1"; }

@test "contract: NO_COLOR changes nothing, on a terminal neither" {
	local tool mode

	for tool in "${askers[@]}"; do
		serve_work "$tool"
		for mode in "${modes[@]}" --no-such-option work; do
			[[ $mode != work ]] || work_of "$tool"
			[[ $mode == work ]] || command=("$tool" "$mode")
			try pty -t 12 "${command[@]}"
			times_away tty >without
			[[ -s without ]]
			NO_COLOR=1 try -"$status" pty -t 12 "${command[@]}"
			times_away tty >with && mv with tty
			assert_tty -f without
			run -1 grep $'\e' without
		done
	done
}

@test "contract: every tool has a man page, and mandoc has nothing to say" {
	local tool page

	need mandoc
	for tool in "${tools[@]}"; do
		page=$top/man/$tool.1
		[[ -s $page ]]
		try -0 mandoc -T lint -W warning "$page"
		assert_stdout
		assert_stderr
		try -0 mandoc -T ascii "$page"
		[[ $output == "${tool^^}(1)"* ]]
	done
}

@test "contract: DMR_DISABLE=1 is exit 7, nothing is asked" {
	local tool

	for tool in "${enders[@]}"; do
		serve </dev/null
		work_of "$tool"
		DMR_DISABLE=1 try -7 "${command[@]}"
		assert_stdout
		assert_stderr "$tool: disabled by DMR_DISABLE"
		DMR_DISABLE=yes try -7 "${command[@]}"
		assert_stderr "$tool: disabled by DMR_DISABLE"
		assert_requests 0
	done
}

@test "contract: DMR_DISABLE=0 and an empty one disable nothing" {
	local tool

	for tool in "${askers[@]}"; do
		serve_work "$tool"
		DMR_DISABLE=0 try -0 "${command[@]}"
		assert_prints "$tool"
		DMR_DISABLE='' try -0 "${command[@]}"
		assert_prints "$tool"
	done
}

@test "contract: disable in the config file is the same, for one tool too" {
	local tool other

	mkdir -p "$XDG_CONFIG_HOME/dmr"
	for tool in "${enders[@]}"; do
		serve_work "$tool"
		echo 'disable = yes' >"$XDG_CONFIG_HOME/dmr/config"
		try -7 "${command[@]}"
		assert_one_line "$tool"
		[[ $stderr == "$tool: disabled by "* ]]
		DMR_DISABLE=0 try -0 "${command[@]}"
		printf '[%s]\ndisable = yes\n' "$tool" \
			>"$XDG_CONFIG_HOME/dmr/config"
		try -7 "${command[@]}"
		assert_requests "$asks"
		for other in "${askers[@]}"; do
			[[ $other == "$tool" ]] ||
				printf '[%s]\ndisable = yes\n' "$other"
		done >"$XDG_CONFIG_HOME/dmr/config"
		try -0 "${command[@]}"
		assert_prints "$tool"
	done
}

@test "contract: what is disabled reads no standard input" {
	local tool

	for tool in "${enders[@]}"; do
		echo text >input
		exec 7<input
		DMR_DISABLE=1 try -7 "$tool" <&7
		read -r left <&7
		[[ $left == text ]]
		exec 7<&-
	done
}

@test "O18: a broken config file breaks no --help, --version, --options" {
	local tool mode

	mkdir -p "$XDG_CONFIG_HOME/dmr"
	for tool in "${askers[@]}"; do
		serve </dev/null
		work_of "$tool"
		for mode in "${modes[@]}"; do
			rm -f "$XDG_CONFIG_HOME/dmr/config"
			try -0 "$tool" "$mode"
			cp stdout without
			echo 'no such key = 1' >"$XDG_CONFIG_HOME/dmr/config"
			DMR_DISABLE=1 DMR_HOST=ftp://x DMR_KEY_FILE=/missing \
				try -0 "$tool" "$mode"
			assert_stdout -f without
			assert_stderr
		done
		# All else it does break.
		try -2 "${command[@]}"
		assert_stdout
		assert_stderr "$tool: $XDG_CONFIG_HOME/dmr/config:1: unknown key`
			` 'no such key'"
		assert_requests 0
	done
}
