/* reqs_markdown_test - a document survives Markdown; people may edit that. */
#include "../../tools/dmr-reqs/document_markdown.h"
#include "mem.h"
#include "reqs_random.h"
#include "tap.h"

enum { ROUNDS = 2000, SPOILT = 4 };

/* --- what was written is read --- */

static const struct kind *different_kind;
static const struct member *different_member;

/* The first member that is not the same, down to the last level. */
static void
find_difference(const struct kind *kind, const void *a, const void *b)
{
	for (const struct member *m = kind->members; m->name; m++) {
		const struct list *x = member_of(m, a), *y = member_of(m, b);
		struct member pair[2] = { *m, { .name = NULL } };
		struct kind one = { .members = pair };

		if (thing_equal(&one, a, b))
			continue;
		different_kind = kind;
		different_member = m;
		if (m->kind < MEMBER_WORD) {
			tap_show("got", text_str(member_of(m, b)));
			tap_show("wanted", text_str(member_of(m, a)));
		}
		for (size_t i = 0; m->things && i < x->n && i < y->n; i++)
			find_difference(m->things, list_at(x, m->things, i),
			    list_at(y, m->things, i));
		return;
	}
}

static void
check_document(const struct document *d)
{
	struct buf text = { 0 }, again = { 0 };
	struct document got = { 0 };
	struct err e = ERR_NONE;
	char *copy;
	bool same;

	document_write_markdown(d, &text);
	copy = tap_copy(buf_str(&text));
	same = !document_read_markdown(
		   &got, (struct str){ copy, text.len }, &e) &&
	    thing_equal(&document_kind, d, &got);
	free(copy);
	if (!tap_case(same, "a document")) {
		different_kind = NULL;
		find_difference(&document_kind, d, &got);
		tap_note("%s", e.text);
		if (different_kind)
			tap_note("%s: %s", different_kind->name,
			    different_member->name);
		tap_show("Markdown", buf_str(&text));
	}
	if (same) {
		document_write_markdown(&got, &again);
		tap_case(str_equal(buf_str(&text), buf_str(&again)),
		    "a second time it is the same text");
	}
	document_done(&got);
	buf_done(&text);
	buf_done(&again);
}

static void
test_survival(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct document d = { 0 };

		reqs_random(&d, (uint64_t)i);
		check_document(&d);
		document_done(&d);
	}
	tap_all("a random document survives Markdown");
}

/* --- what is written --- */

