/*
 * dmr-review: what is given to a name such as api_key or password, and
 * passwords in URLs.
 *
 * A text that is a placeholder, a name or a word is no secret.  What may be one
 * or the name of a variable is masked, and no finding.
 */
#include <ctype.h>

#include "offline_parts.h"
#include "offline_value.h"

enum {
	NAME_MAX_LEN = 64, /* bytes of a name that are looked at */
	URL_MAX = 512,     /* of a user and a password */
	PASSWORD_MIN = 6,
	TOKEN_MIN = 16,
	NAMED_LINES = 2, /* that a name counts for: its own, the next */
};

/* How a name ends, without "_" and "-", in lower case. */
static const struct offline_name {
	const char *end;
	bool is_password; /* may be short */
} names[] = {
	{ "password", true },
	{ "passwd", true },
	{ "passphrase", true },
	{ "passwort", true },
	{ "pwd", true },
	{ "apikey", false },
	{ "accesskey", false },
	{ "secretkey", false },
	{ "privatekey", false },
	{ "signingkey", false },
	{ "encryptionkey", false },
	{ "accountkey", false },
	{ "token", false },
	{ "secret", false },
	{ "credential", false },
	{ "credentials", false },
	{ "auth", false },
};

/* A name as it stands in a line, and folded. */
struct place {
	struct str text, plain;
	char bytes[NAME_MAX_LEN];
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Its letters and digits, in lower case. */
static void
fold(struct place *place)
{
	size_t n = 0;

	for (size_t i = 0; i < place->text.len && n < NAME_MAX_LEN; i++) {
		char c = place->text.data[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (offline_word((struct str){ &c, 1 }, ""))
			place->bytes[n++] = c;
	}
	place->plain = (struct str){ place->bytes, n };
}

static const struct offline_name *
find_name(const struct place *place)
{
	for (size_t i = 0; i < countof(names); i++)
		if (str_ends(place->plain, names[i].end))
			return &names[i];
	return NULL;
}

/* The name that ends before `at`, behind blanks and a quote. */
static void
find_place(struct str line, size_t at, struct place *place)
{
	size_t end = at, start;

	while (end && at - end < 32 && is_blank(line.data[end - 1]))
		end--;
	if (end &&
	    (offline_is_quote(line.data[end - 1]) || line.data[end - 1] == ']'))
		end--;
	if (end && offline_is_quote(line.data[end - 1]))
		end--;
	if (end && line.data[end - 1] == '\\')
		end--;
	for (start = end; start && end - start < NAME_MAX_LEN; start--)
		if (!offline_word(
			(struct str){ line.data + start - 1, 1 }, "_-"))
			break;
	place->text = (struct str){ line.data + start, end - start };
	fold(place);
}

/* --- what is given to it --- */

static bool
is_secret(const struct offline_name *name, struct str value)
{
	if (value.len < (name->is_password ? PASSWORD_MIN : TOKEN_MIN) ||
	    !offline_has_digit_and_letter(value) ||
	    offline_is_placeholder(value))
		return false;
	return name->is_password || offline_turns(value) >= 4;
}

/* May it be one where it is no finding? */
static bool
is_doubtful(const struct offline_name *name, const struct offline_value *v)
{
	if (!name->is_password || v->text.len < PASSWORD_MIN ||
	    offline_is_placeholder(v->text))
		return false;
	if (v->form == OFFLINE_QUOTED)
		return offline_is_strange(v->text);
	return v->form == OFFLINE_WHOLE &&
	    offline_has_digit_and_letter(v->text) &&
	    str_find(v->text, STR(".")) == v->text.len;
}

/* Are names of variables out of the question? */
static bool
is_plain(const struct offline_value *v, bool is_tight)
{
	if (v->form == OFFLINE_QUOTED || is_tight)
		return true;
	return offline_turns(v->text) >= 6 &&
	    (v->form == OFFLINE_WHOLE || offline_is_dense(v->text));
}

static void
check_value(struct offline_secrets *s, struct str line,
    const struct offline_name *name, const struct offline_value *v,
    bool is_tight)
{
	size_t at = (size_t)(v->text.data - line.data);
	bool is_loud = is_secret(name, v->text) && is_plain(v, is_tight);

	if (!is_loud && !is_doubtful(name, v))
		return;
	offline_add_secret(s, at, at + v->text.len,
	    name->is_password ? "a password" : "a key", FINDING_MEDIUM);
	s->items[s->n - 1].is_doubtful = !is_loud;
}

/* "NAME=value" as environments have it, ";name=value" of a connection. */
static bool
is_tight(struct str line, const struct place *place, size_t value)
{
	size_t at = (size_t)(place->text.data - line.data), i = 0;
	char before = at ? line.data[at - 1] : ' ';

	if (value != at + place->text.len + 1 || line.data[value - 1] != '=')
		return false;
	if (strchr(";?&\"'", before))
		return true;
	while (i < place->text.len &&
	    !(place->text.data[i] >= 'a' && place->text.data[i] <= 'z'))
		i++;
	return i == place->text.len && is_blank(before);
}

/* The value of a name may stand behind "value", or on the next line. */
static void
await(struct offline_secrets *s, const struct offline_name *name, bool is_below)
{
	s->named = name;
	s->named_lines = NAMED_LINES;
	s->is_below = is_below;
}

/* "name: DB_PASSWORD" */
static void
take_name(struct offline_secrets *s, struct str line, size_t at)
{
	struct offline_value v;
	struct place place;
	const struct offline_name *name;

	if (!offline_value(line, at, true, &v))
		return;
	place.text = v.text;
	fold(&place);
	name = find_name(&place);
	if (name)
		await(s, name, false);
}

/* What is given to a name by the "=" or ":" at `at`. */
static void
check_given(struct offline_secrets *s, struct str line, size_t at)
{
	bool bare = line.data[at] != ',';
	const struct offline_name *name;
	struct offline_value v;
	struct place place;

	find_place(line, at, &place);
	name = find_name(&place);
	if (!name && s->named && str_is(place.plain, "value"))
		name = s->named;
	for (at++; at < line.len &&
	     (is_blank(line.data[at]) || strchr("=>", line.data[at]));)
		at++;
	if (!name &&
	    (str_is(place.plain, "name") || str_is(place.plain, "key")))
		take_name(s, line, at);
	if (!name)
		return;
	if (offline_value(line, at, bare, &v))
		check_value(s, line, name, &v, is_tight(line, &place, at));
	else if (bare && at + 2 >= line.len)
		await(s, name, true);
}

/* The name was on the line above, and nothing else. */
static void
check_below(struct offline_secrets *s, struct str line)
{
	struct str plain = str_trim(line), behind;
	struct offline_value v;

	if (!plain.len ||
	    !offline_value(line, (size_t)(plain.data - line.data), true, &v))
		return;
	behind = str_skip(
	    plain, (size_t)(v.text.data - plain.data) + v.text.len);
	if (v.form == OFFLINE_WORD || str_starts(str_skip(behind, 1), ":"))
		return;
	check_value(s, line, s->named, &v, false);
}

/* <password>...</password> */
static void
check_element(struct offline_secrets *s, struct str line, size_t at)
{
	const struct offline_name *name;
	struct offline_value v;
	struct place place;

	find_place(line, at, &place);
	name = find_name(&place);
	if (name && place.text.data > line.data && place.text.data[-1] == '<' &&
	    offline_element(line, at + 1, &v))
		check_value(s, line, name, &v, false);
}

/* "--token VALUE"; "password VALUE" as .netrc has it. */
static void
check_word(struct offline_secrets *s, struct str line, size_t at)
{
	const struct offline_name *name;
	struct offline_value v;
	struct place place;
	bool is_netrc;

	find_place(line, at, &place);
	name = find_name(&place);
	if (!name)
		return;
	is_netrc = str_is(place.text, "password") &&
	    (str_trim(line).data == place.text.data ||
		str_find((struct str){ line.data, at }, STR("login ")) < at);
	if ((!is_netrc && !str_starts(place.text, "--")) ||
	    !offline_value(line, at + 1, true, &v))
		return;
	check_value(s, line, name, &v, is_netrc && v.form == OFFLINE_WHOLE);
}

/* --- in URLs --- */

static bool
is_hex(struct str text, size_t at)
{
	return at < text.len && isxdigit((unsigned char)text.data[at]);
}

/* Printable ASCII, "%" before two digits, and nothing of a template. */
static bool
is_of_url(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c <= ' ' || c >= 0x7f || strchr("<>{}()[]$\\", c))
			return false;
		if (c == '%' && !(is_hex(text, i + 1) && is_hex(text, i + 2)))
			return false;
	}
	return true;
}

