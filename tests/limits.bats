# Little of everything: memory, descriptors, threads, stack, time; signals,
# and clocks that jump.
#
# FAIL_STEP=1 tries each allocation of the libraries, and not every 97th.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash and server.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load server

setup() {
	lib_setup
	cd "$BATS_TEST_TMPDIR" || return
	preload=$BUILD/tests/preload
}

# A server whose answer is {"a":1}, for everybody.
serve_object() {
	always sse 'delta "{\"a\""' 'delta ":1}"' 'finish stop' 'done'
}

# short_of N VARIABLE=VALUE ... COMMAND ...: the Nth allocation fails; sets
# status.  What is written is all there ($printed) or not at all, and nothing
# else is.
printed='{"a":1}'
short_of() {
	[[ ! -e out ]] || rm out
	[[ ! -e talk ]] || rm talk
	status=0
	timeout -k 5 "$DEADLINE" env LD_PRELOAD="$preload/fail.so" \
		FAIL_AT="$1" "${@:2}" >stdout 2>stderr 3>&- </dev/null || status=$?
	[[ ! -e out || $(<out) == "$printed" ]]
	[[ ! -e talk || $(wc -l <./talk) == 2 ]]
	litter=$(shopt -s dotglob && printf '%s\n' *)
	[[ ${litter//@($'\n')@(out|talk)/} == "$files" ]]
}

# Makes allocations, how many there are, and the files there are.
count_allocations() { # VARIABLE=VALUE ... COMMAND ...
	touch stdout stderr wanted count log
	shopt -s extglob
	files=$(shopt -s dotglob && printf '%s\n' *)
	short_of 0 FAIL_COUNT=count "$@"
	((status == 0))
	allocations=$(<count)
}

whole_run=(dmr-chat -n -S 'a int' -o out --log log -c talk hi)

# fail_each TOOL COMMAND ...: each allocation of ours, or every $step-th, alone or
# with all behind.
fail_each() {
	local all i n=0 tool=$1 step=${step:-1}

	shift
	count_allocations FAIL_OWN=1 "$@"
	((allocations > 30))
	for all in NONE=1 FAIL_ALL=1; do
		for ((i = 1; i <= allocations; i += step)); do
			short_of "$i" FAIL_OWN=1 "$all" "$@"
			((status == 71)) || { echo "$i: $status" && false; }
			[[ $(<stderr) == "$tool: out of memory" && ! -s stdout ]]
			n=$((n + 1))
		done
	done
	((n / 2 == (allocations + step - 1) / step))
}

@test "N1: each allocation of ours fails, alone or with all behind it: exit 71" {
	serve_object
	fail_each dmr-chat "${whole_run[@]}"
}

@test "N1: so it is in dmr-complete" {
	always "json 200 '{\"choices\":[{\"text\":\"ok\",\"finish_reason\":\"stop\"}]}'"
	printed=ok
	fail_each dmr-complete dmr-complete --suffix b -o out --log log
}

@test "N1: and in dmr-embed, whose file appears whole or not at all" {
	always "json 200 '{\"data\":[{\"index\":0,\"embedding\":[1,0]}]}'"
	printed='{"id":"text","input":"a\n","embedding":[1,0]}'
	echo a >text
	fail_each dmr-embed dmr-embed -m m -o out --log log text
}

# A server that says "Do it.", for everybody, and f.py, which lacks that.
serve_summary() {
	always "json 200 '{\"choices\":[{\"message\":{\"content\":\"{\\\"summary\\\":\\\"Do it.\\\"}\"},\"finish_reason\":\"stop\"}]}'"
	touch report
	printf 'def f():\n    pass\n' >f.py
	printed=$'def f():\n    """Do it."""\n    pass'
	command=(dmr-docstring -m m --sections summary --report report f.py)
}

@test "N1: and in dmr-docstring, in place, too" {
	local i step=${FAIL_STEP:-37}

	serve_summary
	fail_each dmr-docstring "${command[@]}" -o out --log log
	rm count
	# In place: the old file or the new.
	count_allocations FAIL_OWN=1 "${command[@]}" -i
	assert_file f.py "$printed"
	for ((i = 1; i <= allocations; i += step)); do
		printf 'def f():\n    pass\n' >f.py
		short_of "$i" FAIL_OWN=1 FAIL_ALL=1 "${command[@]}" -i
		((status == 71)) || { echo "$i: $status" && false; }
		[[ $(<f.py) == "$printed" || $(<f.py) == $'def f():\n    pass' ]]
	done
}

@test "N1: and in dmr-docstring -c" {
	local step=${FAIL_STEP:-37} printed=''

	printf 'def f():\n    """Do it."""\n' >f.py
	fail_each dmr-docstring dmr-docstring -c -o out f.py
}

@test "N1: and in dmr-review" {
	local step=${FAIL_STEP:-37}

	always "json 200 '{\"choices\":[{\"message\":{\"content\":\"{\\\"findings\\\":[]}\"},\"finish_reason\":\"stop\"}]}'"
	printf 'def f():\n    pass\n' >f.py
	printed=''
	fail_each dmr-review dmr-review -m m -o out --log log f.py
}

@test "N1: and in dmr-reqs, through all stages" {
	local step=${FAIL_STEP:-97} digest="json 200 '{\"id\":\"sha256:a\"}'"

	serve < <(printf 'accept\nread\n%s\n' "$digest" && reqs_answers 1)
	try -0 dmr-reqs -m m --cache "$PWD/cache" -n x
	printed=$(<stdout)
	always "$digest"
	fail_each dmr-reqs dmr-reqs -m m --cache "$PWD/cache" -o out --log log -n x
}

@test "N2: dmr-docstring: allocations of libraries fail: an exit that is documented" {
	local all i n=0 step=${FAIL_STEP:-97} failed=0 bare=$'def f():\n    pass'

	serve_summary
	count_allocations "${command[@]}"
	for all in NONE=1 FAIL_ALL=1; do
		for ((i = 1; i <= allocations; i += step)); do
			short_of "$i" "$all" "${command[@]}"
			case $status in
			0) assert_file stdout "$printed" ;;
			# The source is not lost, once it was read.
			2 | 7 | 8 | 18 | 22 | 26 | 71) [[ ! -s stdout || $(<stdout) == "$bare" ]] ;;
			# regcomp(3) frees twice: a crash, before anything is.
			134 | 139) [[ ! -s stdout ]] ;;
			*) echo "$i: $status: $(<stderr)" && false ;;
			esac
			n=$((n + 1)) failed=$((failed + (status != 0)))
		done
	done
	assert_file f.py "$bare"
	((n >= 2 * allocations / step && failed > n / 4))
}

