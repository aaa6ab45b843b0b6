# shellcheck shell=sh
# staged.sh - what the hooks share: . it, then: with_staged FUNCTION
#
# FUNCTION gets the sources that are staged, as paths below $work/tree, where
# they lie as they are staged; $work/staged is the diff of what is staged.

say() {
	echo "dmr-docstring hook: $*" >&2
}

# What dmr-docstring knows by its name.
is_source() {
	case $1 in
	*.py | *.pyi | *.pyw | *.js | *.mjs | *.cjs | *.jsx | *.ts | *.mts | \
		*.cts | *.tsx | *.go | *.rs | *.c | *.h | *.java | *.sh | *.bash) ;;
	*) return 1 ;;
	esac
}

# Before the first commit everything is compared with nothing.
staged() {
	git diff-index --cached --find-renames --diff-filter=ACMR "$@" "$base" --
}

# lay_out PATH: as it is staged, if it is a regular file.
lay_out() {
	case $(git --literal-pathspecs ls-files --stage -- "$1") in
	100*) ;;
	*) return 1 ;;
	esac
	mkdir -p "$work/tree/./$(dirname "./$1")" &&
		git cat-file blob ":0:$1" >"$work/tree/$1"
}

# A folder of its own, and what is compared with.  Fails where nothing is to be
# done: what others wrote comes with a merge as it is.
begin() {
	if ! command -v dmr-docstring >/dev/null; then
		say 'dmr-docstring is not on the PATH; nothing is looked at'
		return 1
	fi
	! git rev-parse --quiet --verify MERGE_HEAD >/dev/null || return
	base=$(git rev-parse --quiet --verify HEAD) ||
		base=$(git hash-object -t tree /dev/null)
	work=
	trap '[ -z "$work" ] || rm -rf "$work"' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 131' QUIT
	trap 'exit 143' TERM
	work=$(mktemp -d) || return
	mkdir "$work/tree"
}

# A shell reads lines, so newlines of names are something else on the way.
with_staged() {
	function=$1
	shift
	begin || return 0
	staged -p --unified=0 >"$work/staged" || return
	staged --name-only -z | tr '\n\000' '\001\n' >"$work/names"
	while IFS= read -r name; do
		path=$(printf '%s.' "$name" | tr '\001' '\n')
		path=${path%.}
		if is_source "$path" && lay_out "$path"; then
			set -- "$@" "$path"
		fi
	done <"$work/names"
	[ $# -eq 0 ] || "$function" "$@"
}

