# dmr-models: what each verb asks, prints and ends with.  The list, the status
# and warm are in server.bats, pulls in models-pull.bats.
# shellcheck disable=SC2154 # variables that lib.bash sets

load lib
load server
load mock

setup() {
	mock_setup
	unset DMR_MODEL
}

teardown() { mock_teardown; }

# models STATUS ARGUMENT ...: within a mock, with no word on standard error.
models() {
	try "-$1" dmr-models "${@:2}"
}

# asked JQ: what the mock was asked, without the lists of what is loaded.
asked() {
	curl -s "$host/__mock/requests" | jq -c "$@"
}

# ---- the table of verbs

@test "models: -h after a verb lists its own options, and no others" {
	local verb n=0

	while read -r verb; do
		try -0 dmr-models "$verb" -h
		[[ $output == "usage: dmr-models [options] $verb"* ]]
		[[ $output != *--host* ]]
		assert_stderr
		n=$((n + 1))
	done < <(dmr-models --help | sed '1,/^Verbs:/d; /^$/,$d' |
		awk '!/ the same as / { print $1 }')
	((n == 14))
	dmr-models --help | grep -x '  ls  *the same as list'
	dmr-models --help | grep -x '  inspect  *NAME...  *the same as show'
	try -0 dmr-models inspect -h
	[[ $output == 'usage: dmr-models [options] show NAME...'* ]]
	try -0 dmr-models rm -h
	[[ $output == *--force* && $output != *--names* ]]
}

@test "models: an option is for the verbs that --help of it names" {
	local option verb

	for option in --names --loaded --remote --ignore-runtime-memory-check \
		--force --all --context-size=1 --ctx-size=1 --keep-alive=1 \
		--think --no-think --show --reset --task=code --memory=1G -f \
		--jq=. --token-file=x --mode=embedding --sort=name; do
		try -2 dmr-models status "$option"
		assert_stdout
		[[ $stderr == 'dmr-models: --'*' is for '* ]]
	done
}

@test "models: a name with a part that leads elsewhere is exit 2, nothing is asked" {
	local name verb

	serve </dev/null
	for name in ../x a/../b a//b /a a/ . ''; do
		for verb in show pull rm warm unload configure 'tag b'; do
			# shellcheck disable=SC2086 # words
			try -2 dmr-models $verb "$name"
			assert_stdout
			[[ $stderr == *'is no name of a model: '* ]]
		done
	done
	assert_requests 0
}

# ---- list

three='{"object":"list","data":[
	{"id":"ai/e","created":3,"dmr":{"size":"1536MiB"}},
	{"id":"ai/b","created":3,"dmr":{"size":"1.5GiB"}},
	{"id":"ai/c","created":9,"dmr":{"size":"92.10MiB"}},
	{"id":"ai/a","created":3,"dmr":{"size":"10 kB"}},
	{"id":"ai/d"}]}'

# list_three LOADED: serves them, and what is loaded.
list_three() {
	serve < <(printf '%s\n' accept read "json 200 '${three//$'\n'/}'" \
		accept read "json 200 '$1'")
}

@test "models: list --sort orders by name, size and date" {
	local key

	for key in name:abcde size:becad date:cabed; do
		once "json 200 '${three//$'\n'/}'"
		try -0 dmr-models --names --sort "${key%:*}"
		[[ $(cut -d / -f 2 "$BATS_TEST_TMPDIR/stdout" | tr -d '\n') == "${key#*:}" ]]
	done
	for key in name size date; do
		once "json 200 '{\"data\":[]}'"
		try -0 dmr-models --names --sort "$key"
		assert_stdout
	done
	try -2 dmr-models --sort colour
	assert_stderr "dmr-models: --sort: 'colour' is not name, size or date"
}

@test "models: list --loaded leaves out the others; a server must say it" {
	list_three '[{"model_name":"ai/c"},{"model_name":"a","loading":true}]'
	try -0 dmr-models --loaded --names
	assert_stdout ai/c
	list_three '[]'
	try -0 dmr-models --loaded --json
	assert_stdout
	once "json 200 '{\"data\":[]}'"
	try -22 dmr-models -H "$DMR_HOST/api" --loaded
	assert_stdout
}

@test "models: a list of things that are no models is 22" {
	local data

	for data in '[1,2]' '[{"embedding":[1],"index":0}]'; do
		serve < <(printf '%s\n' accept read \
			"json 200 '{\"data\":$data}'")
		try -22 dmr-models list --names
		assert_stdout
		assert_stderr "dmr-models: the server's list of models cannot be read: none has a name that can be printed"
	done
}

@test "models: what is no model is left out with a word, what is loaded may be unknown" {
	once "json 200 '{\"data\":[1,{\"id\":5},{\"id\":\"ai/a\"}]}'"
	try -0 dmr-models --names
	assert_stdout ai/a
	assert_stderr 'dmr-models: 2 models are left out: they have no name that can be printed'
	for loaded in '[{"model_name":5}]' '[{"x":1}]' '[7]'; do
		list_three "$loaded"
		try -0 dmr-models
		[[ $(cut -f 6 "$BATS_TEST_TMPDIR/stdout" | sort -u) == - ]]
		list_three "$loaded"
		try -22 dmr-models --loaded
		assert_stdout
	done
}

