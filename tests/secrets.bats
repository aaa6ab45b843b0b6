# Keys: where they are, and where they never are.
#
# That no standard error of any test shows one, tests/lib.bash sees to (try).
# shellcheck disable=SC2154 # variables that lib.bash and server.bash set
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load server

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	printf 'sk-s3cret\n' >key
	chmod 600 key
	export DMR_KEY_FILE=$PWD/key
}

# There is no key in any of these files but in that of the key.
refute_key() { # FILE OR FOLDER ...
	run -1 grep -rlaF s3cret --exclude=key --exclude-dir='requests.*' "$@"
}

@test "P1: the key is in no argument, variable or name of a process" {
	serve <<-'EOF'
		accept
		read
		mark asked
		await go
		sse
		delta "ok"
		finish stop
		done
	EOF
	start dmr-chat -n hi
	reached asked
	run -1 grep -qa s3cret "/proc/$pid/cmdline" "/proc/$pid/environ" \
		"/proc/$pid/comm"
	go go
	finish -0
}

@test "P1: there is no option for a key" {
	try -2 dmr-chat -n --key sk-s3cre7 hi
	assert_stdout
	try -2 dmr-chat -n --api-key=sk-s3cre7 hi
	assert_stdout
	run -1 grep -E '^-.*[^-]--(api-)?key[^-]' <(dmr-chat --help)
}

@test "P2: no trace and no message shows the key" {
	local name

	serve <<-'EOF'
		accept
		read
		sse "Set-Cookie: s3cret=1"
		delta "ok"
		finish stop
		done
		accept
		read
		json 401 '{"error":{"message":"Incorrect key: sk-s3cret"}}'
		accept
		read
		text 500 "Authorization: Bearer sk-s3cret\n"
	EOF
	set --
	for name in X-Api-Key Cookie api-key Proxy-Authorization X-Auth-Token \
		x-goog-api-key Ocp-Apim-Subscription-Key \
		CF-Access-Client-Secret X-Amz-Security-Token; do
		set -- "$@" --header "$name: s3cret"
	done
	try -0 dmr-chat -n hi -vvv "$@" --header 'X-Other: seen'
	[[ $stderr == *'> Authorization:'* && $stderr != *s3cret* ]]
	[[ $stderr == *'> X-Other: seen'* ]]
	request_head 1 | grep -qx 'X-Api-Key: s3cret'
	try -22 dmr-chat -n hi
	[[ $stderr == *' answered 401: '* && $stderr != *s3cret* ]]
	try -22 dmr-chat -n hi -vvv
	[[ $stderr == *' answered 500: '* && $stderr != *s3cret* ]]
}

