# shellcheck shell=bash disable=SC2154
# planted.bash - the bugs of tests/data/planted: each has a source without it, a
# source with it, and `where`: its line, a category, and what is wrong.
# load planted, after lib.

planted=$tests/data/planted

# lay_out [PREFIX]: before/NAME.EXT, after/NAME.EXT, and change, a diff of both,
# in the folder of the test.
lay_out() {
	local place file name

	mkdir before after
	for place in "$planted/${1-}"*; do
		name=${place##*/}
		file=$(echo "$place"/good.*)
		cp "$file" "before/$name.${file##*.}"
		cp "$place/bad.${file##*.}" "after/$name.${file##*.}"
	done
	git diff --no-index --no-prefix before after >change ||
		(($? == 1))
}
