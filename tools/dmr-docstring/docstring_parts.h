/*
 * docstring_parts - what the files of docstring share.
 *
 * A field becomes prose (docstring_clean.c): paragraphs of words, a line each,
 * "- " before the items of a list.  Sentences are put right
 * (docstring_words.c), escaped for their style (docstring_escape.c), wrapped
 * onto a page (docstring_page.c), section by section (docstring_layout.c), as
 * the rows of docstring_style.c say.  docstring_form.c puts the page into its
 * literal or comment and looks whether it can leave it.
 */
#ifndef DOCSTRING_PARTS_H
#define DOCSTRING_PARTS_H

#include "docstring.h"

/* --- characters and words --- */

/* Append the visible ones, blanks and line feeds; a tab is `tab` blanks. */
void docstring_clean_characters(
    struct str in, bool ascii, size_t tab, struct buf *out);

/*
 * Append prose: paragraphs, each a line of words with single blanks between;
 * "- " begins an item.  Backticks come in pairs.
 */
void docstring_clean_prose(struct str field, bool ascii, struct buf *out);

/* Append code: whole lines without common indentation, or nothing. */
void docstring_clean_code(struct str field, bool ascii, struct buf *out);

/* Append what is on one line, such as a type; nothing if it is hostile. */
void docstring_clean_type(struct str type, struct buf *out);

bool docstring_is_alnum(char); /* of ASCII, or beyond */
bool docstring_has_alnum(struct str);
bool docstring_starts_like(struct str, const char *small_letters);

/* Is it a name that documentation can speak of? */
bool docstring_is_name(struct str);

/*
 * May a line begin with this word, and no tool takes it for a mark?  Those
 * are lists, headings, tags, directives, titles.
 */
bool docstring_may_begin(struct str word);

/* Is this word, of code or of prose, meant for a tool? */
bool docstring_is_directive(struct str word);

/* Is it together with what stands before it: "DO NOT" and "EDIT"? */
bool docstring_is_order(struct str before, struct str word);

/* Does a mark stand in it that is put around what a prompt quotes? */
bool docstring_has_fence(struct str text);

/* Does a section begin here: "Args:", "**Returns**"; "Note:", "## Details"? */
enum docstring_title { TITLE_NONE, TITLE_OF_FIELD, TITLE_OF_PROSE };
enum docstring_title docstring_title(struct str line);

size_t docstring_columns(struct str text); /* a tab: to the next eighth */

/* --- sentences --- */

bool docstring_ends_sentence(struct str text);

/* Does a sentence end at line.data[i], and another one begin? */
bool docstring_is_sentence_end(struct str line, size_t i);

/* Where the first sentence of a line ends: behind a full stop. */
size_t docstring_sentence_end(struct str line);

/* Was a text cut off, of which `max` characters were allowed? */
bool docstring_is_cut(struct str text, size_t max);

/* Append the whole sentences of one that was; or its words and "...". */
void docstring_add_whole(struct str text, struct buf *out);

/* Append prose; of sentences that are the same, the first. */
void docstring_add_once(struct str prose, struct buf *out);

/*
 * Append the first sentence of prose, or, where that has more than so many
 * columns and comes in parts, the first of them; returns where the rest begins.
 */
size_t docstring_summary(struct str prose, const struct docstring_place *,
    size_t columns, struct buf *out);

/* "Return" at the start of a sentence becomes "return", "HTTP" stays. */
void docstring_uncapitalise(char *text);

/* Append a text as a sentence: a capital, a full stop.  Its lines are one. */
void docstring_sentence(struct str prose, struct buf *out);

#endif
