# Standard input, output and error, and -o: what every tool does with them.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand

load lib

setup() {
	lib_setup
	here=$BATS_TEST_TMPDIR
	cd "$here" || return
}

teardown() {
	chmod -f 755 closed || :
	lib_teardown
}

# Every tool in every mode that prints: what the server plays (below), then
# the command.
modes() {
	local tool

	for tool in dmr-chat dmr-check dmr-complete dmr-docstring dmr-embed dmr-mock dmr-models dmr-reqs dmr-review; do
		printf -- "- $tool %s\n" --help -h --version -V --options
	done
	echo '{"id":"ai/a","embedding":[1,0]}' >index
	echo 'vector dmr-embed -m m --near text index'
	printf 'def f():\n    pass\n' >f.py
	printf '# Shop\n\n## Functional requirements\n\n### FR-001\n\n%s\n' \
		'The shop shall list bikes.' >reqs.md
	cat <<-'EOT'
		summary dmr-docstring -m m --sections summary f.py
		summary dmr-docstring -m m --sections summary -d f.py
		summary dmr-docstring -m m --sections summary --only-doc f.py
		- dmr-docstring -m m --dry-run f.py
		- dmr-docstring -c --fail-under 0 f.py
		- dmr-docstring -c --fail-under 0 -F sarif f.py
		review dmr-review -m m --fail-on none f.py
		review dmr-review -m m --fail-on none --json f.py
		- dmr-review --offline -F sarif f.py
		- dmr-review -m m --dry-run f.py
		reqs dmr-reqs -m m -n --ask x
		- dmr-reqs -m m -n --dry-run x
		- dmr-reqs -c --fail-on none -F sarif reqs.md
	EOT
	cat <<-'EOT'
		- dmr-mock --list-faults
		chat dmr-chat -n hello
		chat dmr-chat -n -o - hello
		whole dmr-chat -n --no-stream hello
		text dmr-complete --suffix b
		text dmr-complete --suffix b --json
		list dmr-models
		list dmr-models list
		list dmr-models --json
		names dmr-models --names
		status dmr-models status
		status dmr-models status --json
	EOT
}

tools_there_are() {
	local file

	for file in "$top"/tools/*.c; do
		file=${file##*/}
		echo "${file%.c}"
	done
}

# The server's part in a mode.
play() {
	local list='{"object":"list","data":[{"id":"docker.io/ai/a:latest",'
	list+='"object":"model","created":1,"owned_by":"docker"}]}'

	case $1 in
	-) export DMR_HOST=http://127.0.0.1:1 ;;
	chat) serve_answer 'one\n' 'two\n' ;;
	whole) serve_json '{"choices":[{"index":0,"finish_reason":"stop",' \
		'"message":{"role":"assistant","content":"one\ntwo\n"}}]}' ;;
	text) serve_json '{"choices":[{"index":0,"finish_reason":"stop",' \
		'"text":"one\ntwo\n"}]}' ;;
	list) serve_json "$list" '' '[]' ;;
	names) serve_json "$list" ;;
	summary) serve_json '{"choices":[{"finish_reason":"stop","message":' \
		'{"content":"{\"summary\":\"Do it.\"}"}}]}' ;;
	review) serve_json '{"choices":[{"finish_reason":"stop","message":' \
		'{"content":"{\"findings\":[{\"anchor\":\"\",\"quote\":\"pass\",' \
		'\"severity\":\"low\",\"category\":\"bug\",\"title\":\"\",' \
		'\"message\":\"No.\",\"suggestion\":\"\"}]}"}}]}' ;;
	reqs) serve_json '{"choices":[{"finish_reason":"stop","message":' \
		'{"content":"{\"open_questions\":[]}"}}]}' ;;
	vector) serve_json '{"data":[{"index":0,"embedding":[1,0]}]}' ;;
	status) serve_json '{"version":"v1.0"}' '' \
		'{"llama.cpp":"running: b1"}' ;;
	*) return 1 ;;
	esac
}

# serve_json PART ... ['' PART ...]: an answer of these parts, then another.
serve_json() {
	local body='' part

	serve < <(
		for part in "$@" ''; do
			body+=$part
			[[ $part ]] && continue
			printf "accept\nread\njson 200 '%s'\n" "$body"
			body=
		done
	)
}

# A stream of which each line waits for "go next"; "asked" is marked before
# the first.
serve_steps() {
	serve < <(
		printf 'accept\nread\nsse\nrole\nmark asked\n'
		printf 'await next\ndelta "%s"\n' "$@"
		printf 'await next\nfinish stop\ndone\n'
	)
}

# The text of the last message of the request.
asked() { request 1 | jq -j '.messages[-1].content'; }

# Descriptor 9 becomes a pipe that nobody reads any more.
open_gone() {
	[[ -p gone ]] || mkfifo gone
	# shellcheck disable=SC2094
	exec 8<>gone 9>gone 8<&-
}

# Nothing else is in the folder, no litter either.
assert_folder() { # FOLDER [NAME ...]
	local folder=$1

	shift
	find "$folder" -mindepth 1 -printf '%P\n' | sort >found
	assert_file found "$@"
}

# As an ordinary user without root's right to read and write everything.
as_user() {
	if ((EUID)); then
		"$@"
	else
		setpriv --bounding-set=-dac_override,-dac_read_search "$@"
	fi
}

