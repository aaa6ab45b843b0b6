# The hooks of contrib/hooks, each run by git in a repository of its own.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # names of files that a shell might expand
load lib

setup() {
	lib_setup
	need git
	unset "${!GIT_@}"
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$HOME/gitconfig
	git config --global user.name nobody
	git config --global user.email nobody@example.org
	git config --global init.defaultBranch main
	hooks=$top/contrib/hooks
	not_a='dmr-docstring hook: a.py: not documented,'
	place=$BATS_TEST_TMPDIR/place
	git init -q "$place"
	cd "$place" || return
}

teardown() {
	[[ ! ${mock-} ]] || kill "$mock" 2>/dev/null || :
	lib_teardown
}

# use HOOK: the repository has it, and there is a server.
use() {
	ln -s "$hooks/$1" "$(git rev-parse --git-path hooks)/pre-commit"
	[[ $1 == *-check ]] && return
	: >"$BATS_TEST_TMPDIR/address"
	dmr-mock --quiet --port-file "$BATS_TEST_TMPDIR/port" \
		>"$BATS_TEST_TMPDIR/address" 3>&- &
	mock=$!
	read -r DMR_HOST < <(
		timeout "$DEADLINE" tail -n +1 -f --pid "$mock" \
			"$BATS_TEST_TMPDIR/address"
	)
	export DMR_HOST DMR_MODEL=ai/smollm2
}

# source NAME...: a module with these functions, which have no documentation.
source_of() {
	local name

	for name; do
		printf 'def %s(x):\n    y = x + 1\n    return y\n\n\n' "$name"
	done
}

# A commit of something with documentation, and without a hook.
begin() {
	source_of "$@" | sed 's/^    y/    """Doc."""\n&/' >a.py
	git add a.py
	git commit -q --no-verify -m begin
}

# Which functions of a file have documentation: in the commit, the index and
# the work tree.
documented() { # REVISION:PATH | ./PATH
	if [[ $1 == [!.]* ]]; then git show "$1"; else cat "$1"; fi |
		grep -A 1 '^def' | grep -B 1 '"""' |
		sed -n 's/^def \(.*\)(.*/\1/p' | xargs
}

assert_same() { # WANTED GOT
	[[ $1 == "$2" ]] || { printf 'wanted: %s\ngot:    %s\n' "$1" "$2"; false; }
}

assert_clean() {
	assert_same "${1-}" "$(git status --porcelain)"
}

# ---- pre-commit-docs-check

@test "check: a commit without documentation is stopped, and says why" {
	use pre-commit-docs-check
	source_of get >a.py
	git add a.py
	try -1 git commit -m one
	[[ $stderr$output == *a.py:1*get* ]]
	try -128 git rev-parse --verify HEAD
}

@test "check: --no-verify, and a commit with documentation, go through" {
	use pre-commit-docs-check
	source_of get >a.py
	git add a.py
	try -0 git commit -q --no-verify -m one
	begin get put
	echo '# more' >>a.py
	git add a.py
	try -0 git commit -q -m two
	assert_stdout
	assert_stderr
}

@test "check: only what the commit touches, and only as it is staged" {
	use pre-commit-docs-check
	source_of old >a.py
	git add a.py
	git commit -q --no-verify -m one
	{ cat a.py && printf 'def new():\n    """Doc."""\n'; } >b.py
	mv b.py a.py
	git add a.py
	source_of worse >>a.py
	try -0 git commit -q -m two
	assert_stdout
	assert_clean ' M a.py'
}

@test "check: what is renamed, deleted, a link or a submodule is no addition" {
	use pre-commit-docs-check
	mkdir sub && source_of old >old.py && source_of gone >gone.py
	git init -q sub
	git -C sub commit -q --allow-empty --no-verify -m sub
	git add old.py gone.py
	git commit -q --no-verify -m one
	git mv old.py new.py
	git rm -q gone.py
	ln -s new.py link.py
	git -c advice.addEmbeddedRepo=false add link.py sub
	try -0 git commit -q -m two
	assert_stdout
	assert_stderr
	assert_clean
}

@test "check: the first commit, another index, another folder, a linked tree" {
	use pre-commit-docs-check
	mkdir -p deep/er && source_of get >deep/er/a.py
	GIT_INDEX_FILE=$PWD/.git/other git add deep
	cd deep/er
	GIT_INDEX_FILE=$place/.git/other try -1 git commit -m one
	[[ $stderr$output == *deep/er/a.py:1*get* ]]
	cd "$place"
	begin ok
	git worktree add -q ../linked 2>/dev/null
	source_of get >../linked/b.py
	git -C ../linked add b.py
	try -1 git -C ../linked commit -m two
	[[ $stderr$output == *b.py:1*get* ]]
}

