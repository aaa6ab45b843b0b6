# dmr-chat: what it makes of an answer, and how it ends.
# shellcheck disable=SC2154 # variables that lib.bash and chat.bash set
# shellcheck disable=SC2016 # what another shell, or a filter, shall expand

load lib
load chat

# ---- -S

@test "-S: the short form is sent as a JSON schema" {
	serve_json "$ann"
	try -0 dmr-chat -n -S "$short" hello
	assert_stdout "$ann"
	assert_stderr
	assert_asked 1 '.response_format.type' '"json_schema"'
	assert_asked 1 '.response_format.json_schema.schema' "$long"
	assert_asked 1 '.response_format.json_schema.name | type' '"string"'
	# Lines divide it too, and a text may then have commas.
	try -0 dmr-chat -n -S $'name\nage int\ntags str[]: labels\nnote?\n' hello
	assert_asked 2 '.response_format.json_schema.schema' "$long"
}

@test "-S: JSON is sent as it stands, @FILE too" {
	local schema='{ "type":"object", "title":"ü", "maxLength": 9007199254740993}'

	serve_json "$ann"
	try -0 dmr-chat -n -S "$schema" hello
	assert_stdout "$ann"
	request 1 | grep -qF "\"schema\":$schema"
	file s.json "$schema"$'\n'
	try -0 dmr-chat -n --schema=@s.json hello
	request 2 | grep -qF "\"schema\":$schema"
	try -0 dmr-chat -S @- hello <s.json
	request 3 | grep -qF "\"schema\":$schema"
	# A short form may lie in a file.
	file s.short 'name, age int, tags str[]'
	try -0 dmr-chat -n -S @s.short hello
	assert_asked 4 '.response_format.json_schema.schema.required' \
		'["name","age","tags"]'
}

@test "-S: what does not hold is exit 5 with its path, nothing is printed" {
	local schema
	local -A whys=(
		['name, age str, tags str[]']='.age: wanted string, got 3'
		['name, age int, tags int[]']='.tags[0]: wanted integer, got "a"'
		['name, age int, tags']='.tags: wanted string, got ["a"]'
		['{"type":"array"}']=".: wanted array, got $ann"
	)

	serve_json "$ann"
	for schema in "${!whys[@]}"; do
		try -5 dmr-chat -n -o file -S "$schema" hello
		try -5 dmr-chat -n -S "$schema" hello
		assert_stdout
		assert_stderr \
			"dmr-chat: not what the schema says: ${whys[$schema]}"
		assert_gone file
	done
	for schema in "${short/note?/note}" 'name, age int' \
		'{"properties":{"age":{"minimum":4}}}' \
		'{"properties":{"age":{"enum":[1,2]}}}' \
		'{"properties":{"name":{"minLength":4}}}' \
		'{"properties":{"tags":{"maxItems":0}}}' \
		'{"anyOf":[{"type":"string"},{"required":["gone"]}]}' \
		'{"$ref":"#/$defs/a","$defs":{"a":{"type":"null"}}}'; do
		try -5 dmr-chat -n -S "$schema" hello
		assert_stdout
		[[ $stderr == 'dmr-chat: not what the schema says: .'* ]]
		[[ $stderr != *$'\n'* ]]
	done
}

@test "-S: an answer that is no JSON is exit 5" {
	local text

	for text in 'Sure!' '{\"name\":\"A\"} x' '{\"name\":\"A\"' \
		"{'name':1}" '```json\n{\"name\":\"A\"}\n```' 'NaN' \
		'{\"name\":\"A\",}' '01'; do
		serve_all "$text"
		try -5 dmr-chat -n -S name hello
		assert_stdout
		[[ $stderr == 'dmr-chat: not what the schema says: '*JSON* ]]
		[[ $stderr != *$'\n'* ]]
	done
}

@test "-S: an answer that was cut is exit 3, nothing is printed" {
	stream <<<$'delta "{\\"name\\":\\"A"\nfinish length'
	try -3 dmr-chat -n -S name hello
	assert_stdout
	assert_stderr "dmr-chat: $cut_error"
	try -5 dmr-chat -n -S name --cut-ok hello
	assert_stdout
}

