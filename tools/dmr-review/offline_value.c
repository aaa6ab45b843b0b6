/* dmr-review: what is given to a name, and whether it may be a secret. */
#include "offline_value.h"

#include <strings.h>

#include "offline_parts.h"

enum { VALUE_MAX = 512 }; /* bytes */

/* What stands in the place of a secret, wherever, ... */
static const char *const placeholders[] = { "example", "xxxx", "****", "....",
	"placeholder", "password", "passwd", "secret", "undefined", "1234567",
	"abcdef" };
/* ... and where a word begins: it is in "my_test", not in "latest". */
static const char *const words[] = { "change", "your", "dummy", "insert",
	"redact", "sample", "fake", "mock", "test", "token", "todo", "none",
	"null" };

/* What stands in templates and patterns. */
static const char *const marks[] = { "${", "$(", "{{", "#{", "%(", "%{", "%s",
	"<%", "(?", "[^", "[a-", "[A-", "[0-" };

bool
offline_is_quote(char c)
{
	return c == '"' || c == '\'' || c == '`';
}

/* 1: a digit, 2: a capital, 3: another letter, 0: none of them. */
static int
kind_of(char c)
{
	return c >= '0' && c <= '9' ? 1
	    : c >= 'A' && c <= 'Z'  ? 2
	    : c >= 'a' && c <= 'z'  ? 3
				    : 0;
}

/* Is it in a word that goes on?  "xX" is the begin of one. */
static bool
is_within_word(struct str text, size_t at)
{
	int before = at ? kind_of(text.data[at - 1]) : 0;

	return before > 1 && (before == 2 || kind_of(text.data[at]) != 2);
}

static bool
holds_word(struct str text, const char *word, bool is_anywhere)
{
	size_t n = strlen(word);

	for (size_t at = 0; at + n <= text.len; at++)
		if (!strncasecmp(text.data + at, word, n) &&
		    (is_anywhere || !is_within_word(text, at)))
			return true;
	return false;
}

bool
offline_is_placeholder(struct str value)
{
	for (size_t i = 0; i < countof(placeholders); i++)
		if (holds_word(value, placeholders[i], true))
			return true;
	for (size_t i = 0; i < countof(words); i++)
		if (holds_word(value, words[i], false))
			return true;
	return false;
}

size_t
offline_turns(struct str value)
{
	size_t n = 0;
	int last = 0;

	for (size_t i = 0; i < value.len; i++) {
		int kind = kind_of(value.data[i]);

		n += last && kind && kind != last;
		last = kind ? kind : last;
	}
	return n;
}

bool
offline_is_dense(struct str value)
{
	return offline_turns(value) * 5 >= value.len * 2;
}

bool
offline_has_digit_and_letter(struct str value)
{
	size_t digits = 0, letters = 0;

	for (size_t i = 0; i < value.len; i++) {
		digits += kind_of(value.data[i]) == 1;
		letters += kind_of(value.data[i]) > 1;
	}
	return digits && letters;
}

bool
offline_is_strange(struct str value)
{
	size_t others = 0, letters = 0;

	for (size_t i = 0; i < value.len; i++) {
		char c = value.data[i];

		letters += kind_of(c) > 1;
		others += c > ' ' && !kind_of(c) && !strchr("_-./:,", c);
	}
	return others && letters;
}

/* --- what is none --- */

/* "{name}" and "f(x)" somewhere in it. */
static bool
has_pair(struct str value, const char *open, const char *close)
{
	size_t at = str_find(value, str_of(open));

	value = str_skip(value, at);
	return str_find(value, str_of(close)) < value.len;
}

/* "$NAME", "%NAME%", "<...>", "[...]" */
static bool
is_variable(struct str value)
{
	struct str name = str_skip(value, 1);

	if (str_starts(value, "$"))
		return offline_word(name, "_:.") == name.len;
	return (str_starts(value, "%") && str_ends(value, "%")) ||
	    (str_starts(value, "<") && str_ends(value, ">")) ||
	    (str_starts(value, "[") && str_ends(value, "]"));
}

static bool
is_template(struct str value)
{
	if (is_variable(value) || has_pair(value, "{", "}") ||
	    has_pair(value, "(", ")"))
		return true;
	for (size_t i = 0; i < countof(marks); i++)
		if (str_find(value, str_of(marks[i])) < value.len)
			return true;
	return false;
}

/* No blanks, nothing of a pattern such as "\d". */
static bool
is_value(struct str value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.data[i];

		if (c <= ' ' || c == 0x7f)
			return false;
		if (c != '\\')
			continue;
		i++;
		if (i < value.len && kind_of(value.data[i]))
			return false;
	}
	return value.len && !is_template(value);
}

/* --- where it ends --- */

/* Behind a quote, which a backslash may stand before, to the next one. */
static bool
take_quoted(struct str rest, struct offline_value *v)
{
	bool is_escaped = rest.data[0] == '\\';
	char quote = rest.data[is_escaped];
	size_t n = 0;

	rest = str_skip(rest, (size_t)1 + is_escaped);
	while (n < rest.len && n < VALUE_MAX && rest.data[n] != quote &&
	    !(is_escaped && rest.data[n] == '\\'))
		n += rest.data[n] == '\\' ? 2 : 1;
	if (n >= rest.len || n >= VALUE_MAX)
		return false;
	*v = (struct offline_value){ { rest.data, n }, OFFLINE_QUOTED };
	return is_value(v->text);
}

/* "name=", of a query? */
static bool
is_parameter(struct str text)
{
	size_t n = offline_word(text, "_-.[]");

	return n && kind_of(text.data[0]) != 1 &&
	    str_starts(str_skip(text, n), "=");
}

/* Bytes of a word, with every "&" that no parameter is behind. */
static size_t
bare_len(struct str text)
{
	size_t n = 0;

	for (;;) {
		n += offline_word(str_skip(text, n), "_-+/=.~!@#^*%");
		if (!str_starts(str_skip(text, n), "&") ||
		    is_parameter(str_skip(text, n + 1)))
			return n;
		n++;
	}
}

static bool
take_bare(struct str rest, struct offline_value *v)
{
	struct str head = rest;
	size_t n;

	if (head.len > VALUE_MAX)
		head.len = VALUE_MAX;
	n = bare_len(head);
	*v = (struct offline_value){ { rest.data, n }, OFFLINE_WORD };
	if (str_is_blank(str_skip(head, n)) && rest.len == head.len)
		v->form = OFFLINE_WHOLE;
	else if (n == head.len || !strchr(" \t;,&\"'<|)}]\\", rest.data[n]))
		return false;
	return is_value(v->text);
}

bool
offline_value(struct str line, size_t at, bool bare, struct offline_value *v)
{
	struct str rest = str_skip(line, at);
	bool has_more = rest.len > 1;

	if (has_more && strchr("bBrRuUf@", rest.data[0]) &&
	    offline_is_quote(rest.data[1]))
		rest = str_skip(rest, 1);
	if (rest.len &&
	    (offline_is_quote(rest.data[0]) ||
		(has_more && rest.data[0] == '\\' &&
		    offline_is_quote(rest.data[1]))))
		return take_quoted(rest, v);
	return bare && take_bare(rest, v);
}

bool
offline_element(struct str line, size_t at, struct offline_value *v)
{
	struct str rest = str_skip(line, at);
	size_t n = 0;

	while (n < rest.len && n < VALUE_MAX && rest.data[n] != '<')
		n++;
	if (!str_starts(str_skip(rest, n), "</"))
		return false;
	*v = (struct offline_value){ { rest.data, n }, OFFLINE_QUOTED };
	return is_value(v->text);
}