@test "check: a merge brings what it brings" {
	use pre-commit-docs-check
	begin ok
	git checkout -q -b side
	source_of theirs >b.py
	git add b.py
	git commit -q --no-verify -m side
	git checkout -q main
	git commit -q --allow-empty -m main
	git merge -q --no-commit --no-ff side
	try -0 git commit -q -m merged
	assert_stdout
	assert_stderr
}

@test "check: names with spaces, quotes and newlines" {
	use pre-commit-docs-check
	local name
	for name in 'a b.py' 'a"b.py' "a'b.py" $'a\nb.py' '-c.py' 'ü.py' '$(x).py' \
		'*.py' ':(top)x.py' 'a\b.py' $'a\tb.py'; do
		source_of get >"./$name"
		git --literal-pathspecs add -- "$name"
		try -1 git commit -m "$name"
		git rm -q --cached -r .
		rm -f -- "./$name"
	done
}

@test "check: without dmr-docstring one line, and the commit" {
	use pre-commit-docs-check
	mkdir "$BATS_TEST_TMPDIR/bin"
	local tool
	for tool in git sh dirname readlink; do
		ln -s "$(command -v $tool)" "$BATS_TEST_TMPDIR/bin"
	done
	source_of get >a.py
	git add a.py
	try -0 env PATH="$BATS_TEST_TMPDIR/bin" git commit -q -m one
	assert_stdout
	assert_stderr 'dmr-docstring hook: dmr-docstring is not on the PATH; nothing is looked at'
}

# ---- pre-commit-docs

@test "docs: what is staged is documented, in the commit and the work tree" {
	use pre-commit-docs
	source_of get put >a.py
	git add a.py
	try -0 git commit -q -m one
	assert_stderr
	assert_same 'get put' "$(documented HEAD:a.py)"
	assert_clean
	source_of more >>a.py
	try -0 git commit -q -a -m two
	assert_same 'get put more' "$(documented HEAD:a.py)"
	assert_clean
}

@test "docs: only what the commit touches" {
	use pre-commit-docs
	source_of old other >a.py
	git add a.py
	git commit -q --no-verify -m one
	source_of new >>a.py
	git add a.py
	try -0 git commit -q -m two
	assert_same new "$(documented HEAD:a.py)"
	assert_clean
}

@test "docs: unstaged work stays as it is, staged and unstaged in one file" {
	use pre-commit-docs
	begin one two three
	{ source_of new && cat a.py; } >b.py && mv b.py a.py
	git add a.py
	sed -i '$s/.*/# mine\n/; s/^def three.*/&  # mine/' a.py
	git diff >"$BATS_TEST_TMPDIR/before"
	try -0 git commit -q -m two
	assert_stderr
	assert_same 'new one two three' "$(documented HEAD:a.py)"
	assert_same 'new one two three' "$(documented ./a.py)"
	assert_clean ' M a.py'
	git diff | grep '^[-+]' >"$BATS_TEST_TMPDIR/after"
	grep '^[-+]' "$BATS_TEST_TMPDIR/before" |
		assert_file "$BATS_TEST_TMPDIR/after" -
}

@test "docs: where unstaged work is in the way: neither, and it is named" {
	use pre-commit-docs
	source_of get >a.py
	source_of put >b.py
	git add a.py b.py
	sed -i 's/y = x/z = x/' a.py
	cp a.py "$BATS_TEST_TMPDIR/mine"
	try -0 git commit -q -m one
	assert_stderr "$not_a for it has changes there that are not staged"
	assert_same '' "$(documented HEAD:a.py)"
	assert_file a.py -f "$BATS_TEST_TMPDIR/mine"
	assert_same put "$(documented HEAD:b.py)"
	assert_same put "$(documented ./b.py)"
	assert_clean ' M a.py'
}

@test "docs: a patch that fits elsewhere in the work tree goes nowhere" {
	use pre-commit-docs
	{
		source_of get
		seq -f '# %g' 40
	} >a.py
	git add a.py
	# The same function, elsewhere: not what is staged.
	{
		seq -f '# %g' 40
		printf 'if False:\n    pass\n\n\n'
		source_of get
	} >b.py && cat b.py >a.py
	try -0 git commit -q -m one
	if [[ ! $(documented HEAD:a.py) ]]; then
		assert_file a.py -f b.py
	fi
	assert_same "$(documented HEAD:a.py)" "$(documented ./a.py)"
	assert_same "$(git diff -U0 | grep -c '^[-+].*"""')" 0
}

