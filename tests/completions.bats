# Completion in bash, zsh and fish, each in the real shell.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # what another shell shall expand
# shellcheck disable=SC2030,SC2031 # each test has a shell of its own

load lib

setup() {
	lib_setup
	share=$top/share/completions
	verbs='configure df env inspect list logs ls ps pull recommend rm show status tag unload warm'
	unset ZDOTDIR FPATH
	export HISTFILE=
	# The leak detector stops its process by SIGSTOP; where zsh sends SIGCONT
	# in between, it waits for ever.  Other tests look for leaks.
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
	cd "$BATS_TEST_TMPDIR" || return
	mkdir place && cd place || return
	echo text >letter.txt
	mkdir folder
}

# in_bash LINE...
# Types each line into an interactive bash, lets readline insert all that it
# could be completed to, and leaves what stands there then in $typed.
in_bash() {
	need python3
	typed=$BATS_TEST_TMPDIR/lines
	cat >"$BATS_TEST_TMPDIR/rc" <<-EOF
		PS1='> '
		source $share/dmr.bash
		bind 'set bell-style none' 'set enable-bracketed-paste off'
		bind '"\\C-g": insert-completions'
		left=$#
		dump() {
			printf '%s\n' "\$READLINE_LINE" >>'$typed'
			READLINE_LINE=
			((--left)) || exit 0
		}
		bind -x '"\\C-t": dump'
	EOF
	type_into "$@" -- bash --noprofile --rcfile "$BATS_TEST_TMPDIR/rc" -i
}

# The same in zsh.
in_zsh() {
	need python3 zsh
	typed=$BATS_TEST_TMPDIR/lines
	mkdir -p "$BATS_TEST_TMPDIR/zsh"
	cat >"$BATS_TEST_TMPDIR/zsh/.zshrc" <<-EOF
		PS1='> '
		fpath=($share \$fpath)
		autoload -U compinit
		compinit -u -D
		zle -C all complete-word _generic
		zstyle ':completion:all:*' completer _all_matches _complete
		zstyle ':completion:all:*' insert true
		bindkey '^G' all
		left=$#
		dump() {
			print -r -- "\$BUFFER" >>'$typed'
			BUFFER=
			((--left)) || exit 0
		}
		zle -N dump
		bindkey '^T' dump
	EOF
	ZDOTDIR=$BATS_TEST_TMPDIR/zsh TERM=dumb type_into "$@" -- zsh -d -i
}

type_into() { # LINE... -- SHELL...
	local keys=()

	while [[ $1 != -- ]]; do
		keys+=(-i "$1\\x07\\x14")
		shift
	done
	shift
	rm -f "$typed"
	pty -w '> ' "${keys[@]}" "$@" >/dev/null
}

# What fish offers for a line, without the descriptions.
in_fish() { # LINE
	need fish
	try -0 fish --no-config -c '
		source $argv[1]
		complete -C $argv[2]' "$share/dmr.fish" "$1"
	assert_stderr
	cut -f 1 "$BATS_TEST_TMPDIR/stdout" >"$BATS_TEST_TMPDIR/offered"
}

assert_lines() { assert_file "$typed" "$@"; }

assert_offered() { assert_file "$BATS_TEST_TMPDIR/offered" "$@"; }

# The words of a line that begin with --, sorted.
long_words() { tr ' ' '\n' | grep '^--' | sed 's/=$//' | sort; }

# A place where other templates are.
make_templates() {
	mkdir -p "$XDG_CONFIG_HOME/dmr/prompts" "$HOME/more"
	touch "$XDG_CONFIG_HOME/dmr/prompts/sort.prompt" "$HOME/more/say.prompt"
	touch "$XDG_CONFIG_HOME/dmr/prompts/s.txt"
	ln -s say.prompt "$HOME/more/slink.prompt"
	export DMR_TEMPLATE_PATH=$HOME/more:relative
}

serve_models() { # ANSWERS NAME...
	local n=$1 data name

	shift
	for name; do
		data+=${data:+,}'{"id":"'$name'","object":"model"}'
	done
	for ((; n > 0; n--)); do
		printf '%s\n' accept read "json 200 '{\"data\":[$data]}'"
	done >"$BATS_TEST_TMPDIR/models"
	serve <"$BATS_TEST_TMPDIR/models"
}

