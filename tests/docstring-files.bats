# dmr-docstring: many files, in place, diffs, reports, and which declarations.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own
# shellcheck disable=SC2016 # what another shell shall expand

load lib
load mock
load docstring

setup() {
	docstring_setup
	script "$(says "$do_it")"
}

# ---- in place

@test "docstring -i: files change, nothing is printed; a second run writes none" {
	local before

	cp shop.py b.py
	chmod 640 b.py
	try_docs 0 -i shop.py b.py
	assert_stdout
	assert_stderr
	documented_shop | tee wanted.py | assert_file shop.py -
	assert_file b.py -f wanted.py
	[[ $(stat -c %a b.py) == 640 ]]
	before=$(stat -c %i.%Y shop.py)
	try_docs 0 -i shop.py b.py
	[[ $(stat -c %i.%Y shop.py) == "$before" ]]
	assert_asked 6
}

@test "docstring -i: --backup keeps what was there" {
	cp shop.py before.py
	try_docs 0 -i --backup .orig shop.py
	assert_file shop.py.orig -f before.py
	documented_shop | assert_file shop.py -
}

@test "docstring -i: a link stays, hard links are refused and named" {
	mkdir real && mv shop.py real && ln -s real/shop.py shop.py
	try_docs 0 -i shop.py
	[[ -L shop.py ]]
	documented_shop | assert_file real/shop.py -
	make_shop
	ln -f real/shop.py other.py
	printf 'def f():\n    pass\n' >linked.py
	ln linked.py again.py
	try_docs 26 -i linked.py
	assert_stdout
	[[ $stderr == 'dmr-docstring: '*linked.py* ]]
	(($(grep -c Do linked.py) == 0))
}

@test "docstring: a file that is named twice is one file" {
	cp shop.py before.py
	ln -s shop.py link.py
	mkdir sub
	try_docs 0 -i shop.py link.py ./shop.py sub/../shop.py
	assert_stderr
	documented_shop | assert_file shop.py -
	assert_asked 3
	cp before.py shop.py
	try_docs 0 -d shop.py shop.py
	(($(grep -c '^diff' stdout) == 1))
	try -1 dmr-docstring -c shop.py shop.py link.py
	(($(wc -l <stdout) == 3))
	try -26 dmr-docstring -c none.py none.py
}

@test "docstring -i: one of several files fails: the others are done, 8" {
	printf 'x\n' >x.unknown
	try_docs 8 -i x.unknown none.py shop.py
	documented_shop | assert_file shop.py -
	assert_stdout
	[[ $stderr == *x.unknown*none.py*'2 of 3 files failed' ]]
}

@test "docstring -i: what changed meanwhile is left alone, and named: 8" {
	serve_late
	start dmr-docstring -i -m m --sections summary --only total shop.py
	reached asked
	echo '# more' >>shop.py
	go on
	finish -8
	tail -n 1 shop.py | assert_file /dev/stdin '# more'
	run -1 grep 'Do it' shop.py
	[[ $stderr == *shop.py*changed* ]]
}

@test "docstring -i: hundreds of files with few descriptors" {
	local i

	for ((i = 0; i < 300; i++)); do
		printf 'def f():\n    pass\n' >"f$i.py"
	done
	(ulimit -n 256 && try_docs 0 -j 50 -i f*.py)
	assert_asked 300
	cat f*.py | grep -c 'Do it' | assert_file /dev/stdin 300
}

# ---- a diff

@test "docstring -d: a diff that git and patch apply" {
	need git patch
	cp shop.py b.py
	try_docs 0 -d shop.py b.py
	cp stdout change.diff
	head -n 3 change.diff | assert_file /dev/stdin 'diff -u a/shop.py b/shop.py' \
		'--- a/shop.py' '+++ b/shop.py'
	git init -q . && git apply --check change.diff
	patch -s -p1 <change.diff
	documented_shop | tee wanted.py | assert_file shop.py -
	assert_file b.py -f wanted.py
	try_docs 0 -d shop.py b.py
	assert_stdout
}

