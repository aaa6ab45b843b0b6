/* tool_settings - the shared options, and where their values come from. */
#include "tool_settings.h"

#include <assert.h>

#include "config.h"
#include "die.h"
#include "file.h"
#include "mem.h"

#define SECONDS(n) ((n)*INT64_C(1000))

struct settings tool_settings = {
	.http.limits = { .connect_ms = SECONDS(5),
	    .first_ms = SECONDS(600),
	    .idle_ms = SECONDS(120),
	    .retries = 2 },
	.sampling = API_SAMPLING_NONE,
	.records.jobs = 8,
};

/* What options set that is not handed on as it is. */
static struct {
	const char *host, *key_file, *cacert, *pull;
	struct opt_list headers;
	int64_t retries;
	bool disable, help, version, list;
	struct opt_list kept; /* strings of the config file */
} raw = { .retries = 2 };

#define SET tool_settings
#define LIMITS tool_settings.http.limits
#define SAMPLING tool_settings.sampling

static const struct opt server_table[] = {
	{ OPT_TEXT, 'H', "host", "URL",
	    "where: http(s)://host:port[/path], unix:///path",
	    .to.text = &raw.host, .flags = OPT_CONFIG, .env = "DMR_HOST" },
	{ OPT_TIME, 0, "connect-timeout", "TIME", "limit for connecting (5s)",
	    .to.integer = &LIMITS.connect_ms, .flags = OPT_CONFIG },
	{ OPT_TIME, 0, "first-timeout", "TIME",
	    "limit for the first byte, with loading (10m)",
	    .to.integer = &LIMITS.first_ms, .flags = OPT_CONFIG },
	{ OPT_TIME, 0, "idle-timeout", "TIME",
	    "limit between two bytes after the first (2m)",
	    .to.integer = &LIMITS.idle_ms, .flags = OPT_CONFIG },
	{ OPT_TIME, 0, "timeout", "TIME", "limit for the whole request (none)",
	    .to.integer = &LIMITS.total_ms, .flags = OPT_CONFIG },
	{ OPT_INT, 0, "retry", "N",
	    "send again after 408, 429, 502, 503, 504 (2)",
	    .to.integer = &raw.retries, .max = 100, .flags = OPT_CONFIG },
	{ OPT_LIST, 0, "header", "LINE", "send a header 'NAME: VALUE' too",
	    .to.list = &raw.headers },
	{ OPT_TEXT, 0, "key-file", "FILE", "send the key in FILE",
	    .to.text = &raw.key_file, .flags = OPT_CONFIG | OPT_PATH,
	    .env = "DMR_KEY_FILE" },
	{ OPT_TEXT, 0, "cacert", "FILE", "trust the certificates in FILE alone",
	    .to.text = &raw.cacert, .flags = OPT_CONFIG | OPT_PATH },
	{ OPT_FLAG, 0, "disable", NULL, "do nothing", .to.flag = &raw.disable,
	    .flags = OPT_NOT_ARGV | OPT_CONFIG | OPT_PER_TOOL,
	    .env = "DMR_DISABLE" },
	{ .kind = OPT_END },
};

static const struct opt model_table[] = {
	{ OPT_TEXT, 'm', "model", "NAME",
	    "the model; else ai/qwen3-coder or the only one",
	    .to.text = &SET.model, .env = "DMR_MODEL",
	    .flags = OPT_CONFIG | OPT_PER_TOOL | OPT_TEMPLATE | OPT_MODEL },
	{ .kind = OPT_END },
};

