# docs/from-llm.md is true: each of its commands runs, and asks for what the
# command of llm above it asks for.
#
# A block for a shell holds pairs with an empty line between them: lines of
# llm's behind "# ", and below them ours.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand
# shellcheck disable=SC2034 # what expect sets for run_pair

load lib
load markdown

setup() {
	lib_setup
	page=$top/docs/from-llm.md
	place=$BATS_TEST_TMPDIR/place
	mkdir -p "$place/bin" "$place/src" && cd "$place" || return
	echo 'print("hello")' | tee myscript.py cli.py >src/utils.py
	echo 'Explain every line.' >explain_code.txt
	echo '{"type":"object","required":["crew"]}' >crew.schema.json
	echo '[{"type":"function","function":{"name":"calculate"}}]' >tools.json
	cp "$tests/data/pixel.png" image1.jpg
	cp "$tests/data/pixel.png" image2.jpg
	# No network: what curl would print of the two addresses.
	cat >bin/curl <<-'EOF'
		#!/bin/sh
		case $* in
		'-s https://'*/boats.jpg) cat image1.jpg ;;
		'-s https://'*/robots.txt) echo 'User-agent: *' ;;
		*) exit 2 ;;
		esac
	EOF
	chmod +x bin/curl
	need git jq
	git init -q . && git add -N cli.py
	PATH=$place/bin:$PATH
}

# The pairs under a heading, or all: with WHICH "ours" our lines, each ended
# by NUL, with "llm" those of llm, with "both" a pair.
pairs() { # ours|llm|both [HEADING]
	awk -v which="$1" -v heading="${2:-}" '
		function flush() {
			if (text != "")
				printf "%s%c", text, 0
			text = ""
		}
		/^## / { here = $0 == "## " heading }
		heading != "" && !here { next }
		/^```/ || (on && /^$/) { flush() }
		/^```/ { on = $0 == "```sh"; next }
		!on || /^$/ { next }
		which == "both" || (which == "llm") == /^# / { text = text $0 "\n" }
	' "$page"
}

answer_call() { # NAME ARGUMENTS
	local call='{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,'

	call+='"id":"c1","type":"function","function":{"name":"'$1'",'
	call+='"arguments":"'${2//\"/\\\"}'"}}]}}]}'
	printf '%s\n' accept read sse "event '$call'" 'finish tool_calls' 'done'
}

# What the server does for a pair, in answers; what it finds on standard
# input, in input; what it must print, in prints and says; and what must be
# true of each request, in asks.
expect() { # OUR-LINES
	local boats='Ten names for a boat' models event

	answers=$(answer 'Well, well.') input='' prints='Well, well.' says=''
	asks=(".messages == [{role: \"user\", content: \"$boats\"}]")
	case $1 in
	"dmr-chat '$boats'") ;;
	*'< myscript.py'*)
		asks=('.messages[0].content ==
			"explain this code\n\nprint(\"hello\")"')
		;;
	'git diff |'*)
		asks=('.messages[0] == {role: "system",
			content: "Describe these changes"} and
			(.messages[1].content | contains("+print"))')
		;;
	dmr-models*)
		models='{"data":[{"id":"docker.io/ai/smollm2:latest","dmr":'
		models+='{"parameters":"134.52M","size":"92.10MiB"}}]}'
		answers=$(printf '%s\n' accept read "json 200 '$models'" \
			accept read "json 200 '[]'")
		prints=$'ai/smollm2\t134.52M\t-\t92.10MiB\t-\tno'
		asks=('' '')
		;;
	"dmr-chat -m ai/qwen3 '$boats'" | 'export DMR_MODEL'*)
		asks[0]+=' and .model == "ai/qwen3"'
		;;
	'luna() {'*)
		asks=('.model == "ai/qwen3" and (.messages[0].content |
			test("^A sea shanty"))')
		;;
	*--temperature*) asks[0]+=' and .temperature == 1.5' ;;
	*reasoning_effort*)
		event='{"choices":[{"index":0,"delta":{"reasoning_content":"Hm."}}]}'
		answers=${answers/sse/"sse"$'\n'"event '$event'"}
		says=$'Hm.\n'
		asks=('.model == "model-id" and .reasoning_effort == "high" and
			.messages[0].content == "Solve this problem"')
		;;
	*'-a image1.jpg -a image2.jpg'*)
		asks=('[.messages[0].content[] | .text // .image_url.url[:22]] |
			sort == ["data:image/png;base64,",
				"data:image/png;base64,", "extract text"]')
		;;
	*boats.jpg*)
		asks=('[.messages[0].content[] | .text // .image_url.url[:22]] |
			sort == ["data:image/png;base64,", "describe this image"]')
		;;
	*'-f cli.py -s '*)
		asks=('.messages[0] == {role: "system",
			content: "Explain every line."} and
			(.messages[1].content | split("\n") |
			.[1] == "print(\"hello\")" and length == 3)')
		;;
	*'-f cli.py '*)
		asks=('.messages[0].content | split("\n") |
			.[0] == "a limerick about this code" and
			.[3] == "print(\"hello\")" and length == 5')
		;;
	*robots.txt*)
		asks=('.messages[0].content == "explain this\n\nUser-agent: *"')
		;;
	*unittest.prompt*)
		asks=('.messages == [{role: "system",
			content: "write unit tests for this code"},
			{role: "user", content: "print(\"hello\")"}]')
		;;
	*recipe.prompt*)
		asks=('.messages[0].content ==
			"A recipe from Norway with fish, rice."')
		;;
	'dmr-chat -x '*)
		answers=$(answer 'So:\n```js\nreverse();\n```\nThat is all.')
		prints='reverse();'
		asks=('.messages[0].content | startswith("Python")')
		;;
	*"-S 'name, age int, "*)
		answers=$(answer '{\"name\":\"Z\",\"age\":4,\"bio\":\"\"}')
		prints='{"name":"Z","age":4,"bio":""}'
		asks=('.response_format.json_schema.schema | .properties.age.type ==
			"integer" and (.required | length == 3)')
		;;
	*'-S @crew.schema.json '*)
		answers=$(answer '{\"crew\":[]}')
		prints='{"crew":[]}'
		asks=('.response_format.json_schema.schema.required == ["crew"]')
		;;
	'dmr-chat -c boats.jsonl'*)
		answers+=$'\n'$(answer 'More.')
		prints=$'Well, well.\nMore.'
		asks+=('[.messages[].content] ==
			["Ten names for a boat", "Well, well.", "Ten more"]')
		;;
	'while read -r line; do'*)
		answers+=$'\n'$(answer 'More.')
		input=$'Tell me a joke.\nAnother.\n'
		prints=$'Well, well.\nMore.'
		asks=('.model == "ai/qwen3" and (.messages | length == 1)'
			'[.messages[].content] ==
			["Tell me a joke.", "Well, well.", "Another."]')
		;;
	*--json*)
		prints='{"text":"Well, well.",*"finish_reason":"stop",*"tries":1}'
		asks=('.messages[0].content == "Five names for a parrot"')
		;;
	*DMR_LOG=*) prints=$'Well, well.\nWell, well.' ;;
	'grep boat '*) answers='' asks=() ;;
	*'--tools '*)
		answers=$(answer_call calculate '{"expression":"321 * 123"}')
		prints='{"name":"calculate",*321 \* 123*}'
		asks=('.tools[0].function.name == "calculate"')
		;;
	*)
		echo "no test knows: $1"
		return 1
		;;
	esac
}

