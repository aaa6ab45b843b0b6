# README.md is true: its commands run, and its session prints what it shows.
#
# A block's language says what it is: sh, commands for a shell; console, a
# session with commands behind "$ " and what they print; make, ini and shell,
# files.
#
# REAL_HOST=unix:///path.sock bats -f session tests/readme.bats
# asks the model runner there, with the model the session was recorded with.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand
# shellcheck disable=SC2030,SC2031 # each test has its own variables

load lib
load markdown

setup() {
	lib_setup
	readme=$top/README.md
	place=$BATS_TEST_TMPDIR/place
	mkdir "$place" && cd "$place" || return
	echo 'The cat sat on the mat. It was raining outside.' >notes.txt
	echo 'int main(void) { return 0; }' >main.c
	cp "$tests/data/pixel.png" screen.png
	mkdir notes
	echo 'An umbrella, for rain.' >notes/rain.txt
}

# The rows of the table under a heading: the first column, without markup.
table() { # HEADING
	sed "1,/^## $1\$/d; /^## /,\$d" "$readme" |
		sed -n '/^| *[^-]/s/^| \([^|]*\) |.*/\1/p' | sed 1d |
		sed 's/^\[*`\([^`]*\)`.*/\1/'
}

# The lines for a shell that are no comment.
shell_lines() { blocks "$readme" sh | grep -v '^#'; }

# What the server does for one command of the session.
scenario() { # COMMAND EXPECTED-OUTPUT
	local models text=${2//$'\n'/\\n}

	models='{"data":[{"id":"docker.io/ai/smollm2:latest","dmr":'
	models+='{"parameters":"134.52M","size":"92.10MiB"}}]}'
	case $1 in
	*'dmr-models -q warm'*'dmr-models |'*)
		printf '%s\n' accept read "text 200 ''" accept read \
			"json 200 '$models'" accept read \
			"json 200 '[{\"model_name\":\"ai/smollm2\"}]'"
		;;
	*ai/nothing*)
		printf '%s\n' accept read \
			"text 404 'error while getting model: model not found'"
		;;
	*'| head'*)
		printf '%s\n' accept read sse "delta \"$text\\n\"" \
			'burst forever delta "3.\n"'
		;;
	*hello.c*) answer 'Here:\n```c\n#include <stdio.h>\n```\nIt prints.' ;;
	*--max-tokens*) answer "${2%%$'\n'*}" length ;;
	*--jq\ .weather*) answer '{\"animal\":\"cat\",\"weather\":\"raining\"}' ;;
	*--assert*) answer '{\n  \"rain\": true\n}' ;;
	*--count*) printf '%s\n' accept read "json 200 '{\"input_tokens\":$2}'" ;;
	*) answer "$text" ;;
	esac
}

# What one command of the session must have asked for.
check_request() { # COMMAND
	case $1 in
	*--count*) asks 1 '.messages[0].content |
		test("\n--- end notes.txt [0-9a-f]{32} ---$")' ;;
	*'-S '*) asks 1 '.messages[0].content | endswith("raining outside.")' &&
		asks 1 '.response_format.type == "json_schema"' ;;
	*'And of France?'*) asks 1 '[.messages[].role] ==
		["user", "assistant", "user"]' ;;
	*hello.c*) asks 1 '.max_tokens == 200' ;;
	*max-tokens*) asks 1 '.max_tokens == 5' ;;
	*'-t summarize'*) asks 1 '.messages[0].content | test("ummar")' ;;
	*ai/nothing*) asks 1 '.model == "ai/nothing"' ;;
	*'capital of Japan'* | *'planets'*)
		asks 1 '.messages | length == 1'
		;;
	'dmr-models -q warm '*) asks 1 '.model == "ai/smollm2"' ;;
	*)
		echo "no test knows: $1"
		return 1
		;;
	esac
}