static const char whole[] =
    "# Shop\n"
    "\n"
    "People sell and buy bikes.\n"
    "\n"
    "> a shop\\\n"
    "> for bikes\n"
    ">\n"
    "> used ones\n"
    "\n"
    "## Functional requirements\n"
    "\n"
    "### FR-001\n"
    "\n"
    "When I ask, the shop shall list bikes.\n"
    "\n"
    "- **Priority:** must\n"
    "- **Pattern:** event\n"
    "- **Rationale:** People want to see them.\n"
    "- **Acceptance:**\n"
    "  1. **Given** a bike **When** I ask **Then** I see it\n"
    "  2. **Given** none **Then** I am told\n"
    "- **Stories:** US-001, US-002\n"
    "\n"
    "### FR-002\n"
    "\n"
    "The shop shall sell `bikes`.\n"
    "\n"
    "## Non-functional requirements\n"
    "\n"
    "### NFR-001\n"
    "\n"
    "Lists shall come soon.\n"
    "\n"
    "- **Category:** performance\n"
    "- **Metric:** p95 latency < 200 ms\n"
    "- **Verification:** test\n"
    "\n"
    "## User stories\n"
    "\n"
    "### US-001\n"
    "\n"
    "**As a** buyer **I want** a list **so that** I can choose\n"
    "\n"
    "- **Priority:** must\n"
    "- **Acceptance:**\n"
    "  1. **When** I ask **Then** there is a list\n"
    "\n"
    "## Suggested architecture\n"
    "\n"
    "Two parts.\n"
    "\n"
    "```mermaid\n"
    "flowchart TD\n"
    "    c1[\"Shop\"]\n"
    "    c2[\"Store #34;a#34;\"]\n"
    "    c1 --> c2\n"
    "    c1 -.-> x4[\"Stripe\"]\n"
    "    c2 -.-> x4\n"
    "```\n"
    "\n"
    "### Components\n"
    "\n"
    "- **Shop:** sells\n"
    "  - **Depends on:**\n"
    "    - Store \"a\"\n"
    "    - Stripe\n"
    "- **Store \"a\":** keeps\n"
    "  - **Depends on:** Stripe\n"
    "\n"
    "### Data\n"
    "\n"
    "- bikes\n"
    "\n"
    "### Interfaces\n"
    "\n"
    "- HTTP\n"
    "\n"
    "### Decisions\n"
    "\n"
    "- **SQLite:** It is small.\n"
    "  - **Alternatives:** PostgreSQL, files\n"
    "\n"
    "### Risks\n"
    "\n"
    "- Nobody comes.\n"
    "\n"
    "## Assumptions\n"
    "\n"
    "- There are bikes.\n"
    "\n"
    "## Open questions\n"
    "\n"
    "### Q-001\n"
    "\n"
    "Which country?\n"
    "\n"
    "- **Options:**\n"
    "  - Chad\n"
    "  - another, later\n"
    "- **Recommended:** Chad\n"
    "- **Why:** We live there.\n"
    "- **Answer:** Chad\n"
    "\n"
    "## Out of scope\n"
    "\n"
    "- Repairs\n"
    "\n"
    "## Glossary\n"
    "\n"
    "- **Bike:** has two wheels\n"
    "\n"
    "## Traceability\n"
    "\n"
    "*Made of the sections above; what is written here is not read.*\n"
    "\n"
    "| Requirement | User stories | Acceptance criteria |\n"
    "| --- | --- | ---: |\n"
    "| [FR-001](#fr-001) | [US-001](#us-001), [US-002](#us-002) | 2 |\n"
    "| [FR-002](#fr-002) | | 0 |\n"
    "\n"
    "## Meta\n"
    "\n"
    "- **Schema version:** 1\n"
    "- **Model:** ai/smollm2\n"
    "- **Input SHA-256:** 00ff\n"
    "- **Retired:** FR-009\n"
    "\n"
    "### Incomplete\n"
    "\n"
    "- architecture\n"
    "\n"
    "### Changes\n"
    "\n"
    "- **FR-002:** It was asked for.\n"
    "  - **What:** added\n"
    "\n"
    "### Findings\n"
    "\n"
    "- **R05:** FR-002\n"
    "  - **Message:** no acceptance criterion\n"
    "\n"
    "### Generated\n"
    "\n"
    "- **FR-001:** 00ff\n";

/* What is read of it, written; or the error. */
static void
rewrite(struct str in, struct buf *out)
{
	struct document d = { 0 };
	struct err e = ERR_NONE;
	char *copy = tap_copy(in);

	buf_clear(out);
	if (document_read_markdown(&d, (struct str){ copy, in.len }, &e))
		buf_add_format(out, "%d %s", (int)e.status, e.text);
	else
		document_write_markdown(&d, out);
	free(copy);
	document_done(&d);
}

static void
test_whole(void)
{
	struct buf out = { 0 }, crlf = { 0 };

	rewrite(STR(whole), &out);
	tap_is(buf_str(&out), whole, "a document that has everything");
	for (const char *p = whole; *p; p++) {
		buf_add_text(&crlf, p == whole ? "\xef\xbb\xbf" : "");
		buf_add_text(&crlf, *p == '\n' ? "\r" : "");
		if (p[1])
			buf_add_char(&crlf, *p);
	}
	rewrite(buf_str(&crlf), &out);
	tap_is(buf_str(&out), whole, "with a BOM, CRLF, and no line end");
	buf_done(&out);
	buf_done(&crlf);
}

/* --- what people write --- */

#define FR "## Functional requirements\n\n"
#define STORIES "## User stories\n\n"
#define TRACES(row) \
	"\n## Traceability\n\n" \
	"*Made of the sections above; what is written here is not read.*\n\n" \
	"| Requirement | User stories | Acceptance criteria |\n" \
	"| --- | --- | ---: |\n" row
#define ROW(id, n) "| [FR-" id "](#fr-" id ") | | " n " |\n"
#define ARCHITECTURE "## Suggested architecture\n\n"

