/* prompt_test - which template is found, and what is sent. */
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"
#include "prompt.h"
#include "tap.h"

static char home[64];

/* Name, text; what lies in the folder "shared" is meant for all to see. */
static const char *const files[][2] = {
	{ "one/first.prompt", "one" },
	{ "two/first.prompt", "two" },
	{ "two/second.prompt", "two" },
	{ "config/dmr/prompts/first.prompt", "own" },
	{ "config/dmr/prompts/second.prompt", "own" },
	{ "config/dmr/prompts/third.prompt", "own" },
	{ "data/prompts/first.prompt", "data" },
	{ "data/prompts/second.prompt", "data" },
	{ "data/prompts/third.prompt", "data" },
	{ "data/prompts/fourth.prompt", "data" },
	{ "here.prompt", "here" },
	{ "here", "no suffix" },
	{ "one/part.prompt", "part of one\n" },
	{ "two/part.prompt", "part of two\n" },
	{ "two/whole.prompt", "[{{> part}}]" },
	{ "two/lost.prompt", "\n{{> nowhere}}" },
	{ "two/outer.prompt", "{{> linked}}" },
	{ "one/bad.prompt", "a\xff" },
	{ "one/open.prompt", "---\na: b\n" },
	{ "two/bad.prompt", "fine" },
};

static char *
below(const char *name)
{
	return mem_format("%s/%s", home, name);
}

