/* file - a file as memory. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS; NOLINT(bugprone-reserved-identifier) */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "file_map.h"

/* What is mapped, for the handler. */
static volatile struct {
	uintptr_t page; /* bytes */
	struct {
		char *at;
		size_t size; /* 0: none */
		bool was_cut;
	} maps[FILE_MAPS_MAX];
} self;

/* --- what is not there --- */

/*
 * Put zeros where the file has nothing any more, up to the end of what is
 * mapped; whoever looked there goes on.  What is not ours ends the process, as
 * does what somebody sent.
 */
static void
on_bus(int number, siginfo_t *info, void *context)
{
	struct sigaction fatal = { .sa_handler = SIG_DFL };
	char *from = (char *)info->si_addr;

	(void)context;
	from -= (uintptr_t)from % self.page;
	for (size_t i = 0; info->si_code > 0 && i < FILE_MAPS_MAX; i++) {
		char *at = self.maps[i].at;
		size_t size = self.maps[i].size;

		if (!size || from < at || from >= at + size)
			continue;
		self.maps[i].was_cut = true;
		if (mmap(from, (size_t)(at + size - from), PROT_READ,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
			0) != MAP_FAILED)
			return;
	}
	sigaction(number, &fatal, NULL);
	raise(number);
}

/* False: there are too many. */
static bool
watch(char *at, size_t size)
{
	struct sigaction catch = { .sa_sigaction = on_bus,
		.sa_flags = SA_SIGINFO };

	for (size_t i = 0; i < FILE_MAPS_MAX; i++)
		if (!self.maps[i].size) {
			self.page = (uintptr_t)sysconf(_SC_PAGESIZE);
			self.maps[i].at = at;
			self.maps[i].size = size;
			self.maps[i].was_cut = false;
			sigaction(SIGBUS, &catch, NULL);
			return true;
		}
	return false;
}

static void
forget(const char *at)
{
	for (size_t i = 0; i < FILE_MAPS_MAX; i++)
		if (self.maps[i].at == at)
			self.maps[i].size = 0;
}

static bool
was_cut(const char *at)
{
	for (size_t i = 0; i < FILE_MAPS_MAX; i++)
		if (self.maps[i].size && self.maps[i].at == at)
			return self.maps[i].was_cut;
	return false;
}

/* --- map --- */

static int
fail(const struct file_map *m, const char *why, struct err *e)
{
	return file_fail(e, ST_INPUT, "read", m->path, why);
}

static int
map(struct file_map *m, struct err *e)
{
	struct stat st;
	size_t size;
	char *at;

	if (fstat(m->fd, &st))
		return fail(m, strerror(errno), e);
	if (!S_ISREG(st.st_mode))
		return fail(m, "it is no regular file", e);
	size = (size_t)st.st_size;
	if (!size)
		return 0;
	at = mmap(NULL, size, PROT_READ, MAP_SHARED, m->fd, 0);
	if (at == MAP_FAILED)
		return fail(m, strerror(errno), e);
	m->bytes = (struct str){ at, size };
	if (!watch(at, size))
		return fail(m, "too many files are mapped", e);
	posix_madvise(at, size, POSIX_MADV_SEQUENTIAL);
	return 0;
}

int
file_map(struct file_map *m, const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	*m = (struct file_map){ .path = path, .fd = fd };
	if (fd < 0) {
		m->path = NULL;
		return file_fail(e, ST_INPUT, "open", path, strerror(errno));
	}
	if (!map(m, e))
		return 0;
	file_unmap(m);
	return -1;
}

int
file_map_check(const struct file_map *m, struct err *e)
{
	struct stat st;

	if (!m->path)
		return 0;
	if (fstat(m->fd, &st))
		return fail(m, strerror(errno), e);
	if (was_cut(m->bytes.data) || (size_t)st.st_size < m->bytes.len)
		return fail(m, "it is shorter than it was", e);
	return 0;
}

void
file_unmap(struct file_map *m)
{
	if (m->bytes.data) {
		forget(m->bytes.data);
		munmap((void *)(uintptr_t)m->bytes.data, m->bytes.len);
	}
	if (m->path)
		close(m->fd);
	*m = (struct file_map){ 0 };
}
