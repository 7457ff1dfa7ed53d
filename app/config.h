/*
 * config.h: what worker, jobs and relay are told by their environment.
 *
 * Source  the table in app/config.c, which deploy/env.sample is printed from.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

struct config {
	const char *database_url;
	const char *jwt_keys;
	const char *code_key;
	const char *public_url;
	const char *frontend_url;
	const char *allowed_origins;
	const char *log_level;
	const char *web;
	int64_t sitemap_ids;
	int64_t body_max;
	int64_t sweep_ms;

	const char *uploads;
	int64_t upload_max;
	const char *picture_program;
	int64_t picture_pixels;
	int64_t picture_small;
	int64_t picture_medium;
	int64_t picture_large;
	int64_t picture_memory;
	int64_t picture_ms;

	const char *paynow_url;
	int64_t paynow_loopback;
	const char *paynow_ca_file;
	const char *paynow_usd_id;
	const char *paynow_usd_key;
	const char *paynow_usd_old_key;
	const char *paynow_zwg_id;
	const char *paynow_zwg_key;
	const char *paynow_zwg_old_key;
	const char *paynow_authemail;
	const char *paynow_result_url;
	int64_t paynow_connect_ms;
	int64_t paynow_start_ms;
	int64_t paynow_job_ms;

	const char *smtp_url;
	const char *smtp_user;
	const char *smtp_password;
	const char *smtp_tls;
	const char *smtp_ca_file;
	const char *mail_from;
	int64_t smtp_connect_ms;
	int64_t smtp_total_ms;

	int64_t relay_echo;
	int64_t relay_auth_ms;
	int64_t relay_head_ms;
	int64_t relay_idle_ms;
	int64_t relay_linger_ms;
	int64_t relay_stall_ms;
	int64_t relay_message_max;
	int64_t relay_parts_max;
	int64_t relay_rate;
	int64_t relay_backlog_max;
	int64_t relay_asked_max;
	int64_t relay_user_max;
	int64_t relay_address_max;
	int64_t relay_spread_ms;
	int64_t relay_links;
	int64_t relay_sweep_ms;
	int64_t relay_retry_ms;
	int64_t relay_replay;
	int64_t relay_away_ms;
	int64_t relay_beat_ms;
};

/* False when anything is missing or wrong; one message has named it all. */
bool config_load(struct config *out);
/* The lines of deploy/env.sample. */
void config_sample(void);

#endif