@test "-S: nothing appears before the answer is whole" {
	stream <<-'EOF'
		delta "{\"name\":"
		mark sent
		await more
		delta "\"A\"}"
		finish stop
	EOF
	start dmr-chat -n -S name hello
	reached sent
	assert_stdout
	go more
	finish -0
	assert_stdout '{"name":"A"}'
}

@test "-S: a keyword that would not be checked is exit 2, nothing is sent" {
	local keyword

	for keyword in '"patternProperties":{}' '"not":{}' '"format":"date"' \
		'"pattern":"x"' '"oneOf":[]' '"if":{}' '"uniqueItems":true' \
		'"propertyNames":{}' '"multipleOf":2' '"prefixItems":[]'; do
		try -2 dmr-chat -n -S "{\"properties\":{\"a\":{$keyword}}}" x
		assert_stdout
		[[ $stderr == 'dmr-chat: schema: .properties.a.'*'not checked here; try: '* ]] ||
			{ echo "$keyword: $stderr" && false; }
		[[ $stderr != *$'\n'* ]]
	done
}

@test "-S: what is no schema is exit 2, nothing is sent" {
	local schema

	for schema in '{"type":"object"' '{"type":"text"}' '{"type":7}' \
		'name badtype' 'a b c' ',' 'a,,b' 'a, a' '[]' \
		'{"$ref":"http://x.example/s"}' '{"required":"a"}'; do
		try -2 dmr-chat -n -S "$schema" x
		assert_stdout
		[[ $stderr == 'dmr-chat: schema: '* && $stderr != *$'\n'* ]]
	done
	refused -2 '--schema needs SPEC, not an empty text' -n -S '' x
	refused -26 "cannot open 'none': No such file or directory" \
		-n -S @none x
}

@test "-S: response_format can be set but once" {
	refused -2 "--option: 'response_format' is --schema; give it once" \
		-n -S name -O response_format=1 x
}

@test "-S: a template's schema lies beside it" {
	serve_json "$ann"
	mkdir sub
	echo "$long" >sub/a.json
	printf -- '---\nschema: @a.json\n---\nSay {{prompt}}' >sub/t.prompt
	try -0 dmr-chat -n -t sub/t.prompt it
	assert_stdout "$ann"
	assert_asked 1 '.response_format.json_schema.schema' "$long"
	echo '{"type":"array"}' >sub/a.json
	try -5 dmr-chat -n -t sub/t.prompt it
	assert_stdout
	assert_stderr \
		"dmr-chat: not what the schema says: .: wanted array, got $ann"
	# The option wins.
	try -0 dmr-chat -n -t sub/t.prompt -S "$short" it
	assert_asked 3 '.response_format.json_schema.schema' "$long"
	# It may stand there itself.
	printf -- '---\nschema: name, age str, tags str[]\n---\nSay' \
		>sub/t.prompt
	try -5 dmr-chat -n -t sub/t.prompt
	assert_stderr \
		'dmr-chat: not what the schema says: .age: wanted string, got 3'
}

@test "-S: a template's schema that lies elsewhere is exit 2, not read" {
	local name

	mkdir -p sub/sub
	for name in out.json sub/sub/in.json sub/good.json; do
		echo '{"type":"object"}' >"$name"
	done
	ln -s good.json sub/link.json
	ln -s ../out.json sub/out.json
	mkfifo sub/pipe.json
	for name in ../out.json sub/in.json "$PWD/out.json" ./good.json; do
		printf -- '---\nschema: @%s\n---\nSay' "$name" >sub/t.prompt
		refused -2 "sub/t.prompt:2: '@$name' is no file beside the template" \
			-n -t sub/t.prompt
	done
	for name in link out; do
		printf -- '---\nschema: @%s.json\n---\nSay' $name >sub/t.prompt
		refused -2 "sub/t.prompt:2: cannot read 'sub/$name.json': a \
symbolic link is not followed here" -n -t sub/t.prompt
	done
	for name in pipe.json none.json .. ''; do
		printf -- '---\nschema: @%s\n---\nSay' "$name" >sub/t.prompt
		try -2 dmr-chat -n -t sub/t.prompt
		assert_stdout
		[[ $stderr == 'dmr-chat: sub/t.prompt:2: '* ]]
	done
}

