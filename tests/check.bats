# dmr-check: each check, when all is well and when it is not.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand
# shellcheck disable=SC2030,SC2031 # each test has its own environment

load lib
load mock

setup() {
	mock_setup
	unset DMR_MODEL DMR_EMBED_MODEL
	proxy_pid=
}

teardown() {
	[[ ! $proxy_pid ]] || kill "$proxy_pid"
	mock_teardown
}

checks=(config templates server network clock version disk models model
	memory context answer streaming embedding engines gpu log)

# The line of a check, as it was printed.
line() { # WHAT
	cut -f2- stdout | grep -c "^$1	" >count
	[[ $(<count) == 1 ]] || {
		echo "$1 stands there $(<count) times:"
		cat stdout
		return 1
	}
	grep "^[a-z]*	$1	" stdout
}

# says WHAT PATTERN: the line's status and detail are like that.
says() {
	local text

	text=$(line "$1")
	text=${text/	$1	/ }
	# shellcheck disable=SC2053 # a pattern
	[[ $text == $2 ]] || {
		echo "$1 says: $text"
		return 1
	}
}

# An answer long enough to be judged.
long='1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18'

# Of what differs from run to run: times, speeds, ports.
same() {
	sed -E 's/[0-9.]+(ms|s)\b/TIME/g; s/[0-9.]+ tokens\/s/SPEED/
		s/127.0.0.1:[0-9]+/127.0.0.1:PORT/; s/port [0-9]+/port PORT/
		s/has [0-9.]+[kMGT]B$/has SIZE/
		s,[0-9]+ in .*/share/dmr/prompts,N in PROMPTS,'
}

# A mock whose model counts, so many tokens a second.
counts() { # SPEED [MEMBER ...]
	printf '{"path":"/v1/chat/completions","text":"%s","tokens_per_second":%s%s}\n' \
		"$long" "$1" "${2:+,$2}"
}

@test "check: all is well" {
	counts 100 >script
	mock --script script
	try -0 dmr-check
	assert_stderr
	same <stdout >got
	assert_file got - <<-EOF
		ok	config	none: $XDG_CONFIG_HOME/dmr/config
		ok	templates	N in PROMPTS
		ok	server	http://127.0.0.1:PORT (DMR_HOST)
		ok	network	port PORT is for this machine alone
		ok	clock	the same as here
		ok	version	v1.2.9
		ok	disk	models 1.05MB, engine 0B
		ok	models	1: ai/smollm2
		ok	model	ai/smollm2 (the only one), 1.00M, MOSTLY_Q4_1, 1.00MiB
		ok	memory	the model takes 1.05MB and more, this machine has SIZE
		ok	context	4096 tokens, the model's
		ok	answer	first token after TIME, with loading, then SPEED
		ok	streaming	62 tokens, as they were made
		ok	embedding	no model for it: dmr-models pull ai/mxbai-embed-large brings one
		ok	engines	llama.cpp: Running: llama.cpp dmr-mock
		ok	gpu	not told
		ok	log	no error in it
		ok	summary	17 ok, 0 warn, 0 fail
	EOF
}

@test "check: it asks for two things, and changes nothing" {
	mock
	try -0 dmr-check
	ask "$host/__mock/requests" | sed '$d' |
		jq -r 'select(.path | startswith("/__mock") | not) |
			"\(.method) \(.path)"' >asked
	assert_file asked - <<-'EOF'
		GET /engines/v1/models
		GET /version
		GET /engines/df
		GET /engines/_configure?model=ai/smollm2
		GET /engines/ps
		POST /engines/v1/chat/completions
		GET /engines/status
		GET /logs
	EOF
	ask "$host/__mock/requests" | grep POST |
		jq -e '.body | .max_tokens == 48 and .stream and
			.model == "ai/smollm2"'
}

