/*
 * config.h: settings from the environment, read once and checked whole.
 *
 * Shape   the program gives a table of what it wants; config_read fills the
 *         fields.  No other file calls getenv.
 * Errors  all that is missing or wrong is named in one message on stderr,
 *         then false.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>
#include <stddef.h>

enum setting_type {
	SETTING_TEXT,    /* const char * */
	SETTING_INT,     /* int64_t between min and max */
	SETTING_CHECKED, /* const char *, judged by check */
};

struct setting {
	const char *name; /* of the environment variable */
	enum setting_type type;
	size_t offset; /* of the field in the program's struct config */
	const char
	    *otherwise; /* the default; NULL: required; "": may be empty */
	long long min, max;
	/* NULL when good, else the end of a sentence. */
	const char *(*check)(const char *text);
	const char *about; /* one line, for env.sample */
	bool secret;       /* never printed */
};

/* settings ends with { 0 }. */
bool config_read(void *config, const struct setting *settings);
/* The lines of deploy/env.sample. */
void config_print(const struct setting *settings);

#endif
