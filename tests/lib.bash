# shellcheck shell=bash
# lib.bash - what every .bats file begins with: load lib
#
# It puts the build tree first on PATH and takes away whatever of the outer
# environment a tool could read.  Then it has words for four things: running a
# tool (try, start, finish, pty), comparing what it wrote to the byte
# (assert_...), playing a server to it (serve and what follows), and saying
# what a test needs (need, lack).
#
# A file with a setup or teardown of its own calls lib_setup and lib_teardown.

bats_require_minimum_version 1.5.0

tests=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
top=${tests%/*}
BUILD=${BUILD:-build}
[[ $BUILD == /* ]] || BUILD=$top/$BUILD
RAWD=${RAWD:-$BUILD/tests/rawd}
# Seconds that nothing may ever take; a slow machine or valgrind needs more.
DEADLINE=${DEADLINE:-30}
export BUILD RAWD DEADLINE
# At once: what bash makes of $'\u...' it makes as it reads a file.
export LC_ALL=C.UTF-8
# Debian's own, if it is there, which no manager of versions starts for us.
python=/usr/bin/python3
[[ -x $python ]] || python=python3

setup() { lib_setup; }

teardown() { lib_teardown; }

lib_setup() {
	# At once: bats runs a trap for each command of a loop.
	unset "${!DMR_@}" "${!MODEL_RUNNER_@}" "${!OPENAI_@}" \
		"${!DOCKER_@}" "${!XDG_@}" "${!CURL_@}" "${!SSL_@}" "${!LC_@}" \
		{http,https,all,no}_proxy {HTTP,HTTPS,ALL,NO}_PROXY \
		VISION_MODEL HF_TOKEN NO_COLOR CLICOLOR CLICOLOR_FORCE \
		FORCE_COLOR POSIXLY_CORRECT COLUMNS LINES LANG LANGUAGE
	export PATH=$BUILD:$PATH HOME=$BATS_TEST_TMPDIR/home
	export XDG_CONFIG_HOME=$HOME/.config LC_ALL=C.UTF-8 TERM=xterm
	# Until a test serves something, nothing answers: port 1 is nobody's.
	export DMR_HOST=http://127.0.0.1:1
	mkdir -p "$XDG_CONFIG_HOME"
	rawd_pids=()
	rawd_folders=()
	rawd_in=()
	job=
}

lib_teardown() {
	local i bad=0

	if [[ $job ]]; then
		kill -KILL "$pid" "$job" 2>/dev/null || :
		wait "$job" 2>/dev/null || :
	fi
	for i in "${!rawd_pids[@]}"; do
		kill "${rawd_pids[i]}" 2>/dev/null || :
		wait "${rawd_pids[i]}" 2>/dev/null || :
		[[ -s ${rawd_folders[i]}/complaints ]] || continue
		echo "# the server complained:"
		cat "${rawd_folders[i]}/complaints"
		bad=1
	done
	return "$bad"
}

# ---- running a tool

# try [-STATUS] COMMAND [ARGUMENT ...]
# Runs it, within the deadline, with standard output and error in files of
# their own, and fails unless it ends with STATUS (any will do if not given),
# or if a key ("s3cret") stands on standard error.
# Sets status, output and stderr; for exact bytes use assert_stdout and
# assert_stderr, also after "... | try ...".  Signals are at their defaults.
try() {
	local want=

	if [[ $1 == -[0-9]* ]]; then
		want=${1#-}
		shift
	fi
	status=0
	if [[ $(type -t "$1") == file ]]; then
		timeout -k 5 "$DEADLINE" \
			env --default-signal=INT,QUIT,PIPE "$@"
	else
		"$@"
	fi >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" 3>&- ||
		status=$?
	_collect "$want" "$*"
}

# each COMMAND WORD ...
# Runs it for every word, which is its $1; all that it says and its exit status,
# each time, is in stdout.
each() {
	# shellcheck disable=SC2016 # for the inner shell to expand
	try -0 bash -c 'eval "run() { $1; }"; shift
		for word; do run "$word" </dev/null; echo "$?"; done 2>&1' \
		- "$@"
}

# start COMMAND [ARGUMENT ...]
# As try, but in the background; sets pid, to send signals to.
start() {
	local fifo=$BATS_TEST_TMPDIR/started

	mkfifo "$fifo"
	# shellcheck disable=SC2016 # for the inner shell to expand
	timeout -k 5 "$DEADLINE" bash -c 'echo $$ >"$0" &&
		exec env --default-signal=INT,QUIT,PIPE "$@"' "$fifo" "$@" \
		<&0 >"$BATS_TEST_TMPDIR/stdout" \
		2>"$BATS_TEST_TMPDIR/stderr" 3>&- &
	job=$!
	started=$*
	read -r -t "$DEADLINE" pid <"$fifo"
	rm "$fifo"
}

# finish [-STATUS]
# Waits for what start started, and does then what try does.
finish() {
	status=0
	wait "$job" || status=$?
	job=
	_collect "${1#-}" "$started"
}

_collect() { # WANTED-STATUS COMMAND
	# Bash warns of NULs, which are in the files all the same.
	{
		output=$(<"$BATS_TEST_TMPDIR/stdout")
		stderr=$(<"$BATS_TEST_TMPDIR/stderr")
	} 2>/dev/null
	# All keys of tests have this word in them.
	[[ $stderr != *s3cret* ]] || {
		echo "a key on standard error: $2"
		return 1
	}
	[[ $1 && $status -ne $1 ]] || return 0
	echo "exit status $status instead of $1: $2"
	((status == 124)) && echo "(124 may be the deadline of $DEADLINE s)"
	printf -- '-- standard output:\n%s\n' "${output:0:2000}"
	printf -- '-- standard error:\n%s\n' "${stderr:0:2000}"
	return 1
}

# python ARGUMENT ...
python() { "$python" "$@"; }

# pty [OPTION ...] COMMAND [ARGUMENT ...]
# Runs it on a terminal of its own; the options are those of pty.py.  What it
# shows is for assert_tty.  try -0 pty -t 12 -i 'text\n' -e dmr-chat ...
pty() {
	python "$tests/pty.py" -o "$BATS_TEST_TMPDIR/tty" \
		-d "$DEADLINE" "$@"
}

# reqs_answers FROM [FILE]
# The part of a server that answers dmr-reqs, from a stage on: 1 asks for
# questions, 2 to 4 for the rest; or as another file of data/ has it.
reqs_answers() {
	local body

	tail -n "+$1" "$tests/data/${2-reqs-answers.jsonl}" |
		jq -c '{choices: [{finish_reason: "stop",
			message: {content: tojson}}]}' |
		while IFS= read -r body; do
			printf "accept\nread\njson 200 '%s'\n" "$body"
		done
}

# check_answers
# The part of a server that answers dmr-check: the same to all it asks.
check_answers() {
	local body='{"data":[{"id":"docker.io/ai/smollm2:latest"}],"choices":'

	body+='[{"index":0,"finish_reason":"stop","message":{"content":"1"}}]}'
	for _ in 1 2 3 4 5 6 7 8; do
		printf "accept\nread\njson 200 '%s'\n" "$body"
	done
}

# ---- comparing

# assert_stdout [LINE ...]      these lines, each ended by a newline; none: empty
# assert_stdout -n TEXT         exactly TEXT
# assert_stdout -f FILE         what FILE holds
# assert_stdout -               what standard input holds
# The same for assert_stderr, assert_tty, and assert_file FILE.
assert_stdout() { _assert_same "$BATS_TEST_TMPDIR/stdout" "$@"; }

assert_stderr() { _assert_same "$BATS_TEST_TMPDIR/stderr" "$@"; }

assert_tty() { _assert_same "$BATS_TEST_TMPDIR/tty" "$@"; }

assert_file() { _assert_same "$@"; }

_assert_same() { # FILE [LINE ... | -n TEXT | -f FILE | -]
	local got=$1 want=$BATS_TEST_TMPDIR/wanted

	shift
	! _is_text "$got" "$@" || return 0
	if [[ ! -f $got ]]; then # a pipe can be read but once
		cat "$got" >"$BATS_TEST_TMPDIR/got"
		got=$BATS_TEST_TMPDIR/got
	fi
	case ${1---} in
	-) cat ;;
	-n) printf '%s' "$2" ;;
	-f) cat "$2" ;;
	--) (($# < 2)) || printf '%s\n' "${@:2}" ;;
	*) printf '%s\n' "$@" ;;
	esac >"$want"
	cmp -s "$want" "$got" && return
	diff -u --label wanted --label "${got##*/}" \
		<(_show "$want") <(_show "$got")
	return 1
}