static const struct opt request_table[] = {
	{ OPT_TEXT, 0, "pull", "WHEN",
	    "pull a model that the server lacks: never, missing",
	    .to.text = &raw.pull, .flags = OPT_CONFIG },
	{ OPT_TEXT, 0, "cache", "DIR",
	    "reuse the stored answer of the same request",
	    .to.text = &SET.cache, .flags = OPT_CONFIG | OPT_PATH,
	    .env = "DMR_CACHE" },
	{ OPT_TEXT, 0, "log", "FILE", "append a line of JSON per request",
	    .to.text = &SET.log, .flags = OPT_CONFIG | OPT_PATH,
	    .env = "DMR_LOG" },
	{ OPT_FLAG, 0, "dry-run", NULL,
	    "print the request as an OpenAI batch line, send nothing",
	    .to.flag = &SET.dry_run },
	{ .kind = OPT_END },
};

static const struct opt sampling_table[] = {
	{ OPT_REAL, 0, "temperature", "X", "how freely tokens are drawn",
	    .to.real = &SAMPLING.temperature, .max = 100,
	    .flags = OPT_TEMPLATE },
	{ OPT_REAL, 0, "top-p", "X", "draw from the likeliest share X",
	    .to.real = &SAMPLING.top_p, .max = 1, .flags = OPT_TEMPLATE },
	{ OPT_INT, 0, "seed", "N", "start of the random numbers",
	    .to.integer = &SAMPLING.seed, .min = -1, .max = UINT32_MAX,
	    .flags = OPT_TEMPLATE },
	{ OPT_INT, 0, "max-tokens", "N", "longest answer, in tokens",
	    .to.integer = &SAMPLING.max_tokens, .min = 1, .max = INT32_MAX,
	    .flags = OPT_TEMPLATE },
	{ OPT_LIST, 0, "stop", "TEXT", "end the answer before TEXT",
	    .to.list = &SET.stops, .flags = OPT_TEMPLATE },
	{ OPT_LIST, 'O', "option", "KEY=VALUE",
	    "any other request field; VALUE is JSON, text or @FILE",
	    .to.list = &SET.options },
	{ OPT_FLAG, 0, "cut-ok", NULL,
	    "an answer that ends at the token limit is good",
	    .to.flag = &SET.cut_ok },
	{ .kind = OPT_END },
};

static const struct opt output_table[] = {
	{ OPT_TEXT, 'o', "output", "FILE",
	    "write FILE, at once and only if all is well",
	    .to.text = &SET.output },
	{ .kind = OPT_END },
};

static const struct opt common_table[] = {
	{ OPT_FLAG, 'q', "quiet", NULL, "no notes and warnings",
	    .to.flag = &SET.quiet },
	{ OPT_COUNT, 'v', "verbose", NULL,
	    "say what is done; -vv: headers, -vvv: bodies",
	    .to.count = &SET.verbose },
	{ OPT_FLAG, 'h', "help", NULL, "print this help",
	    .to.flag = &raw.help },
	{ OPT_FLAG, 'V', "version", NULL, "print the version",
	    .to.flag = &raw.version },
	{ OPT_FLAG, 0, "options", NULL,
	    "print the options as a table, for scripts", .to.flag = &raw.list },
	{ .kind = OPT_END },
};

static const struct {
	int group;
	const struct opt *table;
} shared[] = {
	{ TOOL_RECORDS, tool_records_table },
	{ TOOL_RECORDS | TOOL_JOBS, tool_jobs_table },
	{ TOOL_RECORD_TEXTS, tool_record_texts_table },
	{ TOOL_MODEL, model_table },
	{ TOOL_EMBED_MODEL, tool_embed_model_table },
	{ TOOL_MODEL | TOOL_EMBED_MODEL, request_table },
	{ TOOL_SERVER, server_table },
	{ TOOL_TEMPLATE, tool_template_table },
	{ TOOL_TEMPLATE | TOOL_PARAMS, tool_params_table },
	{ TOOL_SAMPLING, sampling_table },
	{ TOOL_OUTPUT, output_table },
};

