# dmr-docstring -c: what lacks documentation, without any model.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load docstring

setup() {
	docstring_setup
	DMR_HOST=http://127.0.0.1:1
}

@test "docstring -c: what is missing, a line each, and exit 1" {
	try -1 dmr-docstring -c shop.py
	assert_stdout \
		"shop.py:7:9: low: method 'Shop.price' has no documentation [docs/missing]" \
		"shop.py:11:5: low: function 'total' has no documentation [docs/missing]" \
		"shop.py:16:7: low: class 'Empty' has no documentation [docs/missing]"
	assert_stderr 'dmr-docstring: 3 of 4 declarations have no documentation (25.0 % have)'
}

@test "docstring -c: nothing is missing: exit 0, nothing printed" {
	documented_shop >whole.py
	try -0 dmr-docstring -c whole.py
	assert_stdout
	assert_stderr
	try -0 dmr-docstring -c -L python </dev/null
	assert_stdout
}

@test "docstring -c: --fail-under sets what is enough" {
	try -0 dmr-docstring -c --fail-under 25 shop.py
	(($(wc -l <stdout) == 3))
	assert_stderr
	try -1 dmr-docstring -c --fail-under 25.1 shop.py
	assert_stderr 'dmr-docstring: 3 of 4 declarations have no documentation (25.0 % have)'
	try -0 dmr-docstring -c --fail-under 100 -L python </dev/null
}

@test "docstring -c: many files, standard input, --stdin-name, names that match" {
	cp shop.py b.py
	try -1 dmr-docstring -c --only '^total$' shop.py b.py
	assert_stdout \
		"shop.py:11:5: low: function 'total' has no documentation [docs/missing]" \
		"b.py:11:5: low: function 'total' has no documentation [docs/missing]"
	try -1 dmr-docstring -c --exclude 't' --stdin-name a/x.py <shop.py
	assert_stdout \
		"a/x.py:7:9: low: method 'Shop.price' has no documentation [docs/missing]"
}

@test "docstring -c: -F json, sarif, rdjsonl" {
	try -1 dmr-docstring -c --json shop.py
	jq -c '[.path, .line, .symbol]' stdout | head -n 3 |
		assert_file /dev/stdin '["shop.py",7,"Shop.price"]' \
			'["shop.py",11,"total"]' '["shop.py",16,"Empty"]'
	tail -n 1 stdout | jq -c '.summary | [.documented, .missing]' |
		assert_file /dev/stdin '[1,3]'
	[[ $stderr == '{"code":"no","exit":1,'* ]]
	try -1 dmr-docstring -c -F sarif shop.py
	jq -c '[.version, (.runs[0].results | length)]' stdout |
		assert_file /dev/stdin '["2.1.0",3]'
	try -1 dmr-docstring -c -F rdjsonl shop.py
	jq -c '.location.range.start' stdout | head -n 1 |
		assert_file /dev/stdin '{"line":7,"column":9}'
	try -2 dmr-docstring -c -F yaml shop.py
	assert_stderr "dmr-docstring: --format: 'yaml' is not text, json, sarif or rdjsonl"
}

@test "docstring -c: of two that are alike each is known again, alone, too" {
	printf '%s\n' 'if a:' '    def f():' '        return 1' 'else:' \
		'    def f():' '        return 1' >two.py
	try -1 dmr-docstring -c -F json two.py
	jq -r 'select(.line) | .fingerprint' stdout >both
	sort -u both | wc -l | assert_file /dev/stdin 2
	sed -i '2a \        """One."""' two.py
	try -1 dmr-docstring -c -F json two.py
	jq -r 'select(.line) | .fingerprint' stdout | diff <(sed -n 2p both) -
}

@test "docstring -c: errors are JSON, in every way to ask for it" {
	local form

	for form in --json '-F json' -Fjson -cFjson '-cF json' --format=json \
		'--format json'; do
		# shellcheck disable=SC2086 # words
		try -26 dmr-docstring -c $form none.py
		jq -c '[.code, .exit]' stderr | assert_file /dev/stdin '["input",26]'
		# shellcheck disable=SC2086
		try -8 dmr-docstring -c $form none.py x.unknown
		jq -c '[.code, .exit]' stderr | assert_file /dev/stdin \
			'["input",26]' '["input",26]' '["partial",8]'
		# shellcheck disable=SC2086
		try -2 dmr-docstring -c $form --nonsense
		jq -c '[.code, .exit]' stderr | assert_file /dev/stdin '["usage",2]'
		# shellcheck disable=SC2086
		try -2 dmr-docstring -c $form -m '' shop.py
		jq -c '[.code, .exit]' stderr | assert_file /dev/stdin '["usage",2]'
	done
	try -2 dmr-docstring --json shop.py
	jq -c '[.exit, .message]' stderr |
		assert_file /dev/stdin '[2,"--json is for --check"]'
	try -26 dmr-docstring -c -F sarif none.py
	[[ $stderr == 'dmr-docstring: cannot '*none.py* ]]
}

@test "docstring -c: one file that cannot be read is 26, among others 8 or 1" {
	try -26 dmr-docstring -c none.py
	assert_stdout
	[[ $stderr == 'dmr-docstring: cannot '*none.py* ]]
	documented_shop >whole.py
	try -8 dmr-docstring -c none.py whole.py
	assert_stdout
	[[ $stderr == *$'none.py'*$'\ndmr-docstring: 1 of 2 files failed' ]]
	try -1 dmr-docstring -c --json none.py shop.py
	tail -n 1 stdout | jq -c .summary.complete | assert_file /dev/stdin false
	echo x >x.unknown
	try -26 dmr-docstring -c x.unknown
	[[ $stderr == "dmr-docstring: the language of 'x.unknown' is not known; "* ]]
}

@test "docstring -c: DMR_DISABLE checks nothing" {
	DMR_DISABLE=1 try -0 dmr-docstring -c shop.py
	assert_stdout
	assert_stderr 'dmr-docstring: disabled by DMR_DISABLE, nothing is checked'
	DMR_DISABLE=1 try -0 dmr-docstring -c -F sarif shop.py
	jq -c '.runs[0].invocations[0].executionSuccessful' stdout |
		assert_file /dev/stdin false
}

@test "docstring -c: -o writes a file, also when something is missing" {
	try -1 dmr-docstring -c -o report.txt shop.py
	assert_stdout
	(($(wc -l <report.txt) == 3))
}
