# The prompts that are shipped: each renders as its goldens say, and they are
# found beside the program, also when an installed tree is moved.
#
# data/prompts/NAME/CASE holds input, request.json (the body that is sent,
# members sorted) and, if there are any, args (one a line).
# shellcheck disable=SC2154 # variables that lib.bash sets

load lib

# assert_golden FOLDER: dmr-chat would send what it says.
assert_golden() {
	local args=() name=${1%/*}

	if [[ -e $1/args ]]; then
		mapfile -t args <"$1/args"
	fi
	try -0 dmr-chat --dry-run -t "${name##*/}" "${args[@]}" <"$1/input"
	assert_stderr
	jq -S .body "$BATS_TEST_TMPDIR/stdout" >"$BATS_TEST_TMPDIR/request"
	assert_file "$BATS_TEST_TMPDIR/request" -f "$1/request.json"
}

@test "prompts: each prompt sends what its goldens say" {
	local folder n=0

	cd "$tests"
	for folder in data/prompts/*/*/; do
		echo "# $folder"
		assert_golden "${folder%/}"
		n=$((n + 1))
	done
	((n))
}

@test "prompts: each prompt has a golden, and each golden a prompt" {
	local file

	for file in "$top"/prompts/*; do
		# It says what dmr-reqs prints, not what a model is to answer.
		[[ $file != */requirements.schema.json ]] || continue
		if [[ $file == *.schema.json ]]; then
			[[ -e ${file%.schema.json}.prompt ]]
			continue
		fi
		[[ $file == *.prompt ]] || { echo "no prompt: $file" && false; }
		file=${file##*/}
		[[ -e $tests/data/prompts/${file%.prompt}/plain/request.json ]] ||
			{ echo "no golden: $file" && false; }
	done
	for file in "$tests"/data/prompts/*; do
		[[ -e $top/prompts/${file##*/}.prompt ]] ||
			{ echo "no prompt: $file" && false; }
	done
}

@test "prompts: each has a description of one line and two messages" {
	local file

	for file in "$top"/prompts/*.prompt; do
		sed -n 2p "$file" | grep -Eqx 'description: [A-Z].{10,70}[^.]'
		grep -cEx '%(system|user)' "$file" | assert_file /dev/stdin 2
	done
}

@test "prompts: those that place their input want it: an empty one is exit 26" {
	local file n=0

	for file in "$top"/prompts/*.prompt; do
		grep -qx '{{input}}' "$file" || continue
		file=${file##*/}
		try -26 dmr-chat -t "${file%.prompt}" </dev/null
		assert_stdout
		assert_stderr 'dmr-chat: standard input is empty'
		n=$((n + 1))
	done
	((n > 5))
}

@test "prompts: none asks without a question or a picture" {
	local file

	for file in "$top"/prompts/*.prompt; do
		file=${file##*/}
		try dmr-chat -t "${file%.prompt}" </dev/null
		((status == 26 || status == 2))
		assert_stdout
	done
	try -2 dmr-chat -t ui-verify -a "$tests/data/pixel.png" </dev/null
	assert_stdout
}

# ---- installed

# The tree that is tested is installed as it is, nothing is built.
make_tree() {
	local tool old=()

	for tool in "$top"/tools/*.c; do
		tool=${tool##*/}
		old+=(-o "$BUILD/${tool%.c}")
	done
	make -s -C "$top" BUILD="$BUILD" "${old[@]}" "$@"
}

@test "prompts: an installed tree can be moved" {
	local root=$BATS_TEST_TMPDIR/root file

	try -0 make_tree install DESTDIR="$root" PREFIX=/opt/dmr
	assert_stderr
	mv "$root/opt/dmr" "$BATS_TEST_TMPDIR/moved tree"
	rm -r "$root"
	cmp "$BUILD/dmr-chat" "$BATS_TEST_TMPDIR/moved tree/bin/dmr-chat"
	serve_ok
	cd "$BATS_TEST_TMPDIR"
	try -0 'moved tree/bin/dmr-chat' -t commit-message <<<diff
	assert_stdout ok
	request 1 | jq -e '.messages[0].role == "system"' >/dev/null
	# By a link, by PATH, from elsewhere.
	mkdir links
	ln -s '../moved tree/bin/dmr-chat' links/chat
	try -0 links/chat -t explain <<<code
	PATH="$BATS_TEST_TMPDIR/moved tree/bin:$PATH"
	cd /
	try -0 dmr-chat -t summarize <<<text
	assert_stdout ok
	# They come from there and nowhere else.
	rm "$BATS_TEST_TMPDIR/moved tree/share/dmr/prompts/summarize.prompt"
	try -2 dmr-chat -t summarize <<<text
	assert_stderr "dmr-chat: no template 'summarize'; a file is named with its path: ./summarize.prompt"
}

@test "prompts: what is installed can be read and run by all" {
	local root=$BATS_TEST_TMPDIR/root

	umask 022
	try -0 make_tree install DESTDIR="$root" PREFIX=/usr
	(cd "$root/usr/bin" && ls) |
		assert_file /dev/stdin -f <(cd "$top/tools" && basename -s .c ./*.c)
	(cd "$root/usr/share/dmr/prompts" && ls) |
		assert_file /dev/stdin -f <(cd "$top/prompts" && ls)
	run -0 find "$root" -type f ! -perm -444
	[[ ! $output ]]
	run -0 find "$root/usr/bin" -type f ! -perm -555
	[[ ! $output ]]
	run -0 find "$root/usr/share" -type f -perm /111
	[[ ! $output ]]
	run -0 find "$root" -type f -perm /022
	[[ ! $output ]]
	# Links lead to what is installed with them.
	run -0 find -L "$root" -type l
	[[ ! $output ]]
}

@test "prompts: uninstall takes away all that install put there, no more" {
	local root=$BATS_TEST_TMPDIR/root file

	mkdir -p "$root/usr/bin" "$root/usr/share/man/man1" \
		"$root/usr/share/dmr/prompts"
	for file in bin/dmr-chatter share/man/man1/dmr-chatter.1 \
		share/dmr/prompts/mine.prompt; do
		echo mine >"$root/usr/$file"
	done
	try -0 make_tree install DESTDIR="$root" PREFIX=/usr
	[[ -x $root/usr/bin/dmr-chat ]]
	try -0 make_tree uninstall DESTDIR="$root" PREFIX=/usr
	(cd "$root" && find . ! -type d | sort) | assert_file /dev/stdin \
		./usr/bin/dmr-chatter ./usr/share/dmr/prompts/mine.prompt \
		./usr/share/man/man1/dmr-chatter.1
	rm "$root/usr/share/dmr/prompts/mine.prompt"
	try -0 make_tree install DESTDIR="$root" PREFIX=/usr
	try -0 make_tree uninstall DESTDIR="$root" PREFIX=/usr
	[[ ! -e $root/usr/share/dmr ]]
}