@test "models: a model loaded by another of its names is marked, the server knows which" {
	serve <<-'EOF'
		accept
		read
		json 200 '{"data":[{"id":"docker.io/ai/a:latest"},{"id":"ai/b"}]}'
		accept
		read
		json 200 '[{"model_name":"other:V1"},{"model_name":"gone"}]'
		accept
		read
		json 200 '{"id":"docker.io/ai/a:latest"}'
		accept
		read
		text 404 'error while getting model: get model ...: model not found'
	EOF
	try -0 dmr-models
	assert_stdout $'ai/a\t-\t-\t-\t-\tyes' $'ai/b\t-\t-\t-\t-\tno'
	request_head 3 | head -n 1 | assert_file /dev/stdin \
		'GET /engines/v1/models/other:V1 HTTP/1.1'
}

# ---- show

@test "models: show tells all, one thing a line" {
	once "json 200 '{\"id\":\"sha256:1\",\"tags\":[\"a\",\"b\"],\"created\":1795298692,\"config\":{\"size\":\"1B\",\"gguf\":{\"x.y\":\"p\\nq\",\"n\":5},\"context_size\":7,\"none\":null}}'"
	try -0 dmr-models show ai/x
	assert_stdout $'id\tsha256:1' $'tag\ta' $'tag\tb' \
		$'created\t2026-11-21T22:04:52Z' $'size\t1B' $'gguf x.y\tp q' \
		$'gguf n\t5' $'context_size\t7' $'none\tnull'
	assert_stderr
	request_head 1 | head -n 1 | assert_file /dev/stdin \
		'GET /models/ai/x HTTP/1.1'
}

@test "models: show --json is the server's object in a line, --jq what it makes of it" {
	once "json 200 \"{\\\"id\\\": \\\"a\\\",\\n \\\"big\\\": 9007199254740993}\""
	try -0 dmr-models show --json ai/x
	assert_stdout '{"id": "a",  "big": 9007199254740993}'
	always "json 200 '{\"id\":\"a\",\"config\":{\"size\":\"1B\"}}'"
	try -0 dmr-models show --jq .config.size ai/x ai/y
	assert_stdout 1B 1B
	try -2 dmr-models show --jq '.[' ai/x
	assert_stdout
	try -5 dmr-models show --jq '.config.size.x' ai/x
	assert_stdout
}

@test "models: show --remote asks the registry, in its words" {
	mock --models none
	models 0 show --remote --jq .config.parameters ai/gemma3
	assert_stdout 3.88B
	models 6 show --remote localhost:5000/ai/nope
	assert_stderr "dmr-models: the registry has no model 'localhost:5000/ai/nope'"
	models 6 show ai/gemma3
	assert_stderr "dmr-models: no model 'ai/gemma3' on '$host'; try: dmr-models pull ai/gemma3"
	asked '.path' | assert_file /dev/stdin '"/models/ai/gemma3?remote=true"' \
		'"/models/localhost:5000/ai/nope?remote=true"' '"/models/ai/gemma3"'
}

@test "models: show of what has an id, and is no model, is exit 22" {
	for object in chat.completion list; do
		once "json 200 '{\"id\":\"a\",\"object\":\"$object\"}'"
		try -22 dmr-models show ai/x
		assert_stdout
	done
}

@test "models: show of a model with 10 MB of metadata works" {
	{
		printf '{"id":"a","config":{"gguf":{'
		for i in {1..99}; do
			printf '"tokens.%s":"%0100000d",' "$i" "$i"
		done
		printf '"last":"one"}}}'
	} >body
	once "send \"HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\n\\r\\n\"" \
		"sendfile $BATS_TEST_TMPDIR/body"
	try -0 dmr-models show ai/x
	[[ $(wc -l <"$BATS_TEST_TMPDIR/stdout") -eq 101 ]]
	tail -n 1 "$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin \
		$'gguf last\tone'
}

@test "models: names are escaped in a path" {
	once "json 200 '{\"id\":\"a\"}'"
	try -0 dmr-models show 'ai/a b?c#d%e:Q4'
	request_head 1 | head -n 1 | assert_file /dev/stdin \
		'GET /models/ai/a%20b%3Fc%23d%25e:Q4 HTTP/1.1'
}

# ---- tag, rm

@test "models: tag and rm tell what was done, rm warns when nothing was freed" {
	mock
	models 0 tag smollm2 myorg/x:V1
	assert_stdout $'tagged\tmyorg/x:V1'
	assert_stderr
	models 0 tag smollm2 y --json
	assert_stdout '{"tagged":"y"}'
	models 0 rm myorg/x:V1
	assert_stdout $'untagged\tmyorg/x:V1'
	assert_stderr "dmr-models: nothing was freed: the model that was 'myorg/x:V1' has other names"
	models 0 rm --json y smollm2
	[[ $output == '{"untagged":"ai/y"}'$'\n''{"untagged":"ai/smollm2"}'$'\n''{"deleted":"sha256:'* ]]
	models 6 rm smollm2
	assert_stdout
	assert_stderr "dmr-models: no model 'smollm2' on '$host'"
	models 6 tag smollm2 z
	assert_stdout
	models 2 tag smollm2 z@sha256:abc
	assert_stdout
	assert_stderr "dmr-models: 'z@sha256:abc' is no NAME or NAME:TAG"
	asked 'select(.method == "POST").path' | head -n 1 |
		assert_file /dev/stdin '"/models/smollm2/tag?repo=myorg/x&tag=V1"'
}

