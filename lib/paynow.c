/* paynow.c: speaks to the Paynow gateway, and believes what it can verify. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "lib/buf.h"
#include "lib/log.h"
#include "lib/money.h"
#include "lib/paynow.h"

#define START_PATH "/interface/initiatetransaction"
#define EXPRESS_PATH "/interface/remotetransaction"
#define TRACE_PATH "/interface/trace"

/* What an address of the gateway's own may begin with, in any letter case. */
#define POLL_PREFIX "/interface/checkpayment"
#define PAGE_PREFIX "/payment/"
#define OTP_PREFIX "/interface/remoteotp"

enum {
	REQUEST_MAX = 16384,
	URL_SIZE_MAX = 2048,
	TRACE_SIZE_MAX = 32, /* Paynow's own limit on merchanttrace */
	DIGEST_SIZE = 64,    /* SHA-512 */
	HASH_HEX_SIZE = PAYNOW_HASH_SIZE - 1,
};

/* The documented spelling of each status; messages differ in letter case. */
static const char *const status_words[] = {
	"Awaiting Delivery",
	"Awaiting Redirect",
	"Cancelled",
	"Created",
	"Created but not Paid",
	"Delivered",
	"Disputed",
	"Failed",
	"NotFound",
	"Paid",
	"Pending",
	"Refunded",
	"Sent",
};

/* ---- The hash ---- */

static bool
named_hash(const struct form_pair *pair)
{
	return strcasecmp(pair->name, "hash") == 0;
}

static bool
digest_values(EVP_MD_CTX *ctx, const struct form *f, const char *key)
{
	bool good = EVP_DigestInit_ex(ctx, EVP_sha512(), NULL) == 1;

	for (size_t i = 0; good && i < f->count; i++)
		if (!named_hash(&f->pair[i]))
			good = EVP_DigestUpdate(ctx, f->pair[i].value,
				   f->pair[i].value_size) == 1;
	for (size_t i = 0; good && key[i] != '\0'; i++) {
		char low = (char)tolower((unsigned char)key[i]);

		good = EVP_DigestUpdate(ctx, &low, 1) == 1;
	}
	return good;
}

/* Leaves out empty, which nothing equals, when OpenSSL itself fails. */
void
paynow_hash(char out[PAYNOW_HASH_SIZE], const struct form *f, const char *key)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char digest[DIGEST_SIZE];
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	out[0] = '\0';
	if (ctx && digest_values(ctx, f, key) &&
	    EVP_DigestFinal_ex(ctx, digest, NULL) == 1) {
		for (size_t i = 0; i < DIGEST_SIZE; i++) {
			out[2 * i] = digits[digest[i] >> 4];
			out[2 * i + 1] = digits[digest[i] & 15];
		}
		out[HASH_HEX_SIZE] = '\0';
	}
	EVP_MD_CTX_free(ctx);
}

/* An empty key would let anybody sign. */
static bool
signed_with(const struct form *f, const char *hash, const char *key)
{
	char want[PAYNOW_HASH_SIZE];

	if (!key || key[0] == '\0')
		return false;
	paynow_hash(want, f, key);
	return want[0] != '\0' && CRYPTO_memcmp(want, hash, HASH_HEX_SIZE) == 0;
}

bool
paynow_signed(const struct form *f, const struct paynow_account *acc)
{
	const struct form_pair *hash = NULL;

	for (size_t i = 0; i < f->count; i++) {
		if (!named_hash(&f->pair[i]))
			continue;
		if (hash)
			return false;
		hash = &f->pair[i];
	}
	if (!hash || hash->value_size != HASH_HEX_SIZE)
		return false;
	return signed_with(f, hash->value, acc->key) ||
	       signed_with(f, hash->value, acc->old_key);
}

/* ---- Addresses ---- */

/* An address in its parts, none of them copied. */
struct address {
	const char *scheme;
	size_t scheme_size;
	const char *host; /* with the brackets of an IPv6 one */
	size_t host_size;
	const char *port; /* its digits; "" where the scheme's own is meant */
	size_t port_size;
	const char *path; /* runs to the end, query and all */
};

static bool
same_text(const char *a, size_t a_size, const char *b, size_t b_size)
{
	return a_size == b_size && strncasecmp(a, b, a_size) == 0;
}

/*
 * Stricter than RFC 3986 on purpose: two readers of one address must not come
 * to two hosts, so whatever they are known to differ on is refused.
 */
