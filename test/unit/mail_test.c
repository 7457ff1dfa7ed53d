/* mail_test.c: the shape of a letter, and a mail server that misbehaves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/buf.h"
#include "lib/mail.h"
#include "test/unit/identity.h"
#include "test/unit/loopback.h"

enum {
	PATIENCE_MS = 20000,
	IMPATIENCE_MS = 300,
	GOODBYE_MS = 2000,
	SPOKEN_MAX = 1024,
	TOO_LONG_S = 60,
	ROOM = 1048576
};

#define ACCENTED "Caf\xc3\xa9"

static const struct mail_server plain_server = {
	.url = "smtp://127.0.0.1:1",
	.user = "",
	.password = "",
	.tls = MAIL_TLS_OFF,
	.from = "BantuBuzz <hello@bantubuzz.co.zw>",
	.connect_ms = PATIENCE_MS,
	.total_ms = PATIENCE_MS,
};
static const struct letter code_letter = {
	.to = "ada@example.com",
	.subject = "Your code",
	.text = "Hello Ada,\n"
		"here is your code:\n"
		"\n"
		"> 012345\n"
		"\n"
		"-> Open BantuBuzz: https://localhost:8443/verify?a=1&b=2\n"
		"\n"
		"It lasts ten minutes.\n",
	.message_id = "0b1c@bantubuzz.co.zw",
	.date = INT64_C(1700000000),
};

static struct arena *arena;

static int
set_up(void **state)
{
	(void)state;
	arena = arena_open();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static const char *
written(const struct mail_server *s, const struct letter *l)
{
	struct buf b;

	buf_open(&b, arena, ROOM);
	mail_write(&b, s, l);
	assert_int_equal(b.state, BUF_OK);
	assert_int_equal(b.len, strlen(b.data));
	return b.data;
}

static size_t
count_of(const char *text, const char *what)
{
	size_t n = 0;

	for (const char *p = strstr(text, what); p; p = strstr(p + 1, what))
		n++;
	return n;
}

static int
hex_digit(char c)
{
	return c <= '9' ? c - '0' : c - 'A' + 10;
}

/* A part's text as its reader sees it, with LF line ends. */
static const char *
part(const char *message, const char *type)
{
	const char *at = strstr(message, type);
	struct buf b;

	assert_non_null(at);
	at = strstr(at, "\r\n\r\n");
	assert_non_null(at);
	buf_open(&b, arena, ROOM);
	for (at += 4; *at != '\0' && strncmp(at, "--=_", 4) != 0; at++) {
		if (*at == '=' && at[1] == '\r') {
			at += 2;
		} else if (*at == '=') {
			buf_char(&b,
			    (char)(hex_digit(at[1]) << 4 | hex_digit(at[2])));
			at += 2;
		} else if (*at != '\r') {
			buf_char(&b, *at);
		}
	}
	return b.data;
}

/* CRLF and nothing else, lines within both limits, plain ASCII throughout. */
static void
assert_sound(const char *message)
{
	const char *body = strstr(message, "\r\n\r\n");
	const char *line = message;

	assert_non_null(body);
	for (const char *p = message; *p != '\0'; p++) {
		assert_true((unsigned char)*p < 0x7F);
		if (*p == '\n')
			assert_true(p > message && p[-1] == '\r');
		if (*p == '\r')
			assert_int_equal(p[1], '\n');
		assert_true((unsigned char)*p >= ' ' || strchr("\r\n\t", *p));
		if (*p != '\r')
			continue;
		assert_true(p - line <= (p > body ? 76 : 998));
		assert_true(
		    p == line || (p[-1] != ' ' && p[-1] != '\t') || p < body);
		line = p + 2;
	}
	assert_string_equal(line, "");
}

