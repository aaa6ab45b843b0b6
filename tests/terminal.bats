# What a terminal shows of an answer, and what else becomes of one: what a
# hostile model, server or file name, and odd places to write to can do.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand

load lib

setup_file() {
	# While pip still finds its settings.
	pyte=$("$BATS_TEST_DIRNAME"/python 2>"$BATS_FILE_TMPDIR/pip") || :
	export pyte
}

setup() {
	lib_setup
	here=$BATS_TEST_TMPDIR
	cd "$here" || return
}

escapes() { python "$tests/escapes.py" "$@"; }

# assert_screen PLAIN [OPTION ...]: a terminal that was shown what pty recorded
# looks like one that was shown PLAIN, and has done nothing else.
assert_screen() {
	local plain=$1

	shift
	[[ $pyte ]] || lack "pyte: $(tail -n 1 "$BATS_FILE_TMPDIR/pip")"
	PYTHONPATH=$pyte python "$tests/screen.py" "$@" tty "$plain" >screen
}

# Standard input and output are a terminal.
on_terminal() { try -0 pty -t 01 "$@"; }

# assert_harmless KIND ...: a pipe gets the answer to the byte; a terminal gets
# it, streamed or not, as something that it can only show.
assert_harmless() {
	local kind

	for kind; do
		escapes make . "$kind"
		serve <scenario
		try -0 dmr-chat -n hello
		assert_stdout -f answer
		serve <scenario
		on_terminal dmr-chat -n hello
		assert_tty -f shown
		assert_screen shown
		cat tty >>all
		[[ $kind != *+split ]] || continue
		serve <whole
		on_terminal dmr-chat -n --no-stream hello
		assert_tty -f shown
	done
	escapes inert all
}

# ---- how it is tested

@test "there are 150 payloads and more, and each kind is in a test" {
	local total

	escapes kinds >list
	total=$(awk '$1 != "kept" { n += $2 } END { print n }' list)
	((total >= 150))
	sed -n 's/^\tassert_harmless //p' "$tests/terminal.bats" |
		tr ' ' '\n' | grep -vF + | sort >tested
	cut -d' ' -f1 list | sort | assert_file tested -
}

