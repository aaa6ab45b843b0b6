# The servers there are: what they answer, when they fail, how long they take.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load server

# ---- errors in both dialects

@test "server: plain text is told in one line" {
	refusal 22 'no such engine' text 400 '"no such engine\n"'
	refusal 22 'first' text 400 '"  \n\n\tfirst \r\n second\n"'
	refusal 22 'a\x1b[31m\x07b' text 500 '"a\x1b[31m\x07b\nc"'
	refusal 22 "$(printf 'x%.0s' {1..300})" text 500 "$(printf 'x%.0s' {1..9999})"
	refusal 22 'nothing' text 502 '""'
	refusal 22 'nothing' text 500 '"\n\n"'
}

@test "server: a prompt beyond the context in the words of vLLM is exit 3" {
	once "json 400 '{\"object\":\"error\",\"message\":\"This model has a maximum context length of 4096 tokens.\",\"code\":400}'"
	fails 3 "the prompt does not fit the model's context: This model has a maximum context length of 4096 tokens."
}

# ---- a model that is missing, and other 404s

@test "server: a 404 that means the model is exit 6 and names the pull" {
	local body

	once "$missing"
	fails 6 "no model 'ai/x' on '$DMR_HOST'; try: dmr-models pull ai/x" \
		-m ai/x
	assert_models ai/x
	while read -r body; do
		once "text 404 '$body'"
		fails 6 "no model 'ai/x' on '$DMR_HOST'; try: dmr-models pull ai/x" \
			-m ai/x
		assert_models ai/x
	done <<-'EOF'
		model not found
		{"error":"model ai/x not found"}
		{"error":{"message":"model not found"}}
		{"error":{"message":"The model `ai/x` does not exist","type":"invalid_request_error","code":"model_not_found"}}
		{"object":"error","message":"The model `ai/x` does not exist.","type":"NotFoundError","param":null,"code":404}
		{"error":{"message":"The model `ai/x` does not exist.","type":"NotFoundError","code":404}}
		{"error":{"message":"model \"ai/x\" not found, try pulling it first","type":"api_error"}}
	EOF
}

@test "server: other 404s are exit 22, and no list is asked for" {
	local body

	for body in '404 page not found' 'not found' 'backend not found' ''; do
		once "text 404 '$body'"
		fails 22 "'$DMR_HOST' answered 404: ${body:-nothing}"
		assert_models ai/qwen3-coder
	done
	once 'text 404 "<html><title>404 Not Found</title>"'
	fails 22 "'$DMR_HOST' answered 404: an HTML error page, '404 Not Found'"
	assert_requests 1
	# Words of a missing model, but no 404.
	refusal 22 'model not found' text 500 'model not found'
}

# ---- a prompt that is too long

@test "server: a prompt beyond the context is exit 3 and names both numbers" {
	once "json 400 '{\"error\":{\"code\":400,\"message\":\"request (20031 tokens) exceeds the available context size (8192 tokens), try increasing it\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":20031,\"n_ctx\":8192}}'"
	fails 3 'the prompt has 20031 tokens, the model'\''s context 8192; try: a shorter input, or dmr-models configure --context-size 25038 ai/qwen3-coder'
	assert_requests 1
	once "json 400 '{\"error\":{\"message\":\"maximum context length is 4096 tokens\",\"code\":\"context_length_exceeded\"}}'"
	fails 3 'the prompt does not fit the model'\''s context: maximum context length is 4096 tokens'
}

@test "server: absurd numbers of tokens are no crash" {
	local n

	for n in 9223372036854775807 99999999999999999999 -9223372036854775808 \
		1.5 null '"x"'; do
		once "json 400 '{\"error\":{\"message\":\"m\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":$n,\"n_ctx\":1}}'"
		try -3 dmr-chat -n hi
		assert_stdout
		(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1))
	done
}

# ---- choosing the model

@test "server: ai/qwen3-coder is asked first, and nothing else when all is well" {
	once "$ok_answer"
	chat
	assert_models ai/qwen3-coder
	request_head 1 | head -1 | assert_file /dev/stdin \
		'POST /engines/v1/chat/completions HTTP/1.1'
}

@test "server: on a 404 the only model of the list is asked, as it is listed" {
	serve <<-EOF
		accept
		read
		$missing
		read
		$(list docker.io/ai/smollm2:latest)
		read
		$ok_answer
	EOF
	chat
	assert_models ai/qwen3-coder - docker.io/ai/smollm2:latest
	request_head 2 | head -1 | assert_file /dev/stdin \
		'GET /engines/v1/models HTTP/1.1'
}

