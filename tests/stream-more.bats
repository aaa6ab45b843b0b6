# What dmr-chat makes of a stream, continued: reasoning, refusals, calls of
# tools, several choices; characters, sizes, numbers and labels that are odd.
# shellcheck disable=SC2154 # variables that lib.bash and chat.bash set

load lib
load chat

# ask -STATUS [OPTION ...]
ask() { try "$1" dmr-chat -n "${@:2}" hello; }

# An event with the delta of choice 0, and one with all choices.
delta() { printf "event '{\"choices\":[{\"index\":0,\"delta\":%s}]}'\n" "$1"; }
choices() { printf "event '{\"choices\":%s}'\n" "$1"; }

# Plays deltas, one an argument, and the end.
deltas() {
	stream < <(
		for delta; do
			delta "$delta"
		done
		printf 'finish stop\ndone\n'
	)
}

unreadable="dmr-chat: the server's answer cannot be read: "

# ---- beside the text

@test "S26: reasoning is not printed, whatever its member is called" {
	local name

	for name in reasoning_content reasoning thinking; do
		deltas "{\"$name\":\"hm\"}" "{\"$name\":\"so\",\"content\":\"Hel\"}" \
			"{\"$name\":null,\"content\":\"lo\"}"
		ask -0
		assert_stdout Hello
		assert_stderr
		ask -0 -R stderr
		assert_stdout Hello
		assert_stderr hmso
	done
}

@test "S26: a refusal is exit 4, and what it says is on standard error" {
	deltas '{"refusal":"I can"}' '{"refusal":"not\ndo that."}'
	ask -4
	assert_stdout
	assert_stderr "dmr-chat: the model refused: I cannot do that."
	# Text before it is kept, and another end makes no odds.
	stream < <(
		delta '{"content":"Hel"}'
		delta '{"refusal":"No."}'
		echo finish content_filter
	)
	ask -4
	assert_stdout Hel
	assert_stderr "dmr-chat: the model refused: No."
	ask -4 --json
	assert_stdout
	jq -c '[.code, .exit]' stderr | assert_file /dev/stdin '["refused",4]'
}

@test "S26: a refusal that is null or empty is none" {
	deltas '{"refusal":null,"content":"Hel"}' '{"refusal":"","content":"lo"}'
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S26: in one JSON text it is the same" {
	serve <<-'EOF'
		accept
		read
		json 200 '{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"Hello","reasoning_content":"hm"}}]}'
		accept
		read
		json 200 '{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":null,"refusal":"No."}}]}'
	EOF
	ask -0 --no-stream -R stdout
	assert_stdout hm '' Hello
	ask -4 --no-stream
	assert_stdout
	assert_stderr 'dmr-chat: the model refused: No.'
}

@test "S27: reasoning that is never closed is a cut, exit 3" {
	deltas '{"content":"<think>hm"}' '{"content":" so"}'
	ask -3
	assert_stdout
	assert_stderr 'dmr-chat: the answer ended inside its reasoning'
	ask -3 -R stdout
	assert_stdout 'hm so'
	ask -3 --json
	assert_stdout
	# The token limit is the likelier reason, and said.
	stream <<<$'delta "<think>hm"\nfinish length'
	ask -3
	assert_stdout
	assert_stderr "dmr-chat: $cut_error"
}

@test "S27: half a tag at the end is text" {
	deltas '{"content":"<thi"}'
	ask -0
	assert_stdout '<thi'
	deltas '{"content":"<"}' '{"content":"b>x"}'
	ask -0
	assert_stdout '<b>x'
}

# ---- calls of tools

@test "S28: calls are put together by their index, wherever they are cut" {
	local i text='{\"a\":\"x y\",\"b\":[1,2]}'

	stream < <(
		delta '{"tool_calls":[{"index":1,"id":"b","type":"function","function":{"name":"g"}}]}'
		delta '{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}'
		# Both in turn, an escape being the least there is.
		while [[ $text ]]; do
			i=1
			[[ $text != \\* ]] || i=2
			delta "{\"tool_calls\":[{\"index\":0,\"function\":\
{\"arguments\":\"${text:0:i}\"}},{\"index\":1,\"function\":{\"arguments\":\
\"${text:0:i}\"}}]}"
			text=${text:i}
		done
		echo finish tool_calls
	)
	ask -0 --tools "$tools"
	jq -c '[.content, (.tool_calls[] |
		.id, .type, .function.name, .function.arguments)]' stdout |
		assert_file /dev/stdin '[null,"a","function","f",'\
