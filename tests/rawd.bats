# What the other tests rely on: rawd, and the words of lib.bash.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand

load lib

# curl, as plain as it can be; the URL is the server's.
fetch() {
	curl -sS -q --max-time "$DEADLINE" "$@" "$DMR_HOST/"
}

# rawd with a scenario that it should refuse.
refuse() {
	printf '%s\n' "$@" >"$BATS_TEST_TMPDIR/bad"
	try -2 "$RAWD" "$BATS_TEST_TMPDIR/bad"
	assert_stdout
}

# A .bats file of its own, run as from a fresh shell.
inner_bats() {
	printf 'load %s/lib\n@test "inner" {\n%s\n}\n' "$tests" "$1" \
		>"$BATS_TEST_TMPDIR/inner.bats"
	env -i PATH="${PATH//$BATS_LIBEXEC:/}" BUILD="$BUILD" RAWD="$RAWD" "${@:2}" \
		bats --tap "$BATS_TEST_TMPDIR/inner.bats"
}

@test "rawd: send writes its bytes, escapes and all" {
	serve <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n"
		send "a\tb\n\"\\\x41\0\xff"
		send 'as\n'   # single quotes: as they are
	EOF
	try -0 fetch
	assert_stdout -f <(printf 'a\tb\n"\\A\0\377as\\n')
}

@test "rawd: chunk, event, delta and done are framed as HTTP chunks" {
	serve <<-'EOF'
		accept
		read
		sse "X-Extra: 1"
		chunk "0123456789abcdef"
		event "x"
		delta "say \"\\\n\x01\xc3"
		delta "\xa4"
		role
		finish length
		done
	EOF
	try -0 fetch --raw -i
	local tail='"created":1795298692,"id":"chatcmpl-rawd","model":"model.gguf",'
	tail+='"system_fingerprint":"b1-rawd","object":"chat.completion.chunk"}'
	local head='data: {"choices":[{"finish_reason":' event
	{
		printf 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n'
		printf 'Transfer-Encoding: chunked\r\nX-Extra: 1\r\n\r\n'
		printf '10\r\n0123456789abcdef\r\n9\r\ndata: x\n\n\r\n'
		for event in 'null,"index":0,"delta":{"content":"say \"\\\u000a\u0001'$'\xc3''"}' \
			'null,"index":0,"delta":{"content":"'$'\xa4''"}' \
			'null,"index":0,"delta":{"role":"assistant","content":null}' \
			'"length","index":0,"delta":{}'; do
			event="$head$event}],$tail"
			LC_ALL=C
			printf '%x\r\n%s\n\n\r\n' "$((${#event} + 2))" "$event"
		done
		printf 'e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n'
	} >"$BATS_TEST_TMPDIR/expected"
	assert_stdout -f "$BATS_TEST_TMPDIR/expected"
}

@test "rawd: plain framing sends events bare, to the end of the connection" {
	serve <<-'EOF'
		accept
		framing plain
		read
		sse
		event "x"
		done
	EOF
	try -0 fetch --raw
	assert_stdout 'data: x' '' 'data: [DONE]' ''
}

@test "rawd: json and text are whole answers" {
	serve <<-'EOF'
		accept
		read
		json 200 '{"a":1}'
		read
		text 503 "busy\n" "Retry-After: 2" "X: y"
	EOF
	try -0 curl -sSi "$DMR_HOST/1" "$DMR_HOST/2"
	assert_stdout - <<-EOF
		HTTP/1.1 200 OK$(printf '\r')
		Content-Type: application/json$(printf '\r')
		Content-Length: 7$(printf '\r')
		$(printf '\r')
		{"a":1}HTTP/1.1 503 Error$(printf '\r')
		Content-Type: text/plain; charset=utf-8$(printf '\r')
		Content-Length: 5$(printf '\r')
		Retry-After: 2$(printf '\r')
		X: y$(printf '\r')
		$(printf '\r')
		busy
	EOF
	assert_requests 2
	[[ $(request_head 2) == "GET /2 HTTP/1.1"* ]]
}

