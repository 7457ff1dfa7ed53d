/* mail.c: writes a letter and hands it to the mail server. */
#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <curl/curl.h>

#include "lib/mail.h"

enum {
	LETTER_MAX = 1024 * 1024,
	ADDRESS_SIZE_MAX = 254, /* RFC 5321, with its erratum */
	BOUNDARY_SIZE_MAX = 66, /* RFC 2046 allows 70 with our "=_" */
	LINE_MAX_SIZE = 76,     /* quoted-printable, RFC 2045 section 6.7 */
	/* Bytes an encoded word may stand for: base64 of them, its twelve
	 * bytes of wrapping and the longest name before it fit 76. */
	WORD_SIZE = 39,
	PLAIN_SIZE_MAX = 60, /* of a header value that is not wrapped */
	REASON_SIZE = 400,
	ID_SIZE_MAX = 200,
	PADDING = 64, /* where the '=' of base64 stands */
};

/* Nothing but the page's own words comes between these, so both are plain. */
static const char page_head[] =
    "<body style=\"margin:0;padding:0;background:#FBF5EA;color:#221813\">\n"
    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\""
    " cellspacing=\"0\" style=\"background:#FBF5EA\">"
    "<tr><td align=\"center\" style=\"padding:32px 12px\">\n"
    "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\""
    " cellspacing=\"0\" style=\"max-width:560px;text-align:left;"
    "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.6;"
    "color:#221813\">\n"
    "<tr><td style=\"padding:0 4px 16px;font-size:22px;font-weight:bold;"
    "color:#4B2142\">BantuBuzz</td></tr>\n"
    "<tr><td style=\"background:#FFFFFF;border-radius:12px;"
    "padding:28px 28px 12px\">\n";
static const char page_foot[] =
    "</td></tr>\n</table>\n</td></tr></table>\n</body>\n</html>\n";

#define PARAGRAPH "<p style=\"margin:0 0 16px\">"
#define CODE                                                                   \
	"<p style=\"margin:0 0 16px;font-size:32px;line-height:1.3;"           \
	"font-weight:bold;letter-spacing:4px;"                                 \
	"font-family:'Courier New',Courier,monospace;"                         \
	"font-variant-numeric:tabular-nums;color:#221813\">"
#define BUTTON                                                                 \
	"<p style=\"margin:8px 0 24px\"><a style=\"display:inline-block;"      \
	"padding:12px 24px;border-radius:8px;background:#4B2142;"              \
	"color:#FFFFFF;font-weight:bold;text-decoration:none\" href=\""

/* ---- Headers ---- */

static bool
printable(char c)
{
	return c >= ' ' && c <= '~';
}

static bool
continues(char c) /* the second byte or a later one of a UTF-8 character */
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* Controls, line ends first of all, become blanks: no value ends its header. */
static char *
one_line(struct arena *a, const char *text)
{
	char *out = arena_strdup(a, text);

	for (char *p = out; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7F)
			*p = ' ';
	return out;
}

static void
add_base64(struct buf *out, const char *bytes, size_t size)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

	for (size_t i = 0; i < size; i += 3) {
		unsigned b0 = (unsigned char)bytes[i];
		unsigned b1 = i + 1 < size ? (unsigned char)bytes[i + 1] : 0;
		unsigned b2 = i + 2 < size ? (unsigned char)bytes[i + 2] : 0;

		buf_char(out, digits[b0 >> 2]);
		buf_char(out, digits[(b0 & 3) << 4 | b1 >> 4]);
		buf_char(out,
		    digits[i + 1 < size ? (b1 & 15) << 2 | b2 >> 6 : PADDING]);
		buf_char(out, digits[i + 2 < size ? b2 & 63 : PADDING]);
	}
}

/* RFC 2047, a word a line; no character is cut in two. */
static void
add_words(struct buf *out, const char *text)
{
	size_t size = strlen(text);

	for (size_t at = 0; at < size;) {
		size_t take = size - at < WORD_SIZE ? size - at : WORD_SIZE;
		size_t whole = take;

		while (at + whole < size && whole > 0 &&
		       continues(text[at + whole]))
			whole--;
		if (whole > 0) /* else it is no UTF-8 */
			take = whole;
		if (at > 0)
			buf_text(out, "\r\n ");
		buf_text(out, "=?UTF-8?B?");
		add_base64(out, text + at, take);
		buf_text(out, "?=");
		at += take;
	}
}

