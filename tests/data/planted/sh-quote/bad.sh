#!/bin/sh
set -eu
folder=$1
name=$(basename "$folder")
tar -czf "$name.tar.gz" -C "$folder" .
rm -rf $folder
echo "$name.tar.gz"
