# dmr-mock answers by a scenario, a recording, a real runner; it records.
# shellcheck disable=SC2154 # variables that lib.bash and mock.bash set
# shellcheck disable=SC2016 # what another shell shall expand
# shellcheck disable=SC2030,SC2031 # each test has its own variables

load lib
load mock

models=/engines/v1/models
chat=/engines/v1/chat/completions
hello='{"model":"ai/smollm2","messages":[{"role":"user","content":"hi"}]}'

# refused FILE STATUS MESSAGE [OPTION ...]: it does not start, and says why.
refused() {
	local wanted=$1 message=$2

	shift 2
	try "-$wanted" dmr-mock "$@" -- touch started
	assert_stdout
	assert_stderr "dmr-mock: $message"
	[[ ! -e started ]]
}

# upstream <SCENARIO: a server that the mock shall ask.
upstream() {
	serve
	upstream=$DMR_HOST
}

# ---- a scenario

@test "script: lines answer in their order, as often as they say" {
	cat >script <<-'EOF'
		{"path":"/engines/v1/models","status":503,"headers":{"Retry-After":"0"},"text":"busy\n","times":2}

		{"path":"/engines/*","method":"GET","json":{"object":"list","data":[]}}
		{"contains":"weather","text":"It rains."}
	EOF
	mock --script script
	try -0 ask "$host$models"
	assert_stdout busy 503
	try -0 ask "$host$models"
	assert_stdout busy 503
	try -0 ask "$host$models"
	assert_stdout '{"object":"list","data":[]}200'
	try -0 ask "$host/version" -o version
	assert_stdout 200
}

@test "script: a text is what the model says, whole and as a stream" {
	echo '{"model":"ai/*","contains":"weather","text":"It rains.","tokens_per_second":1000}' >script
	mock --script script
	try -0 dmr-chat -n -m ai/smollm2 'How is the weather?'
	assert_stdout 'It rains.'
	assert_stderr
	try -0 ask "$host$chat" -d "${hello/hi/the weather}" -o whole
	assert_stdout 200
	try -0 jq -r '.object, .choices[0].message.content, .choices[0].finish_reason' whole
	assert_stdout chat.completion 'It rains.' stop
	try -0 jq -e '.usage | .prompt_tokens + .completion_tokens == .total_tokens' whole
	try -0 ask "$host/v1/completions" -o text \
		-d '{"model":"ai/smollm2","prompt":"weather"}'
	try -0 jq -r '.object, .choices[0].text' text
	assert_stdout text_completion 'It rains.'
}

@test "script: a line without an answer is an exception, or spoils the next" {
	cat >script <<-'EOF'
		{"path":"/version"}
		{"path":"/engines/v1/models","fault":"cut-17"}
		{"text":"no","status":404}
	EOF
	mock --script script
	try -0 ask -o version "$host/version"
	assert_stdout 200
	try -18 curl -s -m "$DEADLINE" "$host$models"
	(($(stat -c %s stdout) == 17))
	try -0 ask "$host/models"
	assert_stdout no404
}

@test "script: what a fault refuses is not done, by nobody" {
	echo '{"path":"/models/create","fault":"503"}' >script
	mock --script script --models none
	try -0 ask "$host/models/create" -d '{"from":"ai/gemma3"}'
	assert_stdout 'service unavailable' 503
	try -0 ask "$host/models"
	assert_stdout '[]' 200
	try -0 ask "$host/models/create" -o pull -d '{"from":"ai/gemma3"}'
	assert_stdout 200
	grep -q 'pulled successfully' pull
	# Nor is a runner asked.
	upstream <<<accept
	echo '{"fault":"500"}' >script
	mock --upstream "$upstream" --script script
	try -0 ask -o refused "$host/models"
	assert_stdout 500
	assert_requests 0
}

@test "script: a fault that refuses comes after the delay, too" {
	echo '{"fault":"502","delay":"150ms"}' >script
	mock --script script
	try -0 curl -s -m "$DEADLINE" -w '%{time_total}' "$host/models"
	awk '$1 < 0.15 || $1 > 15 { exit 1 }' stdout
}

