/* chat - a text for a prompt: of this project's prompts by how they begin. */
#include "chat.h"

enum form {
	FORM_TEXT,
	FORM_INPUT,    /* what stands behind the first line of the user's */
	FORM_SENTENCE, /* its first sentence */
};

static const struct {
	const char *begins; /* the system's text */
	enum form form;
	const char *text;
} prompts[] = {
	{ "You write changelogs", FORM_TEXT,
	    "### Changed\n\n- The program answers at once." },
	{ "You write Git commit messages", FORM_TEXT,
	    "mock: answer in place of a model\n\nNobody answered where there "
	    "is no model.  Now the mock does, without\nhaving read the diff." },
	{ "You explain error messages", FORM_TEXT,
	    "Something was asked for that is not there.\n\n"
	    "1. Its name is wrong: compare it with what there is.\n"
	    "2. It was not made yet: make it, then try again." },
	{ "You explain code", FORM_TEXT,
	    "It is what stands on standard input.  It is read from top to "
	    "bottom." },
	{ "You write regular expressions", FORM_TEXT, "[0-9]+" },
	{ "You examine pictures of screens", FORM_TEXT, "nothing" },
	{ "You describe pictures of screens", FORM_TEXT,
	    "A window with a heading, a text and a button \"OK\"." },
	{ "You write commands for", FORM_TEXT, "ls -l" },
	{ "You write SQL", FORM_TEXT, "SELECT 1;" },
	{ "You summarize text", FORM_SENTENCE, NULL },
	{ "You translate text", FORM_INPUT, NULL },
};

/* What follows the first empty line; all of it if there is none. */
static struct str
input_of(struct str user)
{
	size_t at = str_find(user, STR("\n\n"));

	return at < user.len ? str_skip(user, at + 2) : user;
}

static struct str
first_sentence(struct str text)
{
	size_t end = str_find(text, STR(". "));
	size_t line = str_find(text, STR(".\n"));

	if (line < end)
		end = line;
	if (end < text.len)
		text.len = end + 1;
	return str_trim(text);
}

void
chat_say(struct str system, struct str user, struct buf *text)
{
	for (size_t i = 0; i < countof(prompts); i++) {
		if (!str_starts(system, prompts[i].begins))
			continue;
		if (prompts[i].form == FORM_TEXT)
			buf_add_text(text, prompts[i].text);
		else if (prompts[i].form == FORM_INPUT)
			buf_add(text, input_of(user));
		else
			buf_add(text, first_sentence(input_of(user)));
		return;
	}
	buf_add(text, str_is_blank(user) ? STR("Hello.") : user);
}
