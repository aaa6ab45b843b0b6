# The manual says what is there: no option, variable, key or status is missing
# from it, none is in it that does not exist, and its examples run.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2317 # functions called by name

load lib

setup() {
	lib_setup
	cd "$top" || return
	pages=(man/*.[1-8])
	tools=(tools/dmr-*.c)
	tools=("${tools[@]#tools/}")
	tools=("${tools[@]%.c}")
	((${#tools[@]} >= 2 && ${#pages[@]} >= 5))
}

# The options a page documents, as --options prints them, without the help:
# ".It Fl m , -model Ar NAME" is "m<TAB>--model<TAB>NAME".
page_options() { # PAGE
	sed -n 's/^\.It Fl //p' "$1" | awk '{
		letter = "-"
		if ($2 == ",") { letter = $1; $1 = $2 = ""; $0 = $0; $1 = $1 }
		printf "%s\t-%s\t%s", letter, $1, NF == 1 ? "-" : $3
		print NF == 1 || (NF == 3 && $2 == "Ar") ? "" : "\t???"
	}'
}

tool_options() { "$1" --options | cut -f 1-3; }

# The names after ".It MACRO" in a page's section, one a line.
page_items() { # MACRO PAGE [SECTION]
	awk -v macro="$1" -v section="${3:-}" '
		/^\.Sh / { here = !section || $0 == ".Sh " section }
		here && $1 == ".It" && (!macro || $2 == macro) {
			print $(macro ? 3 : 2)
		}' "$2"
}

# The names of the option rows in the sources that have a flag.
row_names() { # FLAG FILE...
	local flag=$1

	shift
	awk -v flag="$flag" 'BEGIN { RS = "\\{ OPT_"; FS = "\"" }
		NR > 1 { sub(/(^|[^a-z])\.kind.*/, "") }
		NR > 1 && (!flag || $0 ~ flag "[^A-Z_]") { print $2 }' "$@"
}

# assert_same WHAT: two lists on descriptors 3 and 4 have the same lines.
assert_same() {
	diff -u --label "$1" --label "the page" <(sort -u <&4) <(sort -u <&3)
}

@test "C19: what a tool's page documents is what --options prints, both ways" {
	local tool

	for tool in "${tools[@]}"; do
		assert_same "$tool --options" 3< <(page_options "man/$tool.1") \
			4< <(tool_options "$tool")
		# Nothing stands there twice.
		page_options "man/$tool.1" | sort | uniq -d >"$BATS_TEST_TMPDIR/twice"
		assert_file "$BATS_TEST_TMPDIR/twice"
	done
}

@test "C19: --help holds the rows of --options, and no other option" {
	local tool

	for tool in "${tools[@]}"; do
		"$tool" --options | awk -F '\t' '{
			left = ($1 == "-" ? "    " : "-" $1 ", ") $2
			left = left ($3 == "-" ? "" : " " $3)
			printf "  %-27s %s\n", left, $4
		}' >"$BATS_TEST_TMPDIR/rows"
		"$tool" --help | grep -E '^ +-' >"$BATS_TEST_TMPDIR/help"
		assert_file "$BATS_TEST_TMPDIR/help" -f "$BATS_TEST_TMPDIR/rows"
		[[ $(wc -l <"$BATS_TEST_TMPDIR/rows") -gt 10 ]]
	done
}