static bool
address_read(struct address *out, const char *url)
{
	const char *colon = strchr(url, ':');
	const char *p;
	size_t size = strlen(url);

	if (size > URL_SIZE_MAX || !colon || strncmp(colon, "://", 3) != 0)
		return false;
	for (p = url; *p != '\0'; p++)
		if (*p <= ' ' || *p > '~' || *p == '\\' || *p == '#')
			return false;
	if (strstr(url, "..") || strcasestr(url, "%2e"))
		return false;

	out->scheme = url;
	out->scheme_size = (size_t)(colon - url);
	out->host = colon + 3;
	p = out->host;
	if (*p == '[') {
		p += strcspn(p, "]/?");
		if (*p != ']')
			return false;
		p++;
	} else {
		p += strcspn(p, ":/?@[]%");
	}
	out->host_size = (size_t)(p - out->host);
	out->port = "";
	out->port_size = 0;
	if (*p == ':') {
		out->port = p + 1;
		out->port_size = strspn(out->port, "0123456789");
		p = out->port + out->port_size;
		if (out->port_size == 0)
			return false;
	}
	out->path = p;
	return out->host_size > 0 && (*p == '\0' || *p == '/' || *p == '?');
}

static bool
scheme_is(const struct address *at, const char *scheme)
{
	return same_text(at->scheme, at->scheme_size, scheme, strlen(scheme));
}

