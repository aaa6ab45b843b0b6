/* syntax_memory - what libtree-sitter allocates, and no more than a limit. */
#include "mem.h"
#include "now.h"
#include "syntax_parts.h"

/*
 * A lack of memory ends the program, as everywhere.  And libtree-sitter 0.20
 * counts a node's children in 16 bits: of an ERROR node of more than 65535,
 * which 100,000 open brackets make, it frees a place inside the block, and
 * loses the block.  So each block says where it begins, and what is none is
 * left alone.  What they hold are pointers and integers.
 */
enum { BLOCKS_A_LOOK = 1024 }; /* then time is looked at */

#define CHANGE ((uintptr_t)0x5bd1e995)

/* The parse that allocates: an allocator is told nothing but sizes. */
static struct syntax_memory *current;

static struct syntax_block *
block_of(void *p)
{
	struct syntax_block *b = (struct syntax_block *)p - 1;

	return b->begin == ((uintptr_t)b ^ CHANGE) ? b : NULL;
}

static void
enter(struct syntax_block *b, struct syntax_block *before)
{
	b->before = before;
	b->after = before->after;
	b->before->after = b->after->before = b;
}

static void
leave(struct syntax_block *b)
{
	b->before->after = b->after;
	b->after->before = b->before;
}

/* `old`, or NULL, is in no ring now. */
static void *
resize(struct syntax_block *old, struct syntax_block *before, size_t size)
{
	size_t none = 0, freed = old ? old->size : 0;
	struct syntax_block *b = mem_grow(old, &none, size + sizeof *b, 1);

	b->begin = (uintptr_t)b ^ CHANGE;
	b->size = size;
	b->before = b->after = b;
	if (before)
		enter(b, before);
	if (!current)
		return b + 1;
	current->used += size - freed;
	if (current->used > current->most ||
	    (++current->nblocks % BLOCKS_A_LOOK == 0 &&
		now_processor_ms() > current->end_ms))
		longjmp(current->stop, 1);
	return b + 1;
}

static void *
allocate(size_t size)
{
	return resize(NULL, current ? &current->ring : NULL, size);
}

static void *
allocate_zeroed(size_t n, size_t size)
{
	void *p = allocate(n * size);

	return memset(p, 0, n * size);
}

static void *
reallocate(void *p, size_t size)
{
	struct syntax_block *b = p ? block_of(p) : NULL, *before;

	if (!b)
		return allocate(size);
	before = b->before == b ? NULL : b->before;
	leave(b);
	return resize(b, before, size);
}

static void
release(void *p)
{
	struct syntax_block *b = p ? block_of(p) : NULL;

	if (!b)
		return;
	if (current)
		current->used -= b->size;
	leave(b);
	free(b);
}

void
syntax_memory_use(struct syntax_memory *m)
{
	ts_set_allocator(allocate, allocate_zeroed, reallocate, release);
	if (m && !m->ring.after)
		m->ring.before = m->ring.after = &m->ring;
	current = m;
}

void
syntax_memory_free(struct syntax_memory *m)
{
	struct syntax_block *b = m->ring.after, *after;

	for (; b && b != &m->ring; b = after) {
		after = b->after;
		free(b);
	}
	m->ring.before = m->ring.after = NULL;
	m->used = 0;
}