# Is it so, as far as that can be told without another process?
_is_text() { # FILE [LINE ... | -n TEXT]
	local text='' wanted=

	[[ -f $1 && ${2-} != -f && ${2-} != - ]] || return 1
	case ${2---} in
	-n) wanted=$3 ;;
	--) (($# < 3)) || printf -v wanted '%s\n' "${@:3}" ;;
	*) printf -v wanted '%s\n' "${@:2}" ;;
	esac
	# With a NUL in it, read succeeds.
	! IFS= read -r -d '' text <"$1" && [[ $text == "$wanted" ]]
}

_show() { # FILE: with its control bytes made visible
	LC_ALL=C sed 's/\\/\\\\/g; s/\r/\\r/g; s/\t/\\t/g; s/\x1b/\\e/g
		s/\x00/\\0/g; s/\x07/\\a/g; s/\x08/\\b/g' "$1"
}

# ---- playing a server

# serve [RAWD-OPTION ...] <SCENARIO
# Starts rawd on a free port of loopback and sets DMR_HOST to it.  Sets
# requests, the folder with request.N, closed, and the scenario's FIFOs and
# marks.  Files that it sends are looked for beside this one.  rawd_in may hold
# a command to run it in (nsenter ...).  At the test's end it is stopped, and
# the test fails if it complained.
serve() {
	local ready=$BATS_TEST_TMPDIR/ready port

	requests=$BATS_TEST_TMPDIR/requests.$((${#rawd_pids[@]} + 1))
	mkdir "$requests"
	rm -f "$ready" # the last one may still have it open
	mkfifo "$ready"
	(cd "$tests" && exec "${rawd_in[@]}" "$RAWD" \
		-l "$requests" "$@" /dev/stdin) \
		<&0 >"$ready" 2>"$requests/complaints" 3>&- &
	rawd_pids+=($!)
	rawd_folders+=("$requests")
	read -r -t "$DEADLINE" port <"$ready" || return 1
	export DMR_HOST=http://127.0.0.1:$port
}

# serve_unix [RAWD-OPTION ...] <SCENARIO
# The same on a Unix socket, which it leaves in socket.
serve_unix() {
	socket=$BATS_TEST_TMPDIR/rawd.${#rawd_pids[@]}
	serve -u "$socket" "$@"
	export DMR_HOST=unix://$socket
}

# serve_ok [serve_unix]
# Answers "ok" to every request, on TCP or the socket.
serve_ok() {
	"${1:-serve}" <<-'EOF'
		repeat
		read
		sse
		delta "ok"
		finish stop
		done
	EOF
}

# serve_answer TEXT ...
# Serves one whole streamed answer, a delta each; TEXT may hold C escapes.
serve_answer() {
	serve < <(
		printf 'accept\nread\nsse\nrole\n'
		printf 'delta "%s"\n' "$@"
		printf 'finish stop\ndone\n'
	)
}

# The body of the Nth request, its head without the empty line, as lines.
request() { sed '1,/^\r$/d' "$requests/request.$1"; }

request_head() { sed -n '/^\r$/q; s/\r$//p' "$requests/request.$1"; }

# assert_requests N
# So many have come, no more and no fewer.
assert_requests() {
	local each=("$requests"/request.*) n

	n=${#each[@]}
	[[ -e ${each[0]} ]] || n=0
	((n == $1)) || {
		echo "$n requests instead of $1"
		return 1
	}
}

# go NAME
# Lets the server pass one "await NAME".
go() { printf . 1<>"$requests/$1"; }

# shown N
# Waits until what start started has printed N bytes.
shown() {
	local end=$((SECONDS + DEADLINE))

	until (($(stat -c %s "$BATS_TEST_TMPDIR/stdout") >= $1)); do
		((SECONDS < end)) || return 1
		sleep 0.01
	done
}

# reached NAME [N]
# Waits until the server has passed "mark NAME" (N times).  If the test has
# made a FIFO of that name before serve, each call takes one mark.
reached() {
	local file=$requests/$1 end=$((SECONDS + DEADLINE)) _

	if [[ -p $file ]]; then
		read -r -t "$DEADLINE" _ <>"$file"
		return
	fi
	until [[ -e $file ]] && (($(stat -c %s "$file") >= ${2:-1})); do
		((SECONDS < end)) || return 1
		sleep 0.01
	done
}

# closed [N]
# Waits until the client has closed connection N (default 1) by itself.
closed() {
	local end=$((SECONDS + DEADLINE))

	until grep -qsx "${1:-1}" "$requests/closed"; do
		((SECONDS < end)) || return 1
		sleep 0.01
	done
}

# unaccepted COMMAND ...: with a server whose queue is full, so that it drops
# what else comes.
unaccepted() {
	cd "$BATS_TEST_TMPDIR" || return
	python "$tests/net.py" full "$@"
}

# ---- what a test needs

have() { command -v "$1" >/dev/null; }

# need TOOL ...
# Without them the test cannot run.
need() {
	local tool

	for tool; do
		have "$tool" || lack "$tool"
	done
}

# lack WHAT
# This test cannot run here: a failure in CI, elsewhere a skip with its reason.
lack() {
	if [[ ${CI:-} == true ]]; then
		echo "lacks $1"
		return 1
	fi
	skip "lacks $1"
}
