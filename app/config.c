/* app/config.c: the table of settings, and what each must look like. */
#include "app/config.h"

#include <stddef.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/config.h"
#include "lib/jwt.h"

static const char *
check_keys(const char *text)
{
	struct arena *a = arena_open();
	struct jwt_keys keys;
	const char *why = NULL;

	if (!jwt_keys_parse(&keys, a, text, &why) && why == NULL)
		why = "is no list of kid:secret";
	arena_close(a);
	return why;
}

static const char *
check_secret(const char *text)
{
	return strlen(text) < 32 ? "must have 32 characters at least" : NULL;
}

static const char *
check_level(const char *text)
{
	static const char *const levels[] = { "debug", "info", "warn",
		"error" };

	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		if (strcmp(text, levels[i]) == 0)
			return NULL;
	return "must be debug, info, warn or error";
}

static const char *
check_address(const char *text)
{
	size_t size = strlen(text);

	if (size == 0)
		return NULL;
	if (strncmp(text, "https://", 8) != 0 &&
	    strncmp(text, "http://", 7) != 0)
		return "must be an http or https address";
	return text[size - 1] == '/' ? "must not end with a slash" : NULL;
}

static const char *
check_smtp(const char *text)
{
	if (strncmp(text, "smtp://", 7) != 0 &&
	    strncmp(text, "smtps://", 8) != 0)
		return "must be an smtp or smtps address";
	return NULL;
}

static const char *
check_tls(const char *text)
{
	if (strcmp(text, "required") != 0 && strcmp(text, "off") != 0)
		return "must be required or off";
	return NULL;
}

/* A row of plain text, of checked text, of a number. */
#define TEXT(env, field, value, hidden, words)                                 \
	{                                                                      \
		.name = (env), .type = SETTING_TEXT,                           \
		.offset = offsetof(struct config, field),                      \
		.otherwise = (value), .secret = (hidden), .about = (words)     \
	}
#define CHECKED(env, field, value, judge, hidden, words)                       \
	{                                                                      \
		.name = (env), .type = SETTING_CHECKED,                        \
		.offset = offsetof(struct config, field),                      \
		.otherwise = (value), .check = (judge), .secret = (hidden),    \
		.about = (words)                                               \
	}
#define NUMBER(env, field, value, low, high, words)                            \
	{                                                                      \
		.name = (env), .type = SETTING_INT,                            \
		.offset = offsetof(struct config, field),                      \
		.otherwise = (value), .min = (low), .max = (high),             \
		.about = (words)                                               \
	}

