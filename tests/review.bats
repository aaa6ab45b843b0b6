# dmr-review: findings at the lines that they are about.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load review

setup() { review_setup; }

# ---- what is printed

@test "review: a finding stands at its line, and a bad one is exit 1" {
	local anchor

	anchor=$(anchor_of '        result = price')
	[[ $anchor =~ ^23#[0-9a-z]{3}$ ]]
	script "$(says "$(one "$anchor" '        result = price')")"
	try_review 1 <shop.diff
	assert_stdout 'shop.py:23:9: high: It fails. [bug]'
	assert_stderr 'dmr-review: 1 finding is high or worse'
	assert_asked 1
}

@test "review: no finding is exit 0, and nothing is printed" {
	script "$(says '{}')"
	try_review 0 <shop.diff
	assert_stdout
	assert_stderr
	assert_asked 1
}

@test "review: -F json: a line for each, then a summary" {
	script "$(says "$(one "$(anchor_of '        result = price')" 'result = price')")"
	try_review 1 --json <shop.diff
	sed -n 1p stdout | jq -c '[.path, .line, .end_line, .column, .end_column,
		.side, .severity, .category, .rule, .title, .message, .quote,
		.anchored, .method, (.fingerprint | length)]' |
		assert_file /dev/stdin '["shop.py",23,23,9,23,"new","high","bug",null,"It is wrong","It fails.","result = price",true,"agreed",32]'
	sed -n 2p stdout | jq -c '.summary |
		[.files, .hunks, .reviewed, .findings, .suppressed, .complete]' |
		assert_file /dev/stdin '[1,2,2,1,0,true]'
	(($(wc -l <stdout) == 2))
}

@test "review: -F sarif and rdjsonl" {
	script "$(says "$(one "$(anchor_of '        result = price')" 'result = price')")"
	try_review 1 -F sarif <shop.diff
	jq -c '[.version, (.runs[0].results | length),
		.runs[0].results[0].ruleId,
		.runs[0].results[0].locations[0].physicalLocation.region.startLine,
		.runs[0].invocations[0].executionSuccessful]' stdout |
		assert_file /dev/stdin '["2.1.0",1,"bug",23,true]'
	try_review 1 -F rdjsonl <shop.diff
	jq -c '[.location.path, .location.range.start.line]' stdout |
		assert_file /dev/stdin '["shop.py",23]'
	try_review 2 -F xml <shop.diff
	assert_stderr "dmr-review: --format: 'xml' is not text, json, sarif or rdjsonl"
}

@test "review: findings come by line, those without one last" {
	script "$(says "$(one "$(anchor_of '        result = price')" 'result = price')" \
		"$(one 99#zzz 'nothing like this is there')" \
		"$(one "$(anchor_of '        return price')" 'return price * self.tax')")"
	try_review 1 <shop.diff
	cut -d ' ' -f 1 stdout | assert_file /dev/stdin \
		shop.py:4:9: shop.py:23:9: shop.py:
}

# ---- where it stands

@test "review: a wrong anchor does not matter, if the quote is one line's" {
	script "$(says "$(one 4#abc '        result = price')" \
		"$(one '' 'price = self.prices.get(name)' '{"severity":"low"}')")"
	try_review 1 <shop.diff
	assert_stdout 'shop.py:3:9: low: It fails. [bug]' \
		'shop.py:23:9: high: It fails. [bug]'
}

@test "V4: what is nowhere in the diff has no line; --anchored drops it" {
	script "$(says "$(one 400#abc 'a line of another file')" \
		"$(one ../../etc/passwd:1 'root:x:0:0')" \
		"$(one 23#000 '')")"
	try_review 1 --json <shop.diff
	jq -c 'select(.path) | [.path, .line, .anchored]' stdout |
		sort -u | assert_file /dev/stdin '["shop.py",null,false]'
	try_review 0 --json --anchored <shop.diff
	jq -c '.summary | [.findings, .suppressed]' stdout |
		assert_file /dev/stdin '[0,3]'
}

@test "review: what was removed has no line" {
	script "$(says "$(one '' '        return self.prices[name]')")"
	try_review 1 <shop.diff
	assert_stdout 'shop.py: high: It fails. [bug]'
}

@test "review: the same finding in other words is printed once" {
	local anchor

	anchor=$(anchor_of '        result = price')
	script "$(says "$(one "$anchor" 'result = price')" \
		"$(one "$anchor" 'result = price' '{"title":"No","message":"Other words."}')")"
	try_review 1 <shop.diff
	assert_stdout 'shop.py:23:9: high: It fails. [bug]'
}

