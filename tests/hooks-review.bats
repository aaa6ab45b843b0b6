# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# The hooks of contrib/hooks that review, each run by git, and the goal of
# contrib/dmr.mk, run in a project of its own.
load lib

setup() {
	lib_setup
	need git
	unset "${!GIT_@}" MAKEFLAGS MFLAGS MAKELEVEL
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$HOME/gitconfig
	export DMR_MODEL=ai/smollm2
	git config --global user.name nobody
	git config --global user.email nobody@example.org
	git config --global init.defaultBranch main
	hooks=$top/contrib/hooks
	place=$BATS_TEST_TMPDIR/place
	git init -q "$place"
	cd "$place" || return
	# A model that finds fault with one line.
	jq -n --arg answer "$(jq -cn '{findings: [{anchor: "",
		quote: "y = x / 0", severity: "high", category: "bug",
		title: "a quotient", message: "divided by nothing", suggestion: ""}]}')" \
		'{contains: "|+y = x / 0", text: $answer},
		{text: "{\"findings\":[]}"}' |
		jq -c . >"$BATS_TEST_TMPDIR/script"
}

# use HOOK: the repository has it.
use() { ln -s "$hooks/$1" "$(git rev-parse --git-path hooks)/${1%-review}"; }

# reviewed STATUS COMMAND ...: with that model.
reviewed() {
	local want=$1

	shift
	try "-$want" dmr-mock --quiet --script "$BATS_TEST_TMPDIR/script" -- "$@"
}

# A commit of a file with these lines, and without a hook.
commit() { # FILE LINE ...
	printf '%s\n' "${@:2}" >"./$1"
	git add -- "./$1"
	git commit -q --no-verify -m "$1"
}

# A repository that this one is pushed to.
remote() {
	git init -q --bare "$BATS_TEST_TMPDIR/far"
	git remote add origin "$BATS_TEST_TMPDIR/far"
	commit begin.py 'x = 1'
	git push -q --no-verify -u origin main
}

found=':2:1: high: divided by nothing [bug]'

# ---- pre-commit-review

@test "pre-commit-review: a finding stops the commit, --no-verify does not ask" {
	use pre-commit-review
	printf 'x = 1\ny = x / 0\n' >a.py
	git add a.py
	reviewed 1 git commit -q -m one
	[[ $stderr$output == *"a.py$found"* ]]
	try -128 git rev-parse --verify HEAD
	reviewed 0 git commit -q --no-verify -m one
}

@test "pre-commit-review: what is good goes through without a word" {
	use pre-commit-review
	echo 'x = 1' >a.py
	git add a.py
	reviewed 0 git commit -q -m one
	assert_stdout
	assert_stderr
	echo 'y = x' >>a.py
	reviewed 0 git commit -q -a -m two
	assert_stdout
	assert_stderr
}

@test "pre-commit-review: only what is staged, in a folder, in a linked tree" {
	use pre-commit-review
	commit a.py 'x = 1'
	printf 'y = x / 0\n' >>a.py
	mkdir deep && echo 'z = 1' >deep/b.py
	git add deep
	cd deep
	reviewed 0 git commit -q -m two
	assert_stderr
	git worktree add -q ../../linked 2>/dev/null
	printf 'x = 1\ny = x / 0\n' >../../linked/c.py
	git -C ../../linked add c.py
	reviewed 1 git -C ../../linked commit -q -m three
	[[ $stderr$output == *"c.py$found"* ]]
}

@test "pre-commit-review: git's configuration does not change what is seen" {
	use pre-commit-review
	git config --global diff.noprefix true
	git config --global diff.external false
	git config --global diff.mnemonicPrefix true
	git config --global diff.suppressBlankEmpty true
	git config --global color.ui always
	git config --global diff.context 0
	commit a.py 'x = 1' '' 'z = 1'
	printf 'x = 1\ny = x / 0\n\nz = 1\n' >a.py
	git add a.py
	reviewed 1 git commit -q -m one
	[[ $stderr$output == *"a.py$found"* ]]
}

@test "pre-commit-review: nobody answers: one line, and the commit" {
	use pre-commit-review
	printf 'x = 1\ny = x / 0\n' >a.py
	git add a.py
	try -0 git commit -q -m one
	assert_stdout
	(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1))
	[[ $stderr == dmr-review:* ]]
}

