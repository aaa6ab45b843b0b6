# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# registry.bash - an OCI registry, Debian's docker-registry, and a proxy before
# it that is slow or breaks off: load registry, after lib and real.
#
# Both listen on loopback alone.  REGISTRY and PROXY are their ports,
# PROXY_FOLDER holds what steers the proxy: see proxy.py.

# Installing the package would start it, on all interfaces.
unpack_registry() {
	local place=$BUILD/registry

	registry=$place/usr/bin/docker-registry
	[[ ! -x $registry ]] || return 0
	mkdir -p "$place"
	(cd "$place" &&
		apt-get -qq -o APT::Sandbox::User=root download docker-registry &&
		dpkg -x docker-registry_*.deb . && rm docker-registry_*.deb)
}

free_port() {
	python -c 'import socket
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

start_registry() {
	local folder=$BATS_FILE_TMPDIR/registry end=$((SECONDS + DEADLINE))

	mkdir -p "$folder"
	REGISTRY=$(free_port)
	cat >"$folder/config.yml" <<-EOF
		version: 0.1
		log: {level: error, accesslog: {disabled: true}}
		storage: {filesystem: {rootdirectory: $folder/data}}
		http: {addr: "127.0.0.1:$REGISTRY"}
	EOF
	"$registry" serve "$folder/config.yml" >"$folder/log" 2>&1 3>&- &
	registry_pid=$!
	until curl -sf "http://127.0.0.1:$REGISTRY/v2/" >/dev/null; do
		((SECONDS < end)) || return 1
		sleep 0.05
	done
	export REGISTRY registry_pid
}

start_proxy() {
	export PROXY_FOLDER=$BATS_FILE_TMPDIR/proxy

	mkdir -p "$PROXY_FOLDER"
	mkfifo "$PROXY_FOLDER/port"
	"$python" "$BATS_TEST_DIRNAME/proxy.py" "$REGISTRY" "$PROXY_FOLDER" \
		>"$PROXY_FOLDER/port" 2>"$PROXY_FOLDER/log" 3>&- &
	proxy_pid=$!
	read -r -t "$DEADLINE" PROXY <"$PROXY_FOLDER/port"
	export PROXY proxy_pid
}

stop_registry() {
	kill "$proxy_pid" "$registry_pid"
	wait "$proxy_pid" "$registry_pid" || :
}

# Bytes that the proxy has passed on.
passed() { cat "$PROXY_FOLDER/count" 2>/dev/null || echo 0; }
