# dmr-chat as a filter over records: -b, -l and what belongs to them.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own
# shellcheck disable=SC2016 # what a shell must not expand

load lib
load mock

# records [OPTION ...]: ask the mock about standard input.
records() { dmr-chat -m ai/smollm2 "$@"; }

# try_records STATUS [OPTION ...]
try_records() { try "-$1" dmr-chat -m ai/smollm2 "${@:2}"; }

# The text of each request's last message, in the order they came.
asked() {
	curl -s "$host/__mock/requests" | jq -r '.body.messages[-1].content'
}

ok_answer="json 200 '{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\
\"message\":{\"role\":\"assistant\",\"content\":\"ok\"}}]}'"

# ---- what goes in, what comes out

@test "-b: a record flows through byte for byte and gains one member" {
	mock
	cat >in <<-'EOT'
		{"id":7,"input":"Der Hund bellt.","lang":"en"}
		  { "n" : 12345678901234567890 , "input":"a", "a":1, "a":2 }  
		"just a text"
		{"input":"\u00e4\/x","id":1.0e0}
	EOT
	try_records 0 -b <in
	assert_stdout - <<-'EOT'
		{"id":7,"input":"Der Hund bellt.","lang":"en","reply":"Der Hund bellt."}
		  { "n" : 12345678901234567890 , "input":"a", "a":1, "a":2 ,"reply":"a"}  
		{"input":"just a text","reply":"just a text"}
		{"input":"\u00e4\/x","id":1.0e0,"reply":"ä/x"}
	EOT
	assert_stderr
}

@test "-b: a request's body sends its known fields, and they win" {
	mock
	echo '{"messages":[{"role":"user","content":"hi"}],"max_tokens":50,"x":1}' |
		try_records 0 -b --max-tokens 9 --temperature 0
	assert_stdout '{"messages":[{"role":"user","content":"hi"}],"max_tokens":50,"x":1,"reply":"hi"}'
	curl -s "$host/__mock/requests" | jq -c .body | assert_file /dev/stdin \
		'{"model":"ai/smollm2","max_tokens":50,"messages":[{"role":"user","content":"hi"}],"temperature":0,"stream":false}'
}

@test "-b: a model that a record names is asked, unless -m is given" {
	mock --models ai/smollm2,ai/gemma3
	line='{"messages":[{"role":"user","content":"hi"}],"model":"ai/gemma3"}'
	try -0 dmr-chat -b <<<"$line"
	DMR_MODEL=ai/smollm2 try -0 dmr-chat -b <<<"$line"
	try_records 0 -b <<<"$line"
	curl -s "$host/__mock/requests" | jq -r .body.model |
		assert_file /dev/stdin ai/gemma3 ai/gemma3 ai/smollm2
}

@test "-b: an OpenAI batch line gets an OpenAI batch output line" {
	mock
	echo '{"custom_id":"a-1","method":"POST","url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"hi"}],"seed":3}}' |
		try_records 0 -b
	jq -c '[.custom_id, .response.status_code, .error, keys,
		.response.body.object,
		.response.body.choices[0].message.content]' stdout |
		assert_file /dev/stdin \
			'["a-1",200,null,["custom_id","error","id","response"],"chat.completion","hi"]'
	[[ $(curl -s "$host/__mock/requests" | jq .body.seed) == 3 ]]
	echo '{"custom_id":"a-1","method":"POST","url":"/v1/embeddings","body":{}}' |
		try_records 8 -b
	jq -c '[.custom_id, .response, .error.exit, .error.message]' stdout |
		assert_file /dev/stdin \
			'["a-1",null,2,"the request is not for POST /v1/chat/completions"]'
}

@test "-b: a batch line without messages asks nothing" {
	mock
	for body in '{}' '{"messages":null}' '{"messages":"hi"}'; do
		echo '{"custom_id":"a","url":"/v1/chat/completions","body":'"$body}"
	done | try_records 8 -b
	jq -c '[.error.exit, .error.message]' stdout | uniq |
		assert_file /dev/stdin '[26,"the body has no messages"]'
	run -1 grep -c . <(asked)
}

@test "-b: OpenAI batch output lines are not asked about again" {
	mock
	printf '%s\n' '{"custom_id":"a","url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"hi"}]}}' |
		try_records 0 -b
	cp stdout first
	try_records 0 -b <first
	assert_stdout -f first
	assert_stderr
	(($(asked | wc -l) == 1))
}

@test "-b: what --dry-run prints is taken back" {
	mock
	printf '%s\n' '{"id":1,"input":"one"}' '"two"' \
		'{"messages":[{"role":"user","content":"three"}]}' >in
	try_records 0 -b --dry-run --seed 5 Say <in 2>/dev/null || :
	try_records 8 -b --dry-run --seed 5 Say <in
	try_records 0 -b --dry-run --seed 5 < <(head -n 2 in)
	[[ ! $(asked) ]]
	cp stdout requests.jsonl
	jq -c '[.custom_id, .url, .body.seed, .body.model]' requests.jsonl |
		assert_file /dev/stdin \
			'["1","/v1/chat/completions",5,"ai/smollm2"]' \
			'["2","/v1/chat/completions",5,"ai/smollm2"]'
	try -0 dmr-chat -b <requests.jsonl
	jq -r '.response.body.choices[0].message.content' stdout |
		assert_file /dev/stdin one two
}

