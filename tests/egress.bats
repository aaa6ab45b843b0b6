# Who is asked, and nobody else: finding the server, what a host's path means,
# and what a tool does to the system.
#
# Finding is tried on machines of its own: a network with nothing but loopback,
# and a file system in which this is a container or is not.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand
# shellcheck disable=SC2030,SC2031 # each test has its own environment
# shellcheck disable=SC2034 # rawd_in is for lib.bash

load lib

setup() {
	lib_setup
	here=$BATS_TEST_TMPDIR
	cd "$here" || return
	holder=
	socket=$HOME/.docker/run/docker.sock
	mkdir -p "${socket%/*}"
}

teardown() {
	local bad=0

	lib_teardown || bad=1
	if [[ $holder ]]; then
		kill "$holder"
		wait "$holder" || :
	fi
	return "$bad"
}

# machine [FILE ...]
# Makes a machine; the empty files (/.dockerenv) are in it.  Afterwards
# "${inside[@]}" runs a command there, servers too, no host is named, and the
# machine knows no name but localhost; "$root" is its root.
machine() {
	local user=()

	need unshare nsenter ip
	((EUID == 0)) || user=(--user --map-root-user)
	unshare "${user[@]}" --net --mount true 2>/dev/null ||
		lack "the right to make namespaces"
	mkdir root
	mkfifo made
	unshare "${user[@]}" --net --mount bash -euc "$make_machine" \
		"$here/root" "$@" >made 3>&- &
	holder=$!
	read -r -t "$DEADLINE" line <made
	[[ $line == made ]]
	# Its root, as seen from here; never our own.
	root=/proc/$holder/root
	[[ -e $root/machine && ! -e /machine ]]
	inside=(nsenter)
	((EUID == 0)) || inside+=(--user --preserve-credentials)
	inside+=(--target "$holder" --net --mount --root)
	rawd_in=("${inside[@]}")
	unset DMR_HOST
}

# $0: where the root shall be.  The rest: files to make.
make_machine='
	ip link set lo up
	mount -t tmpfs -o mode=755 none "$0"
	mount --make-unbindable "$0"
	for path in /*; do
		if [ -L "$path" ]; then
			cp -P "$path" "$0/"
		elif [ -d "$path" ]; then
			mkdir "$0$path"
			case $path in
			/etc | /run) ;;
			*) mount --rbind "$path" "$0$path" ;;
			esac
		fi
	done
	for path in ld.so.cache ld.so.conf ld.so.conf.d passwd; do
		[ ! -e "/etc/$path" ] || cp -r "/etc/$path" "$0/etc/"
	done
	echo "hosts: files dns" >"$0/etc/nsswitch.conf"
	echo "nameserver 127.0.0.1" >"$0/etc/resolv.conf"
	echo "127.0.0.1 localhost" >"$0/etc/hosts"
	for path; do
		: >"$0$path"
	done
	: >"$0/machine"
	exec chroot "$0" sh -c "echo made; exec sleep 600 >/dev/null"
'

# From now on the machine knows this name, and no other.
name_is() { # ADDRESS NAME
	printf '%s\n' '127.0.0.1 localhost' "$1 $2" \
		>"${root:?}/etc/hosts"
}

# The docker CLI shall have this host in its current model context.
context() { # HOST
	mkdir -p "$HOME/.docker/model"
	printf '{"current":"here","contexts":{"other":{"host":"%s"},' \
		http://127.0.0.1:2 >"$HOME/.docker/model/contexts.json"
	printf '"here":{"host":"%s","description":"x"}}}\n' "$1" \
		>>"$HOME/.docker/model/contexts.json"
}

# Scenarios that answer all, the prompt and the list.
answers() {
	printf 'repeat\nread\nsse\nrole\ndelta "%s\\n"\n' "$1"
	printf 'finish stop\ndone\n'
}

lists() {
	printf "repeat\nread\njson 200 '"
	printf '{"object":"list","data":[{"id":"ai/%s","object":"model",' "$1"
	printf '"created":1,"owned_by":"docker"}]}'
	printf "'\n"
}

serve_at() { # PORT or SOCKET, scenario on standard input
	case $1 in
	/*) serve -u "$1" ;;
	*) serve -p "$1" ;;
	esac
	[[ ! $holder ]] || unset DMR_HOST
}

# Forwards ADDRESS:PORT on the machine to PORT of 127.0.0.1.
forward() { # ADDRESS PORT TO-PORT
	need socat
	"${inside[@]}" ip address replace "$1/32" dev lo
	"${inside[@]}" socat "TCP-LISTEN:$2,bind=$1,fork,reuseaddr" \
		"TCP:127.0.0.1:$3" </dev/null >/dev/null 2>&1 3>&- &
	rawd_pids+=($!)
	rawd_folders+=(/nonexistent)
	until "${inside[@]}" ss -Hltn "sport = :$2" | grep -q "$1"; do
		kill -0 $!
		sleep 0.01
	done
}

# try under strace; see what follows for what becomes of the trace.
try_traced() { # -STATUS COMMAND ...
	need strace
	try "$1" "${inside[@]}" env ASAN_OPTIONS=detect_leaks=0 \
		strace -qq -yy -f -o "$here/trace" "${@:2}" </dev/null
}

# To whom connections were tried, in their order, a line each.  localhost is
# 127.0.0.1; whether ::1 is tried too, and when, is libcurl's affair.
connects() {
	sed -nE 's/.* connect\([0-9]+<TCP.*sin_port=htons\(([0-9]+)\),.*inet_addr\("([^"]*)"\).*/\2:\1/p
		s/.* connect\([0-9]+<TCP.*sin6_port=htons\(([0-9]+)\),.*inet_pton\(AF_INET6, "([^"]*)".*/[\2]:\1/p
		s/.* connect\([0-9]+<UNIX.*sun_path="([^"]*)".*/\1/p' trace |
		grep -v /nscd/ | grep -vF '[::1]'
}

