# dmr-mock as a server: what it accepts, refuses and survives, the command it
# runs.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock

models=/engines/v1/models
chat=/engines/v1/chat/completions

# ---- listening

@test "K1: a port that is taken is exit 7" {
	mock
	try -7 dmr-mock --listen "127.0.0.1:$port"
	assert_stdout
	assert_stderr "dmr-mock: cannot listen on '127.0.0.1:$port': Address already in use"
	still_answers
}

@test "K1: a port that is not ours to take is exit 7" {
	need setpriv
	(($(</proc/sys/net/ipv4/ip_unprivileged_port_start) > 80)) ||
		lack 'ports that are privileged'
	drop=()
	((EUID)) || drop=(setpriv --bounding-set=-net_bind_service)
	try -7 "${drop[@]}" "$BUILD/dmr-mock" --listen 127.0.0.1:80
	assert_stdout
	assert_stderr "dmr-mock: cannot listen on '127.0.0.1:80': Permission denied"
}

@test "K1: port 0 is a free one, printed and written once it is ready" {
	mock --listen 127.0.0.1:0 --port-file port
	[[ $host == http://127.0.0.1:[1-9]* ]]
	still_answers
	assert_file port "$port"
	mock
	still_answers
	end_mock
	assert_file said
}

@test "listen: IPv6, localhost, a Unix socket" {
	mock --listen localhost:0
	[[ $host == http://127.0.0.1:* ]]
	mock --listen unix:s
	[[ $host == "unix://$PWD/s" ]]
	try -0 dmr-chat -n -m ai/smollm2 hi
	[[ $(ask -o /dev/null --unix-socket s "http://localhost$models") == 200 ]]
	for name in docker any.example:80 model-runner.docker.internal; do
		[[ $(ask -o /dev/null --unix-socket s "http://$name$models") == 200 ]]
	done
	[[ $(ask -o /dev/null --unix-socket s -H 'Origin: http://a' \
		"http://localhost$models") == 403 ]]
	[[ -e /proc/net/if_inet6 && $(</proc/net/if_inet6) ]] || lack IPv6
	mock --listen '[::1]:0'
	[[ $host == 'http://[::1]:'* ]]
	still_answers
}

@test "listen: what is no address is exit 2" {
	local where

	for where in '' x :80 127.0.0.1 127.0.0.1: 127.0.0.1:x 127.0.0.1:65536 \
		127.0.0.1:-1 '127.0.0.1: 1' ::1:80 '[127.0.0.1]:80' \
		example.com:80 unix: "unix:$(printf 'x%.0s' {1..200})"; do
		echo "$where"
		try -2 dmr-mock --listen "$where"
		assert_stdout
		[[ $stderr == 'dmr-mock: '*--listen* && $stderr != *$'\n'* ]]
	done
	try -2 dmr-mock --listen unix:s --port-file p
	assert_stderr 'dmr-mock: --port-file: a Unix socket has no port'
	[[ ! -e s && ! -e p ]]
}

@test "K2: an address others can reach is warned of once, and Host not checked" {
	mock --listen 0.0.0.0:0
	assert_file said "dmr-mock: $host can be reached from other machines; Host is not checked"
	[[ $(ask -o /dev/null -H 'Host: any.example' \
		"http://127.0.0.1:$port$models") == 200 ]]
	[[ $(ask -o /dev/null -H 'Host: any.example' \
		-H 'Origin: http://any.example' \
		"http://127.0.0.1:$port$models") == 403 ]]
	end_mock
	assert_file said "dmr-mock: $host can be reached from other machines; Host is not checked"
	mock --listen 127.0.0.1:0
	assert_file said
	[[ $(ask -o /dev/null -H 'Host: any.example' "$host$models") == 403 ]]
}

@test "K29: a socket that was left behind is replaced, mode 0600" {
	mock --listen unix:s
	[[ $(stat -c '%a %F' s) == '600 socket' ]]
	kill -KILL "$mock_pid"
	wait "$mock_pid" || [[ $? == 137 ]]
	mocks=()
	[[ -S s ]]
	mock --listen unix:s
	try -0 dmr-chat -n -m ai/smollm2 hi
	end_mock
	[[ ! -e s ]]
}

@test "K29: what another has put in the place of ours stays" {
	mock --port-file port
	first=$mock_pid
	mock --port-file port
	end_mock "$first"
	assert_file port "$port"
	end_mock
	[[ ! -e port ]]
	mock --listen unix:s
	first=$mock_pid
	rm s
	mock --listen unix:s
	end_mock "$first"
	[[ $(ask -o /dev/null --unix-socket s "http://localhost$models") == 200 ]]
	echo mine >port
	try -23 bash -c 'ulimit -f 0; exec dmr-mock --port-file port'
	assert_file port mine
}

@test "K29: what is in use, a link, or no socket stays" {
	mock --listen unix:s
	ln -s s link
	ln -s nowhere dangling
	echo text >file
	mkdir folder
	try -7 dmr-mock --listen unix:s
	assert_stderr "dmr-mock: cannot listen on 'unix:s': Address already in use"
	for name in link dangling file folder; do
		try -7 dmr-mock --listen "unix:$name"
		assert_stderr "dmr-mock: cannot listen on 'unix:$name': the file is no socket of yours"
	done
	[[ -L link && -L dangling && $(<file) == text && -d folder ]]
	try -0 dmr-chat -n -m ai/smollm2 hi
	((EUID)) || {
		chown 65534 s
		try -7 dmr-mock --listen unix:s
		[[ -S s ]]
	}
}

# ---- what is asked

@test "an answer whose header is too large is a 500 that says so" {
	local size

	for size in 30000 33000; do
		jq -nc --arg x "$(printf "%${size}s" '' | tr ' ' z)" \
			'{path:"/x",headers:{X:$x},text:"t"}'
	done >script
	sed -i '2s:/x:/y:' script
	mock -v --script script
	try -0 ask "$host/x"
	assert_stdout -n $'t200\n'
	try -0 ask "$host/y"
	assert_stdout "the answer's header is too large" 500
	try -0 ask "$host/x" -H "X: $(printf %4000s '' | tr ' ' z)"
	assert_stdout "the answer's header is too large" 500
	# shellcheck disable=SC2046 # several words
	try -0 ask "$host/x" $(printf -- '-H X%d:y ' {1..40})
	assert_stdout "the answer's header is too large" 500
	end_mock
	(($(grep -c ' 500 ' said) == 3))
}

@test "K3: what is no HTTP, and no HTTP of ours, is refused" {
	mock --request-timeout 200ms
	play send 'lkjlkj\r\n\r\n' '\x00\xff\x01garbage\r\n\r\n' \
		'\x16\x03\x01\x00\xca\x01\x00\x00\xc6\x03\x03lkj' \
		'GET /engines/v1/models\r\n\r\n' \
		'GET /engines/v1/models HTTP/9.9\r\n\r\n' \
		'GET /engines/v1/models HTTP/2.0\r\n\r\n' >answers
	assert_file answers '(nothing)' '(nothing)' '(nothing)' \
		'HTTP/1.1 400 Bad Request' \
		'HTTP/1.1 505 HTTP Version Not Supported' \
		'HTTP/1.1 505 HTTP Version Not Supported'
	still_answers
}

@test "K4: what is too long is 414 or 431" {
	mock
	play long_lines >answers
	assert_file answers 'HTTP/1.1 414 URI Too Long' \
		'HTTP/1.1 431 Request Header Fields Too Large' \
		'HTTP/1.1 431 Request Header Fields Too Large'
	still_answers
}

# hosts STATUS HOST ...: what the mock says to a request with this Host line.
hosts() {
	local each lines=()

	for each in "${@:2}"; do
		lines+=("GET $models HTTP/1.1\r\n$each\r\n\r\n")
	done
	play send "${lines[@]}" >answers
	[[ $(sort -u answers) == "HTTP/1.1 $1" ]] || { cat answers && false; }
}

@test "K5: without a Host, and with two, it is 400" {
	mock
	hosts '400 Bad Request' 'X: y' \
		"Host: localhost:$port\r\nHost: localhost:$port" \
		"Host: localhost:$port\r\nhost: evil.example"
	play send "GET $models HTTP/1.0\r\n\r\n" >answers
	assert_file answers 'HTTP/1.1 200 OK'
}

@test "K6: a Host that is not ours is 403" {
	mock
	hosts '403 Forbidden' 'Host: evil.example' "Host: evil.example:$port" \
		"Host: localhost.:$port" "Host: 127.0.0.1.:$port" \
		"Host: localhost.evil.example:$port" "Host: 127.0.0.1:1" \
		'Host: localhost' 'Host: 127.0.0.1' "Host: [::1]:$port" \
		"Host: [::ffff:127.0.0.1]:$port" "Host: 127.1:$port" \
		"Host: 2130706433:$port" "Host: 0.0.0.0:$port" 'Host:' \
		"Host: localhost:0$port" "Host: localhost:$port:$port" \
		"Host: x@localhost:$port" 'Host: model-runner.docker.internal'
	hosts '200 OK' "Host: localhost:$port" "Host: LocalHost:$port" \
		"Host: 127.0.0.1:$port"
}

@test "K7: a request of a web page is 403, and no page is let read" {
	local origin

	mock
	for origin in http://evil.example null "$host" http://localhost:3000 \
		http://localhost http://127.0.0.1; do
		try -0 curl -si -H "Origin: $origin" "$host$models"
		[[ ${output,,} != *access-control* ]]
		[[ $output == 'HTTP/1.1 403 Forbidden'* ]]
		[[ $output == *'Origin not allowed' ]]
		try -0 curl -si -X OPTIONS -H "Origin: $origin" \
			-H 'Access-Control-Request-Method: POST' "$host$chat"
		[[ ${output,,} != *access-control* ]]
		[[ $output == 'HTTP/1.1 403 Forbidden'* ]]
	done
}

@test "K8: a body that is framed in two ways or none is refused" {
	local head="POST $chat HTTP/1.1\r\nHost: localhost:"

	mock
	head+=$port'\r\n'
	play send "${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" \
		"${head}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc" \
		"${head}Content-Length: -3\r\n\r\nabc" \
		"${head}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" \
		"${head}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n" \
		"${head}Content-Length: 99999999999999999999999\r\n\r\nabc" >answers
	assert_file answers 'HTTP/1.1 400 Bad Request' \
		'HTTP/1.1 400 Bad Request' 'HTTP/1.1 400 Bad Request' \
		'HTTP/1.1 400 Bad Request' 'HTTP/1.1 400 Bad Request' \
		'HTTP/1.1 413 Content Too Large'
	still_answers
}

@test "K9: a body of 1 GB is refused at 10 MiB, as the real one does" {
	mock
	play large_body | tr -d '\r' >answer
	assert_file answer 'HTTP/1.1 400 Bad Request' 'Connection: close' \
		'Content-Type: text/plain; charset=utf-8' \
		'X-Content-Type-Options: nosniff' 'Content-Length: 18' '' \
		'request too large' ''
	(($(awk '/VmHWM/ { print $2 }' "/proc/$mock_pid/status") < 64 << 10))
	play size_limit >answers
	assert_file answers 'HTTP/1.1 404 Not Found' 'HTTP/1.1 400 Bad Request' \
		'HTTP/1.1 400 Bad Request' 'HTTP/1.1 400 Bad Request'
	still_answers
}

@test "K9: what comes slower than --request-timeout is 408" {
	mock --request-timeout 200ms
	play slow >answers
	assert_file answers '(nothing)' 'HTTP/1.1 408 Request Timeout' \
		'HTTP/1.1 408 Request Timeout'
	still_answers
}

@test "K9: a body that is shorter than it was said to be is 400" {
	mock
	play short >answers
	assert_file answers 'HTTP/1.1 400 Bad Request' 'HTTP/1.1 400 Bad Request'
	still_answers
}

@test "K12: a client that has ended its side gets what comes later, too" {
	local size

	echo '{"path":"/version","delay":"100ms"}' >script
	mock --script script
	play half_closed /version /models /fault/slow/models \
		/fault/stall/models >answers
	size=$(curl -s "$host/models" | wc -c)
	assert_file answers "HTTP/1.1 200 OK $(curl -s "$host/version" | wc -c)" \
		"HTTP/1.1 200 OK $size" "HTTP/1.1 200 OK $size" \
		"HTTP/1.1 200 OK $((size / 2))"
	still_answers
}

@test "K12: clients that read nothing cost no more than their answer" {
	mock
	play not_reading "$mock_pid" >answers
	! is_asan || sed -i 's/memory: more/memory: bounded/' answers
	assert_file answers 'HTTP/1.1 200 OK' 'memory: bounded'
}

@test "K24: a method that a path has not is 404, 405 or 501" {
	mock
	play methods "PUT PATCH TRACE CONNECT OPTIONS PROPFIND get poST $(
		printf 'X%.0s' {1..500}
	)" / /models "$models" "$chat" /engines/v1/embeddings /engines/ps \
		/engines/_configure /version /v1/models /none \
		/__mock/requests /__mock/none >answers
	assert_file answers '108 were refused'
	[[ $(ask -I -o /dev/null "$host$models") == 200 ]]
	still_answers
}

@test "K30: nothing that is asked adds a line to the log or reaches a terminal" {
	mock -v
	play send "GET /a%0d%0ab\x1b[31m\x0dc\x9b HTTP/1.1\r\nHost: localhost:$port\r\nX\x1b: \x1b]0;t\x07\r\n\r\n" >answers
	assert_file answers 'HTTP/1.1 404 Not Found'
	end_mock
	sed -i 's/[0-9]* [0-9]* ms$/N N ms/' said
	assert_file said '1 GET /a%0d%0ab\x1b[31m\x0dc\x9b 404 N N ms'
	mock -vv
	curl -s -o body "$host$chat" -H 'X: '$'\e''[31m' \
		-d '{"model":"a\u001b[31m\n'$'\e\n''","messages":[]}'
	end_mock
	(($(wc -l <said) == 2))
	[[ $(grep -c '^> {"number":1,' said) == 1 ]]
	run -1 grep $'\e' said
}

# ---- what was asked

@test "requests: what was asked is told as JSON Lines, secrets masked" {
	mock
	curl -s -o /dev/null "$host/engines/v1/models?a=b%20c" \
		-H 'Authorization: Bearer marker' -H 'X-Api-Key: marker' -A me
	curl -s -o /dev/null "$host/none" --data-binary 'no "JSON"'
	curl -s -o /dev/null "$host/none" --data-binary $'\xff'
	try -0 dmr-chat -n -m ai/smollm2 hi
	try -0 curl -s "$host/__mock/requests"
	[[ $output != *marker* ]]
	jq -c '[.number, .method, .path]' stdout >asked
	assert_file asked '[1,"GET","/engines/v1/models?a=b%20c"]' \
		'[2,"POST","/none"]' '[3,"POST","/none"]' \
		"[4,\"POST\",\"$chat\"]"
	jq -c 'select(.number == 1).headers | [.host, .authorization,
		."x-api-key", ."user-agent"]' stdout >asked
	assert_file asked "[\"127.0.0.1:$port\",\"***\",\"***\",\"me\"]"
	jq -c '[.text, .base64, .body.messages]' stdout >asked
	assert_file asked '[null,null,null]' '["no \"JSON\"",null,null]' \
		"[null,\"$(printf '\377' | base64)\",null]" \
		'[null,null,[{"role":"user","content":"hi"}]]'
}

@test "requests: what was refused is told, and how each was answered" {
	mock
	ask -o body -X PUT "$host$models" -H 'Host: evil.example' -d x >answers
	ask -o body "$host/__mock/requests" -H 'Origin: null' >answers
	play send "GET /two HTTP/1.1\r\nHost: localhost:$port\r\nHost: localhost:$port\r\n\r\n" \
		"POST /chunk HTTP/1.1\r\nHost: localhost:$port\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" \
		'GET /none HTTP/1.1\r\n\r\n' >answers
	play large_body >answers
	play short >answers
	curl -s "$host/__mock/requests" |
		jq -c '[.number, .method, .path, .text, .status, .fault] |
			.[3] |= if . then length else . end' >asked
	assert_file asked "[1,\"PUT\",\"$models\",1,403,null]" \
		'[2,"GET","/__mock/requests",null,403,null]' \
		'[3,"GET","/two",null,400,null]' \
		'[4,"POST","/chunk",null,400,null]' \
		'[5,null,"/none",null,400,null]' \
		"[6,\"POST\",\"$chat\",null,400,null]" \
		"[7,\"POST\",\"$chat\",null,400,null]" \
		"[8,\"GET\",\"$models\",null,200,null]" \
		"[9,\"POST\",\"$chat\",null,400,null]"
}

@test "requests: a fault that was applied is told with the status" {
	local name

	echo '{"path":"/engines/df","fault":"bytes"}' >script
	mock --script script
	for name in {cut-17,429,429,nosuch,reset}$models slow/engines/df; do
		curl -s -o body "$host/fault/$name" || :
	done
	curl -s "$host/__mock/requests" |
		jq -c '[.path, .status, .fault]' >asked
	assert_file asked "[\"/fault/cut-17$models\",200,\"cut-17\"]" \
		"[\"/fault/429$models\",429,\"429\"]" \
		"[\"/fault/429$models\",200,null]" \
		"[\"/fault/nosuch$models\",404,null]" \
		"[\"/fault/reset$models\",null,\"reset\"]" \
		'["/fault/slow/engines/df",200,"bytes, slow"]'
}

@test "K17: nor is a secret of a query or a body told, there or by -v" {
	mock -vv
	curl -s -o body "$host/engines/v1/models?api_key=marker-a" \
		-H 'Authorization: Bearer marker-b1'
	curl -s -o body "$host/none?a=marker-b1" \
		-H 'Authorization: Bearer marker-b1' \
		-d '{"token":"marker-c","say":"marker-b1","api_key":["marker-d"]}'
	try -0 curl -s "$host/__mock/requests"
	jq -c '[.path, .headers.authorization, .body]' stdout >asked
	assert_file asked '["/engines/v1/models?api_key=***","***",null]' \
		'["/none?a=***","***",{"token":"***","say":"***","api_key":[]}]'
	[[ $output != *marker* ]]
	end_mock
	(($(grep -c 'api_key=\*\*\*' said) == 2))
	run -1 grep marker said
}

@test "requests: DELETE forgets them, and other methods are 405" {
	mock
	ask -o /dev/null "$host/x" "$host/y" >answers
	[[ $(curl -s "$host/__mock/requests" | jq -s length) == 2 ]]
	[[ $(ask -X DELETE "$host/__mock/requests") == 204 ]]
	[[ ! $(curl -s "$host/__mock/requests") ]]
	ask -o /dev/null "$host/z" >answers
	[[ $(curl -s "$host/__mock/requests" | jq .number) -ge 3 ]]
	[[ $(ask -o body -X PUT "$host/__mock/requests") == 405 ]]
	[[ $(ask -o body "$host/__mock/x") == 404 ]]
}

@test "requests: the last 1024 are kept" {
	mock
	play pipeline 2000 >answers
	curl -s "$host/__mock/requests" >requests
	[[ $(wc -l <requests) == 1024 ]]
	[[ $(tail -n 1 requests | jq .number) == 2002 ]]
}

# ---- the end

@test "K26: it dies of SIGTERM or SIGINT at once, and nothing is left behind" {
	mock --port-file port
	dmr-chat -n -m ai/smollm2 -H "$host/fault/stall/engines/v1" hi \
		>partial 2>errors 3>&- &
	client=$!
	until curl -s "$host/__mock/requests" | grep -q stall; do :; done
	SECONDS=0
	end_mock # dies of it
	((SECONDS <= 10))
	[[ ! -e port ]]
	status=0
	wait "$client" || status=$?
	[[ $status == 18 ]]
	mock --listen unix:s
	kill -INT "$mock_pid"
	status=0
	wait "$mock_pid" || status=$?
	mocks=()
	[[ $status == 130 && ! -e s ]]
}

@test "K26: what is being answered has time to be finished" {
	mock
	dmr-chat -n -m ai/smollm2 -H "$host/fault/slow/engines/v1" --no-stream hi \
		>answer 2>errors 3>&- &
	client=$!
	until curl -s "$host/__mock/requests" | grep -q slow; do :; done
	end_mock
	wait "$client"
	[[ -s answer ]]
	assert_file errors
}

@test "K28: with 16 descriptors some are turned away, and answered later" {
	(
		ulimit -n 16
		exec "$BUILD/dmr-mock" --port-file "$PWD/port"
	) >/dev/null 2>said 3>&- &
	mock_pid=$!
	mocks+=("$mock_pid")
	until [[ -s port ]]; do :; done
	port=$(<port)
	play more_than_fit >answers
	assert_file answers 'HTTP/1.1 503 Service Unavailable' again
}

# ---- the command

@test "command: DMR_HOST is set for it, and its arguments are its own" {
	try -0 dmr-mock -q -- sh -c 'echo "$DMR_HOST $*"' - --help -v 'a  b'
	[[ $output == 'http://127.0.0.1:'[1-9]*' --help -v a  b' ]]
	assert_stderr
	try -0 dmr-mock printf '%s\n' --version
	assert_stdout --version
	try -0 dmr-mock -- sh -c 'env | grep -c ^DMR_HOST='
	assert_stdout 1
	[[ $DMR_HOST == http://127.0.0.1:1 ]]
	try -0 dmr-mock -- dmr-chat -n -m ai/smollm2 hi
	[[ $output ]]
}

@test "command: its input and output are its own" {
	printf 'a\nb' | try -0 dmr-mock -- cat
	assert_stdout -n $'a\nb'
	try -0 dmr-mock -v -- sh -c 'echo out; echo err >&2'
	assert_stdout out
	[[ $stderr == 'dmr-mock: listening on http://127.0.0.1:'*$'\nerr' ]]
}

@test "command: its exit status is the mock's" {
	try -0 dmr-mock -- true
	try -1 dmr-mock -- false
	try -42 dmr-mock -- sh -c 'exit 42'
	try -255 dmr-mock -- sh -c 'exit 255'
	try -143 dmr-mock -- sh -c 'kill -TERM $$'
	try -137 dmr-mock -- sh -c 'kill -KILL $$'
	assert_stderr
	try -127 dmr-mock -- no-such-command
	assert_stderr "dmr-mock: cannot run 'no-such-command': No such file or directory"
	echo text >file
	try -126 dmr-mock -- ./file
	assert_stderr "dmr-mock: cannot run './file': Permission denied"
	try -2 dmr-mock --listen x -- touch ran
	[[ ! -e ran ]]
}

@test "command: a signal goes on to it, and its end is waited for" {
	mkfifo ready never
	start dmr-mock --port-file port -- bash -c '
		trap "echo told; exit 9" TERM
		echo >ready
		while :; do read -r -t 0.1 <>never || :; done'
	read -r -t "$DEADLINE" _ <ready
	kill -TERM "$pid"
	finish -9
	assert_stdout told
	[[ ! -e port ]]
}

@test "command: SIGHUP and SIGQUIT go on to it, too" {
	local name

	for name in HUP QUIT; do
		rm -f ready
		mkfifo ready
		start dmr-mock -- bash -c '
			trap "echo told; exit 9" "$1"
			mkfifo never
			echo >ready
			while :; do read -r -t 0.1 <>never || :; done' - "$name"
		read -r -t "$DEADLINE" _ <ready
		kill "-$name" "$pid"
		finish -9
		assert_stdout told
		rm never
	done
}

@test "command: signals are as they were for it" {
	try -0 dmr-mock -- awk '/^Sig(Blk|Ign)/ { print $2 }' /proc/self/status
	{ read -r blocked && read -r ignored; } <stdout
	# 32 and 33 are the C library's own.
	((16#$blocked == 0 && (16#$ignored & 0x7fffffff) == 0))
	try -0 bash -c 'ulimit -Sn 256 && exec dmr-mock -- sh -c "ulimit -n"'
	assert_stdout 256
	# AddressSanitizer has it down to 0 before main() begins.
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}disable_coredump=0
	try -0 bash -c 'ulimit -Sc 9 && exec dmr-mock -- bash -c "ulimit -c"'
	assert_stdout 9
	# And no descriptor is added.
	try -0 sh -c 'ls /proc/$$/fd'
	cp stdout without
	try -0 dmr-mock -- sh -c 'ls /proc/$$/fd'
	assert_stdout -f without
}

# ---- what it writes

@test "what cannot be written is exit 23" {
	try -23 bash -c 'exec dmr-mock >/dev/full'
	assert_stderr 'dmr-mock: cannot write standard output: No space left on device'
	try -23 bash -c 'exec dmr-mock >&-'
	try -23 dmr-mock --port-file none/port
	assert_stderr "dmr-mock: cannot write 'none/port': No such file or directory"
	try -23 dmr-mock --port-file /dev/full -- touch ran
	[[ ! -e ran ]]
}

@test "standard output ends with the address, which a pipe shows" {
	url=$(dmr-mock 2>said 3>&- & echo $! >pid)
	mocks+=("$(<pid)")
	[[ $(ask -o /dev/null "$url$models") == 200 ]]
	kill "$(<pid)"
	mocks=()
}

@test "--list-faults is a name and a line for each" {
	try -0 dmr-mock --list-faults
	run -1 grep -vE $'^[a-z0-9-]+(-N)?\t[^\t]+$' stdout
	(($(wc -l <stdout) >= 24))
	[[ ! $(cut -f 1 stdout | sort | uniq -d) ]]
}

@test "mock: odd requests are answered, or refused, as a model runner does" {
	load requests
	mock
	try -0 ask_requests "$host"
	assert_stdout
	assert_stderr
	still_answers
}
