/*
 * log.h: one JSON line an event on stderr.
 *
 * Shape   {"time":…,"level":…,"process":…,"request_id":…,"event":…,…}
 *         A message is one sentence, past tense, no full stop, no secret, no
 *         e-mail address.  Lines are written whole, cut at LOG_MAX bytes.
 */
#ifndef LOG_H
#define LOG_H

enum { LOG_MAX = 4000 };
enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_open(const char *process, enum log_level least);
/* NULL between requests. */
void log_request_id(const char *id);
void log_line(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4), nonnull(2, 3)));

#endif