# Nobody is waited for, nobody is started, and names are looked up only where
# that is said ("names").
assert_harmless() {
	run -1 grep -E ' (listen|accept|accept4|fork|vfork)\(' trace
	(($(grep -cE ' execve\(' trace) == 1))
	if [[ ${1:-} != names ]]; then
		run -1 grep -E ' (bind|clone|clone3)\(' trace
		run -1 grep -E 'etc/(hosts|resolv.conf|nsswitch.conf)' trace
		run -1 grep -E '<UDP|<NETLINK|htons\(53\)' trace
	else
		# A thread of libcurl's may look up a name.
		run -1 grep -E ' clone3?\(' <(grep -v CLONE_THREAD trace)
		run -1 grep -E ' bind\(' <(grep -v '<NETLINK' trace)
	fi
	# That is how it looks when it is there.
	grep -qE ' socket\(' trace
	grep -qE '^[0-9]+ +execve\(' trace
}

# ---- what a tool does to the system

@test "egress: a named address is all that is asked, nothing listens or is started" {
	local words

	for words in "dmr-chat -n hello" "dmr-chat -n -o file hello"; do
		serve < <(answers one)
		# shellcheck disable=SC2086 # words
		try_traced -0 $words
		connects | assert_file /dev/stdin "${DMR_HOST#http://}"
		assert_harmless
	done
	serve < <(lists a)
	try_traced -0 dmr-models --names
	connects | assert_file /dev/stdin "${DMR_HOST#http://}"
	assert_harmless
	serve < <(lists a | sed s/repeat/accept/ &&
		printf 'accept\nread\njson 200 "[]"\n')
	try_traced -0 dmr-models list
	connects | uniq | assert_file /dev/stdin "${DMR_HOST#http://}"
	assert_harmless
}

@test "egress: nobody else is asked when the named address refuses" {
	local words

	for words in "dmr-chat -n hello" "dmr-models" "dmr-models status"; do
		# shellcheck disable=SC2086 # words
		try_traced -7 $words
		connects | sort -u | assert_file /dev/stdin 127.0.0.1:1
		assert_harmless
	done
}

@test "egress: a named socket is all that is asked" {
	serve_unix < <(answers one)
	try_traced -0 dmr-chat -n hello
	connects | assert_file /dev/stdin "$socket"
	assert_harmless
}

@test "egress: a named localhost is not looked up" {
	serve < <(answers one)
	export DMR_HOST=http://localhost:${DMR_HOST##*:}
	try_traced -0 dmr-chat -n hello
	connects | assert_file /dev/stdin "127.0.0.1:${DMR_HOST##*:}"
	assert_harmless
}

@test "egress: a named host is looked up, and it alone is asked" {
	machine
	name_is 127.0.0.9 some.example
	serve_at 4000 < <(answers one)
	forward 127.0.0.9 8080 4000
	DMR_HOST=http://some.example:8080 try_traced -0 dmr-chat -n hello
	assert_stdout one
	connects | assert_file /dev/stdin 127.0.0.9:8080
	assert_harmless names
}

