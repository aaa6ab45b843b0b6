# dmr-embed: texts become vectors, and what is nearest to one is found.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own
# shellcheck disable=SC2016 # what a shell must not expand

load lib
load mock

# try_embed STATUS [OPTION ...]: ask the mock about standard input.
try_embed() { try "-$1" dmr-embed -m ai/smollm2 "${@:2}"; }

# answer [CONDITION,] VECTOR ...: a scenario's line, a vector for each index.
answer() {
	local condition='' items='' i=0 each

	[[ $1 != *, ]] || { condition=$1 && shift; }
	for each; do
		items+=${items:+,}'{"index":'$((i++))',"embedding":'$each'}'
	done
	printf '{%s"json":{"model":"m","data":[%s]}}' "$condition" "$items"
}

# broken LINE MESSAGE: two texts get an answer that is none.
broken() {
	script "$1"
	try_embed 8 < <(printf 'a\nb\n')
	jq -c 'del(.input)' stdout | uniq | assert_file /dev/stdin \
		'{"embedding_error":{"code":"server","exit":22,"message":"'"$2"'","retryable":false}}'
	assert_stderr 'dmr-embed: 2 of 2 records failed; the output fed back, with -b, asks for them again'
	end_mock
}

# The texts of each request, a line each, in the order they came.
asked() {
	curl -s "$host/__mock/requests" | jq -c '.body.input' | grep -v null
}

# floats FILE: the numbers in it, a line each.
floats() { od -An -v -t f4 -w4 "$1" | tr -d ' '; }

# ---- what goes in, what comes out

@test "lines become JSON Lines, each with its vector" {
	script "$(answer '[1,0]' '"AAAAAAAAgD8="' '[0.6,-0.8]')"
	printf 'Grüße\r\n👍🏽\n\xef\xbb\xbfc\0d' | try_embed 0
	assert_stdout '{"input":"Grüße","embedding":[1,0]}' \
		'{"input":"👍🏽","embedding":[0,1]}' \
		$'{"input":"\xef\xbb\xbfc\\u0000d","embedding":[0.6,-0.8]}'
	assert_stderr 'dmr-embed: line 3 holds NUL, U+FFFD is sent instead; there may be more'
	curl -s "$host/__mock/requests" | jq -c .body | assert_file /dev/stdin \
		$'{"model":"ai/smollm2","input":["Grüße","👍🏽","\xef\xbb\xbfc�d"],"encoding_format":"base64"}'
}

@test "NUL is told once; a backslash before u0000 is none" {
	script "$(answer '[1,0]' '[1,0]')"
	printf '%s\n' '{"text":"\\u0000"}' '{"text":"x\\\\u0000"}' >in
	try_embed 0 -b <in
	assert_stderr
	printf '%s\n' '{"text":"\\\u0000"}' '{"text":"\u0000"}' >in
	try_embed 0 -b <in
	assert_stderr 'dmr-embed: line 1 holds NUL, U+FFFD is sent instead; there may be more'
}

@test "no input at all: exit 0, nothing printed, nobody asked" {
	try -0 dmr-embed </dev/null
	assert_stdout
	assert_stderr
	try -0 dmr-embed -F f32 </dev/null
	assert_stdout
	try -0 dmr-embed -F npy -o x.npy </dev/null
	[[ $(head -c 80 x.npy | tr -d '\0') == *"'shape': (0, 0)"* ]]
}

@test "-b: a record flows through byte for byte and gains one member" {
	script "$(answer '[1,0]' '[1,0]' '[1,0]' '[1,0]')"
	cat >in <<-'EOT'
		{"id":12345678901234567890,"text":"a","input":"b","text":"c"}
		  { "content" : "d" }  
		"just \u00e4 text"
		{"title":1,"input":null,"content":"e"}
	EOT
	try_embed 0 -b <in
	assert_stdout - <<-'EOT'
		{"id":12345678901234567890,"text":"a","input":"b","text":"c","embedding":[1,0]}
		  { "content" : "d" ,"embedding":[1,0]}  
		{"input":"just \u00e4 text","embedding":[1,0]}
		{"title":1,"input":null,"content":"e","embedding":[1,0]}
	EOT
	asked | assert_file /dev/stdin '["c","d","just ä text","e"]'
}

@test "-b: --field names the text, --as the vector" {
	script "$(answer '[1,0]')"
	try_embed 0 -b --field title --as vector \
		<<<'{"title":"t","text":"x","embedding":7}'
	assert_stdout '{"title":"t","text":"x","embedding":7,"vector":[1,0]}'
	asked | assert_file /dev/stdin '["t"]'
	try -2 dmr-embed -b --field title --as title
	assert_stderr "dmr-embed: --as title: a record's text or name is in that member"
	try -2 dmr-embed --field title
	assert_stderr 'dmr-embed: --field is for JSON Lines; try: --batch'
}

@test "-b: what has its vector is not asked again, an old error goes" {
	script "$(answer '[1,0]')"
	printf '%s\n' '{"input":"a","embedding":[3,4]}' \
		'{"input":"b","embedding_error":{"code":"server"}}' >in
	try_embed 0 -b <in
	assert_stdout '{"input":"a","embedding":[3,4]}' \
		'{"input":"b","embedding":[1,0]}'
	asked | assert_file /dev/stdin '["b"]'
	cp stdout in
	DMR_HOST=http://127.0.0.1:1 try_embed 0 -b <in
	assert_stdout -f in
}

@test "-b: bad records fail in their place, as do those without a text" {
	script "$(answer '[1,0]')"
	printf '%s\n' '[1]' '{"x":1}' '' '{"text":" \t"}' '{"text":"a"}' >in
	try_embed 8 -b <in
	jq -c '[.embedding, .embedding_error.exit, .embedding_error.message]' \
		stdout | assert_file /dev/stdin \
		'[null,26,"line 1: neither an object nor a string"]' \
		"[null,26,\"no text: the record has no 'text', 'input' or 'content'\"]" \
		'[null,26,"line 3: blank"]' \
		'[null,26,"no text: it is empty, or blank"]' \
		'[[1,0],null,null]'
	assert_stderr 'dmr-embed: 4 of 5 records failed; the output fed back, with -b, asks for some of them again'
}