static const struct {
	const char *name, *in, *want;
} edits[] = {
	{ "nothing", "", "" },
	{ "a title, underlined, a summary in lines and a rule",
	    "A\n=\n\nb\nc\n\n* * *\n\nd\n", "# A\n\nb c\n\nd\n" },
	{ "sections of a text", "## Summary\n\na\n\n## Idea\n\n> b\n\nc\n",
	    "a\n\n> b\n>\n> c\n" },
	{ "asterisks, case, colons here and there",
	    "## functional Requirements\n### FR-001\na\n* __priority__: MUST\n"
	    "* Rationale: b: c\n* **Pattern** event\n",
	    FR "### FR-001\n\na\n\n- **Priority:** must\n"
	       "- **Pattern:** event\n- **Rationale:** b: c\n" TRACES(
		   ROW("001", "0")) },
	{ "criteria without a label, their lines wrapped",
	    FR "### FR-001\n\n1. **given** a\n   **When:** b\n2) **Then** c\n"
	       "\n- **When** d\n",
	    FR "### FR-001\n\n- **Acceptance:**\n  1. **Given** a **When** b\n"
	       "  2. **Then** c\n  3. **When** d\n" TRACES(ROW("001", "3")) },
	{ "what is new gets the next id, never one that was used",
	    FR "### New\n\na\n\n### FR-003\n\n###\n\nb\n\n### c\n\n"
	       "### FR-002: d\n\n## Meta\n\n- Retired: FR-007, US-9\n",
	    FR "### FR-008\n\na\n\n### FR-003\n\n### FR-009\n\nb\n\n"
	       "### FR-010\n\nc\n\n### FR-002\n\nd\n" TRACES(
		   ROW("008", "0") ROW("003", "0") ROW("009", "0")
		       ROW("010", "0") ROW("002", "0")) "\n## Meta\n\n"
							"- **Retired:** FR-007,"
							" US-9\n" },
	{ "an id of another form", FR "### New\n\n- **Id:** a.b\n",
	    FR "### New\n\n- **Id:** a.b\n" TRACES("| a.b | | 0 |\n") },
	{ "ids as links, code and in asterisks",
	    FR "### FR-001\n- Stories: [US-001](#us-001), `US-002`, **US-003**"
	       "\n\n### FR-002\n- Stories:\n  - [US-001](#us-001)\n"
	       "\n### New\n- Id: [a.b](#x)\n",
	    FR "### FR-001\n\n- **Stories:** US-001, US-002, US-003\n\n"
	       "### FR-002\n\n- **Stories:** US-001\n\n"
	       "### New\n\n- **Id:** a.b\n"
	       "\n## Traceability\n\n"
	       "*Made of the sections above; what is written here is not "
	       "read.*\n\n"
	       "| Requirement | User stories | Acceptance criteria |\n"
	       "| --- | --- | ---: |\n"
	       "| [FR-001](#fr-001) | [US-001](#us-001), [US-002](#us-002), "
	       "[US-003](#us-003) | 0 |\n"
	       "| [FR-002](#fr-002) | [US-001](#us-001) | 0 |\n"
	       "| a.b | | 0 |\n" },
	{ "text below the attributes",
	    FR "### FR-001\n\n- Priority: must\n\na\n",
	    FR "### FR-001\n\na\n\n- **Priority:** must\n" TRACES(
		ROW("001", "0")) },
	{ "stories as they are told",
	    STORIES
	    "### US-001\n\n**As an** owner **I want to** sell **So that** I "
	    "live\n\n### US-002\n\nAs an owner, I want a list,\nso that I can "
	    "choose\n\n### US-003\n\nAs a buyer\nI want bikes\nSo that I ride"
	    "\n\n### US-004\n\n**As the** owner **I want** bikes\n",
	    STORIES
	    "### US-001\n\n**As a** owner **I want** to sell **so that** I "
	    "live\n\n### US-002\n\n**As a** owner **I want** a list **so "
	    "that** I can choose\n\n### US-003\n\n**As a** buyer **I want** "
	    "bikes **so that** I ride\n\n### US-004\n\n**As a** the owner "
	    "**I want** bikes\n" },
	{ "criteria without asterisks, won't, other lists and lines",
	    "Functional requirements\r\n---\r\n\r\n### FR-001\r\n\r\n"
	    "* Priority: won't\r\n* Pattern: **Event**\r\n* Acceptance:\r\n"
	    "  1) Given a bike, When I ask\r\n     Then I see it\r\n"
	    "  2) When I go, Then it ends\r\n\r\n### FR-002\r\n\r\n"
	    "* Priority: Won\xe2\x80\x99t\r\n",
	    FR "### FR-001\n\n- **Priority:** wont\n- **Pattern:** event\n"
	       "- **Acceptance:**\n  1. **Given** a bike **When** I ask "
	       "**Then** I see it\n  2. **When** I go **Then** it ends\n\n"
	       "### FR-002\n\n- **Priority:** wont\n" TRACES(
		   ROW("001", "2") ROW("002", "0")) },
	{ "a metric as it is typed",
	    "## Non-functional requirements\n### NFR-001\n"
	    "- Metric: uptime \xe2\x89\xa5"
	    "99.9%\n",
	    "## Non-functional requirements\n\n### NFR-001\n\n"
	    "- **Metric:** uptime >= 99.9 %\n" },
	{ "a metric by its parts",
	    "## Non-functional requirements\n### NFR-001\n"
	    "- Metric:\n  - Name: a\n  - Unit: b\n",
	    "## Non-functional requirements\n\n### NFR-001\n\n"
	    "- **Metric:**\n  - **Name:** a\n  - **Unit:** b\n" },
	{ "components in short",
	    ARCHITECTURE "### Components\n- A: b\n- C\n- **D** e\n"
			 "  * depends on: A, C\n",
	    ARCHITECTURE "```mermaid\nflowchart TD\n    c1[\"A\"]\n"
			 "    c2[\"C\"]\n    c3[\"D\"]\n    c3 --> c1\n"
			 "    c3 --> c2\n```\n\n### Components\n\n- **A:** b\n"
			 "- **C:**\n- **D:** e\n  - **Depends on:** A, C\n" },
	{ "sections in another order, one of them twice",
	    "## Out of scope\n- a\n## Assumptions\n1. b\n## Out of scope\n- c\n",
	    "## Assumptions\n\n- b\n\n## Out of scope\n\n- a\n- c\n" },
	{ "paragraphs in an item", "## Assumptions\n- a\n\n  b\n",
	    "## Assumptions\n\n- a&#10;&#10;b\n" },
	{ "the table of traces is not read",
	    "## Traceability\n\n### x\n\n- y\n\n## Assumptions\n\n- a\n",
	    "## Assumptions\n\n- a\n" },
	/* What is not understood. */
	{ "a section", "# a\n\n## b\n", "26 line 3: no section is called 'b'" },
	{ "a second title", "# a\n\n# b\n",
	    "26 line 3: what it says is there twice" },
	{ "a paragraph before the items", FR "a\n",
	    "26 line 3: paragraph does not belong here" },
	{ "a paragraph in a section of lists", "## Assumptions\n\na\n",
	    "26 line 3: paragraph does not belong here" },
	{ "a heading too deep", FR "### FR-001\n\n#### a\n",
	    "26 line 5: a heading of level 4 does not belong here" },
	{ "a label", FR "### FR-001\n\n- **Color:** red\n",
	    "26 line 5: no 'Color' is known in: functional requirement" },
	{ "no label", FR "### FR-001\n\n- red\n",
	    "26 line 5: an item has no label" },
	{ "a word", FR "### FR-001\n- Priority: high\n",
	    "26 line 4: Priority: 'high' is none of must, should, could, wont" },
	{ "an attribute twice",
	    FR "### FR-001\n- Priority: must\n"
	       "- Priority: must\n",
	    "26 line 5: what it says is there twice" },
	{ "a list below a text", FR "### FR-001\n- Rationale: a\n  - b\n",
	    "26 line 5: list does not belong here" },
	{ "a story that is none", "## User stories\n### US-001\na\n",
	    "26 line 3: it does not begin with **As a**: user story" },
	{ "a story that wants twice",
	    STORIES "### US-001\n\nAs a buyer I want what I want\n",
	    "26 line 5: it does not begin with **As a**: user story" },
	{ "a story without a wish",
	    STORIES "### US-001\n\nAs a buyer, I like bikes\n",
	    "26 line 5: it does not begin with **As a**: user story" },
	{ "a criterion whose small words may be parts",
	    FR "### FR-001\n- Acceptance:\n  1. Given a, when b, Then c\n",
	    "26 line 5: it does not begin with **Given**: acceptance "
	    "criterion" },
	{ "a story with a title", "## User stories\n### US-001: a\n",
	    "26 line 2: no place for 'a'" },
	{ "a metric",
	    "## Non-functional requirements\n### NFR-001\n"
	    "- Metric: fast\n",
	    "26 line 3: no NAME, one of < <= = >= >, NUMBER and UNIT: 'fast'" },
	{ "a metric with a number that JSON has not",
	    "## Non-functional requirements\n### NFR-001\n"
	    "- Metric: a < 1,000 ms\n",
	    "26 line 3: no NAME, one of < <= = >= >, NUMBER and UNIT: "
	    "'a < 1,000 ms'" },
	{ "a number", "## Meta\n- Schema version: one\n",
	    "26 line 2: Schema version is no number: 'one'" },
	{ "an id", FR "###\n- Id: a b\n",
	    "26 line 4: 'a b' is no id: at most 64 letters, digits, '.', '_' and '-'" },
	{ "an id that is too long, and is quoted in part",
	    FR "### FR-0123456789012345678901234567890123456789"
	       "0123456789012345678901234567890\n",
	    "26 line 3: 'FR-012345678901234567890123456789012345678901234567890"
	    "123456' is no id: at most 64 letters, digits, '.', '_' and '-'" },
	{ "one of several ids", FR "### FR-001\n- Stories: US-001, a b\n",
	    "26 line 4: 'a b' is no id: at most 64 letters, digits, '.', '_' and '-'" },
	{ "an id in a list", FR "### FR-001\n- Stories:\n  - US 1\n",
	    "26 line 5: 'US 1' is no id: at most 64 letters, digits, '.', '_' and '-'" },
	{ "code", "# a\n\n```\nb\n```\n",
	    "26 line 3: code does not belong here" },
	{ "a comment", "<!-- a -->\n", "26 line 1: HTML does not belong here" },
	{ "a quote", FR "### FR-001\n> a\n",
	    "26 line 4: quote does not belong here" },
	{ "architecture twice", ARCHITECTURE "a\n\n" ARCHITECTURE "b\n",
	    "26 line 5: what it says is there twice" },
};

