# dmr-chat --cache: an answer that was paid for once is given again.
# shellcheck disable=SC2154 # variables that lib.bash and chat.bash set
# shellcheck disable=SC2016 # what another shell shall expand

load lib
load chat

# How the server plays the digest of a model, for serve.
digest() { printf 'accept\nread\njson 200 {"id":"%s"}\n' "$1"; }

# And an answer.
answer() { # TEXT [FINISH]
	printf 'accept\nread\nsse\nrole\ndelta "%s"\nfinish %s\ndone\n' \
		"$1" "${2-stop}"
}

# Asks a server that has no management, so that every request is a question.
# A second cache is one of another port, so one server serves a test.
ask() { # [-STATUS] [ARGUMENT ...]
	local status=-0

	if [[ $1 == -[0-9]* ]]; then
		status=$1
		shift
	fi
	try "$status" dmr-chat -n --cache cache -H "$DMR_HOST/x" -m m "$@"
}

# So many answers are stored.
assert_stored() { # N
	local n=0

	[[ ! -d cache ]] || n=$(find cache -type f | wc -l)
	((n == $1)) || {
		echo "$n answers instead of $1"
		return 1
	}
}

# ---- given again

@test "--cache: a request that is repeated gives the same, and asks nothing" {
	serve_all 'Hel\n' 'l\"\xc3\xb6'
	ask hello
	cp stdout first
	assert_requests 1
	for i in 1 2; do
		ask hello
		assert_stdout -f first
		assert_stderr
		assert_requests 1
	done
	assert_stored 1
	# In a file as well, and all forms of the answer.
	ask -o file hello
	assert_file file -f first
	ask -v hello
	grep -qx 'dmr-chat: the answer is a stored one' stderr
	assert_requests 1
}

@test "Q4: another model, path, text, option or picture is another request" {
	local n=1

	serve_all ok
	images
	ask hello
	for more in '-m n' 'there' '--temperature 0' '--seed 1' '-O a=b' \
		'--no-stream' '-s S' '-a i.png' '-a i.gif' "-H $DMR_HOST/y"; do
		# shellcheck disable=SC2086 # two words
		ask hello $more
		assert_requests $((++n))
		# shellcheck disable=SC2086
		ask hello $more
		assert_requests "$n"
	done
	assert_stored "$n"
	# A picture counts by what is in it.
	cp i.png other.png
	ask hello -a i.png
	printf x >>i.png
	ask hello -a i.png
	assert_requests $((++n))
	ask hello
	assert_requests "$n"
}

@test "--cache: reasoning, calls of tools, usage, finish and model come again" {
	serve_usage
	ask -R stdout hello
	cp stdout first
	ask --json hello
	assert_requests 1
	jq -c 'del(.first_ms, .total_ms)' stdout | assert_file /dev/stdin \
		'{"text":"Hel\nl\"ö","reasoning":"hm","finish_reason":"stop","model":"model.gguf","usage":{"prompt_tokens":9,"cached_tokens":5,"completion_tokens":4},"tries":0,"cached":true}'
	jq -e '0 <= .first_ms and .first_ms <= .total_ms' stdout
	ask -R stdout hello
	assert_stdout -f first
	ask --usage hello
	assert_stderr 'dmr-chat: 9 tokens of prompt, 4 of answer, when it was stored'
	assert_requests 1
}

@test "--cache: calls of tools are stored" {
	serve_calls
	ask --tools "$tools" hello
	cp stdout first
	ask --tools "$tools" hello
	assert_stdout -f first
	ask --tools "$tools" --json hello
	jq -c .tool_calls stdout | assert_file /dev/stdin "$calls"
	assert_requests 1
}

@test "--cache: an answer that came at once is stored" {
	serve <<-'EOF'
		accept
		read
		json 200 '{"model":"big","choices":[{"index":0,"finish_reason":"stop","message":{"content":"ok"}}]}'
	EOF
	ask --no-stream hello
	ask --no-stream --json hello
	jq -c '[.text, .model, .cached]' stdout |
		assert_file /dev/stdin '["ok","big",true]'
	assert_requests 1
}

@test "--cache: an answer that is held back is stored, with its status" {
	serve_json "$ann"
	ask -S "$short" --jq .name hello
	assert_stdout Ann
	ask -1 -S "$short" --jq .age --assert '.age > 4' hello
	assert_stdout 3
	assert_requests 1
}

