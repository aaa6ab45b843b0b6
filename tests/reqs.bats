# dmr-reqs: what is asked, what becomes of the answers, what fails.
# shellcheck disable=SC2154,SC2034 # variables of lib.bash
# shellcheck disable=SC2030,SC2031 # each test is a shell of its own

load lib
load mock
load reqs

setup() {
	reqs_setup
	not="not what the schema says: not JSON: line 1, column 1: 'No.'"
}

# ---- from an idea to a document

@test "reqs: four stages, and all that they said, with ids and links" {
	script "$(says_all)"
	reqs 0
	assert_stderr
	assert_stages questions functional nonfunctional architecture
	assert_doc '[.title, .summary, .idea]' \
		'["Bike shop","A shop for used bikes.","a shop for used bikes"]'
	assert_doc '[.functional_requirements[] | [.id, .priority, .pattern, .stories]]' \
		'[["FR-001","must","ubiquitous",["US-001"]],["FR-002","should","event",["US-002"]]]'
	assert_doc '[.user_stories[] | [.id, .as_a, .priority, (.acceptance | length)]]' \
		'[["US-001","buyer","must",1],["US-002","seller","should",1]]'
	assert_doc '.non_functional_requirements[0] | [.id, .category, .metric.value, .verification]' \
		'["NFR-001","performance",200,"test"]'
	assert_doc '[.suggested_architecture.components[] | [.name, .depends_on]]' \
		'[["server",["store"]],["store",[]]]'
	assert_doc .out_of_scope '["Repairs"]'
	assert_doc '.meta | [.schema_version, .model, .incomplete, .findings]' \
		'[1,"ai/smollm2",[],[]]'
}

@test "reqs: nobody answers: questions are open, what is recommended is assumed" {
	script "$(says_all)"
	reqs 0
	assert_doc '[.open_questions[] | [.id, .recommended, .options, .answer]]' \
		'[["Q-001","The shop",["The shop","Anybody"],""],["Q-002","By card",["By card","In cash"],""]]'
	assert_doc .assumptions \
		'["Who sells the bikes? Assumed: The shop","How is a bike paid? Assumed: By card"]'
	asked | grep -cx 'Who sells the bikes? The shop' |
		assert_file /dev/stdin 3
}

@test "reqs: each stage has its own prompt, and sees what came before it" {
	script "$(says_all)"
	reqs 0
	asked '[.temperature, .max_tokens, .stream]' | jq -c . |
		assert_file /dev/stdin '[0.5,1024,false]' '[0.5,2048,false]' \
		'[0.5,1536,false]' '[0.5,2048,false]'
	asked >prompts
	grep -cE '^--- begin idea [0-9a-f]{32} ---$' prompts | assert_file /dev/stdin 4
	grep -c '^a shop for used bikes$' prompts | assert_file /dev/stdin 4
	grep -c '^FR-001: The system shall list each bike' prompts |
		assert_file /dev/stdin 2
	grep -c '^NFR-001: ' prompts | assert_file /dev/stdin 1
}

@test "reqs: two runs with the same answers print the same" {
	script "$(says_all)"
	reqs 0
	mv doc first
	reqs 0
	assert_file doc -f first
}

@test "reqs: operands and standard input are the idea; -n and - say which" {
	script "$(says_all)"
	echo 'for used bikes' | try_reqs 0 a shop
	doc .idea "$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin '"a shop\n\nfor used bikes"'
	echo 'for used bikes' | try_reqs 0
	doc .idea "$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin '"for used bikes"'
	echo 'for used bikes' | try_reqs 0 -n a shop
	doc .idea "$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin '"a shop"'
	echo 'for used bikes' | try_reqs 0 a - shop
	doc .idea "$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin '"a shop\n\nfor used bikes"'
}