static bool
on_loopback(const struct address *at)
{
	static const char *const names[] = { "127.0.0.1", "localhost",
		"[::1]" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (same_text(
			at->host, at->host_size, names[i], strlen(names[i])))
			return true;
	return false;
}

/* The gateway itself: https, or by a setting plain http on loopback. */
static bool
base_read(struct address *out, const struct paynow *p)
{
	if (!p->base_url || !address_read(out, p->base_url))
		return false;
	if (out->path[0] != '\0' && strcmp(out->path, "/") != 0)
		return false;
	return scheme_is(out, "https") ||
	       (scheme_is(out, "http") && p->loopback && on_loopback(out));
}

static bool
port_good(const struct address *base, const struct address *at)
{
	const char *usual = scheme_is(base, "https") ? "443" : "80";

	return at->port_size == 0 ||
	       same_text(at->port, at->port_size, usual, strlen(usual)) ||
	       same_text(at->port, at->port_size, base->port, base->port_size);
}

/* A prefix without a slash at its end must end where a word of the path does:
 * "/interface/checkpaymentx" is another page. */
static bool
path_good(const char *path, const char *prefix)
{
	size_t size = strlen(prefix);
	char next;

	if (strncasecmp(path, prefix, size) != 0)
		return false;
	next = path[size];
	return (size > 0 && prefix[size - 1] == '/') || next == '\0' ||
	       next == '/' || next == '?';
}

bool
paynow_url_good(const struct paynow *p, const char *url, const char *prefix)
{
	struct address base;
	struct address at;

	return url && base_read(&base, p) && address_read(&at, url) &&
	       same_text(
		   at.scheme, at.scheme_size, base.scheme, base.scheme_size) &&
	       same_text(at.host, at.host_size, base.host, base.host_size) &&
	       port_good(&base, &at) && path_good(at.path, prefix);
}

/* NULL when the base is no good. */
static const char *
endpoint(struct arena *a, const struct paynow *p, const char *path)
{
	struct address base;

	if (!base_read(&base, p))
		return NULL;
	return arena_printf(
	    a, "%.*s%s", (int)(base.path - p->base_url), p->base_url, path);
}

/* ---- What we say ---- */

static bool
blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The gateway is thought to trim before it hashes, so blanks at the ends
 * would break the hash; an empty value is left out. */
static void
add_field(struct form *f, struct arena *a, const char *name, const char *value)
{
	struct form_pair *pair = &f->pair[f->count];
	size_t size;

	while (value && blank(*value))
		value++;
	size = value ? strlen(value) : 0;
	while (size > 0 && blank(value[size - 1]))
		size--;
	if (size == 0 || f->count == FORM_PAIRS)
		return;
	pair->name = name;
	pair->name_size = strlen(name);
	pair->value = arena_memdup(a, value, size);
	pair->value_size = size;
	f->count++;
}

/* Hashes the raw values, then encodes each of them once. */
static bool
write_signed(struct buf *out, const struct form *f, const char *key)
{
	char hash[PAYNOW_HASH_SIZE];

	if (!key || key[0] == '\0')
		return false;
	paynow_hash(hash, f, key);
	for (size_t i = 0; i < f->count; i++)
		form_add(out, f->pair[i].name, f->pair[i].value);
	form_add(out, "hash", hash);
	return hash[0] != '\0' && out->state == BUF_OK;
}

static bool
all_there(const struct form *f, const char *const names[])
{
	for (size_t i = 0; names[i]; i++)
		if (!form_get(f, names[i]))
			return false;
	return true;
}

static bool
write_order(struct buf *out, struct arena *a, const struct paynow_account *acc,
    const struct paynow_order *order)
{
	static const char *const web[] = { "id", "reference", "amount",
		"returnurl", "resulturl", "merchanttrace", NULL };
	static const char *const express[] = { "id", "reference", "amount",
		"returnurl", "resulturl", "merchanttrace", "authemail", "phone",
		"method", NULL };
	char amount[MONEY_SIZE];
	struct form f = { .count = 0 };

	if (order->amount_cents <= 0 || !order->trace ||
	    strlen(order->trace) > TRACE_SIZE_MAX)
		return false;
	add_field(&f, a, "id", acc->id);
	add_field(&f, a, "reference", order->reference);
	add_field(&f, a, "amount", money_print(amount, order->amount_cents));
	add_field(&f, a, "additionalinfo", order->info);
	add_field(&f, a, "returnurl", order->return_url);
	add_field(&f, a, "resulturl", order->result_url);
	add_field(&f, a, "authemail", order->email);
	if (order->method) {
		add_field(&f, a, "phone", order->phone);
		add_field(&f, a, "method", order->method);
	}
	add_field(&f, a, "merchanttrace", order->trace);
	add_field(&f, a, "status", "Message");
	return all_there(&f, order->method ? express : web) &&
	       write_signed(out, &f, acc->key);
}

static bool
write_trace(struct buf *out, struct arena *a, const struct paynow_account *acc,
    const char *trace)
{
	static const char *const needed[] = { "id", "merchanttrace", NULL };
	struct form f = { .count = 0 };

	if (!trace || strlen(trace) > TRACE_SIZE_MAX)
		return false;
	add_field(&f, a, "id", acc->id);
	add_field(&f, a, "merchanttrace", trace);
	add_field(&f, a, "status", "Message");
	return all_there(&f, needed) && write_signed(out, &f, acc->key);
}

/* ---- The call itself ---- */

/* What came back, and whether it may be looked at: it is whole, and a 200. */
struct answer {
	struct buf body;
	long http_status; /* 0: none came */
	bool whole;
};

/* Keeps what fits for the record, and ends the call when there is more. */
static size_t
take_body(char *bytes, size_t one, size_t count, void *user)
{
	struct buf *body = user;
	size_t size = one * count;
	size_t room = PAYNOW_REPLY_MAX - body->len;

	buf_add(body, bytes, size < room ? size : room);
	return size <= room ? size : 0;
}

/*
 * A signed request must reach the gateway or nobody: no redirect, no proxy
 * from the environment, no other protocol, and certificate and name checked.
 * CURLOPT_NOSIGNAL leaves SIGPIPE to the process, which has to ignore it.
 */
static CURLcode
set_up(CURL *curl, const struct paynow *p, const char *url, const char *request,
    size_t request_size)
{
	const char *protocol =
	    strncasecmp(url, "https:", 6) == 0 ? "https" : "http";
	CURLcode rc = CURLE_OK;

#define SET(option, value)                                                     \
	(rc = rc == CURLE_OK ? curl_easy_setopt(curl, option, value) : rc)
	SET(CURLOPT_URL, url);
	SET(CURLOPT_PROTOCOLS_STR, protocol);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (p->ca_file && p->ca_file[0] != '\0')
		SET(CURLOPT_CAINFO, p->ca_file);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_CONNECTTIMEOUT_MS, p->connect_ms);
	SET(CURLOPT_TIMEOUT_MS, p->total_ms);
	SET(CURLOPT_POST, 1L);
	SET(CURLOPT_POSTFIELDSIZE, (long)request_size);
	SET(CURLOPT_POSTFIELDS, request);
#undef SET
	return rc;
}

static CURLcode
perform(CURL *curl, struct answer *out, char error[CURL_ERROR_SIZE])
{
	CURLcode rc = curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);

	if (rc == CURLE_OK)
		rc = curl_easy_setopt(curl, CURLOPT_WRITEDATA, &out->body);
	if (rc == CURLE_OK)
		rc = curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
	if (rc == CURLE_OK)
		rc = curl_easy_perform(curl);
	(void)curl_easy_getinfo(
	    curl, CURLINFO_RESPONSE_CODE, &out->http_status);
	return rc;
}

