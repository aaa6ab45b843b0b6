/* dmr-check: who can reach a port of this machine. */
#include "listen.h"

#include <arpa/inet.h>
#include <stdlib.h>

enum {
	LISTENS = 0x0a, /* TCP_LISTEN of Linux */
	WORDS_MAX = 4,  /* of 32 bits in an address */
};

/* So many digits; -1: other characters. */
static int
read_hex(struct str text, size_t ndigits, uint32_t *number)
{
	char copy[9] = { 0 }, *end;

	if (text.len < ndigits || ndigits > 8)
		return -1;
	memcpy(copy, text.data, ndigits);
	*number = (uint32_t)strtoul(copy, &end, 16);
	return *end ? -1 : 0;
}

/* The next word of a line. */
static struct str
next_word(struct str *line)
{
	while (line->len && line->data[0] == ' ')
		*line = str_skip(*line, 1);
	return str_cut(line, ' ');
}

/* "0100007F:3092" or 32 digits: words in this machine's byte order. */
static int
read_address(struct str text, uint32_t *words, size_t *nwords, uint32_t *port)
{
	struct str digits = str_cut(&text, ':');

	*nwords = digits.len / 8;
	if (digits.len % 8 || !*nwords || *nwords > WORDS_MAX ||
	    read_hex(text, 4, port))
		return -1;
	for (size_t i = 0; i < *nwords; i++)
		if (read_hex(str_skip(digits, 8 * i), 8, &words[i]))
			return -1;
	return 0;
}

/*
 * Loopback, or one of the networks that Docker makes for containers, of which
 * its own runner listens on the first: 172.16.0.0/12.
 */
static bool
is_near(const uint32_t *words, size_t nwords)
{
	uint32_t v4 = ntohl(words[nwords - 1]);

	if (nwords == 4 && !words[0] && !words[1] && !words[2])
		return v4 == 1;
	if (nwords == 4 && (words[0] || words[1] || ntohl(words[2]) != 0xffff))
		return false;
	return v4 >> 24 == 127 || v4 >> 20 == (172 << 4 | 1);
}

/* 1: for others; 0: for this machine; -1: not on the port. */
static int
judge(struct str line, unsigned port, char *address)
{
	uint32_t words[WORDS_MAX], at, state;
	struct str local;
	size_t nwords;

	next_word(&line);
	local = next_word(&line);
	next_word(&line);
	if (read_address(local, words, &nwords, &at) || at != port ||
	    read_hex(next_word(&line), 2, &state) || state != LISTENS)
		return -1;
	if (is_near(words, nwords))
		return 0;
	inet_ntop(nwords == 1 ? AF_INET : AF_INET6, words, address,
	    LISTEN_ADDRESS_MAX);
	return 1;
}

int
listen_find(struct str table, unsigned port, char address[LISTEN_ADDRESS_MAX])
{
	int found = -1;

	address[0] = 0;
	while (table.len && found < 1) {
		int is = judge(str_cut(&table, '\n'), port, address);

		found = is > found ? is : found;
	}
	return found;
}