@test "-b: a line of OpenAI's batch input gets one of its output" {
	script "$(answer '"contains":"tok",' '[0,1]')" "$(answer '[1,0]' '[0.6,0.8]')"
	cat >in <<-'EOT'
		{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"x","input":["one","two"],"encoding_format":"float","user":"u"}}
		{"custom_id":"b","method":"POST","url":"/v1/embeddings","body":{"input":"tok"}}
		{"custom_id":"c","method":"POST","url":"/v1/chat/completions","body":{"input":"a"}}
		{"custom_id":"d","method":"POST","url":"/v1/embeddings","body":{"input":[]}}
	EOT
	try_embed 8 -b -j 1 <in
	jq -c '[.custom_id, .response.body.data, .error.exit]' stdout |
		assert_file /dev/stdin \
			'["a",[{"object":"embedding","index":0,"embedding":[1,0]},{"object":"embedding","index":1,"embedding":[0.6,0.8]}],null]' \
			'["b",[{"object":"embedding","index":0,"embedding":[0,1]}],null]' \
			'["c",null,2]' '["d",null,26]'
	curl -s "$host/__mock/requests" | jq -c .body | assert_file /dev/stdin \
		'{"user":"u","model":"x","input":["one","two"],"encoding_format":"base64"}' \
		'{"model":"ai/smollm2","input":"tok","encoding_format":"base64"}'
	cp stdout first
	try_embed 0 -b < <(head -n 2 first)
	assert_stdout -f <(head -n 2 first)
}

@test "-b: batch lines may ask different models; rows are all as wide" {
	local each

	script '{"model":"x","json":{"model":"x","data":[{"index":0,"embedding":[3,4,0]}]}}' \
		'{"model":"y","json":{"model":"y","data":[{"index":0,"embedding":[0,1]}]}}'
	for each in x y; do
		echo '{"custom_id":"'$each'","url":"/v1/embeddings","body":{"model":"'$each'","input":"a"}}'
	done >in
	try_embed 0 -b <in
	jq -c '[.response.body.model, .response.body.data[0].embedding]' stdout |
		assert_file /dev/stdin '["x",[0.6,0.8,0]]' '["y",[0,1]]'
	try_embed 8 -b -j 1 -F f32 <in
	[[ $(floats stdout | wc -l) == 6 ]]
	assert_stderr "dmr-embed: line 2: the answer is of another model, 'y'; those before were of 'x'" \
		'dmr-embed: 1 of 2 records failed'
}

@test "--dry-run prints the requests, which -b takes back" {
	mock
	seq 5 >in
	try -2 dmr-embed --dry-run <in
	assert_stderr 'dmr-embed: --dry-run asks no server which models it has; try: -m NAME'
	DMR_HOST=http://127.0.0.1:1 try_embed 0 --dry-run --batch-size 2 \
		--prefix 'p: ' <in
	assert_stdout \
		'{"custom_id":"1","method":"POST","url":"/v1/embeddings","body":{"model":"ai/smollm2","input":["p: 1","p: 2"],"encoding_format":"base64"}}' \
		'{"custom_id":"3","method":"POST","url":"/v1/embeddings","body":{"model":"ai/smollm2","input":["p: 3","p: 4"],"encoding_format":"base64"}}' \
		'{"custom_id":"5","method":"POST","url":"/v1/embeddings","body":{"model":"ai/smollm2","input":["p: 5"],"encoding_format":"base64"}}'
	cp stdout requests
	try -0 dmr-embed -b <requests
	jq -c '.response.body.data[].embedding' stdout >vectors
	try_embed 0 --prefix 'p: ' <in
	jq -c .embedding stdout | assert_file vectors -
}

@test "FILEs: each is a text, its path the id; one that cannot be read fails alone" {
	script "$(answer '[1,0]' '[0,1]')"
	printf 'a\nb\n' >one
	printf '\xef\xbb\xbf\xffc' >'two words'
	try_embed 8 one none 'two words'
	assert_stdout '{"id":"one","input":"a\nb\n","embedding":[1,0]}' \
		'{"id":"none","embedding_error":{"code":"input","exit":26,"message":"cannot open '"'none'"': No such file or directory","retryable":false}}' \
		'{"id":"two words","input":"�c","embedding":[0,1]}'
	assert_stderr "dmr-embed: 'two words': 1 bytes are no UTF-8 text, U+FFFD is sent instead" \
		'dmr-embed: 1 of 3 texts failed'
	try -2 dmr-embed -b one
	assert_stderr 'dmr-embed: files are one text each; records come from standard input'
}

@test "-w: all of standard input is one text" {
	script "$(answer '[1,0]')"
	printf 'a\r\nb\n' | try_embed 0 -w
	assert_stdout '{"input":"a\r\nb\n","embedding":[1,0]}'
	try -2 dmr-embed -w -l
}

@test "-w: where there is no text, or none can be read, nothing is asked: 26" {
	mock
	for each in '' $'\n' $' \t\r\n'; do
		try_embed 26 -w < <(printf %s "$each")
		assert_stdout
		assert_stderr 'dmr-embed: standard input is empty, or blank'
	done
	try_embed 26 -w -F f32 </dev/null
	assert_stdout
	try_embed 26 -w <.
	assert_stdout
	assert_stderr 'dmr-embed: cannot read standard input: Is a directory'
	curl -s "$host/__mock/requests" | assert_file /dev/stdin
}

@test "-0: texts end in NUL, in and out" {
	script "$(answer '[1,0]' '[0,1]')"
	printf 'a\nb\0c\r\0' | try_embed 0 -0
	tr '\0' '!' <stdout | assert_file /dev/stdin \
		-n '{"input":"a\nb","embedding":[1,0]}!{"input":"c\r","embedding":[0,1]}!'
}

@test "-d cuts a vector and makes it one long again, --no-normalize leaves it" {
	script "$(answer '[3,4,12]')"
	try_embed 0 <<<a
	jq -c '.embedding | map(. * 13 + 0.0001 | floor)' stdout |
		assert_file /dev/stdin '[3,4,12]'
	try_embed 0 -d 2 <<<a
	assert_stdout '{"input":"a","embedding":[0.6,0.8]}'
	try_embed 0 --no-normalize -d 2 <<<a
	assert_stdout '{"input":"a","embedding":[3,4]}'
	try_embed 8 -d 4 <<<a
	jq -r .embedding_error.message stdout | assert_file /dev/stdin \
		"the model's vectors have 3 dimensions, fewer than 4"
	try_embed 8 -b -d 4 \
		<<<'{"custom_id":"1","url":"/v1/embeddings","body":{"input":"a"}}'
	jq -r .error.message stdout | assert_file /dev/stdin \
		"the model's vectors have 3 dimensions, fewer than 4"
}

@test "a vector that is one long stays as it is, bit for bit" {
	script "$(answer '[0.6000000238418579,-0.80000001192092896]')"
	try_embed 0 -F f32 <<<a
	od -An -t x4 stdout | assert_file /dev/stdin ' 3f19999a bf4ccccd'
	try_embed 0 <<<a
	assert_stdout '{"input":"a","embedding":[0.6,-0.8]}'
}

@test "--prefix stands before each text, and not in the output" {
	script "$(answer '[1,0]' '[0,1]')"
	printf 'search_document: ' >prefix
	printf 'a\n"b\n' | try_embed 0 --prefix @prefix
	assert_stdout '{"input":"a","embedding":[1,0]}' \
		'{"input":"\"b","embedding":[0,1]}'
	asked | assert_file /dev/stdin \
		'["search_document: a","search_document: \"b"]'
}