@test "--cache: an answer was whole before its connection broke" {
	serve <<-'EOF'
		accept
		read
		sse
		delta "ok"
		finish stop
		reset
	EOF
	ask hello
	ask hello
	assert_stdout ok
	assert_requests 1
}

@test "--cache: a conversation goes on with stored answers" {
	serve_all ok
	ask -c one.jsonl hello
	ask -c one.jsonl 'and then?'
	ask -c two.jsonl hello
	ask -c two.jsonl 'and then?'
	assert_requests 2
	assert_file two.jsonl -f one.jsonl
	turns hello ok 'and then?' ok | assert_file two.jsonl -
}

@test "--cache: the log says whether an answer was stored" {
	serve_usage
	ask --log log hello
	ask --log log hello
	jq -c '[.cached, .tries, .exit, .usage.prompt_tokens, .reply.text]' log |
		assert_file /dev/stdin '[false,1,0,9,"Hel\nl\"ö"]' \
			'[true,0,0,9,"Hel\nl\"ö"]'
	jq -e --arg host "$DMR_HOST/x" '.host == $host and .model == "m"' log
	(($(jq -c .request log | uniq | wc -l) == 1))
}

@test "O20: what could not be written is there, and costs no second call" {
	local how

	serve <<-'EOF'
		repeat
		read
		json 200 '{"choices":[{"index":0,"finish_reason":"stop","message":{"content":"ok"}}]}'
	EOF
	for how in -o/dev/full '-o/dev/full --json'; do
		# shellcheck disable=SC2086 # two words
		ask -23 --no-stream $how "write $how"
		# shellcheck disable=SC2086
		ask -23 --no-stream $how "write $how"
		ask --no-stream "write $how"
		assert_stdout ok
	done
	assert_requests 2
}

# ---- which model

@test "--cache: a model runner is asked once what the model is made of" {
	serve < <(digest sha256:a && answer one && digest sha256:a)
	for i in 1 2; do
		try -0 dmr-chat -n --cache cache -m 'ai/m x' hello
		assert_stdout one
		assert_stderr
	done
	assert_requests 3
	request_head 1 | grep -qx 'GET /models/ai/m%20x HTTP/1.1'
	request_head 3 | grep -qx 'GET /models/ai/m%20x HTTP/1.1'
}

@test "--cache: an answer belongs to the model, not to its server" {
	serve < <(digest sha256:a && answer one)
	try -0 dmr-chat -n --cache cache -m m hello
	serve < <(digest sha256:a)
	try -0 dmr-chat -n --cache cache -m m hello
	assert_stdout one
	assert_requests 1
}

@test "Q5: a model that was pulled anew under its name is asked" {
	serve < <(digest sha256:a && answer one && digest sha256:b &&
		answer two && digest sha256:a && digest sha256:b)
	for want in one two one two; do
		try -0 dmr-chat -n --cache cache -m m hello
		assert_stdout "$want"
	done
	assert_requests 6
}

@test "--cache: a server that tells no digest has its name and the model's" {
	local says

	for says in 'text 404 "404 page not found\n"' 'json 200 {}' \
		'json 401 {"error":"no"}' 'text 200 "<html>"'; do
		serve < <(printf 'accept\nread\n%s\n' "$says" && answer one &&
			printf 'accept\nread\n%s\n' "$says")
		for i in 1 2; do
			try -0 dmr-chat -n --cache cache -H "$DMR_HOST/v1" \
				-m m hello
			assert_stdout one
			assert_stderr
		done
		assert_requests 3
	done
}

@test "--cache: without a digest for now nothing is reused or stored" {
	serve < <(digest sha256:a && answer one &&
		printf 'accept\nread\ntext 500 boom\n' && answer two)
	for want in one two; do
		try -0 dmr-chat -n --cache cache -m m --retry 0 hello
		assert_stdout "$want"
	done
	[[ $stderr == 'dmr-chat: the cache is not used: '*boom* ]]
	[[ $stderr != *$'\n'* ]]
	assert_requests 4
	assert_stored 1
}

@test "--cache: a model that is not there is exit 6, as without" {
	serve <<-'EOF'
		accept
		read
		text 404 "model not found\n"
		accept
		read
		text 404 "error while getting model: model not found\n"
		accept
		read
		text 404 "error while getting model: model not found\n"
	EOF
	try -6 dmr-chat -n --cache cache -m m hello
	cp stderr with
	try -6 dmr-chat -n -m m hello
	assert_file with -f stderr
	assert_stored 0
}