@test "reqs: no idea is an error, before anything is asked" {
	try_reqs 26 </dev/null
	assert_stderr 'dmr-reqs: standard input is empty'
	echo ' ' | try_reqs 26
	assert_stderr 'dmr-reqs: standard input is empty'
	try_reqs 2 -n
	assert_stderr "dmr-reqs: no idea; try: dmr-reqs -n 'a shop for used bikes'"
	try_reqs 2 -n -
	assert_stderr "dmr-reqs: '-' is standard input, which is read once, and not with -n"
	assert_stdout
}

@test "reqs: a model that wraps its JSON in a fence is understood" {
	script "$(says functional $'```json\n'"$functional"$'\n```')" "$(says_all)"
	reqs 0
	assert_stages questions functional nonfunctional architecture
	assert_doc .title '"Bike shop"'
}

@test "reqs: links that lead nowhere are dropped, names are told apart" {
	script "$(says architecture "${architecture/\"store\"/\"server\"}")" "$(says_all)"
	reqs 0
	assert_doc '[.suggested_architecture.components[] | [.name, .depends_on]]' \
		'[["server",["server (2)"]],["server (2)",[]]]'
}

@test "reqs: texts become one line; what is no text of people is gone" {
	script "$(says functional "${functional/Bike shop/Bike\\n\\tshop\\u0000\\u001b!}")" \
		"$(says_all)"
	reqs 0
	assert_doc .title '"Bike shop !"'
}

# ---- what fails

@test "reqs: J27, S31: an answer that cannot be used is asked for once more" {
	local bad

	for bad in 'Sure! Here it is: {}' '{"title":"x",}' '{"title":"x"' '{}' ''; do
		script "$(says functional "$bad" '{"times":1}')" "$(says_all)"
		reqs 0
		assert_stages questions functional functional nonfunctional architecture
		asked | grep -c '^Your last answer had these problems:$' |
			assert_file /dev/stdin 1
		assert_doc '[.title, .meta.incomplete]' '["Bike shop",[]]'
		end_mock
	done
}

@test "reqs: a cut or refused answer, and one that is none, is asked for once more" {
	local fault

	for fault in length filter no-json bad-schema say-nothing; do
		script "$(says functional "$functional" "{\"fault\":\"$fault\",\"times\":1}")" \
			"$(says_all)"
		reqs 0
		assert_stages questions functional functional nonfunctional architecture
		assert_doc .title '"Bike shop"'
		end_mock
	done
}

@test "reqs: J10: no UTF-8 in an answer: the part is not made of it" {
	local body

	body=$(answered "${functional/Bike/B@ke}" | sed 's/\\/\\\\/g; s/"/\\"/g; s/@/\\xff/')
	serve <<<$'repeat\nread\njson 200 "'"$body"'"'
	reqs 18 --questions 0
	assert_stdout
	[[ $stderr == *$'\ndmr-reqs: functional: the answer is not UTF-8' ]]
}

@test "reqs: a part that fails twice is named, the rest is kept, 8" {
	script "$(says functional 'No.')" "$(says_all)"
	reqs 8
	assert_stages questions functional functional nonfunctional architecture
	assert_stderr 'dmr-reqs: functional: '"$not" \
		'dmr-reqs: 1 of 4 parts was not made'
	assert_doc '[.title, .functional_requirements, .meta.incomplete, (.non_functional_requirements | length)]' \
		'["",[],["functional"],1]'
}

@test "reqs: questions that fail are missed, and no more" {
	script "$(says questions 'No.')" "$(says_all)"
	reqs 8
	assert_stderr 'dmr-reqs: questions: '"$not" \
		'dmr-reqs: 1 of 4 parts was not made'
	assert_doc '[.open_questions, .assumptions, .meta.incomplete]' '[[],[],["questions"]]'
	assert_doc .title '"Bike shop"'
}

@test "reqs: where nothing is made nothing is printed, and the status says why" {
	script '{"text":"No."}'
	reqs 5
	assert_stdout
	assert_stderr 'dmr-reqs: functional: '"$not"
	end_mock
	script '{"status":500,"text":"broken"}'
	reqs 22 --retry 0
	assert_stdout
	[[ $stderr == 'dmr-reqs: functional: '*' 500'* ]]
}

