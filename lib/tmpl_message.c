/* tmpl - the messages that a template becomes. */
#include "tmpl_message.h"

static struct tmpl_message *
last_message(struct tmpl *t)
{
	return t->nmessages ? &t->messages[t->nmessages - 1] : NULL;
}

void
tmpl_end(struct tmpl *t)
{
	struct tmpl_message *m = last_message(t);

	while (m && m->text.len > m->fixed &&
	    m->text.data[m->text.len - 1] == '\n') {
		m->text.data[--m->text.len] = 0;
		t->total--;
	}
}

struct tmpl_message *
tmpl_open(struct tmpl *t, enum tmpl_role role, struct err *e)
{
	struct tmpl_message *m;

	if (t->nmessages == TMPL_MESSAGES_MAX) {
		err_set(
		    e, ST_USAGE, "more than %d messages", TMPL_MESSAGES_MAX);
		return NULL;
	}
	tmpl_end(t);
	m = &t->messages[t->nmessages++];
	m->role = role;
	m->fixed = 0;
	m->text.max = TMPL_TEXT_MAX;
	return m;
}

/* Add text to the message being written, up to the ceiling. */
static int
add_text(struct tmpl *t, struct str text, struct err *e)
{
	struct tmpl_message *m = last_message(t);

	if (t->scan || !text.len)
		return 0;
	if (!m)
		m = tmpl_open(t, TMPL_USER, e);
	if (!m)
		return -1;
	if (text.len > TMPL_TEXT_MAX - t->total)
		return err_set(e, ST_USAGE, "the prompt is larger than %d MiB",
		    TMPL_TEXT_MAX >> 20);
	t->total += text.len;
	return buf_add(&m->text, text);
}

int
tmpl_add_literal(struct tmpl *t, struct str text, struct err *e)
{
	const struct tmpl_message *m = last_message(t);

	while ((!m || !m->text.len) && str_starts(text, "\n"))
		text = str_skip(text, 1);
	return add_text(t, text, e);
}

int
tmpl_add_value(struct tmpl *t, struct str text, struct err *e)
{
	struct tmpl_message *m;

	if (add_text(t, text, e))
		return -1;
	m = last_message(t);
	if (m)
		m->fixed = m->text.len;
	return 0;
}

int
tmpl_add(struct tmpl *t, enum tmpl_role role, struct str text, struct err *e)
{
	return tmpl_open(t, role, e) ? tmpl_add_value(t, text, e) : -1;
}

int
tmpl_append(struct tmpl *t, struct str text, struct err *e)
{
	struct tmpl_message *m = last_message(t);

	if (!m || m->role != TMPL_USER)
		return tmpl_add(t, TMPL_USER, text, e);
	if (m->text.len && add_text(t, STR("\n\n"), e))
		return -1;
	return tmpl_add_value(t, text, e);
}

void
tmpl_clear(struct tmpl *t)
{
	for (size_t i = 0; i < t->nmessages; i++) {
		buf_clear(&t->messages[i].text);
		t->messages[i].text.full = false;
	}
	t->nmessages = t->total = 0;
}

void
tmpl_done(struct tmpl *t)
{
	for (size_t i = 0; i < TMPL_MESSAGES_MAX; i++)
		buf_done(&t->messages[i].text);
	t->nmessages = t->total = 0;
}