/* Text that must be wrapped, or would be taken for wrapped. */
static bool
needs_words(const char *text)
{
	for (const char *p = text; *p != '\0'; p++)
		if (!printable(*p))
			return true;
	return strlen(text) > PLAIN_SIZE_MAX || strstr(text, "=?");
}

/* A name before an address: bare, quoted, or wrapped. */
static void
add_name(struct buf *out, const char *name)
{
	static const char bare[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "!#$%&'*+-/=?^_`{|}~ ";

	if (needs_words(name)) {
		add_words(out, name);
		return;
	}
	if (name[strspn(name, bare)] == '\0') {
		buf_text(out, name);
		return;
	}
	buf_char(out, '"');
	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\\')
			buf_char(out, '\\');
		buf_char(out, *name);
	}
	buf_char(out, '"');
}

/* "Name <address>" or a bare address; *name is "" for the latter. */
static const char *
split_mailbox(struct arena *a, const char *text, char **name)
{
	char *copy = one_line(a, text);
	char *open = strrchr(copy, '<');
	char *close = open ? strchr(open, '>') : NULL;
	size_t size;

	*name = arena_strdup(a, "");
	if (!close)
		return copy;
	*open = '\0';
	*close = '\0';
	size = strlen(copy);
	while (size > 0 && copy[size - 1] == ' ')
		copy[--size] = '\0';
	if (size > 1 && copy[0] == '"' && copy[size - 1] == '"') {
		copy[size - 1] = '\0';
		copy++;
	}
	*name = copy;
	return open + 1;
}

/* Plain ASCII around one '@', with nothing that means something in a header
 * or a command. */
static bool
address_good(const char *address)
{
	const char *at = strchr(address, '@');

	for (const char *p = address; *p != '\0'; p++)
		if (!printable(*p) || strchr(" <>()[],;:\\\"", *p))
			return false;
	return at && at != address && at[1] != '\0' && !strchr(at + 1, '@') &&
	       strlen(address) <= ADDRESS_SIZE_MAX;
}

/* Month and day names are English whatever the locale. */
static void
add_date(struct buf *out, int64_t date)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct tm tm = { .tm_mday = 1, .tm_year = 70, .tm_wday = 4 };
	time_t when = (time_t)date;

	(void)gmtime_r(&when, &tm);
	buf_printf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n",
	    days[tm.tm_wday], tm.tm_mday, months[tm.tm_mon], tm.tm_year + 1900,
	    tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* What a Message-ID and a boundary may both hold. */
static char *
clean_id(struct arena *a, const char *text)
{
	static const char good[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "@._-";
	size_t size = strnlen(text, ID_SIZE_MAX);
	char *out = arena_memdup(a, text, size);

	for (char *p = out; *p != '\0'; p++)
		if (!strchr(good, *p))
			*p = '-';
	return out;
}

/* "=_" can stand in no quoted-printable text, so the bodies cannot hold it. */
static const char *
boundary_of(struct arena *a, const char *id)
{
	char *out = arena_printf(a, "=_%.*s", (int)BOUNDARY_SIZE_MAX, id);

	for (char *p = out; *p != '\0'; p++)
		if (*p == '@')
			*p = '.';
	return out;
}

/* ---- Bodies ---- */

static bool
ends_line(const char *p, const char *end)
{
	return p == end || *p == '\n' || *p == '\r';
}

/* An escape, or a byte as it is; a line that would pass 76 is broken softly.
 * A dot that begins a line is escaped, so nobody need double it. */
static void
add_quoted_byte(struct buf *out, size_t *column, const char *p, const char *end)
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char byte = (unsigned char)*p;
	bool blank_at_end = (*p == ' ' || *p == '\t') && ends_line(p + 1, end);
	bool as_is = (printable(*p) || *p == '\t') && *p != '=' &&
		     !blank_at_end && !(*p == '.' && *column == 0);
	size_t width = as_is ? 1 : 3;

	if (*column + width > LINE_MAX_SIZE - 1) {
		buf_text(out, "=\r\n");
		*column = 0;
		as_is = as_is && *p != '.';
		width = as_is ? 1 : 3;
	}
	if (as_is) {
		buf_char(out, *p);
	} else {
		buf_char(out, '=');
		buf_char(out, hex[byte >> 4]);
		buf_char(out, hex[byte & 15]);
	}
	*column += width;
}

