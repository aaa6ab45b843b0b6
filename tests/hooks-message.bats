# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# contrib/hooks/prepare-commit-msg, run by git, with an editor that shows what
# it was given.
# shellcheck disable=SC2016 # what another shell shall expand
load lib

setup() {
	lib_setup
	need git
	unset "${!GIT_@}"
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$HOME/gitconfig
	export DMR_MODEL=ai/smollm2 GIT_EDITOR=$BATS_TEST_TMPDIR/editor
	git config --global user.name nobody
	git config --global user.email nobody@example.org
	git config --global init.defaultBranch main
	place=$BATS_TEST_TMPDIR/place
	shown=$BATS_TEST_TMPDIR/shown
	git init -q "$place"
	cd "$place" || return
	ln -s "$top/contrib/hooks/prepare-commit-msg" .git/hooks/
	# Who writes nothing has it as it is, if there is anything.
	printf '#!/bin/sh\ncp "$1" "%s"\n' "$shown" >"$GIT_EDITOR"
	chmod +x "$GIT_EDITOR"
	echo 'x = 1' >a.py
	git add a.py
}

# A commit with a message of its own, which the hook has nothing to do with.
commit() { # FILE
	git add "$1"
	git commit -q --no-verify -m "$1"
}

suggestion='core: say what x is\n\nIt was not known.'

@test "prepare-commit-msg: what is staged is sent, its message is in the editor" {
	serve_answer "$suggestion"
	echo 'y = 2' >>a.py
	try -0 git commit -q
	assert_stdout
	assert_stderr
	git log -1 --format=%B | assert_file /dev/stdin \
		'core: say what x is' '' 'It was not known.' ''
	head -n 3 "$shown" | assert_file /dev/stdin \
		'core: say what x is' '' 'It was not known.'
	grep -q '^# Please enter' "$shown"
	assert_requests 1
	request 1 | jq -r '.messages[-1].content' >asked
	grep -qx '+x = 1' asked
	run -1 grep 'y = 2' asked
	[[ $(git status --porcelain) == $' M a.py\n?? asked' ]]
	assert_file <(find .git -name 'COMMIT_EDITMSG*') .git/COMMIT_EDITMSG
}

@test "prepare-commit-msg: --signoff and --verbose keep theirs below it" {
	serve_answer "$suggestion"
	try -0 git commit -q --signoff --verbose
	git log -1 --format=%B | assert_file /dev/stdin \
		'core: say what x is' '' 'It was not known.' '' \
		'Signed-off-by: nobody <nobody@example.org>' ''
	grep -qx '+x = 1' "$shown"
}

@test "prepare-commit-msg: where there is a message already, nobody is asked" {
	serve_ok
	try -0 git commit -q -m one
	try -0 git commit -q --amend
	echo two >"$BATS_TEST_TMPDIR/two"
	echo 'y = 2' >>a.py
	try -0 git commit -q -a -F "$BATS_TEST_TMPDIR/two"
	try -0 git commit -q --allow-empty -C HEAD
	try -0 git commit -q --allow-empty -c HEAD
	try -1 git commit -q --allow-empty -t "$BATS_TEST_TMPDIR/two"
	try -0 git commit -q --allow-empty --fixup HEAD
	git checkout -q -b side HEAD~1
	echo 'z = 3' >b.py
	commit b.py
	git checkout -q main
	try -0 git merge -q --no-ff side
	git checkout -q -b other HEAD~1
	echo 'z = 4' >c.py
	commit c.py
	try -0 git merge -q --squash side
	try -0 git commit -q
	assert_requests 0
}

@test "prepare-commit-msg: nothing staged, or no editor: nobody is asked" {
	serve_ok
	try -1 git commit -q --no-edit
	try -0 git commit -q -m one
	try -1 git commit -q --allow-empty
	[[ $stderr != *dmr-chat* ]]
	assert_requests 0
}