@test "C19: every row of --options is parsed, by its name and by its letter" {
	local tool letter name arg value long short

	for tool in "${tools[@]}"; do
		long=() short=()
		while IFS=$'\t' read -r letter name arg _; do
			case $arg in
			-) value=() ;;
			N | X | SCORE | PCT) value=(1) ;;
			TIME) value=(1s) ;;
			*) value=(a=b) ;;
			esac
			long+=("$name${value[0]+=${value[0]}}")
			[[ $letter == - ]] || short+=("-$letter" "${value[@]}")
		done < <("$tool" --options)
		((${#long[@]} > 10 && ${#short[@]} > 4))
		try -0 "$tool" "${long[@]}"
		[[ $output == "usage: $tool "* ]]
		try -0 "$tool" "${short[@]}"
		[[ $output == "usage: $tool "* ]]
	done
}

@test "dmr.7 has each option once that is not a tool's own, with its argument" {
	local tool

	for tool in "${tools[@]}"; do
		tool_options "$tool" | grep -vFf <(
			row_names '' "tools/$tool.c" | sed 's/.*/\t--&\t/'
		)
	done >"$BATS_TEST_TMPDIR/shared"
	assert_same "--options" 3< <(page_options man/dmr.7) \
		4<"$BATS_TEST_TMPDIR/shared"
	page_options man/dmr.7 | sort | uniq -d >"$BATS_TEST_TMPDIR/twice"
	assert_file "$BATS_TEST_TMPDIR/twice"
}

@test "dmr.7 lists the environment variables the sources read, and no others" {
	sed -nE 's/.*(config_env|config_env_is_set|absolute)\("([A-Z_]+)"\).*/\2/p
		s/.*\.env = "([A-Z_]+)".*/\1/p' lib/*.c tools/*.c tools/*/*.c \
		>"$BATS_TEST_TMPDIR/read"
	[[ $(wc -l <"$BATS_TEST_TMPDIR/read") -gt 5 ]]
	assert_same "the sources" 3< <(page_items Ev man/dmr.7 ENVIRONMENT) \
		4<"$BATS_TEST_TMPDIR/read"
	# Nothing else asks the environment.
	try -0 grep -lw getenv -r lib tools --include='*.[ch]'
	assert_stdout lib/config.c
	try -1 grep -n 'getenv("' lib/config.c
}

# The files and folders that the sources name, as pages do: a string that holds
# a path, and what is asked of the folders of the user and of the program.
source_files() {
	sed -nE 's,.*config_path\("([a-z.]+)"\).*,~/.config/dmr/\1,p
		s,.*installed\("([a-z/]+)".*,../\1,p
		s,.*"(unix://)?%s/(\.docker/[^":]*).*,~/\2,p
		s,.*"(\.docker/|Library/)([^"]*).*,~/\1\2,p' "$@"
	grep -ohE '"/(\.|proc/net|run|sys|etc|var)[^"%]*' "$@" | tr -d '"'
}

# Those of the FILES of pages, one a line.
page_files_listed() { # PAGE...
	awk '/^\.Sh / { here = $2 == "FILES" } here' "$@" |
		sed -n 's/^\.It Pa //p' | sed 's/ Ns Ar .*//; s/ , /\n/g'
}

# Each line of the one is one of the other, or a folder above or below it.
assert_related() { # NAMES OTHERS
	awk '{ sub(/\/*$/, "/") }
		NR == FNR { names[$0]; next }
		{
			for (name in names)
				if (index($0, name) == 1 || index(name, $0) == 1)
					next
			print "not there: " $0
			bad = 1
		}
		END { exit bad }' "$2" "$1"
}

@test "FILES of the pages has each file that the sources name, and no others" {
	source_files lib/*.c tools/*.c tools/*/*.c |
		sort -u >"$BATS_TEST_TMPDIR/named"
	page_files_listed man/dmr.7 man/dmr-check.1 | sort >"$BATS_TEST_TMPDIR/listed"
	[[ $(wc -l <"$BATS_TEST_TMPDIR/named") -gt 15 ]]
	uniq -d "$BATS_TEST_TMPDIR/listed" | assert_file /dev/stdin
	assert_related "$BATS_TEST_TMPDIR/named" "$BATS_TEST_TMPDIR/listed"
	assert_related "$BATS_TEST_TMPDIR/listed" "$BATS_TEST_TMPDIR/named"
}