/* LF, CR and CRLF are line ends alike; the last line always gets one. */
static void
add_quoted(struct buf *out, const char *text, size_t size)
{
	const char *end = text + size;
	size_t column = 0;

	for (const char *p = text; p < end; p++) {
		if (*p == '\r' && p + 1 < end && p[1] == '\n')
			continue;
		if (*p == '\n' || *p == '\r') {
			buf_text(out, "\r\n");
			column = 0;
		} else {
			add_quoted_byte(out, &column, p, end);
		}
	}
	if (size > 0 && !ends_line(end - 1, end))
		buf_text(out, "\r\n");
}

/* A line of the letter's text, and what it is. */
struct line {
	enum { LINE_TEXT, LINE_BLANK, LINE_CODE, LINE_BUTTON } kind;
	const char *text; /* less its mark */
	size_t size;
	const char *label; /* of a button */
	size_t label_size;
};

/* "Label: https://…"; the address is the last word, and plain. */
static bool
read_button(struct line *line)
{
	const char *at = NULL;
	size_t i = line->size;

	while (
	    i > 0 && printable(line->text[i - 1]) && line->text[i - 1] != ' ')
		i--;
	at = line->text + i;
	if (i < 3 || strncmp(at - 2, ": ", 2) != 0 ||
	    (strncmp(at, "https://", 8) != 0 && strncmp(at, "http://", 7) != 0))
		return false;
	line->label = line->text;
	line->label_size = i - 2;
	line->text = at;
	line->size -= i;
	return true;
}

/* Takes the next line off *text; false at the end. */
static bool
next_line(struct line *out, const char **text)
{
	const char *p = *text;
	size_t size = strcspn(p, "\r\n");

	if (*p == '\0')
		return false;
	*text = p + size + (p[size] == '\r' && p[size + 1] == '\n');
	if (**text != '\0')
		(*text)++;
	*out = (struct line){ .kind = LINE_TEXT, .text = p, .size = size };
	if (strspn(p, " \t") >= size) {
		out->kind = LINE_BLANK;
	} else if (strncmp(p, "> ", 2) == 0) {
		out->kind = LINE_CODE;
		out->text = p + 2;
		out->size = size - 2;
	} else if (strncmp(p, "-> ", 3) == 0) {
		out->text = p + 3;
		out->size = size - 3;
		if (read_button(out))
			out->kind = LINE_BUTTON;
	}
	return true;
}

static void
add_plain(struct buf *out, const char *text)
{
	struct line line;

	while (next_line(&line, &text)) {
		if (line.kind == LINE_BUTTON) {
			buf_add(out, line.label, line.label_size);
			buf_text(out, ": ");
		}
		if (line.kind != LINE_BLANK)
			buf_add(out, line.text, line.size);
		buf_char(out, '\n');
	}
}

/* A line of a paragraph joins the one before it; anything else ends it. */
static void
add_html_line(struct buf *out, const struct line *line, bool *open)
{
	if (line->kind != LINE_TEXT && *open) {
		buf_text(out, "</p>\n");
		*open = false;
	}
	switch (line->kind) {
	case LINE_BLANK:
		break;
	case LINE_TEXT:
		buf_text(out, *open ? "<br>\n" : PARAGRAPH);
		buf_html(out, line->text, line->size);
		*open = true;
		break;
	case LINE_CODE:
		buf_text(out, CODE);
		buf_html(out, line->text, line->size);
		buf_text(out, "</p>\n");
		break;
	case LINE_BUTTON:
		buf_text(out, BUTTON);
		buf_html(out, line->text, line->size);
		buf_text(out, "\">");
		buf_html(out, line->label, line->label_size);
		buf_text(out, "</a></p>\n");
		break;
	}
}