@test "server: a reader that goes away while the list is asked for ends it" {
	serve <<-EOF
		accept
		read
		$missing
		read
		mark asked
		await never
	EOF
	local pipe=$BATS_TEST_TMPDIR/pipe

	mkfifo "$pipe"
	# shellcheck disable=SC2016
	start bash -c 'exec dmr-chat -n hi >"$0"' "$pipe"
	exec 7<"$pipe"
	reached asked
	exec 7<&-
	finish -141
}

@test "server: of several models none is chosen: exit 6 with their names" {
	serve <<-EOF
		accept
		read
		$missing
		read
		$(list docker.io/ai/smollm2:latest ai/gemma3:4B localhost:5000/x)
	EOF
	fails 6 'which model? try -m with one of: ai/smollm2, ai/gemma3:4B, localhost:5000/x'
	assert_requests 2
	serve <<-EOF
		accept
		read
		$missing
		read
		$(list a/{1..9})
	EOF
	fails 6 'which model? try -m with one of: a/1, a/2, a/3, a/4, a/5, a/6, a/7, a/8, ...'
}

@test "server: without any model it is exit 6 and names a pull" {
	serve <<-EOF
		accept
		read
		$missing
		read
		$(list)
	EOF
	fails 6 'the server has no model; try: dmr-models pull ai/smollm2'
}

@test "server: a model that was named is the only one that is asked for" {
	once "$missing"
	fails 6 "no model 'ai/x' on '$DMR_HOST'; try: dmr-models pull ai/x" -m ai/x
	assert_models ai/x
	once "$missing"
	DMR_MODEL=ai/y fails 6 \
		"no model 'ai/y' on '$DMR_HOST'; try: dmr-models pull ai/y"
	assert_models ai/y
}

@test "server: the only model may be missing too, its list unreadable" {
	serve <<-EOF
		accept
		read
		$missing
		read
		$(list ai/x)
		read
		$missing
	EOF
	fails 6 "no model 'ai/x' on '$DMR_HOST'; try: dmr-models pull ai/x"
	serve <<-EOF
		accept
		read
		$missing
		read
		json 200 '{"models":[]}'
	EOF
	fails 22 "the server's list of models cannot be read: no array 'data'"
	serve <<-EOF
		accept
		read
		$missing
		read
		text 500 oops
	EOF
	fails 22 "'$DMR_HOST' answered 500: oops"
}

# ---- time

@test "server: --first-timeout ends a server that says nothing: 28" {
	once 'expect-close 10000'
	fails 28 'no answer within --first-timeout 0.05s; a large model may need longer to load' \
		--first-timeout 50ms
	closed
	# A header is no byte of the answer.
	once 'send "HTTP/1.1 200 OK\r\n\r\n"' 'expect-close 10000'
	try -28 dmr-chat -n hi --first-timeout 500ms
	[[ $stderr == *'--first-timeout 0.5s'* ]]
	assert_requests 1
}

@test "server: --timeout ends the whole request: 28, retries included" {
	once sse 'times 1000 delta "x"' 'expect-close 10000'
	try -28 dmr-chat -n hi --timeout 100ms
	assert_stdout "$(printf 'x%.0s' {1..1000})"
	assert_stderr 'dmr-chat: not done within --timeout 0.1s'
	closed
	always 'text 503 busy "Retry-After: 50"'
	fails 28 'not done within --timeout 0.1s' --timeout 100ms
	assert_requests 1
}

@test "server: dmr-models has the same time-outs" {
	once 'expect-close 10000'
	try -28 dmr-models warm ai/x --first-timeout 50ms
	assert_stdout
	[[ $stderr == *'--first-timeout 0.05s'* ]]
}

# ---- answers of another kind

@test "server: --no-stream asks for the whole answer at once" {
	once "json 200 '{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}'"
	chat --no-stream
	request 1 | jq -e '.stream == false'
}

@test "server: an answer in JSON although a stream was asked for is good" {
	once "json 200 '{\"choices\":[{\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]}'"
	chat
	request 1 | jq -e '.stream == true'
	once "text 200 ' {\"choices\":[{\"message\":{\"content\":\"ok\"},\"finish_reason\":\"stop\"}]} '"
	chat
	once "$ok_answer"
	chat --no-stream
}

