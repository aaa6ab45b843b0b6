# The guides are true: each fenced block of README.md, of docs/ and of the pages
# beside README.md is run, or read, by a test, and prints what it shows.
#
# What stands behind the fence says what a block is:
#
#     sh             commands; they end with 0
#     sh WORD        the same with commands of others, which tests/stubs has: they
#                    take what the real ones take, and do nothing
#     sh demo        the same, of make demo: tests/wide/newcomer
#     console        a session: commands, and what they print
#     console real   the same; it is what a real model says: tests/real/guides.bats
#     LANGUAGE FILE  a file that what follows needs
#     mermaid        a diagram: tests/wide/mermaid
#
# The answers are those of dmr-mock; what it is to say for a page is in
# tests/data/guides.
# shellcheck disable=SC2154 # variables that lib.bash and others set
# shellcheck disable=SC2016 # what another shell shall expand

load lib
load mock
load markdown
load guides

setup() { guides_setup; }

@test "guides: quickstart.md" {
	need git make
	mock_with quickstart
	# The sources, and another repository with what is new in it.
	ln -s "$top" "$HOME/dmr-tools"
	git init -q "$HOME/project"
	printf 'def price(name):\n    return 2\n' >"$HOME/project/shop.py"
	run_guide docs/quickstart.md 8
	assert_all_said
}

@test "guides: install.md" {
	need git make
	mock_with install
	run_guide docs/install.md 12
	assert_all_said
}

@test "guides: architecture.md" {
	need python3
	mock_with architecture -m ai/smollm2,ai/qwen3-coder
	run_guide docs/architecture.md 9
	# What Goose is given is what its file has, of another model.
	blocks "$top/docs/architecture.md" 'yaml ~/.config/goose/config.yaml' |
		sed 's/:latest$//' >file
	dmr-models env goose ai/qwen3-coder |
		sed "s/^export //; s/='/: /; s/'\$//; s,$DMR_HOST,$usual_host," |
		assert_file file -
	assert_all_said
}

@test "guides: architecture.md has the variables of dmr(7), with their options" {
	local page=$top/docs/architecture.md

	awk '/^\.Sh / { here = $2 == "ENVIRONMENT" }
		here && /^\.It Ev / { print $3 }' "$top/man/dmr.7" | sort >wanted
	sed -n '/^## Environment/,/^## /s/^| \(`[^|]*\) |.*/\1/p' "$page" |
		grep -o '[A-Z_]*' | sort | assert_file wanted -
	# Each key is one of the configuration, and each option one of a tool.
	sed -n '/^## Environment/,/^## /s/^| `.* | \(.*\) | \(.*\) |$/\1\n\2/p' \
		"$page" | grep -o '`[^`]*`' | tr -d '`' | grep -v '^[].[]' | sort -u >said
	(($(wc -l <said) >= 10))
	{
		for tool in chat embed models; do
			"dmr-$tool" --options | cut -f 1,2 | sed 's/^\([^-]\)/-\1/'
		done | tr '\t' '\n'
		sed -n 's/^\.It Cm //p' "$top/man/dmr-config.5"
	} | sort -u >known
	comm -23 said known | assert_file /dev/stdin
}

@test "guides: models.md" {
	mock_with models
	run_guide docs/models.md 1
	[[ $output == pulled$'\t'* ]]
	assert_all_said
}

@test "guides: examples.md" {
	need git vim python3
	mock_with examples
	write_file "$HOME/.config/dmr/config" $'model = ai/smollm2\n'
	run_guide docs/examples.md 11
	printf 'def tax():\n    return 2\n' >tax.py
	try -0 vim -es -u ~/.vim/plugin/dmr.vim -c DmrDocs -c wq tax.py
	grep -q '"""Return the tax.' tax.py
	assert_all_said
}

@test "guides: testing.md" {
	need curl jq
	mock_with testing
	run_guide docs/testing.md 9
	# What was replayed is what only the other server says.
	assert_file second 'Good morning.'
}

@test "guides: SECURITY.md" {
	need jq
	DMR_HOST=http://127.0.0.1:1 run_guide SECURITY.md 1
	jq -e '.[-1].content | contains("The cat sat on the mat.")' \
		"$BATS_TEST_TMPDIR/stdout"
}

@test "guides: CONTRIBUTING.md" {
	need make
	run_guide CONTRIBUTING.md 2
	grep -q '^ok 1 contract: a full device is exit 23' "$BATS_TEST_TMPDIR/stdout"
}

# The commands of the job.
job() { sed -n 's/^ *- run: //p' review.yml; }

