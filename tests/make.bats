# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# contrib/dmr.mk in a project of its own, and the lines of contrib/README.md.
# dmr-review is in hooks-review.bats.
# shellcheck disable=SC2016 # what another shell shall expand
load lib

setup() {
	lib_setup
	need git jq
	unset "${!GIT_@}" MAKEFLAGS MFLAGS MAKELEVEL
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$HOME/gitconfig
	export DMR_MODEL=ai/smollm2
	place="$BATS_TEST_TMPDIR/a place"
	git init -q "$place"
	cd "$place" || return
	echo "include $top/contrib/dmr.mk" >Makefile
	printf 'def get(x):\n    y = x + 1\n    return y\n' >a.py
	git add a.py
}

# with STATUS COMMAND ...: a model for it, by $BATS_TEST_TMPDIR/script if that
# is there.
with() {
	local want=$1 script=()

	shift
	[[ ! -e $BATS_TEST_TMPDIR/script ]] ||
		script=(--script "$BATS_TEST_TMPDIR/script")
	try "-$want" dmr-mock --quiet "${script[@]}" -- "$@"
}

# A block of contrib/README.md.
block() { # LANGUAGE
	sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$top/contrib/README.md" | sed '1d;$d'
}

@test "dmr.mk: what make does without a goal is the project's own affair" {
	printf 'all: ; @echo ours\n' >>Makefile
	try -0 make -s
	assert_stdout ours
	{ echo 'first: ; @echo first' && cat Makefile; } >more.mk
	try -0 make -s -f more.mk
	assert_stdout first
}

# ---- documentation

@test "dmr.mk: dmr-docs-check lists what lacks documentation, in all sources" {
	local name='b c;$(touch bad).js'

	printf 'function put(x) {\n\treturn x;\n}\n' >"$name"
	printf 'int\nother(void)\n{\n\treturn 1;\n}\n' >new.c
	git add "$name"
	try -2 make -s dmr-docs-check
	[[ $output$stderr == *a.py:1*get* && $output$stderr == *"$name:1"*put* ]]
	[[ $output$stderr != *new.c* && ! -e bad ]]
	try -0 make -s dmr-docs-check DMR_DOCS_FLAGS='--fail-under 0'
	try -2 make -s dmr-docs-check DMR_DOCS_FILES="'*.py'"
	[[ $output$stderr == *a.py:1*get* && $output$stderr != *put* ]]
	try -0 make -s dmr-docs-check DMR_DOCSTRING=true
}

@test "dmr.mk: dmr-docs documents, then the check has nothing to say" {
	cp a.py c.py
	ln -s ../elsewhere.py link.py
	cp a.py ../elsewhere.py
	cp a.py gone.py
	git add .
	rm gone.py
	with 0 make -s dmr-docs
	grep '"""' a.py
	grep '"""' c.py
	run -1 grep '"""' ../elsewhere.py
	[[ -L link.py && ! -e gone.py ]]
	try -0 make -s dmr-docs-check
	[[ ! $stderr ]]
}

@test "dmr.mk: documentation of a folder, of nothing, and beyond git" {
	mkdir part none
	cp a.py part/b.py
	cp Makefile part/
	cp Makefile none/
	git add part/b.py
	try -2 make -s -C part dmr-docs-check
	[[ $output$stderr == *b.py:1*get* && $output$stderr != *a.py* ]]
	try -0 make -s -C none dmr-docs-check
	assert_stdout
	assert_stderr 'dmr-docs-check: git knows no such file here'
	cp Makefile ..
	GIT_CEILING_DIRECTORIES=$place/.. try -2 make -s -C .. dmr-docs-check
}

@test "dmr.mk: nobody answers: dmr-docs fails, and changes nothing" {
	cp a.py before
	try -2 make -s dmr-docs
	[[ $stderr == dmr-docstring:* ]]
	assert_file a.py -f before
}

# ---- requirements

@test "dmr.mk: dmr-reqs makes requirements, and then only checks them" {
	echo 'a shop for used bikes' >idea.txt
	serve < <(reqs_answers 1)
	try -0 make -s dmr-reqs DMR_REQS_CHECK_FLAGS='--fail-on none'
	jq -e '.functional_requirements | length > 0' requirements.json
	assert_requests 4
	cp requirements.json before
	try -0 make -s dmr-reqs DMR_REQS_CHECK_FLAGS='--fail-on none'
	assert_requests 4
	assert_file requirements.json -f before
	jq '.functional_requirements[0].text = "It is fast, etc."' \
		before >requirements.json
	try -2 make -s dmr-reqs
	[[ $output == *requirements.json:* ]]
}

@test "dmr.mk: dmr-reqs in Markdown, and with options" {
	echo 'a shop for used bikes' >shop.txt
	serve < <(reqs_answers 2)
	# Variables before the line, behind it and on the command line.
	sed -i '1i DMR_REQS_IDEA = shop.txt' Makefile
	echo 'DMR_REQS_FLAGS = --questions 0' >>Makefile
	try -0 make -s dmr-reqs DMR_REQS_FILE=shop.md \
		DMR_REQS_CHECK_FLAGS='--fail-on none'
	[[ $(head -c 2 shop.md) == '# ' ]]
	try -0 dmr-reqs --from shop.md
	try -2 make -s dmr-reqs DMR_REQS_IDEA=none.txt DMR_REQS_FILE=none.json
	[[ ! -e none.json ]]
}