@test "reqs: a server that fails in between: what there is, and 8" {
	script "$(says functional broken '{"status":500}')" "$(says_all)"
	reqs 8 --retry 0
	assert_stages questions functional nonfunctional architecture
	assert_doc '[.title, (.non_functional_requirements | length)]' '["",1]'
	[[ $stderr == 'dmr-reqs: functional: '*$'\ndmr-reqs: 1 of 4 parts was not made' ]]
}

@test "reqs: a server that hangs up in between: what there is, and 8" {
	serve <<-EOF
		accept
		read
		json 200 '$(answered "$questions")'
		accept
		read
		json 200 '$(answered "$functional")'
		repeat
		read
		close
	EOF
	reqs 8 --retry 0
	assert_doc '[.title, .meta.incomplete]' \
		'["Bike shop",["nonfunctional","architecture"]]'
	[[ $stderr == 'dmr-reqs: nonfunctional: '*$'\ndmr-reqs: architecture: '*$'\ndmr-reqs: 2 of 4 parts were not made' ]]
}

@test "reqs: nobody is there: 7, or an empty document with --on-error pass" {
	export DMR_HOST=http://127.0.0.1:1
	reqs 7
	assert_stdout
	reqs 0 --on-error pass
	[[ $stderr == 'dmr-reqs: '*'; the document is empty' ]]
	assert_doc '[.idea, .functional_requirements, .meta.incomplete]' \
		'["a shop for used bikes",[],["questions","functional","nonfunctional","architecture"]]'
	reqs 0 --on-error pass --ask
	[[ $stderr == 'dmr-reqs: '*'; there are no questions' ]]
	assert_doc . '{"questions":[]}'
}

@test "reqs: DMR_DISABLE: an empty document, nothing is asked" {
	script "$(says_all)"
	DMR_DISABLE=1 reqs 0
	assert_stderr 'dmr-reqs: disabled by DMR_DISABLE; the document is empty'
	assert_doc '.meta.incomplete | length' 4
	asked | assert_file /dev/stdin
}

@test "reqs: a model that is not there is 6" {
	script '{"path":"/engines/v1/chat/completions","status":404,"text":"error while getting model: model not found"}'
	reqs 6
	assert_stdout
}

# ---- what lint finds

@test "reqs: a part may name what is there, and nothing else" {
	local text='As FR-001 says, 95 % of payments shall end within 2 seconds.'

	script "$(says nonfunctional "$(jq -c --arg text "$text" \
		'.non_functional_requirements[0].text = $text' <<<"$nonfunctional")")" \
		"$(says_all)"
	reqs 0 --questions 0
	assert_stages functional nonfunctional architecture
	jq -r '.non_functional_requirements[0].text' doc | assert_file /dev/stdin "$text"
	text=${text/001/077}
	script "$(says nonfunctional "$(jq -c --arg text "$text" \
		'.non_functional_requirements[0].text = $text' <<<"$nonfunctional")")" \
		"$(says_all)"
	reqs 0 --questions 0
	assert_stages functional nonfunctional nonfunctional architecture
}

@test "reqs: what lint finds is sent back once, and the better answer stays" {
	script "$(says functional "${functional/list each bike that is for sale/be easy}" '{"times":1}')" \
		"$(says_all)"
	reqs 0
	assert_stderr
	assert_stages questions functional functional nonfunctional architecture
	asked | sed -n '/^Your last answer had these problems:$/,/^Answer again/p' >problem
	grep -E '^FR-001: R02: ' problem
	assert_doc '.functional_requirements[0].text' \
		'"The system shall list each bike that is for sale."'
	assert_doc .meta.findings '[]'
}

@test "reqs: what lint still finds is told and kept, and is no failure" {
	local weak=${functional/list each bike that is for sale/be easy}

	script "$(says functional "$weak")" "$(says_all)"
	reqs 0
	assert_stages questions functional functional nonfunctional architecture
	[[ $stderr == 'dmr-reqs: FR-001: R02: '* && $stderr != *$'\n'* ]]
	assert_doc '[.meta.findings[] | [.id, .rule]]' '[["FR-001","R02"]]'
	reqs 0 -q
	assert_stderr
}

