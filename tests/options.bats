# The command line, the same in all tools: GNU syntax, strict values, and what
# of it reaches the server.
# shellcheck disable=SC2154 # variables that lib.bash sets
# shellcheck disable=SC2016 # dollars that each() shall expand

load lib

# chat ARGUMENT ...: a good answer, and nothing to complain of.
chat() {
	try -0 dmr-chat "$@" </dev/null
	assert_stdout ok
	assert_stderr
}

# refused MESSAGE COMMAND ...: a usage error, before anybody was asked.
refused() {
	try -2 "${@:2}" </dev/null
	assert_stdout
	assert_stderr "$1"
}

# assert_asked FILTER LINE ...: what jq's filter makes of the last request,
# members in the order of the alphabet.
assert_asked() {
	local n

	n=$(find "$requests" -name 'request.*' | wc -l)
	request "$n" | jq -cSr "$1" >"$BATS_TEST_TMPDIR/asked"
	assert_file "$BATS_TEST_TMPDIR/asked" -- "${@:2}"
}

# All bodies that came, one a line.
bodies() {
	local n

	for ((n = 1; n <= $(find "$requests" -name 'request.*' | wc -l); n++)); do
		request "$n"
		echo
	done
}

# ---- C1

@test "C1: an unknown option is exit 2 with one line, in every tool" {
	local tool

	for tool in dmr-chat dmr-complete dmr-models; do
		refused "$tool: no option '--nope'; see --help" "$tool" --nope
		refused "$tool: no option '--nope'; see --help" "$tool" --nope=1
		refused "$tool: no option '-Z'; see --help" "$tool" -Z
		refused "$tool: no option '-Z'; see --help" "$tool" -qZ
		refused "$tool: no option '--'; see --help" "$tool" --=1
		refused "$tool: no option '--no-'; see --help" "$tool" --no-
	done
}

@test "C1: an option that only config and environment have is unknown" {
	refused "dmr-chat: no option '--disable'; see --help" \
		dmr-chat -n hi --disable
	refused "dmr-chat: no option '--no-disable'; see --help" \
		dmr-chat -n hi --no-disable
	refused "dmr-chat: no option '--template-path'; see --help" \
		dmr-chat -n hi --template-path=/tmp
}