@test "script: a filter sees method, path, query, headers and body" {
	echo '{"jq":".headers.authorization != \"Bearer good-key\" and .query == \"a=1\" and .body.n == 2","status":401}' >script
	mock --script script
	try -0 ask "$host/models?a=1" -d '{"n":2}'
	assert_stdout 401
	try -0 ask -o other "$host$models?a=1" -H 'Authorization: Bearer good-key'
	assert_stdout 200
}

@test "script: a filter that does not end is a no, and said" {
	echo '{"jq":"[range(1e12)] | length","status":500}' >script
	mock --script script
	try -0 ask -o answer "$host/models"
	assert_stdout 200
	assert_file said 'dmr-mock: script:1: jq: it took too long'
	curl -s -o answer "$host/models" &
	end_mock
	wait $! || :
	try -7 dmr-mock --script script -- sh -c \
		'curl -s -m 0.1 "$DMR_HOST/models"; exit 7'
}

@test "script: - is standard input" {
	echo '{"path":"/x","text":"y"}' >script
	try -0 dmr-mock -s - -- sh -c 'curl -s "$DMR_HOST/x"' <script
	assert_stdout -n y
	echo '{"path":1}' >script
	try -2 dmr-mock -s - -- touch started <script
	assert_stderr "dmr-mock: standard input:1: 'path' must be a string"
}

@test "script: the spellings of an inference path are one" {
	echo '{"path":"/v1/models","text":"ours"}' >script
	mock --script script
	for path in /v1 /engines/v1 /engines/llama.cpp/v1; do
		try -0 ask "$host$path/models"
		assert_stdout ours200
	done
	try -0 ask "$host/models" -o other
	run -1 grep ours other
}

@test "script: a line that never applied is named at the end" {
	cat >script <<-'EOF'
		{"path":"/version","status":500}

		{"path":"/versions","status":500}
		{"path":"/df","times":1}
	EOF
	try -0 dmr-mock --script script -- \
		sh -c 'curl -s -m "$1" "$DMR_HOST/version"' sh "$DEADLINE"
	assert_stdout
	assert_stderr 'dmr-mock: script:3: it never applied' \
		'dmr-mock: script:4: it never applied'
	try -0 dmr-mock -q --script script -- \
		sh -c 'curl -s -m "$1" "$DMR_HOST/version"' sh "$DEADLINE"
	assert_stderr
	# Who asked nothing has missed nothing.
	try -0 dmr-mock --script script -- true
	assert_stderr
	for i in {1..25}; do echo '{"path":"/x","status":500}'; done >script
	mock --script script
	try -0 ask "$host/version" -o version
	end_mock
	(($(wc -l <said) == 21))
	[[ $(tail -n 1 said) == 'dmr-mock: script: and 5 more' ]]
}

@test "script: a filter that fails is a no, and said once" {
	printf '%s\n' '{"status":500,"path":"/x"}' \
		'{"status":500,"jq":".path | error"}' \
		'{"status":503,"jq":".body | test(\"x\")"}' >script
	mock --script script
	for i in 1 2; do
		try -0 ask "$host/version" -o version
		assert_stdout 200
	done
	try -0 ask "$host/version" -d '"x"'
	assert_stdout 503
	assert_file said 'dmr-mock: script:2: jq: /version' \
		'dmr-mock: script:3: jq: null (null) cannot be matched, as it is not a string'
}

@test "K23: a scenario that is wrong is exit 2, with file and line" {
	printf '%s\n' '{"path":"/x","status":200}' '' '{"path":"/x","stat":1}' >script
	refused 2 "script:3: there is no member 'stat'" --script script
	echo '{"path":' >script
	refused 2 'script:1: it is not JSON behind byte 8' --script script
	echo '{"fault":"gremlin"}' >script
	refused 2 "script:1: there is no fault 'gremlin'" --script script
	for path in v1/models '/*completions' '/models?x=1'; do
		printf '\n{"path":"%s","status":500}\n' "$path" >script
		try -2 dmr-mock --script script -- true
		[[ $stderr == "dmr-mock: script:2: path: '$path' "* ]]
	done
	echo '{"jq":".a | nonesuch"}' >script
	refused 2 'script:1: jq: nonesuch/0 is not defined at <top-level>, line 1' --script script
	refused 2 "cannot open 'none': No such file or directory" --script none
	refused 2 "cannot read '.': Is a directory" --script .
	head -c 100000 /dev/urandom | tr -d '\n' >script
	try -2 dmr-mock --script script -- true
	[[ $stderr == 'dmr-mock: script:1: '* ]]
}

