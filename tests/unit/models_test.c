/* models_test - the names of models, and the lists a server gives. */
#include "api_models.h"
#include "tap.h"

/* --- names --- */

static void
test_short_names(void)
{
	static const struct {
		const char *id, *name;
	} names[] = {
		{ "docker.io/ai/smollm2:latest", "ai/smollm2" },
		{ "docker.io/ai/smollm2:360M-Q4_K_M",
		    "ai/smollm2:360M-Q4_K_M" },
		{ "docker.io/ai/smollm2", "ai/smollm2" },
		{ "index.docker.io/ai/smollm2:latest", "ai/smollm2" },
		{ "ai/smollm2:latest", "ai/smollm2" },
		{ "ai/smollm2", "ai/smollm2" },
		{ "ai/smollm2:latest2", "ai/smollm2:latest2" },
		{ "smollm2:latest", "smollm2" },
		{ "hf.co/org/model:latest", "hf.co/org/model" },
		{ "localhost:5000/ai/x:latest", "localhost:5000/ai/x" },
		{ "example.org/docker.io/x", "example.org/docker.io/x" },
		/* Without the registry it would be another's: ai/x. */
		{ "docker.io/x:latest", "docker.io/x" },
		{ "docker.io/x", "docker.io/x" },
		/* What would be a registry is none behind docker.io/. */
		{ "docker.io/my.org/y:latest", "docker.io/my.org/y" },
		{ "docker.io/localhost/y", "docker.io/localhost/y" },
		{ "docker.io/a:1/y", "docker.io/a:1/y" },
		{ "docker.io/org/y.z:latest", "org/y.z" },
		{ "sha256:latest", "sha256:latest" },
		{ "sha256:0123abcd", "sha256:0123abcd" },
		{ "", "" },
	};

	for (size_t i = 0; i < countof(names); i++) {
		char *name = api_model_short_name(str_of(names[i].id));

		tap_case(!strcmp(name, names[i].name), "'%s' is '%s', not '%s'",
		    names[i].id, name, names[i].name);
		free(name);
	}
	tap_all("a name is made short");
}

static void
test_same(void)
{
	static const struct {
		const char *a, *b;
		bool same;
	} pairs[] = {
		{ "ai/smollm2", "ai/smollm2", true },
		{ "ai/smollm2", "ai/smollm2:latest", true },
		{ "ai/smollm2", "smollm2", true },
		{ "ai/smollm2:latest", "smollm2", true },
		{ "smollm2:latest", "smollm2", true },
		{ "docker.io/ai/smollm2:latest", "smollm2", true },
		{ "index.docker.io/ai/smollm2", "ai/smollm2", true },
		{ "docker.io/ai/smollm2", "index.docker.io/ai/smollm2", true },
		{ "ai/SmolLM2", "ai/smollm2", true },
		{ "ORG/Model:q4", "org/model:q4", true },
		{ "hf.co/Org/Model", "hf.co/org/model:latest", true },
		{ "localhost:5000/x", "localhost:5000/x:latest", true },
		{ "", "", true },

		{ "ai/smollm2:360M", "ai/smollm2", false },
		{ "ai/smollm2:Q4", "ai/smollm2:q4", false },
		{ "ai/smollm2:LATEST", "ai/smollm2", false },
		{ "org/smollm2", "smollm2", false },
		{ "org/smollm2", "ai/smollm2", false },
		{ "ai/smollm", "ai/smollm2", false },
		{ "ai/smollm3", "ai/smollm2", false },
		{ "example.org/ai/smollm2", "ai/smollm2", false },
		{ "localhost:5000/x", "localhost:5001/x", false },
		{ "localhost:5000/x", "localhost", false },
		{ "ai/ai/x", "ai/x", false },
		{ "docker.io/my.org/y", "my.org/y", false },
		{ "", "ai/smollm2", false },
	};

	for (size_t i = 0; i < countof(pairs); i++) {
		struct str a = str_of(pairs[i].a), b = str_of(pairs[i].b);

		tap_case(api_model_is_same(a, b) == pairs[i].same &&
			api_model_is_same(b, a) == pairs[i].same,
		    "'%s' and '%s' are %sthe same", pairs[i].a, pairs[i].b,
		    pairs[i].same ? "not " : "");
	}
	tap_all("two spellings of one name, in either order");
}