@test "docs: deleted or a link in the work tree: neither" {
	use pre-commit-docs
	source_of get | tee a.py >b.py
	git add a.py b.py
	rm a.py b.py
	source_of get >"$BATS_TEST_TMPDIR/target.py"
	cp "$BATS_TEST_TMPDIR/target.py" "$BATS_TEST_TMPDIR/was"
	ln -s "$BATS_TEST_TMPDIR/target.py" b.py
	try -0 git commit -q -m one
	assert_stderr "$not_a for it is no file in the work tree" \
		"${not_a/a.py/b.py} for it is no file in the work tree"
	assert_same '' "$(documented HEAD:a.py)$(documented HEAD:b.py)"
	assert_file "$BATS_TEST_TMPDIR/target.py" -f "$BATS_TEST_TMPDIR/was"
	[[ ! -e a.py && -L b.py ]]
	assert_clean $' D a.py\n T b.py'
}

@test "docs: no server: one line, and the commit" {
	use pre-commit-docs
	kill "$mock"
	source_of get >a.py
	source_of put >b.py
	git add a.py b.py
	DMR_HOST=http://127.0.0.1:1 try -0 git commit -q -m one
	(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1))
	assert_same '' "$(documented HEAD:a.py)"
	assert_clean
}

@test "docs: what cannot be documented is named and stops nothing" {
	use pre-commit-docs
	source_of get >a.py
	printf 'def broken(x):\n    return (x +\n' >b.py
	git add a.py b.py
	try -0 git commit -q -m one
	[[ $stderr == *b.py* ]]
	assert_same get "$(documented HEAD:a.py)"
	assert_clean
}

@test "docs: names with spaces, quotes and newlines" {
	use pre-commit-docs
	local name names=('a b.py' 'a"b.py' "a'b.py" $'a\nb.py' '-c.py' 'ü.py'
		'$(x).py' '*.py' ':(top)x.py' 'a\b.py' $'a\tb.py' $'c\n.py')
	mkdir 'a folder'
	names+=('a folder/a.py')
	for name in "${names[@]}"; do
		source_of get >"./$name"
	done
	git add .
	try -0 git commit -q -m one
	assert_stderr
	for name in "${names[@]}"; do
		assert_same get "$(documented "HEAD:$name")"
		assert_same get "$(documented "./$name")"
	done
	assert_clean
}

@test "docs: renamed, deleted, links and submodules" {
	use pre-commit-docs
	source_of one two three >old.py && source_of gone >gone.py
	git add old.py gone.py
	git commit -q --no-verify -m one
	git mv old.py new.py
	source_of more >>new.py
	git rm -q gone.py
	ln -s new.py link.py
	git init -q sub
	git -C sub commit -q --allow-empty --no-verify -m sub
	git -c advice.addEmbeddedRepo=false add new.py link.py sub
	try -0 git commit -q -m two
	assert_stderr
	assert_same more "$(documented HEAD:new.py)"
	assert_clean
}

@test "docs: --no-verify, --amend, another index, another folder, a linked tree" {
	use pre-commit-docs
	mkdir -p deep/er && source_of get >deep/er/a.py
	git add deep
	try -0 git commit -q --no-verify -m one
	assert_same '' "$(documented HEAD:deep/er/a.py)"
	source_of put >>deep/er/a.py
	git add deep
	cd deep/er
	try -0 git commit -q --amend --no-edit
	cd "$place"
	assert_same put "$(documented HEAD:deep/er/a.py)"
	assert_clean
	git worktree add -q ../linked 2>/dev/null
	source_of get >../linked/b.py
	git -C ../linked add b.py
	try -0 git -C ../linked commit -q -m two
	assert_same get "$(documented "$(git rev-parse linked):b.py")"
	assert_same '' "$(git -C ../linked status --porcelain)"
}

@test "docs: a worktree of a bare repository, and GIT_DIR and GIT_WORK_TREE" {
	use pre-commit-docs
	begin ok
	git clone -q --bare . ../bare.git
	cp -P .git/hooks/pre-commit ../bare.git/hooks/
	git -C ../bare.git worktree add -q ../of-bare 2>/dev/null
	cd ../of-bare
	source_of get >b.py
	git add b.py
	try -0 git commit -q -m two
	assert_same get "$(documented HEAD:b.py)"
	assert_clean
	cd /
	source_of put >"$place/c.py"
	export GIT_DIR=$place/.git GIT_WORK_TREE=$place
	git add "$place/c.py"
	try -0 git commit -q -m three
	cd "$place"
	assert_same put "$(documented HEAD:c.py)"
	assert_clean
}