@test "dmr-config.5 lists the keys of the config file, and no others" {
	assert_same "OPT_CONFIG" 3< <(page_items Cm man/dmr-config.5) \
		4< <(row_names OPT_CONFIG lib/tool_{settings,records,prompt}.c tools/*.c)
	# Which of them may stand in a section.
	assert_same "OPT_PER_TOOL" \
		4< <(row_names OPT_PER_TOOL lib/tool_settings.c tools/*.c) 3< <(
			awk '$1 == ".It" { name = $3 }
				/^Also in a section/ { print name }' \
				man/dmr-config.5
		)
}

@test "dmr-config.5: a key it does not list is unknown to every tool" {
	local tool

	mkdir -p "$XDG_CONFIG_HOME/dmr"
	echo 'temperature = 1' >"$XDG_CONFIG_HOME/dmr/config"
	for tool in "${tools[@]}"; do
		try -2 "$tool"
		assert_stderr "$tool: $XDG_CONFIG_HOME/dmr/config:1: unknown key 'temperature'"
	done
}

@test "dmr-prompt.5 lists the keys of the front matter, and no others" {
	assert_same "OPT_TEMPLATE" 3< <(page_items Cm man/dmr-prompt.5) 4< <(
		echo description
		row_names OPT_TEMPLATE lib/tool_settings.c tools/*.c
	)
	printf -- '---\nhost: x\n---\n' >"$BATS_TEST_TMPDIR/x.prompt"
	try -2 dmr-chat -n -t "$BATS_TEST_TMPDIR/x.prompt"
	assert_stderr "dmr-chat: $BATS_TEST_TMPDIR/x.prompt:2: unknown key 'host'"
}

@test "dmr.7 lists the exit statuses of err.h, and no others" {
	assert_same "err.h" 3< <(page_items '' man/dmr.7 'EXIT STATUS') \
		4< <(sed -n 's/^\tST_[A-Z_]* = \([0-9]*\),$/\1/p' lib/err.h)
}

@test "the tools' pages list only statuses that dmr.7 has" {
	local tool

	for tool in "${tools[@]}"; do
		page_items '' "man/$tool.1" 'EXIT STATUS' | sort -u \
			>"$BATS_TEST_TMPDIR/own"
		[[ -s $BATS_TEST_TMPDIR/own ]]
		page_items '' man/dmr.7 'EXIT STATUS' | sort -u |
			comm -23 "$BATS_TEST_TMPDIR/own" - \
				>"$BATS_TEST_TMPDIR/unknown"
		assert_file "$BATS_TEST_TMPDIR/unknown"
	done
}

@test "dmr-chat.1 lists the templates that come with it" {
	assert_same prompts/ 3< <(page_items Cm man/dmr-chat.1) \
		4< <(cd prompts && printf '%s\n' *.prompt | sed 's/\.prompt$//')
}

@test "dmr-models.1 lists the verbs that --help lists" {
	assert_same --help 3< <(page_items Cm man/dmr-models.1) \
		4< <(dmr-models --help | sed '1,/^Verbs:/d; /^$/,$d' |
			awk '!/ the same as / { print $1 }')
}

@test "dmr-mock.1 lists the members of a scenario's line, and no others" {
	assert_same script_line.c \
		3< <(sed -n '/^\.Ss A scenario/,/^\.Ss Faults/p' man/dmr-mock.1 |
			sed -n 's/^\.It Cm //p') \
		4< <(sed -n 's/^\t\[[A-Z]*\] = { "\([a-z_]*\)", "a.*/\1/p' \
			tools/dmr-mock/script_line.c)
}

@test "every tool has a page, and every dmr page that is referred to is there" {
	local tool name section

	for tool in "${tools[@]}"; do
		[[ -f man/$tool.1 ]]
		grep -q "^\.It Xr $tool 1\$" man/dmr.7
	done
	# The hub leads to all others.
	assert_same man/ 3< <(awk '/^\.Sh / { here = $2 == "SEE" }
			here && $2 ~ /^dmr/ { print $2 "." $3 }' man/dmr.7) \
		4< <(printf '%s\n' "${pages[@]#man/}" | grep -vx dmr.7)
	while read -r _ name section _; do
		[[ $name != dmr* || -f man/$name.$section ]] || {
			echo "no man/$name.$section"
			return 1
		}
	done < <(grep -h '^\.Xr ' "${pages[@]}")
}

@test "the pages are good mdoc" {
	need mandoc
	try -0 mandoc -T lint -W warning "${pages[@]}"
	assert_stdout
}

# ---- examples
#
# A command line begins with "$ ", its further lines with "> ".  A block
# without is a file, and named by the last .Pa before it.  Commands are taken
# from the page as it is shown, files from its source.

# The commands of a page's EXAMPLES: "$ " and "> " cut off, each ended by NUL.
page_commands() { # PAGE
	mandoc -T ascii "$1" | sed 's/.\x08//g' | awk '
		/^[A-Z]/ { here = $0 == "EXAMPLES"; next }
		!here { next }
		sub(/^ +\$ /, "") { printf "%s%s", sep, $0; sep = "\0"; on = 1; next }
		on && sub(/^ +>/, "") { printf "\n%s", $0; next }
		{ on = 0 }
		END { printf "%s", sep }'
}

# Writes the files of a page's EXAMPLES below the current folder and $HOME.
page_files() { # PAGE
	local name text

	while IFS= read -r -d '' name && IFS= read -r -d '' text; do
		name=${name/#\~/$HOME}
		mkdir -p "$(dirname "$name")"
		printf '%s' "$text" >"$name"
	done < <(awk '
		/^\.Sh / { here = $2 == "EXAMPLES" }
		!here { next }
		/^\.Pa / { name = $2 }
		/^\.Ed/ {
			if (text != "") printf "%s%c%s%c", name, 0, text, 0
			text = ""
			on = 0
		}
		on && !/^[$>] / { gsub(/\\e/, "\\"); text = text $0 "\n" }
		/^\.Bd -literal/ { on = 1 }' "$1")
}

# What an example finds around it.
make_place() {
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost GIT_CONFIG_GLOBAL=
	export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
	mkdir "$BATS_TEST_TMPDIR/place" && cd "$BATS_TEST_TMPDIR/place" || return
	mkdir outbox notes
	echo 'The dog barks.' >notes/dog.txt
	echo 'Dear Ada, thank you.' >letter.txt
	echo 'Some notes.' >notes.txt
	echo 'int main(void) { return 0; }' >main.c
	printf 'all:\n\t@echo broken; false\n' >Makefile
	(umask 077 && echo key >"$HOME/.key")
	git init -q .
	git add main.c
	git commit -q -m 'begin'
	echo '/* more */' >>main.c
	git add main.c
}

# What the server does for each tool that a command calls, in that order.
scenario() { # COMMAND
	local word answer=ok models engine vector fields

	fields='{\"summary\":\"Look up a price.\",\"details\":\"\",'
	fields+='\"params\":[{\"name\":\"name\",\"text\":\"What it is.\"}],'
	fields+='\"returns\":\"The price.\",\"example\":\"\"}'
	models='{"object":"list","data":[{"id":"docker.io/ai/smollm2:latest",'
	models+='"object":"model","dmr":{"parameters":"134.52M","quantization":'
	models+='"MOSTLY_Q4_1","size":"92.10MiB","context_window":8192}}]}'
	vector='{"data":[{"index":0,"embedding":[0.6,0.8]}]}'
	engine='[{"backend_name":"llama.cpp","model_name":"ai/smollm2",'
	engine+='"mode":"completion"}]'
	case $1 in
	*dmr-mock* | 'make check') return ;; # it is the server
	'sh ask.sh '*) tool_calls && return ;;
	*"-S 'name, age int"*) answer='{"name": "Ada", "age": 36}' ;;
	*"-S 'polite bool'"*) answer='{"polite": true}' ;;
	*words.awk*) answer='So:\n~~~awk\n{ n += NF }\n~~~\nDone.' ;;
	esac
	while read -r word; do
		case $word in
		*"dmr-models recommend"*) pull_it ;;
		*"dmr-models configure"*) configure_it ;;
		*"dmr-models ps"*) printf '%s\n' accept read "json 200 '[]'" ;;
		*"dmr-models unload"*)
			printf '%s\n' accept read "json 200 '[]'"
			;;
		*"dmr-models show"*)
			printf '%s\n' accept read "json 200 '{\"id\":\"a\",\"config\":{}}'"
			;;
		*"dmr-models env"*)
			printf '%s\n' accept read "json 200 '$models'" accept \
				read "json 200 '{\"id\":\"docker.io/ai/smollm2:latest\"}'"
			;;
		dmr-chat*)
			printf '%s\n' accept read sse \
				"delta \"${answer//\"/\\\"}\"" \
				'finish stop' 'done'
			;;
		dmr-embed*)
			printf '%s\n' accept read "json 200 '$models'" \
				accept read "json 200 '$vector'"
			;;
		dmr-review*' --offline'*) ;;
		dmr-review*)
			printf '%s\n' accept read "json 200 '{\"choices\":[{$(
			)\"message\":{\"content\":\"{\\\"findings\\\":[]}\"},$(
			)\"finish_reason\":\"stop\"}]}'"
			;;
		dmr-docstring*' -c '* | dmr-docstring*' --diff-from '*) ;;
		dmr-docstring*)
			printf '%s\n' accept read "json 200 '{\"choices\":[{$(
			)\"message\":{\"content\":\"$fields\"},$(
			)\"finish_reason\":\"stop\"}]}'"
			;;
		dmr-check*) check_answers ;;
		dmr-reqs*' --from '*"'"*) reqs_answers 1 reqs-updates.jsonl ;;
		dmr-reqs*' -c '* | dmr-reqs*' --from '*) ;;
		dmr-reqs*' --ask '*) reqs_answers 1 | head -n 3 ;;
		dmr-reqs*' --answers '*) reqs_answers 2 ;;
		dmr-reqs*) reqs_answers 1 ;;
		dmr-complete*)
			printf '%s\n' accept read "json 200 '{\"choices\":[{$(
			)\"text\":\"ok\",\"finish_reason\":\"stop\"}]}'"
			;;
		dmr-models*--names*) printf '%s\n' accept read "json 200 '$models'" ;;
		dmr-models*status*)
			printf '%s\n' accept read "json 200 '{\"version\":\"v1\"}'" \
				accept read "json 200 '{\"llama.cpp\":\"Running\"}'"
			;;
		dmr-models*warm*) printf '%s\n' accept read "text 200 ''" ;;
		dmr-models*)
			printf '%s\n' accept read "json 200 '$models'" \
				accept read "json 200 '$engine'"
			;;
		*)
			echo "no scenario for: $word" >&2
			return 1
			;;
		esac
	done < <(grep -oE 'dmr-[a-z]+[^|;&]*' <<<"$1" | grep -v '^dmr-[a-z]*\.')
}