@test "models: rm tells what the server says it removed, or that it does not" {
	local answer

	for answer in '[]' '[{}]' '[1]' '[{"Deleted":5}]' '[{"untagged":"x"}]' \
		'[{"Untagged":""}]'; do
		once "json 200 '$answer'"
		try -22 dmr-models rm ai/x
		assert_stdout
		assert_stderr "dmr-models: '$DMR_HOST' does not say what it removed"
	done
	# What went wrong the first time may have been done.
	serve < <(printf '%s\n' accept read 'text 504 "" "Retry-After: 0"' \
		accept read 'text 404 "error while deleting model: model not found"')
	try -22 dmr-models rm ai/x
	assert_stderr "dmr-models: 'ai/x' is not there; it was, maybe, before the server was asked again"
}

@test "models: rm of an id with several names wants --force" {
	mock
	models 0 tag smollm2 second
	models 0 show --jq .id smollm2
	local id=$output
	models 22 rm "$id"
	assert_stdout
	assert_stderr "dmr-models: '$id' has several names; try: --force, or the name that shall go"
	models 0 rm --force "$id"
	[[ $output == $'untagged\tai/smollm2\nuntagged\tai/second\ndeleted\tsha256:'* ]]
}

@test "models: rm purge is a model of that name, and not all there are" {
	mock
	models 6 rm purge
	models 0 --names
	assert_stdout ai/smollm2
	asked 'select(.method == "DELETE").path' | assert_file /dev/stdin \
		'"/models/ai/purge"'
}

@test "models: of several names each is done and told, some in vain: 8" {
	mock --models ai/a,ai/b
	models 8 rm nope a nada b
	assert_stdout $'untagged\tai/a' \
		"$(grep deleted "$BATS_TEST_TMPDIR/stdout" | head -n 1)" \
		$'untagged\tai/b' \
		"$(grep deleted "$BATS_TEST_TMPDIR/stdout" | tail -n 1)"
	assert_stderr "dmr-models: no model 'nope' on '$host'" \
		"dmr-models: no model 'nada' on '$host'" \
		'dmr-models: 2 of 4 models: not done'
	models 6 rm nope nada
	assert_stderr "dmr-models: no model 'nope' on '$host'" \
		"dmr-models: no model 'nada' on '$host'" \
		'dmr-models: 2 of 2 models: not done'
	# Each is named, whatever the error says.
	always 'text 500 boom'
	try -22 dmr-models show a b
	assert_stderr "dmr-models: 'a': '$DMR_HOST' answered 500: boom" \
		"dmr-models: 'b': '$DMR_HOST' answered 500: boom" \
		'dmr-models: 2 of 2 models: not done'
	# What ends all ends it at once.
	models 7 -H http://127.0.0.1:1 rm a b
	[[ $stderr != *$'\n'* ]]
}

# ---- ps, df

@test "models: ps makes times human, and names as they are listed" {
	local now
	now=$(date -u -d '-70 seconds' +%Y-%m-%dT%H:%M:%S.123456789Z)
	serve < <(
		printf '%s\n' accept read "json 200 '[{\"backend_name\":\"llama.cpp\",\"model_name\":\"x\",\"mode\":\"completion\",\"last_used\":\"$now\"},{\"backend_name\":\"llama.cpp\",\"model_name\":\"y\",\"mode\":\"embedding\",\"last_used\":\"0001-01-01T00:00:00Z\",\"in_use\":true},{\"backend_name\":\"vllm\",\"model_name\":\"x\",\"mode\":\"completion\",\"last_used\":\"0001-01-01T00:00:00Z\",\"loading\":true},{\"model_name\":\"gone\",\"last_used\":\"$now\",\"keep_alive\":\"-1\"},{\"model_name\":\"gone\",\"last_used\":\"$now\",\"keep_alive\":\"2h0m0s\"}]'"
		for id in docker.io/ai/x:latest docker.io/ai/x:latest; do
			printf '%s\n' accept read "json 200 '{\"id\":\"$id\"}'"
		done
		printf '%s\n' accept read "$missing"
	)
	try -0 dmr-models ps
	sed 's/[0-9]*s ago/Ns ago/; s/in 3m[0-9]*s/in 3mNs/; s/in 1h58m/in 1h58m/' \
		"$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin \
		$'ai/x\tllama.cpp\tcompletion\t1mNs ago\tin 3mNs' \
		$'ai/x\tllama.cpp\tembedding\tin use\t-' \
		$'ai/x\tvllm\tcompletion\tloading\t-' \
		$'gone\t-\t-\t1mNs ago\tstays' \
		$'gone\t-\t-\t1mNs ago\tin 1h58m'
	assert_requests 4 # each spelling once
}

@test "models: ps of a server that has no words for it: no time is in use" {
	serve < <(printf '%s\n' accept read \
		"json 200 '[{\"model_name\":\"x\",\"last_used\":\"0001-01-01T00:00:00Z\"}]'" \
		accept read "json 200 '{\"id\":\"ai/x\"}'")
	try -0 dmr-models ps
	assert_stdout $'ai/x\t-\t-\tin use\t-'
}

