# README.md is true: its commands run, and its session prints what it shows.
#
# A block's language says what it is: sh, commands for a shell; console, a
# session with commands behind "$ " and what they print; make and ini, files.
#
# REAL_HOST=unix:///path.sock bats -f session tests/readme.bats
# asks the model runner there, with the model the session was recorded with.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand

load lib

setup() {
	lib_setup
	readme=$top/README.md
	place=$BATS_TEST_TMPDIR/place
	mkdir "$place" && cd "$place" || return
	echo 'The cat sat on the mat. It was raining outside.' >notes.txt
}

# The lines of all blocks of a language.
blocks() { # LANGUAGE
	awk -v fence='```'"$1" '$0 == "```" { on = 0 } on { print }
		$0 == fence { on = 1 }' "$readme"
}

# The rows of the table under a heading: the first column, without markup.
table() { # HEADING
	sed "1,/^## $1\$/d; /^## /,\$d" "$readme" |
		sed -n '/^| *[^-]/s/^| \([^|]*\) |.*/\1/p' | sed 1d |
		sed 's/^\[*`\([^`]*\)`.*/\1/'
}

# What the server does for one command of the session.
scenario() { # COMMAND EXPECTED-OUTPUT
	local models text

	models='{"data":[{"id":"docker.io/ai/smollm2:latest","dmr":'
	models+='{"parameters":"134.52M","size":"92.10MiB"}}]}'
	printf 'accept\nread\n'
	case $1 in
	*'dmr-models status'*)
		echo "json 200 '{\"version\":\"v1.2.9\"}'"
		printf '%s\n' accept read "json 200 '{\"llama.cpp\":\"Running\"}'"
		;;
	*'dmr-models warm'*'dmr-models |'*)
		echo "text 200 ''"
		printf '%s\n' accept read "json 200 '$models'" accept read \
			"json 200 '[{\"model_name\":\"ai/smollm2\"}]'"
		;;
	*ai/nothing*)
		echo "text 404 'error while getting model: model not found'"
		;;
	*'| head'*)
		text=${2//$'\n'/\\n}
		printf '%s\n' sse "delta \"$text\\n\"" 'burst forever delta "3.\n"'
		;;
	*--max-tokens*)
		printf '%s\n' sse "delta \"${2%%$'\n'*}\"" 'finish length' 'done'
		;;
	*) printf '%s\n' sse "delta \"$2\"" 'finish stop' 'done' ;;
	esac
}

# Runs one command of the session; it prints what README.md shows.
run_line() { # COMMAND EXPECTED-OUTPUT
	local host=${REAL_HOST-}

	if [[ ! $host && $1 == *dmr-* && $1 != 'git diff '* ]]; then
		scenario "$1" "$2" >"$BATS_TEST_TMPDIR/scenario"
		serve <"$BATS_TEST_TMPDIR/scenario"
	fi
	[[ ! $host ]] || export DMR_HOST=$host
	try bash -c "exec 2>&1; $1"
	assert_stdout "${2//unix:\/\/\/run\/dmr.sock/$DMR_HOST}"
	[[ $host || ! -e $BATS_TEST_TMPDIR/scenario ]] ||
		assert_requests "$(grep -c '^accept$' "$BATS_TEST_TMPDIR/scenario")"
	rm -f "$BATS_TEST_TMPDIR/scenario"
}

@test "README.md: the session prints what it shows" {
	local line command='' shown='' n=0

	need git
	git init -q .
	while IFS= read -r line; do
		if [[ $line == '$ '* ]]; then
			[[ ! $command ]] || run_line "$command" "$shown"
			command=${line#'$ '} shown='' n=$((n + 1))
		elif [[ $line == '> '* ]]; then
			command+=$'\n'${line#'> '}
		else
			shown+=${shown:+$'\n'}$line
		fi
	done < <(blocks console)
	run_line "$command" "$shown"
	((n >= 10))
}

@test "README.md begins with make demo and make check, which are goals" {
	local goal

	blocks sh | sed -n '1,2s/ *#.*//p' >"$BATS_TEST_TMPDIR/first"
	assert_file "$BATS_TEST_TMPDIR/first" 'make demo' 'make check'
	for goal in demo demo-stop check check-fast check-wide deps uninstall; do
		grep -q "make $goal" "$readme"
		try -0 make -C "$top" -n "$goal"
	done
}

@test "README.md: every line for a shell is one that a test here runs" {
	local line n=0

	while IFS= read -r line; do
		n=$((n + 1))
		case ${line%% *#*} in
		'make demo' | 'make check') ;;
		make | 'make install PREFIX="$HOME/.local"') ;;
		'. share/completions/dmr.bash') ;;
		'dmr-chat -H https://api.example.com/v1 --key-file '*) ;;
		*)
			echo "no test runs: $line"
			return 1
			;;
		esac
	done < <(blocks sh)
	((n == 6))
}