static void
test_edits(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < countof(edits); i++) {
		rewrite(str_of(edits[i].in), &out);
		tap_is(buf_str(&out), edits[i].want, edits[i].name);
	}
	buf_done(&out);
}

/* --- ids --- */

#define UNCLEAR(heading) \
	"26 line 3: cannot tell the id in '" heading \
	"': write it as FR-001, at the start"

/* A heading, and "ID|text", or the error. */
static const struct {
	const char *heading, *want;
} headings[] = {
	{ "FR-004", "FR-004|" },
	{ "**FR-004**", "FR-004|" },
	{ "__FR-004__ words", "FR-004|words" },
	{ "*FR-004*", "FR-004|" },
	{ "`FR-004`", "FR-004|" },
	{ "**`FR-004`**: words", "FR-004|words" },
	{ "**FR-004:** words", "FR-004|words" },
	{ "**FR-004: words**", "FR-004|words" },
	{ "fr-004 words", "FR-004|words" },
	{ "Fr-4", "FR-4|" },
	{ "[FR-004](#x)", "FR-004|" },
	{ "[FR-004](#x) words", "FR-004|words" },
	{ "[FR-004] words", "FR-004|words" },
	{ "(FR-004) words", "FR-004|words" },
	{ "FR-004:", "FR-004|" },
	{ "FR-004:words", "FR-004|words" },
	{ "FR-004. words", "FR-004|words" },
	{ "FR-004) words", "FR-004|words" },
	{ "FR-004 - words", "FR-004|words" },
	{ "FR-004 | words", "FR-004|words" },
	{ "FR-004 \xe2\x80\x93 words", "FR-004|words" },
	{ "FR-004 \xe2\x80\x94 words", "FR-004|words" },
	{ "FR-004\xe2\x80\x94words", "FR-004|words" },
	{ "FR\xe2\x80\x91"
	  "004",
	    "FR-004|" },
	{ "FR\xe2\x80\x93"
	  "004 words",
	    "FR-004|words" },
	{ "FR\\-004", "FR-004|" },
	{ "FR-004 ###", "FR-004|" },
	{ "FR-004 -5 degrees", "FR-004|-5 degrees" },
	{ "PERF-12 words", "PERF-12|words" },
	{ "**PERF-12** words", "PERF-12|words" },
	/* No id at all: the next one. */
	{ "words", "FR-001|words" },
	{ "new", "FR-001|" },
	{ "**words** and `more`", "FR-001|**words** and `more`" },
	{ "utf-8 words", "FR-001|utf-8 words" },
	{ "from 1 to 5", "FR-001|from 1 to 5" },
	/* What looks like one. */
	{ "FR001", UNCLEAR("FR001") },
	{ "FR 001 words", UNCLEAR("FR 001 words") },
	{ "FR_001", UNCLEAR("FR_001") },
	{ "**fr.1**", UNCLEAR("**fr.1**") },
	{ "FR - 001", UNCLEAR("FR - 001") },
	{ "FR-004a", UNCLEAR("FR-004a") },
	{ "FR-004.1", UNCLEAR("FR-004.1") },
	{ "FR-004-b", UNCLEAR("FR-004-b") },
	{ "FR-004_1", UNCLEAR("FR-004_1") },
	{ "FR-004, FR-005", UNCLEAR("FR-004, FR-005") },
	{ "FR-004/FR-005", UNCLEAR("FR-004/FR-005") },
	{ "FR-004 - FR-005", UNCLEAR("FR-004 - FR-005") },
	{ "`FR-004 words`", UNCLEAR("`FR-004 words`") },
	{ "**FR-004: a** and **b**", UNCLEAR("**FR-004: a** and **b**") },
	{ "~~FR-004~~", UNCLEAR("~~FR-004~~") },
	{ "1. FR-004 words", UNCLEAR("1. FR-004 words") },
	{ "words (fr-004)", UNCLEAR("words (fr-004)") },
	{ "<b>FR-004</b>", UNCLEAR("<b>FR-004</b>") },
};

