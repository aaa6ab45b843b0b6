# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# guides.bash - runs the blocks of a page: load guides, after lib, mock and
# markdown.

guides_setup() {
	mock_setup
	export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@localhost GIT_CONFIG_GLOBAL=
	export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@localhost
	export GIT_CONFIG_NOSYSTEM=1 PYTHONDONTWRITEBYTECODE=1
	place=$BATS_TEST_TMPDIR/place
	mkdir "$place" && cd "$place" || return
	make_place
}

# What the commands find around them.
make_place() {
	ln -s "$top" dmr-tools
	mkdir notes outbox
	echo 'The cat sat on the mat. It was raining outside.' >notes.txt
	echo 'An umbrella, for rain.' >notes/rain.txt
	echo 'The dog barks at night.' >notes/dog.txt
	printf '%s\n' 'Der Hund bellt.' 'Es regnet.' >hallo.txt
	echo 'Dear Ada, thank you.' >letter.txt
	printf '%s\n' 'Ada: two bells' 'Bob: a pump' >orders.txt
	echo 'CREATE TABLE bikes (id, price);' >schema.sql
	printf '2026-11-23 10:0%d %s\n' 0 'INFO start' 1 'ERROR disk full' \
		2 'ERROR no answer' >app.log
	printf '{"id":%d,"input":"%s"}\n' 1 'I want a bell.' \
		2 'My tyre is flat.' >tickets.jsonl
	cp "$tests/data/pixel.png" screen.png
	printf '%s\n' 'import sys' '' '' 'def price(name):' \
		'    return prices[name]' >shop.py
	git init -q -b main . && git add shop.py
	git commit -q -m 'shop: look up a price'
	sed -i 's/prices.*/prices.get(name) * tax/' shop.py
	# In two parts, so that no such key stands here.
	echo "key = \"AKIA""IOSFODNN7EXAMPLE\"" >token.py
}

# mock_with PAGE [OPTION ...]: the server, with what it is to say for a page.
mock_with() {
	cd "$BATS_TEST_TMPDIR" || return
	mock --script "$tests/data/guides/$1.jsonl" "${@:2}"
	cd "$place" || return
}

# run_guide FILE N: its blocks, in order; it has so many.
run_guide() {
	local all i

	mapfile -d '' all < <(fenced "$top/$1")
	((${#all[@]} == 2 * $2)) || {
		echo "$((${#all[@]} / 2)) blocks instead of $2"
		return 1
	}
	for ((i = 0; i < ${#all[@]}; i += 2)); do
		run_block "${all[i]}" "${all[i + 1]}"
	done
}

run_block() { # WORDS TEXT
	echo "block: $1"
	case $1 in
	sh) try -0 bash -eo pipefail -c "$2" </dev/null ;;
	'sh docker') run_with_stubs "$2" ;;
	'sh demo' | 'sh real') ;;
	console | 'console real') run_session "$2" ;;
	mermaid) ;;
	*' '*) write_file "${1#* }" "$2" ;;
	*)
		echo "no test knows what this is"
		return 1
		;;
	esac
}

# They must be called as often as they are named there.
run_with_stubs() { # TEXT
	export STUB_LOG=$BATS_TEST_TMPDIR/stubs

	: >"$STUB_LOG"
	PATH=$tests/stubs:$PATH try -0 bash -eo pipefail -c "$1" </dev/null
	[[ -s $STUB_LOG ]] &&
		(($(wc -l <"$STUB_LOG") == $(grep -cE '^(docker|sudo) ' <<<"$1")))
}

write_file() { # NAME TEXT
	local name=${1/#\~/$HOME}

	mkdir -p "$(dirname "$name")"
	printf '%s' "$2" >"$name"
}

# What a page calls the server.
usual_host=http://localhost:12434

run_session() { # TEXT
	local command shown n=0

	while IFS= read -r -d '' command && IFS= read -r -d '' shown; do
		try -0 bash -c "exec 2>&1; $command" </dev/null
		shown=${shown//"$usual_host"/"$DMR_HOST"}
		[[ $output == "$shown" ]] || {
			echo "$command"
			diff -u --label wanted --label stdout \
				<(echo "$shown") <(echo "$output")
			return 1
		}
		n=$((n + 1))
	done < <(session <<<"${1%$'\n'}")
	((n == $(grep -c '^\$ ' <<<"$1")))
}

# Each line of the mock's script was used: otherwise it says so in the end.
assert_all_said() {
	cd "$BATS_TEST_TMPDIR" || return
	end_mock
	assert_file said
}