@test "pre-commit-review: a merge brings what it brings" {
	use pre-commit-review
	commit a.py 'x = 1'
	git checkout -q -b side
	commit b.py 'x = 1' 'y = x / 0'
	git checkout -q main
	git commit -q --no-verify --allow-empty -m main
	git merge -q --no-commit --no-ff side
	reviewed 0 git commit -q -m merged
	assert_stderr
}

@test "pre-commit-review: without dmr-review one line, and the commit" {
	local tool

	use pre-commit-review
	mkdir "$BATS_TEST_TMPDIR/bin"
	for tool in git sh; do
		ln -s "$(command -v $tool)" "$BATS_TEST_TMPDIR/bin"
	done
	echo 'x = 1' >a.py
	git add a.py
	try -0 env PATH="$BATS_TEST_TMPDIR/bin" git commit -q -m one
	assert_stdout
	assert_stderr 'dmr-review hook: dmr-review is not on the PATH; nothing is reviewed'
}

@test "pre-commit-review: its arguments are options" {
	commit a.py 'x = 1'
	printf 'x = 1\ny = x / 0\n' >a.py
	git add a.py
	reviewed 0 "$hooks/pre-commit-review" --fail-on critical
	assert_stdout "a.py$found"
}

# ---- pre-push-review

@test "pre-push-review: a finding stops the push, --no-verify does not ask" {
	remote
	use pre-push-review
	commit a.py 'x = 1' 'y = x / 0'
	reviewed 1 git push -q origin main
	[[ $stderr$output == *"a.py$found"* ]]
	[[ $stderr == *'dmr-review hook: it is stopped by what was found; git push --no-verify pushes all the same'* ]]
	[[ $(git ls-remote -q origin main) != "$(git rev-parse main)"* ]]
	reviewed 0 git push -q --no-verify origin main
	[[ $(git ls-remote -q origin main) == "$(git rev-parse main)"* ]]
}

@test "pre-push-review: what is good, or is there already, goes through" {
	remote
	commit a.py 'x = 1' 'y = x / 0'
	git push -q --no-verify origin main
	use pre-push-review
	commit b.py 'x = 1'
	reviewed 0 git push -q origin main
	assert_stdout
	assert_stderr
	# A new branch and a tag of what is there; then it goes.
	git branch other main~1
	git tag -a -m tag v1 main
	reviewed 0 git push -q origin other v1
	assert_stdout
	assert_stderr
	reviewed 0 git push -q origin :other
	assert_stderr
}

@test "pre-push-review: a new branch, a rewritten one, one among many" {
	remote
	use pre-push-review
	git checkout -q -b side
	commit a.py 'x = 1' 'y = x / 0'
	git checkout -q main
	commit b.py 'x = 1'
	reviewed 1 git push -q origin main side
	[[ $output$stderr == *"a.py$found"* ]]
	git push -q --no-verify origin main side
	git checkout -q -B side main~1
	commit c.py 'x = 1' 'y = x / 0'
	reviewed 1 git push -q -f origin side
	[[ $output$stderr == *"c.py$found"* && $output$stderr != *a.py* ]]
}

@test "pre-push-review: the first push, and one to an address" {
	git init -q --bare "$BATS_TEST_TMPDIR/far"
	use pre-push-review
	commit a.py 'x = 1' 'y = x / 0'
	reviewed 1 git push -q "$BATS_TEST_TMPDIR/far" main
	[[ $output$stderr == *"a.py$found"* ]]
}

@test "pre-push-review: a new branch, to an address: only what no remote has" {
	remote
	git init -q --bare "$BATS_TEST_TMPDIR/farther"
	commit a.py 'x = 1' 'y = x / 0'
	git push -q origin main
	use pre-push-review
	git checkout -q -b side
	commit b.py 'x = 1'
	reviewed 0 git push -q "$BATS_TEST_TMPDIR/farther" side
	assert_stdout
	assert_stderr
}

