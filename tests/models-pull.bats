# dmr-models pull: progress, late errors, tries, tokens; on terminals of any
# width.  --pull of the other tools is the same code: see chat.bats.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2028,SC2016 # escapes for rawd; what another shell expands

load lib
load server

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
}

pulling='send "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"'
pulled='chunk "{\"type\":\"success\",\"message\":\"Model pulled successfully\",\"total\":0,\"layer\":{\"size\":0,\"current\":0},\"mode\":\"pull\"}\n"'
cached='chunk "{\"type\":\"success\",\"message\":\"Using cached model: 92.10MiB\",\"total\":0,\"layer\":{\"size\":0,\"current\":0},\"mode\":\"pull\"}\n"'

# layer ID DONE [TOTAL]: a line of progress.
layer() {
	echo "chunk \"{\\\"type\\\":\\\"progress\\\",\\\"message\\\":\\\"x\\\",\\\"total\\\":${3:-4000000},\\\"layer\\\":{\\\"id\\\":\\\"$1\\\",\\\"size\\\":9,\\\"current\\\":$2},\\\"mode\\\":\\\"pull\\\"}\\n\""
}

line() { echo "chunk \"$1\\n\""; }

# pulls LINE ...: one connection, a 200 and these lines, ended well.
pulls() {
	once "$pulling" "$@" 'chunk ""'
}

pull() { # STATUS ARGUMENT ...
	try "-$1" dmr-models pull "${@:2}"
}

@test "pull: what was pulled, and what was there, is told" {
	pulls "$(layer a 5)" "$pulled"
	pull 0 ai/x
	assert_stdout $'pulled\tai/x'
	assert_stderr 'dmr-models: pulling ai/x ...'
	request_head 1 | grep -x 'Accept: application/json'
	request 1 | assert_file /dev/stdin -n '{"from":"ai/x"}'
	pulls "$cached"
	pull 0 hf.co/A/B:Q4_K_M
	assert_stdout $'cached\thf.co/A/B:Q4_K_M'
	request 1 | assert_file /dev/stdin -n '{"from":"hf.co/A/B:Q4_K_M"}'
	pulls "$pulled"
	pull 0 -q ai/x
	assert_stdout $'pulled\tai/x'
	assert_stderr
}

@test "pull: --json is an event a line" {
	once "$pulling" "$(layer a 1000000)" "$(layer b 1500000)" \
		"$(layer a 2000000)" 'sleep 2500' "$(layer a 2500000)" "$pulled" \
		'chunk ""'
	pull 0 --json ai/x
	assert_stderr
	jq -es '.[0].event == "progress" and
		.[-1] == {event: "pulled", name: "ai/x", bytes: 4000000} and
		([.[] | select(.done >= 3500000)] | length > 0)' stdout ||
		{ cat stdout; false; }
	pulls "$cached"
	pull 0 --json ai/x
	jq -es '.[-1] == {event: "cached", name: "ai/x"}' stdout
}

@test "pull: layers are added up by their latest word" {
	once "$pulling" "$(layer a 1000000)" "$(layer b 500000)" \
		"$(layer a 2000000)" "$(layer b 1000000)" 'mark told' \
		'await more' "$pulled" 'chunk ""'
	start "$python" "$tests/pty.py" -t 2 -o tty dmr-models pull ai/x
	reached told
	until grep -aqs '75 %  3.00MB of 4.00MB' tty; do
		kill -0 "$job"
		sleep 0.01
	done
	go more
	finish -0
	assert_stdout $'pulled\tai/x'
}

@test "pull: success is what the server says, and nothing else" {
	local end

	for end in "$(layer a 4000000)" "$(line '{}')" \
		"$(line '{\"type\":\"warning\",\"message\":\"success\"}')" \
		"$(line '[\"success\"]')" ''; do
		pulls ${end:+"$end"}
		try dmr-models pull --retry 0 ai/x
		[[ $status == 18 || $status == 22 ]] || { echo "$end: $status"; false; }
		assert_stdout
	done
}

