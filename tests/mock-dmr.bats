# dmr-mock answers as Docker Model Runner and llama.cpp do: what was recorded,
# and what clients trip over.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand

load lib

setup() {
	lib_setup
	need curl jq
	python=/usr/bin/python3
	[[ -x $python ]] || python=python3
	chat=/engines/v1/chat/completions
}

# with_mock [OPTION ...] SCRIPT: run a shell's script against a mock.
with_mock() {
	try -0 dmr-mock "${@:1:$#-1}" -- bash -euo pipefail -c "
		ask() { curl -sS -m $DEADLINE \"\$DMR_HOST\$1\" \"\${@:2}\"; }
		chat() { ask $chat -d \"{\\\"model\\\":\\\"smollm2\\\",\$1}\"; }
		says='\"messages\":[{\"role\":\"user\",\"content\":\"one two three\"}]'
		${!#}"
	assert_stderr
}

@test "mock: answers the recorded requests as a model runner did" {
	try -0 dmr-mock --models none -- "$python" "$tests/same_shape.py" \
		FRESH MODELS ANSWERS ERRORS EMBEDDINGS MANAGEMENT
	assert_stdout "84 answers, 0 differ"
	assert_stderr
}

@test "mock: pushes, tags, as one that has a model did" {
	try -0 dmr-mock --models ai/smollm2 -- "$python" \
		"$tests/same_shape.py" PUSH
	assert_stdout "3 answers, 0 differ"
	assert_stderr
}

@test "mock: what differs from a recording is seen" {
	try -0 dmr-mock --models ai/smollm2 -- "$python" \
		"$tests/same_shape.py" FRESH
	[[ $output == *"models-empty: body"*"14 answers, "[1-9]*" differ" ]]
}

@test "mock: the tools work with it, no model named" {
	try -0 dmr-mock -- dmr-chat -n "how are you?"
	assert_stdout "how are you?"
	assert_stderr
	try -0 dmr-mock -- dmr-models --names
	assert_stdout ai/smollm2
	try -0 dmr-mock --models none -- dmr-chat -m ai/gemma3 --pull missing -n hi
	assert_stdout hi
}

@test "mock: a model that is not there is a 404 in plain text" {
	try -6 dmr-mock -- dmr-chat -m ai/nope -n hi
	assert_stdout
	try -6 dmr-mock --models none -- dmr-chat -n hi
	assert_stdout
}

@test "mock: what is no name of a model is refused" {
	try -2 dmr-mock --models 'ai/a,b//c' -- true
	assert_stdout
	assert_stderr "dmr-mock: no name of a model: 'b//c'"
}

@test "mock: a schema gets a value that satisfies it" {
	try -0 dmr-mock -- dmr-chat -n --schema 'city, people int, tags[]' x
	assert_stdout '{"city":"city","people":1,"tags":["tags"]}'
}

@test "mock: a prompt of this project gets a text, not an echo" {
	local prompt name

	cd "$BATS_TEST_TMPDIR"
	echo "A first sentence. A second one." >input
	for prompt in "$top"/prompts/*.prompt; do
		name=${prompt##*/}
		name=${name%.prompt}
		if grep -q '{{input}}' "$prompt"; then
			try -0 dmr-mock -- dmr-chat -t "$name" words <input
		else
			try -0 dmr-mock -- dmr-chat -n -t "$name" \
				-a "$tests/data/pixel.png" words
			[[ $output != *words* ]]
		fi
		[[ $output && $output != *'{{'* && $output != *"This"*"in"* ]] ||
			{ echo "$name: $output"; false; }
	done
	try -0 dmr-mock -- dmr-chat -t summarize <input
	assert_stdout "A first sentence."
	try -0 dmr-mock -- dmr-chat -t translate <input
	assert_stdout "A first sentence. A second one."
}

@test "mock: tokens add up, and count_tokens says the same number" {
	with_mock 'for body in "$says" "\"messages\":[]" \
		"\"messages\":[{\"role\":\"system\",\"content\":\"a, b\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Zürich 2026\"},{\"type\":\"text\",\"text\":\"\"}]}]"; do
		chat "$body" | jq -c ".usage | [.prompt_tokens + .completion_tokens == .total_tokens, .prompt_tokens]"
		for path in /anthropic/v1 /v1 /engines/v1; do
			ask $path/messages/count_tokens -d "{\"model\":\"smollm2\",$body}" | jq .input_tokens
		done
	done'
	assert_stdout '[true,33]' 33 33 33 '[true,4]' 4 4 4 '[true,24]' 24 24 24
}

@test "mock: a stream says what a whole answer says" {
	with_mock 'chat "$says" | jq -c "[.choices[0].message.content, .usage]"
		chat "$says,\"stream\":true,\"stream_options\":{\"include_usage\":true}" |
			sed -n "s/^data: {/{/p" |
			jq -sc "[([.[].choices[0].delta.content // \"\"] | add), .[-1].usage]"
		chat "$says,\"stream\":true" | tail -2'
	local want='["one two three",{"completion_tokens":4,"prompt_tokens":33,"total_tokens":37,"prompt_tokens_details":{"cached_tokens":0}}]'
	assert_stdout "$want" "$want" 'data: [DONE]' ''
}

@test "mock: an answer ends at max_tokens, a stop word, the context" {
	with_mock 'tell() { jq -c ".choices[0].message.content, .choices[0].finish_reason, .usage.completion_tokens"; }
		chat "$says,\"max_tokens\":2" | tell
		chat "$says,\"max_tokens\":3" | tell
		chat "$says,\"max_tokens\":4" | tell
		chat "$says,\"stop\":\" three\"" | tell
		chat "$says,\"stop\":[\"x\",\"tw\"]" | tell
		chat "$says,\"ignore_eos\":true,\"max_tokens\":5" | tell
		chat "$says,\"ignore_eos\":true" | jq .usage.total_tokens'
	assert_stdout '"one two"' '"length"' 2 '"one two three"' '"length"' 3 \
		'"one two three"' '"stop"' 4 '"one two"' '"stop"' 3 \
		'"one "' '"stop"' 3 '"one two three one two"' '"length"' 5 4096
}

@test "mock: each of several prompts gets its choices, tokens are worth as many as asked" {
	with_mock 'text() { ask /v1/completions -d "{\"model\":\"smollm2\",$1}"; }
		text "\"prompt\":[\"a b\",\"c\"],\"n\":2" | jq -c "[.choices[] | [.index, .text, .finish_reason]], .usage.prompt_tokens"
		text "\"prompt\":[\"a b\",\"c\"],\"stream\":true" |
			sed -n "s/^data: {/{/p" | jq -sc "[.[].choices[0] | [.index, .text, .finish_reason]]"
		text "\"prompt\":[1,2,3]" | jq -c "[.choices[0].text, .usage.prompt_tokens]"
		text "\"prompt\":\"a b\",\"logprobs\":2" | jq -c "[.choices[0].logprobs.content[] | [.token, (.top_logprobs | length)]]"
		chat "$says,\"logprobs\":true,\"top_logprobs\":3" | jq -c "[.choices[0].logprobs.content[].top_logprobs | length]"'
	assert_stdout '[[0,"a b","stop"],[1,"a b","stop"],[2,"c","stop"],[3,"c","stop"]]' 2 \
		'[[0,"a",null],[0," b",null],[0,"","stop"],[1,"c",null],[1,"","stop"]]' \
		'["Hello.",3]' '[["a",2],[" b",2]]' '[3,3,3]'
}

@test "mock: a prompt larger than the context is refused with both numbers" {
	with_mock 'printf "{\"model\":\"smollm2\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}" \
		"$(yes word | head -4066 | tr "\n" " ")" >"$BATS_TEST_TMPDIR/body"
		ask '"$chat"' -d @"$BATS_TEST_TMPDIR/body"'
	assert_stdout -n '{"error":{"code":400,"message":"request (4097 tokens) exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":4097,"n_ctx":4096}}'
}

@test "mock: an answer that would be too large is refused whole" {
	local refused='{"error":{"code":500,"message":"the answer is too large","type":"server_error"}} 500'

	with_mock 'large() { echo "{\"model\":\"smollm2\",$2}" | ask "$1" -w " %{http_code}\n" -d @-; }
		content=a$(printf "%3900000s" b)
		for more in "" ",\"stream\":true"; do
			large '"$chat"' "\"messages\":[{\"role\":\"user\",\"content\":\"$content\"}],\"logprobs\":true,\"n\":4$more"
		done
		for more in "" ",\"encoding_format\":\"base64\""; do
			large /engines/v1/embeddings "\"input\":[$(yes \"a\", | head -n 100000 | tr -d "\n")\"a\"]$more"
		done'
	assert_stdout "$refused" "$refused" "$refused" "$refused"
}

@test "mock: a tool is called when one is demanded, by name or the first" {
	with_mock 'tools="\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}}},{\"type\":\"function\",\"function\":{\"name\":\"b\"}}]"
		tell() { jq -c ".choices[0] | [.finish_reason, .message.content, .message.tool_calls[0].function]"; }
		chat "$says,$tools" | tell
		chat "$says,$tools,\"tool_choice\":\"auto\"" | tell
		chat "$says,$tools,\"tool_choice\":\"required\"" | tell
		chat "$says,$tools,\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"b\"}}" | tell
		chat "$says,$tools,\"tool_choice\":\"required\",\"stream\":true" |
			sed -n "s/^data: {/{/p" | jq -sc "[.[].choices[0].delta.tool_calls[0].function | select(.) | .arguments] | add"'
	assert_stdout '["stop","one two three",null]' \
		'["stop","one two three",null]' \
		'["tool_calls","",{"name":"a","arguments":"{\"n\":1}"}]' \
		'["tool_calls","",{"name":"b","arguments":"{}"}]' \
		'"{\"n\":1}"'
}

@test "mock: vectors are the same as base64, in order, of length one" {
	with_mock 'for more in "" ",\"encoding_format\":\"base64\""; do
		ask /v1/embeddings -d "{\"model\":\"smollm2\",\"input\":[\"a b\",\"a\",\"b\"]$more}" >"$BATS_TEST_TMPDIR/v$more"
	done'
	try -0 "$python" - "$BATS_TEST_TMPDIR"/v* <<-'END'
		import base64, json, struct, sys
		plain, packed = (json.load(open(name)) for name in sys.argv[1:])
		for one, two in zip(plain["data"], packed["data"], strict=True):
		    floats = struct.unpack("<384f", base64.b64decode(two["embedding"]))
		    same = floats == tuple(
		        struct.unpack("f", struct.pack("f", x))[0]
		        for x in one["embedding"])
		    length = sum(x * x for x in floats)
		    print(one["index"], two["index"], same, round(length, 5))
		print(plain["usage"])
	END
	assert_stdout '0 0 True 1.0' '1 1 True 1.0' '2 2 True 1.0' \
		"{'prompt_tokens': 4, 'total_tokens': 4}"
}

@test "mock: a pull without the right Accept is escaped, a second one cached" {
	with_mock --models none 'pull() { ask /models/create -d "{\"from\":\"gemma3\"}" "$@" | tail -1; }
		pull -H "Accept: application/json, */*"
		pull -H "Accept: application/json"
		ask /models/create -d "{\"from\":\"ai/what\"}" -w "%{http_code}\n"'
	assert_stdout '{&#34;type&#34;:&#34;success&#34;,&#34;message&#34;:&#34;Model pulled successfully&#34;,&#34;total&#34;:0,&#34;layer&#34;:{&#34;size&#34;:0,&#34;current&#34;:0},&#34;mode&#34;:&#34;pull&#34;}' \
		'{"type":"success","message":"Using cached model: 2.31GiB","total":0,"layer":{"size":0,"current":0},"mode":"pull"}' \
		Unauthorized 401
}

@test "mock: null in a request is nothing, also for all of it; another type is refused" {
	with_mock 'tell() { ask "$1" -d "$2" -w "%{http_code} $2\n"; }
		for body in "{\"all\":null,\"backend\":\"\",\"models\":null}" \
			"{\"models\":[null]}" null "[]" "{\"all\":1}" \
			"{\"models\":[1]}" "{\"backend\":1}"; do
			tell /engines/unload "$body"
		done
		for body in "{\"from\":null}" null "[]" "{\"from\":1}"; do
			tell /models/create "$body"
		done
		tell /engines/_configure null
		tell /engines/v1/chat/completions null'
	assert_stdout '{"unloaded_runners":0}' \
		'200 {"all":null,"backend":"","models":null}' \
		'{"unloaded_runners":0}' '200 {"models":[null]}' \
		'{"unloaded_runners":0}' '200 null' \
		'invalid request' '400 []' 'invalid request' '400 {"all":1}' \
		'invalid request' '400 {"models":[1]}' \
		'invalid request' '400 {"backend":1}' \
		'Invalid model reference' '400 {"from":null}' \
		'Invalid model reference' '400 null' \
		'invalid request body' '400 []' \
		'invalid request body' '400 {"from":1}' \
		'202 null' 'model is required' '400 null'
}

@test "mock: Anthropic's paths have Anthropic's errors" {
	with_mock 'for body in "{}" "{" "{\"model\":\"x\"}"; do
		ask /anthropic/v1/messages/count_tokens -d "$body" -w "%{http_code}\n"
	done'
	assert_stdout '{"type":"error","error":{"type":"invalid_request_error","message":"Missing required field: model"}}' 400 \
		'{"type":"error","error":{"type":"invalid_request_error","message":"Invalid JSON in request body"}}' 400 \
		'{"type":"error","error":{"type":"not_found_error","message":"Model not found: x"}}' 404
}

@test "mock: the same path in other words" {
	with_mock 'for path in /v1/models //engines//v1/models \
		/engines/llama.cpp/v1/models /engines/bogus/v1/models \
		/exp/vDD4.40/engines/v1/models /%2fv1/models /v1/models/ai%2Fsmollm2 \
		/models/smollm2 /v1/models/ai/smollm2 /models/AI/SmolLM2:latest \
		/v1/nothing /v2/models /; do
		echo "$(ask "$path" -o /dev/null -w "%{http_code}") $path"
	done'
	assert_stdout "200 /v1/models" "200 //engines//v1/models" \
		"200 /engines/llama.cpp/v1/models" \
		"200 /engines/bogus/v1/models" \
		"200 /exp/vDD4.40/engines/v1/models" "200 /%2fv1/models" \
		"200 /v1/models/ai%2Fsmollm2" "200 /models/smollm2" \
		"200 /v1/models/ai/smollm2" "200 /models/AI/SmolLM2:latest" \
		"404 /v1/nothing" "404 /v2/models" "200 /"
}
