# shellcheck shell=bash disable=SC2034,SC2154 # for others, and of tap.bash
# machine.bash - a bare Debian 12 in a folder: . tests/wide/machine.bash, after
# tap.bash
#
#     make_tarball        $tarball, which debootstrap makes once; with git and make
#     connect             what is unpacked in $root has this machine's network
#
# outside holds the variables that say how the network is reached.  Where packages
# come from, and who may sign certificates, is what the apt, pip and Go of this
# machine are set to.

release=bookworm
tarball=$build/bare/debian-12.tar

# What this machine's apt knows of Debian 12: lines "URI RELEASE".
archives() {
	# shellcheck disable=SC2016 # these are for apt to expand
	apt-get indextargets --format '$(REPO_URI) $(RELEASE)' \
		"Created-By: Packages" "Component: main" |
		grep -E " $release(-updates|-security)?$" | sort -u
}

make_tarball() {
	local mirror folder proxy=

	[[ ! -f $tarball ]] || return 0
	mirror=$(archives | sed -n "s/ $release$//p" | head -n 1)
	eval "$(apt-config shell proxy Acquire::http::Proxy)"
	mkdir -p "${tarball%/*}"
	folder=$root/new
	${proxy:+env "http_proxy=$proxy"} unshare --mount --pid --fork \
		--kill-child debootstrap --variant=minbase \
		--include=git,make "$release" "$folder" "$mirror" >&2 || return
	rm -f "$folder"/var/cache/apt/archives/*.deb
	tar -C "$folder" -cf "$tarball.part" . || return
	rm -rf "$folder"
	mv "$tarball.part" "$tarball"
}

# The same sources, proxies and certificates as here.
connect() {
	rm -f "$root"/etc/apt/sources.list
	archives | sed 's/.*/deb & main/' >"$root/etc/apt/sources.list"
	apt-config dump --no-empty Acquire | grep -v '^Acquire::IndexTargets' \
		>"$root/etc/apt/apt.conf.d/99outside"
	cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
	[[ ! -e /etc/pip.conf ]] || cp /etc/pip.conf "$root/etc/"
	mkdir -p "$root/usr/local/share/ca-certificates"
	cp /usr/local/share/ca-certificates/*.crt \
		"$root/usr/local/share/ca-certificates/" 2>/dev/null || :
}

# Where the network is reached in a way of its own, tools must know.
outside=()
for name in {http,https,all,no}_proxy {HTTP,HTTPS,ALL,NO}_PROXY \
	PIP_{INDEX_URL,EXTRA_INDEX_URL,TRUSTED_HOST,PROXY,DEFAULT_TIMEOUT} \
	GO{PROXY,SUMDB,NOSUMDB,NOPROXY,PRIVATE,INSECURE}; do
	[[ ! ${!name-} ]] || outside+=("$name=${!name}")
done
# Node has certificates of its own; these are what the system has, there too.
certificates=/etc/ssl/certs/ca-certificates.crt
[[ ${NODE_EXTRA_CA_CERTS-} != "$certificates" ]] ||
	outside+=("NODE_EXTRA_CA_CERTS=$certificates")
