/* mock_embed_test - vectors: the same, one long, near for shared words. */
#include "../../tools/dmr-mock/embed.h"

#include <math.h>

#include "tap.h"

enum { N = 384 };

static double
cosine(const char *a, const char *b)
{
	float x[N], y[N];
	double sum = 0;

	embed_text(str_of(a), x, N);
	embed_text(str_of(b), y, N);
	for (size_t i = 0; i < N; i++)
		sum += (double)x[i] * (double)y[i];
	return sum;
}

/* The first is nearer to the second than to the third. */
static const struct {
	const char *text, *near, *far;
} rows[] = {
	{ "how do I bake bread", "bread is baked like this: bake it",
	    "the engine of the car is broken" },
	{ "the cat sat on the mat", "a cat on a mat", "a dog in a house" },
	{ "Fehler beim \xc3\x96"
	  "ffnen",
	    "beim \xc3\x96"
	    "ffnen: Fehler",
	    "alles ist gut" },
	{ "one two three four", "four three two one", "one five six seven" },
	{ "one two three four", "one two five six", "one five six seven" },
	{ "hello", "Hello!", "world" },
	{ "hello world", "world", "hallo welt" },
};

static void
test_near(void)
{
	for (size_t i = 0; i < countof(rows); i++) {
		double near = cosine(rows[i].text, rows[i].near);
		double far = cosine(rows[i].text, rows[i].far);

		if (!tap_case(near > far, "%s", rows[i].text))
			tap_note("%f, %f", near, far);
	}
	tap_all("texts that share words are nearer");
}

static void
test_length(void)
{
	static const char *const texts[] = { "", " ", "a", "a b", "!?", "\n",
		"one two two", "\xc3\xa4", "\xf0\x9f\x98\x80" };

	for (size_t i = 0; i < countof(texts); i++)
		tap_case(fabs(cosine(texts[i], texts[i]) - 1) < 1e-6, "'%s'",
		    texts[i]);
	tap_all("every vector is one long, the same each time");
	tap_ok(cosine("one", "two") < 0.9, "words differ");
}

int
main(void)
{
	test_near();
	test_length();
	return tap_done();
}