# Runs one command of the session; it prints what README.md shows.
run_line() { # COMMAND EXPECTED-OUTPUT
	local host=${REAL_HOST-} served='' shown

	if [[ ! $host && $1 == *dmr-* && $1 != 'git diff '* ]]; then
		scenario "$1" "$2" >"$BATS_TEST_TMPDIR/scenario"
		serve <"$BATS_TEST_TMPDIR/scenario"
		served=yes
	fi
	[[ ! $host ]] || export DMR_HOST=$host
	try -0 bash -c "exec 2>&1; $1" </dev/null
	shown=${2//unix:\/\/\/run\/dmr.sock/$DMR_HOST}
	assert_stdout ${shown:+"$shown"}
	[[ $served ]] || return 0
	assert_requests "$(grep -c '^accept$' "$BATS_TEST_TMPDIR/scenario")"
	check_request "$1"
}

@test "README.md: the session prints what it shows" {
	local command shown n=0

	need git jq
	git init -q .
	while IFS= read -r -d '' command && IFS= read -r -d '' shown; do
		run_line "$command" "$shown"
		n=$((n + 1))
	done < <(blocks "$readme" console | session)
	((n == $(blocks "$readme" console | grep -c '^\$ ') && n >= 10))
}

# The answer to one line for a shell, in answers; what must come of it, in
# prints, and for the first request in asks.
expect() { # LINE
	local reasons='{"choices":[{"index":0,"delta":{"reasoning_content":'

	answers=$(answer 'It lacks a goal.')
	prints='It lacks a goal.' says='' asks=.
	case $1 in
	*' -f main.c '*)
		asks='.messages[0].content | split("\n") |
			.[0] == "What is missing in the Makefile?" and
			.[3] == "int main(void) { return 0; }" and
			(.[2] | startswith("--- begin main.c ")) and
			any(startswith("--- begin Makefile "))'
		;;
	*' -t screenshot '*)
		asks='.messages[0].role == "system" and
			(.messages[1].content | map(.type) |
			sort == ["image_url", "text"]) and
			(.messages[1].content[] | select(.image_url) |
			.image_url.url | startswith("data:image/png;base64,"))'
		;;
	*' -R stderr --usage '*)
		reasons+='"7 times 13."}}]}'
		answers=${answers/sse/"sse"$'\n'"event '$reasons'"}
		says='7 times 13.*tokens of prompt*7 of answer*'
		;;
	*' --json '*) prints=7 ;;
	dmr-embed*)
		answers="accept
			read
			json 200 '{\"data\":[{\"index\":0,\"embedding\":[0,1]}]}'"
		asks='.input == ["An umbrella, for rain.\n"]' prints=
		[[ $1 != *--near* ]] || asks='.input == ["what to take for rain"]' \
			prints=$'1.000000\tnotes/rain.txt'
		;;
	'dmr-docstring -d '*)
		answers='accept
			read
			json 200 '"'"'{"choices":[{"finish_reason":"stop","message":{"content":"{\"summary\":\"Look up a price.\",\"details\":\"\",\"params\":[{\"name\":\"name\",\"text\":\"What it is.\"}],\"returns\":\"The price.\",\"example\":\"\"}"}}]}'"'"
		asks='.temperature == 0.3'
		prints='*+    """Look up a price.*+        name: What it is.*'
		printf 'def price(name):\n    return prices[name]\n' >prices.py
		;;
	*'dmr-review '*)
		answers="accept
			read
			json 200 '{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"{\\\"findings\\\":[]}\"}}]}'"
		asks='.temperature == 0.4' prints=''
		;;
	'dmr-reqs -c '*) answers='' asks='' prints='' ;;
	'dmr-reqs '*)
		answers=$(reqs_answers 2)
		asks='.temperature == 0.5' prints=''
		;;
	dmr-check)
		answers=$(check_answers)
		asks='' prints=$'*\nok\tanswer\t*'
		;;
	'dmr-docstring -c '*)
		answers='' asks='' prints='prices.py:1:5: * no documentation *'
		;;
	*' -l -r '*) asks='.stream == false' ;;
	*'--dry-run '*)
		answers='' asks=
		prints='*"role": "system"*It was raining outside.*'
		;;
	*' --log calls.jsonl '*)
		prints=$'It lacks a goal.\nIt lacks a goal.'
		;;
	*' --pull missing '*)
		answers="accept
			read
			text 404 'error while getting model: model not found'
			accept
			read
			json 200 '{\"type\":\"success\",\"message\":\"done\"}'
			$answers"
		says='dmr-chat: pulling ai/gemma3 ...'
		asks='.model == "ai/gemma3"'
		;;
	*) return 1 ;;
	esac
}

