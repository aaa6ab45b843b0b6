/* diff - sections out of bytes that come in pieces. */
#include "diff_parser.h"
#include "diff_parts.h"
#include "mem.h"

enum {
	HEAD_MAX = 1 << 16,  /* bytes of a line outside of hunks */
	GIVEN_MIN = 1 << 18, /* of a section that takes the parser's memory */
	COLOUR_MAX = 64,     /* bytes */
};

int
diff_wrong(const struct diff_parser *p, const char *what)
{
	return err_set(
	    p->e, ST_INPUT, "line %zu of the diff: %s", p->number, what);
}

/* --- bytes --- */

char *
diff_parser_room(struct diff_parser *p, size_t n)
{
	struct buf *in = &p->in;

	in->max = SIZE_MAX / 2;
	if (p->from) {
		in->len -= p->from;
		memmove(in->data, in->data + p->from, in->len);
		p->plain -= p->from;
		p->at -= p->from;
		p->seen -= p->seen < p->from ? p->seen : p->from;
		for (size_t i = 0; i < p->file.nhunks; i++) {
			p->places[i].head -= p->from;
			p->places[i].heading -= p->from;
			p->places[i].text -= p->from;
			p->places[i].end -= p->from;
		}
		p->from = 0;
	}
	return buf_room(in, n);
}

void
diff_parser_claim(struct diff_parser *p, size_t n)
{
	struct str piece = { p->in.data + p->in.len, n };

	p->has_text = p->has_text || !str_is_blank(piece);
	buf_claim(&p->in, n);
	p->is_closed = !n;
	if (p->colours == DIFF_COLOURED)
		diff_strip_colours(p, p->plain);
	else
		p->plain = p->in.len;
}

void
diff_parser_add(struct diff_parser *p, struct str piece)
{
	char *room = diff_parser_room(p, piece.len + 1);

	if (piece.len)
		memcpy(room, piece.data, piece.len);
	diff_parser_claim(p, piece.len);
}

size_t
diff_colour(struct str text)
{
	size_t n = 2;

	if (!str_starts(text, "\x1b["))
		return 0;
	while (n < text.len && n < COLOUR_MAX && text.data[n] &&
	    strchr("0123456789;", text.data[n]))
		n++;
	return n < text.len && (text.data[n] == 'm' || text.data[n] == 'K')
	    ? n + 1
	    : 0;
}

/* May more bytes make a colour of it? */
static bool
begins_colour(struct str text)
{
	size_t n = 2;

	while (n < text.len && text.data[n] && n < COLOUR_MAX &&
	    strchr("0123456789;", text.data[n]))
		n++;
	return n >= text.len && (text.len < 2 || text.data[1] == '[');
}

void
diff_strip_colours(struct diff_parser *p, size_t from)
{
	struct str rest = str_skip(buf_str(&p->in), from);
	char *to = p->in.data + from;

	while (rest.len) {
		struct str plain = { rest.data, str_find(rest, STR("\x1b")) };

		if (!plain.len && !p->is_closed && begins_colour(rest))
			break;
		if (!plain.len && !diff_colour(rest))
			plain.len = 1;
		memmove(to, plain.data, plain.len);
		to += plain.len;
		rest = str_skip(
		    rest, plain.len ? plain.len : diff_colour(rest));
	}
	p->plain = (size_t)(to - p->in.data);
	if (rest.len)
		memmove(to, rest.data, rest.len);
	p->in.len = p->plain + rest.len;
	p->seen = p->seen < from ? p->seen : from;
}

/* --- lines --- */

bool
diff_look(struct diff_parser *p, size_t at, struct str *line, size_t *next)
{
	size_t from = at == p->at && p->seen > at ? p->seen : at;
	const char *start, *end;

	if (at >= p->plain)
		return false;
	start = p->in.data + at;
	end = memchr(p->in.data + from, '\n', p->plain - from);
	if (!end && at == p->at)
		p->seen = p->plain;
	if (!end && !p->is_closed)
		return false;
	*next = end ? (size_t)(end - p->in.data) + 1 : p->plain;
	*line = (struct str){ start, *next - at - (end != NULL) };
	line->len -= str_ends(*line, "\r");
	return true;
}

void
diff_pass_line(struct diff_parser *p)
{
	p->at = p->next;
	p->number++;
	if (!p->has_file)
		p->from = p->at;
}

/* The rest of a line that is too long to be of a head. */
static void
skip(struct diff_parser *p)
{
	const char *end = p->plain > p->at
	    ? memchr(p->in.data + p->at, '\n', p->plain - p->at)
	    : NULL;

	p->next = end ? (size_t)(end - p->in.data) + 1 : p->plain;
	p->skips = !end;
	p->number -= p->skips;
	diff_pass_line(p);
}