@test "-b: bad lines are bad records in their place" {
	mock
	{
		printf '%s\n' '{"input":"a"}' nonsense '' 17 '[1]' null '{"input":'
		printf '{"input":"\xff"}\n'
		printf '{"a":%s1%s}\n' "$(printf '[%.0s' {1..128})" \
			"$(printf ']%.0s' {1..128})"
		printf '{"input":"z"}'
	} >in
	try_records 8 -b <in
	(($(wc -l <stdout) == 10))
	sed -n '1p;10p' stdout | assert_file /dev/stdin \
		'{"input":"a","reply":"a"}' '{"input":"z","reply":"z"}'
	sed '1d;10d' stdout | jq -c '.reply_error | [.code, .line, .exit]' |
		assert_file /dev/stdin '["bad_record",2,26]' \
			'["bad_record",3,26]' '["bad_record",4,26]' \
			'["bad_record",5,26]' '["bad_record",6,26]' \
			'["bad_record",7,26]' '["bad_record",8,26]' \
			'["bad_record",9,26]'
	assert_stderr 'dmr-chat: 8 of 10 records failed'
}

@test "-l: each line is a text; CR is cut, a blank line is not skipped" {
	mock
	printf 'a\r\n\n{"input":1}\n"\t\\\nlast' | try_records 0 -l Say
	assert_stdout '{"input":"a","reply":"Say\n\na"}' \
		'{"input":"","reply":"Say"}' \
		'{"input":"{\"input\":1}","reply":"Say\n\n{\"input\":1}"}' \
		'{"input":"\"\t\\","reply":"Say\n\n\"\t\\"}' \
		'{"input":"last","reply":"Say\n\nlast"}'
	printf 'a\n\n' | try_records 8 -l
	sed -n 2p stdout | jq .reply_error.exit | assert_file /dev/stdin 26
}

@test "-0: records end in NUL, in and out" {
	mock
	printf 'two\nlines\0a\r\0' | try_records 0 -l -0
	printf '{"input":"two\\nlines","reply":"two\\nlines"}\0{"input":"a\\r","reply":"a\\r"}\0' |
		assert_stdout -
	printf 'two\nlines\n\0a\0' | try_records 0 -l0r
	printf 'two\nlines\n\0a\0' | assert_stdout -
	assert_stderr
}

@test "-0: so do the requests of --dry-run" {
	printf 'a\0b\0' | try_records 0 -l0 --dry-run
	cp stdout got
	printf 'a\nb\n' | try_records 0 -l --dry-run
	tr '\n' '\0' <stdout | assert_file got -
}

@test "records: what the output fed back asks for again is told" {
	script '{"contains":"x","fault":"length"}'
	printf '%s\n' 17 y | try_records 8 -b
	assert_stderr 'dmr-chat: 2 of 2 records failed'
	printf '%s\n' '"x"' 17 '"y"' | try_records 8 -b
	assert_stderr 'dmr-chat: 2 of 3 records failed; the output fed back asks for some of them again'
}

@test "NUL in a record is told, once" {
	mock
	printf 'a\0b\nc\0d\ne\n' | try_records 0 -l
	assert_stdout $'{"input":"a\\u0000b","reply":"a\ufffdb"}' \
		$'{"input":"c\\u0000d","reply":"c\ufffdd"}' '{"input":"e","reply":"e"}'
	assert_stderr 'dmr-chat: line 1 holds NUL, U+FFFD is sent instead; there may be more'
}

@test "--dry-run: no request for a record that has its answer" {
	printf '%s\n' '{"input":"a","reply":"b"}' '"c"' | try_records 0 -b --dry-run
	jq -r '.custom_id, .body.messages[0].content' stdout |
		assert_file /dev/stdin 2 c
	assert_stderr
}

@test "--as: neither a member that is asked by, nor what is no UTF-8" {
	echo '{"input":"a"}' >in
	try_records 2 -b --as input <in
	assert_stderr 'dmr-chat: --as input: a record is asked by that member'
	try_records 2 -b --as temperature <in
	assert_stderr 'dmr-chat: --as temperature: a record is asked by that member'
	printf 'Summarise: {{text}}\n' >sum.prompt
	try_records 2 -b -t ./sum.prompt --as text <in
	assert_stderr "dmr-chat: the template asks by 'text', which the answer is to be called; try: --as NAME"
	try_records 2 -b --as $'a\xff' <in
	assert_stderr 'dmr-chat: --as takes UTF-8'
}

@test "-j: no more sockets than there may be files" {
	mock
	seq 100 >in
	(
		ulimit -n 24
		try_records 0 -l -j 100 <in
	)
	(($(wc -l <stdout) == 100))
	assert_stderr
}

