/*
 * paynow.h: the Paynow merchant protocol: requests, replies, hashes.
 *
 * Shape   forms in wire order; the hash is SHA-512 over the decoded values in
 *         that order and the integration key in lower case.
 * Errors  enum paynow_result.  PAYNOW_LOST says nothing of what happened
 *         there: trace it, never say it again.  The process ignores SIGPIPE.
 * Source  paynow.md: developers.paynow.co.zw and its official clients.
 */
#ifndef PAYNOW_H
#define PAYNOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/form.h"

enum { PAYNOW_REPLY_MAX = 65536, PAYNOW_HASH_SIZE = 129 };

/* One merchant integration: a currency's account at the gateway. */
struct paynow_account {
	const char *currency;
	const char *id;
	const char *key;     /* secret, never logged */
	const char *old_key; /* accepted during a rotation; NULL: none */
};

struct paynow {
	const char *base_url; /* "https://www.paynow.co.zw" */
	bool loopback;        /* a plain http base on loopback is allowed */
	long connect_ms;
	long total_ms;       /* of a whole call */
	const char *ca_file; /* NULL: the system's */
};

enum paynow_result {
	PAYNOW_OK = 0,
	PAYNOW_ERROR =
	    -1, /* the gateway said status=Error: error has its text */
	PAYNOW_LOST = -2,      /* no whole, verified answer: unknown */
	PAYNOW_REFUSED = -3,   /* never left here: a bad address or setting */
	PAYNOW_NOT_FOUND = -4, /* a verified NotFound: traces only */
};

struct paynow_order {
	const char *reference;
	int64_t amount_cents;
	const char *info; /* shown to the payer; may be "" */
	const char *return_url;
	const char *result_url;
	const char *email;  /* authemail; "" leaves it out on the web */
	const char *trace;  /* merchanttrace */
	const char *method; /* NULL: web checkout; "ecocash", "onemoney", … */
	const char *phone;  /* with method */
};

struct paynow_reply {
	const char *browser_url; /* NULL in an express reply */
	const char *poll_url;
	const char *paynow_reference; /* NULL when not given */
	const char *instructions;
	const char *authorization_code; /* InnBucks */
	const char *authorization_expires;
	const char *otp_reference; /* O'mari */
	const char *otp_url;
	const char *error; /* the gateway's text of an Error */
	const char *raw;   /* what came, for the record; never NULL */
	size_t raw_size;
	long http_status; /* 0: none came */
};

/* A status update: callback, poll reply or trace reply. */
struct paynow_update {
	const char *reference;
	const char *paynow_reference;
	const char *poll_url;
	const char *status; /* a known one in its documented spelling */
	bool amount_good;   /* the amount is plain decimal text */
	int64_t amount_cents;
	bool exact; /* just the core fields, in the documented order */
	const char *raw;
	size_t raw_size;
	const char *error;
	long http_status;
};

/* Upper-case hex over all values but those named hash, then the key. */
void paynow_hash(
    char out[PAYNOW_HASH_SIZE], const struct form *f, const char *key);
/* Constant time; with key, or old_key where there is one.  False for no hash,
 * two of them, or one in lower case. */
bool paynow_signed(const struct form *f, const struct paynow_account *acc);

enum paynow_result paynow_start(struct paynow_reply *out, struct arena *a,
    const struct paynow *p, const struct paynow_account *acc,
    const struct paynow_order *order);
/* url is the one stored from a verified reply; checked again. */
enum paynow_result paynow_poll(struct paynow_update *out, struct arena *a,
    const struct paynow *p, const struct paynow_account *acc, const char *url);
enum paynow_result paynow_trace(struct paynow_update *out, struct arena *a,
    const struct paynow *p, const struct paynow_account *acc,
    const char *trace);
/* Reads a signed or unsigned update; false when a core field is missing or
 * any name stands there twice.  Leaves raw to the caller, who also asks
 * paynow_signed. */
bool paynow_update_read(struct paynow_update *out, const struct form *f);

/* True when url is below base_url: same scheme and host, default or base's
 * port, no userinfo, path beginning with prefix in any case. */
bool paynow_url_good(
    const struct paynow *p, const char *url, const char *prefix);

/* "07XXXXXXXX" from 07…, 7…, 263… or +263…, blanks and dashes dropped; NULL for
 * anything else. */
const char *paynow_phone(struct arena *a, const char *text);

#endif