@test "pull: an error inside a 200 is one, in JSON or in words, also after success" {
	local each want

	while IFS='|' read -r want each; do
		pulls "$(layer a 5)" "$(line "$each")"
		pull 22 -q --retry 0 ai/x
		assert_stdout
		assert_stderr "dmr-models: cannot pull 'ai/x': $want"
		pulls "$pulled" "$(line "$each")"
		pull 22 -q --retry 0 ai/x
		assert_stdout
	done <<-'EOF'
		Error: disk full|{\"type\":\"error\",\"message\":\"Error: disk full\",\"total\":0}
		error while pulling model: no space|error while pulling model: no space
		the server does not say why|{\"type\":\"error\"}
		a\x1b[31mb|a\x1b[31mb
	EOF
}

@test "pull: a registry that does not have it is exit 6, whatever its words and when" {
	local words

	for words in 'Model not found' \
		'error while pulling model: reading: MANIFEST_UNKNOWN: manifest unknown' \
		'Error: list files: repository \"a/b\" not found'; do
		pulls "$(layer a 5)" "$(line "$words")"
		pull 6 -q ai/x
		assert_stderr "dmr-models: the registry has no model 'ai/x'"
		pulls "$(line "{\\\"type\\\":\\\"error\\\",\\\"message\\\":\\\"${words//\\\"/\\\\\\\"}\\\"}")"
		pull 6 -q ai/x
	done
	once 'text 404 "Model not found\n"'
	pull 6 -q ai/x
	assert_stderr "dmr-models: the registry has no model 'ai/x'"
}

@test "pull: words of a name, or of another trouble, are no such answer" {
	local words

	for words in 'cannot write /models/unauthorized-blobs: no space' \
		'repository \"ai/x\": dial tcp: i/o timeout' \
		'failed to pull \"docker.io/ai/x:DENIED\": no such host' \
		'pulling ai/x:DENIED: no such host'; do
		pulls "$(line "$words")"
		pull 22 -q --retry 0 ai/x
		[[ $stderr == "dmr-models: cannot pull 'ai/x': "* ]]
		once "text 500 \"$words\\n\""
		pull 22 -q ai/x
		[[ $stderr == "dmr-models: cannot pull 'ai/x': "* ]]
	done
	# Somebody on the way, who is no registry.
	once "text 401 '<html>login</html>'"
	pull 22 -q ai/x
	[[ $stderr == "dmr-models: '$DMR_HOST' answered 401: "*'--key-file FILE'* ]]
	once 'text 500 ""'
	pull 22 -q ai/x
	assert_stderr "dmr-models: '$DMR_HOST' answered 500: nothing"
}

@test "pull: what follows success changes nothing, unless it is an error" {
	pulls "$pulled" "$(line '{\"type\":\"warning\"}')" "$(layer a 5)"
	pull 0 -q ai/x
	assert_stdout $'pulled\tai/x'
}

@test "pull: a registry that wants a login is exit 6, with a hint" {
	once 'text 401 "Unauthorized\n"'
	pull 6 -q ai/x
	assert_stdout
	assert_stderr "dmr-models: the registry has no model 'ai/x', or wants a login for it; try: docker login, where the runner is"
	assert_requests 1
	for words in 'denied: requested access to the resource is denied' \
		'unexpected status from HEAD request to https://x/y: 403 Forbidden'; do
		pulls "$(line "$words")"
		pull 6 -q ai/x
	done
	pulls "$(line '{\"type\":\"progress\",\"message\":\"Fetching file list...\"}')" \
		"$(line 'error while pulling model: authentication required for repository \"a/b\" (status 401)')"
	pull 6 -q hf.co/a/b
	assert_stderr "dmr-models: the registry has no model 'hf.co/a/b', or wants a login for it; try: HF_TOKEN, and -H for the server that gets it"
}

@test "pull: the server's refusals are told, and not asked again" {
	local each

	for each in '400 "Invalid model reference\n"' '422 "config type\n"' \
		'429 "slow down\n"' '500 "disk full\n"'; do
		once "text $each"
		pull 22 -q ai/x
		assert_stdout
		[[ $stderr != *$'\n'* ]]
		assert_requests 1
	done
}

@test "pull: 502, 503, 504 and what breaks off are asked again, and go on" {
	local each

	for each in 'text 502 ""' 'text 503 "Loading"' 'text 504 ""' \
		"$pulling"$'\n'"$(layer a 5)"$'\nreset' \
		"$pulling"$'\n'"$(layer a 5)"$'\nclose' \
		"$pulling"$'\n'"$(layer a 5)"$'\nchunk ""' 'close'; do
		serve < <(printf '%s\n' accept read "$each" accept read \
			"$pulling" "$(layer a 7)" "$pulled" 'chunk ""')
		pull 0 ai/x
		assert_stdout $'pulled\tai/x'
		[[ $stderr == *"'ai/x': "*'; asking again in 1 s' ]]
		assert_requests 2
		cmp <(request 1) <(request 2)
	done
}

@test "pull: --retry says how often it is asked again" {
	serve < <(printf '%s\n' repeat read 'text 503 ""')
	pull 22 --retry 0 ai/x
	assert_requests 1
	serve < <(printf '%s\n' repeat read 'text 503 "" "Retry-After: 2"')
	pull 22 --retry 1 ai/x
	assert_stderr 'dmr-models: pulling ai/x ...' \
		"dmr-models: 'ai/x': '$DMR_HOST' answered 503: nothing; asking again in 2 s" \
		"dmr-models: '$DMR_HOST' answered 503: nothing"
	assert_requests 2
	pull 7 -H http://127.0.0.1:1 ai/x
	[[ $stderr == *"cannot connect to 'http://127.0.0.1:1'"* ]]
	pull 7 -q -H http://127.0.0.1:1 ai/x ai/y ai/z
	[[ $stderr != *$'\n'* ]]
}

# registry [BAD] COMMAND ...: runs it with a server that has what was pulled, and
# lets two pulls go when a third one has had time to come.  Prints the pulls at
# most at once, and how often each was asked for.  BAD's first one spoils both.
registry() {
	python3 -c "$(
		cat <<-'EOF'
			import collections, http.server, json, os, subprocess, sys, threading
			busy, most, lock = 0, 0, threading.Lock()
			pair, third = threading.Event(), threading.Event()
			asked, had = collections.Counter(), set()
			bad = sys.argv[1]
			class Handler(http.server.BaseHTTPRequestHandler):
			    def answer(self, status, body):
			        self.send_response(status)
			        self.end_headers()
			        self.wfile.write(body)
			    def do_GET(self):
			        there = self.path[len("/models/"):] in had
			        self.answer(*((200, b'{"id":"sha256:1"}') if there
			            else (404, b"model not found")))
			    def do_POST(self):
			        global busy, most
			        n = int(self.headers["Content-Length"])
			        name = json.loads(self.rfile.read(n))["from"]
			        with lock:
			            busy += 1
			            most = max(most, busy)
			            asked[name] += 1
			            pair.set() if busy == 2 else None
			            third.set() if busy > 2 else None
			        if bad != name or asked[name] == 1:
			            pair.wait(20)
			            third.wait(0.3)
			        with lock:
			            busy -= 1
			            spoils = bad and asked[bad] < 2
			            had.update(set() if spoils else {name})
			        fails = bad == name and spoils
			        self.answer(200, b'{"type":"error","message":"rename"}\n'
			            if fails else b'{"type":"success"}\n')
			    def log_message(self, *_): pass
			server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
			threading.Thread(target=server.serve_forever, daemon=True).start()
			os.environ["DMR_HOST"] = f"http://127.0.0.1:{server.server_port}"
			status = subprocess.call(sys.argv[2:])
			print(most, *(f"{k}:{v}" for k, v in sorted(asked.items())),
			    file=open("asked", "w"))
			sys.exit(status)
		EOF
	)" "$@"
}

@test "pull: two at a time, the others wait here and say so" {
	try -0 registry '' dmr-models pull ai/a ai/b ai/c ai/d
	assert_file asked '2 ai/a:1 ai/b:1 ai/c:1 ai/d:1'
	sort stdout | assert_file /dev/stdin $'pulled\tai/a' $'pulled\tai/b' \
		$'pulled\tai/c' $'pulled\tai/d'
	[[ $stderr == *'dmr-models: ai/c waits: 2 models are pulled at a time'* ]]
}

@test "pull: what another has spoiled is pulled again, alone" {
	try -0 registry ai/b dmr-models pull ai/a ai/b
	assert_file asked '2 ai/a:2 ai/b:2'
	sort stdout | assert_file /dev/stdin $'pulled\tai/a' $'pulled\tai/b'
	sed 's/^dmr-models: //' stderr | sort | assert_file /dev/stdin \
		"'ai/a': the server says that it has pulled 'ai/a', and does not have it; once more, alone" \
		"'ai/b': cannot pull 'ai/b': rename; once more, alone" \
		'pulling ai/a ...' 'pulling ai/b ...'
}

@test "pull: what may share layers is pulled one after the other" {
	# The second is asked for when the first has ended, not before.
	serve < <(
		printf '%s\n' accept read "$pulling" 'mark asked' 'await more' \
			"$pulled" 'chunk ""' accept read "$pulling" "$cached" 'chunk ""'
	)
	start dmr-models pull ai/x:a localhost:5/org/X
	reached asked
	until grep -q waits stderr; do kill -0 "$pid"; done
	assert_requests 1
	go more
	finish -0
	assert_stdout $'pulled\tai/x:a' $'cached\tlocalhost:5/org/X'
	assert_stderr 'dmr-models: pulling ai/x:a ...' \
		'dmr-models: localhost:5/org/X waits for ai/x:a' \
		'dmr-models: pulling localhost:5/org/X ...'
}

@test "pull: one of several in vain is 8, and named" {
	serve < <(
		printf '%s\n' accept read 'text 404 "Model not found\n"' \
			accept read "$pulling" "$pulled" 'chunk ""' \
			accept read "json 200 '{\"id\":\"sha256:1\"}'"
	)
	pull 8 -q ai/a ai/b
	[[ $(wc -l <stdout) -eq 1 && $output == $'pulled\tai/'[ab] ]]
	[[ $stderr == "dmr-models: the registry has no model 'ai/"[ab]"'"$'\n''dmr-models: 1 of 2 models: not done' ]]
}

# ---- tokens

@test "P1: HF_TOKEN goes to a named server, for Hugging Face alone, and into no message" {
	export HF_TOKEN=hf_s3cret_token
	pulls "$pulled"
	pull 0 -vvv hf.co/a/b
	request 1 | assert_file /dev/stdin -n \
		'{"from":"hf.co/a/b","bearer-token":"hf_s3cret_token"}'
	pulls "$pulled"
	pull 0 -vvv ai/x
	request 1 | assert_file /dev/stdin -n '{"from":"ai/x"}'
	pulls "$(line 'error: hf_s3cret_token is wrong')"
	pull 22 hf.co/a/b
	[[ $stderr == *'is wrong'* && $stderr != *s3cret* ]]
}

@test "P1: HF_TOKEN that is no word is not sent" {
	pulls "$pulled"
	HF_TOKEN=$'my_s3cret\ntoken' pull 0 hf.co/a/b
	request 1 | assert_file /dev/stdin -n '{"from":"hf.co/a/b"}'
	[[ $stderr == 'dmr-models: the token is not sent: it is not one word of visible ASCII'* ]]
}

@test "P1: a token that goes unencrypted to another machine is warned of" {
	pulls "$pulled"
	HF_TOKEN=hf_s3cret http_proxy=$DMR_HOST \
		pull 0 -H http://some.example hf.co/a/b
	[[ $stderr == "dmr-models: the token goes to 'http://some.example' unencrypted"* ]]
	pulls "$pulled"
	HF_TOKEN=hf_s3cret pull 0 hf.co/a/b
	[[ $stderr != *unencrypted* ]]
}

@test "P1: --token-file is for any name, a word, and nobody else's to read" {
	(umask 077 && echo my_s3cret_token >token)
	pulls "$pulled"
	HF_TOKEN=other_s3cret pull 0 -vvv --token-file token ai/x
	request 1 | assert_file /dev/stdin -n \
		'{"from":"ai/x","bearer-token":"my_s3cret_token"}'
	serve </dev/null
	chmod 644 token
	pull 2 --token-file token ai/x
	assert_stderr "dmr-models: cannot read 'token': others may read it; try: chmod 600"
	(umask 077 && echo 'two words' >words)
	pull 2 --token-file words ai/x
	assert_stderr "dmr-models: 'words' holds no token: a token is one word of visible ASCII"
	pull 2 --token-file none ai/x
	assert_requests 0
}

@test "P4: a server that is found gets no token" {
	! (exec 3<>/dev/tcp/127.0.0.1/12434) 2>/dev/null ||
		lack 'port 12434, where a runner may be'
	serve_unix < <(printf '%s\n' accept read "$pulling" "$pulled" 'chunk ""')
	mkdir -p "$HOME/.docker/run"
	unset DMR_HOST
	ln -s "$socket" "$HOME/.docker/run/docker.sock"
	HF_TOKEN=hf_s3cret_token pull 0 hf.co/a/b
	request 1 | assert_file /dev/stdin -n '{"from":"hf.co/a/b"}'
	[[ $stderr == *'the token is not sent: only a server that is named with -H gets it'* ]]
}

@test "pull: what is found and is no model runner is passed over" {
	! (exec 3<>/dev/tcp/127.0.0.1/12434) 2>/dev/null ||
		lack 'port 12434, where a runner may be'
	mkdir -p "$HOME/.docker/run"
	for verb in 'pull ai/x' logs; do
		serve_unix < <(printf '%s\n' accept read \
			'send "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>hi</html>"')
		ln -sf "$socket" "$HOME/.docker/run/docker.sock"
		# shellcheck disable=SC2086 # words
		try -7 env -u DMR_HOST dmr-models -q $verb
		assert_stdout
		[[ $stderr == *'no model runner answers'*'what answers is no model runner'* ]]
	done
}

# ---- memory

@test "pull: a model larger than the memory is warned of, unless told not to" {
	local huge=4000000000000000000

	pulls "$(layer a 5 $huge)" "$pulled"
	pull 0 ai/x
	[[ $stderr == *"dmr-models: 'ai/x' has 4.00EB, this machine "*' of memory; it may not load'* ]]
	# It comes first.
	once "$pulling" "$(layer a 5 $huge)" 'mark told' 'await more' "$pulled" 'chunk ""'
	start "$python" "$tests/pty.py" -t 2 -o tty dmr-models pull ai/x
	reached told
	until grep -aqs ' of 4.00EB' tty; do kill -0 "$job"; done
	go more
	finish -0
	grep -ab 'may not load' tty | head -n 1 | cut -d : -f 1 >warned
	grep -ab ' of 4.00EB' tty | head -n 1 | cut -d : -f 1 >shown
	(($(<warned) < $(<shown)))
	pulls "$(layer a 5 $huge)" "$pulled"
	pull 0 --json ai/x
	[[ $stderr == *'may not load' ]]
	pulls "$(layer a 5 $huge)" "$pulled"
	pull 0 --ignore-runtime-memory-check ai/x
	assert_stderr 'dmr-models: pulling ai/x ...'
}

# ---- hostile words

@test "pull: numbers of any size, lines of any length and names of any kind are no crash" {
	local each

	for each in "$(layer a 9223372036854775807 9223372036854775807)" \
		"$(layer a 99999999999999999999 99999999999999999999)" \
		"$(layer a -5 -5)" "$(layer a 1e9 1.5)" \
		"$(line '{\"type\":5,\"total\":{},\"layer\":[]}')" \
		"$(line '{\"layer\":{\"id\":7,\"current\":\"x\"}}')"; do
		pulls "$each" "$pulled"
		pull 0 -q ai/x
		assert_stdout $'pulled\tai/x'
	done
	once "$pulling" "chunk \"$(printf 'x%.0s' {1..70000})\"" 'chunk ""'
	pull 22 -q ai/x
	((${#stderr} < 1024))
}

# ---- terminals

# progress COLUMNS: a pull of some steps on a terminal of that width.
progress() {
	once "$pulling" "$(layer a 1000000)" 'sleep 250' "$(layer a 2000000)" \
		'sleep 250' "$pulled" 'chunk ""'
	try -0 pty -t 2 -c "$1" dmr-models pull hf.co/bartowski/Qwen3-8B-GGUF:Q4_K_M
	assert_stdout $'pulled\thf.co/bartowski/Qwen3-8B-GGUF:Q4_K_M'
}

@test "pull: a line of progress is narrower than the terminal, from 1 to 200 columns" {
	local columns

	for columns in 0 1 2 3 5 8 13 20 31 40 41 60 79 80 120 200; do
		progress "$columns"
		# Each line is shown in the place of the one before it, and gone.
		sed 's/\x1b\[1A\x1b\[J//g' tty >lines
		LC_ALL=C awk -v max="$((columns ? columns - 1 : 79))" \
			'length($0) > max { print; bad = 1 } END { exit bad }' lines
		run ! grep -aP '[^\x20-\x7e]' lines
		tail -c 7 tty | assert_file /dev/stdin -n $'\e[1A\e[J'
	done
}

@test "pull: a line that is as long as it may be keeps its end" {
	once "$pulling" "$(layer a 1000000)" 'sleep 250' "$(layer a 2000000)" \
		"$pulled" 'chunk ""'
	try -0 pty -t 2 -c 600 dmr-models pull "ai/$(printf 'x%.0s' {1..505})"
	run ! grep -aP '\x00' tty
	(($(grep -ac '^.*xxx' tty) >= 2))
}

@test "pull: a terminal that is made narrow or wide meanwhile loses nothing else" {
	once "$pulling" "$(layer a 1000000)" 'mark told' 'await more' \
		"$(layer a 2000000)" 'mark again' 'await last' "$pulled" 'chunk ""'
	# Each width lasts until a line or two were shown with it.
	start "$python" "$tests/pty.py" -t 12 -o tty bash -c \
		'shown() {
			local size=$(stat -c %s tty)
			until (($(stat -c %s tty) > size + 60)); do
				read -t 0.02 _ <> <(:)
			done
		}
		echo before; stty cols 100 <&2; dmr-models pull ai/x & pull=$!
		until [[ -e requests.1/told ]]; do read -t 0.02 _ <> <(:); done
		shown; stty cols 20 <&2; shown; stty cols 120 <&2; shown
		echo . 1<>requests.1/more; echo . 1<>requests.1/last; wait $pull'
	finish -0
	grep -aq '^before' tty
	grep -aq $'pulled\tai/x' tty
	local ups lines
	ups=$(grep -ao $'\e\\[1A' tty | wc -l)
	lines=$(grep -ac 'ai/x' tty)
	# What was shown at a width that is over is not erased, since nobody knows
	# where it is; with the last word that is three lines.
	((lines - ups == 3))
}

@test "O19: without a terminal there is no progress but a line every ten seconds" {
	once "$pulling" "$(layer a 1000000)" 'sleep 10600' "$(layer a 2000000)" \
		"$pulled" 'chunk ""'
	pull 0 ai/x
	assert_stdout $'pulled\tai/x'
	[[ $stderr == 'dmr-models: pulling ai/x ...'$'\n''dmr-models: pulling ai/x  25 %  1.00MB of 4.00MB'* ]]
	[[ $(wc -l <stderr) -eq 2 ]]
	run ! grep -aP '\x1b|\r' stderr
}

@test "pull: ^C leaves the terminal at the beginning of a line, and closes the pull" {
	once "$pulling" "$(layer a 1000000)" 'expect-close 20000'
	try -130 pty -t 2 -w '25 %' -i '\x03' dmr-models pull ai/x
	tail -c 1 tty | assert_file /dev/stdin -n $'\n'
	closed 1
}