/* what names the call in the log; the address would name a payment. */
static void
post(struct answer *out, struct arena *a, const struct paynow *p,
    const char *what, const char *url, const char *request, size_t request_size)
{
	char error[CURL_ERROR_SIZE] = "";
	CURL *curl = curl_easy_init();
	CURLcode rc = CURLE_OUT_OF_MEMORY;

	*out = (struct answer){ .http_status = 0 };
	buf_open(&out->body, a, PAYNOW_REPLY_MAX);
	if (curl)
		rc = set_up(curl, p, url, request, request_size);
	if (curl && rc == CURLE_OK)
		rc = perform(curl, out, error);
	curl_easy_cleanup(curl);

	out->whole = rc == CURLE_OK && out->http_status == 200;
	if (!out->whole)
		log_line(LOG_WARN, "paynow_lost",
		    "a %s got no whole answer from Paynow, HTTP %ld: %s", what,
		    out->http_status,
		    error[0] != '\0' ? error : curl_easy_strerror(rc));
}

/* ---- What it says ---- */

/* The documented spelling of a known status; another word stays as it came,
 * less the blanks before it. */
static const char *
status_word(const char *value)
{
	size_t size;

	while (blank(*value))
		value++;
	size = strlen(value);
	while (size > 0 && blank(value[size - 1]))
		size--;
	for (size_t i = 0; i < sizeof status_words / sizeof status_words[0];
	     i++)
		if (same_text(
			value, size, status_words[i], strlen(status_words[i])))
			return status_words[i];
	return size > 0 ? value : "";
}

/* Digits, a dot, one or two digits: what the gateway writes, nothing else. */
static bool
amount_read(int64_t *out, const char *text)
{
	size_t whole = strspn(text, "0123456789");
	size_t part;

	if (whole == 0 || text[whole] != '.')
		return false;
	part = strspn(text + whole + 1, "0123456789");
	if (part < 1 || part > 2 || text[whole + 1 + part] != '\0')
		return false;
	return money_parse(out, text);
}

static bool
exact_form(const struct form *f)
{
	static const char *const names[] = { "reference", "paynowreference",
		"amount", "status", "pollurl", "hash" };

	if (f->count != sizeof names / sizeof names[0])
		return false;
	for (size_t i = 0; i < f->count; i++)
		if (strcasecmp(f->pair[i].name, names[i]) != 0)
			return false;
	return true;
}

bool
paynow_update_read(struct paynow_update *out, const struct form *f)
{
	const char *amount = form_get(f, "amount");
	const char *status = form_get(f, "status");

	*out = (struct paynow_update){ .raw = "" };
	out->reference = form_get(f, "reference");
	out->paynow_reference = form_get(f, "paynowreference");
	out->poll_url = form_get(f, "pollurl");
	out->status = status ? status_word(status) : NULL;
	out->amount_good = amount && amount_read(&out->amount_cents, amount);
	out->exact = exact_form(f);
	if (form_twice(f) || !amount || !out->reference ||
	    !out->paynow_reference || !out->poll_url || !out->status)
		return false;
	return out->reference[0] != '\0' && out->paynow_reference[0] != '\0' &&
	       out->poll_url[0] != '\0' && out->status[0] != '\0';
}

/*
 * What a whole answer is: its form, and PAYNOW_OK when the signature holds.
 * An Error carries no hash, so TLS alone vouches for it: it may stop a
 * payment, never confirm one.
 */
static enum paynow_result
judge(struct form *out, const char **error, struct arena *a,
    const struct answer *answer, const struct paynow_account *acc)
{
	const char *status;

	if (!answer->whole ||
	    !form_read(out, a, answer->body.data, answer->body.len) ||
	    form_twice(out))
		return PAYNOW_LOST;
	status = form_get(out, "status");
	if (!status)
		return PAYNOW_LOST;
	if (strcasecmp(status_word(status), "error") == 0) {
		*error = form_get(out, "error");
		if (!*error)
			*error = "";
		return PAYNOW_ERROR;
	}
	return paynow_signed(out, acc) ? PAYNOW_OK : PAYNOW_LOST;
}

/* False when a thing that we would go to or send the payer to is not the
 * gateway's own. */
static bool
reply_read(struct paynow_reply *out, const struct form *f,
    const struct paynow *p, bool web)
{
	const char *page = form_get(f, "browserurl");
	const char *poll = form_get(f, "pollurl");
	const char *otp = form_get(f, "remoteotpurl");

	if (strcasecmp(status_word(form_get(f, "status")), "ok") != 0 ||
	    !paynow_url_good(p, poll, POLL_PREFIX) ||
	    ((web || page) && !paynow_url_good(p, page, PAGE_PREFIX)) ||
	    (otp && !paynow_url_good(p, otp, OTP_PREFIX)))
		return false;
	out->browser_url = page;
	out->poll_url = poll;
	out->paynow_reference = form_get(f, "paynowreference");
	out->instructions = form_get(f, "instructions");
	out->authorization_code = form_get(f, "authorizationcode");
	out->authorization_expires = form_get(f, "authorizationexpires");
	out->otp_reference = form_get(f, "otpreference");
	out->otp_url = otp;
	return true;
}

