# dmr-docstring: bytes that are none of its business stay as they are.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load docstring

setup() {
	mock_setup
	do_it='{"summary":"Do it."}'
	script "$(says "$do_it")"
}

# documents TEXT WANTED: printf's texts, a Python file and what comes of it.
documents() {
	# shellcheck disable=SC2059 # they are formats
	printf "$1" >in.py
	# shellcheck disable=SC2059
	printf "$2" >wanted.py
	try_docs 0 in.py
	assert_stdout -f wanted.py
	assert_stderr
	try_docs 0 wanted.py
	assert_stdout -f wanted.py
}

@test "docstring: CRLF stays CRLF" {
	documents 'def f():\r\n    pass\r\n' \
		'def f():\r\n    """Do it."""\r\n    pass\r\n'
}

@test "docstring: of mixed line ends, that beside it" {
	documents 'x = 1\n\ndef f():\r\n    pass\r\n\ndef g():\n    pass\n' \
		'x = 1\n\ndef f():\r\n    """Do it."""\r\n    pass\r\n\ndef g():\n    """Do it."""\n    pass\n'
}

@test "docstring: a byte order mark, form feeds, a missing last newline" {
	documents '\xef\xbb\xbfdef f():\n    pass' \
		'\xef\xbb\xbfdef f():\n    """Do it."""\n    pass'
	documents 'x = 1\n\f\ndef f():\n    pass\n' \
		'x = 1\n\f\ndef f():\n    """Do it."""\n    pass\n'
	documents 'def f():\n    return 1  \n\n\n\t\n' \
		'def f():\n    """Do it."""\n    return 1  \n\n\n\t\n'
}

@test "docstring: tabs, and indentation of any width" {
	documents 'class A:\n\tdef f(self):\n\t\tpass\n' \
		'class A:\n\t"""Do it."""\n\tdef f(self):\n\t\t"""Do it."""\n\t\tpass\n'
	documents 'def f():\n  pass\n\ndef g():\n        pass\n' \
		'def f():\n  """Do it."""\n  pass\n\ndef g():\n        """Do it."""\n        pass\n'
}

@test "docstring: latin-1 by its cookie: what is added is ASCII" {
	printf '# -*- coding: latin-1 -*-\ndef f():\n    return "\xe4"\n' >in.py
	printf '# -*- coding: latin-1 -*-\ndef f():\n    """Do - it'"'"'s."""\n    return "\xe4"\n' >wanted.py
	script "$(says "$(printf '{"summary":"Do \u2014 it\u2019s."}')")"
	try_docs 0 in.py
	assert_stdout -f wanted.py
	asked | jq -r . | grep -q 'return "�"'
}

@test "docstring: no UTF-8 and no cookie, NUL, too large: left alone, 0" {
	printf 'def f():\n    return "\xe4"\n' >encoding.py
	printf 'def f():\n    return "\0"\n' >binary.py
	make_shop
	local each

	for each in encoding binary; do
		try_docs 0 --report report $each.py
		assert_stdout -f $each.py
		assert_file report '{"path":"'$each'.py","lang":"python","action":"skip","reason":"'$each'"}'
	done
	try_docs 0 --max-bytes 100 --report report shop.py
	assert_stdout -f shop.py
	assert_file report '{"path":"shop.py","lang":"python","action":"skip","reason":"large"}'
	assert_asked 0
}

@test "docstring: what cannot be parsed is named, and its neighbours: 8" {
	printf 'def f():\n    return (\n\n\n\n\ndef g():\n    pass\n' >in.py
	try_docs 8 in.py
	[[ $stderr == *'in.py:1: f: parse'* ]]
	printf 'def f():\n    x = = 1\n\n\ndef g():\n    pass\n\n\ndef h():\n    pass\n' >in.py
	try_docs 8 in.py
	sed -n 10p stdout | assert_file /dev/stdin '    """Do it."""'
}

@test "docstring: errors that leave nothing to be named: the file is, 8" {
	local each

	printf 'def broken(:\n    return (\n' >a.py
	printf '}}} ((\n' >b.py
	printf 'def f():\n    pass\n' >c.py
	for each in a b; do
		try_docs 8 --report report $each.py
		assert_stdout -f $each.py
		assert_stderr "dmr-docstring: $each.py: parse"
		jq -c 'select(.symbol | not)' report | assert_file /dev/stdin \
			'{"path":"'$each'.py","lang":"python","action":"skip","reason":"parse"}'
		try -8 dmr-docstring -c $each.py
		assert_stdout
		assert_stderr "dmr-docstring: $each.py: parse"
	done
	try_docs 8 -i a.py b.py c.py
	assert_stderr 'dmr-docstring: a.py: parse' 'dmr-docstring: b.py: parse' \
		'dmr-docstring: 2 of 3 files failed'
	assert_file a.py $'def broken(:\n    return ('
	grep -q 'Do it' c.py
	# A name alone has no errors.
	echo 'x' >d.py
	try_docs 0 d.py
}