static void
a_letter_is_written_whole(void **state)
{
	static const char head[] =
	    "Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"
	    "From: BantuBuzz <hello@bantubuzz.co.zw>\r\n"
	    "To: ada@example.com\r\n"
	    "Subject: Your code\r\n"
	    "Message-ID: <0b1c@bantubuzz.co.zw>\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "Content-Type: multipart/alternative;\r\n"
	    " boundary=\"=_0b1c.bantubuzz.co.zw\"\r\n"
	    "\r\n"
	    "--=_0b1c.bantubuzz.co.zw\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "Hello Ada,\r\n"
	    "here is your code:\r\n"
	    "\r\n"
	    "012345\r\n"
	    "\r\n"
	    "Open BantuBuzz: https://localhost:8443/verify?a=3D1&b=3D2\r\n"
	    "\r\n"
	    "It lasts ten minutes.\r\n"
	    "--=_0b1c.bantubuzz.co.zw\r\n"
	    "Content-Type: text/html; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "<!DOCTYPE html>\r\n";
	static const char foot[] = "</html>\r\n--=_0b1c.bantubuzz.co.zw--\r\n";
	const char *message = written(&plain_server, &code_letter);
	size_t size = strlen(message);

	(void)state;
	assert_sound(message);
	assert_memory_equal(message, head, sizeof head - 1);
	assert_string_equal(message + size - (sizeof foot - 1), foot);
}

static void
how_to_get_no_more_stands_in_the_head(void **state)
{
	struct letter l = code_letter;
	const char *message;

	(void)state;
	assert_null(strstr(written(&plain_server, &l), "List-Unsubscribe"));
	l.unsubscribe = "https://bantubuzz.co.zw/settings";
	message = written(&plain_server, &l);
	assert_sound(message);
	assert_non_null(strstr(message,
	    "\r\nList-Unsubscribe: <https://bantubuzz.co.zw/settings>\r\n"
	    "Content-Type: multipart/alternative;"));
	l.unsubscribe = "https://x\r\nBcc: eve@example.com";
	message = written(&plain_server, &l);
	assert_sound(message);
	assert_null(strstr(message, "\nBcc:"));
}

static void
the_html_shows_paragraphs_code_and_button(void **state)
{
	const char *html =
	    part(written(&plain_server, &code_letter), "text/html");

	(void)state;
	assert_non_null(strstr(html, ">BantuBuzz</td>"));
	assert_non_null(
	    strstr(html, ">Hello Ada,<br>\nhere is your code:</p>\n<p"));
	assert_non_null(strstr(html, "tabular-nums;color:#221813\">012345<"));
	assert_non_null(
	    strstr(html, "href=\"https://localhost:8443/verify?a=1&amp;b=2\">"
			 "Open BantuBuzz</a>"));
	assert_non_null(strstr(html, ">It lasts ten minutes.</p>"));
	assert_non_null(strstr(html, "max-width:560px"));
	assert_null(strstr(html, "&gt;"));
	assert_int_equal(count_of(html, "<p "), count_of(html, "</p>"));
	assert_int_equal(count_of(html, "<a "), 1);
}

static void
text_is_escaped_in_html_and_whole_in_plain(void **state)
{
	struct letter l = code_letter;
	const char *message;
	const char *html;

	(void)state;
	l.subject = "</title><script>alert(1)</script>";
	l.text = "<img src=x onerror=\"alert('1')\"> & Co\n"
		 "> <b>1</b>\n"
		 "-> <i>Go</i>: https://x.example/?a=\"><script>&'\n";
	message = written(&plain_server, &l);
	html = part(message, "text/html");
	assert_sound(message);
	assert_null(strstr(html, "<script"));
	assert_null(strstr(html, "<img"));
	assert_null(strstr(html, "<b>"));
	assert_null(strstr(html, "<i>"));
	assert_non_null(strstr(html,
	    "&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; "
	    "Co"));
	assert_non_null(
	    strstr(html, "href=\"https://x.example/"
			 "?a=&quot;&gt;&lt;script&gt;&amp;&#39;\""));
	assert_string_equal(part(message, "text/plain"),
	    "<img src=x onerror=\"alert('1')\"> & Co\n"
	    "<b>1</b>\n"
	    "<i>Go</i>: https://x.example/?a=\"><script>&'\n");
}

