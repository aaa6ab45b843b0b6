#!/bin/sh
# Objects that are older than a day.
folder=${1:-.}
find "$folder" -type f -name *.o -mtime +0 -print
