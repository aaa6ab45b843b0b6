#!/bin/sh
folder=${1-}
echo "cleaning $folder" >&2
rm -rf "$folder/cache"
mkdir -p "$folder/cache"
