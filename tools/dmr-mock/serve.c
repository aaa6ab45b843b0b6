/* serve - the daemon, its connections, and the loop that moves all. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* NOLINT(bugprone-reserved-identifier): accept4() */
#endif
#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "exchange.h"
#include "mem.h"
#include "now.h"

enum {
	EVENTS_MAX = 64,
	ACCEPTS_MAX = 64,     /* in one turn */
	DESCRIPTORS_KEPT = 8, /* for what is no client's connection */
	DAEMON_TURNS_MAX = 8,
	DEAF_MS = 20,
	IDLE_MS = 120000, /* a client that neither sends nor reads */
};

/* ---- what is waited for */

/* data.ptr of an event: an exchange, or the address of one of these. */
static const char of_listener, of_signals, of_daemon;

static void
control(struct mock_server *server, int how, int fd, uint32_t events,
    const void *tag)
{
	struct epoll_event event = { .events = events,
		.data.ptr = (void *)(uintptr_t)tag };

	(void)epoll_ctl(server->epoll, how, fd, &event);
}

static void
watch(struct mock_server *server, int fd, uint32_t events, const void *tag)
{
	control(server, EPOLL_CTL_ADD, fd, events, tag);
}

static void
unwatch(struct mock_server *server, int fd)
{
	(void)epoll_ctl(server->epoll, EPOLL_CTL_DEL, fd, NULL);
}

/* A client that goes away is to be seen while its exchange is suspended. */
void
serve_watch(struct exchange *x, bool is_watched)
{
	if (is_watched)
		watch(x->server, x->connection->fd, EPOLLRDHUP, x);
	else
		unwatch(x->server, x->connection->fd);
}

static void
wake_those_due(struct mock_server *server)
{
	int64_t now = server->suspended ? now_ms() : 0;
	struct exchange *next;

	for (struct exchange *x = server->suspended; x; x = next) {
		next = x->next;
		if (x->wake_ms <= now)
			exchange_wake(x);
	}
}

/* ---- accepting */

static void
set_deaf(struct mock_server *server, bool is_deaf)
{
	server->deaf_ms = is_deaf ? now_ms() + DEAF_MS : 0;
	if (is_deaf)
		unwatch(server, server->listener->fd);
	else
		watch(server, server->listener->fd, EPOLLIN, &of_listener);
}

static void
turn_away(int fd)
{
	exchange_write_raw(fd,
	    STR("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"
		"Content-Type: text/plain; charset=utf-8\r\n"
		"Retry-After: 1\r\nContent-Length: 21\r\n\r\n"
		"too many connections\n"));
	close(fd);
}

static void
accept_clients(struct mock_server *server)
{
	for (int i = 0; i < ACCEPTS_MAX; i++) {
		struct sockaddr_storage address;
		socklen_t size = sizeof address;
		int fd = accept4(server->listener->fd, (void *)&address, &size,
		    SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0 && (errno == EINTR || errno == ECONNABORTED))
			continue;
		if (fd < 0) {
			if (errno != EAGAIN && errno != EWOULDBLOCK)
				set_deaf(server, true);
			return;
		}
		if (server->nconnections >= server->max_connections)
			turn_away(fd);
		else
			(void)MHD_add_connection(
			    server->daemon, fd, (void *)&address, size);
	}
}

/* ---- the end */

static void
begin_end(struct mock_server *server, int status)
{
	if (server->end_ms)
		return;
	server->status = status;
	server->end_ms = now_ms() + MOCK_DRAIN_MS;
	unwatch(server, server->listener->fd);
	mock_listen_close(server->listener);
}

