# What dmr-chat makes of a stream: what is text, what is the end, what is none.
# shellcheck disable=SC2154 # variables that lib.bash sets

load lib

# Serves one stream: the scenario on standard input follows its head.
stream() {
	serve < <(printf 'accept\nread\nsse\n' && cat)
}

# ask [-STATUS] [OPTION ...]
ask() { try "$1" dmr-chat -n "${@:2}" hello; }

# assert_fault REASON [LINE ...]
# It said why in one line, and printed what had come.
assert_fault() {
	assert_stdout "${@:2}"
	assert_stderr "dmr-chat: $1"
}

early='the answer ended before its end: no finish_reason came'
boom='the server broke the answer off: boom'
hello='{"choices":[{"finish_reason":"stop","index":0,"message":'
hello+='{"role":"assistant","content":"Hello"}}]}'

# A chunk of a stream, whose delta is the JSON given.
delta() { printf '{"choices":[{"index":0,"delta":%s}]}' "$1"; }

# ---- the event stream

@test "S1: lines may end in LF, CR, CRLF, or each in another" {
	local cr='\r' lf='\n' end
	local text='{\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}'
	local stop='{\"choices\":[{\"finish_reason\":\"stop\"}]}'

	for end in "$lf$lf" "$cr$cr" "$cr$lf$cr$lf" "$cr$lf$cr" "$lf$cr"; do
		stream <<-EOF
			chunk "data: $text$end: ping${end}data: $stop$end"
			chunk "data: [DONE]$end"
			chunk ""
		EOF
		ask -0
		assert_stdout Hello
		assert_stderr
	done
}

@test "S1: a CRLF that two packets part is one line's end" {
	stream <<-'EOF'
		slow 5
		chunk "data: {\"choices\":[{\"delta\":\r"
		chunk "\ndata: {\"content\":\"Hello\"}}]}\r"
		chunk "\n\r"
		slow off
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
}

@test "S2: a stream of single bytes is the same stream" {
	stream <<-'EOF'
		slow 0
		role
		delta "Hel"
		delta "l\xc3\xb6"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hellö
	assert_stderr
}

@test "S3: a BOM before the stream is dropped, also byte by byte" {
	stream <<-'EOF'
		chunk "\xef"
		chunk "\xbb"
		chunk "\xbf"
		delta "Hello"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S3: a second BOM makes the first field another one" {
	stream <<-'EOF'
		chunk "\xef\xbb\xbf\xef\xbb\xbf"
		delta "lost"
		delta "Hello"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
}

@test "S3: a BOM before one JSON text is dropped" {
	serve <<-EOF
		accept
		read
		json 200 "\xef\xbb\xbf${hello//\"/\\\"}"
	EOF
	ask -0
	assert_stdout Hello
}

@test "S4: comments are nothing" {
	stream <<-'EOF'
		chunk ":\n\n: ping\n\n::\n:data: x\n\n"
		delta "Hel"
		chunk ": data: x\n\n"
		delta "lo"
		chunk ":"
		chunk " {\"error\":1}\n\n"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S4: a million comments take no memory" {
	local before after

	serve <<-'EOF'
		accept
		framing plain
		read
		sse
		delta "Hel"
		await first
		burst 1000000 send ": ping\n\n"
		delta "lo"
		mark sent
		await second
		finish stop
		done
	EOF
	start dmr-chat -n hello
	shown 3
	before=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status")
	go first
	reached sent
	shown 5
	after=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status")
	go second
	finish -0
	assert_stdout Hello
	echo "$before kB, then $after kB"
	((after - before < 4096))
}

@test "S4: comments are signs of life" {
	stream <<-'EOF'
		delta "Hel"
		sleep 400
		chunk ": ping\n\n"
		sleep 400
		chunk ":\n\n"
		sleep 400
		delta "lo"
		finish stop
		done
	EOF
	ask -0 --idle-timeout 1s
	assert_stdout Hello
}

@test "S4: comments alone, then the end: exit 18" {
	stream <<-'EOF'
		chunk ": ping\n\n"
		chunk ": ping\n\n"
		chunk ""
	EOF
	ask -18
	assert_fault "$early"
}

@test "S4: 48 MiB of blank lines before an answer are nothing" {
	serve <<-'EOF'
		accept
		framing plain
		read
		sse
		burst 3000000 send "\n\r\n\n\r\n\n\r\n\n\r\n\n\r\n\n"
		delta "Hello"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
}