@test "review: the worst of a line stands for it, in whatever order it is said" {
	local anchor

	anchor=$(anchor_of '        result = price')
	script "$(says "$(one "$anchor" 'result = price' '{"severity":"low"}')" \
		"$(one "$anchor" 'result = price' '{"severity":"critical","message":"Worse."}')")"
	try_review 1 --min-severity high <shop.diff
	assert_stdout 'shop.py:23:9: critical: Worse. [bug]'
	try_review 1 --json <shop.diff
	jq -c '[.severity, .summary.suppressed]' stdout |
		assert_file /dev/stdin '["critical",null]' '[null,1]'
}

# ---- what is wanted

@test "review: --fail-on" {
	local each

	script "$(says "$(one '' 'result = price' '{"severity":"medium"}')")"
	try_review 0 <shop.diff
	for each in low medium; do
		try_review 1 --fail-on "$each" <shop.diff
		assert_stdout 'shop.py:23:9: medium: It fails. [bug]'
	done
	assert_stderr 'dmr-review: 1 finding is medium or worse'
	for each in critical none; do
		try_review 0 --fail-on "$each" <shop.diff
		assert_stderr
	done
	try_review 2 --fail-on bad <shop.diff
	assert_stderr "dmr-review: --fail-on: 'bad' is not low, medium, high, critical or none"
}

@test "review: --min-severity, --max" {
	script "$(says "$(one '' 'result = price' '{"severity":"low"}')" \
		"$(one '' 'return price * self.tax')" \
		"$(one '' 'price = self.prices.get(name)')")"
	try_review 1 --min-severity medium <shop.diff
	assert_stdout 'shop.py:3:9: high: It fails. [bug]' \
		'shop.py:4:9: high: It fails. [bug]'
	try_review 1 --max 1 <shop.diff
	assert_stdout 'shop.py:3:9: high: It fails. [bug]'
	assert_stderr 'dmr-review: 2 more findings are left out (--max 1)' \
		'dmr-review: 2 findings are high or worse'
	try_review 0 --max 1 --fail-on critical <shop.diff
	try_review 1 --max 0 --json <shop.diff
	jq -c '.summary | [.findings, .omitted]' stdout |
		assert_file /dev/stdin '[0,3]'
}

@test "review: --scope added: only lines that the diff adds" {
	script "$(says "$(one '' 'for price in prices:')" \
		"$(one '' 'result = price')")"
	try_review 1 <shop.diff
	cut -d ' ' -f 1 stdout |
		assert_file /dev/stdin shop.py:22:5: shop.py:23:9:
	try_review 1 --scope hunk <shop.diff
	(($(wc -l <stdout) == 2))
	try_review 1 --scope added <shop.diff
	assert_stdout 'shop.py:23:9: high: It fails. [bug]'
}

@test "review: --baseline: what was known stays silent, also when lines move" {
	local each

	script "$(says "$(one '' 'result = price')")"
	for each in json sarif; do
		try_review 1 -F "$each" -o before <shop.diff
		try_review 0 --baseline before <shop.diff
		assert_stdout
		sed 's/^@@ -20,3 +21,4/@@ -30,3 +31,4/' shop.diff >moved.diff
		try_review 0 --baseline before <moved.diff
		sed 's/result = price/result = prices/' shop.diff >other.diff
		try_review 1 --baseline before <other.diff
	done
	echo nonsense >before
	try_review 26 --baseline before <shop.diff
}

@test "review: a comment wants no finding of its line" {
	sed -i 's/^+        result = price$/& # dmr-review: ignore[bug]/' shop.diff
	script "$(says "$(one '' 'result = price # dmr-review: ignore[bug]')" \
		"$(one '' 'return price * self.tax' '{"severity":"low"}')")"
	try_review 0 --json <shop.diff
	jq -c '[.line, .summary.suppressed]' stdout |
		assert_file /dev/stdin '[4,null]' '[null,1]'
}

# ---- what comes in

@test "review: nothing, and what is no diff" {
	script "$(says '{}')"
	try_review 0 </dev/null
	assert_stdout
	try_review 0 --json </dev/null
	jq -c '.summary | [.files, .findings, .complete]' stdout |
		assert_file /dev/stdin '[0,0,true]'
	echo 'this is no diff' >text
	try_review 26 <text
	assert_stdout
	[[ $stderr == 'dmr-review: '* ]]
	assert_asked 0
}