@test "server: what is neither events nor JSON is exit 22" {
	once 'text 200 "hello\n"'
	fails 22 'the answer is neither a stream of events nor JSON'
	once 'json 200 "[1]"'
	try -22 dmr-chat -n hi
	assert_stdout
}

# ---- reaching it

@test "server: a socket serves, with a prefix too" {
	serve_unix <<-EOF
		accept
		read
		$ok_answer
		accept
		read
		$ok_answer
	EOF
	chat
	DMR_HOST+=:/exp/vDD4.40 chat
	request_head 1 | assert_file /dev/stdin \
		'POST /engines/v1/chat/completions HTTP/1.1' 'Host: localhost' \
		'Accept: */*' 'Content-Type: application/json' \
		"User-Agent: $(dmr-chat --version | tr ' ' /)" \
		"Content-Length: $(request 1 | wc -c)"
	request_head 2 | head -1 | assert_file /dev/stdin \
		'POST /exp/vDD4.40/engines/v1/chat/completions HTTP/1.1'
}

@test "server: an address with a zone is asked there" {
	need strace
	cd "$BATS_TEST_TMPDIR"
	try -7 env ASAN_OPTIONS=detect_leaks=0 strace -qq -e trace=connect -o trace \
		dmr-chat -n hi -H 'http://[fe80::1%25lo]:1' --connect-timeout 1s
	grep -F 'inet_pton(AF_INET6, "fe80::1"' trace |
		grep -F 'sin6_scope_id=if_nametoindex("lo")'
}

@test "server: the path of a host is the base of the API" {
	local host path

	always "$ok_answer"
	host=$DMR_HOST
	for path in '' /engines/v1 /engines/llama.cpp/v1 /v1 /api/openai; do
		DMR_HOST=$host$path chat
	done
	grep -h '^POST' "$requests"/request.? | cut -d' ' -f2 |
		assert_file /dev/stdin /engines/v1/chat/completions \
			/engines/v1/chat/completions \
			/engines/llama.cpp/v1/chat/completions \
			/v1/chat/completions /api/openai/chat/completions
}

@test "server: -v says which server was asked" {
	once "$ok_answer"
	try -0 dmr-chat -n hi -v
	assert_stdout ok
	assert_stderr "dmr-chat: POST /engines/v1/chat/completions to '$DMR_HOST'"
}

# ---- while a model loads

# on_terminal ARGUMENT ...: in the background, with standard error a terminal.
on_terminal() {
	start "$python" "$tests/pty.py" -t 2 -o "$BATS_TEST_TMPDIR/tty" "$@"
}

# shown TEXT: waits until the terminal shows it.
shown() {
	local end=$((SECONDS + DEADLINE))

	until grep -qsF "$1" "$BATS_TEST_TMPDIR/tty"; do
		((SECONDS < end)) || return 1
		sleep 0.02
	done
}

@test "server: after 2 s of silence a terminal is told that the model loads" {
	once 'mark asked' 'await go' "$ok_answer"
	on_terminal dmr-chat -n hi -m ai/smollm2
	reached asked
	lap
	shown loading
	lap
	((ms >= 1500))
	go go
	finish -0
	assert_stdout ok
	assert_tty 'dmr-chat: loading ai/smollm2 ...'
}

@test "server: without a terminal, or with -q, nothing is told" {
	# Both wait for longer than the note takes.
	serve <<-EOF
		accept
		read
		sleep 2300
		$ok_answer
	EOF
	local first=$DMR_HOST
	serve <<-EOF
		accept
		read
		sleep 2300
		$ok_answer
	EOF
	on_terminal dmr-chat -n hi -q
	DMR_HOST=$first try -0 dmr-chat -n hi
	assert_stdout ok
	assert_stderr
	finish -0
	assert_tty -n ''
}

# ---- dmr-models

models='json 200 {"object":"list","data":[{"id":"docker.io/ai/smollm2:latest","object":"model","created":1,"owned_by":"docker","dmr":{"context_window":8192,"architecture":"llama","parameters":"134.52M","quantization":"MOSTLY_Q4_1","size":"92.10MiB"}},{"id":"localhost:5000/ai/x:135M-Q4","object":"model"}]}'
loaded='json 200 [{"backend_name":"llama.cpp","model_name":"ai/smollm2","mode":"completion","last_used":"2026-11-21T22:04:52.48674272Z"}]'