@test "C1: an option at the end that lacks its value is exit 2" {
	local name arg names=() want=()

	while IFS=$'\t' read -r _ name arg _; do
		[[ $arg != - ]] || continue
		names+=("$name")
		want+=("dmr-chat: $name needs $arg" 2)
	done < <(dmr-chat --options)
	((${#names[@]} > 15))
	each 'dmr-chat -n hi "$1"' "${names[@]}"
	assert_stdout "${want[@]}"
	refused "dmr-chat: -m needs NAME" dmr-chat -n hi -m
	refused "dmr-chat: -m needs NAME" dmr-chat hi -nm
	refused "dmr-models: --host needs URL" dmr-models --host
}

@test "C1: a text that is empty is exit 2" {
	local name names=(model host key-file cacert template output system \
		stop header option param)
	local args=(NAME URL FILE FILE NAME FILE TEXT TEXT LINE KEY=VALUE \
		NAME=TEXT)
	local i want=()

	for i in "${!names[@]}"; do
		want+=("dmr-chat: --${names[i]} needs ${args[i]}, not an empty text" 2)
	done
	each 'dmr-chat -n hi "--$1="' "${names[@]}"
	assert_stdout "${want[@]}"
	each 'dmr-chat -n hi "--$1" ""' "${names[@]}"
	assert_stdout "${want[@]}"
}

@test "C1: abbreviations are no options" {
	refused "dmr-chat: no option '--mod'; see --help" dmr-chat -n hi --mod x
	refused "dmr-chat: no option '--verb'; see --help" dmr-chat -n hi --verb
	refused "dmr-chat: no option '--no-s'; see --help" dmr-chat -n hi --no-s
	refused "dmr-models: no option '--name'; see --help" dmr-models --name
}

@test "C1: a flag takes no value" {
	refused "dmr-chat: --quiet takes no value" dmr-chat -n hi --quiet=yes
	refused "dmr-chat: --verbose takes no value" dmr-chat -n hi --verbose=2
	refused "dmr-chat: --no-stdin takes no value" dmr-chat hi --no-stdin=
	refused "dmr-chat: no option '--no-quiet'; see --help" \
		dmr-chat -n hi --no-quiet=1
	refused "dmr-chat: no option '--no-model'; see --help" \
		dmr-chat -n hi --no-model
	refused "dmr-chat: no option '--no-verbose'; see --help" \
		dmr-chat -n hi --no-verbose
}

@test "C1: of an option given twice the last counts" {
	serve_ok
	chat -n hi -m one --temperature 1 --model=two --temperature=0.5
	assert_asked '.model, .temperature' two 0.5
}

# ---- syntax

@test "options: letters combine, the last may have its value attached" {
	serve_ok
	chat -nqm one hi
	assert_asked '.model, .messages[0].content' one hi
	chat -nqmtwo hi
	assert_asked '.model' two
	chat -nOtop_k=5 hi
	assert_asked '.top_k' 5
	chat -n -m=x hi
	assert_asked '.model' =x
}

@test "options: --name=value and --name value are the same" {
	serve_ok
	chat -n --model one hi
	assert_asked '.model, .messages[0].content' one hi
	chat -n --model=one hi
	assert_asked '.model, .messages[0].content' one hi
	chat -n --model=a=b hi
	assert_asked '.model' a=b
	chat -n --model --quiet hi
	assert_asked '.model' --quiet
}

@test "options: --no-NAME undoes a flag, the last one counts" {
	serve_ok
	try -0 dmr-chat --no-stdin --no-no-stdin hi <<<text
	assert_asked '.messages[0].content' hi '' text
	try -0 dmr-chat --no-stdin --stdin hi <<<text
	assert_asked '.messages[0].content' hi '' text
	try -0 dmr-chat --stdin -n hi <<<text
	assert_asked '.messages[0].content' hi
	chat -n hi --no-stream
	assert_asked .stream false
	chat -n hi --no-stream --stream
	assert_asked .stream true
	chat -n hi --cut-ok --no-cut-ok
	try -0 dmr-chat --help --no-help -n hi
	assert_stdout ok
}

@test "C16: -- ends the options, and only the first one does" {
	serve_ok
	chat -n -- -v --model
	assert_asked '.messages[0].content' '-v --model'
	chat -n -- --
	assert_asked '.messages[0].content' '--'
	chat -n a -- -q b
	assert_asked '.messages[0].content' 'a -q b'
}

@test "C16: a file or a name that begins with - is taken as a value" {
	serve_ok
	cd "$BATS_TEST_TMPDIR"
	printf 'be brief\n' >-v
	chat -n hi -s @-v
	assert_asked '.messages[0].content' 'be brief'
	chat -n hi -t ./-v
	assert_asked '.messages[0].content' 'be brief' '' hi
	chat -n hi -m -v
	assert_asked .model -v
	try -0 dmr-chat -n hi -o -q
	assert_stdout
	assert_file ./-q ok
}

@test "C17: options that contradict each other are exit 2" {
	local name

	for name in temperature top-p seed max-tokens stop; do
		refused "dmr-chat: --option: '${name/-/_}' is --$name; give it once" \
			dmr-chat -n hi -O "${name/-/_}=1" --temperature 1 \
			--top-p 1 --seed 1 --max-tokens 1 --stop x
	done
	refused "dmr-chat: --option: 'top_k' is given twice" \
		dmr-chat -n hi -O top_k=1 -O x=1 -O top_k=2
}

@test "C17: standard input is used once" {
	try -2 dmr-chat hi -s @- -p x=@- <<<text
	assert_stdout
	assert_stderr 'dmr-chat: standard input can be read once'
}

@test "options: @- is standard input, which is no input then" {
	serve_ok
	try -0 dmr-chat hi -s @- <<<'be brief'
	assert_stdout ok
	assert_stderr
	assert_asked '.messages | map(.role, .content)[]' \
		system 'be brief' user hi
}

@test "C18: options may follow operands" {
	serve_ok
	chat one -n two -m three
	assert_asked '.model, .messages[0].content' three 'one two'
}

@test "C18: under POSIXLY_CORRECT the first operand ends the options" {
	serve_ok
	export POSIXLY_CORRECT=1
	chat -n one -n two -m three
	assert_asked '.model, .messages[0].content' ai/qwen3-coder \
		'one -n two -m three'
	# The variable counts when it is set, whatever it holds: getopt(3).
	export POSIXLY_CORRECT=
	chat -n one -n
	assert_asked '.messages[0].content' 'one -n'
}

@test "options: operands are joined by one space, each as it is" {
	serve_ok
	chat -n a '' '  b ' $'c\nd' 'ä{{x}}' '@/etc/passwd'
	assert_asked '.messages[0].content' "a    b  c" 'd ä{{x}} @/etc/passwd'
}

@test "options: what is no UTF-8 in a text is U+FFFD, with one warning" {
	serve_ok
	try -0 dmr-chat -n $'a\xffb'
	assert_stderr 'dmr-chat: the prompt: 1 bytes are no UTF-8 text, U+FFFD is sent instead'
	assert_asked '.messages[0].content' $'a\xef\xbf\xbdb'
	try -0 dmr-chat -n hi -s $'\xc3'
	assert_asked '.messages[0].content' $'\xef\xbf\xbd'
	try -0 dmr-chat -n hi --stop $'x\xff'
	assert_stderr 'dmr-chat: --stop: 1 bytes are no UTF-8 text, U+FFFD is sent instead'
	assert_asked '.stop[0]' $'x\xef\xbf\xbd'
	request 3 | iconv -f UTF-8 -t UTF-8 >/dev/null
}

# ---- C2

# refused_number OPTION BOUNDS VALUE ...
refused_number() {
	local value want=()

	for value in "${@:3}"; do
		want+=("dmr-chat: $1: '$value' is not $2" 2)
	done
	each "dmr-chat -n hi \"$1=\$1\"" "${@:3}"
	assert_stdout "${want[@]}"
}

x512=$(printf 'x%.0s' {1..512})
odd=(' 1' '1 ' 1e3 0x10 1k '1,' '1,5' NaN inf + +1 - . ٣)

@test "C2: whole numbers are digits within their bounds" {
	local big=(2147483648 4294967296 9223372036854775808
		100000000000000000000000000000000)

	refused_number --max-tokens 'a whole number from 1 to 2147483647' \
		'' "${odd[@]}" 0 -1 -0 1.5 1.0 .5 "${big[@]}"
	refused_number --seed 'a whole number from -1 to 4294967295' \
		'' -2 1.5 "${big[@]:1}"
	refused_number --retry 'a whole number from 0 to 100' \
		'' -1 1.5 101 "${big[@]}"
	serve_ok
	chat -n hi --max-tokens 1 --seed -1
	assert_asked '.max_tokens, .seed' 1 -1
	chat -n hi --max-tokens 2147483647 --seed 4294967295 --retry 100
	assert_asked '.max_tokens, .seed' 2147483647 4294967295
}

@test "C2: real numbers are decimal, with a point, within their bounds" {
	local long

	long=$(printf '1%.0s' {1..400})
	refused_number --temperature 'a number from 0 to 100' \
		'' "${odd[@]}" -1 -0.1 100.1 1.5.2 1e-1 2147483648 "$long"
	refused_number --top-p 'a number from 0 to 1' \
		'' -1 1.01 1e-1 "$long"
	serve_ok
	chat -n hi --temperature 0 --top-p 1
	assert_asked '.temperature, .top_p' 0 1
	chat -n hi --temperature .25 --top-p 0.125
	assert_asked '.temperature, .top_p' 0.25 0.125
	chat -n hi --temperature 100 --top-p 0.1
	[[ $(request 3) == *'"temperature":100,"top_p":0.1,'* ]]
}

@test "C2: a fraction of 400 digits is a number or an error, never nothing" {
	serve_ok
	try dmr-chat -n hi --temperature "0.$(printf '1%.0s' {1..400})"
	case $status in
	2) [[ $stderr == *" is not a number from 0 to 100" ]] ;;
	0) assert_asked '.temperature > 0.1 and .temperature < 0.2' true ;;
	*) false ;;
	esac
}

