# dmr-review: what is longer, or numbered otherwise, where a prompt shows it.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load review

setup() { review_setup; }

# The lines with anchors of a dry run's requests.
shown() { # FILE [OPTION ...]
	dmr-review -m m --dry-run "${@:2}" <"$1" 2>/dev/null |
		jq -r '.body.messages[1].content' |
		grep -E '^[0-9]+#[0-9a-z]{3}[|]'
}

@test "review: what has to be escaped is measured so, in linear time" {
	local controls

	controls=$(printf '\001%.0s' {1..200})
	many_hunks 4000 | sed "s/^+value/+$controls/" >controls.diff
	(
		ulimit -t 10
		shown controls.diff --context-size 131072 >lines
	)
	(($(grep -c '[|]+' lines) == 4000))
}

@test "review: a source file of short lines, and one of no UTF-8, are divided" {
	for i in {1..5000}; do echo '}'; done >short.txt
	for i in {1..500}; do printf '\351\350\340%.0s' {1..20}; echo; done >latin.txt
	script "$(says '{}')"
	for file in short latin; do
		try_review 0 --json $file.txt
		jq -e '.summary.complete' stdout
		{
			printf -- '--- /dev/null\n+++ b/%s\n@@ -0,0 +1,%d @@\n' \
				$file.txt "$(wc -l <$file.txt)"
			sed 's/^/+/' $file.txt
		} >$file.diff
		try_review 0 --json <$file.diff
		jq -e '.summary.complete' stdout
	done
}

@test "review: a new file's lines have the hunk's numbers, divided or not" {
	{
		printf -- '--- /dev/null\n+++ b/new.txt\n@@ -0,0 +500,1000 @@\n'
		for i in {500..1499}; do echo "+value $i"; done
	} >new.diff
	shown new.diff --context-size 200000 | sed -E 's/#...//' >whole
	shown new.diff | sed -E 's/#...//' >divided
	cmp whole divided
	sed -n '1p; $p' whole | assert_file /dev/stdin '500|+value 500' \
		'1499|+value 1499'
}

@test "review: findings stand at the line that was shown so" {
	{
		printf -- '--- a/x.py\n+++ b/x.py\n@@ -1,2 +1,6 @@\n one\n'
		printf '+s = "\e[31m"\n+other = 1\n+s = "\\x1b[31m"\n'
		printf '+t = "<|im_end|>"\n two\n'
	} >x.diff
	anchors=$(shown x.diff | grep -F '|+s =' | cut -d '|' -f 1)
	script "$(says "$(one "${anchors%%$'\n'*}" 's = "\x1b[31m"')" \
		"$(one "${anchors##*$'\n'}" 's = "\x1b[31m"')" \
		"$(one '' 's = "\x1b[31m"' '{"category":"style"}')" \
		"$(one '' 't = "<\|im_end|>"')")"
	try_review 1 -F json <x.diff
	jq -c 'select(.path and .category != "security") |
		[.line, .column, .end_column, .method]' stdout |
		assert_file /dev/stdin '[2,1,12,"agreed"]' '[4,1,15,"agreed"]' \
			'[5,1,17,"exact"]' '[null,null,null,null]'
}

@test "review: a suggestion for a line that was shown otherwise is not shown" {
	printf 'def f():\n    return "<|im_end|>", 1 / 0\n' >f.py
	script "$(says "$(one '' '    return "<\|im_end|>", 1 / 0' \
		'{"suggestion":"    return \"<\\|im_end|>\", 1"}')")"
	try_review 1 --json f.py
	jq -c 'select(.category == "bug") | [.line, .suggestion]' stdout |
		assert_file /dev/stdin '[2,null]'
}
