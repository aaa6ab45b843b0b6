/* dmr-review: what is found without a model. */
#include "offline_parts.h"

const struct finding_rule offline_rules[OFFLINE_RULES] = {
	{ "security/bidi", "Characters that reorder text" },
	{ "security/invisible", "Characters that cannot be seen" },
	{ "security/mixed-script", "Letters that look like those of others" },
	{ "security/secret", "A text that looks like a key" },
	{ "security/prompt-injection", "Text that speaks to a model" },
};

enum rule { BIDI, INVISIBLE, MIXED_SCRIPT, SECRET, INJECTION };

struct check {
	const char *path;
	offline_found *found;
	void *owner;
	struct offline_secrets secrets;
	struct offline_speech speech;
	struct offline_hit hit;
	struct offline_place at;
	struct buf masked; /* a line without its secrets */
};

/* The line as others may see it. */
static struct str
show(struct check *c, struct str line)
{
	if (!c->secrets.n)
		return line;
	buf_clear(&c->masked);
	if (buf_add(&c->masked, line))
		return (struct str){ 0 };
	offline_mask(&c->secrets, c->masked.data);
	return buf_str(&c->masked);
}

static void
tell(struct check *c, enum rule rule, const struct diff_line *line)
{
	const char *id = offline_rules[rule].id;
	struct finding f = {
		.path = c->path,
		.line = line->new_line,
		.end_line = line->new_line,
		.start = c->hit.start,
		.end = c->hit.end,
		.line_text = show(c, line->text),
		.severity = c->hit.severity,
		.category = "security",
		.rule = id + strlen("security/"),
		.title = str_of(offline_rules[rule].title),
		.message = buf_str(&c->hit.message),
		.variant = rule == SECRET
		    ? offline_variant(&c->secrets, line->text, &c->at)
		    : 0,
	};

	c->found(c->owner, &f);
}

/* The first of the worst; how many there are. */
static bool
has_secret(struct check *c)
{
	const struct offline_secret *worst = NULL;
	size_t n = 0;

	for (size_t i = 0; i < c->secrets.n; i++) {
		const struct offline_secret *s = &c->secrets.items[i];

		if (s->is_silent || s->is_doubtful)
			continue;
		n++;
		if (!worst || s->severity > worst->severity ||
		    (s->severity == worst->severity && s->start < worst->start))
			worst = s;
	}
	if (!worst)
		return false;
	c->hit.start = worst->start;
	c->hit.end = worst->end;
	c->hit.severity = worst->severity;
	buf_add_format(&c->hit.message, "this looks like %s", worst->what);
	if (n > 1)
		buf_add_format(
		    &c->hit.message, "; %zu more in this line", n - 1);
	return true;
}

static bool
has(struct check *c, enum rule rule, const struct diff_line *line)
{
	switch (rule) {
	case BIDI:
		return offline_bidi(line->text, &c->hit);
	case INVISIBLE:
		return offline_invisible(
		    line->text, line->new_line == 1, &c->hit);
	case MIXED_SCRIPT:
		return offline_mixed_script(line->text, &c->hit);
	case SECRET:
		return has_secret(c);
	default:
		return offline_injection(&c->speech, line->text, &c->hit);
	}
}

/* Are all of its bytes printable ASCII, or tabs? */
static bool
is_plain(struct str line)
{
	for (size_t i = 0; i < line.len; i++) {
		unsigned char c = (unsigned char)line.data[i];

		if (c >= 0x7f || (c < 0x20 && c != '\t'))
			return false;
	}
	return true;
}

/* What runs over lines has to see those around, too; what is plain has none of
 * the characters that the rules before are about. */
static void
check_line(struct check *c, const struct diff_line *line)
{
	bool is_added = line->kind == DIFF_ADDED;
	enum rule rule = is_added && !is_plain(line->text) ? BIDI : SECRET;

	offline_secrets(&c->secrets, line->text);
	for (; rule <= INJECTION; rule++) {
		buf_clear(&c->hit.message);
		if (has(c, rule, line) && is_added)
			tell(c, rule, line);
	}
	if (!is_added)
		c->secrets.before.is_told = false;
}

/* The file's name, as one line of the file as a whole. */
static void
check_name(struct check *c)
{
	const struct diff_line name = { .text = str_of(c->path) };

	for (enum rule rule = BIDI; rule <= INVISIBLE; rule++) {
		buf_clear(&c->hit.message);
		buf_add_text(&c->hit.message, "in the file's name ");
		if (!has(c, rule, &name))
			continue;
		c->hit.start = c->hit.end = 0;
		tell(c, rule, &name);
	}
}

void
offline_check(const struct diff_file *file, size_t first_hunk, size_t end_hunk,
    offline_found *found, void *owner)
{
	struct check c = { .found = found, .owner = owner };

	c.path = file->new_path ? file->new_path : file->old_path;
	if (!first_hunk)
		check_name(&c);
	for (size_t i = first_hunk; i < end_hunk; i++) {
		struct diff_lines lines = diff_lines(&file->hunks[i]);
		struct diff_line line;

		c.at = (struct offline_place){ file, i, &lines };
		if (i == first_hunk || !offline_goes_on(file, i)) {
			offline_secrets_restart(&c.secrets);
			offline_speech_begin(&c.speech);
		}
		while (diff_lines_next(&lines, &line))
			if (line.kind != DIFF_REMOVED)
				check_line(&c, &line);
	}
	free(c.secrets.items);
	buf_done(&c.masked);
	buf_done(&c.hit.message);
	offline_speech_done(&c.speech);
}