@test "reqs: an answer that got worse, or cannot be used, takes nothing away" {
	local weak=${functional/list each bike that is for sale/be easy} second

	for second in "${weak/store its price/be robust and be fast}" 'No.'; do
		script "$(says functional "$weak" '{"times":1}')" \
			"$(says functional "$second")" "$(says_all)"
		reqs 0
		assert_stages questions functional functional nonfunctional architecture
		assert_doc '[.functional_requirements[].text]' \
			'["The system shall be easy.","When a seller adds a bike, the system shall store its price."]'
		end_mock
	done
}

@test "reqs: --style is what lint goes by" {
	script "$(says functional "${functional/The system shall list/It lists}")" "$(says_all)"
	reqs 0 --style free
	assert_doc '[.meta.findings[] | select(.rule == "R01")]' '[]'
	end_mock
	script "$(says functional "${functional/The system shall list/It lists}")" "$(says_all)"
	reqs 0
	assert_doc '[.meta.findings[] | select(.rule == "R01") | .id]' '["FR-001"]'
}

# ---- questions and answers

@test "reqs: --questions N, and none" {
	script "$(says_all)"
	reqs 0 --questions 1
	assert_doc '[.open_questions[].id]' '["Q-001"]'
	asked | grep -c . >/dev/null
	asked '.messages[0].content' | grep -c 'at most 1,' | assert_file /dev/stdin 1
	end_mock
	script "$(says_all)"
	reqs 0 --questions 0
	assert_stages functional nonfunctional architecture
	assert_doc '[.open_questions, .assumptions]' '[[],[]]'
	reqs 2 --questions 6
	assert_stderr "dmr-reqs: --questions: '6' is not a whole number from 0 to 5"
}

@test "reqs: --ask prints the questions, --answers has them answered" {
	script "$(says_all)"
	reqs 0 --ask
	assert_stages questions
	assert_doc '[.questions[] | [.id, .question, .recommended]]' \
		'[["Q-001","Who sells the bikes?","The shop"],["Q-002","How is a bike paid?","By card"]]'
	jq '.questions[1].answer = "By  bank\ntransfer"' doc >answers
	end_mock
	script "$(says_all)"
	reqs 0 --answers answers
	assert_stages functional nonfunctional architecture
	assert_doc .assumptions '["Who sells the bikes? Assumed: The shop"]'
	asked | grep -c '^How is a bike paid? By' | assert_file /dev/stdin 3
	reqs 0 --json --ask
	(($(wc -l <doc) == 1))
}

@test "reqs: --answers: lines of ids or questions, and what nobody asked" {
	script "$(says_all)"
	printf '%s\n' $'Q-001\tAnybody' '' $'How is a bike paid?\tIn cash' \
		$'Which city?\tBerlin' $'Q-009\tNo' >answers
	reqs 0 --answers answers
	assert_stderr "dmr-reqs: --answers: there is no question 'Q-009'"
	assert_doc '[.open_questions[] | [.id, .answer]]' \
		'[["Q-001","Anybody"],["Q-002","In cash"],["Q-003","Berlin"]]'
	assert_doc .assumptions '[]'
	asked | grep -c '^Which city? Berlin$' | assert_file /dev/stdin 3
	# A number is that of an option, as in the dialogue.
	printf '%s\n' $'Q-001\t2' $'Q-002\t3' >answers
	reqs 0 --answers answers
	assert_doc '[.open_questions[].answer]' '["Anybody","3"]'
}

@test "reqs: --answers that cannot be read" {
	try_reqs 26 -n --answers none x
	assert_stderr "dmr-reqs: --answers: cannot open 'none': No such file or directory"
	echo 'a question without a tab' >answers
	try_reqs 26 -n --answers answers x
	assert_stderr 'dmr-reqs: --answers: line 1: it is not QUESTION, a tab, ANSWER'
	echo '{"questions":1}' >answers
	try_reqs 26 -n --answers answers x
	assert_stderr 'dmr-reqs: --answers: it has no array of questions'
	echo '{"questions":[' >answers
	try_reqs 26 -n --answers answers x
	assert_stderr 'dmr-reqs: --answers: it is not JSON'
}

