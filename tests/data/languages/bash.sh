#!/bin/bash
# A library of small things.

set -e

# Say it loudly.
shout() {
	local text=$1 mark=${2:-!}
	echo "${text^^}$mark"
}

function whisper {
	cat <<END
not_code() {
	echo "${1}"
}
END
	return 1
}

# shellcheck disable=SC2154
function third() (
	cd "$1" || return
	inner() {
		:
	}
	inner "$@"
)

# apart

apart() if true; then :; fi

_hidden() { :; }

my::name() { echo '# no() { :; }'; }

true && behind() { :; }

echo \
	'text'
after() { :; }

echo x # trailing
trailed() {
	return "$status"
}

if true; then
	# Within an if.
	within() { :; }
	bare() { :; }
fi

test_it() { :; }

main() {
	shout hello
}

main "$@"
