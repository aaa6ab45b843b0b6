# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand
# contrib/compose/compose.yaml: it is what Compose reads, and what a service is
# given there is what the tools need.
load lib

setup() {
	lib_setup
	packages=$("$tests/python" compose 2>"$BATS_TEST_TMPDIR/why") ||
		lack "tests/python compose"
	export PYTHONPATH=$packages PYTHONDONTWRITEBYTECODE=1
	file=$top/contrib/compose/compose.yaml
	cd "$BATS_TEST_TMPDIR" || return
}

is_valid() { # STATUS FILE
	try "-$1" "$python" -m check_jsonschema \
		--builtin-schema vendor.compose-spec "$2"
}

# as SERVICE STATUS COMMAND...: with two models, run as it is there.
as() {
	try "-$2" dmr-mock --quiet -m ai/smollm2,ai/gemma3 -- \
		"$python" "$tests/compose.py" "$file" "$1" "${@:3}"
}

@test "compose.yaml: the schema of Compose has nothing to say, but for mistakes" {
	local mistake

	is_valid 0 "$file"
	for mistake in s/endpoint_var/endpoint/ 's/type: model/kind: model/' \
		's/^networks:/network:/' 's/profiles: \[engine\]/profile: engine/' \
		's/context_size: 4096/context_size: many/'; do
		sed "$mistake" "$file" >wrong.yaml
		run -1 cmp -s wrong.yaml "$file"
		is_valid 1 wrong.yaml
	done
}

@test "compose.yaml: profiles, volumes and networks are there" {
	local mistake

	try -0 "$python" "$tests/compose.py" "$file" --check
	for mistake in 's/^  answers:/  questions:/' 's/^  runner:/  walker:/' \
		's/profiles: \[engine\]/labels: {}/' \
		'/^  dmr:/,/profiles/s/\[provider\]/[models]/'; do
		sed "$mistake" "$file" >wrong.yaml
		try -1 "$python" "$tests/compose.py" wrong.yaml --check
	done
	sed -n 's/^    profiles: //p' "$file" | sort |
		assert_file /dev/stdin '[engine]' '[models]' '[provider]' \
			'[provider]'
}

# asks SERVICE MODEL: it is answered, and that is the model that it asks for.
asks() {
	as "$1" 0 dmr-chat -n 'hello  world'
	assert_stdout 'hello  world'
	as "$1" 0 dmr-chat -n --dry-run hello
	[[ $(jq -r .body.model "$BATS_TEST_TMPDIR/stdout") == "$2" ]]
}

@test "compose.yaml: a service with models asks the one that is named there" {
	asks models ai/smollm2
	DMR_MODEL=ai/gemma3 asks models ai/gemma3
	as models 0 dmr-models list
	[[ $output == *ai/smollm2* ]]
}

@test "compose.yaml: a service with a provider does, too" {
	asks provider ai/smollm2
	DMR_MODEL=ai/gemma3 asks provider ai/gemma3
	as provider 0
	as provider 2 dmr-chat --no-such-option
}

@test "compose.yaml: a service with an environment finds the engine by its host" {
	need unshare ip
	unshare -rnm true 2>/dev/null || lack 'the right to make namespaces'
	# What extra_hosts does; the gateway is this machine.
	grep -qx '      - model-runner.docker.internal:host-gateway' "$file"
	echo '127.0.0.1 model-runner.docker.internal' >hosts
	printf '%s\n' accept read sse 'delta "ok"' 'finish stop' 'done' >scenario
	unset DMR_HOST
	try -0 unshare -rnm bash -euc '
		ip link set lo up
		mount --bind hosts /etc/hosts
		"$RAWD" -p 12434 -l . -P port scenario &
		until [[ -e port ]]; do :; done
		"$@"
		kill $!' - "$python" "$tests/compose.py" "$file" engine \
		dmr-chat -n hello
	assert_stdout ok
	grep -q '^Host: model-runner.docker.internal:12434' request.1
	[[ $(sed '1,/^\r$/d' request.1 | jq -r .model) == ai/smollm2 ]]
}

@test "compose.yaml: without the environment no service has its model" {
	sed 's/endpoint_var: DMR_HOST/endpoint_var: LLM_URL/' "$file" >wrong.yaml
	file=$PWD/wrong.yaml as models 7 dmr-chat -n hello
	sed 's/model_var: DMR_MODEL/model_var: LLM_MODEL/' "$top/contrib/compose/compose.yaml" >wrong.yaml
	file=$PWD/wrong.yaml as models 6 dmr-chat -n hello
	sed 's/DMR_HOST=.*DMR_URL exec/exec/' "$top/contrib/compose/compose.yaml" >wrong.yaml
	file=$PWD/wrong.yaml as provider 7 dmr-chat -n hello
}
