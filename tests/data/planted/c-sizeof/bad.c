#include <string.h>

struct session {
	char user[64];
	char token[128];
	int tries;
};

void
session_reset(struct session *s)
{
	memset(s, 0, sizeof s);
	s->tries = 3;
}
