# HTTP, and what is below it: faults of servers, names and connections.
#
# A connection that ends well says nothing: what came must be a whole answer.
# shellcheck disable=SC2154 # variables that lib.bash and server.bash set
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load server

# A whole answer, its length, the head of a stream that the connection's end
# ends, and what makes it whole.
whole='{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}'
n=${#whole}
head='HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n'
good="framing plain
delta \"ok\"
finish stop
done"

# answers STATUS TEXT LINE ...: dmr-chat prints TEXT of one connection's answer
# and ends so, within one request; what is wrong is one line.
answers() {
	once "${@:3}"
	try "-$1" dmr-chat -n --retry 3 hi
	assert_stdout ${2:+"$2"}
	if (($1)); then
		one_line
	else
		assert_stderr
	fi
	assert_requests 1
}

# ---- reaching it

@test "H1: refused is exit 7, at once and without a retry" {
	# A hundred retries would not end within the deadline.
	fails 7 "cannot connect to 'http://127.0.0.1:1': connection refused; try: docker model status" \
		--retry 100
	try -7 dmr-models --retry 100
	assert_stdout
	assert_stderr "dmr-models: cannot connect to 'http://127.0.0.1:1': connection refused; try: docker model status"
}

@test "H2: a socket that is missing, none, or closed to us is exit 7 and named" {
	local at=$BATS_TEST_TMPDIR

	fails 7 "cannot connect to 'unix:///nowhere/x.sock': no such file or directory; try: docker model status" \
		-H unix:///nowhere/x.sock
	: >"$at/file"
	fails 7 "cannot connect to 'unix://$at/file': connection refused; try: docker model status" \
		-H "unix://$at/file"
	serve_unix </dev/null
	chmod 0 "$socket"
	chmod 711 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" "$at"
	local drop=()
	((EUID)) || drop=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	try -7 "${drop[@]}" dmr-chat -n hi
	assert_stderr "dmr-chat: cannot connect to '$DMR_HOST': permission denied; try: docker model status"
}

@test "H3: a host that nobody knows is exit 7" {
	try -7 with_names nobody dmr-chat -n hi -H http://some.example --retry 3
	assert_stdout
	assert_stderr "dmr-chat: cannot connect to 'http://some.example':`
		` unknown host; try: docker model status"
	[[ -s $BATS_TEST_TMPDIR/queries ]]
}

@test "H4: a name server that is mute is exit 28 by --connect-timeout" {
	lap
	try -28 with_names mute dmr-chat -n hi -H http://some.example \
		--connect-timeout 100ms
	lap
	assert_stdout
	assert_stderr "dmr-chat: cannot connect to 'http://some.example':`
		` no connection within --connect-timeout 0.1s; try: docker model status"
	[[ -s $BATS_TEST_TMPDIR/queries ]]
	# A name server is asked for 10 s.
	((ms < 8000))
}

@test "H5: a host whose first address nobody serves is asked at its second" {
	# localhost is ::1, then 127.0.0.1.
	once "$ok_answer"
	lap
	chat -H "http://localhost:${DMR_HOST##*:}"
	lap
	((ms < 3000))
}

@test "H6: a connection that is not accepted is exit 28 by --connect-timeout" {
	try -28 unaccepted dmr-chat -n hi --connect-timeout 50ms
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to 'http://127.0.0.1:"*"': no connection within --connect-timeout 0.05s"* ]]
}

@test "H7: accepted, then closed without a byte, is exit 18 and not asked again" {
	always close
	try -18 dmr-chat -n hi
	assert_stdout
	assert_stderr 'dmr-chat: the connection broke off: Empty reply from server'
	assert_requests 1
	# Also before the request was read.
	serve <<-'EOF'
		accept
		close
	EOF
	try -18 dmr-chat -n hi
	assert_stdout
	one_line
	assert_requests 0
}

@test "H8: a fresh connection that is closed or reset is exit 18, not asked again" {
	always close
	try -18 dmr-chat -n hi
	assert_stdout
	[[ $stderr == 'dmr-chat: the connection broke off: '* ]]
	assert_requests 1
	always reset
	try -18 dmr-chat -n hi
	[[ $stderr == 'dmr-chat: the connection broke off: '* ]]
	assert_requests 1
}

# ---- cut and wrong: heads

@test "H9: a reset inside the head is exit 18" {
	answers 18 '' 'send "HTTP/1.1 200 OK\r\nContent-Ty"' reset
	answers 18 '' 'send "HTTP/1.1 200 OK\r\n"' reset
	answers 18 '' 'send "HTT"' reset
}

@test "H10: an end inside the head is exit 18" {
	answers 18 '' 'send "HTTP/1.1 200 OK\r\nContent-Ty"' close
	answers 18 '' 'send "HTTP/1.1 200 OK\r\n"' close
	answers 18 '' 'send "HTTP/1.1 200 OK"' close
	answers 18 '' 'send "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"' close
}

# ---- cut and wrong: bodies

@test "H11: a reset inside the body is exit 18, what came stays" {
	answers 18 half sse 'delta "half"' reset
	answers 18 half sse 'delta "half\n"' reset
	answers 18 '' "send \"HTTP/1.1 200 OK\\r\\nContent-Length: $n\\r\\n\\r\\n\"" \
		"send '${whole:0:40}'" reset
}

@test "H12: an end before Content-Length is reached is exit 18" {
	answers 18 '' "send \"HTTP/1.1 200 OK\\r\\nContent-Length: $n\\r\\n\\r\\n\"" \
		"send '${whole:0:40}'" close
	answers 18 half "send \"${head}Content-Length: 9999\\r\\n\\r\\n\"" \
		'framing plain' 'delta "half"' close
	# What was whole by then is.
	answers 0 ok "send \"${head}Content-Length: 9999\\r\\n\\r\\n\"" \
		'framing plain' 'delta "ok"' 'finish stop' close
}

@test "H13: a Content-Length that is too small cuts: exit 18, or what is whole" {
	answers 18 '' "send \"HTTP/1.1 200 OK\\r\\nContent-Length: $((n - 1))\\r\\n\\r\\n\"" \
		"send '$whole'"
	answers 18 '' 'send "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"' \
		"send '$whole'"
	answers 0 ok "send \"HTTP/1.1 200 OK\\r\\nContent-Length: $n\\r\\n\\r\\n\"" \
		"send '$whole'" 'send "more"'
	# A connection with more on it is not used again.
	serve <<-EOF
		accept
		read
		send "HTTP/1.1 404 No\\r\\nContent-Length: 15\\r\\n\\r\\nmodel not foundHTTP/1.1 200 OK\\r\\n\\r\\n{}"
		expect-close 10000
		accept
		read
		$(list ai/x)
		read
		$ok_answer
	EOF
	chat
	assert_requests 3
}

@test "H14: a Content-Length that is no number is exit 22" {
	local length

	for length in -1 -99999999999999999999 x ''; do
		answers 22 '' "send \"HTTP/1.1 200 OK\\r\\nContent-Length: $length\\r\\n\\r\\n\"" \
			"send '$whole'"
	done
}

@test "H15: a Content-Length beyond 64 bits: exit 18 if cut, else what is whole" {
	local length

	for length in 9223372036854775808 99999999999999999999; do
		answers 18 '' "send \"HTTP/1.1 200 OK\\r\\nContent-Length: $length\\r\\n\\r\\n\"" \
			"send '${whole:0:40}'" close
		answers 0 ok "send \"HTTP/1.1 200 OK\\r\\nContent-Length: $length\\r\\n\\r\\n\"" \
			"send '$whole'" close
	done
}

@test "H16: of two Content-Lengths none is believed" {
	answers 18 '' "send \"HTTP/1.1 200 OK\\r\\nContent-Length: $n\\r\\nContent-Length: 40\\r\\n\\r\\n\"" \
		"send '$whole'" close
	answers 18 '' "send \"HTTP/1.1 200 OK\\r\\nContent-Length: 40\\r\\nContent-Length: $n\\r\\n\\r\\n\"" \
		"send '${whole:0:40}'" close
	answers 0 ok "send \"HTTP/1.1 200 OK\\r\\nContent-Length: 40\\r\\nContent-Length: $n\\r\\n\\r\\n\"" \
		"send '$whole'" close
	# Nor is the connection used again.
	serve <<-EOF
		accept
		read
		send "HTTP/1.1 404 No\\r\\nContent-Length: 99\\r\\nContent-Length: 15\\r\\n\\r\\nmodel not found"
		expect-close 10000
		accept
		read
		$(list ai/x)
		read
		$ok_answer
	EOF
	chat
	assert_requests 3
}

@test "H17: chunks win over a Content-Length, and the connection ends" {
	answers 0 ok "send \"${head}Content-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n\"" \
		'delta "ok"' 'finish stop' 'done'
	answers 0 ok "send \"${head}Transfer-Encoding: chunked\\r\\nContent-Length: 3\\r\\n\\r\\n\"" \
		'delta "ok"' 'finish stop' 'done'
	serve <<-EOF
		accept
		read
		send "HTTP/1.1 404 No\\r\\nContent-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nf\\r\\nmodel not found\\r\\n0\\r\\n\\r\\n"
		expect-close 10000
		accept
		read
		$(list ai/x)
		read
		$ok_answer
	EOF
	chat
	assert_requests 3
}

@test "H18: chunks that are cut are exit 18, or what was whole, which -v tells" {
	local cut

	for cut in '' 'send "5\r\nhe"' 'send "5\r"' 'send "0\r\n"'; do
		answers 18 half sse 'delta "half"' "$cut" close
		answers 0 ok sse 'delta "ok"' 'finish stop' "$cut" close
	done
	once sse 'delta "ok"' 'finish stop' 'send "5\r\nhe"' close
	try -0 dmr-chat -n hi -v
	assert_stdout ok
	[[ $stderr == *$'\n'"dmr-chat: the answer is whole; then the connection broke off: "* ]]
}

@test "H19: a chunk whose size is no number, or too large, is exit 22" {
	local size

	for size in ZZ FFFFFFFFFFFFFFFFF -5 ''; do
		answers 22 half sse 'delta "half"' "send \"$size\\r\\n\""
		# What was whole before it is.
		answers 0 ok sse 'delta "ok"' 'finish stop' "send \"$size\\r\\n\""
	done
}

@test "H20: connections that the server closes after each answer work" {
	serve <<-EOF
		accept
		read
		send "HTTP/1.0 404 Not Found\r\n\r\nmodel not found\n"
		accept
		read
		send 'HTTP/1.1 200 OK'
		send "\r\nConnection: close\r\n\r\n"
		send '{"data":[{"id":"ai/x"}]}'
		accept
		framing plain
		read
		$ok_answer
	EOF
	chat
	assert_models ai/qwen3-coder - ai/x
}

@test "H20: an answer without a length is whole when it is complete" {
	answers 0 ok "send \"$head\\r\\n\"" "$good" close
	answers 0 ok 'send "HTTP/1.0 200 OK\r\n\r\n"' "send '$whole'" close
}

@test "H21: an answer without a length that is cut is exit 18" {
	answers 18 half "send \"$head\\r\\n\"" 'framing plain' 'delta "half"' \
		close
	answers 18 '' 'send "HTTP/1.1 200 OK\r\n\r\n"' "send '${whole:0:40}'" \
		close
	answers 18 '' 'send "HTTP/1.0 200 OK\r\n\r\n"' close
}

@test "H22: what is not HTTP is exit 22" {
	local line

	for line in 'hello\n' 'HTTP/9.9 200 OK\r\n\r\n' 'SSH-2.0-OpenSSH\r\n' \
		'{"a":1}' '\x15\x03\x01\0\x02\x02\x0a'; do
		once "send \"${line//\"/\\\"}\""
		fails 22 'the answer is not HTTP; if the server speaks TLS, try: https://'
	done
}

@test "H23: odd statuses are exit 22 or 18, never success" {
	local code

	for code in 300 304 305 600 999; do
		once "send 'HTTP/1.1 $code Odd'" 'send "\r\nContent-Length: 0\r\n\r\n"'
		try -22 dmr-chat -n hi
		assert_stdout
		[[ $stderr == "dmr-chat: '$DMR_HOST' answered $code: "* ]]
		[[ $stderr != *"''"* ]]
	done
	for code in 200 201 202 204 205; do
		once "send 'HTTP/1.1 $code Fine'" 'send "\r\nContent-Length: 0\r\n\r\n"'
		try -18 dmr-chat -n hi
		assert_stdout
	done
	once 'send "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"'
	try -18 dmr-chat -n hi
	assert_stdout
}

@test "H24: 200 and an empty body is exit 18" {
	answers 18 '' 'send "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"'
	answers 18 '' sse 'chunk ""'
	answers 18 '' 'send "HTTP/1.1 200 OK\r\n\r\n"' close
}

# ---- heads that are odd

@test "H25: a large request waits for no 100 Continue" {
	head -c 2000000 /dev/zero | tr '\0' x >"$BATS_TEST_TMPDIR/large"
	once "$ok_answer"
	try -0 dmr-chat <"$BATS_TEST_TMPDIR/large"
	assert_stdout ok
	# libcurl would ask for it, and wait for a second.
	run -1 grep -qi '^expect' <(request_head 1)
	(($(request 1 | wc -c) > 2000000))
}

@test "H26: 417 is exit 22: nothing was expected" {
	refusal 22 'no' text 417 no
}

@test "H27: hints before the answer are passed over, unless they never end" {
	answers 0 ok 'send "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"' \
		"$ok_answer"
	answers 0 ok 'send "HTTP/1.1 100 Continue\r\n\r\n"' "$ok_answer"
	once 'burst forever send "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"'
	fails 22 "the answer's header is too large"
}

@test "H28: redirects are not followed" {
	local code

	for code in 301 302 303 307 308; do
		once "text $code moved 'Location: http://127.0.0.1:9/x'"
		fails 22 "'$DMR_HOST' answered $code: redirects are not followed, this one goes to 'http://127.0.0.1:9/x'"
		assert_requests 1
	done
	once "text 302 moved 'Location: file:///etc/passwd'"
	fails 22 "'$DMR_HOST' answered 302: redirects are not followed, this one goes to 'file:///etc/passwd'"
	once 'text 301 moved "Location: /a\x1b]0;b\x07"'
	try -22 dmr-chat -n hi
	run -1 grep -q $'\e' "$BATS_TEST_TMPDIR/stderr"
}

@test "H29: a redirect to another host is not followed, the key stays here" {
	local other code

	always "$ok_answer"
	other=$DMR_HOST
	printf 'sk-s3cret\n' >"$BATS_TEST_TMPDIR/key"
	chmod 600 "$BATS_TEST_TMPDIR/key"
	for code in 301 307 308; do
		once "text $code moved 'Location: $other/v1/chat/completions'"
		fails 22 "'$DMR_HOST' answered $code: redirects are not followed, this one goes to '$other/v1/chat/completions'" \
			--key-file "$BATS_TEST_TMPDIR/key"
		assert_requests 1
	done
	requests=$BATS_TEST_TMPDIR/requests.1
	assert_requests 0
}

@test "H30: a redirect to another protocol is not followed" {
	local url

	for url in file:///etc/passwd gopher://127.0.0.1:1/ dict://127.0.0.1:1/ \
		ftp://127.0.0.1:1/ '\\\\host\\share'; do
		once "text 302 moved \"Location: $url\""
		fails 22 "'$DMR_HOST' answered 302: redirects are not followed, this one goes to '${url//\\\\/\\}'"
		assert_requests 1
	done
}

@test "H31: a redirect to itself is one request" {
	always 'text 302 moved "Location: /engines/v1/chat/completions"'
	fails 22 "'$DMR_HOST' answered 302: redirects are not followed, this one goes to '/engines/v1/chat/completions'"
	assert_requests 1
}

@test "H32: a header that is too large is exit 22 and says so" {
	once 'send "HTTP/1.1 200 OK\r\nX: "' \
		"burst 200 send '$(printf 'x%.0s' {1..1000})'" 'send "\r\n\r\n"'
	fails 22 "the answer's header is too large"
	once 'send "HTTP/1.1 200 OK\r\n"' \
		'burst forever send "X-A: 0123456789012345678901234567890123456789\r\n"'
	fails 22 "the answer's header is too large"
}

@test "H32: trailers without end are exit 22, unless the answer is complete" {
	local chunk='"1;x\r\n{\r\n0\r\n"'

	once 'send "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"' \
		"send $chunk" 'burst forever send "X-A: 01234567890123456789\r\n"'
	fails 22 "the answer's header is too large"
	once 'sse' 'delta "ok"' 'finish stop' 'send "0\r\n"' \
		'burst forever send "X-A: 01234567890123456789\r\n"'
	chat
}

@test "H33: a head of more than 300 KiB, or without end, is exit 22" {
	once 'send "HTTP/1.1 200 OK\r\n"' \
		"burst 4000 send 'X-A: $(printf 'x%.0s' {1..100})'" \
		'send "\r\n\r\n"'
	fails 22 "the answer's header is too large"
	once 'send "HTTP/1.1 200 OK\r\n"' \
		'burst forever send "X-A: 0123456789012345678901234567890123456789\r\n"'
	fails 22 "the answer's header is too large"
	once 'send "HTTP/1.1 200 OK\r\n"' 'burst forever send "x"'
	fails 22 "the answer's header is too large"
	once 'burst forever send "x"'
	try -22 dmr-chat -n hi
	assert_stdout
	one_line
}

@test "H34: a NUL in a head is exit 22; folded lines and bare LF are read" {
	answers 22 '' 'send "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n"' "$good"
	answers 0 ok "send \"${head}X: a\\r\\n b\\r\\n\\r\\n\"" "$good" close
	answers 0 ok 'send "HTTP/1.1 200 OK\nX: a\n\n"' "$good" close
}

@test "H35: a body that is compressed unasked is exit 22" {
	local name

	for name in gzip br zstd x; do
		once "send 'HTTP/1.1 200 OK'" \
			"send \"\\r\\nContent-Encoding: $name\\r\\nContent-Type: text/event-stream\\r\\n\\r\\n\\x1f\\x8b\\x08\\0\\0\\0\\0\\0\\0\\x03abc\""
		try -22 dmr-chat -n hi
		assert_stdout
		[[ $stderr == *"Content-Encoding"*"$name"* ]]
		run -1 grep -qi '^accept-encoding' <(request_head 1)
	done
	once "sse 'Content-Encoding: identity'" 'delta "ok"' 'finish stop' 'done'
	chat
}

@test "H36: a body of gzip is never inflated" {
	head -c 10000000 /dev/zero | gzip -9 >"$BATS_TEST_TMPDIR/bomb"
	once 'send "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"' \
		"sendfile $BATS_TEST_TMPDIR/bomb"
	fails 22 "the answer has an unexpected Content-Encoding 'gzip'"
	# Nor without saying what it is, nor as a coding of the transfer.
	once 'send "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"' \
		"sendfile $BATS_TEST_TMPDIR/bomb"
	try -22 dmr-chat -n hi
	assert_stdout
	one_line
	once 'send "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n"' \
		"sendfile $BATS_TEST_TMPDIR/bomb"
	try -22 dmr-chat -n hi
	assert_stdout
	one_line
}

@test "H37: a body without end is exit 22 at 64 MiB" {
	local many

	many=$(printf 'x%.0s' {1..9999})
	# One JSON text, an event without end, events that say nothing.
	once 'send "HTTP/1.1 200 OK\r\n\r\n{"' "burst forever send '\"$many\":1,'"
	fails 22 'the answer is larger than 64 MiB'
	once "send \"$head\\r\\n\"" 'send "data: "' "burst forever send '$many'"
	try -22 dmr-chat -n hi
	assert_stdout
	one_line
	once "send \"$head\\r\\n\"" "burst forever send \": $many\\n\\n\""
	fails 22 'the answer is larger than 64 MiB'
	once "send \"$head\\r\\n\"" 'framing plain' \
		"burst forever event '{\"choices\":[],\"x\":\"$many\"}'"
	fails 22 'the answer is larger than 64 MiB'
	# And text.
	once "send \"$head\\r\\n\"" 'framing plain' "burst forever delta '$many'"
	try -22 dmr-chat -n hi
	assert_stderr 'dmr-chat: the answer is larger than 64 MiB'
	(($(wc -c <"$BATS_TEST_TMPDIR/stdout") > 60 << 20))
	(($(wc -c <"$BATS_TEST_TMPDIR/stdout") <= 65 << 20))
	rm "$BATS_TEST_TMPDIR/stdout"
	# What is whole is whole, whatever follows.
	once sse 'delta "ok"' 'finish stop' "burst forever chunk \": $many\\n\\n\""
	chat
}

@test "H38: proxy variables do not touch this machine" {
	local name

	serve_unix <<-EOF
		repeat
		read
		$ok_answer
	EOF
	for name in http_proxy https_proxy all_proxy HTTP_PROXY ALL_PROXY; do
		export "$name=http://127.0.0.1:1"
	done
	chat
	always "$ok_answer"
	chat
	chat -H "http://localhost:${DMR_HOST##*:}"
}

@test "H38: the password of a proxy is not shown by -vv" {
	always "$ok_answer"
	export http_proxy=http://user:s3cret@${DMR_HOST#http://}
	try -0 dmr-chat -n hi -vv -H http://some.example
	assert_stdout ok
	[[ $stderr == *'> Proxy-Authorization:'* && $stderr != *s3cret* ]]
}

@test "H38: a proxy that refuses to connect is exit 7" {
	always 'text 407 "no\n"'
	export https_proxy=$DMR_HOST
	try -7 dmr-chat -n hi -H https://some.example
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to 'https://some.example': "*407* ]]
}

@test "H38: elsewhere proxies are used, but for no_proxy" {
	always "$ok_answer"
	export http_proxy=$DMR_HOST
	chat -H http://some.example/v1
	request_head 1 | head -1 | assert_file /dev/stdin \
		'POST http://some.example/v1/chat/completions HTTP/1.1'
	no_proxy=some.example try -7 with_names nobody \
		dmr-chat -n hi -H http://some.example/v1
	[[ $stderr == *'unknown host'* ]]
	assert_requests 1
}

# ---- time

@test "H39: comments are a sign of life" {
	once sse 'slow 60 12' "chunk \"$(printf ': ping\\n\\n%.0s' {1..10})\"" \
		'slow off' 'delta "ok"' 'finish stop' 'done'
	# They take 420 ms and more, no pause is as long.
	chat --first-timeout 5s --idle-timeout 250ms
}

@test "H39: an answer of a byte at a time is as good as another" {
	once 'slow 5' 'send "HTTP/1.1 200 OK\r\n\r\n"' 'slow off' 'framing plain' \
		'slow 2' 'delta "ok"' 'slow off' 'finish stop' close
	chat --idle-timeout 1s --first-timeout 5s
}

@test "H40: a stream that falls silent is exit 28 by --idle-timeout, what came stays" {
	once sse 'delta "half"' 'expect-close 10000'
	try -28 dmr-chat -n hi --idle-timeout 50ms
	assert_stdout half
	assert_stderr 'dmr-chat: nothing came for --idle-timeout 0.05s'
	closed
	assert_requests 1
}

@test "H41: a server that does not read what is sent is exit 28, without a busy loop" {
	local used

	head -c 9000000 /dev/zero | tr '\0' x >"$BATS_TEST_TMPDIR/large"
	serve <<-'EOF'
		accept
		read-headers
		expect-close 10000
	EOF
	: >"$BATS_TEST_TMPDIR/times"
	# shellcheck disable=SC2016
	try -28 bash -c 'TIMEFORMAT="%U %S"
		time dmr-chat --first-timeout 1s 2>"$0"' \
		"$BATS_TEST_TMPDIR/said" <"$BATS_TEST_TMPDIR/large"
	assert_stdout
	used=$(awk 'END { print ($1 + $2) * 1000 }' "$BATS_TEST_TMPDIR/stderr")
	assert_file "$BATS_TEST_TMPDIR/said" "dmr-chat: no answer within --first-timeout 1s; a large model may need longer to load"
	((${used%.*} < 500))
	: >"$requests/complaints"
}

@test "H42: a kept-alive connection that died is opened anew, once" {
	serve <<-EOF
		accept
		read
		$missing
		read
		close
		accept
		read
		$(list ai/x)
		accept
		read
		$ok_answer
	EOF
	chat
	assert_models ai/qwen3-coder - - ai/x
}

# ---- errors

@test "H43: seven shapes of JSON errors are told in one line each" {
	refusal 22 'bad n' json 400 '{"error":{"code":400,"message":"bad n","type":"invalid_request_error"}}'
	refusal 22 'bad r' json 400 '{"error":{"code":"server_error","message":"bad r"}}'
	refusal 22 'bad r' json 500 '{"id":"resp_1","status":"failed","error":{"code":"server_error","message":"bad r"}}'
	refusal 22 'bad a' json 500 '{"type":"error","error":{"type":"api_error","message":"bad a"}}'
	refusal 22 'bad o' json 500 '{"error":"bad o"}'
	refusal 22 'bad v' json 400 '{"object":"error","message":"bad v","type":"BadRequestError","param":null,"code":400}'
	refusal 22 'bad m' json 400 '{"message":"bad m"}'
	refusal 22 'bad f' json 422 '{"detail":"bad f"}'
	refusal 22 'field required' json 422 '{"detail":[{"loc":["body","messages"],"msg":"field required","type":"missing"}]}'
}

@test "H43: JSON that is no known shape is an error all the same" {
	refusal 22 'an error without a message' json 500 '{"x":1}'
	refusal 22 'an error without a message' json 500 '{}'
	refusal 22 'an error without a message' json 500 '{"error":{"message":5}}'
	refusal 22 'm' json 500 '{"error":null,"message":"m"}'
	refusal 22 'one' json 500 '{"error":{"message":"one\ntwo"}}'
	refusal 22 'a\x1bb\xffc' json 500 '{"error":{"message":"a\u001bb'$'\xff''c"}}'
	refusal 22 '[1]' json 500 '[1]'
}

@test "H44: of an HTML page the title is told, never the markup" {
	local page

	page='HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502</h1></center></body></html>\r\n'
	once "send \"$page\""
	fails 22 "'$DMR_HOST' answered 502: an HTML error page, '502 Bad Gateway'" \
		--retry 0
	once 'text 500 "\n<!DOCTYPE html><p>no"'
	fails 22 "'$DMR_HOST' answered 500: an HTML error page"
	once 'text 500 "<html><TITLE>\n a\x1bb </TITLE>"'
	fails 22 "'$DMR_HOST' answered 500: an HTML error page, 'a\\x1bb'"
	# A page with status 200 is no answer either.
	once 'text 200 "<html><title>Welcome to nginx</title>"'
	try -22 dmr-chat -n hi
	assert_stdout
	[[ $stderr == 'dmr-chat: '* && $stderr != *'<'* ]]
	(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1))
}

@test "H45: an error that never ends is read up to 64 KiB" {
	once 'send "HTTP/1.1 500 No\r\n\r\nbad\n"' \
		"burst forever send '$(printf 'x%.0s' {1..1000})'" 'mark over'
	fails 22 "'$DMR_HOST' answered 500: bad"
	reached over
}

@test "H45: of an error 64 KiB are read, and not a byte more" {
	local begin='{"error":{"message":"no"' blanks size said

	printf -v blanks %1000s ''
	for size in 65536 65537; do
		once "send \"HTTP/1.1 500 No\r\n\r\n\"" "send '$begin'" \
			"burst 65 send '$blanks'" \
			"send '${blanks:0:size - 65000 - ${#begin} - 2}}}'"
		said=no
		((size == 65536)) || said='an error without a message'
		fails 22 "'$DMR_HOST' answered 500: $said"
	done
}

@test "H45: an error that is binary is told in one line that is text" {
	refusal 22 '\x01\x02\xff\x1b]0;x\x07' text 500 \
		'"\0\x01\x02\xff\x1b]0;x\x07\nmore"'
	once 'text 500 "\x1b[2J\x9b31m\xe2\x80\xae"'
	try -22 dmr-chat -n hi
	run -1 grep -qP '[\x00-\x08\x0b-\x1f\x7f-\x9f]' "$BATS_TEST_TMPDIR/stderr"
	one_line
}

@test "H46: 401 and 403 name the option for a key" {
	once "json 401 '{\"error\":{\"message\":\"no key\"}}'"
	fails 22 "'$DMR_HOST' answered 401: no key; try: --key-file FILE"
	once "text 403 'Origin not allowed'"
	fails 22 "'$DMR_HOST' answered 403: Origin not allowed; try: --key-file FILE"
}

@test "H46: a refusal that quotes the key does not show it" {
	printf 'sk-s3cret\n' >"$BATS_TEST_TMPDIR/key"
	chmod 600 "$BATS_TEST_TMPDIR/key"
	once "json 401 '{\"error\":{\"message\":\"Incorrect API key provided: sk-s3cret.\"}}'"
	try -22 dmr-chat -n hi --key-file "$BATS_TEST_TMPDIR/key"
	assert_stdout
	one_line
	[[ $stderr != *s3cret* ]]
}

@test "H47: 408, 429, 502, 503 and 504 are asked again, after Retry-After" {
	local code

	for code in 408 429 502 503 504; do
		serve <<-EOF
			accept
			read
			text $code busy "Retry-After: 0"
			read
			text $code busy "Retry-After: 0"
			read
			$ok_answer
		EOF
		chat
		assert_models ai/qwen3-coder ai/qwen3-coder ai/qwen3-coder
		cmp "$requests/request.1" "$requests/request.3"
	done
}

@test "H47: --retry says how often, the last error is told" {
	local n

	for n in 0 1 3; do
		always 'text 503 busy "Retry-After: 0"'
		fails 22 "'$DMR_HOST' answered 503: busy" --retry "$n"
		assert_requests $((n + 1))
	done
}

@test "H47: Retry-After is waited for: 0 not at all, 1 a second" {
	always 'text 503 busy "Retry-After: 0"'
	lap
	try -22 dmr-chat -n hi --retry 6
	lap
	# Backing off would take 7 s at least.
	((ms < 4000))
	serve <<-EOF
		accept
		read
		text 429 busy "Retry-After: 1"
		read
		$ok_answer
	EOF
	lap
	chat
	lap
	((ms >= 950))
}

@test "H47: a Retry-After of more than a minute is not waited for" {
	always 'text 503 busy "Retry-After: 99999"'
	try -22 dmr-chat -n hi
	assert_stdout
	[[ $stderr == "dmr-chat: '$DMR_HOST' answered 503: busy"*99999* ]]
	assert_requests 1
}

@test "H47: a Retry-After that is garbage is as none" {
	serve <<-EOF
		accept
		read
		text 503 busy "Retry-After: soon"
		read
		$ok_answer
	EOF
	lap
	chat
	lap
	((ms >= 100 && ms < 10000))
}

@test "H47: a Retry-After that is a date is waited for" {
	once "text 503 busy 'Retry-After: $(LC_ALL=C date -u -d '1 hour' '+%a, %d %b %Y %T GMT')'"
	try -22 dmr-chat -n hi
	[[ $stderr == "dmr-chat: '$DMR_HOST' answered 503: busy; it asks to wait 3"[56]??' s' ]]
	serve <<-EOF
		accept
		read
		text 429 busy "Retry-After: $(LC_ALL=C date -u -d '2 seconds' '+%a, %d %b %Y %T GMT')"
		read
		$ok_answer
	EOF
	lap
	chat
	lap
	((ms >= 900 && ms < 20000))
}

@test "H47: a Retry-After that is below nothing, or past, is as none" {
	local wait

	for wait in -1 'Thu, 01 Jan 1970 00:00:00 GMT' ''; do
		serve <<-EOF
			accept
			read
			text 503 busy "Retry-After: $wait"
			read
			$ok_answer
		EOF
		chat
		assert_requests 2
	done
}

@test "H47: all waits that a server asks for are a minute together" {
	local wait

	for wait in 60 9223372036854775807; do
		serve <<-EOF
			accept
			read
			text 503 busy "Retry-After: 1"
			read
			text 503 busy "Retry-After: $wait"
		EOF
		lap
		fails 22 "'$DMR_HOST' answered 503: busy; it asks to wait $wait s" \
			--retry 9
		lap
		((ms >= 950 && ms < 30000))
		assert_requests 2
	done
}

@test "H48: other errors are never asked again" {
	local code

	for code in 400 401 403 404 405 409 410 413 418 422 500 501 505 507; do
		once "text $code 'no' 'Retry-After: 0'"
		try -22 dmr-chat -n hi
		[[ $stderr == "dmr-chat: '$DMR_HOST' answered $code: no"* ]]
		assert_requests 1
	done
}

@test "H48: once a byte of the answer has come nothing is asked again" {
	always sse 'delta "half"' close
	try -18 dmr-chat -n hi
	assert_stdout half
	assert_requests 1
	always 'send "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"' close
	try -18 dmr-chat -n hi
	assert_stdout
	assert_requests 1
	# Nor when it is an error inside the stream that would pass.
	always sse 'delta "half"' \
		"event '{\"error\":{\"code\":503,\"message\":\"Loading model\"}}'" 'done'
	try -22 dmr-chat -n hi
	assert_stdout half
	assert_stderr 'dmr-chat: the server broke the answer off: Loading model'
	assert_requests 1
}

@test "H48: 503 in the midst of tries is passed over" {
	serve <<-EOF
		accept
		read
		json 503 '{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}' "Retry-After: 0"
		accept
		read
		$ok_answer
	EOF
	chat
	assert_requests 2
}

@test "H49: JSON labelled text/plain is read as JSON" {
	refusal 22 'runner died' text 500 '{"type":"error","message":"runner died"}'
	refusal 22 'bad n' text 400 '" \n{\"error\":{\"message\":\"bad n\"}}\n"'
}

@test "H50: of several lines of plain text the first is told, -vv shows all" {
	local body='"unable to load runner: error waiting for it\nllama.cpp: \x1b[31mno memory\nbye\n"'

	refusal 22 'unable to load runner: error waiting for it' text 500 "$body"
	once "text 500 $body"
	try -22 dmr-chat -n hi -vv --retry 0
	[[ $stderr == *'llama.cpp: \x1b[31mno memory'*bye* ]]
}

@test "H51: an answer that comes while the request is still sent is told" {
	local how

	head -c 9000000 /dev/zero | tr '\0' x >"$BATS_TEST_TMPDIR/large"
	for how in serve serve_unix; do
		for end in close shutdown reset; do
			"$how" <<-EOF
				repeat
				read-headers
				read-body 100000
				text 400 "request too large\\n"
				$end
			EOF
			# A reset may come just when the next piece is sent:
			# then libcurl looks at nothing that came before it.
			for _ in 1 2 3; do
				try dmr-chat <"$BATS_TEST_TMPDIR/large"
				[[ $stderr == *': Send failure: '* ]] || break
				((status == 18)) && [[ $end != shutdown ]]
			done
			((status == 22))
			assert_stdout
			assert_stderr "dmr-chat: '$DMR_HOST' answered 400: request too large"
		done
	done
}
