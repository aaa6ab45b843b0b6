# shellcheck shell=bash disable=SC2154
# dmr-models against a real model runner and a real registry, of which it pulls.
load ../lib
load real
load registry

bytes=98362432 # of the model

setup_file() {
	lib_setup
	unpack_registry
	"$top/runner/runner" prepare
	export RUNNER_FOLDER=${TMPDIR:-/tmp}/dmr-models.$$
	export RUNNER_SOCKET=$RUNNER_FOLDER/dmr.sock
	start_runner
	start_registry
	start_proxy
	export DMR_HOST=unix://$RUNNER_SOCKET
	for name in ai/smollm2:Q4 ai/big/deep:a; do
		dmr-models tag ai/smollm2 "localhost:$REGISTRY/$name"
		curl -sf --unix-socket "$RUNNER_SOCKET" -X POST \
			-H 'Accept: application/json' \
			"http://localhost/models/localhost:$REGISTRY/$name/push" |
			tail -n 1 | grep -q '"type":"success"'
	done
}

teardown_file() {
	stop_registry
	stop_runner
	rm -rf "$RUNNER_FOLDER"
}

setup() {
	need curl jq
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	export DMR_HOST=unix://$RUNNER_SOCKET
	rm -f "$PROXY_FOLDER/rate" "$PROXY_FOLDER/reset"
	far=localhost:$PROXY/ai/smollm2:Q4
	remove_all
}

# No model is left, nor what was half pulled is of use: the store is emptied.
remove_all() {
	curl -sf --unix-socket "$RUNNER_SOCKET" -X DELETE \
		http://localhost/models/purge
}

stored() {
	dmr-models df --json | jq .models
}

