/*
 * runner_routes - what answers, by the table in runner.c.
 *
 * Each makes the reply of a call.  What an engine is asked goes through
 * runner_ask_engine() to the call's engine.
 */
#ifndef RUNNER_ROUTES_H
#define RUNNER_ROUTES_H

#include "runner.h"

/*
 * A member of a request's body, as Go reads one: null is no member, and as a
 * body one without members.  NULL: there is none, or it or the body is of
 * another kind, which makes *is_good false.
 */
const struct tree_node *runner_member(const struct tree_node *body,
    const char *name, enum span_kind, bool *is_good);

/* The same, an array in which all that is not null is a string. */
const struct tree_node *runner_strings(
    const struct tree_node *body, const char *name, bool *is_good);

void runner_list_models(struct runner_call *);
void runner_show_model(struct runner_call *);
void runner_list_openai(struct runner_call *);
void runner_show_openai(struct runner_call *);
void runner_delete_model(struct runner_call *);
void runner_refuse_action(struct runner_call *);
void runner_purge(struct runner_call *);
void runner_tag(struct runner_call *);
void runner_pull(struct runner_call *);
void runner_push(struct runner_call *);
void runner_load_file(struct runner_call *);

void runner_root(struct runner_call *);
void runner_version(struct runner_call *);
void runner_metrics(struct runner_call *);
void runner_logs(struct runner_call *);
void runner_status(struct runner_call *);
void runner_ps(struct runner_call *);
void runner_df(struct runner_call *);
void runner_unload_models(struct runner_call *);
void runner_requests(struct runner_call *);
void runner_configure(struct runner_call *);
void runner_list_configs(struct runner_call *);

void runner_ask_engine(struct runner_call *);
void runner_ask_anthropic(struct runner_call *); /* with errors of its own */

#endif
