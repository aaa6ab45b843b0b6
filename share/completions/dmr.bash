# shellcheck shell=bash
# dmr.bash - completion in bash for the dmr tools.  Source it, or let
# bash-completion find it where "make install" puts it.
#
# Nothing is listed here: when TAB is pressed the tool is asked for its options,
# the folders are looked through for templates, and the server has a second to
# say its models.  Works in bash 3.2, without bash-completion.

# The words up to the cursor as the shell will see them: readline also divides
# at : = and @.  Sets words, and before: what of the last one readline keeps,
# as it replaces CURRENT alone.
_dmr_words() { # CURRENT
	local line=$COMP_LINE piece i n=-1

	words=()
	for ((i = 0; i <= COMP_CWORD; i++)); do
		piece=${COMP_WORDS[i]}
		if [[ $n -ge 0 && $piece && $line == "$piece"* ]]; then
			words[n]+=$piece
		else
			words[++n]=$piece
		fi
		line=${line#*"$piece"}
	done
	before=${words[n]%"$1"}
}

# Reads the table of options: letters, names and args, row by row.
_dmr_table() { # TOOL
	local letter name arg

	letters=() names=() args=()
	while IFS=$'\t' read -r letter name arg _; do
		letters+=("$letter") names+=("$name") args+=("$arg")
	done < <("$1" --options 2>/dev/null </dev/null)
}

# The option that a word leaves waiting for its argument, in option: its row,
# or nothing.  A value after = is left in value, and needs has_value.
_dmr_option() { # WORD
	local word=$1 i letter

	option='' has_value='' value=''
	if [[ $word == --?* ]]; then
		for i in "${!names[@]}"; do
			[[ ${names[i]} == "${word%%=*}" && ${args[i]} != - ]] ||
				continue
			option=$i
			[[ $word != *=* ]] || has_value=1 value=${word#*=}
			return
		done
	elif [[ $word == -?* ]]; then
		word=${word#-}
		while [[ $word ]]; do
			letter=${word:0:1} word=${word:1}
			for i in "${!letters[@]}"; do
				[[ ${letters[i]} == "$letter" &&
					${args[i]} != - ]] || continue
				option=$i
				[[ ! $word ]] || has_value=1 value=$word
				return
			done
		done
	fi
}

# Prints the names of the templates TOOL would find.
_dmr_templates() { # TOOL
	local program folder file folders

	program=$(type -P "$1")
	program=$(readlink -f "$program" 2>/dev/null || echo "$program")
	IFS=: read -ra folders <<<"${DMR_TEMPLATE_PATH-}:${XDG_CONFIG_HOME:-${HOME-}/.config}/dmr/prompts:${program%/*}/../share/dmr/prompts"
	for folder in "${folders[@]}"; do
		for file in "$folder"/*.prompt; do
			[[ $folder == /* && -f $file && ! -L $file ]] || continue
			file=${file##*/}
			echo "${file%.prompt}"
		done
	done
}

# Prints the models that the server has.  Their names come from outside: what
# a shell could take for more than a name is left out.
_dmr_models() { # TOOL [HOST]
	"${1%dmr-*}dmr-models" list --names -q --retry 0 \
		--connect-timeout 200ms --timeout 1s ${2:+--host "$2"} \
		2>/dev/null </dev/null | grep -E '^[A-Za-z0-9][A-Za-z0-9._/:@-]*$'
}

# Prints "VERB WORD" lines: the word that follows a verb in --help tells what
# it takes: NAME...: models, NAME: one.
_dmr_verbs() { # TOOL [VERB]
	"$1" --help 2>/dev/null | sed '1,/^Verbs:/d; /^$/,$d' |
		while read -r verb takes _; do
			[[ $# -gt 1 && $verb != "$2" ]] || echo "$verb $takes"
		done
}

# Offers the lines of standard input that begin with WORD.  (compgen -W would
# expand them.)
_dmr_offer() { # WORD
	local line

	while IFS= read -r line; do
		[[ $line != "$1"* ]] || COMPREPLY+=("${line#"$before"}")
	done
	return 0
}

# No file names where bash has nothing else to offer.
_dmr_no_files() {
	compopt +o default 2>/dev/null || :
}

# Offers folders, or files behind an @, which readline would take for a host.
_dmr_files() { # WHAT-IS-BEFORE BEGINNING [-d]
	local file

	while IFS= read -r file; do
		[[ ! -d $file ]] || {
			compopt -o nospace 2>/dev/null || :
			file+=/
		}
		file=$1$(printf %q "$file")
		COMPREPLY+=("${file#"$before"}")
	done < <(compgen "${3--f}" -- "$2")
}

# Completes the argument of an option.
_dmr_value() { # TOOL ROW VALUE
	local word=${words[${#words[@]} - 1]}
	local done=${word%"$3"} # --template= of --template=su

	case ${names[$2]}:${args[$2]} in
	--template:*)
		[[ $3 == */* ]] ||
			_dmr_offer "$word" < <(_dmr_templates "$1" | sed "s/^/$done/")
		;;
	--model:*)
		_dmr_no_files
		_dmr_offer "$word" < <(_dmr_models "$1" "$host" | sed "s/^/$done/")
		;;
	*:FILE) ;;
	*:DIR)
		_dmr_no_files
		_dmr_files "${word%"$3"}" "$3" -d
		;;
	*:*TEXT)
		_dmr_no_files
		[[ $3 != *@* ]] || _dmr_files "${word%"${3#*@}"}" "${3#*@}"
		;;
	*) _dmr_no_files ;;
	esac
}

_dmr() { # TOOL CURRENT
	local tool=${1/#\~\//$HOME/} words before letters names args
	local option has_value value host='' operands=() last i

	COMPREPLY=()
	_dmr_words "$2"
	_dmr_table "$tool"
	last=$((${#words[@]} - 1))
	for ((i = 1; i < last; i++)); do
		if [[ ${words[i]} == -- ]]; then
			operands+=("${words[@]:i+1:last-i-1}")
			break
		elif [[ ${words[i]} != -?* ]]; then
			operands+=("${words[i]}")
			continue
		fi
		_dmr_option "${words[i]}"
		[[ $option ]] || continue
		if [[ ! $has_value ]] && ((++i == last)); then
			_dmr_value "$tool" "$option" "${words[last]}"
			return
		fi
		[[ $has_value ]] || value=${words[i]}
		[[ ${names[option]} != --host ]] || host=$value
	done
	if [[ ${words[last]} == -* && $i -eq $last ]]; then
		_dmr_option "${words[last]}"
		if [[ $option && $has_value ]]; then
			_dmr_value "$tool" "$option" "$value"
		else
			_dmr_no_files
			_dmr_offer "${words[last]}" < <(printf '%s\n' "${names[@]}")
		fi
	elif [[ $tool == *dmr-check || $tool == *dmr-complete ]]; then
		_dmr_no_files
	elif [[ $tool == *dmr-models ]]; then
		_dmr_no_files
		case ${#operands[@]}:$(_dmr_verbs "$tool" "${operands[0]-}") in
		0:*)
			_dmr_offer "${words[last]}" < <(
				_dmr_verbs "$tool" | cut -d ' ' -f 1
			)
			;;
		*:*' NAME...' | 1:*' NAME')
			_dmr_offer "${words[last]}" < <(
				_dmr_models "$tool" "$host"
			)
			;;
		esac
	fi
}

complete -o default -F _dmr dmr-chat dmr-check dmr-complete dmr-docstring dmr-embed dmr-mock dmr-models dmr-reqs dmr-review
