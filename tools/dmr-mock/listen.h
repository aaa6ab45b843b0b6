/*
 * listen - the socket that is listened on, and files that end with it.
 */
#ifndef LISTEN_H
#define LISTEN_H

#include <limits.h>
#include <sys/stat.h>

#include "err.h"
#include "str.h"

/* A file of ours to be removed at the end, if it is still that one. */
struct mock_made {
	dev_t device;
	ino_t inode;
	char path[PATH_MAX]; /* "": none */
};

void mock_made_note(struct mock_made *, const char *path, const struct stat *);
/* Async-signal-safe. */
void mock_made_remove(const struct mock_made *);

struct mock_listener {
	int fd;
	char url[160]; /* "http://127.0.0.1:8080", "unix:///run/x.sock" */
	char name[64]; /* "127.0.0.1"; "": Unix */
	char port[8];  /* "8080"; "": Unix */
	bool is_any;   /* not loopback: Host is not checked */
	struct mock_made socket;
};

/*
 * where: "ADDRESS:PORT", "[ADDRESS]:PORT" or "unix:PATH".  -1 with ST_USAGE
 * (no such address), or ST_UNREACHABLE: it is taken, or not ours to take.
 */
int mock_listen(struct mock_listener *, const char *where, struct err *e);
/* Is this the name of ours in a Host header? */
bool mock_listen_is_host(const struct mock_listener *, struct str host);
void mock_listen_close(struct mock_listener *);

#endif
