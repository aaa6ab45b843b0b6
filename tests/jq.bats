# shellcheck shell=bash disable=SC2154
# The filters of contrib/jq: to the byte, and held to what others read.
load lib

setup() {
	lib_setup
	need jq
}

# filter NAME <FINDINGS
filter() { jq -nrf "$top/contrib/jq/$1.jq"; }

# of NAME: findings of every kind in its form.
of() { try -0 filter "$1" <"$tests/data/findings.jsonl"; }

@test "jq: github" {
	of github
	assert_stdout - <<-'EOF'
		::error file=src/a b.c,line=12,endLine=12,title=bug::off by one: 100%25, see%0Ahttps://example.org/x?a=b @admin #12 ![x](y) `code` <b>
		::warning file=src/a b.c,line=20,endLine=22,title=rule/no%2Ccolons%3Ahere::two
		::notice file=ü.py,title=style::esc �[31m � <&"'>
		::error file=z.go,line=1,endLine=1,title=security/bidi::last
		::warning file=big.c,line=7::not reviewed: too long
		::warning file=x`.png::not reviewed: binary
		::warning ::Not everything was reviewed.
	EOF
	assert_stderr
}

@test "jq: gitlab" {
	of gitlab
	jq -c '.[]' "$BATS_TEST_TMPDIR/stdout" >"$BATS_TEST_TMPDIR/lines"
	assert_file "$BATS_TEST_TMPDIR/lines" - <<-'EOF'
		{"description":"off by one: 100%, see\nhttps://example.org/x?a=b @admin #12 ![x](y) `code` <b>","check_name":"bug","fingerprint":"aa","severity":"critical","location":{"path":"src/a b.c","lines":{"begin":12,"end":12}}}
		{"description":"two","check_name":"rule/no,colons:here","fingerprint":"bb","severity":"major","location":{"path":"src/a b.c","lines":{"begin":20,"end":22}}}
		{"description":"last","check_name":"security/bidi","fingerprint":"dd","severity":"blocker","location":{"path":"z.go","lines":{"begin":1,"end":1}}}
	EOF
}

@test "jq: checkstyle" {
	of checkstyle
	assert_stdout - <<-'EOF'
		<?xml version="1.0" encoding="UTF-8"?>
		<checkstyle version="4.3">
		<file name="src/a b.c">
		<error line="12" severity="error" message="off by one: 100%, see&#10;https://example.org/x?a=b @admin #12 ![x](y) `code` &lt;b&gt;" source="bug"/>
		<error line="20" severity="warning" message="two" source="rule/no,colons:here"/>
		</file>
		<file name="z.go">
		<error line="1" severity="error" message="last" source="security/bidi"/>
		</file>
		<file name="ü.py">
		<error severity="info" message="esc �[31m � &lt;&amp;&quot;'&gt;" source="style"/>
		</file>
		</checkstyle>
	EOF
}

@test "jq: markdown" {
	of markdown
	assert_stdout - <<'EOF'
### ` src/a b.c `

* **high**, line 12, ` bug `: off by one\: 100\%\, see ` https://example.org/x?a=b ` ` @admin ` ` #12 ` \!\[x\]\(y\) \`code\` \<b\>

  ````
  	int i = 0;
  	if (`x` ```) {}
  ````
* **medium**, lines 20 to 22, ` rule/no,colons:here `: two

### ` ü.py `

* **low**, no line, ` style `: esc �\[31m � \<\&\"\'\>

### ` z.go `

* **critical**, line 1, ` security/bidi `: last

Not everything was reviewed.

* not reviewed: ` big.c:7 `: too long
* not reviewed: `` x`.png ``: binary
* ` run.sh `: no line has changed
EOF
}

@test "jq: nothing found" {
	local name

	for name in github gitlab checkstyle markdown; do
		echo '{"summary":{"findings":0,"complete":true}}' |
			filter "$name"
	done >"$BATS_TEST_TMPDIR/all"
	assert_file "$BATS_TEST_TMPDIR/all" '[]' '<?xml version="1.0" encoding="UTF-8"?>' \
		'<checkstyle version="4.3">' '</checkstyle>' 'No findings.'
}

@test "jq: strange findings are read as what they were" {
	local name

	cd "$BATS_TEST_TMPDIR"
	"$BUILD/tests/unit/finding_test" json >report
	for name in github gitlab checkstyle markdown; do
		filter "$name" <report >out
		echo "$name"
		try -0 python "$tests/jq.py" "$name" report out
		assert_stdout '1000 findings'
	done
}

@test "jq: a finding is out before the next is there" {
	mkfifo "$BATS_TEST_TMPDIR/in"
	start jq --unbuffered -nrf "$top/contrib/jq/github.jq" \
		"$BATS_TEST_TMPDIR/in"
	exec 7>"$BATS_TEST_TMPDIR/in"
	sed -n 2p "$tests/data/findings.jsonl" >&7
	shown 20
	exec 7>&-
	finish -0
	assert_stdout '::warning file=src/a b.c,line=20,endLine=22,title=rule/no%2Ccolons%3Ahere::two'
}
