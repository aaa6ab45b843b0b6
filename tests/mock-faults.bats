# The faults that dmr-mock has by name, and what dmr-chat makes of each.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock

models=/engines/v1/models

# Those of embeddings, which a chat does not see.
vector_faults=(embed-count embed-order embed-nan embed-size)

# How dmr-chat ends: the fault, streamed, not streamed, options.
fault_table() {
	cat <<-'EOT'
		close 18 18
		reset 18 18
		reset-head 18 18
		reset-body 18 18
		cut-N 18 18
		garbage 22 22
		bytes 0 0
		slow 0 0
		late 28 28 --first-timeout 200ms
		stall 28 28 --idle-timeout 200ms
		429 0 0
		503 0 0
		loading 0 0
		500 22 22
		502 22 22
		empty 18 18
		html 22 22
		redirect 22 22
		no-done 0 0
		no-finish 18 18
		length 3 3
		filter 4 4
		error-event 22 0
		error-field 22 0
		say-nothing 5 5
		bad-schema 5 5 -S name
		no-json 5 5 -S name
		escapes 0 0
		bidi 0 0
	EOT
}

# The Nth of some parts of the table, so that they run side by side.
run_faults() { # N PARTS
	local name streamed whole options

	mock
	while read -r name streamed whole options; do
		name=${name/%-N/-17}
		echo "$name"
		# shellcheck disable=SC2086 # several words
		try -"$streamed" dmr-chat -n -m ai/smollm2 $options \
			-H "$host/fault/$name/engines/v1" hi </dev/null
		assert_one_line
		# shellcheck disable=SC2086 # several words
		try -"$whole" dmr-chat -n -m ai/smollm2 $options --no-stream \
			-H "$host/fault/$name/engines/v1" hi </dev/null
		assert_one_line
	done < <(fault_table | awk "NR % $2 == $1")
}

# One line of error, or none if all is well.
assert_one_line() {
	if ((status)); then
		[[ $stderr == 'dmr-chat: '* && $stderr != *$'\n'* ]]
	else
		assert_stderr
		[[ -s stdout ]]
	fi
}

@test "K22: every fault has its row in the table, or is one of vectors" {
	dmr-mock --list-faults | cut -f 1 >names
	{
		fault_table | cut -d ' ' -f 1
		printf '%s\n' "${vector_faults[@]}"
	} | assert_file /dev/stdin -f names
}

@test "K22: faults by name, streamed and not: the first third" {
	run_faults 0 3
}

@test "K22: faults by name, streamed and not: the second third" {
	run_faults 1 3
}

@test "K22: faults by name, streamed and not: the last third" {
	run_faults 2 3
}

@test "K22: a fault that is not known is 404, and named" {
	mock
	try -0 curl -s -w '%{http_code}' "$host/fault/nosuch$models"
	assert_stdout -n $'no fault \'nosuch\'\n404'
	for name in '' cut- cut-x cut--1 cut-99999999999999999999 cut-N; do
		[[ $(ask -o body "$host/fault/$name$models") == 404 ]]
	done
	try -22 dmr-chat -n -m ai/smollm2 -H "$host/fault/nosuch/engines/v1" hi
}

@test "K22: what refuses once, refuses each request once" {
	mock
	for name in 429 503 loading; do
		for _ in 1 2; do
			ask -D head -o body "$host/fault/$name$models"
			ask -o body "$host/fault/$name$models"
			ask -o body "$host/fault/$name/v1/models"
			ask -o body "$host/fault/$name/v1/models"
		done >answers
		assert_file answers ${name/loading/503} 200 \
			${name/loading/503} 200 ${name/loading/503} 200 \
			${name/loading/503} 200
		[[ $name == loading ]] || grep -q '^Retry-After: 1' head
	done
}

@test "K22: cuts and resets are where they are said to be" {
	mock
	whole=$(ask -s -o whole -w '%{size_download}' "$host$models")
	for n in 0 1 17 $((whole - 1)); do
		try -18 curl -s "$host/fault/cut-$n$models"
		head -c "$n" whole | assert_stdout -
	done
	for n in "$whole" $((whole + 1)) 99999999; do
		try -0 curl -s "$host/fault/cut-$n$models"
		assert_stdout -f whole
	done
	try -52 curl -s "$host/fault/close$models"
	try -56 curl -s "$host/fault/reset$models"
	assert_stdout
	try -56 curl -s "$host/fault/reset-head$models"
	assert_stdout
	try -56 curl -s "$host/fault/reset-body$models"
	head -c $((whole / 2)) whole | assert_stdout -
}