@test "V7: binary files, modes, renames and submodules are mentioned" {
	cat >odd.diff <<-'EOT'
		diff --git a/x.png b/x.png
		index 1111111..2222222 100644
		Binary files a/x.png and b/x.png differ
		diff --git a/run.sh b/run.sh
		old mode 100644
		new mode 100755
		diff --git a/old.c b/new.c
		similarity index 100%
		rename from old.c
		rename to new.c
		diff --git a/sub b/sub
		index 1111111..2222222 160000
		--- a/sub
		+++ b/sub
		@@ -1 +1 @@
		-Subproject commit 1111111111111111111111111111111111111111
		+Subproject commit 2222222222222222222222222222222222222222
	EOT
	script "$(says '{}')"
	try_review 0 --json <odd.diff
	jq -c '.summary | [.files, .complete, (.skipped[] | [.path, .reason])]' \
		stdout | assert_file /dev/stdin '[4,true,["x.png","binary"],["run.sh","no line has changed"],["new.c","no line has changed"],["sub","submodule"]]'
	jq -r '.summary.skipped[] | select(.unchanged) | .path' stdout |
		assert_file /dev/stdin run.sh new.c
	try_review 0 -F sarif <odd.diff
	jq -r '.runs[].invocations[].toolExecutionNotifications[].level' stdout |
		assert_file /dev/stdin error note note error
	assert_asked 0
	try_review 0 <odd.diff
	assert_stdout
	assert_stderr 'dmr-review: x.png: not reviewed: binary' \
		'dmr-review: sub: not reviewed: submodule'
}

@test "V7: lines are reviewed, whatever their head says that they are" {
	cat >odd.diff <<-'EOT'
		diff --git a/x.py b/x.py
		index 1111111..2222222 160000
		--- a/x.py
		+++ b/x.py
		@@ -1 +1,2 @@
		 x = 1
		+key = "AKIAQ3EGRIJ7XK5LMZ2W"
		diff --git a/y.py b/y.py
		index 1111111..2222222 100644
		Binary files a/y.py and b/y.py differ
		--- a/y.py
		+++ b/y.py
		@@ -1 +1,2 @@
		 y = 1
		+key = "AKIAQ3EGRIJ7XK5LMZ2W"
		diff --git a/e.bin b/e.bin
		index 1111111..2222222 100644
		Binary files a/e.bin and b/e.bin differ
		--- a/ok.py
		+++ b/ok.py
		@@ -1 +1,2 @@
		 z = 1
		+key = "AKIAQ3EGRIJ7XK5LMZ2W"
	EOT
	try_review 1 --offline --json <odd.diff
	jq -c 'if .path then [.path, .line, .rule] else .summary |
			[.files, .reviewed, (.skipped[] | [.path, .reason])] end' \
		stdout | assert_file /dev/stdin '["x.py",2,"secret"]' \
		'["y.py",2,"secret"]' '["ok.py",2,"secret"]' \
		'[4,3,["e.bin","binary"]]'
}

@test "V7: of what has no lines nothing is read" {
	mkdir src
	printf '%s\n' 'Only in src: gone.py' 'diff --git a/run.sh b/run.sh' \
		'old mode 100644' 'new mode 100755' >odd.diff
	try_review 8 -v --root src <odd.diff
	assert_stdout
	[[ $stderr == *'gone.py: not reviewed: '* && $stderr != *'no context'* ]]
}