static void
test_headings(void)
{
	struct buf in = { 0 }, said = { 0 };

	for (size_t i = 0; i < countof(headings); i++) {
		struct document d = { 0 };
		struct err e = ERR_NONE;
		const struct requirement *r;

		buf_clear(&in);
		buf_clear(&said);
		buf_add_format(&in, FR "### %s\n", headings[i].heading);
		if (document_read_markdown(&d, buf_str(&in), &e)) {
			buf_add_format(&said, "%d %s", (int)e.status, e.text);
		} else {
			r = list_at(&d.functional, &requirement_kind, 0);
			buf_add_format(&said, "%.*s|%.*s",
			    STR_ARGS(text_str(&r->id)),
			    STR_ARGS(text_str(&r->text)));
		}
		tap_is(buf_str(&said), headings[i].want, headings[i].heading);
		document_done(&d);
	}
	buf_done(&in);
	buf_done(&said);
}

/* --- places --- */

static void
test_places(void)
{
	struct document d = { 0 };
	struct err e = ERR_NONE;
	const struct requirement *r;
	const struct criterion *c;

	document_read_markdown(&d, STR(whole), &e);
	r = list_at(&d.functional, &requirement_kind, 0);
	c = list_at(&r->acceptance, &criterion_kind, 0);
	tap_is((struct str){ whole + r->text.at, r->text.end - r->text.at },
	    "When I ask, the shop shall list bikes.", "a text's bytes");
	tap_is((struct str){ whole + r->id.at, r->id.end - r->id.at },
	    "### FR-001", "an id's bytes are those of its heading");
	tap_is((struct str){ whole + c->then.at, c->then.end - c->then.at },
	    "**Given** a bike **When** I ask **Then** I see it",
	    "a criterion's are those of all of it");
	document_done(&d);
}

