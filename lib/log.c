/* log.c: writes one JSON line an event on stderr. */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lib/log.h"

/*
 * A pipe takes up to PIPE_BUF (4096) bytes in one piece, so lines of several
 * processes on one pipe never mix.
 */
_Static_assert(LOG_MAX < 4096, "a log line fits into one pipe write");

enum { ID_SIZE = 65, PROCESS_SIZE = 33 };

static const char ending[] = "\"}\n";
static const char ellipsis[] = "\xE2\x80\xA6";

static const char *const level_words[] = {
	[LOG_DEBUG] = "debug",
	[LOG_INFO] = "info",
	[LOG_WARN] = "warn",
	[LOG_ERROR] = "error",
};

static char process_name[PROCESS_SIZE] = "?";
static char current_id[ID_SIZE];
static enum log_level least_level = LOG_INFO;

/* A line being written; room is always kept for the ellipsis and the end. */
struct line {
	char data[LOG_MAX];
	size_t len;
	bool full;
};

static void
add(struct line *l, const char *bytes, size_t size)
{
	size_t room = sizeof(l->data) - (sizeof(ending) - 1) -
		      (sizeof(ellipsis) - 1) - l->len;

	if (l->full)
		return;
	if (size > room) {
		l->full = true;
		return;
	}
	memcpy(l->data + l->len, bytes, size);
	l->len += size;
}

/* Bytes of the UTF-8 character that begins p; 0 when it is none. */
static size_t
character(const unsigned char *p)
{
	size_t size;

	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xC2 && p[0] <= 0xDF)
		size = 2;
	else if ((p[0] & 0xF0) == 0xE0)
		size = 3;
	else if (p[0] >= 0xF0 && p[0] <= 0xF4)
		size = 4;
	else
		return 0;
	for (size_t i = 1; i < size; i++)
		if ((p[i] & 0xC0) != 0x80) /* a NUL stops here too */
			return 0;
	if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
	    (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
		return 0;
	return size;
}

/* Each call of add takes a whole character, so a cut never splits one. */
static void
add_text(struct line *l, const char *text)
{
	const unsigned char *p = (const unsigned char *)text;

	while (*p != '\0' && !l->full) {
		size_t size = character(p);
		char escape[8];

		if (size == 0) {
			add(l, "\xEF\xBF\xBD", 3);
			p++;
			continue;
		}
		if (*p == '"' || *p == '\\') {
			escape[0] = '\\';
			escape[1] = (char)*p;
			add(l, escape, 2);
		} else if (*p < 0x20 || *p == 0x7F) {
			(void)snprintf(
			    escape, sizeof(escape), "\\u%04x", (unsigned)*p);
			add(l, escape, 6);
		} else {
			add(l, (const char *)p, size);
		}
		p += size;
	}
}

static void
add_member(struct line *l, const char *name, const char *value)
{
	add(l, "\",\"", 3);
	add(l, name, strlen(name));
	add(l, "\":\"", 3);
	add_text(l, value);
}

static void
add_time(struct line *l)
{
	struct timespec now;
	struct tm tm;
	char text[64];
	size_t len;

	(void)clock_gettime(CLOCK_REALTIME, &now);
	(void)gmtime_r(&now.tv_sec, &tm);
	len = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	(void)snprintf(text + len, sizeof(text) - len, ".%03dZ",
	    (int)(now.tv_nsec / 1000000));
	add(l, "{\"time\":\"", 9);
	add(l, text, strlen(text));
}

void
log_open(const char *process, enum log_level least)
{
	(void)snprintf(process_name, sizeof(process_name), "%s", process);
	least_level = least;
}

/* Copied: the caller's text goes with its request. */
void
log_request_id(const char *id)
{
	size_t size = id == NULL ? 0 : strnlen(id, sizeof(current_id) - 1);

	if (size > 0)
		memcpy(current_id, id, size);
	current_id[size] = '\0';
}

void
log_line(enum log_level level, const char *event, const char *format, ...)
{
	/* One byte more than fits: what is cut here is cut by add_text too. */
	char message[LOG_MAX + 1];
	struct line line = { .len = 0 };
	int saved = errno;
	va_list args;

	if (level < least_level)
		return;
	va_start(args, format);
	if (vsnprintf(message, sizeof(message), format, args) < 0)
		message[0] = '\0';
	va_end(args);

	add_time(&line);
	add_member(&line, "level", level_words[level]);
	add_member(&line, "process", process_name);
	if (current_id[0] != '\0')
		add_member(&line, "request_id", current_id);
	add_member(&line, "event", event);
	add_member(&line, "message", message);
	if (line.full) {
		memcpy(line.data + line.len, ellipsis, sizeof(ellipsis) - 1);
		line.len += sizeof(ellipsis) - 1;
	}
	memcpy(line.data + line.len, ending, sizeof(ending) - 1);
	line.len += sizeof(ending) - 1;
	while (write(STDERR_FILENO, line.data, line.len) < 0 && errno == EINTR)
		;
	errno = saved;
}
