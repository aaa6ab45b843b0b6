/*
 * json_suite_test - the walk over JSON against JSONTestSuite (tests/data):
 * what RFC 8259 demands (y_), what it forbids (n_), and, of what it leaves to
 * the parser (i_), what we chose.
 */
#include <dirent.h>

#include "file.h"
#include "span.h"
#include "tap.h"

#define FOLDER "tests/data/JSONTestSuite"

enum { FILES = 318 };

/*
 * Of the files i_: numbers of any size and strings of any bytes are walked
 * over, which only who reads their value can judge; text in another encoding,
 * a byte order mark, and more than SPAN_DEPTH_MAX levels are no JSON to us.
 */
static const char *const refused[] = {
	"i_string_UTF-16LE_with_BOM.json",
	"i_string_utf16BE_no_BOM.json",
	"i_string_utf16LE_no_BOM.json",
	"i_structure_500_nested_arrays.json",
	"i_structure_UTF-8_BOM_empty_object.json",
};

static bool
is_wanted(const char *name)
{
	for (size_t i = 0; i < countof(refused); i++)
		if (!strcmp(refused[i], name))
			return false;
	return name[0] != 'n';
}

/* The same text, in memory that ends where it ends. */
static bool
is_valid(const char *name)
{
	struct buf path = { 0 }, text = { 0 };
	struct err e = ERR_NONE;
	char *copy;
	bool valid;

	buf_add_format(&path, FOLDER "/%s", name);
	if (file_read(path.data, BUF_MAX, &text, &e)) {
		tap_note("%s", e.text);
		abort();
	}
	copy = tap_copy(buf_str(&text));
	valid = span_valid((struct str){ copy, text.len });
	free(copy);
	buf_done(&path);
	buf_done(&text);
	return valid;
}

static int
is_json(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), ".json");
}

int
main(void)
{
	struct dirent **files = NULL;
	int n = scandir(FOLDER, &files, is_json, alphasort);

	tap_int(n, FILES, "all of " FOLDER " is there");
	for (int i = 0; i < n; i++) {
		const char *name = files[i]->d_name;
		bool want = is_wanted(name);

		tap_case(is_valid(name) == want, "%s is %s", name,
		    want ? "JSON" : "no JSON");
		free(files[i]);
	}
	free(files);
	tap_all("each file is taken, or not, as it should be");
	return tap_done();
}