static void
add_html(struct buf *out, const char *subject, const char *text)
{
	struct line line;
	bool open = false;

	buf_text(out,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>"
	    "<meta charset=\"utf-8\">"
	    "<meta name=\"viewport\" content=\"width=device-width\"><title>");
	buf_html(out, subject, strlen(subject));
	buf_text(out, "</title></head>\n");
	buf_text(out, page_head);
	while (next_line(&line, &text))
		add_html_line(out, &line, &open);
	if (open)
		buf_text(out, "</p>\n");
	buf_text(out, page_foot);
}

/* body has a cap of its own, and what passed it is missing from out. */
static void
add_part(struct buf *out, const char *boundary, const char *type,
    const struct buf *body)
{
	buf_printf(out,
	    "--%s\r\n"
	    "Content-Type: text/%s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n",
	    boundary, type);
	add_quoted(out, body->data, body->len);
	if (body->state != BUF_OK)
		out->state = BUF_TOO_BIG;
}

void
mail_write(struct buf *out, const struct mail_server *s, const struct letter *l)
{
	struct arena *a = out->arena;
	char *id = clean_id(a, l->message_id);
	const char *boundary = boundary_of(a, id);
	const char *subject = one_line(a, l->subject);
	const char *from;
	struct buf body;
	char *name;

	add_date(out, l->date);
	from = split_mailbox(a, s->from, &name);
	buf_text(out, "From: ");
	add_name(out, name);
	buf_printf(out, name[0] != '\0' ? " <%s>\r\n" : "%s\r\n", from);
	buf_printf(out, "To: %s\r\n", one_line(a, l->to));
	buf_text(out, "Subject: ");
	if (needs_words(subject))
		add_words(out, subject);
	else
		buf_text(out, subject);
	buf_printf(out,
	    "\r\n"
	    "Message-ID: <%s>\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Auto-Submitted: auto-generated\r\n",
	    id);
	if (l->unsubscribe != NULL)
		buf_printf(out, "List-Unsubscribe: <%s>\r\n",
		    one_line(a, l->unsubscribe));
	buf_printf(out,
	    "Content-Type: multipart/alternative;\r\n boundary=\"%s\"\r\n"
	    "\r\n",
	    boundary);

	buf_open(&body, a, out->max);
	add_plain(&body, l->text);
	add_part(out, boundary, "plain", &body);
	buf_clear(&body);
	add_html(&body, subject, l->text);
	add_part(out, boundary, "html", &body);
	buf_printf(out, "--%s--\r\n", boundary);
}

/* ---- The server ---- */

struct talk {
	const char *letter;
	size_t size;
	size_t sent;
	char line[REASON_SIZE]; /* the server's last */
	bool about_letter; /* MAIL FROM was said: it now speaks of this one */
	bool over;         /* QUIT was said: its answer tells nothing */
};

static size_t
give_letter(char *out, size_t one, size_t count, void *user)
{
	struct talk *talk = user;
	size_t room = one * count;
	size_t left = talk->size - talk->sent;
	size_t size = left < room ? left : room;

	memcpy(out, talk->letter + talk->sent, size);
	talk->sent += size;
	return size;
}

/* Kept as printable ASCII: it goes into a table and a log. */
static void
keep_line(struct talk *talk, const char *text, size_t size)
{
	size_t n = 0;

	while (n < size && n < sizeof talk->line - 1 && text[n] != '\r' &&
	       text[n] != '\n') {
		talk->line[n] = text[n];
		if (!printable(text[n]))
			talk->line[n] = '?';
		n++;
	}
	talk->line[n] = '\0';
}

static int
listen_in(CURL *curl, curl_infotype type, char *text, size_t size, void *user)
{
	struct talk *talk = user;

	(void)curl;
	if (type == CURLINFO_HEADER_OUT) {
		if (size >= 10 && strncasecmp(text, "MAIL FROM:", 10) == 0)
			talk->about_letter = true;
		if (size >= 4 && strncasecmp(text, "QUIT", 4) == 0)
			talk->over = true;
	} else if (type == CURLINFO_HEADER_IN && !talk->over) {
		keep_line(talk, text, size);
	}
	return 0;
}

/*
 * No signals, so the process has to ignore SIGPIPE itself.
 *
 * libcurl ends with QUIT and waits for its answer beyond CURLOPT_TIMEOUT_MS,
 * for two minutes unless told otherwise: told so, for total_ms at most.
 */
