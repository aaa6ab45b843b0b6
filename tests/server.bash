# shellcheck shell=bash disable=SC2034,SC2154 # variables of others
# server.bash - words for the tests of servers: load lib, then load server
#
# They play one answer to dmr-chat, and look at what it makes of it.

# chat ARGUMENT ...: a good answer, and nothing to complain of.
chat() {
	try -0 dmr-chat -n "$@" hi
	assert_stdout ok
	assert_stderr
}

# fails STATUS MESSAGE ARGUMENT ...: nothing is printed but this line.
fails() {
	try "-$1" dmr-chat -n "${@:3}" hi
	assert_stdout
	assert_stderr "dmr-chat: $2"
}

# Standard error is one line of ours that a terminal can bear.
one_line() {
	[[ $stderr == "dmr-chat: "* && $stderr != *$'\n'* ]] || {
		echo "not one line: $stderr"
		return 1
	}
	if grep -P '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]' \
		"$BATS_TEST_TMPDIR/stderr"; then
		return 1
	fi
	local LC_ALL=C

	((${#stderr} < 1024)) # its newline is not in it
}

# assert_models NAME ...: the model of each request, - where there is no body.
assert_models() {
	local n

	for ((n = 1; n <= $#; n++)); do
		if [[ ${!n} == - ]]; then
			[[ ! $(request "$n") ]]
		else
			[[ $(request "$n" | jq -r .model) == "${!n}" ]]
		fi
	done
	assert_requests "$#"
}

ok_answer='sse
delta "ok"
finish stop
done'

# once LINE ...: a scenario of one connection, its request read.
once() {
	serve < <(printf '%s\n' accept read "$@")
}

always() {
	serve < <(printf '%s\n' repeat read "$@")
}

# refusal STATUS MESSAGE WORD HTTP BODY: what dmr-chat makes of one error; a
# body in double quotes may hold escapes.
refusal() {
	local body=$5

	[[ $body == \"*\" ]] || body="'$body'"
	once "$3 $4 $body"
	fails "$1" "'$DMR_HOST' answered $4: $2" -m ai/x --retry 0
	assert_requests 1
}

# Milliseconds since the last time.
lap() {
	local now=${EPOCHREALTIME/./}

	ms=$(((now - ${begin:-$now}) / 1000))
	begin=$now
}

# ---- networks

# with_names nobody|mute COMMAND ...: where no name is known, or none answered.
with_names() {
	local user=()

	need unshare ip
	((EUID == 0)) || user=(--user --map-root-user)
	unshare "${user[@]}" --net --mount true 2>/dev/null ||
		lack "the right to make namespaces"
	cd "$BATS_TEST_TMPDIR" || return
	set -- unshare "${user[@]}" --net --mount \
		"$python" "$tests/net.py" "$@"
	"$@"
}

# ---- models

missing="text 404 \"error while getting model: get model '\\\"ai/x\\\"': model not found\\n\""

# A list of models, for rawd.
list() { # ID ...
	local id ids=()

	for id; do
		ids+=("{\"id\":\"$id\",\"object\":\"model\"}")
	done
	local IFS=,
	printf "json 200 '{\"object\":\"list\",\"data\":[%s]}'\n" "${ids[*]}"
}