@test "the model: -m, DMR_EMBED_MODEL, the section, the only one; not DMR_MODEL" {
	mock --models ai/one,ai/two
	echo a >in
	DMR_MODEL=ai/one try -6 dmr-embed <in
	[[ $stderr == *ai/one*ai/two* ]]
	printf 'model = ai/one\n' >"$XDG_CONFIG_HOME/config"
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	mv "$XDG_CONFIG_HOME/config" "$XDG_CONFIG_HOME/dmr/config"
	try -6 dmr-embed <in
	printf '[dmr-embed]\nmodel = ai/two\n' >>"$XDG_CONFIG_HOME/dmr/config"
	try -0 dmr-embed <in
	DMR_EMBED_MODEL=ai/one try -0 dmr-embed <in
	DMR_EMBED_MODEL=ai/one try -0 dmr-embed -m ai/two <in
	curl -s "$host/__mock/requests" | jq -r '.body.model // empty' |
		assert_file /dev/stdin ai/two ai/one ai/two
	end_mock
	mock --models ai/alone
	rm "$XDG_CONFIG_HOME/dmr/config"
	try -0 dmr-embed <in
	curl -s "$host/__mock/requests" | jq -r .path | assert_file /dev/stdin \
		/engines/v1/models /engines/v1/embeddings
}

@test "a server without models: one that makes vectors is named" {
	mock --models none
	try -6 dmr-embed <<<a
	assert_stdout
	assert_stderr 'dmr-embed: the server has no model; try: dmr-models pull ai/mxbai-embed-large'
}

@test "--pull: what cannot be pulled is tried once, however many asked" {
	script '{"path":"/engines/v1/embeddings","status":404,"text":"model not found"}' \
		'{"path":"/models/create","status":500,"text":"no disk","delay":"300ms"}'
	seq 40 | try_embed 22 --batch-size 1 -j 8 --pull missing --retry 0
	assert_stdout
	curl -s "$host/__mock/requests" | jq -r .path | grep -c /models/create |
		assert_file /dev/stdin 1
}

@test "a model that the server lacks: exit 6, or it is pulled" {
	mock --models none
	echo a >in
	try -6 dmr-embed -m ai/mxbai-embed-large <in
	[[ $stderr == *'try: dmr-models pull ai/mxbai-embed-large' ]]
	assert_stdout
	try -0 dmr-embed -m ai/mxbai-embed-large --pull missing <in
	jq '.embedding | length > 100' stdout | assert_file /dev/stdin true
}

# ---- rows of numbers

@test "-F f32: the floats alone, the lowest byte first" {
	script "$(answer '[1,0]' '[0.6,-0.8]')"
	printf 'a\nb\n' | try_embed 0 -F f32
	od -An -t x1 stdout | assert_file /dev/stdin \
		' 00 00 80 3f 00 00 00 00 9a 99 19 3f cd cc 4c bf'
	try -2 pty -i 'a\n\x04' dmr-embed -m x -F f32
}

@test "-F npy: numpy's file, its head written at the end" {
	script "$(answer '[1,0]' '[0,1]' '[0.6,0.8]')"
	printf 'a\nb\nc\n' | try_embed 0 -F npy -o x.npy
	assert_stdout
	python - <<-'EOT'
		data = open("x.npy", "rb").read()
		assert data[:10] == b"\x93NUMPY\1\0v\0"
		head = eval(data[10:128])
		assert head == {"descr": "<f4", "fortran_order": False,
		                "shape": (3, 2)}, head
		assert data[127:128] == b"\n" and len(data) == 128 + 24
	EOT
	tail -c +129 x.npy >rows
	floats rows | assert_file /dev/stdin 1.000000 0.000000 0.000000 \
		1.000000 0.600000 0.800000 || floats rows >&2
	try -2 dmr-embed -F npy <<<a
	assert_stderr 'dmr-embed: --format npy needs --output: its head is written last'
	mkfifo fifo
	cat fifo >piped 3>&- &
	for each in - /dev/null fifo; do
		try_embed 2 -F npy -o "$each" <<<a
		assert_stdout
		assert_stderr 'dmr-embed: --format npy needs a regular file: its head is written last'
	done
	wait $!
	assert_file piped
}

@test "-F f32, npy: --dry-run prints no rows" {
	for each in f32 npy; do
		try_embed 2 --dry-run -F "$each" -o x <<<a
		assert_stdout
		assert_stderr "dmr-embed: --dry-run is for JSON Lines, not for --format $each"
	done
}

@test "rows: one that failed is NaN, named on standard error, exit 8" {
	script "$(answer '[1,0]')"
	printf '\n\na\n\n' | try_embed 8 -F f32 --max-errors 9
	od -An -v -t x4 -w8 stdout | assert_file /dev/stdin \
		' 7fc00000 7fc00000' ' 7fc00000 7fc00000' \
		' 3f800000 00000000' ' 7fc00000 7fc00000'
	assert_stderr 'dmr-embed: line 1: no text: it is empty, or blank' \
		'dmr-embed: line 2: no text: it is empty, or blank' \
		'dmr-embed: line 4: no text: it is empty, or blank' \
		'dmr-embed: 3 of 4 records failed'
	printf '\n\n' | try_embed 8 -F npy -o none.npy
	[[ $(head -c 80 none.npy | tr -d '\0') == *"'shape': (2, 0)"* ]]
	try_embed 8 -F f32 none/x
	assert_stdout
	[[ $stderr == "dmr-embed: none/x: cannot open 'none/x': "* ]]
}

@test "rows: many may fail before one says how wide they are" {
	script "$(answer '[1,0]')"
	(yes '' | head -n 100000 && echo a) | try_embed 8 -q -F npy -o x.npy
	[[ $(stat -c %s x.npy) == $((128 + 8 * 100001)) ]]
	[[ $(head -c 80 x.npy | tr -d '\0') == *"'shape': (100001, 2)"* ]]
	[[ $(tail -c 8 x.npy | od -An -t x4) == ' 3f800000 00000000' ]]
}

@test "rows: out of JSON Lines with vectors, without a server" {
	printf '%s\n' '{"embedding":[3,4]}' '{"embedding":"x"}' \
		'{"embedding":[1]}' >in
	try -8 dmr-embed -b -F f32 <in
	od -An -v -t x4 -w8 stdout | assert_file /dev/stdin \
		' 3f19999a 3f4ccccd' ' 7fc00000 7fc00000' ' 7fc00000 7fc00000'
	assert_stderr "dmr-embed: line 2: 'embedding' is no vector" \
		'dmr-embed: line 3: the vectors have 1 dimensions, those before 2' \
		'dmr-embed: 2 of 3 records failed'
}