# ---- what else is told

@test "reqs: --context, texts and files, is in each prompt" {
	script "$(says_all)"
	echo 'It runs on a Raspberry Pi.' >README.md
	reqs 0 --context @README.md --context 'No cookies.'
	asked >prompts
	grep -c '^It runs on a Raspberry Pi.$' prompts | assert_file /dev/stdin 4
	grep -c '^No cookies.$' prompts | assert_file /dev/stdin 4
	grep -cE '^--- begin README.md [0-9a-f]{32} ---$' prompts | assert_file /dev/stdin 4
	try_reqs 26 -n --context @none x
	assert_stderr "dmr-reqs: --context: cannot open 'none': No such file or directory"
}

@test "reqs: --style says how requirements are to be worded" {
	local style

	for style in shall ears free; do
		script "$(says_all)"
		reqs 0 --style "$style"
		asked '.messages[0].content' >"$style"
		end_mock
	done
	grep -c 'EARS' ears | assert_file /dev/stdin 2
	run -1 grep EARS shall free
	grep -c '"The system shall' shall | assert_file /dev/stdin 2
	run -1 grep shall free
	try_reqs 2 -n --style poem x
	assert_stderr "dmr-reqs: --style: 'poem' is not shall, ears or free"
}

@test "reqs: -a sends an image, to a model that sees" {
	base64 -d >sketch.png <<<iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
	script "$(says_all)"
	DMR_VISION_MODEL=ai/smollm2 try -0 dmr-reqs -n -a sketch.png a shop
	asked '.messages[1].content[1].image_url.url[:22]' | sort | uniq -c |
		awk '{ print $1, $2 }' | assert_file /dev/stdin '4 data:image/png;base64,'
	asked '.messages[1].content[0].text' | grep -c 'sketch.png' | assert_file /dev/stdin 2
	try_reqs 2 -n -a http://example.com/x.png x
	assert_stderr "dmr-reqs: --attach takes a file; try: curl -s 'http://example.com/x.png' | dmr-reqs -a -"
}

@test "reqs: -p is for prompts of one's own, which win by name" {
	mkdir mine
	sed 's/^The idea:$/The idea, for {{who}}:/' "$top/prompts/reqs-functional.prompt" \
		>mine/reqs-functional.prompt
	cp "$top/prompts/reqs-functional.schema.json" mine
	script "$(says_all)"
	export DMR_TEMPLATE_PATH=$PWD/mine
	reqs 0 -p who=children
	assert_stderr
	asked | grep -c '^The idea, for children:$' | assert_file /dev/stdin 1
	reqs 0 -p who=children -p what=x
	assert_stderr "dmr-reqs: --param: nothing takes 'what'"
	try_reqs 2 -n x
	[[ $stderr == *"'who'"* || $stderr == *'{{who}}'* ]]
	try_reqs 2 -n -p input=x x
	assert_stderr "dmr-reqs: --param: 'input' is taken"
}

@test "reqs: a prompt's settings are its own; options win over all" {
	mkdir mine
	sed 's/^temperature: .*/temperature: 0.1\nseed: 7\nstop: END/' \
		"$top/prompts/reqs-functional.prompt" >mine/reqs-functional.prompt
	cp "$top/prompts/reqs-functional.schema.json" mine
	export DMR_TEMPLATE_PATH=$PWD/mine
	script "$(says_all)"
	reqs 0
	asked '[.temperature, .seed, .stop]' | jq -c . | assert_file /dev/stdin \
		'[0.5,null,null]' '[0.1,7,["END"]]' '[0.5,null,null]' '[0.5,null,null]'
	end_mock
	script "$(says_all)"
	reqs 0 --temperature 0 --max-tokens 99
	asked '[.temperature, .max_tokens]' | jq -c . | sort -u |
		assert_file /dev/stdin '[0,99]'
}