@test "models: what ends the run is asked once, however many wait for it" {
	script '{"path":"/models/create","status":500,"text":"no"}'
	yes x | head -20 | try_records 22 -l -m ai/x -j 8 --pull missing
	curl -s "$host/__mock/requests" | jq -r .path | grep -c /models/create |
		assert_file /dev/stdin 1
}

@test "--max-errors: what was not printed is not told" {
	script '{"contains":"x","fault":"length","delay":"300ms"}'
	printf '%s\n' '"x"' 17 17 | try_records 8 -b --max-errors 1
	assert_stderr 'dmr-chat: 1 of 1 records failed; the output fed back asks for them again'
}

@test "a server that accepts no connection ends the run, not each record" {
	seq 20 >in
	try -28 unaccepted dmr-chat -l -m x -j 2 --connect-timeout 50ms <in
	assert_stdout
	[[ $stderr == *'--connect-timeout 0.05s'* ]]
}

@test "retry: kept connections that all die are no answer" {
	script '{"contains":"die","fault":"reset","times":6}' '{"delay":"300ms"}'
	mkfifo in out
	dmr-chat -m ai/smollm2 -l -r -j 8 <in >out 2>said &
	exec 6>in 7<out
	seq 8 >&6
	for i in {1..8}; do
		read -r -u 7 line
		[[ $line == "$i" ]]
	done
	echo die >&6
	exec 6>&-
	cat <&7 >rest
	try -0 wait $!
	assert_file rest die
	assert_file said
}

@test "-r: the answers alone; a failed one is empty and told" {
	script '{"contains":"bad","fault":"500"}' \
		'{"contains":"long","text":"two\nlines\n"}'
	printf '%s\n' a bad long b | try_records 8 -l -r -j 1
	assert_stdout a '' two lines b
	sed 's/answered 500:.*/answered 500/' stderr | assert_file /dev/stdin \
		"dmr-chat: line 2: '$host' answered 500" \
		'dmr-chat: an answer has several lines; try: --null' \
		'dmr-chat: 1 of 4 records failed'
	printf '%s\n' '{"reply":"old"}' '{"reply":[1, 2]}' 5 | try_records 8 -b -r
	assert_stdout old '[1, 2]' ''
	sed -n 1p stderr | assert_file /dev/stdin \
		'dmr-chat: line 3: neither an object nor a string'
}

@test "--as, --full, --schema, --jq, -x: the value of the member" {
	mock
	echo '{"input":"hi"}' >in
	try_records 0 -b --as summary <in
	assert_stdout '{"input":"hi","summary":"hi"}'
	try_records 0 -b --full <in
	jq -c '.reply | [.text, .finish_reason, .usage.completion_tokens > 0,
		keys]' stdout | assert_file /dev/stdin \
		'["hi","stop",true,["finish_reason","model","text","usage"]]'
	try_records 0 -b -S 'name, age int' <in
	assert_stdout '{"input":"hi","reply":{"name":"name","age":1}}'
	try_records 0 -b -S 'name, age int' --jq .name <in
	assert_stdout '{"input":"hi","reply":"name"}'
	try_records 0 -b -S 'name, age int' --jq '.[]' <in
	assert_stdout '{"input":"hi","reply":["name",1]}'
	try_records 0 -b -S 'name, age int' --jq 'empty' <in
	assert_stdout '{"input":"hi","reply":null}'
	try_records 0 -b -r -S 'name, age int' --jq '.[]' <in
	assert_stdout name 1
	printf '%s\n' '{"input":"```\ncode\n```"}' '{"input":"none"}' |
		try_records 8 -b -x
	jq -c '[.reply, .reply_error.exit]' stdout |
		assert_file /dev/stdin '["code\n",null]' '[null,5]'
}

@test "--assert: no record fails, and the run ends with 1" {
	mock
	printf '"1"\n"2"\n' | try_records 1 -b --assert '. < 2'
	assert_stdout '{"input":"1","reply":"1"}' '{"input":"2","reply":"2"}'
	assert_stderr 'dmr-chat: of 2 answers --assert says no of 1'
	printf '"1"\nx\n' | try_records 8 -b --assert '. < 2'
	printf '"1"\n' | try_records 0 -b --assert '. < 2'
}

@test "tools: their calls are the answer" {
	mock
	echo '{"messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"tool_choice":"required"}' >in
	try_records 0 -b <in
	jq -c '.reply.tool_calls[0].function.name' stdout |
		assert_file /dev/stdin '"f"'
	try_records 0 -b --full <in
	jq -c '[.reply.finish_reason, .reply.tool_calls[0].function.name]' \
		stdout | assert_file /dev/stdin '["tool_calls","f"]'
}

# ---- templates

