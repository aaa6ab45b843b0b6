/*
 * machine - what this machine has: memory, and how wide its terminal is.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "base.h"

/* Bytes of memory; INT64_MAX if it is not known. */
int64_t machine_memory(void);

/* Columns of the terminal that fd is; 80 if it does not say. */
size_t machine_columns(int fd);

#endif