enum paynow_result
paynow_start(struct paynow_reply *out, struct arena *a, const struct paynow *p,
    const struct paynow_account *acc, const struct paynow_order *order)
{
	const char *url =
	    endpoint(a, p, order->method ? EXPRESS_PATH : START_PATH);
	enum paynow_result result;
	struct answer answer;
	struct buf request;
	struct form f;

	*out = (struct paynow_reply){ .raw = "" };
	buf_open(&request, a, REQUEST_MAX);
	if (!url || !write_order(&request, a, acc, order))
		return PAYNOW_REFUSED;

	post(&answer, a, p, "start", url, request.data, request.len);
	out->raw = answer.body.data;
	out->raw_size = answer.body.len;
	out->http_status = answer.http_status;

	result = judge(&f, &out->error, a, &answer, acc);
	if (result == PAYNOW_OK && !reply_read(out, &f, p, !order->method))
		result = PAYNOW_LOST;
	return result;
}

/* Of polls and traces, whose answers are updates. */
static enum paynow_result
ask(struct paynow_update *out, struct arena *a, const struct paynow *p,
    const struct paynow_account *acc, const char *what, const char *url,
    const struct buf *request)
{
	struct paynow_update update;
	enum paynow_result result;
	struct answer answer;
	struct form f;

	post(&answer, a, p, what, url, request->data, request->len);
	out->raw = answer.body.data;
	out->raw_size = answer.body.len;
	out->http_status = answer.http_status;

	result = judge(&f, &out->error, a, &answer, acc);
	if (result != PAYNOW_OK)
		return result;
	if (strcmp(status_word(form_get(&f, "status")), "NotFound") == 0)
		return PAYNOW_NOT_FOUND;
	if (!paynow_update_read(&update, &f) ||
	    !paynow_url_good(p, update.poll_url, POLL_PREFIX))
		return PAYNOW_LOST;
	update.raw = out->raw;
	update.raw_size = out->raw_size;
	update.http_status = out->http_status;
	*out = update;
	return PAYNOW_OK;
}

enum paynow_result
paynow_poll(struct paynow_update *out, struct arena *a, const struct paynow *p,
    const struct paynow_account *acc, const char *url)
{
	enum paynow_result result;
	struct buf request;

	*out = (struct paynow_update){ .raw = "" };
	if (!paynow_url_good(p, url, POLL_PREFIX))
		return PAYNOW_REFUSED;
	buf_open(&request, a, REQUEST_MAX);
	result = ask(out, a, p, acc, "poll", url, &request);
	/* Only a trace can tell that there is nothing. */
	return result == PAYNOW_NOT_FOUND ? PAYNOW_LOST : result;
}

enum paynow_result
paynow_trace(struct paynow_update *out, struct arena *a, const struct paynow *p,
    const struct paynow_account *acc, const char *trace)
{
	const char *url = endpoint(a, p, TRACE_PATH);
	struct buf request;

	*out = (struct paynow_update){ .raw = "" };
	buf_open(&request, a, REQUEST_MAX);
	if (!url || !write_trace(&request, a, acc, trace))
		return PAYNOW_REFUSED;
	return ask(out, a, p, acc, "trace", url, &request);
}

/* ---- Phones ---- */

const char *
paynow_phone(struct arena *a, const char *text)
{
	char digits[13]; /* the longest is 263 and nine more */
	const char *rest = digits;
	bool plus = false;
	size_t n = 0;

	for (; *text != '\0'; text++) {
		if (strchr(" ()-", *text) != NULL)
			continue;
		if (*text == '+' && n == 0 && !plus) {
			plus = true;
			continue;
		}
		if (*text < '0' || *text > '9' || n + 1 == sizeof digits)
			return NULL;
		digits[n++] = *text;
	}
	digits[n] = '\0';
	if (n == 12 && strncmp(digits, "263", 3) == 0)
		rest = digits + 3;
	else if (n == 10 && digits[0] == '0' && !plus)
		rest = digits + 1;
	else if (n != 9 || plus)
		return NULL;
	return rest[0] == '7' ? arena_printf(a, "0%s", rest) : NULL;
}