static void
only_a_web_address_makes_a_button(void **state)
{
	static const char *const lines[] = {
		"-> Go: javascript:alert(1)",
		"-> Go: data:text/html,x",
		"-> Go: //evil.example/",
		"-> Go https://x.example/",
		"-> https://x.example/",
		"-> Go: https://x.example/ and more",
		"-> Go: https://x.example/\xc3\xa9",
		"-> Go: https://x.example/\x01",
		"-> Go: ",
		"-> : ",
		"-> ",
		"->",
	};

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct letter l = code_letter;

		l.text = lines[i];
		if (strstr(
			part(written(&plain_server, &l), "text/html"), "<a "))
			fail_msg("a button came of %s", lines[i]);
	}
}

static void
any_text_comes_back_as_it_was(void **state)
{
	static const struct {
		const char *text;
		const char *plain; /* NULL: the same */
	} cases[] = {
		{ "", NULL },
		{ "\n", NULL },
		{ "no end", "no end\n" },
		{ "one\r\ntwo\rthree\n", "one\ntwo\nthree\n" },
		{ ".\n..\n.leading dots\n", NULL },
		{ "trailing blank \ntrailing tab\t\n", NULL },
		{ "=3D stays =3D\n", NULL },
		{ "--=_0b1c.bantubuzz.co.zw--\n", NULL },
		{ ACCENTED " \xf0\x9f\x90\x9d \xe2\x82\xac\n", NULL },
		{ "bell \x07 and \x7f\n", NULL },
		{ "a long line without any break at all, which goes on and on "
		  "well past the seventy-six columns there are. .......... "
		  "..................................................... x\n",
		    NULL },
		{ "............................................................"
		  "...."
		  "............................................................"
		  "...."
		  "\n",
		    NULL },
		{ "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
		  "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
		  "                                                          "
		  "\n",
		    NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct letter l = code_letter;
		const char *message;

		l.text = cases[i].text;
		message = written(&plain_server, &l);
		assert_sound(message);
		assert_string_equal(part(message, "text/plain"),
		    cases[i].plain ? cases[i].plain : cases[i].text);
		assert_null(strstr(message, "\r\n."));
		assert_int_equal(
		    count_of(message, "\r\n--=_0b1c.bantubuzz.co.zw"), 3);
	}
}

static void
no_value_ends_its_header(void **state)
{
	static const char *const evil[] = {
		"x\r\nBcc: evil@example.com",
		"x\nBcc: evil@example.com",
		"x\rBcc: evil@example.com",
		"x\r\n\r\nBcc: evil@example.com",
		"x\r\n Bcc: evil@example.com",
		"Caf\303\251\r\nBcc: evil@example.com",
		"\"\r\nBcc: evil@example.com",
		"x\013\014\037Bcc: evil@example.com",
	};
	static const char *const once[] = { "\r\nFrom: ", "\r\nTo: ",
		"\r\nSubject: ", "\r\nMessage-ID: ", "\r\nMIME-Version: ",
		"\r\nAuto-Submitted: " };

	(void)state;
	for (size_t i = 0; i < 4 * sizeof evil / sizeof evil[0]; i++) {
		struct mail_server s = plain_server;
		struct letter l = code_letter;
		const char *value = evil[i / 4];
		const char *message;

		if (i % 4 == 0)
			l.subject = value;
		else if (i % 4 == 1)
			l.message_id = value;
		else if (i % 4 == 2)
			s.from = arena_printf(
			    arena, "%s <hello@bantubuzz.co.zw>", value);
		else
			l.to = strncmp(value, "Caf", 3) == 0 ? "x" : value;
		message = written(&s, &l);
		assert_sound(message);
		if (strcasestr(message, "\nBcc") ||
		    strcasestr(message, "\n Bcc"))
			fail_msg("%s", message);
		for (size_t j = 0; j < sizeof once / sizeof once[0]; j++)
			assert_int_equal(count_of(message, once[j]), 1);
	}
}

static void
a_subject_is_wrapped_when_it_must_be(void **state)
{
	static const struct {
		const char *subject;
		const char *header;
	} cases[] = {
		{ "", "\r\nSubject: \r\n" },
		{ "Plain: 5 < 6 \"yes\"",
		    "\r\nSubject: Plain: 5 < 6 \"yes\"\r\n" },
		{ ACCENTED, "\r\nSubject: =?UTF-8?B?Q2Fmw6k=?=\r\n" },
		{ "=?UTF-8?B?Q2Fmw6k=?=",
		    "\r\nSubject: "
		    "=?UTF-8?B?PT9VVEYtOD9CP1EyRm13Nms9Pz0=?=\r\n" },
		/* forty bytes: the cut would fall within the last letter */
		{ "12345678901234567890123456789012345678\xc3\xa9",
		    "\r\nSubject: =?UTF-8?B?MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0"
		    "NTY3ODkwMTIzNDU2Nzg=?=\r\n =?UTF-8?B?w6k=?=\r\n" },
		{ "1234567890123456789012345678901234567890"
		  "12345678901234567890x",
		    "\r\nSubject: =?UTF-8?B?MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0"
		    "NTY3ODkwMTIzNDU2Nzg5?=\r\n"
		    " =?UTF-8?B?MDEyMzQ1Njc4OTAxMjM0NTY3ODkweA==?=\r\n" },
		/* no UTF-8, yet it comes to an end */
		{ "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"
		  "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80"
		  "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80",
		    "\r\nSubject: =?UTF-8?B?gICAgICAgICAgICAgICAgICAgICAgICA"
		    "gICAgICAgICAgICAgICA?=\r\n =?UTF-8?B?gA==?=\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct letter l = code_letter;
		const char *message;

		l.subject = cases[i].subject;
		message = written(&plain_server, &l);
		assert_sound(message);
		if (!strstr(message, cases[i].header))
			fail_msg("%s", message);
	}
}

static void
a_sender_is_named_by_the_rules(void **state)
{
	static const struct {
		const char *from;
		const char *header;
	} cases[] = {
		{ "a@b.example", "\r\nFrom: a@b.example\r\n" },
		{ "<a@b.example>", "\r\nFrom: a@b.example\r\n" },
		{ "Bantu Buzz <a@b.example>",
		    "\r\nFrom: Bantu Buzz <a@b.example>\r\n" },
		{ "Bantu, Inc. <a@b.example>",
		    "\r\nFrom: \"Bantu, Inc.\" <a@b.example>\r\n" },
		{ "\"Bantu, Inc.\" <a@b.example>",
		    "\r\nFrom: \"Bantu, Inc.\" <a@b.example>\r\n" },
		{ "A \"b\" c\\d <a@b.example>",
		    "\r\nFrom: \"A \\\"b\\\" c\\\\d\" <a@b.example>\r\n" },
		{ ACCENTED " <a@b.example>",
		    "\r\nFrom: =?UTF-8?B?Q2Fmw6k=?= <a@b.example>\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct mail_server s = plain_server;
		const char *message;

		s.from = cases[i].from;
		message = written(&s, &code_letter);
		assert_sound(message);
		if (!strstr(message, cases[i].header))
			fail_msg("%s", message);
	}
}

static void
a_letter_past_the_cap_says_so(void **state)
{
	struct buf b;

	(void)state;
	for (size_t max = 0; max < 4000; max += 97) {
		buf_open(&b, arena, max);
		mail_write(&b, &plain_server, &code_letter);
		if (b.state == BUF_OK)
			assert_string_equal(
			    b.data, written(&plain_server, &code_letter));
	}
	buf_open(&b, arena, 500);
	mail_write(&b, &plain_server, &code_letter);
	assert_int_equal(b.state, BUF_TOO_BIG);
}

/* ---- A mail server on loopback ---- */

struct manners {
	const char *greeting; /* NULL throughout: what a good server says */
	const char *features; /* more lines of the answer to EHLO */
	const char *auth;
	const char *mail;
	const char *rcpt;
	const char *data;
	const char *letter; /* "": silence; "cut": the line goes dead */
	const char *quit;   /* "": silence */
};

static bool
say(int fd, const char *line, const char *usual)
{
	const char *text = line ? line : usual;

	return loopback_say(fd, text, strlen(text)) &&
	       loopback_say(fd, "\r\n", 2);
}

/* A line with its end, told as it was heard. */
static bool
hear(int fd, int note, char line[SPOKEN_MAX])
{
	size_t len = 0;

	while (len < SPOKEN_MAX - 1 && read(fd, line + len, 1) == 1)
		if (line[len++] == '\n')
			break;
	line[len] = '\0';
	return len > 0 && line[len - 1] == '\n' &&
	       write(note, line, len) == (ssize_t)len;
}

static bool
begins(const char *line, const char *word)
{
	return strncmp(line, word, strlen(word)) == 0;
}

/* False when the conversation is at its end. */
static bool
hear_letter(int fd, int note, const struct manners *m)
{
	char line[SPOKEN_MAX];

	do {
		if (!hear(fd, note, line))
			return false;
	} while (strcmp(line, ".\r\n") != 0);
	if (m->letter && m->letter[0] == '\0') {
		loopback_wait(fd);
		return false;
	}
	if (m->letter && strcmp(m->letter, "cut") == 0)
		return false;
	return say(fd, m->letter, "250 2.0.0 kept");
}

static void
mail_server(int fd, int note, const void *script)
{
	const struct manners *m = script;
	char line[SPOKEN_MAX];
	bool going = say(fd, m->greeting, "220 test ready");

	while (going && hear(fd, note, line)) {
		if (begins(line, "EHLO"))
			going = loopback_say(fd, "250-test\r\n", 10) &&
				say(fd, m->features, "250 SIZE 1000000");
		else if (begins(line, "AUTH"))
			going = say(fd, NULL, "334 ") && hear(fd, note, line) &&
				say(fd, m->auth, "235 welcome");
		else if (begins(line, "MAIL"))
			going = say(fd, m->mail, "250 sender ok");
		else if (begins(line, "RCPT"))
			going = say(fd, m->rcpt, "250 recipient ok");
		else if (begins(line, "DATA") && m->data)
			going = say(fd, m->data, NULL);
		else if (begins(line, "DATA"))
			going = say(fd, NULL, "354 go ahead") &&
				hear_letter(fd, note, m);
		else if (begins(line, "QUIT") && m->quit)
			loopback_wait(fd);
		else if (begins(line, "QUIT"))
			going = say(fd, NULL, "221 bye") && false;
		else
			going = say(fd, NULL, "502 what?");
	}
}

static enum mail_result
send_with(struct mail_server s, const struct letter *l, const struct manners *m,
    const char **why, struct loopback *lo)
{
	enum mail_result result;

	loopback_open(lo, mail_server, m);
	s.url = arena_printf(arena, "smtp://127.0.0.1:%d", lo->port);
	result = mail_send(&s, l, arena, why);
	loopback_close(lo);
	return result;
}

static void
a_good_server_gets_the_letter_as_written(void **state)
{
	struct manners good = { .greeting = NULL };
	struct letter l = code_letter;
	struct loopback s;
	const char *at;
	const char *why;

	(void)state;
	l.text = ".\n.leading\n" ACCENTED "\n";
	assert_int_equal(send_with(plain_server, &l, &good, &why, &s), MAIL_OK);
	assert_string_equal(why, "");
	assert_non_null(strstr(s.heard, "MAIL FROM:<hello@bantubuzz.co.zw>"));
	assert_non_null(strstr(s.heard, "RCPT TO:<ada@example.com>\r\n"));
	at = strstr(s.heard, "DATA\r\n");
	assert_non_null(at);
	assert_ptr_equal(strstr(at, written(&plain_server, &l)), at + 6);
	assert_null(strstr(s.heard, "AUTH"));
}

static void
a_login_is_made_when_there_is_a_user(void **state)
{
	struct manners good = { .features = "250 AUTH PLAIN" };
	struct mail_server server = plain_server;
	struct loopback s;
	const char *why;

	(void)state;
	server.user = "ada";
	server.password = "secret";
	assert_int_equal(
	    send_with(server, &code_letter, &good, &why, &s), MAIL_OK);
	assert_non_null(strstr(s.heard, "AUTH PLAIN"));
	assert_non_null(strstr(s.heard, "AGFkYQBzZWNyZXQ="));
}

/* What each refusal means: the letter's fault or a thing that may pass. */
static void
refusals_are_told_from_troubles(void **state)
{
	static const struct {
		const char *name;
		struct manners m;
		enum mail_result result;
		const char *why; /* NULL: curl's words */
	} cases[] = {
		{ "450 at RCPT", { .rcpt = "450 4.2.1 try again" }, MAIL_LATER,
		    "450 4.2.1 try again" },
		{ "550 at RCPT", { .rcpt = "550 5.1.1 no such user" },
		    MAIL_REFUSED, "550 5.1.1 no such user" },
		{ "550 in two lines",
		    { .rcpt = "550-5.1.1 no such\r\n550 5.1.1 user" },
		    MAIL_REFUSED, "550 5.1.1 user" },
		{ "553 at MAIL", { .mail = "553 5.1.8 not from there" },
		    MAIL_REFUSED, "553 5.1.8 not from there" },
		{ "530 at MAIL", { .mail = "530 5.7.0 log in first" },
		    MAIL_LATER, "530 5.7.0 log in first" },
		{ "451 at MAIL", { .mail = "451 4.3.0 busy" }, MAIL_LATER,
		    "451 4.3.0 busy" },
		{ "421 at DATA", { .data = "421 4.3.2 going down" }, MAIL_LATER,
		    "421 4.3.2 going down" },
		{ "554 at DATA", { .data = "554 5.5.1 nobody to send to" },
		    MAIL_REFUSED, "554 5.5.1 nobody to send to" },
		{ "554 at the dot", { .letter = "554 5.7.1 spam" },
		    MAIL_REFUSED, "554 5.7.1 spam" },
		{ "452 at the dot", { .letter = "452 4.3.1 disk full" },
		    MAIL_LATER, "452 4.3.1 disk full" },
		{ "cut at the dot", { .letter = "cut" }, MAIL_LATER, NULL },
		{ "554 at once", { .greeting = "554 not you" }, MAIL_LATER,
		    "554 not you" },
		{ "421 at once", { .greeting = "421 too many" }, MAIL_LATER,
		    "421 too many" },
		{ "strange bytes", { .rcpt = "550 \xff\xfe\x1b[31m no" },
		    MAIL_REFUSED, "550 ???[31m no" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct loopback s;
		const char *why;
		int result = send_with(
		    plain_server, &code_letter, &cases[i].m, &why, &s);

		if (result != cases[i].result)
			fail_msg(
			    "%s came to %d: %s", cases[i].name, result, why);
		assert_true(why[0] != '\0');
		if (cases[i].why)
			assert_string_equal(why, cases[i].why);
	}
}

static void
a_failed_login_is_not_the_letters_fault(void **state)
{
	struct manners m = { .features = "250 AUTH PLAIN",
		.auth = "535 5.7.8 who?" };
	struct mail_server server = plain_server;
	struct loopback s;
	const char *why;

	(void)state;
	server.user = "ada";
	server.password = "wrong";
	assert_int_equal(
	    send_with(server, &code_letter, &m, &why, &s), MAIL_LATER);
	assert_string_equal(why, "535 5.7.8 who?");
	assert_null(strstr(s.heard, "MAIL"));
}

static void
without_starttls_nothing_is_said(void **state)
{
	struct manners m = { .features = "250 AUTH PLAIN" };
	struct mail_server server = plain_server;
	struct loopback s;
	const char *why;

	(void)state;
	server.tls = MAIL_TLS_REQUIRED;
	server.user = "ada";
	server.password = "secret";
	assert_int_equal(
	    send_with(server, &code_letter, &m, &why, &s), MAIL_LATER);
	assert_true(why[0] != '\0');
	assert_null(strstr(s.heard, "AUTH"));
	assert_null(strstr(s.heard, "MAIL"));
	assert_null(strstr(s.heard, "ada"));
}

/* A whole conversation under TLS, begun by the client's EHLO. */
static void
speak_secretly(SSL *tls, int note)
{
	static const struct {
		const char *word;
		const char *answer;
	} answers[] = {
		{ "EHLO", "250-test\r\n250 AUTH PLAIN\r\n" },
		{ "AUTH", "334 \r\n" },
		{ "AGFk", "235 welcome\r\n" },
		{ "MAIL", "250 ok\r\n" },
		{ "RCPT", "250 ok\r\n" },
		{ "DATA", "354 go ahead\r\n" },
		{ "QUIT", "221 bye\r\n" },
	};
	char said[SPOKEN_MAX * 16];
	int n;

	while ((n = SSL_read(tls, said, sizeof said - 1)) > 0) {
		const char *answer = NULL;

		said[n] = '\0';
		if (write(note, said, (size_t)n) != n)
			return;
		for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
			if (begins(said, answers[i].word))
				answer = answers[i].answer;
		if (!answer && strcmp(said + n - 3, ".\r\n") == 0)
			answer = "250 kept\r\n";
		if (answer)
			(void)SSL_write(tls, answer, (int)strlen(answer));
	}
}

static void
starttls_server(int fd, int note, const void *script)
{
	char line[SPOKEN_MAX];
	SSL *tls = NULL;

	if (say(fd, NULL, "220 test ready") && hear(fd, note, line) &&
	    say(fd, NULL, "250 STARTTLS") && hear(fd, note, line) &&
	    say(fd, NULL, "220 begin"))
		tls = identity_accept(script, fd);
	if (tls)
		speak_secretly(tls, note);
	SSL_free(tls);
}

static void
a_letter_and_its_login_go_to_a_proven_server_alone(void **state)
{
	static const struct {
		const char *host;
		bool trusted;
		enum mail_result result;
	} cases[] = {
		{ "localhost", true, MAIL_OK },
		{ "localhost", false, MAIL_LATER },
		{ "127.0.0.1", true, MAIL_LATER }, /* not in its name */
	};
	struct identity id;

	(void)state;
	identity_open(&id);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct mail_server server = plain_server;
		bool sent = cases[i].result == MAIL_OK;
		struct loopback s;
		const char *why;

		loopback_open(&s, starttls_server, &id);
		server.url =
		    arena_printf(arena, "smtp://%s:%d", cases[i].host, s.port);
		server.tls = MAIL_TLS_REQUIRED;
		server.ca_file = cases[i].trusted ? id.path : NULL;
		server.user = "ada";
		server.password = "secret";
		assert_int_equal(mail_send(&server, &code_letter, arena, &why),
		    cases[i].result);
		loopback_close(&s);
		assert_non_null(strstr(s.heard, "STARTTLS"));
		assert_int_equal(count_of(s.heard, "AUTH PLAIN"), sent);
		assert_int_equal(count_of(s.heard, "MAIL FROM"), sent);
		assert_int_equal(count_of(s.heard, "\r\n.\r\n"), sent);
	}
	identity_close(&id);
}

/* libcurl by itself would wait two minutes for an answer to its QUIT. */
static void
silence_and_a_closed_door_are_for_later(void **state)
{
	static const struct manners quiet[] = {
		{ .letter = "" },
		{ .greeting = "HTTP/1.1 400 Bad Request" },
	};
	struct mail_server server = plain_server;
	struct loopback s;
	const char *why;
	int port;

	(void)state;
	server.total_ms = IMPATIENCE_MS;
	(void)alarm(TOO_LONG_S);
	for (size_t i = 0; i < sizeof quiet / sizeof quiet[0]; i++) {
		assert_int_equal(
		    send_with(server, &code_letter, &quiet[i], &why, &s),
		    MAIL_LATER);
		assert_true(why[0] != '\0');
	}
	(void)close(loopback_listen(&port, 0));
	server.url = arena_printf(arena, "smtp://127.0.0.1:%d", port);
	assert_int_equal(
	    mail_send(&server, &code_letter, arena, &why), MAIL_LATER);
	assert_true(why[0] != '\0');
	(void)alarm(0);
}

static void
a_letter_is_sent_even_if_nobody_says_goodbye(void **state)
{
	struct manners m = { .quit = "" };
	struct mail_server server = plain_server;
	struct loopback s;
	const char *why;

	(void)state;
	server.total_ms = GOODBYE_MS;
	(void)alarm(TOO_LONG_S);
	assert_int_equal(
	    send_with(server, &code_letter, &m, &why, &s), MAIL_OK);
	(void)alarm(0);
}

static void
a_bad_address_never_leaves(void **state)
{
	static const char *const bad[] = {
		"",
		"ada",
		"@example.com",
		"ada@",
		"ada@@example.com",
		"ada@example.com@evil.example",
		"ada@example.com>\r\nRCPT TO:<evil@example.com",
		"ada@example.com\r\nDATA",
		"ada@example.com\n",
		"ada@example.com evil@example.com",
		"ada@example.com,evil@example.com",
		"ada@example.com;evil@example.com",
		"Ada <ada@example.com>",
		"<ada@example.com>",
		"\"ada\"@example.com",
		"ada@[127.0.0.1]",
		"ad\xc3\xa9@example.com",
	};
	int port;
	int listener = loopback_listen(&port, SOCK_NONBLOCK);
	struct mail_server server = plain_server;
	struct letter l = code_letter;
	const char *why;

	(void)state;
	server.url = arena_printf(arena, "smtp://127.0.0.1:%d", port);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		l.to = bad[i];
		if (mail_send(&server, &l, arena, &why) != MAIL_REFUSED)
			fail_msg("taken: %s", bad[i]);
		assert_true(why[0] != '\0');
	}
	server.from = "BantuBuzz"; /* the operator's fault */
	assert_int_equal(
	    mail_send(&server, &code_letter, arena, &why), MAIL_LATER);
	assert_true(accept4(listener, NULL, NULL, SOCK_CLOEXEC) < 0);
	assert_int_equal(errno, EAGAIN);
	(void)close(listener);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_letter_is_written_whole),
		CASE(how_to_get_no_more_stands_in_the_head),
		CASE(the_html_shows_paragraphs_code_and_button),
		CASE(text_is_escaped_in_html_and_whole_in_plain),
		CASE(only_a_web_address_makes_a_button),
		CASE(any_text_comes_back_as_it_was),
		CASE(no_value_ends_its_header),
		CASE(a_subject_is_wrapped_when_it_must_be),
		CASE(a_sender_is_named_by_the_rules),
		CASE(a_letter_past_the_cap_says_so),
		CASE(a_good_server_gets_the_letter_as_written),
		CASE(a_login_is_made_when_there_is_a_user),
		CASE(refusals_are_told_from_troubles),
		CASE(a_failed_login_is_not_the_letters_fault),
		CASE(without_starttls_nothing_is_said),
		CASE(a_letter_and_its_login_go_to_a_proven_server_alone),
		CASE(silence_and_a_closed_door_are_for_later),
		CASE(a_letter_is_sent_even_if_nobody_says_goodbye),
		CASE(a_bad_address_never_leaves),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