@test "reqs: a prompt without a schema, or with a broken one" {
	mkdir mine
	export DMR_TEMPLATE_PATH=$PWD/mine
	printf 'Hello.\n' >mine/reqs-architecture.prompt
	try_reqs 2 -n x
	assert_stderr "dmr-reqs: the template '$PWD/mine/reqs-architecture.prompt' has no schema"
	printf -- '---\nschema: {"type":"nothing"}\n---\nHello.\n' >mine/reqs-architecture.prompt
	try_reqs 2 -n x
	[[ $stderr == "dmr-reqs: $PWD/mine/reqs-architecture.prompt:"* ]]
}

# ---- --from

@test "reqs: --from: a whole document is printed in another form, nobody is asked" {
	script "$(says_all)"
	reqs 0
	export DMR_HOST=http://127.0.0.1:1
	try -0 dmr-reqs --from doc -F markdown </dev/null
	assert_stderr
	cp "$BATS_TEST_TMPDIR/stdout" doc.md
	try -0 dmr-reqs --from doc.md
	assert_stdout -f doc
	try -0 dmr-reqs --from - <doc.md
	assert_stdout -f doc
}

@test "reqs: --from: what is missing is made, what people wrote stays" {
	script "$(says functional No.)" "$(says_all)"
	reqs 8
	end_mock
	jq '.title = "My own" | .non_functional_requirements[0].text = "Mine shall be 1 s."
		| .meta.retired = ["FR-001", "US-007"]' doc >edited
	script "$(says_all)"
	try_reqs 0 --from edited
	cp "$BATS_TEST_TMPDIR/stdout" doc
	assert_stages functional
	assert_doc '[.title, .meta.incomplete, .idea]' '["My own",[],"a shop for used bikes"]'
	assert_doc '[.functional_requirements[].id, .user_stories[].id]' \
		'["FR-002","FR-003","US-008","US-009"]'
	assert_doc '[.functional_requirements[].stories]' '[["US-008"],["US-009"]]'
	assert_doc '.non_functional_requirements[].text' '"Mine shall be 1 s."'
	assert_doc '[.meta.generated[].id]' \
		'["Q-001","Q-002","NFR-001","architecture","FR-002","FR-003","US-008","US-009"]'
}

@test "reqs: --from: a document that is whole is printed without templates" {
	script "$(says_all)"
	reqs 0 --questions 0
	mkdir -p alone/bin
	cp "$BUILD/dmr-reqs" alone/bin
	try -0 alone/bin/dmr-reqs --from doc
	assert_file "$BATS_TEST_TMPDIR/stdout" -f doc
	try -2 alone/bin/dmr-reqs -n --from doc more
	[[ $stderr == "dmr-reqs: no template 'reqs-"* ]]
}

@test "reqs: --from: what cannot be made again is still named; the rest stays" {
	script "$(says architecture No.)" "$(says_all)"
	reqs 8
	cp doc before
	try_reqs 8 --from before
	assert_stderr "dmr-reqs: architecture: $not" 'dmr-reqs: 1 of 1 parts was not made'
	assert_stdout -f before
	export DMR_HOST=http://127.0.0.1:1
	try_reqs 8 --from before
	assert_stdout -f before
}

@test "reqs: --from: a file that is none, or lacks the idea" {
	try_reqs 26 --from none
	assert_stderr "dmr-reqs: --from: cannot open 'none': No such file or directory"
	echo '{"titel":""}' >f
	try_reqs 26 --from f
	[[ $stderr == 'dmr-reqs: --from: f: line 1: '* ]]
	echo '{"meta":{"incomplete":["architecture"]}}' >f
	try_reqs 26 --from f
	assert_stderr 'dmr-reqs: --from: it lacks parts, and the idea to make them of'
	assert_stdout
	echo '{"idea":"bikes","meta":{"incomplete":["questions","non-functional"]}}' >f
	try_reqs 26 --from f
	assert_stderr "dmr-reqs: --from: it lacks 'non-functional', which is no part; $(
		)parts are questions, functional, nonfunctional, architecture"
	assert_stdout
}

