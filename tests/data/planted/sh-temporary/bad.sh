#!/bin/sh
set -eu
work=/tmp/sorted.$$
trap 'rm -f "$work"' EXIT
sort -u "$1" >"$work"
wc -l <"$work"
