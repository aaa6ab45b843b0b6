# shellcheck shell=sh disable=SC2154 # build is of lib.sh
# python.sh - Python packages of a list with hashes, below the tree: . it after
# lib.sh, then: packages LIST NAME, where NAME is one of them.
packages() {
	folder=$build/bench/${1%.txt}
	[ -e "$folder/$2" ] || PIP_ROOT_USER_ACTION=ignore python3 -m pip \
		install --quiet --require-hashes --no-deps --only-binary :all: \
		--target "$folder" --requirement "bench/$1" || exit 1
	export PYTHONPATH="$folder"
}
