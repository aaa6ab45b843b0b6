/* command - the one program that dmr-mock starts: the user's. */
#include <errno.h>
#include <signal.h>
#include <spawn.h>

#include "mem.h"
#include "serve.h"
#include "tool.h"

extern char **environ;

/* Ours, with DMR_HOST; yours to free(), with [0], which is DMR_HOST. */
static char **
make_environment(const char *url)
{
	static const char name[] = "DMR_HOST=";
	size_t n = 0, to = 1;
	char **copy;

	while (environ[n])
		n++;
	copy = mem_new(n + 2, sizeof *copy);
	copy[0] = mem_format("%s%s", name, url);
	for (size_t i = 0; i < n; i++)
		if (!str_starts(str_of(environ[i]), name))
			copy[to++] = environ[i];
	return copy;
}

/* The signals are as they were before we came: nothing is blocked. */
static int
spawn(const char *const *argv, char **environment, pid_t *pid)
{
	posix_spawnattr_t how;
	sigset_t none, all;
	int why = posix_spawnattr_init(&how);

	if (why)
		return why;
	sigemptyset(&none);
	sigemptyset(&all);
	sigaddset(&all, SIGPIPE);
	sigaddset(&all, SIGXFSZ);
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setsigdefault(&how, &all);
	posix_spawnattr_setflags(
	    &how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	why = posix_spawnp(pid, argv[0], NULL, &how,
	    (char *const *)(uintptr_t)argv, environment);
	posix_spawnattr_destroy(&how);
	return why;
}

int
mock_command_start(
    const char *const *argv, const char *url, pid_t *pid, struct err *e)
{
	char **environment = make_environment(url);
	int why;

	tool_allow_core(true);
	why = spawn(argv, environment, pid);
	tool_allow_core(false);
	free(environment[0]);
	free(environment);
	if (!why)
		return 0;
	err_set(e, ST_USAGE, "cannot run '%s': %s", argv[0], strerror(why));
	return why == ENOENT ? 127 : 126;
}
