/* dmr-embed --near */
#include "near.h"

int
near_run(struct embed *run, struct err *e)
{
	(void)run;
	return err_set(e, ST_USAGE, "--near: not yet");
}