# ---- recording

@test "K16: a file that exists is not recorded to" {
	echo mine >rec
	refused 23 "cannot create 'rec': File exists" \
		--upstream http://127.0.0.1:1 --record rec
	assert_file rec mine
	ln -s nowhere link
	refused 23 "cannot create 'link': File exists" \
		--upstream http://127.0.0.1:1 --record link
	refused 23 "cannot create 'no/rec': No such file or directory" \
		--upstream http://127.0.0.1:1 --record no/rec
	refused 2 '--record needs --upstream' --record new
	[[ ! -e new && ! -e nowhere ]]
}

@test "K27: a second recorder is refused, readers are not" {
	mock
	runner=$host
	mock --upstream "$runner" --record rec
	try -0 ask -o list "$host$models"
	refused 23 "cannot create 'rec': File exists" \
		--upstream "$runner" --record rec
	try -0 dmr-mock --replay rec -- curl -s -m "$DEADLINE" "$host$models"
	assert_stdout -f list
}

@test "K16: a full disk ends the recording behind a whole line" {
	mock
	runner=$host
	mkfifo address2
	bash -c 'ulimit -f 2; exec "$@" >address2 2>said2' bash \
		"$BUILD/dmr-mock" --upstream "$runner" --record rec 3>&- &
	mocks+=($!)
	read -r -t "$DEADLINE" host <address2
	for i in {1..20}; do
		try -0 ask -o answer "$host$models?$i"
		assert_stdout 200
	done
	try -0 jq -c .request.path rec
	(($(wc -l <stdout) < 20))
	cmp <(tail -c 1 rec) <(echo)
	cp said2 said
	end_mock "${mocks[-1]}" 23
	assert_file said2 \
		"dmr-mock: cannot write 'rec': File too large; nothing more is recorded" \
		'dmr-mock: the recording is not complete'
}

@test "K16: a recorder that is killed leaves what can be replayed" {
	mock
	runner=$host
	mock --upstream "$runner" --record rec
	curl -s -o list "$host$models"
	curl -s -o /dev/null "$host$models?[1-100000]" &
	client=$!
	until (($(wc -l <rec) > 50)); do :; done
	unset 'mocks[-1]'
	kill -KILL "$mock_pid"
	wait "$mock_pid" || :
	kill "$client"
	wait "$client" || :
	try -0 dmr-mock --replay rec -- sh -c \
		'curl -s -m "$1" "$DMR_HOST$2"' sh "$DEADLINE" "$models"
	assert_stdout -f list
}

@test "K17: a recording holds no secret" {
	upstream <<-'EOF'
		accept
		read
		json 200 '{"echo":"Bearer MARKER-auth","access_token":"MARKER-token","nested":"{\"password\":\"MARKER-nested\"}","kept":"yes"}' 'Set-Cookie: id=MARKER-set' 'X-Api-Key: MARKER-reply'
	EOF
	mock --upstream "$upstream" --record rec
	try -0 ask -o answer "$host$chat?api_key=MARKER-query&a=b&key=MARKER-key" \
		-H 'Authorization: Bearer MARKER-auth' -H 'Cookie: s=MARKER-cookie' \
		-H 'X-Api-Key: MARKER-header' -H 'X-Other: MARKER-header' \
		-d '{"api_key":"MARKER-body","model":"m","user":"MARKER-cookie","cookie":"MARKER-jar"}'
	assert_stdout 200
	grep -q MARKER-token answer
	end_mock
	try -1 grep -o 'MARKER[a-z-]*' rec
	assert_stdout
	try -0 jq -r '.request.path, .request.headers.authorization, .request.body.api_key, (.reply.text | fromjson | .kept, .access_token)' rec
	assert_stdout "$chat?api_key=***&a=b&key=***" '***' '***' yes '***'
	# It is found again, whatever the key is.
	mock --replay rec
	try -0 ask -o answer "$host$chat?api_key=other&a=b&key=x" \
		-d '{"model":"m","user":"***","api_key":"another","cookie":"x"}'
	assert_stdout 200
	try -0 jq -r .kept answer
	assert_stdout yes
}

