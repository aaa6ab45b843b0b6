/*
 * review_anchors_test - no finding lands on a line that it is not about.
 *
 *     review_anchors_test            over tests/data/anchors.diff
 *     review_anchors_test FILE...    over the unified diffs in these files
 *     review_anchors_test -s SEED FILE...    with other lines
 *
 * Of each file that a diff changes, some lines are quoted by a scripted model
 * in many ways (anchor_model.h), with three claims of where they stand:
 *
 *     intact    number and hash are the line's
 *     off       the number is 1 to 50 too low or too high
 *     other     number and hash are another line's
 *
 * A line of the table says, for one way and one claim: how many lines were
 * tried, how many were placed, how many not, how many placed wrongly, and how
 * many were left out, since the same claim and quote could as well have come
 * of another line.  "unique": no line of the new side and none of the old side
 * has the same text, white space aside.
 */
#include <fcntl.h>
#include <unistd.h>

#include "../../tools/dmr-review/anchor.h"
#include "../../tools/dmr-review/show.h"
#include "anchor_model.h"
#include "diff_reader.h"
#include "tap.h"

enum {
	SAMPLES = 16,
	OFF_MAX = 50,
	SHOWN_MAX = 60,
	QUOTED_MAX = 1000,    /* bytes of a line */
	PART_MAX = 128 << 10, /* bytes of hunks that are looked at together */
};

enum claim { INTACT, OFF, OTHER, NCLAIMS };
static const char *const claims[] = { "intact", "off", "other" };

/* Whose text: lines that are quoted. */
enum whose { UNIQUE, SPACED, TWICE, REMOVED, NWHOSE };
static const char *const whoses[] = { "unique", "unique but for white space",
	"not unique", "removed" };

struct count {
	long tried, placed, wrong, apart;
};
static struct count counts[NWHOSE][MODEL_KINDS][NCLAIMS];
static long nsections, nlines, nlong;
static int nshown;
static uint64_t seed = STR_HASH;

static const unsigned kinds[] = {
	0,
	MODEL_SPACE,
	MODEL_PLUS,
	MODEL_SHORT,
	MODEL_WORDS,
	MODEL_CRLF,
	MODEL_LINES,
	/* two at once */
	MODEL_SPACE | MODEL_PLUS,
	MODEL_SPACE | MODEL_SHORT,
	MODEL_SPACE | MODEL_WORDS,
	MODEL_SPACE | MODEL_LINES,
	MODEL_PLUS | MODEL_SHORT,
	MODEL_PLUS | MODEL_WORDS,
	MODEL_PLUS | MODEL_LINES,
	MODEL_SHORT | MODEL_WORDS,
	MODEL_SHORT | MODEL_LINES,
	MODEL_WORDS | MODEL_LINES,
	MODEL_CRLF | MODEL_LINES,
};

static bool
is_single(unsigned kind)
{
	return !(kind & (kind - 1));
}

/* --- a section, as the model has seen it --- */

struct section {
	const char *path;
	struct anchors all;
	char **normal, **gone; /* of the new lines, of the removed ones */
	struct buf shown;      /* texts of both */
};

/* A line that is quoted, with those behind it. */
struct sample {
	size_t at; /* in the new lines, or in the removed ones */
	enum whose whose;
	struct str lines[MODEL_LINES_MAX];
	size_t n;
	size_t next; /* removed: the new line that stands behind it */
};

/* A model sees no text otherwise than as the prompt shows it. */
static void
see(struct section *s)
{
	struct anchors *all = &s->all;
	size_t n = all->nlines + all->nremoved, from = 0;
	size_t *ends = mem_new(n + 1, sizeof *ends);

	for (size_t i = 0; i < n; i++) {
		show_text(&s->shown,
		    i < all->nlines ? all->lines[i].text
				    : all->removed[i - all->nlines]);
		ends[i] = s->shown.len;
	}
	for (size_t i = 0; i < n; from = ends[i++])
		*(i < all->nlines ? &all->lines[i].text
				  : &all->removed[i - all->nlines]) =
		    (struct str){ s->shown.data + from, ends[i] - from };
	free(ends);
}