'"{\"a\":\"x y\",\"b\":[1,2]}","b","function","g",'\
'"{\"a\":\"x y\",\"b\":[1,2]}"]'
	assert_stderr
}

@test "S28: calls without an index are one after another" {
	stream < <(
		delta '{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}},{"id":"b","function":{"name":"g","arguments":"{}"}}]}'
		echo finish tool_calls
	)
	ask -0 --tools "$tools"
	jq -c '[.tool_calls[] | .id, .function.name, .function.arguments]' \
		stdout | assert_file /dev/stdin '["a","f","{}","b","g","{}"]'
}

@test "S28: in one JSON text they are whole" {
	serve <<-EOF
		accept
		read
		json 200 '{"choices":[{"finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":$calls}}]}'
	EOF
	ask -0 --no-stream --tools "$tools"
	assert_stdout "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":$calls}"
}

@test "S28: a call although no tool was offered is exit 22, text is kept" {
	local end

	for end in tool_calls stop; do
		stream < <(
			delta '{"content":"Hel"}'
			delta '{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}'
			echo "finish $end"
		)
		ask -22
		assert_stdout Hel
		assert_stderr \
			'dmr-chat: the model called a tool, but none was offered'
	done
}

@test "S28: calls and finish_reason stop, as some servers have it, are good" {
	stream < <(
		delta "{\"tool_calls\":$calls}"
		echo finish stop
	)
	ask -0 --tools "$tools"
	jq -c .tool_calls stdout | assert_file /dev/stdin "$calls"
}

@test "S29: an index that is negative, huge or no whole number is exit 22" {
	local index

	for index in -1 1.5 1000000000 9223372036854775808 1e400 '"0"' true; do
		stream < <(
			delta '{"content":"Hel"}'
			delta "{\"tool_calls\":[{\"index\":$index,\"id\":\"a\",\
\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
			echo finish tool_calls
		)
		ask -22 --tools "$tools"
		assert_stdout
		assert_stderr "${unreadable}event 3: a tool call has a bad \
index; -vvv shows it"
	done
}

@test "S29: calls by the thousand are exit 22" {
	stream < <(
		for i in {0..2000}; do
			delta "{\"tool_calls\":[{\"index\":$i,\"id\":\"a\",\
\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"
		done
		echo finish tool_calls
	)
	ask -22 --tools "$tools"
	assert_stdout
	[[ $stderr == "$unreadable"*index* && $stderr != *$'\n'* ]]
}

@test "S29: calls that are none are exit 22" {
	local text
	local -A whys=(
		['{}']="tool_calls is no array"
		['"x"']="tool_calls is no array"
		['[7]']="a tool call is no object"
		['[{"index":0,"id":7}]']="a tool call's id is no text"
		['[{"index":0,"function":"f"}]']="a function is no object"
	)

	for text in "${!whys[@]}"; do
		stream < <(
			delta "{\"tool_calls\":$text}"
			echo finish tool_calls
		)
		ask -22 --tools "$tools"
		assert_stdout
		assert_stderr "${unreadable}event 2: ${whys[$text]}; -vvv shows it"
	done
	for text in '[]' null '[{"index":0,"id":"a","function":{"arguments":"{}"}}]' \
		'[{"index":0,"function":{"name":""}}]'; do
		stream < <(
			delta "{\"tool_calls\":$text}"
			echo finish tool_calls
		)
		ask -22 --tools "$tools"
		assert_stdout
		assert_stderr \
			'dmr-chat: the model called a tool, but did not name it'
	done
}

# ---- choices

@test "S30: of several choices it is that with index 0" {
	stream < <(
		choices '[{"index":1,"delta":{"content":"x"}},{"index":0,"delta":{"content":"Hel"}}]'
		choices '[{"index":1,"delta":{"content":"x"},"finish_reason":"length"}]'
		choices '[{"index":2,"delta":{"refusal":"x"}},{"index":0,"delta":{"content":"lo"}}]'
		echo finish stop
	)
	ask -0
	assert_stdout Hello
	assert_stderr
}

@test "S30: the end of another choice is no end" {
	stream < <(
		delta '{"content":"Hel"}'
		choices '[{"index":1,"delta":{},"finish_reason":"stop"}]'
		printf 'done\n'
	)
	ask -18
	assert_stdout Hel
	assert_stderr \
		'dmr-chat: the answer ended before its end: no finish_reason came'
}