@test "K19: bytes, chunks and pauses come back as they were" {
	cat >scenario <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\nX-Odd: \"y\"\r\n\r\n"
		chunk "a\0b\r\n\xff\xc3"
		chunk "\xa4\x1b[31m"
		chunk "x"
		chunk "\n\n"
		chunk ""
		read
		send "HTTP/1.1 418 No\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\n\xef\xbb\xbf\r\n\xe2\x80"
	EOF
	upstream <scenario
	try -0 curl -s -m "$DEADLINE" --raw "$upstream/x" -o direct.1 \
		"$upstream/y" -o direct.2
	upstream <scenario
	mock --upstream "$upstream" --record rec
	try -0 curl -s -m "$DEADLINE" "$host/x" -o recorded.1 \
		"$host/y" -o recorded.2
	end_mock
	mock --replay rec
	try -0 curl -s -m "$DEADLINE" --raw -D head "$host/x" -o replayed.1 \
		"$host/y" -o replayed.2
	cmp direct.1 replayed.1
	cmp direct.2 replayed.2
	grep -q '^X-Odd: "y"' head
	try -0 curl -s -m "$DEADLINE" "$host/x" -o again.1 "$host/y" -o again.2
	cmp recorded.1 again.1
	cmp recorded.2 again.2
	try -0 jq -c '.reply | [.status, .streams, .complete, has("base64"), ([.pauses[]? | .[0] | select(. > 0)])]' rec
	assert_stdout '[200,true,true,true,[7,13,14]]' '[418,false,true,true,[]]'
}

@test "K20: an upstream that dies is recorded as a cut, and replayed as one" {
	upstream <<-'EOF'
		accept
		read
		sse
		delta "Hel"
		delta "lo"
		reset
	EOF
	mock --upstream "$upstream" --record rec
	try -18 curl -s -m "$DEADLINE" "$host$chat" -d "$hello" -o cut
	try -0 jq -c '.reply.complete' rec
	assert_stdout false
	end_mock
	mock --replay rec
	try -18 curl -s -m "$DEADLINE" "$host$chat" -d "$hello" -o replayed
	cmp cut replayed
	grep -q lo replayed
}

@test "a stream is recorded whole though its client leaves at [DONE]" {
	upstream <<-'EOF'
		accept
		read
		sse
		delta "Hello"
		finish stop
		event "[DONE]"
		expect-close 10000
	EOF
	mock --upstream "$upstream" --record rec
	try -0 dmr-chat -n -H "$host/engines/v1" -m m hello
	assert_stdout Hello
	end_mock
	try -0 jq -c '.reply | [.streams, .complete]' rec
	assert_stdout '[true,true]'
}