static void
section_open(
    struct section *s, const struct diff_file *file, size_t first, size_t end)
{
	s->path = file->new_path ? file->new_path : file->old_path;
	anchors_make(&s->all, file, first, end);
	s->shown = (struct buf){ 0 };
	see(s);
	s->normal = mem_new(s->all.nlines + 1, sizeof *s->normal);
	s->gone = mem_new(s->all.nremoved + 1, sizeof *s->gone);
	for (size_t i = 0; i < s->all.nlines; i++)
		s->normal[i] = model_normal(s->all.lines[i].text);
	for (size_t i = 0; i < s->all.nremoved; i++)
		s->gone[i] = model_normal(s->all.removed[i]);
}

static void
section_close(struct section *s)
{
	for (size_t i = 0; i < s->all.nlines; i++)
		free(s->normal[i]);
	for (size_t i = 0; i < s->all.nremoved; i++)
		free(s->gone[i]);
	free(s->normal);
	free(s->gone);
	buf_done(&s->shown);
	anchors_done(&s->all);
}

/* How many lines of the new side and of the old one are this text, and how
 * many are so to the byte. */
static size_t
count_alike(
    const struct section *s, const char *normal, struct str text, size_t *bytes)
{
	size_t n = 0;

	*bytes = 0;
	for (size_t i = 0; i < s->all.nlines; i++) {
		n += !strcmp(s->normal[i], normal);
		*bytes += str_equal(s->all.lines[i].text, text);
	}
	for (size_t i = 0; i < s->all.nremoved; i++) {
		n += !strcmp(s->gone[i], normal);
		*bytes += str_equal(s->all.removed[i], text);
	}
	return n;
}

/* --- could it have come of another line? --- */

/* Might the quote be of the lines that begin at line i of the new side? */
static bool
fits_run(const struct section *s, const struct model_quote *q, unsigned kind,
    size_t i, const struct sample *from)
{
	size_t here = 0, there = 0;
	bool alike = true;

	if (i + q->nlines > s->all.nlines)
		return false;
	for (size_t k = 0; k < q->nlines; k++) {
		const char *quoted = q->normal[k], *line = s->normal[i + k];

		alike = alike &&
		    ((kind & MODEL_SHORT) && k == q->nlines - 1
			    ? strstr(line, quoted) != NULL
			    : !strcmp(line, quoted));
		if (kind & MODEL_WORDS) {
			here += model_common(str_of(quoted), str_of(line));
			there += model_common(str_of(quoted), from->lines[k]);
		} else if (!alike) {
			return false;
		}
	}
	return alike || ((kind & MODEL_WORDS) && here >= there);
}

/* Might what is claimed to be line i be the one that is quoted? */
static bool
fits_claimed(const struct section *s, const struct model_quote *q,
    unsigned kind, size_t i, const struct sample *from)
{
	for (size_t k = 0; k < q->nlines && k <= i; k++)
		if ((from->whose != REMOVED && i - k == from->at) ||
		    fits_run(s, q, kind, i - k, from))
			return true;
	return false;
}

/* Is what was made of it all that another line says? */
static bool
says_other(const struct section *s, const struct model_quote *q,
    const struct sample *from)
{
	for (size_t i = 0; i < s->all.nlines; i++)
		if ((from->whose == REMOVED || i != from->at) &&
		    fits_run(s, q, 0, i, from))
			return true;
	for (size_t i = 0; i < s->all.nremoved; i++)
		if (from->whose != REMOVED && q->nlines == 1 &&
		    !strcmp(s->gone[i], q->normal[0]) &&
		    strcmp(s->gone[i], s->normal[from->at]) != 0)
			return true;
	return false;
}

/* --- one question --- */

