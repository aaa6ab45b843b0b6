/* http - wait for the sockets that libcurl watches. */
#include "http_events.h"

#include <poll.h>

#include "die.h"
#include "mem.h"
#include "now.h"

enum { EVENTS_OUT, EVENTS_IN, EVENTS_THEIRS }; /* places */

/* Its place among those watched, or where it would be added. */
static size_t
find_socket(const struct http_events *v, curl_socket_t fd)
{
	size_t i = EVENTS_THEIRS;

	while (i < v->n && v->fds[i].fd != fd)
		i++;
	return i;
}

/*
 * The last one takes the place of one that goes.  Those that are looked at
 * are looked at from the last to the first: none is missed, none twice.
 */
static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *owner, void *of_socket)
{
	struct http_events *v = owner;
	size_t i = find_socket(v, fd);
	struct pollfd *p;

	(void)easy;
	(void)of_socket;
	if (what == CURL_POLL_REMOVE) {
		if (i < v->n)
			v->fds[i] = v->fds[--v->n];
		return 0;
	}
	if (i == v->n) {
		v->fds = mem_grow(v->fds, &v->size, ++v->n, sizeof *v->fds);
		v->fds[i] = (struct pollfd){ .fd = fd };
	}
	p = &v->fds[i];
	p->events = (short)((what & CURL_POLL_IN ? POLLIN : 0) |
	    (what & CURL_POLL_OUT ? POLLOUT : 0));
	return 0;
}

static int
on_timer(CURLM *multi, long ms, void *owner)
{
	struct http_events *v = owner;

	(void)multi;
	v->has_timer = ms >= 0;
	v->timer_ms = now_ms() + ms;
	return 0;
}

void
http_events_open(struct http_events *v, CURLM *multi)
{
	v->multi = multi;
	v->n = EVENTS_THEIRS;
	v->fds = mem_grow(v->fds, &v->size, v->n, sizeof *v->fds);
	curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, v);
	curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
	curl_multi_setopt(multi, CURLMOPT_TIMERDATA, v);
}

void
http_events_close(struct http_events *v)
{
	free(v->fds);
	*v = (struct http_events){ 0 };
}

static void
act(struct http_events *v, curl_socket_t fd, int bits)
{
	int running;

	if (curl_multi_socket_action(v->multi, fd, bits, &running) ==
	    CURLM_OUT_OF_MEMORY)
		die_because(ST_MEMORY, "out of memory");
}

/* What is to be read or written fails where it is read or written. */
static int
ready(const struct pollfd *p)
{
	int bits = 0;

	if (p->revents & POLLNVAL)
		return CURL_CSELECT_ERR; /* it is no descriptor any more */
	if (p->events & POLLIN && p->revents & (POLLIN | POLLERR | POLLHUP))
		bits |= CURL_CSELECT_IN;
	if (p->events & POLLOUT && p->revents & (POLLOUT | POLLERR | POLLHUP))
		bits |= CURL_CSELECT_OUT;
	return bits;
}

static void
take_events(struct http_events *v)
{
	for (size_t i = v->n; i-- > EVENTS_THEIRS;) {
		struct pollfd p = i < v->n ? v->fds[i] : (struct pollfd){ 0 };

		if (!p.revents)
			continue;
		v->fds[i].revents = 0;
		act(v, p.fd, ready(&p));
	}
}

/* Its timer is told anew when it has had its turn. */
static void
tend_timer(struct http_events *v)
{
	if (v->has_timer && v->timer_ms <= now_ms()) {
		v->has_timer = false;
		act(v, CURL_SOCKET_TIMEOUT, 0);
	}
}

void
http_events_wait(struct http_events *v, int out, int in, int ms)
{
	int64_t left = v->has_timer ? v->timer_ms - now_ms() : ms;

	if (left < ms)
		ms = left > 0 ? (int)left : 0;
	v->fds[EVENTS_OUT] = (struct pollfd){ .fd = out };
	v->fds[EVENTS_IN] = (struct pollfd){ .fd = in, .events = POLLIN };
	if (poll(v->fds, (nfds_t)v->n, ms) > 0)
		take_events(v);
	tend_timer(v);
}