@test "rawd: again keeps a connection, repeat takes any number of them" {
	serve <<-'EOF'
		repeat
		read
		json 200 "1"
		again
	EOF
	for _ in 1 2 3; do
		try -0 curl -sS -w ' %{num_connects}\n' "$DMR_HOST" "$DMR_HOST"
		assert_stdout '1 1' '1 0'
	done
	assert_requests 6
}

@test "rawd: close before the end is curl's 18, and 52 before any byte" {
	serve <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234"
		accept
		read
		sse
		delta "x"
		close
		accept
		read
		close
	EOF
	try -18 fetch
	assert_stdout -n 1234
	try -18 fetch
	try -52 fetch
}

@test "rawd: close is a FIN although the request was not read" {
	serve <<-'EOF'
		accept
		read-headers
		json 400 "no"
		mark answered
		accept
		close
	EOF
	try -0 fetch -d "$(printf %1000d 0)"
	assert_stdout -n no
	try -52 fetch
}

@test "rawd: reset is curl's 56" {
	serve <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1234"
		reset
		accept
		read
		reset
	EOF
	try -56 fetch
	try -56 fetch
}

@test "rawd: shutdown ends the answer and goes on reading" {
	serve <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\n\r\nhello"
		shutdown
		expect-close 10000
		mark over
	EOF
	try -0 fetch
	assert_stdout -n hello
	reached over
	closed
}

@test "rawd: await waits for the test, mark tells it where the server is" {
	serve <<-'EOF'
		accept
		read
		mark asked
		await go
		sse
		delta "one"
		mark sent
		await go
		done
		mark sent
	EOF
	start curl -sSN "$DMR_HOST"
	reached asked
	[[ ! -s $BATS_TEST_TMPDIR/stdout ]]
	go go
	reached sent
	[[ ! -e $requests/closed ]]
	go go
	reached sent 2
	finish -0
	[[ $output == *one*'[DONE]' ]]
}

@test "rawd: await and mark may come before the other side, on FIFOs too" {
	mkfifo "$BATS_TEST_TMPDIR/there"
	serve <<-EOF
		await go
		mark $BATS_TEST_TMPDIR/there
		mark $BATS_TEST_TMPDIR/there
		accept
		read
		json 200 "1"
	EOF
	go go
	try -0 fetch
	read -r -t "$DEADLINE" <"$BATS_TEST_TMPDIR/there"
	read -r -t "$DEADLINE" <"$BATS_TEST_TMPDIR/there"
}

@test "rawd: a request is logged byte for byte" {
	head -c 3000 /dev/urandom >"$BATS_TEST_TMPDIR/body"
	serve <<-'EOF'
		accept
		read
		json 200 "1"
	EOF
	try -0 fetch -H 'A:  b' -H 'User-Agent: x' -H 'Accept:' \
		-H 'Content-Type: y' --data-binary "@$BATS_TEST_TMPDIR/body"
	{
		printf 'POST / HTTP/1.1\r\nHost: %s\r\n' "${DMR_HOST#http://}"
		printf 'A:  b\r\nUser-Agent: x\r\nContent-Type: y\r\n'
		printf 'Content-Length: 3000\r\n\r\n'
		cat "$BATS_TEST_TMPDIR/body"
	} >"$BATS_TEST_TMPDIR/expected"
	assert_file "$requests/request.1" -f "$BATS_TEST_TMPDIR/expected"
	request 1 | cmp - "$BATS_TEST_TMPDIR/body"
	request_head 1 | assert_file /dev/stdin \
		'POST / HTTP/1.1' "Host: ${DMR_HOST#http://}" 'A:  b' \
		'User-Agent: x' 'Content-Type: y' 'Content-Length: 3000'
}

@test "rawd: without -l nothing is written anywhere" {
	mkdir "$BATS_TEST_TMPDIR/here"
	cd "$BATS_TEST_TMPDIR/here"
	printf 'accept\nread\njson 200 1\nread\n' >../scenario
	exec {fd}< <(exec "$RAWD" ../scenario 3>&-)
	read -r -t "$DEADLINE" -u "$fd" port
	try -0 curl -sS "http://127.0.0.1:$port"
	kill "$!"
	try -0 ls -A
	assert_stdout
}

