/* config.c: fills a program's settings from the environment. */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/config.h"
#include "lib/log.h"

/* What is wrong, gathered so that one message names it all. */
struct complaint {
	char text[LOG_MAX / 2];
	size_t len;
};

__attribute__((format(printf, 3, 4))) static void
complain(struct complaint *c, const char *name, const char *format, ...)
{
	size_t room = sizeof(c->text) - c->len;
	va_list args;
	int len;

	len = snprintf(
	    c->text + c->len, room, "%s%s ", c->len == 0 ? "" : "; ", name);
	if (len < 0 || (size_t)len >= room)
		return;
	c->len += (size_t)len;
	room -= (size_t)len;
	va_start(args, format);
	len = vsnprintf(c->text + c->len, room, format, args);
	va_end(args);
	if (len > 0)
		c->len += (size_t)len < room ? (size_t)len : room - 1;
}

static bool
read_int(int64_t *out, const char *text)
{
	char *end;
	long long value;

	/* strtoll would take blanks and a plus. */
	if (*text != '-' && (*text < '0' || *text > '9'))
		return false;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != '\0')
		return false;
	*out = value;
	return true;
}

/* A line end in an address or a name could end up in a header. */
static bool
has_control(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7F)
			return true;
	return false;
}

static void
read_setting(struct complaint *c, void *config, const struct setting *s)
{
	char *field = (char *)config + s->offset;
	const char *text = getenv(s->name);
	const char *why;
	int64_t number;

	/* An env file's "NAME=" means that nobody filled it in. */
	if (text == NULL || *text == '\0')
		text = s->otherwise;
	if (text == NULL) {
		complain(c, s->name, "is missing");
		return;
	}
	if (has_control(text)) {
		complain(c, s->name, "holds a control character");
		return;
	}
	if (s->type == SETTING_INT) {
		if (read_int(&number, text) && number >= s->min &&
		    number <= s->max)
			memcpy(field, &number, sizeof(number));
		else
			complain(c, s->name,
			    "is no whole number from %lld to %lld", s->min,
			    s->max);
		return;
	}
	if (s->type == SETTING_CHECKED && *text != '\0') {
		why = s->check(text);
		if (why != NULL) {
			complain(c, s->name, "%s", why);
			return;
		}
	}
	memcpy(field, &text, sizeof(text));
}

bool
config_read(void *config, const struct setting *settings)
{
	struct complaint c = { .len = 0 };

	for (const struct setting *s = settings; s->name != NULL; s++)
		read_setting(&c, config, s);
	if (c.len == 0)
		return true;
	log_line(LOG_ERROR, "config", "settings were refused: %s", c.text);
	return false;
}

static bool
needs_quotes(const char *text)
{
	static const char bare[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz"
				   "0123456789_-./:,@%+=";

	return text[strspn(text, bare)] != '\0';
}

/* Single quotes say the same to sh and to systemd. */
void
config_print(const struct setting *settings)
{
	for (const struct setting *s = settings; s->name != NULL; s++) {
		const char *value = s->otherwise;
		const char *quote;

		if (value == NULL || s->secret)
			value = "";
		quote = needs_quotes(value) ? "'" : "";
		(void)printf("%s# %s%s\n%s=%s%s%s\n", s == settings ? "" : "\n",
		    s->about, s->otherwise == NULL ? " (required)" : "",
		    s->name, quote, value, quote);
	}
}