@test "prepare-commit-msg: nobody answers: one line, and the editor" {
	echo 'mine' >"$BATS_TEST_TMPDIR/mine"
	printf 'cat "%s" >"$1"\n' "$BATS_TEST_TMPDIR/mine" >>"$GIT_EDITOR"
	try -0 git commit -q
	assert_stdout
	[[ $stderr == dmr-chat:* ]]
	(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1))
	[[ $(git log -1 --format=%s) == mine ]]
	[[ $(head -n 2 "$shown") == $'\n# Please enter'* ]]
	echo 'y = 2' >>a.py
	DMR_DISABLE=1 try -0 git commit -q -a
	[[ $(git rev-list --count HEAD) == 2 ]]
}

@test "prepare-commit-msg: half an answer is none" {
	serve < <(printf '%s\n' accept read sse 'delta "core: say"' close)
	try -1 git commit -q --cleanup=strip
	[[ $stderr == dmr-chat:* ]]
	run -1 grep 'core: say' "$shown"
}

@test "prepare-commit-msg: an answer that takes too long is none" {
	serve < <(printf '%s\n' accept read 'await never')
	git config hooks.messageTimeout 200ms
	try -1 git commit -q
	[[ $stderr == dmr-chat:*'time limit'* || $stderr == dmr-chat:*timeout* ]]
	grep -q '^# Please enter' "$shown"
	assert_requests 1
}

@test "prepare-commit-msg: an answer gives no commands to a terminal" {
	serve_answer 'core:\x1b[31m say\x7f\x08\r what'
	try -0 git commit -q
	[[ $(git log -1 --format=%s) == 'core:[31m say what' ]]
}

@test "prepare-commit-msg: a commit of named files, in a folder, a linked tree" {
	serve_answer "$suggestion"
	commit a.py
	echo 'x = 2' >a.py
	echo 'y = 1' >b.py
	git add b.py
	mkdir deep
	cd deep
	try -0 git commit -q ../a.py
	request 1 | jq -r '.messages[-1].content' >"$BATS_TEST_TMPDIR/asked"
	grep -qx '+x = 2' "$BATS_TEST_TMPDIR/asked"
	run -1 grep 'b.py' "$BATS_TEST_TMPDIR/asked"
	git worktree add -q -b side '../../linked tree' 2>/dev/null
	cd '../../linked tree'
	serve_answer 'all: more'
	echo 'x = 3' >a.py
	try -0 git commit -q -a
	[[ $(git log -1 --format=%s) == 'all: more' ]]
}

@test "prepare-commit-msg: git's configuration does not change what is sent" {
	serve_answer "$suggestion"
	git config --global diff.noprefix true
	git config --global diff.external false
	git config --global color.ui always
	git config --global diff.context 0
	try -0 git commit -q
	request 1 | jq -r '.messages[-1].content' | grep -qx '+++ b/a.py'
}

@test "prepare-commit-msg: without dmr-chat one line, and the editor" {
	local tool

	mkdir "$BATS_TEST_TMPDIR/bin"
	for tool in git sh cp; do
		ln -s "$(command -v $tool)" "$BATS_TEST_TMPDIR/bin"
	done
	try -1 env PATH="$BATS_TEST_TMPDIR/bin" git commit -q
	[[ $stderr == 'dmr-chat hook: dmr-chat is not on the PATH; no message is suggested'$'\n'* ]]
	[[ -e $shown ]]
}

@test "prepare-commit-msg: a message that cannot be replaced stays as it is" {
	serve_answer "$suggestion"
	mkdir "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/mv"
	chmod +x "$BATS_TEST_TMPDIR/bin/mv"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH try -1 git commit -q
	assert_requests 1
	[[ $(head -n 2 "$shown") == $'\n# Please enter'* ]]
	assert_file <(find .git -name 'COMMIT_EDITMSG*') .git/COMMIT_EDITMSG
}