@test "models: ps of more than anybody has is exit 22" {
	local one='{"model_name":"x"}'

	once "json 200 '[$(printf "$one,%.0s" {1..1024})$one]'"
	try -22 dmr-models ps
	assert_stdout
}

@test "models: ps without anything, on a terminal a head" {
	once "json 200 '[]'"
	try -0 dmr-models ps
	assert_stdout
	once "json 200 '[]'"
	try -0 pty -t 1 dmr-models ps
	assert_tty 'NAME  ENGINE  MODE  USED  UNTIL'
}

@test "models: ps --json has the server's own times" {
	mock
	models 0 -q warm smollm2
	models 0 ps --json
	jq -e '.name == "ai/smollm2" and .asked_as == "smollm2" and
		.id == "docker.io/ai/smollm2:latest" and .mode == "completion" and
		.in_use == false and (.last_used | endswith("Z"))' <<<"$output"
}

@test "models: df tells bytes in JSON, and sizes" {
	once "json 200 '{\"models_disk_usage\":196729350,\"default_backend_disk_usage\":0}'"
	try -0 dmr-models df
	assert_stdout $'models\t196.73MB' $'engine\t0B'
	once "json 200 '{\"models_disk_usage\":196729350,\"default_backend_disk_usage\":202802080}'"
	try -0 dmr-models df --json
	assert_stdout '{"models":196729350,"engine":202802080}'
	once "json 200 '{\"models_disk_usage\":\"1\"}'"
	try -22 dmr-models df
	assert_stdout
}

# ---- warm, unload

@test "models: warm loads several, for embeddings too, and says how long" {
	mock --models ai/a,ai/b
	models 0 warm a b
	assert_stdout
	[[ $stderr =~ ^'dmr-models: a is loaded, after '[0-9.]+s$'\n'"dmr-models: b is loaded, after "[0-9.]+s$ ]]
	models 0 warm --json --mode embedding a
	jq -e '.loaded == "a" and .seconds >= 0' <<<"$output"
	models 8 -q warm a nope
	assert_stderr "dmr-models: no model 'nope' on '$host'; try: dmr-models pull nope" \
		'dmr-models: 1 of 2 models: not done'
	models 2 warm --mode reranking a
	asked 'select(.headers["x-preload-only"]).path' | assert_file /dev/stdin \
		'"/engines/v1/chat/completions"' '"/engines/v1/chat/completions"' \
		'"/engines/v1/embeddings"' '"/engines/v1/chat/completions"' \
		'"/engines/v1/chat/completions"'
}

@test "models: unload says how many, and that nothing was loaded" {
	mock --models ai/a,ai/b
	models 0 -q warm a b
	models 0 unload a
	assert_stdout $'unloaded\t1'
	assert_stderr
	models 0 unload a
	assert_stdout $'unloaded\t0'
	assert_stderr 'dmr-models: nothing was loaded'
	models 0 unload --all --json
	assert_stdout '{"unloaded":1}'
	models 0 unload --all
	assert_stdout $'unloaded\t0'
	models 6 unload nope
	assert_stdout
	models 2 unload
	models 2 unload --all a
	models 0 -q warm a
	models 8 unload nope a
	assert_stdout $'unloaded\t1'
	assert_stderr "dmr-models: no model 'nope' on '$host'; try: dmr-models pull nope" \
		'dmr-models: 1 of 2 models: not done'
	models 6 unload nope nada
	assert_stdout
	once "json 200 '{\"id\":\"ai/x\"}'" accept read \
		"json 200 '{\"unloaded_runners\":-3}'"
	try -22 dmr-models unload ai/x
	assert_stdout
}

@test "models: unload --all names each once; all, if one has no name any more" {
	local loaded='[{"model_name":"x"},{"model_name":"y","mode":"embedding"}]'

	loads() { # WHAT-THE-SECOND-IS
		printf '%s\n' accept read "json 200 '$loaded'" accept read \
			"json 200 '{\"id\":\"ai/x\"}'" accept read "$1" \
			accept read "json 200 '{\"unloaded_runners\":2}'" \
			accept read "json 200 '[]'"
	}

	serve < <(loads "json 200 '{\"id\":\"ai/x\"}'")
	try -0 dmr-models unload --all
	assert_stdout $'unloaded\t2'
	request 4 | assert_file /dev/stdin -n '{"models":["ai/x"]}'
	serve < <(loads "$missing")
	try -0 dmr-models unload --all
	assert_stdout $'unloaded\t2'
	assert_stderr 'dmr-models: the model of one was removed: what was configured, of all models, is forgotten'
	request 4 | assert_file /dev/stdin -n '{"all":true}'
}

@test "models: unload --all leaves configurations alone" {
	mock
	models 0 configure smollm2 --context-size 2048
	models 0 unload --all
	models 0 configure --show
	[[ $output == *$'context-size\t2048'* ]]
}

