# What a tool is started with: variables, arguments, descriptors.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand

load lib

setup() {
	lib_setup
	here=$BATS_TEST_TMPDIR
	cd "$here" || return
}

# A server that streams the same answer to everybody.
serve_always() {
	serve <<-'EOT'
		repeat
		read
		sse
		role
		delta "0.5 I "
		delta "\xc4\xb0\n"
		finish stop
		done
	EOT
}

# The command works, says nothing, and the Nth request is byte for byte the
# first one (but for the host's name).
assert_same_as_first() { # N COMMAND ...
	local n=$1

	shift
	try -0 "$@" </dev/null
	assert_stdout '0.5 I İ'
	assert_stderr
	assert_file "$requests/request.$n" -f "$requests/request.1"
}

chat=(dmr-chat -n --temperature 0.5 'HELLO Iı')

# What the command opens or looks for in the file system is in "files".
trace_files() {
	need strace
	try -0 env ASAN_OPTIONS=detect_leaks=0 strace -f -o trace \
		-e trace=%file "$@" </dev/null
	grep -oE '(AT_FDCWD|\(), *"[^"]*"|\("[^"]*"' trace |
		sed 's/.*"\(.*\)"/\1/' | sort -u >files
	grep -q libcurl files
}

# python runs a program with any argv and environment: LIST and LIST are
# Python's, of bytes; None ends it early.
exec_raw() { # PROGRAM ARGV-LIST ENVIRONMENT-LIST
	local python=/usr/bin/python3

	[[ -x $python ]] || python=python3
	"$python" - "$@" <<-'EOT'
		import ctypes, os, sys
		def array(items):
		    return (ctypes.c_char_p * (len(items) + 1))(*items, None)
		path, argv, env = os.fsencode(sys.argv[1]), sys.argv[2], sys.argv[3]
		here = [k + b"=" + v for k, v in os.environb.items()]
		os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
		libc = ctypes.CDLL(None)
		libc.execve(path, array(eval(argv)), array(eval(env)))
		sys.exit(127)
	EOT
}

@test "N15: without a usable HOME there is no config, and no file is missed" {
	local home n=1

	unset XDG_CONFIG_HOME
	serve_always
	try -0 "${chat[@]}"
	mkdir -p relative/.config/dmr .config/dmr .docker/model
	echo broken >relative/.config/dmr/config
	echo broken >.config/dmr/config
	echo broken >file
	for home in '' relative . / "$here/missing" "$here/file" \
		"/$(printf '%010240d' 0)" "$(printf '%010240d' 0)" /dev/null; do
		HOME=$home assert_same_as_first $((++n)) "${chat[@]}"
	done
	unset HOME
	assert_same_as_first $((++n)) "${chat[@]}"
	find . -newer file -not -path './requests.*' -type f -printf '%P\n' |
		sort | grep -vE '^(got|stdout|stderr|wanted)$' |
		assert_file /dev/stdin
}

@test "N15: no file is looked for in / or in the current folder for want of HOME" {
	local home

	unset XDG_CONFIG_HOME
	serve_always
	for home in '' relative; do
		HOME=$home trace_files "${chat[@]}"
		grep -E '^//|^/\.|^[^/]|/\./' files |
			assert_file /dev/stdin
	done
	unset HOME
	trace_files "${chat[@]}"
	grep -E '^//|^/\.|^[^/]|/\./' files | assert_file /dev/stdin
}

@test "N15: a HOME that cannot be written is as good as any, nothing is made" {
	unset XDG_CONFIG_HOME
	serve_always
	mkdir -p readonly/.config/dmr
	echo 'timeout = 20s' >readonly/.config/dmr/config
	chmod -R a-w readonly
	find readonly -printf '%P %T@\n' >before
	HOME=$here/readonly assert_same_as_first 1 "${chat[@]}"
	assert_file before -f <(find readonly -printf '%P %T@\n')
	chmod -R u+w readonly
}

