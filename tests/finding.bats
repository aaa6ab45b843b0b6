# shellcheck shell=bash disable=SC2154
# The forms of findings, held to the schemas of those who read them.
load lib

@test "finding: SARIF holds its schema, and all forms tell the same places" {
	local form store

	"$python" -c 'import jsonschema' || lack 'python3-jsonschema'
	cd "$BATS_TEST_TMPDIR"
	store=$("$tests/python" schemas)/schemastore/cache.sqlite
	for form in sarif json rdjsonl; do
		try -0 "$BUILD/tests/unit/finding_test" "$form"
		mv stdout "report.$form"
	done
	try -0 python "$tests/findings.py" "$store" report.sarif report.json \
		report.rdjsonl
	assert_stdout '1000 findings'
}

@test "finding: text is a line for each, and steers no terminal" {
	try -0 "$BUILD/tests/unit/finding_test" text
	LC_ALL=C grep -c '' "$BATS_TEST_TMPDIR/stdout" |
		assert_file /dev/stdin 1000
	run -1 grep -aP '[\x00-\x09\x0b-\x1f\x7f]' "$BATS_TEST_TMPDIR/stdout"
	run -0 grep -cE '^.+: (low|medium|high|critical): .* \[docs/(missing|stale)\]$' \
		"$BATS_TEST_TMPDIR/stdout"
	[[ $output == 1000 ]]
}

@test "finding: vim's quickfix loads the text form, and jumps nowhere else" {
	local form

	need vim
	cd "$BATS_TEST_TMPDIR"
	for form in text json; do
		"$BUILD/tests/unit/finding_test" "$form" >"report.$form"
	done
	cat >list.vim <<-'EOF'
		set encoding=utf-8
		cgetfile report.text
		let list = map(getqflist(), 'json_encode([v:val.valid,'
			\ . 'bufname(v:val.bufnr), v:val.lnum, v:val.col])')
		call writefile(list, 'list')
		qa!
	EOF
	try -0 vim -N -es -u NONE -i NONE -S list.vim
	try -0 python "$tests/quickfix.py" list report.text report.json
	assert_stdout '630 places, 370 without'
}