@test "models: what is in use stays loaded: 8, and it is named" {
	serve <<-'EOF'
		accept
		read
		json 200 '{"id":"docker.io/ai/x:latest"}'
		accept
		read
		json 200 '{"unloaded_runners":0}'
		accept
		read
		json 200 '[{"model_name":"x","in_use":true}]'
		accept
		read
		json 200 '{"id":"docker.io/ai/x:latest"}'
	EOF
	try -8 dmr-models unload ai/x
	assert_stdout $'unloaded\t0'
	assert_stderr "dmr-models: not unloaded: 'ai/x' (in use)"
	# However long its name is, and whatever else is left.
	local long
	long=ai/$(printf 'x%.0s' {1..420})
	serve < <(
		printf '%s\n' accept read "json 200 '{\"id\":\"$long\"}'" \
			accept read "json 200 '{\"unloaded_runners\":0}'" accept read \
			"json 200 '[{\"model_name\":\"a\",\"in_use\":true},{\"model_name\":\"a\",\"mode\":\"b\",\"loading\":true},{\"model_name\":\"a\",\"last_used\":\"2026-01-01T00:00:00Z\"}]'" \
			accept read "json 200 '{\"id\":\"$long\"}'"
	)
	try -8 dmr-models unload ai/x
	[[ $stderr == "dmr-models: not unloaded: 'ai/xxx"*"' (in use), 'ai/xxx"*"' (loading), 'ai/xxx"*"' (idle)" ]]
	# Who cannot be told from others may be it.
	serve < <(
		printf '%s\n' accept read "json 200 '{\"id\":\"ai/x\"}'" accept \
			read "json 200 '{\"unloaded_runners\":0}'" accept read \
			"json 200 '[{\"model_name\":\"x\",\"in_use\":true}]'" \
			accept read 'text 500 boom'
	)
	try -22 dmr-models unload ai/x
	assert_stderr "dmr-models: '$DMR_HOST' answered 500: boom"
}

# ---- configure

@test "models: configure keeps what was set before, and shows what is in force" {
	mock
	models 0 configure smollm2 --context-size 2048 --no-think -- --temp 0.1
	models 0 configure ai/smollm2 --keep-alive 90
	asked 'select(.method == "POST" and .path == "/engines/_configure").body' |
		assert_file /dev/stdin \
		'{"model":"docker.io/ai/smollm2:latest","mode":"completion","context-size":2048,"llamacpp":{"reasoning-budget":0},"runtime-flags":["--temp","0.1"]}' \
		'{"model":"docker.io/ai/smollm2:latest","mode":"completion","context-size":2048,"runtime-flags":["--temp","0.1"],"llamacpp":{"reasoning-budget":0},"keep_alive":"90s"}'
	assert_stdout $'name\tai/smollm2' $'mode\tcompletion' \
		$'engine\tllama.cpp' $'context-size\t2048' \
		$'runtime-flags\t--temp 0.1' $'keep-alive\t1m30s' \
		$'think\tno' $'reasoning-budget\t0'
	models 0 configure smollm2 --ctx-size -1 --json
	assert_stdout '{"name":"ai/smollm2","mode":"completion","engine":"llama.cpp","config":{"context-size":-1,"runtime-flags":["--temp","0.1"],"keep_alive":"1m30s","llamacpp":{"reasoning-budget":0}}}'
}

@test "models: configure keeps members that it does not know" {
	local before='[{"Mode":"completion","Backend":"llama.cpp","Config":{"speculative":{"draft_model":"ai/x","n":1e2},"vllm":{"a":[1]},"llamacpp":{"reasoning-budget":5,"other":1},"keep_alive":"5m0s"}}]'

	serve < <(
		printf '%s\n' accept read "json 200 '{\"id\":\"ai/x\"}'" \
			accept read "json 200 '[]'" accept read \
			"json 200 '$before'" accept read "text 202 ''" \
			accept read "json 200 '${before/:5/:-1}'"
	)
	try -0 dmr-models configure ai/x --think
	request 4 | assert_file /dev/stdin -n '{"model":"ai/x","mode":"completion","speculative":{"draft_model":"ai/x","n":1e2},"vllm":{"a":[1]},"keep_alive":"5m0s","llamacpp":{"other":1,"reasoning-budget":-1}}'
}

@test "models: configure --show shows all values of a list" {
	once "json 200 '[{\"Mode\":\"completion\",\"Config\":{\"a\":{\"b\":[\"x\",2,{\"c\":1}]}}}]'"
	try -0 dmr-models configure --show
	assert_stdout $'name\t-' $'mode\tcompletion' $'engine\t-' \
		$'b\tx 2 {"c":1}'
}

@test "models: configure takes the mode that is named, or that the flags are for" {
	mock
	models 0 configure smollm2 --mode embedding -- --pooling mean
	[[ $output == *$'\nmode\tembedding\n'* ]]
	models 0 configure smollm2 -- --embeddings
	[[ $output == *$'\nmode\tembedding\n'* ]]
	models 0 configure smollm2 --keep-alive 1h
	[[ $output == *$'\nmode\tcompletion\n'* && $output != *pooling* ]]
	models 0 configure smollm2 --show
	[[ $(grep -c '^mode' <<<"$output") -eq 2 ]]
	models 0 configure smollm2 --show --mode embedding
	[[ $(grep -c '^mode' <<<"$output") -eq 1 ]]
	models 2 configure smollm2 --mode thinking --keep-alive 1
	assert_stdout
}