@test "templates: members are the variables, with bytes of their own" {
	mock
	echo 'A={{a}}{{#b}} B={{b}}{{/b}} {{c|none}}' >t.prompt
	printf '%s\n' '{"a":1.50,"b":"t\"wo","input":"unused"}' \
		'{"a":[1, {"x":2}],"b":null}' '{"b":3}' '{"a":"{{c}}","a":"x","c":""}' \
		'{"messages":[]}' |
		try_records 8 -b -t ./t.prompt
	jq -c '[.reply, .reply_error.exit, .reply_error.message]' stdout |
		assert_file /dev/stdin '["A=1.50 B=t\"wo none",null,null]' \
			'["A=[1, {\"x\":2}] none",null,null]' \
			"[null,2,\"./t.prompt:1:3: no member, and no -p, called 'a'\"]" \
			'["A=x ",null,null]' \
			'[null,2,"a record with messages takes no prompt, template, file or image"]'
}

@test "templates: a member wins over -p; input is added where none is placed" {
	mock
	echo 'A={{a}}' >t.prompt
	printf '%s\n' '{"a":"member","input":"in"}' '{"input":"in"}' |
		try_records 0 -b -t ./t.prompt -p a=option
	jq -r .reply stdout | assert_file /dev/stdin A=member A=option '' in
	echo 'Say:' >t.prompt
	printf '%s\n' '{"x":1,"prompt":"p","input":"in"}' |
		try_records 0 -b -t ./t.prompt
	jq -r .reply stdout | assert_file /dev/stdin Say: '' p '' in
	echo '{{input}}' >t.prompt
	printf '%s\n' '{"x":1}' '{"input":" "}' | try_records 8 -b -t ./t.prompt
	jq -c '.reply_error.exit' stdout | assert_file /dev/stdin 2 26
}

@test "templates: a part is a part of each record's prompt" {
	mock
	echo '{{> part}}: {{input}}' >t.prompt
	echo 'P {{who}}' >part.prompt
	printf '%s\n' '{"who":"a","input":1}' '{"who":"b","input":2}' |
		try_records 0 -b -t ./t.prompt
	jq -r .reply stdout | assert_file /dev/stdin 'P a: 1' 'P b: 2'
}

# ---- again

@test "the output is the next run's input: only what failed is asked again" {
	script '{"contains":"b","times":1,"fault":"length"}'
	printf '%s\n' '{"input":"a"}' '{"input":"b"}' 'bad' '{"input":"c"}' |
		try_records 8 -b
	cp stdout first
	jq -r '.reply_error.code // empty' first |
		assert_file /dev/stdin length bad_record
	curl -s -X DELETE "$host/__mock/requests"
	try_records 8 -b <first
	sed -n '1p;2p;4p' stdout | assert_file /dev/stdin \
		'{"input":"a","reply":"a"}' '{"input":"b","reply":"b"}' \
		'{"input":"c","reply":"c"}'
	asked | assert_file /dev/stdin b
}

@test "filters chain, and what failed in the first fails in the second" {
	script '{"contains":"long b","fault":"length"}'
	echo 'long {{text}}' >first.prompt
	echo 'title {{summary}}' >second.prompt
	printf '%s\n' '{"text":"a"}' '{"text":"b"}' >in
	try_records 8 -b -t ./first.prompt --as summary <in
	cp stdout first
	try_records 8 -b -t ./second.prompt --as title <first
	jq -c '[.summary, .title, .summary_error.exit, .title_error.exit]' \
		stdout | assert_file /dev/stdin \
		'["long a","title long a",null,null]' '[null,null,3,2]'
}

# ---- order, jobs, window

@test "order: line N out answers line N in, whatever is slow" {
	script '{"contains":"n1x","delay":"400ms","text":"one"}' \
		'{"contains":"n5x","delay":"200ms","text":"five"}'
	seq -f 'n%gx' 50 | try_records 0 -l -j 4
	seq -f 'n%gx' 50 >in
	jq -r .input stdout | assert_file /dev/stdin -f in
	seq -f 'n%gx' 50 | try_records 0 -l -j 4 --unordered
	[[ $(head -n 1 stdout | jq -r .input) != n1x ]]
	sort in >sorted
	jq -r .input stdout | sort | assert_file /dev/stdin -f sorted
}

@test "jobs: one that is slow lets 8 records for each job wait for it" {
	script "{\"contains\":\"n1x\",\"delay\":\"${DEADLINE}s\",\"text\":\"one\"}"
	seq -f 'n%gx' 100 >in
	start bash -c 'exec dmr-chat -m ai/smollm2 -l -j 2 <in'
	until (($(asked_so_far) >= 16)); do :; done
	read -r -t 0.3 _ <> <(:) || :
	(($(asked_so_far) == 16))
	kill "$pid"
	finish -143
	assert_stdout
}

@test "jobs: a config key" {
	mock
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	echo 'jobs = 0' >"$XDG_CONFIG_HOME/dmr/config"
	try_records 2 -l <<<x
	echo 'jobs = 3' >"$XDG_CONFIG_HOME/dmr/config"
	try_records 0 -l <<<x
	try_records 0 -n hi
}

@test "--max-errors: the run ends behind the Nth failure" {
	script '{"contains":"bad","fault":"length"}'
	printf '%s\n' a bad b bad c bad d | try_records 8 -l --max-errors 2
	jq -r .input stdout | assert_file /dev/stdin a bad b bad
	assert_stderr 'dmr-chat: 2 of 4 records failed; the output fed back asks for them again'
	printf '%s\n' a bad b | try_records 8 -l --max-errors 2
	(($(wc -l <stdout) == 3))
}