# A pull that is over at once.
pull_it() {
	printf '%s\n' accept read "json 200 '{\"type\":\"success\"}'"
}

# What configure asks: the model, what is in force, what is loaded; it sets; and
# what is in force then.
configure_it() {
	local config='[{"Model":"ai/smollm2","Mode":"completion","Config":'

	config+='{"context-size":4096,"keep_alive":"-1"}}]'
	printf '%s\n' accept read "json 200 '{\"id\":\"ai/smollm2\"}'" \
		accept read "json 200 '[]'" accept read "json 200 '[]'" \
		accept read "text 202 ''" accept read "json 200 '$config'"
}

# An answer with two calls, the second of a tool that is not there, and the
# answer to their results.
tool_calls() {
	sed 's/^CALL /event {"choices":[{"delta":{"tool_calls":[/
		s/^event \(.*\)/event '"'\1]}}]}'"'/' <<-'EOF'
		accept
		read
		sse
		CALL {"index":0,"id":"c1","function":{"name":"add","arguments":""}}
		CALL {"index":0,"function":{"arguments":"{\"a\":20,"}}
		CALL {"index":0,"function":{"arguments":"\"b\":22}"}}
		CALL {"index":1,"id":"c2","function":{"name":"x","arguments":"{}"}}
		finish tool_calls
		done
		accept
		read
		sse
		delta 'It is 42.'
		finish stop
		done
	EOF
}