@test "--cache: the only model there is has a key of its own" {
	local list='{"object":"list","data":[{"id":"ai/one:latest"}]}'
	local none='accept\nread\ntext 404 "model not found\\n"\n'

	none+='accept\nread\ntext 404 "error while getting model: not found"\n'
	serve < <(
		for i in 1 2; do
			# shellcheck disable=SC2059 # a format
			printf "$none"
			printf "accept\nread\njson 200 '%s'\n" "$list"
			digest sha256:a
			((i == 2)) || answer one
		done
	)
	for i in 1 2; do
		try -0 dmr-chat -n --cache cache hello
		assert_stdout one
		assert_stderr
	done
	assert_requests 9
}

@test "--cache: without a server it is exit 7, said once" {
	try -7 dmr-chat -n --cache cache hello
	cp stderr with
	try -7 dmr-chat -n hello
	assert_file with -f stderr
}

# ---- good answers alone

@test "Q7: what failed, was cut, refused or is not what it must be: not stored" {
	local i
	local -A ends=(
		['finish length']=3
		['finish content_filter']=4
		[close]=18
		['event {"error":{"message":"no"}}']=22
		['event {"choices":[{"delta":{"refusal":"no"}}]}\nfinish stop']=4
	)

	for i in "${!ends[@]}"; do
		serve < <(printf 'repeat\nread\nsse\ndelta "ok"\n%b\n' "${i//\{/\{}")
		ask "-${ends[$i]}" hello
		ask "-${ends[$i]}" hello
		assert_requests 2
	done
	serve <<-'EOF'
		repeat
		read
		text 500 boom
	EOF
	ask -22 --retry 0 hello
	ask -22 --retry 0 hello
	assert_requests 2
	assert_stored 0
}

@test "Q7: what a schema, -x or a filter does not take is not stored" {
	local i
	local wants=("-S $short" -x '--jq .a' '--assert .a')

	serve_all '[1]'
	for i in "${!wants[@]}"; do
		IFS=' ' read -r option value <<<"${wants[i]}"
		ask -5 "$option" ${value:+"$value"} "$i"
		ask -5 "$option" ${value:+"$value"} "$i"
		assert_requests $((2 * i + 2))
	done
	assert_stored 0
}

@test "--cache: a cut answer that was good with --cut-ok is so there alone" {
	serve < <(answer cut length && answer cut length && answer cut length)
	ask --cut-ok hello
	ask --cut-ok hello
	assert_stdout cut
	assert_requests 1
	ask -3 hello
	assert_requests 2
	ask --cut-ok hello
	assert_requests 2
}

@test "Q3: an entry that was damaged is asked for again, and replaced" {
	local entry how

	serve_all ok
	ask hello
	entry=$(find cache -type f)
	cp "$entry" good
	for how in ': >"$0"' 'head -c 100 good >"$0"' 'echo >>"$0"' \
		'sed s/ok/no/ good >"$0"' 'sed s/cache.1/cache.0/ good >"$0"' \
		'head -c 4000 /dev/urandom >"$0"'; do
		bash -c "$how" "$entry"
		! cmp -s good "$entry"
		ask hello
		assert_stdout ok
		assert_stderr
		assert_file "$entry" -f good
	done
	assert_requests 7
	ask hello
	assert_requests 7
}

# ---- the folder

@test "Q1: folders are 0700 and files 0600, whatever the umask" {
	local mask

	serve_all ok
	for mask in 0 777; do
		(umask "$mask" && ask hello)
		find cache -type d ! -perm 0700 -o -type f ! -perm 0600 >odd
		assert_file odd
		assert_stored 1
		rm -r cache
	done
}

@test "Q1: a link, or a folder of somebody else, is a warning and not used" {
	local why

	serve_all ok
	mkdir real
	ln -s real cache
	ask hello
	assert_stdout ok
	why='a symbolic link is not followed here'
	assert_stderr "dmr-chat: cache: cannot use 'cache': $why"
	rm cache
	rmdir real
	mkdir -m 777 cache
	ask hello
	why='others may write it; try: chmod go-w'
	assert_stderr "dmr-chat: cache: cannot use 'cache': $why"
	assert_stored 0
	((EUID == 0)) || return 0
	chmod 700 cache
	chown 65534 cache
	ask hello
	assert_stdout ok
	why='it belongs to somebody else'
	assert_stderr "dmr-chat: cache: cannot use 'cache': $why"
	assert_stored 0
}

