/* chat_request_test - the body that asks a chat's question. */
#include "api_chat_request.h"
#include "span.h"
#include "tap.h"

static const struct api_sampling no_sampling = API_SAMPLING_NONE;

/* Messages as tests write them: a text of NULL ends them. */
struct line {
	enum tmpl_role role;
	const char *text;
};

enum { LINES_MAX = 4 };

/* The body of a request to the model "m", with these messages. */
static struct buf
write_body(const struct line *lines, struct api_chat_request r)
{
	struct tmpl_message messages[LINES_MAX] = { 0 };
	struct err e = ERR_NONE;
	struct buf body = { 0 };

	for (; r.nmessages < LINES_MAX && lines[r.nmessages].text;
	     r.nmessages++) {
		messages[r.nmessages].role = lines[r.nmessages].role;
		buf_add_text(
		    &messages[r.nmessages].text, lines[r.nmessages].text);
	}
	r.model = "m";
	r.messages = messages;
	if (!r.sampling)
		r.sampling = &no_sampling;
	if (api_chat_write(&body, &r, &e))
		buf_clear(&body);
	for (size_t i = 0; i < r.nmessages; i++)
		buf_done(&messages[i].text);
	return body;
}

static const struct line hi[LINES_MAX + 1] = { { TMPL_USER, "hi" } };

#define HI "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
#define HEAD "{\"model\":\"m\","

/* A member by name, of a body to "hi". */
static void
is_member(struct api_chat_request r, const char *member, const char *want,
    const char *name)
{
	struct buf body = write_body(hi, r);

	tap_ok(span_valid(buf_str(&body)), "%s: JSON", name);
	tap_is(span_member(buf_str(&body), member), want, name);
	buf_done(&body);
}

static void
is_body(const struct line *lines, struct api_chat_request r, const char *want,
    const char *name)
{
	struct buf body = write_body(lines, r);

	tap_is(buf_str(&body), want, name);
	buf_done(&body);
}

static void
test_fields(void)
{
	static const char kwargs[] = "chat_template_kwargs";

	is_body(hi, (struct api_chat_request){ .stream = true },
	    HEAD HI ",\"stream\":true}", "what nobody asks for is not sent");
	is_member((struct api_chat_request){ .schema = STR(
						 " {\"type\":\"object\"}\n") },
	    "response_format",
	    "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\","
	    "\"schema\":{\"type\":\"object\"},\"strict\":true}}",
	    "a schema is a response_format");
	is_member((struct api_chat_request){ .tools = STR(
						 "[{\"type\":\"function\"}]") },
	    "tools", "[{\"type\":\"function\"}]", "tools are sent as they are");
	is_member((struct api_chat_request){ .think = API_THINK_ON }, kwargs,
	    "{\"enable_thinking\":true}", "the model shall reason");
	is_member((struct api_chat_request){ .think = API_THINK_OFF }, kwargs,
	    "{\"enable_thinking\":false}", "the model shall not reason");
	is_member(
	    (struct api_chat_request){ .stream = true, .with_usage = true },
	    "stream_options", "{\"include_usage\":true}",
	    "a stream is asked what it costs");
	is_member((struct api_chat_request){ .with_usage = true },
	    "stream_options", "", "a whole answer is not, it says so");
}

/* An option that sets the same field is sent alone. */
static void
test_options(void)
{
	static const char *const options[] = { "response_format=1", "tools=2",
		"chat_template_kwargs=3", "stream_options=4" };
	struct api_sampling sampling = API_SAMPLING_NONE;

	sampling.options = options;
	sampling.noptions = countof(options);
	is_body(hi,
	    (struct api_chat_request){ .sampling = &sampling,
		.schema = STR("{}"),
		.tools = STR("[]"),
		.think = API_THINK_ON,
		.stream = true,
		.with_usage = true },
	    HEAD HI ",\"response_format\":1,\"tools\":2,"
		    "\"chat_template_kwargs\":3,\"stream_options\":4,"
		    "\"stream\":true}",
	    "what an option sets is sent once");
}

static void
test_history(void)
{
	static const char before[] =
	    "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\"}";

	is_member((struct api_chat_request){ .history = STR(before) },
	    "messages",
	    "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\"},"
	    "{\"role\":\"user\",\"content\":\"hi\"}]",
	    "the history comes before the messages");
	is_body(&(struct line){ TMPL_USER, NULL },
	    (struct api_chat_request){ .history = STR("{\"role\":\"user\"}") },
	    HEAD "\"messages\":[{\"role\":\"user\"}],\"stream\":false}",
	    "and may be all of them");
}