# open_pipe, hear N, assert_rest TEXT: what goes into the FIFO "pipe".  It is opened
# after the writer was started, which shall not inherit it, and in a way that
# never waits for one.  The rest comes once the writer has ended.
open_pipe() { exec 7<>pipe; }

hear() { IFS= read -r -t "$DEADLINE" -u 7 -N "$1" heard; }

assert_rest() {
	exec 6<pipe 7<&-
	cat <&6 >rest
	exec 6<&-
	assert_file rest -n "$1"
}

# pty, but in the background.
start_pty() {
	local python=/usr/bin/python3

	[[ -x $python ]] || python=python3
	start "$python" "$tests/pty.py" -o tty -d "$DEADLINE" "$@"
}

# Descriptor 7 is the other end of the FIFO "input"; called after start, so
# that nobody else holds it.
# Waits for the reader to open it too.
open_input() { exec 7>input; }

# Sets unnamed to which openat() it is that makes a file without a name; empty
# if none is, in a tree made with POSIX_ONLY.
find_unnamed() {
	serve_answer one
	try -0 "${traced[@]}" -e trace=openat dmr-chat -n -o out hello
	unnamed=$(grep -n O_TMPFILE trace | cut -d: -f1)
}

# Leaks cannot be sought under ptrace.
traced=(env ASAN_OPTIONS=detect_leaks=0 strace -qq -f -o trace)