@test "check: --json is an object for each line, and has the command apart" {
	mock -m none
	try -1 dmr-check --json
	assert_stderr
	jq -r .what stdout >whats
	printf '%s\n' "${checks[@]}" summary | assert_file whats -
	jq -es 'all(.status | IN("ok", "warn", "fail")) and
		all(.detail | type == "string" and length > 0) and
		(.[7] | .status == "fail" and .try == "dmr-models pull ai/smollm2") and
		(map(select(.status == "fail" and .what != "summary")) |
			all(.try | type == "string")) and
		(.[-1] | .what == "summary" and
			.ok + .warn + .fail == 17 and .fail == 2)' stdout
	cp stdout json
	try -1 dmr-check -F json
	assert_stdout -f json
	try -1 dmr-check
	[[ $(jq -rs '.[7] | "\(.status)\t\(.what)\t\(.detail); try: \(.try)"' json) == \
		"$(line models)" ]]
}

@test "check: on a terminal the columns are aligned" {
	mock -m none
	try -1 pty -t 12 dmr-check
	grep -qx 'fail  models     the server has none; try: dmr-models pull ai/smollm2' tty
	grep -qx 'warn  answer     not checked: there is no model to ask' tty
	run -1 grep $'\t' tty
}

@test "check: no server: what was tried, and the rest is not checked" {
	try -1 dmr-check
	assert_stderr
	says server "fail 'http://127.0.0.1:1': connection refused (DMR_HOST);`
		` try: docker model status"
	[[ $(grep -c $'^warn\t.*\tnot checked: no server answers$' stdout) == 14 ]]
	says summary 'fail 2 ok, 14 warn, 1 fail'
	try -1 dmr-check -H "unix://$PWD/none"
	says server "fail 'unix://$PWD/none': * (--host); try: docker model status"
	unset DMR_HOST
	MODEL_RUNNER_HOST=http://127.0.0.1:2 try -1 dmr-check
	says server "fail 'http://127.0.0.1:2': connection refused (MODEL_RUNNER_HOST)*"
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	echo 'host = http://127.0.0.1:3' >"$XDG_CONFIG_HOME/dmr/config"
	try -1 dmr-check
	says server "fail 'http://127.0.0.1:3': connection refused (the config file)*"
	says config "ok $XDG_CONFIG_HOME/dmr/config: 1 key"
}

@test "check: what answers is no model runner" {
	serve <<-'EOT'
		accept
		read
		text 200 "<html>Welcome</html>\n"
		accept
		read
		send "SSH-2.0-OpenSSH_9.2\r\n"
		accept
		read
		text 404 "404 page not found\n"
		accept
		read
		json 200 '{"models":[]}'
		accept
		read
		close
	EOT
	for text in 'is no model runner: its answer 200 is not JSON' 'is not HTTP' \
		'answered 404: 404 page not found' 'cannot be read' 'broke off'; do
		try -1 dmr-check
		says server "fail *$text* (DMR_HOST); try: *"
		says answer 'warn not checked: no server answers'
	done
}

@test "check: it refuses without a key, and no key is shown" {
	serve <<-'EOT'
		accept
		read
		json 401 '{"error":{"message":"no such key: s3cretkey"}}'
	EOT
	(umask 077 && echo s3cretkey >key)
	try -1 dmr-check --key-file key
	says server 'fail *answered 401: no such key: ****(DMR_HOST); try: --key-file FILE'
	run -1 grep s3cret stdout
}

@test "check: places that were found: each with why it was not the one" {
	need unshare ip
	unshare -rn true 2>/dev/null || lack "the right to make namespaces"
	unset DMR_HOST
	echo '{"current":"x","contexts":{"x":{"host":"http://127.0.0.1:2"}}}' >contexts
	mkdir -p "$HOME/.docker/model" && cp contexts "$HOME/.docker/model/contexts.json"
	try -0 unshare -rn sh -c 'ip link set lo up
		exec dmr-mock -q -l 127.0.0.1:12434 -- env -u DMR_HOST dmr-check'
	says server "ok http://localhost:12434 (found); not 'http://127.0.0.1:2':`
		` connection refused"
	says network 'ok port 12434 is for this machine alone'
	try -1 unshare -rn sh -c 'ip link set lo up; exec dmr-check'
	says server "fail no model runner answers: 'http://127.0.0.1:2': connection`
		` refused; 'http://localhost:12434': connection refused;`
		` 'unix://$HOME/.docker/run/docker.sock:/exp/vDD4.40': no such file`
		` or directory*; try: docker model status; *"
}

@test "check: a server that other machines can reach is warned of" {
	need unshare ip
	unshare -rn true 2>/dev/null || lack "the right to make namespaces"
	for address in 0.0.0.0 '[::]'; do
		try -0 unshare -rn sh -c "ip link set lo up
			exec dmr-mock -q -l $address:12434 -- \
				dmr-check -H http://127.0.0.1:12434"
		address=${address#[}
		says network "warn port 12434 is open to other machines (${address%]}),`
			` and a model runner asks for no password; try: *"
	done
}

@test "check: no model, and one that is not there" {
	mock -m none
	try -1 dmr-check
	says models 'fail the server has none; try: dmr-models pull ai/smollm2'
	says model 'fail there is none to choose; try: dmr-models pull ai/smollm2'
	says answer 'warn not checked: there is no model to ask'
	mock
	try -1 dmr-check -m ai/other
	says models 'ok 1: ai/smollm2'
	says model "fail no model 'ai/other' on '$host'; try: dmr-models pull ai/other"
	says context 'warn not checked: there is no model to ask'
}

@test "check: which model is asked, and who says so" {
	mock -m ai/smollm2,ai/gemma3
	try -1 dmr-check
	says model 'fail none is named, and there are 2: ai/*; try: dmr-check -m NAME,*'
	try -0 dmr-check -m docker.io/ai/gemma3:latest
	says model 'ok docker.io/ai/gemma3:latest (--model), *'
	DMR_MODEL=ai/smollm2 try -0 dmr-check
	says model 'ok ai/smollm2 (DMR_MODEL), *'
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	printf '[dmr-check]\nmodel = ai/gemma3\n' >"$XDG_CONFIG_HOME/dmr/config"
	try -0 dmr-check
	says model 'ok ai/gemma3 (the config file), *'
	rm "$XDG_CONFIG_HOME/dmr/config"
	mock -m ai/smollm2,ai/qwen3-coder
	try -0 dmr-check
	says model 'ok ai/qwen3-coder (the default), *'
	# A second name of a model stands in no list.
	dmr-models -q tag ai/smollm2 my/own:v1
	try -0 dmr-check -m my/own:v1
	says model 'ok my/own:v1 (--model)*'
}

@test "check: out of memory: a smaller model, other programs" {
	local text

	for text in 'not enough GPU memory to load the model (CUDA)' \
		'llama.cpp failed:\nVerbose output:\nggml: cudaMalloc failed: out of memory' \
		'llama.cpp exit status: signal: killed'; do
		printf '{"path":"/v1/chat/completions","status":500,"text":"unable to load runner: %s\\n"}\n' \
			"$text" >script
		mock --script script
		try -1 dmr-check
		says answer "fail out of memory: 'ai/smollm2' needs more than there is;`
			` close other programs, or take a smaller one*; try: dmr-models recommend"
		says streaming 'warn not checked: the model gave no answer'
	done
	# What the engine says last is the reason.
	printf '%s\n' '{"path":"/v1/chat/completions","status":500,"text":"unable to load runner: no\nVerbose output:\nbad magic"}' \
		>script
	mock --script script
	try -1 dmr-check
	says answer "fail '$host' answered 500: unable to load runner: no; bad magic;`
		` try: dmr-models logs"
}

@test "check: an answer that breaks off, and one that says nothing" {
	printf '%s\n' '{"path":"/v1/chat/completions","fault":"cut-400","times":1}' \
		'{"path":"/v1/chat/completions","fault":"say-nothing"}' >script
	mock --script script
	try -1 dmr-check
	says answer 'fail *; try: dmr-models logs'
	try -1 dmr-check
	says answer 'fail *; try: *'
}

@test "check: a slow first token is a model that is loaded, or a slow one" {
	{
		counts 100 '"delay":"600ms"'
		echo '{"path":"/engines/ps","json":[{"mode":"embedding","model_name":"ai/smollm2"},{"mode":"completion","model_name":"ai/smollm2","loading":true}],"times":1}'
		echo '{"path":"/engines/ps","json":[{"mode":"completion","model_name":"docker.io/ai/smollm2:latest"}]}'
	} >script
	mock --script script
	try -0 dmr-check --slow 200ms
	says answer "warn first token after *ms, with loading, then * tokens/s;`
		` the next request is faster; try: dmr-models warm ai/smollm2"
	try -0 dmr-check --slow 200ms
	says answer "warn first token after *ms, then * tokens/s; a smaller model`
		` is faster; try: dmr-models recommend"
	try -0 dmr-check --slow 20s
	says answer 'ok first token after *'
	says summary 'ok 17 ok, 0 warn, 0 fail'
}

@test "check: fewer tokens a second than people read" {
	printf '%s\n' '{"path":"/v1/chat/completions","text":"1, 2","tokens_per_second":2,"times":1}' \
		>script
	mock --script script
	try -0 dmr-check
	says answer "warn first token after *, then [23].* tokens/s; a smaller model`
		` is faster; try: dmr-models recommend"
	# A second answer was long enough.
	says streaming 'ok * tokens, as they were made'
}

@test "check: answers too short to tell whether they stream" {
	printf '%s\n' '{"path":"/v1/chat/completions","text":"1, 2"}' >script
	mock --script script
	try -0 dmr-check
	says streaming 'ok an answer of 5 tokens is too short to tell'
	[[ $(ask "$host/__mock/requests" | grep -c '"POST"') == 3 ]]
}

# A proxy in front of the mock that keeps answers, or BYTES of them.
buffer() { # [BYTES]
	local port

	mkfifo proxy
	python "$tests/buffer.py" "${host##*:}" "$@" >proxy 3>&- &
	proxy_pid=$!
	read -r -t "$DEADLINE" port <proxy
	rm proxy
	proxy=http://127.0.0.1:$port
}

@test "check: a proxy that keeps the stream until it is over" {
	counts 60 >script
	mock --script script
	try -0 dmr-check
	says streaming 'ok 62 tokens, as they were made'
	buffer
	try -0 dmr-check -H "$proxy"
	says answer 'ok *'
	says streaming "warn 62 tokens came in 1 piece: something on the way holds`
		` them back; try: dmr-check -H URL, *"
	says summary 'warn 16 ok, 1 warn, 0 fail'
	kill "$proxy_pid"
	# One that passes on what fills its buffer.
	buffer 4096
	try -0 dmr-check -H "$proxy"
	says streaming 'warn 62 tokens came in [2-7] pieces: *'
}

@test "check: loading before a fast answer is no proxy" {
	printf '{"path":"/v1/chat/completions","text":"%s"%s}\n' \
		"$long" ',"delay":"700ms","times":1' "$long" '' >script
	mock --script script
	try -0 dmr-check
	says streaming 'ok 62 tokens, as they were made'
	says answer 'ok *then too fast to be measured'
	# It was asked a second time, to know.
	[[ $(ask "$host/__mock/requests" | grep -c '"POST"') == 2 ]]
}

@test "check: a server that does not stream" {
	serve_plain "$plain"
	try -0 dmr-check
	says answer 'ok *'
	says streaming 'warn the server does not stream: the answer came whole'
}

plain='{"choices":[{"index":0,"finish_reason":"stop","message":'
plain+='{"role":"assistant","content":"1, 2, 3"}}]}'

# Any other server: a list of one model, and an answer.
serve_plain() { # ANSWER [HEADER]
	local list='{"object":"list","data":[{"id":"m","object":"model"}]}'

	serve < <(
		printf "accept\nread\njson 200 '%s' '%s'\n" "$list" "${2-X: y}"
		printf "accept\nread\njson 200 '%s'\n" "$1"
	)
	export DMR_HOST=$DMR_HOST/api
}

@test "check: of a server without management nothing is missed" {
	serve_plain "$plain"
	try -0 dmr-check
	for each in version disk memory context gpu; do
		says "$each" 'ok not told'
	done
	says log 'ok not told; *'
	says model 'ok m (the only one)'
	says clock 'ok not told'
	assert_requests 2
}

@test "check: llama.cpp and Ollama alone have none of a runner's own" {
	local none='"status":404,"json":{"error":{"code":404,"message":"File Not Found"}}}'

	printf '{"path":"/%s",%s\n' version "$none" 'engines/*' "$none" logs "$none" \
		models "$none" >script
	mock --script script
	DMR_HOST=$host/v1 try -0 dmr-check
	for each in version disk gpu; do
		says "$each" 'ok not told'
	done
	says log 'ok not told; *'
	says answer 'ok *'
}

@test "check: a clock that is wrong" {
	local date

	for each in '-1 hour' '1 hour' '-2 seconds'; do
		date=$(date -u -d "$each" '+%a, %d %b %Y %H:%M:%S GMT')
		serve_plain "$plain" "Date: $date"
		try -0 dmr-check
		line clock >>clocks
	done
	sed -i 's/59m5[0-9]s/1h/' clocks
	assert_file clocks $'warn\tclock\tthe server\'s is 1h behind' \
		$'warn\tclock\tthe server\'s is 1h ahead' \
		$'ok\tclock\tthe same as here'
}

@test "check: a vector, of the model that is named or made for it" {
	mock -m ai/smollm2,ai/mxbai-embed-large
	try -0 dmr-check -m ai/smollm2
	says embedding 'ok ai/mxbai-embed-large: * numbers after *'
	DMR_EMBED_MODEL=ai/smollm2 try -0 dmr-check -m ai/smollm2
	says embedding 'ok ai/smollm2: * numbers after *'
	try -1 dmr-check -m ai/smollm2 --embed-model ai/none
	says embedding "fail no model 'ai/none' on '$host'; try: dmr-models pull ai/none"
	printf '%s\n' '{"path":"/v1/embeddings","status":501,"json":{"error":{"code":501,"message":"This server does not support embeddings. Start it with `--embeddings`"}}}' \
		>script
	mock -m ai/smollm2,ai/mxbai-embed-large --script script
	try -1 dmr-check -m ai/smollm2
	says embedding "fail *makes no vectors with the model 'ai/mxbai-embed-large'*;`
		` try: dmr-models configure ai/mxbai-embed-large --mode embedding*"
	printf '%s\n' '{"path":"/v1/embeddings","fault":"embed-nan"}' >script
	mock -m ai/smollm2,ai/mxbai-embed-large --script script
	try -1 dmr-check -m ai/smollm2
	says embedding 'fail *; try: dmr-models logs'
}

@test "check: engines that failed, and none" {
	printf '%s\n' '{"path":"/engines/status","json":{"llama.cpp":"Error: it broke","vllm":"Not Installed"},"times":1}' \
		'{"path":"/engines/status","json":{"llama.cpp":"running llama.cpp latest-cuda","mlx":"not installed"},"times":1}' \
		'{"path":"/engines/status","json":{"llama.cpp":"Not Installed"}}' >script
	mock --script script
	try -0 dmr-check
	says engines 'warn llama.cpp: Error: it broke; try: dmr-models logs'
	try -0 dmr-check
	says engines 'ok llama.cpp: running llama.cpp latest-cuda'
	says gpu 'ok GPU, by its name: cuda'
	try -0 dmr-check
	says engines 'warn none is installed; *; try: docker model install-runner'
}

# A mock whose log is this, with a time of now before each line.
logs() { # LINE ...
	local text

	text=$(printf "[$(date -u +%FT%TZ)] %s\n" "$@")
	jq -nc --arg text "$text" '{path: "/logs", text: $text}' >script
	mock --script script
}

@test "check: the last error of the log, visible and without secrets" {
	logs 'level=ERROR msg=first' 'level=INFO msg="offloaded 29/29 layers to GPU"' \
		$'level=ERROR msg="\e[31mpull\e[0m of https://ada:w0rd@example.com with Bearer abcdefgh123: denied"' \
		'level=ERROR msg="failed to get model" error="model not found"' 'level=INFO msg=last'
	try -0 dmr-check
	says log 'warn \[*\] level=ERROR msg="\\x1b\[31mpull\\x1b\[0m of https://\*\*\*@example.com with Bearer \*\*\*: denied"; try: dmr-models logs'
	says gpu 'ok GPU: all 29 layers'
	try -0 dmr-check --json
	run -1 grep -e $'\e' -e u001b -e w0rd -e abcdefgh stdout
	logs 'level=INFO msg="offloaded 10/29 layers to GPU"'
	try -0 dmr-check
	says gpu 'warn 10 of 29 layers on the GPU, the rest on the CPU: *; try: dmr-models recommend'
	logs 'level=INFO msg="installed llama-server" gpuSupport=false'
	try -0 dmr-check
	says gpu 'ok CPU: the engine uses no GPU'
	says log 'ok no error in it'
}

@test "check: an error of yesterday is none of today" {
	jq -nc --arg text "[$(date -u -d '-1 day' +%FT%TZ)] level=ERROR msg=old" \
		'{path: "/logs", text: $text}' >script
	mock --script script
	try -0 dmr-check
	says log 'ok the last error, 1d ago: *level=ERROR msg=old'
}

@test "check: a server that keeps no log, and a page in its place" {
	printf '%s\n' '{"path":"/logs","status":404,"text":"service log not found\n","times":1}' \
		'{"path":"/logs","text":"<html>level=ERROR</html>\n"}' >script
	mock --script script
	for _ in 1 2; do
		try -0 dmr-check
		says log 'ok not told; in a container: docker logs docker-model-runner'
	done
	# Docker Desktop's is a file.
	mkdir -p "$HOME/.docker/desktop/log/host"
	echo '[2026-11-01T00:00:00Z] level=error msg="in a file"' \
		>"$HOME/.docker/desktop/log/host/inference.log"
	try -0 dmr-check
	says log 'ok the last error, * ago: *msg="in a file"'
	DMR_HOST=$host/v1 try -0 dmr-check
	chmod a+w "$HOME/.docker/desktop/log/host/inference.log"
	try -0 dmr-check
	says log 'ok not told; *'
}

@test "check: of a long line of the log no half of a key is shown" {
	local n word

	for n in 920 950 960 970 980 985 990 1005; do
		printf -v word '%*s' "$n" ''
		logs "level=ERROR msg=\"${word// /x} Bearer abcdefgh12345\" end"
		try -0 dmr-check
		run -1 grep -E 'Bearer [a-h]' stdout
	done
}

@test "check: what the server says moves no cursor and makes no lines" {
	printf '%s\n' '{"path":"/version","json":{"version":"v1\u001b[2J\nok\tlog"}}' \
		'{"path":"/engines/status","json":{"\u001b]0;x\u0007":"Running: \u202e"}}' >script
	mock --script script
	try -0 dmr-check
	says version 'ok v1\\x1b\[2J ok log'
	[[ $(wc -l <stdout) == 18 ]]
	run -1 grep -e $'\e' -e $'\a' -e $'\u202e' stdout
	try -0 pty -t 12 dmr-check
	run -1 grep -e $'\e' -e $'\a' tty
}

@test "check: what to type is ours, whatever the server says" {
	printf '%s\n' '{"path":"/v1/chat/completions","status":400,"json":{"error":{"message":"no; try: rm -rf x"}},"times":1}' \
		'{"path":"/v1/chat/completions","status":400,"json":{"error":{"message":"no; try: dmr-models pull a; rm -rf x"}}}' >script
	mock --script script
	for _ in 1 2; do
		try -1 dmr-check --json
		jq -r 'select(.what == "answer").try' stdout |
			assert_file /dev/stdin 'dmr-models logs'
	done
	printf '%s\n' '{"path":"/v1/models","json":{"object":"list","data":[{"id":"a;rm -rf x","object":"model"}]}}' \
		'{"path":"/v1/chat/completions","text":"1, 2","delay":"300ms"}' >script
	mock --script script
	try -0 dmr-check --slow 1ms
	says answer "warn *; try: dmr-models warm 'a;rm -rf x'"
}

@test "check: nothing hangs: each request has its limit" {
	printf '%s\n' '{"path":"/version","delay":60}' \
		'{"path":"/engines/df","fault":"stall"}' >script
	mock --script script
	SECONDS=0
	try -0 dmr-check --timeout 700ms
	((SECONDS < 15))
	says version 'warn *'
	says disk '* *'
	says answer 'ok *'
	printf '%s\n' '{"path":"/v1/chat/completions","delay":60}' >script
	mock --script script
	try -1 dmr-check --first-timeout 300ms
	says answer 'fail *--first-timeout*; try: dmr-models warm ai/smollm2'
}

@test "check: a small context is warned of, and who set it is told" {
	mock
	dmr-models -q configure ai/smollm2 --context-size 512
	try -0 dmr-check
	says context "warn 512 tokens, configured: a page or two fill it;`
		` try: dmr-models configure --context-size 8192 ai/smollm2"
	dmr-models -q configure ai/smollm2 --context-size 16384
	try -0 dmr-check
	says context 'ok 16384 tokens, configured'
	dmr-models -q configure ai/smollm2 --context-size -1
	try -0 dmr-check
	says context 'ok the largest the model has'
}

@test "check: a model larger than the memory" {
	printf '%s\n' '{"path":"/v1/models","json":{"object":"list","data":[{"id":"ai/smollm2","object":"model","dmr":{"size":"9000.00GiB"}}]}}' \
		>script
	mock --script script
	try -0 dmr-check
	says memory "warn the model takes 9.66TB and more, this machine has *;`
		` try: dmr-models recommend"
}

@test "check: a template that is wrong is named, with its line" {
	mkdir -p "$XDG_CONFIG_HOME/dmr/prompts" own
	echo 'Hello {{prompt}}' >"$XDG_CONFIG_HOME/dmr/prompts/good.prompt"
	mock
	try -0 dmr-check
	says templates "ok 1 in $XDG_CONFIG_HOME/dmr/prompts, [0-9]* in */share/dmr/prompts"
	printf 'Hello\n{{#name}}\n' >own/bad.prompt
	DMR_TEMPLATE_PATH=$PWD/own try -0 dmr-check
	says templates "warn $PWD/own/bad.prompt:*"
}

@test "check: it takes no operands, and a config file that is right" {
	try -2 dmr-check answer
	assert_stdout
	assert_stderr "dmr-check: there is nothing to do with 'answer'"
	try -2 dmr-check -m ''
	try -2 dmr-check -F xml
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	echo 'hots = x' >"$XDG_CONFIG_HOME/dmr/config"
	try -2 dmr-check
	assert_stdout
	assert_stderr "dmr-check: $XDG_CONFIG_HOME/dmr/config:1: unknown key 'hots'"
}

@test "check: each fault of a server ends in 0 or 1, and says why" {
	local fault

	mock
	while IFS=$'\t' read -r fault _; do
		echo "$fault"
		status=0
		env -u DMR_HOST MODEL_RUNNER_HOST="$host/fault/${fault/%-N/-30}" \
			timeout 20 dmr-check --timeout 300ms --retry 0 \
			>stdout 2>stderr || status=$?
		((status < 2))
		assert_file stderr
		[[ $(wc -l <stdout) == 18 ]]
		! grep ^fail stdout | grep -v -e '; try: ' -e $'\tsummary\t'
	done < <(dmr-mock --list-faults)
}
