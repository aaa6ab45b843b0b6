/* config_test - the environment, and the file below it. */
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"
#include "mem.h"
#include "tap.h"

static char home[64];
static char *folder, *file;

/* A folder of our own, XDG_CONFIG_HOME; the file is not there yet. */
static int
make_home(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(home, sizeof home, "%s/dmr-test-XXXXXX",
	    tmp && strlen(tmp) < 40 ? tmp : "/tmp");
	if (!mkdtemp(home))
		return -1;
	folder = mem_format("%s/dmr", home);
	file = mem_format("%s/dmr/config", home);
	setenv("XDG_CONFIG_HOME", home, 1);
	return mkdir(folder, 0700);
}

static void
remove_home(void)
{
	tap_ok(!rmdir(folder) && !rmdir(home), "nothing is left behind");
	free(folder);
	free(file);
}

static void
write_file(struct str text)
{
	FILE *f = fopen(file, "w");

	tap_case(f && fwrite(text.data, 1, text.len, f) == text.len,
	    "the file cannot be written");
	if (f)
		fclose(f);
	chmod(file, 0644);
}

/* All settings, "section.key=value;"; what is wrong behind them. */
static void
read_all(struct buf *out, struct err *e)
{
	struct config c;
	struct str key;
	const char *value;
	int got = config_open(&c, e);

	while (!got && (got = config_next(&c, &key, &value, e)) == 1) {
		buf_add_format(
		    out, "%s.%.*s=%s;", c.section, STR_ARGS(key), value);
		got = 0;
	}
	if (got < 0) {
		struct str text = str_of(e->text);

		/* The folder has another name each time. */
		if (str_starts(text, file))
			buf_add(out, str_skip(text, strlen(file)));
		else
			buf_add(out, text);
		tap_case(e->status == ST_USAGE, "status %d", e->status);
	}
	config_done(&c);
}

static const struct {
	const char *name, *text, *want;
} cases[] = {
	/* clang-format off */
	{ "an empty file", "", "" },
	{ "blank lines and remarks", "\n \t \n# a = b\n  # c = d\n", "" },
	{ "before the first section", "a = b\n", ".a=b;" },
	{ "no line feed at the end", "a = b", ".a=b;" },
	{ "blanks around all", " \ta \t=\t b \n", ".a=b;" },
	{ "no blanks", "a=b\n", ".a=b;" },
	{ "blanks within are kept", "a = b  c\n", ".a=b  c;" },
	{ "the first = counts", "a = b=c\n", ".a=b=c;" },
	{ "# in a line is none", "a = b # c\n", ".a=b # c;" },
	{ "an empty value", "a =\n", ".a=;" },
	{ "one value leaves nothing to the next", "a = long\nb =\n",
	    ".a=long;.b=;" },
	{ "text of many bytes", "a = \xc3\xa4\xf0\x9f\x98\x80\n",
	    ".a=\xc3\xa4\xf0\x9f\x98\x80;" },

	{ "quotes keep blanks", "a = \"  b \"\n", ".a=  b ;" },
	{ "an empty text in quotes", "a = \"\"\n", ".a=;" },
	{ "escapes in quotes", "a = \"x\\ty\\\"\\\\\\u00e4\"\n",
	    ".a=x\ty\"\\\xc3\xa4;" },
	{ "line feeds too", "a = \"x\\ny\"\n", ".a=x\ny;" },
	{ "no escapes without", "a = x\\ny\n", ".a=x\\ny;" },
	{ "quotes within are none", "a = b \"c\"\n", ".a=b \"c\";" },
	{ "quotes that do not end", "a = \"b\n",
	    ":1: not a string in double quotes" },
	{ "more behind the quotes", "a = \"b\" c\n",
	    ":1: not a string in double quotes" },
	{ "a strange escape", "a = \"\\x41\"\n",
	    ":1: not a string in double quotes" },
	{ "a NUL in quotes", "a = \"b\\u0000\"\n",
	    ":1: not a string in double quotes" },

	{ "sections", "a = 1\n[dmr-chat]\na = 2\n [dmr-list] \na = 3\n",
	    ".a=1;dmr-chat.a=2;dmr-list.a=3;" },
	{ "a section may come again",
	    "[dmr-a]\nx = 1\n[dmr-b]\nx = 2\n[dmr-a]\ny = 3\n",
	    "dmr-a.x=1;dmr-b.x=2;dmr-a.y=3;" },
	{ "but not its key",
	    "[dmr-a]\nx = 1\n[dmr-b]\n[dmr-a]\nx = 1\n",
	    "dmr-a.x=1;:5: this key stands there twice" },
	{ "a key stands once", "a = 1\n\nb = 2\na = 1\n",
	    ".a=1;.b=2;:4: this key stands there twice" },
	{ "its beginning is another", "ab = 1\na = 2\nb = 3\n",
	    ".ab=1;.a=2;.b=3;" },
	{ "a section of another's", "[core]\n",
	    ":1: unknown section '[core]'" },
	{ "a section that does not end", "a = 1\n[dmr-a\n",
	    ".a=1;:2: unknown section '[dmr-a'" },
	{ "something behind it", "[dmr-a] # x\n",
	    ":1: unknown section '[dmr-a] # x'" },

	{ "no =", "\n\na\n", ":3: not 'key = value'" },
	{ "no key", "= a\n", ":1: not 'key = value'" },
	{ "a byte order mark", "\xef\xbb\xbf" "a = b\n",
	    ":1: a byte order mark; save the file without it" },
	{ "no UTF-8", "a = b\nc = \xff\n", ".a=b;:2: not UTF-8" },
	{ "not in remarks either", "# \xc3\n", ":1: not UTF-8" },
	{ "an escape", "a = \x1b[m\n", ":1: a control character" },
	/* clang-format on */
};

