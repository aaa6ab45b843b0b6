# dmr-docstring: documentation in, and nothing else.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load docstring

setup() { docstring_setup; }

# ---- a filter

@test "docstring: a file comes out with its documentation" {
	script "$(says "$do_it")"
	try_docs 0 shop.py
	documented_shop | assert_stdout -
	assert_stderr
	assert_asked 3
}

@test "docstring: standard input, by the name it has or the language" {
	script "$(says "$do_it")"
	try_docs 0 --stdin-name x/shop.py <shop.py
	documented_shop | assert_stdout -
	try_docs 0 -L python - <shop.py
	documented_shop | assert_stdout -
	assert_stderr
	try_docs 26 <shop.py
	assert_stdout -f shop.py
	[[ $stderr == 'dmr-docstring: the language of standard input is not known; '*python*'; try: --lang NAME or --stdin-name PATH' ]]
	(printf '#!/usr/bin/env python3\n' && cat shop.py) >script.in
	try_docs 0 <script.in
	(printf '#!/usr/bin/env python3\n' && documented_shop) |
		assert_stdout -
}

@test "docstring: a second run changes nothing and asks nothing" {
	script "$(says "$do_it")"
	try_docs 0 -o once.py shop.py
	assert_asked 3
	try_docs 0 once.py
	assert_stdout -f once.py
	assert_asked 3
	documented_shop | assert_file once.py -f /dev/stdin
}

@test "docstring: an empty file, and one that declares nothing" {
	DMR_HOST=http://127.0.0.1:1 try_docs 0 -L python </dev/null
	assert_stdout
	echo 'x = 1' >x.py
	try_docs 0 x.py
	assert_stdout 'x = 1'
}

@test "docstring: all fields, laid out" {
	script "$(says '{"summary":"Return the price of a thing","details":
		"It is in euros.","params":[{"name":"name","text":"the thing"}],
		"returns":"the price","example":"shop.price(\"tea\")"}')"
	try -0 dmr-docstring --only price shop.py
	diff shop.py stdout | sed -n 's/^> //p' >added
	assert_file added - <<-'EOT'
		        """Return the price of a thing.

		        It is in euros.

		        Args:
		            name: The thing.

		        Returns:
		            The price.

		        Example::

		            shop.price("tea")
		        """
	EOT
}

@test "docstring: -s: the style that is asked for, or that the file has" {
	local fields='{"summary":"Sum up.","details":"","returns":"The sum.",
		"params":[{"name":"prices","text":"What to add."}],"example":""}'

	script "$(says "$fields")"
	try -0 dmr-docstring --only total -s numpy shop.py
	[[ $output == *$'    Parameters\n    ----------\n    prices\n        What to add.\n'* ]]
	try -0 dmr-docstring --only total -s sphinx shop.py
	[[ $output == *$'    :param prices: What to add.\n    :returns: The sum.\n'* ]]
	sed 's/"""A shop."""/"""A shop.\n\n    :param x: y\n    """/' \
		shop.py >sphinx.py
	try -0 dmr-docstring --only total sphinx.py
	[[ $output == *$'    :param prices: What to add.\n'* ]]
	try_docs 2 -s jsdoc shop.py
	assert_stdout -f shop.py
	assert_stderr 'dmr-docstring: shop.py: --style jsdoc is not for python'
	try_docs 2 -s nonsense shop.py
	assert_stdout -f shop.py
	[[ $stderr == "dmr-docstring: --style: 'nonsense' is not auto, google, "* ]]
}

# ---- what is asked

@test "docstring: the declaration is asked for, with what is around it" {
	script "$(says "$do_it")"
	try_docs 0 --only price shop.py
	asked | jq -r . >prompt
	grep -qx 'import os' prompt
	grep -qx 'class Shop:' prompt
	grep -qE '^--- begin Shop.price [0-9a-f]{32} ---$' prompt
	grep -qx '    def price(self, name):' prompt
	grep -qx '        return self.prices\[name\]' prompt
	run -1 grep -E 'total|Empty' prompt
	grep -A 2 -- '^--- end Shop.price' prompt | sed 1d |
		assert_file /dev/stdin '' 'Fields of the answer: summary.'
	asked '[.temperature, .max_tokens]' | assert_file /dev/stdin '[0.3,1024]'
}

