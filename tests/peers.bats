# Where other clients fail: each was measured to, against the same server.
# shellcheck disable=SC2154 # variables that lib.bash and chat.bash set
# shellcheck disable=SC2016 # what another shell shall expand

load lib
load chat

early='the answer ended before its end: no finish_reason came'
# Window title, clipboard, colours, and what clears the screen.
escapes='\x1b]0;title\x07a\x1b]52;c;ZXZpbA==\x07b\x1b[31mc\x1b[2J\x9b1md'

@test "peers: finish length is exit 3 and one line" {
	stream <<<$'delta "Hel"\nfinish length\ndone'
	try -3 dmr-chat -n hello
	assert_stdout Hel
	assert_stderr "dmr-chat: $cut_error"
}

@test "peers: finish content_filter is exit 4" {
	stream <<<$'finish content_filter\ndone'
	try -4 dmr-chat -n hello
	assert_stdout
	assert_stderr 'dmr-chat: the model refused (content_filter)'
}

@test "peers: a refusal delta is exit 4, its reason on standard error" {
	stream <<-'EOF'
		event '{"choices":[{"delta":{"refusal":"Not with me"}}]}'
		event '{"choices":[{"delta":{"refusal":", no."}}]}'
		finish stop
		done
	EOF
	try -4 dmr-chat -n hello
	assert_stdout
	assert_stderr 'dmr-chat: the model refused: Not with me, no.'
}

@test "peers: an empty reply is exit 5" {
	stream <<<$'delta ""\nfinish stop\ndone'
	try -5 dmr-chat -n hello
	assert_stdout
	assert_stderr "dmr-chat: the model's answer is empty"
}

@test "peers: <think>x</think>answer is split" {
	serve_all '<think>x</think>answer'
	try -0 dmr-chat -n hello
	assert_stdout answer
	assert_stderr
	try -0 dmr-chat -n -R @why hello
	assert_stdout answer
	[[ $(<why) == x ]]
}

@test "peers: reasoning_content goes where -R says" {
	stream <<-'EOF'
		event '{"choices":[{"delta":{"reasoning_content":"x"}}]}'
		delta "answer"
		finish stop
		done
	EOF
	try -0 dmr-chat -n hello
	assert_stdout answer
	assert_stderr
	try -0 dmr-chat -n -R stderr hello
	assert_stdout answer
	assert_stderr x
	try -0 dmr-chat -n -R stdout hello
	assert_stdout x '' answer
}

@test "peers: escapes are exact in a pipe" {
	# U+009B, since a byte 9B alone is no text.
	serve_all "${escapes//\\x9b/\\xc2\\x9b}"
	try -0 dmr-chat -n hello
	assert_stdout -f <(printf '%b\n' "${escapes//\\x9b/\\xc2\\x9b}")
	assert_stderr
}

@test "peers: escapes are visible on a terminal, and nothing else" {
	need python3
	serve_all "${escapes//\\x9b/\\xc2\\x9b}"
	try -0 pty dmr-chat -n hello
	run -1 grep -P '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' tty
	assert_tty '\x1b]0;title\x07a\x1b]52;c;ZXZpbA==\x07b\x1b[31mc\x1b[2J\u{9b}1md'
}

@test "peers: an error in mid-stream is exit 22, text and a newline are kept" {
	stream <<-'EOF'
		delta "Hello wor"
		event '{"error":{"code":500,"message":"boom","type":"server_error"}}'
	EOF
	try -22 dmr-chat -n hello
	assert_stdout 'Hello wor'
	assert_stderr 'dmr-chat: the server broke the answer off: boom'
}

@test "peers: a connection cut in mid-stream is exit 18" {
	stream <<<$'delta "Hello wor"\nclose'
	try -18 dmr-chat -n hello
	assert_stdout 'Hello wor'
	[[ $stderr == 'dmr-chat: the connection broke off: '* ]]
	[[ $stderr != *$'\n'* ]]
	stream <<<$'delta "Hello wor"\nchunk ""'
	try -18 dmr-chat -n hello
	assert_stdout 'Hello wor'
	assert_stderr "dmr-chat: $early"
}

@test "peers: HTTP 500 is exit 22, on standard error alone" {
	serve <<-'EOF'
		repeat
		read
		json 500 '{"error":{"code":500,"message":"boom"}}'
	EOF
	try -22 dmr-chat -n hello
	assert_stdout
	assert_stderr "dmr-chat: '$DMR_HOST' answered 500: boom"
	assert_requests 1
}

@test "peers: HTTP 503 with Retry-After is waited for, then exit 22" {
	local start ms

	serve <<-'EOF'
		repeat
		read
		json 503 '{"error":{"message":"busy"}}' "Retry-After: 1"
	EOF
	start=$(date +%s%3N)
	try -22 dmr-chat -n --retry 1 hello
	ms=$(($(date +%s%3N) - start))
	assert_stdout
	assert_stderr "dmr-chat: '$DMR_HOST' answered 503: busy"
	assert_requests 2
	echo "$ms ms"
	((ms >= 1000))
}

@test "peers: a line of 70 kB, and one of 5 MB, is an answer" {
	local n

	for n in 70000 5000000; do
		head -c "$n" /dev/zero | tr '\0' a >text
		{
			printf 'data: {"choices":[{"delta":{"content":"'
			cat text
			printf '"}}]}\n\n'
		} >event
		serve <<-EOF
			accept
			framing plain
			read
			sse
			sendfile $PWD/event
			finish stop
			done
		EOF
		try -0 dmr-chat -n hello
		echo >>text
		assert_stdout -f text
		assert_stderr
	done
}