@test "models: configure of a model that is not there is exit 6, though the server would take it" {
	mock
	models 6 configure nope --context-size 2048
	assert_stdout
	assert_stderr "dmr-models: no model 'nope' on '$host'; try: dmr-models pull nope"
	asked 'select(.method == "POST").path' | assert_file /dev/stdin
}

@test "models: configure refuses while the model is in use, and waits while it is loaded" {
	busy() {
		printf '%s\n' accept read "json 200 '{\"id\":\"ai/x\"}'" accept \
			read \
			"json 200 '[{\"model_name\":\"x\",\"mode\":\"${2-completion}\",\"$1\":true}]'" \
			accept read "json 200 '{\"id\":\"ai/x\"}'"
	}

	serve < <(busy in_use)
	try -22 dmr-models configure ai/x --context-size 1
	assert_stdout
	assert_stderr "dmr-models: 'ai/x' is in use, and is not configured then; try: dmr-models ps, and again when it is idle"
	assert_requests 3
	# What others have set meanwhile is kept.
	configured='[{"Mode":"completion","Config":{"context-size":1,"n":"new"}}]'
	serve < <(
		busy loading
		printf '%s\n' accept read "json 200 '[]'" accept read \
			"json 200 '$configured'" accept read "text 202 ''" \
			accept read "json 200 '$configured'"
	)
	try -0 dmr-models configure ai/x --context-size 1
	assert_stderr "dmr-models: waiting: 'ai/x' is being loaded"
	assert_requests 7
	request 6 | assert_file /dev/stdin -n '{"model":"ai/x","mode":"completion","n":"new","context-size":1}'
	# In another mode it is another.
	serve < <(
		busy in_use embedding
		printf '%s\n' accept read "json 200 '[]'" accept read \
			"text 202 ''" accept read "json 200 '$configured'"
	)
	try -0 dmr-models configure ai/x --context-size 1
	# It is not waited for without end.
	serve < <(
		busy loading
		for _ in {1..20}; do busy loading | tail -n +4; done
	)
	try -28 dmr-models configure ai/x --context-size 1 --first-timeout 300ms
	assert_stdout
	[[ $stderr == *"'ai/x' was not loaded within --first-timeout" ]]
	# The server's own no is the same.
	serve < <(printf '%s\n' accept read "json 200 '{\"id\":\"ai/x\"}'" \
		accept read "json 200 '[]'" accept read "json 200 '[]'" \
		accept read "text 409 'runner already active'")
	try -22 dmr-models configure ai/x --context-size 1 --json
	jq -e '.retryable and (.message | startswith("'\''ai/x'\'' is in use"))' \
		"$BATS_TEST_TMPDIR/stderr"
}

@test "models: what is not in force afterwards was not taken: 22" {
	local options config

	while IFS='|' read -r options config; do
		serve < <(printf '%s\n' accept read "json 200 '{\"id\":\"ai/x\"}'" \
			accept read "json 200 '[]'" accept read "json 200 '[]'" \
			accept read "text 202 ''" accept read \
			"json 200 '[{\"Mode\":\"completion\",\"Config\":$config},{\"Mode\":\"reranking\",\"Config\":{}}]'")
		# shellcheck disable=SC2086 # words
		try -22 dmr-models configure ai/x $options
		assert_stdout
		assert_stderr "dmr-models: '$DMR_HOST' did not take the configuration; what is in force: $config"
	done <<-'EOF'
		--context-size 1|{}
		--context-size 1|{"context-size":2}
		--keep-alive 1h|{}
		--keep-alive 1h|{"keep_alive":"5m0s"}
		--keep-alive -1|{"keep_alive":"5m0s"}
		--keep-alive 1h|{"keep_alive":"-1"}
		--think|{}
		--no-think|{"llamacpp":{"reasoning-budget":-1}}
		-- --new|{}
		-- --new|{"runtime-flags":["--old"]}
		-- --new|{"runtime-flags":["--new","2"]}
		-- --new 2|{"runtime-flags":["--new"]}
	EOF
	serve < <(printf '%s\n' accept read "json 200 '{\"id\":\"ai/x\"}'" \
		accept read "json 200 '[]'" accept read "json 200 '[]'" \
		accept read "text 202 ''" accept read "json 200 '[]'")
	try -22 dmr-models configure ai/x --context-size 1
	[[ $stderr == *'what is in force: nothing' ]]
	# A time has several spellings.
	serve < <(printf '%s\n' accept read "json 200 '{\"id\":\"ai/x\"}'" \
		accept read "json 200 '[]'" accept read "json 200 '[]'" \
		accept read "text 202 ''" accept read \
		"json 200 '[{\"Mode\":\"completion\",\"Config\":{\"keep_alive\":\"1h0m1.005s\"}}]'")
	try -0 dmr-models configure ai/x --keep-alive 3601005ms
}