@test "docstring: the schema has what the declaration has, and its names" {
	local schema='.response_format.json_schema.schema |
		[(.properties | keys_unsorted), .required,
		.properties.params.items.properties.name.enum,
		.properties.raises.items.properties.type.enum]'

	cat >names.py <<-'EOT'
		def f(a, *b, c=1, **d):
		    if a:
		        raise KeyError(a)
		    return c


		def g():
		    pass
	EOT
	script "$(says "$do_it")"
	try -8 dmr-docstring names.py
	asked "$schema" | sort -u | assert_file /dev/stdin \
		'[["summary","details","example"],["summary","details","example"],null,null]' \
		'[["summary","details","params","returns","raises","example"],["summary","details","params","returns","raises","example"],["a","*b","c","**d"],["KeyError"]]'
}

@test "docstring: what cannot be asked leaves a filter's source as it is" {
	local each

	make_shop
	for each in '--report /nonexistent/report' '-t nothing' '--only [' \
		'-s nothing' '--diff-from nothing' '--public --all'; do
		# shellcheck disable=SC2086 # words
		run --separate-stderr dmr-docstring -m m -L python $each <shop.py
		[[ $status -ne 0 && $stderr == "dmr-docstring: "* ]]
		printf '%s\n' "$output" | assert_file /dev/stdin -f shop.py
	done
	try -2 dmr-docstring -m m -c -F nothing -L python <shop.py
	assert_stdout
}

# ---- what stands beside it

@test "docstring: a class has a blank line behind its docstring where that is the custom" {
	printf 'class A:\n    x = 1\n\n\nclass B:\n\n    y = 2\n' >a.py
	script "$(says "$do_it")"
	try_docs 0 -s numpy a.py
	assert_stdout 'class A:' '    """Do it."""' '' '    x = 1' '' '' \
		'class B:' '    """Do it."""' '' '    y = 2'
	try_docs 0 -s google a.py
	assert_stdout 'class A:' '    """Do it."""' '    x = 1' '' '' \
		'class B:' '    """Do it."""' '' '    y = 2'
}

@test "docstring: Go has an empty line before a directive, and gofmt agrees" {
	printf 'package p\n\n//go:noinline\nfunc Work() {\n}\n' >p.go
	script "$(says "$do_it")"
	try_docs 0 -o q.go p.go
	assert_file q.go 'package p' '' '// Work does it.' '//' '//go:noinline' \
		'func Work() {' '}'
	try_docs 0 -d q.go
	assert_stdout
	! command -v gofmt >/dev/null || gofmt -l q.go | assert_file /dev/stdin
}

@test "docstring: types where the style has them; --types, --no-types" {
	printf 'def do(n: int) -> int:\n    return n\n' >a.py
	script "$(says '{"summary":"Do it.","params":[{"name":"n","text":"How often."}]}')"
	try -0 dmr-docstring --sections params -s google a.py
	grep -qx '        n: How often[.]' stdout
	try -0 dmr-docstring --sections params -s google --types a.py
	grep -qx '        n (int): How often[.]' stdout
	try -0 dmr-docstring --sections params -s numpy a.py
	grep -qx '    n : int' stdout
	try -0 dmr-docstring --sections params -s numpy --no-types a.py
	grep -qx '    n' stdout
}

# ---- conventions of languages

# params NAME ...: an answer that says of each that it is one.
params() {
	jq -cn '{summary: "Do it.", params: [$ARGS.positional[] |
		{name: ., text: "One."}]}' --args "$@"
}

