#!/bin/bash
# A shop.

limit=100

add() {
	local name=$1 price=${2:-0}

	((${#items[@]} < limit)) || return 1
	items[$name]=$price
}

# shellcheck disable=SC2034
take() {
	taken=${items[$1]-}
	[[ $taken ]] || return 1
	unset "items[$1]"
}

function total {
	local sum=0 price
	for price in "${items[@]}"; do
		((sum += price))
	done
	echo "$sum"
}

declare -A items=()
add tea 3
take tea
total