static void
test_check_name(void)
{
	static const struct {
		const char *name, *why; /* NULL: it is fine */
	} names[] = {
		{ "ai/smollm2", NULL },
		{ "a", NULL },
		{ "a b\"<>|;", NULL },
		{ "h\xc3\xa4ngt \xf0\x9f\x98\x80", NULL },
		{ "", "it is empty" },
		{ "a\xff", "it is not UTF-8" },
		{ "\xc3", "it is not UTF-8" },
		{ "\xc0\xaf", "it is not UTF-8" },
		{ "\xed\xa0\x80", "it is not UTF-8" },
		{ "a\nb", "a control character" },
		{ "\x1b[31m", "a control character" },
		{ "a\x7f", "a control character" },
		{ "\t", "a control character" },
	};
	struct err e = ERR_NONE;
	char text[514];

	for (size_t i = 0; i < countof(names); i++) {
		int got = api_model_check_name(names[i].name, &e);
		bool fine = names[i].why ? got == -1 && e.status == ST_USAGE &&
			str_ends(str_of(e.text), names[i].why)
					 : got == 0;

		tap_case(fine, "name %zu: %d %s", i, got, e.text);
	}
	tap_all("what may be a name");
	memset(text, 'x', 513);
	text[513] = 0;
	tap_ok(api_model_check_name(text, &e) == -1 && e.status == ST_USAGE &&
		str_ends(str_of(e.text), "it is too long") &&
		strlen(e.text) < 200,
	    "513 bytes are too long, and not all shown");
	text[512] = 0;
	tap_int(api_model_check_name(text, &e), 0, "512 are not");
}

static void
test_path(void)
{
	static const struct {
		const char *name, *path; /* NULL: there is none */
	} names[] = {
		{ "ai/smollm2", "/models/ai/smollm2" },
		{ "localhost:5000/ai/x:Q4_K_M",
		    "/models/localhost:5000/ai/x:Q4_K_M" },
		{ "a?b#c%d e&f+g", "/models/a%3Fb%23c%25d%20e%26f%2Bg" },
		{ "h\xc3\xa4", "/models/h%C3%A4" },
		{ "a@sha256:0", "/models/a@sha256:0" },
		{ "...", "/models/..." },
		{ "", NULL },
		{ "a\nb", NULL },
		{ "..", NULL },
		{ "a/../b", NULL },
		{ "a/.", NULL },
		{ "/a", NULL },
		{ "a/", NULL },
		{ "a//b", NULL },
	};

	for (size_t i = 0; i < countof(names); i++) {
		struct err e = ERR_NONE;
		char *path = api_model_path(names[i].name, &e);

		tap_case(names[i].path ? path && !strcmp(path, names[i].path)
				       : !path && e.status == ST_USAGE,
		    "'%s' is '%s'", names[i].name, path ? path : e.text);
		free(path);
	}
	tap_all("the path of a name");
}

/* --- lists --- */

/* One line for each model, "!" before those that are loaded. */
static void
say(const struct api_models *m, struct buf *out)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct api_model *a = &m->models[i];

		buf_add_format(out, "%s%s=%s,%s,%s,%s,%lld\n",
		    a->loaded ? "!" : "", a->id, a->name, a->parameters,
		    a->quantization, a->size, (long long)a->context);
	}
	if (m->nodd)
		buf_add_format(out, "odd %zu\n", m->nodd);
}

#define LIST(objects) "{\"object\":\"list\",\"data\":[" objects "]}"

