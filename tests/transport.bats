# HTTP, and what is below it: faults of servers, names and connections.
#
# A connection that ends well says nothing: what came must be a whole answer.
# shellcheck disable=SC2154 # variables that lib.bash and server.bash set
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load server

@test "H50: of several lines of plain text the first is told, -vv shows all" {
	local body='"unable to load runner: error waiting for it\nllama.cpp: \x1b[31mno memory\nbye\n"'

	refusal 22 'unable to load runner: error waiting for it' text 500 "$body"
	once "text 500 $body"
	try -22 dmr-chat -n hi -vv --retry 0
	[[ $stderr == *'llama.cpp: \x1b[31mno memory'*bye* ]]
}

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

@test "H49: JSON labelled text/plain is read as JSON" {
	refusal 22 'runner died' text 500 '{"type":"error","message":"runner died"}'
	refusal 22 'bad n' text 400 '" \n{\"error\":{\"message\":\"bad n\"}}\n"'
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

@test "H46: 401 and 403 name the option for a key" {
	once "json 401 '{\"error\":{\"message\":\"no key\"}}'"
	fails 22 "'$DMR_HOST' answered 401: no key; try: --key-file FILE"
	once "text 403 'Origin not allowed'"
	fails 22 "'$DMR_HOST' answered 403: Origin not allowed; try: --key-file FILE"
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

@test "H48: other errors are never asked again" {
	local code

	for code in 400 401 403 404 405 409 410 413 418 422 500 501 505 507; do
		once "text $code 'no' 'Retry-After: 0'"
		try -22 dmr-chat -n hi
		[[ $stderr == "dmr-chat: '$DMR_HOST' answered $code: no"* ]]
		assert_requests 1
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

@test "H39: comments are a sign of life" {
	once sse 'slow 60 12' "chunk \"$(printf ': ping\\n\\n%.0s' {1..10})\"" \
		'slow off' 'delta "ok"' 'finish stop' 'done'
	# They take 420 ms and more, no pause is as long.
	chat --first-timeout 5s --idle-timeout 250ms
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

@test "H22: what is not HTTP is exit 22" {
	local line

	for line in 'hello\n' 'HTTP/9.9 200 OK\r\n\r\n' 'SSH-2.0-OpenSSH\r\n' \
		'{"a":1}' '\x15\x03\x01\0\x02\x02\x0a'; do
		once "send \"${line//\"/\\\"}\""
		fails 22 'the answer is not HTTP'
	done
}

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

@test "H6: a connection that is not accepted is exit 28 by --connect-timeout" {
	# Its queue is full, so it drops what else comes.
	cat >"$BATS_TEST_TMPDIR/full.py" <<-'EOF'
		import os, socket, subprocess, sys
		s = socket.socket()
		s.bind(("127.0.0.1", 0))
		s.listen(0)
		many = [socket.socket() for _ in range(4)]
		for c in many:
		    c.setblocking(False)
		    c.connect_ex(s.getsockname())
		os.environ["DMR_HOST"] = "http://127.0.0.1:%d" % s.getsockname()[1]
		sys.exit(subprocess.call(sys.argv[1:]))
	EOF
	try -28 python3 "$BATS_TEST_TMPDIR/full.py" \
		dmr-chat -n hi --connect-timeout 50ms
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to 'http://127.0.0.1:"*"': no connection within --connect-timeout 0.05s"* ]]
}

@test "H40: a stream that falls silent is exit 28 by --idle-timeout, what came stays" {
	once sse 'delta "half"' 'expect-close 10000'
	try -28 dmr-chat -n hi --idle-timeout 50ms
	assert_stdout half
	assert_stderr 'dmr-chat: nothing came for --idle-timeout 0.05s'
	closed
	assert_requests 1
}