@test "docstring: what a rule leaves alone is not named for an error beside it" {
	printf 'def _f():\n    x = = 1\n\n\ndef g():\n    x = = 1\n' >in.py
	try_docs 8 in.py
	assert_stderr 'dmr-docstring: in.py:5: g: parse' \
		'dmr-docstring: 1 of 1 declarations were not documented'
	try_docs 8 --all --report report in.py
	jq -c '[.symbol, .reason]' report | assert_file /dev/stdin \
		'["in","parse"]' '["_f","parse"]' '["g","parse"]'
	try -1 dmr-docstring -c in.py
	assert_stderr 'dmr-docstring: 1 of 1 declarations have no documentation (0.0 % have)'
}

@test "docstring --members: what shares its line is left alone, and is no failure" {
	printf 'enum e {\n\tA, B\n};\n' >in.c
	try_docs 0 --members --report report in.c
	grep -c 'Do it' stdout | assert_file /dev/stdin 2
	jq -c 'select(.action == "skip") | [.symbol, .reason]' report |
		assert_file /dev/stdin '["e.B","shares-line"]'
	try -1 dmr-docstring -c --members in.c
	(($(wc -l <stdout) == 2))
}

@test "docstring: of declarations in one place, one is documented" {
	printf 'struct a {\n\tstruct b {\n\t\tint n;\n\t} c;\n} d;\n' >in.c
	try_docs 0 --all --one-line insert --report report in.c
	grep -c 'Do it' stdout | assert_file /dev/stdin 3
	jq -c 'select(.action == "skip") | [.symbol, .reason]' report |
		assert_file /dev/stdin '["d","shares-place"]' \
			'["d.a.c.b","shares-place"]'
}

@test "docstring: one-line bodies are left alone, or --one-line insert" {
	printf 'def f(): pass\nclass A: pass\n' >in.py
	try_docs 0 in.py
	assert_stdout -f in.py
	try_docs 0 --one-line insert in.py
	assert_stdout 'def f(): """Do it."""; pass' 'class A: """Do it."""; pass'
	cp stdout once.py
	try_docs 0 --one-line insert once.py
	assert_stdout -f once.py
}

@test "docstring: | sponge cannot lose a file" {
	make_shop
	cp shop.py f
	try_docs 0 --stdin-name f.py <f >out
	(try_docs 0 --stdin-name f.py <f && cp stdout f)
	documented_shop | assert_file f -
	DMR_HOST=http://127.0.0.1:1
	(try_docs 0 --stdin-name f.py <f && cp stdout f)
	documented_shop | assert_file f -
	(try_docs 7 --all --stdin-name f.py <shop.py && cp stdout f)
	assert_file f -f shop.py
}

@test "docstring: | sponge cannot lose a file: not by what is typed wrong" {
	local wrong

	make_shop
	for wrong in '--nosuch' '--width 0' '--width' '-j 0' '--seed x' \
		'--timeout x' '--max-bytes -1' '-H foo://x' '--key-file none' \
		'--cacert none' '--header bad' '--pull often' '-vZ' \
		'--nosuch --width 50' '-H foo://x -'; do
		# shellcheck disable=SC2086 # words
		(try -2 dmr-docstring $wrong <shop.py && cp stdout f)
		assert_file f -f shop.py
		rm f
	done
	# What would not have been printed is not, nor is what is named read.
	for wrong in '--nosuch -i shop.py' '--nosuch -d -' '-j 0 --check' \
		'--nosuch shop.py other.py' '--nosuch -o f'; do
		# shellcheck disable=SC2086 # words
		(try -2 dmr-docstring $wrong <shop.py && cp stdout f)
		assert_file f
	done
	try -2 dmr-docstring --nosuch <shop.py
	assert_stderr "dmr-docstring: no option '--nosuch'; see --help"
}

@test "docstring: a file that cannot be read is 26, a folder too" {
	try_docs 26 none.py
	assert_stdout
	[[ $stderr == 'dmr-docstring: cannot '*none.py* ]]
	mkdir folder.py
	try_docs 26 folder.py
	assert_stdout
}

# shellcheck disable=SC2016 # what a shell must not expand
@test "docstring: bash: a backquote ends no command in backquotes" {
	printf 'x=`\nfoo() { echo hi; }\nfoo\n`\necho "$x"\n' >in.sh
	script "$(says '{"summary":"See `b` touch pwned `c` for more."}')"
	try_docs 0 in.sh
	assert_stdout 'x=`' "# See 'b' touch pwned 'c' for more." \
		'foo() { echo hi; }' 'foo' '`' 'echo "$x"'
	bash stdout | assert_file /dev/stdin hi
	[[ ! -e pwned ]]
}