# Runs it where the change has been committed.
run_job() {
	job >steps
	(($(grep -c dmr- steps) == 3))
	try -0 env GITHUB_BASE_REF=main bash -eo pipefail steps
}

@test "guides: examples.md: the job of CI runs, with a server and without" {
	need git jq
	blocks "$top/docs/examples.md" 'yaml .github/workflows/review.yml' >review.yml
	printf 'def price(name):\n    """Look it up."""\n    return 2\n' >shop.py
	git update-ref refs/remotes/origin/main HEAD
	git commit -q -a -m 'a price'
	mock_with ci
	run_job
	jq -e '.runs[0].results[0].level == "error"' review.sarif
	assert_all_said
	cd "$place"
	export DMR_HOST=http://127.0.0.1:1
	run_job
	jq -e '.runs[0].invocations[0].executionSuccessful == false' review.sarif
	# What is undocumented fails, and so does a secret.
	printf 'def tax():\n    return 2\ndef all():\n    return 3\n' >>shop.py
	git commit -q -a -m 'taxes'
	job >steps
	try -123 env GITHUB_BASE_REF=main bash -eo pipefail steps
	[[ $output == *"function 'tax' has no documentation"* ]]
	git add token.py && git rm -q shop.py && git commit -q -m 'a key'
	try -1 env GITHUB_BASE_REF=main bash -eo pipefail steps
	[[ $output == *'AWS access key'* ]]
}

# What runs the blocks of pages: here, or with so many blocks elsewhere.
runs() { # PAGE
	case $1 in
	README.md) echo tests/readme.bats 8 ;;
	docs/from-llm.md) echo tests/from-llm.bats 13 ;;
	docs/scale.md) echo tests/wide/scale 4 ;;
	docs/troubleshooting.md) echo tests/readme.bats 10 ;;
	docs/DESIGN.md | docs/README.md | CHANGELOG.md) echo none 0 ;;
	*) echo tests/guides.bats ;;
	esac
}

@test "guides: no block of any page is left out" {
	local page file wanted n

	cd "$top"
	for page in *.md docs/*.md; do
		read -r file wanted < <(runs "$page")
		n=$(fenced "$page" | tr -cd '\0' | wc -c)
		n=$((n / 2))
		echo "$page: $n, $file"
		((n == $(grep -c '^```' "$page") / 2))
		if [[ $file == tests/guides.bats ]]; then
			grep -q "run_guide $page $n$" "$file"
		else
			((n == wanted))
			((n == 0)) || grep -qF "${page#docs/}" "$file"
		fi
	done
}

@test "guides: examples.md has 25 pipelines and more" {
	(($(blocks "$top/docs/examples.md" console | session |
		grep -zc 'dmr-') >= 25))
}

@test "guides: each has fewer than 200 lines, and stands in docs/README.md" {
	local page

	cd "$top/docs"
	for page in *.md; do
		[[ $page == README.md ]] || grep -qF "]($page)" README.md
		[[ $page == DESIGN.md || $page == from-llm.md ]] ||
			(($(wc -l <"$page") < 200))
	done
}

@test "guides: the files and headings they link to are there" {
	local page link file n=0

	cd "$top"
	for page in *.md docs/*.md; do
		while IFS= read -r link; do
			n=$((n + 1))
			[[ $link != http* ]] || continue
			file=$(dirname "$page")/${link%%#*}
			[[ ${link%%#*} ]] || file=$page
			[[ -e $file ]] || {
				echo "$page: no $link"
				return 1
			}
			[[ $link != *'#'* ]] || sed -n 's/^##* //p' "$file" |
				tr 'A-Z ' 'a-z-' | grep -qx "${link#*#}"
		done < <(grep -oh '](\([^)]*\))' "$page" | sed 's/^](//; s/)$//')
	done
	((n > 60))
}

@test "guides: the stubs refuse what the real commands do" {
	export STUB_LOG=$BATS_TEST_TMPDIR/stubs
	try -125 "$tests/stubs/docker" model fetch ai/smollm2
	try -125 "$tests/stubs/docker" model pull
	try -125 "$tests/stubs/docker" model install-runner --gpu fast
	try -125 "$tests/stubs/docker" desktop enable model-runner --tcp yes
	try -1 "$tests/stubs/sudo" apt-get remove docker-model-plugin
	try -0 "$tests/stubs/docker" model pull hf.co/a/B-GGUF:Q4_K_M
	assert_file "$STUB_LOG" - <<-'EOT'
		docker model fetch ai/smollm2
		docker model pull
		docker model install-runner --gpu fast
		docker desktop enable model-runner --tcp yes
		sudo apt-get remove docker-model-plugin
		docker model pull hf.co/a/B-GGUF:Q4_K_M
	EOT
}
