/*
 * dmr-review: keys that are known by how they begin, and private keys.
 *
 * The table has how a service's keys begin, of what they go on, and for how
 * long.
 */
#include "offline_parts.h"
#include "offline_value.h"

/* Bytes of base64: in a line of a private key; so many that they may be one. */
enum { LINE_MIN = 16, BASE64_MIN = 60 };

#define BASE64 "+/="
#define WORDS "_-"
#define PRIVATE_KEY "a private key"

static const struct key {
	const char *begin;
	const char *more; /* beside letters and digits */
	size_t min, max;  /* bytes; max 0: any */
	const char *what;
} keys[] = {
	{ "AKIA", "", 16, 16, "an AWS access key" },
	{ "ASIA", "", 16, 16, "an AWS access key" },
	{ "ghp_", "", 36, 0, "a GitHub token" },
	{ "gho_", "", 36, 0, "a GitHub token" },
	{ "ghu_", "", 36, 0, "a GitHub token" },
	{ "ghs_", "", 36, 0, "a GitHub token" },
	{ "ghr_", "", 36, 0, "a GitHub token" },
	{ "github_pat_", "_", 22, 0, "a GitHub token" },
	{ "glpat-", WORDS, 20, 0, "a GitLab token" },
	{ "glrt-", WORDS, 20, 0, "a GitLab token" },
	{ "glptt-", WORDS, 20, 0, "a GitLab token" },
	{ "xoxb-", "-", 20, 0, "a Slack token" },
	{ "xoxp-", "-", 20, 0, "a Slack token" },
	{ "xoxa-", "-", 20, 0, "a Slack token" },
	{ "xoxs-", "-", 20, 0, "a Slack token" },
	{ "xapp-", "-", 20, 0, "a Slack token" },
	{ "hooks.slack.com/services/T", "/", 30, 0, "a Slack address" },
	{ "AIza", WORDS, 35, 35, "a Google API key" },
	{ "GOCSPX-", WORDS, 20, 0, "a Google secret" },
	{ "ya29.", WORDS ".", 40, 0, "a Google token" },
	{ "sk-ant-", WORDS, 20, 0, "an Anthropic key" },
	{ "sk-svcacct-", WORDS, 20, 0, "an OpenAI key" },
	{ "sk-admin-", WORDS, 20, 0, "an OpenAI key" },
	{ "sk-proj-", WORDS, 20, 0, "an OpenAI key" },
	{ "sk-or-v1-", "", 32, 0, "an OpenRouter key" },
	{ "sk-", "", 20, 0, "an API key" },
	{ "sk_live_", "", 16, 0, "a Stripe key" },
	{ "sk_test_", "", 16, 0, "a Stripe key" },
	{ "rk_live_", "", 16, 0, "a Stripe key" },
	{ "whsec_", BASE64, 24, 0, "a webhook's secret" },
	{ "hf_", "", 30, 0, "a Hugging Face token" },
	{ "gsk_", "", 40, 0, "a Groq key" },
	{ "npm_", "", 36, 36, "an npm token" },
	{ "pypi-", WORDS, 50, 0, "a PyPI token" },
	{ "dckr_pat_", WORDS, 20, 0, "a Docker token" },
	{ "dop_v1_", "", 64, 64, "a DigitalOcean token" },
	{ "SG.", WORDS ".", 60, 0, "a SendGrid key" },
	{ "shpat_", "", 32, 32, "a Shopify token" },
	{ "hvs.", WORDS, 24, 0, "a Vault token" },
	{ "lin_api_", "", 40, 40, "a Linear key" },
	{ "AGE-SECRET-KEY-1", "", 50, 0, "an age key" },
	{ "AccountKey=", BASE64, 64, 0, "an Azure key" },
	{ "SharedAccessKey=", BASE64, 40, 0, "an Azure key" },
	{ "bearer ", WORDS "./+=", 20, 0, "a token" },
	{ "Bearer ", WORDS "./+=", 20, 0, "a token" },
	{ "Basic ", BASE64, 20, 0, "a password" },
	{ "eyJ", WORDS ".", 60, 0, "a JSON web token" },
	/* base64 of how private keys begin */
	{ "LS0tLS1CRUdJTiBQUkl", BASE64, 20, 0, PRIVATE_KEY },
	{ "LS0tLS1CRUdJTiBSU0Eg", BASE64, 20, 0, PRIVATE_KEY },
	{ "LS0tLS1CRUdJTiBFQyBQUkl", BASE64, 20, 0, PRIVATE_KEY },
	{ "LS0tLS1CRUdJTiBFTkNS", BASE64, 20, 0, PRIVATE_KEY },
	{ "LS0tLS1CRUdJTiBPUEVO", BASE64, 20, 0, PRIVATE_KEY },
	{ "LS0tLS1CRUdJTiBEU0Eg", BASE64, 20, 0, PRIVATE_KEY },
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Has it digits and letters, at least six different bytes? */
static bool
is_random(struct str text)
{
	bool seen[UINT8_MAX + 1] = { 0 };
	size_t digits = 0, kinds = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		digits += is_digit((char)c);
		kinds += !seen[c];
		seen[c] = true;
	}
	return digits && digits < text.len && kinds >= 6;
}

