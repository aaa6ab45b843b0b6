/* dmr-check: what the runner's log tells: GPU or CPU, the last error. */
#include "check.h"
#include "config.h"
#include "file.h"
#include "log_line.h"
#include "mem.h"
#include "now.h"
#include "units.h"

enum { OLD_S = 60 * 60 };

static int
on_bytes(struct api_call *call, struct str piece, struct err *e)
{
	struct check_log *log = call->owner;

	if (!log->is_there && str_starts(piece, "<")) {
		call->foreign = true;
		return err_set(e, ST_SERVER, "a page, and no log");
	}
	log->is_there = true;
	check_log_add(log, piece);
	return 0;
}

/* Where Docker Desktop keeps it, which hands out none: Linux, macOS. */
static void
read_file(struct check *c)
{
	static const char *const places[] = {
		".docker/desktop/log/host/inference.log",
		"Library/Containers/com.docker.docker/Data/log/host/"
		"inference.log"
	};
	const char *home = config_home();

	for (size_t i = 0; home && !c->log.is_there && i < countof(places);
	     i++) {
		char *path = mem_format("%s/%s", home, places[i]);
		struct buf text = { 0 };
		struct err e = ERR_NONE;

		if (!file_read_trusted(path, FILE_OWN, BUF_MAX, &text, &e)) {
			c->log.is_there = true;
			check_log_add(&c->log, buf_str(&text));
			check_log_end(&c->log);
		}
		buf_done(&text);
		free(path);
	}
}

static void
read_log(struct check *c)
{
	struct api_call call = { .method = "GET",
		.side = API_MANAGEMENT,
		.path = "/logs",
		.on_bytes = on_bytes,
		.owner = &c->log };
	struct err e = ERR_NONE;

	if (c->log.is_read)
		return;
	c->log = (struct check_log){ .is_read = true, .gpu = -1 };
	if (api_place(c->api)->management &&
	    !tool_call(c->api, &call, c->out, &e))
		check_log_end(&c->log);
	else
		c->log.is_there = false;
	api_call_done(&call);
	if (!c->log.is_there && api_place(c->api)->management &&
	    check_is_local(c))
		read_file(c);
}

/* How an engine was built, by its own words in GET /engines/status. */
static const char *
built_for(struct str engines)
{
	static const char *const kinds[] = { "metal", "cuda", "rocm", "vulkan",
		"musa", "cann", "cpu" };

	for (size_t i = 0; i < countof(kinds); i++)
		if (check_log_has_word(engines, kinds[i]))
			return kinds[i];
	return NULL;
}

void
check_gpu(struct check *c, struct check_result *r)
{
	const struct check_log *log = &c->log;
	const char *kind = built_for(buf_str(&c->engines));

	read_log(c);
	if (log->nall && log->ngpu < log->nall)
		check_say(r, CHECK_WARN, "dmr-models recommend",
		    "%lld of %lld layers on the GPU, the rest on the CPU: a "
		    "smaller model is faster",
		    (long long)log->ngpu, (long long)log->nall);
	else if (log->nall)
		check_say(r, CHECK_OK, NULL, "GPU: all %lld layers",
		    (long long)log->nall);
	else if (log->gpu >= 0)
		check_say(r, CHECK_OK, NULL, "%s",
		    log->gpu ? "GPU" : "CPU: the engine uses no GPU");
	else if (kind)
		check_say(r, CHECK_OK, NULL, "%s, by its name: %s",
		    strcmp(kind, "cpu") != 0 ? "GPU" : "CPU", kind);
	else
		check_say(r, CHECK_OK, NULL, "not told");
}

void
check_log(struct check *c, struct check_result *r)
{
	const struct check_log *log = &c->log;
	int64_t ago_s;
	char ago[UNITS_TEXT_MAX];

	read_log(c);
	if (!log->is_there) {
		check_say(r, CHECK_OK, NULL,
		    "not told; in a container: docker logs "
		    "docker-model-runner");
		return;
	}
	if (!log->error.len) {
		check_say(r, CHECK_OK, NULL, "no error in it");
		return;
	}
	ago_s = now_unix_ms() / 1000 - log->error_s;
	units_say_duration(ago_s * 1000, ago);
	if (log->error_s && ago_s > OLD_S)
		check_say(r, CHECK_OK, NULL, "the last error, %s ago: %s", ago,
		    log->error.data);
	else
		check_say(
		    r, CHECK_WARN, "dmr-models logs", "%s", log->error.data);
}