@test "egress: an unknown host is exit 7, and nobody else is asked" {
	machine
	DMR_HOST=http://no.example:8080 try_traced -7 dmr-chat -n hello
	assert_stderr "dmr-chat: cannot connect to 'http://no.example:8080':`
		` unknown host; try: docker model status"
	connects | assert_file /dev/stdin
	assert_harmless names
}

@test "egress: --help and its like ask nobody at all" {
	local words

	for words in --help --version --options --no-such-option; do
		try_traced "$([[ $words == *such* ]] && echo -2 || echo -0)" \
			dmr-chat "$words"
		run -1 grep -E ' (socket|connect|bind|clone|clone3)\(' trace
	done
}

# ---- finding the server, outside a container

@test "find: context, localhost, Desktop's socket are tried, in that order" {
	local words

	machine
	context http://127.0.0.1:3
	for words in "dmr-chat -n hello" dmr-models; do
		# shellcheck disable=SC2086 # words
		try_traced -7 $words
		assert_stdout
		assert_stderr "${words%% *}: no model runner answers`
			` ('http://127.0.0.1:3': connection refused;`
			` 'http://localhost:12434': connection refused;`
			` 'unix://$socket:/exp/vDD4.40': no such file or`
			` directory); start one, or name it with -H URL"
		connects | uniq | assert_file /dev/stdin \
			127.0.0.1:3 127.0.0.1:12434 "$socket"
		assert_harmless
	done
}

@test "find: without a HOME there is localhost alone" {
	machine
	context http://127.0.0.1:3
	unset HOME
	try_traced -7 dmr-chat -n hello
	assert_stderr "dmr-chat: no model runner answers`
		` ('http://localhost:12434': connection refused); start one,`
		` or name it with -H URL"
	connects | assert_file /dev/stdin 127.0.0.1:12434
}

@test "find: the docker CLI's context wins over localhost" {
	machine
	serve_at 4000 < <(answers 'the context')
	serve_at 12434 < <(answers localhost)
	context http://127.0.0.1:4000
	try_traced -0 dmr-chat -n hello
	assert_stdout 'the context'
	connects | assert_file /dev/stdin 127.0.0.1:4000
	assert_harmless
}

@test "find: a context that is a socket, or has a prefix" {
	machine
	serve_at "$here/runner.sock" < <(answers one)
	context "unix://$here/runner.sock"
	try -0 "${inside[@]}" dmr-chat -n hello
	assert_stdout one
	request_head 1 | head -1 |
		assert_file /dev/stdin 'POST /engines/v1/chat/completions HTTP/1.1'
	serve_at 4000 < <(answers two)
	context http://127.0.0.1:4000/prefix/
	try -0 "${inside[@]}" dmr-chat -n hello
	assert_stdout two
	request_head 1 | head -1 | assert_file /dev/stdin \
		'POST /prefix/engines/v1/chat/completions HTTP/1.1'
}

@test "find: a contexts file without a usable context is as none" {
	local file=$HOME/.docker/model/contexts.json text

	machine
	mkdir -p "${file%/*}"
	serve_at 12434 < <(answers one)
	for text in null '[]' '{"current":"x"}' '{"current":"x","contexts":{}}' \
		'{"current":7,"contexts":[]}' \
		'{"current":"x","contexts":{"x":{"host":""}}}' \
		'{"current":"x","contexts":{"x":{"host":["http://x"]}}}' \
		'{"current":"","contexts":{"x":{"host":"http://127.0.0.1:3"}}}'; do
		printf %s "$text" >"$file"
		try -0 "${inside[@]}" dmr-chat -n hello
		assert_stdout one
		assert_stderr
	done
}

@test "find: a context whose host is no address is told and left out" {
	machine
	serve_at 12434 < <(answers one)
	context tcp://gpu:1
	try -0 "${inside[@]}" dmr-chat -n hello
	assert_stdout one
	assert_stderr "dmr-chat: the docker context 'here' is left out:`
		` 'tcp://gpu:1' is no address of a server"
}

@test "find: a contexts file that cannot be read is told and left out" {
	local file=$HOME/.docker/model/contexts.json text

	machine
	mkdir -p "${file%/*}"
	serve_at 12434 < <(answers one)
	for text in '' '{' 'host = x' '{"current":"x"'; do
		printf %s "$text" >"$file"
		try -0 "${inside[@]}" dmr-chat -n hello
		assert_stdout one
		assert_stderr "dmr-chat: the docker contexts are left out:`
			` '$file' is not JSON"
		try -0 "${inside[@]}" dmr-chat -q -n hello
		assert_stderr
	done
	rm "$file"
	mkdir "$file"
	try -0 "${inside[@]}" dmr-chat -n hello
	assert_stdout one
	assert_stderr "dmr-chat: the docker contexts are left out: cannot read`
		` '$file': not a regular file"
}

@test "find: localhost, with the request itself and no probe" {
	machine
	serve_at 12434 < <(answers one)
	try_traced -0 dmr-chat -n hello
	assert_stdout one
	assert_stderr
	connects | assert_file /dev/stdin 127.0.0.1:12434
	assert_requests 1
	request_head 1 | head -1 | assert_file /dev/stdin \
		'POST /engines/v1/chat/completions HTTP/1.1'
	assert_harmless
}

@test "find: Desktop's socket, with its prefix" {
	machine
	serve_at "$socket" < <(answers one)
	try_traced -0 dmr-chat -n hello
	assert_stdout one
	assert_harmless
	assert_requests 1
	request_head 1 | head -1 | assert_file /dev/stdin \
		'POST /exp/vDD4.40/engines/v1/chat/completions HTTP/1.1'
}

@test "find: dmr-models asks where dmr-chat would" {
	machine
	context http://127.0.0.1:3
	serve_at "$socket" < <(lists one)
	try_traced -0 dmr-models --names
	assert_stdout ai/one
	connects | assert_file /dev/stdin \
		127.0.0.1:3 127.0.0.1:12434 "$socket"
	request_head 1 | head -1 | assert_file /dev/stdin \
		'GET /exp/vDD4.40/engines/v1/models HTTP/1.1'
}

@test "find: all requests of a run go to the place that answered the first" {
	machine
	serve_at 12434 < <(
		printf 'accept\nread\njson 200 '
		printf "'%s'\n" '{"object":"list","data":[{"id":"ai/one"}]}'
		printf 'accept\nread\ntext 404 "404 page not found\\n"\n'
		printf 'accept\nread\njson 200 '
		printf "'%s'\n" '{"version":"v1"}'
		printf 'accept\nread\ntext 404 "404 page not found\\n"\n'
	)
	serve_at "$socket" < <(printf "repeat\nread\njson 200 '%s'\n" \
		'[{"model_name":"ai/one","backend_name":"b","mode":"m"}]')
	try -0 "${inside[@]}" dmr-models
	assert_stdout $'ai/one\t-\t-\t-\t-\t-'
	assert_stderr
	try -22 "${inside[@]}" dmr-models status
	assert_stdout
	assert_stderr "dmr-models: 'http://localhost:12434' has no model`
		` management: it answered 404 to /engines/status"
	assert_requests 0
}

@test "find: secret headers go only to a server that is named" {
	local name

	machine
	serve_at 12434 < <(answers one)
	printf sk-s3cret >key
	chmod 600 key
	set --
	for name in Authorization Cookie Api-Key X-Api-Key; do
		set -- "$@" --header "$name: s3cret-$name"
	done
	try -0 "${inside[@]}" dmr-chat -n hello "$@" --header 'X-Other: it' \
		--key-file "$PWD/key"
	run -1 grep s3cret "$requests/request.1"
	request_head 1 | grep -qx 'X-Other: it'
	try -0 "${inside[@]}" dmr-chat -n hello "$@" -H http://localhost:12434
	for name in Authorization Cookie Api-Key X-Api-Key; do
		request_head 2 | grep -qx "$name: s3cret-$name"
	done
}

@test "find: a 401 of a server that nobody named tells why it got no key" {
	machine
	serve_at 12434 < <(printf 'repeat\nread\njson 401 %s\n' \
		"'{\"error\":{\"message\":\"who?\"}}'")
	try -22 "${inside[@]}" dmr-chat -n hello
	assert_stderr "dmr-chat: 'http://localhost:12434' answered 401: who?;`
		` try: --key-file FILE, with -H: only a server that is named`
		` gets the key"
}

@test "find: Docker's own socket is never asked" {
	machine
	try_traced -7 dmr-chat -n hello
	run -1 grep -F '/var/run/docker.sock' trace
	run -1 grep -F '"/run/docker.sock' trace
}

@test "find: -v says which one was taken" {
	machine
	serve_at 12434 < <(answers one)
	try -0 "${inside[@]}" dmr-chat -v -n hello
	assert_stdout one
	grep -F "'http://localhost:12434'" stderr
	serve_at 4000 < <(answers two)
	context http://127.0.0.1:4000
	try -0 "${inside[@]}" dmr-chat -v -n hello
	assert_stdout two
	grep -F "'http://127.0.0.1:4000'" stderr
	run -1 grep -F 12434 stderr
}

@test "find: a proxy is never used for this machine" {
	local name

	machine
	serve_at 12434 < <(answers one)
	for name in http_proxy all_proxy ALL_PROXY HTTP_PROXY; do
		export "$name=http://127.0.0.1:5"
	done
	try_traced -0 dmr-chat -n hello
	assert_stdout one
	connects | assert_file /dev/stdin 127.0.0.1:12434
	serve_at "$socket" < <(answers two)
	context "unix://$socket"
	try_traced -0 dmr-chat -n hello
	assert_stdout two
	connects | assert_file /dev/stdin "$socket"
	assert_harmless
}

@test "find: a named host elsewhere is asked through the proxy" {
	serve < <(answers one)
	export http_proxy=$DMR_HOST
	try -0 dmr-chat -n -H http://some.example:8080 hello
	assert_stdout one
	request_head 1 | head -1 | assert_file /dev/stdin \
		"POST http://some.example:8080/engines/v1/chat/completions`
		` HTTP/1.1"
}

# ---- strangers

# What is no model runner, as scenarios.
strangers=(
	'text 200 "<!DOCTYPE html><title>Hi</title>" "Content-Type: text/html"'
	'text 404 "<html><title>404 Not Found</title></html>"'
	'text 404 "404 page not found\n"'
	'text 405 "Method Not Allowed\n"'
	'text 301 "" "Location: https://127.0.0.1:5/"'
	'send "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"'
	'send "220 mail.example ESMTP\r\n"'
	'text 200 "OK\n"'
	'text 404 ""'
)

@test "find: a stranger on the port is passed over for the next candidate" {
	local stranger

	machine
	for stranger in "${strangers[@]}"; do
		serve_at 12434 < <(printf 'accept\nread\n%s\nstop\n' "$stranger")
		rm -f "$socket"
		serve_at "$socket" < <(answers one)
		echo "stranger: $stranger"
		try_traced -0 dmr-chat -n hello
		assert_stdout one
		assert_stderr
		connects | assert_file /dev/stdin \
			127.0.0.1:12434 "$socket"
		assert_requests 1
	done
}

@test "find: dmr-models passes a stranger over, too" {
	local stranger

	machine
	for stranger in "${strangers[@]}"; do
		serve_at 12434 < <(printf 'accept\nread\n%s\nstop\n' "$stranger")
		rm -f "$socket"
		serve_at "$socket" < <(lists one)
		echo "stranger: $stranger"
		try -0 "${inside[@]}" dmr-models --names
		assert_stdout ai/one
		assert_stderr
	done
}

@test "find: with strangers alone it is exit 7, which names them all" {
	local stranger

	machine
	for stranger in "${strangers[@]}"; do
		serve_at 12434 < <(printf 'accept\nread\n%s\nstop\n' "$stranger")
		rm -f "$socket"
		serve_at "$socket" < <(printf 'accept\nread\n%s\n' "$stranger")
		echo "stranger: $stranger"
		try -7 "${inside[@]}" dmr-chat -n hello
		assert_stdout
		assert_stderr "dmr-chat: no model runner answers`
			` ('http://localhost:12434': what answers is no model`
			` runner; 'unix://$socket:/exp/vDD4.40': what answers`
			` is no model runner); start one, or name it with -H URL"
	done
}

@test "find: a stranger at a named address is exit 22" {
	local stranger

	for stranger in "${strangers[@]}"; do
		serve < <(printf 'accept\nread\n%s\n' "$stranger")
		echo "stranger: $stranger"
		try -22 dmr-chat -n hello
		assert_stdout
		[[ $stderr == "dmr-chat: "* && $stderr != *$'\n'* ]]
		serve < <(printf 'accept\nread\n%s\n' "$stranger")
		try -22 dmr-models --names
		assert_stdout
		[[ $stderr == "dmr-models: "* && $stderr != *$'\n'* ]]
	done
}

@test "find: an error of a model runner is no stranger's" {
	local answer want

	machine
	while read -r want answer; do
		serve_at 12434 < <(printf 'repeat\nread\n%s\n' "$answer")
		rm -f "$socket"
		serve_at "$socket" < <(answers wrong)
		echo "answer: $answer"
		try -"$want" "${inside[@]}" dmr-chat -n -m ai/a hello
		assert_stdout
		assert_requests 0
		kill "${rawd_pids[-2]}"
		wait "${rawd_pids[-2]}"
	done <<-'EOT'
		22 text 500 "error while running\n"
		22 text 400 "invalid request\n"
		6 text 404 "error while getting model: model not found\n"
		6 json 404 '{"error":{"code":"model_not_found","message":"x"}}'
		22 json 400 '{"error":{"code":400,"message":"x"}}'
	EOT
}

# ---- finding the server, inside a container

internal=model-runner.docker.internal

@test "find: in a container the name of Desktop and the gateway are tried last" {
	local mark

	machine
	name_is 10.9.8.7 "$internal"
	"${inside[@]}" ip address add 10.9.8.7/24 dev lo
	"${inside[@]}" ip route add default via 10.9.8.1 dev lo
	for mark in /.dockerenv /run/.containerenv; do
		: >"${root:?}$mark"
		try_traced -7 dmr-chat -n hello
		assert_stderr "dmr-chat: no model runner answers`
			` ('http://localhost:12434': connection refused;`
			` 'unix://$socket:/exp/vDD4.40': no such file or`
			` directory; 'http://$internal': connection refused;`
			` 'http://10.9.8.1:12434': connection refused);`
			` start one, or name it with -H URL"
		connects | assert_file /dev/stdin 127.0.0.1:12434 \
			"$socket" 10.9.8.7:80 10.9.8.1:12434
		assert_harmless names
		rm "${root:?}$mark"
	done
}

@test "find: in a container without a default route it is Docker's bridge" {
	machine /.dockerenv
	name_is 10.9.8.7 "$internal"
	"${inside[@]}" ip address add 172.17.0.1/16 dev lo
	"${inside[@]}" ip address add 10.9.8.7/24 dev lo
	try_traced -7 dmr-chat -n hello
	connects | tail -n 2 | assert_file /dev/stdin 10.9.8.7:80 \
		172.17.0.1:12434
}

@test "find: the name of Desktop is asked when it is private" {
	local ip n=0

	machine /.dockerenv
	serve_at 4000 < <(answers one)
	for ip in 10.9.8.7 172.16.0.9 172.31.255.9 192.168.65.254 169.254.1.2; do
		name_is "$ip" "$internal"
		forward "$ip" 80 4000
		try_traced -0 dmr-chat -n hello
		assert_stdout one
		connects | tail -n 1 | assert_file /dev/stdin "$ip:80"
		request_head $((++n)) | grep -ix "host: $internal"
		assert_harmless names
	done
}

@test "find: the name of Desktop is not asked when it is public" {
	local ip

	machine /.dockerenv
	serve_at 4000 < <(answers wrong)
	for ip in 93.184.216.34 172.15.0.1 172.32.0.1 11.0.0.1 192.169.0.1; do
		name_is "$ip" "$internal"
		forward "$ip" 80 4000
		try_traced -7 dmr-chat -n hello
		assert_stdout
		[[ $stderr == *"'http://$internal': its address is public;"* ]]
		connects | grep -F "$ip" | assert_file /dev/stdin
		assert_requests 0
	done
}

@test "find: the name of Desktop is not asked when it is public in IPv6" {
	machine /.dockerenv
	name_is 2606:2800:220:1::1 "$internal"
	"${inside[@]}" ip address add 2606:2800:220:1::1/128 dev lo
	try_traced -7 dmr-chat -n hello
	[[ $stderr == *"'http://$internal': its address is public;"* ]]
	connects | grep -F 2606: | assert_file /dev/stdin
}

@test "find: a container whose resolver does not know the name goes on" {
	machine /.dockerenv
	"${inside[@]}" ip address add 172.17.0.1/16 dev lo
	serve_at 4000 < <(answers one)
	forward 172.17.0.1 12434 4000
	try_traced -0 dmr-chat -n hello
	assert_stdout one
	connects | tail -n 1 | assert_file /dev/stdin 172.17.0.1:12434
}

@test "find: the default gateway is asked, unless it is public" {
	machine /.dockerenv
	"${inside[@]}" ip address add 10.9.8.7/24 dev lo
	"${inside[@]}" ip route add default via 10.9.8.1 dev lo
	serve_at 4000 < <(answers one)
	forward 10.9.8.1 12434 4000
	try_traced -0 dmr-chat -n hello
	assert_stdout one
	connects | tail -n 1 | assert_file /dev/stdin 10.9.8.1:12434
	"${inside[@]}" ip route del default
	"${inside[@]}" ip address add 93.184.216.7/24 dev lo
	"${inside[@]}" ip route add default via 93.184.216.1 dev lo
	forward 93.184.216.1 12434 4000
	try_traced -7 dmr-chat -n hello
	[[ $stderr == *"'http://93.184.216.1:12434': its address is public)"* ]]
	connects | grep -F 93.184 | assert_file /dev/stdin
}

@test "find: a gateway behind a device is a router, not the container's host" {
	machine /.dockerenv
	"${inside[@]}" ip address add 10.9.8.7/24 dev lo
	"${inside[@]}" ip route add default via 10.9.8.1 dev lo
	"${inside[@]}" sh -c 'mount -t tmpfs none /sys/class/net &&
		mkdir -p /sys/class/net/lo/device'
	try_traced -7 dmr-chat -n hello
	connects | tail -n 1 | assert_file /dev/stdin 172.17.0.1:12434
}

@test "find: half of a default route, as VPNs have it, is none" {
	machine /.dockerenv
	"${inside[@]}" ip address add 10.9.8.7/24 dev lo
	"${inside[@]}" ip route add 0.0.0.0/1 via 10.9.8.1 dev lo
	try_traced -7 dmr-chat -n hello
	connects | tail -n 1 | assert_file /dev/stdin 172.17.0.1:12434
}

@test "find: in a container no proxy is used for what was found" {
	local name

	machine /.dockerenv
	name_is 10.9.8.7 "$internal"
	serve_at 4000 < <(answers one)
	forward 10.9.8.7 80 4000
	for name in http_proxy all_proxy ALL_PROXY HTTP_PROXY; do
		export "$name=http://127.0.0.1:5"
	done
	try_traced -0 dmr-chat -n hello
	assert_stdout one
	connects | grep -F 127.0.0.1:5 | assert_file /dev/stdin
}

@test "find: in a container a context and localhost come first all the same" {
	machine /.dockerenv
	name_is 10.9.8.7 "$internal"
	serve_at 12434 < <(answers one)
	try_traced -0 dmr-chat -n hello
	assert_stdout one
	connects | assert_file /dev/stdin 127.0.0.1:12434
	assert_harmless
}

@test "find: outside a container neither name nor gateway is asked" {
	machine
	name_is 10.9.8.7 "$internal"
	"${inside[@]}" ip address add 10.9.8.7/24 dev lo
	"${inside[@]}" ip route add default via 10.9.8.1 dev lo
	try_traced -7 dmr-chat -n hello
	connects | assert_file /dev/stdin 127.0.0.1:12434 "$socket"
	assert_harmless
}

# ---- what a host's path means

# assert_paths HOST BASE [MANAGEMENT]: where chat and list, and status, go to
# when the server is named so; PORT and SOCKET stand for the server's.
assert_paths() {
	local host=$1 name=${variable:-DMR_HOST}

	echo "$name=$host"
	serve_here "$host" < <(answers one)
	env -u DMR_HOST "$name=$at" "$(command -v dmr-chat)" -n hello >out
	assert_file out one
	request_head 1 | head -1 |
		assert_file /dev/stdin "POST $2/chat/completions HTTP/1.1"
	serve_here "$host" < <(lists a)
	env -u DMR_HOST "$name=$at" "$(command -v dmr-models)" --names >out
	assert_file out ai/a
	request_head 1 | head -1 |
		assert_file /dev/stdin "GET $2/models HTTP/1.1"
	serve_here "$host" < <(printf '%s\n' repeat read "json 200 '{\"version\":\"v1\"}'")
	if (($# == 2)); then
		try -22 env -u DMR_HOST "$name=$at" dmr-models status
		assert_stdout
		assert_stderr "dmr-models: '$at' has no model management: it`
			` is the base of an inference API"
		assert_requests 0
	else
		try -0 env -u DMR_HOST "$name=$at" dmr-models status
		cat <(request_head 1 | head -1) <(request_head 2 | head -1) |
			assert_file /dev/stdin "GET $3/version HTTP/1.1" \
			"GET $3/engines/status HTTP/1.1"
	fi
}

# Serves, and sets at to the host's name.
serve_here() {
	if [[ $1 == *SOCKET* ]]; then
		serve_unix
		at=${1/SOCKET/$socket}
	else
		serve
		at=${1/PORT/${DMR_HOST##*:}}
	fi
}

@test "path: none is a model runner" {
	assert_paths http://127.0.0.1:PORT /engines/v1 ''
	assert_paths http://127.0.0.1:PORT/ /engines/v1 ''
	assert_paths 127.0.0.1:PORT /engines/v1 ''
	assert_paths http://LOCALHOST:PORT /engines/v1 ''
}

@test "path: /engines/v1, /engines/NAME/v1 and /v1 end the base of inference" {
	assert_paths http://127.0.0.1:PORT/engines/v1 /engines/v1 ''
	assert_paths http://127.0.0.1:PORT/engines/v1/ /engines/v1 ''
	assert_paths http://127.0.0.1:PORT/engines/llama.cpp/v1 \
		/engines/llama.cpp/v1 ''
	assert_paths http://127.0.0.1:PORT/v1 /v1 ''
	assert_paths http://127.0.0.1:PORT/exp/vDD4.40/engines/v1 \
		/exp/vDD4.40/engines/v1 /exp/vDD4.40
	assert_paths http://127.0.0.1:PORT/a/engines/vllm/v1 \
		/a/engines/vllm/v1 /a
	assert_paths http://127.0.0.1:PORT/proxy/v1 /proxy/v1 /proxy
}

@test "path: any other is an OpenAI-compatible base without management" {
	assert_paths http://127.0.0.1:PORT/api /api
	assert_paths http://127.0.0.1:PORT/openai/deployments/a/ \
		/openai/deployments/a
	assert_paths http://127.0.0.1:PORT/v1/more /v1/more
	assert_paths http://127.0.0.1:PORT/v12 /v12
	assert_paths http://127.0.0.1:PORT/xv1 /xv1
	assert_paths http://127.0.0.1:PORT/exp/vDD4.40 /exp/vDD4.40
}

@test "path: what follows a socket stands before a model runner's paths" {
	assert_paths unix://SOCKET /engines/v1 ''
	assert_paths unix://SOCKET:/exp/vDD4.40 /exp/vDD4.40/engines/v1 \
		/exp/vDD4.40
	assert_paths unix://SOCKET:/pre/ /pre/engines/v1 /pre
	assert_paths unix://SOCKET:/pre/engines/v1 /pre/engines/v1 /pre
	assert_paths unix://SOCKET:/pre/engines/vllm/v1 /pre/engines/vllm/v1 \
		/pre
	assert_paths unix://SOCKET:/v1 /v1 ''
}

@test "path: one in MODEL_RUNNER_HOST is a prefix, unless it ends a base" {
	local variable=MODEL_RUNNER_HOST

	assert_paths http://127.0.0.1:PORT /engines/v1 ''
	assert_paths http://127.0.0.1:PORT/ /engines/v1 ''
	assert_paths http://127.0.0.1:PORT/pre /pre/engines/v1 /pre
	assert_paths http://127.0.0.1:PORT/exp/vDD4.40/ \
		/exp/vDD4.40/engines/v1 /exp/vDD4.40
	assert_paths http://127.0.0.1:PORT/engines/v1 /engines/v1 ''
	assert_paths http://127.0.0.1:PORT/pre/engines/llama.cpp/v1 \
		/pre/engines/llama.cpp/v1 /pre
	assert_paths unix://SOCKET:/pre /pre/engines/v1 /pre
}

@test "path: warm is refused where there is no management" {
	serve </dev/null
	try -22 dmr-models -H "$DMR_HOST/api" warm ai/a
	assert_stdout
	[[ $stderr == *"has no model management"* ]]
	assert_requests 0
}

@test "path: what is no address is exit 2, nothing is sent" {
	local host

	serve </dev/null
	for host in ftp://127.0.0.1/ file:///etc/passwd gopher://127.0.0.1 \
		http:// http://127.0.0.1:0 http://127.0.0.1:70000 \
		http://127.0.0.1:x "http://user@${DMR_HOST#http://}" \
		"http://user:secret@${DMR_HOST#http://}/v1" "$DMR_HOST/v1?key=1" \
		"$DMR_HOST?x" "$DMR_HOST/v1#part" 'http://a b/' $'http://a\nb' \
		unix://relative.sock unix:// unix:/path/to.sock \
		"unix:///$(printf '%0200d' 0)"; do
		echo "host: $host"
		try -2 dmr-chat -n -H "$host" hello
		assert_stdout
		[[ $stderr == "dmr-chat: "* && $stderr != *secret* ]]
		(($(wc -l <stderr) == 1))
	done
	DMR_HOST=ftp://x try -2 dmr-chat -n hello
	assert_stdout
	try -2 dmr-models -H ftp://x
	assert_stdout
	MODEL_RUNNER_HOST=ftp://x try -2 env -u DMR_HOST dmr-chat -n hello
	assert_stdout
	[[ $stderr == "dmr-chat: MODEL_RUNNER_HOST: "* ]]
	assert_requests 0
}