# ---- formats, records, and what all tools have

@test "reqs: -F document, json, markdown, records" {
	script "$(says_all)"
	reqs 0 -F json
	(($(wc -l <doc) == 1))
	jq -S . doc >one
	reqs 0
	jq -S . doc | assert_file /dev/stdin -f one
	reqs 0 --json
	(($(wc -l <doc) == 1))
	reqs 0 -F markdown
	grep -q '^# Bike shop$' doc
	reqs 0 -F records
	jq -r .id doc | tr '\n' ' ' | assert_file /dev/stdin -n 'FR-001 FR-002 NFR-001 US-001 US-002 '
	try_reqs 2 -n -F xml x
	assert_stderr "dmr-reqs: --format: 'xml' is not document, json, markdown or records"
}

@test "reqs: -b: an idea per record, in order, with its document" {
	script "$(says_all)"
	printf '%s\n' '{"input":"a shop","n":1}' '{"prompt":"a club","input":"of cats"}' \
		'{"n":3}' '{"input":"x","requirements":{}}' 'no JSON' >in
	try_reqs 8 -b -j 4 <in
	cp "$BATS_TEST_TMPDIR/stdout" out
	jq -c '[.n, .requirements.title, .requirements.idea, .requirements_error.code]' out |
		assert_file /dev/stdin '[1,"Bike shop","a shop",null]' \
		'[null,"Bike shop","a club\n\nof cats",null]' \
		'[3,null,null,"input"]' '[null,null,null,null]' \
		'[null,null,null,"bad_record"]'
	sed -n 4p out | assert_file /dev/stdin '{"input":"x","requirements":{}}'
	[[ $stderr == *'2 of 5 records failed; the output fed back asks for some of them again' ]]
	# It stands in the line as -F json has it.
	reqs 0 -F json
	jq -c '.requirements.idea = "a shop for used bikes"' out | sed -n 1p |
		grep -o '"functional_requirements":.*"input_sha256":' >part
	grep -qF "$(cat part)" doc
	sed -n 1p out | grep -qF "$(cat part)"
	echo 'a shop' | try_reqs 0 -l --as doc
	jq -r '.doc.title' "$BATS_TEST_TMPDIR/stdout" | assert_file /dev/stdin 'Bike shop'
}

@test "reqs: an idea that is too long is told, with and without --dry-run" {
	local dry

	head -c 10480000 /dev/zero | tr '\0' x | jq -Rc '{input: .}' >in
	script "$(says_all)"
	for dry in '' --dry-run; do
		# shellcheck disable=SC2086 # none, or one word
		try_reqs 8 -b $dry --context "$(printf '%05000d' 7)" <in
		jq -r '.requirements_error.code' "$BATS_TEST_TMPDIR/stdout" |
			assert_file /dev/stdin input
		assert_stderr 'dmr-reqs: 1 of 1 records failed; the output fed back asks for them again'
	done
}

@test "reqs: -b: a document that lacks a part is 8, and says which line" {
	script "$(says architecture 'No.')" "$(says_all)"
	printf '"a shop"\n"a club"\n' | try_reqs 8 -b
	assert_stderr 'dmr-reqs: line 1: architecture: '"$not" \
		'dmr-reqs: line 2: architecture: '"$not" \
		'dmr-reqs: 2 of 2 documents are incomplete'
	jq -c .requirements.meta.incomplete "$BATS_TEST_TMPDIR/stdout" |
		assert_file /dev/stdin '["architecture"]' '["architecture"]'
}

@test "reqs: what is not for records, and what does not go together" {
	local words

	while read -r words; do
		# shellcheck disable=SC2086 # words
		try_reqs 2 $words <<<'"x"'
		assert_stdout
	done <<-'EOT'
		-b --ask
		-b -n
		-b --on-error pass
		-b -F markdown
		-b operand
		--ask --questions 0 x
		--ask -F markdown x
		--fail-on high x
		--as name x
		-o out --log out x
		--from f --ask
		--from f --answers f
		-b --from f
		-c --from f f
		-c --ask f
		-c -b f
		-c --context x f
		-c -n f
		-c -F markdown f
		-c --fail-on bad f
	EOT
}

