# JSON of servers and models that is broken, odd or hostile: whole runs.
#
# The unit tests chat_json_test, types_test and span_test have the tables.
# shellcheck disable=SC2154 # variables that lib.bash and server.bash set

load lib
load server

whole='{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}'

# says TEXT: a whole answer, TEXT as JSON has it.
says() {
	printf '{"choices":[{"message":{"content":%s},"finish_reason":"stop"}]}' \
		"$1"
}

# replies BODY: serves it, bytes as they are.
replies() {
	printf %s "$1" >"$BATS_TEST_TMPDIR/body"
	reply_file
}

reply_file() {
	once "send \"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nContent-Length: $(wc -c <"$BATS_TEST_TMPDIR/body")\\r\\n\\r\\n\"" \
		"sendfile $BATS_TEST_TMPDIR/body"
}

# breaks STATUS BODY ...: nothing is printed, one line says why.
breaks() {
	local body

	for body in "${@:2}"; do
		replies "$body"
		try "-$1" dmr-chat -n hi
		assert_stdout
		one_line
		assert_requests 1
	done
}

@test "J1: an answer that is empty or blank is exit 18" {
	breaks 18 '' ' ' $' \r\n\t\n'
}

@test "J2: an answer that is nearly JSON is exit 22, and not mended" {
	breaks 22 "$whole x" "$whole$whole" "$whole," "${whole%\}},}" \
		"/* x */$whole" "${whole//\"/\'}" "${whole//\"choices\"/choices}"
	breaks 18 "${whole%\}}" "${whole:0:20}"
}

@test "J9: a NUL is kept in a pipe, and shown on a terminal" {
	replies "$(says '"a\u0000b"')"
	try -0 dmr-chat -n hi
	assert_stdout -f <(printf 'a\0b\n')
	assert_stderr
	replies "$(says '"a\u0000b"')"
	try -0 pty dmr-chat -n hi
	assert_tty 'a\x00b'
	replies "$(says '"a')"$'\x01'"$(says '"b')"
	try -22 dmr-chat -n hi
	assert_stdout
}

@test "J10: bytes that are no UTF-8 are U+FFFD, with one warning" {
	replies "$(says $'"a\xffb\xfe"')"
	try -0 dmr-chat -n hi
	assert_stdout $'a\xef\xbf\xbdb\xef\xbf\xbd'
	assert_stderr "dmr-chat: the answer held 2 bytes that are no UTF-8; U+FFFD stands for them"
}

@test "J13: JSON in UTF-16 is exit 22, a BOM is dropped" {
	printf %s "$whole" | iconv -t UTF-16 >"$BATS_TEST_TMPDIR/body"
	reply_file
	try -22 dmr-chat -n hi
	assert_stdout
	one_line
	replies $'\xef\xbb\xbf'"$whole"
	chat
}

@test "J14: a string of 100 MB is exit 22, and never held" {
	need python3
	cd "$BATS_TEST_TMPDIR" || return
	once 'send "HTTP/1.1 200 OK\r\n\r\n"' \
		"send '{\"choices\":[{\"message\":{\"content\":\"'" \
		"burst 100000 send '$(printf 'x%.0s' {1..1000})'" \
		"send '\"},\"finish_reason\":\"stop\"}]}'"
	# shellcheck disable=SC2016
	try -22 python -c 'import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
rss = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
open("rss", "w").write(str(rss))
sys.exit(status)' dmr-chat -n hi
	assert_stdout
	assert_stderr 'dmr-chat: the answer is larger than 64 MiB'
	# 32 MiB and three times the 64 MiB.
	[[ $BUILD == *asan* ]] || (($(<rss) < (32 + 3 * 64) << 10))
}

@test "J16: a model's object of 200,000 members is checked and filtered in time" {
	jq -nc '[range(200000) | {key: "k\(.)", value: .}] | from_entries |
		tojson' >"$BATS_TEST_TMPDIR/text"
	says "$(<"$BATS_TEST_TMPDIR/text")" >"$BATS_TEST_TMPDIR/body"
	reply_file
	lap
	try -0 dmr-chat -n hi -S '{"type":"object","properties":{"k1":{"type":"integer"}}}' \
		--jq 'length'
	lap
	assert_stdout 200000
	((ms < 20000))
}