static int
make_files(void)
{
	static const char *const folders[] = { "one", "two", "config",
		"config/dmr", "config/dmr/prompts", "data", "data/prompts",
		"two/folder.prompt" };
	const char *tmp = getenv("TMPDIR");
	int wrong = 0;

	snprintf(home, sizeof home, "%s/dmr-test-XXXXXX",
	    tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	if (!mkdtemp(home))
		return -1;
	for (size_t i = 0; i < countof(folders); i++) {
		char *path = below(folders[i]);

		wrong |= mkdir(path, 0700);
		free(path);
	}
	for (size_t i = 0; i < countof(files); i++) {
		char *path = below(files[i][0]);
		FILE *f = fopen(path, "w");

		wrong |= !f || fputs(files[i][1], f) == EOF;
		if (f)
			fclose(f);
		free(path);
	}
	return wrong;
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

/* --- which file --- */

/* All messages: "s:text|u:text|a:text"; those without text are not sent. */
static void
say(const struct prompt *p, struct buf *out)
{
	for (size_t i = 0; i < p->tmpl.nmessages; i++) {
		const struct tmpl_message *m = &p->tmpl.messages[i];

		if (m->text.len)
			buf_add_format(out, "%s%c:%s", out->len ? "|" : "",
			    "sua"[m->role], m -> text.data);
	}
}

static const struct {
	const char *name, *asked;
	bool has_path, has_data;
	const char *want; /* NULL: a usage error, with this in its text: */
	const char *why;
} searches[] = {
	/* clang-format off */
	{ "DMR_TEMPLATE_PATH comes first", "first", true, true, "u:one", "" },
	{ "all its folders, in order", "second", true, true, "u:two", "" },
	{ "then the user's", "third", true, true, "u:own", "" },
	{ "then what was installed", "fourth", true, true, "u:data", "" },
	{ "without the first", "first", false, true, "u:own", "" },
	{ "without the last", "fourth", true, false, NULL,
	    "no template 'fourth'" },
	{ "not the current folder", "here", true, true, NULL, "./here.prompt" },
	{ "with its suffix it is a path", "here.prompt", true, true, "u:here",
	    "" },
	{ "with a slash too", "./here", true, true, "u:no suffix", "" },
	{ "a path is not searched", "./first", true, true, NULL, "./first" },
	{ "a suffix is not searched", "first.prompt", true, true, NULL,
	    "first.prompt" },
	{ "a folder below one is none", "two/first.prompt", true, true,
	    "u:two", "" },
	{ "an empty name", "", true, true, NULL, "no template ''" },
	{ "what is found first counts", "bad", true, true, NULL,
	    "one/bad.prompt: it is not UTF-8" },
	{ "front matter without end", "open", true, true, NULL,
	    "one/open.prompt:1: the front matter" },
	{ "a folder is no template", "folder", true, true, NULL,
	    "not a regular file" },
	{ "a link is not found by name", "linked", true, true, NULL,
	    "symbolic link" },
	{ "but by its path", "two/linked.prompt", true, true, "u:here", "" },
	{ "nor as a part", "outer", true, true, NULL, "symbolic link" },
	{ "parts lie in its own folder", "whole", true, true,
	    "u:[part of two]", "" },
	{ "also of a path's", "two/whole.prompt", true, true,
	    "u:[part of two]", "" },
	{ "a part that is not there", "lost", true, true, NULL,
	    "two/nowhere.prompt" },
	/* clang-format on */
};

/* Returns what prompt_open() or prompt_render() does. */
static int
open_and_render(struct prompt *p, size_t i, const char *path, const char *data,
    struct err *e)
{
	if (prompt_open(p, searches[i].asked,
		searches[i].has_path ? path : NULL,
		searches[i].has_data ? data : NULL, e))
		return -1;
	return prompt_render(p, e);
}

static void
test_search(void)
{
	/* A folder that is none, one named from here, and two that count. */
	char *path = mem_format(
	    "%s/none::one:two:%s/one:%s/two", home, home, home);
	char *data = below("data"), *config = below("config");

	setenv("XDG_CONFIG_HOME", config, 1);
	for (size_t i = 0; i < countof(searches); i++) {
		struct prompt p;
		struct err e = ERR_NONE;
		struct buf out = { 0 };
		int got = open_and_render(&p, i, path, data, &e);

		if (!got) {
			say(&p, &out);
			tap_is(buf_str(&out),
			    searches[i].want ? searches[i].want : "an error",
			    searches[i].name);
		} else if (!tap_ok(!searches[i].want && e.status == ST_USAGE &&
				   strstr(e.text, searches[i].why),
			       "%s", searches[i].name)) {
			tap_note("%d %s", e.status, e.text);
		}
		buf_done(&out);
		prompt_done(&p);
	}
	free(path);
	free(data);
	free(config);
}

/* --- what is sent --- */

static int
open_text(struct prompt *p, const char *text, struct err *e)
{
	FILE *f = fopen("text.prompt", "w");
	int bad = !f || fputs(text, f) == EOF;

	if (f)
		fclose(f);
	tap_case(!bad, "the template cannot be written");
	return prompt_open(p, "text.prompt", NULL, NULL, e);
}

static const struct {
	const char *name;
	const char *text; /* NULL: no template */
	const char *prompt, *input, *system;
	const char *want;
} renders[] = {
	/* clang-format off */
	{ "no template", NULL, "P", NULL, NULL, "u:P" },
	{ "prompt and input", NULL, "P", "I", NULL, "u:P\n\nI" },
	{ "input alone", NULL, NULL, "I", NULL, "u:I" },
	{ "a system message", NULL, "P", "I", "S", "s:S|u:P\n\nI" },
	{ "a template", "T", NULL, NULL, NULL, "u:T" },
	{ "appended to what it says", "T\n", "P", "I", NULL, "u:T\n\nP\n\nI" },
	{ "what is placed is not appended", "({{prompt}})", "P", "I", NULL,
	    "u:(P)\n\nI" },
	{ "nor is the input", "({{input}})", "P", "I", NULL, "u:(I)\n\nP" },
	{ "in any order", "{{input}}-{{prompt}}", "P", "I", NULL, "u:I-P" },
	{ "what is not given is not added", "T{{#input}}{{input}}{{/input}}",
	    NULL, NULL, NULL, "u:T" },
	{ "in a section it is placed", "T{{#input}}<{{input}}>{{/input}}",
	    NULL, "I", NULL, "u:T<I>" },
	{ "a value is not looked at again", "{{prompt}}", "{{input}}", "I",
	    NULL, "u:{{input}}\n\nI" },
	{ "nor begins a message", "{{prompt}}", "%system\nx", NULL, NULL,
	    "u:%system\nx" },
	{ "to the user's last message",
	    "%system\nS\n%user\nU\n", "P", NULL, NULL, "s:S|u:U\n\nP" },
	{ "an empty one too", "%system\nS\n%user\n", "P", "I", NULL,
	    "s:S|u:P\n\nI" },
	{ "behind others a new one", "%user\nU\n%assistant\nA\n", "P", "I",
	    NULL, "u:U|a:A|u:P\n\nI" },
	{ "behind the system's too", "%system\nS\n", "P", NULL, NULL,
	    "s:S|u:P" },
	{ "-s takes the system's place", "%system\nS\n%user\nU\n", "P", NULL,
	    "O", "s:O|u:U\n\nP" },
	{ "of all of them", "%system\n1\n%user\nU\n%system\n2\n", "P", NULL,
	    "O", "s:O|u:U|u:P" },
	{ "comes first where there is none", "%user\nU\n%assistant\nA\n", "P",
	    NULL, "O", "s:O|u:U|a:A|u:P" },
	{ "blanks of a value are kept", NULL, " P\n", "\nI \n", NULL,
	    "u: P\n\n\n\nI \n" },
	/* clang-format on */
};

static int
render(struct prompt *p, size_t i, struct err *e)
{
	if (renders[i].text ? open_text(p, renders[i].text, e)
			    : prompt_open(p, NULL, NULL, NULL, e))
		return -1;
	if (renders[i].prompt &&
	    prompt_set(p, STR("prompt"), str_of(renders[i].prompt), e))
		return -1;
	if (renders[i].input &&
	    prompt_set(p, STR("input"), str_of(renders[i].input), e))
		return -1;
	p->system = str_of(renders[i].system);
	return prompt_wants(p, e) ? -1 : prompt_render(p, e);
}

static void
test_render(void)
{
	for (size_t i = 0; i < countof(renders); i++) {
		struct prompt p;
		struct err e = ERR_NONE;
		struct buf out = { 0 };

		if (render(&p, i, &e))
			buf_add_text(&out, e.text);
		else
			say(&p, &out);
		tap_is(buf_str(&out), renders[i].want, renders[i].name);
		buf_done(&out);
		prompt_done(&p);
	}
}

/* --- what a template wants --- */

/* For prompt and input: p(laced), n(eeded), u(sed). */
static void
test_wants(void)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "T", "," },
		{ "{{prompt}}", "pnu," },
		{ "{{prompt|x}}", "pu," },
		{ "{{prompt}}{{prompt|x}}", "pnu," },
		{ "{{#input}}{{input}}{{/input}}", ",pu" },
		{ "{{#input}}{{prompt}}{{/input}}", "pnu,u" },
		{ "{{#prompt}}x{{/prompt}}", "u," },
		{ "{{#other}}{{prompt}}{{/other}}{{input}}", "u,pnu" },
	};

	for (size_t i = 0; i < countof(cases); i++) {
		struct prompt p;
		struct err e = ERR_NONE;
		struct buf out = { 0 };

		if (open_text(&p, cases[i].text, &e) || prompt_wants(&p, &e))
			buf_add_text(&out, e.text);
		for (int v = PROMPT_PROMPT; v < PROMPT_OTHERS; v++)
			buf_add_format(&out, "%s%s%s%s",
			    p.values[v].placed ? "p" : "",
			    p.values[v].needed ? "n" : "",
			    p.values[v].used ? "u" : "",
			    v == PROMPT_PROMPT ? "," : "");
		tap_case(
		    str_is(buf_str(&out), cases[i].want) && !p.tmpl.nmessages,
		    "'%s': %s", cases[i].text, out.data);
		buf_done(&out);
		prompt_done(&p);
	}
	tap_all("what a template wants is known before");
}

