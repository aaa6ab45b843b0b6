# shellcheck shell=bash disable=SC2154
# dmr-embed against a real model runner: SmolLM2, which was made to chat, with
# the mean of its tokens' vectors.
load ../lib
load real

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	export DMR_HOST=unix://$RUNNER_SOCKET
}

manage() { # METHOD PATH [BODY]
	curl -sf --unix-socket "$RUNNER_SOCKET" -X "$1" ${3:+-d "$3"} \
		"http://localhost$2"
}

# The model makes vectors, of texts of so many tokens.
configure() { # TOKENS
	manage POST /engines/_configure '{"model":"ai/smollm2",
		"mode":"embedding","runtime-flags":["--pooling","mean",
		"--ubatch-size","'"$1"'","--batch-size","'"$1"'"]}'
}

unload() {
	local end=$((SECONDS + DEADLINE))

	manage POST /engines/unload '{"models":["ai/smollm2"]}' >unloaded
	until manage GET /engines/ps | jq -e 'length == 0' >listed; do
		((SECONDS < end)) || return 1
		read -r -t 0.05 _ <> <(:) || :
	done
}

# The floats that the openai package gets for these texts, in one request, asked
# for in this form; none: as the package does by itself.
openai_floats() { # FORM TEXT ...
	PYTHONPATH=$packages PYTHONDONTWRITEBYTECODE=1 \
		python - "$RUNNER_SOCKET" "$@" <<-'EOT'
		import struct, sys
		import httpx2, openai
		socket, form, *texts = sys.argv[1:]
		client = openai.OpenAI(
		    base_url="http://localhost/engines/v1", api_key="none",
		    http_client=httpx2.Client(
		        transport=httpx2.HTTPTransport(uds=socket)))
		options = {"encoding_format": form} if form else {}
		answer = client.embeddings.create(
		    model="ai/smollm2", input=texts, **options)
		for item in sorted(answer.data, key=lambda item: item.index):
		    v = item.embedding
		    sys.stdout.buffer.write(struct.pack(f"<{len(v)}f", *v))
	EOT
}

# Are they those in the file rows?  Of several texts the server computes now
# these together, now those, and the last bits of what it says of one request
# differ by that: it is asked up to five times.
openai_gets() { # FORM TEXT ...
	for _ in {1..5}; do
		openai_floats "$@" >got_rows
		! cmp got_rows rows || return 0
	done
	return 1
}

texts=('Der Bär läuft über die Straße.' 'wave 👍🏽' 'The dog barks.'
	'It rains in Spain.')

@test "real: a model without pooling ends the run, with what to type" {
	unload
	try -22 dmr-embed -m ai/smollm2 <<<hello
	assert_stdout
	assert_stderr "dmr-embed: the model 'ai/smollm2' makes no vector of a \
text: it has no pooling; try: dmr-models configure ai/smollm2 --mode embedding \
-- --pooling mean --ubatch-size 2048"
}

@test "real: vectors are those that the openai package gets, bit for bit" {
	local packages each

	packages=$("$tests/python" clients 2>why) ||
		lack "openai: $(tail -n 1 why)"
	unload
	configure 512
	printf '%s\n' "${texts[@]}" >in
	try -0 dmr-embed -m ai/smollm2 --no-normalize -F f32 <in
	cp stdout rows
	(($(stat -c %s rows) == 4 * 576 * 4))
	openai_gets '' "${texts[@]}"
	openai_gets float "${texts[@]}"
	for each in "${texts[@]}"; do
		try -0 dmr-embed -m ai/smollm2 --no-normalize -F f32 <<<"$each"
		openai_floats '' "$each" | cmp - stdout
	done
	# llama.cpp's vectors are one long: they stay as they are.
	try -0 dmr-embed -m ai/smollm2 -F f32 <in
	assert_stdout -f rows
	try -0 dmr-embed -m ai/smollm2 <in
	cp stdout lines
	jq -r .input lines | cmp - in
	try -0 dmr-embed -b -F f32 --no-normalize <lines
	assert_stdout -f rows
}

@test "real: one text of many that is too long fails alone, or is cut" {
	local long

	long=$(printf 'a b c %.0s' {1..400})
	printf '%s\n' one "$long" three >in
	try -8 dmr-embed -m ai/smollm2 <in
	jq -c '[(.embedding | length), .embedding_error.code]' stdout |
		assert_file /dev/stdin '[576,null]' '[0,"length"]' '[576,null]'
	try -0 dmr-embed -m ai/smollm2 --too-long cut <in
	[[ $stderr == 'dmr-embed: line 2: the text is too long, its first '*' of 2400 bytes are sent' ]]
	jq -c '.embedding | length' stdout |
		assert_file /dev/stdin 576 576 576
}

@test "real: --near finds what was asked about" {
	mkdir notes
	echo 'The dog barks at night.' >notes/dog
	echo 'Bread is made of flour, water and salt.' >notes/bread
	echo 'The stock market fell on Monday.' >notes/stocks
	try -0 dmr-embed -m ai/smollm2 -o notes.jsonl notes/*
	try -0 dmr-embed -m ai/smollm2 --near 'The dog barks at night' -k 1 \
		notes.jsonl
	[[ $(cut -f 2 stdout) == notes/dog ]]
}

@test "real: a hundred texts come back in order, each with a vector of its own" {
	seq -f 'This is text number %g.' 100 >in
	try -0 dmr-embed -m ai/smollm2 <in
	(($(wc -l <stdout) == 100))
	jq -r .input stdout | cmp - in
	jq -c .embedding stdout | sort -u | wc -l | assert_file /dev/stdin 100
}
