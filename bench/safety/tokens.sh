#!/bin/sh
# Fingerprints of C and Bash files, see tokens.py.
#
#     tokens.sh headers        of usr/include: their tokens, and whether gcc
#                              takes each alone
#     tokens.sh objects ROOT   sources in the folder we are in, of which the
#                              rest is in ROOT: their code; headers: their tokens
#     tokens.sh bash           what bash -n and --pretty-print say, without
#                              blank lines, of which comments leave some
#
# C's tokens are what is left when gcc has taken the comments out.
set -u
kind=$1 root=${2-}

tokens() {
	gcc -fpreprocessed -dD -E -P -x c "$1" 2>/dev/null | tr -s ' \n\t' '\n'
}

headers() {
	gcc -fsyntax-only -w -x c -I usr/include \
		-I usr/include/x86_64-linux-gnu "$1" 2>/dev/null
	echo $?
	tokens "$1"
}

objects() {
	case $1 in
	*.c) gcc -c -O1 -w -std=c11 -D_XOPEN_SOURCE=700 -DNDEBUG \
		-DVERSION='"0"' -Ilib -I"$root/lib" \
		-iquote "$root/${1%/*}" -o "$made" "$1" && cat "$made" ;;
	*) tokens "$1" ;;
	esac
}

bash_code() {
	bash -n "$1" && bash --pretty-print "$1" >"$made" && grep . "$made"
}

made=$(mktemp) && said=$(mktemp) && list=$(mktemp) || exit 1
trap 'rm -f "$made" "$said" "$list"' EXIT
while IFS= read -r path; do
	case $kind in
	headers) headers "$path" ;;
	objects) objects "$path" ;;
	bash) bash_code "$path" ;;
	esac >"$list" 2>"$said" </dev/null
	status=$?
	if [ "$status" -eq 0 ]; then
		printf '%s\t=%s\n' "$path" "$(sha256sum <"$list" | cut -c1-64)"
	else
		printf '%s\t!%s\n' "$path" "$(grep -m 1 . "$said")"
	fi
done
