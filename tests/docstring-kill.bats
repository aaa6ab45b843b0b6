# shellcheck shell=bash disable=SC2030,SC2031,SC2034,SC2154
# dmr-docstring -i, ended at each of its system calls: the old file or the new.
load lib
load mock
load docstring
load syscalls

setup() {
	mock_setup
	need strace
	export ASAN_OPTIONS=detect_leaks=0
	script "$(says '{"summary":"Do it."}')"
	strace_with=()
	file=a.py
	old=$'def f():\n    return 1'
	new=$'def f():\n    """Do it."""\n    return 1'
	edit=(dmr-docstring -i -m ai/smollm2 --sections summary
		--cache ../answers "$file")
	mkdir "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/answers"
	cd "$BATS_TEST_TMPDIR/in" || return
	# The answer is kept, so that what is asked is short.
	fresh
	try -0 "${edit[@]}"
	fresh
	points "$file" "${edit[@]}" >../points
	(($(wc -l <../points) >= 100))
}

# How often it polls and reads a connection is not the same each time.
wire='(clock_gettime|close|epoll_wait|fcntl|futex|getsockopt|poll|read|recvfrom|rt_sigaction|sendto)'

@test "F21: dmr-docstring -i killed at each call it is the old file or the new, and one is left" {
	each_point signal=KILL
	none_but "^((old|new) [01] 137 |new 0 0 $wire )"
	saw_both
	(($(grep -c '^... 1' ../seen) <= 1))
	# Nearly all were met.
	(($(grep -c ' 137 ' ../seen) * 10 >= $(wc -l <../seen) * 9))
}

@test "F22: dmr-docstring -i: SIGTERM at each call leaves no litter, and ends it" {
	each_point signal=TERM
	none_but "^((old|new) 0 143 |new 0 0 (exit_group|$wire) )"
	saw_both
}

@test "F6 F7: dmr-docstring -i: each call that fails leaves the old file, or says nothing wrong" {
	local error

	grep -E '^(open|write|fsync|fch|link|rename|newfstat|fstat|lseek|flock|flist|fget)' \
		../points >../failing
	mv ../failing ../points
	for error in EIO ENOSPC EPERM; do
		each_point "error=$error"
		none_but '^(old 0 (7|8|23|26)|new 0 0) '
		saw_both
		grep -qE '^old 0 23 write ' ../seen
		grep -qE '^old 0 23 fsync ' ../seen
		grep -qE '^old 0 23 renameat2? ' ../seen
	done
}