@test "no input at all is 0, and nothing printed" {
	mock
	try_records 0 -b </dev/null
	assert_stdout
	assert_stderr
	[[ ! $(asked) ]]
}

# ---- the server has enough

@test "429 and 503: the jobs are halved, Retry-After holds for all" {
	script '{"contains":"n4x","times":1,"status":429,"headers":{"Retry-After":"1"},"json":{}}' \
		'{"contains":"n9x","times":1,"status":503,"json":{}}'
	lap
	seq -f 'n%gx' 40 | try_records 0 -l -j 4 --log log
	lap
	((ms >= 1000))
	assert_stderr
	(($(wc -l <stdout) == 40))
	jq -c 'select(.tries > 1) | .request.messages[0].content' log |
		sort | assert_file /dev/stdin '"n4x"' '"n9x"'
}

@test "429 for good: each record fails in its place, after its tries" {
	script '{"status":429,"headers":{"Retry-After":"0"},"json":{}}'
	seq 3 | try_records 8 -l --retry 1
	jq -c '.reply_error | [.exit, .retryable]' stdout |
		assert_file /dev/stdin '[22,true]' '[22,true]' '[22,true]'
	(($(asked | wc -l) == 6))
}

# Milliseconds since the last time.
lap() {
	local now=${EPOCHREALTIME/./}

	ms=$(((now - ${begin:-$now}) / 1000))
	begin=$now
}

@test "refused: the first one ends the run with 7" {
	seq 3 | try_records 7 -l
	assert_stdout
	assert_stderr "dmr-chat: cannot connect to 'http://127.0.0.1:1': connection refused; try: docker model status"
}

@test "refused after an answer: retried, then 7 and whole lines" {
	serve < <(printf '%s\n' accept read "$ok_answer" read "$ok_answer" refuse)
	lap
	seq 9 | try_records 7 -l -j 1 --retry 1 -o out
	lap
	((ms >= 250)) # half of the first wait
	[[ ! -e out ]]
	serve < <(printf '%s\n' accept read "$ok_answer" read "$ok_answer" refuse)
	seq 9 | try_records 7 -l -j 1 --retry 0
	assert_stdout '{"input":"1","reply":"ok"}' '{"input":"2","reply":"ok"}'
	assert_stderr "dmr-chat: cannot connect to '$DMR_HOST': connection refused; try: docker model status"
}

@test "refused for a while: the server is waited for" {
	mock --listen unix:s 8>&- 9<&-
	mkfifo in out
	start bash -c 'exec dmr-chat -m ai/smollm2 -l -j 1 --retry 9 <in >out'
	exec 8>in 9<out
	echo a >&8
	read -r line <&9
	[[ $line == '{"input":"a","reply":"a"}' ]]
	end_mock
	echo b >&8
	mock --listen unix:s 8>&- 9<&-
	read -r line <&9
	[[ $line == '{"input":"b","reply":"b"}' ]]
	exec 8>&-
	finish -0
}

# ---- the model

@test "models: the only one there is is found for all" {
	mock
	seq 20 | try -0 dmr-chat -l
	(($(wc -l <stdout) == 20))
	assert_stderr
	(($(curl -s "$host/__mock/requests" | grep -c '"GET"') == 1))
}

@test "models: it is found behind an answer of a record's own, too" {
	mock --models ai/smollm2
	printf '%s\n' '{"input":"b"}' \
		'{"messages":[{"role":"user","content":"a"}],"model":"ai/smollm2"}' >in
	for sorted in sort 'sort -r'; do
		$sorted in | try -0 dmr-chat -b -j 1
		assert_stderr
	done
}

@test "models: one that is missing ends the run with 6, --pull gets it" {
	mock
	seq 20 | try -6 dmr-chat -l -m ai/gemma3
	assert_stdout
	assert_stderr "dmr-chat: no model 'ai/gemma3' on '$host'; try: dmr-models pull ai/gemma3"
	seq 20 | try -0 dmr-chat -l -m ai/gemma3 --pull missing
	(($(wc -l <stdout) == 20))
	(($(curl -s "$host/__mock/requests" | grep -c /models/create) == 1))
	line='{"messages":[{"role":"user","content":"hi"}],"model":"ai/none"}'
	try -8 dmr-chat -b <<<"$line"
	jq -c .reply_error.exit stdout | assert_file /dev/stdin 6
}

# ---- cache and log

@test "--cache: what is there is not asked again, the digest once a run" {
	script '{"contains":"bad","fault":"length"}'
	mkdir cache
	printf '%s\n' a b bad c >in
	try_records 8 -l --cache cache --log log1 <in
	cp stdout first
	curl -s -X DELETE "$host/__mock/requests"
	try_records 8 -l --cache cache --log log2 <in
	assert_stdout -f first
	curl -s "$host/__mock/requests" | jq -r '.method + " " + .path' |
		assert_file /dev/stdin 'GET /models/ai/smollm2' \
			'POST /engines/v1/chat/completions'
	jq -c '[.cached, .tries, .exit]' log2 | sort |
		assert_file /dev/stdin '[false,1,3]' '[true,0,0]' '[true,0,0]' \
			'[true,0,0]'
	(($(wc -l <log1) == 4))
}