@test "rawd: two requests that came in one packet are told apart" {
	serve <<-'EOF'
		accept
		read
		read
		json 200 "1"
	EOF
	exec {fd}<>"/dev/tcp/127.0.0.1/${DMR_HOST##*:}"
	printf 'P /1 x\r\ncontent-length:2\r\n\r\nab%s' $'P /2 x\r\n\r\n' >&"$fd"
	read -r -t "$DEADLINE" -u "$fd" _
	exec {fd}>&-
	assert_file "$requests/request.1" -n $'P /1 x\r\ncontent-length:2\r\n\r\nab'
	assert_file "$requests/request.2" -n $'P /2 x\r\n\r\n'
}

@test "rawd: a request that breaks off is logged, and the block ends" {
	serve <<-'EOF'
		accept
		mark waiting
		read
		await never
		mark after
		accept
		read
		json 200 "1"
	EOF
	exec {fd}<>"/dev/tcp/127.0.0.1/${DMR_HOST##*:}"
	printf 'P / x\r\nContent-Length: 9\r\n\r\nab' >&"$fd"
	exec {fd}>&-
	reached after
	closed 1
	assert_file "$requests/request.1" -n $'P / x\r\nContent-Length: 9\r\n\r\nab'
	try -0 fetch
}

@test "rawd: a body of 10 MiB is read whole" {
	head -c 10485760 /dev/urandom >"$BATS_TEST_TMPDIR/body"
	serve <<-'EOF'
		accept
		read
		json 200 "1"
	EOF
	try -0 fetch -H 'Expect:' --data-binary "@$BATS_TEST_TMPDIR/body"
	request 1 | cmp - "$BATS_TEST_TMPDIR/body"
}

@test "rawd: read-body takes a body in pieces" {
	serve <<-'EOF'
		accept
		read-headers
		mark head
		await go
		read-body 3
		mark three
		await go
		read-body
		json 200 "1"
	EOF
	start curl -sS -d 12345 "$DMR_HOST"
	reached head
	assert_file <(request 1) -n ''
	go go
	reached three
	assert_file <(request 1) -n 123
	go go
	finish -0
	assert_file <(request 1) -n 12345
}

# serve under strace, and assert_writes: the sizes of what was written to the
# client, one after the other.  The scenario must end with stop.
serve_traced() {
	need strace
	# shellcheck disable=SC2034 # serve uses it; leaks cannot be sought there
	rawd_in=(env ASAN_OPTIONS=detect_leaks=0
		strace -e trace=write -o "$BATS_TEST_TMPDIR/trace")
	serve
}

assert_writes() {
	wait "${rawd_pids[0]}"
	# 1 is for the port; "GET is the request, on its way to the log.
	sed -n '/"GET/d; s/^write([3-9],.* = //p' "$BATS_TEST_TMPDIR/trace" |
		assert_file /dev/stdin "$@"
}

@test "rawd: slow sends in pieces" {
	serve_traced <<-'EOF'
		accept
		read
		slow 1 8
		send "HTTP/1.1 200 OK\r\n\r\n"
		slow 0
		send "123"
		slow off
		send "4567890"
		stop
	EOF
	try -0 fetch
	assert_stdout -n 1234567890
	assert_writes 8 8 3 1 1 1 7
}

@test "rawd: slow pauses after each piece" {
	serve <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\n\r\n"
		slow 20
		send "1234567890"
	EOF
	local begin=${EPOCHREALTIME/./}
	try -0 fetch
	((${EPOCHREALTIME/./} - begin >= 200000))
}

@test "rawd: times sends again in a write each, burst in few" {
	serve_traced <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\n\r\n"
		times 3 send "ab"
		times 0 send "no"
		burst 30000 send "cde"
		stop
	EOF
	try -0 fetch
	assert_stdout -n "ababab$(printf 'cde%.0s' {1..30000})"
	assert_writes 19 2 2 2 65538 24462
}