# What a command must have printed, written or asked.
check_example() { # COMMAND
	case $1 in
	*"-S 'name, age int"*) assert_stdout Ada ;;
	*"-S 'polite bool'"*)
		assert_stdout
		assert_file verdict.json '{"polite": true}'
		cmp letter.txt outbox/letter.txt
		;;
	*'Which of them is stable?'*)
		request 1 | jq -e '[.messages[].role] ==
			["user", "assistant", "user"]'
		;;
	*'why does the dog bark?'*jq*)
		request 3 | jq -e '.messages[0].content |
			startswith("Why does the dog bark?\n\nThe dog barks.")'
		;;
	*'why does the dog bark?'*) assert_stdout $'1.000000\tnotes/dog.txt' ;;
	*'how are you?'*) assert_stdout $'1.000000\tDear Ada, thank you.' ;;
	*'--as vector'*)
		jq -e '.summary == "ok" and .vector == [0.6, 0.8]' vectors.jsonl
		;;
	*words.awk*) assert_file words.awk '{ n += NF }' ;;
	'dmr-docstring shop.py')
		assert_stdout - <<-'EOF'
			def price(name):
			    """Look up a price.

			    Args:
			        name: What it is.

			    Returns:
			        The price.
			    """
			    return prices[name]
		EOF
		cp "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/documented"
		;;
	*'dmr-docstring -d'*) grep -q '^+        name: What it is.$' "$BATS_TEST_TMPDIR/stdout" ;;
	*--only-doc*)
		assert_stdout - <<-'EOF'
			"""Look up a price.

			:param name: What it is.
			:returns: The price.
			"""
		EOF
		;;
	*'dmr-reqs > '*) jq -e '.title == "Bike shop"' reqs.json ;;
	*'dmr-reqs -c '*) assert_stdout ;;
	*'dmr-reqs -n --from '*) jq -e '.meta.retired == ["US-002"]' new.json ;;
	*'dmr-reqs --from '*) jq -e '.title == "Bike shop"' reqs.json ;;
	*'--answers answers'*) grep -qx '# Bike shop' reqs.md ;;
	*'dmr-reqs -n --context '*)
		request 1 | jq -e '.messages[1].content | contains("\nSome notes.\n")'
		;;
	'git diff HEAD | dmr-review')
		request 1 | jq -e '.messages[1].content | contains("|+/* more */\n")'
		;;
	*'dmr-review --root'*)
		request 1 | jq -e '.messages[1].content | contains("\nbegin\n")'
		;;
	*'dmr-review -F sarif'*) jq -e '.runs[0].results == []' main.sarif ;;
	*'dmr-docstring -i') assert_file shop.py -f "$BATS_TEST_TMPDIR/documented" ;;
	'make check') grep -qx 'ok 3 .*' "$BATS_TEST_TMPDIR/stdout" ;;
	'sh ask.sh '*)
		assert_stdout 'It is 42.'
		request 1 | jq -e '.messages == [{role: "user",
			content: "What is 20 + 22?"}] and
			.tools[0].function.name == "add"'
		request 2 | jq -e '[.messages[] |
			[.role, .tool_call_id, .content]] == [
			["user", null, "What is 20 + 22?"],
			["assistant", null, null],
			["tool", "c1", "42"],
			["tool", "c2", "There is no such tool."]] and
			.tools[0].function.name == "add"'
		;;
	esac
}