@test "S5: lines of data are one JSON text" {
	stream <<-'EOF'
		chunk "data: {\"choices\":\ndata: [{\"delta\":\n"
		chunk "data: {\"content\":\"Hello\"}}\ndata: ]}\n\n"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
}

@test "S5: a string of JSON cannot go on in a second line" {
	stream <<-'EOF'
		chunk "data: {\"choices\":[{\"delta\":{\"content\":\"Hel\n"
		chunk "data: lo\"}}]}\n\n"
		finish stop
		done
	EOF
	ask -22
	assert_stdout
}

@test "S6: data without its colon, its space, or anything" {
	stream <<-'EOF'
		chunk "data\n\n"
		chunk "data:\n\n"
		chunk "data: \n\n"
		chunk "data:{\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\n"
		chunk "data:  {\"choices\":[{\"delta\":{\"content\":\"lo\"}}]}\n\n"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S7: fields that nobody needs are nothing" {
	stream <<-'EOF'
		chunk "retry: abc\nid: 1\0002\nevent: message\nfoo: bar\nbaz\n"
		delta "Hel"
		chunk "id\nevent\nretry: 5\n\n"
		delta "lo"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S7: an event named error is exit 22, whatever its data" {
	local data

	for data in '{\"error\":{\"message\":\"boom\"}}' \
		'{\"message\":\"boom\",\"code\":500}' 'boom'; do
		stream <<-EOF
			delta "Hel"
			chunk "event: error\ndata: $data\n\n"
			finish stop
			done
		EOF
		ask -22
		assert_fault "$boom" Hel
	done
}

@test "S7: an event of another name is not an error" {
	stream <<-'EOF'
		chunk "event: error\n\n"
		chunk "event: ping\ndata: {\"type\":\"ping\"}\n\n"
		chunk "event: errors\n"
		delta "Hello"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S8: a NUL in an event makes it no JSON" {
	stream <<-'EOF'
		delta "Hel"
		chunk "data: {\"choices\":[{\"delta\":{\"content\":\"l\0o\"}}]}\n\n"
		finish stop
		done
	EOF
	ask -22
	assert_stdout Hel
}

@test "S9: a last event without its blank line does not count" {
	local end

	for end in '' '\n'; do
		stream <<-EOF
			delta "Hel"
			chunk "data: {\"choices\":[{\"delta\":{\"content\":\"lo\"},"
			chunk "\"finish_reason\":\"stop\"}]}$end"
			chunk ""
		EOF
		ask -18
		assert_fault "$early" Hel
	done
}

@test "S9: once the finish_reason has come, it may be cut" {
	stream <<-'EOF'
		delta "Hello"
		finish stop
		chunk "data: {\"choices\":[],\"usage\":{}}\n"
		chunk ""
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S10: [DONE] may lack its blank line, have blanks, come twice" {
	local end

	for end in 'data: [DONE]' 'data: [DONE]\n' 'data:[DONE]  \t\n\n' \
		'data: [DONE]\n\ndata: [DONE]\n\n'; do
		stream <<-EOF
			delta "Hello"
			finish stop
			chunk "$end"
			chunk ""
		EOF
		ask -0
		assert_stdout Hello
		assert_stderr
	done
}

@test "S10: [done] is exit 22: it is no JSON" {
	stream <<-'EOF'
		delta "Hello"
		finish stop
		event '[done]'
		done
	EOF
	ask -22
	assert_stdout Hello
}

@test "S11: what comes behind [DONE] is not read" {
	stream <<-'EOF'
		delta "Hello"
		finish stop
		event '[DONE]'
		delta "lost"
		event '{"error":{"message":"lost"}}'
		event '<'
		chunk ""
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S11: behind [DONE] the connection is closed, sent on or not" {
	stream <<-'EOF'
		delta "Hello"
		finish stop
		event '[DONE]'
		burst forever event "lost"
	EOF
	ask -0
	assert_stdout Hello
	closed
	stream <<-'EOF'
		delta "Hello"
		finish stop
		event '[DONE]'
		expect-close 20000
	EOF
	ask -0
	assert_stdout Hello
	closed
}

# ---- errors inside the stream