# ---- --jq, --assert

@test "--jq: strings are printed as they are, all else as JSON" {
	serve_json '{"name":"An\"n\nä","age":3,"tags":["a",1.50,null]}'
	try -0 dmr-chat -n --jq .name hello
	assert_stdout 'An"n' 'ä'
	assert_stderr
	try -0 dmr-chat -n --jq '.tags[], .age, .tags' hello
	assert_stdout a 1.5 null 3 '["a",1.5,null]'
	try -0 dmr-chat -n --jq empty hello
	assert_stdout
	try -0 dmr-chat -n --jq .age -o file hello
	assert_stdout
	assert_file file 3
	# The request is the same.
	assert_asked 1 keys '["messages","model","stream"]'
}

@test "--jq: an answer that cannot be filtered is exit 5, nothing printed" {
	serve_json '{"name":"A"}'
	try -5 dmr-chat -n --jq .name.x hello
	assert_stdout
	assert_stderr 'dmr-chat: --jq: Cannot index string with string "x"'
	try -5 dmr-chat -n --jq '.name, error("no\nway")' -o file hello
	assert_stdout
	assert_gone file
	[[ $stderr == 'dmr-chat: --jq: no'*way && $stderr != *$'\n'* ]]
}

@test "--jq, --assert: an answer that is no JSON is exit 5" {
	local option

	serve_all 'Sure!\n'
	for option in --jq --assert; do
		try -5 dmr-chat -n "$option" . -o file hello
		assert_stdout
		assert_stderr "dmr-chat: $option: the answer is not JSON"
		assert_gone file
	done
}

@test "--jq, --assert: a filter that is none is exit 2, nothing is sent" {
	local option

	for option in --jq --assert; do
		for filter in '.[' 'nosuch' 'import "a" as a; .' '. |'; do
			try -2 dmr-chat -n "$option" "$filter" hello
			assert_stdout
			[[ $stderr == "dmr-chat: $option: "* ]]
			[[ $stderr != *$'\n'* ]]
		done
		refused -2 "$option needs FILTER, not an empty text" \
			-n "$option" '' hello
	done
}

@test "--assert: true is exit 0, false exit 1, the answer is printed" {
	local filter

	serve_json '{"good":false,"n":0}'
	for filter in true '.n == 0' .n '"false"' 'false, true' '[]'; do
		try -0 dmr-chat -n --assert "$filter" hello
		assert_stdout '{"good":false,"n":0}'
		assert_stderr
	done
	for filter in .good .none '.n > 0' empty 'true, false' null; do
		try -1 dmr-chat -n --assert "$filter" hello
		assert_stdout '{"good":false,"n":0}'
		assert_stderr
	done
}

@test "--assert: on exit 1 -o FILE is written all the same" {
	serve_json '{"good":false}'
	echo old >file
	try -1 dmr-chat -n --assert .good -o file hello
	assert_stdout
	assert_file file '{"good":false}'
}

@test "--assert: a filter that fails is exit 5, nothing is printed" {
	serve_json '{"a":1}'
	echo old >file
	try -5 dmr-chat -n --assert '.a.b' -o file hello
	assert_stdout
	assert_stderr 'dmr-chat: --assert: Cannot index number with string "b"'
	assert_file file old
}

@test "--assert: with --jq it is asked of the answer, not of what is printed" {
	serve_json '{"good":true,"list":[]}'
	try -0 dmr-chat -n --assert .good --jq .list hello
	assert_stdout '[]'
	try -1 dmr-chat -n --assert '.list | length > 0' --jq .good hello
	assert_stdout true
}

# ---- -x

blocks='Text.\n```python title=\"x.py\"\none\n  two\n```\n~~~~c++\n```\n~~~~\nEnd.\n```\nlast\n```\n'

@test "-x: the first code block alone" {
	serve_all "$blocks"
	try -0 dmr-chat -n -x hello
	assert_stdout one '  two'
	assert_stderr
	try -0 dmr-chat -n --extract-first hello
	assert_stdout one '  two'
	try -0 dmr-chat -n -x --no-extract-first --cut-ok hello
	assert_stdout -f <(printf '%b' "${blocks//\\\"/\"}")
}