@test "docstring -d: git and patch apply it in a folder below the top, too" {
	need git patch
	git init -q .
	mkdir deep && cp shop.py deep && cp shop.py deep/before.py && cd deep
	try_docs 0 -d shop.py
	cp "$BATS_TEST_TMPDIR/stdout" change.diff
	git apply change.diff
	documented_shop | assert_file shop.py -
	assert_file ../shop.py -f before.py
	cp before.py shop.py
	patch -s -p1 <change.diff
	documented_shop | assert_file shop.py -
}

@test "docstring -d: a path that leads out of the folder and back, or away" {
	need git patch
	mkdir sub 'a b' && cp shop.py before.py
	try_docs 0 -d sub/../shop.py
	sed -n 1p stdout | assert_file /dev/stdin 'diff -u a/shop.py b/shop.py'
	cp before.py sub/b.py
	(cd sub && try_docs 0 -d --tests "$PWD/b.py")
	sed -n 2p stdout | assert_file /dev/stdin '--- a/b.py'
	patch -s -d sub -p1 <stdout
	documented_shop | assert_file sub/b.py -
	(cd 'a b' && try_docs 0 -d ../shop.py)
	sed -n 2p stdout | assert_file /dev/stdin "--- a$PWD/shop.py"
	patch -s -d / -p1 <stdout
	documented_shop | assert_file shop.py -
	cp before.py shop.py
	git -C / apply <stdout
	documented_shop | assert_file shop.py -
	try_docs 0 -d --stdin-name ../none.py <before.py
	sed -n 2p stdout | assert_file /dev/stdin '--- a/../none.py'
}

@test "docstring -d: a diff that is too large is none, and an error" {
	for i in {1..4}; do # what changes a line prints it twice
		printf 'def f%d(): return 1  # ' "$i"
		head -c 8900000 /dev/zero | tr '\0' x
		echo
	done >large.py
	yes '' | head -n 100000 >>large.py # nobody minified it
	try_docs 23 -d --one-line insert --max-bytes 67108864 large.py
	assert_stdout
	assert_stderr 'dmr-docstring: large.py: the diff would be larger than 64 MB'
}

# ---- which declarations

@test "docstring: --lines: what a line is in" {
	try_docs 0 --lines 8 shop.py
	diff shop.py stdout | assert_file /dev/stdin '7a8' '>         """Do it."""'
	try_docs 0 --lines 1,4 --lines 9,10 shop.py
	assert_stdout -f shop.py
	try_docs 0 --lines 9,11 shop.py
	diff shop.py stdout | assert_file /dev/stdin '11a12' '>     """Do it."""'
	try_docs 0 --lines 1,1000 shop.py
	documented_shop | assert_stdout -
	for each in 0 3,2 x 1,2,3 -1; do
		try -2 dmr-docstring --lines="$each" shop.py
		assert_stdout -f shop.py
	done
	try -2 dmr-docstring -d --lines 1 shop.py shop.py
	assert_stderr 'dmr-docstring: --lines is for one file'
}

@test "docstring: --diff-from: what a diff touches" {
	need git
	git init -q .
	git add shop.py
	sed -i 's/sum(prices)/sum(prices) + 0/' shop.py
	git diff >change.diff
	try_docs 0 --diff-from change.diff shop.py
	diff shop.py stdout | assert_file /dev/stdin '11a12' '>     """Do it."""'
	git diff | try_docs 0 --diff-from - shop.py
	(($(diff shop.py stdout | wc -l) == 2))
	mkdir deep && cp shop.py deep
	git diff | (cd deep && try_docs 0 -d --diff-from - shop.py)
	grep -c '^+    ' stdout | assert_file /dev/stdin 1
	sed -i '/return sum/s/sum/max/' deep/shop.py # another file of that name
	git diff | try_docs 0 -d --diff-from - deep/shop.py
	assert_stdout
	git diff | (cd deep && try_docs 26 -d --diff-from - shop.py)
	assert_stdout
	assert_stderr "dmr-docstring: shop.py: its lines are not those of the diff; try: one of the file as it is"
	try_docs 0 --diff-from - -L python /dev/null </dev/null
	echo 'def f(): pass' >other.py
	git diff | try_docs 0 --diff-from - other.py
	assert_stdout -f other.py
	try -2 dmr-docstring --diff-from - -L python <shop.py
	assert_stderr 'dmr-docstring: standard input can be read once'
}

