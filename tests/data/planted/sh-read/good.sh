#!/bin/sh
# Number the lines of standard input.
n=0
while IFS= read -r line; do
	n=$((n + 1))
	printf '%4d  %s\n' "$n" "$line"
done