@test "README.md: a cloud model is asked the same way, with the key" {
	local line

	(umask 077 && echo secret >"$HOME/.key")
	line=$(blocks sh | grep api.example.com)
	serve_answer 'Hello.'
	try -0 bash -c "${line//https:\/\/api.example.com/$DMR_HOST}"
	assert_stdout 'Hello.'
	request_head 1 >"$BATS_TEST_TMPDIR/head"
	grep -qx 'POST /v1/chat/completions HTTP/1.1' "$BATS_TEST_TMPDIR/head"
	grep -qx 'Authorization: Bearer secret' "$BATS_TEST_TMPDIR/head"
}

@test "README.md: what is installed runs, also once it was moved" {
	try -0 bash -c "cd '$top' && $(blocks sh | grep '^make *install')"
	try -0 "$HOME/.local/bin/dmr-chat" --version
	[[ $output == dmr-chat\ * ]]
	mv "$HOME/.local" "$HOME/moved"
	serve_answer 'A summary.'
	try -0 "$HOME/moved/bin/dmr-chat" -t summarize <notes.txt
	assert_stdout 'A summary.'
	# It takes everything away again.
	mv "$HOME/moved" "$HOME/.local"
	try -0 make -C "$top" -s uninstall PREFIX="$HOME/.local"
	find "$HOME/.local" ! -type d >"$BATS_TEST_TMPDIR/left"
	assert_file "$BATS_TEST_TMPDIR/left"
}

@test "README.md: completion in bash is there after its line" {
	try -0 bash --norc -c "cd '$top' && $(blocks sh |
		grep completions) && complete -p dmr-chat dmr-models"
	assert_stdout 'complete -o default -F _dmr dmr-chat' \
		'complete -o default -F _dmr dmr-models'
}

@test "README.md: make has the summary only if the answer is whole" {
	blocks make >Makefile
	serve <<-'EOF'
		accept
		read
		sse
		delta "A summ"
		finish length
		done
		accept
		read
		sse
		delta "A summary."
		finish stop
		done
	EOF
	try -2 make summary.txt
	[[ ! -e summary.txt ]]
	try -0 make summary.txt
	assert_file summary.txt 'A summary.'
}

@test "README.md: the configuration is one, and names server and model" {
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	blocks ini >"$XDG_CONFIG_HOME/dmr/config"
	serve_answer Hello
	try -0 dmr-chat -n 'Hi'
	[[ $(request 1) == *'"model":"ai/smollm2"'* ]]
	unset DMR_HOST
	sed -i "s,/run/dmr.sock,$HOME/nobody.sock," "$XDG_CONFIG_HOME/dmr/config"
	try -7 dmr-chat -n 'Hi'
	[[ $stderr == *"'unix://$HOME/nobody.sock'"* ]]
}

@test "README.md lists the tools, and the folders, that there are" {
	table 'The tools' | sort >"$BATS_TEST_TMPDIR/tools"
	assert_file "$BATS_TEST_TMPDIR/tools" -f <(cd "$top/tools" &&
		printf '%s\n' *.c | sed 's/\.c$//' | sort)
	table Layout | sort >"$BATS_TEST_TMPDIR/folders"
	assert_file "$BATS_TEST_TMPDIR/folders" -f <(cd "$top" &&
		printf '%s\n' */ | grep -v '^build' | sort)
}

@test "README.md lists the exit statuses that the tools end with" {
	table 'Exit status' | tr ',' '\n' | tr -d ' ' \
		>"$BATS_TEST_TMPDIR/statuses"
	# 1 and 8 are those of tools to come.
	assert_file "$BATS_TEST_TMPDIR/statuses" -f <(
		sed -n 's/^\tST_[A-Z_]* = \([0-9]*\),$/\1/p' "$top/lib/err.h" |
			grep -vx -e 1 -e 8
	)
}

@test "README.md and CHANGELOG.md: the files they link to are there" {
	local file n=0

	while IFS= read -r file; do
		n=$((n + 1))
		[[ $file == http* || -e $top/$file ]] || {
			echo "no $file"
			return 1
		}
	done < <(grep -oh '](\([^)]*\))' "$readme" "$top/CHANGELOG.md" |
		sed 's/^](//; s/)$//')
	((n > 5))
	# The version of the changelog is the one the tools say.
	try -0 dmr-chat --version
	grep -q "^## \[${output#dmr-chat }\]" "$top/CHANGELOG.md"
}
