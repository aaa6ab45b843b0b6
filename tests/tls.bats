# TLS, and the gateways that speak it: what they do to an answer.
# shellcheck disable=SC2154 # variables that lib.bash and server.bash set
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load server

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	cert=$PWD/cert.pem
	fronts=()
}

teardown() {
	local pid

	for pid in "${fronts[@]}"; do
		kill "$pid" 2>/dev/null || :
		wait "$pid" 2>/dev/null || :
	done
	lib_teardown
}

# certify NAME [FROM TO]: makes cert for NAME (DNS:... or IP:...), which it
# vouches for itself; FROM and TO are times as 20200101000000Z.
certify() {
	need openssl
	printf '%s\n' '[req]' distinguished_name=n prompt=no '[n]' CN=test \
		'[ca]' default_ca=c '[c]' database=index new_certs_dir=. \
		rand_serial=yes default_md=sha256 policy=p x509_extensions=e \
		'[p]' commonName=supplied '[e]' "subjectAltName=$1" >config
	: >index
	openssl req -new -config config -newkey ec \
		-pkeyopt ec_paramgen_curve:prime256v1 -nodes \
		-keyout "$cert.key" -out request.pem 2>/dev/null
	openssl ca -batch -config config -selfsign -notext \
		-keyfile "$cert.key" -in request.pem -out "$cert" \
		${2:+-startdate "$2" -enddate "$3"} -days 2 2>/dev/null
}

# serve_tls OPTION ...: what DMR_HOST serves, by TLS (tls.py) and with cert;
# DMR_HOST becomes https.
serve_tls() {
	[[ -e $cert ]] || certify IP:127.0.0.1
	: >handshakes
	rm -f port && mkfifo port
	exec "$python" -W ignore "$tests/tls.py" "$@" "$cert" "${DMR_HOST##*:}" \
		>port 3>&- &
	fronts+=($!)
	read -r -t "$DEADLINE" DMR_HOST <port
	DMR_HOST=https://127.0.0.1:$DMR_HOST
}

@test "G1: a certificate that nobody vouches for is exit 7, nothing is sent" {
	always "$ok_answer"
	serve_tls
	printf 'sk-s3cret\n' >"$BATS_TEST_TMPDIR/key"
	chmod 600 "$BATS_TEST_TMPDIR/key"
	try -7 dmr-chat -n hi --key-file "$BATS_TEST_TMPDIR/key"
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to '$DMR_HOST': "*certificate* ]]
	(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1))
	assert_requests 0
}

@test "G1: --cacert makes it good, and the key arrives" {
	always "$ok_answer"
	serve_tls
	printf 'sk-s3cret\n' >"$BATS_TEST_TMPDIR/key"
	chmod 600 "$BATS_TEST_TMPDIR/key"
	chat --cacert "$cert" --key-file "$BATS_TEST_TMPDIR/key" \
		-H "$DMR_HOST/v1"
	request_head 1 | grep -qx 'Authorization: Bearer sk-s3cret'
	request_head 1 | head -1 | assert_file /dev/stdin \
		'POST /v1/chat/completions HTTP/1.1'
	assert_requests 1
}

@test "G1: with --cacert nobody else can vouch for the server" {
	local certs=$BATS_TEST_TMPDIR/certs

	((EUID == 0)) || lack root
	need unshare
	always "$ok_answer"
	serve_tls
	mkdir "$certs"
	cp "$cert" "$certs/one.pem"
	openssl rehash "$certs"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
		-nodes -days 2 -subj /CN=other -keyout /dev/null \
		-out "$certs/ca-certificates.crt" 2>/dev/null
	# shellcheck disable=SC2016
	set -- unshare --mount sh -c 'mount --bind "$0" /etc/ssl/certs &&
		exec "$@"' "$certs" dmr-chat -n hi
	try -0 "$@"
	assert_stdout ok
	try -7 "$@" --cacert "$certs/ca-certificates.crt"
	assert_stdout
	assert_requests 1
}

@test "G1: a certificate for another name is exit 7" {
	always "$ok_answer"
	certify DNS:example.org
	serve_tls
	try -7 dmr-chat -n hi --cacert "$cert"
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to '$DMR_HOST': "* ]]
	assert_requests 0
}

@test "G1: a --cacert that cannot be read is exit 2 or 7 and named" {
	always read close
	try dmr-chat -n hi -H "https${DMR_HOST#http}" --cacert /nonexistent
	((status == 2 || status == 7))
	assert_stdout
	[[ $stderr == 'dmr-chat: '*/nonexistent* ]]
}