@test "C2: numbers are read and written with a point in every locale" {
	local locale

	serve_ok
	for locale in de_DE.UTF-8 tr_TR.UTF-8 C POSIX nowhere; do
		LC_ALL=$locale LANG=$locale chat -n hi --temperature 0.5
		assert_asked .temperature 0.5
		LC_ALL=$locale refused "dmr-chat: --top-p: '0,5' is not a number from 0 to 1" \
			dmr-chat -n hi --top-p 0,5
	done
}

# ---- C13

@test "C13: a model's name goes into the request byte for byte" {
	local names=(../x a%2fb 'a b' '?q#f' /etc/passwd mödel:läst 'a"b\c' -x
		docker.io/ai/x:latest sha256:abc @x '{{input}}' "${x512/x/y}")

	serve_ok
	each 'dmr-chat -n hi -m "$1"' "${names[@]}"
	bodies | jq -r .model | assert_file /dev/stdin "${names[@]}"
	grep -ch '^POST /engines/v1/chat/completions HTTP/1.1' \
		"$requests"/request.* | sort -u | assert_file /dev/stdin 1
}

@test "C13: what can be no model's name is exit 2" {
	local tool

	for tool in 'dmr-chat -n hi -m' 'dmr-models warm'; do
		# shellcheck disable=SC2086 # a command of several words
		set -- $tool
		refused "$1: 'a\\x1b]0;x\\x07' is no name of a model: a control character" \
			"$@" $'a\e]0;x\a'
		refused "$1: 'a ' is no name of a model: a control character" \
			"$@" $'a\n'
		refused "$1: 'a\\xff' is no name of a model: it is not UTF-8" \
			"$@" $'a\xff'
		refused "$1: '${x512:0:80}' is no name of a model: it is too long" \
			"$@" "x$x512"
	done
	refused "dmr-models: '' is no name of a model: it is empty" \
		dmr-models warm ''
	DMR_MODEL=$'a\xff' refused \
		"dmr-chat: 'a\\xff' is no name of a model: it is not UTF-8" \
		dmr-chat -n hi
}