/* --- images --- */

#define IMAGE(url) \
	"{\"type\":\"image_url\",\"image_url\":{\"url\":\"" url "\"}}"
#define TEXT(text) "{\"type\":\"text\",\"text\":\"" text "\"}"
#define PARTS(parts) "{\"role\":\"user\",\"content\":[" parts "]}"
#define SAYS(role, text) "{\"role\":\"" role "\",\"content\":\"" text "\"}"

static const struct row {
	const char *name;
	struct line lines[LINES_MAX];
	const char *messages;
} rows[] = {
	{ "images are parts of the user's message", { { TMPL_USER, "hi" } },
	    PARTS(TEXT("hi") "," IMAGE("data:,a") "," IMAGE("data:,b")) },
	{ "of the last one",
	    { { TMPL_SYSTEM, "s" }, { TMPL_USER, "a" }, { TMPL_ASSISTANT, "b" },
		{ TMPL_USER, "c" } },
	    SAYS("system", "s") "," SAYS("user", "a") "," SAYS("assistant",
		"b") "," PARTS(TEXT("c") "," IMAGE("data:,a") "," IMAGE("data:,b")) },
	{ "wherever it stands", { { TMPL_USER, "a" }, { TMPL_ASSISTANT, "b" } },
	    PARTS(TEXT("a") "," IMAGE("data:,a") "," IMAGE("data:,b")) "," SAYS(
		"assistant", "b") },
	{ "one without text is none", { { TMPL_USER, "a" }, { TMPL_USER, "" } },
	    PARTS(TEXT("a") "," IMAGE("data:,a") "," IMAGE("data:,b")) },
	{ "without one they are a message", { { TMPL_SYSTEM, "s" } },
	    SAYS("system", "s") "," PARTS(
		IMAGE("data:,a") "," IMAGE("data:,b")) },
	{ "also behind one without text", { { TMPL_USER, "" } },
	    PARTS(IMAGE("data:,a") "," IMAGE("data:,b")) },
};

static void
test_images(void)
{
	static const char *const images[] = { "data:,a", "data:,b" };

	for (size_t i = 0; i < countof(rows); i++) {
		struct buf want = { 0 };

		buf_add_format(&want,
		    HEAD "\"messages\":[%s],\"stream\":false}",
		    rows[i].messages);
		is_body(rows[i].lines,
		    (struct api_chat_request){
			.images = images, .nimages = countof(images) },
		    want.data, rows[i].name);
		buf_done(&want);
	}
}

/* --- a text to be continued --- */

static void
test_completion(void)
{
	struct api_chat_request r = { .completes = true, .stream = true };

	is_body(hi, r, HEAD "\"prompt\":\"\",\"stream\":true}",
	    "a text may be empty, and takes the place of the messages");
	r.prompt = STR(" a\n");
	r.suffix = STR("");
	is_body(hi, r,
	    HEAD "\"prompt\":\" a\\n\",\"suffix\":\"\",\"stream\":true}",
	    "so may what follows");
	r.fields = STR("{\"seed\":1}");
	r.suffix = STR("\xc3\xbc");
	is_body(hi, r,
	    HEAD "\"seed\":1,\"prompt\":\" a\\n\",\"suffix\":\"\xc3\xbc\","
		 "\"stream\":true}",
	    "fields come before it");
}

/* --- limits --- */

static void
test_limit(void)
{
	size_t around = strlen(HEAD HI ",\"tools\":,\"stream\":false}");
	struct buf tools = { 0 };

	while (tools.len < API_BODY_MAX - around)
		buf_add_char(&tools, ' ');
	tools.data[0] = '[';
	tools.data[tools.len - 1] = ']';
	for (int more = 0; more < 2; more++) {
		struct buf body = write_body(
		    hi, (struct api_chat_request){ .tools = buf_str(&tools) });

		tap_int((intmax_t)body.len, more ? 0 : API_BODY_MAX,
		    more ? "and not more" : "a body has 10 MiB");
		buf_done(&body);
		tools.data[tools.len - 1] = ' ';
		buf_add_char(&tools, ']');
	}
	buf_done(&tools);
}

int
main(void)
{
	test_fields();
	test_options();
	test_history();
	test_images();
	test_completion();
	test_limit();
	return tap_done();
}