static const struct {
	const char *name, *json;
	const char *want; /* NULL: it cannot be read */
} lists[] = {
	{ "an empty list", LIST(""), "" },
	{ "a model of OpenAI's", LIST("{\"id\":\"a/b\",\"object\":\"model\"}"),
	    "a/b=a/b,,,,0\n" },
	{ "what Docker Model Runner adds",
	    LIST("{\"id\":\"docker.io/ai/x:latest\",\"dmr\":{"
		 "\"parameters\":\"134.52M\",\"quantization\":\"Q4\","
		 "\"size\":\"100MiB\",\"context_window\":8192}}"),
	    "docker.io/ai/x:latest=ai/x,134.52M,Q4,100MiB,8192\n" },
	{ "members of another kind",
	    LIST("{\"id\":\"a/b\",\"dmr\":{\"parameters\":5,"
		 "\"quantization\":null,\"size\":[\"x\"],"
		 "\"context_window\":\"8192\"}}"),
	    "a/b=a/b,,,,0\n" },
	{ "dmr of another kind", LIST("{\"id\":\"a/b\",\"dmr\":[1]}"),
	    "a/b=a/b,,,,0\n" },
	{ "a context that is no whole number",
	    LIST("{\"id\":\"a\",\"dmr\":{\"context_window\":1.5}},"
		 "{\"id\":\"b\",\"dmr\":{\"context_window\":1e99}}"),
	    "a=a,,,,0\nb=b,,,,0\n" },
	{ "in the server's order, twice if it says so",
	    LIST("{\"id\":\"b\"},{\"id\":\"a\"},{\"id\":\"b\"}"),
	    "b=b,,,,0\na=a,,,,0\nb=b,,,,0\n" },
	{ "escapes", LIST("{\"id\":\"a\\/\\u00e4\\ud83d\\ude00\"}"),
	    "a/\xc3\xa4\xf0\x9f\x98\x80="
	    "a/\xc3\xa4\xf0\x9f\x98\x80,,,,0\n" },
	{ "elements without a text as id are counted",
	    LIST("1,null,\"a\",[],{},{\"id\":5},{\"id\":null},{\"id\":\"b\"}"),
	    "b=b,,,,0\nodd 7\n" },
	{ "names no model can have are counted",
	    LIST("{\"id\":\"a\\nb\"},{\"id\":\"\"},{\"id\":\"\\u001b[m\"},"
		 "{\"id\":\"c\"}"),
	    "c=c,,,,0\nodd 3\n" },
	{ "the last of two",
	    "{\"data\":[{\"id\":\"a\"}],"
	    "\"data\":[{\"id\":\"b\",\"id\":\"c\"}]}",
	    "c=c,,,,0\n" },
	{ "white space", " \r\n{ \"data\" : [ { \"id\" : \"a\" } ] }\t\n",
	    "a=a,,,,0\n" },
	{ "nothing", "", NULL },
	{ "no object", "[]", NULL },
	{ "no data", "{}", NULL },
	{ "data is null", "{\"data\":null}", NULL },
	{ "data is an object", "{\"data\":{}}", NULL },
	{ "no JSON", "<html>", NULL },
	{ "cut JSON", "{\"data\":[{\"id\":\"a\"}", NULL },
	{ "cut in the list", "{\"data\":[{\"id\":\"a\"},", NULL },
	{ "more behind it", LIST("{\"id\":\"a\"}") "x", NULL },
	{ "a comma too much", LIST("{\"id\":\"a\"},"), NULL },
};

static void
test_read(void)
{
	for (size_t i = 0; i < countof(lists); i++) {
		struct api_models m = { 0 };
		struct err e = ERR_NONE;
		struct buf said = { 0 };
		int got = api_models_read(&m, str_of(lists[i].json), &e);

		say(&m, &said);
		if (lists[i].want) {
			tap_is(buf_str(&said), lists[i].want, lists[i].name);
			tap_case(!got, "%s: %d", lists[i].name, got);
		} else {
			tap_ok(got == -1 && e.status == ST_SERVER && !m.n,
			    "%s: cannot be read", lists[i].name);
		}
		buf_done(&said);
		api_models_done(&m);
		tap_case(!m.models && !m.n && !m.nodd, "done it has none");
	}
	tap_all("with the status that belongs to it");
}