static void
on_child(struct mock_server *server)
{
	int status;

	if (!server->command ||
	    waitpid(server->command, &status, WNOHANG) != server->command)
		return;
	server->command = 0;
	begin_end(server,
	    WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
	server->end_ms = now_ms(); /* nobody is left to be answered */
}

/* A terminal's signal has gone to the command by itself. */
static void
on_signal(struct mock_server *server)
{
	struct signalfd_siginfo info;

	while (read(server->signals, &info, sizeof info) == sizeof info) {
		if (info.ssi_signo == SIGCHLD)
			on_child(server);
		else if (!server->command)
			begin_end(server, -(int)info.ssi_signo);
		else if (info.ssi_code != SI_KERNEL)
			kill(server->command, (int)info.ssi_signo);
	}
}

/* ---- the loop */

static int64_t
earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Milliseconds until something is due. */
static int
time_left(const struct mock_server *server)
{
	int64_t due = INT64_MAX, left;
	unsigned long long ms;

	if (MHD_get_timeout(server->daemon, &ms) == MHD_YES && !ms)
		return 0;
	for (const struct exchange *x = server->suspended; x; x = x->next)
		due = earlier(due, x->wake_ms);
	if (server->first)
		due = earlier(due, server->first->end_ms);
	if (server->end_ms)
		due = earlier(due, server->end_ms);
	if (server->deaf_ms)
		due = earlier(due, server->deaf_ms);
	if (due == INT64_MAX)
		return IDLE_MS;
	left = due - now_ms();
	return left <= 0 ? 0 : (int)earlier(left, IDLE_MS);
}

/*
 * A client that has ended its side may still read.  It gets what comes in its
 * time; for what may never come it counts as gone.
 */
static void
on_hangup(struct mock_server *server, struct exchange *x, uint32_t events)
{
	if (!(events & (EPOLLHUP | EPOLLERR)) && x->wake_ms != MOCK_NEVER) {
		control(server, EPOLL_CTL_MOD, x->connection->fd, 0, x);
		return;
	}
	x->is_gone = true;
	exchange_wake(x);
}

static void
handle(struct mock_server *server, const struct epoll_event *event)
{
	const void *tag = event->data.ptr;

	if (tag == &of_listener) {
		accept_clients(server);
	} else if (tag == &of_signals) {
		on_signal(server);
	} else if (tag != &of_daemon) {
		on_hangup(server, event->data.ptr, event->events);
	}
}

/* A reply takes several turns of the daemon, for which nothing has to be
 * waited for. */
static void
run_daemon(struct mock_server *server)
{
	unsigned long long ms;

	for (int i = 0; i < DAEMON_TURNS_MAX; i++) {
		MHD_run(server->daemon);
		if (MHD_get_timeout(server->daemon, &ms) != MHD_YES || ms)
			break;
	}
}

static void
turn(struct mock_server *server)
{
	struct epoll_event events[EVENTS_MAX];
	int ms = time_left(server), n;

	if (server->sources->upstream) {
		mock_upstream_wait(
		    server->sources->upstream, server->epoll, ms);
		ms = 0;
	}
	n = epoll_wait(server->epoll, events, EVENTS_MAX, ms);
	for (int i = 0; i < n; i++)
		handle(server, &events[i]);
	if (server->deaf_ms && !server->end_ms && server->deaf_ms <= now_ms())
		set_deaf(server, false);
	wake_those_due(server);
	connection_end_late(server);
	run_daemon(server);
}

/* As many as we may have; only now, or the command would have that limit. */
static size_t
count_connections(int first_free)
{
	struct rlimit files = { 0 };
	size_t used = (size_t)first_free + DESCRIPTORS_KEPT;

	(void)getrlimit(RLIMIT_NOFILE, &files);
	if (files.rlim_cur < files.rlim_max) {
		files.rlim_cur = files.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &files);
		(void)getrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur >= used + MOCK_CONNECTIONS_MAX)
		return MOCK_CONNECTIONS_MAX;
	return files.rlim_cur > used ? files.rlim_cur - used : 1;
}

int
mock_serve(struct mock_server *server, pid_t command)
{
	server->command = command;
	server->max_connections = count_connections(server->signals + 1);
	on_child(server); /* it may be over already */
	while (!server->end_ms ||
	    (server->nexchanges && now_ms() < server->end_ms))
		turn(server);
	return server->status;
}

/* ---- open and close */

/* The signals that end us, but for those we were started to ignore, come by
 * a descriptor; so does the end of the command. */
static int
open_signals(void)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT,
		SIGCHLD };
	struct sigaction old;
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < countof(numbers); i++) {
		sigaction(numbers[i], NULL, &old);
		if (numbers[i] == SIGCHLD || old.sa_handler != SIG_IGN)
			sigaddset(&set, numbers[i]);
	}
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static size_t
keep_escapes(void *owner, struct MHD_Connection *mhd, char *text)
{
	(void)owner;
	(void)mhd;
	return strlen(text);
}

static struct MHD_Daemon *
start_daemon(struct mock_server *server)
{
	return MHD_start_daemon(
	    MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME,
	    0, NULL, NULL, exchange_handle, server,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	    (size_t)EXCHANGE_HEADS_MAX, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)MOCK_CONNECTIONS_MAX + 1, MHD_OPTION_CONNECTION_TIMEOUT,
	    (unsigned)IDLE_MS / 1000, MHD_OPTION_NOTIFY_CONNECTION,
	    connection_notify, server, MHD_OPTION_NOTIFY_COMPLETED,
	    exchange_end, server, MHD_OPTION_URI_LOG_CALLBACK, exchange_begin,
	    server, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
	    MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, MHD_OPTION_END);
}

struct mock_server *
mock_serve_open(struct mock_listener *listener, struct mock_sources *sources,
    const struct mock_options *options, struct err *e)
{
	struct mock_server *server = mem_new(1, sizeof *server);

	server->listener = listener;
	server->sources = sources;
	server->options = options;
	server->epoll = epoll_create1(EPOLL_CLOEXEC);
	server->signals = open_signals();
	server->daemon = start_daemon(server);
	if (server->epoll < 0 || server->signals < 0 || !server->daemon) {
		err_set(e, ST_UNREACHABLE, "cannot serve: %s",
		    strerror(errno ? errno : EMFILE));
		mock_serve_close(server);
		return NULL;
	}
	watch(server, listener->fd, EPOLLIN, &of_listener);
	watch(server, server->signals, EPOLLIN, &of_signals);
	watch(server,
	    MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)
		->epoll_fd,
	    EPOLLIN, &of_daemon);
	return server;
}

void
mock_serve_close(struct mock_server *server)
{
	while (server->suspended) {
		server->suspended->is_gone = true;
		exchange_wake(server->suspended);
	}
	if (server->daemon)
		MHD_stop_daemon(server->daemon);
	exchange_free_spare(server);
	if (server->epoll >= 0)
		close(server->epoll);
	if (server->signals >= 0)
		close(server->signals);
	free(server);
}
