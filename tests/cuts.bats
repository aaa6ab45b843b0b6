# Recorded answers, sent as they were recorded, and broken off: half an answer
# never passes for a whole one.  tests/unit/cuts_test.c cuts at every byte, in
# one process; with EVERY_CUT=1 so does this.
# shellcheck disable=SC2154 # variables that lib.bash sets

load lib

setup() {
	lib_setup
	cd "$tests/data/recordings" || return
	LC_ALL=C
}

# The offset behind each line end, as lines.
line_ends() { # FILE
	grep -ab '' "$1" | cut -d: -f1
	stat -c %s "$1"
}

# N offsets, always the same, or all.
some_offsets() { # FILE N
	local size x=20261121 i

	size=$(stat -c %s "$1")
	if [[ ${EVERY_CUT:-} ]]; then
		seq 0 "$size"
		return
	fi
	for ((i = 0; i < $2; i++)); do
		((x = (x * 1103515245 + 12345) & 0x7fffffff))
		echo $(((x >> 8) % (size + 1)))
	done
}

# How many bytes make the answer complete: in a stream those up to the blank
# line behind the finish_reason, in one JSON text all.
complete_at() { # FILE
	local line from

	if ! grep -q '^Content-Type: text/event-stream' "$1"; then
		stat -c %s "$1"
		return
	fi
	line=$(grep -abm1 '"finish_reason":"' "$1")
	from=${line%%:*}
	line=${line#*:}
	echo $((from + ${#line} + 2))
}

# The text of the answer, by other means.
text_of() { # FILE
	grep -ao '{"choices".*}' "$1" | jq -rj '.choices[] |
		select(.index == 0) | .delta.content // .message.content // ""'
}

# One run that gets N bytes.  Sets status and out.
run_cut() { # N
	status=0
	dmr-chat -n --timeout "${DEADLINE}s" hello </dev/null \
		>"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- ||
		status=$?
	out=
	IFS= read -r -d '' out <"$BATS_TEST_TMPDIR/out" || :
}

# Is it right that N bytes of all came to this?
is_right() { # N HEAD COMPLETE FINAL TEXT
	local text=${out%$'\n'}

	if (($1 >= $3)); then
		[[ $status == "$4" && $out == "$5"$'\n' ]]
	elif [[ $out && ($out == "$text" || $5 != "$text"*) ]]; then
		return 1
	else
		((status == 18 || (status == 22 && $1 < $2)))
	fi
}

# What the whole answer ends with.
final_status() { # FILE
	case $(grep -aom1 '"finish_reason":"[a-z_]*"' "$1") in
	*'"stop"') echo 0 ;;
	*'"length"') echo 3 ;;
	esac
}

# check_cuts FILE
# Cut the recording behind every line end (which those of HTTP's chunks are), a
# byte before each, and at 200 other places.
check_cuts() {
	local file=$1 head complete final text n
	local -a cuts

	need jq
	mapfile -t cuts < <({
		line_ends "$file" | awk '{ print } $1 { print $1 - 1 }'
		some_offsets "$file" 200
	} | sort -nu)
	head=$(grep -abm1 $'^\r$' "$file" | cut -d: -f1)
	complete=$(complete_at "$file")
	final=$(final_status "$file")
	text=$(text_of "$file" && echo x)
	text=${text%x}
	((${#cuts[@]} > 150 && head > 100 && complete > head))
	serve < <(printf "accept\nread\nsendfile data/recordings/$file \
0 %d\nclose\n" "${cuts[@]}")
	for n in "${cuts[@]}"; do
		run_cut "$n"
		is_right "$n" $((head + 2)) "$complete" "$final" "$text" &&
			continue
		echo "$file cut at $n of ${cuts[-1]}, complete at $complete:"
		echo "status $status, standard output and error:"
		cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
		return 1
	done
	assert_requests "${#cuts[@]}"
}

# check_all PATTERN N [BUT]
# All good answers of that name, of which there are N.
check_all() {
	local file n=0

	for file in $1; do
		# shellcheck disable=SC2053 # a pattern
		[[ $file != ${3:-} && $(head -c 12 "$file") == *' 200' ]] ||
			continue
		check_cuts "$file"
		n=$((n + 1))
	done
	((n == $2))
}

@test "streams that are cut anywhere: 18, and what came" {
	check_all 'chat*-stream*.http' 6 chat-context-full-stream.http
}

@test "a long stream that is cut anywhere: 18, and what came" {
	check_cuts chat-context-full-stream.http
}

@test "JSON texts that are cut anywhere: 18, and nothing" {
	check_all 'chat*.http' 11 '*-stream*'
}