static void
test_cases(void)
{
	for (size_t i = 0; i < countof(cases); i++) {
		struct err e = ERR_NONE;
		struct buf out = { 0 };

		write_file(str_of(cases[i].text));
		read_all(&out, &e);
		tap_is(buf_str(&out), cases[i].want, cases[i].name);
		buf_done(&out);
	}
	tap_all("what is wrong is a usage error");
}

static void
test_nul(void)
{
	struct err e = ERR_NONE;
	struct buf out = { 0 };

	write_file(STR("a = b\0c\n"));
	read_all(&out, &e);
	tap_is(buf_str(&out), ":1: a control character", "a NUL");
	buf_done(&out);
}

static void
test_section_length(void)
{
	struct buf text = { 0 }, out = { 0 };
	struct err e = ERR_NONE;
	char name[60];

	memset(name, 'x', sizeof name);
	buf_add_format(&text, "[dmr-%.59s]\na=b\n", name);
	write_file(buf_str(&text));
	read_all(&out, &e);
	tap_int((int)out.len, 63 + 5, "a section of 63 bytes is read");
	buf_clear(&text);
	buf_clear(&out);
	buf_add_format(&text, "[dmr-%.60s]\na=b\n", name);
	write_file(buf_str(&text));
	read_all(&out, &e);
	tap_ok(str_starts(buf_str(&out), ":1: unknown section"),
	    "one of 64 is none");
	buf_done(&text);
	buf_done(&out);
}

static void
test_size(void)
{
	enum { MAX = 64 << 10 };
	struct buf text = { 0 }, out = { 0 };
	struct err e = ERR_NONE;

	buf_add_text(&text, "a=b\n#");
	while (text.len < MAX)
		buf_add_char(&text, 'x');
	write_file(buf_str(&text));
	read_all(&out, &e);
	tap_is(buf_str(&out), ".a=b;", "a file may have 64 KiB");
	buf_add_char(&text, 'x');
	buf_clear(&out);
	write_file(buf_str(&text));
	read_all(&out, &e);
	tap_ok(e.status == ST_USAGE && str_starts(buf_str(&out), "'") &&
		str_ends(buf_str(&out), "' is larger than 65536 bytes"),
	    "and not a byte more");
	buf_done(&text);
	buf_done(&out);
}