# change_at LINE NAME ...: a diff in which these change total() there; its real
# line is 12.
change_at() {
	local each

	for each in "${@:2}"; do
		printf '%s\n' "--- a/$each" "+++ b/$each" "@@ -$1,2 +$1,2 @@" \
			'     # all of them' '-    return 1' \
			'+    return sum(prices)'
	done
}

# touched FILE: how many declarations in it the diff in change touches.
touched() {
	try_docs 0 -d --tests --diff-from "$BATS_TEST_TMPDIR/change" "$1"
	grep -c '^+    ' "$BATS_TEST_TMPDIR/stdout" || :
}

@test "docstring: --diff-from: of paths that end alike the longest" {
	mkdir x && cp shop.py x
	{ change_at 2 shop.py && change_at 12 x/shop.py; } >change
	[[ $(touched x/shop.py) == 1 ]]
	[[ $(touched "$PWD/x/shop.py") == 1 ]]
	[[ $(cd x && touched shop.py) == 1 ]]
	try_docs 26 --diff-from change shop.py
	{ change_at 12 shop.py && change_at 2 x/shop.py; } >change
	[[ $(touched shop.py) == 1 ]]
	try_docs 26 --diff-from change x/shop.py
}

@test "docstring: --diff-from: of several that could be a file none is guessed" {
	change_at 12 x/shop.py y/shop.py >change
	try_docs 0 -d --diff-from change shop.py
	assert_stdout
	assert_stderr "dmr-docstring: shop.py: left as it is: the diff's 'x/shop.py' and 'y/shop.py' could both be it"
	mkdir y && cp shop.py y
	[[ $(touched y/shop.py) == 1 ]]
	change_at 12 x/shop.py x/shop.py >change # two commits
	[[ $(touched shop.py) == 1 ]]
	{ change_at 2 x/shop.py && change_at 12 y/shop.py; } >change
	[[ $(touched shop.py) == 1 ]]
}

@test "docstring: --only and --exclude, by name" {
	try_docs 0 --only '^Shop' shop.py
	assert_asked 1
	try_docs 0 --exclude 'total|price' shop.py
	assert_asked 2
	try -2 dmr-docstring --only '(' shop.py
	[[ $stderr == "dmr-docstring: --only: '(' is no regular expression: "* ]]
	try -2 dmr-docstring --exclude '[' shop.py
	[[ $stderr == "dmr-docstring: --exclude: '[' is no regular expression: "* ]]
}

@test "docstring: what is private, minor, nested or a test: only when asked for" {
	cat >kinds.py <<-'EOT'
		def _private():
		    pass


		def outer():
		    def inner():
		        pass


		class A:
		    def __len__(self):
		        return 0
	EOT
	try_docs 0 --report report kinds.py
	jq -c '[.symbol, .action, .reason]' report | assert_file /dev/stdin \
		'["kinds","skip","module"]' '["_private","skip","private"]' '["outer","insert",null]' \
		'["outer.inner","skip","nested"]' '["A","insert",null]' \
		'["A.__len__","skip","magic"]'
	try_docs 0 --nested --magic --report report kinds.py
	jq -c 'select(.action == "skip") | .symbol' report |
		assert_file /dev/stdin '"kinds"' '"_private"'
	try_docs 0 --all --report report kinds.py
	jq -c 'select(.action == "skip") | .symbol' report |
		assert_file /dev/stdin
}

@test "docstring: what a program reads is left alone, or --force-consumers" {
	printf 'import docopt\n\n\ndef main():\n    docopt.docopt(__doc__)\n' >cli.py
	try_docs 0 --all --report report cli.py
	assert_stdout -f cli.py
	jq -r .reason report | sort -u | assert_file /dev/stdin docopt
	try_docs 0 --all --force-consumers cli.py
	grep -c 'Do it' stdout | assert_file /dev/stdin 2
}

