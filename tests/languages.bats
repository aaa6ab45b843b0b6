# A language is data: a file that says what it is, and a grammar.
# shellcheck disable=SC2154 # variables that lib.bash sets

load lib

# What is found in the source of a language that no tool has, by the files in
# the user's folder alone.
find_added() {
	"$BUILD/tests/unit/docstring_languages_test" \
		tests/data/languages/added "$BATS_TEST_TMPDIR/none"
}

@test "a language is added by a file and a grammar in the user's folder" {
	local own=$XDG_CONFIG_HOME/dmr

	cd "$top" || return
	mkdir -p "$own"/{languages,grammars}
	run -1 find_added
	[[ $output == *"not ok"*"php.php' is not known"* ]]
	cp tests/data/languages/added/php.scm "$own/languages"
	run -1 find_added
	[[ $output == *"not ok"*"no grammar 'php'"* ]]
	cp build/grammars/php.so "$own/grammars"
	run -0 find_added
	[[ $output == *"php.php (35 cases)"* ]]
}
