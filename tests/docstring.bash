# shellcheck shell=bash disable=SC2154,SC2034 # variables of others and for them
# docstring.bash - for the tests of dmr-docstring: load docstring, after lib and
# mock.

# says [NAME] JSON: a scenario's line, the fields of the answer; to what holds
# NAME, or to all.
says() {
	(($# == 1)) || set -- "$2" "$1"
	jq -cn --arg name "${2-}" --argjson fields "$1" \
		'(if $name == "" then {} else {contains: $name} end) +
			{text: ($fields | tojson)}'
}

# summary TEXT: an answer for what has neither parameters nor a result.
summary() { jq -cn --arg text "$1" '{summary: $text, details: "", example: ""}'; }

# try_docs STATUS [OPTION ...]: ask for summaries alone, which any declaration
# can have.
try_docs() {
	try "-$1" dmr-docstring -m ai/smollm2 --sections summary "${@:2}"
}

# The messages of the requests that came, and their schemas.
asked() {
	curl -s "$host/__mock/requests" |
		jq -c "select(.body.messages) | .body | ${1-.messages[1].content}"
}

# In a folder with the module, and what the model shall say of all of it.
docstring_setup() {
	mock_setup
	make_shop
	do_it='{"summary":"Do it."}'
}

# serve_late: a server that says "Do it." once, to the first request, after the
# test has waited for it with `reached asked` and then said `go on`.
serve_late() {
	serve <<-'EOF'
		accept
		read
		mark asked
		await on
		json 200 '{"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"{\"summary\":\"Do it.\"}"}}]}'
	EOF
}

# So many requests came.
assert_asked() {
	local n

	n=$(asked .model | wc -l)
	((n == $1)) || {
		echo "$n requests instead of $1"
		return 1
	}
}

# A module of which three declarations lack documentation.
make_shop() {
	cat >shop.py <<-'EOT'
		import os


		class Shop:
		    """A shop."""

		    def price(self, name):
		        return self.prices[name]


		def total(prices):
		    # all of them
		    return sum(prices)


		class Empty:
		    pass
	EOT
}

# What becomes of it when the model says "Do it." of all.
documented_shop() {
	cat <<-'EOT'
		import os


		class Shop:
		    """A shop."""

		    def price(self, name):
		        """Do it."""
		        return self.prices[name]


		def total(prices):
		    """Do it."""
		    # all of them
		    return sum(prices)


		class Empty:
		    """Do it."""
		    pass
	EOT
}