@test "the screen sees what a terminal obeys" {
	local bytes what

	printf 'az\n' >plain
	printf 'az\n' >./tty
	assert_screen plain
	assert_file screen az
	while IFS='|' read -r bytes what; do
		printf 'a%bz\n' "$bytes" >./tty
		PYTHONPATH=$pyte try -1 python "$tests/screen.py" tty plain
		grep -xF "screen.py: $what" stderr
	done <<-'EOT'
		\e[2J|obeyed: erase_in_display(2,)
		\e[A\e[K|obeyed: cursor_up(0,)
		\e[?1049h|obeyed: set_mode(1049,)
		\e[?25l|hidden cursor: True instead of False
		\e[3;9r|margins: Margins(top=2, bottom=8) instead of None
		\e]0;t\a|title: 't' instead of ''
		\e]1;i\a|icon name: 'i' instead of ''
		\e[c|answered: '\x1b[?6c'
		\e[6n|answered: '\x1b[1;2R'
		\0302\02332J|obeyed: erase_in_display(2,)
		\e7|saved cursors: 1 instead of 0
		\e[31m|lines that differ: [1]
		\eP$qm\e\\|obeyed: debug()
		\e_G\e\\|obeyed: debug()
		\a|obeyed: bell()
		\r|obeyed: carriage_return()
		\b|obeyed: backspace()
		\v|cursor: (2, 0) instead of (1, 0)
		q|lines that differ: [1]
	EOT
}

@test "what is not inert is seen" {
	local text what

	while IFS='|' read -r text what; do
		printf 'a%bz\n' "$text" >text
		try -1 python "$tests/escapes.py" inert text
		assert_stderr "text: $what"
	done <<-'EOT'
		\e[m\a|U+0007 U+001B
		\r|U+000D
		\0302\0233|U+009B
		\u202e|U+202E
		\U000e0041|U+E0041
		\ufe00\ufe01\ufe02|3 invisible characters in succession
		\u200d\u200c\u200d|3 invisible characters in succession
	EOT
	{ printf a; printf '\u0301%.0s' {1..31}; } >text
	try -1 python "$tests/escapes.py" inert text
	assert_stderr 'text: 31 combining marks in succession'
}

# ---- what a terminal shows

@test "X1: nothing is erased, moved or switched to another screen" {
	assert_harmless csi esc
}

@test "X2: no title, link, clipboard or picture: strings are shown" {
	assert_harmless osc dcs strings title
}

@test "X3: eight-bit controls are shown, as characters and as bytes" {
	assert_harmless c1 invalid
}

@test "X3: bytes that are no UTF-8 are U+FFFD, with one warning" {
	escapes make . invalid
	serve <scenario
	on_terminal dmr-chat -n hello
	assert_stderr "dmr-chat: the answer held $(grep -o � answer | wc -l)`
		` bytes that are no UTF-8; U+FFFD stands for them"
}

@test "X4: CR, BS, VT, FF, BEL, SO, SI, DEL and all of their kin are shown" {
	assert_harmless c0
}

@test "X4: CRLF is a newline on a terminal, and itself in a pipe" {
	local answer=('a\r\nb\r' '\nc\rd' '\r\r\ne\n\r')

	serve_answer "${answer[@]}"
	on_terminal dmr-chat -n hello
	assert_tty -n $'a\nb\nc\\x0dd\\x0d\ne\n\n'
	serve_answer "${answer[@]}"
	try -0 dmr-chat -n hello
	assert_stdout -n $'a\r\nb\r\nc\rd\r\r\ne\n\r\n'
}

@test "X5: what two deltas part is shown, wherever they part it" {
	assert_harmless csi+split osc+split dcs+split esc+split query+split
	assert_harmless c0+split c1+split invalid+split bidi+split kept+split
}

@test "X5: what arrives byte by byte is shown" {
	local kind

	for kind in title c1 invalid; do
		escapes make . "$kind"
		serve < <(sed '2a slow 0' scenario)
		on_terminal dmr-chat -n hello
		assert_tty -f shown
	done
}

@test "X6: what has no end swallows nothing" {
	assert_harmless unterminated
}

@test "X6: what has no end at the answer's end swallows no prompt" {
	local end

	for end in '' '\x1b' '\x1b[' '\x1b]0;t' '\x1b]52;c;' '\x1bP' '\x1b_' \
		'\xc2\x9d0;t' '\xc2' '\r' '\x1b]8;;http://x\x1b'; do
		serve_answer "text$end"
		on_terminal bash -c 'dmr-chat -n hello; printf "$ "'
		head -1 tty | grep -q '^text'
		tail -n +2 tty | assert_file /dev/stdin -n '$ '
		printf '%s\n$ ' "$(head -1 tty)" >plain
		assert_screen plain
		cat tty >>all
	done
	escapes inert all
}

@test "X7: what would make the terminal type is shown" {
	assert_harmless query
}

@test "X8: what turns the direction of writing is shown" {
	assert_harmless bidi
	grep -qxF '5 \u{202e} end' tty
}

@test "X9: tag characters, and what has no width, are shown" {
	assert_harmless hidden
}

@test "X9: runs of variation selectors and joiners are shown or dropped" {
	local run answer=()

	for run in '\ufe00\ufe0f\ufe01\ufe0e' '\u200c\u200d\u200d\u200c' \
		'\u180b\u180c\u180d\u180f' '\u034f\ufe00\u200d\u034f'; do
		# shellcheck disable=SC2059 # escapes
		answer+=("x$(printf "$run$run$run$run")y\n")
	done
	serve_answer "${answer[@]}"
	on_terminal dmr-chat -n hello
	(($(grep -c '^x.*y$' tty) == 4))
	escapes inert tty
}

@test "X10: 10,000 marks on one letter do not all reach the terminal" {
	local mark marks

	for mark in '\u0301' '\u0489' '\u20dd' '\u0e47'; do
		marks=$(printf "$mark%.0s" {1..10000})
		serve_answer 'a' "${marks::3333}" "${marks:3333}" 'b\n'
		on_terminal dmr-chat -n hello
		[[ $(<./tty) == a*b ]]
		escapes inert tty
	done
	serve_answer 'a' "$marks" 'b\n'
	try -0 dmr-chat -n hello
	assert_stdout "a${marks}b"
}

@test "X15: no colour of the answer is one of the terminal" {
	local setting

	assert_harmless sgr
	for setting in CLICOLOR_FORCE=1 FORCE_COLOR=3 COLORTERM=truecolor \
		NO_COLOR= TERM=xterm-256color; do
		serve <scenario
		on_terminal env "$setting" dmr-chat -n hello
		assert_tty -f shown
	done
}

@test "X16: whatever comes, what is shown is text, and the same if shown again" {
	local seed

	for seed in 1 2 3 4; do
		escapes random $seed 40000 >bytes
		escapes make . bytes
		serve <scenario
		try -0 dmr-chat -n hello
		head -c "$(wc -c <answer)" stdout | assert_file /dev/stdin \
			-f answer
		serve <scenario
		on_terminal dmr-chat -n hello
		mv tty again
		[[ $(tail -c 1 shown) == '' ]] || echo >>shown
		assert_file again -f shown
		escapes inert again
		escapes make . again
		serve <scenario
		on_terminal dmr-chat -n hello
		assert_tty -f again
		assert_screen again
	done
}

@test "text of all scripts is shown as it is" {
	assert_harmless kept
	assert_tty -f answer
}

@test "-o /dev/tty is a terminal, too" {
	escapes make . title
	serve <scenario
	on_terminal dmr-chat -n -o /dev/tty hello
	assert_tty -f shown
}

# ---- what standard error says

# What a server, a model or a file may call itself, written for rawd as bytes
# and as JSON, and what stands for it.
evil='x\x1b[2J\x1b]52;c;Zm9v\x07\xc2\x9b1m\xe2\x80\xae\x08\x7f\xf3\xa0\x81\x81y'
evil_json='x\u001b[2J\u001b]52;c;Zm9v\u0007\u009b1m\u202e\b\u007f\udb40\udc41y'
evil_shown='x\x1b[2J\x1b]52;c;Zm9v\x07\u{9b}1m\u{202e}\x08\x7f\u{e0041}y'
# A file's name, as a shell would take it.
evil_quoted='x\x1b[2J\x1b]52;c;Zm9v\x07\xc2\x9b1m\xe2\x80\xae\x08\x7f\xf3\xa0\x81\x81y'

# Each message is a line, of printable text, and not a long one.
assert_messages() { # FILE ...
	escapes inert "$@"
	run -1 grep -v '^dmr-chat: ' "$@"
	run -1 grep -E '^.{1024}' "$@"
}

@test "X11: what a server calls itself is shown, on standard error always" {
	local want scene

	while IFS='|' read -r want scene; do
		scene=${scene//EVIL/"$evil"}
		scene=${scene//JSON/"$evil_json"}
		printf 'accept\nread\n%s\n' "${scene// ~ /$'\n'}" >scene
		serve <scene
		try -"$want" pty -t 2 dmr-chat -n hello
		serve <scene
		try -"$want" dmr-chat -n hello
		assert_messages stderr tty
		assert_screen tty
		(($(grep -cF "$evil_shown" stderr) == 1))
		(($(grep -cF "$evil_shown" tty) == 1))
	done <<-'EOT'
		22|text 500 "EVIL\n::error::x"
		22|text 500 "<title>EVIL</title>"
		22|json 400 '{"error":{"message":"JSON\n::error::x"}}'
		22|json 400 '{"error":"JSON"}'
		22|json 400 '{"detail":[{"msg":"JSON"}]}'
		22|json 200 '{"error":{"message":"JSON"}}'
		22|text 302 "" "Location: http://EVIL"
		22|json 200 "{}" "Content-Encoding: EVIL"
		22|sse ~ event '{"error":{"message":"JSON"}}'
		4|sse ~ event '{"choices":[{"delta":{"refusal":"JSON"}}]}' ~ finish stop
		0|sse ~ delta "a" ~ finish "EVIL" ~ done
	EOT
}

@test "X11: what a model is called is shown" {
	serve <<-EOT
		accept
		read
		json 404 '{"error":{"code":"model_not_found","message":"no"}}'
		accept
		read
		json 200 '{"data":[{"id":"$evil_json"},{"id":"b"},{"id":"c"}]}'
	EOT
	try -6 dmr-chat -n hello
	assert_stdout
	assert_messages stderr
}

@test "X11: what the command line names is shown" {
	local raw words

	raw=$(printf %b "$evil")
	while read -r words; do
		words=${words//EVIL/"$raw"}
		IFS=, read -ra words <<<"$words"
		try dmr-chat -n "${words[@]}" hello
		((status == 2 || status == 23 || status == 26))
		assert_messages stderr
		grep -F -e "$evil_shown" -e "$evil_quoted" stderr
	done <<-'EOT'
		-m,EVIL
		-H,EVIL
		-t,EVIL
		-t,./EVIL.prompt
		-o,EVIL/file
		-s,@EVIL
		-p,a=@EVIL
		-p,EVIL
		-O,EVIL
		--EVIL
		--idle-timeout,EVIL
		--header,EVIL
		--key-file,EVIL
	EOT
}

@test "X11: what a template or the configuration says is shown" {
	printf '{{%b}}\n' "$evil" >evil.prompt
	try -2 dmr-chat -n -t ./evil.prompt hello
	assert_messages stderr
	mkdir -p "$XDG_CONFIG_HOME/dmr"
	printf '%b = 1\n' "$evil" >"$XDG_CONFIG_HOME/dmr/config"
	try -2 dmr-chat -n hello
	assert_messages stderr
}

@test "X11: what -vvv tells is shown" {
	serve <<-EOT
		accept
		read
		sse "X-Evil: $evil"
		chunk ": $evil\n\n"
		delta "one"
		finish stop
		done
	EOT
	try -0 dmr-chat -n -vvv $'\e[2J' hello
	assert_stdout one
	escapes inert stderr
	(($(grep -cF "$evil_shown" stderr) == 2))
}

@test "X11: JSON on standard error is shown, too" {
	serve <<-EOT
		accept
		read
		json 500 '{"error":"$evil_json"}'
	EOT
	try -22 dmr-models --json --retry 0 list
	escapes inert stderr
	jq -r .message stderr | grep -F "$evil_shown"
}

# A name that can be copied from the message into a shell.

# ---- lines that a CI would obey

ci_answer=('::error::a\nb ::c\n#' '#vso[task.x]d\n##[error]e\n:' ':add-mask::f\n')
ci_lines=('::error::a' 'b ::c' '##vso[task.x]d' '##[error]e' '::add-mask::f')
ci_guarded=('\::error::a' 'b ::c' '##\vso[task.x]d' '##\[error]e'
	'\::add-mask::f')
no_ci=(env -u CI -u TF_BUILD -u GITHUB_ACTIONS)

@test "X12: a file's name in a message is quoted as a shell does it" {
	local name option

	for name in plain 'two words' "it's" 'back\slash' 'dou"ble' '$(x)' \
		$'new\nline' $'\e[2J' $'tab\t' $'\xe2\x80\xae' $'no UTF-8: \xff'; do
		mkdir -p "./$name"
		for option in '-o ' '-s @' '-p a=@' '-t ./' '--key-file '; do
			try dmr-chat -n "${option% *}" "${option#* }$name" hello
			[[ $stderr =~ ^"dmr-chat: cannot "[a-z]+" "(.*)": "[^:]*$ ]]
			eval "set -- ${BASH_REMATCH[1]}"
			(($# == 1))
			[[ ${1#./} == "$name" ]]
			escapes inert stderr
		done
	done
}

@test "X13: in a pipe a line that a CI would obey is what it is" {
	serve_answer "${ci_answer[@]}"
	try -0 "${no_ci[@]}" CI=true TF_BUILD=True dmr-chat -n hello
	assert_stdout "${ci_lines[@]}"
}

@test "X13: on a terminal it is what it is, where there is no CI" {
	serve_answer "${ci_answer[@]}"
	on_terminal "${no_ci[@]}" dmr-chat -n hello
	assert_tty "${ci_lines[@]}"
}

@test "X13: on a terminal in a CI a backslash stands before it" {
	local variable

	for variable in CI=true TF_BUILD=True; do
		serve_answer "${ci_answer[@]}"
		on_terminal "${no_ci[@]}" "$variable" dmr-chat -n hello
		assert_tty "${ci_guarded[@]}"
	done
}

@test "X13: and before reasoning on standard error" {
	serve <<-'EOT'
		accept
		read
		sse
		event '{"choices":[{"delta":{"reasoning_content":":"}}]}'
		event '{"choices":[{"delta":{"reasoning_content":":error::x\n##"}}]}'
		delta "one"
		finish stop
		done
	EOT
	try -0 "${no_ci[@]}" CI=true dmr-chat -n -R stderr hello
	assert_stdout one
	assert_stderr '\::error::x' '##'
}

@test "X13: no message and no trace of a server's words is a command" {
	local option

	for option in -q -vv -vvv --json; do
		serve <<-'EOT'
			accept
			read
			text 400 "##[error]a\n::add-mask::b\n x ##vso[task.x]c\n"
		EOT
		try -22 "${no_ci[@]}" CI=1 dmr-chat -n "$option" hello
		grep -q 'error\]a' stderr
		run -1 grep -E '^ *::|##\[|##vso\[' stderr
	done
}

@test "X13: no line of standard error is a server's, with -vvv neither" {
	serve <<-'EOT'
		accept
		read
		sse "X-Evil: ::error::a"
		chunk ":\n::error::b\n\n"
		chunk "\n::error::c\n\n"
		delta "one"
		finish stop
		done
	EOT
	try -0 dmr-chat -n -vvv hello
	assert_stdout one
	grep -q '::error::b' stderr
	run -1 grep -E '^ *(::|##)' stderr
}

# ---- other places to write to

# until_true COMMAND ...: waits until it is, at most for the deadline.
until_true() {
	local end=$((SECONDS + DEADLINE))

	until "$@"; do
		((SECONDS < end)) || return 1
		sleep 0.01
	done
}

# Descriptor 7 is the reader's end of the FIFO "pipe", opened once the writer
# was started, which shall not inherit it.
hear() { IFS= read -r -t "$DEADLINE" -u 7 -N "$1" heard; }

peak() { awk '/^VmHWM/ { print $2 }' "/proc/$pid/status"; }

# For one that hears nothing half a second is over: so it is for all others.
let_time_pass() {
	# shellcheck disable=SC2034 # try sets it
	local status=0 output stderr

	serve <<-'EOT'
		accept
		read
		expect-close 20000
	EOT
	dmr-chat -n --first-timeout 500ms hello 2>/dev/null || status=$?
	((status == 28))
}

@test "O7: a reader that stalls slows the server, and is no timeout" {
	local before after size=$((37 * 300000))

	serve <<-'EOT'
		accept
		read
		sse
		burst 300000 delta "0123456789abcdefghijklmnopqrstuvwxyz\n"
		mark sent
		finish stop
		done
	EOT
	local played=$requests
	mkfifo pipe
	export ASAN_OPTIONS=quarantine_size_mb=1:detect_leaks=0
	start bash -c 'exec dmr-chat -n --idle-timeout 200ms hello >pipe'
	exec 7<>pipe
	hear 37
	let_time_pass 7>&-
	kill -0 "$pid"
	[[ ! -e $played/sent ]]
	before=$(peak)
	exec 6<pipe 7<&-
	head -c $((size - 1000000)) <&6 >/dev/null
	after=$(peak)
	cat <&6 >rest
	exec 6<&-
	finish -0
	assert_stderr
	echo "$before kB, then $after kB"
	((after - before < 4096))
	(($(wc -c <rest) == 1000000 - 37))
	[[ $(tail -1 rest) == 0123456789abcdefghijklmnopqrstuvwxyz ]]
}

@test "O8: on a terminal of any width and kind the answer is plain text" {
	local line columns setting

	line=$(printf 'word %.0s' {1..60})
	printf '%s\n\\x1b[1mEnd\n' "$line" >plain
	for columns in 0 1 80 10000; do
		serve_answer "$line\n" '\x1b[1mEnd'
		on_terminal -c "$columns" dmr-chat -n hello
		assert_tty -f plain
		((columns == 0)) || assert_screen plain -c "$columns"
	done
	for setting in TERM=dumb TERM= -uTERM TERM=xterm-evil TERM=xterm \
		NO_COLOR=1; do
		serve_answer "$line\n" '\x1b[1mEnd'
		on_terminal env "$setting" dmr-chat -n hello
		assert_tty -f plain
		try -7 pty -t 2 env "$setting" dmr-chat -n -H \
			http://127.0.0.1:1 hello
		escapes inert tty
	done
}

@test "O9: standard output may be a FIFO" {
	mkfifo pipe
	serve_answer 'one\n' two
	start bash -c 'exec dmr-chat -n hello >pipe'
	cat pipe >heard
	finish -0
	assert_file heard one two
}

# on_socket PROGRAM: standard output of dmr-chat is one end of a pair; PROGRAM,
# in Python, has the other as "peer", and the child.
on_socket() {
	try -0 python -c '
import socket, subprocess, sys
ours, peer = socket.socketpair()
child = subprocess.Popen(["dmr-chat", "-n", "hello"], stdout=ours)
ours.close()
exec(sys.argv[1])' "$1"
}

@test "O9: standard output may be a socket" {
	serve_answer 'one\n' two
	on_socket 'print(peer.makefile().read(), child.wait())'
	assert_stdout one two ' 0'
}

@test "O9: a peer that has gone ends it by SIGPIPE while the server is silent" {
	serve <<-'EOT'
		accept
		read
		sse
		delta "one"
		expect-close 20000
	EOT
	on_socket 'print(peer.recv(3)); peer.close(); print(child.wait())'
	assert_stdout "b'one'" -13
	assert_stderr
	closed 1
}

# The ways in which a run may end: status, and what the server plays.
ways() {
	cat <<-'EOT'
		0 sse ~ delta "Hello" ~ finish stop ~ done
		3 sse ~ delta "Hello" ~ finish length ~ done
		4 sse ~ delta "Hello" ~ finish content_filter ~ done
		5 sse ~ finish stop ~ done
		18 sse ~ delta "Hello" ~ close
		22 text 500 "broken"
	EOT
}

serve_way() { serve < <(printf 'accept\nread\n%s\n' "${1// ~ /$'\n'}"); }

# all_ways REDIRECTION [STATUS]: with it they end as ever, or, if there is text,
# with STATUS.
all_ways() {
	local want scene

	while read -r want scene; do
		serve_way "$scene"
		[[ ! $2 || $scene != *Hello* ]] || want=$2
		try -"$want" bash -c "exec dmr-chat -n --retry 0 hello $1"
		[[ $2 || $scene != *Hello* ]] || assert_stdout Hello
	done < <(ways)
	try -7 bash -c "exec dmr-chat -n -H http://127.0.0.1:1 hello $1"
	try -2 bash -c "exec dmr-chat -n $1"
	try -26 bash -c "exec dmr-chat - $1" </dev/null
}

@test "O12: a closed or full standard error changes no status and no answer" {
	all_ways '2>&-'
	all_ways '2>/dev/full'
}

@test "O12: nothing takes the place of a standard error that is closed" {
	serve < <(printf 'accept\nread\nsse\n'
		printf 'delta "one\\xff"\nfinish strange\ndone\n')
	try -0 bash -c 'exec dmr-chat -n -v -o file hello 2>&-'
	assert_stdout
	assert_file file 'one�'
}

@test "O12: in one pipe a message is in no character and no line of the answer" {
	serve < <(printf 'accept\nread\nsse\n'
		printf 'delta "%s"\n' 'a\xe2' '\x82\xac\nb' '\xf0\x9f\x98'
		printf 'close\n')
	try -18 bash -c 'exec dmr-chat -n hello 2>&1'
	iconv -f UTF-8 -t UTF-8 stdout >/dev/null
	head -2 stdout | assert_file /dev/stdin 'a€' 'b���'
	tail -n +3 stdout | grep -v '^dmr-chat: ' | assert_file /dev/stdin
	(($(wc -l <stdout) == 4))
}

@test "O13: with both closed the status is right" {
	local words

	all_ways '2>&- >&-' 23
	for words in '' --help --version --options; do
		serve_answer one
		try -23 bash -c "exec dmr-chat -n $words hello 2>&- >&-"
		assert_stdout
		assert_stderr
	done
}

@test "O15: between a delta's arrival and its being written nothing is waited for" {
	local word

	need strace
	serve < <(printf 'accept\nread\nsse\n'
		printf 'await next\ndelta "%s"\n' one two three
		printf 'finish stop\ndone\n')
	mkfifo pipe
	start env ASAN_OPTIONS=detect_leaks=0 strace -qq -o trace -s 4096 \
		-e trace=recvfrom,recvmsg,read,write,poll,ppoll,select,pselect6 \
		bash -c 'exec dmr-chat -n hello >pipe'
	exec 7<>pipe
	for word in one two three; do
		go next
		hear ${#word}
		[[ $heard == "$word" ]]
	done
	finish -0
	exec 7<&-
	awk '/content.*(one|two|three)/ && !/max_tokens/ { due = 1 }
		/^(p?poll|p?select)/ && !/, 0\)/ && due { print; bad = 1 }
		/^write\(1, "(one|two|three)"/ { due = 0; n++ }
		END { exit bad || n != 3 }' trace
}

@test "O16: a limit of a file's size is exit 23, not the signal" {
	local text

	text=$(printf '%03000d' 0)
	serve_answer "$text"
	try -23 bash -c 'ulimit -f 1; exec dmr-chat -n hello >file'
	assert_stderr "dmr-chat: cannot write standard output: File too large"
	assert_file file -n "${text::1024}"
	echo old >file
	serve_answer "$text"
	try -23 bash -c 'ulimit -f 1; exec dmr-chat -n -o file hello'
	assert_stderr "dmr-chat: cannot write 'file': File too large"
	assert_file file old
}

@test "O17: with --json an error is one line of JSON, and nothing of an answer" {
	local want scene

	while read -r want scene; do
		((want)) || continue
		serve_way "$scene"
		try -"$want" dmr-chat -n --retry 0 --json hello
		assert_stdout
		(($(wc -l <stderr) == 1))
		jq -e --argjson want "$want" '.exit == $want and
			(.code | type == "string") and
			(.message | type == "string") and
			(.retryable | type == "boolean")' stderr
	done < <(ways)
	try -7 dmr-chat -n --json -H http://127.0.0.1:1 hello
	assert_stdout
	jq -e '.code == "unreachable" and .exit == 7' stderr
}

# The second tool is told on its terminal that a model loads: so the time for
# that has come for the first one, too, which has waited for longer.
@test "O19: nobody is told of progress where standard error is no terminal" {
	local status=0 first

	serve < <(printf 'accept\nread\nmark asked\nawait next\nsse\n'
		printf 'delta "one"\nfinish stop\ndone\n')
	first=$requests
	start env "$python" "$tests/pty.py" -t 01 -o tty -d "$DEADLINE" \
		dmr-chat -n hello
	reached asked
	serve < <(printf 'accept\nread\nexpect-close 20000\n')
	pty -t 2 -o second -w loading -i '\x03' dmr-chat -n hello || status=$?
	((status == 130))
	requests=$first go next
	finish -0
	assert_tty one
	assert_stderr
}