@test "C13: a model's name is cut in a message, which stays one line" {
	serve <<-'EOF'
		repeat
		read
		text 404 "error while getting model: get model 'x': model not found\n"
	EOF
	try -6 dmr-chat -n hi -m $'a\xe2\x80\xaeb'
	assert_stderr "dmr-chat: no model 'a\\u{202e}b' on '$DMR_HOST'; try: dmr-models pull a\\u{202e}b"
	try -6 dmr-chat -n hi -m "$x512"
	(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1 && ${#stderr} <= 1024))
	[[ $stderr == "dmr-chat: no model 'xxx"* ]]
}

# ---- C14

@test "C14: a header with CR, LF or another control byte is exit 2" {
	local line

	for line in $'X: a\r\nY: b' $'X: a\nY: b' $'X: a\rb' $'X: a\x01b' \
		$'X: a\x7fb' $'X: a\tb'; do
		try -2 dmr-chat -n hi --header "$line"
		assert_stdout
		[[ $stderr == "dmr-chat: --header: a control character in 'X: a"* ]]
		(($(wc -l <"$BATS_TEST_TMPDIR/stderr") == 1))
	done
}

@test "C14: a header is NAME: VALUE" {
	local line

	for line in X 'X y: z' ': z' 'X ' 'X:' 'Ä: z' 'X/y: z' ' X: y'; do
		refused "dmr-chat: --header: '$line' is not 'NAME: VALUE'" \
			dmr-chat -n hi --header "$line"
	done
}

@test "C14: a header that frames the request is exit 2" {
	local name

	for name in Content-Length transfer-encoding Connection Expect; do
		try -2 dmr-chat -n hi --header "$name: 3"
		[[ $stderr == "dmr-chat: --header: '"*"' is not to be changed" ]]
		assert_stdout
	done
}

@test "C14: headers are sent, all of them, as they were given" {
	serve_ok
	chat -n hi --header 'X-One: a' --header=X-Two:b \
		--header 'X-Three:  ä  c'
	request_head 1 | grep '^X-' | assert_file /dev/stdin 'X-One: a' \
		X-Two:b 'X-Three:  ä  c'
}

# ---- C15

key_file() { # TEXT [MODE]
	printf '%b' "$1" >"$BATS_TEST_TMPDIR/key"
	chmod "${2:-600}" "$BATS_TEST_TMPDIR/key"
}

@test "C15: the key in a file becomes a header, without its newline" {
	serve_ok
	key_file 'sk-s3cret\n'
	chat -n hi --key-file "$BATS_TEST_TMPDIR/key"
	request_head 1 | grep -i '^authorization' |
		assert_file /dev/stdin 'Authorization: Bearer sk-s3cret'
	key_file 'sk-s3cret'
	DMR_KEY_FILE=$BATS_TEST_TMPDIR/key chat -n hi
	request_head 2 | grep -qx 'Authorization: Bearer sk-s3cret'
	run -1 grep -q s3cret <(request 1; request 2)
}

@test "C15: a key with blanks, control bytes or beyond ASCII is exit 2" {
	local text

	for text in 'a b' 'a\n\n' 'a\nb' 'a\r\n' ' a' 'a\t' 'ä' 'a\xff' 'a\0b' \
		'a\x7f' '\n\n'; do
		key_file "s3cret$text"
		refused "dmr-chat: '$BATS_TEST_TMPDIR/key' holds no key: a key is one word of visible ASCII" \
			dmr-chat -n hi --key-file "$BATS_TEST_TMPDIR/key"
	done
	for text in '' '\n'; do
		key_file "$text"
		refused "dmr-chat: '$BATS_TEST_TMPDIR/key' holds no key: a key is one`
		` word of visible ASCII" \
			dmr-chat -n hi --key-file "$BATS_TEST_TMPDIR/key"
	done
}

@test "C15: a key file that cannot be read is exit 2 and names it" {
	local at=$BATS_TEST_TMPDIR

	refused "dmr-chat: cannot read '$at/none': No such file or directory" \
		dmr-chat -n hi --key-file "$at/none"
	mkdir -m 700 "$at/dir"
	refused "dmr-chat: cannot read '$at/dir': not a regular file" \
		dmr-chat -n hi --key-file "$at/dir"
	mkfifo -m 600 "$at/fifo"
	refused "dmr-chat: cannot read '$at/fifo': not a regular file" \
		dmr-chat -n hi --key-file "$at/fifo"
	truncate -s 1G "$at/large"
	chmod 600 "$at/large"
	refused "dmr-chat: '$at/large' is larger than 16384 bytes" \
		dmr-chat -n hi --key-file "$at/large"
}

@test "C5: a key file that others may read or write is refused" {
	local mode

	for mode in 640 604 644; do
		key_file s3cret "$mode"
		refused "dmr-chat: cannot read '$BATS_TEST_TMPDIR/key': others may read it; try: chmod 600" \
			dmr-chat -n hi --key-file "$BATS_TEST_TMPDIR/key"
	done
	for mode in 620 602 666; do
		key_file s3cret "$mode"
		refused "dmr-chat: cannot read '$BATS_TEST_TMPDIR/key': others may write it; try: chmod go-w" \
			dmr-chat -n hi --key-file "$BATS_TEST_TMPDIR/key"
	done
	serve_ok
	for mode in 600 400; do
		key_file s3cret "$mode"
		chat -n hi --key-file "$BATS_TEST_TMPDIR/key"
	done
}

# ---- C20

@test "C20: a time-out of 0 is none" {
	serve <<-'EOF'
		accept
		read
		mark asked
		await go
		sse
		delta "o"
		mark sent
		await go
		delta "k"
		finish stop
		done
	EOF
	start dmr-chat -n hi --connect-timeout 0 --first-timeout 0s \
		--idle-timeout 0ms --timeout 0.0
	reached asked
	go go
	reached sent
	go go
	finish -0
	assert_stdout ok
	assert_stderr
}

@test "C20: a time-out that is negative, huge or no time is exit 2" {
	local name bounds='a time such as 30, 1.5s, 250ms, 10m or 1h, at most 1000h; 0 is none'

	refused_number --timeout "$bounds" '' -1 -1ms 1001h 3600001s \
		9223372036854775807 9223372036854775808ms 1e3 0x10 NaN 1d \
		'1 s' ' 1' 1sm s . '1,5' "$(printf '9%.0s' {1..400})"
	for name in connect first idle; do
		refused_number "--$name-timeout" "$bounds" '' -1 1001h
	done
}

@test "C20: the longest and the shortest time-out work" {
	local value

	serve_ok
	for value in 1000h 60000m 3600000 3600000000ms 999.999h; do
		chat -n hi --connect-timeout "$value" --first-timeout "$value" \
			--idle-timeout "$value" --timeout "$value"
	done
}

@test "C20: a time-out below a millisecond is one, not none" {
	serve <<-'EOF'
		accept
		read
		await never
	EOF
	try -28 dmr-chat -n hi --timeout 0.0001
	assert_stderr 'dmr-chat: not done within --timeout 0.001s'
}

@test "C20: a fraction of 400 digits is a time or an error" {
	serve_ok
	try dmr-chat -n hi --first-timeout "9.$(printf '1%.0s' {1..400})"
	case $status in
	2) [[ $stderr == *' is not a time such as '* ]] ;;
	0) assert_stdout ok ;;
	*) false ;;
	esac
}

# ---- what is sent

@test "options: nothing is sent that was not asked for" {
	serve_ok
	chat -n hi
	assert_asked . '{"messages":[{"content":"hi","role":"user"}],"model":"ai/qwen3-coder","stream":true}'
}

@test "options: sampling fields are sent as they were given" {
	serve_ok
	chat -n hi --temperature 0.7 --top-p 0.9 --seed 42 --max-tokens 100 \
		--stop END --stop $'\n\n' --stop 'a"b'
	assert_asked 'del(.messages)' '{"max_tokens":100,"model":"ai/qwen3-coder","seed":42,"stop":["END","\n\n","a\"b"],"stream":true,"temperature":0.7,"top_p":0.9}'
	[[ $(request 1) == *'"temperature":0.7,'*'"top_p":0.9,'* ]]
}

@test "options: -O VALUE is strict JSON if it parses, else a text" {
	local json=(5 -0.5e+3 true null '"a b"' '[1,{"a":[]}]' '{}')
	local texts=('' 01 +1 .5 5. nan Infinity True "'a'" '[1,]' '{a:1}'
		'1 2' 'a=b' '"a' $'"\t"' '// x' '{"a":1}}')

	serve_ok
	each 'dmr-chat -n hi -O "x=$1"' "${json[@]}"
	bodies | jq -c .x | assert_file /dev/stdin 5 -500 true null '"a b"' \
		'[1,{"a":[]}]' '{}'
	serve_ok
	each 'dmr-chat -n hi -O "x=$1"' "${texts[@]}"
	bodies | jq -r '.x | strings' | assert_file /dev/stdin -- "${texts[@]}"
}

@test "options: -O sends JSON byte for byte" {
	local json=(123456789012345678901234567890 1e400 1.0 -0
		'{"b":1,"a":  2,"b":0.10}' '"\u00e4\/"'
		'[1e-7, 9007199254740993]')

	serve_ok
	each 'dmr-chat -n hi -O "x=$1"' "${json[@]}"
	bodies | sed 's/.*"x":\(.*\),"stream":true}$/\1/' |
		assert_file /dev/stdin "${json[@]}"
}

@test "options: -O KEY=@FILE reads the value, JSON or text" {
	serve_ok
	printf '{"type": "json_object"}\n' >"$BATS_TEST_TMPDIR/json"
	printf 'a "text"\n' >"$BATS_TEST_TMPDIR/text"
	chat -n hi -O response_format=@"$BATS_TEST_TMPDIR/json" \
		-O x=@"$BATS_TEST_TMPDIR/text" -O 'y="@z"'
	request 1 | jq -c '[.response_format, .x, .y]' |
		assert_file /dev/stdin \
			'[{"type":"json_object"},"a \"text\"","@z"]'
	try -26 dmr-chat -n hi -O x=@/none
	assert_stderr "dmr-chat: cannot open '/none': No such file or directory"
}

@test "options: -O takes any other field, its name made JSON" {
	serve_ok
	chat -n hi -O top_k=5 -O 'response_format={"type":"json_object"}' \
		-O 'a"b=1' -O ' c =2' -O ä=3
	assert_asked 'del(.messages, .model, .stream)' \
		'{" c ":2,"a\"b":1,"response_format":{"type":"json_object"},"top_k":5,"ä":3}'
}

@test "options: -O messages, stream, n and model are refused" {
	local name

	for name in messages stream n model; do
		refused "dmr-chat: --option: '$name' cannot be set this way" \
			dmr-chat -n hi -O "$name=1"
		refused "dmr-chat: --option: '$name' cannot be set this way" \
			dmr-chat -n hi --option="$name=[]"
	done
	refused "dmr-chat: --option: 'x' is not KEY=VALUE" dmr-chat -n hi -O x
	refused "dmr-chat: --option: '=1' is not KEY=VALUE" dmr-chat -n hi -O =1
	refused "dmr-chat: --option: 'x=\\xff' is not UTF-8" \
		dmr-chat -n hi -O $'x=\xff'
}

@test "options: -s TEXT is the system message, @FILE reads it" {
	serve_ok
	chat -n hi -s 'be brief'
	assert_asked '.messages | map(.role, .content)[]' \
		system 'be brief' user hi
	printf 'be\nlong\n\n' >"$BATS_TEST_TMPDIR/sys"
	chat -n hi "--system=@$BATS_TEST_TMPDIR/sys"
	request 2 | jq -j '.messages[0].content' |
		assert_file /dev/stdin -n $'be\nlong\n'
	try -26 dmr-chat -n hi -s "@$BATS_TEST_TMPDIR/none"
	assert_stdout
	assert_stderr "dmr-chat: cannot open '$BATS_TEST_TMPDIR/none': No such file or directory"
}

@test "options: -p NAME=TEXT, NAME=@FILE and the last of a name" {
	serve_ok
	printf '{{a}}|{{b}}|{{c}}' >"$BATS_TEST_TMPDIR/t.prompt"
	printf 'from\nfile\n' >"$BATS_TEST_TMPDIR/file"
	chat -n -t "$BATS_TEST_TMPDIR/t.prompt" -pa=x=y --param b=1 -p b= \
		-p "c=@$BATS_TEST_TMPDIR/file"
	assert_asked '.messages[0].content' 'x=y||from' file
	refused "dmr-chat: --param: 'a' is not NAME=TEXT" \
		dmr-chat -n -t "$BATS_TEST_TMPDIR/t.prompt" -p a
	refused "dmr-chat: --param: '=a' is not NAME=TEXT" \
		dmr-chat -n -t "$BATS_TEST_TMPDIR/t.prompt" -p =a
	refused "dmr-chat: --param: 'input' is taken: it is standard input" \
		dmr-chat -n -t "$BATS_TEST_TMPDIR/t.prompt" -p input=x
	refused "dmr-chat: --param: 'prompt' is taken: it is the operands" \
		dmr-chat -n -t "$BATS_TEST_TMPDIR/t.prompt" -p prompt=x
	try -26 dmr-chat -n -t "$BATS_TEST_TMPDIR/t.prompt" \
		-p "a=@$BATS_TEST_TMPDIR/none"
	assert_stdout
	assert_stderr "dmr-chat: cannot open '$BATS_TEST_TMPDIR/none': No such file or directory"
}