@test "README.md: its lines for a shell run, and ask for what they say" {
	local line answers prints says asks n=0

	need jq
	echo 'all:' >Makefile
	while IFS= read -r line; do
		echo "line: $line"
		expect "$line"
		serve <<<"$answers"
		try -0 bash -o pipefail -c "$line" </dev/null
		# shellcheck disable=SC2053 # patterns
		[[ $output == $prints && $stderr == $says ]]
		assert_requests "$(grep -c '^[[:space:]]*accept$' <<<"$answers")"
		[[ ! $asks ]] || asks 1 "$asks"
		n=$((n + 1))
	done < <(shell_lines | grep '^dmr-' | grep -v api.example.com)
	((n == 15))
}

@test "README.md has 29 lines that call the tools" {
	{
		blocks "$readme" console | sed -n 's/^[$>] //p'
		shell_lines
	} | grep -c dmr- >"$BATS_TEST_TMPDIR/lines"
	assert_file "$BATS_TEST_TMPDIR/lines" 29
}

@test "README.md begins with make demo and make check, which are goals" {
	local goal

	shell_lines | sed -n '1,2s/ *#.*//p' >"$BATS_TEST_TMPDIR/first"
	assert_file "$BATS_TEST_TMPDIR/first" 'make demo' 'make check'
	for goal in demo demo-stop check check-fast check-wide deps uninstall; do
		grep -q "make $goal" "$readme"
		try -0 make -C "$top" -n "$goal"
	done
}

@test "README.md: every line for a shell is one that a test here runs" {
	local line answers prints says asks n=0

	while IFS= read -r line; do
		n=$((n + 1))
		case ${line%% *#*} in
		'make demo' | 'make check') ;;
		make | 'make install PREFIX="$HOME/.local"') ;;
		'. share/completions/dmr.bash') ;;
		'dmr-chat -H https://api.example.com/v1 --key-file '*) ;;
		*)
			expect "$line" || {
				echo "no test runs: $line"
				return 1
			}
			;;
		esac
	done < <(shell_lines)
	((n == 22))
}

@test "README.md: a cloud model is asked the same way, with the key" {
	local line

	(umask 077 && echo secret >"$HOME/.key")
	line=$(shell_lines | grep api.example.com)
	serve_answer 'Hello.'
	try -0 bash -c "${line//https:\/\/api.example.com/$DMR_HOST}"
	assert_stdout 'Hello.'
	request_head 1 >"$BATS_TEST_TMPDIR/head"
	grep -qx 'POST /v1/chat/completions HTTP/1.1' "$BATS_TEST_TMPDIR/head"
	grep -qx 'Authorization: Bearer secret' "$BATS_TEST_TMPDIR/head"
}

@test "README.md: what is installed runs, also once it was moved" {
	try -0 bash -c "cd '$top' && $(shell_lines | grep '^make *install')"
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
	try -0 bash --norc -c "cd '$top' && $(shell_lines |
		grep completions) && complete -p dmr-chat dmr-models"
	assert_stdout 'complete -o default -F _dmr dmr-chat' \
		'complete -o default -F _dmr dmr-models'
}