@test "reqs: --dry-run prints what each stage would ask, and asks nothing" {
	reqs 0 --dry-run
	jq -c '[.custom_id, .url, (.body.response_format.json_schema.schema.properties | keys[0])]' doc |
		assert_file /dev/stdin '["questions","/v1/chat/completions","open_questions"]' \
		'["functional","/v1/chat/completions","functional_requirements"]' \
		'["nonfunctional","/v1/chat/completions","non_functional_requirements"]' \
		'["architecture","/v1/chat/completions","suggested_architecture"]'
	reqs 0 --dry-run --ask
	jq -r .custom_id doc | assert_file /dev/stdin questions
	printf '"x"\n"y"\n' | try_reqs 0 -b --dry-run --questions 0
	jq -r .custom_id "$BATS_TEST_TMPDIR/stdout" | tr '\n' ' ' | assert_file /dev/stdin -n \
		'1:functional 1:nonfunctional 1:architecture 2:functional 2:nonfunctional 2:architecture '
}

@test "reqs: --cache: the second run asks nothing; --log has a line a request" {
	script "$(says_all)"
	reqs 0 --cache "$PWD/cache" --log log
	mv doc first
	(($(wc -l <log) == 4))
	reqs 0 --cache "$PWD/cache"
	assert_file doc -f first
	assert_stages questions functional nonfunctional architecture
}

@test "reqs: --cache: what was said in answer to a complaint comes again" {
	script "$(says functional 'No.' '{"times":1}')" "$(says_all)"
	reqs 0 --cache "$PWD/cache"
	mv doc first
	reqs 0 --cache "$PWD/cache"
	assert_file doc -f first
	assert_stages questions functional functional nonfunctional architecture
}

@test "reqs: -o: whole, also with 8; an old file stays when nothing is made" {
	script "$(says architecture 'No.')" "$(says_all)"
	reqs 8 -o out
	assert_stdout
	doc .title out | assert_file /dev/stdin '"Bike shop"'
	end_mock
	script '{"text":"No."}'
	cp out old
	reqs 5 -o out
	assert_file out -f old
}

@test "reqs: -c checks what there is, and asks nobody" {
	export DMR_HOST=http://127.0.0.1:1
	printf '# Shop\n\n## Functional requirements\n\n### FR-001\n\nThe system shall be easy.\n' >weak.md
	try -1 dmr-reqs -c weak.md
	[[ $output == *'R02'*'R05'* || $output == *'R05'*'R02'* ]]
	try -0 dmr-reqs -c --fail-on none weak.md
	try -1 dmr-reqs -c <weak.md
	try -1 dmr-reqs -c -F sarif weak.md
	jq -e '.runs[0].results | length > 1' stdout
	printf hello | try -26 dmr-reqs -c
	assert_stdout
	assert_stderr 'dmr-reqs: standard input: it holds no requirements'
	echo '{"functional_requirements":[]}' | try -0 dmr-reqs -c
	assert_stderr
	DMR_DISABLE=1 try -0 dmr-reqs -c weak.md
	assert_stderr 'dmr-reqs: disabled by DMR_DISABLE, nothing is checked'
}

@test "reqs: what is made can be checked, as JSON and as Markdown" {
	script "$(says_all)"
	reqs 0
	try -0 dmr-reqs -c doc
	assert_stdout
	reqs 0 -F markdown
	try -0 dmr-reqs -c doc
	assert_stdout
	assert_stderr
}

@test "reqs: errors are JSON with --json" {
	script "$(says architecture 'No.')" "$(says_all)"
	reqs 8 --json
	jq -c '[.code, .exit]' "$BATS_TEST_TMPDIR/stderr" |
		assert_file /dev/stdin '["unusable",5]' '["partial",8]'
}
