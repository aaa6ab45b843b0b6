# shellcheck shell=bash disable=SC2154,SC2034 # variables of others and for them
# review.bash - for the tests of dmr-review: load review, after lib and mock.

# In a folder with shop.diff, a change of two hunks in one file.
review_setup() {
	mock_setup
	cat >shop.diff <<-'EOT'
		diff --git a/shop.py b/shop.py
		--- a/shop.py
		+++ b/shop.py
		@@ -1,5 +1,6 @@
		 class Shop:
		     def price(self, name):
		-        return self.prices[name]
		+        price = self.prices.get(name)
		+        return price * self.tax
		 
		     def close(self):
		@@ -20,3 +21,4 @@ def total(prices):
		     result = 0
		     for price in prices:
		+        result = price
		     return result
	EOT
	none='{"findings":[]}'
}

# The anchor that the prompt shows for the line with this text.
anchor_of() { # TEXT [FILE]
	dmr-review -m m --dry-run --context-size 100000 <"${2:-shop.diff}" 2>/dev/null |
		jq -r '.body.messages[1].content' | grep -F -m 1 -- "|+$1" |
		cut -d '|' -f 1
}

# one ANCHOR QUOTE [JSON]: a finding, with what JSON says in place of what is
# usual.
one() {
	jq -cn --arg anchor "$1" --arg quote "$2" --argjson more "${3:-{\}}" '{
		$anchor, $quote, severity: "high", category: "bug",
		title: "It is wrong", message: "It fails.", suggestion: ""
	} + $more'
}

# says [CONTAINS] FINDING ...: a scenario's line: these are the findings, of what
# holds the text, or of all.
says() {
	local contains=

	[[ $1 == '{'* ]] || { contains=$1; shift; }
	printf '%s\n' "$@" | jq -cs --arg contains "$contains" '
		(if $contains == "" then {} else {$contains} end) +
		{text: ({findings: map(select(.anchor))} | tojson)}'
}

# try_review STATUS [OPTION ...]
try_review() { try "-$1" dmr-review -m ai/smollm2 "${@:2}"; }

# What the user's messages of the requests that came say.
asked() {
	curl -s "$host/__mock/requests" |
		jq -r "select(.body.messages) | .body | ${1-.messages[1].content}"
}

assert_asked() { # N
	local n

	n=$(asked .model | wc -l)
	((n == $1)) || {
		echo "$n requests instead of $1"
		return 1
	}
}

# A diff of N hunks, each of which adds "value NUMBER".
many_hunks() { # N
	local i

	printf -- '--- a/many.txt\n+++ b/many.txt\n'
	for ((i = 1; i <= $1; i++)); do
		printf '@@ -%d,2 +%d,3 @@\n one\n+value %d\n two\n' \
			$((10 * i)) $((11 * i)) "$i"
	done | awk '/^@@/ { n++; $0 = sprintf("@@ -%d,2 +%d,3 @@", 10 * n, 11 * n) } 1'
}
