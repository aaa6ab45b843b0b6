# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# markdown.bash - for the tests of pages with commands in them: load markdown,
# after lib.
#
# A page's blocks begin with a fence and words: a language, and what the tests
# of that page make of the rest.

# fenced FILE: of each block, in order, the words of its fence and its text, each
# ended by NUL.
fenced() {
	awk '
		!on && /^```/ { on = 1; words = substr($0, 4); text = ""; next }
		on && $0 == "```" { printf "%s%c%s%c", words, 0, text, 0; on = 0; next }
		on { text = text $0 "\n" }
		END { if (on) printf "no end%c%c", 0, 0 }' "$1"
}

# blocks FILE WORDS: the lines of all blocks whose fence has these words.
blocks() {
	local words text

	while IFS= read -r -d '' words && IFS= read -r -d '' text; do
		[[ $words != "$2" ]] || printf '%s' "$text"
	done < <(fenced "$1")
}

# session <TEXT: the commands of a session and what it shows of each, each ended
# by NUL.  A command stands behind "$ ", its further lines behind "> "; one line
# "# ..." above a command is said of that, and no part of what the one before shows.
session() {
	awk '
		function flush() {
			sub(/(^|\n)# [^\n]*\n$/, "\n", shown)
			sub(/^\n+$/, "", shown)
			sub(/\n+$/, "", shown)
			if (n++)
				printf "%s%c%s%c", command, 0, shown, 0
			shown = ""
			more = 1
		}
		/^\$ / { flush(); command = substr($0, 3); next }
		more && /^> / { command = command "\n" substr($0, 3); next }
		{ shown = shown $0 "\n"; more = 0 }
		END { flush() }'
}

# The parts of a scenario: an answer with the usage it took.
answer() { # TEXT [FINISH-REASON]
	printf '%s\n' accept read sse "delta \"$1\"" "finish ${2:-stop}" \
		"event '{\"choices\":[],\"usage\":{\"prompt_tokens\":9,$(
		)\"completion_tokens\":7}}'" 'done'
}

# Of the Nth request's body a jq filter must say true.
asks() { # N FILTER
	request "$1" | jq -e "$2" >"$BATS_TEST_TMPDIR/said" || {
		echo "request $1 is not: $2"
		request "$1"
		return 1
	}
}