static const struct setting settings[] = {
	TEXT("DATABASE_URL", database_url, NULL, true,
	    "PostgreSQL as role bantubuzz_worker, as libpq takes it"),
	CHECKED("JWT_KEYS", jwt_keys, NULL, check_keys, true,
	    "kid:secret[,kid:secret], base64url or hex; the first one signs"),
	CHECKED("CODE_KEY", code_key, NULL, check_secret, true,
	    "Key of the digests of mailed codes"),
	CHECKED("PUBLIC_URL", public_url, NULL, check_address, false,
	    "Where the outside reaches us, without a last slash"),
	CHECKED("FRONTEND_URL", frontend_url, "", check_address, false,
	    "The pages' address: of links in letters, canonical ones and the "
	    "sitemap, and an origin let in; empty: PUBLIC_URL"),
	TEXT("ALLOWED_ORIGINS", allowed_origins, "", false,
	    "Origins of other front ends, with commas"),
	CHECKED("LOG_LEVEL", log_level, "info", check_level, false,
	    "debug, info, warn or error"),
	TEXT("WEB", web, "/usr/local/lib/bantubuzz/web", false,
	    "The pages as deploy/web installs them, for nginx too"),
	NUMBER("SITEMAP_IDS", sitemap_ids, "20000", 1, 40000,
	    "Ids that one file of the sitemap goes through"),
	NUMBER("BODY_MAX", body_max, "1048576", 1024, 16777216,
	    "Bytes a request's body may have"),
	NUMBER("SWEEP_MS", sweep_ms, "1000", 10, 60000,
	    "Jobs look for work this often, in ms"),

	TEXT("UPLOADS", uploads, "/var/lib/bantubuzz/uploads", false,
	    "The folder behind /uploads/"),
	NUMBER("UPLOAD_MAX", upload_max, "16777216", 1024, 67108864,
	    "Bytes that a file sent may have"),
	TEXT("PICTURE_PROGRAM", picture_program,
	    "/usr/local/lib/bantubuzz/picture", false,
	    "What decodes pictures that were sent"),
	NUMBER("PICTURE_PIXELS", picture_pixels, "40000000", 1, 1000000000,
	    "Pixels, width by height, that a picture sent may have"),
	NUMBER("PICTURE_SMALL", picture_small, "320", 16, 4096,
	    "Width of our small picture, at most"),
	NUMBER("PICTURE_MEDIUM", picture_medium, "640", 16, 4096,
	    "Width of our medium picture, at most"),
	NUMBER("PICTURE_LARGE", picture_large, "1280", 16, 4096,
	    "Width of our large picture, at most"),
	NUMBER("PICTURE_MEMORY", picture_memory, "1073741824", 67108864,
	    17179869184, "Bytes of address space for decoding one"),
	NUMBER("PICTURE_MS", picture_ms, "10000", 100, 25000,
	    "Decoding one takes at most, in ms"),

	CHECKED("PAYNOW_URL", paynow_url, "https://www.paynow.co.zw",
	    check_address, false, "The gateway"),
	NUMBER("PAYNOW_LOOPBACK", paynow_loopback, "0", 0, 1,
	    "1: a plain http gateway on loopback is allowed (development)"),
	TEXT("PAYNOW_CA_FILE", paynow_ca_file, "", false,
	    "Certificates to trust for it; empty: the system's"),
	TEXT("PAYNOW_USD_ID", paynow_usd_id, NULL, false,
	    "Integration id for US dollars"),
	TEXT("PAYNOW_USD_KEY", paynow_usd_key, NULL, true,
	    "Integration key for US dollars"),
	TEXT("PAYNOW_USD_OLD_KEY", paynow_usd_old_key, "", true,
	    "The key before it, accepted while it is being changed"),
	TEXT("PAYNOW_ZWG_ID", paynow_zwg_id, NULL, false,
	    "Integration id for Zimbabwe gold"),
	TEXT("PAYNOW_ZWG_KEY", paynow_zwg_key, NULL, true,
	    "Integration key for Zimbabwe gold"),
	TEXT("PAYNOW_ZWG_OLD_KEY", paynow_zwg_old_key, "", true,
	    "The key before it, accepted while it is being changed"),
	TEXT("PAYNOW_AUTHEMAIL", paynow_authemail, "", false,
	    "The merchant's login, in test mode; empty: the payer's address"),
	CHECKED("PAYNOW_RESULT_URL", paynow_result_url, "", check_address,
	    false, "Where the gateway calls back; empty: PUBLIC_URL's webhook"),
	NUMBER("PAYNOW_CONNECT_MS", paynow_connect_ms, "10000", 100, 60000,
	    "Connecting to the gateway, at most, in ms"),
	NUMBER("PAYNOW_START_MS", paynow_start_ms, "10000", 100, 20000,
	    "Starting a payment while the payer waits, at most, in ms"),
	NUMBER("PAYNOW_JOB_MS", paynow_job_ms, "45000", 100, 80000,
	    "A poll or trace, at most, in ms"),

	CHECKED("SMTP_URL", smtp_url, NULL, check_smtp, false,
	    "Mail server, smtp://host:587 or smtps://host:465"),
	TEXT("SMTP_USER", smtp_user, "", false, "Its login; empty: none"),
	TEXT("SMTP_PASSWORD", smtp_password, "", true, "Its password"),
	CHECKED("SMTP_TLS", smtp_tls, "required", check_tls, false,
	    "required (STARTTLS or smtps) or off"),
	TEXT("SMTP_CA_FILE", smtp_ca_file, "", false,
	    "Certificates to trust for it; empty: the system's"),
	TEXT("MAIL_FROM", mail_from, NULL, false, "Sender, as Name <address>"),
	NUMBER("SMTP_CONNECT_MS", smtp_connect_ms, "10000", 100, 60000,
	    "Connecting to it, at most, in ms"),
	NUMBER("SMTP_TOTAL_MS", smtp_total_ms, "30000", 100, 40000,
	    "Sending a letter, at most, in ms; twice it is below mail_lease_s"),

	NUMBER("RELAY_ECHO", relay_echo, "0", 0, 1,
	    "1: the relay sends back what it gets, and knows nobody (tests)"),
	NUMBER("RELAY_AUTH_MS", relay_auth_ms, "10000", 10, 60000,
	    "A socket says who it is within, in ms"),
	NUMBER("RELAY_HEAD_MS", relay_head_ms, "10000", 10, 60000,
	    "The request that opens it is there within, in ms"),
	NUMBER("RELAY_IDLE_MS", relay_idle_ms, "30000", 10, 60000,
	    "A silent one is pinged after, and cut after as long, in ms"),
	NUMBER("RELAY_LINGER_MS", relay_linger_ms, "2000", 10, 60000,
	    "The other side closes in turn within, in ms"),
	NUMBER("RELAY_STALL_MS", relay_stall_ms, "10000", 10, 600000,
	    "Who takes nothing of what waits is cut after, in ms"),
	NUMBER("RELAY_MESSAGE_MAX", relay_message_max, "32768", 1024, 16777216,
	    "Bytes that a message of its may have"),
	NUMBER("RELAY_PARTS_MAX", relay_parts_max, "64", 1, 65536,
	    "Frames that a message of its may have"),
	NUMBER("RELAY_RATE", relay_rate, "50", 1, 60000,
	    "Frames a second that it may send"),
	NUMBER("RELAY_BACKLOG_MAX", relay_backlog_max, "262144", 4096, 67108864,
	    "Bytes it may leave unread before it is cut"),
	NUMBER("RELAY_ASKED_MAX", relay_asked_max, "100", 1, 60000,
	    "What a user's sockets may have asked and not been answered"),
	NUMBER("RELAY_USER_MAX", relay_user_max, "20", 1, 10000,
	    "Sockets that a user may have at one relay; with two, twice as "
	    "many in all"),
	NUMBER("RELAY_ADDRESS_MAX", relay_address_max, "200", 1, 1000000,
	    "Sockets that an address may have at one relay; with two, twice as "
	    "many in all"),
	NUMBER("RELAY_SPREAD_MS", relay_spread_ms, "5000", 0, 600000,
	    "A relay that goes spreads who comes back over, in ms"),
	NUMBER("RELAY_LINKS", relay_links, "2", 1, 32,
	    "Connections to PostgreSQL for what sockets ask, beside two"),
	NUMBER("RELAY_SWEEP_MS", relay_sweep_ms, "1000", 10, 60000,
	    "The relay looks for events this often, in ms"),
	NUMBER("RELAY_RETRY_MS", relay_retry_ms, "2", 1, 1000,
	    "It looks again for one that is held back after, in ms, then "
	    "twice"),
	NUMBER("RELAY_REPLAY", relay_replay, "200", 1, 10000,
	    "Events that it reads at once"),
	NUMBER("RELAY_AWAY_MS", relay_away_ms, "5000", 10, 600000,
	    "Who has no socket any more is away after, in ms"),
	NUMBER("RELAY_BEAT_MS", relay_beat_ms, "1000", 10, 60000,
	    "A relay tells the others that it lives this often, in ms"),
	{ 0 },
};

bool
config_load(struct config *out)
{
	if (!config_read(out, settings))
		return false;
	if (out->frontend_url[0] == '\0')
		out->frontend_url = out->public_url;
	return true;
}

void
config_sample(void)
{
	config_print(settings);
}
