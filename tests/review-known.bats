# dmr-review: what is said again, and by what a finding is known again.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load review

setup() { review_setup; }

# The fingerprint of the finding at a line of stdout.
print_at() { # LINE
	jq -r --argjson line "$1" 'select(.line == $line) | .fingerprint' stdout
}

# ---- known again

@test "review: what a finding is known by does not depend on what else is said" {
	local first last both

	printf '%s\n' {def\ f\(\):,def\ g\(\):}$'\n    a = 1\n    b = eval(x)\n    c = 1\n' >al.py
	first=$(one "$(dmr-review -m m --dry-run al.py | jq -r '.body.messages[1].content' |
		grep -m 1 eval | cut -d '|' -f 1)" '')
	last=$(one "$(dmr-review -m m --dry-run al.py | jq -r '.body.messages[1].content' |
		grep eval | sed -n '2s/|.*//p')" '')
	script "$(says "$first" "$last")"
	try_review 1 --json al.py
	jq -c 'select(.line) | .line' stdout | assert_file /dev/stdin 3 8
	both=$(print_at 8)
	[[ $both != "$(print_at 3)" ]]
	script "$(says "$last")"
	try_review 1 --json -o last al.py
	cp last stdout
	[[ $(print_at 8) == "$both" ]]
	# What was never said is not known.
	script "$(says "$first" "$last")"
	try_review 1 --baseline last al.py
	assert_stdout 'al.py:3:5: high: It fails. [bug]'
}

@test "review: lines that are alike are counted over all hunks, divided or not" {
	local each i

	{
		printf -- '--- a/a.py\n+++ b/a.py\n'
		for i in {0..17}; do
			printf '@@ -%d,2 +%d,3 @@\n %080d\n+b = eval(x)\n  %080d\n' \
				$((10 * i + 1)) $((11 * i + 1)) 0 0
		done
	} >al.diff
	dmr-review -m m --dry-run --context-size 50000 <al.diff |
		jq -r '.body.messages[1].content' | grep eval | cut -d '|' -f 1 >anchors
	# Each request knows some of them.
	script "$(says "$(while read -r i; do one "$i" ''; done <anchors)")"
	for each in 3100 50000; do
		try_review 1 --json --anchored --context-size "$each" <al.diff
		jq -r 'select(.line) | [.line, .fingerprint] | @tsv' stdout >"at$each"
	done
	wc -l <at3100 | assert_file /dev/stdin 18
	diff at3100 at50000
	cut -f 2 at3100 | sort -u | wc -l | assert_file /dev/stdin 18
	assert_asked 3
}

@test "review: what is found without a model is known by the lines around, too" {
	local key="key = 'AKIAQ3EGRIJ7XK5LMZ2W'"

	printf '%s\n' one "$key" two three "$key" four >keys.py
	try_review 1 --offline --json keys.py
	cp stdout both
	[[ $(print_at 2) != "$(print_at 5)" ]]
	jq -c 'select(.line == 5)' both >known
	try_review 1 --offline --json --baseline known keys.py
	jq -c 'select(.line) | .line' stdout | assert_file /dev/stdin 2
	# It is the same beside a model's.
	script "$(says '{}')"
	try_review 1 --json keys.py
	diff <(jq .fingerprint both) <(jq .fingerprint stdout)
	# The other one is gone, and the lines have moved.
	sed -i '2d; 1i zero' keys.py
	try_review 0 --offline --json --baseline known keys.py
}

@test "review: how many lines are quoted does not change what it is known by" {
	script "$(says "$(one '' 'result = price')")"
	try_review 1 --json -o before <shop.diff
	script "$(says "$(one '' $'        result = price\n    return result')")"
	try_review 0 --baseline before <shop.diff
}

# ---- said again

@test "review: two patches of a series are two places" {
	local i

	for i in 1 2; do
		printf -- '--- a/a.py\n+++ b/a.py\n@@ -1,3 +1,4 @@\n'
		printf ' def f(name):\n     return 1 / 0\n \n+# %d\n' "$i"
	done >series.diff
	script "$(says '+# 1' "$(one '' 'return 1 / 0' '{"severity":"low"}')")" \
		"$(says '+# 2' "$(one '' 'return 1 / 0' '{"severity":"critical"}')")"
	try_review 1 <series.diff
	assert_stdout 'a.py:2:5: low: It fails. [bug]' \
		'a.py:2:5: critical: It fails. [bug]'
	assert_stderr 'dmr-review: 1 finding is high or worse'
}

