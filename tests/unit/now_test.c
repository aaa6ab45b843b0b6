/* now_test - the machine's clock. */
#include "now.h"

#include <time.h>

#include "tap.h"

int
main(void)
{
	int64_t before = time(NULL), now = now_unix_ms(), after = time(NULL);

	/* time() may lag behind by a tick of the kernel's clock. */
	tap_ok(now >= before * 1000 && now <= (after + 2) * 1000,
	    "milliseconds since 1970");
	return tap_done();
}