@test "J18: values of wrong types, a whole run each" {
	local value

	# choices, its element, message, content, finish_reason
	for value in 7 '"x"' true; do
		breaks 22 "{\"choices\":$value}" "{\"choices\":[$value]}" \
			"{\"choices\":[{\"message\":$value}]}" \
			"{\"choices\":[{\"message\":{\"content\":\"\"},\"finish_reason\":\"stop\"}],\"error\":$value}"
	done
	for value in 7 true '{}' '[7]'; do
		breaks 22 "$(says "$value")" \
			"{\"choices\":[{\"message\":{},\"finish_reason\":$value}]}"
	done
	for value in 7 '"x"' '[]' '{}' null 1e999; do
		replies "${whole%\}},\"usage\":$value,\"model\":$value,\"id\":$value}"
		chat
	done
}

@test "J18: a count of tokens that is no number is exit 22" {
	local value

	for value in null true -1 1.5 1e999 99999999999999999999 '"7"' '[]' '{}'; do
		replies "{\"input_tokens\":$value}"
		try -22 dmr-chat -n --count hi
		assert_stdout
		assert_stderr "dmr-chat: the server's answer cannot be read: no input_tokens"
	done
	replies '{"input_tokens":7}'
	try -0 dmr-chat -n --count hi
	assert_stdout 7
}

@test "J18: lists, versions and engines of wrong types are no crash" {
	local value

	for value in null true 7 '"x"' '[]' '{}' '[{}]' '{"x":{}}'; do
		serve <<-EOF
			repeat
			read
			json 200 '$value'
			again
		EOF
		try dmr-models status
		((status == 0 || status == 22))
		try dmr-models
		((status == 0 || status == 22))
		try -22 dmr-models --names
		assert_stdout
	done
}

@test "J20: an error is told whatever its type, one that is nothing is none" {
	local value

	for value in '[]' 7 true '{"message":7}' '{"code":7}' '""'; do
		replies "${whole%\}},\"error\":$value}"
		fails 22 'the server broke the answer off: an error without a message'
	done
	replies "${whole%\}},\"error\":\"boom\"}"
	fails 22 'the server broke the answer off: boom'
	for value in null '{}'; do
		replies "${whole%\}},\"error\":$value}"
		chat
	done
}

