#!/bin/sh
set -eu
work=$(mktemp)
trap 'rm -f "$work"' EXIT
sort -u "$1" >"$work"
wc -l <"$work"