static void
test_settings(void)
{
	struct prompt p;
	struct err e = ERR_NONE;
	struct buf value = { 0 }, out = { 0 };
	struct str key;

	tap_int(open_text(&p,
		    "---\n# x\nmodel: ai/x\n\nstop: \"a\\n\"\nbad\n---\n\n"
		    "{{nothing}}",
		    &e),
	    0, "a template with settings");
	while (prompt_setting(&p, &key, &value, &e) == 1) {
		buf_add_format(&out, "%.*s=", STR_ARGS(key));
		buf_add(&out, buf_str(&value));
		buf_add_char(&out, ';');
	}
	tap_is(buf_str(&out), "model=ai/x;stop=a\n;", "has them in order");
	tap_is(str_of(e.text), "text.prompt:6: not 'key: value'",
	    "what is none is blamed with its line");
	tap_ok(prompt_render(&p, &e) == -1 && e.status == ST_USAGE &&
		str_starts(str_of(e.text), "text.prompt:9:1: no value"),
	    "lines of the text count from the top of the file");
	buf_done(&value);
	buf_done(&out);
	prompt_done(&p);
}

static void
test_set(void)
{
	struct prompt p;
	struct err e = ERR_NONE;
	struct buf out = { 0 };
	char names[PROMPT_VALUES_MAX][16];
	int wrong = 0;

	open_text(&p, "{{x}}{{v1}}", &e);
	prompt_set(&p, STR("x"), STR("1"), &e);
	prompt_set(&p, STR("x"), STR("2"), &e);
	for (int i = 1; i < PROMPT_VALUES_MAX - PROMPT_OTHERS; i++) {
		snprintf(names[i], sizeof names[i], "v%d", i);
		wrong |= prompt_set(&p, str_of(names[i]), STR("v"), &e);
	}
	tap_ok(!wrong && !prompt_render(&p, &e), "62 values of its own");
	say(&p, &out);
	tap_is(buf_str(&out), "u:2v", "of two with a name the last counts");
	tap_ok(prompt_set(&p, STR("more"), STR("v"), &e) == -1 &&
		e.status == ST_USAGE,
	    "one more is too many");
	tap_int(prompt_set(&p, STR("v5"), STR("w"), &e), 0,
	    "but not one that is there");
	buf_done(&out);
	prompt_done(&p);
	tap_all("(the templates could be written)");
}

int
main(void)
{
	if (!tap_ok(!make_files() && !chdir(home) &&
		    !symlink("../here.prompt", "two/linked.prompt"),
		"a folder to write in"))
		return tap_done();
	test_search();
	test_render();
	test_wants();
	test_settings();
	test_set();
	tap_ok(!chdir("/") && !nftw(home, remove_one, 8, FTW_DEPTH | FTW_PHYS),
	    "nothing is left behind");
	return tap_done();
}