@test "K20: so is one that breaks off within its Content-Length" {
	upstream <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 100\r\n\r\n{\"a\":1}"
		close
		accept
		read
		send "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"
		close
	EOF
	mock --upstream "$upstream" --record rec
	try -18 curl -s -m "$DEADLINE" "$host/x" -o cut
	assert_file cut -n '{"a":1}'
	try -18 curl -s -m "$DEADLINE" "$host/y"
	end_mock
	try -0 jq -c '.reply | [.streams, .complete, .text]' rec
	assert_stdout '[false,false,"{\"a\":1}"]' '[false,false,null]'
	mock --replay rec
	try -18 curl -s -m "$DEADLINE" "$host/x" -o replayed
	cmp cut replayed
	try -18 curl -s -m "$DEADLINE" "$host/y"
}

@test "K20: an upstream that says nothing is a 502" {
	upstream <<-'EOF'
		accept
		read
		close
	EOF
	mock --upstream "$upstream"
	try -0 ask "$host$models"
	[[ $output == "upstream '$upstream': the connection broke off: "*$'\n'502 ]]
}

@test "a path with bytes that are no UTF-8 is recorded, and found again" {
	upstream <<<$'accept\nread\njson 200 "[1]"\nread\njson 200 "[2]"'
	mock --upstream "$upstream" --record rec
	for _ in record replay; do
		for path in $'/\xff?\xfe=%20' $'/\xfd/\xc3\xa4'; do
			ask "$host$path"
		done >answers
		assert_file answers '[1]200' '[2]200'
		mock --replay rec
	done
	try -0 jq -r .request.path rec
	assert_stdout '/%ff?%fe=%20' '/%fd/%c3%a4'
}

# ---- replaying

@test "K15: a recording that is wrong is refused at the start" {
	good='{"version":1,"request":{"method":"GET","path":"/x"},"reply":{"text":"y"}}'
	printf '%s\n' "$good" "${good%?}" >rec
	refused 26 'rec:2: it is not JSON behind byte 72' --replay rec
	printf '%s\n' "$good" "${good/1/3}" >rec
	refused 26 "rec:2: version: '3' is not known, only 1 is" --replay rec
	printf '%s\n' "$good" "${good/'"version":1,'}" >rec
	refused 26 "rec:2: 'version' is missing" --replay rec
	printf '%s\n' "${good%?},\"more\":1}" >rec
	refused 26 "rec:1: there is no member 'more'" --replay rec
	printf '\n\n' >rec
	refused 26 'rec:1: there is no exchange' --replay rec
	: >rec
	refused 26 'rec:1: there is no exchange' --replay rec
	printf '%s\n' "$good" "${good/x/\\u00}" >rec
	refused 26 'rec:2: it is not JSON behind byte 53' --replay rec
	mkfifo pipe
	refused 26 "cannot read 'pipe': not a regular file" --replay pipe
	refused 26 "cannot read '.': not a regular file" --replay .
	truncate -s 1G large
	refused 26 "'large' is larger than 268435456 bytes" --replay large
	refused 26 "cannot read 'none': No such file or directory" --replay none
	printf '%s\n' "$good" >rec
	ln -s rec link
	refused 26 "cannot read 'link': a symbolic link is not followed here" \
		--replay link
	chmod 000 rec
	chmod 711 .
	local drop=()
	((EUID)) || drop=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	try -26 "${drop[@]}" "$BUILD/dmr-mock" --replay rec -- true
	assert_stdout
	assert_stderr "dmr-mock: cannot read 'rec': Permission denied"
}

@test "K15: the same request twice is no mistake: each has its turn" {
	good='{"version":1,"request":{"method":"GET","path":"/x"},"reply":{"text":"y"}}'
	printf '%s\n' "$good" "${good/\"y/\"z}" >rec
	mock --replay rec
	for wanted in y z z; do
		try -0 ask "$host/x"
		assert_stdout "${wanted}200"
	done
}

@test "K18: what was not recorded goes on to the next, and -v says what is near" {
	cat >rec <<-'EOF'
		{"version":1,"request":{"method":"POST","path":"/a","body":{"m":[{"c":"x"}],"n":1}},"reply":{"body":[1]}}
		{"version":1,"request":{"method":"POST","path":"/a","body":{"m":[{"c":"y"}],"n":2}},"reply":{"body":[2]}}
	EOF
	mock --replay rec -v
	try -0 ask "$host/a" -d '{"n":1,"m":[{"c":"x"}]}'
	assert_stdout '[1]200'
	try -0 ask "$host/a" -d '{"m":[{"c":"z"}],"n":2}' -o no
	assert_stdout 404
	try -0 ask "$host/a" -d '{"m":[{"c":"y"}],"n":3}' -o no
	try -0 ask "$host/a" -d 'text' -o no
	try -0 ask "$host/a" -o no
	try -0 ask "$host/b" -o no
	end_mock
	try -0 grep recording said
	assert_stdout \
		'dmr-mock: no recording of POST /a: rec:1 is nearest, and differs at .m[0].c' \
		'dmr-mock: no recording of POST /a: rec:2 is nearest, and differs at .n' \
		'dmr-mock: no recording of POST /a: rec:1 is nearest, and differs in its body' \
		'dmr-mock: no recording of GET /a: rec:1 has another method' \
		'dmr-mock: no recording of GET /b: none has this path'
}

# ---- a real runner

@test "upstream: nobody there means the built-in answers" {
	mock --upstream http://127.0.0.1:1
	try -0 ask -o list "$host$models"
	assert_stdout 200
	try -0 jq -r '.data[].id' list
	assert_stdout docker.io/ai/smollm2:latest
	mock --upstream auto # DMR_HOST is the other mock
	try -0 dmr-chat -n -m ai/smollm2 hi
	export DMR_HOST=http://127.0.0.1:1
	mock --upstream auto
	try -0 ask -o list "$host$models"
	assert_stdout 200
}

@test "upstream: an address that is none is exit 2" {
	refused 2 "--upstream: no address of a server (http://host:port[/path] or unix:///path.sock): 'ftp://x': only http, https and unix are spoken" \
		--upstream ftp://x
}

@test "upstream: status, type and body pass, errors too" {
	upstream <<-'EOF'
		accept
		read
		text 503 "Loading model" 'Retry-After: 7' "X-Odd: \x01" "B\x7fd: x"
		read
		json 400 '{"error":{"message":"no"}}'
	EOF
	mock --upstream "$upstream" --record rec
	try -0 ask -D head "$host$chat" -d "$hello" -H 'X-Preload-Only: true' \
		-H 'Authorization: Bearer good-key' -A agent/1 \
		-H 'Content-Type: application/json'
	assert_stdout 'Loading model503'
	grep -q '^Retry-After: 7' head
	run -1 grep -i odd head
	try -0 ask "$host$models"
	assert_stdout '{"error":{"message":"no"}}400'
	request 1 | assert_file /dev/stdin -n "$hello"
	try -0 dmr-mock --replay rec -- true # it can be read
	try -0 request_head 1
	for line in 'X-Preload-Only: true' 'Authorization: Bearer good-key' \
		'User-Agent: agent/1' 'Content-Type: application/json' \
		'Via: 1.1 dmr-mock' "Host: ${upstream#http://}"; do
		grep -qxF "$line" stdout
	done
	assert_requests 2
}

@test "upstream: a header that comes twice goes on twice" {
	upstream <<<$'accept\nread\njson 200 "[]"'
	mock --upstream "$upstream"
	try -0 ask "$host$models" -H 'X-Foo: a' -H 'X-Foo: b' -H 'x-foo: a' \
		-H 'Accept: x/y'
	assert_stdout '[]200'
	try -0 request_head 1
	grep -iE '^(X-Foo|Accept):' stdout | assert_file /dev/stdin \
		'X-Foo: a' 'X-Foo: b' 'x-foo: a' 'Accept: x/y'
}

@test "upstream: HEAD says how long the body is that does not come" {
	upstream <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 22\r\n\r\n"
		read
		send "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
	EOF
	mock --upstream "$upstream" --record rec
	try -0 curl -sI -m "$DEADLINE" "$host/x" -o passed "$host/y" -o empty
	grep -q $'^Content-Length: 22\r' passed
	grep -q $'^Content-Length: 0\r' empty
	end_mock
	mock --replay rec
	try -0 curl -sI -m "$DEADLINE" "$host/x" -o replayed
	diff <(grep -v ^Date passed) <(grep -v ^Date replayed)
}

@test "upstream: what comes is passed on at once" {
	upstream <<-'EOF'
		accept
		read
		sse
		delta "first"
		await on
		delta "last"
		finish stop
		done
	EOF
	mock --upstream "$upstream"
	mkfifo answer
	curl -sN -m "$DEADLINE" "$host$chat" -d "$hello" >answer &
	exec 4<answer
	read -r -t "$DEADLINE" line <&4
	[[ $line == *first* ]]
	go on
	rest=$(cat <&4)
	[[ $rest == *last*'[DONE]'* ]]
	exec 4<&-
}

@test "upstream: a client that goes away ends the request there" {
	upstream <<-'EOF'
		accept
		read
		sse
		delta "first"
		expect-close 10000
	EOF
	mock --upstream "$upstream"
	mkfifo answer
	curl -sN -m "$DEADLINE" "$host$chat" -d "$hello" >answer &
	exec 4<answer
	read -r -t "$DEADLINE" line <&4
	kill $!
	wait $! || :
	exec 4<&-
	closed
}

@test "K21: a redirect is passed on, not followed" {
	upstream <<-'EOF'
		accept
		read
		text 302 "" 'Location: /elsewhere'
	EOF
	mock --upstream "$upstream"
	try -0 ask -D head "$host$models"
	assert_stdout 302
	grep -q '^Location: /elsewhere' head
	assert_requests 1
}

@test "K21: a proxy is not asked for this machine" {
	upstream <<<$'accept\nread\njson 200 "[]"'
	export http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1
	mock --upstream "$upstream"
	unset http_proxy ALL_PROXY
	try -0 ask "$host$models"
	assert_stdout '[]200'
}

@test "K14: a path that leads elsewhere is not passed on" {
	upstream <<<$'accept\nread\njson 200 "[]"'
	mock --upstream "$upstream/prefix/engines/v1"
	for path in /../x /models/.. /models/%2e%2e/%2E./x /models/..%2fx \
		'/models/%2e%2F..'; do
		try -0 ask --path-as-is "$host$path" -o no
		assert_stdout 404
	done
	try -0 ask --request-target '@127.0.0.1:1/models' "$host/" -o no
	[[ $output == 40? ]]
	assert_requests 0
	try -0 ask --path-as-is "$host/models/a..b/.c"
	assert_stdout '[]200'
	try -0 request_head 1
	[[ ${output%%$'\n'*} == 'GET /prefix/models/a..b/.c HTTP/1.1' ]]
}

@test "upstream: the base of an inference API gets its own paths" {
	upstream <<<$'accept\nread\njson 200 "[]"\nread\njson 200 "[]"'
	mock --upstream "$upstream/api"
	try -0 ask "$host/engines/llama.cpp/v1/models?x=1"
	assert_stdout '[]200'
	try -0 ask "$host/v1/models"
	assert_stdout '[]200'
	try -0 ask -o version "$host/version" # it has no management
	assert_stdout 200
	assert_requests 2
	try -0 request_head 1
	[[ ${output%%$'\n'*} == 'GET /api/models?x=1 HTTP/1.1' ]]
	try -0 request_head 2
	[[ ${output%%$'\n'*} == 'GET /api/models HTTP/1.1' ]]
}

@test "upstream: a mock that is its own upstream answers" {
	mock
	end_mock
	mock --listen "127.0.0.1:$port" --upstream "http://127.0.0.1:$port"
	try -0 ask -o list "$host$models"
	assert_stdout 200
	try -0 jq -r '.data[].id' list
	assert_stdout docker.io/ai/smollm2:latest
}

@test "upstream: who was found gets no secret, and a page is no runner's" {
	need unshare ip
	unshare -rn true 2>/dev/null || lack 'the right to make namespaces'
	cat >scenario <<-'EOF'
		accept
		read
		send "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"
		accept
		read
		json 200 '[1]'
	EOF
	unset DMR_HOST
	try -0 unshare -rn bash -euc '
		ip link set lo up
		"$RAWD" -p 12434 -l . -P port scenario &
		until [[ -e port ]]; do :; done
		"$BUILD/dmr-mock" --upstream auto -- sh -c "$0"
		kill $!' 'for i in 1 2; do
			curl -s -m "$DEADLINE" -o answer.$i -H "X-Api-Key: marker" \
				"$DMR_HOST/engines/v1/models"
		done'
	try -0 jq -r '.data[].id' answer.1
	assert_stdout docker.io/ai/smollm2:latest
	assert_file answer.2 -n '[1]'
	grep -q '^Via: 1.1 dmr-mock' request.2
	try -1 grep marker request.1 request.2
}