@test "G1: a certificate whose time is over, or has not come, is exit 7" {
	local days plain

	always "$ok_answer"
	plain=$DMR_HOST
	for days in '20200101000000Z 20210101000000Z' \
		'20900101000000Z 20910101000000Z'; do
		# shellcheck disable=SC2086 # two words
		certify IP:127.0.0.1 $days
		serve_tls
		try -7 dmr-chat -n hi --cacert "$cert"
		assert_stdout
		[[ $stderr == "dmr-chat: cannot connect to '$DMR_HOST': "*certificate*[!\ ]* ]]
		[[ $stderr == *expired* || $stderr == *'not yet valid'* ]]
		one_line
		DMR_HOST=$plain
	done
	assert_requests 0
}

# ---- who speaks what

@test "G2: https where plain HTTP is spoken is exit 22 and says so" {
	local answer

	for answer in 'send "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"' \
		'text 400 "what?"'; do
		serve <<-EOF
			accept
			$answer
			shutdown
			expect-close 10000
		EOF
		DMR_HOST=https${DMR_HOST#http}
		fails 22 'the answer is not TLS; try: http:// in place of https://'
	done
}

@test "G2: plain HTTP where TLS is spoken is exit 22 or 18 and says so" {
	# As OpenSSL says it, as Go and nginx do, and as those who say nothing.
	once 'send "\x15\x03\x01\0\x02\x02\x46"' close
	fails 22 'the answer is not HTTP; if the server speaks TLS, try: https://'
	once 'send "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"' close
	fails 22 "'$DMR_HOST' answered 400: Client sent an HTTP request to an HTTPS server."
	once close
	try -18 dmr-chat -n hi
	assert_stdout
	one_line
	# A real one.
	always "$ok_answer"
	serve_tls
	try dmr-chat -n hi -H "http${DMR_HOST#https}"
	((status == 18 || status == 22))
	assert_stdout
	one_line
	assert_requests 0
}

@test "G3: TLS that ends without its end is what the answer says it is" {
	local how

	for how in cut garbage; do
		once sse 'delta "half"' close
		serve_tls --end "$how"
		try -18 dmr-chat -n hi --cacert "$cert"
		assert_stdout half
		one_line
		once sse 'delta "ok"' 'finish stop' close
		serve_tls --end "$how"
		chat --cacert "$cert"
		once 'framing plain' 'send "HTTP/1.1 200 OK\r\n\r\n"' \
			'delta "ok"' 'finish stop' close
		serve_tls --end "$how"
		chat --cacert "$cert"
	done
}

@test "G4: a server that is older than TLS 1.2 is exit 7" {
	# What a machine's own configuration allows is no matter.
	printf '%s\n' openssl_conf=a '[a]' ssl_conf=b '[b]' system_default=c '[c]' \
		MinProtocol=TLSv1 CipherString=DEFAULT:@SECLEVEL=0 >old.cnf
	always "$ok_answer"
	OPENSSL_CONF=$PWD/old.cnf serve_tls --old
	OPENSSL_CONF=$PWD/old.cnf try -0 curl -sS --cacert "$cert" --tlsv1.0 \
		-d x "$DMR_HOST"
	grep -q '^TLSv1.1 ' handshakes
	: >handshakes
	OPENSSL_CONF=$PWD/old.cnf try -7 dmr-chat -n hi --cacert "$cert"
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to '$DMR_HOST': "* ]]
	one_line
	[[ ! -s handshakes ]]
	assert_requests 1
}

@test "G5: a handshake that stalls is exit 28 by --connect-timeout" {
	serve <<-'EOF'
		accept
		expect-close 10000
	EOF
	DMR_HOST=https${DMR_HOST#http}
	fails 28 "cannot connect to '$DMR_HOST': no connection within --connect-timeout 0.1s; try: docker model status" \
		--connect-timeout 100ms
}

@test "G6: where HTTP/2 is offered HTTP/1.1 is spoken" {
	always "$ok_answer"
	serve_tls --protocols h2,http/1.1
	chat --cacert "$cert"
	assert_file handshakes 'TLSv1.3 http/1.1'
	request_head 1 | head -1 | assert_file /dev/stdin \
		'POST /engines/v1/chat/completions HTTP/1.1'
}

@test "G7: HTTP/2 that nobody asked for is exit 22" {
	# SETTINGS, then GOAWAY or RST_STREAM (RFC 9113, 6): of a server that
	# takes the first request for its preface.
	once 'send "\0\0\0\x04\0\0\0\0\0"' \
		'send "\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x01"' close
	try -22 dmr-chat -n hi
	assert_stdout
	one_line
	once 'send "\0\0\0\x04\0\0\0\0\0"' \
		'send "\0\0\x04\x03\0\0\0\0\x01\0\0\0\x08"' close
	try -22 dmr-chat -n hi
	assert_stdout
	one_line
	run -1 grep -qi 'upgrade\|http2' "$requests/request.1"
}

# ---- gateways

# page STATUS REASON: as nginx writes it.
page() {
	local body="<html>\\r\\n<head><title>$1 $2</title></head>\\r\\n<body>\\r\\n<center><h1>$1 $2</h1></center>\\r\\n<hr><center>nginx</center>\\r\\n</body>\\r\\n</html>\\r\\n"
	local plain

	printf -v plain %b "$body"
	printf 'send "HTTP/1.1 %s %s\\r\\nServer: nginx\\r\\nContent-Type: text/html\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s"\n' \
		"$1" "$2" "${#plain}" "$body"
}

@test "G8: pages of nginx are told by their titles" {
	local code reason

	while read -r code reason; do
		once "$(page "$code" "$reason")" close
		fails 22 "'$DMR_HOST' answered $code: an HTML error page, '$code $reason'" \
			--retry 0
	done <<-'EOF'
		413 Request Entity Too Large
		408 Request Time-out
		499 Client Closed Request
		502 Bad Gateway
		503 Service Temporarily Unavailable
	EOF
	serve <<-EOF
		accept
		read
		$(page 502 'Bad Gateway')
		accept
		read
		$ok_answer
	EOF
	chat
	assert_requests 2
}

@test "G9: a gateway that holds the stream back changes nothing but the time" {
	local events

	events=$(printf 'data: {"choices":[{"delta":{"content":"%s"}}]}\\n\\n' o k)
	events+='data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n'
	events=${events//\\\"/\"}
	printf %b "$events" >body
	once "send \"HTTP/1.1 200 OK\\r\\nServer: nginx\\r\\nContent-Type: text/event-stream\\r\\nContent-Length: $(wc -c <body)\\r\\nX-Accel-Buffering: yes\\r\\n\\r\\n\"" \
		"sendfile $PWD/body"
	chat
}

@test "G10: a gateway that does not wait for a model to load is told of" {
	local page='HTTP/1.0 504 Gateway Time-out\r\ncache-control: no-cache\r\nconnection: close\r\ncontent-type: text/html\r\n\r\n<html><body><h1>504 Gateway Time-out</h1>\nThe server didn'"'"'t respond in time.\n</body></html>\n'

	once "send \"$page\"" close
	fails 22 "'$DMR_HOST' answered 504: an HTML error page; a gateway on the way did not wait for the server" \
		--retry 0
	once "$(page 504 'Gateway Time-out')" close
	fails 22 "'$DMR_HOST' answered 504: an HTML error page, '504 Gateway Time-out'; a gateway on the way did not wait for the server" \
		--retry 0
	# One that cuts the stream says nothing.
	once sse 'delta "half"' close
	try -18 dmr-chat -n hi
	assert_stdout half
	one_line
}

@test "G11: a gateway that drops [DONE] drops nothing of the answer" {
	once sse 'delta "ok"' 'finish stop' 'chunk ""'
	chat
	once sse 'delta "ok"' 'finish stop' 'chunk ""'
	serve_tls
	chat --cacert "$cert"
}

@test "G12: chunks of a byte and of a megabyte are the same answer" {
	local i text

	# 1.2 MB of events with characters of all lengths.
	text=$(printf 'aä€😀%.0s' {1..100})
	for ((i = 0; i < 800; i++)); do
		printf 'data: {"choices":[{"delta":{"content":"%s%d\\n"}}]}\n\n' \
			"$text" "$i"
	done >events
	printf 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n' >>events
	sed -n 's/.*content":"\(.*\)\\n"}}.*/\1/p' events >text
	once 'send "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"' \
		"send \"$(printf %x "$(wc -c <events)")\\r\\n\"" \
		"sendfile $PWD/events" 'send "\r\n0\r\n\r\n"'
	try -0 dmr-chat -n hi
	assert_stdout -f text
	# A chunk for each byte of the first 30 kB and the last event.
	{
		head -n 60 events
		tail -n 2 events
	} >few
	head -n 30 text >few-text
	LC_ALL=C python -c 'import sys
for byte in open("few", "rb").read():
    sys.stdout.buffer.write(b"1\r\n%c\r\n" % byte)
sys.stdout.buffer.write(b"0\r\n\r\n")' >chunks
	once 'send "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"' \
		"sendfile $PWD/chunks"
	try -0 dmr-chat -n hi
	assert_stdout -f few-text
}
