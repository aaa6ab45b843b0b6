# dmr-reqs: the dialogue on a terminal.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load reqs

setup() {
	reqs_setup
	idea=(-w '> ' -i 'a shop\n')
	first=$'What is to be built?\n> '
	asks=$'\nAsking the model for questions ...\n'
	makes=$'\nAsking the model for requirements ...\n'
	second=$asks$'\n1/2 Who sells the bikes?\n    It decides who has an account.\n'
	second+=$' 1) The shop (recommended)\n 2) Anybody\n> '
	third=$'\n2/2 How is a bike paid?\n    It decides what is stored.\n'
	third+=$' 1) By card (recommended)\n 2) In cash\n> '
}

# wizard STATUS [PTY-OPTION ...] [-- OPTION ...]: standard output is a file, doc;
# what the terminal showed is in tty.
wizard() {
	local status=$1 keys=()

	shift
	while (($#)) && [[ $1 != -- ]]; do
		keys+=("$1")
		shift
	done
	[[ $# -eq 0 ]] || shift
	try "-$status" pty -t 02 "${keys[@]}" dmr-reqs -m ai/smollm2 "$@"
	cp "$BATS_TEST_TMPDIR/stdout" doc
}

# answers: each question's answer in the file.
answers() { jq -c '[.questions[].answer]' answers; }

@test "wizard: the idea, a question at a time, numbers, Enter, free text" {
	script "$(says_all)"
	wizard 0 "${idea[@]}" -w '> ' -i '2\n' -w '> ' -i '\n' -- --answers answers
	assert_tty -n "$first$second$third$makes"
	assert_stages questions functional nonfunctional architecture
	assert_doc '[.idea, [.open_questions[].answer], .assumptions]' \
		'["a shop",["Anybody","By card"],[]]'
	answers | assert_file /dev/stdin '["Anybody","By card"]'
	asked | grep -c '^Who sells the bikes? Anybody$' | assert_file /dev/stdin 3
	wizard 0 "${idea[@]}" -w '> ' -i '  a co-operative \n' -w '> ' -i '1\n'
	assert_doc '[.open_questions[].answer]' '["a co-operative","By card"]'
}

@test "wizard: an empty line is no idea" {
	script "$(says_all)"
	wizard 0 -w '> ' -i '\n' -w '> ' -i '  \n' "${idea[@]}" -w '> ' -i 'done\n'
	assert_tty -n "$first$first$first$second$makes"
	assert_doc .idea '"a shop"'
}

@test "wizard: done ends it; what has no answer is assumed" {
	script "$(says_all)"
	wizard 0 "${idea[@]}" -w '> ' -i '2\n' -w '> ' -i ' done \n'
	assert_doc '[[.open_questions[].answer], .assumptions]' \
		'[["Anybody",""],["How is a bike paid? Assumed: By card"]]'
}

@test "wizard: numbers that are no option, and other words, are answers" {
	local said

	script "$(says_all)"
	for said in 0 3 12 99999999999999999999999 1a -1 '1))' ')' . 'not done' 'grün' '"'; do
		wizard 0 "${idea[@]}" -w '> ' -i "$said\n" -w '> ' -i 'done\n'
		[[ $(jq -r '.open_questions[0].answer' doc) == "$said" ]]
	done
	for said in 2 02 002 '2)' '2. '; do
		wizard 0 "${idea[@]}" -w '> ' -i "$said\n" -w '> ' -i 'Done\n'
		assert_doc '[.open_questions[].answer]' '["Anybody",""]'
	done
}

@test "wizard: what is no UTF-8, control bytes, a long line" {
	script "$(says_all)"
	wizard 0 "${idea[@]}" -w '> ' -i 'a\xffb\tc\n' -w '> ' -i "$(printf '%03000d' 7)\n"
	assert_doc '[.open_questions[0].answer, (.open_questions[1].answer | length)]' \
		'["a�b c",3000]'
}

@test "wizard: lines that are pasted are one text, and answer nothing else" {
	local left=$'\n(What was typed before is left out.)\n'

	script "$(says_all)"
	wizard 0 -w '> ' -i 'a shop\nfor bikes\n' -w '> ' -i 'me\nand you\n' \
		-w '> ' -i 'done\n'
	assert_doc '[.idea, [.open_questions[].answer]]' \
		'["a shop\nfor bikes",["me and you",""]]'
	assert_tty -n "$first$second$third$makes"
	wizard 0 "${idea[@]}" -w '> ' -i '2\n1\n' -w '> ' -i 'cheque\n'
	assert_doc '[.open_questions[].answer]' '["Anybody","cheque"]'
	assert_tty -n "$first$second$left$third$makes"
	wizard 0 "${idea[@]}" -w '> ' -i '\n\n\n' -w '> ' -i 'done\n'
	assert_doc '[.open_questions[].answer]' '["The shop",""]'
}

@test "wizard: Enter while the model is asked answers nothing" {
	script "$(says questions "$questions" '{"delay":1}')" "$(says_all)"
	wizard 0 "${idea[@]}" -w 'questions ...' -i '\n' -w '> ' -i 'done\n'
	assert_doc '[.open_questions[].answer]' '["",""]'
	assert_tty -n "$first$asks"$'\n(What was typed before is left out.)\n'"${second#"$asks"}$makes"
}

@test "wizard: keys that edit no line leave nothing in it" {
	script "$(says_all)"
	wizard 0 "${idea[@]}" -w '> ' -i 'x\x1b[Dy\x1b[1;5A\x1bOHz\x1bb\x1b\n' \
		-w '> ' -i '\x1b[200~2\x1b[201~\n'
	assert_doc '[.open_questions[].answer]' '["xyz","In cash"]'
}

@test "wizard: a line that the terminal cuts is asked for again" {
	script "$(says_all)"
	wizard 0 -w '> ' -i "$(printf '%04095d' 7)\n" -w '> ' -i 'a shop\n' \
		-w '> ' -i "$(printf '%04094d' 7)\n" -w '> ' -i 'done\n'
	assert_tty -n "$first"$'A terminal\'s line has at most 4095 bytes; this one was longer, and is cut.  Again:\n> '"$second$third$makes"
	assert_doc '[.idea, (.open_questions[0].answer | length)]' '["a shop",4094]'
}

@test "wizard: the terminal's own keys edit a line" {
	script "$(says_all)"
	wizard 0 "${idea[@]}" -w '> ' -i 'all\x7f\x7f\x7fno\x17nobody\n' \
		-w '> ' -i 'x y\x15cheque\n'
	assert_doc '[.open_questions[].answer]' '["nobody","cheque"]'
}

@test "wizard: ^D: nothing more is asked, wherever it is" {
	script "$(says_all)"
	wizard 26 -w '> ' -e
	assert_tty -n "$first"$'\ndmr-reqs: no idea was told\n'
	assert_stages
	wizard 0 "${idea[@]}" -w '> ' -e
	assert_tty -n "$first$second"$'\n'"$makes"
	assert_doc '[.open_questions[].answer]' '["",""]'
	wizard 0 "${idea[@]}" -w '> ' -i '2\n' -w '> ' -e -- --answers answers
	assert_doc '[.open_questions[].answer]' '["Anybody",""]'
	answers | assert_file /dev/stdin '["Anybody",""]'
	wizard 0 "${idea[@]}" -w '> ' -i 'no newline' -e -w '> ' -e
	assert_doc '[.open_questions[].answer]' '["no newline",""]'
}

@test "wizard: ^C at each question: it dies of it, and what was said is kept" {
	script "$(says_all)"
	wizard 130 -w '> ' -i '\x03' -- --answers answers
	[[ ! -e answers && ! -s doc ]]
	wizard 130 "${idea[@]}" -w '> ' -i '\x03' -- --answers answers
	answers | assert_file /dev/stdin '["",""]'
	[[ ! -s doc ]]
	rm answers
	wizard 130 "${idea[@]}" -w '> ' -i 'me\n' -w '> ' -i 'half\x03' -- --answers answers
	answers | assert_file /dev/stdin '["me",""]'
	[[ ! -s doc ]]
	assert_stages questions questions
}

@test "wizard: ^C while the model is asked" {
	script '{"delay":20}'
	wizard 130 "${idea[@]}" -w 'questions ...' -i '\x03' -- --answers answers
	[[ ! -e answers && ! -s doc ]]
}

@test "wizard: ^C, and on from there" {
	script "$(says_all)"
	wizard 130 "${idea[@]}" -w '> ' -i 'me\n' -w '> ' -i '\x03' -- --answers answers
	wizard 0 "${idea[@]}" -w '> ' -i '2\n' -- --answers answers
	assert_tty -n "$first$third$makes"
	assert_stages questions functional nonfunctional architecture
	assert_doc '[.open_questions[].answer]' '["me","In cash"]'
	answers | assert_file /dev/stdin '["me","In cash"]'
	wizard 0 "${idea[@]}" -- --answers answers
	assert_tty -n "$first$makes"
}

@test "wizard: a window that is narrow, or made so, is of no consequence" {
	script "$(says_all)"
	wizard 0 -c 10 "${idea[@]}" -w '> ' -i '2\n' -w '> ' -i '1\n'
	assert_tty -n "$first$second$third$makes"
	wizard 0 -c 1 "${idea[@]}" -w '> ' -i '2\n' -w '> ' -i '1\n'
	assert_tty -n "$first$second$third$makes"
	wizard 0 -w '> ' -r 20 -i 'a ' -r 132 -i 'shop\n' -w '> ' -r 5 -i '2\n' \
		-w '> ' -r 200 -i '1\n'
	assert_tty -n "$first$second$third$makes"
	assert_doc '[.idea, [.open_questions[].answer]]' '["a shop",["Anybody","By card"]]'
}

@test "wizard: what a model asks does nothing to a terminal" {
	local hostile=${questions/Who sells/\\u001b]52;c;aGk=\\u0007Who \\u202esells}

	script "$(says questions "$hostile")" "$(says_all)"
	wizard 0 "${idea[@]}" -w '> ' -i 'done\n'
	run -1 grep -aP '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae' tty
	grep -a '^1/2 ' tty | assert_file /dev/stdin \
		'1/2 ]52;c;aGk= Who \u{202e}sells the bikes?'
}

@test "wizard: a file that cannot be written is told before anything is asked" {
	script "$(says_all)"
	wizard 23 -- --answers none/answers
	assert_tty -n $'dmr-reqs: cannot write \'none/answers\': No such file or directory\n'
	assert_stages
	[[ ! -s doc ]]
}

@test "wizard: --ask asks for the idea alone, --questions 0 no questions" {
	script "$(says_all)"
	wizard 0 "${idea[@]}" -- --ask
	assert_tty -n "$first$asks"
	assert_doc '[.questions[].id]' '["Q-001","Q-002"]'
	wizard 0 "${idea[@]}" -- --questions 0
	assert_tty -n "$first$makes"
	assert_doc '.open_questions' '[]'
}

@test "wizard: questions that failed are told, and the rest is made" {
	script "$(says questions No.)" "$(says_all)"
	wizard 8 "${idea[@]}"
	assert_doc '[.title, .meta.incomplete]' '["Bike shop",["questions"]]'
}

@test "wizard: not with -n, an operand, records, a pipe, or messages elsewhere" {
	script "$(says_all)"
	try -2 pty -t 02 dmr-reqs -m ai/smollm2 -n
	try -0 pty -t 02 dmr-reqs -m ai/smollm2 a shop
	assert_tty -n ''
	try -0 pty -t 2 dmr-reqs -m ai/smollm2 <<<'a shop'
	assert_tty -n ''
	try -0 pty -t 0 -i 'a shop\n' -e dmr-reqs -m ai/smollm2
	assert_stderr 'dmr-reqs: reading standard input; end it with ^D'
	try -0 pty -t 02 -i '"a shop"\n' -e dmr-reqs -m ai/smollm2 -b
	jq -r .requirements.title "$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin 'Bike shop'
}