@test "review: the status is the same however a file is divided" {
	local each i

	{
		printf -- '--- a/o.py\n+++ b/o.py\n'
		for i in 1 42; do
			echo "@@ -$i,42 +$((i + (i > 1))),43 @@"
			((i > 1)) && echo ' shared line' || printf ' a\n+first\n'
			seq -f " line %g of $i, as long as it has to be" 40
			((i > 1)) && printf '+last\n b\n' || echo ' shared line'
		done
	} >ov.diff
	script "$(says '|+first' "$(one '' 'shared line' '{"severity":"low"}')")" \
		"$(says '|+last' "$(one '' 'shared line' '{"severity":"critical","message":"Worse."}')" \
			"$(one '' 'shared line' '{"severity":"high"}')")"
	try_review 1 --json --context-size 3100 <ov.diff
	jq -c '[.line, .severity, .summary.critical, .summary.suppressed]' stdout |
		assert_file /dev/stdin '[43,"low",null,null]' '[43,"critical",null,null]' \
			'[null,null,1,1]'
	assert_asked 2
	# All in one answer.
	script "$(says "$(one '' 'shared line' '{"severity":"low"}')" \
		"$(one '' 'shared line' '{"severity":"critical","message":"Worse."}')")"
	try_review 1 --context-size 50000 <ov.diff
	assert_stdout 'o.py:43:1: critical: Worse. [bug]'
}

@test "review: what is worse than in the baseline, or another secret, is not known" {
	local n

	printf 'def f():\n    return 1 / 0\n' >f.py
	script "$(says "$(one '' 'return 1 / 0' '{"severity":"low"}')")"
	try_review 0 --json -o known f.py
	try_review 0 --baseline known f.py
	assert_stdout
	script "$(says "$(one '' 'return 1 / 0' '{"severity":"critical"}')")"
	try_review 1 --baseline known f.py
	assert_stdout 'f.py:2:5: critical: It fails. [bug]'
	for n in 1 3; do
		printf 'one\n    k = "AKIAIOSFODNN7EXAMPL%d"\ntwo\n' "$n" >s.py
		try_review 1 --offline --json -o "known$n" s.py
		try_review 0 --offline --baseline "known$n" s.py
		assert_stdout
	done
	try_review 1 --offline --baseline known1 s.py
	assert_stdout 's.py:2:10: high: this looks like an AWS access key [security/secret]'
}

# known AGAIN: what is in s.py is not told again, and is when the sed script
# AGAIN has been there; redacted or not, whichever the one before was.
known() {
	local first second

	script "$(says '{}')"
	cp s.py before.py
	for first in '' --redact --offline; do
		cp before.py s.py
		# shellcheck disable=SC2086 # one option or none
		try_review 1 $first --json -o known s.py
		for second in '' --redact --offline; do
			cp before.py s.py
			# shellcheck disable=SC2086
			try_review 0 $second --baseline known s.py
			assert_stdout
			sed -i "$1" s.py
			# shellcheck disable=SC2086
			try_review 1 $second --baseline known s.py
			[[ $(<stdout) == s.py:*'[security/secret]' ]]
		done
	done
}

@test "review: another secret is not known, masked or not, first of its line or not" {
	printf 'keys = ["AKIA%s", "AKIA%s"]\n' QZ7RNB4WTXLV2MPD W5TGHJ7KLZ3XCVB6 >s.py
	known s/QZ7RNB4W/BX7RNC4W/
	known s/W5TGHJ7K/Q5TGHD7K/
	{
		echo '-----BEGIN RSA PRIVATE KEY-----'
		seq -f 'MIIEowIBAAKCAQEA%048gqZ7RNB4WTXLV2MPD' 12
		echo '-----END RSA PRIVATE KEY-----'
		echo 'def f(): pass'
	} >s.py
	known 3s/IEow/IFow/
	known 13s/IEow/IFow/
	# What is behind the key is none of it.
	try_review 1 --offline --json -o known s.py
	sed -i '$s/f/g/' s.py
	try_review 0 --offline --baseline known s.py
}
