# shellcheck shell=bash disable=SC2154
# Diffs: what git, diff and patch make of ours, and we of theirs.
load lib

setup() {
	lib_setup
	need git patch
	trees=$BUILD/tests/unit/diff_test
	cd "$BATS_TEST_TMPDIR" || return
	git_config=(-c core.autocrlf=false -c core.safecrlf=false
		-c user.name=T -c user.email=t@example.org)
}

git() { command git "${git_config[@]}" "$@"; }

# repository SEED: work/ with old/ committed and new/ in its place.
repository() {
	"$trees" make "$1"
	cp -r old work
	git -C work init -q
	git -C work add -A
	git -C work commit -qm old
	find work -mindepth 1 -maxdepth 1 ! -name .git -exec rm -r {} +
	cp -r new/. work
	git -C work add -A
}

# reads OLD NEW COMMAND...: the diff that it prints turns OLD into NEW, and has
# as many files as git counts.
reads() {
	local old=$1 new=$2

	shift 2
	"$@" >diff.text || [[ $1 == diff && $? -eq 1 ]]
	[[ -s diff.text ]]
	try -0 "$trees" check "$old" "$new" <diff.text
	[[ $output != *wrong* ]]
}

@test "diff: those of git are read, in every form it has" {
	local form forms=('' -U0 -U10 --no-prefix --color=always -M10% -C10%
		'--src-prefix=x/ --dst-prefix=y/' --minimal --patience
		--find-copies-harder --full-index '--binary -a' -W --stat=80\ -p
		--irreversible-delete '--color=always --ws-error-highlight=all')

	repository 1
	for form in "${forms[@]}"; do
		# shellcheck disable=SC2086 # words
		reads old new git -C work diff --cached --no-renames $form
		# shellcheck disable=SC2086
		reads old new git -C work -c diff.mnemonicPrefix=true \
			-c core.quotePath=false diff --cached $form
	done
	reads new old git -C work diff --cached -R
}

@test "diff: all files of git's diff are found, with what became of them" {
	local counts

	repository 2
	reads old new git -C work diff --cached --no-renames
	counts=$(git -C work diff --cached --no-renames --name-status |
		awk '{ n[$1]++ } END { printf "%d files: %d new, %d deleted",
			NR, n["A"], n["D"] }')
	[[ $output == "$counts, 0 renamed, "* ]]
	((${counts%% *} > 100))
}

@test "diff: a mail, a commit that is shown, and a log" {
	repository 3
	git -C work commit -qm $'new\n\n--- a\n+++ b\n@@ no hunk\n---\ntext'
	reads old new git -C work format-patch --stdout HEAD~1
	reads old new git -C work show --no-renames
	reads old new git -C work log -p -1 -C
}

@test "diff: those of diff -ru, with times and folders" {
	local form

	repository 4
	for form in -ru -ruN -ruNp -rU0 '-ruN --color=always'; do
		# shellcheck disable=SC2086 # words
		reads . . diff $form old new
	done
}

@test "diff: what diff -r only names is of no tree, and the rest is read" {
	local only

	repository 8
	diff -ru old new >diff.text || (($? == 1))
	only=$(grep -c '^Only in ' diff.text)
	((only > 10))
	try -0 "$trees" check . . <diff.text
	[[ $output == "$(grep -cE '^(Only in|Binary files|diff -ru) ' diff.text) files: 0 new, 0 deleted, "* ]]
}

# Forms in which distributions keep patches.
@test "diff: patches as distributions keep them are read as git reads them, and written as they were" {
	local patch n=0

	for patch in "$tests"/data/patches/*.patch; do
		git apply --numstat -z "$patch" >want
		"${trees%/*}/diff_reader_test" numstat <"$patch" >got
		if [[ $patch == */index.patch ]]; then
			sed -i 's,table-2.1/,,' got
		fi
		cmp want got
		try -0 "${trees%/*}/diff_reader_test" print <"$patch"
		[[ $output == [1-9]*' sections, '* ]]
		n=$((n + 1))
	done
	((n == 6))
}

@test "diff: a merge's combined diff is read" {
	local at

	git init -q work
	seq 100 >work/f
	git -C work add f
	git -C work commit -qm 0
	git -C work checkout -qb side
	sed -i '20s/$/ side/; 40d; 60i\side\n' work/f
	git -C work commit -qam side
	git -C work checkout -q -
	sed -i '20s/$/ main/; 42d; 61i\main\n' work/f
	git -C work commit -qam main
	git -C work merge side >/dev/null || :
	sed -i '/^[<=>]\{7\}/d; 21i\both' work/f
	git -C work commit -qam merge
	mkdir old new
	cp work/f new
	git -C work show HEAD^1:f >old/f
	for at in -c --cc --cc\ -U0; do
		# shellcheck disable=SC2086 # words
		reads old new git -C work show $at
		assert_stdout '1 files: 0 new, 0 deleted, 0 renamed, 0 binary'
	done
}

@test "diff: git apply and patch take the insertions, and make the same of them" {
	local seed

	for seed in 5 6; do
		"$trees" make "$seed"
		(($(grep -c '^diff -u ' insert.patch) > 150))
		cp -r insert patched
		git -C insert apply --unidiff-zero --whitespace=nowarn \
			"$PWD/insert.patch"
		diff -r insert inserted
		patch -s -p1 -d patched --binary <insert.patch
		diff -r patched inserted
		rm -r old new insert inserted patched
	done
}

@test "diff: what is written is read" {
	"$trees" make 7
	reads insert inserted cat insert.patch
	[[ $output == *' 0 new, 0 deleted, 0 renamed, 0 binary' ]]
}