@test "rows: the first one that is good says how wide all are, whenever it came" {
	local size

	script "$(answer '"jq":".body.input | length > 1",' '[0.6,0.8]' '[0.6,0.8]')" \
		"$(answer '[0.6,0.8]')"
	printf '%s\n' '{"x":1}' '{"text":"a"}' '{"embedding":[1,0,0]}' \
		'{"text":"b"}' >mixed
	printf '%s\n' '{"embedding":[1,0,0]}' '{"text":"a"}' '{"text":"b"}' >stored
	for size in 1 2 32; do
		for jobs in 1 8; do
			try_embed 8 -b -F f32 --batch-size $size -j $jobs <mixed
			od -An -v -t x4 -w8 stdout | assert_file /dev/stdin \
				' 7fc00000 7fc00000' ' 3f19999a 3f4ccccd' \
				' 7fc00000 7fc00000' ' 3f19999a 3f4ccccd'
			assert_stderr "dmr-embed: line 1: no text: the record has no 'text', 'input' or 'content'" \
				'dmr-embed: line 3: the vectors have 3 dimensions, those before 2' \
				'dmr-embed: 2 of 4 records failed'
			try_embed 8 -b -F f32 --batch-size $size -j $jobs <stored
			od -An -v -t x4 -w12 stdout | assert_file /dev/stdin \
				' 3f800000 00000000 00000000' \
				' 7fc00000 7fc00000 7fc00000' \
				' 7fc00000 7fc00000 7fc00000'
		done
	done
}

@test "E4: rows: the width that counts is that of the first text, not of the first answer" {
	local options

	script "$(answer '"contains":"a","delay":"300ms",' '[0.6,0.8,0]')" \
		"$(answer '[1,0,0,0]')"
	for options in '' '-d 2'; do
		# shellcheck disable=SC2086 # words
		printf 'a\nb\n' | try_embed 8 -F f32 $options --batch-size 1
		od -An -v -t x4 -N 8 stdout |
			assert_file /dev/stdin ' 3f19999a 3f4ccccd'
		assert_stderr 'dmr-embed: line 2: the vectors have 4 dimensions, those before 3' \
			'dmr-embed: 1 of 2 records failed'
	done
}

# ---- faults: rows E1 to E18

@test "E1: fewer or more vectors than texts: none of the batch" {
	broken "$(answer '[1,0]')" "the server's answer: 1 embeddings for 2 texts"
	broken "$(answer '[1,0]' '[1,0]' '[1,0]')" \
		"the server's answer: an index is none of those asked for"
	broken "$(answer)" "the server's answer: 0 embeddings for 2 texts"
}

@test "E2: vectors in any order are their texts' by index" {
	script '{"json":{"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1,0]}]}}'
	printf 'a\nb\n' | try_embed 0
	assert_stdout '{"input":"a","embedding":[1,0]}' \
		'{"input":"b","embedding":[0,1]}'
}

@test "E3: an index twice, missing, negative, broken or a text" {
	local each

	broken '{"json":{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}}' \
		"the server's answer: two embeddings have one index"
	for each in '"x":0' '"index":-1' '"index":1.5' '"index":"1"' \
		'"index":null' '"index":18446744073709551616'; do
		broken '{"json":{"data":[{"index":0,"embedding":[1]},{'"$each"',"embedding":[1]}]}}' \
			"the server's answer: an index is none of those asked for"
	done
}

@test "E4: the width differs within an answer, or from the one before" {
	broken "$(answer '[1,0]' '[1,0,0]')" \
		"the server's answer: embeddings of 2 and of 3 numbers"
	script "$(answer '"contains":"b",' '[1,0,0]')" "$(answer '[1,0]')"
	printf 'a\nb\nc\n' | try_embed 8 --batch-size 1 -j 1
	jq -c '[.embedding, .embedding_error.exit, .embedding_error.message]' \
		stdout | assert_file /dev/stdin '[[1,0],null,null]' \
		'[null,22,"the vectors have 3 dimensions, those before 2"]' \
		'[[1,0],null,null]'
}

@test "E5: a vector of no numbers, or of a million" {
	local zeros

	broken "$(answer '[1]' '[]')" \
		"the server's answer: an embedding is empty, or no vector"
	printf -v zeros '0,%.0s' {1..99999}
	zeros=$zeros$zeros$zeros$zeros$zeros$zeros$zeros$zeros$zeros$zeros
	broken "$(answer '[1]' "[${zeros}0]")" \
		"the server's answer: an embedding has 999991 numbers, more than 65536"
}

@test "E6: base64 is asked for, arrays are taken too; a server that refuses it" {
	script "$(answer '"AACAPwAAAAA="' '[0,1]')"
	printf 'a\nb\n' | try_embed 0
	jq -c .embedding stdout | assert_file /dev/stdin '[1,0]' '[0,1]'
	end_mock
	script '{"jq":".body.encoding_format == \"base64\"","status":400,"json":{"error":"unknown encoding_format"}}' \
		"$(answer '[1,0]')"
	printf 'a\nb\n' | try_embed 0 --batch-size 1 -j 1
	jq -c .embedding stdout | assert_file /dev/stdin '[1,0]' '[1,0]'
	seq 20 | try_embed 0 --batch-size 1
	curl -s "$host/__mock/requests" | jq -r '.body.encoding_format' |
		grep -c float | assert_file /dev/stdin 22
	end_mock
	script '{"jq":".body.encoding_format == \"base64\"","status":400,"json":{"error":"unknown encoding_format"}}' \
		"$(answer '[1,0]')"
	printf 'a\nb\n' | try_embed 0 --batch-size 1 -j 1
	curl -s "$host/__mock/requests" | jq -r '.body.encoding_format' |
		assert_file /dev/stdin base64 float float
}

@test "E7: base64 that is none" {
	local each

	for each in '"AACAPw-_"' '"AA=AgD8="' '"AACA Pw="' '"AACAPw="' \
		'"AACA"' '"AACAPwA="' '""'; do
		script "$(answer '[1,0]' "$each")"
		printf 'a\nb\n' | try_embed 8
		[[ $(jq .embedding_error.exit stdout | uniq -c) == *2*22 ]]
		end_mock
	done
}

@test "E8: NaN and infinity in base64 are no numbers, denormal ones are" {
	broken "$(answer '[1]' '"AADAfw=="')" \
		"the server's answer: an embedding holds what is no finite number"
	broken "$(answer '[1]' '"AACA/w=="')" \
		"the server's answer: an embedding holds what is no finite number"
	script "$(answer '"AQAAAAAAAAA="')"
	try_embed 0 --no-normalize <<<a
	assert_stdout '{"input":"a","embedding":[1e-45,0]}'
}

@test "E9: null, 1e999, texts and lists in an array are no numbers" {
	local each

	for each in '[1,null]' '[1,1e999]' '[1,"2"]' '[1,[2]]' '[1,true]'; do
		broken "$(answer '[1,0]' "$each")" \
			"the server's answer: an embedding holds what is no finite number"
	done
}

