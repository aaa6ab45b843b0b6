/*
 * reqs_mermaid_test - an architecture as a Mermaid flowchart.
 *
 *     reqs_mermaid_test          its tests
 *     reqs_mermaid_test random   diagrams, as lines of JSON, for Mermaid's own
 *                                parser: text, names of boxes, number of arrows
 */
#include "../../tools/dmr-reqs/document_markdown.h"
#include "json.h"
#include "reqs_random.h"
#include "tap.h"

enum { DIAGRAMS = 1000 };

static struct component *
add_component(struct architecture *a, const char *name)
{
	struct component *c = list_add(&a->components, &component_kind);

	text_set(&c->name, str_of(name));
	return c;
}

static void
depend(struct component *c, const char *on)
{
	text_set(list_add_text(&c->depends_on), str_of(on));
}

static void
check(struct architecture *a, const char *want, const char *name)
{
	struct buf out = { 0 };

	architecture_write_mermaid(a, &out);
	tap_is(buf_str(&out), want, name);
	buf_done(&out);
	thing_done(&architecture_kind, a);
}

static void
test_diagrams(void)
{
	struct architecture a = { 0 };
	struct component *c;
	char name[301];

	check(&a, "flowchart TD\n", "nothing");
	add_component(&a, "A");
	c = add_component(&a, "B");
	depend(c, "A");
	depend(c, "B");
	check(&a,
	    "flowchart TD\n    c1[\"A\"]\n    c2[\"B\"]\n    c2 --> c1\n"
	    "    c2 --> c2\n",
	    "what a component depends on, itself included");
	add_component(&a, "A");
	c = add_component(&a, "A");
	depend(c, "A");
	depend(c, "X");
	depend(c, "Y");
	depend(add_component(&a, "B"), "X");
	check(&a,
	    "flowchart TD\n    c1[\"A\"]\n    c2[\"A\"]\n    c3[\"B\"]\n"
	    "    c2 --> c1\n    c2 -.-> x5[\"X\"]\n    c2 -.-> x6[\"Y\"]\n"
	    "    c3 -.-> x5\n",
	    "the first of a name is meant, and what is none has one box");
	add_component(&a, "end \"`<b>`\" #35;\n\xe2\x80\xae[%%]\xc3\xa4");
	add_component(&a, "");
	check(&a,
	    "flowchart TD\n    c1[\"end #34;#96;#60;b#62;#96;#34; "
	    "#35;35#59;  #91;#37;#37;#93;\xc3\xa4\"]\n    c2[\" \"]\n",
	    "all that may mean something is an entity");
	memset(name, 'a', 300);
	name[300] = '\0';
	add_component(&a, name);
	name[200] = '\0';
	{
		struct buf want = { 0 };

		buf_add_format(
		    &want, "flowchart TD\n    c1[\"%s...\"]\n", name);
		check(&a, want.data, "a long name is cut");
		buf_done(&want);
	}
}

/* --- for others --- */

/* The boxes in the order in which Mermaid meets them first. */
static void
write_line(const struct architecture *a, struct buf *out)
{
	struct buf diagram = { 0 };
	struct json j = { .out = out };
	size_t edges = 0;

	architecture_write_mermaid(a, &diagram);
	json_open(&j, '{');
	json_name(&j, "text");
	json_string(&j, buf_str(&diagram));
	json_name(&j, "names");
	json_open(&j, '[');
	for (size_t i = 0; i < a->components.n; i++) {
		const struct component *c = list_at(
		    &a->components, &component_kind, i);

		json_string(&j, text_str(&c->name));
		edges += c->depends_on.n;
	}
	json_close(&j, ']');
	json_name(&j, "edges");
	json_integer(&j, (int64_t)edges);
	json_close(&j, '}');
	buf_add_char(out, '\n');
	buf_done(&diagram);
}

static int
print_random(void)
{
	struct buf out = { 0 };
	bool fine;

	seed = 11;
	for (int i = 0; i < DIAGRAMS; i++) {
		struct architecture a = { 0 };

		reqs_random_thing(&architecture_kind, &a);
		write_line(&a, &out);
		thing_done(&architecture_kind, &a);
	}
	fine = fwrite(out.data, 1, out.len, stdout) == out.len;
	buf_done(&out);
	return !fine;
}

int
main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "random"))
		return print_random();
	test_diagrams();
	return tap_done();
}