@test "Q6: a folder that cannot be written is one warning, and the answer" {
	local call calls traced
	local -A whys=([EROFS]='Read-only file system'
		[ENOSPC]='No space left on device'
		[EDQUOT]='Disk quota exceeded')

	need strace
	serve_all ok
	traced=(env ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace)
	# Which of its writes is the entry?
	try -0 "${traced[@]}" -e trace=write dmr-chat -n --cache other \
		-H "$DMR_HOST/x" -m m hello
	nth=$(grep -n '"dmr-cache 1 ' trace | cut -d : -f 1)
	mkdir -m 700 cache
	calls=(mkdirat:error=EROFS "write:error=EDQUOT:when=$nth" /^renameat:error=ENOSPC)
	for call in "${calls[@]}"; do
		try -0 "${traced[@]}" -e "trace=${call%%:*}" -e "inject=$call" \
			dmr-chat -n --cache cache -H "$DMR_HOST/x" -m m hello
		assert_stdout ok
		call=${call#*error=}
		assert_stderr "dmr-chat: cache: cannot write 'cache': \
${whys[${call%%:*}]}; nothing more is stored"
		assert_stored 0
	done
}

@test "Q9: from a folder that is read-only answers are given, none stored" {
	as_nobody
	serve_all ok
	ask hello
	find cache -type d -exec chmod 500 {} +
	try -0 "${nobody[@]}" dmr-chat -n --cache cache -H "$DMR_HOST/x" \
		-m m hello
	assert_stdout ok
	assert_stderr
	assert_requests 1
	try -0 "${nobody[@]}" dmr-chat -n --cache cache -H "$DMR_HOST/x" \
		-m m another
	assert_stdout ok
	assert_stderr "dmr-chat: cache: cannot write 'cache': Permission denied; \
nothing more is stored"
	find cache -type d -exec chmod 700 {} +
	assert_stored 1
}

@test "Q8: what a killed run left is removed by the next" {
	need strace
	serve_all ok
	try -137 env ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace \
		-e trace=/^renameat -e inject=/^renameat:signal=KILL:error=EIO \
		dmr-chat -n --cache cache -H "$DMR_HOST/x" -m m hello
	compgen -G 'cache/.dmr-*'
	ask another
	run -1 compgen -G 'cache/.dmr-*'
	assert_stored 1
	assert_requests 2
}

@test "Q13: no secret is in the cache" {
	serve_all 'the key is S3CR3T-KEY, and the other ' t0psecret
	echo S3CR3T-KEY >key
	chmod 600 key
	ask --key-file key hello
	request_head 1 | grep -qx 'Authorization: Bearer S3CR3T-KEY'
	# The answer quotes it: then it is not stored.
	assert_stored 0
	ask --header 'X-Api-Key: t0psecret' hello
	assert_stored 0
	# Without such a key it is an answer as any other.
	ask hello
	assert_stored 1
	ask --header 'X-Api-Key: an0ther' hello
	assert_requests 3
	run -1 grep -rE 'an0ther|Bearer|Authorization|X-Api-Key' cache
}

# ---- where it is told

@test "--cache: DMR_CACHE and the config file name it too, the option wins" {
	serve_all ok
	DMR_CACHE=$PWD/one try -0 dmr-chat -n -H "$DMR_HOST/x" a
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	echo "cache = $PWD/two" >"$XDG_CONFIG_HOME/dmr/config"
	try -0 dmr-chat -n -H "$DMR_HOST/x" b
	DMR_CACHE=$PWD/one try -0 dmr-chat -n -H "$DMR_HOST/x" c
	DMR_CACHE=$PWD/one try -0 dmr-chat -n -H "$DMR_HOST/x" --cache three/ d
	for want in 'one 2' 'two 1' 'three 1'; do
		(($(find "${want% *}" -type f | wc -l) == ${want#* }))
	done
}

@test "--cache: the folder it lies in must be there" {
	serve_all ok
	try -0 dmr-chat -n --cache none/cache hello
	assert_stdout ok
	assert_stderr "dmr-chat: cache: cannot use 'none/cache': \
No such file or directory"
}

@test "--cache: nothing is made where nothing is asked" {
	try -0 dmr-chat -n --dry-run --cache cache hello
	assert_gone cache
	try -2 dmr-chat -n --cache cache --retry x hello
	try -26 dmr-chat --cache cache </dev/null
	assert_gone cache
	refused -2 '--cache takes a folder' -n --cache - hello
	assert_gone ./-
	serve <<-'EOF'
		accept
		read
		json 200 {"input_tokens":7}
	EOF
	try -0 dmr-chat -n --count --cache cache hello
	assert_stdout 7
	assert_gone cache
}
