# The config file and the environment: what they may say, who wins, and that
# nothing is looked up in the current directory.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib

setup() {
	lib_setup
	config=$XDG_CONFIG_HOME/dmr/config
	mkdir -p "${config%/*}"
}

# chat ARGUMENT ...: a good answer, and nothing to complain of.
chat() {
	try -0 dmr-chat -n "$@" hi </dev/null
	assert_stdout ok
	assert_stderr
}

# refused MESSAGE [ARGUMENT ...]: a usage error, before anybody was asked.
refused() {
	try -2 dmr-chat -n "${@:2}" hi </dev/null
	assert_stdout
	assert_stderr "dmr-chat: $1"
}

# The last request, its body through a filter of jq.
asked() {
	local n

	n=$(find "$requests" -name 'request.*' | wc -l)
	request "$n" | jq -r "$@"
}

authorization() {
	local n

	n=$(find "$requests" -name 'request.*' | wc -l)
	request_head "$n" | sed -n 's/^Authorization: Bearer //p'
}

# as_nobody COMMAND ...: as somebody without rights, if we are root.
as_nobody() {
	local drop=()

	((EUID)) || drop=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	try "-$1" "${drop[@]}" "${@:2}"
}

need_root() {
	((EUID == 0)) || lack root
}

# ---- C3

@test "C3: no config file, an empty one and one of comments are good" {
	serve_ok
	rm -rf "$XDG_CONFIG_HOME"
	chat
	mkdir -p "${config%/*}"
	: >"$config"
	chat
	printf '# text\n\n \t\n  # more\n[dmr-chat]\n[dmr-other]\n#' >"$config"
	chat
}

@test "C3: a config file that is no regular file is exit 2" {
	mkdir "$config"
	refused "cannot read '$config': not a regular file"
	rmdir "$config"
	mkfifo "$config"
	refused "cannot read '$config': not a regular file"
	rm "$config"
	ln -s /dev/zero "$config"
	refused "cannot read '$config': not a regular file"
}