static bool
is_example(struct str text)
{
	return str_find(text, STR("EXAMPLE")) < text.len ||
	    str_find(text, STR("example")) < text.len;
}

/* May a key begin there?  Behind the "n" of "\n" it may. */
static bool
is_start(struct str line, size_t at)
{
	char before = at ? line.data[at - 1] : ' ';

	if (at > 1 && line.data[at - 2] == '\\' && strchr("nrt", before))
		return true;
	return offline_word((struct str){ &before, 1 }, "_-.") == 0;
}

/*
 * Three parts that are divided by dots, the second JSON as well, or the five of
 * an encrypted one.
 */
static bool
is_web_token(struct str text)
{
	struct str rest = text, head = str_cut(&rest, '.'),
		   body = str_cut(&rest, '.');
	size_t dots = 0;

	for (size_t i = 0; i < rest.len; i++)
		dots += rest.data[i] == '.';
	return head.len >= 8 && rest.len >= 8 &&
	    (str_starts(body, "eyJ") || dots == 2);
}

/* Bytes that are no part of the key, as in "Bearer ". */
static size_t
name_len(const struct key *key)
{
	size_t n = strlen(key->begin);

	return key->begin[n - 1] == ' ' || key->begin[n - 1] == '=' ? n : 0;
}

/* What follows "Bearer" may be anything; "EXAMPLE" is of manuals. */
static enum finding_severity
severity(const struct key *key, struct str text)
{
	if (is_example(text))
		return FINDING_LOW;
	return strchr(key->begin, ' ') ? FINDING_MEDIUM : FINDING_HIGH;
}

/* Is it long enough, and not too long, and no word? */
static bool
is_key(const struct key *key, struct str text)
{
	struct str rest = str_skip(text, strlen(key->begin));

	if (rest.len < key->min || (key->max && rest.len > key->max))
		return false;
	return strcmp(key->begin, "eyJ") ? is_random(rest) : is_web_token(text);
}

/*
 * Bytes of a key of that row at `at`, or 0.  Up to *passed there is none: a
 * part of what is not random is not random.
 */
static size_t
key_len(const struct key *key, struct str line, size_t at, size_t *passed)
{
	struct str text = str_skip(line, at);
	size_t begin = strlen(key->begin);

	if (at < *passed || !str_starts(text, key->begin))
		return 0;
	text.len = begin + offline_word(str_skip(text, begin), key->more);
	if (is_key(key, text))
		return text.len;
	*passed = at + text.len;
	return 0;
}

/* A key that begins at `at`; returns its length, or 0. */
static size_t
add_key(struct offline_secrets *s, struct str line, size_t at,
    size_t passed[countof(keys)])
{
	if (!is_start(line, at))
		return 0;
	for (size_t i = 0; i < countof(keys); i++) {
		size_t n = key_len(&keys[i], line, at, &passed[i]);
		struct str text = { line.data + at, n };

		if (!n)
			continue;
		offline_add_secret(s, at + name_len(&keys[i]), at + n,
		    keys[i].what, severity(&keys[i], text));
		return n;
	}
	return 0;
}

void
offline_keys(struct offline_secrets *s, struct str line)
{
	size_t passed[countof(keys)] = { 0 };
	size_t head = 0, behind = 0; /* the last key */

	for (size_t i = 0; i < countof(keys) && !s->has_begins; i++)
		s->begins[offline_head(keys[i].begin)] = true;
	s->has_begins = true;
	for (size_t at = 0; at < line.len; at++) {
		size_t start = at - 2, n = 0;

		head = (head << 4 ^ (unsigned char)line.data[at]) %
		    OFFLINE_HEADS;
		if (s->begins[head] && at >= 2 && start >= behind)
			n = add_key(s, line, start, passed);
		if (n)
			behind = start + n;
	}
}

/* --- keys of which a hunk shows the middle --- */

static bool
is_base64(char c)
{
	return offline_word((struct str){ &c, 1 }, BASE64);
}

/* A hash in hexadecimal has letters of one kind. */
static bool
has_both_cases(struct str text)
{
	size_t capitals = 0, others = 0;

	for (size_t i = 0; i < text.len; i++) {
		capitals += text.data[i] >= 'A' && text.data[i] <= 'Z';
		others += text.data[i] >= 'a' && text.data[i] <= 'z';
	}
	return capitals && others;
}