@test "E10: a vector of zeros has no length: its record fails alone" {
	script "$(answer '[0,0]' '[1,0]')"
	printf 'a\nb\n' | try_embed 8
	assert_stdout '{"input":"a","embedding_error":{"code":"unusable","exit":5,"message":"the vector is all zeros: it has no direction; try: --no-normalize","retryable":false}}' \
		'{"input":"b","embedding":[1,0]}'
	printf 'a\nb\n' | try_embed 0 --no-normalize
	assert_stdout '{"input":"a","embedding":[0,0]}' \
		'{"input":"b","embedding":[1,0]}'
}

# A text of more tokens than the mock computes at once.
long_text() { printf 'word %.0s' {1..2000}; }

@test "E11: a text that is too long fails alone, wherever it stands" {
	local at

	mock
	for at in 1 2 17 32 40; do
		seq 45 | sed "${at}s/.*/$(long_text)/" >in
		try_embed 8 <in
		jq -c 'select(.embedding_error) | [input_line_number,
			.embedding_error.code, .embedding_error.exit]' stdout |
			assert_file /dev/stdin "[$at,\"length\",3]"
		[[ $(jq -c 'select(.embedding)' stdout | wc -l) == 44 ]]
	done
	jq -r '.embedding_error.message // empty' stdout |
		assert_file /dev/stdin "the text is too long for the server's \
physical batch: input (2001 tokens) is too large to process. increase the \
physical batch size (current batch size: 512); try: dmr-models configure \
ai/smollm2 --mode embedding -- --pooling mean --ubatch-size 2048"
	(($(asked | wc -l) < 5 * 14))
}

@test "E11: --too-long cut sends its beginning, at a character" {
	mock
	(long_text && printf 'ä%.0s' {1..999}) >in
	try_embed 0 --too-long cut <in
	[[ $stderr == "dmr-embed: line 1: the text is too long, its first "*" of 11998 bytes are sent" ]]
	jq -r .input stdout | cmp - <(cat in && echo)
	printf 'é%.0s' {1..3000} >in
	try_embed 0 --too-long cut <in
	curl -s "$host/__mock/requests" | jq -r '.body.input[0]' | tail -n 1 |
		grep -qxE 'é{300,}'
	try -2 dmr-embed --too-long maybe
	assert_stderr "dmr-embed: --too-long: 'maybe' is neither 'fail' nor 'cut'"
}

# A server that refuses texts of more than 50 bytes, and says nine tenths fit.
short_texts() {
	script '{"jq":".body.input[0] | length > 50","status":400,"json":{"error":{"message":"input (200 tokens) is too large to process. increase the physical batch size (current batch size: 190)"}}}' \
		"$(answer '[1,0]')"
}

@test "E11: --too-long cut: one warning, of what was sent in the end" {
	short_texts
	head -c 100 /dev/zero | tr '\0' x >'two words'
	try_embed 0 --too-long cut <'two words'
	assert_stderr 'dmr-embed: line 1: the text is too long, its first 46 of 100 bytes are sent'
	try_embed 0 --too-long cut 'two words'
	assert_stderr 'dmr-embed: two words: the text is too long, its first 46 of 100 bytes are sent'
	try_embed 0 --too-long cut -w <'two words'
	assert_stderr 'dmr-embed: the text is too long, its first 46 of 100 bytes are sent'
}

@test "E11: --too-long cut: a beginning that is blank is not sent" {
	short_texts
	printf '%60s' '' >long
	printf 'x%.0s' {1..40} >>long
	try_embed 8 --too-long cut <long
	[[ $(jq .embedding_error.exit stdout) == 3 ]]
	assert_stderr 'dmr-embed: 1 of 1 records failed; the output fed back, with -b, asks for them again'
	asked | grep -c '\[\]' | assert_file /dev/stdin 0
}

@test "E12: an empty line is an error in its place; a line of 1 MB is a text" {
	script "$(answer '[1,0]' '[0,1]')"
	(printf 'a\n\n' && head -c 1000000 /dev/zero | tr '\0' x && echo) >in
	try_embed 8 <in
	jq -c '[(.input | length), .embedding, .embedding_error.exit]' stdout |
		assert_file /dev/stdin '[1,[1,0],null]' '[0,null,26]' \
			'[1000000,[0,1],null]'
}

@test "E11: a request that is too large for the server (413) is halved" {
	script '{"jq":".body.input | length > 3","status":413,"json":{"error":"too many"}}' \
		"$(answer '"jq":".body.input | length == 3",' '[1,0]' '[0,1]' '[1,0]')" \
		"$(answer '"jq":".body.input | length == 2",' '[1,0]' '[0,1]')" \
		"$(answer '[1,0]')"
	seq 11 | try_embed 0
	[[ $(jq -c .embedding stdout | wc -l) == 11 ]]
}

@test "E12: texts that make no request together go one after the other" {
	script "$(answer '"jq":".body.input | length == 2",' '[1,0]' '[0,1]')" \
		"$(answer '[1,0]')"
	for i in 1 2 3; do
		head -c 4000000 /dev/zero | tr '\0' "$i" && echo
	done >in
	try_embed 0 <in
	jq -c .embedding stdout | assert_file /dev/stdin '[1,0]' '[1,0]' '[0,1]'
}

@test "E13: a batch that fails leaves whole lines, and the others" {
	script "$(answer '"contains":"b",' '[1,null]')" "$(answer '[1,0]')"
	printf '%s\n' a b c d e >in
	try_embed 8 --batch-size 1 <in
	jq -c '[.input, .embedding, .embedding_error.exit]' stdout |
		assert_file /dev/stdin '["a",[1,0],null]' '["b",null,22]' \
			'["c",[1,0],null]' '["d",[1,0],null]' '["e",[1,0],null]'
	try_embed 8 --batch-size 1 --max-errors 1 <in
	[[ $(wc -l <stdout) == 2 ]]
}

@test "E14: a chat model: the run ends and says what to type" {
	script '{"path":"/v1/embeddings","status":400,"json":{"error":{"code":400,"message":"Pooling type '"'none'"' is not OAI compatible. Please use a different pooling type","type":"invalid_request_error"}}}'
	seq 1000 >in
	try_embed 22 <in
	assert_stdout
	assert_stderr "dmr-embed: the model 'ai/smollm2' makes no vector of a \
text: it has no pooling; try: dmr-models configure ai/smollm2 --mode embedding \
-- --pooling mean --ubatch-size 2048"
	(($(asked | wc -l) <= 8))
}

@test "E14: a server that was not started for vectors: the same" {
	script '{"path":"/v1/embeddings","status":501,"json":{"error":{"code":501,"message":"This server does not support embeddings. Start it with `--embeddings`","type":"not_supported_error"}}}'
	try_embed 22 <<<a
	assert_stdout
	assert_stderr "dmr-embed: '$host' makes no vectors with the model \
'ai/smollm2': This server does not support embeddings. Start it with \
\`--embeddings\`; try: dmr-models configure ai/smollm2 --mode embedding -- \
--pooling mean --ubatch-size 2048"
}