@test "S12: an error inside the stream is exit 22, what came is kept" {
	local error

	for error in '{"error":{"code":500,"message":"boom","type":"x"}}' \
		'{"error":"boom"}' '{"error":{"message":"boom\nbang"}}' \
		'{"type":"error","message":"boom"}' '{"detail":"boom"}' \
		'{"choices":[],"error":{"message":"boom"}}'; do
		stream <<-EOF
			role
			delta "Hel"
			event '$error'
			chunk ""
		EOF
		ask -22
		assert_fault "$boom" Hel
	done
}

@test "S12: an error before any text prints nothing" {
	stream <<-'EOF'
		role
		event '{"error":{"message":"boom"}}'
		chunk ""
	EOF
	ask -22
	assert_fault "$boom"
}

@test "S12: a context that is full inside the stream is exit 3" {
	stream <<-'EOF'
		delta "Hel"
		event '{"error":{"type":"exceed_context_size_error","n_ctx":64,"n_prompt_tokens":80}}'
		done
	EOF
	ask -3
	assert_stdout Hel
	[[ $stderr == 'dmr-chat: the prompt has 80 tokens, '*' context 64; try: '* ]]
}

@test "S12: a model missing inside the stream is exit 6" {
	stream <<-'EOF'
		event '{"error":{"code":"model_not_found","message":"x"}}'
		done
	EOF
	ask -6 -m ai/nope
	assert_stdout
	[[ $stderr == "dmr-chat: no model 'ai/nope' on '$DMR_HOST'; try: "* ]]
}

@test "S12: nothing is asked again once text was printed" {
	serve <<-'EOF'
		accept
		read
		sse
		delta "Hel"
		event '{"error":{"code":"model_not_found","message":"x"}}'
		done
		repeat
		read
		json 200 '{"data":[{"id":"ai/m"}]}'
	EOF
	ask -6
	assert_stdout Hel
	assert_requests 1
}

@test "S12: an error inside the stream is not retried" {
	stream <<-'EOF'
		event '{"error":{"code":503,"message":"boom"}}'
		done
	EOF
	ask -22
	assert_fault "$boom"
	assert_requests 1
}

@test "S12: a message without choices is an error" {
	local error

	for error in '{"object":"error","message":"boom","code":400}' \
		'{"type":"error","message":"boom"}' '{"message":"boom"}'; do
		stream <<-EOF
			delta "Hel"
			event '$error'
			done
		EOF
		ask -22
		assert_fault "the server broke the answer off: boom" Hel
	done
}

@test "S12: an error that is null or empty is none" {
	stream <<-'EOF'
		event '{"error":null,"choices":[{"delta":{"content":"Hel"}}]}'
		event '{"choices":[{"delta":{"content":"lo"}}],"error":{}}'
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S13: a field named error is exit 22, what came is kept" {
	local error

	for error in ' {\"code\":500,\"message\":\"boom\"}' \
		'{\"error\":{\"message\":\"boom\"}}'; do
		stream <<-EOF
			role
			delta "Hel"
			chunk "error:$error\n\n"
			done
		EOF
		ask -22
		assert_fault "$boom" Hel
	done
}

@test "S14: an error that is not framed is exit 22, what came is kept" {
	local end

	for end in '' '\n' '\r\n' '\n\n'; do
		stream <<-EOF
			role
			delta "Hel"
			chunk "{\"error\":{\"message\":\"boom\"}}$end"
			chunk ""
		EOF
		ask -22
		assert_fault "$boom" Hel
	done
}

@test "S14: an error that is not framed may be all there is" {
	local end

	for end in '' '\n' '\n\ndata: [DONE]\n\n'; do
		stream <<-EOF
			chunk "{\"error\":{\"code\":500,"
			chunk "\"message\":\"boom\"}}$end"
			chunk ""
		EOF
		ask -22
		assert_fault "$boom"
	done
}

# ---- the end

@test "S15: one JSON text instead of a stream is an answer" {
	serve <<-EOF
		accept
		read
		json 200 '$hello'
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
	request 1 | grep -qF '"stream":true'
}

@test "S15: one JSON text labelled as a stream is one too" {
	stream <<-EOF
		chunk '${hello:0:50}'
		chunk '${hello:50}'
		chunk ""
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S15: half a JSON text is exit 18 and prints nothing" {
	stream <<-EOF
		chunk '${hello:0:-1}'
		chunk ""
	EOF
	ask -18
	assert_fault \
		'the answer ended before its end: its JSON is not whole'
}

