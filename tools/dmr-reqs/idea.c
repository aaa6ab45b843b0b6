/* dmr-reqs: an idea on its way, and what came of it. */
#include "run.h"

#include "mem.h"

struct idea *
idea_new(struct run *run)
{
	struct idea *idea = mem_new(1, sizeof *idea);

	idea->run = run;
	idea->end = STAGES;
	idea->following = run->ideas;
	idea->link = &run->ideas;
	if (run->ideas)
		run->ideas->link = &idea->following;
	run->ideas = idea;
	return idea;
}

void
idea_free(struct idea *idea)
{
	*idea->link = idea->following;
	if (idea->following)
		idea->following->link = idea->link;
	document_done(&idea->doc);
	document_done(&idea->part);
	buf_done(&idea->text);
	buf_done(&idea->problem);
	buf_done(&idea->ignored);
	buf_done(&idea->remarks);
	free(idea);
}

enum stage_id
idea_find_stage(const struct idea *idea, size_t id)
{
	while (id < STAGES && idea->skips[id])
		id++;
	return (enum stage_id)id;
}

bool
idea_is_empty(const struct idea *idea)
{
	bool is_update = idea->run->news.len;

	for (size_t i = STAGE_FUNCTIONAL; i < STAGES; i++)
		if (!idea->failed[i].status && !(is_update && idea->skips[i]))
			return false;
	return true;
}

size_t
idea_count_asked(const struct idea *idea)
{
	size_t n = 0;

	for (size_t i = 0; i < STAGES; i++)
		n += !idea->skips[i];
	return n;
}

size_t
idea_count_failed(const struct idea *idea)
{
	size_t n = 0;

	for (size_t i = 0; i < STAGES; i++)
		n += idea->failed[i].status != ST_OK;
	return n;
}

void
idea_fail_rest(struct idea *idea, const struct err *why)
{
	idea->fatal = *why;
	for (size_t i = idea->stage; i < STAGES; i++)
		if (!idea->skips[i])
			idea->failed[i] = *why;
	idea->stage = STAGES;
}

void
idea_blame(const struct idea *idea, struct err *e)
{
	*e = idea->fatal;
	if (e->status)
		return;
	for (size_t i = STAGE_FUNCTIONAL; i < STAGES && !e->status; i++) {
		*e = idea->failed[i];
		if (e->status)
			err_prefix(e, "%s", stage_name((enum stage_id)i));
	}
}