@test "pre-push-review: a tag of a tree is reviewed, one of a file is named" {
	remote
	use pre-push-review
	commit bad.py 'x = 1' 'y = x / 0'
	git tag tree 'HEAD^{tree}'
	git tag blob HEAD:begin.py
	reviewed 1 git push -q origin tree
	assert_stdout "bad.py$found"
	run -1 grep -F 'expected commit' "$BATS_TEST_TMPDIR/stderr"
	reviewed 1 git push -q origin blob
	assert_stdout
	[[ $stderr == 'dmr-review hook: refs/tags/blob is no commit: not reviewed'$'\n'* ]]
}

@test "pre-push-review: nobody answers: nothing is pushed" {
	remote
	use pre-push-review
	commit a.py 'x = 1'
	try -1 git push -q origin main
	[[ $stderr == *'dmr-review hook: not reviewed; git push --no-verify pushes all the same'* ]]
	[[ $(git ls-remote -q origin main) != "$(git rev-parse main)"* ]]
	echo '{"status":500,"text":"broken"}' >"$BATS_TEST_TMPDIR/script"
	reviewed 1 git push -q origin main
	[[ $stderr == *'dmr-review hook: not all of it was reviewed; git push --no-verify pushes all the same'* ]]
	[[ $(git ls-remote -q origin main) != "$(git rev-parse main)"* ]]
	DMR_DISABLE=1 try -0 git push -q origin main
}

@test "pre-push-review: names with spaces, quotes and newlines" {
	local name names=('a b.py' 'a"b.py' $'a\nb.py' '-c.py' 'ü.py' 'a\b.py')

	remote
	use pre-push-review
	for name in "${names[@]}"; do
		commit "$name" 'x = 1' 'y = x / 0'
	done
	reviewed 1 git push -q origin main
	(($(grep -c ':2:1: high: ' <<<"$output$stderr") == ${#names[@]}))
}

# ---- dmr.mk

@test "dmr.mk: dmr-review in another project" {
	remote
	commit Makefile "include $top/contrib/dmr.mk"
	commit a.py 'x = 1' 'y = x / 0'
	reviewed 2 make -s dmr-review
	assert_stdout "a.py$found"
	reviewed 0 make -s dmr-review DMR_REVIEW_FLAGS='--fail-on none'
	assert_stdout "a.py$found"
	git push -q origin main
	reviewed 0 make -s dmr-review
	assert_stdout
	assert_stderr
	# What is not committed, too.
	printf 'x = 1\ny = x / 0\n' >begin.py
	reviewed 2 make -s dmr-review
	assert_stdout "begin.py$found"
	reviewed 2 make -s dmr-review DMR_BASE=main~1
	assert_stdout "a.py$found" "begin.py$found"
	reviewed 2 make -s dmr-review DMR_BASE=nothing
	[[ $stderr == 'dmr-review: no such commit: nothing'* ]]
}

@test "dmr.mk: a name is nothing to the shell; what git does not know is named" {
	# shellcheck disable=SC2016 # no shell is to expand them
	local name names=('x`touch${IFS}bad`' "x';touch\${IFS}bad;'" 'x$(touch${IFS}bad)')

	commit Makefile "include $top/contrib/dmr.mk"
	commit a.py 'x = 1'
	echo 'y = x / 0' >fresh.py
	for name in "${names[@]}"; do
		git branch "$name"
		reviewed 0 make -s dmr-review DMR_BASE="${name//\$/\$\$}"
		assert_stderr 'dmr-review: not reviewed, as git does not know it: fresh.py'
		reviewed 2 make -s dmr-review DMR_BASE="no${name//\$/\$\$}"
		[[ $stderr == "dmr-review: no such commit: no$name"* && ! -e bad ]]
	done
}

@test "dmr.mk: in a folder of it, and under git's configuration" {
	remote
	git config --global diff.noprefix true
	git config --global diff.external false
	git config --global color.ui always
	git config --global diff.context 0
	mkdir part
	echo "include $top/contrib/dmr.mk" >part/Makefile
	printf 'x = 1\ny = x / 0\n' >part/a.py
	printf 'x = 1\ny = x / 0\n' >b.py
	git add .
	reviewed 2 make -s -C part dmr-review
	assert_stdout "a.py$found"
}

@test "dmr.mk: nobody answers: the goal fails" {
	remote
	echo "include $top/contrib/dmr.mk" >Makefile
	commit a.py 'x = 1'
	try -2 make -s dmr-review
	[[ $stderr == dmr-review:* ]]
}
