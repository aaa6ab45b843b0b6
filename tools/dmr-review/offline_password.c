/*
 * dmr-review: what is given to a name such as api_key or password.
 *
 * A text that is a placeholder, a name or a word is no secret.  What may be one
 * or the name of a variable is masked, and no finding.
 */
#include "offline_parts.h"
#include "offline_value.h"

enum {
	NAME_MAX_LEN = 64, /* bytes of a name that are looked at */
	TYPE_MAX = 64,     /* bytes */
	TOKEN_MIN = 16,
	STRANGE_MIN = 12, /* of a token that is no word and no "a[b].c" */
	NAMED_LINES = 2,  /* that a name counts for: its own, the next */
};

/* How a name ends, without "_" and "-", in lower case.  "_" before it: where a
 * word begins. */
static const struct offline_name {
	const char *end;
	bool is_password; /* may be short */
} names[] = {
	{ "password", true },
	{ "passwd", true },
	{ "passphrase", true },
	{ "passwort", true },
	{ "pwd", true },
	{ "_pass", true },
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

/* Does a word of n bytes begin there: "db_pass", "dbPass", but not "bypass"? */
static bool
ends_in_word(struct str name, size_t n)
{
	struct str before = { name.data, name.len - n };

	return !offline_word(str_skip(before, before.len - !!before.len), "") ||
	    (name.data[before.len] >= 'A' && name.data[before.len] <= 'Z' &&
		before.data[before.len - 1] >= 'a');
}

static const struct offline_name *
find_name(const struct place *place)
{
	for (size_t i = 0; i < countof(names); i++) {
		bool is_word = names[i].end[0] == '_';
		const char *end = names[i].end + is_word;

		if (str_ends(place->plain, end) &&
		    (!is_word || ends_in_word(place->text, strlen(end))))
			return &names[i];
	}
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

static size_t
least(const struct offline_name *name, const struct offline_value *v)
{
	if (name->is_password)
		return OFFLINE_PASSWORD_MIN;
	return v->form == OFFLINE_QUOTED && offline_is_strange(v->text) &&
		str_find(v->text, STR("[")) == v->text.len
	    ? STRANGE_MIN
	    : TOKEN_MIN;
}

static bool
is_secret(const struct offline_name *name, const struct offline_value *v)
{
	if (v->text.len < least(name, v) ||
	    !offline_has_digit_and_letter(v->text) ||
	    offline_is_placeholder(v->text))
		return false;
	return name->is_password || offline_turns(v->text) >= 4;
}

/* May it be one where it is no finding? */
static bool
is_doubtful(const struct offline_name *name, const struct offline_value *v)
{
	if (!name->is_password || v->text.len < OFFLINE_PASSWORD_MIN ||
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
	bool is_loud = is_secret(name, v) && is_plain(v, is_tight);

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
	s->before.named = name;
	s->before.named_lines = NAMED_LINES;
	s->before.is_below = is_below;
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

static size_t
skip_signs(struct str line, size_t at)
{
	while (at < line.len &&
	    (is_blank(line.data[at]) || strchr("=>", line.data[at])))
		at++;
	return at;
}

/* The value of "NAME: type = value", from behind the ":" on. */
static bool
find_typed(struct str line, size_t at, struct offline_value *v)
{
	struct str rest = str_skip(line, at);
	size_t n;

	if (rest.len > TYPE_MAX)
		rest.len = TYPE_MAX;
	n = offline_word(rest, "_.[]|&<>*?' ");
	return n && str_starts(str_skip(rest, n), "=") &&
	    offline_value(line, skip_signs(line, at + n), true, v);
}

/* What is given to a name by the "=" or ":" at `at`. */
static void
check_given(struct offline_secrets *s, struct str line, size_t at)
{
	char sign = line.data[at];
	bool bare = sign != ',';
	const struct offline_name *name;
	struct offline_value v;
	struct place place;

	find_place(line, at, &place);
	if (!bare && place.text.data > line.data && place.text.data[-1] == ':')
		return; /* 'user:password', 'host:80' */
	name = find_name(&place);
	if (!name && s->before.named && str_is(place.plain, "value"))
		name = s->before.named;
	if (!name &&
	    (str_is(place.plain, "name") || str_is(place.plain, "key")))
		take_name(s, line, skip_signs(line, at + 1));
	if (!name)
		return;
	at = skip_signs(line, at + 1);
	if (offline_value(line, at, bare, &v))
		check_value(s, line, name, &v, is_tight(line, &place, at));
	else if (bare && at + 2 >= line.len)
		await(s, name, true);
	if (sign == ':' && find_typed(line, at, &v))
		check_value(s, line, name, &v, false);
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
	check_value(s, line, s->before.named, &v, false);
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
	    (line.data + s->text_at == place.text.data || s->login_at < at);
	if ((!is_netrc && !str_starts(place.text, "--")) ||
	    !offline_value(line, at + 1, true, &v))
		return;
	check_value(s, line, name, &v, is_netrc && v.form == OFFLINE_WHOLE);
}

/* --- a line --- */

static void
check_at(struct offline_secrets *s, struct str line, size_t at)
{
	char before = at ? line.data[at - 1] : ' ';

	switch (line.data[at]) {
	case ':':
		if (str_starts(str_skip(line, at), "://")) {
			offline_url(s, line, at);
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
		if (before == 'u' || before == 'r') /* -u, --user */
			offline_user(s, line, at);
		else if (strchr("dtnyesh", before)) /* how names end */
			check_word(s, line, at);
	}
}

void
offline_passwords(struct offline_secrets *s, struct str line)
{
	if (s->before.named && s->before.is_below)
		check_below(s, line);
	s->text_at = (size_t)(str_trim(line).data - line.data);
	s->login_at = str_find(line, STR("login "));
	for (size_t at = 0; at < line.len; at++)
		check_at(s, line, at);
	if (s->before.named && !--s->before.named_lines)
		s->before.named = NULL;
}
