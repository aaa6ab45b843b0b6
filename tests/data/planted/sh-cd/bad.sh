#!/bin/sh
# Remove what was built in a folder.
show() (
	cd "$1"
	ls
)

show "$1"
cd "$1"
rm -f ./*.o ./*.a
