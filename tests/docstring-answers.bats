# dmr-docstring: answers that do not hold, hostile ones, none at all.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load docstring

setup() { docstring_setup; }

@test "docstring: an answer that does not hold is asked for once more, with the reason" {
	script '{"times":1,"text":"no JSON"}' "$(says "$do_it")"
	try_docs 0 --only total shop.py
	assert_stderr
	assert_asked 2
	asked | jq -r . | grep -c 'could not be used' | assert_file /dev/stdin 1
	diff shop.py stdout | assert_file /dev/stdin '11a12' '>     """Do it."""'
}

@test "docstring: one that does not hold twice leaves the declaration, named, 8" {
	script "$(says total '{"summary":""}')" "$(says "$do_it")"
	try_docs 8 shop.py
	documented_shop | sed '13d' | assert_stdout -
	[[ $stderr == 'dmr-docstring: shop.py:11: total: not what the schema says: .summary: '*$'\ndmr-docstring: 1 of 3 declarations were not documented' ]]
	assert_asked 4
}

@test "docstring: names that are not its own do not hold" {
	script '{"text":"{\"summary\":\"Sum.\",\"params\":[{\"name\":\"prizes\",\"text\":\"x\"}]}"}'
	try -8 dmr-docstring --sections params --only total shop.py
	assert_stdout -f shop.py
	[[ $stderr == *'.params[0].name: '*prizes* ]]
}

@test "docstring: an answer that was cut is asked for again, then named" {
	script '{"text":"{\"summary\":\"Do it.\"}","fault":"length"}'
	try_docs 8 --only total shop.py
	assert_stdout -f shop.py
	assert_asked 2
}

@test "docstring: a server's error is named, and the others are done: 8" {
	script '{"contains":"total","status":500,"text":"broken"}' \
		"$(says "$do_it")"
	try_docs 8 shop.py
	documented_shop | sed '13d' | assert_stdout -
	[[ $stderr == "dmr-docstring: shop.py:11: total: '$host' answered 500: broken"$'\n'* ]]
}

@test "docstring: no server: 7, and the source comes out as it was" {
	DMR_HOST=http://127.0.0.1:1 try_docs 7 shop.py
	assert_stdout -f shop.py
	[[ $stderr == 'dmr-docstring: cannot '* ]]
	(($(wc -l <stderr) == 1))
	DMR_HOST=http://127.0.0.1:1 try_docs 7 -o out.py shop.py
	[[ ! -e out.py ]]
	DMR_HOST=http://127.0.0.1:1 try_docs 7 --only-doc shop.py
	assert_stdout
}

@test "docstring: no model: 6, and the source comes out as it was" {
	mock --models none
	try_docs 6 shop.py
	assert_stdout -f shop.py
}

@test "docstring: --on-error pass: the source goes through, one line, 0" {
	local each

	DMR_HOST=http://127.0.0.1:1 try_docs 0 --on-error pass shop.py
	assert_stdout -f shop.py
	[[ $stderr == 'dmr-docstring: cannot '*'; the source is passed on as it is' ]]
	(($(wc -l <stderr) == 1))
	mock --models none
	try_docs 0 --on-error pass shop.py
	assert_stdout -f shop.py
	(($(wc -l <stderr) == 1))
	script '{"status":500,"text":"broken"}'
	try_docs 0 --on-error pass shop.py
	assert_stdout -f shop.py
	[[ $stderr == *'3 of 3 declarations were not documented; '*' 500: broken' ]]
	(($(wc -l <stderr) == 1))
	# An answer that is no good is no server's fault.
	script '{"text":"no JSON"}'
	try_docs 8 --on-error pass --only total shop.py
	assert_stdout -f shop.py
}

@test "docstring: DMR_DISABLE: the source goes through at once, 0" {
	export DMR_DISABLE=1
	try_docs 0 shop.py
	assert_stdout -f shop.py
	assert_stderr 'dmr-docstring: disabled by DMR_DISABLE; the source is passed on as it is'
	try_docs 0 -L python <shop.py
	assert_stdout -f shop.py
	try_docs 0 -i shop.py
	assert_stdout
	try_docs 26 none.py
	assert_stdout
}

