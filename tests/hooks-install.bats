# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# make install-hooks, into repositories of others.
# shellcheck disable=SC2016 # what another shell shall expand
load lib

setup() {
	lib_setup
	need git
	unset "${!GIT_@}" MAKEFLAGS MFLAGS MAKELEVEL REPO HOOKS
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$HOME/gitconfig
	git config --global user.name nobody
	git config --global user.email nobody@example.org
	git config --global init.defaultBranch main
	hooks=$top/contrib/hooks
	place="$BATS_TEST_TMPDIR/a place"
	git init -q "$place"
	place=$(cd "$place" && pwd -P)
	cd "$BATS_TEST_TMPDIR" || return
}

# install STATUS VARIABLE=VALUE...
install() {
	local want=$1

	shift
	try "-$want" make -s --no-print-directory -C "$top" install-hooks "$@"
}

# The hooks that are linked.
linked() { find "$place/.git/hooks" -type l -printf '%f\n' | sort; }

@test "install-hooks: three are linked, and git runs them" {
	install 0 REPO="$place"
	assert_stdout \
		"linked: $place/.git/hooks/pre-commit -> $hooks/pre-commit-docs-check" \
		"linked: $place/.git/hooks/pre-push -> $hooks/pre-push-review" \
		"linked: $place/.git/hooks/prepare-commit-msg -> $hooks/prepare-commit-msg"
	assert_stderr
	assert_file <(linked) pre-commit pre-push prepare-commit-msg
	printf 'def get(x):\n    y = x + 1\n    return y\n' >"$place/a.py"
	git -C "$place" add a.py
	try -1 git -C "$place" commit -q -m one
	[[ $output$stderr == *a.py:1*get* ]]
	try -0 git -C "$place" commit -q --no-verify -m one
	git init -q --bare far
	DMR_MODEL=m try -1 git -C "$place" push -q ../far main
	[[ $stderr == *'dmr-review hook: not reviewed'* ]]
	install 0 REPO="$place"
	assert_stdout "there already: $place/.git/hooks/pre-commit" \
		"there already: $place/.git/hooks/pre-push" \
		"there already: $place/.git/hooks/prepare-commit-msg"
}

@test "install-hooks: which ones, and another of ours in place of one" {
	install 0 REPO="$place" HOOKS=pre-commit-docs
	assert_file <(linked) pre-commit
	install 0 REPO="$place" HOOKS='pre-commit-review prepare-commit-msg'
	assert_stdout \
		"linked: $place/.git/hooks/pre-commit -> $hooks/pre-commit-review, instead of $hooks/pre-commit-docs" \
		"linked: $place/.git/hooks/prepare-commit-msg -> $hooks/prepare-commit-msg"
}

@test "install-hooks: a hook that is not ours stays, and nothing is linked" {
	local kind

	for kind in file link dead folder; do
		rm -rf "$place/.git/hooks/pre-push"
		case $kind in
		file) echo mine >"$place/.git/hooks/pre-push" ;;
		link) ln -s /bin/true "$place/.git/hooks/pre-push" ;;
		dead) ln -s nowhere "$place/.git/hooks/pre-push" ;;
		folder) mkdir "$place/.git/hooks/pre-push" ;;
		esac
		stat -c '%F %N %s %y' "$place/.git/hooks/pre-push" >before
		install 2 REPO="$place"
		assert_stdout
		[[ $stderr == "install-hooks: '$place/.git/hooks/pre-push' is no link to ours: nothing is linked; try: HOOKS='...' without pre-push-review"$'\n'make:* ]]
		stat -c '%F %N %s %y' "$place/.git/hooks/pre-push" |
			assert_file /dev/stdin -f before
		[[ ! -e $place/.git/hooks/pre-commit ]]
	done
	install 0 REPO="$place" HOOKS=pre-commit-docs-check
	assert_file <(linked) pre-commit
}

@test "install-hooks: core.hooksPath, in the repository and beyond it" {
	mkdir shared
	git config --global core.hooksPath "$PWD/shared"
	install 2 REPO="$place"
	[[ $stderr == "install-hooks: core.hooksPath is '$PWD/shared', which is not in '$place'"* ]]
	git config --global core.hooksPath ../not-there/yet
	install 2 REPO="$place"
	[[ ! -e not-there ]]
	rmdir shared
	git -C "$place" config core.hooksPath 'its own/hooks'
	mkdir "$place/deep"
	install 0 REPO="$place/deep"
	assert_file <(find "$place/its own/hooks" -type l -printf '%f\n' | sort) \
		pre-commit pre-push prepare-commit-msg
	assert_file <(linked)
}

@test "install-hooks: a linked tree, no folder of hooks, a name as a shell's" {
	local name='$(touch bad)`touch bad`'\'';"#'

	git -C "$place" commit -q --allow-empty -m one
	rm -rf "$place/.git/hooks"
	git -C "$place" worktree add -q -b side "$PWD/$name" 2>/dev/null
	install 0 REPO="${PWD//\$/\$\$}/${name//\$/\$\$}"
	assert_file <(linked) pre-commit pre-push prepare-commit-msg
	[[ ! -e bad && ! -e $top/bad ]]
}

@test "install-hooks: the caller's repository is another one" {
	git init -q other
	GIT_DIR=$PWD/other/.git GIT_WORK_TREE=$PWD/other install 0 REPO="$place"
	assert_file <(linked) pre-commit pre-push prepare-commit-msg
	assert_file <(find other/.git/hooks -type l)
}

@test "install-hooks: what is wrong is said, and nothing done" {
	local row

	while IFS='|' read -r row wanted; do
		eval "install 2 $row"
		assert_stdout
		[[ ${stderr%%$'\n'*} == "$wanted" ]]
	done <<-'EOF'
		|install-hooks: usage: make install-hooks REPO=FOLDER [HOOKS='HOOK...']
		REPO="$place" HOOKS=|install-hooks: usage: make install-hooks REPO=FOLDER [HOOKS='HOOK...']
		REPO="$place" HOOKS=staged.sh|install-hooks: no hook 'staged.sh'
		REPO="$place" HOOKS=pre-commit-none|install-hooks: no hook 'pre-commit-none'
		REPO="$place" HOOKS=pre-commit-../../x|install-hooks: no hook 'pre-commit-../../x'
		REPO="$place" HOOKS="pre-commit-docs pre-commit-review"|install-hooks: only one can be pre-commit: pre-commit-docs pre-commit-review
	EOF
	install 2 REPO="$PWD/nowhere"
	install 2 REPO="$PWD"
	assert_stdout
	assert_file <(linked)
}

@test "install-hooks: a tool that is not on the PATH is named" {
	local tool

	mkdir bin
	for tool in sh git env timeout readlink dirname mkdir ln; do
		ln -s "$(command -v $tool)" bin
	done
	PATH=$PWD/bin try -0 "$top/scripts/install-hooks" "$place" \
		pre-commit-docs pre-push-review prepare-commit-msg
	assert_stderr \
		'install-hooks: dmr-docstring is not on the PATH; pre-commit-docs needs it' \
		'install-hooks: dmr-review is not on the PATH; pre-push-review needs it' \
		'install-hooks: dmr-chat is not on the PATH; prepare-commit-msg needs it'
}