@test "N2: allocations of libraries fail: an exit that is documented" {
	local all i n=0 step=${FAIL_STEP:-97} failed=0

	serve_object
	count_allocations "${whole_run[@]}"
	for all in NONE=1 FAIL_ALL=1; do
		for ((i = 1; i <= allocations; i += step)); do
			short_of "$i" "$all" "${whole_run[@]}"
			case $status in
			0) [[ -e out ]] ;;
			7 | 18 | 22 | 71) failed=$((failed + 1)) ;;
			*) echo "$i: $status: $(<stderr)" && false ;;
			esac
			n=$((n + 1))
		done
	done
	((n >= 2 * allocations / step && failed > n / 4))
}

@test "J31: memory that libjq lacks is exit 71 in one line, no file is left" {
	local i n=0 step=$((${FAIL_STEP:-97} * 5)) crashed=0 printed=1

	serve_object
	whole_run+=(--jq .a)
	count_allocations "${whole_run[@]}"
	for ((i = 1; i <= allocations; i += step)); do
		short_of "$i" "${whole_run[@]}"
		case $status in
		0) [[ -e out ]] ;;
		7 | 18 | 22) ;;
		71)
			assert_file stderr 'dmr-chat: out of memory'
			n=$((n + 1))
			;;
		# Its compiler does not look: a crash, before a file is open.
		134 | 139) crashed=$((crashed + 1)) && [[ ! -e out ]] ;;
		*) echo "$i: $status: $(<stderr)" && false ;;
		esac
	done
	((n > 5 && n > crashed))
}

@test "N3: with any limit of memory it is exit 71, or all is well" {
	local size good=0 none=0

	serve_object
	for ((size = 20; size < 90; size++)); do
		status=0
		prlimit --as=$((size << 20)) timeout "$DEADLINE" \
			dmr-chat -n hi >stdout 2>stderr 3>&- </dev/null || status=$?
		case $status in
		0) good=$((good + 1)) && assert_file stdout '{"a":1}' ;;
		71) none=$((none + 1)) && assert_file stdout ;;
		# The loader of programs, before there is one.
		127 | 126) [[ $(<stderr) == *"shared"* || ! -s stdout ]] ;;
		*) echo "$size MiB: $status: $(<stderr)" && false ;;
		esac
	done
	((good > 10))
}