/* --- sections --- */

static struct str
view(const char *text, size_t from, size_t end)
{
	return (struct str){ text + from, end - from };
}

/* The line head of a hunk, in the text at `text`. */
static struct str
head_line(const char *text, const struct diff_place *place)
{
	struct str line = view(text, place->head, place->text);

	line.len -= str_ends(line, "\n");
	line.len -= str_ends(line, "\r");
	return line;
}

/* Its views look into `text`, where the parser's byte `shift` stands. */
static void
place_views(struct diff_parser *p, char *text, size_t shift)
{
	struct diff_file *f = &p->file;
	size_t head_end = f->nhunks ? p->places[0].head : p->at;

	f->head = view(text, p->from - shift, head_end - shift);
	for (size_t i = 0; i < f->nhunks; i++) {
		struct diff_place place = p->places[i];
		struct diff_hunk *h = &f->hunks[i];

		place.head -= shift;
		place.text -= shift;
		h->head = head_line(text, &place);
		h->heading.data = text + place.heading - shift;
		h->text = view(text, place.text, place.end - shift);
	}
}

/* The section's bytes become its own: a copy, or all that is there. */
static void
take_bytes(struct diff_parser *p)
{
	size_t len = p->at - p->from;
	struct str rest = str_skip(buf_str(&p->in), p->at);

	if (len < GIVEN_MIN || len < rest.len) {
		p->file.bytes = mem_copy(view(p->in.data, p->from, p->at));
		place_views(p, p->file.bytes, p->from);
	} else {
		struct buf in = { .max = p->in.max };

		buf_add(&in, rest);
		p->file.bytes = p->in.data;
		place_views(p, p->file.bytes, 0);
		p->plain -= p->at;
		p->in = in;
		p->at = p->seen = 0;
	}
	p->from = p->at;
}

/* Are its lines, if there are any, a submodule's? */
static bool
shows_commits(const struct diff_file *f)
{
	for (size_t i = 0; i < f->nhunks; i++) {
		struct diff_lines lines = diff_lines(&f->hunks[i]);
		struct diff_line line;

		while (diff_lines_next(&lines, &line))
			if (!str_starts(line.text, "Subproject commit "))
				return false;
	}
	return true;
}

static int
hand_out(struct diff_parser *p, struct diff_file *file)
{
	take_bytes(p);
	/* A head may say what is not so. */
	p->file.is_binary &= !p->file.nhunks;
	p->file.is_submodule = p->file.is_submodule && shows_commits(&p->file);
	if (p->has_lines && !p->file.nhunks && !p->file.is_binary &&
	    !p->file.is_submodule)
		p->file.unshown = diff_not_shown;
	*file = p->file;
	p->file = (struct diff_file){ 0 };
	p->hunks_capacity = 0;
	p->has_file = p->is_head = p->is_whole = p->ends_hunk = false;
	p->has_lines = false;
	p->has_sections |= file->unshown != diff_other_form;
	return 1;
}

/* Nothing more will come. */
static int
close_text(struct diff_parser *p, struct diff_file *file)
{
	if (p->is_open)
		return diff_wrong(p, "the diff ends inside of a hunk");
	if (p->has_file)
		return diff_end_file(p) ? -1 : hand_out(p, file);
	if (p->has_text && !p->has_sections)
		return err_set(p->e, ST_INPUT, "this is no unified diff");
	return 0;
}

/* There is nothing to look at now; what of it is too long? */
static int
want_more(struct diff_parser *p, struct diff_file *file)
{
	if (p->is_closed)
		return close_text(p, file);
	if (p->in.len - p->from > DIFF_SECTION_MAX)
		return diff_wrong(p, "what it says of one file is too long");
	if (p->is_open || p->in.len - p->at <= HEAD_MAX)
		return 0;
	if (p->has_file)
		return diff_end_file(p) ? -1 : hand_out(p, file);
	skip(p);
	return 0;
}

/* As diff_read_line(). */
static int
step(struct diff_parser *p)
{
	if (p->skips)
		skip(p);
	if (p->is_open)
		return diff_hunk_lines(p);
	if (p->is_whole)
		return DIFF_ENDS;
	if (!diff_look(p, p->at, &p->line, &p->next))
		return 0;
	return diff_read_line(p);
}

int
diff_parser_next(struct diff_parser *p, struct diff_file *file, struct err *e)
{
	int got;

	p->e = e;
	p->number += !p->number;
	while ((got = step(p)) == 1)
		;
	if (got == DIFF_ENDS)
		return hand_out(p, file);
	return got ? got : want_more(p, file);
}

void
diff_parser_done(struct diff_parser *p)
{
	diff_file_done(&p->file);
	buf_done(&p->in);
	free(p->places);
	*p = (struct diff_parser){ 0 };
}
