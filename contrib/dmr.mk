# dmr.mk - goals for the makefile of another project:
#
#     include /path/to/dmr-tools/contrib/dmr.mk
#
# dmr-review reviews what this folder has and DMR_BASE has not, what is not yet
# committed included; a new file that git does not know is named.
#
#     make dmr-review DMR_BASE=main DMR_REVIEW_FLAGS='--min-severity medium'

# The first of these that there is; a commit, a branch, a tag.
DMR_BASE = @{upstream} origin/HEAD HEAD
DMR_REVIEW = dmr-review
DMR_REVIEW_FLAGS =

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

.PHONY: dmr-review
