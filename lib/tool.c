/* tool - the hall: what every tool does first and last. */
#include "tool.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "config.h"
#include "die.h"
#include "mem.h"
#include "tool_settings.h"

enum { TEXT_MAX = 10 << 20 }; /* bytes of a value read from a file */

static struct {
	const char *argv0;
	bool pipe_ignored; /* SIGPIPE was ignored when we came */
	rlim_t core;       /* the limit then */
	struct output output;
	char *data_folder, *grammar_folder;
	bool stdin_is_taken;
	void (*clean)(void);
} self;

/* Signals that end us, but for those we were started to ignore. */
static const int deadly[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

static void
remove_temp(void)
{
	file_replace_abandon(&self.output.file);
	if (self.clean)
		self.clean();
}

void
tool_at_end(void (*clean)(void))
{
	self.clean = clean;
}

/* Only what is async-signal-safe: the kernel closes the connections. */
static void
on_deadly(int number)
{
	remove_temp();
	raise(number); /* SA_RESETHAND: now it kills */
}

static void
set_signals(void)
{
	struct sigaction old,
	    catch = { .sa_handler = on_deadly, .sa_flags = (int)SA_RESETHAND };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < countof(deadly); i++) {
		sigaction(deadly[i], NULL, &old);
		if (old.sa_handler != SIG_IGN)
			sigaction(deadly[i], &catch, NULL);
		sigaddset(&set, deadly[i]);
	}
	sigaction(SIGXFSZ, &ignore, NULL); /* a write fails instead */
	sigaction(SIGPIPE, &ignore, &old);
	self.pipe_ignored = old.sa_handler == SIG_IGN;
	sigaddset(&set, SIGPIPE);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void
tool_allow_core(bool allow)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_CORE, &limit))
		return;
	limit.rlim_cur = allow ? self.core : 0;
	setrlimit(RLIMIT_CORE, &limit);
}

/* A core file would hold the prompt, and the key. */
static void
forbid_core(void)
{
	struct rlimit limit;

	if (!getrlimit(RLIMIT_CORE, &limit))
		self.core = limit.rlim_cur;
	tool_allow_core(false);
}

/*
 * A closed descriptor 0, 1 or 2 would become the next file or socket opened.
 * One opened the wrong way round fails when it is used, as it should.
 */
static void
guard_descriptors(void)
{
	for (int fd = 0; fd <= 2; fd++) {
		int mode = fd ? O_RDONLY : O_WRONLY;

		if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
			continue;
		if (open("/dev/null", mode) < 0 && open("/", O_RDONLY) < 0)
			_exit(ST_MEMORY);
	}
}

/* Print what was asked for instead of work, and exit. */
static _Noreturn void
answer(const struct tool *tool, enum tool_answer what)
{
	struct err e = ERR_NONE;
	struct output out;
	struct buf text = { 0 };

	if (what == TOOL_VERSION) {
		buf_add_format(&text, "%s " VERSION "\n", tool->name);
	} else if (what == TOOL_LIST) {
		opts_list(&tool_settings.opts, &text);
	} else if (tool->help) {
		tool->help(&tool_settings.opts, &text);
	} else {
		buf_add_format(&text, "usage: %s [options]%s%s\n%s\n\n",
		    tool->name, tool->operands ? " " : "",
		    tool->operands ? tool->operands : "", tool->summary);
		opts_help(&tool_settings.opts, &text);
		buf_add_format(&text, "\nSee %s(1) and dmr(7).\n", tool->name);
	}
	if (!output_open(&out, NULL, &e) &&
	    !output_text(&out, buf_str(&text), &e))
		output_close(&out, true, &e);
	buf_done(&text);
	exit(tool_finish(&e));
}

/* Is it --json, or --format json in any of its guises? */
static bool
is_json(const char *word, const char *next)
{
	struct str s = str_of(word);
	bool is_short = s.len > 1 && word[0] == '-' && word[1] != '-';

	if (!strcmp(word, "--json") || !strcmp(word, "--format=json"))
		return true;
	if (is_short && str_ends(s, "Fjson"))
		return true;
	return next && !strcmp(next, "json") &&
	    (!strcmp(word, "--format") || (is_short && str_ends(s, "F")));
}

/* Was JSON asked for?  An error before it must have that form too. */
static bool
has_json(const struct tool *tool, char **argv)
{
	for (; tool->json && *argv && strcmp(*argv, "--") != 0; argv++)
		if (is_json(argv[0], argv[1]))
			return true;
	return false;
}

/* --format; --json is short for one. */
static int
take_format(const struct tool *tool, struct err *e)
{
	const char *format = tool->format ? *tool->format : NULL;

	if (!format)
		return 0;
	*tool->json |= !strcmp(format, "json");
	if (*tool->json || !strcmp(format, "text") || tool->has_formats)
		return 0;
	return err_set(
	    e, ST_USAGE, "--format: '%s' is not text or json", format);
}