# assert_says COMMAND WHY: that standard output cannot be written.
assert_says() {
	local what="cannot write standard output: $2"

	case $1 in
	*--json*)
		assert_stderr "{\"code\":\"output\",\"exit\":23,`
			`\"message\":\"$what\",\"retryable\":false}" ;;
	*) assert_stderr "${1%% *}: $what" ;;
	esac
}

# ---- the tables

@test "the tables of modes hold every tool" {
	comm -3 <(modes | cut -d' ' -f2 | sort -u) <(tools_there_are) |
		assert_file /dev/stdin
}

@test "every mode of the table prints something when nothing is wrong" {
	local part words

	while read -r part words; do
		play "$part"
		# shellcheck disable=SC2086 # words
		try -0 $words </dev/null
		[[ -s $here/stdout ]]
		assert_stderr
	done < <(modes)
}

@test "O1: a full device is exit 23 in every tool and mode" {
	local part words

	while read -r part words; do
		play "$part"
		# shellcheck disable=SC2086 # words
		try -23 bash -c 'exec "$@" >/dev/full' - $words </dev/null
		assert_says "$words" "No space left on device"
	done < <(modes)
}

@test "O2: a closed standard output is exit 23 in every tool and mode" {
	local part words

	while read -r part words; do
		play "$part"
		# shellcheck disable=SC2086 # words
		try -23 bash -c 'exec "$@" >&-' - $words </dev/null
		assert_says "$words" "Bad file descriptor"
	done < <(modes)
}

@test "O2: nothing takes the place of a standard output that is closed" {
	need strace
	serve_answer one
	try -23 "${traced[@]}" -e trace=%desc,%network \
		bash -c 'exec dmr-chat -n hello >&-'
	grep -F ' openat(AT_FDCWD, "/dev/null", O_RDONLY) = 1' trace
	grep -E ' write\(1, "one", 3\) += -1 EBADF' trace
	sed '1,/ openat(AT_FDCWD, "\/dev\/null", O_RDONLY) = 1$/d' trace |
		grep -E ' (socket|open|openat|dup|dup2|dup3|accept)\(|F_DUPFD' \
		>after
	grep -F socket after
	run -1 grep -E ' = [012]$' after
}

@test "O3: a reader that is gone ends every tool in every mode by SIGPIPE" {
	local part words

	while read -r part words; do
		play "$part"
		open_gone
		# shellcheck disable=SC2086 # words
		try -141 bash -c 'exec "$@" >&9 9>&-' - $words </dev/null
		assert_stderr
		[[ $part == - ]] || closed 1
	done < <(modes)
}

@test "O3: | head -1 ends the tool while the server goes on" {
	serve <<-'EOT'
		accept
		read
		sse
		times forever delta "word\n"
	EOT
	try -0 bash -c 'dmr-chat -n hello | head -1
		[[ ${PIPESTATUS[0]} == 141 ]]'
	assert_stdout word
	assert_stderr
	closed 1
}

@test "O3: a reader that goes while the server is silent ends the tool at once" {
	serve <<-'EOT'
		accept
		read
		sse
		role
		delta "one\n"
		expect-close 20000
	EOT
	mkfifo pipe
	start bash -c 'exec dmr-chat -n hello >pipe'
	open_pipe
	hear 4
	[[ $heard == $'one\n' ]]
	exec 7<&-
	finish -141
	assert_stderr
	closed 1
}

@test "O3: a reader that goes before the server says a word ends the tool" {
	local words

	mkfifo pipe
	for words in 'dmr-chat -n hello' 'dmr-chat -n --no-stream hello' \
		'dmr-models --names' 'dmr-models status'; do
		serve <<-'EOT'
			accept
			read
			mark asked
			expect-close 20000
			accept
		EOT
		# shellcheck disable=SC2086 # words
		start bash -c 'exec "$@" >pipe' - $words
		open_pipe
		reached asked
		exec 7<&-
		finish -141
		assert_stderr
		closed 1
	done
}

@test "O4: with SIGPIPE ignored a reader that is gone is exit 23, silently" {
	local part words

	while read -r part words; do
		play "$part"
		open_gone
		# shellcheck disable=SC2086 # words
		try -23 env --ignore-signal=PIPE \
			bash -c 'exec "$@" >&9 9>&-' - $words </dev/null
		assert_stderr
		[[ $part == - ]] || closed 1
	done < <(modes)
}

@test "O4: with SIGPIPE ignored a reader that goes in mid-answer is exit 23" {
	serve <<-'EOT'
		accept
		read
		sse
		delta "one\n"
		expect-close 20000
	EOT
	mkfifo pipe
	start env --ignore-signal=PIPE bash -c 'exec dmr-chat -n hello >pipe'
	open_pipe
	hear 4
	exec 7<&-
	finish -23
	assert_stderr
	closed 1
}

@test "O5: an error at the n-th write is exit 23, what was written stays" {
	local n

	need strace
	mkfifo pipe
	for n in 1 2 3 1+ 2+; do
		serve_steps one two three
		start "${traced[@]}" -P "$here/pipe" -e trace=write \
			-e inject=write:error=EIO:when="$n" \
			bash -c 'exec dmr-chat -n hello >pipe'
		open_pipe
		reached asked
		go next
		((${n%+} < 2)) || { hear 3 && [[ $heard == one ]] && go next; }
		((${n%+} < 3)) || { hear 3 && [[ $heard == two ]] && go next; }
		finish -23
		assert_rest ''
		assert_says dmr-chat "Input/output error"
	done
}

@test "O5: a full device at the n-th write is exit 23" {
	serve_answer one
	try -23 "${traced[@]}" -e trace=write \
		-e inject=write:error=ENOSPC:when=2 dmr-chat -n hello
	assert_stdout -n one
	assert_says dmr-chat "No space left on device"
}

@test "O5: an error at close is exit 23" {
	local part words

	need strace
	while read -r part words; do
		[[ $part == - ]] || play "$part"
		: >out
		# shellcheck disable=SC2086 # words
		try -23 "${traced[@]}" -P "$here/out" -e trace=close,write \
			-e inject=close:error=EIO \
			bash -c 'exec "$@" >out' - $words </dev/null
		[[ -s out ]]
		assert_says "$words" "Input/output error"
	done < <(modes)
}

@test "O5: with -o any call that fails is exit 23, FILE stays as it was" {
	local call

	need strace
	mkdir folder
	echo old >folder/file
	find_unnamed
	for call in write:error=ENOSPC:when=1 write:error=EIO:when=2 \
		fchmod:error=EPERM fsync:error=EIO /^renameat:error=EROFS \
		${unnamed:+linkat:error=EDQUOT}; do
		serve_answer one
		try -23 "${traced[@]}" -e trace="${call%%:*}" \
			-e inject="$call" dmr-chat -n -o folder/file hello
		grep INJECTED trace
		assert_stdout
		[[ $stderr == "dmr-chat: cannot write "?*": "* ]]
		assert_file folder/file old
		assert_folder folder file
	done
}

@test "O5: the message about a full -o FILE names the file" {
	serve_answer one
	try -23 dmr-chat -n -o /dev/full hello
	assert_stdout
	assert_stderr "dmr-chat: cannot write '/dev/full': No space left on`
		` device"
}

@test "O6: an interrupted write is taken up again" {
	need strace
	serve_answer one
	try -0 "${traced[@]}" -e trace=write \
		-e inject=write:error=EINTR:when=1+2 dmr-chat -n hello
	grep -c INJECTED trace | assert_file /dev/stdin 2
	assert_stdout one
	assert_stderr
}

@test "O6: a write that would block is waited for" {
	need strace
	serve_answer one
	try -0 "${traced[@]}" -e trace=write \
		-e inject=write:error=EAGAIN:when=1+2 dmr-chat -n hello
	grep -c INJECTED trace | assert_file /dev/stdin 2
	assert_stdout one
	assert_stderr
}

# Its standard input and output do not block.
nonblocking=(perl -MFcntl -e 'for (*STDIN, *STDOUT) {
	fcntl $_, F_SETFL, O_NONBLOCK | fcntl $_, F_GETFL, 0 or die }
	exec @ARGV')

@test "O6: all comes in order through a slow pipe that does not block" {
	serve <<-'EOT'
		accept
		read
		sse
		burst 20000 delta "0123456789abcdefghijklmnopqrstuvwxyz\n"
		finish stop
		done
	EOT
	mkfifo pipe
	start "${nonblocking[@]}" bash -c 'exec dmr-chat -n hello >pipe'
	open_pipe
	# The pipe is full long before all has come.
	hear 37
	assert_file <(printf %s "$heard") 0123456789abcdefghijklmnopqrstuvwxyz
	exec 6<pipe 7<&-
	cat <&6 >rest
	exec 6<&-
	finish -0
	assert_file rest -f \
		<(yes 0123456789abcdefghijklmnopqrstuvwxyz | head -n 19999)
}

# ---- standard error

@test "a reader of standard error that is gone changes no status" {
	open_gone
	try -7 bash -c 'exec dmr-chat -n hello 2>&9 9>&-'
	assert_stdout
	try -2 bash -c 'exec dmr-models --no-such-option 2>&9 9>&-'
	assert_stdout
	serve_answer one
	try -0 bash -c 'exec dmr-chat "$@" 2>&9 9>&-' - \
		< <(printf 'not UTF-8: \xff')
	assert_stdout one
}

@test "a full standard error changes no status" {
	try -7 bash -c 'exec dmr-chat -n hello 2>/dev/full'
	assert_stdout
	serve_answer one
	try -0 bash -c 'exec dmr-chat -vvv -n hello 2>/dev/full'
	assert_stdout one
}

# ---- the rest of standard output

@test "O11: -o FILE is untouched when the answer is cut" {
	local end

	mkdir folder
	echo old >folder/file
	for end in '3 finish length\ndone' '18 close' '18 reset' '18 done' \
		'22 event {"error":{"code":500,"message":"broken"}}'; do
		serve < <(printf 'accept\nread\nsse\nrole\ndelta "one"\n%b\n' \
			"${end#* }")
		try -"${end%% *}" dmr-chat -n -o folder/file hello
		assert_stdout
		[[ $stderr == dmr-chat:* ]]
		assert_file folder/file old
		assert_folder folder file
	done
}

@test "-o FILE: a cut answer is written if that is good" {
	serve <<-'EOT'
		accept
		read
		sse
		delta "one"
		finish length
		done
	EOT
	try -0 dmr-chat -n --cut-ok -o file hello
	assert_stdout
	assert_file file one
}

@test "-o FILE appears at once and whole, not before the answer's end" {
	mkdir folder
	echo old >folder/file
	serve_steps one two
	start dmr-chat -n -o folder/file hello
	reached asked
	go next
	go next
	assert_file folder/file old
	go next
	finish -0
	assert_file folder/file onetwo
	assert_folder folder file
}

@test "-o FILE: a new file has 0666 less the umask, an old one keeps its mode" {
	umask 027
	serve_answer one
	try -0 dmr-chat -n -o new hello
	stat -c %a new | assert_file /dev/stdin 640
	echo old >old
	chmod 604 old
	serve_answer one
	try -0 dmr-chat -n -o old hello
	stat -c %a old | assert_file /dev/stdin 604
	assert_file old one
}

@test "-o FILE: an old one keeps its owner and group, or what they may do" {
	((EUID == 0)) || lack root
	echo old >theirs
	chown 65534:65534 theirs
	chmod 4670 theirs
	serve_answer one
	try -0 dmr-chat -n -o theirs hello
	stat -c '%u:%g %a' theirs | assert_file /dev/stdin '65534:65534 670'
	chmod 777 .
	echo old >other
	chown 65534:0 other
	chmod 660 other
	serve_answer one
	try -0 setpriv --reuid=65534 --regid=65534 --clear-groups \
		dmr-chat -n -o other hello
	stat -c '%u:%g %a' other | assert_file /dev/stdin '65534:65534 600'
	assert_file other one
}

@test "-o FILE: a symbolic link stays one, its target is replaced" {
	mkdir folder
	echo old >folder/file
	ln -s folder/file link
	serve_answer one
	try -0 dmr-chat -n -o link hello
	[[ -L link ]]
	assert_file folder/file one
	assert_folder folder file
}

@test "-o FILE: a symbolic link to nothing stays one, its target is made" {
	mkdir folder
	ln -s folder/file link
	serve_answer one
	try -0 dmr-chat -n -o link hello
	[[ -L link ]]
	assert_file folder/file one
}

@test "-o FILE: a FIFO is written directly, as the answer comes" {
	mkfifo pipe
	serve_steps one two
	start dmr-chat -n -o pipe hello
	open_pipe
	reached asked
	go next
	hear 3
	[[ $heard == one ]]
	go next
	hear 3
	[[ $heard == two ]]
	go next
	finish -0
	assert_rest $'\n'
	[[ -p pipe ]]
	assert_stdout
}

@test "-o FILE: a FIFO whose reader goes is exit 23, the connection is closed" {
	mkfifo pipe
	serve <<-'EOT'
		accept
		read
		sse
		delta "one"
		await next
		times forever delta "two"
	EOT
	start dmr-chat -n -o pipe hello
	open_pipe
	hear 3
	exec 7<&-
	go next
	finish -23
	assert_stdout
	assert_stderr "dmr-chat: cannot write 'pipe': Broken pipe"
	closed 1
}

@test "-o FILE: a device is written directly" {
	serve_answer one
	try -0 dmr-chat -n -o /dev/null hello
	[[ -c /dev/null ]]
	serve_answer one
	# A pipe, so that /dev/stdout is no regular file.
	try -0 bash -c 'dmr-chat -n -o /dev/stdout hello | cat'
	assert_stdout one
}

@test "-o FILE: what cannot be written is exit 23 before anything is sent" {
	local file

	mkdir folder closed
	ln -s loop loop
	echo old >closed/old
	echo old >folder/readonly
	chmod 555 closed
	chmod 444 folder/readonly
	serve </dev/null
	for file in "closed/new:Permission denied" "closed/old:Permission denied" \
		"folder/readonly:Permission denied" "folder:Is a directory" \
		"missing/file:No such file or directory" \
		"folder/readonly/file:Not a directory" \
		"loop:Too many levels of symbolic links" \
		"$(printf %0300d 0):File name too long"; do
		try -23 as_user dmr-chat -n -o "${file%%:*}" hello
		assert_stdout
		assert_stderr "dmr-chat: cannot write '${file%%:*}': ${file#*:}"
	done
	assert_requests 0
	assert_folder closed old
	assert_folder folder readonly
}

@test "-o - is standard output" {
	serve_answer one
	try -0 dmr-chat -n -o - hello
	assert_stdout one
	[[ ! -e ./- ]]
}

@test "-o FILE: a signal in mid-answer leaves no litter" {
	local sig

	mkdir folder
	echo old >folder/file
	for sig in INT TERM HUP KILL; do
		serve_steps one two
		start dmr-chat -n -o folder/file hello
		reached asked
		go next
		# Against this one nothing helps but to have no name yet.
		if [[ $sig == KILL ]] && compgen -G 'folder/.dmr-*'; then
			sig=TERM
		fi
		kill -"$sig" "$pid"
		finish -$((128 + $(kill -l "$sig")))
		assert_file folder/file old
		assert_folder folder file
	done
}

@test "-o FILE: without unnamed files a signal leaves no litter either" {
	local sig

	need strace
	mkdir folder
	find_unnamed
	echo old >folder/file
	for sig in INT TERM HUP; do
		serve_steps one two
		start env ASAN_OPTIONS=detect_leaks=0 strace -D -qq -o trace \
			-e trace=openat -e signal=none \
			-e inject=openat:error=EOPNOTSUPP:when="${unnamed:-9999}" \
			dmr-chat -n -o folder/file hello
		reached asked
		compgen -G 'folder/.dmr-*'
		kill -"$sig" "$pid"
		finish -$((128 + $(kill -l "$sig")))
		assert_file folder/file old
		assert_folder folder file
	done
	# And it works.
	serve_answer one
	try -0 "${traced[@]}" -e trace=openat \
		-e inject=openat:error=EOPNOTSUPP:when="${unnamed:-9999}" \
		dmr-chat -n -o folder/file hello
	assert_file folder/file one
	assert_folder folder file
}

@test "a newline is added at the end if the answer has none, only then" {
	serve_answer 'one\n' two
	try -0 dmr-chat -n hello
	assert_stdout one two
	serve_answer 'one\n'
	try -0 dmr-chat -n hello
	assert_stdout one
	serve_answer 'one\n\n'
	try -0 dmr-chat -n hello
	assert_stdout one ''
	serve_answer '\n'
	try -0 dmr-chat -n hello
	assert_stdout ''
}

@test "a newline is added also after an answer that was cut" {
	local end

	for end in '3 finish length\ndone' '18 close' '18 reset' \
		'22 event {"error":{"code":500,"message":"broken"}}'; do
		serve < <(printf 'accept\nread\nsse\nrole\ndelta "one"\n%b\n' \
			"${end#* }")
		try -"${end%% *}" dmr-chat -n hello
		assert_stdout one
	done
}

@test "O14: on a terminal a message stands on a line of its own" {
	serve <<-'EOT'
		accept
		read
		sse
		delta "one"
		close
	EOT
	try -18 pty dmr-chat -n hello
	head -1 tty | assert_file /dev/stdin one
	sed -n '3,$p' tty | assert_file /dev/stdin
	grep -q '^dmr-chat: ' tty
}

@test "each delta is in the pipe before the next one is sent" {
	local word

	mkfifo pipe
	serve_steps one 'two\n' $'dr\xc3\xa4i' '\xe2\x82\xac' end
	start bash -c 'exec dmr-chat -n hello >pipe'
	open_pipe
	reached asked
	for word in one $'two\n' dräi € end; do
		go next
		hear ${#word}
		[[ $heard == "$word" ]]
	done
	go next
	finish -0
	assert_rest $'\n'
}

@test "a character that is split over two deltas comes whole" {
	mkfifo pipe
	serve_steps 'a\xe2' '\x82' '\xacb'
	start bash -c 'exec dmr-chat -n hello >pipe'
	open_pipe
	reached asked
	go next
	go next
	go next
	hear 3
	[[ $heard == a€b ]]
	go next
	finish -0
	assert_rest $'\n'
}

@test "a pipe gets exactly the bytes of the answer" {
	serve_answer 'a\x1b[31m\x07\x08\r\tb\x7f\xc2\x9bc\x1b' \
		']0;title\x07\n'
	try -0 dmr-chat -n hello
	assert_stdout -n $'a\e[31m\a\b\r\tb\x7f\xc2\x9bc\e]0;title\a\n'
}

@test "a terminal shows control bytes instead of obeying them" {
	serve_answer 'a\x1b[31m\x07\x08\r\tb\x7fc\n\n'
	try -0 pty dmr-chat -n hello
	assert_tty -n 'a\x1b[31m\x07\x08\x0d'$'\t''b\x7fc'$'\n\n'
}

@test "a terminal shows an escape that is split over two deltas" {
	# shellcheck disable=SC1003
	serve_steps 'a\x1b' ']52;c;Zm9v\x1b' '\\' '\xc2' '\x9b31m'
	start_pty dmr-chat -n hello
	reached asked
	for _ in 1 2 3 4 5 6; do
		go next
	done
	finish -0
	assert_tty 'a\x1b]52;c;Zm9v\x1b\\u{9b}31m'
}

@test "a terminal gets what a server says of itself made harmless" {
	local words

	for words in status 'status --json'; do
		serve_json '{"version":"v1\u001b]0;x\u0007"}' '' \
			'{"llama.cpp":"\u001b[31mred"}'
		# shellcheck disable=SC2086 # words
		try -0 pty -t 1 dmr-models $words
		grep red tty
		run -1 grep $'[\e\a]' tty
	done
}

# ---- standard input

@test "I1: an empty standard input is exit 26, nothing is sent" {
	local input

	serve </dev/null
	echo '{{input}}' >needs.prompt
	for input in '' '\n' ' \t\r\n\n'; do
		try -26 dmr-chat < <(printf %b "$input")
		assert_stdout
		assert_stderr "dmr-chat: standard input is empty"
		try -26 dmr-chat -t ./needs.prompt < <(printf %b "$input")
		assert_stderr "dmr-chat: standard input is empty"
		try -26 dmr-chat -t commit-message < <(printf %b "$input")
		assert_stderr "dmr-chat: standard input is empty"
	done
	assert_requests 0
}

@test "I1: beside a prompt an empty standard input adds nothing" {
	serve_answer one
	try -0 dmr-chat hello </dev/null
	assert_stdout one
	assert_file <(asked) -n hello
	serve_answer one
	try -0 dmr-chat hello < <(echo)
	assert_file <(asked) -n hello
}

@test "I2: on a terminal without a prompt it reads to ^D after a hint" {
	serve_answer one
	try -0 pty -w 'end it with ^D\n' -i 'first\nsecond\n' -e dmr-chat
	assert_tty 'dmr-chat: reading standard input; end it with ^D' one
	assert_file <(asked) -n $'first\nsecond'
}

@test "I2: on a terminal with a prompt nothing is read" {
	serve_answer one
	try -0 pty -t 0 dmr-chat hello
	assert_stdout one
	assert_stderr
	assert_file <(asked) -n hello
}

@test "I2: on a terminal a template that places the input reads to ^D" {
	echo 'Sum up: {{input}}' >places.prompt
	echo 'Be brief.' >plain.prompt
	serve_answer one
	try -0 pty -t 0 -i 'text\n' -e dmr-chat -t ./places.prompt
	assert_stderr 'dmr-chat: reading standard input; end it with ^D'
	assert_file <(asked) -n $'Sum up: text'
	serve_answer one
	try -0 pty -t 0 dmr-chat -t ./plain.prompt
	assert_stderr
	assert_file <(asked) -n 'Be brief.'
}

@test "I2: ^D at once on a terminal is an empty standard input" {
	serve </dev/null
	try -26 pty -t 0 -e dmr-chat
	assert_stderr 'dmr-chat: reading standard input; end it with ^D' \
		'dmr-chat: standard input is empty'
	assert_requests 0
}

@test "I3: a closed standard input is exit 26, nothing is sent" {
	serve </dev/null
	try -26 dmr-chat <&-
	assert_stdout
	assert_stderr "dmr-chat: cannot read standard input: Bad file descriptor"
	try -26 dmr-chat hello <&-
	assert_stderr "dmr-chat: cannot read standard input: Bad file descriptor"
	assert_requests 0
}

@test "I3: what does not read a closed standard input does not mind it" {
	serve_answer one
	try -0 dmr-chat -n hello <&-
	assert_stdout one
	play names
	try -0 dmr-models --names <&-
	assert_stdout ai/a
	assert_stderr
}

@test "I3: nothing takes the place of a standard input that is closed" {
	need strace
	serve_answer one
	try -0 "${traced[@]}" -e trace=%desc,%network \
		bash -c 'exec dmr-chat -n hello <&-'
	grep -F ' openat(AT_FDCWD, "/dev/null", O_WRONLY) = 0' trace
	sed '1,/ openat(AT_FDCWD, "\/dev\/null", O_WRONLY) = 0$/d' trace |
		grep -E ' (socket|open|openat|dup|dup2|dup3|accept)\(|F_DUPFD' \
		>after
	grep -F socket after
	run -1 grep -E ' = [012]$' after
}

@test "I4: a folder as standard input is exit 26, nothing is sent" {
	serve </dev/null
	try -26 dmr-chat hello <.
	assert_stdout
	assert_stderr "dmr-chat: cannot read standard input: Is a directory"
	assert_requests 0
}

@test "I5: an error while standard input is read is exit 26, nothing is sent" {
	local n

	need strace
	serve </dev/null
	head -c 300000 /dev/zero | tr '\0' x >input
	for n in 1 2 3; do
		try -26 "${traced[@]}" -P "$here/input" -e trace=read \
			-e inject=read:error=EIO:when=$n dmr-chat <input
		(($(wc -l <trace) == n))
		assert_stdout
		assert_stderr "dmr-chat: cannot read standard input:`
			` Input/output error"
	done
	assert_requests 0
}

@test "I5: an interrupted read, and one that would block, are taken up again" {
	local error

	need strace
	echo text >input
	for error in EINTR EAGAIN; do
		serve_answer one
		try -0 "${traced[@]}" -P "$here/input" -e trace=read \
			-e inject=read:error=$error:when=1+2 dmr-chat <input
		grep -c INJECTED trace | assert_file /dev/stdin 2
		assert_stdout one
		assert_stderr
		assert_file <(asked) -n text
	done
}

@test "I5: a standard input that does not block is waited for" {
	mkfifo input
	serve_answer one
	start bash -c 'exec "$@" <input' - "${nonblocking[@]}" dmr-chat
	open_input
	printf 'first ' >&7
	printf 'second' >input
	exec 7>&-
	finish -0
	assert_stdout one
	assert_file <(asked) -n 'first second'
}

@test "I6: with and without a newline at the end the input is the same" {
	serve_answer one
	try -0 dmr-chat prompt < <(printf 'text')
	request 1 >without
	serve_answer one
	try -0 dmr-chat prompt < <(printf 'text\n')
	assert_file <(request 1) -f without
	assert_file <(asked) -n $'prompt\n\ntext'
}

@test "the input keeps its newlines but for the last one" {
	serve_answer one
	try -0 dmr-chat < <(printf '\n a\r\n\tb\n\n\n')
	assert_file <(asked) -n $'\n a\r\n\tb\n\n'
}

@test "operands, joined by one space, stand before the input" {
	serve_answer one
	try -0 dmr-chat two  words 'and  more' -- -n < <(echo text)
	assert_file <(asked) -n $'two words and  more -n\n\ntext'
	request 1 | jq -c '[.messages[].role]' | assert_file /dev/stdin '["user"]'
}

@test "without a prompt the input is all that is sent" {
	serve_answer one
	try -0 dmr-chat < <(echo text)
	assert_file <(asked) -n text
	serve_answer one
	try -0 dmr-chat '' < <(echo text)
	assert_file <(asked) -n text
}

@test "the input is data: nothing in it is acted on" {
	serve_answer one
	try -0 dmr-chat < <(echo '@/etc/passwd {{prompt}} {{> part}} %system')
	assert_file <(asked) -n '@/etc/passwd {{prompt}} {{> part}} %system'
}

@test "the operand - is standard input: once, and not with -n" {
	serve_answer one
	echo text | try -0 dmr-chat - hello
	assert_stdout one
	assert_file <(asked) -n $'hello\n\ntext'
	for words in '- -' '-n - hello'; do
		# shellcheck disable=SC2086 # the words are the arguments
		try -2 dmr-chat $words
		assert_stderr "dmr-chat: '-' is standard input, which is read`
			` once, and not with -n"
	done
	assert_requests 1
}

@test "-n reads nothing" {
	serve_answer one
	exec 7< <(echo text)
	try -0 dmr-chat -n hello <&7
	assert_file <(asked) -n hello
	read -r left <&7
	[[ $left == text ]]
	serve_answer one
	try -0 dmr-chat --no-stdin hello < <(echo text)
	assert_file <(asked) -n hello
}

@test "-n without a prompt is a usage error, nothing is sent" {
	serve </dev/null
	try -2 dmr-chat -n < <(echo text)
	assert_stdout
	[[ $stderr == dmr-chat:* ]]
	assert_requests 0
}

@test "bytes that are no text become U+FFFD, with one warning" {
	serve_answer one
	try -0 dmr-chat < <(printf 'a\xffb\0c\xe2\x82d\xc3')
	assert_stdout one
	assert_stderr "dmr-chat: standard input: 5 bytes are no UTF-8 text,`
		` U+FFFD is sent instead"
	asked | grep -qx 'a�b�c�*d�'
	# What is sent is UTF-8 and JSON.
	request 1 | iconv -f UTF-8 -t UTF-8 | jq -e . >/dev/null
}

@test "text in any language is sent as it is" {
	serve_answer one
	try -0 dmr-chat Grüße 日本語 < <(printf '😀 e\xcc\x81\xe2\x80\x8f')
	assert_stderr
	assert_file <(asked) -n $'Grüße 日本語\n\n😀 e\xcc\x81\xe2\x80\x8f'
}

@test "an endless input is refused, nothing is sent" {
	serve </dev/null
	exec 7< <(yes)
	try -26 dmr-chat hello <&7
	exec 7<&-
	assert_stdout
	assert_stderr "dmr-chat: standard input is larger than 10485760 bytes"
	assert_requests 0
}

@test "a file over 10 MiB is refused without reading it" {
	serve </dev/null
	truncate -s 1G large
	exec 7<large
	try -26 dmr-chat hello <&7
	assert_stderr "dmr-chat: standard input is larger than 10485760 bytes"
	# What was read of it is where the shared descriptor stands.
	read -r _ pos <"/proc/$BASHPID/fdinfo/7"
	exec 7<&-
	((pos == 0))
	assert_requests 0
}

@test "J26: a request of 10 MiB is sent, one byte more is refused" {
	local size

	serve_answer one
	try -0 dmr-chat < <(echo x)
	size=$((10485760 - $(request 1 | wc -c) + 1))
	serve_answer one
	try -0 dmr-chat < <(head -c "$size" /dev/zero | tr '\0' x)
	assert_stdout one
	request 1 | wc -c | assert_file /dev/stdin 10485760
	serve </dev/null
	try -26 dmr-chat < <(head -c $((size + 1)) /dev/zero | tr '\0' x)
	assert_stdout
	[[ $stderr == "dmr-chat: "*MiB* ]]
	assert_requests 0
}

# A pipe whose other end is open and silent; what poll() says after that time
# is said at once.
silence=(-e trace=poll -e inject=poll:retval=0:when=1)

@test "beside a prompt 10 s of silence on standard input are told, with -n" {
	need strace
	mkfifo input
	serve_answer one
	start "${traced[@]}" "${silence[@]}" \
		bash -c 'exec dmr-chat hello <input'
	open_input
	until grep -qs waiting stderr; do
		kill -0 "$pid"
		sleep 0.01
	done
	assert_stderr "dmr-chat: still waiting for standard input; -n does`
		` not read it"
	head -1 trace | grep -E 'poll\(\[\{fd=0, .*\], 1, 10000\) += 0 .*INJECTED'
	printf text >&7
	exec 7>&-
	finish -0
	assert_stdout one
	assert_file <(asked) -n $'hello\n\ntext'
	assert_stderr "dmr-chat: still waiting for standard input; -n does`
		` not read it"
}

@test "nothing is told where the template needs standard input" {
	need strace
	mkfifo input
	serve_answer one
	echo 'about {{input}}' >t.prompt
	start "${traced[@]}" "${silence[@]}" \
		bash -c 'exec dmr-chat -t ./t.prompt <input'
	open_input
	printf text >&7
	exec 7>&-
	finish -0
	assert_stderr
	assert_file <(asked) -n 'about text'
}

@test "an operand - beside @- is exit 2: standard input is read once" {
	serve </dev/null
	for option in '-s @-' '-p x=@-'; do
		# shellcheck disable=SC2086 # two words
		try -2 dmr-chat $option - hi <<<text
		assert_stdout
		assert_stderr "dmr-chat: '-' is standard input, which is`
			` read once, and not with -n"
	done
	assert_requests 0
}

@test "nothing is told with -q" {
	need strace
	serve_answer one
	try -0 "${traced[@]}" "${silence[@]}" dmr-chat -q hello < <(echo text)
	grep -q INJECTED trace
	assert_stdout one
	assert_stderr
}

# ---- signals

# until_true COMMAND ...: waits until it is, at most for the deadline.
until_true() {
	local end=$((SECONDS + DEADLINE))

	until "$@"; do
		((SECONDS < end)) || return 1
		sleep 0.01
	done
}

@test "N9: a signal in mid-answer: it dies of that, the connection is closed" {
	local sig

	need strace
	for sig in INT TERM HUP; do
		serve <<-'EOT'
			accept
			read
			sse
			delta "one"
			mark told
			expect-close 20000
		EOT
		start env ASAN_OPTIONS=detect_leaks=0 strace -D -q -o trace \
			-e trace=none dmr-chat -n hello
		reached told
		kill -"$sig" "$pid"
		finish -$((128 + $(kill -l "$sig")))
		closed 1
		[[ ! $stderr ]]
		until_true grep -qs +++ trace
		grep -x "+++ killed by SIG$sig +++" trace
	done
}

@test "N9: a signal while the server is silent: it dies of that" {
	local sig words

	for words in 'dmr-chat -n hello' 'dmr-models list' \
		'dmr-models warm ai/a'; do
		for sig in INT TERM HUP; do
			serve <<-'EOT'
				accept
				read
				mark asked
				expect-close 20000
				accept
			EOT
			# shellcheck disable=SC2086 # words
			start $words
			reached asked
			kill -"$sig" "$pid"
			finish -$((128 + $(kill -l "$sig")))
			closed 1
			assert_stdout
			assert_stderr
		done
	done
}

@test "N9: a signal while standard input is silent: it dies of that" {
	mkfifo input
	start bash -c 'exec dmr-chat hello <input'
	open_input
	until_true grep -qs '^State:.S' "/proc/$pid/status"
	kill -INT "$pid"
	finish -130
	exec 7>&-
	assert_stdout
	assert_stderr
}

@test "N9: a signal while the reader stalls: it dies of that" {
	serve <<-'EOT'
		accept
		read
		sse
		burst forever delta "0123456789abcdefghijklmnopqrstuvwxyz\n"
	EOT
	mkfifo pipe
	start bash -c 'exec dmr-chat -n hello >pipe'
	open_pipe
	hear 37
	kill -TERM "$pid"
	finish -143
	assert_stderr
	exec 7<&-
	closed 1
}

@test "^C on a terminal ends it by SIGINT" {
	serve <<-'EOT'
		accept
		read
		sse
		delta "one"
		expect-close 20000
	EOT
	try -130 pty -w one -i '\x03' dmr-chat -n hello
	assert_tty -n one
	closed 1
}

@test "under nohup it goes on after a hang-up" {
	serve_steps one two
	start env --ignore-signal=HUP dmr-chat -n hello
	reached asked
	go next
	kill -HUP "$pid"
	go next
	go next
	finish -0
	assert_stdout onetwo
	assert_stderr
}

@test "an interrupt that the parent ignores is ignored" {
	serve_steps one two
	start env --ignore-signal=INT dmr-chat -n hello
	reached asked
	go next
	kill -INT "$pid"
	go next
	go next
	finish -0
	assert_stdout onetwo
}