# lists MODELS LOADED: serves both answers of one list.
lists() {
	serve < <(printf '%s\n' accept read "${1/ \{/ \'\{}'" \
		accept read "${2/ \[/ \'[}'")
}

@test "models: a list in a pipe is a line of tabs for each model" {
	local verb

	for verb in '' list ls; do
		lists "$models" "$loaded"
		# shellcheck disable=SC2086 # no word without a verb
		try -0 dmr-models $verb
		assert_stdout $'ai/smollm2\t134.52M\tMOSTLY_Q4_1\t92.10MiB\t8192\tyes' \
			$'localhost:5000/ai/x:135M-Q4\t-\t-\t-\t-\tno'
		assert_stderr
		grep -h '^GET' "$requests"/request.? | cut -d' ' -f2 | sort |
			assert_file /dev/stdin /engines/ps /engines/v1/models
	done
}

@test "models: a list on a terminal is a table with a head" {
	lists "$models" "$loaded"
	try -0 pty -t 1 dmr-models
	assert_tty \
		'NAME                         PARAMETERS  QUANTIZATION  SIZE      CONTEXT  LOADED' \
		'ai/smollm2                   134.52M     MOSTLY_Q4_1   92.10MiB  8192     yes' \
		'localhost:5000/ai/x:135M-Q4  -           -             -         -        no'
	assert_stderr
}

@test "models: --json is an object a line" {
	lists "$models" "$loaded"
	try -0 dmr-models --json
	assert_stdout \
		'{"name":"ai/smollm2","id":"docker.io/ai/smollm2:latest","architecture":"llama","parameters":"134.52M","quantization":"MOSTLY_Q4_1","size":"92.10MiB","context":8192,"created":1,"loaded":true}' \
		'{"name":"localhost:5000/ai/x:135M-Q4","id":"localhost:5000/ai/x:135M-Q4","loaded":false}'
	assert_stderr
}

@test "models: --names is the names alone, with one request" {
	once "${models/ \{/ \'\{}'"
	try -0 dmr-models --names
	assert_stdout ai/smollm2 localhost:5000/ai/x:135M-Q4
	assert_stderr
	assert_requests 1
}

@test "models: a name is shortened only to what can be typed" {
	local id want

	while read -r id want; do
		once "json 200 '{\"data\":[{\"id\":\"$id\"}]}'"
		try -0 dmr-models --names
		assert_stdout "$want"
	done <<-'EOF'
		docker.io/ai/smollm2:latest ai/smollm2
		docker.io/ai/smollm2 ai/smollm2
		docker.io/ai/smollm2:135M-Q4 ai/smollm2:135M-Q4
		index.docker.io/ai/smollm2:latest ai/smollm2
		ai/smollm2:latest ai/smollm2
		ai/smollm2 ai/smollm2
		docker.io/me/mine:latest me/mine
		docker.io/smollm2:latest docker.io/smollm2
		localhost:5000/ai/x:latest localhost:5000/ai/x
		localhost:5000/x localhost:5000/x
		hf.co/a/b-GGUF:Q4_K_M hf.co/a/b-GGUF:Q4_K_M
		registry.example.org/docker.io/a/b:latest registry.example.org/docker.io/a/b
		sha256:0123456789abcdef sha256:0123456789abcdef
		gpt-4o gpt-4o
	EOF
}

@test "models: a name of any length is listed whole" {
	local long

	long=hf.co/$(printf 'ä%.0s' {1..200})
	lists "json 200 {\"data\":[{\"id\":\"$long\"}]}" 'json 200 []'
	try -0 dmr-models
	assert_stdout "$long"$'\t-\t-\t-\t-\tno'
}

@test "models: a name with control bytes breaks no line and no terminal" {
	lists 'json 200 {"data":[{"id":"a\tb\nc\u001b[31m"},{"id":"d"}]}' 'json 200 []'
	try -0 dmr-models
	(($(wc -l <"$BATS_TEST_TMPDIR/stdout") <= 2))
	tail -n 1 "$BATS_TEST_TMPDIR/stdout" |
		assert_file /dev/stdin $'d\t-\t-\t-\t-\tno'
	run -1 grep -P '^([^\t]*\t){6}' "$BATS_TEST_TMPDIR/stdout"
}