/* Long runs of base64 may be of a private key: they are no findings. */
void
offline_base64(struct offline_secrets *s, struct str line)
{
	size_t at = 0;

	while (line.len - at >= BASE64_MIN) {
		struct str run = { line.data + at, BASE64_MIN };

		while (run.len && is_base64(run.data[run.len - 1]))
			run.len--;
		at += run.len;
		if (run.len)
			continue;
		run.len = offline_word(str_skip(line, at), BASE64);
		if (has_both_cases(run) && offline_is_dense(run) &&
		    offline_has_digit_and_letter(run)) {
			offline_add_secret(
			    s, at, at + run.len, PRIVATE_KEY, FINDING_HIGH);
			s->items[s->n - 1].is_doubtful = true;
		}
		at += run.len;
	}
}

/* --- private keys, which run over lines --- */

/* Where "-----BEGIN ... PRIVATE KEY...-----" ends that begins at `at`; or 0. */
static size_t
begin_len(struct str line, size_t at)
{
	struct str rest = str_skip(line, at + strlen("-----BEGIN"));
	size_t end = str_find(rest, STR("-----"));

	rest.len = end < rest.len ? end : 0;
	if (rest.len > 64 || str_find(rest, STR("PRIVATE KEY")) == rest.len)
		return 0;
	return strlen("-----BEGIN") + rest.len + strlen("-----");
}

/*
 * From the first long run of base64 in a line of a key to the end of the last.
 * A short one counts where there is nothing else.  Else empty.
 */
static struct str
body_of(struct str line)
{
	struct str body = { line.data, 0 }, plain = str_trim(line);

	for (size_t at = 0; at < line.len; at++) {
		size_t n = offline_word(str_skip(line, at), BASE64);

		if (n >= LINE_MIN && !body.len)
			body.data = line.data + at;
		if (n >= LINE_MIN)
			body.len = (size_t)(line.data + at + n - body.data);
		at += n;
	}
	return body.len || offline_word(plain, BASE64) < plain.len ? body
								   : plain;
}

/* Is it of the head that an encrypted key has, or blank? */
static bool
is_head(struct str line)
{
	return str_is_blank(line) ||
	    str_find(line, STR("Proc-Type:")) < line.len ||
	    str_find(line, STR("DEK-Info:")) < line.len ||
	    str_find(line, STR("Version:")) < line.len;
}

static void
add_body(struct offline_secrets *s, size_t start, size_t end)
{
	offline_add_secret(s, start, end, PRIVATE_KEY, FINDING_HIGH);
	s->items[s->n - 1].is_silent = s->before.is_told;
	s->before.is_told = true;
}

/*
 * A key begins at bytes [from, to).  It may end in that line, with "\n" in it:
 * returns where.  Where a line has nothing else it is not the mere mention of
 * one.
 */
static size_t
begin_key(struct offline_secrets *s, struct str line, size_t from, size_t to)
{
	struct str rest = str_skip(line, to);
	size_t end = str_find(rest, STR("-----END"));

	s->before.in_key = end == rest.len;
	s->before.is_told = false;
	rest.len = end;
	if (body_of(rest).len >= LINE_MIN)
		add_body(s, to, to + end);
	else if (str_trim(line).len == to - from) {
		add_body(s, from, to);
		s->items[s->n - 1].is_shown = true;
	}
	return to + end;
}

/* A line goes on with a key, or the start of it does. */
static void
go_on(struct offline_secrets *s, struct str line)
{
	size_t end = str_find(line, STR("-----END"));
	struct str body = body_of((struct str){ line.data, end });

	s->before.in_key = end == line.len && (body.len || is_head(line));
	if (body.len) {
		size_t start = (size_t)(body.data - line.data);

		add_body(s, start, start + body.len);
	}
}

/* Where the next one begins from `at` on, with *n bytes; line.len: nowhere. */
static size_t
find_begin(struct str line, size_t at, size_t *n)
{
	for (*n = 0; at < line.len; at += strlen("-----BEGIN")) {
		at += str_find(str_skip(line, at), STR("-----BEGIN"));
		if (at < line.len)
			*n = begin_len(line, at);
		if (*n)
			return at;
	}
	return line.len;
}

void
offline_private_key(struct offline_secrets *s, struct str line)
{
	size_t n, at = find_begin(line, 0, &n);

	if (s->before.in_key)
		go_on(s, (struct str){ line.data, at });
	while (n) {
		at = begin_key(s, line, at, at + n);
		at = find_begin(line, at, &n);
	}
}
