/* dmr-models: printing. */
#include "say.h"

#include "units.h"

int
models_print(struct models *m, const struct buf *out, struct err *e)
{
	if (out->full)
		return err_set(
		    e, ST_SERVER, "what the server says is too much");
	return output_text(m->out, buf_str(out), e);
}

int
models_print_table(struct models *m, const struct table *t,
    const char *const *head, struct err *e)
{
	struct buf out = { 0 };
	int got;

	table_write(t, m->out->is_terminal ? head : NULL, &out);
	got = models_print(m, &out, e);
	buf_done(&out);
	return got;
}

void
models_facts_open(struct models_facts *f, bool is_json, struct buf *out)
{
	*f = (struct models_facts){ .is_json = is_json, .json.out = out };
	if (is_json)
		json_open(&f->json, '{');
}

void
models_fact(struct models_facts *f, const char *key, const char *value)
{
	struct buf *out = f->json.out;

	if (f->is_json) {
		json_member(&f->json, key, str_of(value));
		return;
	}
	table_write_cell(key, out);
	buf_add_char(out, '\t');
	table_write_cell(value, out);
	buf_add_char(out, '\n');
}

void
models_fact_number(struct models_facts *f, const char *key, int64_t number)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)number);
	if (f->is_json) {
		json_name(&f->json, key);
		json_integer(&f->json, number);
	} else {
		models_fact(f, key, text);
	}
}

void
models_fact_bytes(struct models_facts *f, const char *key, int64_t bytes)
{
	char text[UNITS_TEXT_MAX];

	units_say_size(bytes, text);
	if (f->is_json)
		models_fact_number(f, key, bytes);
	else
		models_fact(f, key, text);
}

void
models_facts_close(struct models_facts *f)
{
	if (!f->is_json)
		return;
	json_close(&f->json, '}');
	buf_add_char(f->json.out, '\n');
}

int
models_done(struct models *m, const char *word, const char *name, struct err *e)
{
	struct models_facts f;
	struct buf out = { 0 };
	int got;

	models_facts_open(&f, m->want->json, &out);
	models_fact(&f, word, name);
	models_facts_close(&f);
	got = models_print(m, &out, e);
	buf_done(&out);
	return got;
}