@test "models: configure --reset forgets, and takes nothing with it" {
	mock
	models 0 configure smollm2 --context-size 2048
	models 0 configure smollm2 --reset
	assert_stdout
	models 0 configure --show
	assert_stdout
	# All modes of an engine are forgotten together, and asked for once.
	models 0 configure smollm2 --context-size 2048
	models 0 configure smollm2 --mode embedding --context-size 2048
	models 0 configure smollm2 --reset
	models 0 configure --show
	assert_stdout
	asked 'select(.path == "/engines/unload").body' |
		assert_file /dev/stdin \
		'{"models":["docker.io/ai/smollm2:latest"],"backend":"llama.cpp"}' \
		'{"models":["docker.io/ai/smollm2:latest"],"backend":"llama.cpp"}'
	models 2 configure smollm2 --reset --mode embedding
	models 2 configure smollm2 --reset --think
	models 2 configure smollm2 --show --think
	models 2 configure
	models 2 configure -- --embeddings
	models 2 configure smollm2 --keep-alive -0
	models 2 configure smollm2 --context-size 0
	assert_stderr 'dmr-models: --context-size: 0 is none'
}

@test "models: a configuration that is kept is not forgotten: 22" {
	local kept='[{"Mode":"completion","Backend":"llama.cpp","Config":{}}]'

	serve < <(printf '%s\n' accept read "json 200 '{\"id\":\"ai/x\"}'" \
		accept read "json 200 '[]'" accept read "json 200 '$kept'" \
		accept read "json 200 '{\"unloaded_runners\":0}'" \
		accept read "json 200 '$kept'")
	try -22 dmr-models configure ai/x --reset
	assert_stdout
	assert_stderr "dmr-models: '$DMR_HOST' has kept the configuration of 'ai/x'"
}

@test "models: --keep-alive is seconds, a duration, or -1" {
	local given

	mock
	for given in 90:90s 1.5:1.5s 30m:30m 1h30m:1h30m -1:-1 0:0s; do
		models 0 configure smollm2 --keep-alive "${given%%:*}"
		asked 'select(.method == "POST").body.keep_alive' | tail -n 1 |
			assert_file /dev/stdin "\"${given#*:}\""
	done
	for given in x -2 5d '' 1h30 1e3; do
		models 2 configure smollm2 --keep-alive "$given"
		assert_stdout
	done
}

# ---- examples

# shellcheck disable=SC2016 # for sed
@test "from-llm.md: models" {
	mock
	sed -n '/^## Models$/,/^## Left/p' "$top/docs/from-llm.md" |
		sed -n '/^```shell/,/^```$/p' | grep -v '^```' |
		sed 's/^# .*/echo "&"/' >script.sh
	try -0 bash -o pipefail -e script.sh
	sed '/^deleted/s/sha256.*//' "$BATS_TEST_TMPDIR/stdout" |
		assert_file /dev/stdin \
		'# Bring the model that fits best, unless it is there.' \
		$'pulled\tai/gemma3' \
		'# Have it answer at once, with this context, until another needs its place.' \
		$'name\tai/gemma3' $'mode\tcompletion' $'engine\tllama.cpp' \
		$'context-size\t8192' $'keep-alive\t-1' \
		'# What is in memory; which of all are not.' \
		ai/gemma3 ai/smollm2 \
		'# Give the memory back, and then the disk.' $'unloaded\t1' \
		$'untagged\tai/gemma3' $'deleted\t'
	assert_stderr 'dmr-models: pulling ai/gemma3 ...'
}

# ---- recommend

@test "models: recommend prints commands for the shell, the best of a task first" {
	models 0 recommend --task code --memory 64G
	[[ $output == 'dmr-models pull ai/qwen3-coder  # code,tools; '* ]]
	models 0 recommend --task code --memory 12.5G
	[[ $output == 'dmr-models pull hf.co/Qwen/Qwen3-14B-GGUF:Q4_K_M  # '*'tools F1 0.971: '* ]]
	models 1 recommend --task code --memory 1G
	assert_stdout
	[[ $stderr == "dmr-models: no model fits; the smallest, '"* ]]
	models 0 recommend --task embed --json --memory 64G
	jq -es 'all(.tasks | contains("embed")) and .[0].memory_bytes > 1e9 and
		all(.context | type == "number")' \
		"$BATS_TEST_TMPDIR/stdout"
	models 2 recommend --task cooking
	models 2 recommend --memory lots
}

@test "models: recommend knows this machine's memory" {
	local kib
	kib=$(awk '/^MemTotal/ { print $2 }' /proc/meminfo)
	models 0 recommend --json
	jq -es --argjson kib "$kib" 'all(.memory_bytes <= $kib * 1024)' \
		"$BATS_TEST_TMPDIR/stdout"
	cp "$BATS_TEST_TMPDIR/stdout" here
	models 0 recommend --json --memory "${kib}K"
	assert_stdout -f here
}