# ---- the rest

@test "docstring: --report: a line for each, with its proof" {
	try_docs 0 --report report shop.py
	jq -c 'del(.text)' report | assert_file /dev/stdin \
		'{"path":"shop.py","lang":"python","symbol":"shop","kind":"module","line":1,"column":1,"action":"skip","reason":"module"}' \
		'{"path":"shop.py","lang":"python","symbol":"Shop.price","kind":"method","line":7,"column":9,"style":"google","model":"ai/smollm2","offset":70,"action":"insert","proof":{"bytes":true,"inert":true,"tree":true}}' \
		'{"path":"shop.py","lang":"python","symbol":"total","kind":"function","line":11,"column":5,"style":"google","model":"ai/smollm2","offset":124,"action":"insert","proof":{"bytes":true,"inert":true,"tree":true}}' \
		'{"path":"shop.py","lang":"python","symbol":"Empty","kind":"class","line":16,"column":7,"style":"google","model":"ai/smollm2","offset":180,"action":"insert","proof":{"bytes":true,"inert":true,"tree":true}}'
	jq -r '.text // empty' report | head -n 1 | assert_file /dev/stdin '        """Do it."""'
}

@test "docstring: --only-doc: of a fragment, however it is indented" {
	sed -n 7,8p shop.py >fragment
	try_docs 0 -L python --only-doc <fragment
	assert_stdout '"""Do it."""'
	assert_stderr
	sed 's/^ */\t\t&/' fragment | try_docs 0 -L python --only-doc
	assert_stdout '"""Do it."""'
	printf 'def _f():\n    """Old."""\n' | try_docs 0 -L python --only-doc
	assert_stdout '"""Do it."""'
	echo 'x = 1' | try_docs 26 -L python --only-doc
	assert_stdout
	assert_stderr 'dmr-docstring: standard input: it declares nothing'
	script '{"text":"no JSON"}'
	try_docs 5 -L python --only-doc <fragment
	assert_stdout
	(($(wc -l <stderr) == 1))
}

@test "docstring: --only-doc: of what is no file of its own, or left alone by rules" {
	local lang text wanted

	while IFS='|' read -r lang text wanted; do
		printf '%b' "$text" >fragment
		echo "$lang: $text"
		try_docs 0 -L "$lang" --only-doc <fragment
		assert_stdout "$wanted"
		assert_stderr
	done <<-'EOT'
		javascript|    async get(name) {\n        return 1;\n    }\n|/** Do it. */
		javascript|\tget(name)\n\t{\n\t}|/** Do it. */
		typescript|  private get(name: string): number {\n    function b() {}\n  }|/** Do it. */
		tsx|  get = (name: string): string => name;|/** Do it. */
		java|    @Override\n    public int get(String name) {\n        return 1;\n    }|/** Do it. */
		java|    Shop(int a) {\n    }|/** Do it. */
		java|    private int a;|/** Do it. */
		rust|    pub fn get(&self) -> u8 {\n        1\n    }|/// Do it.
		python|    @overload\n    def get(self, name): ...|"""Do it."""
		python|def get(name): return name|"""Do it."""
	EOT
	printf '    Shop(int a) {\n    }\n' >fragment
	try_docs 0 -L java --only-doc --report report <fragment
	jq -c '[.symbol, .line, .action]' report |
		assert_file /dev/stdin '["Shop",1,"insert"]'
	run -1 grep -F A <(asked .messages[1].content | tail -n 1)
	try_docs 8 -L java --only-doc <<<'    Shop(int a {'
	assert_stdout
	assert_stderr 'dmr-docstring: standard input: parse'
}

@test "docstring: --cache: the second run asks nothing, also what was asked twice" {
	mkdir answers
	script '{"path":"/v1/chat/completions","times":1,"text":"no JSON"}' \
		"$(says "$do_it")"
	try_docs 0 --cache answers -j 1 shop.py
	assert_asked 4
	documented_shop | assert_stdout -
	try_docs 0 --cache answers shop.py
	assert_asked 4
	documented_shop | assert_stdout -
}

