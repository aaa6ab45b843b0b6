# TLS, and the gateways that speak it: what they do to an answer.
# shellcheck disable=SC2154 # variables that lib.bash and server.bash set

load lib
load server

setup() {
	lib_setup
	socat_pid=
}

teardown() {
	if [[ $socat_pid ]]; then
		kill "$socat_pid" 2>/dev/null || :
		wait "$socat_pid" 2>/dev/null || :
	fi
	lib_teardown
}

# serve_tls NAME: what DMR_HOST serves, by TLS with a certificate of its own
# for NAME (DNS:... or IP:...), which is left in cert; DMR_HOST becomes https.
serve_tls() {
	local log=$BATS_TEST_TMPDIR/socat port end=$((SECONDS + DEADLINE))

	need openssl socat
	cert=$BATS_TEST_TMPDIR/cert.pem
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
		-nodes -days 2 -subj /CN=test -addext "subjectAltName=$1" \
		-keyout "$cert.key" -out "$cert" 2>/dev/null
	socat -d -d -lf "$log" \
		"OPENSSL-LISTEN:0,bind=127.0.0.1,fork,cert=$cert,key=$cert.key,verify=0" \
		"TCP:127.0.0.1:${DMR_HOST##*:}" 3>&- &
	socat_pid=$!
	until port=$(sed -n 's/.*listening on .*://p' "$log" 2>/dev/null) &&
		[[ $port ]]; do
		((SECONDS < end)) || return 1
		sleep 0.01
	done
	export DMR_HOST=https://127.0.0.1:$port
}

@test "G1: a certificate that nobody vouches for is exit 7, nothing is sent" {
	always "$ok_answer"
	serve_tls IP:127.0.0.1
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
	serve_tls IP:127.0.0.1
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
	serve_tls IP:127.0.0.1
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
	serve_tls DNS:example.org
	try -7 dmr-chat -n hi --cacert "$cert"
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to '$DMR_HOST': "* ]]
	assert_requests 0
}

@test "G2: TLS where plain HTTP is spoken, and the other way round, say so" {
	serve <<-'EOF'
		repeat
		send "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
		shutdown
		expect-close 10000
	EOF
	try -7 dmr-chat -n hi -H "https${DMR_HOST#http}"
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to 'https"* ]]
	serve_tls IP:127.0.0.1
	try dmr-chat -n hi -H "http${DMR_HOST#https}"
	((status == 18 || status == 22))
	assert_stdout
	: >"$requests/complaints"
}

@test "G1: a --cacert that cannot be read is exit 2 or 7 and named" {
	always read close
	try dmr-chat -n hi -H "https${DMR_HOST#http}" --cacert /nonexistent
	((status == 2 || status == 7))
	assert_stdout
	[[ $stderr == 'dmr-chat: '*/nonexistent* ]]
}