@test "K22: over a Unix socket a reset is an end" {
	local whole

	mock --listen unix:s
	ask() { curl -s -m "$DEADLINE" --unix-socket s "http://localhost$1"; }
	whole=$(ask "$models" | wc -c)
	try -52 ask "/fault/reset$models"
	assert_stdout
	try -18 ask "/fault/reset-body$models"
	(($(wc -c <stdout) == whole / 2))
	# To curl a head that ends is one.
	try -0 ask "/fault/reset-head$models"
	assert_stdout
}

@test "K22: with bytes each chunk is one" {
	mock
	ask -s -o whole -w '' "$host$models"
	ask -s --raw -o chunks -w '' "$host/fault/bytes$models"
	python - >expected <<-'EOF'
		import sys
		for byte in open("whole", "rb").read():
		    sys.stdout.buffer.write(b"1\r\n%c\r\n" % byte)
		sys.stdout.buffer.write(b"0\r\n\r\n")
	EOF
	assert_file chunks -f expected
}

@test "K22: vectors are wrong as they are said to be" {
	local input='{"model":"ai/smollm2","input":["a b","c d","e f"]}'

	mock
	embed() {
		curl -s "$host${1:+/fault/$1}/engines/v1/embeddings" -d "${2:-$input}"
	}
	embed '' >good
	[[ $(jq -c '[.data[].index]' good) == '[0,1,2]' ]]
	embed embed-count | jq -ce '[.data[].index] == [0,1]'
	embed embed-order | jq -ce '[.data[].index] == [2,0,1]'
	[[ $(embed embed-order | jq -cS '.data | sort_by(.index)') == "$(
		jq -cS .data good
	)" ]]
	embed embed-nan >bad
	[[ $(grep -o NaN bad | wc -l) == 1 ]]
	[[ $(embed embed-size | jq '.data[2].embedding | length') -lt $(
		jq '.data[2].embedding | length' good) ]]
	[[ $(embed embed-size | jq -c '.data[0]') == "$(jq -c '.data[0]' good)" ]]
}

# The index of each vector on a line, its numbers, bytes behind them, NaNs.
unpack() {
	python -c 'if True:
		import base64, json, math, struct, sys
		for one in json.load(sys.stdin)["data"]:
		    packed = base64.b64decode(one["embedding"])
		    n = len(packed) // 4
		    numbers = struct.unpack("<%df" % n, packed[:4 * n])
		    print(one["index"], n, len(packed) % 4,
		        sum(map(math.isnan, numbers)))'
}

@test "K22: vectors as base64 are wrong in the same way" {
	local name

	mock
	for name in good "${vector_faults[@]}"; do
		[[ $name == good ]] || name=fault/$name
		curl -s "$host/${name#good}/v1/embeddings" -d '{
			"model":"ai/smollm2","encoding_format":"base64",
			"input":["a b","c d","e f"]}' | unpack
	done >shapes
	assert_file shapes '0 384 0 0' '1 384 0 0' '2 384 0 0' \
		'0 384 0 0' '1 384 0 0' \
		'2 384 0 0' '0 384 0 0' '1 384 0 0' \
		'0 384 0 1' '1 384 0 0' '2 384 0 0' \
		'0 384 0 0' '1 384 0 0' '2 382 2 0'
}

# assert_said TEXT SHOWN [OPTION]: a pipe gets the text that a fault says, a
# terminal what can only be shown.
assert_said() {
	local said=$1 shown=$2

	shift 2
	try -0 dmr-chat -n -m ai/smollm2 "$@" hi </dev/null
	assert_stdout "$said"
	try -0 pty -t 01 dmr-chat -n -m ai/smollm2 "$@" hi
	assert_tty "$shown"
}

@test "K22: what terminals obey, and what nobody sees, is said to the byte" {
	local option

	mock
	for option in -- --no-stream; do
		export DMR_HOST=$host/fault/escapes/engines/v1
		assert_said \
			$'a\e[31mred\e]0;title\a\e]52;c;eA==\a\rb\b\x7f\xc2\x9b' \
			'a\x1b[31mred\x1b]0;title\x07\x1b]52;c;eA==\x07\x0db\x08\x7f\u{9b}' \
			"$option"
		export DMR_HOST=$host/fault/bidi/engines/v1
		assert_said \
			$'a\xe2\x80\xaegnp.exe\xe2\x81\xa6z\xe2\x80\x8b\xf3\xa0\x81\x81' \
			'a\u{202e}gnp.exe\u{2066}z\u{200b}\u{e0041}' "$option"
	done
}