@test "--cache: a model that is pulled is known then" {
	mock
	seq 5 | try -0 dmr-chat -l -m ai/gemma3 --pull missing --cache cache
	(($(find cache -type f | wc -l) == 5))
	mock
	try -0 dmr-chat -n -m ai/gemma3 --pull missing --cache cache hi
	(($(find cache -type f | wc -l) == 6))
}

@test "--cache: each of many models is asked for once" {
	mock --models "$(seq -s, -f 'ai/m%g' 20)"
	for i in 1 2 3; do
		seq -f '{"messages":[{"role":"user","content":"a"}],"model":"ai/m%g"}' 20
	done | try -0 dmr-chat -b --cache cache
	(($(curl -s "$host/__mock/requests" | grep -c '"GET"') == 20))
}

@test "--cache: a batch line is the same line out of it" {
	mock
	seq -f 'n%g' 20 >texts
	jq -Rc '{custom_id: ., url: "/v1/chat/completions",
		body: {messages: [{role: "user", content: .}]}}' <texts >in
	try_records 0 -b --cache cache <in
	cp stdout first
	grep -q '"total_tokens":' first
	try_records 0 -b --cache cache <in
	assert_stdout -f first
	(($(asked | grep -c 'n[0-9]') == 20))
}

@test "--cache: the log does not call stored what was asked for" {
	mock --models ai/smollm2
	ask_again() {
		try "-$1" dmr-chat -b -j 1 --cache cache --log log <<-'EOT'
			{"messages":[{"role":"user","content":"a"}],"model":"ai/smollm2"}
			{"messages":[{"role":"user","content":"a"}],"model":"none"}
		EOT
	}
	ask_again 8
	ask_again 8
	jq -c '[.model, .cached, .tries]' log | assert_file /dev/stdin \
		'["ai/smollm2",false,1]' '["none",false,1]' \
		'["ai/smollm2",true,0]' '["none",false,1]'
}

@test "from-llm.md: records, and three questions to their log" {
	mock
	need jq
	printf '%s\n' '{"input":"A first sentence. More."}' '"x"' bad >notes.jsonl
	printf '%s\n' Hello Bye >mails.txt
	export DMR_LOG=$PWD/calls.jsonl DMR_MODEL=ai/smollm2
	# One with a picture, of which a call came, and not for the first time.
	jq -nc '{time: "2026-01-02", model: "m", ms: 1, exit: 0, cached: true,
		usage: {completion_tokens: 1}, reply: {text: ""},
		request: {messages: [{content: [{type: "text"}]}]}}' >"$DMR_LOG"
	sed -n '/^## Records/,/^## /p' "$top/docs/from-llm.md" |
		sed -n '/^```shell/,/^```$/p' | grep -v '^```' |
		sed 's/^# .*/echo "&"/' >script.sh
	((n = $(grep -c '^echo' script.sh), n == 5))
	try bash script.sh
	assert_stderr 'dmr-chat: 1 of 3 records failed'
	jq -c '[.summary, .summary_error.exit]' summaries.jsonl |
		assert_file /dev/stdin '["A first sentence.",null]' \
			'["x",null]' '[null,26]'
	(($(wc -l <calls.jsonl) == 5))
	sed -n '/^# A value/,/^# Tokens/p' stdout | assert_file /dev/stdin \
		'# A value for each line of a text.' mood mood \
		'# Tokens by model by day; those of stored answers were counted before.'
	sed -n '/^# Tokens/,/^# The/p' stdout | sed '1d;$d' >tokens
	grep -qE $'^20[0-9-]{8}\tai/smollm2\t[1-9][0-9]*$' tokens
	(($(wc -l <tokens) == 1))
	sed -n '/^# The/,/^# Training/p' stdout | grep -c $'^[0-9]*\t' |
		assert_file /dev/stdin 5
	# The log has them as they came.
	sed -n '/^# Training/,$p' stdout | sed 1d |
		jq -r '.messages[-1] | .role + " " + .content' | LC_ALL=C sort |
		assert_file /dev/stdin 'assistant A first sentence.' \
			'assistant x' 'assistant {"mood":"mood"}' \
			'assistant {"mood":"mood"}'
}

# ---- options that do not fit

@test "options: what makes no sense of records is exit 2" {
	mock
	while read -r -a args; do
		echo "${args[*]}"
		try_records 2 "${args[@]}" </dev/null
		assert_stdout
		[[ $stderr == 'dmr-chat: '* && $stderr != *$'\n'* ]]
	done <<-'EOT'
		-b -l
		-r hi
		-0 hi
		-j 4 hi
		--as x hi
		-b -r --full
		-b -n
		-b -c talk
		-b --count
		-b --usage
		-b -R stderr
		-b -f -
		-b --max-errors 0
		-b -j 0
		-b -j 1001
	EOT
}

# ---- faults of input