@test "rawd: 20,000 events are sent fast, and none is missing" {
	serve <<-'EOF'
		accept
		read
		sse
		burst 20000 delta "word "
		done
		accept
		read
		sse
		times 20000 delta "word "
		done
	EOF
	local begin=${EPOCHREALTIME/./}
	try -0 fetch
	(($(grep -c '"content":"word "' "$BATS_TEST_TMPDIR/stdout") == 20000))
	try -0 fetch
	(($(grep -c '"content":"word "' "$BATS_TEST_TMPDIR/stdout") == 20000))
	# Both took 0.2 s; a deadline is ten times that, and more.
	((${EPOCHREALTIME/./} - begin < 5000000))
}

@test "rawd: forever goes on until the client hangs up" {
	serve <<-'EOF'
		accept
		read
		sse
		burst forever delta "word "
		mark over
		accept
		read
		sse
		times forever delta "word "
		mark over
	EOF
	try -0 bash -c "curl -sN '$DMR_HOST' | head -c 100000 | wc -c"
	assert_stdout 100000
	reached over
	try -0 bash -c "curl -sN '$DMR_HOST' | head -c 1000 | wc -c"
	reached over 2
	closed 1
	closed 2
}

@test "rawd: expect-close sees the client hang up" {
	serve <<-'EOF'
		accept
		read
		sse
		delta "x"
		mark sent
		expect-close 10000
		mark gone
	EOF
	start curl -sSN "$DMR_HOST"
	reached sent
	kill -INT "$pid"
	finish -130
	reached gone
	closed 1
}

@test "rawd: expect-close complains of a client that stays" {
	serve <<-'EOF'
		accept
		read
		expect-close 10
		json 200 "1"
	EOF
	try -0 fetch
	assert_file "$requests/complaints" \
		"rawd: /dev/stdin:3: no close in 10 ms"
	: >"$requests/complaints"
}

@test "rawd: refuse closes the listening socket" {
	serve <<-'EOF'
		accept
		refuse
		read
		json 200 "1"
		mark over
	EOF
	try -0 fetch
	reached over
	try -7 fetch
}

@test "rawd: stop ends the server" {
	serve <<-'EOF'
		accept
		read
		stop
	EOF
	try -52 fetch
	wait "${rawd_pids[0]}"
	try -7 fetch
}

@test "rawd: a connection too many is a complaint" {
	serve <<-'EOF'
		accept
		read
		json 200 "1"
	EOF
	try -0 fetch
	try -52 fetch --http0.9
	try -52 fetch --http0.9
	assert_file "$requests/complaints" \
		"rawd: /dev/stdin: connection 2 is not in it" \
		"rawd: /dev/stdin: connection 3 is not in it"
	: >"$requests/complaints"
}

@test "rawd: sendfile sends a file or a part of it" {
	printf 0123456789 >"$BATS_TEST_TMPDIR/digits"
	serve <<-EOF
		accept
		read
		send "HTTP/1.0 200 OK\r\n\r\n"
		sendfile $BATS_TEST_TMPDIR/digits
		sendfile $BATS_TEST_TMPDIR/digits 2
		sendfile $BATS_TEST_TMPDIR/digits 3 5
		sendfile $BATS_TEST_TMPDIR/digits 8 -1
		sendfile $BATS_TEST_TMPDIR/digits -2
		sendfile rawd.bats 0 6
	EOF
	try -0 fetch
	assert_stdout -n "01234567892345678934889# What"
}

@test "rawd: a Unix socket serves as well" {
	serve_unix <<-'EOF'
		accept
		read
		sse
		delta "x"
		done
	EOF
	[[ $DMR_HOST == "unix://$socket" ]]
	try -0 curl -sS --unix-socket "$socket" http://localhost/
	[[ $output == *'[DONE]' ]]
	assert_requests 1
}

@test "rawd: -p takes a fixed port, -P names the one it has in a file" {
	echo stop >"$BATS_TEST_TMPDIR/scenario"
	try -0 "$RAWD" -P "$BATS_TEST_TMPDIR/port" "$BATS_TEST_TMPDIR/scenario"
	assert_stdout
	port=$(<"$BATS_TEST_TMPDIR/port")
	((port > 0))
	try -0 "$RAWD" -p "$port" "$BATS_TEST_TMPDIR/scenario"
	assert_stdout "$port"
}