@test "--extract: first, last, all, those of a language" {
	serve_all "$blocks"
	try -0 dmr-chat -n --extract first hello
	assert_stdout one '  two'
	assert_stderr
	try -0 dmr-chat -n --extract=last hello
	assert_stdout last
	try -0 dmr-chat -n --extract all hello
	assert_stdout one '  two' '```' last
	try -0 dmr-chat -n --extract c++ hello
	assert_stdout '```'
	try -0 dmr-chat -n --extract Python -o file hello
	assert_stdout
	assert_file file one '  two'
}

@test "--extract: blocks are what CommonMark says" {
	local text

	for text in '```c#\nx\n```' '~~~\nx\n~~~' '````\nx\n````' \
		'   ```\n   x\n   ```' '```\r\nx\r\n```\r\n' '1. a\n   ```\n   x\n   ```' \
		'    code\n\n```\nx\n```' '`a`\n\n```\nx\n`````'; do
		serve_all "$text"
		try -0 dmr-chat -n --extract first hello
		tr -d '\r' <stdout >seen
		assert_file seen x
	done
	serve_all '```c#\n```\n````\n```\nx\n```\n````\n'
	try -0 dmr-chat -n --extract last hello
	assert_stdout '```' x '```'
	try -5 dmr-chat -n --extract c# hello
	assert_stdout
	assert_stderr 'dmr-chat: the code block is empty'
}

@test "-x: no block is exit 5, nothing is printed" {
	local option text

	for text in 'none' '    indented' '`a`' '<pre>\n```\n</pre>'; do
		serve_all "$text"
		for option in -x --extract=first --extract=all; do
			try -5 dmr-chat -n "$option" -o file hello
			assert_stdout
			assert_stderr 'dmr-chat: the answer has no code block'
			assert_gone file
		done
	done
}

@test "--extract: none in the language is exit 5, and says which there are" {
	serve_all '```c++\n1\n```\n```\n2\n```\n```sh\n3\n```\n'
	try -5 dmr-chat -n --extract python hello
	assert_stdout
	[[ $stderr == "dmr-chat: the answer has no code block in 'python', only in "* ]]
	[[ $stderr == *c++*sh* && $stderr != *', ,'* && $stderr != *, ]]
	refused -2 '--extract needs WHICH, not an empty text' -n --extract '' x
}

@test "-x: a block that nothing closes is exit 5" {
	local option text

	for text in '```\nopen' '````\nopen\n```\n' '~~~\nopen\n```\n'; do
		serve_all "$text"
		for option in -x --extract=first --extract=last --extract=all; do
			try -5 dmr-chat -n "$option" hello
			assert_stdout
			assert_stderr 'dmr-chat: the answer is cut or broken: nothing closes the code block of line 1'
		done
	done
}

@test "-x: an answer that was cut is exit 3, also behind a whole block" {
	stream <<<$'delta "```\\none\\n```\\nand"\nfinish length'
	try -3 dmr-chat -n --extract first hello
	assert_stdout
	assert_stderr "dmr-chat: $cut_error"
	try -3 dmr-chat -n -x hello
	assert_stdout
}

@test "--extract: --no-extract-first undoes what a template asks for" {
	serve_all '```\nx\n```\n'
	printf -- '---\nextract: first\n---\nSay' >t.prompt
	try -0 dmr-chat -n -t ./t.prompt --no-extract-first
	assert_stdout '```' x '```'
}

@test "--extract: a template may ask for it" {
	serve_all "$blocks"
	printf -- '---\nextract: last\n---\nSay' >t.prompt
	try -0 dmr-chat -n -t ./t.prompt
	assert_stdout last
	try -0 dmr-chat -n -t ./t.prompt --extract c++
	assert_stdout '```'
	try -0 dmr-chat -n -t ./t.prompt -x
	assert_stdout one '  two'
}