@test "I14: a line of 10 MiB is asked about, and a longer one is bad" {
	mock
	{
		head -c $((10 << 20)) /dev/zero | tr '\0' a
		echo
		head -c $(((10 << 20) - 1000)) /dev/zero | tr '\0' a
		printf '\nb\n'
	} >in
	try_records 8 -l --max-tokens 1 --cut-ok -r <in
	(($(wc -l <stdout) == 3))
	sed -n 3p stdout | assert_file /dev/stdin b
	sed -n 1p stderr | grep -q 'line 1: the request has 10.0 MiB'
}

@test "I15: an endless input ends when its reader does" {
	mock
	lap
	yes | records -l -j 4 2>err | head -n 3 >out
	lap
	assert_file out '{"input":"y","reply":"y"}' '{"input":"y","reply":"y"}' \
		'{"input":"y","reply":"y"}'
	assert_file err
	((ms < 1000 * DEADLINE / 10))
}

# spent NAME: sets it to the processor time of $pid, in ticks.
spent() {
	local user system

	read -r _ _ _ _ _ _ _ _ _ _ _ _ _ user system _ <"/proc/$pid/stat"
	printf -v "$1" %d $((user + system))
}

@test "I16: a slow producer holds back no answer that is ready" {
	mock
	mkfifo in out
	start bash -c 'exec dmr-chat -m ai/smollm2 -l <in >out'
	exec 8>in 9<out
	for n in 1 2 3; do
		printf 'n%d' "$n" >&8
		echo >&8
		read -r -t "$DEADLINE" line <&9
		[[ $line == "{\"input\":\"n$n\",\"reply\":\"n$n\"}" ]]
	done
	# And then nothing is said, and nothing done: a tick is 10 ms.
	spent before
	run ! read -r -t 0.5 line <&9
	spent after
	((after - before < 10))
	exec 8>&-
	finish -0
}

@test "I17: records are standard input, which -n leaves to others" {
	mock
	printf 'a\nb\n' | {
		read -r first
		try_records 0 -n hi
		assert_stdout hi
		read -r second
		[[ $first$second == ab ]]
	}
}

@test "I18: a FIFO without a writer is waited for, its end is the end" {
	mock
	mkfifo in
	start bash -c 'exec dmr-chat -m ai/smollm2 -l <in'
	printf 'a\nb' >in
	finish -0
	assert_stdout '{"input":"a","reply":"a"}' '{"input":"b","reply":"b"}'
}

@test "I19: '-' is standard input once" {
	mock
	try_records 0 -l - <<<a
	assert_stdout '{"input":"a","reply":"a"}'
	try_records 2 -l - - <<<a
	try_records 2 -l -s @- <<<a
}

@test "I20: the size of a file is not believed" {
	mock
	truncate -s 20M zeros
	try_records 8 -l --max-tokens 1 <zeros
	(($(wc -l <stdout) == 1))
	jq -c '.reply_error | [.code, .line]' stdout |
		assert_file /dev/stdin '["bad_record",1]'
	try_records 0 -l </proc/sys/kernel/ostype
	assert_stdout '{"input":"Linux","reply":"Linux"}'
}

@test "I21: standard input and output may be one socket" {
	mock
	python - "$BUILD/dmr-chat" >out <<-'EOT'
		import socket, subprocess, sys
		ours, theirs = socket.socketpair()
		p = subprocess.Popen([sys.argv[1], "-m", "ai/smollm2", "-l"],
		                     stdin=theirs, stdout=theirs)
		theirs.close()
		ours.sendall(b"a\nb\n")
		ours.shutdown(socket.SHUT_WR)
		print(ours.makefile().read(), p.wait(), sep="", end="\n")
	EOT
	assert_file out '{"input":"a","reply":"a"}' '{"input":"b","reply":"b"}' 0
}

@test "I22: invisible characters go to the model as they are" {
	mock
	text=$'a\u202eb\U000e0041c\u200bd'
	try_records 0 -l -r <<<"$text"
	assert_stdout "$text"
}

# ---- faults of output

@test "O3: a reader that goes away ends the run, also while the server thinks" {
	serve < <(printf '%s\n' accept read "$ok_answer" read 'mark thinks' \
		"expect-close $((DEADLINE * 1000))")
	seq 3 >in
	mkfifo out
	start bash -c 'exec dmr-chat -m ai/smollm2 -l -j 1 <in >out'
	exec 9<out
	read -r line <&9
	[[ $line == '{"input":"1","reply":"ok"}' ]]
	reached thinks
	exec 9<&-
	finish -141
	assert_stderr
	closed
}

@test "O4: with SIGPIPE ignored it is exit 23, and quiet" {
	mock
	yes | {
		trap '' PIPE
		{
			code=0
			records -l 2>err || code=$?
			echo "$code" >code
		} | head -n 1 >out
	}
	assert_file code 23
	assert_file err
}

@test "O5: a full output is exit 23" {
	mock
	[[ -c /dev/full ]] || lack /dev/full
	seq 100 | {
		code=0
		records -l >/dev/full 2>err || code=$?
		echo "$code" >code
	}
	assert_file code 23
	assert_file err 'dmr-chat: cannot write standard output: No space left on device'
}