@test "E14: a server without embeddings ends the run" {
	script '{"path":"/v1/embeddings","status":404,"json":{"error":{"message":"no such path"}}}'
	seq 1000 >in
	try_embed 22 <in
	assert_stdout
	assert_stderr "dmr-embed: '$host' answered 404: no such path"
}

@test "E15: each float is the shortest text that reads back as the same" {
	local seed

	mock
	printf '%s\n' 'one two three' 'four' >in
	try_embed 0 <in
	jq -c .embedding stdout >decimals
	try_embed 0 -F f32 <in
	cp stdout rows
	LC_ALL=de_DE.UTF-8 LC_NUMERIC=de_DE.UTF-8 try_embed 0 <in
	jq -c .embedding stdout | assert_file decimals -
	python - <<-'EOT'
		import json, struct
		rows = open("rows", "rb").read()
		want = struct.unpack(f"<{len(rows) // 4}f", rows)
		got = [x for line in open("decimals") for x in json.loads(line)]
		assert [struct.pack("<f", x) for x in got] == \
		    [struct.pack("<f", x) for x in want]
	EOT
}

@test "E16: 200,000 texts need no more memory than 2,000" {
	local n

	python - >script <<-'EOT'
		import base64, json, math, random, struct
		random.seed(1)
		def vector():
		    v = [random.gauss(0, 1) for _ in range(384)]
		    n = math.sqrt(sum(x * x for x in v))
		    return base64.b64encode(
		        struct.pack("<384f", *(x / n for x in v))).decode()
		print(json.dumps({"json": {"data": [
		    {"index": i, "embedding": vector()} for i in range(32)]}}))
	EOT
	mock --script script
	for n in 3200 200000; do
		seq "$n" >in
		python - "$n" <<-'EOT'
			import resource, subprocess, sys
			with open("in") as texts, open("lines", "w") as count:
			    tool = subprocess.Popen(
			        ["dmr-embed", "-m", "m"], stdin=texts,
			        stdout=subprocess.PIPE)
			    subprocess.run(["wc", "-l"], stdin=tool.stdout,
			        stdout=count, check=True)
			    assert tool.wait() == 0
			peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
			print(peak, file=open("peak." + sys.argv[1], "w"))
		EOT
		[[ $(<lines) == "$n" ]]
	done
	nm "$BUILD/dmr-embed" | grep -q __asan_init && return
	echo "$(<peak.3200) $(<peak.200000) KiB"
	(($(<peak.200000) <= 20480))
}

@test "E17: another model's answer in the middle of a run" {
	script '{"contains":"b","json":{"model":"other","data":[{"index":0,"embedding":[1,0]}]}}' \
		"$(answer '[1,0]')"
	printf 'a\nb\nc\n' | try_embed 8 --batch-size 1 -j 1
	jq -c '[.embedding, .embedding_error.exit, .embedding_error.message]' \
		stdout | assert_file /dev/stdin '[[1,0],null,null]' \
		"[null,22,\"the answer is of another model, 'other'; those before were of 'm'\"]" \
		'[[1,0],null,null]'
}

@test "E18: an answer without usage, or without its model, is good" {
	script '{"json":{"data":[{"index":0,"embedding":[1,0]}]}}'
	try_embed 0 --log log <<<a
	assert_stdout '{"input":"a","embedding":[1,0]}'
	jq -c '[.tool, .exit, .path, .usage]' log | assert_file /dev/stdin \
		'["dmr-embed",0,"/embeddings",null]'
}

# ---- many at once

@test "batches are full, and in order; answers leave before the input ends" {
	local line

	mock
	seq 100 | try_embed 0
	seq 100 >in
	jq -r .input stdout | assert_file /dev/stdin -f in
	rm in
	asked | jq -c length | sort -n | assert_file /dev/stdin 4 32 32 32
	mkfifo in out
	dmr-embed -m ai/smollm2 <in >out 3>&- &
	exec 5>in 6<out
	echo a >&5
	read -r -t "$DEADLINE" line <&6
	[[ $line == '{"input":"a","embedding":'* ]]
	echo b >&5
	read -r -t "$DEADLINE" line <&6
	[[ $line == '{"input":"b","embedding":'* ]]
	exec 5>&-
	wait $!
	exec 6<&-
}

@test "a server that goes away ends the run with 7; whole lines were printed" {
	serve <<-'EOT'
		accept
		read
		json 200 '{"data":[{"index":0,"embedding":[1,0]}]}'
		refuse
	EOT
	try_embed 7 --batch-size 1 -j 1 --retry 0 <<<$'a\nb\nc'
	assert_stdout '{"input":"a","embedding":[1,0]}'
}