@test "rawd: it listens on loopback only" {
	need ss
	serve </dev/null
	try -0 ss -Hltn "sport = :${DMR_HOST##*:}"
	[[ $output == *"127.0.0.1:${DMR_HOST##*:} "* ]]
	((${#output} > 0 && $(wc -l <"$BATS_TEST_TMPDIR/stdout") == 1))
}

@test "rawd: silence for too long ends it, in mid-scenario with a complaint" {
	printf 'accept\n' >"$BATS_TEST_TMPDIR/scenario"
	try -0 "$RAWD" -t 1 "$BATS_TEST_TMPDIR/scenario"
	assert_stderr "rawd: nothing happened for too long"
	printf '# nothing\n' >"$BATS_TEST_TMPDIR/scenario"
	try -0 "$RAWD" -t 1 "$BATS_TEST_TMPDIR/scenario"
	assert_stderr
}

@test "rawd: SIGTERM ends it quietly" {
	serve </dev/null
	kill "${rawd_pids[0]}"
	wait "${rawd_pids[0]}"
}

@test "rawd: a mistake in a scenario is named by file and line" {
	local at="rawd: $BATS_TEST_TMPDIR/bad"

	refuse accept '' 'reed # and more'
	assert_stderr "$at:3: unknown command 'reed'"
	refuse read
	assert_stderr "$at:1: 'read' without a connection: accept one first"
	refuse accept close 'send "x"'
	assert_stderr "$at:3: 'send' without a connection: accept one first"
	refuse accept 'send "x'
	assert_stderr "$at:2: no closing \""
	refuse accept "send 'x'y"
	assert_stderr "$at:2: no space after the closing '"
	refuse accept 'send "\q"'
	assert_stderr "$at:2: unknown escape '\\q'"
	refuse accept 'send "\x4"'
	assert_stderr "$at:2: unknown escape '\\x'"
	refuse accept send
	assert_stderr "$at:2: usage: send BYTES"
	refuse 'sleep 1x'
	assert_stderr "$at:1: '1x' is not a number from 0 to 2147483647"
	refuse accept 'json 99 x'
	assert_stderr "$at:2: '99' is not a number from 100 to 999"
	refuse accept 'times 3 close'
	assert_stderr "$at:2: 'close' does not send"
	refuse accept 'framing odd'
	assert_stderr "$at:2: usage: framing chunked|plain"
	refuse repeat read accept
	assert_stderr "$at:3: no block can follow the one of 'repeat'"
	refuse accept 'sendfile /nonexistent'
	assert_stderr "$at:2: cannot read '/nonexistent': No such file or directory"
	refuse accept 'sendfile /dev/null 1'
	assert_stderr "$at:2: '1' is not a number from 0 to 0"
	refuse 'await /dev/null'
	assert_stderr "$at:1: '/dev/null' is not a FIFO"
	refuse 'mark 1 2 3 4 5 6 7 8 9 10 11 12'
	assert_stderr "$at:1: more than 12 words"
}

@test "rawd: wrong options are a usage error" {
	try -2 "$RAWD"
	[[ $stderr == "usage: rawd "* ]]
	try -2 "$RAWD" -p 65536 /dev/null
	[[ $stderr == "usage: rawd "* ]]
	try -1 "$RAWD" /nonexistent
	assert_stderr "rawd: /nonexistent: No such file or directory"
	try -0 "$RAWD" -h
	[[ $output == "usage: rawd "*expect-close* ]]
}

@test "lib: a complaint of the server fails the test" {
	try -1 inner_bats "serve <<<accept
		curl -s \$DMR_HOST \$DMR_HOST || :
		curl -s \$DMR_HOST || :
		reached complaints"
	[[ $output == *"connection 2 is not in it"* ]]
}

@test "lib: a mistake in a scenario fails the test at once" {
	try -1 inner_bats "serve <<<reed"
	[[ $output == *"stdin:1: unknown command 'reed'"* ]]
}

@test "lib: nothing of the outer environment reaches a tool" {
	try -0 inner_bats "env | sort | sed -n '/^DMR_/p;/proxy/Ip;/^XDG/p
		/MODEL/p;/^HF_/p;/COLOR/p;/^LC_/p;/^LANG/p' >'$BATS_TEST_TMPDIR/env'
		[[ \$PATH == '$BUILD':* && \$HOME == \$BATS_TEST_TMPDIR/home ]]" \
		DMR_MODEL=x DMR_FOO=x http_proxy=x NO_PROXY=x MODEL_RUNNER_HOST=x \
		VISION_MODEL=x HF_TOKEN=x NO_COLOR=1 LC_NUMERIC=de XDG_RUNTIME_DIR=x
	try -0 sed 's:=/.*:=...:' "$BATS_TEST_TMPDIR/env"
	assert_stdout DMR_HOST=http://127.0.0.1:1 LC_ALL=C.UTF-8 \
		XDG_CONFIG_HOME=...
}

@test "lib: try keeps output and error apart and to the byte" {
	try -3 bash -c 'printf "a\0b\n\n"; printf e >&2; exit 3'
	assert_stdout -f <(printf 'a\0b\n\n')
	assert_stderr -n e
	printf 'in\n' | try -0 cat
	assert_stdout in
	try true
	assert_stdout
	assert_stderr
	((status == 0))
	run ! try -1 true
	[[ $output == "exit status 0 instead of 1: true"* ]]
	run ! assert_stdout more
	[[ $output == *"-more" ]]
}

@test "lib: try ends what takes too long" {
	DEADLINE=0.2
	run ! try -0 sleep 10
	[[ $output == *"124 may be the deadline"* ]]
}

@test "lib: start and finish pass on signals and standard input" {
	start cat < <(echo hello)
	finish -0
	assert_stdout hello
	start bash -c 'trap "exit 9" INT; while :; do sleep 0.01; done'
	kill -INT "$pid"
	finish
	((status == 9 || status == 130))
	start sleep 100
	kill -KILL "$pid"
	finish -137
}

@test "lib: pty gives a terminal to the descriptors asked for" {
	local ask='for f in 0 1 2; do test -t $f && printf $f; done; exit 0'

	try -0 pty sh -c "$ask"
	assert_stdout
	assert_tty -n 012
	try -0 pty -t 1 sh -c "$ask" </dev/null
	assert_tty -n 1
	try -0 pty -t 02 sh -c "$ask"
	assert_stdout -n 02
	assert_tty -n ''
}

@test "lib: pty types, ends the input, and shows the exact bytes" {
	try -0 pty -t 01 -i 'one\n' -e cat
	assert_tty one
	try -0 pty -t 0 -i 'no newline \xc3\xa4' -e cat
	assert_stdout -n 'no newline ä'
	try -0 pty -t 1 printf 'a\n\tb\r\n\033[1m'
	assert_tty -n $'a\n\tb\r\n\033[1m'
	try -0 pty --echo -i 'x\n' sh -c 'read x; echo got $x'
	assert_tty x 'got x'
	try -0 pty -c 44 stty size
	assert_tty '24 44'
}

@test "lib: pty passes on the exit status and ^C" {
	try -7 pty sh -c 'exit 7'
	try -143 pty sh -c 'kill -TERM $$'
	try -130 pty -w 'ready' -i '\x03' sh -c 'echo ready; exec sleep 10'
	assert_tty ready
	try -124 pty -d 0.2 sleep 10
	try -127 pty /nonexistent
}

@test "lib: what is lacking is a skip with its reason, and a failure in CI" {
	try -0 inner_bats "need bash no-such-tool; false"
	[[ $output == *"# skip lacks no-such-tool" ]]
	try -1 inner_bats "need no-such-tool" CI=true
	[[ $output == *"lacks no-such-tool"* ]]
	have bash
	run ! have no-such-tool
}

@test "lib: P2: a key on standard error fails any test" {
	run -1 inner_bats 'try bash -c "echo sk-s3cret >&2"'
	[[ $output == *'a key on standard error'* ]]
	run -0 inner_bats 'try bash -c "echo sk-s3cre7 >&2"'
}