@test "-x -S --jq: block, schema, assertion, filter, in this order" {
	local x

	serve_all 'Here:\n```json\n{\"name\":\"Ann\",' '\"ok\":false}\n```\nGood?\n'
	for x in -x --extract=json; do
		try -0 dmr-chat -n "$x" -S 'name, ok bool' --jq .name hello
		assert_stdout Ann
		assert_stderr
		try -5 dmr-chat -n "$x" -S 'name int, ok bool' --jq .name hello
		assert_stdout
		assert_stderr 'dmr-chat: not what the schema says: .name: wanted integer, got "Ann"'
		try -1 dmr-chat -n "$x" -S 'name, ok bool' --assert .ok \
			--jq .name hello
		assert_stdout Ann
		try -5 dmr-chat -n "$x" -S 'name, ok' --assert .ok hello
		assert_stdout
	done
	try -5 dmr-chat -n --extract=sh --jq .name hello
	assert_stdout
}

# ---- -R

# Serves reasoning in a member of its own, and by tags, split over deltas.
reasoning_member() {
	stream <<-'EOF'
		event '{"choices":[{"delta":{"reasoning_content":"hm, "}}]}'
		event '{"choices":[{"delta":{"reasoning_content":"so"}}]}'
		delta "ans"
		delta "wer"
		finish stop
	EOF
}

reasoning_tags() {
	stream <<-'EOF'
		delta " <th"
		delta "ink>hm,"
		delta " so</"
		delta "think"
		delta ">\n\nans"
		delta "wer"
		finish stop
	EOF
}

@test "-R: none, stderr, stdout, @FILE, from a member and from tags" {
	local way

	for way in reasoning_member reasoning_tags; do
		"$way"
		try -0 dmr-chat -n hello
		assert_stdout answer
		assert_stderr
		try -0 dmr-chat -n -R none hello
		assert_stdout answer
		assert_stderr
		try -0 dmr-chat -n -R stderr hello
		assert_stdout answer
		assert_stderr 'hm, so'
		try -0 dmr-chat -n --reasoning=stdout hello
		assert_stdout 'hm, so' '' answer
		assert_stderr
		try -0 dmr-chat -n -R @why hello
		assert_stdout answer
		assert_stderr
		assert_file why 'hm, so'
		try -0 dmr-chat -n -R stdout -o file hello
		assert_stdout
		assert_file file 'hm, so' '' answer
		# The request says nothing of it.
		assert_asked 6 keys '["messages","model","stream"]'
	done
}

@test "-R: it streams as the answer does" {
	stream <<-'EOF'
		delta "<think>hm"
		mark sent
		await more
		delta ", so</think>answer"
		finish stop
	EOF
	start dmr-chat -n -R stdout hello
	reached sent
	shown 2
	[[ $(<stdout) == hm ]]
	go more
	finish -0
	assert_stdout 'hm, so' '' answer
}

@test "-R: only tags where the answer begins count" {
	stream <<-'EOF'
		delta "Use <think>"
		delta "x</think>."
		finish stop
	EOF
	try -0 dmr-chat -n -R stderr hello
	assert_stdout 'Use <think>x</think>.'
	assert_stderr
	stream <<-'EOF'
		delta "<think></think>"
		delta "<think>x</think>"
		finish stop
	EOF
	try -0 dmr-chat -n hello
	assert_stdout '<think>x</think>'
	stream <<<$'delta "<thin"\ndelta "king> so"\nfinish stop'
	try -0 dmr-chat -n -R stderr hello
	assert_stdout '<thinking> so'
	assert_stderr
}

@test "-R: reasoning without an answer is exit 5" {
	stream <<-'EOF'
		event '{"choices":[{"delta":{"reasoning_content":"hm"}}]}'
		finish stop
	EOF
	try -5 dmr-chat -n hello
	assert_stdout
	[[ $stderr == "dmr-chat: the model's answer is empty"* ]]
	[[ $stderr != *$'\n'* ]]
	echo old >file
	try -5 dmr-chat -n -R stdout -o file hello
	assert_file file old
}

