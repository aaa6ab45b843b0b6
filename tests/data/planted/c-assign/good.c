enum mode { PLAIN, RAW };

static int
width(enum mode mode, char c)
{
	if (mode == RAW)
		return 1;
	return c == '\t' ? 8 : 1;
}

int
columns(enum mode mode, const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += width(mode, *text);
	return n;
}
