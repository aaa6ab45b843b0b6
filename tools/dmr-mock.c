/*
 * dmr-mock - a model runner without a model, for tests.
 *
 * It answers from a scenario, a recording, a real runner or by itself, and
 * misbehaves when it is asked to.  It serves until a signal ends it, or runs
 * a command against itself and ends with that.
 */
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "dmr-mock/serve.h"
#include "die.h"
#include "mem.h"
#include "tool.h"

static struct mock_options want = {
	.listen = "127.0.0.1:0", .models = "ai/smollm2", .request_ms = 30000
};
static bool list_faults;

static const struct opt opts[] = {
	{ OPT_TEXT, 'l', "listen", "ADDRESS",
	    "where: 127.0.0.1:PORT or unix:PATH (a free port)",
	    .to.text = &want.listen },
	{ OPT_TEXT, 0, "port-file", "FILE", "write the port to FILE",
	    .to.text = &want.port_file },
	{ OPT_TEXT, 'm', "models", "NAMES",
	    "have these models, or \"none\" (ai/smollm2)",
	    .to.text = &want.models },
	{ OPT_TEXT, 's', "script", "FILE", "answer by a scenario",
	    .to.text = &want.script },
	{ OPT_TEXT, 0, "replay", "FILE", "answer by a recording",
	    .to.text = &want.replay },
	{ OPT_TEXT, 0, "upstream", "URL",
	    "pass on to a runner; auto: the one that is found",
	    .to.text = &want.upstream },
	{ OPT_TEXT, 0, "record", "FILE", "keep what --upstream answers",
	    .to.text = &want.record },
	{ OPT_TIME, 0, "request-timeout", "TIME",
	    "limit for a request to come (30s)",
	    .to.integer = &want.request_ms },
	{ OPT_FLAG, 0, "list-faults", NULL, "print the faults there are",
	    .to.flag = &list_faults },
	{ .kind = OPT_END },
};

static const struct tool tool = {
	.name = "dmr-mock",
	.summary = "stand in for a model runner, for a command or until killed",
	.operands = "[-- command [argument ...]]",
	.opts = opts,
	.takes_command = true,
};

/* What the end has to remove, however it comes. */
static struct mock_listener listener = { .fd = -1 };
static struct mock_made port_file;

static void
abandon(void)
{
	mock_made_remove(&listener.socket);
	mock_made_remove(&port_file);
}

static int
write_line(const char *path, const char *text, struct err *e)
{
	struct output out;
	struct stat made;
	char *line = mem_format("%s\n", text);
	int got = output_open(&out, path, e);

	/* It has its name only when it is closed; an older one is not it. */
	if (!got && out.is_file && out.file.target &&
	    !fstat(out.file.fd, &made))
		mock_made_note(&port_file, out.file.target, &made);
	if (!got) {
		got = output_text(&out, str_of(line), e);
		if (output_close(&out, !got, got ? &(struct err){ 0 } : e))
			got = -1;
	}
	free(line);
	return got;
}

/* Who reads our standard output to its end has the address, and no more comes.
 * Its descriptor stays taken: it must not become a client's. */
static int
say_address(struct err *e)
{
	int got = write_line(NULL, listener.url, e);

	if (!got && open("/dev/null", O_WRONLY) < 0)
		got = err_set(e, ST_OUTPUT, "cannot open /dev/null");
	return got;
}

/* Tell where we are: the port in a file, the address to who waits for it. */
static int
tell_address(bool has_command, struct err *e)
{
	if (want.port_file && write_line(want.port_file, listener.port, e))
		return -1;
	if (!has_command)
		return say_address(e);
	if (want.verbose)
		warn("listening on %s", listener.url);
	return 0;
}

static int
check(struct err *e)
{
	if (want.port_file && str_starts(str_of(want.listen), "unix:"))
		return err_set(
		    e, ST_USAGE, "--port-file: a Unix socket has no port");
	return 0;
}

/* Serve until the end; returns what mock_serve() does. */
static int
run(struct mock_server *server, const struct opts *o, struct err *e)
{
	const char **argv = mem_new(o->noperands + 1, sizeof *argv);
	pid_t command = 0;
	int status = 0;

	for (size_t i = 0; i < o->noperands; i++)
		argv[i] = o->operands[i];
	if (!tell_address(o->noperands > 0, e)) {
		if (o->noperands)
			status = mock_command_start(
			    argv, listener.url, &command, e);
		if (!status)
			status = mock_serve(server, command);
	}
	free(argv);
	return status;
}

static int
serve(const struct settings *set, struct err *e)
{
	struct mock_sources sources;
	struct mock_server *server = NULL;
	struct err late = ERR_NONE;
	int status = 0;

	want.verbose = set->verbose;
	if (check(e))
		return 0;
	if (!mock_sources_open(&sources, &want, e) &&
	    !mock_listen(&listener, want.listen, e)) {
		if (listener.is_any)
			warn("%s can be reached from other machines; Host "
			     "is not checked",
			    listener.url);
		server = mock_serve_open(&listener, &sources, &want, e);
	}
	if (server) {
		status = run(server, &set->opts, e);
		mock_serve_close(server);
	}
	mock_listen_close(&listener);
	if (mock_sources_close(&sources, &late) && !e->status)
		*e = late;
	return status;
}

static int
print_faults(struct err *e)
{
	struct buf text = { 0 };
	struct output out;

	mock_faults_list(&text);
	if (!output_open(&out, NULL, e) &&
	    !output_text(&out, buf_str(&text), e))
		output_close(&out, true, e);
	buf_done(&text);
	return 0;
}

/* It was waited for, and is blocked; what tool_start() set up comes first. */
static void
die_of(int number)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int
main(int argc, char **argv)
{
	struct settings *set = tool_start(&tool, argc, argv);
	struct err e = ERR_NONE;
	int status, failed;

	tool_at_end(abandon);
	status = list_faults ? print_faults(&e) : serve(set, &e);
	failed = tool_finish(&e);
	if (status < 0 && !failed)
		die_of(-status);
	return status > 0 ? status : failed;
}