@test "N1: dmr-models: allocations of ours fail: exit 71" {
	local i verb n

	always "json 200 '{\"id\":\"ai/x\",\"data\":[{\"id\":\"a\"}],\"models_disk_usage\":1,\"default_backend_disk_usage\":2}'"
	for verb in list 'show ai/x' df 'env openai' 'recommend'; do
		rm -f count
		# shellcheck disable=SC2086 # words
		count_allocations FAIL_OWN=1 dmr-models -q $verb
		n=$allocations
		((n > 5))
		for ((i = 1; i <= n; i += n / 25 + 1)); do
			# shellcheck disable=SC2086 # words
			short_of "$i" FAIL_OWN=1 FAIL_ALL=1 dmr-models -q $verb
			((status == 71)) || { echo "$verb: $i: $status" && false; }
			[[ $(<stderr) == 'dmr-models: out of memory' && ! -s stdout ]]
		done
	done
}

@test "N3: a long name above many values takes no more memory than is shown" {
	{
		printf '{"id":"a","config":{"%060000d":[' 1
		printf '1,%.0s' {1..20000}
		printf '1]}}'
	} >body
	once 'send "HTTP/1.1 200 OK\r\n\r\n"' "sendfile $BATS_TEST_TMPDIR/body"
	try -22 prlimit --as=400000000 dmr-models show ai/x
	assert_stdout
	assert_stderr 'dmr-models: what the server says is too much'
}

@test "N4: with few descriptors it says that there are too many open files" {
	local n good=0

	serve_object
	exec 7>&- 6>&- 5>&- 4>&-
	for ((n = 3; n <= 16; n++)); do
		status=0
		prlimit --nofile="$n" dmr-chat -n hi >stdout 2>stderr 3>&- \
			</dev/null || status=$?
		case $status in
		0) good=$((good + 1)) && assert_file stdout '{"a":1}' ;;
		71) assert_file stderr 'dmr-chat: no socket can be opened: Too many open files' ;;
		127) ((n == 3)) ;;
		*) echo "$n: $status: $(<stderr)" && false ;;
		esac
		rm -f out
		status=0
		prlimit --nofile="$n" dmr-chat -n -o out hi >stdout 2>stderr \
			3>&- </dev/null || status=$?
		case $status in
		0) assert_file out '{"a":1}' ;;
		23 | 71) [[ $(<stderr) == *': Too many open files' && ! -e out ]] ;;
		127) ((n == 3)) ;;
		*) echo "$n: $status: $(<stderr)" && false ;;
		esac
	done
	((good > 8))
}

@test "N5: where no thread can be made a name is unknown, an address is served" {
	local nobody=()

	((EUID)) || nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	serve_object
	try -0 "${nobody[@]}" prlimit --nproc=0 dmr-chat -n hi
	assert_stdout '{"a":1}'
	try -7 "${nobody[@]}" prlimit --nproc=0 dmr-chat -n hi \
		-H http://some.example
	assert_stdout
	assert_stderr "dmr-chat: cannot connect to 'http://some.example': unknown host; try: docker model status"
}

@test "N6: a stack of 64 KiB is enough" {
	serve_object
	try -0 prlimit --stack=65536 dmr-chat -n -S 'a int' -o out hi
	assert_file out '{"a":1}'
	# Also for JSON as deep as it may be.
	once "json 200 '$(printf '{"x":'%.0s {1..127})1$(printf '}%.0s' {1..127})'"
	try -18 prlimit --stack=65536 dmr-chat -n hi
	once "json 200 '$(printf '[%.0s' {1..30000})'"
	try -22 prlimit --stack=65536 dmr-chat -n hi
}

@test "N7: at the end of its time it dies of SIGXCPU" {
	once sse 'burst forever delta "x"'
	try -152 prlimit --cpu=1:100 dmr-chat -n --idle-timeout 0 hi
}

@test "N8: a storm of signals that mean nothing has no effect" {
	serve <<-'EOF'
		accept
		slow 2 1000
		read
		slow 1
		sse
		delta "{\"a\""
		delta ":1}"
		finish stop
		done
	EOF
	start dmr-chat -n hi
	for _ in {1..300}; do
		kill -WINCH "$pid" 2>/dev/null && kill -STOP "$pid" &&
			kill -CONT "$pid" && kill -URG "$pid" || break
	done
	finish -0
	assert_stdout '{"a":1}'
	assert_stderr
}

# ends_by SIGNAL, soon, what start has started.
ends_by() {
	lap
	kill -"$1" "$pid"
	finish -$((128 + $(kill -l "$1")))
	lap
	((ms < 3000))
	assert_stdout
	assert_stderr
}