# ---- a file of a prompt

@test "dmr.mk: NAME.md is made of NAME.prompt, and again when that is newer" {
	block make | sed "s|/path/to/dmr-tools|$top|" >Makefile
	printf '%%user\nSummarize this: {{files}}\n' >summary.prompt
	echo 'it rained' >notes.txt
	serve_answer 'Rain.'
	try -0 make -s summary.md
	assert_file summary.md Rain.
	request 1 | jq -r '.messages[].content' | grep -q 'it rained'
	try -0 make -s summary.md
	assert_requests 1
	touch -d 'next hour' notes.txt
	serve_answer 'More rain.'
	try -0 make -s summary.md
	assert_file summary.md 'More rain.'
}

@test "dmr.mk: of half an answer no file is made, and an old one stays" {
	local answer

	echo 'Say something.' | tee one.prompt >two.prompt
	echo old >two.md
	touch -d '1 hour ago' two.md
	for answer in close 'finish length'; do
		serve < <(printf '%s\n' repeat read sse 'delta "Some"' "$answer")
		try -2 make -s one.md
		try -2 make -s two.md
		assert_file two.md old
		assert_file <(find . -maxdepth 1 -name '*one*' -o \
			-maxdepth 1 -name '*two*' | sort) \
			./one.prompt ./two.md ./two.prompt
	done
}

@test "dmr.mk: NAME.md, whatever the name is to a shell" {
	local name="it's-\`touch\${IFS}bad\`;-&"

	mkdir deep
	echo 'Say something.' | tee -- "$name.prompt" -f.prompt deep/a.prompt \
		>"$BATS_TEST_TMPDIR/b.prompt"
	serve_ok
	try -0 make -s -- "$name.md" -f.md deep/a.md \
		"${BATS_TEST_TMPDIR}/b.md"
	assert_file "$name.md" ok
	assert_file -f.md ok
	assert_file deep/a.md ok
	assert_file "$BATS_TEST_TMPDIR/b.md" ok
	[[ ! -e bad ]]
}

# ---- pictures

# A model that sees what is on one picture.
seeing() {
	local picture

	picture=$(base64 -w 0 "$tests/data/saved.png")
	mkdir screenshots
	cp "$tests/data/saved.png" screenshots/
	block text >screenshots/saved.txt
	jq -nc --arg picture "$picture" '
		def answer(pass): {checks: [{expected: "SAVED", seen: "SAVED",
			pass: pass}], pass: pass} | tojson;
		{jq: "[.body.messages[].content | arrays[].image_url.url //
				empty] == [\"data:image/png;base64,\($picture)\"]
			and (.body.messages | tostring |
				contains(\"The dialog says SAVED.\"))",
			text: answer(true)},
		{text: answer(false)}' >"$BATS_TEST_TMPDIR/script"
}

@test "dmr.mk: dmr-ui-check passes for what is to be seen, and only for that" {
	seeing
	with 0 make -s dmr-ui-check
	jq -e '.pass and .checks[0].seen == "SAVED"' "$BATS_TEST_TMPDIR/stdout"
	assert_stderr
	cp "$tests/data/pixel.png" screenshots/empty.png
	cp screenshots/saved.txt screenshots/empty.txt
	with 2 make -s dmr-ui-check
	[[ $stderr == 'dmr-ui-check: ./screenshots/empty.png: not what is expected'$'\n'* ]]
	jq -se 'map(.pass) == [false, true]' "$BATS_TEST_TMPDIR/stdout"
	with 0 make -s dmr-ui-check DMR_UI_SHOTS=screenshots/saved.png \
		DMR_UI_FLAGS='--jq .checks[0].seen'
	assert_stdout SAVED
}

@test "dmr.mk: dmr-ui-check without pictures, expectations, or a model" {
	try -2 make -s dmr-ui-check
	[[ $stderr == 'dmr-ui-check: no pictures in DMR_UI_SHOTS'$'\n'* ]]
	seeing
	try -2 make -s dmr-ui-check
	[[ $stderr == *'dmr-ui-check: ./screenshots/saved.png: not checked'* ]]
	: >screenshots/saved.txt
	with 2 make -s dmr-ui-check
	assert_stdout
	[[ $stderr == 'dmr-ui-check: ./screenshots/saved.png: ./screenshots/saved.txt does not say what is expected'$'\n'* ]]
}

@test "contrib/README.md: the goal and the step for pictures are as they stand" {
	seeing
	block sh >goal
	with 0 sh -e goal
	block yaml | sed -n 's/^ *run: //p' >step
	with 0 sh -e step
	cp "$tests/data/pixel.png" screenshots/saved.png
	with 2 sh -e goal
	with 1 sh -e step
}

@test "contrib/README.md: has every goal and every variable of dmr.mk" {
	sed -n 's/^\.PHONY: //p; s/^\(DMR_[A-Z_]*\) ?=.*/\1/p' \
		"$top/contrib/dmr.mk" | tr ' ' '\n' | while read -r name; do
		grep -q "\`$name\`" "$top/contrib/README.md" ||
			{ echo "$name"; exit 1; }
	done
}