@test "docs: a commit of named files is left as it is" {
	use pre-commit-docs
	begin ok
	source_of get >>a.py
	source_of put >b.py
	git add b.py
	try -0 git commit -q -m two a.py
	assert_stderr 'dmr-docstring hook: a commit of named files is not documented; stage them first'
	assert_same ok "$(documented HEAD:a.py)"
	assert_clean 'A  b.py'
}

@test "docs: a merge brings what it brings" {
	use pre-commit-docs
	begin ok
	git checkout -q -b side
	source_of theirs >b.py
	git add b.py
	git commit -q --no-verify -m side
	git checkout -q main
	git commit -q --allow-empty -m main
	git merge -q --no-commit --no-ff side
	try -0 git commit -q -m merged
	assert_stderr
	assert_same '' "$(documented HEAD:b.py)"
	assert_clean
}

@test "docs: line ends, a missing newline and modes are kept" {
	use pre-commit-docs
	source_of get | sed 's/$/\r/' >crlf.py
	printf 'def get():\n    return 1' >cut.py
	source_of get >run.py
	chmod +x run.py
	git add .
	try -0 git commit -q -m one
	assert_clean
	assert_same 'get get get' "$(documented ./crlf.py) $(documented ./cut.py) $(documented ./run.py)"
	run -1 grep -v $'\r$' crlf.py
	assert_same 1 "$(tail -c 1 cut.py)"
	[[ -x run.py ]]
}

@test "docs: what git converts between index and work tree" {
	use pre-commit-docs
	git config core.autocrlf true
	source_of get | sed 's/$/\r/' >a.py
	git add a.py
	try -0 git commit -q -m one
	assert_same get "$(documented HEAD:a.py)"
	git show HEAD:a.py >"$BATS_TEST_TMPDIR/shown"
	run -1 grep $'\r' "$BATS_TEST_TMPDIR/shown"
	run -1 grep -v $'\r$' a.py
	assert_clean
}

@test "docs: git's configuration does not change what is done" {
	use pre-commit-docs
	git config --global diff.noprefix true
	git config --global diff.external false
	git config --global color.ui always
	git config --global apply.whitespace fix
	git config --global apply.ignoreWhitespace change
	git config --global diff.context 0
	git config --global core.quotePath false
	source_of get >a.py
	git add a.py
	try -0 git commit -q -m one
	assert_same get "$(documented HEAD:a.py)"
	assert_clean
}

# ---- other managers of hooks

@test "operands: those files, in place, and 8 is no error" {
	use pre-commit-docs
	source_of get >a.py
	printf 'def broken(x):\n    return (x +\n' >b.py
	try -0 "$hooks/pre-commit-docs" a.py b.py
	[[ $stderr == *b.py* ]]
	assert_same get "$(documented ./a.py)"
	try -0 "$hooks/pre-commit-docs-check" a.py
	source_of put >>a.py
	try -1 "$hooks/pre-commit-docs-check" a.py
}

# ---- ended in between

# stage_two: a module of which one function is staged and has no documentation,
# with work beside it that is not staged.
stage_two() {
	begin one two
	{ source_of new && cat a.py; } >b.py && mv b.py a.py
	git add a.py
	echo '# mine' >>a.py
	git diff | sed -n '/^@@/,$s/^[-+]/&/p' >"$BATS_TEST_TMPDIR/mine"
	cp a.py "$BATS_TEST_TMPDIR/a.py"
	cp .git/index "$BATS_TEST_TMPDIR/index"
}

# As it was staged before the hook ran.
stage_again() {
	cp "$BATS_TEST_TMPDIR/index" .git/index
	cp "$BATS_TEST_TMPDIR/a.py" .
	rm -f .docs.* .git/index.lock
	rm -rf "$BATS_TEST_TMPDIR"/{n,tmp}
	mkdir "$BATS_TEST_TMPDIR"/{n,tmp}
}

# Each command that a hook starts asks first whether it is the one before which
# a signal comes, to all of them.
wrap_commands() {
	local name

	mkdir "$BATS_TEST_TMPDIR/bin"
	for name in git mv cp cmp mktemp; do
		cat >"$BATS_TEST_TMPDIR/bin/$name" <<-EOT
			#!/bin/bash
			n=1
			until mkdir "$BATS_TEST_TMPDIR/n/\$n" 2>/dev/null; do
				n=\$((n + 1))
			done
			[[ "\$n" != "\$POINT" ]] || kill -s "\$SIGNAL" 0
			exec $(command -v $name) "\$@"
		EOT
		chmod +x "$BATS_TEST_TMPDIR/bin/$name"
	done
}

