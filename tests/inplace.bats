# shellcheck shell=bash disable=SC2030,SC2031,SC2034,SC2154,SC2317
# A file that is edited in place is the old one or the new one, whatever comes
# between.  The command is one that does nothing else; COMMAND, FILE and what
# it writes may be another's.
load lib
load syscalls

setup() {
	lib_setup
	need strace
	export ASAN_OPTIONS=detect_leaks=0
	strace_with=()
	file=a.py
	old='old text'
	new='new text, which is longer'
	edit=("$BUILD/tests/unit/file_edit_test" edit "$file" "$new")
	mkdir "$BATS_TEST_TMPDIR/in"
	cd "$BATS_TEST_TMPDIR/in" || return
	fresh
	points "$file" "${edit[@]}" >../points
	(($(wc -l <../points) >= 30))
}

@test "F21: killed at each call it is the old file or the new, and one is left" {
	each_point signal=KILL
	none_but '^(old|new) [01] 137 '
	saw_both
	# It has a name of its own in one moment only, where O_TMPFILE works.
	(($(grep -c '^... 1' ../seen) <= 1))
}

@test "F21: the same for a backup, which is whole or not there" {
	local call n status saved

	edit+=('~')
	fresh
	points "$file" "${edit[@]}" >../points
	while read -r call n; do
		fresh
		printf 'older' >"$file~"
		disturbed "$call" "$n" signal=KILL "${edit[@]}" \
			>/dev/null 2>&1 || :
		saved=$(<"$file~")
		[[ $saved == older || $saved == "$old" ]]
		[[ $(state) == old || $saved == "$old" ]]
		(($(litter) <= 1))
		state
	done <../points >../states
	sort -u ../states | assert_file /dev/stdin new old
}

@test "F22: a signal at each call leaves no litter, and ends it" {
	local signal

	for signal in HUP:129 INT:130 TERM:143; do
		each_point "signal=${signal%:*}"
		none_but "^((old|new) 0 ${signal#*:} |new 0 0 exit_group )"
		saw_both
	done
}

@test "F24 F35: without O_TMPFILE and /proc it is the same" {
	strace_with=(-e "inject=access:error=ENOENT")
	fresh
	points "$file" "${edit[@]}" >../points
	run -1 grep '^linkat ' ../points
	sed -i '/^access /d' ../points
	each_point signal=KILL
	none_but '^(old|new) [01] 137 '
	saw_both
	each_point signal=TERM
	none_but '^((old|new) 0 143 |new 0 0 exit_group )'
}

@test "F6 F7: each call that fails leaves the old file, or says nothing wrong" {
	local error

	# What only looks may fail in silence; what is after the change, too.
	grep -E '^(open|write|fsync|fch|link|rename|newfstat|fstat|lseek|read |flock|fcntl|flist|fget)' \
		../points >../failing
	mv ../failing ../points
	for error in EIO ENOSPC EDQUOT ESTALE EFBIG EPERM ETXTBSY; do
		each_point "error=$error"
		none_but '^(old 0 (8|23|26)|new 0 0) '
		saw_both
		grep -qE '^old 0 23 write ' ../seen
		grep -qE '^old 0 23 fsync ' ../seen
		grep -qE '^old 0 23 renameat2? ' ../seen
	done
}

@test "F20: a name that somebody else has is left alone" {
	fresh
	try -0 strace -qq -o ../trace -e trace=linkat \
		-e inject=linkat:error=EEXIST:when=1..3 "${edit[@]}"
	[[ $(state) == new && $(litter) == 0 ]]
	[[ $(grep -o '"\.dmr-[^"]*"' ../trace | sort -u | wc -l) == 4 ]]
	fresh
	try -23 strace -qq -o /dev/null -e trace=linkat \
		-e inject=linkat:error=EEXIST "${edit[@]}"
	assert_stderr "cannot write '$file': File exists"
	[[ $(state) == old && $(litter) == 0 ]]
}

@test "F23: the file is on the disk before its name, and its name in the end" {
	fresh
	try -0 strace -qq -o ../trace -e \
		trace='/^(write|fsync|linkat|renameat)' "${edit[@]}"
	sed 's/2\?(.*//' ../trace |
		assert_file /dev/stdin write fsync linkat renameat fsync
	edit+=('~')
	fresh
	try -0 strace -qq -o ../trace -e \
		trace='/^(write|fsync|linkat|renameat)' "${edit[@]}"
	sed 's/2\?(.*//' ../trace | assert_file /dev/stdin \
		write fsync linkat renameat fsync write fsync linkat renameat fsync
}

@test "F6: a disk that is full keeps the old file" {
	local user=()

	((EUID == 0)) || user=(--user --map-root-user)
	unshare "${user[@]}" --mount true 2>/dev/null || lack 'unshare --mount'
	# shellcheck disable=SC2016 # for the inner shell to expand
	try -23 unshare "${user[@]}" --mount bash -euc '
		mount -t tmpfs -o size=16k none .
		cd .
		cd "$PWD"
		printf old >a.py
		head -c 8192 /dev/zero >rest
		"$0" edit a.py "$(head -c 20000 /dev/zero | tr "\\0" x)" && exit
		status=$?
		[ "$(cat a.py)" = old ]
		[ "$(ls -A | wc -l)" -eq 2 ]
		exit "$status"' "${edit[0]}"
	assert_stderr "cannot write 'a.py': No space left on device"
}