@test "S30: a choice without an index is choice 0" {
	stream < <(
		choices '[{"delta":{"content":"Hel"}}]'
		choices '[{"index":null,"delta":{"content":"lo"}}]'
		choices '[{"finish_reason":"stop"}]'
	)
	ask -0
	assert_stdout Hello
}

@test "S30: an index that is no number, and a choice that is no object" {
	stream < <(
		delta '{"content":"Hel"}'
		choices '[{"index":"0","delta":{"content":"x"}}]'
	)
	ask -22
	assert_stdout Hel
	assert_stderr "${unreadable}event 3: a choice's index is no number; \
-vvv shows it"
	stream < <(choices '["x"]')
	ask -22
	assert_stdout
	assert_stderr "${unreadable}event 2: a choice is no object; -vvv shows it"
}

# ---- characters

@test "S38: half a surrogate pair is U+FFFD, and never ends the stream" {
	deltas '{"content":"a\ud83d"}' '{"content":"b"}' '{"content":"\ude00c"}' \
		'{"content":"\ud83dd\ud83d"}'
	ask -0
	assert_stdout 'a�b�c�d�'
}

@test "S38: halves are joined over deltas that are empty" {
	deltas '{"content":"a\ud83d"}' '{"content":""}' '{"content":null}' \
		'{"content":"\ude00"}'
	ask -0
	assert_stdout 'a😀'
	assert_stderr
}

@test "S38: those of reasoning and text are not mixed up" {
	deltas '{"reasoning_content":"x\ud83d"}' '{"content":"a\ud83d"}' \
		'{"reasoning_content":"\ude00"}' '{"content":"\ude00"}'
	ask -0
	assert_stdout 'a😀'
	ask -0 --json
	jq -c '[.text, .reasoning]' stdout |
		assert_file /dev/stdin '["a😀","x😀"]'
}

# ---- sizes