/* Azure's runner does not set CI, as all others do. */
static bool
runs_in_ci(void)
{
	if (config_env("CI"))
		return true;
	return config_env("TF_BUILD");
}

struct settings *
tool_start(const struct tool *tool, int argc, char **argv)
{
	struct err e = ERR_NONE;
	int what;

	die_setup(tool->name);
	die_guard(runs_in_ci());
	guard_descriptors();
	forbid_core();
	atexit(remove_temp);
	set_signals();
	self.argv0 = argc > 0 ? argv[0] : NULL;
	die_use_json(has_json(tool, argv));
	what = tool_read_argv(tool, argc, argv, &e);
	if (!what && take_format(tool, &e))
		what = -1;
	if (what >= 0)
		die_use_json(tool->json && *tool->json);
	if (what > 0)
		answer(tool, (enum tool_answer)what);
	if (what >= 0 && !tool_read_rest(tool, &e))
		return &tool_settings;
	if (!tool->rescue)
		die(&e);
	die_say(&e);
	tool->rescue(&tool_settings);
	exit((int)e.status);
}

struct api *
tool_api(const struct settings *set)
{
	return api_open(
	    set->named.name ? &set->named : NULL, config_home(), &set->http);
}

struct output *
tool_output(const struct settings *set, struct err *e)
{
	return output_open(&self.output, set->output, e) ? NULL : &self.output;
}

void
tool_close_output(struct output *out, struct err *e)
{
	bool keep = !e->status || e->status == ST_NO || e->status == ST_PARTIAL;
	struct err late = ERR_NONE;

	if (output_close(out, keep, &late) && keep)
		*e = late;
}

bool
tool_reader_is_gone(const struct settings *set)
{
	return !set->output && file_reader_is_gone(STDOUT_FILENO);
}

int
tool_wait(struct api *api, struct output *out, int ms, struct err *e)
{
	int fd = out->is_file ? -1 : STDOUT_FILENO;

	api_wait(api, fd, -1, ms);
	if (output_reader_is_gone(out))
		return err_set(e, ST_OUTPUT, "%s", "");
	return 0;
}

int
tool_call(
    struct api *api, struct api_call *call, struct output *out, struct err *e)
{
	api_start(api, call);
	while (!call->done)
		if (tool_wait(api, out, 1000, e))
			return -1;
	*e = call->err;
	return e->status ? -1 : 0;
}

/* A folder beside that of the program, kept in *known. */
static const char *
installed(const char *below, char **known)
{
	char *folder;

	if (*known)
		return *known;
	folder = file_program_folder(self.argv0, config_env("PATH"));
	if (folder)
		*known = mem_format("%s/../%s", folder, below);
	free(folder);
	return *known;
}

const char *
tool_data_folder(void)
{
	return installed("share/dmr", &self.data_folder);
}

const char *
tool_grammar_folder(void)
{
	return installed("lib/dmr/grammars", &self.grammar_folder);
}

bool
tool_stdin_is_taken(void)
{
	return self.stdin_is_taken;
}

int
tool_read(const char *path, size_t max, struct buf *out, struct err *e)
{
	if (strcmp(path, "-") != 0)
		return file_read(path, max, out, e);
	if (self.stdin_is_taken)
		return err_set(e, ST_USAGE, "standard input can be read once");
	self.stdin_is_taken = true;
	return file_read_fd(STDIN_FILENO, "standard input", max, out, e);
}

int
tool_text(const char *text, const char *name, struct buf *out, struct err *e)
{
	if (text[0] != '@') {
		buf_add_text(out, text);
	} else {
		if (tool_read(text + 1, TEXT_MAX, out, e))
			return -1;
		out->len = str_chomp(buf_str(out)).len;
	}
	tool_repair(out, name);
	return 0;
}

void
tool_repair(struct buf *text, const char *name)
{
	size_t bad;

	text->max = SIZE_MAX / 4; /* what is repaired grows */
	bad = buf_repair(text, 0, true);
	if (bad)
		warn("%s: %zu bytes are no UTF-8 text, U+FFFD is sent instead",
		    name, bad);
}

const char *
tool_repaired(const char *text, const char *name)
{
	struct buf copy = { 0 };

	if (utf8_valid(str_of(text)) == strlen(text))
		return text;
	buf_add_text(&copy, text);
	tool_repair(&copy, name);
	return tool_settings_keep(buf_take(&copy));
}

int
tool_finish(const struct err *e)
{
	struct sigaction fatal = { .sa_handler = SIG_DFL };

	if (e->status == ST_OUTPUT && !e->text[0]) {
		if (self.pipe_ignored)
			return ST_OUTPUT;
		sigaction(SIGPIPE, &fatal, NULL);
		raise(SIGPIPE);
	}
	if (e->status && e->text[0])
		die_say(e);
	return (int)e->status;
}