@test "README.md: make has the summary only if the answer is whole" {
	blocks "$readme" make >Makefile
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

@test "README.md: git has a draft of the message only if it is whole" {
	need git
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost GIT_CONFIG_GLOBAL=
	export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
	git init -q . && git add main.c
	blocks "$readme" shell >.git/hooks/prepare-commit-msg
	chmod +x .git/hooks/prepare-commit-msg
	serve < <(answer 'Add the pro' length && answer 'Add the program')
	# The first try is cut: what the editor gets is git's own empty text.
	try -1 env GIT_EDITOR=true git commit -q
	[[ $stderr == *'cut at the token limit'* ]]
	try -0 env GIT_EDITOR=true git commit -q
	asks 2 '.messages[-1].content | contains("+int main(void)")'
	try -0 git log --format=%B
	assert_stdout 'Add the program' ''
	# A message that was given stands, and nothing is asked.
	echo >>main.c
	try -0 git commit -q -a -m 'Begin'
	try -0 git log -1 --format=%s
	assert_stdout Begin
	assert_requests 2
	# Without a server it is written by hand.
	export DMR_HOST=http://127.0.0.1:1
	echo >>main.c
	try -0 env GIT_EDITOR='echo By hand >' git commit -q -a
	try -0 git log -1 --format=%s
	assert_stdout 'By hand'
}

@test "README.md lists the prompts that there are, with what -p sets" {
	sed -n '/^## Prompts$/,/^## /s/^\* `\([^`]*\)`.*/\1/p' "$readme" |
		assert_file /dev/stdin -f <(cd "$top/prompts" &&
			printf '%s\n' *.prompt | sed 's/\.prompt$//' | sort)
	sed -n '/^## Prompts$/,/^## /p' "$readme" | awk -F '`' '
		/^\* / { name = $2 }
		{ for (i = 2; i < NF; i += 2) if (sub(/^-p /, "", $i)) {
			sub(/=$/, "", $i); print name, $i } }' | sort \
		>"$BATS_TEST_TMPDIR/params"
	(cd "$top/prompts" && grep -oE '\{\{#?[a-z]+' ./*.prompt) |
		sed 's/^\.\/\(.*\)\.prompt:{{#*/\1 /' |
		grep -v -e ' prompt$' -e ' input$' -e ' files$' \
		-e ' images$' | sort -u |
		assert_file "$BATS_TEST_TMPDIR/params" -
}

@test "README.md: the configuration is one, and names server and model" {
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	blocks "$readme" ini >"$XDG_CONFIG_HOME/dmr/config"
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
	assert_file "$BATS_TEST_TMPDIR/statuses" -f <(
		sed -n 's/^\tST_[A-Z_]* = \([0-9]*\),$/\1/p' "$top/lib/err.h"
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

# ---- docs/troubleshooting.md

# What a command of it must print, where that is not the mock's affair.
check_trouble() { # COMMAND
	case $1 in
	dmr-check*streaming | dmr-check*gpu*) [[ $output == ok$'\t'* ]] ;;
	'dmr-check -m '*) [[ $output == *'ai/smollm2 (--model)'* ]] ;;
	'dmr-check --json '* | dmr-check*grep*) ;;
	dmr-check) [[ $output == *$'\nok\tanswer\t'* ]] ;;
	dmr-models) [[ $output == ai/smollm2$'\t'* ]] ;;
	'dmr-models status') [[ $output == *$'\nversion\t'* ]] ;;
	'dmr-models recommend'*) [[ $output == dmr-models\ pull\ * ]] ;;
	'dmr-models logs'*) [[ $output ]] ;;
	'dmr-models pull'* | 'dmr-models warm'*) [[ $output$stderr ]] ;;
	'dmr-models ps' | 'dmr-models unload'*) ;;
	'dmr-models configure '*) ;;
	'docker model status' | 'docker logs docker-model-runner')
		[[ $output == "docker: ${1#docker }" ]]
		;;
	*) return 1 ;;
	esac
}

@test "troubleshooting.md: each of its commands runs" {
	local line n=0

	need jq
	readme=$top/docs/troubleshooting.md
	mkdir bin
	printf '#!/bin/sh\necho "docker: $*"\n' >bin/docker
	chmod +x bin/docker
	mkfifo address
	"$BUILD/dmr-mock" >address 3>&- &
	rawd_pids+=($!)
	rawd_folders+=(/nonexistent)
	read -r -t "$DEADLINE" DMR_HOST <address
	export DMR_HOST
	PATH=$place/bin:$PATH
	while IFS= read -r line; do
		echo "line: $line"
		if [[ $line == *"grep -v '^ok'" ]]; then # there is none
			try -1 bash -o pipefail -c "$line" </dev/null
		else
			try -0 bash -o pipefail -c "$line" </dev/null
		fi
		check_trouble "$line"
		n=$((n + 1))
	done < <(shell_lines)
	((n == 19))
}

@test "troubleshooting.md has a row for each check, in their order" {
	readme=$top/docs/troubleshooting.md
	table 'The lines' >rows
	[[ $(wc -l <rows) == 17 ]]
	try -1 dmr-check
	cut -f 2 "$BATS_TEST_TMPDIR/stdout" | sed '$d' | assert_file rows -
	# And so has the page.
	sed -n 's/^\.It Cm //p' "$top/man/dmr-check.1" | assert_file rows -
}
