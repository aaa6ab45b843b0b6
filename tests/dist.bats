# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# make dist: the sources of a commit as one file.  What is in it is built, tested
# and installed elsewhere by tests/wide/dist.
load lib

setup() {
	lib_setup
	need git
	unset "${!GIT_@}" MAKEFLAGS MFLAGS MAKELEVEL
	export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$HOME/gitconfig
	export GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR
	git config --global user.name nobody
	git config --global user.email nobody@example.org
	name=dmr-tools-$(sed -n 's/^VERSION = //p' "$top/Makefile")
	cd "$BATS_TEST_TMPDIR" || return
}

# The project as it stands here, as a repository of its own: clone/.
make_clone() {
	git init -q clone
	git --git-dir=clone/.git --work-tree="$top" add -A
	git -C clone commit -q -m all
	git -C clone reset -q --hard
}

dist() { # FOLDER [VARIABLE=VALUE ...]
	make -s --no-print-directory -C "$1" dist "${@:2}"
}

@test "dist: every file of the commit, links and modes kept, and nothing else" {
	make_clone
	mkdir -p clone/build && touch clone/build/built clone/new
	try -0 dist clone
	assert_stdout "build/$name.tar.gz"
	assert_stderr
	assert_file <(cd clone/build && ls) built "$name.tar.gz"
	tar -xzf "clone/build/$name.tar.gz"
	git -C clone ls-files ':(exclude,attr:export-ignore)' | LC_ALL=C sort |
		assert_file <(cd "$name" && find . -not -type d -printf '%P\n' |
			LC_ALL=C sort) -
	# All of it is what it was.
	try -0 git --git-dir=clone/.git --work-tree="$name" status --porcelain
	assert_stdout
	[[ -x $name/scripts/dist && -L $name/share/dmr/prompts ]]
	[[ ! -e $name/build && -f $name/.gitignore && -f $name/tests/lib.bash ]]
}

@test "dist: the same bytes of the same commit, whoever makes it, and when" {
	make_clone
	try -0 dist clone
	git clone -q clone other
	touch -d 2001-01-01 other/Makefile
	git config --global tar.umask 0077
	git config --global core.autocrlf true
	echo '*.md export-ignore' >"$HOME/attributes"
	git config --global core.attributesFile "$HOME/attributes"
	umask 077
	try -0 env TZ=UTC-14 LC_ALL=C bash -c 'make -s -C other dist BUILD=build-2'
	cmp "clone/build/$name.tar.gz" "other/build-2/$name.tar.gz"
}

@test "dist: it is of the commit, and says so where there is more" {
	make_clone
	try -0 dist clone
	mv "clone/build/$name.tar.gz" first
	echo '# more' >>clone/README.md
	try -0 dist clone
	assert_stderr 'dist: what is not committed is not in it'
	cmp first "clone/build/$name.tar.gz"
	git -C clone commit -q -a -m more
	try -0 dist clone
	assert_stderr
	run -1 cmp -s first "clone/build/$name.tar.gz"
}

@test "dist: out of a tarball, in another's repository, and before a commit, none" {
	local said='dist: it is made of a commit, and this folder is no clone with one'

	mkdir -p other/tools
	(cd "$top" && cp --parents Makefile scripts/dist grammars/packages.txt \
		"$OLDPWD/other/tools")
	try -2 dist other/tools
	[[ $stderr == "fatal: not a git repository"*"$said"* ]]
	git init -q other
	git -C other add -A
	git -C other commit -q -m other
	try -2 dist other/tools
	[[ $stderr == "$said"* ]]
	git init -q other/tools
	try -2 dist other/tools
	[[ $stderr == "$said"* ]]
	assert_file <(find other -name '*.gz*')
}