static const struct {
	const char *name, *json;
	/* Letters of the loaded ones, a + for each other; NULL: not read. */
	const char *want;
} loaded[] = {
	{ "none is loaded", "[]", "" },
	{ "one, by another spelling", "[{\"model_name\":\"AI/a\"}]", "a" },
	{ "without ai/", "[{\"model_name\":\"b\"}]", "b" },
	{ "another tag is another model", "[{\"model_name\":\"ai/a:q4\"}]",
	    "+" },
	{ "one and its other tag",
	    "[{\"model_name\":\"ai/a\"},{\"model_name\":\"c:q4\"}]", "ac" },
	{ "one that is still loading is not loaded",
	    "[{\"model_name\":\"ai/a\",\"loading\":true},"
	    "{\"model_name\":\"ai/b\",\"loading\":false}]",
	    "b" },
	{ "unless it is loaded as well",
	    "[{\"model_name\":\"ai/a\",\"loading\":true},"
	    "{\"model_name\":\"ai/a\"}]",
	    "a" },
	{ "names that nobody has",
	    "[{\"model_name\":\"x\"},{\"model_name\":\"y\"}]", "++" },
	{ "a name that is none", "[{\"model_name\":5}]", NULL },
	{ "no name", "[{\"model_name\":\"ai/a\"},{}]", NULL },
	{ "no object", "[\"ai/a\"]", NULL },
	{ "an object", "{}", NULL },
	{ "nothing", "", NULL },
	{ "null", "null", NULL },
	{ "cut", "[{\"model_name\":\"b\"}", NULL },
};

static void
test_read_loaded(void)
{
	struct str reply = STR(LIST("{\"id\":\"docker.io/ai/a:latest\"},"
				    "{\"id\":\"ai/b\"},{\"id\":\"ai/c:q4\"}"));

	for (size_t i = 0; i < countof(loaded); i++) {
		struct api_models m = { 0 };
		struct err e = ERR_NONE;
		struct buf said = { 0 };
		int got;

		api_models_read(&m, reply, &e);
		got = api_models_read_loaded(&m, str_of(loaded[i].json), &e);
		for (size_t k = 0; k < m.n; k++)
			if (m.models[k].loaded)
				buf_add_char(&said, "abc"[k]);
		for (size_t k = 0; k < m.nstrangers; k++)
			buf_add_char(&said, '+');
		if (loaded[i].want)
			tap_ok(m.n == 3 && !got &&
				str_is(buf_str(&said), loaded[i].want),
			    "%s", loaded[i].name);
		else
			tap_ok(got == -1 && e.status == ST_SERVER,
			    "%s: cannot be read", loaded[i].name);
		buf_done(&said);
		api_models_done(&m);
	}
}

static void
test_digest(void)
{
	static const char *const ids[][2] = {
		{ "{\"id\":\"sha256:1df5\",\"tags\":[]}", "sha256:1df5" },
		{ "{\"id\":\"\"}", NULL },
		{ "{\"id\":\"smollm2\",\"object\":\"model\"}", NULL },
		{ "{\"id\":5}", NULL },
		{ "{}", NULL },
		{ "[\"sha256:1df5\"]", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < countof(ids); i++) {
		char *id = api_model_digest(str_of(ids[i][0]));

		tap_ok(ids[i][1] ? id && !strcmp(id, ids[i][1]) : !id,
		    "the digest in '%s'", ids[i][0]);
		free(id);
	}
}

int
main(void)
{
	test_short_names();
	test_same();
	test_check_name();
	test_path();
	test_read();
	test_read_loaded();
	test_digest();
	return tap_done();
}