@test "O6: a pipe that is non-blocking and slow gets all bytes, in order" {
	mock
	python - "$BUILD/dmr-chat" >out <<-'EOT'
		import os, subprocess, sys
		line = b"x" * 5000 + b"\n"
		with open("in", "wb") as f:
		    f.write(line * 100)
		r, w = os.pipe()
		os.set_blocking(w, False)
		p = subprocess.Popen([sys.argv[1], "-m", "ai/smollm2", "-l", "-r"],
		                     stdin=open("in", "rb"), stdout=w)
		os.close(w)
		got = b""
		while piece := os.read(r, 333):
		    got += piece
		print(got == line * 100, p.wait())
	EOT
	assert_file out 'True 0'
}

@test "O7: a reader that stalls stops the requests, and nothing times out" {
	mock
	mkfifo out
	yes "$(printf 'x%.0s' {1..1000})" | head -n 5000 >in
	start bash -c 'exec dmr-chat -m ai/smollm2 -l -j 2 --first-timeout 1s \
		--idle-timeout 1s --timeout 2s <in >out'
	exec 9<out
	# When the pipe is full and no more is asked, the requests stand still.
	before=0
	while now=$(asked_so_far) && ((now == 0 || now != before)); do
		before=$now
		read -r -t 0.3 _ <> <(:) || :
	done
	((now < 500))
	# It stalls for longer than any limit.
	read -r -t 2.5 _ <> <(:) || :
	cat <&9 >rest
	finish -0
	(($(wc -l <rest) == 5000))
}

asked_so_far() { curl -s "$host/__mock/requests" | wc -l; }

@test "O13: with standard output and error closed the code is right" {
	mock
	for want in 23 8; do
		code=0
		if ((want == 23)); then
			records -l <<<a >&- 2>&- || code=$?
		else
			records -b <<<a >/dev/null 2>&- || code=$?
		fi
		((code == want))
	done
}

@test "O17: errors of records are JSON Lines to the end, --json says them so" {
	mock
	printf '%s\n' '"a"' bad | try_records 8 -b --json
	jq -ce . stdout | wc -l | assert_file /dev/stdin 2
	jq -c '[.code, .exit]' stderr | assert_file /dev/stdin '["partial",8]'
	seq 3 | DMR_HOST=http://127.0.0.1:1 try_records 7 -l --json
	assert_stdout
	jq -c .exit stderr | assert_file /dev/stdin 7
}

@test "-o: the file appears when the run ends 0, 1 or 8" {
	script '{"contains":"bad","fault":"length"}'
	seq 2 | try_records 0 -l -o out
	(($(wc -l <out) == 2))
	echo old >out
	printf 'bad\na\n' | try_records 8 -l -o out
	(($(wc -l <out) == 2))
	echo 1 | try_records 1 -l -o out --assert 'false'
	assert_file out '{"input":"1","reply":"1"}'
	echo 1 | DMR_HOST=http://127.0.0.1:1 try_records 7 -l -o out
	assert_file out '{"input":"1","reply":"1"}'
}

@test "signals: the requests are cancelled, and no file is left" {
	for signal in INT TERM; do
		serve < <(printf '%s\n' accept read 'mark thinks' \
			"expect-close $((DEADLINE * 1000))")
		mkfifo "in$signal"
		start bash -c "exec dmr-chat -m ai/smollm2 -l -o out <in$signal"
		exec 9>"in$signal"
		echo a >&9
		reached thinks
		kill "-$signal" "$pid"
		finish "-$((128 + $(kill -l "$signal")))"
		exec 9>&-
		closed
		[[ ! -e out ]]
	done
}

@test "progress: a line on a terminal, nothing in a pipe" {
	script '{"contains":"n3x","delay":"700ms","text":"late"}'
	seq -f 'n%gx' 10 >in
	try -0 pty bash -c "exec dmr-chat -m ai/smollm2 -l -j 1 <in >out"
	grep -aqE '[0-9]+ done, 0 failed, [0-9.]+/s, (0\.[89]|[1-9][0-9.]*)s left' tty
	(($(wc -l <out) == 10))
	try_records 0 -l <in
	assert_stderr
}

@test "--cache: a run that is killed is repeated for what is missing alone" {
	mock
	seq -f 'n%g' 400 >in
	try_records 0 -l --cache whole <in
	cp stdout whole.out
	for after in 0.01 0.02 0.03 0.05 0.08; do
		rm -rf cache
		curl -s -X DELETE "$host/__mock/requests"
		timeout -s KILL "$after" "$BUILD/dmr-chat" -m ai/smollm2 -l \
			-j 4 --cache cache <in >part || :
		head -c "$(wc -c <part)" whole.out | assert_file part -
		try_records 0 -l -j 4 --cache cache <in
		assert_stdout -f whole.out
		# Nothing is asked twice but what was in flight.
		(($(asked | sort | uniq -d | grep -c 'n[0-9]') <= 4))
	done
}
