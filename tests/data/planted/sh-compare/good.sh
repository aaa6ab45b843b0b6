#!/bin/sh
count=$(find "$1" -type f | wc -l)
if [ "$count" -gt 1000 ]; then
	echo "too many files: $count" >&2
	exit 1
fi
