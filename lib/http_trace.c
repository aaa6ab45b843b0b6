/* http - what -vv shows of a call; what of it is secret. */
#include <strings.h>

#include "die.h"
#include "http_transfer.h"

/* Is there a word in a name?  Letters have no case. */
static bool
has_word(struct str name, const char *word)
{
	size_t n = strlen(word);

	for (; name.len >= n; name = str_skip(name, 1))
		if (!strncasecmp(name.data, word, n))
			return true;
	return false;
}

size_t
http_secret_name(struct str line)
{
	static const char *const words[] = { "auth", "cookie", "credential",
		"key", "password", "secret", "token" };
	struct str rest = line, name = str_cut(&rest, ':');

	for (size_t i = 0; i < countof(words); i++)
		if (rest.data && has_word(name, words[i]))
			return name.len + 1;
	return 0;
}

/* A header line for the trace, its secret hidden. */
static void
trace_header(const char *mark, struct str line)
{
	size_t secret;

	line = str_trim(line);
	secret = http_secret_name(line);
	trace(mark, secret ? (struct str){ line.data, secret } : line);
}

/* What libcurl says of itself. */
static void
trace_note(struct str text)
{
	/* Ending a stream after [DONE] looks like a failure to libcurl. */
	static const char failure[] = "Failure writing";
	/* A proxy's address may hold a password. */
	static const char proxy[] = "Uses proxy env variable";

	if (!str_starts(text, failure) && !str_starts(text, proxy))
		trace("* ", str_trim(text));
}

int
http_transfer_trace(
    CURL *easy, curl_infotype type, char *data, size_t n, void *owner)
{
	const struct http *h = owner;
	struct str text = { data, n };

	(void)easy;
	if (type == CURLINFO_TEXT)
		trace_note(text);
	else if (type == CURLINFO_HEADER_IN)
		trace_header("< ", text);
	else if (type == CURLINFO_HEADER_OUT)
		while (text.len)
			trace_header("> ", str_cut(&text, '\n'));
	else if (h->settings->verbose > 2 && type == CURLINFO_DATA_IN)
		trace("<< ", text);
	else if (h->settings->verbose > 2 && type == CURLINFO_DATA_OUT)
		trace(">> ", text);
	return 0;
}