@test "models: no model is no line" {
	lists 'json 200 {"object":"list","data":[]}' 'json 200 []'
	try -0 dmr-models
	assert_stdout
	assert_stderr
	lists 'json 200 {"object":"list","data":[]}' 'json 200 []'
	try -0 dmr-models --json
	assert_stdout
}

@test "models: without a list of loaded models that column is unknown" {
	serve < <(printf '%s\n' accept read "${models/ \{/ \'\{}'" \
		accept read "text 404 'not found'")
	try -0 dmr-models
	assert_stdout $'ai/smollm2\t134.52M\tMOSTLY_Q4_1\t92.10MiB\t8192\t-' \
		$'localhost:5000/ai/x:135M-Q4\t-\t-\t-\t-\t-'
	assert_stderr
}

@test "models: a list that cannot be read is exit 22" {
	local body

	for body in '{"models":[]}' '[]' '{"data":{}}' '{"data":[1,]}' null 5; do
		always "json 200 '$body'"
		try -22 dmr-models --names
		assert_stdout
		(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1))
	done
}

@test "models: status says where, which version, which engines" {
	version="json 200 '{\"version\":\"v1.2.3\"}'"
	engines="json 200 '{\"llama.cpp\":\"Running: llama.cpp b1\",\"vllm\":\"Not Installed: no binary\"}'"
	serve < <(printf '%s\n' accept read "$version" accept read "$engines")
	try -0 dmr-models status
	assert_stdout $'host\t'"$DMR_HOST" $'version\tv1.2.3' \
		$'engine llama.cpp\tRunning: llama.cpp b1' \
		$'engine vllm\tNot Installed: no binary'
	assert_stderr
	grep -h '^GET' "$requests"/request.? | cut -d' ' -f2 | sort |
		assert_file /dev/stdin /engines/status /version
	serve < <(printf '%s\n' accept read "$version" accept read "$engines")
	try -0 dmr-models status --json
	assert_stdout "{\"host\":\"$DMR_HOST\",\"version\":\"v1.2.3\",\"engines\":{\"llama.cpp\":\"Running: llama.cpp b1\",\"vllm\":\"Not Installed: no binary\"}}"
}

@test "models: control characters of the server make no line of status" {
	version="json 200 '{\"version\":\"v1\\nhost\\tevil\"}'"
	engines="json 200 '{\"b\":\"runs\\nhost\\tevil\"}'"
	serve < <(printf '%s\n' accept read "$version" accept read "$engines")
	try -0 dmr-models status
	assert_stdout $'host\t'"$DMR_HOST" $'version\tv1 host evil' \
		$'engine b\truns host evil'
}

@test "models: warm loads without generating, and is done when it is loaded" {
	once 'mark asked' 'await go' "send 'HTTP/1.1 200 OK'" \
		'send "\r\nContent-Length: 0\r\n\r\n"'
	start dmr-models warm ai/smollm2
	reached asked
	kill -0 "$pid"
	go go
	finish -0
	assert_stdout
	[[ $stderr =~ ^"dmr-models: ai/smollm2 is loaded, after "[0-9.]+s$ ]]
	request_head 1 | grep -qx 'X-Preload-Only: true'
	request_head 1 | head -1 | assert_file /dev/stdin \
		'POST /engines/v1/chat/completions HTTP/1.1'
	request 1 | assert_file /dev/stdin -n '{"model":"ai/smollm2"}'
}

@test "models: warm tells a terminal at once, and what went wrong" {
	once "send 'HTTP/1.1 200 OK'" 'send "\r\nContent-Length: 0\r\n\r\n"'
	try -0 pty -t 2 dmr-models warm ai/smollm2
	sed 's/after .*/after/' "$BATS_TEST_TMPDIR/tty" | assert_file /dev/stdin \
		'dmr-models: loading ai/smollm2 ...' \
		'dmr-models: ai/smollm2 is loaded, after'
	assert_stdout
	once "$missing"
	try -6 dmr-models warm ai/x
	assert_stdout
	assert_stderr "dmr-models: no model 'ai/x' on '$DMR_HOST'; try: dmr-models pull ai/x"
	once 'text 500 "unable to load runner: no memory\n"'
	try -22 dmr-models warm ai/x
	assert_stderr "dmr-models: '$DMR_HOST' answered 500: unable to load runner: no memory; try: dmr-models logs"
	# The engine's own reason is the last line.
	once 'text 500 "unable to load runner: failed:\nCORS is open\nout of memory\n\n"'
	try -22 dmr-models warm ai/x
	assert_stderr "dmr-models: '$DMR_HOST' answered 500: unable to load runner: failed:; out of memory; try: dmr-models logs"
}

