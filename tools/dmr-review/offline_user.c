/* dmr-review: passwords behind the name of their user. */
#include <ctype.h>

#include "offline_parts.h"
#include "offline_value.h"

enum { USER_MAX = 512 }; /* bytes, with the password */

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

/* Without is_loud it may be a word. */
static void
take(struct offline_secrets *s, struct str line, struct str user,
    struct str password, bool is_loud)
{
	size_t at = (size_t)(password.data - line.data);

	if (password.len < OFFLINE_PASSWORD_MIN || !is_of_url(password) ||
	    str_equal(user, password) || offline_is_placeholder(password))
		return;
	offline_add_secret(
	    s, at, at + password.len, "a password", FINDING_MEDIUM);
	s->items[s->n - 1].is_doubtful = !is_loud;
}

/* scheme://user:password@host, from the "://" at `at` on. */
void
offline_url(struct offline_secrets *s, struct str line, size_t at)
{
	struct str rest = str_skip(line, at + 3), user, password;
	size_t end = 0;

	while (end < rest.len && end < USER_MAX && rest.data[end] > ' ' &&
	    !strchr("/@\"'`<>?#", rest.data[end]))
		end++;
	if (end == rest.len || rest.data[end] != '@')
		return;
	password = (struct str){ rest.data, end };
	user = str_cut(&password, ':');
	take(s, line, user, password, offline_has_digit_and_letter(password));
}

/* "-u user:password", as curl has it, from the blank on; it may be a group, too.
 */
void
offline_user(struct offline_secrets *s, struct str line, size_t at)
{
	struct str before = { line.data, at }, rest = str_skip(line, at + 1);
	struct str user, password;
	size_t n, end;

	if (!str_ends(before, " -u") && !str_ends(before, " --user") &&
	    !str_ends(before, " --proxy-user"))
		return;
	if (rest.len && offline_is_quote(rest.data[0]))
		rest = str_skip(rest, 1);
	n = offline_word(rest, "_-.@");
	if (!str_starts(str_skip(rest, n), ":"))
		return;
	user = (struct str){ rest.data, n };
	password = str_skip(rest, n + 1);
	for (end = 0; end < password.len && end < USER_MAX; end++)
		if (password.data[end] <= ' ' ||
		    offline_is_quote(password.data[end]))
			break;
	password.len = end;
	take(s, line, user, password,
	    offline_has_digit_and_letter(password) &&
		(offline_turns(password) > 1 || offline_is_strange(password)));
}