/* --- spoilt texts --- */

/* Change, drop, double or move a few bytes. */
static void
damage(struct buf *text)
{
	static const char bytes[] = "#*->`|\n\n \t0123.:_[]()<&\\\"\r\xff";

	for (uint32_t n = 1 + draw_below(6); n && text->len; n--) {
		uint32_t at = draw_below((uint32_t)text->len);
		size_t length = draw_below(20);

		if (draw_below(2)) {
			text->data[at] = bytes[draw_below(sizeof bytes)];
			continue;
		}
		length = length < text->len - at ? length : text->len - at;
		memmove(text->data + at, text->data + at + length,
		    text->len - at - length);
		text->len -= length;
	}
}

/* Nothing breaks, and what is read of it survives. */
static void
test_spoilt(void)
{
	struct buf text = { 0 };

	for (int i = 0; i < ROUNDS * SPOILT; i++) {
		struct document d = { 0 };
		struct err e = ERR_NONE;
		char *copy;

		buf_clear(&text);
		if (i % SPOILT)
			buf_add_text(&text, whole);
		else
			for (uint32_t n = draw_below(60); n; n--)
				buf_add_text(&text, DRAW_OF(reqs_scraps));
		damage(&text);
		copy = tap_copy(buf_str(&text));
		if (!document_read_markdown(
			&d, (struct str){ copy, text.len }, &e))
			check_document(&d);
		else
			tap_case(e.status == ST_INPUT &&
				str_starts(str_of(e.text), "line ") &&
				thing_equal(&document_kind, &d,
				    &(struct document){ 0 }),
			    "%s", e.text);
		free(copy);
		document_done(&d);
	}
	tap_all("a spoilt text is read or refused");
	buf_done(&text);
}

int
main(void)
{
	test_survival();
	test_whole();
	test_edits();
	test_headings();
	test_places();
	test_spoilt();
	return tap_done();
}