@test "S16: a finish_reason without [DONE] is the end" {
	stream <<-'EOF'
		role
		delta "Hello"
		finish stop
		chunk ""
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S16: a finish_reason is, though the connection then breaks" {
	local end

	for end in close reset; do
		stream <<-EOF
			delta "Hello"
			finish stop
			$end
		EOF
		ask -0
		assert_stdout Hello
		assert_stderr
	done
}

@test "S17: neither [DONE] nor finish_reason is exit 18" {
	stream <<-'EOF'
		role
		delta "Hello wor"
		chunk ""
	EOF
	ask -18
	assert_fault "$early" 'Hello wor'
}

@test "S17: so it is where the connection's end ends the stream" {
	serve <<-'EOF'
		accept
		framing plain
		read
		sse
		role
		delta "Hello wor"
	EOF
	ask -18
	assert_fault "$early" 'Hello wor'
}

@test "S18: [DONE] without a finish_reason is exit 18" {
	stream <<-'EOF'
		role
		delta "Hello wor"
		done
	EOF
	ask -18
	assert_fault "$early" 'Hello wor'
}

@test "S19: a cut inside an event is exit 18, what came is kept" {
	local end

	for end in '' 'd' 'data' 'data: ' 'data: {' \
		'data: {\"choices\":[{\"delta\":{\"content\":\"lo'; do
		stream <<-EOF
			delta "Hel"
			chunk "$end "
			chunk ""
		EOF
		ask -18
		assert_fault "$early" Hel
	done
}

@test "S19: a cut inside a chunk of HTTP is exit 18" {
	stream <<-'EOF'
		delta "Hel"
		send "ff\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"lo"
		close
	EOF
	ask -18
	assert_stdout Hel
	[[ $stderr == 'dmr-chat: the connection broke off: '* ]]
}

@test "S20: an empty stream is exit 18" {
	stream <<-'EOF'
		chunk ""
	EOF
	ask -18
	assert_fault "$early"
}

@test "S20: [DONE] and nothing else is exit 18" {
	stream <<-'EOF'
		done
	EOF
	ask -18
	assert_fault "$early"
}

# ---- chunks

@test "S21: a chunk without a choice may stand anywhere" {
	stream <<-'EOF'
		event '{"choices":[],"usage":{"total_tokens":1}}'
		delta "Hel"
		event '{"choices":[]}'
		delta "lo"
		finish stop
		event '{"choices":[],"usage":{"total_tokens":9}}'
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S22: choices may be missing or null" {
	stream <<-'EOF'
		event '{"usage":{"total_tokens":1}}'
		delta "Hel"
		event '{"choices":null,"usage":null}'
		delta "lo"
		finish stop
		event '{"choices":null,"usage":{"total_tokens":9}}'
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S22: choices of another type are exit 22" {
	local choices

	for choices in '{}' '{"0":{"delta":{"content":"x"}}}' '"x"' '""' 7 \
		true; do
		stream <<-EOF
			delta "Hel"
			event '{"choices":$choices}'
			finish stop
			done
		EOF
		ask -22
		assert_fault "the server's answer cannot be read: event 2: \
choices is no array; -vvv shows it" Hel
	done
}

@test "S23: delta may be missing or null" {
	stream <<-EOF
		event '{"choices":[{"index":0}]}'
		delta "Hello"
		event '$(delta null)'
		event '{"choices":[{"index":0,"finish_reason":"stop"}]}'
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S23: a message beside a delta of null is read" {
	stream <<-'EOF'
		event '{"choices":[{"index":0,"delta":null,"message":{"content":"Hello"},"finish_reason":"stop"}]}'
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S23: a delta of another type is exit 22" {
	local delta

	for delta in '"x"' '["x"]' '[]' 7 false; do
		stream <<-EOF
			delta "Hel"
			event '$(delta "$delta")'
			finish stop
			done
		EOF
		ask -22
		assert_fault "the server's answer cannot be read: event 2: \
a message is no object; -vvv shows it" Hel
	done
}

@test "S24: content may be null or empty" {
	stream <<-EOF
		role
		delta ""
		delta "Hello"
		event '$(delta '{"content":null}')'
		delta ""
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S24: an answer of nothing is exit 5" {
	stream <<-'EOF'
		role
		delta ""
		finish stop
		done
	EOF
	ask -5
	assert_fault "the model's answer is empty"
}