# Tools that say what they are asked, in $asked.
fake_tools() {
	asked=$BATS_TEST_TMPDIR/asked
	mkdir "$BATS_TEST_TMPDIR/fake"
	cat >"$BATS_TEST_TMPDIR/fake/dmr-chat" <<-EOF
		#!/bin/sh
		read -r line && echo "stdin: \$line" >>'$asked'
		echo "\${0##*/} \$*" >>'$asked'
		case \$1 in
		--options)
			printf 'm\t--model\tNAME\tx\nH\t--host\tURL\tx\n'
			printf -- '-\t--brand-new\t-\ty [z]: q\n'
			;;
		list) echo a/model ;;
		esac
	EOF
	chmod +x "$BATS_TEST_TMPDIR/fake/dmr-chat"
	ln -s dmr-chat "$BATS_TEST_TMPDIR/fake/dmr-models"
	PATH=$BATS_TEST_TMPDIR/fake:$PATH
}

# ---- bash

@test "C19: bash offers the options of --options, all and no others" {
	local tool

	for tool in dmr-chat dmr-check dmr-complete dmr-mock dmr-models; do
		in_bash "$tool --"
		long_words <"$typed" >"$BATS_TEST_TMPDIR/offered"
		[[ $(wc -l <"$BATS_TEST_TMPDIR/offered") -gt 10 ]]
		assert_offered -f <("$tool" --options | cut -f 2 | sort)
	done
}

@test "bash: the tool is asked for its options when TAB is pressed" {
	fake_tools
	in_bash 'dmr-chat --b' 'dmr-chat --temp' '/bin/no/dmr-chat --b'
	assert_lines 'dmr-chat --brand-new ' 'dmr-chat --temp' \
		'/bin/no/dmr-chat --b'
}

@test "bash: option names, behind other options and their arguments too" {
	in_bash 'dmr-chat --temp' 'dmr-chat -H http://x:1/v1 --temper' \
		'dmr-chat -s --temp --cut' 'dmr-chat "a b" --cut' \
		'dmr-chat -- --cut' 'dmr-chat --model=a:b --cut'
	assert_lines 'dmr-chat --temperature --template ' \
		'dmr-chat -H http://x:1/v1 --temperature ' \
		'dmr-chat -s --temp --cut-ok ' 'dmr-chat "a b" --cut-ok ' \
		'dmr-chat -- --cut' 'dmr-chat --model=a:b --cut-ok '
}

