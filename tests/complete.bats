# dmr-complete: a text goes in, its continuation comes out, nothing added.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock

# What a model says is the text again: so what comes is what was sent.
complete() { dmr-complete -m ai/smollm2 "$@"; }

# try_complete STATUS [OPTION ...]
try_complete() { try "-$1" dmr-complete -m ai/smollm2 "${@:2}"; }

# The bodies of all requests, as a jq filter has them.
asked() {
	curl -s "$host/__mock/requests" | jq -c ".body | $1"
}

# says TEXT ... FINISH: an event of a stream for each.
says() {
	printf 'repeat\nread\nsse\n'
	while (($# > 1)); do
		printf "event '%s'\n" '{"choices":[{"index":0,"text":"'"$1"'","finish_reason":null}]}'
		shift
	done
	printf "event '%s'\n" '{"choices":[{"index":0,"text":"","finish_reason":"'"$1"'"}]}'
	echo 'done'
}

cut='the answer was cut at the token limit; try: a larger --max-tokens, or --cut-ok'

# ---- one text

@test "a text's continuation is printed, and nothing is added" {
	serve < <(says ' Par' is stop)
	printf 'The capital of France is' | try_complete 0
	assert_stdout -n ' Paris'
	assert_stderr
	request_head 1 | sed -n 1p |
		assert_file /dev/stdin 'POST /engines/v1/completions HTTP/1.1'
	request 1 | assert_file /dev/stdin -n \
		'{"model":"ai/smollm2","prompt":"The capital of France is","stream":true}'
}

@test "white space and tags are the model's own words" {
	serve < <(says '\n\n' '<think>' 'a</think>\n' '  ' stop)
	try_complete 0 <<<hi
	printf '\n\n<think>a</think>\n  ' | assert_stdout -
	assert_stderr
}

@test "an empty continuation is a good answer" {
	serve < <(says stop)
	try_complete 0 <<<hi
	assert_stdout
	assert_stderr
	try_complete 0 --json <<<hi
	jq -c '[.text, .finish_reason]' stdout | assert_file /dev/stdin '["","stop"]'
	try_complete 0 --no-stream -o file <<<hi
	assert_file file
}

@test "an answer without a text is none" {
	serve <<-'EOF'
		repeat
		read
		sse
		event '{"choices":[{"index":0,"delta":{"content":"chat"},"finish_reason":"stop"}]}'
		done
	EOF
	try_complete 5 <<<hi
	assert_stdout
	assert_stderr "dmr-complete: the model's answer is empty"
}

@test "cut at the token limit: what came is printed, exit 3; --cut-ok: 0" {
	serve < <(says ' Par' is length)
	try_complete 3 --max-tokens 2 <<<hi
	assert_stdout -n ' Paris'
	assert_stderr "dmr-complete: $cut"
	try_complete 0 --max-tokens 2 --cut-ok <<<hi
	assert_stdout -n ' Paris'
	assert_stderr
	try_complete 3 --max-tokens 2 -o file <<<hi
	[[ ! -e file ]]
	assert_stdout
	try_complete 0 --max-tokens 2 --cut-ok -o file <<<hi
	assert_file file -n ' Paris'
}

@test "a stream that ends without its end: what came, exit 18" {
	serve <<-'EOF'
		accept
		read
		sse
		event '{"choices":[{"index":0,"text":" Par","finish_reason":null}]}'
		close
	EOF
	try_complete 18 <<<hi
	assert_stdout -n ' Par'
	assert_stderr 'dmr-complete: the connection broke off: transfer closed with outstanding read data remaining'
}

@test "text streams: it is there before the answer's end" {
	serve <<-'EOF'
		accept
		read
		sse
		event '{"choices":[{"index":0,"text":" Par","finish_reason":null}]}'
		await more
		event '{"choices":[{"index":0,"text":"is","finish_reason":"stop"}]}'
		done
	EOF
	start dmr-complete -m x <<<hi
	shown 4
	go more
	finish -0
	assert_stdout -n ' Paris'
}

@test "a text is sent as it came, and comes as it was sent" {
	mock
	for text in 'Übergrößenträger äöüß' '👍🏽 👩🏽‍🚒' $'\ufeffBOM' $'a\r\nb\r\n' \
		$'  \n blank \t\n\n' '"\\/{{prompt}} {"a":1}' $'\e[1m'; do
		printf %s "$text" | try_complete 0
		assert_stdout -n "$text"
		assert_stderr
	done
	asked .prompt | jq -rj . >got
	printf %s 'Übergrößenträger äöüß' '👍🏽 👩🏽‍🚒' $'\ufeffBOM' $'a\r\nb\r\n' \
		$'  \n blank \t\n\n' '"\\/{{prompt}} {"a":1}' $'\e[1m' |
		assert_file got -
}

@test "NUL and what is no UTF-8 are sent as U+FFFD, with a warning" {
	mock
	printf 'a\0b\xffc' | try_complete 0
	assert_stdout -n 'a�b�c'
	assert_stderr 'dmr-complete: standard input: 2 bytes are no UTF-8 text, U+FFFD is sent instead'
}

@test "one MB in one line is sent whole" {
	serve < <(says ' ok' stop)
	head -c 1000000 /dev/zero | tr '\0' x >long
	try_complete 0 <long
	assert_stdout -n ' ok'
	request 1 | jq -j .prompt | assert_file /dev/stdin -f long
	mock
	sed 's/x/x /g' long >words
	try_complete 3 <words
	assert_stdout
	[[ $stderr == 'dmr-complete: the prompt has '*" tokens, the model's context 4096; "* ]]
}

@test "no text at all is exit 26, and nothing is sent" {
	try_complete 26 </dev/null
	assert_stdout
	assert_stderr 'dmr-complete: standard input is empty'
	head -c 10485761 /dev/zero | tr '\0' x >long
	try_complete 26 <long
	assert_stdout
	assert_stderr 'dmr-complete: standard input is larger than 10485760 bytes'
	mock
	echo | try_complete 0
	assert_stdout ''
}

@test "operands are refused: the text is standard input" {
	try_complete 2 a.txt </dev/null
	assert_stdout
	assert_stderr "dmr-complete: 'a.txt': the text is standard input; try: dmr-complete < FILE"
}

@test "on a terminal it says that it reads it, and shows control bytes" {
	mock
	try -0 pty -t 012 -i $'a\tb\n\x04' -e dmr-complete -m ai/smollm2
	grep -a 'reading standard input; end it with ^D' tty
	printf 'a\033[1m' >in
	try -0 pty -t 1 dmr-complete -m ai/smollm2 <in
	assert_tty -n 'a\x1b[1m'
}

# ---- --echo and --suffix

@test "--echo: the text first, byte for byte" {
	script '{"contains":"none","text":""}' '{"text":" ok"}'
	printf 'a\0b\xff\r\n' >in
	try_complete 0 --echo -q <in
	{ cat in && printf ' ok'; } | assert_stdout -
	printf none | try_complete 0 --echo
	assert_stdout -n none
	try_complete 0 --echo -q -o file <in
	{ cat in && printf ' ok'; } | assert_file file -
	printf 'a"\n' | try_complete 0 --echo --json
	jq -j .text stdout | assert_file /dev/stdin -n $'a"\n ok'
}

@test "--echo: nothing where there is no answer" {
	mock --models ai/gemma3
	printf a | try_complete 6 --echo
	assert_stdout
	printf a | try -0 dmr-complete --echo
	assert_stdout -n aa
}

@test "--suffix: what follows the gap is sent, as it is" {
	mock
	printf 'f(' | try_complete 0 --suffix ')'
	printf ' ü\n\n' >after
	printf 'f(' | try_complete 0 --suffix @after
	try_complete 0 --suffix @after </dev/null
	printf 'x\xff' >after
	printf 'f(' | try_complete 0 --suffix @after
	assert_stderr 'dmr-complete: --suffix: 1 bytes are no UTF-8 text, U+FFFD is sent instead'
	: >after
	printf 'f(' | try_complete 0 --suffix @after
	asked '[.prompt, .suffix]' | assert_file /dev/stdin '["f(",")"]' \
		'["f("," ü\n\n"]' '[""," ü\n\n"]' '["f(","x�"]' '["f(",""]'
}

@test "--suffix: standard input is read once, and no file is a failure" {
	printf a | try_complete 2 --suffix @-
	assert_stderr 'dmr-complete: standard input can be read once'
	printf a | try_complete 2 -l --suffix @-
	assert_stderr 'dmr-complete: standard input can be read once'
	try_complete 26 --suffix @none <<<a
	assert_stdout
	assert_stderr "dmr-complete: cannot open 'none': No such file or directory"
	try_complete 2 --suffix a -O suffix=b <<<hi
	assert_stderr "dmr-complete: --option: 'suffix' is --suffix; give it once"
}

# ---- what dmr-chat has, too

@test "sampling is sent; what the tool decides about cannot be" {
	mock
	printf a | try_complete 0 --temperature 0 --top-p 0.5 --seed 7 \
		--max-tokens 9 --stop ENDE --stop $'\n' -O top_k=3
	asked 'del(.model)' | assert_file /dev/stdin '{"prompt":"a","temperature":0,"top_p":0.5,"seed":7,"max_tokens":9,"stop":["ENDE","\n"],"top_k":3,"stream":true}'
	for name in prompt suffix messages stream n model; do
		printf a | try_complete 2 -O $name=1
		assert_stderr "dmr-complete: --option: '$name' cannot be set this way"
	done
}

@test "the model: the default, else the only one; else exit 6" {
	mock --models ai/gemma3
	printf a | try -0 dmr-complete
	assert_stdout -n a
	asked 'select(.).model' | assert_file /dev/stdin '"ai/qwen3-coder"' \
		'"docker.io/ai/gemma3:latest"'
	printf a | try_complete 6
	assert_stderr "dmr-complete: no model 'ai/smollm2' on '$host'; try: dmr-models pull ai/smollm2"
	printf a | try -0 dmr-complete -m ai/smollm2 --pull missing -q
	assert_stdout -n a
}

@test "--json, --usage: all about the answer, as dmr-chat tells it" {
	mock
	printf 'one two' | try_complete 0 --json
	jq -c '[keys, .text, .model != null, .usage.prompt_tokens]' stdout |
		assert_file /dev/stdin '[["finish_reason","first_ms","model","text","total_ms","tries","usage"],"one two",true,2]'
	printf 'one two' >in
	try_complete 0 --usage <in
	assert_stdout -n 'one two'
	[[ $stderr == 'dmr-complete: 2 tokens of prompt (0 cached), 3 of answer; first after '* ]]
	try_complete 26 --json </dev/null
	jq -c '[.code, .exit]' stderr | assert_file /dev/stdin '["input",26]'
}

@test "--cache: the second answer is the stored one; a cut one is not" {
	mock
	mkdir cache
	for _ in 1 2; do
		printf 'one two' | try_complete 0 --cache cache
		assert_stdout -n 'one two'
	done
	printf 'one two' | try_complete 0 --cache cache --json
	jq -c '[.text, .cached]' stdout | assert_file /dev/stdin '["one two",true]'
	printf '%s\n' 'one two' | try_complete 0 -l --cache cache
	printf '%s\n' 'one two' | try_complete 0 -l --cache cache
	printf 'one two' | try_complete 3 --cache cache --max-tokens 1
	printf 'one two' | try_complete 3 --cache cache --max-tokens 1
	asked '[.stream, .max_tokens]' | grep -v null,null |
		assert_file /dev/stdin '[true,null]' '[false,null]' '[true,1]' '[true,1]'
}

@test "--log: a line for each request, with its path" {
	script '{"contains":"bad","fault":"500"}' '{"text":" ok"}'
	printf a | try_complete 0 --log log
	printf bad | try_complete 22 --log log --retry 0
	printf 'a\n' | try_complete 0 -l --log log
	jq -c '[.tool, .path, .exit, .request.prompt, .reply.text]' log |
		assert_file /dev/stdin '["dmr-complete","/completions",0,"a"," ok"]' \
			'["dmr-complete","/completions",22,"bad",null]' \
			'["dmr-complete","/completions",0,"a"," ok"]'
	printf a | try_complete 2 --log out -o out
	assert_stderr "dmr-complete: cannot write 'out': two options name it"
}

@test "--dry-run: the request as a batch line, which -b takes back" {
	printf 'f(' | try_complete 0 --dry-run --suffix ')' --seed 5
	assert_stdout '{"custom_id":"1","method":"POST","url":"/v1/completions","body":{"model":"ai/smollm2","prompt":"f(","suffix":")","seed":5,"stream":false}}'
	cp stdout line
	printf '"a"\n{"prompt":"b"}\n' | try_complete 0 -b --dry-run
	cat stdout >>line
	mock
	try -0 dmr-complete -b -j 1 <line
	jq -c '[.custom_id, .response.body.object, .response.body.choices[0].text]' stdout |
		assert_file /dev/stdin '["1","text_completion","f("]' \
			'["1","text_completion","a"]' '["2","text_completion","b"]'
	asked '[.prompt, .suffix, .seed]' | assert_file /dev/stdin \
		'["f(",")",5]' '["a",null,null]' '["b",null,null]'
}

# ---- records

@test "-b: asked by prompt, else input; a completion is added" {
	mock
	cat >in <<-'EOF'
		{"id":7,"prompt":"one ","input":"no"}
		  { "n" : 12345678901234567890 , "input":"Größe" }  
		"just a text"
		{"prompt":null,"input":17}
		{"input":"done","completion":"before"}
	EOF
	try_complete 0 -b <in
	assert_stdout - <<-'EOF'
		{"id":7,"prompt":"one ","input":"no","completion":"one "}
		  { "n" : 12345678901234567890 , "input":"Größe" ,"completion":"Größe"}  
		{"input":"just a text","completion":"just a text"}
		{"prompt":null,"input":17,"completion":"17"}
		{"input":"done","completion":"before"}
	EOF
	assert_stderr
}

@test "-b: the known fields beside a prompt are sent, and win" {
	mock --models ai/smollm2,ai/gemma3
	echo '{"prompt":"a","suffix":"z","max_tokens":50,"x":1,"messages":[],"echo":true,"stream":true,"n":3,"model":"ai/gemma3"}' >in
	try -0 dmr-complete -b --max-tokens 9 --suffix no --temperature 0 <in
	echo '{"input":"a","max_tokens":50,"suffix":"z"}' |
		try_complete 0 -b --max-tokens 9
	try_complete 0 -b <in
	asked . | assert_file /dev/stdin \
		'{"max_tokens":50,"model":"ai/gemma3","prompt":"a","suffix":"z","temperature":0,"stream":false}' \
		'{"model":"ai/smollm2","prompt":"a","max_tokens":9,"stream":false}' \
		'{"model":"ai/smollm2","max_tokens":50,"prompt":"a","suffix":"z","stream":false}'
}

@test "-b: what asks nothing is an error in its place" {
	mock
	cat >in <<-'EOF'
		{"prompt":[1,2]}
		{"prompt":["a","b"]}
		{"input":{"a":1}}
		{"x":1}
		{"messages":[{"role":"user","content":"hi"}]}
		{"prompt":"","input":"no"}
		{"custom_id":"a","url":"/v1/completions","body":{"input":"a"}}
		{"custom_id":"a","url":"/v1/chat/completions","body":{"prompt":"a"}}
		17
		{"prompt":"a","suffix":["z"]}
		{"prompt":"","suffix":"z"}
	EOF
	try_complete 8 -b <in
	jq -c '(.completion_error // .error // .completion) | if type == "object" then [.code, .message] else . end' stdout |
		assert_file /dev/stdin '["input","the prompt is no text"]' \
			'["input","the prompt is no text"]' \
			'["input","the prompt is no text"]' \
			'["input","there is no prompt and no input"]' \
			'["input","there is no prompt and no input"]' \
			'["input","the text is empty"]' \
			'["input","there is no prompt"]' \
			'["usage","the request is not for POST /v1/completions"]' \
			'["bad_record","line 9: neither an object nor a string"]' \
			'["input","the suffix is no text"]' '""'
	assert_stderr 'dmr-complete: 10 of 11 records failed; the output fed back asks for some of them again'
	asked .suffix | assert_file /dev/stdin '"z"'
}

@test "-b: an empty continuation is good, a cut one an error with its text" {
	mock
	printf '%s\n' '{"prompt":"","suffix":"a"}' \
		'{"prompt":"one two three","max_tokens":2}' >in
	try_complete 8 -b <in
	sed -n 1p stdout | assert_file /dev/stdin \
		'{"prompt":"","suffix":"a","completion":""}'
	sed 1d stdout | jq -c '.completion_error | [.code, .exit, .text]' |
		assert_file /dev/stdin '["length",3,"one two"]'
	try_complete 0 -b --cut-ok <in
	sed -n 2p stdout | assert_file /dev/stdin \
		'{"prompt":"one two three","max_tokens":2,"completion":"one two"}'
}

@test "-b: what failed is asked again, what is there is not" {
	script '{"contains":"b","fault":"500","times":1}'
	printf '%s\n' '"a"' '"b"' | try_complete 8 -b --retry 0
	cp stdout first
	try_complete 0 -b <first
	assert_stdout '{"input":"a","completion":"a"}' '{"input":"b","completion":"b"}'
	asked .prompt | sort | assert_file /dev/stdin '"a"' '"b"' '"b"'
}

@test "-b, -l: NUL in a text is told, once" {
	mock
	printf '%s\n' '"a\u0000b"' '"\\u0000"' | try_complete 0 -b -j 1
	assert_stderr 'dmr-complete: line 1 holds NUL, U+FFFD is sent instead; there may be more'
	printf 'a\n\\u0000\nb\0\nc\0\n' | try_complete 0 -l -j 1
	assert_stderr 'dmr-complete: line 3 holds NUL, U+FFFD is sent instead; there may be more'
	asked .prompt | assert_file /dev/stdin '"a�b"' '"\\u0000"' '"a"' \
		'"\\u0000"' '"b�"' '"c�"'
}

@test "-b: a batch line's answer is the continuation alone, also with --echo" {
	script '{"text":" ok"}'
	echo '{"custom_id":"1","url":"/v1/completions","body":{"prompt":"a"}}' |
		try_complete 0 -b --echo
	jq -c '.response.body.choices[0].text' stdout |
		assert_file /dev/stdin '" ok"'
}

@test "-l: each line is a text; -r, -0: the answers alone" {
	mock
	printf '\ufeffa\r\n {{b}}\t\n\n"c"' | try_complete 8 -l
	sed 3d stdout | assert_file /dev/stdin '{"input":"a","completion":"a"}' \
		'{"input":" {{b}}\t","completion":" {{b}}\t"}' \
		'{"input":"\"c\"","completion":"\"c\""}'
	sed -n 3p stdout | jq -c '.completion_error | [.exit, .message]' |
		assert_file /dev/stdin '[26,"the text is empty"]'
	printf 'a\r\n\0 b \0' | try_complete 0 -l0r
	printf 'a\r\n\0 b \0' | assert_stdout -
	printf 'a\nb\n' | try_complete 0 -lr --echo
	assert_stdout aa bb
}

@test "--as, --full: what the answer is called, and all about it" {
	mock
	echo '"a"' | try_complete 0 -b --as next --full
	jq -c '.next | [keys, .text, .finish_reason]' stdout |
		assert_file /dev/stdin '[["finish_reason","model","text","usage"],"a","stop"]'
	for name in prompt input suffix max_tokens; do
		echo '"a"' | try_complete 2 -b --as $name
		assert_stderr "dmr-complete: --as $name: a record is asked by that member"
	done
	echo '"a"' | try_complete 2 -b --usage
	assert_stderr 'dmr-complete: --usage is not for records'
}

@test "one MB in one line, -l: its record holds it whole" {
	script '{"text":" ok"}'
	head -c 1000000 /dev/zero | tr '\0' x >long
	try_complete 0 -lr --echo <long
	{ cat long && printf ' ok\n'; } | assert_stdout -
}