int
tool_read_argv(const struct tool *tool, int argc, char **argv, struct err *e)
{
	struct opts *o = &SET.opts;
	size_t n = 0;

	if (tool->opts)
		o->tables[n++] = tool->opts;
	for (size_t i = 0; i < countof(shared); i++)
		if (tool->shared & shared[i].group)
			o->tables[n++] = shared[i].table;
	assert(n < OPT_TABLES_MAX - 1);
	o->tables[n] = common_table;
	o->posix = tool->takes_command || config_env_is_set("POSIXLY_CORRECT");
	if (opts_parse(o, argc, argv, e))
		return -1;
	die_be_quiet(SET.quiet);
	if (raw.help)
		return TOOL_HELP;
	if (raw.version)
		return TOOL_VERSION;
	return raw.list ? TOOL_LIST : TOOL_ANSWER_NONE;
}

/* Has some tool, even if not this one, an option of this name and kind? */
static bool
is_config_key(const char *name, int flag)
{
	for (size_t i = 0; i < countof(shared); i++)
		for (const struct opt *row = shared[i].table;
		     row->kind != OPT_END; row++)
			if (!strcmp(row->name, name) && row->flags & flag)
				return true;
	return false;
}

const char *
tool_settings_keep(char *text)
{
	opt_list_add(&raw.kept, text);
	return text;
}

/* The tools that may have a section of the config file. */
static const char *const tools[] = { "dmr-chat", "dmr-complete", "dmr-embed",
	"dmr-models", "dmr-docstring", "dmr-review", "dmr-reqs", "dmr-check" };

static bool
is_tool(const char *name)
{
	for (size_t i = 0; i < countof(tools); i++)
		if (!strcmp(tools[i], name))
			return true;
	return false;
}

/* The config holds in any folder, so what it names must too. */
static int
check_path(const char *name, const char *value, struct err *e)
{
	if (value[0] && value[0] != '/' && is_config_key(name, OPT_PATH))
		return err_set(
		    e, ST_USAGE, "%s: '%s' is no absolute path", name, value);
	return 0;
}

/* One "key = value" of the config file. */
static int
take_key(const struct tool *tool, const struct config *c, const char *name,
    const char *value, struct err *e)
{
	bool in_section = c->section[0] != 0;
	enum opt_source from = in_section ? OPT_FROM_SECTION : OPT_FROM_CONFIG;

	if (in_section && !is_tool(c->section))
		return err_set(
		    e, ST_USAGE, "section '[%s]' is no tool's", c->section);
	if (!is_config_key(name, in_section ? OPT_PER_TOOL : OPT_CONFIG))
		return err_set(e, ST_USAGE, "unknown key '%s'", name);
	if (in_section && strcmp(c->section, tool->name) != 0)
		return 0;
	if (check_path(name, value, e))
		return -1;
	if (!opts_takes(&SET.opts, name, from))
		return 0;
	return opts_set(&SET.opts, name,
	    tool_settings_keep(mem_copy(str_of(value))), from, e);
}

static int
read_config(const struct tool *tool, struct err *e)
{
	struct config c;
	struct str key;
	const char *value;
	int got = config_open(&c, e);

	while (!got && (got = config_next(&c, &key, &value, e)) == 1) {
		char *name = mem_copy(key);

		got = take_key(tool, &c, name, value, e);
		if (got)
			config_blame(&c, e);
		free(name);
	}
	config_done(&c);
	return got;
}

/* The server somebody named: --host, DMR_HOST, MODEL_RUNNER_HOST, config. */
static int
read_host(struct err *e)
{
	const char *runner = config_env("MODEL_RUNNER_HOST");
	bool is_runner = runner &&
	    opts_source(&SET.opts, "host") < OPT_FROM_ENV;
	const char *host = is_runner ? runner : raw.host;

	if (!host)
		return 0;
	if (endpoint_parse(&SET.named, host, is_runner, e))
		return is_runner ? err_prefix(e, "MODEL_RUNNER_HOST") : -1;
	if (SET.http.authorization && SET.named.is_plain &&
	    !SET.named.server.is_local)
		warn("the key goes to '%s' unencrypted", host);
	return 0;
}

