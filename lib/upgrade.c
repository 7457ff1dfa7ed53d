/* upgrade.c: reads and answers the request that opens a WebSocket. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "lib/upgrade.h"

enum {
	TARGET_MAX = 2048,
	KEY_SIZE = 24, /* sixteen bytes in base64 */
};

static bool
is_token(char c)
{
	return isalnum((unsigned char)c) ||
	       (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is(struct upgrade_text v, const char *word)
{
	return v.size == strlen(word) && strncasecmp(v.text, word, v.size) == 0;
}

static struct upgrade_text
trimmed(const char *from, const char *to)
{
	while (from < to && is_blank(*from))
		from++;
	while (to > from && is_blank(to[-1]))
		to--;
	return (struct upgrade_text){ from, (size_t)(to - from) };
}

/* Whether a list with commas has the word. */
static bool
lists(struct upgrade_text v, const char *word)
{
	const char *end = v.text + v.size;

	for (const char *p = v.text; p <= end;) {
		const char *comma = memchr(p, ',', (size_t)(end - p));
		const char *to = comma == NULL ? end : comma;

		if (is(trimmed(p, to), word))
			return true;
		p = to + 1;
	}
	return false;
}

/* What stands before the lines; NULL and a status where it does not hold. */
static const char *
read_first_line(struct upgrade *u, const char *p, const char *end, int *status)
{
	static const char version[] = " HTTP/1.1\r\n";
	const char *method = p;

	*status = 400;
	while (is_token(*p))
		p++;
	if (p == method || *p != ' ')
		return NULL;
	if (p - method != 3 || memcmp(method, "GET", 3) != 0) {
		*status = 405;
		return NULL;
	}
	u->target.text = ++p;
	while (*p > ' ' && *p < 127)
		p++;
	u->target.size = (size_t)(p - u->target.text);
	if (u->target.size == 0 || u->target.text[0] != '/' ||
	    u->target.size > TARGET_MAX)
		return NULL;
	if ((size_t)(end - p) < sizeof version + 1 ||
	    memcmp(p, version, sizeof version - 1) != 0)
		return NULL;
	return p + sizeof version - 1;
}

/* "name: value" and the line's end. */
static const char *
read_line(struct upgrade *u, const char *p)
{
	struct upgrade_text *name = &u->name[u->lines];
	const char *from = p;

	while (is_token(*p))
		p++;
	*name = (struct upgrade_text){ from, (size_t)(p - from) };
	if (name->size == 0 || *p++ != ':')
		return NULL;
	from = p;
	while (((unsigned char)*p >= ' ' && *p != 127) || *p == '\t')
		p++;
	if (p[0] != '\r' || p[1] != '\n')
		return NULL;
	u->value[u->lines++] = trimmed(from, p);
	return p + 2;
}

static bool
is_key(struct upgrade_text v)
{
	if (v.size != KEY_SIZE || v.text[22] != '=' || v.text[23] != '=' ||
	    strchr("AQgw", v.text[21]) == NULL)
		return false;
	for (int i = 0; i < 22; i++)
		if (!isalnum((unsigned char)v.text[i]) && v.text[i] != '+' &&
		    v.text[i] != '/')
			return false;
	return true;
}

/* What the lines together ask for. */
static int
judge(struct upgrade *u)
{
	bool upgrade = false, connection = false, is_13 = false;
	int hosts = 0, keys = 0, versions = 0, origins = 0;

	for (int i = 0; i < u->lines; i++) {
		struct upgrade_text name = u->name[i], value = u->value[i];

		if (is(name, "Host")) {
			if (hosts++ > 0 || value.size == 0)
				return 400;
		} else if (is(name, "Origin")) {
			if (origins++ > 0)
				return 400;
		} else if (is(name, "Upgrade")) {
			upgrade |= lists(value, "websocket");
		} else if (is(name, "Connection")) {
			connection |= lists(value, "upgrade");
		} else if (is(name, "Sec-WebSocket-Version")) {
			if (versions++ > 0)
				return 400;
			is_13 = is(value, "13");
		} else if (is(name, "Sec-WebSocket-Key")) {
			if (keys++ > 0 || !is_key(value))
				return 400;
			u->key = value;
		} else if (is(name, "Transfer-Encoding") ||
			   (is(name, "Content-Length") && !is(value, "0"))) {
			return 400;
		}
	}
	if (hosts == 0)
		return 400;
	if (!upgrade || !connection || !is_13)
		return 426;
	return keys == 0 ? 400 : 101;
}

int
upgrade_read(struct upgrade *out, const char *head, size_t size)
{
	const char *end = head + size;
	const char *p;
	int status;

	memset(out, 0, sizeof *out);
	if (size < 4 || memcmp(end - 4, "\r\n\r\n", 4) != 0)
		return 400;
	p = read_first_line(out, head, end, &status);
	if (p == NULL)
		return status;
	while (*p != '\r') {
		if (out->lines == UPGRADE_LINES)
			return 431;
		p = read_line(out, p);
		if (p == NULL)
			return 400;
	}
	return p + 2 == end ? judge(out) : 400;
}

struct upgrade_text
upgrade_header(const struct upgrade *u, const char *name)
{
	for (int i = 0; i < u->lines; i++)
		if (is(u->name[i], name))
			return u->value[i];
	return (struct upgrade_text){ 0 };
}

static size_t
welcome(char out[UPGRADE_ANSWER_MAX], struct upgrade_text key)
{
	static const char magic[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
	unsigned char text[KEY_SIZE + sizeof magic];
	unsigned char digest[SHA_DIGEST_LENGTH];
	unsigned char accept[32];
	size_t n = sizeof magic - 1;

	memcpy(text, key.text, KEY_SIZE);
	memcpy(text + KEY_SIZE, magic, n);
	(void)SHA1(text, KEY_SIZE + n, digest);
	(void)EVP_EncodeBlock(accept, digest, sizeof digest);
	return (size_t)snprintf(out, UPGRADE_ANSWER_MAX,
	    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
	    "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
	    (const char *)accept);
}

size_t
upgrade_answer(
    char out[UPGRADE_ANSWER_MAX], int status, const struct upgrade *u)
{
	static const struct {
		int status;
		const char *words; /* the reason, and lines of its own */
	} refusals[] = {
		{ 403, "Forbidden" },
		{ 405, "Method Not Allowed\r\nAllow: GET" },
		{ 408, "Request Timeout" },
		{ 426, "Upgrade Required\r\nUpgrade: websocket\r\n"
		       "Sec-WebSocket-Version: 13" },
		{ 429, "Too Many Requests\r\nRetry-After: 10" },
		{ 431, "Request Header Fields Too Large" },
		{ 503, "Service Unavailable\r\nRetry-After: 2" },
		{ 400, "Bad Request" },
	};
	size_t i = 0;

	if (status == 101)
		return welcome(out, u->key);
	while (refusals[i].status != status && refusals[i].status != 400)
		i++;
	return (size_t)snprintf(out, UPGRADE_ANSWER_MAX,
	    "HTTP/1.1 %d %s\r\nConnection: close%s\r\n"
	    "Content-Length: 0\r\n\r\n",
	    refusals[i].status, refusals[i].words,
	    status == 426 ? ", Upgrade" : "");
}