@test "N15: a HOME that may not be searched has no config, a locked file is exit 2" {
	local drop=()

	# Without root's right to read everything.
	((EUID)) ||
		drop=(setpriv '--bounding-set=-dac_override,-dac_read_search')
	unset XDG_CONFIG_HOME
	serve_always
	try -0 "${chat[@]}"
	mkdir -p locked/.config/dmr
	echo broken >locked/.config/dmr/config
	chmod 0 locked
	HOME=$here/locked assert_same_as_first 2 "${drop[@]}" "${chat[@]}"
	chmod 700 locked
	chmod 0 locked/.config/dmr/config
	HOME=$here/locked try -2 "${drop[@]}" "${chat[@]}"
	assert_stdout
	assert_stderr "dmr-chat: cannot read '$here/locked/.config/dmr/config':`
		` Permission denied"
}

@test "N15: the config file is in HOME/.config" {
	unset XDG_CONFIG_HOME DMR_HOST
	mkdir -p "$HOME/.config/dmr"
	echo 'host = http://127.0.0.1:1/v1' >"$HOME/.config/dmr/config"
	try -7 "${chat[@]}"
	[[ $stderr == *http://127.0.0.1:1/v1* ]]
	echo broken >"$HOME/.config/dmr/config"
	try -2 "${chat[@]}"
	assert_stdout
	assert_stderr "dmr-chat: $HOME/.config/dmr/config:1: not 'key = value'"
}

@test "N16: a relative XDG_CONFIG_HOME is ignored" {
	serve_always
	mkdir -p relative/dmr "$HOME/.config/dmr"
	echo broken >relative/dmr/config
	XDG_CONFIG_HOME=relative assert_same_as_first 1 "${chat[@]}"
	XDG_CONFIG_HOME='' assert_same_as_first 2 "${chat[@]}"
	echo broken >"$HOME/.config/dmr/config"
	XDG_CONFIG_HOME=relative try -2 "${chat[@]}"
	assert_stderr "dmr-chat: $HOME/.config/dmr/config:1: not 'key = value'"
}

@test "N16: an absolute XDG_CONFIG_HOME is taken instead of HOME/.config" {
	mkdir -p elsewhere/dmr "$HOME/.config/dmr"
	echo broken >elsewhere/dmr/config
	serve_always
	XDG_CONFIG_HOME=$here/missing assert_same_as_first 1 "${chat[@]}"
	XDG_CONFIG_HOME=$here/elsewhere try -2 "${chat[@]}"
	assert_stderr "dmr-chat: $here/elsewhere/dmr/config:1:`
		` not 'key = value'"
}

@test "N16: a config file that others own or may write is exit 2" {
	local config=$XDG_CONFIG_HOME/dmr/config

	((EUID == 0)) || lack "the right to give a file away"
	mkdir -p "${config%/*}"
	echo 'timeout = 20s' >"$config"
	serve </dev/null
	chown 65534 "$config"
	try -2 "${chat[@]}"
	assert_stdout
	assert_stderr "dmr-chat: cannot read '$config': it belongs to somebody`
		` else"
	chown 0 "$config"
	chmod 666 "$config"
	try -2 "${chat[@]}"
	assert_stderr "dmr-chat: cannot read '$config': others may write it;`
		` try: chmod go-w"
	assert_requests 0
}

@test "N17: variables of the terminal change nothing, in a pipe" {
	local n=1 setting

	serve_always
	try -0 "${chat[@]}"
	for setting in TERM= TERM=dumb TERM=../../x TERM=xterm-evil COLUMNS=-1 \
		COLUMNS=1000000000 COLUMNS=x LINES=0 LINES=-5 NO_COLOR=1 \
		NO_COLOR= CLICOLOR=1 CLICOLOR_FORCE=1 FORCE_COLOR=3; do
		assert_same_as_first $((++n)) env "$setting" "${chat[@]}"
	done
	assert_same_as_first $((++n)) env -u TERM "${chat[@]}"
}

@test "N17: variables of the terminal change nothing, on one" {
	local setting list

	list='{"object":"list","data":[{"id":"ai/a","object":"model",'
	list+='"created":1,"owned_by":"docker"}]}'
	for setting in TERM=xterm TERM= TERM=dumb TERM=../../x TERM=xterm-evil \
		COLUMNS=-1 COLUMNS=1 COLUMNS=1000000000 LINES=0 NO_COLOR=1 \
		CLICOLOR_FORCE=1 FORCE_COLOR=3; do
		serve < <(
			echo accept
			echo read
			echo "json 200 '$list'"
			echo accept
			echo read
			echo "json 200 '[]'"
		)
		try -0 pty -t 12 env "$setting" dmr-models
		[[ -e first ]] || cp tty first
		assert_tty -f first
	done
	run -1 grep $'\e' first
	grep -q '^ai/a ' first
}

@test "N17: a terminal of any width shows the same" {
	local width

	serve_always
	for width in 0 1 80 10000; do
		try -0 pty -c "$width" "${chat[@]}"
		assert_tty '0.5 I İ'
	done
}

@test "N18, J32: the locale changes no byte of request and answer" {
	local n=1 name

	serve_always
	try -0 "${chat[@]}"
	for name in C POSIX C.UTF-8 tr_TR.UTF-8 de_DE.UTF-8 de_DE.ISO-8859-1 \
		zh_CN.GB18030 invalid ../../x ''; do
		assert_same_as_first $((++n)) env LC_ALL="$name" "${chat[@]}"
		assert_same_as_first $((++n)) env -u LC_ALL LANG="$name" \
			LC_NUMERIC="$name" LC_CTYPE="$name" "${chat[@]}"
	done
	request 2 | jq .temperature | assert_file /dev/stdin 0.5
}

@test "N18: the locale changes no message" {
	local name

	for name in C tr_TR.UTF-8 de_DE.UTF-8 invalid; do
		LC_ALL=$name LANGUAGE=de try -7 "${chat[@]}"
		assert_stdout
		[[ -e first ]] || cp stderr first
		assert_stderr -f first
	done
	LC_ALL=C try -2 dmr-chat --temperature 0,5 -n x
	LC_ALL=de_DE.UTF-8 try -2 dmr-chat --temperature 0,5 -n x
}

@test "N18, J32: no locale is looked up, installed or not" {
	serve_always
	LC_ALL=tr_TR.UTF-8 LOCPATH=$here/locales trace_files "${chat[@]}"
	grep -E 'tr_TR|locale' files | assert_file /dev/stdin
}

@test "N19: no file is read for a time zone" {
	local n=1 zone

	serve_always
	try -0 "${chat[@]}"
	for zone in :../../etc/passwd ../../../../etc/passwd \
		Pacific/Kiritimati UTC-14 UTC+99 '' "$(printf %01000d 0)"; do
		assert_same_as_first $((++n)) env TZ="$zone" "${chat[@]}"
	done
	TZ=:../../etc/passwd trace_files "${chat[@]}"
	grep -E 'passwd|zoneinfo' files | assert_file /dev/stdin
}

@test "N20: a huge environment is none of a tool's business" {
	serve_always
	try -0 "${chat[@]}"
	assert_same_as_first 2 perl -e '$ENV{"X$_"} = "x" x 100000 for 1 .. 19;
		$ENV{"Y$_"} = "" for 1 .. 1000; exec @ARGV' "${chat[@]}"
}

@test "N20: of a variable that stands there twice the first counts" {
	serve_always
	try -0 exec_raw "$(command -v dmr-chat)" '[b"dmr-chat", b"-n", b"x"]' \
		'here + [b"DMR_MODEL=first", b"DMR_MODEL=second"]'
	assert_stderr
	request 1 | jq -r .model | assert_file /dev/stdin first
}

@test "N20: what is no NAME=VALUE in the environment is ignored" {
	serve_always
	try -0 exec_raw "$(command -v dmr-chat)" '[b"dmr-chat", b"-n", b"x"]' \
		'[b"DMR_DISABLE", b"", b"=", b"=x", b"\xff\xfe"] + here'
	assert_stdout '0.5 I İ'
	assert_stderr
}

@test "N21: without any argument, even its name, nothing breaks" {
	local tool argv

	for tool in dmr-chat dmr-complete dmr-models; do
		try "$tool" </dev/null
		want=$status
		cp stderr first
		[[ -s first ]]
		for argv in '[]' '[b""]' 'None and [] or [b"\xff"]'; do
			try -"$want" exec_raw "$(command -v "$tool")" "$argv" here
			assert_stdout
			assert_stderr -f first
		done
	done
}

@test "N21: a name of 128 KiB is fine" {
	local tool name

	name=$(printf '%0131000d' 0)
	for tool in dmr-chat dmr-check dmr-complete dmr-docstring dmr-embed dmr-models dmr-reqs dmr-review; do
		try -0 bash -c 'exec -a "$0" "$@"' "$name" \
			"$(command -v "$tool")" --version
		[[ $output == "$tool "* ]]
		assert_stderr
	done
}

@test "N21: an argument of 128 KiB is fine" {
	local big

	big=$(printf %0131000d 0 | tr 0 x)
	serve_always
	try -0 dmr-chat -n "$big"
	request 1 | jq -j '.messages[0].content' | assert_file /dev/stdin -n "$big"
}

@test "N21: a message about an argument of 128 KiB is one line of 1 KiB" {
	local tool big words

	big=$(printf %0131000d 0 | tr 0 x)
	for tool in dmr-chat dmr-check dmr-complete dmr-docstring dmr-embed dmr-models dmr-reqs dmr-review; do
		for words in "--$big" "--host=ftp://$big" "--timeout=$big" \
			"--header=$big"; do
			try -2 "$tool" "$words"
			assert_stdout
			[[ $stderr == "$tool: "* ]]
			(($(wc -l <stderr) == 1 && $(wc -c <stderr) <= 1100))
		done
	done
}

# Runs "$@" with these descriptors closed ("0 2").
without() {
	local fds=$1 fd redirect=

	shift
	for fd in $fds; do
		redirect+=" $fd>&-"
	done
	try bash -c "exec \"\$@\" $redirect" - "$@" </dev/null
}

@test "N22: with any of the descriptors 0, 1, 2 closed the status is right" {
	local fds want

	serve_always
	for fds in '' 0 1 2 '0 1' '0 2' '1 2' '0 1 2'; do
		want=0
		[[ $fds == *1* ]] && want=23
		without "$fds" "${chat[@]}"
		echo "closed: $fds"
		((status == want))
		((want)) || assert_stdout '0.5 I İ'
		[[ $fds == *2* || ! $stderr || $want == 23 ]]
		want=26
		without "$fds" dmr-chat
		((status == want))
		assert_stdout
	done
}

@test "N22: what is said to a closed descriptor goes nowhere else" {
	local fds n=0

	serve <<-'EOT'
		repeat
		read
		sse
		role
		delta "one"
		close
	EOT
	for fds in '' 0 1 2 '0 1' '0 2' '1 2' '0 1 2'; do
		: >file
		without "$fds" "${chat[@]}"
		echo "closed: $fds"
		[[ $status == 18 || ($status == 23 && $fds == *1*) ]]
		assert_file "$requests/request.$((++n))" -f "$requests/request.1"
		[[ $fds == *1* ]] || assert_stdout one
		[[ $fds == *1* || $fds == *2* ]] || [[ $stderr == dmr-chat:* ]]
		[[ $fds != *2* ]] || assert_stderr
		# A file of ours does not get it either.
		without "$fds" "${chat[@]}" -o file
		((status == 18))
		((++n))
		assert_file file
	done
}

@test "N22: with all closed -o FILE is whole" {
	local fds

	serve_always
	for fds in '' 0 1 2 '0 1' '0 2' '1 2' '0 1 2'; do
		rm -f file
		without "$fds" "${chat[@]}" -o file
		((status == 0))
		assert_file file '0.5 I İ'
	done
}