@test "an answer that is cut is no answer, at any byte" {
	local whole body n

	whole='{"model":"m","data":[{"index":0,"embedding":[1,0]}]}'
	for ((n = 0; n < ${#whole}; n += 3)); do
		body=${whole:0:n}
		printf '%s\n' accept read 'send "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n'"${body//\"/\\\"}"'"' close
	done >scenario
	serve <scenario
	for ((n = 0; n < ${#whole}; n += 3)); do
		try_embed 8 --retry 0 <<<a
		[[ $(jq .embedding_error.exit stdout) == 18 ]]
	done
}

@test "--cache: a text is asked for once, whatever batch it is in" {
	mock
	seq 40 >in
	try_embed 0 --cache cache <in
	cp stdout first
	try_embed 0 --cache cache --log log <in
	assert_stdout -f first
	[[ $(asked | wc -l) == 2 ]]
	jq -c '[.tool, .exit, .cached]' log | uniq -c |
		assert_file /dev/stdin '     40 ["dmr-embed",0,true]'
	(seq 10 && echo more && seq 11 40) >in
	try_embed 0 --cache cache <in
	asked | tail -n 1 | assert_file /dev/stdin '["more"]'
	grep -vx '{"input":"more",.*' stdout | assert_file /dev/stdin -f first
	try_embed 0 --cache cache -d 8 --no-normalize <<<5
	try_embed 0 --cache cache --prefix p <<<5
	[[ $(asked | wc -l) == 4 ]]
}

@test "-o: the file appears when the run ends, and not else" {
	script "$(answer '"contains":"b",' '[1,null]')" "$(answer '[1,0]')"
	try_embed 0 -o out <<<a
	assert_file out '{"input":"a","embedding":[1,0]}'
	try_embed 8 -o out <<<b
	grep -q embedding_error out
	DMR_HOST=http://127.0.0.1:1 try_embed 7 -o out <<<a
	grep -q embedding_error out
	try -23 bash -c 'exec dmr-embed -m m >/dev/full' <<<a
}

@test "--json: errors are JSON, too" {
	try -2 dmr-embed --json -d 0
	jq -c .exit stderr | assert_file /dev/stdin 2
	try -7 dmr-embed -F json -m m <<<a
	jq -c .exit stderr | assert_file /dev/stdin 7
}

# ---- --near

# An index of three records, in every form, whose query is [1,0].
index() {
	cat >i.jsonl <<-'EOT'
		{"id":"x","input":"far","embedding":[-0.6,0.8]}
		{"input":"a\nb\tc","embedding":[0.6,0.8]}
		{"id":3,"input":"near","embedding":[0.8,0.6]}
		{"id":"failed","embedding_error":{}}
		{"id":"twin","embedding":[0.8,-0.6]}
	EOT
	grep -v failed i.jsonl | dmr-embed -b -F f32 >i.f32
	grep -v failed i.jsonl | dmr-embed -b -F npy -o i.npy
	script "$(answer '[1,0]')"
}

@test "--near: the best first, ties by position, id or text" {
	index
	try_embed 0 --near what i.jsonl
	assert_stdout $'0.800000\t3' $'0.800000\ttwin' $'0.600000\ta b c' \
		$'-0.600000\tx'
	try_embed 0 --near what -k 1 i.jsonl
	assert_stdout $'0.800000\t3'
	try_embed 0 --near what --min 0.6 --json i.jsonl
	assert_stdout '{"score":0.8,"id":3,"input":"near"}' \
		'{"score":0.8,"id":"twin"}' '{"score":0.6,"input":"a\nb\tc"}'
	try_embed 0 --near what --min 0.9 i.jsonl
	assert_stdout
}

@test "--near: rows are named by INDEX.ids, or by their number" {
	local each

	index
	for each in i.f32 i.npy; do
		try_embed 0 --near what -k 3 "$each"
		assert_stdout $'0.800000\t3' $'0.800000\t4' $'0.600000\t2'
		printf '%s\n' one 'two b' three >"$each.ids"
		try_embed 0 --near what -k 3 "$each"
		assert_stdout $'0.800000\tthree' $'0.800000\t4' \
			$'0.600000\ttwo b'
	done
	try_embed 0 --near what --json -k 1 i.npy
	assert_stdout '{"score":0.8,"row":3,"id":"three"}'
}

@test "--near: INDEX.ids may have a BOM and CRLF" {
	index
	printf '\xef\xbb\xbfone\r\ntwo b\r\n\r\n' >i.f32.ids
	try_embed 0 --near what i.f32
	assert_stdout $'0.800000\t3' $'0.800000\t4' $'0.600000\ttwo b' \
		$'-0.600000\tone'
	try_embed 0 --near what --json i.f32
	assert_stdout '{"score":0.8,"row":3}' '{"score":0.8,"row":4}' \
		'{"score":0.6,"row":2,"id":"two b"}' \
		'{"score":-0.6,"row":1,"id":"one"}'
}

@test "--near: a record without id and text is named by its number" {
	index
	printf '%s\n' '{"title":"a","embedding":[0,1]}' \
		'{"title":"b","embedding":[1,0]}' >titles
	try_embed 0 --near what titles
	assert_stdout $'1.000000\t2' $'0.000000\t1'
	try_embed 0 --near what --field title titles
	assert_stdout $'1.000000\tb' $'0.000000\ta'
}

@test "--near: an index in which no record has a vector is told" {
	index
	printf '%s\n' '{"id":1,"vector":[1,0]}' '{"id":2}' >other
	try_embed 0 --near what other
	assert_stdout
	assert_stderr "dmr-embed: no record of 'other' has a member 'embedding'; try: --as NAME"
	try_embed 0 --near what --as vector other
	assert_stdout $'1.000000\t1'
	assert_stderr
}

@test "--near: a scalar product that is no number is told" {
	script "$(answer '[3e38,3e38]')"
	printf '%s\n' '{"embedding":[3e38,0]}' '{"embedding":[-3e38,3e38]}' \
		'{"embedding":[1,0]}' >i.jsonl
	dmr-embed -b --no-normalize -F f32 <i.jsonl >i.f32
	for each in i.jsonl i.f32; do
		try_embed 0 --near what --no-normalize --json "$each"
		jq -c .score stdout | assert_file /dev/stdin 3e+38
		assert_stderr "dmr-embed: 2 vectors of '$each' are passed over: their products are too large"
	done
}

@test "--near: an index that is cut while the server thinks: exit 26" {
	local each

	index
	yes "$(grep -v failed i.jsonl)" | head -n 20000 >big.jsonl
	dmr-embed -b -F f32 <big.jsonl >big.f32
	dmr-embed -b -F npy -o big.npy <big.jsonl
	for each in f32 npy jsonl; do
		serve <<-'EOT'
			accept
			read
			mark asked
			await cut
			json 200 '{"data":[{"index":0,"embedding":[1,0]}]}'
		EOT
		start dmr-embed -m m --near what "big.$each"
		reached asked
		: >"big.$each"
		go cut
		finish -26
		assert_stdout
		assert_stderr "dmr-embed: cannot read 'big.$each': it is shorter than it was"
	done
}

@test "--near: lines and names of any length, over many reads" {
	index
	python - <<-'EOT'
		with open("long", "w") as out, open("i.f32.ids", "w") as ids:
		    for n in range(4):
		        text = str(n) * (300000 * n + 1)
		        out.write('{"id":"%s","embedding":[%s,0]}\n' % (text, n))
		        ids.write(text + "\n")
	EOT
	try_embed 0 --near what long
	cut -c 1-12 stdout | assert_file /dev/stdin $'3.000000\t333' \
		$'2.000000\t222' $'1.000000\t111' $'0.000000\t0'
	(($(wc -c <stdout) == 4 * 10 + 4 + 300000 * 6))
	try_embed 0 --near what -k 1 i.f32
	(($(wc -c <stdout) == 10 + 600001))
}

@test "--near: rows of NaN and infinity are never returned" {
	script "$(answer '[1,0]')"
	printf '\0\0\xc0\x7f\0\0\xc0\x7f\0\0\x80\x7f\0\0\0\0\0\0\x80\x3f\0\0\0\0' >i.f32
	try_embed 0 --near what i.f32
	assert_stdout $'1.000000\t3'
	try_embed 0 --near what --min -5 i.f32
	assert_stdout $'1.000000\t3'
}

@test "--near: the text is asked for as others are: prefix, @FILE, -d, cache" {
	script "$(answer '[0.6,0.8,5]')"
	printf 'search_query: ' >prefix
	printf 'what?\n' >query
	printf '\0\0\x80\x3f\0\0\0\0' >i.f32
	try_embed 0 --near @query --prefix @prefix -d 2 --cache cache i.f32
	assert_stdout $'0.600000\t1'
	asked | assert_file /dev/stdin '["search_query: what?"]'
	try_embed 0 --near @query --prefix @prefix -d 2 --cache cache i.f32
	assert_stdout $'0.600000\t1'
	[[ $(asked | wc -l) == 1 ]]
}

@test "--near: an index that is none, or of other vectors" {
	index
	try_embed 26 --near a none.jsonl
	assert_stderr "dmr-embed: cannot open 'none.jsonl': No such file or directory"
	try_embed 26 --near a .
	assert_stderr "dmr-embed: cannot read '.': it is no regular file"
	cp i.f32 bad.npy
	try_embed 26 --near a bad.npy
	assert_stderr "dmr-embed: cannot read 'bad.npy': it is no .npy of version 1.0"
	head -c 140 i.npy >bad.npy
	try_embed 26 --near a bad.npy
	assert_stderr "dmr-embed: cannot read 'bad.npy': its length is not what its head says"
	sed 's/<f4/<f8/' i.npy >bad.npy
	try_embed 26 --near a bad.npy
	assert_stderr "dmr-embed: cannot read 'bad.npy': its rows are no float32, one by one"
	sed 's/(4, 2)/(2, 4)/' i.npy >bad.npy
	try_embed 26 --near a bad.npy
	assert_stderr "dmr-embed: the vectors of 'bad.npy' have 4 dimensions, the text's 2"
	head -c 12 i.f32 >bad.f32
	try_embed 26 --near a bad.f32
	assert_stderr "dmr-embed: 'bad.f32' is no rows of 2 numbers; try: -d N"
	printf '%s\n' '{"embedding":[1,0]}' nonsense >bad
	try_embed 26 --near a bad
	assert_stderr 'dmr-embed: bad:2: no JSON object'
	echo '{"embedding":[1]}' >bad
	try_embed 26 --near a bad
	assert_stderr "dmr-embed: bad:1: 'embedding' has 1 dimensions, the text's vector 2"
	printf '\n' | dmr-embed -q -F npy -o failed.npy || :
	try_embed 0 --near a failed.npy
	assert_stdout
	: >empty.f32
	try_embed 0 --near a empty.f32
	assert_stdout
	: >empty
	try_embed 0 --near a empty
	assert_stdout
}

@test "--near: what goes not with it, and what goes only with it" {
	each 'dmr-embed $1' '--near a' '--near a b c' '--near a -F npy -o x b' \
		'--near a -b b' '--near a -' '-k 3' '--min 1' '--near a -k 0 b'
	assert_stdout 'dmr-embed: --near takes one index' 2 \
		'dmr-embed: --near takes one index' 2 \
		'dmr-embed: --near prints lines: text, or --json' 2 \
		'dmr-embed: --batch is not for --near' 2 \
		'dmr-embed: --near looks twice at an index: it is a file, not standard input' 2 \
		'dmr-embed: --top is for --near' 2 \
		'dmr-embed: --min is for --near' 2 \
		"dmr-embed: --top: '0' is not a whole number from 1 to 100000" 2
	printf x >i
	try_embed 26 --near ' ' i
	assert_stderr 'dmr-embed: no text: it is empty, or blank'
}

@test "--near: a folder is searched with two commands" {
	mock
	mkdir notes
	echo 'The cat sat on the mat.' >notes/cat.txt
	echo 'It rains in Spain.' >notes/rain.txt
	echo 'Stocks fell on Monday.' >notes/stocks.txt
	try -0 dmr-embed -o notes.jsonl notes/*
	try -0 dmr-embed --near 'where is the cat' -k 1 notes.jsonl
	[[ $(cut -f 2 stdout) == notes/cat.txt ]]
}

@test "--near: --field is of the index, not of the text" {
	script "$(answer '[1,0]')"
	echo '{"id":1,"title":"a","embedding":[1,0]}' >index
	try_embed 0 --near dog --field title index
	assert_stdout $'1.000000\t1'
}

@test "-d: an old vector that is cut already is as wide as new ones" {
	script "$(answer '[0.6,0.8,0]')"
	printf '%s\n' '{"text":"a","embedding":[1,0]}' '{"text":"b"}' >in
	try_embed 0 -b -d 2 -F f32 <in
	(($(wc -c <stdout) == 16))
	assert_stderr
}

@test "--max-errors: what was not printed is not told" {
	script '{"contains":"x","status":400,"text":"no","delay":"300ms"}'
	printf '%s\n' '{"text":"x"}' 17 17 |
		try_embed 8 -b --batch-size 1 --max-errors 1
	assert_stderr 'dmr-embed: 1 of 1 records failed; the output fed back, with -b, asks for them again'
}

@test "a row of another width spoils none of the others, and is asked for again" {
	printf '%s\n' '{"text":"p","embedding":[1,0]}' '{"text":"b"}' \
		'{"text":"c"}' >in
	script "$(answer '"contains":"b","times":1,' '[1,0,0]')" \
		"$(answer '[0,1]')"
	try_embed 8 -b -F f32 -o rows --batch-size 1 -j 1 --cache cache <in
	assert_stderr 'dmr-embed: line 2: the vectors have 3 dimensions, those before 2' \
		'dmr-embed: 1 of 3 records failed'
	floats rows | assert_file /dev/stdin 1 0 nan nan 0 1
	try_embed 0 -b -F f32 -o rows --batch-size 1 --cache cache <in
	floats rows | assert_file /dev/stdin 1 0 0 1 0 1
	asked | assert_file /dev/stdin '["b"]' '["c"]' '["b"]'
}

@test "--near: a server without base64, a record whose vector is null" {
	script '{"jq":".body.encoding_format == \"base64\"","status":400,"json":{"error":"unknown encoding_format"}}' \
		"$(answer '[1,0]')"
	printf '%s\n' '{"id":1,"embedding":null}' '{"id":2,"embedding":[1,0]}' >i.jsonl
	try_embed 0 --near x i.jsonl
	assert_stdout $'1.000000\t2'
	assert_stderr
}

@test "--near: a record that is too large ends the search" {
	script "$(answer '[1,0]')"
	printf '{"id":1,"embedding":[1,0],"input":"%s"}\n' \
		"$(head -c 21M /dev/zero | tr '\0' x)" >i.jsonl
	try_embed 26 --near x i.jsonl
	assert_stdout
	assert_stderr 'dmr-embed: i.jsonl:1: the record is larger than 20 MiB'
}

@test "--near: SIGBUS that somebody sends ends the run" {
	index
	serve <<-'EOT'
		accept
		read
		mark asked
		await never
	EOT
	start dmr-embed -m m --near what i.jsonl
	reached asked
	kill -BUS "$pid"
	finish -135
	assert_stdout
}

@test "NUL in a member that is not sent is not told" {
	script "$(answer '[1,0]')"
	try_embed 0 -b <<<'{"text":"a","x":"\u0000"}'
	assert_stderr
}
