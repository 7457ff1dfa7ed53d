/*
 * mail.h: one letter to one address by SMTP, text and HTML.
 *
 * Shape   multipart/alternative, UTF-8, quoted-printable; headers by RFC 2047.
 *         The HTML is made from the text: a paragraph a blank line, "> " a
 *         large code, "-> Label: address" a button.
 * Errors  MAIL_LATER: try again (4xx, no connection, no answer to the final
 *         dot, no login); MAIL_REFUSED: never (5xx to this letter or
 *         address).  The process ignores SIGPIPE.
 * Source  RFC 5321, 5322, 2045, 2047, 2369; libcurl.
 */
#ifndef MAIL_H
#define MAIL_H

#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/buf.h"

enum mail_tls { MAIL_TLS_REQUIRED, MAIL_TLS_OFF };
enum mail_result { MAIL_OK = 0, MAIL_LATER = -1, MAIL_REFUSED = -2 };

struct mail_server {
	const char *url;  /* "smtp://host:587", "smtps://host:465" */
	const char *user; /* "": no login */
	const char *password;
	enum mail_tls tls;   /* REQUIRED: STARTTLS or nothing */
	const char *ca_file; /* NULL: the system's */
	const char *from;    /* "BantuBuzz <hello@bantubuzz.co.zw>" */
	long connect_ms;
	long total_ms;
};

struct letter {
	const char *to; /* a bare address */
	const char *subject;
	const char *text;
	const char *message_id;  /* without angle brackets */
	const char *unsubscribe; /* address of a page, or NULL */
	int64_t date;            /* seconds since 1970 */
};

/* The whole message as it goes over the wire, CRLF line ends. */
void mail_write(
    struct buf *out, const struct mail_server *s, const struct letter *l);
/* On failure *why is the server's last line, in the arena. */
enum mail_result mail_send(const struct mail_server *s, const struct letter *l,
    struct arena *a, const char **why);

#endif
