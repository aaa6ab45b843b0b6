# Hold the sources to lib/LAYERS: a module includes only what stands above it.
# usage: awk -f tests/layers.awk lib/LAYERS lib/*.[ch] tools/*.c tools/*/*.[ch]
# A file NAME_PART.c belongs to module NAME, unless NAME_PART is one itself.
FILENAME == ARGV[1] {
	if (!/^#/)
		for (i = 1; i <= NF; i++)
			rank[$i] = ++count
	next
}
function module(file) {
	sub(/.*\//, "", file)
	sub(/\.[ch]$/, "", file)
	while (!(file in rank) && sub(/_[a-z0-9]+$/, "", file))
		;
	return file
}
# Is it a header of the folder that belongs to this tool?
function is_own(header) {
	tool = FILENAME
	if (!sub(/^tools\//, "", tool))
		return 0
	in_folder = sub(/\/.*/, "", tool)
	sub(/\.c$/, "", tool)
	return in_folder ? header !~ /\// : index(header, tool "/") == 1
}
FNR == 1 {
	me = module(FILENAME)
	mine = FILENAME ~ /^tools/ ? count + 1 : rank[me]
	if (!mine) {
		print FILENAME ": not in LAYERS"
		bad = 1
	}
}
/^#include "/ {
	split($2, quoted, "\"")
	it = module(quoted[2])
	if (!(it in rank) && is_own(quoted[2]))
		next
	if (it != me && !(rank[it] && rank[it] < mine)) {
		printf "%s:%d: %s must not use %s\n", FILENAME, FNR, me, it
		bad = 1
	}
}
END { exit bad }