/* The options that stand for a field of their own. */
static const char *const fields[][2] = {
	{ "temperature", "temperature" },
	{ "top_p", "top-p" },
	{ "seed", "seed" },
	{ "max_tokens", "max-tokens" },
	{ "stop", "stop" },
	{ "suffix", "suffix" },
	{ "response_format", "schema" },
	{ "tools", "tools" },
	{ "chat_template_kwargs", "think" },
};

/* An --option that sets what the command line has set already. */
static int
check_option_twins(size_t index, struct err *e)
{
	struct str key, other, value;

	api_chat_split_option(SET.options.items[index], &key, &value);
	for (size_t i = 0; i < countof(fields); i++)
		if (str_is(key, fields[i][0]) &&
		    opts_is_given(&SET.opts, fields[i][1]))
			return err_set(e, ST_USAGE,
			    "--option: '%s' is --%s; give it once",
			    fields[i][0], fields[i][1]);
	for (size_t i = 0; i < index; i++) {
		api_chat_split_option(SET.options.items[i], &other, &value);
		if (str_equal(key, other))
			return err_set(e, ST_USAGE,
			    "--option: '%.*s' is given twice", STR_ARGS(key));
	}
	return 0;
}

/* KEY=@FILE becomes KEY=TEXT. */
static int
read_option(const char **option, struct err *e)
{
	struct str key, value;
	struct buf text = { 0 };
	int got;

	api_chat_split_option(*option, &key, &value);
	if (!str_starts(value, "@"))
		return 0;
	got = tool_text(value.data, "--option", &text, e);
	if (!got)
		*option = tool_settings_keep(mem_format(
		    "%.*s=%.*s", STR_ARGS(key), STR_ARGS(buf_str(&text))));
	buf_done(&text);
	return got;
}

static int
take_pull(struct err *e)
{
	SET.pull_missing = raw.pull && !strcmp(raw.pull, "missing");
	if (!raw.pull || SET.pull_missing || !strcmp(raw.pull, "never"))
		return 0;
	return err_set(e, ST_USAGE,
	    "--pull: '%s' is neither 'never' nor 'missing'", raw.pull);
}

static int
check_options(struct err *e)
{
	for (size_t i = 0; i < SET.options.n; i++)
		if (api_chat_check_option(SET.options.items[i], e) ||
		    check_option_twins(i, e) ||
		    read_option(&SET.options.items[i], e))
			return -1;
	return 0;
}

int
tool_read_rest(const struct tool *tool, struct err *e)
{
	if (opts_set_env(&SET.opts, config_env, e) || read_config(tool, e))
		return -1;
	if (raw.disable)
		SET.disabled_by = opts_source(&SET.opts, "disable") ==
			OPT_FROM_ENV
		    ? "DMR_DISABLE"
		    : "the config file";
	if (raw.disable && !tool->passes)
		return err_set(
		    e, ST_UNREACHABLE, "disabled by %s", SET.disabled_by);
	if (raw.cacert && file_is_absent(raw.cacert))
		return err_set(
		    e, ST_USAGE, "--cacert: there is no '%s'", raw.cacert);
	if (check_options(e) || take_pull(e) || tool_check_records(tool, e) ||
	    tool_take_headers(&raw.headers, e) ||
	    tool_take_key(raw.key_file, e) || read_host(e))
		return -1;
	SET.http.limits.retries = (int)raw.retries;
	SET.http.verbose = SET.verbose;
	if (SET.log && !strcmp(SET.log, "-"))
		return err_set(e, ST_USAGE, "--log takes a file");
	if (SET.cache && !strcmp(SET.cache, "-"))
		return err_set(e, ST_USAGE, "--cache takes a folder");
	SET.http.cacert = raw.cacert;
	SET.http.agent = tool_settings_keep(
	    mem_format("User-Agent: %s/" VERSION, tool->name));
	return 0;
}