static size_t
other_line(const struct section *s, const struct sample *from)
{
	size_t n = s->all.nlines, near = from->at;

	if (from->whose == REMOVED)
		return from->next < n && model_random(2) ? from->next
							 : model_random(n);
	near += model_random(2 * OFF_MAX + 1);
	if (near >= OFF_MAX && near - OFF_MAX < n && model_random(2))
		near -= OFF_MAX;
	else
		near = model_random(n);
	return near;
}

/* Sets *i to the line that the claim agrees with, or SIZE_MAX. */
static void
make_claim(const struct section *s, const struct sample *from, enum claim claim,
    struct buf *out, size_t *i)
{
	struct anchor_line line;
	size_t off = 1 + model_random(OFF_MAX);

	*i = claim == OTHER || from->whose == REMOVED ? other_line(s, from)
						      : from->at;
	line = s->all.lines[*i];
	if (claim == OFF) {
		size_t number = line.number;

		line.number = number > off && model_random(2) ? number - off
							      : number + off;
		for (*i = 0; *i < s->all.nlines; ++*i)
			if (s->all.lines[*i].number == line.number &&
			    !strcmp(s->all.lines[*i].hash, line.hash))
				break;
		if (*i == s->all.nlines)
			*i = SIZE_MAX;
	}
	anchor_write(out, &line);
}

static void
show(const struct section *s, const struct sample *from, unsigned kind,
    enum claim claim, struct str anchor, struct str quote,
    const struct anchor_place *p)
{
	if (nshown++ >= SHOWN_MAX)
		return;
	tap_note("wrong: %s: kind %u, %s, %s", s->path, kind, claims[claim],
	    anchor_method_name(p->method));
	tap_show("claimed", anchor);
	tap_show("quoted", quote);
	tap_show("of", from->lines[0]);
	tap_note("at %zu, placed at %zu",
	    from->whose == REMOVED ? 0 : s->all.lines[from->at].number,
	    p->line);
	tap_show("which is", p->text);
}

/* Could the same claim and quote have come of another line, if less well
 * quoted? */
static bool
is_twofold(const struct section *s, const struct model_quote *q, unsigned kind,
    size_t claimed, const struct sample *from)
{
	if (claimed != SIZE_MAX && claimed != from->at)
		return fits_claimed(s, q, kind | MODEL_SHORT, claimed, from) ||
		    fits_claimed(s, q, kind | MODEL_WORDS, claimed, from);
	return (kind & (MODEL_SHORT | MODEL_WORDS)) && says_other(s, q, from);
}

/* How the question ended. */
static void
count_answer(const struct section *s, const struct sample *from,
    const struct model_quote *q, unsigned kind, enum claim claim,
    size_t claimed, struct str anchor)
{
	struct count *count = &counts[from->whose][kind][claim];
	bool is_removed = from->whose == REMOVED;
	struct anchor_place p;
	bool found = anchor_find(&s->all, anchor, buf_str(&q->text), &p);

	if (!found && !is_removed && is_twofold(s, q, kind, claimed, from)) {
		count->apart++;
		return;
	}
	count->tried++;
	count->placed += found;
	if (found && (is_removed || p.line != s->all.lines[from->at].number)) {
		count->wrong++;
		show(s, from, kind, claim, anchor, buf_str(&q->text), &p);
	}
}

static void
ask(const struct section *s, const struct sample *from, unsigned kind,
    enum claim claim)
{
	bool is_removed = from->whose == REMOVED;
	struct buf anchor = { 0 };
	struct model_quote q;
	size_t claimed;

	if (!model_can(kind, from->lines, from->n))
		return;
	model_quote(&q, kind, is_removed ? '-' : '+', from->lines, from->n);
	make_claim(s, from, claim, &anchor, &claimed);
	if ((claimed != SIZE_MAX && (is_removed || claimed != from->at) &&
		fits_claimed(s, &q, kind, claimed, from)) ||
	    ((claim == OTHER || is_removed || (kind & MODEL_WORDS)) &&
		says_other(s, &q, from)))
		counts[from->whose][kind][claim].apart++;
	else
		count_answer(
		    s, from, &q, kind, claim, claimed, buf_str(&anchor));
	model_quote_done(&q);
	buf_done(&anchor);
}

