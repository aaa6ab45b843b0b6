/* mock_store_test - names of models mean what they mean to the real runner. */
#include "../../tools/dmr-mock/store.h"

#include "tap.h"

#define A64 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
	const char *name, *whole; /* NULL: it is none */
} names[] = {
	{ "smollm2", "docker.io/ai/smollm2:latest" },
	{ " smollm2\n", "docker.io/ai/smollm2:latest" },
	{ "ai/smollm2", "docker.io/ai/smollm2:latest" },
	{ "smollm2:latest", "docker.io/ai/smollm2:latest" },
	{ "smollm2:", "docker.io/ai/smollm2:latest" },
	{ "docker.io/ai/smollm2:latest", "docker.io/ai/smollm2:latest" },
	{ "index.docker.io/ai/smollm2", "docker.io/ai/smollm2:latest" },
	{ "AI/SmolLM2", "docker.io/ai/smollm2:latest" },
	{ "ai/smollm2:135M-Q4_K_M", "docker.io/ai/smollm2:135M-Q4_K_M" },
	{ "myorg/x:V1", "docker.io/myorg/x:V1" },
	{ "hf.co/bartowski/Llama-3.2-1B-Instruct-GGUF",
	    "huggingface.co/bartowski/llama-3.2-1b-instruct-gguf:latest" },
	{ "hf.co/A/B-GGUF:Q8_0", "huggingface.co/a/b-gguf:Q8_0" },
	{ "registry.example.com:5000/a/b",
	    "registry.example.com:5000/a/b:latest" },
	{ "localhost:5000/x", "localhost:5000/x:latest" },
	{ "a__b--c/e.d", "docker.io/a__b--c/e.d:latest" },
	{ "", NULL },
	{ " ", NULL },
	{ ":x", NULL },
	{ "AI//bad::name", NULL },
	{ "ai/", NULL },
	{ "/ai", NULL },
	{ "ai/x:y z", NULL },
	{ "ai/x:-y", NULL },
	{ "ai/\xc3\xa4", NULL },
	{ "ai/x?", NULL },
	{ "ai/../x", NULL },
};

static void
test_names(void)
{
	for (size_t i = 0; i < countof(names); i++) {
		struct buf whole = { 0 };
		int got = store_name(str_of(names[i].name), &whole);

		if (!tap_case(got == (names[i].whole ? 0 : -1) &&
			    (got || str_is(buf_str(&whole), names[i].whole)),
			"'%s'", names[i].name))
			tap_show("got", buf_str(&whole));
		buf_done(&whole);
	}
	tap_all("names");
}

static void
test_find(void)
{
	struct store s = { 0 };
	struct store_model *m;

	store_give(&s, STR("docker.io/myorg/dummy2:V1"), 1);
	store_give(&s, STR("docker.io/ai/dummy:latest"), 1);
	m = s.models[0];
	tap_ok(store_find(&s, STR("myorg/dummy2:V1")) == m &&
		store_find(&s, str_of(m->id)) == m &&
		store_find(&s, str_skip(str_of(m->id), 7)) == m &&
		store_find(&s, (struct str){ m->id + 7, 12 }) == m,
	    "by name, id, digits, the first twelve");
	tap_ok(!store_find(&s, STR("myorg/dummy2")) &&
		!store_find(&s, STR("myorg/dummy2:v1")) &&
		!store_find(&s, STR("dummy2")) &&
		!store_find(&s, (struct str){ m->id + 7, 11 }) &&
		!store_find(&s, STR("sha256:" A64)),
	    "not by another tag, a part, another id");
	tap_ok(store_find_part(&s, STR("dummy2")) == m &&
		store_find_part(&s, STR("dummy")) == s.models[1] &&
		!store_find_part(&s, STR("dummy3")),
	    "by a part where that is asked for");
	store_done(&s);
}

static void
test_tags(void)
{
	struct store s = { 0 };
	struct store_model *one, *two;

	store_give(&s, STR("docker.io/ai/one:latest"), 1);
	store_give(&s, STR("docker.io/ai/two:latest"), 1);
	one = s.models[0];
	two = s.models[1];
	store_tag(&s, one, STR("docker.io/ai/x:1"));
	store_tag(&s, one, STR("docker.io/ai/x:1"));
	tap_int((intmax_t)one->ntags, 2, "a name twice is one");
	store_tag(&s, two, STR("docker.io/ai/x:1"));
	tap_ok(one->ntags == 1 && two->ntags == 2 &&
		store_find(&s, STR("x:1")) == two,
	    "a name moves to the model that is given it last");
	tap_ok(!store_untag(&s, two, 0) && s.n == 2 &&
		store_untag(&s, two, 0) && s.n == 1,
	    "a model goes with its last name");
	store_tag(&s, one, STR("docker.io/ai/x:1"));
	store_give(&s, STR("docker.io/ai/three:latest"), 1);
	store_tag(&s, s.models[1], STR("docker.io/ai/one:latest"));
	store_tag(&s, s.models[1], STR("docker.io/ai/x:1"));
	tap_int((intmax_t)s.n, 1, "also when another one takes it");
	store_done(&s);
}

int
main(void)
{
	test_names();
	test_find();
	test_tags();
	return tap_done();
}