/* What an owner wants to know of a setting that a tool does not like. */
static void
test_blame(void)
{
	struct config c;
	struct err e = ERR_NONE;
	struct str key;
	const char *value;
	char *want = mem_format("%s:3: no such key", file);

	write_file(STR("# x\n\na = b\nc = d\n"));
	tap_ok(!config_open(&c, &e) && config_next(&c, &key, &value, &e) == 1,
	    "a setting");
	err_set(&e, ST_USAGE, "no such key");
	tap_int(config_blame(&c, &e), -1, "is blamed");
	tap_is(str_of(e.text), want, "with its file and line");
	config_done(&c);
	free(want);
}

/* Who can be trusted. */
static void
test_modes(void)
{
	static const struct {
		mode_t mode;
		bool fine;
	} modes[] = {
		{ 0600, true },
		{ 0644, true },
		{ 0755, true },
		{ 0666, false },
		{ 0660, false },
		{ 0602, false },
	};

	write_file(STR("a = b\n"));
	for (size_t i = 0; i < countof(modes); i++) {
		struct err e = ERR_NONE;
		struct buf out = { 0 };
		bool fine;

		chmod(file, modes[i].mode);
		read_all(&out, &e);
		fine = modes[i].fine ? str_is(buf_str(&out), ".a=b;")
				     : e.status == ST_USAGE &&
			strstr(e.text, file) && strstr(e.text, "chmod go-w");
		tap_ok(fine, "mode %o is %s", (unsigned)modes[i].mode,
		    modes[i].fine ? "read" : "refused");
		buf_done(&out);
	}
	unlink(file);
	tap_all("(the files could be written)");
}

static void
test_absent(void)
{
	struct err e = ERR_NONE;
	struct buf out = { 0 };
	struct config c;
	struct str key;
	const char *value;

	unlink(file);
	read_all(&out, &e);
	tap_ok(!out.len && !e.status, "no file is an empty one");
	mkdir(file, 0700);
	read_all(&out, &e);
	tap_ok(e.status == ST_USAGE &&
		str_ends(buf_str(&out), "not a regular file"),
	    "a folder is none");
	rmdir(file);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("HOME");
	tap_ok(!config_open(&c, &e) && !c.path &&
		!config_next(&c, &key, &value, &e),
	    "without a home there is none");
	config_done(&c);
	buf_done(&out);
}

static void
test_path(void)
{
	static const struct {
		const char *xdg, *own, *want;
	} paths[] = {
		{ "/x", "/h", "/x/dmr/f" },
		{ NULL, "/h", "/h/.config/dmr/f" },
		{ "", "/h", "/h/.config/dmr/f" },
		{ "x", "/h", "/h/.config/dmr/f" },
		{ "/x", NULL, "/x/dmr/f" },
		{ NULL, NULL, NULL },
		{ "x", "h", NULL },
		{ "", "", NULL },
	};

	for (size_t i = 0; i < countof(paths); i++) {
		char *path;

		unsetenv("XDG_CONFIG_HOME");
		unsetenv("HOME");
		if (paths[i].xdg)
			setenv("XDG_CONFIG_HOME", paths[i].xdg, 1);
		if (paths[i].own)
			setenv("HOME", paths[i].own, 1);
		path = config_path("f");
		tap_case(!path == !paths[i].want &&
			(!path || !strcmp(path, paths[i].want)),
		    "%zu: %s", i, path ? path : "none");
		free(path);
	}
	tap_all("the path of a file below the home");
}

static void
test_env(void)
{
	setenv("DMR_TEST_SET", "x", 1);
	setenv("DMR_TEST_EMPTY", "", 1);
	unsetenv("DMR_TEST_NONE");
	tap_is(str_of(config_env("DMR_TEST_SET")), "x", "a variable");
	tap_ok(!config_env("DMR_TEST_EMPTY") && !config_env("DMR_TEST_NONE"),
	    "an empty one is none");
	tap_ok(config_env_is_set("DMR_TEST_SET") &&
		config_env_is_set("DMR_TEST_EMPTY") &&
		!config_env_is_set("DMR_TEST_NONE"),
	    "but it is set");
}

int
main(void)
{
	if (!tap_ok(!make_home(), "a folder to write in"))
		return tap_done();
	test_cases();
	test_nul();
	test_section_length();
	test_size();
	test_blame();
	test_modes();
	test_absent();
	test_path();
	test_env();
	remove_home();
	return tap_done();
}