@test "V7: what diff -r and git only name is mentioned" {
	mkdir -p old/d new/d
	echo 1 >old/gone
	echo 2 >new/d/came
	printf 'a\0' >old/bin
	printf 'b\0' >new/bin
	echo a >old/x
	echo b >new/x
	diff -r old new >odd.diff || (($? == 1))
	diff -rq old new >>odd.diff || (($? == 1))
	diff old/d new/d >>odd.diff || (($? == 1))
	diff old new >>odd.diff || (($? == 1))
	printf 'Submodule %s\n' 'a b 1234567..89abcde:' 'c contains modified content' \
		>>odd.diff
	script "$(says '{}')"
	try_review 8 --json <odd.diff
	jq -c '.summary | .files, .hunks, (.skipped[] | [.path, .reason])' \
		stdout >skipped
	cat >want <<-'EOT'
		15
		0
		["new/bin","binary"]
		["new/d/came","it is in one of the folders only"]
		["old/gone","it is in one of the folders only"]
	EOT
	head -n 5 skipped | assert_file /dev/stdin "$(cat want)"
	for name in new/bin new/x; do
		grep -qxF "[\"$name\",\"it differs, but not a line of it is in the diff\"]" skipped
	done
	grep -qxF '["new/x","its diff is not a unified one"]' skipped
	grep -qxF '["new/d","a folder that was not compared"]' skipped
	tail -n 2 skipped | assert_file /dev/stdin \
		$'["a b","submodule"]\n["c","submodule"]'
	assert_asked 0
	try_review 8 <odd.diff
	assert_stdout
	[[ $stderr == *$'\ndmr-review: old/gone: not reviewed: it is in one of the folders only\n'* ]]
	(($(wc -l <<<"$stderr") == $(wc -l <skipped) - 2 + 1))
	[[ $stderr == *$'\ndmr-review: '*' of 15 files were not reviewed' ]]
}

@test "V7: what svn, hg and diff -c name without a line to review is mentioned" {
	mkdir a b
	seq 9 >a/x.py
	seq 2 9 >b/x.py
	diff -c a/x.py b/x.py >context || (($? == 1))
	try_review 26 --offline <context
	assert_stdout
	assert_stderr 'dmr-review: x.py: not reviewed: its diff is not a unified one' \
		'dmr-review: this is no unified diff'
	{
		cat context
		printf '%s\n' 'Index: d/y z' ====== \
			'Cannot display: file marked as a binary type.' \
			'diff -r 012 e.bin' 'Binary file e.bin has changed'
		diff -u a/x.py b/x.py || (($? == 1))
	} >odd.diff
	try_review 8 --offline --json <odd.diff
	jq -c '.summary | [.files, .reviewed, .complete, (.skipped[] | [.path, .reason])]' \
		stdout | assert_file /dev/stdin '[4,1,false,["x.py","its diff is not a unified one"],["d/y z","binary"],["e.bin","binary"]]'
}

@test "V7: a mail that is encoded is refused, and git mailinfo makes it one that is read" {
	need git
	cat >mail <<-'EOT'
		From 12 Mon Sep 17 00:00:00 2001
		From: A <a@example.org>
		Subject: [PATCH] key
		Content-Transfer-Encoding: quoted-printable

		---
		--- a/x.py
		+++ b/x.py
		@@ -1 +1,2 @@
		 x =3D 1
		+key =3D "AKIAQ3EGRIJ7XK=
		5LMZ2W"
	EOT
	try_review 26 --offline <mail
	assert_stdout
	assert_stderr 'dmr-review: line 4 of the diff: the text of a mail is encoded; try: git mailinfo /dev/null patch'
	git mailinfo /dev/null key.patch <mail
	try_review 1 --offline <key.patch
	assert_stdout 'x.py:2:8: high: this looks like an AWS access key [security/secret]'
}

@test "review: of diff -ru a path is what can be opened: new/x, or x where patch -p1 is run" {
	mkdir -p src/old/d src/new/d
	echo old >src/old/d/x.c
	echo new >src/new/d/x.c
	(cd src && diff -ruN old new) >ru.diff || (($? == 1))
	script "$(says "$(one '' new)")"
	try_review 1 <ru.diff
	assert_stdout 'new/d/x.c:1:1: high: It fails. [bug]'
	mkdir d
	cp src/new/d/x.c d
	try_review 1 <ru.diff
	assert_stdout 'd/x.c:1:1: high: It fails. [bug]'
	try_review 1 --root src <ru.diff
	assert_stdout 'new/d/x.c:1:1: high: It fails. [bug]'
	cp -r src/new/d src
	rm -r src/new d
	try_review 1 --root src <ru.diff
	assert_stdout 'd/x.c:1:1: high: It fails. [bug]'
	# A name that leads elsewhere is not looked for.
	echo new >x.c
	mkdir below
	cd below
	sed 's,\(old\|new\)/d/x,\1/../x,' ../ru.diff >up.diff
	try_review 1 <up.diff
	assert_stdout 'new/../x.c:1:1: high: It fails. [bug]'
	# Of git's names the folder is a part.
	mkdir new
	printf -- '--- new/d/x.c\n+++ new/d/x.c\n@@ -1 +1 @@\n-old\n+new\n' >git.diff
	mkdir d
	echo new >d/x.c
	try_review 1 <git.diff
	assert_stdout 'new/d/x.c:1:1: high: It fails. [bug]'
}