# Plays one event with N bytes of text, and the end (but for its start).
large() { # N END
	{
		printf 'data: {"choices":[{"delta":{"content":"'
		head -c "$1" /dev/zero | tr '\0' a
		printf '"}}]}%b' "$2"
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
}

@test "S39: an event of nearly 8 MiB is an answer" {
	local n=$(((8 << 20) - 100))

	large "$n" '\n\n'
	ask -0
	(($(stat -c %s stdout) == n + 1))
	assert_stderr
}

@test "S39: a larger one, and a line without end, are exit 22" {
	local n=$(((8 << 20) + 1))

	large "$n" '\n\n'
	ask -22
	assert_stdout
	assert_stderr 'dmr-chat: the server sent an event larger than 8 MiB'
	large "$n" ''
	ask -22
	assert_stdout
	assert_stderr 'dmr-chat: the server sent an event larger than 8 MiB'
}

@test "S39: a line without end is not waited for, nor kept" {
	serve <<-'EOF'
		accept
		framing plain
		read
		sse
		send "data: "
		burst forever send "0123456789abcdef"
	EOF
	ask -22
	assert_stdout
	assert_stderr 'dmr-chat: the server sent an event larger than 8 MiB'
	closed
}

@test "S39: time goes with the length, however it is cut up" {
	local start ms

	# 4 MiB in one line and 4 KiB pieces; to scan all again with each
	# would be 2 GiB.
	serve < <(
		printf 'accept\nframing plain\nread\nsse\n'
		printf 'send "data: {\\"choices\\":[{\\"delta\\":{\\"content\\":\\""\n'
		printf 'times 1024 send "%s"\n' \
			"$(head -c 4096 /dev/zero | tr '\0' a)"
		printf 'send "\\"}}]}\\n\\n"\nfinish stop\ndone\n'
	)
	start=$(date +%s%3N)
	ask -0
	ms=$(($(date +%s%3N) - start))
	(($(stat -c %s stdout) == (4 << 20) + 1))
	echo "$ms ms"
	((ms < 3000))
}

@test "S40: a million deltas of one byte" {
	serve <<-'EOF'
		accept
		framing plain
		read
		sse
		burst 1000000 delta "x"
		finish stop
		done
	EOF
	ask -0
	(($(stat -c %s stdout) == 1000001))
	[[ $(tr -d x <stdout | wc -c) == 1 ]]
	assert_stderr
}

# ---- what else stands in a chunk

@test "S41: model, id and the like may change, or be odd" {
	stream <<-'EOF'
		event '{"model":"a","id":"1","created":"now","choices":[{"delta":{"content":"H"}}]}'
		event '{"model":7,"id":2,"created":null,"object":{},"choices":[{"delta":{"content":"e"}}]}'
		event '{"model":null,"id":[],"choices":[{"delta":{"content":"l","role":7}}],"system_fingerprint":1}'
		event '{"choices":[{"delta":{"content":"lo","role":"user"},"logprobs":{"content":null}}]}'
		event '{"model":"b\u001b[1m","choices":[{"delta":{},"finish_reason":"stop"}]}'
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
	ask -0 --json
	jq -c '[.text, .finish_reason]' stdout |
		assert_file /dev/stdin '["Hello","stop"]'
}

@test "S42: usage that is missing, negative, text or huge does no harm" {
	local usage

	for usage in null '"x"' '{}' '[1]' 7 \
		'{"prompt_tokens":-1,"completion_tokens":-5}' \
		'{"prompt_tokens":"9","completion_tokens":"x"}' \
		'{"prompt_tokens":99999999999999999999,"completion_tokens":4}' \
		'{"prompt_tokens":1.5,"completion_tokens":4}' \
		'{"prompt_tokens":{},"completion_tokens":[]}'; do
		stream <<-EOF
			delta "Hello"
			finish stop
			event '{"choices":[],"usage":$usage}'
			done
		EOF
		ask -0 --json --log log
		jq -c 'has("usage")' stdout | assert_file /dev/stdin false
		ask -0 --usage
		assert_stdout Hello
		assert_stderr 'dmr-chat: the server told no usage'
	done
	jq -c .usage log | sort -u | assert_file /dev/stdin null
}

@test "S42: what is missing of it is not made up" {
	stream <<-'EOF'
		delta "Hello"
		finish stop
		event '{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":null,"prompt_tokens_details":null}}'
		done
	EOF
	ask -0 --json
	jq -c .usage.prompt_tokens stdout | assert_file /dev/stdin 9
	ask -0 --usage
	assert_stdout Hello
	[[ $stderr != *-1* ]]
}

@test "S42: usage in each chunk counts by its last" {
	stream <<-'EOF'
		event '{"choices":[{"delta":{"content":"Hel"}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}'
		event '{"choices":[{"delta":{"content":"lo"}}],"usage":{"prompt_tokens":9,"completion_tokens":2}}'
		event '{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":null}'
		done
	EOF
	ask -0 --json
	jq -c .usage stdout | assert_file /dev/stdin \
		'{"prompt_tokens":9,"completion_tokens":2}'
}

@test "S43: the whole answer may come in the first chunk" {
	stream <<-'EOF'
		event '{"choices":[{"index":0,"delta":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}'
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
}

# ---- what is around it

@test "S44: a stream over HTTP/1.0 is good if it is complete" {
	serve <<-'EOF'
		accept
		framing plain
		read
		send "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
		role
		delta "Hello"
		finish stop
		close
		accept
		framing plain
		read
		send "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
		delta "Hel"
	EOF
	ask -0
	assert_stdout Hello
	assert_stderr
	ask -18
	assert_stdout Hel
	assert_stderr \
		'dmr-chat: the answer ended before its end: no finish_reason came'
}

@test "S45: a stream is told by its bytes, whatever its label" {
	local type

	for type in text/html 'text/event-stream; charset=latin1' \
		'text/plain; charset=utf-16' application/octet-stream \
		application/json image/png ''; do
		serve <<-EOF
			accept
			framing plain
			read
			send "HTTP/1.1 200 OK\r\nContent-Type: $type\r\n\r\n"
			delta "H\xc3\xb6"
			finish stop
			done
		EOF
		ask -0
		assert_stdout Hö
		assert_stderr
	done
}

@test "S46: an event that is no JSON is exit 22, in one short line" {
	local data

	for data in '<html>oops</html>' '{"choices":[{' 'null' '[]' '7' \
		'{"choices":[]} x' "$(head -c 5000 /dev/zero | tr '\0' Z)"; do
		stream < <(
			delta '{"content":"Hel"}'
			printf "event '%s'\n" "$data"
			printf 'finish stop\ndone\n'
		)
		ask -22
		assert_stdout Hel
		assert_stderr "${unreadable}event 3: not a JSON object; \
-vvv shows it"
	done
}
