# shellcheck shell=bash disable=SC2154
# The house rules: what the sources themselves must hold to.
load lib

setup() {
	lib_setup
	cd "$BATS_TEST_DIRNAME/.." || return
}

# none PATTERN FILE...: no line matches; those that do are shown.
none() {
	local pattern=$1
	shift
	run grep -nE -- "$pattern" "$@"
	[[ $status -eq 1 ]] || { echo "$output"; false; }
}

# All C files of the library and tools but those given.
sources_but() {
	local file but=" $* "

	for file in lib/*.[ch] tools/*.c tools/*/*.[ch]; do
		[[ $but == *" $file "* ]] || echo "$file"
	done
}

@test "house: a module includes only modules named above it" {
	try -0 awk -f tests/layers.awk lib/LAYERS lib/*.[ch] tools/*.c tools/*/*.[ch]
	assert_stdout
}

@test "house: the check of the floors sees a wrong include" {
	mkdir -p "$BATS_TEST_TMPDIR/lib"
	echo '#include "tool.h"' >"$BATS_TEST_TMPDIR/lib/str.c"
	try -1 awk -f tests/layers.awk lib/LAYERS "$BATS_TEST_TMPDIR/lib/str.c"
	assert_stdout "$BATS_TEST_TMPDIR/lib/str.c:1: str must not use tool"
}

@test "house: only http knows libcurl" {
	mapfile -t files < <(sources_but lib/http_{transfer,events}.h lib/http.c \
		lib/http_{prepare,events,receive,socket,pace,judge,trace,url}.c)
	none 'curl/|curl_|CURL[A-Z]*_' "${files[@]}"
}

@test "house: libjq, libcmark and libcrypto are known in one place each" {
	mapfile -t files < <(sources_but lib/filter.c)
	none '<(jq|jv)\.h>' "${files[@]}"
	mapfile -t files < <(sources_but lib/markdown_parts.h)
	none '<cmark' "${files[@]}"
	mapfile -t files < <(sources_but lib/crypto.c)
	none '<openssl/' "${files[@]}"
}

@test "house: only syntax knows tree-sitter, and loads what is no part of us" {
	mapfile -t files < <(sources_but lib/syntax.c lib/syntax_{memory,node,query}.c \
		lib/syntax_parts.h)
	none '<tree_sitter/|\bts_[a-z]+_|TS[A-Z][a-z]+' "${files[@]}"
	mapfile -t files < <(sources_but lib/syntax.c)
	none '\bdl(m?open|sym|close)\(' "${files[@]}"
}

@test "house: only dmr-mock knows libmicrohttpd" {
	mapfile -t files < <(sources_but tools/dmr-mock/exchange.h)
	none '<microhttpd' "${files[@]}"
	mapfile -t files < <(sources_but \
		tools/dmr-mock/{connection.c,exchange.c,exchange.h,refuse.c,serve.c})
	none 'MHD_' "${files[@]}"
}

@test "house: only die, tool and main end the program" {
	mapfile -t files < <(sources_but lib/die.c lib/tool.c)
	none '\b(_?exit|abort|quick_exit) ?\(' "${files[@]}"
}

@test "house: standard output belongs to output and the hall" {
	mapfile -t files < <(sources_but lib/output.c lib/tool.c)
	none 'STDOUT_FILENO|[(,] ?stdout ?[,)]|\bprintf\(|\bputs\(|\bputchar\(' \
		"${files[@]}"
}

@test "house: standard error belongs to die" {
	mapfile -t files < <(sources_but lib/die.c)
	none '[(,] ?stderr ?[,)][^"]*$|\bperror\(' "${files[@]}"
	none 'write\(STDERR_FILENO|dprintf\(' "${files[@]}"
}

@test "house: only config asks the environment" {
	mapfile -t files < <(sources_but lib/config.c tools/dmr-mock/command.c)
	none '\bgetenv\(|\benviron\b' "${files[@]}"
}

@test "house: what changes at file scope is in die, the hall, the tools, a handler and an allocator" {
	objdump -t "$BUILD/libdmr.a" | awk '
		/\.o:/ { file = $1 }
		$3 == "O" && $4 ~ /^\.(data|bss)(\.rel\.local)?$/ &&
			$NF !~ /asan/ { print file, $NF }' |
		assert_file /dev/stdin 'die.o: self' 'file_map.o: self' \
			'syntax_memory.o: current' 'tool.o: self' \
			'tool_settings.o: raw' 'tool_settings.o: tool_settings'
}

@test "house: only dmr-mock starts a program or listens, nobody a thread" {
	mapfile -t files < <(sources_but tools/dmr-mock/{command,listen,serve}.c)
	none '\b(fork|vfork|execv?[lep]*|posix_spawnp?|system|popen|pthread_create|listen|accept4?|bind)\(' \
		"${files[@]}"
	none '\b(fork|vfork|execv?[lep]*|system|popen|pthread_create)\(' \
		tools/dmr-mock/{command,listen,serve}.c
}

@test "house: a source has at most 400 lines, a header 120" {
	for file in lib/*.c tools/*.c tools/*/*.c tests/rawd/*.c; do
		length=$(wc -l <"$file")
		((length <= 400)) || { echo "$file: $length"; false; }
	done
	for file in lib/*.h tools/*/*.h tests/rawd/*.h; do
		length=$(wc -l <"$file")
		((length <= 120)) || { echo "$file: $length"; false; }
	done
}

@test "house: a file begins with its purpose, a header with its module" {
	for file in lib/*.c tools/*.c tools/*/*.c; do
		[[ $(head -c 2 "$file") == '/*' ]] || { echo "$file"; false; }
	done
	for file in lib/*.h; do
		name=${file##*/}
		[[ $(sed -n 2p "$file") == " * ${name%.h} - "* ]] ||
			{ echo "$file"; false; }
	done
}

@test "house: nothing is left undone in the sources" {
	none '\b(TODO|FIXME|XXX|HACK)\b' lib/*.[ch] tools/*.c tools/*/*.[ch] Makefile
}

# In all files of the project, also where they are no clone.
search() { git grep --no-index --exclude-standard -nIE "$@" -- . ':!tests/house.bats'; }

@test "house: no package registry and no folder of one machine is named" {
	run -1 search "pypi\.org|pythonhosted|npmjs\.org|crates\.io|\
deb\.debian|proxy\.golang|sum\.golang|repo1\.maven"
	run -1 search '(^|[^A-Za-z0-9_.])/(work|root|farm)/[A-Za-z.]'
}

@test "house: every tool has a man page and stands in the README" {
	for file in tools/*.c; do
		name=${file##*/}
		name=${name%.c}
		[[ -f man/$name.1 ]]
		grep -q "$name" README.md
	done
}