static CURLcode
set_up(CURL *curl, const struct mail_server *s, const char *from,
    const struct curl_slist *to, struct talk *talk, char *error)
{
	CURLcode rc = CURLE_OK;

#define SET(option, value)                                                     \
	(rc = rc == CURLE_OK ? curl_easy_setopt(curl, option, value) : rc)
	SET(CURLOPT_URL, s->url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_USE_SSL,
	    (long)(s->tls == MAIL_TLS_OFF ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	if (s->ca_file && s->ca_file[0] != '\0')
		SET(CURLOPT_CAINFO, s->ca_file);
	if (s->user && s->user[0] != '\0') {
		SET(CURLOPT_USERNAME, s->user);
		SET(CURLOPT_PASSWORD, s->password);
	}
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_CONNECTTIMEOUT_MS, s->connect_ms);
	SET(CURLOPT_TIMEOUT_MS, s->total_ms);
	SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (s->total_ms + 999) / 1000);
	SET(CURLOPT_MAIL_FROM, from);
	SET(CURLOPT_MAIL_RCPT, to);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)talk->size);
	SET(CURLOPT_READFUNCTION, give_letter);
	SET(CURLOPT_READDATA, talk);
	SET(CURLOPT_VERBOSE, 1L); /* or listen_in hears nothing */
	SET(CURLOPT_DEBUGFUNCTION, listen_in);
	SET(CURLOPT_DEBUGDATA, talk);
	SET(CURLOPT_ERRORBUFFER, error);
#undef SET
	return rc;
}

/*
 * Only a 5xx about this very letter is for good.  A server that wants a login
 * (530, 534, 535, 538 of RFC 4954) is the operator's trouble: the letter
 * waits until it is mended.
 */
static enum mail_result
judge(CURLcode rc, const struct talk *talk)
{
	static const char *const login_codes[] = { "530", "534", "535", "538" };

	if (rc == CURLE_OK)
		return MAIL_OK;
	if (!talk->about_letter || talk->line[0] != '5')
		return MAIL_LATER;
	for (size_t i = 0; i < sizeof login_codes / sizeof login_codes[0]; i++)
		if (strncmp(talk->line, login_codes[i], 3) == 0)
			return MAIL_LATER;
	return MAIL_REFUSED;
}

/* The server's own words where it complained, else what went wrong here. */
static const char *
reason(struct arena *a, CURLcode rc, const struct talk *talk, const char *error)
{
	if (talk->line[0] == '4' || talk->line[0] == '5')
		return arena_strdup(a, talk->line);
	return arena_strdup(
	    a, error[0] != '\0' ? error : curl_easy_strerror(rc));
}

static enum mail_result
deliver(const struct mail_server *s, const char *from, const char *to,
    struct talk *talk, struct arena *a, const char **why)
{
	char error[CURL_ERROR_SIZE] = "";
	CURL *curl = curl_easy_init();
	struct curl_slist *list = curl_slist_append(NULL, to);
	CURLcode rc = CURLE_OUT_OF_MEMORY;
	enum mail_result result;

	if (curl && list)
		rc = set_up(curl, s, from, list, talk, error);
	if (curl && list && rc == CURLE_OK)
		rc = curl_easy_perform(curl);
	result = judge(rc, talk);
	if (result != MAIL_OK)
		*why = reason(a, rc, talk, error);
	curl_easy_cleanup(curl);
	curl_slist_free_all(list);
	return result;
}

enum mail_result
mail_send(const struct mail_server *s, const struct letter *l, struct arena *a,
    const char **why)
{
	struct talk talk = { .sent = 0 };
	const char *from;
	struct buf message;
	char *name;

	*why = "";
	from = split_mailbox(a, s->from, &name);
	if (!address_good(from)) {
		*why = "the sender's address is not one";
		return MAIL_LATER; /* a setting, not the letter */
	}
	if (!address_good(l->to)) {
		*why = "the address is not one";
		return MAIL_REFUSED;
	}
	buf_open(&message, a, LETTER_MAX);
	mail_write(&message, s, l);
	if (message.state != BUF_OK) {
		*why = "the letter is too long";
		return MAIL_REFUSED;
	}
	talk.letter = message.data;
	talk.size = message.len;
	return deliver(s, arena_printf(a, "<%s>", from),
	    arena_printf(a, "<%s>", l->to), &talk, a, why);
}
