/* dmr-reqs: what the things of a document have, name by name. */
#include <stddef.h>

#include "document.h"

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)
#define TEXT(type, member, label) \
	{ #member, label, MEMBER_TEXT, AT(type, member), NULL, NULL }
#define ID(type) \
	{ "id", "Id", MEMBER_ID, AT(type, id), NULL, NULL }
#define WORD(type, member, label, words) \
	{ #member, label, MEMBER_WORD, AT(type, member), words, NULL }
#define NUMBER(type, member, label) \
	{ #member, label, MEMBER_NUMBER, AT(type, member), NULL, NULL }
#define TEXTS(type, member, label) \
	{ #member, label, MEMBER_TEXTS, AT(type, member), NULL, NULL }
#define IDS(type, member, label) \
	{ #member, label, MEMBER_IDS, AT(type, member), NULL, NULL }
#define THINGS(type, member, name, label, kind) \
	{ name, label, MEMBER_THINGS, AT(type, member), NULL, &(kind) }
#define THING(type, member, name, label, kind) \
	{ name, label, MEMBER_THING, AT(type, member), NULL, &(kind) }
#define END { NULL, NULL, MEMBER_TEXT, 0, NULL, NULL }

static const char *const priorities[] = { "must", "should", "could", "wont",
	NULL };
static const char *const patterns[] = { "ubiquitous", "event", "state",
	"unwanted", "optional", "complex", NULL };
static const char *const operators[] = { "<", "<=", "=", ">=", ">", NULL };
static const char *const categories[] = { "functional-suitability",
	"performance", "compatibility", "usability", "reliability", "security",
	"maintainability", "portability", NULL };
static const char *const verifications[] = { "test", "analysis", "inspection",
	"demonstration", NULL };
static const char *const changes[] = { "added", "changed", "retired", "kept",
	NULL };

static const struct member criterion_members[] = {
	TEXT(criterion, given, "Given"),
	TEXT(criterion, when, "When"),
	TEXT(criterion, then, "Then"),
	END };
const struct kind criterion_kind = { "acceptance criterion", NULL,
	sizeof(struct criterion), criterion_members };

static const struct member requirement_members[] = {
	ID(requirement),
	TEXT(requirement, text, "Text"),
	WORD(requirement, priority, "Priority", priorities),
	WORD(requirement, pattern, "Pattern", patterns),
	TEXT(requirement, rationale, "Rationale"),
	THINGS(requirement, acceptance, "acceptance", "Acceptance", criterion_kind),
	IDS(requirement, stories, "Stories"),
	END };
const struct kind requirement_kind = { "functional requirement", "FR",
	sizeof(struct requirement), requirement_members };

static const struct member metric_members[] = {
	TEXT(metric, name, "Name"),
	WORD(metric, op, "Is", operators),
	NUMBER(metric, value, "Value"),
	TEXT(metric, unit, "Unit"),
	END };
const struct kind metric_kind = { "metric", NULL, sizeof(struct metric),
	metric_members };

static const struct member quality_members[] = {
	ID(quality),
	WORD(quality, category, "Category", categories),
	TEXT(quality, text, "Text"),
	THING(quality, metric, "metric", "Metric", metric_kind),
	WORD(quality, verification, "Verification", verifications),
	END };
const struct kind quality_kind = { "non-functional requirement", "NFR",
	sizeof(struct quality), quality_members };

static const struct member story_members[] = {
	ID(story),
	TEXT(story, as_a, "As a"),
	TEXT(story, i_want, "I want"),
	TEXT(story, so_that, "so that"),
	WORD(story, priority, "Priority", priorities),
	THINGS(story, acceptance, "acceptance", "Acceptance", criterion_kind),
	END };
const struct kind story_kind = { "user story", "US", sizeof(struct story),
	story_members };

static const struct member component_members[] = {
	TEXT(component, name, "Name"),
	TEXT(component, responsibility, "Responsibility"),
	TEXTS(component, depends_on, "Depends on"),
	END };
const struct kind component_kind = { "component", NULL,
	sizeof(struct component), component_members };

static const struct member decision_members[] = {
	TEXT(decision, choice, "Choice"),
	TEXT(decision, why, "Why"),
	TEXTS(decision, alternatives, "Alternatives"),
	END };
const struct kind decision_kind = { "decision", NULL,
	sizeof(struct decision), decision_members };

static const struct member architecture_members[] = {
	TEXT(architecture, summary, "Summary"),
	THINGS(architecture, components, "components", "Components", component_kind),
	TEXTS(architecture, data, "Data"),
	TEXTS(architecture, interfaces, "Interfaces"),
	THINGS(architecture, decisions, "decisions", "Decisions", decision_kind),
	TEXTS(architecture, risks, "Risks"),
	END };
const struct kind architecture_kind = { "architecture", NULL,
	sizeof(struct architecture), architecture_members };

static const struct member question_members[] = {
	ID(question),
	TEXT(question, question, "Question"),
	TEXTS(question, options, "Options"),
	TEXT(question, recommended, "Recommended"),
	TEXT(question, why, "Why"),
	TEXT(question, answer, "Answer"),
	END };
const struct kind question_kind = { "question", "Q", sizeof(struct question),
	question_members };

static const struct member term_members[] = {
	TEXT(term, term, "Term"),
	TEXT(term, definition, "Definition"),
	END };
const struct kind term_kind = { "term", NULL, sizeof(struct term),
	term_members };

static const struct member change_members[] = {
	TEXT(change, id, "Id"),
	WORD(change, what, "What", changes),
	TEXT(change, why, "Why"),
	END };
const struct kind change_kind = { "change", NULL, sizeof(struct change),
	change_members };

static const struct member remark_members[] = {
	TEXT(remark, rule, "Rule"),
	TEXT(remark, id, "Id"),
	TEXT(remark, message, "Message"),
	END };
const struct kind remark_kind = { "finding", NULL,
	sizeof(struct remark), remark_members };

static const struct member mark_members[] = {
	TEXT(mark, id, "Id"),
	TEXT(mark, sha256, "SHA-256"),
	END };
const struct kind mark_kind = { "mark", NULL, sizeof(struct mark),
	mark_members };

static const struct member meta_members[] = {
	NUMBER(meta, schema_version, "Schema version"),
	TEXT(meta, model, "Model"),
	TEXT(meta, input_sha256, "Input SHA-256"),
	TEXTS(meta, incomplete, "Incomplete"),
	IDS(meta, retired, "Retired"),
	THINGS(meta, changes, "changes", "Changes", change_kind),
	THINGS(meta, findings, "findings", "Findings", remark_kind),
	THINGS(meta, generated, "generated", "Generated", mark_kind),
	END };
const struct kind meta_kind = { "meta", NULL, sizeof(struct meta),
	meta_members };

static const struct member document_members[] = {
	TEXT(document, title, "Title"),
	TEXT(document, summary, "Summary"),
	TEXT(document, idea, "Idea"),
	THINGS(document, functional, "functional_requirements",
	    "Functional requirements", requirement_kind),
	THINGS(document, nonfunctional, "non_functional_requirements",
	    "Non-functional requirements", quality_kind),
	THINGS(document, stories, "user_stories", "User stories", story_kind),
	THING(document, architecture, "suggested_architecture",
	    "Suggested architecture", architecture_kind),
	TEXTS(document, assumptions, "Assumptions"),
	THINGS(document, questions, "open_questions", "Open questions",
	    question_kind),
	TEXTS(document, out_of_scope, "Out of scope"),
	THINGS(document, glossary, "glossary", "Glossary", term_kind),
	THING(document, meta, "meta", "Meta", meta_kind),
	END };
const struct kind document_kind = { "document", NULL, sizeof(struct document),
	document_members };
/* clang-format on */