# Runs one command against the server it needs; it must use all of that.
run_example() { # COMMAND
	local command=$1

	scenario "$command" >"$BATS_TEST_TMPDIR/scenario"
	if [[ $command == *unix://\$HOME/gpu.sock* ]]; then
		serve -u "$HOME/gpu.sock" <"$BATS_TEST_TMPDIR/scenario"
	else
		serve <"$BATS_TEST_TMPDIR/scenario"
	fi
	command=${command//https:\/\/api.example.com/$DMR_HOST}
	try -0 bash -o pipefail -c "$command" </dev/null
	assert_requests "$(grep -c '^accept$' "$BATS_TEST_TMPDIR/scenario")"
	check_example "$1"
}

# Runs all examples of a page.
run_page() { # PAGE
	local page=$top/man/$1 command n=0

	need mandoc git jq
	make_place
	page_files "$page"
	while IFS= read -r -d '' command; do
		run_example "$command"
		n=$((n + 1))
	done < <(page_commands "$page")
	# None was overlooked: as many as the source has.
	((n > 0 && n == $(grep -cE '^(\.Dl )?\$ ' "$page")))
	# And whatever stands apart there is a command or a file.
	awk '/^\.Sh / { here = $2 == "EXAMPLES" }
		!here { next }
		/^\.Dl / && !/^\.Dl \$ / { print; bad = 1 }
		END { exit bad }' "$page"
}

@test "dmr.7: the examples run, each ends with 0" { run_page dmr.7; }

@test "dmr-config.5: the examples run, each ends with 0" {
	run_page dmr-config.5
	[[ -s $HOME/.config/dmr/config ]]
}

@test "dmr-prompt.5: the examples run, each ends with 0" {
	run_page dmr-prompt.5
	[[ -s sentiment.prompt ]]
}

@test "dmr-chat.1: the examples run, each ends with 0" { run_page dmr-chat.1; }

@test "dmr-check.1: the examples run, each ends with 0" { run_page dmr-check.1; }

@test "dmr-complete.1: the examples run, each ends with 0" {
	run_page dmr-complete.1
	assert_file longer.txt -n $'Dear Ada, thank you.\nok'
}

@test "dmr-docstring.1: the examples run, each ends with 0" {
	run_page dmr-docstring.1
}

@test "dmr-review.1: the examples run, each ends with 0" {
	need git
	run_page dmr-review.1
}

@test "dmr-reqs.1: the examples run, each ends with 0" {
	run_page dmr-reqs.1
}

@test "dmr-lang.5: the examples run, each ends with 0" { run_page dmr-lang.5; }

@test "dmr-requirements.5: the examples run, each ends with 0" {
	run_page dmr-requirements.5
}

@test "dmr-requirements.5 lists the members of documents, and no others" {
	assert_same document_kinds.c 3< <(
		awk '/^\.Sh / { here = $2 == "JSON" }
			here && $1 == ".Ss" { kind = substr($0, 5) }
			here && $1 == ".It" {
				for (i = 3; i <= NF; i += 3)
					print kind, $i
			}' man/dmr-requirements.5
	) 4< <(
		awk 'BEGIN { FS = "[(), \"]+" }
			/_members\[\] = / { n = 0 }
			/^\tTHINGS?\(/ { names[++n] = $4 }
			/^\t(TEXTS?|IDS|WORD|NUMBER)\(/ { names[++n] = $3 }
			/^\tID\(/ { names[++n] = "id" }
			/^const struct kind / {
				split($0, kind, "\"")
				for (i = 1; i <= n; i++)
					print kind[2], names[i]
			}' tools/dmr-reqs/document_kinds.c
	)
}

@test "dmr-embed.1: the examples run, each ends with 0" { run_page dmr-embed.1; }

@test "dmr-models.1: the examples run, each ends with 0" {
	run_page dmr-models.1
}

@test "dmr-mock.1: the examples run, each ends with 0" {
	need curl
	run_page dmr-mock.1
	[[ -s address && ! -e mock.sock ]]
}

@test "every page has examples, and a test that runs them" {
	local page

	for page in "${pages[@]}"; do
		grep -q '^\.Sh EXAMPLES' "$page"
		grep -q "^@test.*${page#man/}: the examples run" \
			"$tests/man.bats"
	done
}
