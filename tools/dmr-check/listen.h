/*
 * listen - who can reach a port of this machine, by Linux's own tables.
 */
#ifndef CHECK_LISTEN_H
#define CHECK_LISTEN_H

#include "str.h"

enum { LISTEN_ADDRESS_MAX = 48 };

/*
 * Find what listens on a port for others than this machine and its containers,
 * in the text of /proc/net/tcp or tcp6, proc(5).  1: it does, on address, of
 * which "0.0.0.0" and "::" are all; 0: what listens is for this machine alone;
 * -1: nothing listens there.
 */
int listen_find(
    struct str table, unsigned port, char address[LISTEN_ADDRESS_MAX]);

#endif