# in_net with_names mute | unaccepted, COMMAND ...: starts it there.
in_net() {
	rm -f pid
	"$@" >stdout 2>stderr 3>&- &
	job=$!
	pid=$job
	started=$*
	until [[ -e pid ]]; do kill -0 "$job"; done
	pid=$(<pid)
}

@test "N9: SIGINT while a name is looked up, and while it connects" {
	in_net with_names mute dmr-chat -n hi -H http://some.example
	until [[ -s queries ]]; do kill -0 "$pid"; done
	ends_by INT
	in_net unaccepted dmr-chat -n hi
	until grep -q '^State:.S' "/proc/$pid/status"; do kill -0 "$pid"; done
	ends_by INT
}

@test "N9: SIGINT while it waits to send again; a second one changes nothing" {
	once 'text 503 busy "Retry-After: 50"' 'mark told'
	start dmr-chat -n hi
	reached told
	ends_by INT
	once 'mark asked' 'expect-close 20000'
	start dmr-chat -n -o out hi
	reached asked
	# What is stopped gets both at once.
	kill -STOP "$pid"
	kill -INT "$pid"
	kill -TERM "$pid"
	kill -CONT "$pid"
	finish
	((status == 130 || status == 143))
	[[ ! -e out ]]
}

@test "N10: SIGTERM, SIGHUP, SIGQUIT end it, and leave no file" {
	local signal

	for signal in TERM HUP QUIT; do
		once sse 'delta "half"' 'mark asked' 'expect-close 20000'
		start dmr-chat -n -o out -c talk hi
		reached asked
		ends_by "$signal"
		closed
		[[ ! -e out && ! -s talk ]]
		litter=(.[!.]*out* out?* core*)
		[[ ${litter[*]} == '.[!.]*out* out?* core*' ]]
	done
}

@test "N11: stopped and continued it goes on" {
	once 'sse' 'delta "{\"a\""' 'mark said' 'await go' 'delta ":1}"' \
		'finish stop' 'done'
	start dmr-chat -n --idle-timeout 10s hi
	reached said
	kill -STOP "$pid"
	until grep -q '^State:.T' "/proc/$pid/status"; do kill -0 "$pid"; done
	go go
	kill -CONT "$pid"
	finish -0
	assert_stdout '{"a":1}'
	assert_stderr
}

@test "N12: a connection that is gone while it is written to kills nobody" {
	head -c 9000000 /dev/zero | tr '\0' x >large
	serve <<-'EOF'
		accept
		read-headers
		reset
	EOF
	try -18 dmr-chat <large
	assert_stdout
	one_line
	serve_unix <<-'EOF'
		accept
		read-headers
		close
	EOF
	try -18 dmr-chat <large
	assert_stdout
	one_line
}

@test "N13: signals that the parent ignores, blocks or left pending do no harm" {
	serve_object
	cat >run.py <<-'EOF'
		import os, signal, sys
		signal.signal(signal.SIGCHLD, signal.SIG_IGN)
		every = set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}
		signal.pthread_sigmask(signal.SIG_BLOCK, every)
		os.kill(os.getpid(), signal.SIGALRM)
		os.kill(os.getpid(), signal.SIGUSR1)
		os.execvp(sys.argv[1], sys.argv[1:])
	EOF
	try -0 python run.py dmr-chat -n hi
	assert_stdout '{"a":1}'
	# It can still be interrupted.
	once sse 'mark asked' 'expect-close 20000'
	start python run.py dmr-chat -n hi
	reached asked
	kill -INT "$pid"
	finish -130
	closed
}

@test "N14: a clock that jumps changes no limit, and the log has its time" {
	local shift step

	# 1970; 2039 and a year on; 2109 and a year back.
	while read -r shift step; do
		serve <<-EOF
			accept
			read
			text 503 busy "Retry-After: 1"
			accept
			read
			sse
			delta "half"
			expect-close 20000
		EOF
		lap
		try -28 env LD_PRELOAD="$preload/shift.so" SHIFT="$shift" \
			STEP="$step" dmr-chat -n hi --idle-timeout 200ms \
			--first-timeout 20s --log log
		lap
		assert_stdout half
		assert_stderr 'dmr-chat: nothing came for --idle-timeout 0.2s'
		((ms >= 1100 && ms < 15000))
	done <<-EOF
		-$(($(date +%s) - 5)) 0
		400000000 31536000
		2600000000 -31536000
	EOF
	jq -r .time log | cut -c 1-3 | assert_file /dev/stdin 197 203 210
}
