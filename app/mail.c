/* app/mail.c: takes letters out of the outbox and sends them. */
#include "app/mail.h"

#include <string.h>

#include "app/app.h"
#include "lib/log.h"
#include "lib/mail.h"
#include "lib/token.h"
#include "queries.h"

/* Letters are kept without our address; "{site}" is where it goes. */
static const char *
put_site(struct request *req, const char *letter)
{
	static const char slot[] = "{site}";
	struct buf out;

	buf_open(&out, request_arena(req), 65536);
	for (const char *at; (at = strstr(letter, slot)) != NULL;
	     letter = at + sizeof(slot) - 1) {
		buf_add(&out, letter, (size_t)(at - letter));
		buf_text(&out, config_of(req)->frontend_url);
	}
	buf_text(&out, letter);
	return out.data;
}

static struct mail_server
mail_server_of(const struct config *c)
{
	return (struct mail_server){
		.url = c->smtp_url,
		.user = c->smtp_user,
		.password = c->smtp_password,
		.tls = strcmp(c->smtp_tls, "off") == 0 ? MAIL_TLS_OFF
						       : MAIL_TLS_REQUIRED,
		.ca_file = c->smtp_ca_file[0] == '\0' ? NULL : c->smtp_ca_file,
		.from = c->mail_from,
		.connect_ms = (long)c->smtp_connect_ms,
		.total_ms = (long)c->smtp_total_ms,
	};
}

/* The sender's host, which makes a Message-ID ours alone. */
static const char *
host_of(struct request *req)
{
	const char *at = strrchr(config_of(req)->mail_from, '@');
	size_t size = at == NULL ? 0 : strcspn(at + 1, "> ");

	return size == 0 ? "localhost"
			 : arena_memdup(request_arena(req), at + 1, size);
}

bool
send_letter(struct request *req)
{
	/* codes go before the rest, every other time: neither holds up the
	 * other for longer than a letter */
	static bool patient = true;
	struct mail_claim q = { .most = 1,
		.message_id = token_uuid(request_arena(req)),
		.patient = (patient = !patient) };
	struct rows *due = sql_mail_claim(req, q);
	struct mail_server server = mail_server_of(config_of(req));
	struct letter letter;
	const char *why = "";
	int64_t id;

	if (due == NULL || rows_count(due) == 0)
		return false;
	id = rows_int(due, 0, "id");
	letter = (struct letter){
		.to = rows_text(due, 0, "address"),
		.subject = rows_text(due, 0, "subject"),
		.text = put_site(req, rows_text(due, 0, "letter")),
		.message_id = arena_printf(request_arena(req), "%s@%s",
		    rows_text(due, 0, "message_id"), host_of(req)),
		.date = rows_int(due, 0, "created_s"),
	};
	if (!rows_bool(due, 0, "is_fixed")) /* one may choose not to get it */
		letter.unsubscribe = arena_printf(request_arena(req),
		    "%s/settings", config_of(req)->frontend_url);
	switch (mail_send(&server, &letter, request_arena(req), &why)) {
	case MAIL_OK:
		(void)sql_mail_sent(req, (struct mail_sent){ .id = id });
		break;
	case MAIL_REFUSED:
		log_line(LOG_ERROR, "mail", "letter %lld was refused for good",
		    (long long)id);
		(void)sql_mail_refused(
		    req, (struct mail_refused){ .id = id, .why = why });
		break;
	case MAIL_LATER:
		log_line(LOG_WARN, "mail", "letter %lld did not go yet",
		    (long long)id);
		(void)sql_mail_later(
		    req, (struct mail_later){ .id = id, .why = why });
		break;
	}
	return true;
}
