/* mail.c: no letter's words become a header or a line of their own. */
#include <string.h>
#include <strings.h>

#include "lib/mail.h"
#include "test/fuzz/fuzz.h"

static const char *const headers[] = { "Date", "From", "To", "Subject",
	"Message-ID", "MIME-Version", "Auto-Submitted", "Content-Type" };

enum { HEADERS = sizeof(headers) / sizeof(headers[0]), LINE_MAX_BYTES = 998 };

/* One of each, in whatever order. */
static void
check_header(bool seen[HEADERS], const char *line, size_t size)
{
	for (size_t i = 0; i < HEADERS; i++) {
		size_t len = strlen(headers[i]);

		if (size <= len || line[len] != ':' ||
		    strncasecmp(line, headers[i], len) != 0)
			continue;
		MUST(!seen[i]);
		seen[i] = true;
		return;
	}
	abort();
}

static void
check_letter(const struct buf *b)
{
	bool seen[HEADERS] = { false };
	bool body = false;
	size_t at = 0;

	while (at < b->len) {
		const char *line = b->data + at;
		const char *end = memchr(line, '\n', b->len - at);
		size_t size;

		MUST(end != NULL && end > line && end[-1] == '\r');
		size = (size_t)(end - line) - 1;
		MUST(size <= LINE_MAX_BYTES);
		MUST(memchr(line, '\r', size) == NULL);
		MUST(memchr(line, '\0', size) == NULL);
		if (size == 0)
			body = true;
		if (!body && line[0] != ' ' && line[0] != '\t')
			check_header(seen, line, size);
		at += size + 2;
	}
	for (size_t i = 0; i < HEADERS; i++)
		MUST(seen[i]);
	MUST(body);
}

/* The next of four texts, which line ends cannot part: a byte 0x1F does. */
static const char *
next_text(struct arena *a, const uint8_t **data, size_t *size)
{
	const uint8_t *end = memchr(*data, 0x1F, *size);
	size_t len = end == NULL ? *size : (size_t)(end - *data);
	const char *text = arena_memdup(a, *data, len);

	*data += len + (end != NULL);
	*size -= len + (end != NULL);
	return text;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct mail_server server = {
		.url = "smtp://localhost",
		.user = "",
		.password = "",
		.from = "BantuBuzz \xE2\x9C\xA8 <hello@bantubuzz.example>",
	};
	struct arena *a = arena_open();
	struct letter letter = { .date = 1760000000 };
	struct buf b;

	if (size > 16384)
		size = 16384;
	letter.subject = next_text(a, &data, &size);
	letter.text = next_text(a, &data, &size);
	letter.message_id = next_text(a, &data, &size);
	letter.to = next_text(a, &data, &size);
	/* Callers have read it as an e-mail address of 120 characters. */
	if (strlen(letter.to) > 480 || strlen(letter.message_id) > 480)
		letter.to = letter.message_id = "a@example.com";
	buf_open(&b, a, 4 << 20);
	mail_write(&b, &server, &letter);
	if (b.state == BUF_OK)
		check_letter(&b);
	arena_close(a);
	return 0;
}