@test "P2: no message shows the secret of a header" {
	local name

	for name in Authorization Cookie Api-Key X-Api-Key; do
		serve <<-'EOF'
			accept
			read
			json 401 '{"error":{"message":"not good: top-s3cret."}}'
		EOF
		try -22 dmr-chat -n hi --header "$name: top-s3cret"
		assert_stderr "dmr-chat: '$DMR_HOST' answered 401: not good:`
			` **********.; try: --key-file FILE"
	done
}

# What goes wrong, a scenario each: with the key in every place that a server
# can put it.
faults() {
	local answer

	while IFS= read -r answer; do
		printf 'accept\nread\n%b\n' "$answer"
	done <<-'EOF'
		json 401 '{"error":{"message":"Incorrect key: sk-s3cret"}}'
		text 403 'sk-s3cret'
		text 404 'model not found: sk-s3cret'
		json 400 '{"error":{"code":"sk-s3cret","type":"sk-s3cret","message":"x sk-s3cret\\n"}}'
		text 500 '<html><title>sk-s3cret</title>'
		text 503 'sk-s3cret' 'Retry-After: 99'
		text 302 '' 'Location: http://127.0.0.1:1/?key=sk-s3cret'
		send "sk-s3cret\\r\\n\\r\\n"
		send "HTTP/1.1 200 sk-s3cret\\r\\nX-Key: sk-s3cret\\r\\nX: sk-s3cret\\r\\n\\r\\n"\nclose
		sse 'Content-Encoding: sk-s3cret'\ndelta "x"
		sse\nevent '{"error":{"message":"sk-s3cret"}}'
		sse\nevent 'sk-s3cret'
		sse\nevent '{"choices":"sk-s3cret"}'
		sse\ndelta "x"\nfinish sk-s3cret\ndone
		sse\nevent '{"choices":[{"delta":{"refusal":"sk-s3cret"},"finish_reason":"stop"}]}'
		json 200 '{"choices":[{"message":{"content":7,"x":"sk-s3cret"}}]}'
		json 200 'sk-s3cret'
	EOF
}

@test "P2: no message shows the key, whatever goes wrong, however much is told" {
	local level n=0 said=0

	for level in -q '' -vv -vvv --json; do
		serve < <(faults)
		for ((n = 0; n < $(faults | grep -c ^accept); n++)); do
			# shellcheck disable=SC2086 # no word
			try dmr-chat -n -m ai/x --retry 0 $level hi
			[[ $status != 124 && $stderr != *s3cre* ]]
			[[ $stderr != *'***'* ]] || said=$((said + 1))
		done
		assert_requests "$n"
	done
	# It was there to be shown.
	((said > 50))
}

@test "P3: the key is in no file: log, conversation, output, reasoning" {
	serve <<-'EOF'
		accept
		read
		sse
		event '{"choices":[{"delta":{"reasoning_content":"hm"}}]}'
		delta "ok"
		finish stop
		done
		accept
		read
		json 401 '{"error":{"message":"Incorrect key: sk-s3cret"}}'
	EOF
	mkdir files
	try -0 dmr-chat -n --log files/log -c files/talk -o files/out \
		-R @files/thoughts hi
	try -22 dmr-chat -n --log files/log -c files/talk -o files/out \
		-R @files/thoughts hi
	request_head 1 | grep -q s3cret
	(($(wc -l <files/log) == 2))
	[[ -s files/talk && -s files/out && -s files/thoughts ]]
	refute_key .
}

@test "P3: there is no core, which would hold the key" {
	serve <<-'EOF'
		accept
		read
		sse
		delta "half"
		mark asked
		await go
	EOF
	# shellcheck disable=SC2016
	start bash -c 'ulimit -c unlimited && exec dmr-chat -n hi'
	reached asked
	awk '/^Max core file size/ { print $5 }' "/proc/$pid/limits" |
		assert_file /dev/stdin 0
	kill -ABRT "$pid"
	finish -134
	[[ ! $(find . -name 'core*') ]]
	refute_key .
}

@test "P4: the key goes neither with a redirect nor to a proxy" {
	local other

	always "$ok_answer"
	other=$requests
	once "text 307 moved 'Location: $DMR_HOST/v1/chat/completions'"
	try -22 dmr-chat -n hi
	requests=$other assert_requests 0
	request_head 1 | grep -qx 'Authorization: Bearer sk-s3cret'
	# A tunnel is asked for without it.
	always 'text 407 "no\n"'
	https_proxy=$DMR_HOST try -7 dmr-chat -n hi -H https://some.example
	request_head 1 | grep -q '^CONNECT some.example:443 '
	request_head 1 | grep -q '^User-Agent: dmr-chat/'
	run -1 grep -qi 's3cret\|^authorization' "$requests/request.1"
}

@test "P4: a second try takes the key to the same server" {
	serve <<-EOF
		accept
		read
		text 503 busy "Retry-After: 0"
		accept
		read
		$ok_answer
	EOF
	chat
	for n in 1 2; do
		request_head "$n" | grep -qx 'Authorization: Bearer sk-s3cret'
		request_head "$n" | grep -qx "Host: ${DMR_HOST#http://}"
	done
}

@test "P4: the key goes to a server that is named, not to one that is found" {
	serve_ok serve_unix
	chat
	request_head 1 | grep -qx 'Authorization: Bearer sk-s3cret'
	# The docker CLI's context is where a runner may be, not what was named.
	mkdir -p "$HOME/.docker/model"
	printf '{"current":"c","contexts":{"c":{"host":"%s"}}}\n' "$DMR_HOST" \
		>"$HOME/.docker/model/contexts.json"
	unset DMR_HOST
	chat
	run -1 grep -qi authorization <(request_head 2)
}

@test "P4: a key that goes beyond this machine unencrypted is warned of" {
	# Reserved for documentation (RFC 5737): nobody is there.
	try dmr-chat -n hi -H http://192.0.2.1 --connect-timeout 1ms
	[[ $stderr == "dmr-chat: the key goes to 'http://192.0.2.1' unencrypted"$'\n'* ]]
	try dmr-chat -n hi -H https://192.0.2.1 --connect-timeout 1ms
	[[ $stderr != *unencrypted* ]]
}
