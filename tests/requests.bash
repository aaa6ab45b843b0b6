# shellcheck shell=bash disable=SC2154 # variables that lib.bash sets
# requests.bash - what clients trip over, asked of dmr-mock and of a real model
# runner alike: load requests, after lib.
#
# A line of data/requests.tsv is a method, a path, a body, the status, and how
# the words of the answer begin, - for none.  CHAT and TEXT are the paths of
# completions, whose body has what it lacks added; SCHEMA has the schema of a chat.

# ask_requests URL [CURL OPTION ...]: prints those answered in another way.
ask_requests() {
	local method path body status words shown got text

	jq -Rr 'def whole($path; more): .[1] = "/engines/v1/" + $path |
			.[2] |= (fromjson | {model: "ai/smollm2",
				max_tokens: 1} + more | tojson);
		def chat(more): whole("chat/completions"; {messages:
			[{role: "user", content: "one two"}]} + more);
		split("\t") | . + [.[2]] |
		if .[1] == "CHAT" then chat(.)
		elif .[1] == "SCHEMA" then chat({response_format:
			{type: "json_schema", json_schema: {schema: .}}})
		elif .[1] == "TEXT" then whole("completions"; .)
		else . end | join("\t")' "$tests/data/requests.tsv" |
	while IFS=$'\t' read -r method path body status words shown; do
		[[ $body == - ]] || set -- "$@" -d "$body"
		got=$(curl -s -m "$DEADLINE" -X "$method" -o answer \
			-w '%{http_code}' "${@:2}" "$1$path")
		[[ $body == - ]] || set -- "${@:1:$#-2}"
		text=$(jq -r .error.message answer 2>/dev/null) ||
			text=$(<answer)
		[[ $words != - ]] || text=-
		[[ $got == "$status" && $text == "$words"* ]] ||
			echo "$method $path $shown: $got $text"
	done
}