# Those that come with the tool, and those of make_templates.
all_templates() {
	(
		cd "$top/prompts" && printf '%s\n' ./*.prompt |
			sed 's,^\./,,; s,\.prompt$,,'
		echo say
		echo sort
	) | LC_ALL=C sort | paste -sd ' '
}

@test "bash: -t has the templates of all folders where the tool looks" {
	make_templates
	in_bash 'dmr-chat -t sa' 'dmr-chat -t ' 'dmr-chat --template=su' \
		'dmr-chat -nt su' 'dmr-chat -tsu' 'dmr-chat -t ./let'
	assert_lines 'dmr-chat -t say ' \
		"dmr-chat -t $(all_templates) " \
		'dmr-chat --template=summarize ' 'dmr-chat -nt summarize ' \
		'dmr-chat -tsummarize ' 'dmr-chat -t ./letter.txt '
}

@test "bash: files where an option takes one, or a text may be @FILE" {
	in_bash 'dmr-chat -o let' 'dmr-chat --cacert=let' 'dmr-chat -s @let' \
		'dmr-chat -p x=@let' 'dmr-chat --param x=@fol' \
		'dmr-chat -p x=let' 'dmr-chat --retry let' 'dmr-chat let' \
		'dmr-chat --cache fol' 'dmr-chat --cache let'
	assert_lines 'dmr-chat -o letter.txt ' 'dmr-chat --cacert=letter.txt ' \
		'dmr-chat -s @letter.txt ' 'dmr-chat -p x=@letter.txt ' \
		'dmr-chat --param x=@folder/ ' 'dmr-chat -p x=let' \
		'dmr-chat --retry let' 'dmr-chat letter.txt ' \
		'dmr-chat --cache folder/ ' 'dmr-chat --cache let'
}

@test "bash: dmr-models has its verbs, and nothing behind most of them" {
	in_bash 'dmr-models ' 'dmr-models --json st' 'dmr-models list l'
	assert_lines "dmr-models $verbs " \
		'dmr-models --json status ' 'dmr-models list l'
}

@test "bash: -m and warm have the models of the server, and only names" {
	serve_models 7 docker.io/ai/smollm2:latest ai/gemma3:270M-Q4 \
		'x;id' '$(id)' '-rf' 'a b'
	in_bash 'dmr-chat -m ' 'dmr-chat --model=ai/gemma3:2' \
		'dmr-models warm ai/s' "dmr-chat -H $DMR_HOST -m ai/gemma3:27" \
		'dmr-models list ai/s' 'dmr-models rm ai/smollm2 ai/s' \
		'dmr-models configure ai/s' 'dmr-models configure ai/x ai/s' \
		'dmr-models tag ai/s' 'dmr-models pull ai/s'
	assert_lines 'dmr-chat -m ai/gemma3:270M-Q4 ai/smollm2 ' \
		'dmr-chat --model=ai/gemma3:270M-Q4 ' \
		'dmr-models warm ai/smollm2 ' \
		"dmr-chat -H $DMR_HOST -m ai/gemma3:270M-Q4 " \
		'dmr-models list ai/s' 'dmr-models rm ai/smollm2 ai/smollm2 ' \
		'dmr-models configure ai/smollm2 ' \
		'dmr-models configure ai/x ai/s' 'dmr-models tag ai/smollm2 ' \
		'dmr-models pull ai/s'
	assert_requests 7
}

@test "bash: a TAB waits a second at most, reads no input and says nothing" {
	fake_tools
	in_bash 'dmr-chat -H http://h:1 -m a'
	assert_lines 'dmr-chat -H http://h:1 -m a/model '
	assert_file "$asked" 'dmr-chat --options' 'dmr-models list --names -q --retry 0 --connect-timeout 200ms --timeout 1s --host http://h:1'
	# No server: the line stays as it was, and nothing else is shown.
	PATH=${PATH#*:}
	in_bash 'dmr-chat -m a'
	assert_lines 'dmr-chat -m a'
	try -1 grep -i -e connect -e 'dmr-chat:' "$BATS_TEST_TMPDIR/tty"
}

# ---- zsh

@test "C19: zsh offers the options of --options, all and no others" {
	local tool

	for tool in dmr-chat dmr-check dmr-complete dmr-mock dmr-models; do
		in_zsh "$tool --"
		long_words <"$typed" >"$BATS_TEST_TMPDIR/offered"
		[[ $(wc -l <"$BATS_TEST_TMPDIR/offered") -gt 10 ]]
		assert_offered -f <("$tool" --options | cut -f 2 | sort)
	done
}

@test "zsh: the tool is asked for its options when TAB is pressed" {
	fake_tools
	in_zsh 'dmr-chat --b' 'dmr-chat --temp'
	assert_lines 'dmr-chat --brand-new ' 'dmr-chat --temp'
}

@test "zsh: templates, files, verbs" {
	make_templates
	in_zsh 'dmr-chat -t sa' 'dmr-chat --template=su' 'dmr-chat -nt su' \
		'dmr-chat -o let' 'dmr-chat -s @let' 'dmr-chat -p x=@let' \
		'dmr-chat -p x=let' 'dmr-chat --retry let' 'dmr-chat let' \
		'dmr-models ' 'dmr-models list l' \
		'dmr-chat --cache fol' 'dmr-chat --cache let'
	sed -i 's/ $//' "$typed"
	assert_lines 'dmr-chat -t say' \
		'dmr-chat --template=summarize' 'dmr-chat -nt summarize' \
		'dmr-chat -o letter.txt' 'dmr-chat -s @letter.txt' \
		'dmr-chat -p x=@letter.txt' 'dmr-chat -p x=let' \
		'dmr-chat --retry let' 'dmr-chat letter.txt' \
		"dmr-models $verbs" 'dmr-models list l' \
		'dmr-chat --cache folder/' 'dmr-chat --cache let'
}

@test "zsh: -m and warm have the models of the server, and only names" {
	serve_models 6 docker.io/ai/smollm2:latest ai/gemma3:270M-Q4 \
		'x;id' '$(id)' '-rf' 'a b'
	in_zsh 'dmr-chat -m ' 'dmr-chat --model=ai/g' 'dmr-models warm ai/s' \
		'dmr-models list ai/s' 'dmr-models rm ai/smollm2 ai/s' \
		'dmr-models configure ai/s' 'dmr-models configure ai/x ai/s' \
		'dmr-models tag ai/s' 'dmr-models pull ai/s'
	sed -i 's/ $//' "$typed"
	assert_lines 'dmr-chat -m ai/gemma3:270M-Q4 ai/smollm2' \
		'dmr-chat --model=ai/gemma3:270M-Q4' 'dmr-models warm ai/smollm2' \
		'dmr-models list ai/s' 'dmr-models rm ai/smollm2 ai/smollm2' \
		'dmr-models configure ai/smollm2' \
		'dmr-models configure ai/x ai/s' 'dmr-models tag ai/smollm2' \
		'dmr-models pull ai/s'
	assert_requests 6
}

@test "zsh: a TAB waits a second at most, reads no input and says nothing" {
	fake_tools
	in_zsh 'dmr-chat -H http://h:1 -m a'
	assert_file "$asked" 'dmr-chat --options' 'dmr-models list --names -q --retry 0 --connect-timeout 200ms --timeout 1s --host=http://h:1'
	PATH=${PATH#*:}
	in_zsh 'dmr-chat -m a'
	assert_lines 'dmr-chat -m a'
	try -1 grep -i -e connect -e 'dmr-chat:' "$BATS_TEST_TMPDIR/tty"
}

# ---- fish

@test "C19: fish offers the options of --options, all and no others" {
	local tool

	for tool in dmr-chat dmr-check dmr-complete dmr-mock dmr-models; do
		in_fish "$tool --"
		sort -o "$BATS_TEST_TMPDIR/offered" "$BATS_TEST_TMPDIR/offered"
		[[ $(wc -l <"$BATS_TEST_TMPDIR/offered") -gt 10 ]]
		assert_offered -f <("$tool" --options | cut -f 2 | sort)
		# With the help as the description.
		in_fish "$tool --quie"
		assert_stdout "--quiet"$'\t'"$("$tool" --options |
			sed -n 's/.*\t--quiet\t.*\t//p')"
	done
}

@test "fish: the tool is asked for its options when TAB is pressed" {
	fake_tools
	in_fish 'dmr-chat --b'
	assert_offered --brand-new
	in_fish 'dmr-chat --temp'
	assert_offered
}

@test "fish: templates, files, verbs" {
	make_templates
	in_fish 'dmr-chat -t so'
	assert_offered sort
	in_fish 'dmr-chat --template=su'
	assert_offered --template=summarize
	in_fish 'dmr-chat -nt su'
	assert_offered summarize
	in_fish 'dmr-chat -nosu -t ./let'
	assert_offered ./letter.txt
	in_fish 'dmr-chat -o let'
	assert_offered letter.txt
	in_fish 'dmr-chat --cache fol'
	assert_offered folder/
	in_fish 'dmr-chat --cache let'
	assert_offered
	in_fish 'dmr-chat -p x=@let'
	assert_offered x=@letter.txt
	in_fish 'dmr-chat -p x=let'
	assert_offered
	in_fish 'dmr-chat --retry let'
	assert_offered
	in_fish 'dmr-chat let'
	assert_offered letter.txt
	in_fish 'dmr-models --json '
	# shellcheck disable=SC2086 # words
	assert_offered $verbs
	in_fish 'dmr-models list l'
	assert_offered
}

@test "fish: -m and warm have the models of the server, and only names" {
	serve_models 6 docker.io/ai/smollm2:latest ai/gemma3:270M-Q4 \
		'x;id' '$(id)' '-rf' 'a b'
	in_fish 'dmr-chat -m '
	assert_offered ai/gemma3:270M-Q4 ai/smollm2
	in_fish 'dmr-chat --model=ai/g'
	assert_offered --model=ai/gemma3:270M-Q4
	in_fish 'dmr-models warm ai/s'
	assert_offered ai/smollm2
	in_fish 'dmr-models list ai/s'
	assert_offered
	in_fish 'dmr-models rm ai/smollm2 ai/s'
	assert_offered ai/smollm2
	in_fish 'dmr-models configure ai/s'
	assert_offered ai/smollm2
	in_fish 'dmr-models configure ai/x ai/s'
	assert_offered
	in_fish 'dmr-models tag ai/s'
	assert_offered ai/smollm2
	in_fish 'dmr-models pull ai/s'
	assert_offered
	assert_requests 6
}

@test "fish: a TAB waits a second at most, reads no input and says nothing" {
	fake_tools
	in_fish 'dmr-chat -H http://h:1 -m a'
	assert_offered a/model
	assert_file "$asked" 'dmr-chat --options' 'dmr-models list --names -q --retry 0 --connect-timeout 200ms --timeout 1s --host http://h:1'
	PATH=${PATH#*:}
	in_fish 'dmr-chat -m a'
	assert_offered
}