static void
ask_all(const struct section *s, const struct sample *from)
{
	for (size_t i = 0; i < countof(kinds); i++)
		for (enum claim claim = INTACT; claim < NCLAIMS; claim++)
			if (from->whose != REMOVED || claim != INTACT)
				ask(s, from, kinds[i], claim);
	nlines++;
}

/* --- which lines are tried --- */

static void
try_added(const struct section *s, size_t i)
{
	const struct anchor_line *line = &s->all.lines[i];
	struct sample from = { .at = i };
	size_t alike, bytes, want = 2 + model_random(MODEL_LINES_MAX - 1);

	if (!line->is_added || !*s->normal[i] || line->text.len > QUOTED_MAX)
		return;
	alike = count_alike(s, s->normal[i], line->text, &bytes);
	from.whose = alike == 1 ? UNIQUE : bytes == 1 ? SPACED : TWICE;
	while (from.n < want && i + from.n < s->all.nlines &&
	    line[from.n].hunk == line->hunk) {
		from.lines[from.n] = line[from.n].text;
		from.n++;
	}
	while (from.n > 1 && !*s->normal[i + from.n - 1])
		from.n--; /* nobody quotes blank lines at the end */
	ask_all(s, &from);
}

/* Those whose text is nowhere on the new side. */
static void
try_removed(const struct section *s, size_t i, size_t next)
{
	struct sample from = { .at = i, .whose = REMOVED, .next = next };

	if (!*s->gone[i] || !s->all.nlines ||
	    s->all.removed[i].len > QUOTED_MAX)
		return;
	for (size_t k = 0; k < s->all.nlines; k++)
		if (!strcmp(s->normal[k], s->gone[i]))
			return;
	while (from.n < 3 && i + from.n < s->all.nremoved) {
		from.lines[from.n] = s->all.removed[i + from.n];
		from.n++;
	}
	while (from.n > 1 && !*s->gone[i + from.n - 1])
		from.n--;
	ask_all(s, &from);
}

/* The line of the new side that stands behind removed line i of these hunks. */
static size_t
line_behind(const struct diff_file *file, size_t first, size_t end, size_t i)
{
	size_t n = 0;

	for (size_t k = first; k < end; k++) {
		struct diff_lines lines = diff_lines(&file->hunks[k]);
		struct diff_line line;

		while (diff_lines_next(&lines, &line))
			if (line.kind != DIFF_REMOVED)
				n++;
			else if (i-- == 0)
				return n;
	}
	return n;
}

static void
try_part(
    const struct diff_file *file, size_t first, size_t end, size_t nsamples)
{
	struct section s;

	section_open(&s, file, first, end);
	for (size_t i = 0; i < nsamples && s.all.nlines; i++)
		try_added(&s,
		    s.all.nlines <= nsamples ? i % s.all.nlines
					     : model_random(s.all.nlines));
	for (size_t i = 0; i < nsamples / 2 && s.all.nremoved; i++) {
		size_t at = model_random(s.all.nremoved);

		try_removed(&s, at, line_behind(file, first, end, at));
	}
	section_close(&s);
}

/* The first hunks, as many as are not too long; a hunk that is so alone is
 * none that a model would see. */
static void
try_section(const struct diff_file *file)
{
	size_t first = 0, end, size = 0;

	while (first < file->nhunks && file->hunks[first].text.len > PART_MAX)
		first++;
	for (end = first; end < file->nhunks; end++) {
		size += file->hunks[end].text.len;
		if (size > PART_MAX)
			break;
	}
	model_state = str_hash(seed,
			  str_of(file->new_path ? file->new_path
						: file->old_path)) |
	    1;
	nsections++;
	nlong += first > 0 || end < file->nhunks;
	try_part(file, first, end, size < PART_MAX / 4 ? SAMPLES : SAMPLES / 4);
}