@test "C3: a config file that cannot be read is exit 2" {
	: >"$config"
	chmod 0 "$config"
	((EUID)) || chown 65534 "$config"
	chmod 711 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" \
		"$BATS_TEST_TMPDIR" "$HOME" "$XDG_CONFIG_HOME" "${config%/*}"
	as_nobody 2 dmr-chat -n hi
	assert_stdout
	assert_stderr "dmr-chat: cannot read '$config': Permission denied"
}

@test "C3: a config file of 1 GB is exit 2" {
	truncate -s 1G "$config"
	refused "'$config' is larger than 65536 bytes"
	truncate -s 0 "$config"
	head -c 65537 /dev/zero | tr '\0' '#' >"$config"
	refused "'$config' is larger than 65536 bytes"
	serve_ok
	truncate -s 65536 "$config"
	chat
}

@test "C3: NUL, BOM, CRLF and other control bytes are exit 2 with file and line" {
	printf '# one\nretry = 1\0\n' >"$config"
	refused "$config:2: a control character"
	printf '\xef\xbb\xbfretry = 1\n' >"$config"
	refused "$config:1: a byte order mark; save the file without it"
	printf '# one\r\nretry = 1\r\n' >"$config"
	refused "$config:1: a control character"
	printf 'retry = 1\n\nmodel = a\e[1m\n' >"$config"
	refused "$config:3: a control character"
}

# ---- C4

@test "C4: an unknown key is exit 2 with file and line" {
	local key want=()
	local unknown=(modell temperature template output header stream quiet
		verbose no-stdin param option help 'host name' Model)
	# These belong to the machine, not to one of its tools.
	local shared=(host retry key-file timeout cacert template-path)

	export config
	# shellcheck disable=SC2016 # dollars that each() shall expand
	each 'printf "# one\n%s = 1\n" "$1" >"$config"
		dmr-chat -n hi' "${unknown[@]}"
	for key in "${unknown[@]}"; do
		want+=("dmr-chat: $config:2: unknown key '$key'" 2)
	done
	assert_stdout "${want[@]}"
	# shellcheck disable=SC2016
	each 'printf "[dmr-chat]\n%s = 1\n" "$1" >"$config"
		dmr-chat -n hi' "${shared[@]}"
	want=()
	for key in "${shared[@]}"; do
		want+=("dmr-chat: $config:2: unknown key '$key'" 2)
	done
	assert_stdout "${want[@]}"
	# Also in the section of another tool.
	printf '[dmr-embed]\n\nnonsense = 1\n' >"$config"
	refused "$config:3: unknown key 'nonsense'"
}

@test "C4: a key that stands there twice is exit 2" {
	printf 'retry = 1\nmodel = a\nretry = 1\n' >"$config"
	refused "$config:3: this key stands there twice"
	printf '[dmr-chat]\nmodel = a\n[dmr-models]\n[dmr-chat]\nmodel = b\n' \
		>"$config"
	refused "$config:5: this key stands there twice"
	serve_ok
	printf 'model = a\n[dmr-chat]\nmodel = b\n[dmr-embed]\nmodel = c\n' \
		>"$config"
	chat
}

@test "C5: a path that is not absolute is exit 2 with file and line" {
	local key

	for key in key-file cacert cache log; do
		printf '\n%s = here\n' "$key" >"$config"
		try -2 dmr-chat -n hi
		assert_stdout
		assert_stderr "dmr-chat: $config:2: $key: 'here' is no absolute path"
	done
}

@test "C4: a value of the wrong type is exit 2 with file and line" {
	local line

	for line in "retry = x|'x' is not a whole number from 0 to 100" \
		"retry =|'' is not a whole number from 0 to 100" \
		"disable = maybe|'maybe' is not yes or no" \
		"model =|needs NAME, not an empty text" \
		'key-file = ""|needs FILE, not an empty text'; do
		printf '\n%s\n' "${line%%|*}" >"$config"
		try -2 dmr-chat -n hi
		assert_stdout
		[[ $stderr == "dmr-chat: $config:2: "?(--)"${line%% *}"*" ${line#*|}" ]]
	done
	printf 'first-timeout = 1 hour\n' >"$config"
	try -2 dmr-chat -n hi
	[[ $stderr == "dmr-chat: $config:1: "*"first-timeout: '1 hour' is not a time such as "* ]]
}

@test "C4: bad UTF-8, no =, no key, a bad string or section is exit 2" {
	local line

	for line in 'model = a\xffb|not UTF-8' '# \xc3|not UTF-8' \
		"model|not 'key = value'" "= a|not 'key = value'" \
		'model = "a|not a string in double quotes' \
		'model = "a" b|not a string in double quotes' \
		'model = "a\\x"|not a string in double quotes' \
		'model = "\\ud8"|not a string in double quotes' \
		"[]|unknown section '[]'" \
		"[dmr-chat|unknown section '[dmr-chat'" \
		"[chat]|unknown section '[chat]'"; do
		printf '# one\n\n%b\nmodel = x\n' "${line%%|*}" >"$config"
		try -2 dmr-chat -n hi
		assert_stdout
		assert_stderr "dmr-chat: $config:3: ${line#*|}"
	done
	echo 'model = "a\u0000b"' >"$config"
	refused "$config:1: not a string in double quotes"
	printf '\nmodel = %s\n' "$(head -c 60000 /dev/zero | tr '\0' x)" >"$config"
	try -2 dmr-chat -n hi
	((${#stderr} <= 1024))
	printf '[%s]\n' "$(head -c 60000 /dev/zero | tr '\0' x)" >"$config"
	try -2 dmr-chat -n hi
	[[ $stderr == "dmr-chat: $config:1: unknown section '[xxx"* ]]
	((${#stderr} <= 1024))
}

@test "config: values are the rest of the line, or a JSON string" {
	serve_ok
	printf '\tmodel\t=  a b #c  \n' >"$config"
	chat
	[[ $(asked .model) == 'a b #c' ]]
	printf 'model="a\\u00e4 = \\"b\\" "' >"$config"
	chat
	[[ $(asked .model) == 'aä = "b" ' ]]
	printf "model = 'a' \"b\"\n" >"$config"
	chat
	[[ $(asked .model) == "'a' \"b\"" ]]
}

@test "config: keys of other tools' options are no error in this one" {
	serve <<-'EOF'
		accept
		read
		json 200 '{"object":"list","data":[]}'
	EOF
	printf 'model = x\ntemplate-path = /x\n[dmr-chat]\nmodel = y\n' >"$config"
	try -0 dmr-models --names
	assert_stdout
	assert_stderr
}

# ---- C5

@test "C5: a config file that others may write is refused" {
	local mode

	for mode in 666 622 602 620 660 777; do
		: >"$config"
		chmod "$mode" "$config"
		refused "cannot read '$config': others may write it; try: chmod go-w"
	done
	serve_ok
	for mode in 644 600 400; do
		chmod "$mode" "$config"
		chat
	done
}

@test "C5: a config or key file that belongs to somebody else is refused" {
	need_root
	: >"$config"
	chown 65534 "$config"
	refused "cannot read '$config': it belongs to somebody else"
	rm "$config"
	echo key >"$BATS_TEST_TMPDIR/key"
	chmod 600 "$BATS_TEST_TMPDIR/key"
	chown 65534 "$BATS_TEST_TMPDIR/key"
	refused "cannot read '$BATS_TEST_TMPDIR/key': it belongs to somebody else" \
		--key-file "$BATS_TEST_TMPDIR/key"
}

@test "C5: root's config file is good for everybody" {
	need_root
	echo 'host = unix:///nowhere' >"$config"
	chmod 711 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" \
		"$BATS_TEST_TMPDIR" "$HOME" "$XDG_CONFIG_HOME" "${config%/*}"
	unset DMR_HOST
	as_nobody 7 dmr-chat -n hi
	[[ $stderr == *"'unix:///nowhere'"* ]]
}

# ---- C6

@test "C6: nothing is included" {
	echo 'model = x' >"${config%/*}/more"
	for line in "include = more" "include = $config" "source = more" \
		"import = more"; do
		echo "$line" >"$config"
		refused "$config:1: unknown key '${line%% *}'"
	done
	echo "include more" >"$config"
	refused "$config:1: not 'key = value'"
}

# ---- C7: for each key a table of who wins.  In each the sources are given
# from strong to weak; with all of them the first one counts, then the first is
# taken away, and so on.

@test "C7: host: option, DMR_HOST, MODEL_RUNNER_HOST, config" {
	host() {
		try -7 dmr-chat -n hi "$@"
		[[ $stderr == "dmr-chat: cannot connect to '$place': "* ]]
	}

	echo 'host = unix:///config' >"$config"
	export DMR_HOST=unix:///dmr MODEL_RUNNER_HOST=unix:///runner
	place=unix:///option host -H unix:///option
	place=unix:///dmr host
	unset DMR_HOST
	place=unix:///runner host
	unset MODEL_RUNNER_HOST
	place=unix:///config host
	place=unix:///option host -H unix:///option
}

@test "C7: model: option, DMR_MODEL, section, config, template, choosing" {
	model() {
		chat "${@:2}"
		[[ $(asked .model) == "$1" ]]
	}

	serve_ok
	printf -- '---\nmodel: template\n---\n{{prompt}}' >"$HOME/t.prompt"
	printf 'model = config\n[dmr-models]\nmodel = other\n[dmr-chat]\nmodel = section\n' \
		>"$config"
	export DMR_MODEL=environment
	model option -m option -t "$HOME/t.prompt"
	model environment -t "$HOME/t.prompt"
	unset DMR_MODEL
	model section -t "$HOME/t.prompt"
	printf '[dmr-models]\nmodel = other\n' >"$config"
	model template -t "$HOME/t.prompt"
	printf 'model = config\n' >"$config"
	model config -t "$HOME/t.prompt"
	rm "$config"
	model template -t "$HOME/t.prompt"
	model option -t "$HOME/t.prompt" -m option
	model ai/qwen3-coder
}

@test "C7: dmr-chat does not read the variables of other tools' models" {
	serve_ok
	export DMR_EMBED_MODEL=a DMR_VISION_MODEL=b VISION_MODEL=c
	chat
	[[ $(asked .model) == ai/qwen3-coder ]]
}

@test "C7: disable: DMR_DISABLE, section, config" {
	disabled() {
		try -7 dmr-chat -n hi
		assert_stdout
		assert_stderr "dmr-chat: disabled by $1"
	}

	serve_ok
	echo 'disable = yes' >"$config"
	disabled "the config file"
	DMR_DISABLE=no chat
	printf 'disable = yes\n[dmr-chat]\ndisable = no\n' >"$config"
	chat
	printf '[dmr-chat]\ndisable = yes\n' >"$config"
	disabled "the config file"
	try -0 dmr-models -H "$DMR_HOST" --help
	DMR_DISABLE=0 chat
	printf 'disable = no\n' >"$config"
	chat
	export DMR_DISABLE=1
	disabled DMR_DISABLE
	try -7 dmr-models
	assert_stdout
	assert_stderr 'dmr-models: disabled by DMR_DISABLE'
	try -0 dmr-chat --version
	assert_requests 4
	DMR_DISABLE=perhaps
	refused "DMR_DISABLE: disable: 'perhaps' is not yes or no"
}

@test "C7: key-file: option, DMR_KEY_FILE, config" {
	local name

	serve_ok
	for name in option environment config; do
		echo "key-of-$name" >"$HOME/$name"
		chmod 600 "$HOME/$name"
	done
	echo "key-file = $HOME/config" >"$config"
	export DMR_KEY_FILE=$HOME/environment
	chat --key-file "$HOME/option"
	[[ $(authorization) == key-of-option ]]
	chat
	[[ $(authorization) == key-of-environment ]]
	unset DMR_KEY_FILE
	chat
	[[ $(authorization) == key-of-config ]]
	rm "$config"
	chat
	[[ ! $(authorization) ]]
}

@test "C7: cacert: option, config" {
	echo "cacert = $HOME/config" >"$config"
	export DMR_HOST=https://127.0.0.1:1
	try -2 dmr-chat -n hi --cacert "$HOME/option"
	assert_stderr "dmr-chat: --cacert: there is no '$HOME/option'"
	try -2 dmr-chat -n hi
	assert_stderr "dmr-chat: --cacert: there is no '$HOME/config'"
}

@test "C7: first-timeout, timeout, retry: option, config" {
	serve <<-'EOF'
		repeat
		read
		expect-close 10000
	EOF
	printf 'first-timeout = 40ms\ntimeout = 1h\n' >"$config"
	try -28 dmr-chat -n hi --first-timeout 60ms
	[[ $stderr == *'--first-timeout 0.06s'* ]]
	try -28 dmr-chat -n hi
	[[ $stderr == *'--first-timeout 0.04s'* ]]
	printf 'timeout = 40ms\n' >"$config"
	try -28 dmr-chat -n hi --timeout 60ms
	assert_stderr 'dmr-chat: not done within --timeout 0.06s'
	try -28 dmr-chat -n hi
	assert_stderr 'dmr-chat: not done within --timeout 0.04s'
}

@test "C7: idle-timeout: option, config" {
	serve <<-'EOF'
		repeat
		read
		sse
		delta "ok"
		expect-close 10000
	EOF
	printf 'idle-timeout = 40ms\n' >"$config"
	try -28 dmr-chat -n hi --idle-timeout 60ms
	assert_stderr 'dmr-chat: nothing came for --idle-timeout 0.06s'
	try -28 dmr-chat -n hi
	assert_stderr 'dmr-chat: nothing came for --idle-timeout 0.04s'
}

@test "C7: connect-timeout: option, config" {
	printf 'connect-timeout = 40ms\n' >"$config"
	try -28 unaccepted dmr-chat -n hi --connect-timeout 60ms
	[[ $stderr == *'--connect-timeout 0.06s'* ]]
	try -28 unaccepted dmr-chat -n hi
	[[ $stderr == *'--connect-timeout 0.04s'* ]]
}

@test "C7: retry: option, config, 2" {
	# The requests that came in all by now.
	tries() {
		try -22 dmr-chat -n hi "${@:2}"
		assert_requests "$1"
	}

	serve <<-'EOF'
		repeat
		read
		text 503 "busy" "Retry-After: 0"
	EOF
	echo 'retry = 0' >"$config"
	tries 1
	tries 3 --retry 1
	echo 'retry = 1' >"$config"
	tries 5
	tries 6 --retry 0
	rm "$config"
	tries 9
}

@test "C7: template-path: DMR_TEMPLATE_PATH, config" {
	local name

	serve_ok
	for name in environment config; do
		mkdir "$HOME/$name"
		echo "$name" >"$HOME/$name/t.prompt"
	done
	echo "template-path = $HOME/config" >"$config"
	export DMR_TEMPLATE_PATH=$HOME/environment
	chat -t t
	[[ $(asked '.messages[0].content') == environment* ]]
	unset DMR_TEMPLATE_PATH
	chat -t t
	[[ $(asked '.messages[0].content') == config* ]]
}

@test "C7: sampling: option, template, what the server has" {
	serve_ok
	sampling() {
		chat "${@:2}"
		[[ $(asked -cS 'del(.messages, .model, .stream)') == "$1" ]]
	}

	printf -- '---\ntemperature: 1\ntop-p: 0.5\nseed: 1\nmax-tokens: 1\nstop: T\nstop: U\n---\n{{prompt}}' \
		>"$HOME/t.prompt"
	sampling '{"max_tokens":2,"seed":2,"stop":["O"],"temperature":2,"top_p":0.25}' \
		--temperature 2 --top-p 0.25 --seed 2 --max-tokens 2 --stop O \
		-t "$HOME/t.prompt"
	sampling '{"max_tokens":1,"seed":1,"stop":["T","U"],"temperature":1,"top_p":0.5}' \
		-t "$HOME/t.prompt"
	sampling '{"max_tokens":3,"seed":3,"stop":"X","temperature":3,"top_p":0}' \
		-t "$HOME/t.prompt" -O temperature=3 -O top_p=0 -O seed=3 \
		-O max_tokens=3 -O 'stop="X"'
	request 3 | grep -o '"temperature"' | assert_file /dev/stdin '"temperature"'
	sampling '{}'
}

@test "C7: an empty variable is as none" {
	serve_ok
	echo 'model = config' >"$config"
	export DMR_MODEL='' DMR_DISABLE='' DMR_KEY_FILE='' DMR_TEMPLATE_PATH='' \
		MODEL_RUNNER_HOST=''
	chat
	[[ $(asked .model) == config ]]
	echo "host = $DMR_HOST" >>"$config"
	DMR_HOST='' chat
}

@test "C7: other tools' variables are not read" {
	serve_ok
	export OPENAI_BASE_URL=http://127.0.0.1:1 OPENAI_API_KEY=sk-s3cret \
		OPENAI_API_BASE=http://127.0.0.1:1 OPENAI_MODEL=x \
		LLM_URL=http://127.0.0.1:1 DMR_TEMPERATURE=1 DMR_RETRY=x \
		DMR_OUTPUT=/x DMR_FIRST_TIMEOUT=x
	chat
	[[ ! $(authorization) ]]
	[[ $(asked -cS 'del(.messages)') == '{"model":"ai/qwen3-coder","stream":true}' ]]
}

# ---- C8

@test "C8: an address that is none is exit 2" {
	local url at

	for url in ftp://x file:///etc/passwd gopher://x dict://x:1 \
		http:// http://:80 http://x:0 http://x:65536 http://x:-1 \
		http://x:a 'http://x y' $'http://x\r\ny' $'http://x\ny' \
		http://x/?q=1 http://x/#f \
		unix:// unix://x unix:x.sock unix:///"$(printf 'x%.0s' {1..200})" \
		ws://x 'http://[::1' 'javascript:alert(1)'; do
		try -2 dmr-chat -n hi -H "$url"
		assert_stdout
		(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1 && ${#stderr} <= 1024))
		at=${url:0:10}
		[[ $stderr == "dmr-chat: no address of a server ("*"): '${at//[$'\r\n']*/}"* ]]
	done
}