@test "real: a pull tells how far it is, and is listed when it is done" {
	echo 40000000 >"$PROXY_FOLDER/rate"
	try -0 dmr-models pull --json "$far"
	assert_stderr
	cp "$BATS_TEST_TMPDIR/stdout" events
	jq -es --arg name "$far" --argjson bytes $bytes 'all(.name == $name) and
		(.[:-1] | length > 1 and all(.event == "progress")) and
		([.[].done // 0] | .[:-1] | . == sort and max <= $bytes) and
		(.[1].total == $bytes) and
		(.[-1] == {event: "pulled", name: $name, bytes: $bytes})' events
	try -0 dmr-models --names
	assert_stdout "$far"
	((bytes <= $(stored)))
}

@test "real: on a terminal a pull is one line, gone in the end" {
	echo 60000000 >"$PROXY_FOLDER/rate"
	try -0 pty -t 2 -c 60 dmr-models pull "$far"
	assert_stdout $'pulled\t'"$far"
	LC_ALL=C grep -aE $'^\e\\[1A\e\\[Jlocalhost:[^ ]*  [0-9]+ %  [0-9.]+MB of 98.36MB' tty
	tail -n 1 tty | assert_file /dev/stdin -n $'\e[1A\e[J'
	run ! grep -aE '.{70}' tty
}

@test "real: what is there is not pulled again, by another name neither" {
	try -0 dmr-models pull "$far"
	assert_stdout $'pulled\t'"$far"
	[[ $stderr == "dmr-models: pulling $far ..."* ]]
	local before
	before=$(passed)
	try -0 dmr-models pull "$far"
	assert_stdout $'cached\t'"$far"
	try -0 dmr-models tag "$far" second:V1
	assert_stdout $'tagged\tsecond:V1'
	try -0 dmr-models rm "$far"
	assert_stdout $'untagged\t'"$far"
	assert_stderr "dmr-models: nothing was freed: the model that was '$far' has other names"
	# The second name holds it: the first is there again, without its bytes.
	try -0 dmr-models pull "$far"
	(($(passed) - before < 100000))
	try -0 dmr-models rm second:V1 "$far"
	[[ $output == $'untagged\tai/second:V1\nuntagged\t'"$far"$'\ndeleted\tsha256:'* ]]
	try -0 dmr-models
	assert_stdout
}

@test "real: a pull that was killed goes on where it was" {
	local before
	echo 20000000 >"$PROXY_FOLDER/rate"
	before=$(passed)
	start dmr-models pull --json "$far"
	until grep -q '"done":[0-9]\{8\}' "$BATS_TEST_TMPDIR/stdout"; do
		kill -0 "$pid"
		sleep 0.05
	done
	kill -TERM "$pid"
	finish -143
	try -0 dmr-models --names
	assert_stdout
	rm "$PROXY_FOLDER/rate"
	# What was on its way is lost: some MB in buffers.
	local first
	first=$(($(passed) - before))
	((first > 10000000 && first < bytes))
	try -0 dmr-models pull "$far"
	assert_stdout $'pulled\t'"$far"
	(($(passed) - before < bytes + 10000000))
	try -0 dmr-models --names
	assert_stdout "$far"
	try -0 dmr-chat -m "$far" -n --temperature 0 --max-tokens 40 \
		'What is the capital of France? One sentence.'
	assert_stdout 'The capital of France is Paris.'
}

@test "real: a model that the registry does not have is exit 6" {
	try -6 dmr-models pull "localhost:$PROXY/ai/absent"
	assert_stdout
	assert_stderr "dmr-models: pulling localhost:$PROXY/ai/absent ..." \
		"dmr-models: the registry has no model 'localhost:$PROXY/ai/absent'"
	try -6 dmr-models show --remote "localhost:$PROXY/ai/absent"
	assert_stderr "dmr-models: the registry has no model 'localhost:$PROXY/ai/absent'"
	try -6 dmr-models -q pull "localhost:$PROXY/ai/absent" \
		"localhost:$PROXY/ai/absent2"
	sort "$BATS_TEST_TMPDIR/stderr" | assert_file /dev/stdin \
		'dmr-models: 2 of 2 models: not done' \
		"dmr-models: the registry has no model 'localhost:$PROXY/ai/absent'" \
		"dmr-models: the registry has no model 'localhost:$PROXY/ai/absent2'"
}

@test "real: one of two that the registry does not have is exit 8" {
	try -8 dmr-models -q pull "$far" "localhost:$PROXY/ai/absent"
	assert_stdout $'pulled\t'"$far"
	assert_stderr "dmr-models: the registry has no model 'localhost:$PROXY/ai/absent'" \
		'dmr-models: 1 of 2 models: not done'
}

@test "real: a registry that is down is exit 22, one line, nothing is left" {
	local port
	port=$(free_port)
	try -22 dmr-models -q pull "localhost:$port/ai/smollm2"
	assert_stdout
	[[ $stderr == "dmr-models: cannot pull 'localhost:$port/ai/smollm2': "*"connection refused" ]]
	[[ $stderr != *$'\n'* ]]
	try -0 dmr-models
	assert_stdout
}

@test "real: a registry that breaks off is exit 22, one line, nothing is listed" {
	echo 30000000 >"$PROXY_FOLDER/reset"
	try -22 dmr-models -q pull "$far"
	assert_stdout
	[[ $stderr == "dmr-models: cannot pull '$far': "*"connection reset by peer" ]]
	[[ $stderr != *$'\n'* ]]
	try -0 dmr-models
	assert_stdout
	rm "$PROXY_FOLDER/reset"
	try -0 dmr-models -q pull "$far"
	assert_stdout $'pulled\t'"$far"
}

@test "real: three pulls: two run, the third waits here and says so" {
	try -8 dmr-models pull "$far" "localhost:$REGISTRY/ai/absent" \
		"localhost:$REGISTRY/ai/absent2"
	assert_stdout $'pulled\t'"$far"
	[[ $stderr == *"localhost:$REGISTRY/ai/absent2 waits: 2 models are pulled at a time"* ]]
	[[ $stderr == *'2 of 3 models: not done' ]]
}

@test "real: one model by two names, or by one twice, is there in the end" {
	try -0 dmr-models -q pull "$far" "localhost:$REGISTRY/ai/smollm2:Q4" "$far"
	assert_stdout $'pulled\t'"$far" \
		$'cached\t'"localhost:$REGISTRY/ai/smollm2:Q4" $'cached\t'"$far"
	try -0 dmr-models show "$far" "localhost:$REGISTRY/ai/smollm2:Q4"
}

@test "real: one model by names that are not alike is there in the end" {
	try -0 dmr-models pull "$far" "localhost:$REGISTRY/ai/big/deep:a"
	(($(wc -l <"$BATS_TEST_TMPDIR/stdout") == 2))
	try -0 dmr-models show "$far" "localhost:$REGISTRY/ai/big/deep:a"
}

@test "real: unload --all unloads what was removed, too" {
	try -0 dmr-models -q pull "$far"
	try -0 dmr-models -q warm "$far"
	try -0 dmr-models -q rm "$far"
	try -0 dmr-models -q unload --all
	assert_stdout $'unloaded\t1'
	try -0 dmr-models ps
	assert_stdout
}

@test "real: show, by any spelling and of the registry" {
	try -0 dmr-models pull "$far"
	try -0 dmr-models tag "$far" ai/smollm2
	try -0 dmr-models show --jq .config.size smollm2 AI/SmolLM2 "$far"
	assert_stdout 92.10MiB 92.10MiB 92.10MiB
	try -0 dmr-models show ai/smollm2
	[[ $output == *$'\ntag\tdocker.io/ai/smollm2:latest\n'*$'\nsize\t92.10MiB\n'* ]]
	[[ $output == *$'\ngguf llama.context_length\t8192\n'* ]]
	try -0 dmr-models rm "$far" ai/smollm2
	try -0 dmr-models show --remote --jq .config.size "$far"
	assert_stdout 92.10MiB
	try -6 dmr-models show "$far"
}

@test "real: configure keeps what was set, is in force, and is forgotten" {
	try -0 dmr-models -q pull "$far"
	try -0 dmr-models tag "$far" ai/smollm2
	try -0 dmr-models configure smollm2 --context-size 1024 -- --temp 0.1
	try -0 dmr-models configure ai/smollm2 --keep-alive -1 --no-think
	[[ $output == *$'\ncontext-size\t1024\n'* ]]
	[[ $output == *$'\nruntime-flags\t--temp 0.1\n'* ]]
	[[ $output == *$'\nkeep-alive\t-1\n'* && $output == *$'\nthink\tno'* ]]
	try -0 dmr-models -q warm ai/smollm2
	try -0 dmr-models ps
	[[ $output =~ ^[^$'\t']+$'\tllama.cpp\tcompletion\t'[0-9.]+'s ago'$'\tstays'$ ]]
	yes word | head -1200 >long
	try -3 dmr-chat -m ai/smollm2 --max-tokens 5 <long
	[[ $stderr == *"the model's context 1024"* ]]
	try -22 dmr-models configure ai/smollm2 -- --model /etc/passwd
	[[ $stderr == *'runtime flag "--model" is not allowed'* ]]
	try -6 dmr-models configure ai/nope --context-size 1024
	try -0 dmr-models configure ai/smollm2 --reset
	assert_stdout
	try -0 dmr-models configure --show
	assert_stdout
}

@test "real: what is in use is not unloaded, nor configured" {
	try -0 dmr-models -q pull "$far"
	try -0 dmr-models tag "$far" ai/smollm2
	mkfifo answer
	start dmr-chat -n -m ai/smollm2 --temperature 0 -o answer \
		-O ignore_eos=true --max-tokens 4000 'Count from one to ten.'
	exec 4<answer
	read -r -n 1 -u 4 _
	run -8 dmr-models unload ai/smollm2
	[[ $output == *"not unloaded: '"*"' (in use)" ]]
	run -22 dmr-models configure ai/smollm2 --context-size 1024
	[[ $output == *"'ai/smollm2' is in use, and is not configured then"* ]]
	run -0 dmr-models ps
	[[ $output == *$'\tin use\t-' ]]
	kill -TERM "$pid"
	finish -143
	exec 4<&-
}

@test "real: embeddings are warmed in a mode of their own" {
	try -0 dmr-models -q pull "$far"
	try -0 dmr-models configure "$far" --mode embedding -- --pooling mean
	[[ $output == *$'\nmode\tembedding\n'* ]]
	try -0 dmr-models -q warm --mode embedding "$far"
	try -0 dmr-models ps --json
	jq -es --arg name "$far" 'any(.name == $name and .mode == "embedding")' \
		"$BATS_TEST_TMPDIR/stdout"
	try -0 dmr-models unload --all
}

@test "real: the log is printed, and makes no line of its own on a terminal" {
	try -0 dmr-models logs
	[[ $output == '['*'] '*'level=INFO'* ]]
	try -0 pty -t 1 dmr-models logs
	run ! grep -aP '[\x00-\x08\x0b-\x1f\x7f]' tty
}