@test "peers: | head -1 of 20,000 lines ends it by SIGPIPE, silently" {
	serve <<-'EOF'
		accept
		framing plain
		read
		sse
		times 20000 delta "a line of the answer\n"
		finish stop
		done
	EOF
	try -0 bash -c 'dmr-chat -n hello | head -n 1
		[[ ${PIPESTATUS[0]} == 141 ]]'
	assert_stdout 'a line of the answer'
	assert_stderr
}

@test "peers: a full device is exit 23" {
	serve_all ok
	try -23 bash -c 'exec dmr-chat -n hello >/dev/full'
	assert_stderr \
		'dmr-chat: cannot write standard output: No space left on device'
}

@test "peers: a closed standard output is exit 23" {
	serve_all ok
	try -23 bash -c 'exec dmr-chat -n hello >&-'
	assert_stderr \
		'dmr-chat: cannot write standard output: Bad file descriptor'
}

@test "peers: an open pipe as standard input is told, and -n does not mind it" {
	local traced=(env ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace)

	need strace
	serve_all ok
	mkfifo input
	exec 7<>input
	try -0 dmr-chat -n hello <&7
	exec 7>&-
	assert_stdout ok
	assert_stderr
	# The ten seconds are over at once here.
	start "${traced[@]}" -e inject=poll:retval=0:when=1 \
		bash -c 'exec dmr-chat hello <input'
	exec 7>input
	until [[ -s stderr ]]; do
		kill -0 "$pid"
		sleep 0.01
	done
	assert_stderr 'dmr-chat: still waiting for standard input; -n does not read it'
	grep -q 'poll(.*fd=0.* 10000)' trace
	echo text >&7
	exec 7>&-
	finish -0
	assert_stdout ok
	assert_prompt 2 $'hello\n\ntext'
}

@test "peers: invalid UTF-8 on standard input is U+FFFD and a warning" {
	serve_all ok
	try -0 dmr-chat hello < <(printf 'caf\xe9, \xed\xa0\x80 and \xff')
	assert_stdout ok
	assert_stderr 'dmr-chat: standard input: 5 bytes are no UTF-8 text, U+FFFD is sent instead'
	assert_prompt 1 $'hello\n\ncaf\ufffd, \ufffd\ufffd\ufffd and \ufffd'
}

@test "peers: a refused connection is exit 7 at the first try, and says to where" {
	try -7 env ASAN_OPTIONS=detect_leaks=0 strace -qq -f -o trace \
		-e trace=connect,poll,ppoll,epoll_wait,nanosleep,clock_nanosleep \
		dmr-chat -n --retry 2 hello
	assert_stdout
	assert_stderr "dmr-chat: cannot connect to 'http://127.0.0.1:1': connection refused; try: docker model status"
	(($(grep -c 'connect(.*htons(1)' trace) == 1))
	run -1 grep nanosleep trace
}

# ---- what else they stumble over

@test "peers: café € arrives as it was sent, and comes back so" {
	serve_all 'caf\xc3' '\xa9 \xe2\x82' '\xac \xf0\x9f\x98' '\x80'
	try -0 dmr-chat 'café €' <<<'😀 ü'
	assert_stdout 'café € 😀'
	assert_stderr
	request 1 | grep -qF '"café €\n\n😀 ü"'
}

@test "peers: text of progress before the stream is no answer, and no harm" {
	local type

	for type in text/event-stream text/plain; do
		serve <<-EOF
			accept
			read
			send "HTTP/1.1 200 OK\r\nContent-Type: $type\r\n"
			send "Transfer-Encoding: chunked\r\n\r\n"
			chunk "Unable to find model ai/m locally. Pulling.\n"
			chunk "Downloaded 3.00MB of 9.00MB\n\n"
			delta "Hello"
			finish stop
			done
		EOF
		try -0 dmr-chat -n hello
		assert_stdout Hello
		assert_stderr
	done
}

@test "peers: text of progress and no stream behind it is no answer" {
	serve <<-'EOF'
		accept
		read
		sse
		chunk "Unable to find model ai/m locally. Pulling.\n"
		chunk "Downloaded 3.00MB of 9.00MB\n\n"
		chunk ""
	EOF
	try dmr-chat -n hello
	((status == 18 || status == 22))
	assert_stdout
}

@test "peers: a web page with status 200 is exit 22" {
	serve <<-'EOF'
		repeat
		read
		text 200 "<!DOCTYPE html>\n<html><body>Sign in</body></html>\n"
	EOF
	try -22 dmr-chat -n hello
	assert_stdout
	assert_stderr "dmr-chat: the answer is a web page, not a model's"
	try -22 dmr-chat -n --no-stream hello
	assert_stdout
	assert_stderr "dmr-chat: the answer is a web page, not a model's"
}

@test "peers: trailers behind the last chunk are fine" {
	serve <<-'EOF'
		accept
		read
		sse "Trailer: X-Sum"
		delta "Hello"
		finish stop
		event '[DONE]'
		send "0\r\nX-Sum: 1\r\nX-Other: 2\r\n\r\n"
	EOF
	try -0 dmr-chat -n hello
	assert_stdout Hello
	assert_stderr
}

@test "peers: the size by which the prompt is too long is told" {
	serve <<-'EOF'
		accept
		read
		json 400 '{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error","n_prompt_tokens":12031,"n_ctx":8192}}'
	EOF
	try -3 dmr-chat -n hello
	assert_stdout
	[[ $stderr == *12031*8192* && $stderr != *$'\n'* ]]
	assert_requests 1
}

@test "O10: < file > file is an empty input, -o file is not" {
	echo text >file
	try -26 bash -c 'exec dmr-chat <file >file'
	assert_stderr 'dmr-chat: standard input is empty'
	serve_all ok
	echo text >file
	try -0 dmr-chat hello -o file <./file
	assert_prompt 1 $'hello\n\ntext'
	assert_file file ok
}