run_pair() { # OUR-LINES
	local lines=${1%$'\n'} answers input prints says asks i

	echo "pair: $lines"
	expect "$lines"
	printf '%s' "$input" >"$BATS_TEST_TMPDIR/stdin"
	serve <<<"$answers"
	lines=${lines//https:\/\/example.com/$DMR_HOST}
	try -0 bash -o pipefail -c "$lines" <"$BATS_TEST_TMPDIR/stdin"
	# shellcheck disable=SC2053 # patterns
	[[ $output == $prints && $stderr == ${says%$'\n'} ]]
	assert_requests "${#asks[@]}"
	for i in "${!asks[@]}"; do
		[[ ! ${asks[i]} ]] || asks $((i + 1)) "${asks[i]}"
	done
}

# Runs the pairs under a heading: so many.
run_pairs() { # HEADING NUMBER
	local ours n=0

	while IFS= read -r -d '' ours; do
		run_pair "$ours"
		n=$((n + 1))
	done < <(pairs ours "$1")
	((n == $2))
}

@test "from-llm.md: asking" { run_pairs Asking 3; }

@test "from-llm.md: models and options" { run_pairs 'Models and options' 6; }

@test "from-llm.md: attachments" { run_pairs Attachments 2; }

@test "from-llm.md: fragments" { run_pairs Fragments 3; }

@test "from-llm.md: templates" { run_pairs Templates 2; }

@test "from-llm.md: code" { run_pairs Code 1; }

@test "from-llm.md: schemas" { run_pairs Schemas 2; }

@test "from-llm.md: conversations" { run_pairs Conversations 2; }

@test "from-llm.md: logs" { run_pairs Logs 3; }

@test "from-llm.md: tools" { run_pairs Tools 1; }

@test "from-llm.md: 25 pairs of llm's lines and ours, and each is run above" {
	local heading n pair which

	for which in ours llm both; do
		pairs "$which" | tr -cd '\0' | wc -c
	done >"$BATS_TEST_TMPDIR/pairs"
	assert_file "$BATS_TEST_TMPDIR/pairs" 25 25 25
	# All of llm's lines are llm's, and stand above ours.
	while IFS= read -r -d '' pair; do
		[[ $pair == '# '*llm\ * && $pair == *$'\n'[!#]* ]]
		[[ $pair != *$'\n'[!#]*$'\n#'* ]]
	done < <(pairs both)
	# Each heading has a test that runs all its pairs.
	while IFS= read -r heading; do
		n=$(pairs ours "$heading" | tr -cd '\0' | wc -c)
		((n == 0)) || grep -qE \
			"^@test .*\{ run_pairs '?$heading'? $n; \}$" \
			"$tests/from-llm.bats"
	done < <(sed -n 's/^## //p' "$page")
}