/* scheme://user:password@host, from the "://" at `at` on. */
static void
check_url(struct offline_secrets *s, struct str line, size_t at)
{
	struct str rest = str_skip(line, at + 3), user, password;
	size_t end = 0;

	while (end < rest.len && end < URL_MAX && rest.data[end] > ' ' &&
	    !strchr("/@\"'`<>?#", rest.data[end]))
		end++;
	if (end == rest.len || rest.data[end] != '@')
		return;
	password = (struct str){ rest.data, end };
	user = str_cut(&password, ':');
	if (password.len < PASSWORD_MIN || !is_of_url(password) ||
	    str_equal(user, password) || offline_is_placeholder(password))
		return;
	at = (size_t)(password.data - line.data);
	offline_add_secret(
	    s, at, at + password.len, "a password", FINDING_MEDIUM);
	s->items[s->n - 1].is_doubtful = !offline_has_digit_and_letter(
	    password);
}

/* --- a line --- */

static void
check_at(struct offline_secrets *s, struct str line, size_t at)
{
	char before = at ? line.data[at - 1] : ' ';

	switch (line.data[at]) {
	case ':':
		if (str_starts(str_skip(line, at), "://")) {
			check_url(s, line, at);
			return;
		}
		/* fall through */
	case '=':
		check_given(s, line, at);
		return;
	case ',':
		if (offline_is_quote(before))
			check_given(s, line, at);
		return;
	case '>':
		check_element(s, line, at);
		return;
	case ' ':
		if (strchr("dtnyesh", before)) /* how names end */
			check_word(s, line, at);
	}
}

void
offline_passwords(struct offline_secrets *s, struct str line)
{
	if (s->named && s->is_below)
		check_below(s, line);
	for (size_t at = 0; at < line.len; at++)
		check_at(s, line, at);
	if (s->named && !--s->named_lines)
		s->named = NULL;
}