@test "S25: content of another type is exit 22" {
	local content

	for content in 42 true '{"text":"x"}' '["x"]' '[{"type":"image_url"}]' \
		'[{"type":"text","text":7}]' \
		'[{"type":"image","text":"x"}]'; do
		stream <<-EOF
			delta "Hel"
			event '$(delta "{\"content\":$content}")'
			finish stop
			done
		EOF
		ask -22
		assert_stdout Hel
		[[ $stderr == "dmr-chat: the server's answer cannot be read: "* ]]
		[[ $stderr != *$'\n'* ]]
	done
}

@test "S25: parts of text are joined" {
	stream <<-EOF
		event '$(delta '{"content":[{"type":"text","text":"He"},{"text":"l"}]}')'
		event '$(delta '{"content":[]}')'
		delta "lo"
		finish stop
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

# ---- finish_reason

@test "S31: finish_reason length is exit 3, the text is kept" {
	stream <<-'EOF'
		delta "Hel"
		finish length
		done
	EOF
	ask -3
	assert_fault "the answer was cut at the token limit; try: a larger \
--max-tokens, or --cut-ok" Hel
}

@test "S31: with --cut-ok it is a good answer" {
	stream <<-'EOF'
		delta "Hel"
		finish length
		done
	EOF
	ask -0 --cut-ok
	assert_stdout Hel
	assert_stderr
}

@test "S32: finish_reason content_filter is exit 4" {
	stream <<-'EOF'
		delta "Hel"
		finish content_filter
		done
	EOF
	ask -4
	assert_fault 'the model refused (content_filter)' Hel
}

@test "S33: finish_reason tool_calls is exit 22: no tool was offered" {
	stream <<-'EOF'
		delta "Hel"
		finish tool_calls
		done
	EOF
	ask -22
	assert_fault 'the model called a tool, but none was offered' Hel
}

@test "S33: an unknown finish_reason is an end, with a warning" {
	local long=a_reason_that_nobody_has_ever_heard_of

	stream <<-'EOF'
		delta "Hello"
		finish eos
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr "dmr-chat: unknown finish_reason 'eos'"
	stream <<-EOF
		delta "Hello"
		finish $long
		done
	EOF
	ask -0
	assert_stdout Hello
	[[ $stderr == "dmr-chat: unknown finish_reason '${long:0:20}"* ]]
}

@test "S33: a finish_reason of another type is exit 22" {
	local reason

	for reason in 1 true '["stop"]' '{"type":"stop"}'; do
		stream <<-EOF
			delta "Hel"
			event '{"choices":[{"finish_reason":$reason}]}'
			done
		EOF
		ask -22
		assert_fault "the server's answer cannot be read: event 2: \
finish_reason is no text; -vvv shows it" Hel
	done
}

@test "S33: a finish_reason of null or nothing is none" {
	stream <<-'EOF'
		event '{"choices":[{"delta":{"content":"Hel"},"finish_reason":null}]}'
		event '{"choices":[{"delta":{"content":"lo"},"finish_reason":""}]}'
		chunk ""
	EOF
	ask -18
	assert_fault "$early" Hello
}

@test "S34: text beside the finish_reason is printed" {
	stream <<-'EOF'
		delta "Hel"
		event '{"choices":[{"finish_reason":"stop","delta":{"content":"lo"}}]}'
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S34: also before an error that the finish_reason is" {
	stream <<-'EOF'
		delta "Hel"
		event '{"choices":[{"finish_reason":"length","delta":{"content":"lo"}}]}'
		done
	EOF
	ask -3
	assert_stdout Hello
}

@test "S35: text behind the finish_reason is left out, with a warning" {
	stream <<-'EOF'
		delta "Hello"
		finish stop
		delta " lost"
		done
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr \
		'dmr-chat: text after the end of the answer was left out'
}

@test "S35: nothing but text behind the finish_reason is exit 5" {
	stream <<-'EOF'
		finish stop
		delta "lost"
		done
	EOF
	ask -5
	assert_stdout
	[[ $stderr == *"dmr-chat: the model's answer is empty"* ]]
}

# ---- characters

@test "S36: a character that packets part is whole" {
	stream <<-'EOF'
		slow 5
		chunk "data: {\"choices\":[{\"delta\":{\"content\":\"\xf0"
		chunk "\x9f\x98"
		chunk "\x80"
		slow off
		chunk "\"}}]}\n\n"
		finish stop
		done
	EOF
	ask -0
	assert_stdout 😀
	assert_stderr
}

@test "S37: a character that deltas part is whole, and never shown half" {
	stream <<-'EOF'
		delta "\xf0\x9f"
		delta "\x98"
		delta "\x80"
		delta "\xc3"
		await more
		delta "\xa4!"
		finish stop
		done
	EOF
	start dmr-chat -n hello
	shown 4
	assert_stdout -n 😀
	go more
	finish -0
	assert_stdout 😀ä!
	assert_stderr
}

@test "S37: each byte of half a character is a U+FFFD, with a warning" {
	stream <<-'EOF'
		delta "a\xe2\x82"
		finish stop
		done
	EOF
	ask -0
	assert_stdout 'a��'
	assert_stderr "dmr-chat: the answer held 2 bytes that are no UTF-8; \
U+FFFD stands for them"
}

@test "S37: a U+FFFD that the server made passes without a word" {
	stream <<-'EOF'
		delta "a\xef\xbf\xbd"
		delta "\xef"
		delta "\xbf\xbd"
		finish stop
		done
	EOF
	ask -0
	assert_stdout 'a��'
	assert_stderr
}

@test "S38: a surrogate pair that deltas part is whole" {
	stream <<-EOF
		event '$(delta '{"content":"a\ud83d"}')'
		event '$(delta '{"content":"\ude00b"}')'
		finish stop
		done
	EOF
	ask -0
	assert_stdout 'a😀b'
	assert_stderr
}

# ---- what came of it

@test "O11: -o leaves the file alone when the answer is cut" {
	local dir=$BATS_TEST_TMPDIR/dir

	mkdir "$dir"
	echo old >"$dir/file"
	stream <<-'EOF'
		delta "Hel"
		mark sent
		await more
		reset
	EOF
	start dmr-chat -n -o "$dir/file" hello
	reached sent
	assert_file "$dir/file" old
	go more
	finish -18
	assert_stdout
	assert_file "$dir/file" old
	[[ $(ls -A "$dir") == file ]]
}

@test "O11: -o makes no file when the answer is cut, faulty, or too long" {
	local dir=$BATS_TEST_TMPDIR/dir end
	local -A ends=(
		[18]='close'
		[22]='event {"error":{"message":"boom"}}'
		[3]='finish length'
		[4]='finish content_filter'
	)

	mkdir "$dir"
	for end in "${!ends[@]}"; do
		stream <<-EOF
			delta "Hel"
			${ends[$end]}
		EOF
		ask "-$end" -o "$dir/file"
		assert_stdout
		[[ ! $(ls -A "$dir") ]]
	done
}

@test "O11: -o has the whole answer when it is good" {
	local dir=$BATS_TEST_TMPDIR/dir

	mkdir "$dir"
	echo old >"$dir/file"
	stream <<-'EOF'
		delta "Hel"
		delta "lo"
		finish stop
		done
	EOF
	ask -0 -o "$dir/file"
	assert_stdout
	assert_file "$dir/file" Hello
	[[ $(ls -A "$dir") == file ]]
}

@test "O14: a message begins a line of its own on a terminal" {
	need python3
	stream <<-'EOF'
		delta "Hello wor"
		close
	EOF
	try -18 pty -t 12 dmr-chat -n hello
	[[ $(<"$BATS_TEST_TMPDIR/tty") == \
		'Hello wor'$'\n''dmr-chat: the connection broke off: '* ]]
}

@test "O14: no line is left blank when the text ends in a newline" {
	need python3
	stream <<-'EOF'
		delta "Hello\n"
		event '{"error":{"message":"boom"}}'
		done
	EOF
	try -22 pty -t 12 dmr-chat -n hello
	assert_tty Hello "dmr-chat: $boom"
}

@test "O14: nor when there is no text" {
	need python3
	stream <<-'EOF'
		event '{"error":{"message":"boom"}}'
		done
	EOF
	try -22 pty -t 12 dmr-chat -n hello
	assert_tty "dmr-chat: $boom"
}

@test "O14: warnings come below the text, too" {
	need python3
	stream <<-'EOF'
		delta "Hello"
		finish eos
		done
	EOF
	try -0 pty -t 12 dmr-chat -n hello
	assert_tty Hello "dmr-chat: unknown finish_reason 'eos'"
}