@test "models: a user's own models.tsv comes first, and replaces lines" {
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	printf '# mine\n\n%s\n' $'my/one\tcode\t1B\t1GB\t1GB\t2048\t-\tmine' \
		$'ai/phi4\tcode\t1B\t1GB\t1GB\t2048\t-\treplaced' \
		$'odd na'"'"$'me\tcode\t1B\t1GB\t1GB\t1\t-\t$(id)' \
		>"$XDG_CONFIG_HOME/dmr/models.tsv"
	models 0 recommend --task code --memory 2G
	assert_stdout 'dmr-models pull my/one  # code; 1B, 1GB, memory 1GB, context 2048: mine' \
		'dmr-models pull ai/phi4  # code; 1B, 1GB, memory 1GB, context 2048: replaced' \
		"dmr-models pull 'odd na'\\''me'  # code; 1B, 1GB, memory 1GB, context 1: \$(id)"
	printf 'a\tb\n' >"$XDG_CONFIG_HOME/dmr/models.tsv"
	models 26 recommend
	assert_stdout
	assert_stderr "dmr-models: $XDG_CONFIG_HOME/dmr/models.tsv:1: not 8 columns, tab-separated"
	printf 'a\tb\tc\tbig\t1G\t1\t-\tw\n' >"$XDG_CONFIG_HOME/dmr/models.tsv"
	models 26 recommend
	assert_stderr "dmr-models: $XDG_CONFIG_HOME/dmr/models.tsv:1: no size, such as 4.7GB"
	chmod go+w "$XDG_CONFIG_HOME/dmr/models.tsv"
	models 26 recommend
	[[ $stderr == *'others may write it'* ]]
}

@test "models.tsv has every model that is wanted, and well-formed lines" {
	local asked name

	while IFS=$'\t' read -r asked name; do
		[[ $asked != '#'* ]] || continue
		grep -q "^$name"$'\t' "$top/share/models.tsv" ||
			{ echo "no $asked"; false; }
	done <"$tests/data/models-wanted.txt"
	models 0 recommend --memory 1000G
	[[ $(wc -l <"$BATS_TEST_TMPDIR/stdout") -eq \
		$(grep -vc '^#' "$top/share/models.tsv") ]]
	bash -n "$BATS_TEST_TMPDIR/stdout"
}

@test "docs/models.md is made of share/models.tsv" {
	"$top/scripts/models-page" | assert_file /dev/stdin -f "$top/docs/models.md"
}

# ---- logs, env

@test "models: logs are printed as they come, harmless on a terminal" {
	once 'send "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n[t] a \x1b[31mb\x1b[0m\n[t] c"'
	try -0 dmr-models logs
	assert_stdout -n $'[t] a \e[31mb\e[0m\n[t] c'
	once 'send "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n[t] a \x1b[31mb\x1b[0m\n"'
	try -0 pty -t 1 dmr-models logs
	assert_tty '[t] a \x1b[31mb\x1b[0m'
	once 'text 404 "service log not found\n"'
	try -22 dmr-models logs
	assert_stderr "dmr-models: '$DMR_HOST' keeps no log"
}

@test "models: logs -f goes on through silence, until it is ended" {
	once 'send "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"' \
		'chunk "one\n"' 'await more' 'chunk "two\n"' 'await never'
	start dmr-models logs -f
	shown 4
	go more
	shown 8
	kill -INT "$pid"
	finish -130
	assert_stdout one two
	request_head 1 | head -n 1 | assert_file /dev/stdin \
		'GET /logs?follow=true HTTP/1.1'
	go never
}

@test "models: env is for eval, whatever the model's name holds" {
	mock
	models 0 env openai
	assert_stdout "export OPENAI_BASE_URL='$host/engines/v1'" \
		"export OPENAI_API_KEY='none'"
	models 0 env goose
	assert_stdout "export GOOSE_PROVIDER='ollama'" \
		"export OLLAMA_HOST='$host/engines/llama.cpp'" \
		"export GOOSE_MODEL='ai/smollm2'"
	models 0 env llm smollm2
	assert_stdout "export LLM_URL='$host/engines/v1'" \
		"export OPENAI_API_KEY='none'" \
		"export LLM_MODEL='ai/smollm2'"
	models 0 env llm --json
	assert_stdout "{\"LLM_URL\":\"$host/engines/v1\",\"OPENAI_API_KEY\":\"none\",\"LLM_MODEL\":\"ai/smollm2\"}"
	models 6 env goose nope
	assert_stdout
	models 2 env emacs
	end_mock
	once "json 200 '{\"data\":[]}'"
	try -22 dmr-models -H "$DMR_HOST/api" env goose
	assert_stdout
	assert_stderr "dmr-models: '$DMR_HOST/api' has no model management: it is the base of an inference API"
	once "json 200 '{\"version\":\"1\"}'"
	try -22 dmr-models env openai
	assert_stdout
	mock --listen "unix:$PWD/sock"
	models 2 env goose
	assert_stderr "dmr-models: 'unix://$PWD/sock' is a socket, which goose cannot be pointed at; try: -H http://..."
	echo "{\"id\":\"a'\$(id)b\"}" >name
	serve < <(printf '%s\n' accept read "json 200 '{\"data\":[]}'" accept \
		read 'send "HTTP/1.1 200 OK\r\n\r\n"' "sendfile $PWD/name")
	models 0 env llm odd
	eval "$output"
	[[ $LLM_MODEL == "a'\$(id)b" ]]
}

@test "models: env takes our model if there are several, else says which there are" {
	mock --models ai/a,ai/qwen3-coder
	models 0 env goose
	[[ $output == *"GOOSE_MODEL='ai/qwen3-coder'" ]]
	end_mock
	mock --models ai/a,ai/b
	models 6 env goose
	assert_stdout
	assert_stderr 'dmr-models: which model? try dmr-models env goose with one of: ai/a, ai/b'
	DMR_MODEL=b models 0 env llm
	[[ $output == *"LLM_MODEL='ai/b'" ]]
}