@test "review: what is only removed is shown, and has no line" {
	printf -- '--- a/a.c\n+++ b/a.c\n@@ -1,2 +1 @@\n int f(void);\n-int g(void);\n' >a.diff
	script "$(says "$(one '' 'int g(void);')")"
	try_review 1 <a.diff
	assert_stdout 'a.c: high: It fails. [bug]'
	asked | grep -qx -- '-int g(void);'
}

@test "review: source files, and one that is not there" {
	printf 'def f():\n    return 1 / 0\n' >f.py
	script "$(says "$(one '' 'return 1 / 0')")"
	try_review 1 f.py
	assert_stdout 'f.py:2:5: high: It fails. [bug]'
	printf '\0' | try_review 26 --stdin-name x/g.py --json
	jq -c '.summary.skipped[0].path' stdout | assert_file /dev/stdin '"x/g.py"'
	try_review 1 --stdin-name x/g.py <f.py
	assert_stdout 'x/g.py:2:5: high: It fails. [bug]'
	try_review 1 --stdin-name x/g.py - <f.py
	assert_stdout 'x/g.py:2:5: high: It fails. [bug]'
	try_review 26 - <f.py
	assert_stderr 'dmr-review: this is no unified diff'
	try_review 2 f.py - <shop.diff
	assert_stderr "dmr-review: '-' beside files is a source file; try: --stdin-name PATH"
	try_review 26 none.py
	assert_stdout
	try_review 1 none.py f.py
	assert_stdout 'f.py:2:5: high: It fails. [bug]'
	[[ $stderr == "dmr-review: cannot open 'none.py': "*$'\n'* ]]
	script "$(says '{}')"
	try_review 8 none.py f.py
	[[ $stderr == *$'\ndmr-review: 1 of 2 files failed' ]]
	printf 'a\0b' >bin
	try_review 26 bin
	assert_stderr 'dmr-review: bin: not reviewed: binary'
	try_review 8 --json bin f.py none.py
	jq -c '.summary | [.files, .complete, (.skipped[] | [.path, .line])]' stdout |
		assert_file /dev/stdin '[1,false,["bin",null],["none.py",null]]'
}

@test "review: a commit or a diff as an operand" {
	local each

	for each in HEAD HEAD~1 main..work a^; do
		try_review 26 "$each"
		assert_stderr "dmr-review: cannot open '$each': No such file or directory; try: git show $each | dmr-review"
	done
	try_review 26 ../none.py
	assert_stderr "dmr-review: cannot open '../none.py': No such file or directory"
	cp shop.diff shop.patch
	for each in shop.diff shop.patch; do
		try_review 0 --offline "$each"
		assert_stderr "dmr-review: $each: reviewed as a source file; as a diff: dmr-review <$each"
	done
	try_review 0 -q --offline shop.diff
	assert_stderr
}

@test "review: an option that cannot be" {
	local each

	echo '{}' >known.json
	try_review 2 --baseline known.json -o ./known.json <shop.diff
	assert_stderr "dmr-review: cannot write './known.json': it is the baseline"
	for each in '--rules F' '--message @F' '--context @F' '-p own=@F'; do
		printf '# A rule\n\nIts text.\n' >read.md
		# shellcheck disable=SC2086 # two words
		try_review 2 --offline ${each/F/read.md} -o ./read.md <shop.diff
		assert_stderr "dmr-review: cannot write './read.md': an option reads it"
		assert_file read.md '# A rule' '' 'Its text.'
	done
	cp shop.diff same.diff
	for each in -o --log; do
		try_review 2 --offline "$each" ./same.diff <same.diff
		assert_stderr "dmr-review: cannot write './same.diff': it is standard input"
		try_review 2 --offline "$each" ./same.diff - <same.diff
		cmp same.diff shop.diff
	done
	try_review 0 --offline -o other.diff <same.diff
	try_review 2 --stdin-name a.py known.json <shop.diff
	assert_stderr 'dmr-review: --stdin-name: standard input is not read; try: -'
	# shellcheck disable=SC2016 # for the inner shell
	each 'dmr-review -m m $1' '--scope all' '--on-error stop' '--offline --dry-run' \
		-n '--rules none.md' '-t none' </dev/null
	grep -cx 2 stdout | assert_file /dev/stdin 6
}