@test "docstring: a prompt that is too long is cut to what the server says" {
	local i

	{
		echo 'def long():'
		for ((i = 0; i < 2000; i++)); do
			echo "    value_$i = function_$i(value_$((i - 1)))"
		done
	} >long.py
	script '{"times":1,"status":400,"json":{"error":{"code":400,"message":"too long","type":"exceed_context_size_error","n_prompt_tokens":4000,"n_ctx":1000}}}' \
		"$(says "$do_it")"
	try_docs 0 --max-tokens 100 long.py
	sed 1q stdout | assert_file /dev/stdin 'def long():'
	sed -n 2p stdout | assert_file /dev/stdin '    """Do it."""'
	asked '[.messages[].content | utf8bytelength] | add' >lengths
	(($(sed -n 1p lengths) > 7000 && $(sed -n 1p lengths) <= 2 * 3996))
	(($(sed -n 2p lengths) > 1500 && $(sed -n 2p lengths) <= 1800))
	asked | jq -r . | grep -c 'lines are left out' | assert_file /dev/stdin 2
}

# ---- hostile

# Texts that would be code if they could.
# shellcheck disable=SC1003,SC2016 # they are what they are
hostile_texts() {
	printf '%s\0' '"""' 'a"""; import os #' "'''" 'ends in \' 'ends in "' \
		'\' '\\' '"' '\u002a/ x' 'C:\users\new\x' '\N{DIGIT ONE}' \
		'*/ int x; /*' '/* /* */' $'a\\\nb' '?> <?php' $'a\rb' $'a\001b' \
		$'\u202ereverse\u202c' $'zero\u200bwidth' '@deprecated' \
		'//go:build ignore' '# type: ignore' '# -*- coding: utf-16 -*-' \
		'>>> import os' '```python' '{{name}}' '${x}' '%s' \
		"$(printf 'x%.0s' {1..10000})" "$(printf 'word %.0s' {1..3000})"
}

@test "docstring: what does not fit the server's context is not sent again" {
	{
		echo 'def long():'
		for i in $(seq 400); do echo "    print($i)"; done
	} >long.py
	script '{"status":400,"json":{"error":{"code":400,"message":"too long","type":"exceed_context_size_error","n_prompt_tokens":1100,"n_ctx":100}}}'
	try_docs 8 long.py
	assert_stdout -f long.py
	assert_stderr "dmr-docstring: long.py:1: long: the prompt does not fit \
the model's context; try: a larger --context-size" \
		'dmr-docstring: 1 of 1 declarations were not documented'
	assert_asked 1
}

@test "docstring: words meant for a tool cost that declaration alone, not its file" {
	printf 'package p\n\nfunc A() {\n}\n\nfunc B() {\n}\n' >p.go
	script "$(says 'func A' '{"summary":"Do it.","details":"","example":"x\n@Router /x [get]"}')" \
		"$(says '{"summary":"Do it.","details":"Code generated by x. DO NOT EDIT. @generated","example":""}')"
	try -8 dmr-docstring -m ai/smollm2 p.go
	[[ $stderr == 'dmr-docstring: p.go:3: A: the answer has words that are meant for a tool'$'\n'* ]]
	grep -q '^// B does it[.]$' stdout
	assert_asked 3
}

@test "docstring: an answer with a mark of the prompt is asked for again" {
	script '{"times":1,"text":"{\"summary\":\"It is 526ce284c491d7c463a8c8ab6ee2bccb.\"}"}' \
		"$(says "$do_it")"
	try_docs 0 --only total shop.py
	assert_asked 2
	grep -q '"""Do it."""' stdout
}

@test "docstring: hostile answers change no code, in any field" {
	local text n=0

	need python3
	cp shop.py before.py
	while IFS= read -r -d '' text; do
		jq -cn --arg text "$text" '{summary: ($text | .[:200]),
			details: ($text | .[:1000]), returns: ($text | .[:300]),
			params: [{name: "prices", text: ($text | .[:300])}],
			example: ($text | .[:600])} | {text: tojson}' >script
		mock --script script
		try dmr-docstring --only total shop.py
		((status == 0 || status == 8)) || { echo "$text" && false; }
		cp stdout after.py
		python "$tests/same_code.py" before.py after.py ||
			{ echo "changed by: $text" && false; }
		((status)) || ! cmp -s before.py after.py
		n=$((n + 1))
		end_mock
	done < <(hostile_texts)
	((n == 30))
}
