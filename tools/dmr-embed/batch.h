/*
 * batch - the texts of a call, asked for range by range until all are done.
 *
 * What is too long, for the server or for a request, is halved until one text
 * is left, which fails, or is cut.
 */
#ifndef BATCH_H
#define BATCH_H

#include "embed.h"

/* batch.c: what fanout wants. */
enum fanout_step embed_begin(
    struct fanout *, struct fanout_job *, struct err *e);
enum fanout_step embed_send(
    struct fanout *, struct fanout_job *, struct err *e);
enum fanout_step embed_end(struct fanout *, struct fanout_job *, struct err *e);
void embed_batch_done(struct embed_batch *);

/* Did the server answer so since it was asked for base64? */
bool embed_refuses_base64(
    const struct embed_batch *, const struct api_call *call);

/*
 * request.c: write the body for the range, or for the one batch line.  -1:
 * it is too large, or the line asks for nothing.
 */
int embed_write_body(struct embed_batch *, struct err *e);

/* The body as a line of OpenAI's batch input. */
void embed_write_dry(const struct embed_batch *, struct buf *line);

/* The call that sends it. */
void embed_fill_call(struct embed_batch *, struct api_call *);

/* Log a call that ended; a vector that was stored. */
void embed_log(
    struct embed_batch *, const struct api_call *, const struct err *why);

void embed_log_stored(struct embed *);

/*
 * cache.c: the vector of json, a text, in run->stored.  1; 0: there is none;
 * -1.  Then store that of a text that was asked for.
 */
int embed_recall(struct embed *, struct str json, struct err *e);
void embed_store(struct embed *, const struct record *, const float *vector,
    size_t width, size_t limit);

/* What was stored of a record is not good. */
void embed_forget(struct embed *, const struct record *);

/*
 * write.c: the line or row of a record that has n vectors, as wide as the
 * answer says, which change; of a failed one; of one that has its vector.
 */
enum fanout_step embed_write(struct embed *, struct fanout_job *,
    float *vectors, size_t n, const struct api_embed *answer);
enum fanout_step embed_write_failed(
    struct embed *, struct fanout_job *, const struct err *why);
enum fanout_step embed_pass_on(struct embed *, struct fanout_job *);

/*
 * The answer is one of the run's model, and of vectors as wide as those before:
 * what becomes a row is held to that when its turn comes, by rows.c.  Of other
 * models' it only is wide enough.  -1 with ST_SERVER.
 */
int embed_check_answer(struct embed *, const struct api_embed *answer,
    bool is_ours, struct err *e);

/* known: the width of those before; 0: there were none.  -1 with ST_SERVER. */
int embed_check_width(size_t *known, size_t width, struct err *e);

/* "line N: ...", or the file. */
void embed_add_place(
    const struct embed *, const struct record *, struct err *e);

/*
 * rows.c: rows of numbers; see fanout.print.  A job's mark is the width of the
 * model's vectors, of which its row may be a part; 0: no answer made it.
 */
void embed_add_numbers(struct buf *out, const float *numbers, size_t n);
int embed_print_row(struct fanout *, struct fanout_job *, struct err *e);
int embed_begin_rows(struct embed *, struct err *e);
int embed_end_rows(struct embed *, struct err *e);

#endif
