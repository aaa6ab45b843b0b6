# shellcheck shell=bash disable=SC2154
# syscalls.bash - a command that is disturbed at each of its system calls.
#
#     points FILE COMMAND ...            its calls, from the first that names FILE
#     disturbed CALL N FAULT COMMAND ... with the fault at one of them
#
# each_point is for a command that edits a file in place: edit holds it, file the
# file's name in a folder where nothing else is, old and new its texts; ../points
# what points says.
#
# A fault is what strace(1) can inject: signal=KILL, error=EIO, ...  The N-th
# call of a name is a point of its own; one N for all names would meet few.

# points FILE COMMAND [ARGUMENT ...]
# Prints "CALL N" lines.  $strace_with holds more options of strace.
points() {
	local file=$1

	shift
	strace -qq -o "$BATS_TEST_TMPDIR/trace" "${strace_with[@]}" "$@" ||
		return
	FILE=$file awk '
		{ name = $0; sub(/\(.*/, "", name); n[name]++ }
		index($0, "\"" ENVIRON["FILE"] "\"") && name != "execve" {
			reached = 1
		}
		reached && name ~ /^[a-z0-9_]+$/ { print name, n[name] }
	' "$BATS_TEST_TMPDIR/trace"
}

# disturbed CALL N FAULT COMMAND [ARGUMENT ...]
disturbed() {
	local call=$1 n=$2 fault=$3

	shift 3
	strace -qq -o /dev/null "${strace_with[@]}" \
		-e inject="$call:$fault:when=$n" "$@"
}

# The folder as it is before an edit.
fresh() {
	find . -mindepth 1 -delete
	printf '%s' "$old" >"$file"
	chmod 640 "$file"
}

# What the file is now; anything but "old" and "new" is a failure.
state() {
	local text

	text=$(<"$file")
	[[ $(stat -c %a "$file") == 640 ]] || echo "mode of $file"
	case $text in
	"$old") echo old ;;
	"$new") echo new ;;
	*) echo "torn: $text" ;;
	esac
}

# Files that should not be there.
litter() { find . -mindepth 1 ! -name "$file" ! -name "$file~" | wc -l; }

# each_point FAULT: "STATE LITTER STATUS" for each point, in ../seen.
each_point() {
	local call n status

	: >../seen
	while read -r call n; do
		fresh
		status=0
		disturbed "$call" "$n" "$1" "${edit[@]}" \
			>/dev/null 2>../stderr || status=$?
		echo "$(state) $(litter) $status $call $n" >>../seen
	done <../points
}

# What of ../seen is none of these.
none_but() {
	run grep -vE "$1" ../seen
	[[ $status -eq 1 ]] || { echo "$output"; false; }
}

# Both were seen, so the faults came before and after.
saw_both() {
	grep -q ^old ../seen
	grep -q ^new ../seen
}
