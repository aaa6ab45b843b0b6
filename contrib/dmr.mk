# dmr.mk - goals for the makefile of another project:
#
#     include /path/to/dmr-tools/contrib/dmr.mk
#
# Variables can be set before or behind that line, and on the command line.
#
# dmr-docs documents what has no documentation, in the sources that git knows;
# dmr-docs-check lists it, asks no model, and fails if there is any.
#
#     make dmr-docs DMR_DOCS_FILES="'src/*.py'" DMR_DOCS_FLAGS=--all
#
# dmr-review reviews what this folder has and DMR_BASE has not, what is not yet
# committed included; a new file that git does not know is named.
#
#     make dmr-review DMR_BASE=main DMR_REVIEW_FLAGS='--min-severity medium'
#
# dmr-reqs makes requirements of an idea, unless they are there already, and
# checks them.
#
#     make dmr-reqs DMR_REQS_IDEA=shop.txt DMR_REQS_FILE=shop.md
#
# dmr-ui-check fails if a picture of a screen does not show what the text file of
# the same name says.
#
#     make dmr-ui-check DMR_UI_SHOTS='login.png saved.png'
#
# A file NAME.md is made of NAME.prompt, a template, and only of a whole answer.
#
#     summary.md: DMR_CHAT_FLAGS = -f notes.txt

DMR_DOCSTRING ?= dmr-docstring
# What git calls pathspecs, as a shell is to see them.
DMR_DOCS_FILES ?= '*.py' '*.pyi' '*.pyw' '*.js' '*.mjs' '*.cjs' '*.jsx' '*.ts' \
    '*.mts' '*.cts' '*.tsx' '*.go' '*.rs' '*.c' '*.h' '*.java' '*.sh' '*.bash'
DMR_DOCS_FLAGS ?=

# The first of these that there is; a commit, a branch, a tag.
DMR_BASE ?= @{upstream} origin/HEAD HEAD
DMR_REVIEW ?= dmr-review
DMR_REVIEW_FLAGS ?=

DMR_REQS ?= dmr-reqs
DMR_REQS_IDEA ?= idea.txt
# JSON, or Markdown if it ends in .md.
DMR_REQS_FILE ?= requirements.json
DMR_REQS_FLAGS ?=
DMR_REQS_CHECK_FLAGS ?=

DMR_CHAT ?= dmr-chat
DMR_CHAT_FLAGS ?=
DMR_UI_SHOTS ?= $(wildcard screenshots/*.png)
DMR_UI_FLAGS ?=

# What is made without a goal is the other makefile's affair.
dmr-default-goal := $(.DEFAULT_GOAL)

# As one word of a shell; a path as one that is no option and no name.
dmr-quote = '$(subst ','\'',$1)'
dmr-path = $(call dmr-quote,$(if $(filter /%,$1),$1,./$1))

# The words of a command, "--", and files: of these the regular ones go along.
dmr-of-files = git rev-parse --git-dir >/dev/null && \
	git ls-files -z -- $(DMR_DOCS_FILES) | xargs -0 sh -c ' \
	files= found=; \
	for word; do \
		shift; \
		if [ "$$files" ]; then \
			[ -f "$$word" ] && [ ! -L "$$word" ] || continue; \
			found=1; \
		fi; \
		[ "$$word" != -- ] || files=1; \
		set -- "$$@" "$$word"; \
	done; \
	[ "$$found" ] || { \
		echo "$@: git knows no such file here" >&2; \
		exit 0; }; \
	exec "$$@"' sh

dmr-docs:
	@$(dmr-of-files) $(DMR_DOCSTRING) --in-place $(DMR_DOCS_FLAGS) --

dmr-docs-check:
	@$(dmr-of-files) $(DMR_DOCSTRING) --check $(DMR_DOCS_FLAGS) --

# A name is no part of the recipe: it may hold whatever a shell knows.
dmr-review: export DMR_BASE := $(DMR_BASE)
dmr-review:
	@set -f; for name in $$DMR_BASE; do \
		base=$$(git merge-base HEAD "$$name" 2>/dev/null) && break; \
	done; \
	[ "$$base" ] || { \
		printf 'dmr-review: no such commit: %s\n' "$$DMR_BASE" >&2; \
		exit 2; }; \
	change=$$(mktemp) || exit; \
	trap 'rm -f "$$change"' EXIT; \
	trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM; \
	git ls-files --others --exclude-standard | \
		sed 's/^/dmr-review: not reviewed, as git does not know it: /' \
		>&2; \
	git diff --no-color --no-ext-diff --no-textconv --relative \
		--submodule=short --src-prefix=a/ --dst-prefix=b/ --unified=8 \
		"$$base" >"$$change" && \
	$(DMR_REVIEW) --root . $(DMR_REVIEW_FLAGS) <"$$change"

dmr-reqs:
	@[ -e $(call dmr-path,$(DMR_REQS_FILE)) ] || \
		$(DMR_REQS) $(if $(filter %.md,$(DMR_REQS_FILE)),-F markdown) \
		$(DMR_REQS_FLAGS) -o $(call dmr-path,$(DMR_REQS_FILE)) \
		<$(call dmr-path,$(DMR_REQS_IDEA))
	@$(DMR_REQS) --check $(DMR_REQS_CHECK_FLAGS) -- \
		$(call dmr-path,$(DMR_REQS_FILE))

# All pictures are looked at, whatever the first one shows.
dmr-ui-check:
	@set -- $(foreach shot,$(DMR_UI_SHOTS),$(call dmr-path,$(shot))); \
	[ $$# -gt 0 ] || { echo '$@: no pictures in DMR_UI_SHOTS' >&2; exit 2; }; \
	bad=0; \
	for shot; do \
		expected=$$(cat "$${shot%.*}.txt"); \
		[ "$$expected" ] || { \
			echo "$@: $$shot: $${shot%.*}.txt does not say what" \
				"is expected" >&2; \
			bad=1; \
			continue; }; \
		$(DMR_CHAT) -n -t ui-verify -a "$$shot" --assert .pass \
			$(DMR_UI_FLAGS) -- "$$expected"; \
		case $$? in \
		0) continue ;; \
		1) echo "$@: $$shot: not what is expected" >&2 ;; \
		*) echo "$@: $$shot: not checked" >&2 ;; \
		esac; \
		bad=1; \
	done; \
	exit $$bad

%.md: %.prompt
	$(DMR_CHAT) -n -t $(call dmr-path,$<) $(DMR_CHAT_FLAGS) \
		-o $(call dmr-path,$@)

.PHONY: dmr-docs dmr-docs-check dmr-review dmr-reqs dmr-ui-check
.DEFAULT_GOAL := $(dmr-default-goal)