@test "C8: a host of 10 KB is named by its beginning" {
	try -7 dmr-chat -n hi -H "http://$(printf 'x%.0s' {1..10000})"
	assert_stdout
	[[ $stderr == "dmr-chat: cannot connect to 'http://xxx"*unknown\ host* ]]
	((${#stderr} <= 1024))
}

@test "C8: an address with a password does not show it" {
	local url

	for url in http://user:s3cret@127.0.0.1:1 https://s3cret@127.0.0.1 \
		http://:s3cret@127.0.0.1:1 user:s3cret@127.0.0.1:1; do
		try -2 dmr-chat -n hi -H "$url"
		assert_stdout
		[[ $stderr == *--key-file* && $stderr != *s3cret* ]]
	done
}

@test "C8: a slash at the end of an address makes no odds" {
	serve_ok
	local host=$DMR_HOST

	for DMR_HOST in "$host/" "$host//" "$host/engines/v1/" "$host/v1/" \
		"$host/base/" "${host#http://}" "HTTP${host#http}"; do
		chat
	done
	grep -h '^POST' "$requests"/request.{1..7} | cut -d' ' -f2 |
		assert_file /dev/stdin /engines/v1/chat/completions \
			/engines/v1/chat/completions \
			/engines/v1/chat/completions /v1/chat/completions \
			/base/chat/completions /engines/v1/chat/completions \
			/engines/v1/chat/completions
}

@test "C8: MODEL_RUNNER_HOST may have a prefix, and says so when it is wrong" {
	serve_ok
	export MODEL_RUNNER_HOST=$DMR_HOST/prefix
	unset DMR_HOST
	chat
	request_head 1 | grep -qx 'POST /prefix/engines/v1/chat/completions HTTP/1.1'
	MODEL_RUNNER_HOST=ftp://x
	try -2 dmr-chat -n hi
	[[ $stderr == "dmr-chat: MODEL_RUNNER_HOST: no address of a server ("*"): 'ftp://x': "* ]]
}

# ---- C9 to C12: a repository that was cloned and is the current directory

# A folder that tries everything, to stand in.
hostile_folder() {
	local file
	local bad='host = http://127.0.0.1:1
key-file = key
cacert = ca
template-path = .
model = bad'

	mkdir "$BATS_TEST_TMPDIR/repo"
	cd "$BATS_TEST_TMPDIR/repo" || return
	git init -q . 2>/dev/null || mkdir .git
	mkdir -p .dmr dmr/prompts .config/dmr/prompts prompts share/dmr/prompts \
		etc/dmr .docker/model
	for file in .dmr/config .dmr .dmrrc dmr/config dmr.conf .dmr.conf \
		.config/dmr/config config etc/dmr/config .env; do
		[[ -d $file ]] || echo "$bad" >"$file"
	done
	for file in prompts dmr/prompts .config/dmr/prompts share/dmr/prompts .; do
		echo BAD >"$file/commit-message.prompt"
		echo BAD >"$file/mine.prompt"
	done
	echo '{"current":"c","contexts":{"c":{"host":"http://127.0.0.1:1"}}}' \
		>.docker/model/contexts.json
	echo 'http_proxy=http://127.0.0.1:1' >.curlrc
	echo secret >key
	chmod 600 key
}

@test "C9: nothing in the current directory is looked at" {
	need strace
	serve_ok
	hostile_folder
	export ASAN_OPTIONS=detect_leaks=0
	try -0 strace -f -o "$BATS_TEST_TMPDIR/trace" -e trace=%file \
		dmr-chat hi -t commit-message -O x=1 --cut-ok <<<text
	run -1 grep -vE '^[0-9 ]*(\+\+\+|---)|"/|AT_EMPTY_PATH' \
		"$BATS_TEST_TMPDIR/trace"
	run -1 grep -F "$PWD" "$BATS_TEST_TMPDIR/trace"
	grep -q '"/.*/commit-message.prompt"' "$BATS_TEST_TMPDIR/trace"
}

@test "C10: a repository sets no host, key, certificate, model or prompt" {
	serve_ok
	hostile_folder
	try -0 dmr-chat -t explain <<<text
	[[ $(asked .model) == ai/qwen3-coder && ! $(authorization) ]]
	try -0 dmr-chat -t commit-message <<<text
	[[ $(asked -c '.messages[].content') != *BAD* ]]
	refused "no template 'mine'; a file is named with its path: ./mine.prompt" \
		-t mine
	# Neither when variables lead there.
	export DMR_TEMPLATE_PATH=.:prompts:: XDG_CONFIG_HOME=.config HOME=.
	chat
	[[ $(asked .model) == ai/qwen3-coder ]]
	refused "no template 'mine'; a file is named with its path: ./mine.prompt" \
		-t mine
	export XDG_CONFIG_HOME='' HOME=''
	chat
	[[ $(asked .model) == ai/qwen3-coder ]]
	unset XDG_CONFIG_HOME HOME
	chat
	[[ $(asked .model) == ai/qwen3-coder ]]
}

@test "C10: a docker context is not looked for below a relative HOME" {
	need strace
	hostile_folder
	serve_unix <<-'EOF'
		accept
		read
		sse
		delta "ok"
		finish stop
		done
	EOF
	# Found, so that places are looked for, but not in this folder.
	mkdir -p "$HOME/.docker/model"
	printf '{"current":"c","contexts":{"c":{"host":"%s"}}}\n' "$DMR_HOST" \
		>"$HOME/.docker/model/contexts.json"
	unset DMR_HOST
	export ASAN_OPTIONS=detect_leaks=0
	try -0 strace -o "$BATS_TEST_TMPDIR/trace" \
		-e trace=open,openat,access,faccessat,faccessat2,stat,newfstatat \
		dmr-chat -n hi
	assert_stdout ok
	grep -qF "\"$HOME/.docker/model/contexts.json\"" "$BATS_TEST_TMPDIR/trace"
	run -1 grep -E '(\(|, )"[^/"]' "$BATS_TEST_TMPDIR/trace"
}

@test "C10: with a relative HOME no docker context is read" {
	need strace
	hostile_folder
	unset DMR_HOST XDG_CONFIG_HOME
	export HOME=. ASAN_OPTIONS=detect_leaks=0
	try -7 strace -f -o "$BATS_TEST_TMPDIR/trace" \
		-e trace=open,openat,access,faccessat,faccessat2,stat,newfstatat,connect \
		-e inject=connect:error=ECONNREFUSED dmr-chat -n hi
	run -1 grep -E '(\(|, )"[^/"]' \
		<(grep -v ' connect(\|^connect(' "$BATS_TEST_TMPDIR/trace")
}

@test "C11: a repository of another user is not looked at either" {
	need_root
	serve_ok
	hostile_folder
	chown -R 65534 .
	try -0 dmr-chat -t commit-message <<<text
	[[ $(asked -c '.messages[].content') != *BAD* ]]
	refused "no template 'mine'; a file is named with its path: ./mine.prompt" \
		-t mine
}

@test "C12: no key asks for a command, and none is run" {
	local key

	for key in command hook pager editor shell exec key-command credential \
		proxy; do
		echo "$key = touch /tmp/x" >"$config"
		refused "$config:1: unknown key '$key'"
	done
	rm "$config"
	need strace
	serve_ok
	export ASAN_OPTIONS=detect_leaks=0
	try -0 strace -f -o "$BATS_TEST_TMPDIR/trace" \
		-e trace=fork,vfork,execve,execveat dmr-chat -n hi
	(($(grep -c execve "$BATS_TEST_TMPDIR/trace") == 1))
}