@test "J21: of a message of 1 MB the first line is told, 300 bytes, no control" {
	{
		printf '{"error":{"message":"bad\\u001b[31m \\u009b2J\\u202e'
		head -c 1000000 /dev/zero | tr '\0' x
		printf '\\nsecond"}}'
	} >"$BATS_TEST_TMPDIR/body"
	reply_file
	try -22 dmr-chat -n hi
	assert_stdout
	one_line
	[[ $stderr == *'off: bad\x1b[31m \u{9b}2J\u{202e}xxx'* ]]
	[[ $stderr != *second* ]]
	((${#stderr} < 400))
	once 'text 500 "line\x1b[2J one\rmore\nline two\n"'
	fails 22 "'$DMR_HOST' answered 500: line\\x1b[2J one\\x0dmore"
}

@test "J22: names in JSON are never told" {
	local name='\u001b]0;x\u0007\u202e\u009b'

	breaks 18 "{\"$name\":1}"
	replies "{\"error\":{\"$name\":1}}"
	fails 22 'the server broke the answer off: an error without a message'
	replies "{\"$name\":1,$(says '"ok"' | cut -c2-)"
	chat
}

@test "J23: control characters that are not escaped are exit 22" {
	breaks 22 "$(says $'"a\nb"')" "$(says $'"a\tb"')" "$(says $'"a\x1bb"')"
}

@test "J24: a form feed or record separator before JSON is exit 22" {
	breaks 22 $'\f'"$whole" $'\x1e'"$whole"
}

@test "J25: whatever is asked is sent as JSON that says the same" {
	local text=$'q"b\\s/\b\f\r\x01\x1f\x7f\u2028\u2029\ud7ff😀 {{x}} </script>'

	once "$ok_answer"
	printf '%s' "$text" >"$BATS_TEST_TMPDIR/text"
	try -0 dmr-chat <"$BATS_TEST_TMPDIR/text"
	assert_stderr
	request 1 | jq -j '.messages[0].content' >"$BATS_TEST_TMPDIR/asked"
	assert_file "$BATS_TEST_TMPDIR/asked" -f "$BATS_TEST_TMPDIR/text"
	once "$ok_answer"
	printf 'a\0b\xffc\xed\xa0\x80d' >"$BATS_TEST_TMPDIR/text"
	try -0 dmr-chat <"$BATS_TEST_TMPDIR/text"
	assert_stderr "dmr-chat: standard input: 5 bytes are no UTF-8 text, U+FFFD is sent instead"
	request 1 | jq -j '.messages[0].content' >"$BATS_TEST_TMPDIR/asked"
	assert_file "$BATS_TEST_TMPDIR/asked" -n 'a�b�c���d'
}

# The text of a model that was asked for {"a": a number}.
wants_object() { # -STATUS TEXT STDOUT OPTION ...
	replies "$(says "$(jq -nc --arg text "$2" '$text')")"
	try "$1" dmr-chat -n hi -S 'a int' "${@:4}"
	assert_stdout ${3:+"$3"}
}

@test "J27: a model's JSON in a fence, in prose, unfinished is exit 5, -x takes it out" {
	local fenced=$'Sure:\n```json\n{"a":1}\n```\nDone.'

	wants_object -0 '{"a":1}' '{"a":1}'
	wants_object -0 '{"a":1}' '{"a":1}'
	wants_object -5 "$fenced" ''
	wants_object -0 "$fenced" '{"a":1}' -x
	wants_object -5 'Sure: {"a":1}' ''
	wants_object -5 '{"a":1} Done.' ''
	wants_object -5 '{"a":1,}' ''
	wants_object -5 '{"a":1' ''
	wants_object -5 $'```json\n{"a":1}' '' -x
}

@test "J28: a model's JSON that is not what the schema says is exit 5" {
	wants_object -5 '{"a":1,"b":2}' ''
	wants_object -5 '{"b":2}' ''
	wants_object -5 '[]' ''
	wants_object -5 'null' ''
	# A list of 100,000 is judged in time.
	jq -nc '[range(100000) | {a: .}] | tojson' >"$BATS_TEST_TMPDIR/text"
	says "$(<"$BATS_TEST_TMPDIR/text")" >"$BATS_TEST_TMPDIR/body"
	reply_file
	lap
	try -0 dmr-chat -n hi -S '{"type":"array","items":{"type":"object"}}' \
		--jq length
	lap
	assert_stdout 100000
	((ms < 20000))
}

@test "J29: a number as a string, and what is nearly one, is exit 5" {
	wants_object -5 '{"a":"1"}' ''
	wants_object -5 '{"a":"12-15"}' ''
	wants_object -5 '{"a":1.5}' ''
	wants_object -0 '{"a":1.0}' '{"a":1.0}'
	wants_object -0 '{"a":1e2}' '{"a":1e2}'
}

@test "J30: of leaks libjq's parser's are passed over" {
	local supp=$top/tests/wide/valgrind.supp

	(($(grep -c 'Memcheck:Leak' "$supp") == 1))
	grep -A6 'Memcheck:Leak' "$supp" | grep -q 'fun:jv_parse_sized'
	# The two tests that hold libjq against our own, those of large trees.
	git -C "$top" grep --no-index --exclude-standard -lE 'lsan.*suppress|leak:' -- . ':!tests/json.bats' |
		assert_file /dev/stdin tests/unit/span_test.c \
			tests/unit/tree_test.c
	git -C "$top" grep --no-index --exclude-standard -hoE 'leak:[a-z_]*' -- tests/unit | sort -u |
		assert_file /dev/stdin leak:jv_parse_sized
}