@test "-R @FILE: a turn that fails leaves it as it was" {
	echo old >why
	stream <<-'EOF'
		delta "<think>hm</think>ans"
		close
	EOF
	try -18 dmr-chat -n -R @why hello
	assert_stdout ans
	assert_file why old
	try -23 dmr-chat -n -R @none/why hello
	assert_stdout
	assert_stderr "dmr-chat: cannot write 'none/why': No such file or directory"
	assert_requests 1
}

@test "-R: a template may say where" {
	reasoning_tags
	printf -- '---\nreasoning: stdout\n---\nSay' >t.prompt
	try -0 dmr-chat -n -t ./t.prompt
	assert_stdout 'hm, so' '' answer
	try -0 dmr-chat -n -t ./t.prompt -R none
	assert_stdout answer
}

@test "-R: a template may not name a file, which stays as it was" {
	local name

	echo mine >victim
	for name in victim ./victim "$PWD/victim" new; do
		printf -- '---\nreasoning: @%s\n---\nSay' "$name" >t.prompt
		try -2 dmr-chat -n -t ./t.prompt
		assert_stdout
		assert_stderr "dmr-chat: a template may not name a file for \
reasoning: '@$name'"
	done
	assert_file victim mine
	[[ ! -e new ]]
}

@test "-R: with -x, -S and --jq the reasoning is no part of the answer" {
	stream <<-'EOF'
		delta "<think>\n```\nno\n```\n</think>```\n{\"a\":1}\n```\n"
		finish stop
	EOF
	try -0 dmr-chat -n --extract first -S 'a int' --jq .a hello
	assert_stdout 1
	assert_stderr
	try -0 dmr-chat -n --extract first --jq .a -R stderr hello
	assert_stdout 1
	[[ $stderr == *no* ]]
}

@test "-R: another word is exit 2, nothing is sent" {
	local where

	for where in all @ STDOUT stdout,stderr; do
		refused -2 "--reasoning: '$where' is not none, stderr, stdout or @FILE" \
			-n -R "$where" hello
		refused -2 "--reasoning: '$where' is not none, stderr, stdout or @FILE" \
			-n -R "$where" --dry-run hello
	done
	refused -2 '--reasoning needs WHERE, not an empty text' -n -R '' hello
}

@test "-R: on a terminal reasoning is made harmless as the answer is" {
	need python3
	stream <<-'EOF'
		event '{"choices":[{"delta":{"reasoning_content":"a\u001b[2Jb\u202e"}}]}'
		delta "c"
		finish stop
	EOF
	try -0 pty -t 12 dmr-chat -n -R stderr hello
	assert_tty 'a\x1b[2Jb\u{202e}' c
	try -0 pty -t 12 dmr-chat -n -R stdout hello
	assert_tty 'a\x1b[2Jb\u{202e}' '' c
}

# ---- --tools

@test "--tools: the definitions are sent as they are" {
	serve_all ok
	try -0 dmr-chat -n --tools "$tools" hello
	assert_stdout ok
	assert_stderr
	request 1 | grep -qF "\"tools\":$tools"
	echo "$tools" >tools.json
	try -0 dmr-chat -n --tools @tools.json hello
	request 2 | grep -qF "\"tools\":$tools"
	try -0 dmr-chat hello --tools @- <tools.json
	request 3 | grep -qF "\"tools\":$tools"
}

@test "--tools: an answer with calls is one line of JSON, arguments joined" {
	serve_calls
	try -0 dmr-chat -n --tools "$tools" hello
	assert_stdout "{\"role\":\"assistant\",\"content\":\"let me\",\"tool_calls\":$calls}"
	assert_stderr
	try -0 dmr-chat -n --tools "$tools" --no-stream -o file hello
	assert_stdout
	jq -r '.tool_calls[0].function.arguments | fromjson.a' file |
		assert_file /dev/stdin ü
}

@test "--tools: a call that was cut is exit 3 or 18, nothing is printed" {
	local end
	local -A ends=([3]='finish length' [18]='close')

	for end in 3 18; do
		stream <<-EOF
			delta "let me"
			event '{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"get","arguments":"{"}}]}}]}'
			${ends[$end]}
		EOF
		try "-$end" dmr-chat -n --tools "$tools" hello
		assert_stdout
		[[ $stderr != *$'\n'* ]]
	done
}