# hook_at SIGNAL POINT: run it alone; the signal comes there.
hook_at() {
	stage_again
	SIGNAL=$1 POINT=$2 TMPDIR=$BATS_TEST_TMPDIR/tmp \
		PATH=$BATS_TEST_TMPDIR/bin:$PATH \
		try setsid -w "$hooks/pre-commit-docs"
}

# Where documentation is now, "index work", "work", or nowhere.
where() {
	local in=

	[[ $(documented :0:a.py) != new* ]] || in+=' index'
	[[ $(documented ./a.py) != new* ]] || in+=' work'
	echo "${in# }"
}

@test "docs: a signal at any command: both or neither, and no litter" {
	local signal n points signals=(HUP INT QUIT TERM)
	declare -A seen=()

	use pre-commit-docs
	stage_two
	wrap_commands
	hook_at TERM none
	assert_same 'index work' "$(where)"
	points=$(find "$BATS_TEST_TMPDIR/n" -mindepth 1 | wc -l)
	((points >= 10))
	for ((n = 1; n <= points; n++)); do
		signal=${signals[n % 4]}
		hook_at "$signal" "$n"
		echo "$signal $n: $(where)"
		seen[:$(where)]=1
		[[ $(where) != work && $(where) != index ]]
		assert_clean 'MM a.py'
		git diff | sed -n '/^@@/,$s/^[-+]/&/p' |
			assert_file "$BATS_TEST_TMPDIR/mine" -
		rmdir "$BATS_TEST_TMPDIR/tmp"
	done
	((${#seen[@]} == 2))
}

@test "docs: killed at any command nothing is lost, and the index is never alone" {
	local n points
	declare -A seen=()

	use pre-commit-docs
	stage_two
	wrap_commands
	hook_at KILL none
	cp a.py "$BATS_TEST_TMPDIR/documented.py"
	points=$(find "$BATS_TEST_TMPDIR/n" -mindepth 1 | wc -l)
	for ((n = 1; n <= points; n++)); do
		hook_at KILL "$n"
		((status == 137))
		seen[:$(where)]=1
		[[ $(where) != index ]]
		cmp -s a.py "$BATS_TEST_TMPDIR/documented.py" ||
			assert_file a.py -f "$BATS_TEST_TMPDIR/a.py"
		git status --porcelain |
			grep -vE '^(MM a\.py|\?\? \.docs\.......)$' |
			assert_file /dev/stdin
	done
	((${#seen[@]} == 3))
}

# before COMMAND FIRST-ARGUMENT COMMANDS: a hook's command does these first.
before() {
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	printf '#!/bin/sh\ncase $1 in\n%s) %s ;;\nesac\nexec %s "$@"\n' \
		"$2" "$3" "$(command -v "$1")" >"$BATS_TEST_TMPDIR/bin/$1"
	chmod +x "$BATS_TEST_TMPDIR/bin/$1"
}

# assert_neither WHY: run the hook; it says so, and nothing is documented.
assert_neither() {
	PATH=$BATS_TEST_TMPDIR/bin:$PATH try -0 "$hooks/pre-commit-docs"
	assert_stderr "$not_a for $1"
	assert_same '' "$(where)"
	rm -rf "${BATS_TEST_TMPDIR:?}/bin" .git/index.lock
	assert_clean 'MM a.py'
}

@test "docs: what cannot be read, written or replaced: neither, and why" {
	use pre-commit-docs
	stage_two
	stage_again
	touch .git/index.lock
	assert_neither 'the index cannot be changed; is it locked?'
	before mktemp './*' 'exit 1'
	assert_neither 'it cannot be read or written'
	before mv -f 'exit 1'
	assert_neither 'it cannot be read or written'
	assert_file a.py -f "$BATS_TEST_TMPDIR/a.py"
	before mktemp './*' 'echo "# late" >>a.py'
	assert_neither 'it has changed meanwhile'
	tail -n 1 a.py | assert_file /dev/stdin '# late'
}

@test "docs: a file that git would not give back as it is: neither" {
	use pre-commit-docs
	git config core.autocrlf true
	source_of get | sed 's/$/\r/' >a.py
	git add a.py
	sed -i '1s/\r$//' a.py
	cp a.py "$BATS_TEST_TMPDIR/mixed"
	try -0 git commit -q -m one
	assert_stderr "$not_a for git would not give it back as it is"
	assert_same '' "$(documented HEAD:a.py)"
	assert_file a.py -f "$BATS_TEST_TMPDIR/mixed"
}
