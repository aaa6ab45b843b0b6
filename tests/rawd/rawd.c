/*
 * rawd - a server for tests that plays a scenario: bytes, pauses, cuts, resets.
 *
 * Connections are served one after the other.  When the client goes away, the
 * rest of its block is passed over but for mark, refuse and stop.  After the
 * last block rawd stays, until SIGTERM or too long a silence, and complains of
 * every further connection.  Complaints go to standard error, nothing else.
 */
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "scene.h"

enum { BURST_BYTES = 65536 };

struct server {
	struct scene scene;
	struct client client;
	int listener; /* or -1 */
	size_t block; /* index of the block's accept */
};

static const char usage[] =
    "usage: rawd [-p PORT | -u SOCKET] [-l LOGDIR] [-P PORTFILE] [-t SECONDS]"
    " SCENARIO\n";

static volatile sig_atomic_t played; /* silence is no fault any more */

static void
on_signal(int sig)
{
	static const char silence[] = "rawd: nothing happened for too long\n";

	if (sig == SIGALRM && !played &&
	    write(STDERR_FILENO, silence, sizeof silence - 1) < 0)
		_exit(1);
	_exit(0);
}

static void
play_send(struct client *c, const struct step *step)
{
	const struct bytes *out = &step->out;
	struct bytes many = { 0 };
	long at_once = 1;

	while (!step->each && at_once < step->num && out->len &&
	    (size_t)at_once * out->len < BURST_BYTES)
		at_once++;
	for (long i = 0; i < at_once; i++)
		bytes_add(&many, out->data, out->len);
	for (long left = step->num; left > 0; left -= at_once) {
		long now = left < at_once ? left : at_once;

		if (!client_send(c, many.data, (size_t)now * out->len))
			break;
	}
	free(many.data);
}

static void
play_await(const struct step *step)
{
	char byte;

	if (read(step->fd, &byte, 1) != 1)
		die(step->path);
}

static void
play_mark(const struct step *step)
{
	if (step->fd < 0)
		file_append(step->path, "\n");
	else if (write(step->fd, "\n", 1) != 1)
		die(step->path);
}

static void
expect_close(struct server *v, const struct step *step)
{
	if (!client_await_close(&v->client, (int)step->num))
		fprintf(stderr, "rawd: %s:%ld: no close in %ld ms\n",
		    v->scene.path, step->line, step->num);
}

/* Returns 0 if none can come any more. */
static int
next_client(struct server *v)
{
	client_close(&v->client);
	if (v->listener < 0)
		return 0;
	client_accept(&v->client, v->listener);
	return 1;
}

static void
refuse_clients(struct server *v)
{
	if (v->listener >= 0)
		close(v->listener);
	v->listener = -1;
}

/* Play the step at index i; returns the index of the next. */
static size_t
play_step(struct server *v, size_t i)
{
	const struct step *step = &v->scene.steps[i];
	struct client *c = &v->client;

	switch (step->verb) {
	case REPEAT:
	case ACCEPT:
		v->block = i;
		if (!next_client(v))
			return v->scene.nsteps;
		break;
	case REFUSE:
		refuse_clients(v);
		break;
	case STOP:
		exit(0);
	case MARK:
		play_mark(step);
		break;
	case SLEEP:
		pause_ms(step->num);
		break;
	case AWAIT:
		play_await(step);
		break;
	case AGAIN:
		return v->block + 1;
	case READ:
		client_read_headers(c);
		if (!c->gone)
			client_read_body(c, LONG_MAX);
		break;
	case READ_HEADERS:
		client_read_headers(c);
		break;
	case READ_BODY:
		client_read_body(c, step->num);
		break;
	case SLOW:
		c->slow_ms = step->num;
		c->piece = step->piece;
		break;
	case EXPECT_CLOSE:
		expect_close(v, step);
		break;
	case SHUTDOWN:
		shutdown(c->fd, SHUT_WR);
		break;
	case CLOSE:
		client_close(c);
		break;
	case RESET:
		client_reset(c);
		break;
	default:
		play_send(c, step);
		break;
	}
	return i + 1;
}

/* Returns once no client can come any more. */
static void
play(struct server *v)
{
	const struct scene *s = &v->scene;

	for (size_t i = 0; i < s->nsteps;) {
		alarm(v->client.idle_s);
		if (v->client.gone && s->steps[i].verb >= SLEEP)
			i++;
		else
			i = play_step(v, i);
		if (i < s->nsteps)
			continue;
		played = 1;
		if (s->repeat != SIZE_MAX && v->listener >= 0)
			i = s->repeat;
	}
	alarm(v->client.idle_s);
	played = 1; /* also if there was not a step */
	while (next_client(v))
		fprintf(stderr, "rawd: %s: connection %ld is not in it\n",
		    s->path, v->client.nconns);
}

/* Tell the test that it may begin. */
static void
announce(const char *portfile, in_port_t port)
{
	char line[16];

	snprintf(line, sizeof line, "%u\n", (unsigned)port);
	if (portfile)
		file_write(portfile, line, strlen(line));
	else if (fputs(line, stdout) < 0 || fflush(stdout) != 0)
		die("standard output");
	/* Who reads it shall see its end, and no client get its number. */
	if (!freopen("/dev/null", "w", stdout))
		die("/dev/null");
}

static long
number(const char *text, long max)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end || n < 0 || n > max) {
		fputs(usage, stderr);
		exit(2);
	}
	return n;
}

int
main(int argc, char **argv)
{
	static struct server v = { .client.fd = -1 };
	const char *portfile = NULL, *path = NULL;
	in_port_t port = 0;
	int opt;

	v.scene.folder = ".";
	v.client.idle_s = 60;
	while ((opt = getopt(argc, argv, "hp:u:l:P:t:")) != -1) {
		switch (opt) {
		case 'p':
			port = (in_port_t)number(optarg, 65535);
			break;
		case 'u':
			path = optarg;
			break;
		case 'l':
			v.scene.folder = v.client.folder = optarg;
			break;
		case 'P':
			portfile = optarg;
			break;
		case 't':
			v.client.idle_s = (unsigned)number(optarg, 86400);
			break;
		case 'h':
			fputs(usage, stdout);
			scene_print_words(stdout);
			return 0;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	if (argc - optind != 1) {
		fputs(usage, stderr);
		return 2;
	}
	v.scene.path = argv[optind];
	scene_load(&v.scene);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGALRM, on_signal);
	signal(SIGTERM, on_signal);
	v.listener = path ? client_listen_unix(path) : client_listen_tcp(&port);
	announce(portfile, port);
	play(&v);
	return 0;
}