@test "--tools: a text is printed as usual, also by -x, -S and --jq" {
	serve_all '```\n{\"a\":1}\n```\n'
	try -0 dmr-chat -n --tools "$tools" hello
	assert_stdout '```' '{"a":1}' '```'
	try -0 dmr-chat -n --tools "$tools" --extract first -S 'a int' \
		--jq .a hello
	assert_stdout 1
	try -5 dmr-chat -n --tools "$tools" -S 'a int' hello
	assert_stdout
}

@test "--tools: -x and -S are asked of a text alone, not of calls" {
	serve_calls
	try -0 dmr-chat -n --tools "$tools" --extract first -S name hello
	jq -c .tool_calls stdout | assert_file /dev/stdin "$calls"
}

@test "--tools: --jq and --assert are asked of calls, too" {
	serve_calls
	try -0 dmr-chat -n --tools "$tools" --jq '.tool_calls[].id' hello
	assert_stdout c1 c2
	try -0 dmr-chat -n --tools "$tools" --assert .tool_calls hello
	jq -c .tool_calls stdout | assert_file /dev/stdin "$calls"
	try -1 dmr-chat -n --tools "$tools" --assert '.tool_calls | not' hello
	jq -c .tool_calls stdout | assert_file /dev/stdin "$calls"
	try -0 dmr-chat -n --tools "$tools" --json --jq .role hello
	jq .text stdout | assert_file /dev/stdin '"assistant\n"'
}

@test "--tools: -O tools= offers them too" {
	serve_calls
	try -0 dmr-chat -n -O "tools=$tools" hello
	jq -c .tool_calls stdout | assert_file /dev/stdin "$calls"
}

@test "--tools: what is no array of objects is exit 2, nothing is sent" {
	local text

	for text in x '{}' '[]' '[7]' '"a"' '[{}' '[{}] x' '[{},7]' \
		'[{"type":"function",}]'; do
		refused -2 '--tools: not a JSON array of definitions of tools' \
			-n --tools "$text" hello
	done
	refused -2 '--tools needs JSON, not an empty text' -n --tools '' hello
	refused -26 "cannot open 'none': No such file or directory" \
		-n --tools @none hello
	refused -2 "--option: 'tools' is --tools; give it once" \
		-n --tools "$tools" -O 'tools=[]' hello
}

# ---- --json, --usage

@test "--json: text, reasoning, finish_reason, model, usage, times, tries" {
	serve_usage
	try -0 dmr-chat -n --json hello
	assert_stderr
	jq -c 'map_values(if type == "number" then type else . end)' stdout |
		assert_file /dev/stdin '{"text":"Hel\nl\"ö","reasoning":"hm","finish_reason":"stop","model":"model.gguf","usage":{"prompt_tokens":9,"cached_tokens":5,"completion_tokens":4},"first_ms":"number","total_ms":"number","tries":"number"}'
	jq -e '.tries == 1 and 0 <= .first_ms and .first_ms <= .total_ms' stdout
	(($(wc -l <stdout) == 1))
	assert_asked 1 .stream_options '{"include_usage":true}'
	# What is not known is not there.
	serve_all ok
	try -0 dmr-chat -n --json -o file hello
	assert_stdout
	jq -c keys file | assert_file /dev/stdin \
		'["finish_reason","first_ms","model","text","total_ms","tries"]'
}

@test "--json: tries are counted" {
	serve <<-'EOF'
		accept
		read
		text 503 busy "Retry-After: 0"
		accept
		read
		sse
		delta "ok"
		finish stop
		done
	EOF
	try -0 dmr-chat -n --json hello
	jq -c '[.text, .tries]' stdout | assert_file /dev/stdin '["ok",2]'
}

@test "--json: calls of tools are a member, and the text beside them" {
	serve_calls
	try -0 dmr-chat -n --json --tools "$tools" hello
	jq -c '[.text, .tool_calls, .finish_reason]' stdout | assert_file \
		/dev/stdin "[\"let me\",$calls,\"tool_calls\"]"
}