@test "models: errors are JSON on standard error with --json" {
	once "$missing"
	try -6 dmr-models warm ai/x --json
	assert_stdout
	jq -ce '[.code, .exit, .retryable]' "$BATS_TEST_TMPDIR/stderr" |
		assert_file /dev/stdin '["no_model",6,false]'
	try -7 dmr-models --json -H http://127.0.0.1:1
	jq -ce '[.code, .exit, .retryable, .message]' \
		"$BATS_TEST_TMPDIR/stderr" | assert_file /dev/stdin \
		"[\"unreachable\",7,true,\"cannot connect to 'http://127.0.0.1:1': connection refused; try: docker model status\"]"
	always 'text 503 "bu\"\\sy\n" "Retry-After: 0"'
	try -22 dmr-models --json --names --retry 0
	jq -ce '[.code, .exit, .retryable, .message]' \
		"$BATS_TEST_TMPDIR/stderr" | assert_file /dev/stdin \
		"[\"server\",22,true,\"'$DMR_HOST' answered 503: bu\\\"\\\\sy\"]"
	try -2 dmr-models --nonsense --json
	jq -ce '[.code, .exit]' "$BATS_TEST_TMPDIR/stderr" |
		assert_file /dev/stdin '["usage",2]'
	try -2 dmr-models --json nonsense
	jq -ce '[.code, .exit]' "$BATS_TEST_TMPDIR/stderr" |
		assert_file /dev/stdin '["usage",2]'
}

@test "models: a base without management lists; status and warm are exit 22" {
	local verb

	once "${models/ \{/ \'\{}'"
	local bare=$DMR_HOST/openai
	try -0 dmr-models -H "$bare"
	assert_stdout $'ai/smollm2\t134.52M\tMOSTLY_Q4_1\t92.10MiB\t8192\t-' \
		$'localhost:5000/ai/x:135M-Q4\t-\t-\t-\t-\t-'
	assert_stderr
	assert_requests 1
	request_head 1 | head -1 | assert_file /dev/stdin \
		'GET /openai/models HTTP/1.1'
	for verb in status 'warm ai/x'; do
		# shellcheck disable=SC2086 # words of a command
		try -22 dmr-models -H "$bare" $verb
		assert_stdout
		assert_stderr "dmr-models: '$bare' has no model management: it is the base of an inference API"
	done
	assert_requests 1
}

@test "models: a server that turns out to have no management is exit 22" {
	always "text 404 '404 page not found'"
	try -22 dmr-models -H "$DMR_HOST/v1" status
	assert_stdout
	[[ $stderr == "dmr-models: '$DMR_HOST/v1' "*'no model management'* ]]
	once "json 200 '{\"choices\":[]}'"
	try -22 dmr-models -H "$DMR_HOST/v1" warm ai/x
	assert_stdout
	[[ $stderr == "dmr-models: '$DMR_HOST/v1' "*'no model management'* ]]
}

@test "models: a wrong verb or operand is exit 2" {
	local verb line

	while IFS='|' read -r verb line; do
		# shellcheck disable=SC2086 # words of a command
		try -2 dmr-models $verb
		assert_stdout
		assert_stderr "dmr-models: $line"
	done <<-'EOF'
		frobnicate|no verb 'frobnicate'; see --help
		lis|no verb 'lis'; see --help
		list x|list takes no operand; see dmr-models list -h
		ls x|list takes no operand; see dmr-models list -h
		status x|status takes no operand; see dmr-models status -h
		warm|warm takes NAME...; see dmr-models warm -h
		tag a|tag takes NAME NEW-NAME; see dmr-models tag -h
		tag a b c|tag takes NAME NEW-NAME; see dmr-models tag -h
		configure a b|configure takes NAME [-- FLAG...]; see dmr-models configure -h
		rm a ../b|'../b' is no name of a model: a part of it is empty, '.' or '..'
		show --force a|--force is for rm
		list --mode embedding|--mode is for warm, configure
		--task code|--task is for recommend
		logs -F text|--format is for list, show, pull, tag, rm, ps, df, status, warm, unload, configure, recommend, env
	EOF
}
