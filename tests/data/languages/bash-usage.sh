#!/bin/sh
## usage: bash-usage COMMAND
usage() {
	sed -n 's/^## //p' "$0"
}

## run: does it
run() { :; }

stop() { :; }