@test "--json: errors are JSON on standard error, nothing is printed" {
	local end
	local -A ends=(
		[18]='close' [22]='event {"error":{"message":"bo\"om"}}'
		[3]='finish length' [4]='finish content_filter'
	) errors=(
		[3]="[\"length\",3,\"$cut_error\",false]"
		[4]='["refused",4,"the model refused (content_filter)",false]'
		[18]='["incomplete",18,"the connection broke off: transfer closed with outstanding read data remaining",true]'
		[22]='["server",22,"the server broke the answer off: bo\"om",false]'
	)

	for end in 3 4 18 22; do
		stream <<<$'delta "Hel"\n'"${ends[$end]}"
		try "-$end" dmr-chat -n --json hello
		assert_stdout
		jq -c '[.code, .exit, .message, .retryable]' stderr | assert_file \
			/dev/stdin "${errors[$end]}"
		jq -c keys stderr | assert_file /dev/stdin \
			'["code","exit","message","retryable"]'
	done
	try -2 dmr-chat --json --nosuch
	assert_stdout
	jq -c '[.code, .exit, .retryable]' stderr | assert_file /dev/stdin \
		'["usage",2,false]'
	serve_all no
	try -5 dmr-chat -n --json -S name hello
	assert_stdout
	jq -c '[.code, .exit, .retryable]' stderr | assert_file /dev/stdin \
		'["unusable",5,false]'
}

@test "-F: text, or json as --json has it" {
	serve_all ok
	try -0 dmr-chat -n -F json hello
	jq -r .text stdout | assert_file /dev/stdin ok
	try -0 dmr-chat -n -F text hello
	assert_stdout ok
	try -2 dmr-chat -n -F xml hello
	assert_stderr "dmr-chat: --format: 'xml' is not text or json"
	try -2 dmr-chat -n -F json --seed x hello
	[[ $stderr == *x* ]]
}

@test "--json: what a server cut or garbled in a word is UTF-8 all the same" {
	local word=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

	stream < <(
		echo 'delta "ok"'
		echo "event '{\"choices\":[{\"finish_reason\":\"${word}é\"}]}'"
	)
	try -0 dmr-chat -n -q --json hello
	iconv -f UTF-8 -t UTF-8 <stdout >/dev/null
	jq -r .finish_reason stdout | assert_file /dev/stdin "$word"
}

@test "-R stdout: a blank line wherever reasoning and answer meet" {
	stream <<-'EOF'
		delta "Hel"
		mark sent
		await more
		event '{"choices":[{"delta":{"reasoning_content":"hm"}}]}'
		delta "lo"
		finish stop
	EOF
	start dmr-chat -n -R stdout hello
	reached sent
	shown 3
	[[ $(<stdout) == Hel ]]
	go more
	finish -0
	assert_stdout Hel '' hm '' lo
}

@test "--usage: it is told of an answer that was cut, too" {
	stream < <(
		echo 'delta "ok"'
		echo 'finish length'
		printf "event '%s'\n" '{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":4}}'
		echo 'done'
	)
	try -3 dmr-chat -n --usage hello
	[[ $stderr == 'dmr-chat: 9 tokens of prompt '*$'\n'*'was cut'* ]]
}

@test "--usage: it is told with -q, too" {
	serve_usage
	try -0 dmr-chat -n -q --usage hello
	[[ $stderr == 'dmr-chat: 9 tokens of prompt '* ]]
}

@test "--usage: tokens, time to the first and rate, on standard error" {
	serve_usage
	try -0 dmr-chat -n --usage hello
	assert_stdout Hel 'l"ö'
	[[ $stderr =~ ^dmr-chat:\ 9\ tokens\ of\ prompt\ \(5\ cached\),\ 4\ of\ answer\;\ first\ after\ [0-9]+\.[0-9]{2}\ s,\ [0-9]+\.[0-9]\ tokens/s$ ]]
	assert_asked 1 .stream_options '{"include_usage":true}'
	try -0 dmr-chat -n --usage --no-stream hello
	assert_asked 2 '[.stream, .stream_options]' '[false,null]'
	serve_all ok
	try -0 dmr-chat -n --usage hello
	assert_stdout ok
	assert_stderr 'dmr-chat: the server told no usage'
}