static void
try_file(const char *path)
{
	struct diff_reader in = { .fd = open(path, O_RDONLY) };
	struct err e = ERR_NONE;
	struct diff_file file;
	int got = 0;

	while (in.fd >= 0 && !in.at_end && got >= 0)
		if ((got = diff_reader_next(&in, &file, &e)) > 0) {
			try_section(&file);
			diff_file_done(&file);
		}
	tap_case(in.fd >= 0 && got >= 0, "%s: %s", path, e.text);
	diff_reader_done(&in);
	if (in.fd >= 0)
		close(in.fd);
}

/* --- what came out --- */

static void
print_row(enum whose whose, unsigned kind)
{
	static const char *const names[] = { "white space", "leading mark",
		"shortened", "paraphrased", "CRLF", "several lines" };
	struct buf name = { 0 };

	for (size_t i = 0; i < countof(names); i++)
		if (kind & 1u << i)
			buf_add_format(
			    &name, "%s%s", name.len ? ", " : "", names[i]);
	for (enum claim claim = INTACT; claim < NCLAIMS; claim++) {
		const struct count *c = &counts[whose][kind][claim];

		if (c->tried || c->apart)
			tap_note("%-26s %-26s %-6s %8ld %8ld %7ld %5ld %6ld "
				 "%8.3f",
			    whoses[whose], kind ? name.data : "exact",
			    claims[claim], c->tried, c->placed,
			    c->tried - c->placed, c->wrong, c->apart,
			    c->tried
				? 100 * (double)c->placed / (double)c->tried
				: 0);
	}
	buf_done(&name);
}

static void
print_table(void)
{
	tap_note("%ld files, %ld of them in part; %ld lines", nsections, nlong,
	    nlines);
	tap_note("%-26s %-26s %-6s %8s %8s %7s %5s %6s %8s", "line", "quote",
	    "claim", "tried", "placed", "not", "wrong", "apart", "percent");
	for (enum whose whose = 0; whose < NWHOSE; whose++)
		for (size_t i = 0; i < countof(kinds); i++)
			print_row(whose, kinds[i]);
}

static bool
is_enough(const struct count *c)
{
	return c->tried && (c->tried - c->placed) * 1000 <= c->tried;
}

static void
judge(void)
{
	long wrong = 0, removed = 0;

	for (size_t i = 0; i < countof(kinds); i++) {
		struct count intact = { 0 };

		for (enum whose whose = 0; whose < NWHOSE; whose++)
			for (enum claim c = INTACT; c < NCLAIMS; c++)
				wrong += counts[whose][kinds[i]][c].wrong;
		for (enum claim c = INTACT; c < NCLAIMS; c++)
			removed += counts[REMOVED][kinds[i]][c].placed;
		for (enum whose whose = 0; whose < REMOVED; whose++) {
			const struct count *c =
			    &counts[whose][kinds[i]][INTACT];

			intact.tried += c->tried;
			intact.placed += c->placed;
		}
		if (is_single(kinds[i]))
			tap_ok(is_enough(&intact),
			    "an intact anchor, quote of kind %u: 99.9 %% are "
			    "placed",
			    kinds[i]);
	}
	tap_ok(is_enough(&counts[UNIQUE][0][OFF]) &&
		is_enough(&counts[UNIQUE][0][OTHER]),
	    "a claim that is off, a unique line: 99.9 %% are placed");
	tap_int(removed, 0, "a line that is gone is never placed");
	tap_int(wrong, 0, "none is placed wrongly");
}

int
main(int argc, char **argv)
{
	int first = 1;

	if (argc < 2)
		try_file("tests/data/anchors.diff");
	if (argc > 2 && !strcmp(argv[1], "-s")) {
		seed = str_hash(STR_HASH, str_of(argv[2]));
		first = 3;
	}
	for (int i = first; i < argc; i++)
		try_file(argv[i]);
	tap_all("diffs are read");
	if (argc > 1)
		print_table();
	judge();
	return tap_done();
}
