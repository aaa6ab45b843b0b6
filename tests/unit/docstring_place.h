/*
 * docstring_place - an answer, and a place for it, for tests of docstring.
 */
#ifndef DOCSTRING_PLACE_H
#define DOCSTRING_PLACE_H

#include "../../tools/dmr-docstring/docstring.h"
#include "mem.h"
#include "tap.h"

enum { ROW_ITEMS = 4 };

/* Fields as the source gives them; what a test leaves out is not there. */
struct source_row {
	const char *params[ROW_ITEMS], *types[ROW_ITEMS];
	bool type_params[ROW_ITEMS], optional[ROW_ITEMS];
	const char *raises[ROW_ITEMS];
	const char *return_type;
	bool yields, is_unsafe, is_fallible;
	const char *schema;
};

static inline struct docstring
docstring_of(const struct source_row *row)
{
	struct docstring d = { 0 };

	d.params = mem_new(ROW_ITEMS, sizeof *d.params);
	d.raises = mem_new(ROW_ITEMS, sizeof *d.raises);
	for (size_t i = 0; i < ROW_ITEMS && row->params[i]; i++)
		d.params[d.nparams++] = (struct docstring_item){
			.name = str_of(row->params[i]),
			.type = str_of(row->types[i]),
			.is_type = row->type_params[i],
			.is_optional = row->optional[i],
		};
	for (size_t i = 0; i < ROW_ITEMS && row->raises[i]; i++)
		d.raises[d.nraises++].name = str_of(row->raises[i]);
	d.return_type = str_of(row->return_type);
	d.schema = str_of(row->schema);
	d.yields = row->yields;
	d.is_unsafe = row->is_unsafe;
	d.is_fallible = row->is_fallible;
	return d;
}

static inline const char *
mark_of(const char *style)
{
	if (str_is(str_of(style), "rustdoc"))
		return "///";
	return str_is(str_of(style), "shell") ? "#" : "//";
}

/* The usual place for a style: its first form. */
static inline struct docstring_place
place_for(const char *style)
{
	struct docstring_place place = {
		.style = docstring_style(str_of(style)),
		.mark = mark_of(style),
		.kind = STR("function"),
		.name = STR("mean"),
		.eol = STR("\n"),
		.width = DOCSTRING_WIDTH,
		.example = DOCSTRING_EXAMPLE_TEXT,
		.sections = DOCSTRING_ALL,
	};

	while (!docstring_style_fits(place.style, place.form))
		place.form++;
	place.types = docstring_style_has_types(place.style);
	return place;
}

/* Read and render; what comes out, or "status: message". */
static inline struct buf
rendered(const struct source_row *row, const struct docstring_place *place,
    const char *answer)
{
	struct docstring d = docstring_of(row);
	struct buf out = { 0 };
	struct err e = ERR_NONE;
	char *copy = tap_copy(str_of(answer));

	if (docstring_read(&d, (struct str){ copy, strlen(answer) }, &e) ||
	    docstring_render(&d, place, &out, &e)) {
		buf_clear(&out);
		buf_add_format(&out, "%d: %s", (int)e.status, e.text);
	}
	docstring_done(&d);
	free(copy);
	return out;
}

#endif
