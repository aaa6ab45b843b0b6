/*
 * record - read records from standard input as the tools do, and give each a
 * member; nothing is written.
 *
 *     record [-l] <FILE
 *
 * Prints the records, those that are bad, records and MB of input in a second
 * of processor time, and the largest resident memory in KiB, tab-separated.
 */
#include <sys/resource.h>
#include <unistd.h>

#include "file.h"
#include "record_reader.h"
#include "record_write.h"

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void
write_one(
    struct buf *out, const struct record_format *f, const struct record *r)
{
	struct record_writer w;
	struct err e = ERR_NONE;

	buf_clear(out);
	if (r->kind == RECORD_BAD) {
		record_blame(r, &e);
		record_write_error(out, f, r, &e, (struct str){ 0 });
	} else {
		record_begin(&w, out, f, r);
		json_string(&w.json, STR("The dog barks."));
		record_end(&w);
	}
}

int
main(int argc, char **argv)
{
	struct record_format format;
	struct record_reader in = { .format = &format };
	struct record r = { 0 };
	struct buf out = { 0 };
	struct err e = ERR_NONE;
	struct rusage use;
	size_t bad = 0;
	double took, bytes;
	int got = 0;

	record_format_init(
	    &format, "reply", argc > 1 && !strcmp(argv[1], "-l"), '\n');
	while (!in.at_end && got >= 0) {
		got = record_read(&in, &r, &e);
		if (got == 0 && !in.at_end)
			file_wait(in.fd, -1);
		if (got != 1)
			continue;
		write_one(&out, &format, &r);
		bad += r.kind == RECORD_BAD;
	}
	getrusage(RUSAGE_SELF, &use);
	took = seconds(use.ru_utime) + seconds(use.ru_stime);
	bytes = (double)lseek(in.fd, 0, SEEK_CUR);
	printf("%zu\t%zu\t%.0f\t%.0f\t%ld\n", in.line, bad,
	    (double)in.line / took, bytes / took / 1e6, use.ru_maxrss);
	record_done(&r);
	record_reader_done(&in);
	record_format_done(&format);
	buf_done(&out);
	return got < 0;
}