@test "docstring: --dry-run prints the requests, and asks nobody" {
	DMR_HOST=http://127.0.0.1:1 try_docs 0 --dry-run shop.py
	jq -c '[.custom_id, .method, .url, .body.model]' stdout |
		assert_file /dev/stdin \
			'["shop.py:7:Shop.price","POST","/v1/chat/completions","ai/smollm2"]' \
			'["shop.py:11:total","POST","/v1/chat/completions","ai/smollm2"]' \
			'["shop.py:16:Empty","POST","/v1/chat/completions","ai/smollm2"]'
	assert_asked 0
}

@test "docstring: --log has a line for each answer" {
	try_docs 0 --log log shop.py
	jq -c '[.tool, .exit]' log | sort -u |
		assert_file /dev/stdin '["dmr-docstring",0]'
	(($(wc -l <log) == 3))
}

@test "docstring: -t, -p: a prompt of one's own" {
	cat >own.prompt <<-'EOT'
		---
		schema: @own.json
		---
		Say {{how}} what {{name}} does.
	EOT
	echo '{"type":"object","properties":{"summary":{"type":"string"}},"required":["summary"]}' >own.json
	try -0 dmr-docstring -t ./own.prompt -p how=briefly --only total shop.py
	asked '.messages[0].content' | jq -r . | head -n 1 |
		assert_file /dev/stdin 'Say briefly what total does.'
	asked '.messages[0].content' | jq -r . | grep -q 'return sum(prices)'
	printf 'Hello\n' >bare.prompt
	try -2 dmr-docstring -t ./bare.prompt shop.py
	assert_stderr "dmr-docstring: the template './bare.prompt' has no schema"
	try -2 dmr-docstring -p name=x shop.py
	assert_stderr "dmr-docstring: --param: 'name' is taken"
}

@test "docstring: options that do not go together" {
	each 'dmr-docstring $1 shop.py shop.py' '' -id -dc '-i -o x' \
		'--backup=x -d' '--fail-under=1 -d' '-F sarif -d' \
		'-c --report=x' '--only-doc' '--on-error=x -d' '--example=x -d' \
		'--one-line=x -d' '--sections=x -d' '--report=- -d'
	assert_stdout \
		'dmr-docstring: more than one file needs -i, -d or -c' 2 \
		'dmr-docstring: --in-place and --diff do not go together' 2 \
		'dmr-docstring: --diff and --check do not go together' 2 \
		'dmr-docstring: --in-place writes the files, --output another one' 2 \
		'dmr-docstring: --backup is for --in-place' 2 \
		'dmr-docstring: --fail-under is for --check' 2 \
		'dmr-docstring: --format is for --check' 2 \
		'dmr-docstring: --check and --report do not go together' 2 \
		'dmr-docstring: more than one file needs -i, -d or -c' 2 \
		"dmr-docstring: --on-error: 'x' is not fail or pass" 2 \
		"dmr-docstring: --example: 'x' is not text, none or run" 2 \
		"dmr-docstring: --one-line: 'x' is not skip or insert" 2 \
		"dmr-docstring: --sections: 'x' is not summary, details, params, returns, raises or example" 2 \
		'dmr-docstring: --report takes a file' 2
	try -2 dmr-docstring -i <shop.py
	assert_stderr 'dmr-docstring: --in-place takes files, not standard input'
	try -2 dmr-docstring -n
	assert_stderr 'dmr-docstring: no file; -n does not read standard input'
}

@test "docstring: the report and the log are none of the sources" {
	cp shop.py before.py
	ln -s shop.py link.py
	for each in '-d --report' '-i --report' '-d --log'; do
		# shellcheck disable=SC2086 # words
		try -2 dmr-docstring $each ./shop.py link.py
		assert_stderr "dmr-docstring: cannot write './shop.py': it is one of the sources"
		assert_file shop.py -f before.py
	done
}
