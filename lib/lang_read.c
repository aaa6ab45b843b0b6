/* lang_read - the parts of a language's file. */
#include "lang_parts.h"
#include "mem.h"

static const struct {
	const char *name;
	bool is_pattern;
	bool has_argument;
} known[] = {
	{ "grammar", false, false },
	{ "suffixes", false, false },
	{ "names", false, false },
	{ "interpreters", false, false },
	{ "form", false, false },
	{ "module-form", false, false },
	{ "module-names", false, false },
	{ "place", false, false },
	{ "styles", false, false },
	{ "comments", false, false },
	{ "documentation", true, false },
	{ "directive", true, false },
	{ "trailing", false, false },
	{ "attached", false, false },
	{ "public-attached", true, false },
	{ "skip-attached", true, true },
	{ "consumer-attached", true, true },
	{ "visibility", false, false },
	{ "consumer", true, true },
	{ "module-consumer", true, true },
	{ "generated", true, false },
	{ "fragment", false, false },
	{ "private", true, false },
	{ "skip", true, true },
	{ "skip-file", true, true },
	{ "imports", false, false },
	{ "inherits", false, false },
};

static void
fail(struct lang *lang, size_t line, const char *what, struct str which)
{
	err_set(&lang->bad, ST_USAGE, "%s:%zu: %s '%.*s'", lang->path, line,
	    what, STR_ARGS(which));
}

void
lang_add_setting(struct lang *lang, struct lang_setting setting)
{
	lang->settings = mem_grow(lang->settings, &lang->capacity,
	    lang->nsettings + 1, sizeof setting);
	lang->settings[lang->nsettings++] = setting;
}

/* Lower case, digits, "_" and "-". */
static bool
is_word(struct str s)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_-0123456789";

	for (size_t i = 0; i < s.len; i++)
		if (!s.data[i] || !strchr(letters, s.data[i]))
			return false;
	return s.len > 0 && s.data[0] != '-';
}

/* "name: value" or "name argument: value"; anything else is a remark. */
static void
read_setting(struct lang *lang, struct str text, size_t line)
{
	struct lang_setting setting = { .line = line };
	struct str rest = text, name = str_cut(&rest, ':'), word;

	word = str_cut(&name, ' ');
	if (!rest.data || !is_word(word) || (name.data && !is_word(name)))
		return;
	setting.value = str_trim(rest);
	for (size_t i = 0; i < countof(known); i++) {
		if (!str_is(word, known[i].name))
			continue;
		if (known[i].has_argument != (name.len > 0)) {
			fail(lang, line,
			    known[i].has_argument ? "a name must follow"
						  : "no name may follow",
			    word);
			return;
		}
		setting.name = known[i].name;
		setting.argument = name.len ? mem_copy(name) : NULL;
		lang_add_setting(lang, setting);
		return;
	}
	fail(lang, line, "no setting is called", word);
}

/* "; setting"; ";; remark". */
static void
read_head_line(struct lang *lang, struct str text, size_t line)
{
	text = str_trim(str_skip(text, 1));
	if (text.len && text.data[0] != ';' && !lang->bad.status)
		read_setting(lang, text, line);
}

/* A section begins with this line, and goes on to the file's end. */
static void
begin(
    struct lang *lang, enum lang_section section, struct str text, size_t line)
{
	const char *end = lang->text.data + lang->text.len;

	lang->sections[section] = (struct str){ text.data,
		(size_t)(end - text.data) };
	lang->lines[section] = line;
}

void
lang_read(struct lang *lang)
{
	struct str rest = buf_str(&lang->text), *first = lang->sections;
	bool is_head = true;
	size_t line = 0;

	while (rest.len) {
		struct str text = str_cut(&rest, '\n');

		line++;
		if (is_head && str_starts(text, ";")) {
			read_head_line(lang, text, line);
		} else if (is_head) {
			is_head = false;
			begin(lang, LANG_DECLARATIONS, text, line);
		} else if (str_starts(text, ";;; details")) {
			first->len = (size_t)(text.data - first->data);
			begin(lang, LANG_DETAILS, text, line);
			return;
		}
	}
}

static bool
is_pattern(const char *name)
{
	for (size_t i = 0; i < countof(known); i++)
		if (known[i].name == name)
			return known[i].is_pattern;
	return false;
}

void
lang_compile_settings(struct lang *lang)
{
	for (size_t i = 0; i < lang->nsettings && !lang->bad.status; i++) {
		struct lang_setting *s = &lang->settings[i];

		if (s->pattern || !is_pattern(s->name))
			continue;
		s->pattern = pattern_new(s->value, &lang->bad);
		if (!s->pattern)
			err_prefix(&lang->bad, "%s:%zu", lang->path, s->line);
	}
}