@test "docstring: JSDoc names the parts of a parameter that has no name, TSDoc the whole" {
	echo 'function f({ a, b: { c } = {} }, [x], ...d) {}' >a.js
	cp a.js a.ts
	script "$(says "$(params root0{,.a,.b,.b.c} root1 d)")"
	try -0 dmr-docstring -m m --sections params a.js
	assert_stdout '/**' ' * Do it.' ' *' \
		' * @param {object} root0 - One.' \
		' * @param root0.a - One.' \
		' * @param {object} [root0.b] - One.' \
		' * @param [root0.b.c] - One.' \
		' * @param root1 - One.' ' * @param d - One.' ' */' \
		'function f({ a, b: { c } = {} }, [x], ...d) {}'
	assert_asked 1
	[[ $(asked '[.. | .name?.enum? // empty][0]') == \
		'["root0","root0.a","root0.b","root0.b.c","root1","d"]' ]]
	end_mock
	script "$(says "$(params root0 root1 d)")"
	try -0 dmr-docstring -m m --sections params a.ts
	assert_stdout '/**' ' * Do it.' ' *' ' * @param root0 - One.' \
		' * @param root1 - One.' ' * @param d - One.' ' */' \
		'function f({ a, b: { c } = {} }, [x], ...d) {}'
	[[ $(asked '[.. | .name?.enum? // empty][0]') == \
		'["root0","root1","d"]' ]]
}

@test "docstring: the file itself, by --module, in Python, Rust and Go" {
	printf '#!/bin/x\nimport os\n' >a.py
	printf '// (c) X\n\n#![no_std]\nuse b;\n' >lib.rs
	printf 'package a\n' >a.go
	script "$(says "$do_it")"
	try_docs 0 --module a.py
	assert_stdout '#!/bin/x' '"""Do it."""' '' 'import os'
	try_docs 0 --module lib.rs
	assert_stdout '// (c) X' '//! Do it.' '' '#![no_std]' 'use b;'
	try_docs 0 --module a.go
	assert_stdout '// Package a does it.' 'package a'
	mkdir once
	for file in a.py lib.rs a.go; do
		try_docs 0 "$file"
		assert_stdout -f "$file"
		try_docs 0 --module -o "once/$file" "$file"
		try_docs 0 --module "once/$file"
		assert_stdout -f "once/$file"
	done
}

@test "docstring: --module in Rust: only of files that are a module, by name" {
	printf 'pub fn one() -> u8 { 1 }\n' >part.rs
	printf 'mod a { include!("part.rs"); }\n' >main.rs
	script "$(says "$do_it")"
	try_docs 0 --all --report report part.rs main.rs -i
	printf '//! Do it.\n\n/// Do it.\nmod a { include!("part.rs"); }\n' |
		assert_file main.rs -
	printf '/// Do it.\npub fn one() -> u8 { 1 }\n' | assert_file part.rs -
	jq -r 'select(.reason) | "\(.path) \(.reason)"' report |
		assert_file /dev/stdin 'part.rs module-unknown'
	try_docs 0 --module -L rust <part.rs
	assert_stdout -f part.rs
	try_docs 0 -c --module part.rs
	try_docs 1 -c --module --stdin-name a/mod.rs - <part.rs
}

@test "docstring: --module: a file of blanks has nothing to document" {
	script "$(says "$do_it")"
	for file in a.py lib.rs; do
		for text in '' '\n' '\xef\xbb\xbf \r\n\n'; do
			printf %b "$text" >"$file"
			try_docs 0 --module "$file"
			assert_stdout -f "$file"
			assert_stderr
			try_docs 0 -c --all "$file"
		done
	done
	assert_asked 0
}

@test "docstring: what panics in Rust stands under Panics; a Result has an error" {
	printf 'pub fn f() {\n    assert!(g());\n    h().unwrap();\n}\n' >a.rs
	printf 'pub fn f() -> Result<(), E> {\n}\n' >b.rs
	script "$(says '{"summary":"Do it.","raises":[{"type":"panic","text":"If not."}]}')"
	try -0 dmr-docstring -m m --sections raises a.rs
	assert_stdout '/// Do it.' '///' '/// # Panics' '///' '/// * If not.' \
		'pub fn f() {' '    assert!(g());' '    h().unwrap();' '}'
	end_mock
	script "$(says '{"summary":"Do it.","raises":[]}')"
	try -8 dmr-docstring -m m --sections raises b.rs
	assert_stdout -f b.rs
	[[ $stderr == *".raises: wanted at least 1 element"* ]]
}
