# Standard input of one question: what may stand in it, and what it may be.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand

load lib

setup() {
	lib_setup
	here=$BATS_TEST_TMPDIR
	cd "$here" || return
}

# The text of the last message of the request.
asked() { request 1 | jq -j '.messages[-1].content'; }

# assert_repaired COUNT: that many bytes of standard input were no text.
assert_repaired() {
	assert_stderr "dmr-chat: standard input: $1 bytes are no UTF-8 text,`
		` U+FFFD is sent instead"
}

too_large='dmr-chat: standard input is larger than 10485760 bytes'

# assert_sent TEXT [COMMAND ...]: it sends this text, and says nothing.
assert_sent() {
	local text=$1

	shift
	serve_answer one
	try -0 "$@"
	assert_stdout one
	assert_stderr
	assert_file <(asked) -n "$text"
}

# until_true COMMAND ...: waits until it is, at most for the deadline.
until_true() {
	local end=$((SECONDS + DEADLINE))

	until "$@"; do
		((SECONDS < end)) || return 1
		sleep 0.01
	done
}

# As "strace" wrote it: so many times something was read.
has_read() { (($(grep -c '^read(0, "' trace) >= $1)); }

waits() { grep -qs '^State:.S' "/proc/$pid/status"; }

@test "I7: only a newline is an empty standard input" {
	local input

	serve </dev/null
	for input in '\n' '\r\n' '\n\n\n'; do
		try -26 dmr-chat < <(printf %b "$input")
		assert_stdout
		assert_stderr 'dmr-chat: standard input is empty'
	done
	assert_requests 0
	assert_sent hello dmr-chat hello < <(echo)
}

@test "I8: NUL bytes are sent as U+FFFD, with one warning" {
	serve_answer one
	try -0 dmr-chat hello < <(printf '\0a\0\0b\0')
	assert_stdout one
	assert_repaired 4
	assert_file <(asked) -n $'hello\n\n\ufffda\ufffd\ufffdb\ufffd'
}

@test "I9: a program is sent as text, with one warning" {
	local n

	head -c 20000 "$BUILD/dmr-chat" >program
	python - >count <<-'EOT'
		import sys
		text = open("program", "rb").read().decode(errors="surrogateescape")
		bad = [c == "\0" or "\udc80" <= c <= "\udcff" for c in text]
		text = "".join("\ufffd" if b else c for c, b in zip(text, bad))
		open("text", "wb").write(text.removesuffix("\n").encode())
		print(sum(bad))
	EOT
	serve_answer one
	try -0 dmr-chat <program
	assert_stdout one
	n=$(<count)
	((n > 1000))
	assert_repaired "$n"
	assert_file <(asked) -f text
}

@test "I10: Latin-1, half a character and other bytes are sent as U+FFFD" {
	local input bad text

	while IFS='|' read -r input bad text; do
		serve_answer one
		try -0 dmr-chat < <(printf %b "$input")
		assert_stdout one
		assert_repaired "$bad"
		assert_file <(asked) -n "$text"
	done <<-'EOT'
		Gr\xfc\xdfe|2|Gr��e
		half: \xe2\x82|2|half: ��
		half: \xf0\x9f\x98\n|3|half: ���
		\xc0\x80|2|��
		\xed\xa0\x80\xed\xb0\x80|6|������
		\xf4\x90\x80\x80\xff|5|�����
		caf\xe9 \xe2\x82\xac|1|caf� €
	EOT
}

@test "I11: a byte order mark is dropped, one elsewhere is text" {
	assert_sent $'a\ufeffb' dmr-chat < <(printf '\xef\xbb\xbfa\xef\xbb\xbfb')
	assert_sent $'hello\n\na' dmr-chat hello < <(printf '\xef\xbb\xbfa')
	serve </dev/null
	try -26 dmr-chat < <(printf '\xef\xbb\xbf\n')
	assert_requests 0
}

@test "I11: UTF-16 is no UTF-8: it is repaired, with a warning" {
	serve_answer one
	try -0 dmr-chat < <(printf '\xff\xfeh\0i\0')
	assert_stdout one
	assert_repaired 4
	assert_file <(asked) -n '��h�i�'
}

@test "I12: CRLF and a lone CR are sent as they are" {
	assert_sent $'a\r\nb\rc\r\n\r\nd\r' dmr-chat \
		< <(printf 'a\r\nb\rc\r\n\r\nd\r')
	assert_sent $'hello\n\na\r\nb' dmr-chat hello < <(printf 'a\r\nb\n')
}

# peak_of COMMAND ...: prints its status and the peak of its memory in MiB.
peak_of() {
	python -c '
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(status, peak // 1024)' "$@"
}

@test "I13: 1 GB is refused, and never in memory" {
	local got peak pos

	serve </dev/null
	truncate -s 1G large
	exec 7<large
	try -0 peak_of dmr-chat hello <&7
	# How far it was read is where the shared descriptor stands.
	read -r _ pos <"/proc/$BASHPID/fdinfo/7"
	exec 7<&-
	read -r got peak <<<"$output"
	echo "status $got, $peak MiB, $pos bytes read"
	((got == 26 && peak < 32 + 3 * 10 && pos < 11 * 1048576))
	assert_stderr "$too_large"
	try -26 dmr-chat hello < <(cat large 2>/dev/null)
	assert_stderr "$too_large"
	assert_requests 0
}

@test "I14: one line of nearly 10 MiB is sent" {
	local size=$((10485760 - 200))

	serve_answer one
	try -0 dmr-chat < <(head -c "$size" /dev/zero | tr '\0' x && echo)
	assert_stdout one
	assert_stderr
	asked | tr -d x | assert_file /dev/stdin -n ''
	(($(asked | wc -c) == size))
}

@test "I15: what never ends is refused" {
	local words

	serve </dev/null
	for words in '' hello; do
		try -26 dmr-chat "$words" < <(yes)
		assert_stdout
		assert_stderr "$too_large"
	done
	assert_requests 0
}

@test "I16: a slow writer is waited for, without a busy loop" {
	local i

	need strace
	mkfifo input
	serve_answer one
	start env ASAN_OPTIONS=detect_leaks=0 strace -D -qq -o trace \
		bash -c 'exec dmr-chat <input'
	exec 7>input
	for i in {1..20}; do
		until_true waits
		printf '%s' "$((i % 10))" >&7
		until_true has_read "$i"
	done
	exec 7>&-
	finish -0
	assert_stdout one
	assert_file <(asked) -n 12345678901234567890
	# Of what it does on that descriptor, not more than thrice a byte.
	(($(grep -c '^read(0,\|fd=0' trace) <= 60))
}

@test "I17: in a shell's loop -n leaves the other lines to it" {
	printf 'one\ntwo\nthree\n' >lines
	serve <<-'EOT'
		repeat
		read
		sse
		delta "answer"
		finish stop
		done
	EOT
	try -0 bash -c 'while read -r line; do dmr-chat -n "$line"; done' <lines
	assert_stdout answer answer answer
	assert_requests 3
	request 3 | jq -r '.messages[-1].content' | assert_file /dev/stdin three
}

@test "I17: without -n the first takes them all" {
	printf 'one\ntwo\nthree\n' >lines
	serve_answer answer
	try -0 bash -c 'while read -r line; do dmr-chat "$line"; done' <lines
	assert_stdout answer
	assert_requests 1
	assert_file <(asked) -n $'one\n\ntwo\nthree'
}

@test "I18: a FIFO is waited for, and ends when its writer dies" {
	mkfifo input
	serve_answer one
	start bash -c 'exec dmr-chat <input'
	until_true waits
	# One that dies with half a line written.
	bash -c 'printf "half a l"; kill -KILL $$' >input || :
	finish -0
	assert_stdout one
	assert_file <(asked) -n 'half a l'
}

@test "I18: a FIFO that nobody writes to any more is empty" {
	mkfifo input
	serve </dev/null
	start bash -c 'exec dmr-chat <input'
	exec 7>input 7>&-
	finish -26
	assert_stderr 'dmr-chat: standard input is empty'
	assert_requests 0
}

@test "I19: standard input is read once: whoever names it twice is told" {
	local words

	serve </dev/null
	while read -r words; do
		# shellcheck disable=SC2086 # words
		try -2 dmr-chat $words <<<text
		assert_stdout
		[[ $stderr == "dmr-chat: "*"read once"* ]]
		(($(wc -l <stderr) == 1))
	done <<-'EOT'
		- -
		- hello -
		-n -
		-s @- - hello
		-p x=@- - hello
		-s @- -p x=@- hello
		-p x=@- -p y=@- hello
	EOT
	assert_requests 0
}

@test "I19: - beside -o - are two things" {
	assert_sent $'hello\n\ntext' dmr-chat -o - - hello <<<text
}

@test "I20: what says it has no size is read to its end" {
	serve_answer one
	try -0 dmr-chat </proc/version
	assert_stdout one
	assert_file <(asked) -n "$(</proc/version)"
	[[ $(stat -c %s /proc/version) == 0 ]]
	serve_answer one
	try -0 dmr-chat -n -s @/proc/version hello
	request 1 | jq -j '.messages[0].content' |
		assert_file /dev/stdin -n "$(</proc/version)"
}

@test "I20: what has no end is refused, however it is named" {
	local words

	serve </dev/null
	try -26 dmr-chat hello </dev/zero
	assert_stderr "$too_large"
	for words in '-s @/dev/zero' '-p x=@/dev/zero'; do
		# shellcheck disable=SC2086 # words
		try -26 dmr-chat -n $words hello
		assert_stdout
		[[ $stderr == "dmr-chat: '/dev/zero' is larger than "* ]]
	done
	assert_requests 0
}

@test "I20: the holes of a file are NULs" {
	truncate -s 3 sparse
	printf x >>sparse
	serve_answer one
	try -0 dmr-chat <sparse
	assert_repaired 3
	assert_file <(asked) -n '���x'
}

@test "I21: standard input and output may be one socket" {
	serve_answer 'one\n' two
	try -0 python -c '
import socket, subprocess
ours, peer = socket.socketpair()
child = subprocess.Popen(["dmr-chat"], stdin=ours, stdout=ours)
ours.close()
peer.sendall(b"first\nsecond\n")
peer.shutdown(socket.SHUT_WR)
print(peer.makefile().read(), child.wait())'
	assert_stdout one two ' 0'
	assert_stderr
	assert_file <(asked) -n $'first\nsecond'
}

@test "I21: standard input, output and error may be one terminal" {
	serve_answer one
	try -0 pty -t 012 -w '^D\n' -i 'first\n' -e dmr-chat
	assert_tty 'dmr-chat: reading standard input; end it with ^D' one
	assert_file <(asked) -n first
}
