#!/bin/sh
# Run a command, up to three times.
for try in 1 2 3; do
	eval "$*" && exit 0
	echo "failed: $try" >&2
done
exit 1
