/* app/pages.c: what leaves the server filled of pages that are shared by link
 * or found by search engines. */
#include "app/pages.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app.h"
#include "app/routes.h"
#include "lib/json.h"
#include "queries.h"

enum {
	FILE_MAX = 1 << 20,  /* bytes of what is read of the pages' folder */
	PART_MAX = 1 << 20,  /* bytes of one part that is put in */
	PREVIEW_MAX = 200,   /* bytes of a description; previews show fewer */
	PREVIEW_LEAST = 120, /* it ends with a whole word behind these */
	LINKS_MAX = 16,      /* of a creator's, told to search engines */
};

static const char html[] = "text/html; charset=utf-8";

/* ---- the shell ---- */

char *
read_page_file(struct request *req, const char *name)
{
	struct arena *a = request_arena(req);
	const char *path = arena_printf(a, "%s/%s", config_of(req)->web, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	char *text = NULL;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size <= FILE_MAX) {
		size_t size = (size_t)st.st_size;

		text = arena_alloc(a, size + 1);
		if (read(fd, text, size) == (ssize_t)size)
			text[size] = '\0';
		else
			text = NULL;
	}
	(void)close(fd);
	return text;
}

/*
 * A built shell with head and data in their places.  Where there is none, or
 * a release is just being written, nginx answers with what it has.
 */
static int
reply_shell(struct request *req, int status, const char *name, const char *head,
    const char *data)
{
	static const char head_mark[] = "<!--head-->";
	static const char data_mark[] = "<!--data-->";
	const char *shell = read_page_file(req, name);
	const char *top = NULL, *low = NULL;
	struct buf *out;

	if (shell != NULL && strstr(shell, "</html>") != NULL) {
		top = strstr(shell, head_mark);
		low = strstr(shell, data_mark);
	}
	if (top == NULL || low == NULL || low < top)
		return reply_problem(req, 503, "unavailable", NULL);
	out = reply_open(req, status, html);
	buf_add(out, shell, (size_t)(top - shell));
	buf_text(out, head);
	top += sizeof head_mark - 1;
	buf_add(out, top, (size_t)(low - top));
	buf_text(out, data);
	buf_text(out, low + sizeof data_mark - 1);
	return reply_sent(req);
}

static int
show_none(struct request *req)
{
	return reply_shell(req, 404, "site/shell.html",
	    "<title>There is no page here · BantuBuzz</title>"
	    "<meta name=\"robots\" content=\"noindex\">",
	    "");
}

/* ---- what is put in ---- */

static struct buf *
part_open(struct request *req)
{
	struct buf *b = arena_alloc(request_arena(req), sizeof *b);

	buf_open(b, request_arena(req), PART_MAX);
	return b;
}

static void
add_html(struct buf *b, const char *text)
{
	buf_html(b, text, strlen(text));
}

/* True for the bytes of a character behind its first. */
static bool
is_within(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* One line of a text, ended at a word where it is long. */
static const char *
preview(struct request *req, const char *text)
{
	struct buf *b = part_open(req);
	size_t word = 0;

	for (; *text != '\0' && b->len < PREVIEW_MAX; text++) {
		bool blank = (unsigned char)*text <= ' ';

		if (blank && b->len > 0 && b->data[b->len - 1] != ' ') {
			word = b->len;
			buf_char(b, ' ');
		} else if (!blank) {
			buf_char(b, *text);
		}
	}
	if (*text == '\0')
		return b->data;
	if (word < PREVIEW_LEAST) {
		word = b->len;
		if (is_within(*text)) /* of a character half of which is in */
			do
				word--;
			while (is_within(b->data[word]));
	}
	b->data[word] = '\0';
	return arena_printf(request_arena(req), "%s…", b->data);
}

/* A picture of ours lies where the outside reaches us; NULL for none. */
static const char *
absolute(struct request *req, const char *address)
{
	if (address == NULL || address[0] != '/')
		return address;
	return arena_printf(
	    request_arena(req), "%s%s", config_of(req)->public_url, address);
}

/* Like body_link_opt's, those that a page of ours would lead to. */
static bool
is_address(const char *text)
{
	return strncmp(text, "https://", 8) == 0 ||
	       strncmp(text, "http://", 7) == 0;
}

struct preview {
	const char *title;
	const char *about;
	const char *url;
	const char *picture; /* NULL: none of its own, so the site's */
	const char *type;    /* of Open Graph */
};

static void
add_meta(struct buf *b, const char *kind, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buf_printf(b, "<meta %s=\"%s\" content=\"", kind, name);
	add_html(b, value);
	buf_text(b, "\">");
}

static void
add_preview(struct request *req, struct buf *b, const struct preview *p)
{
	const char *site = config_of(req)->frontend_url;

	buf_text(b, "<title>");
	add_html(b, p->title);
	buf_text(b, " · BantuBuzz</title>");
	add_meta(b, "name", "description", p->about);
	buf_text(b, "<link rel=\"canonical\" href=\"");
	add_html(b, p->url);
	buf_text(b, "\">");
	add_meta(b, "property", "og:title", p->title);
	add_meta(b, "property", "og:description", p->about);
	add_meta(b, "property", "og:url", p->url);
	add_meta(b, "property", "og:type", p->type);
	add_meta(b, "property", "og:site_name", "BantuBuzz");
	add_meta(b, "property", "og:image",
	    p->picture != NULL
		? p->picture
		: arena_printf(request_arena(req), "%s/preview.png", site));
	add_meta(b, "name", "twitter:card", "summary");
}

/*
 * JSON as it may stand inside of <script>: nothing in it ends the element or
 * begins a comment, and the two line ends that JSON has and older scripts have
 * not are written out.  All of them occur in its texts alone.
 */
static void
add_script(struct buf *b, const char *attributes, const struct buf *json)
{
	buf_printf(b, "<script type=\"application/%s>", attributes);
	for (const char *p = json->data; *p != '\0'; p++) {
		if (*p == '<' || *p == '>' || *p == '&') {
			buf_printf(b, "\\u%04x", (unsigned)*p);
		} else if (strncmp(p, "\xe2\x80\xa8", 3) == 0 ||
			   strncmp(p, "\xe2\x80\xa9", 3) == 0) {
			p += 2;
			buf_printf(
			    b, "\\u%04x", 0x2028u + ((unsigned char)*p & 1u));
		} else {
			buf_char(b, *p);
		}
	}
	buf_text(b, "</script>");
}

static void
open_object(struct buf *b, const char *key, const char *type)
{
	if (key != NULL)
		json_key(b, key);
	buf_char(b, '{');
	if (key == NULL)
		json_member(b, "@context", "https://schema.org");
	json_member(b, "@type", type);
}

static void
add_known(struct buf *b, const char *key, const char *text)
{
	if (text != NULL)
		json_member(b, key, text);
}

/* The answer of the API's own call, for the page's first look, and for search
 * engines what it means. */
static int
reply_filled(struct request *req, const char *shell, const struct rows *rows,
    struct buf *head, const struct buf *meaning)
{
	struct buf *answer = part_open(req), *data = part_open(req);

	add_script(head, "ld+json\"", meaning);
	rows_write(answer, rows, 0, 0);
	add_script(data, "json\" id=\"first\"", answer);
	/* one that was cut would be broken JSON inside of a whole page */
	if (head->state != BUF_OK || meaning->state != BUF_OK ||
	    answer->state != BUF_OK || data->state != BUF_OK)
		return reply_problem(req, 500, "internal", NULL);
	return reply_shell(req, 200, shell, head->data, data->data);
}

/* ---- creators ---- */

static const char *
creator_name(
    struct request *req, const struct rows *rows, const char *name, int64_t id)
{
	const char *own = rows_text_or_null(rows, 0, name);

	if (own != NULL)
		return own;
	return arena_printf(request_arena(req), "creator-%" PRId64, id);
}

struct links {
	struct buf *b;
	int count;
};

static bool
add_link(void *ctx, const char *name, struct json_object *value)
{
	struct links *links = ctx;
	size_t size;
	const char *text;

	(void)name;
	if (json_kind(value) != JSON_TEXT)
		return true;
	text = json_chars(value, &size);
	if (!is_address(text))
		return true;
	if (links->count++ > 0)
		buf_char(links->b, ',');
	json_text(links->b, text, size);
	return links->count < LINKS_MAX;
}

static void
add_links(struct request *req, struct buf *b, const struct rows *rows)
{
	struct links links = { .b = b };
	struct json_object *tree;

	if (!json_read(&tree, request_arena(req),
		rows_text(rows, 0, "social_links"),
		rows_size(rows, 0, "social_links")))
		return;
	json_key(b, "sameAs");
	buf_char(b, '[');
	json_each(tree, add_link, &links);
	buf_char(b, ']');
}

static void
add_profile(struct request *req, struct buf *b, const struct rows *rows,
    const struct preview *p)
{
	open_object(b, NULL, "ProfilePage");
	json_member(b, "url", p->url);
	json_key(b, "dateCreated");
	rows_write_value(b, rows, 0, "created_at");
	json_key(b, "dateModified");
	rows_write_value(b, rows, 0, "updated_at");
	open_object(b, "mainEntity", "Person");
	json_member(b, "name", p->title);
	json_member(b, "identifier", rows_text(rows, 0, "id"));
	json_member(b, "url", p->url);
	json_member(b, "description", p->about);
	add_known(b, "image", p->picture);
	if (!rows_null(rows, 0, "location")) {
		open_object(b, "homeLocation", "Place");
		json_member(b, "name", rows_text(rows, 0, "location"));
		buf_char(b, '}');
	}
	add_links(req, b, rows);
	open_object(b, "interactionStatistic", "InteractionCounter");
	json_member(b, "interactionType", "https://schema.org/FollowAction");
	json_member_int(
	    b, "userInteractionCount", rows_int(rows, 0, "follower_count"));
	buf_text(b, "}}}");
}

static struct preview
preview_creator(struct request *req, const struct rows *rows, int64_t id)
{
	struct arena *a = request_arena(req);
	const char *name = creator_name(req, rows, "username", id);

	return (struct preview){
		.title = name,
		.about = rows_null(rows, 0, "bio")
			     ? arena_printf(a,
				   "Book %s on BantuBuzz at fixed prices. The "
				   "money is held until you approve the work.",
				   name)
			     : preview(req, rows_text(rows, 0, "bio")),
		.url = arena_printf(a, "%s/creators/%" PRId64,
		    config_of(req)->frontend_url, id),
		.picture = absolute(
		    req, rows_text_or_null(rows, 0, "profile_picture")),
		.type = "profile",
	};
}

static int
show_creator(struct request *req)
{
	struct creator_get q = { .id = path_id(req, "id") };
	const struct rows *rows = sql_creator_get(req, q);
	struct buf *head, *meaning;
	struct preview p;

	if (rows == NULL)
		return reply_refusal(req);
	if (rows_count(rows) == 0)
		return show_none(req);
	p = preview_creator(req, rows, q.id);
	head = part_open(req);
	add_preview(req, head, &p);
	meaning = part_open(req);
	add_profile(req, meaning, rows, &p);
	return reply_filled(
	    req, "site/shell-creator.html", rows, head, meaning);
}

/* ---- packages ---- */

static void
add_service(struct request *req, struct buf *b, const struct rows *rows,
    const struct preview *p, const char *creator)
{
	open_object(b, NULL, "Service");
	json_member(b, "name", rows_text(rows, 0, "title"));
	json_member(b, "serviceType", rows_text(rows, 0, "category"));
	json_member(b, "description", rows_text(rows, 0, "description"));
	json_member(b, "url", p->url);
	add_known(b, "image", p->picture);
	open_object(b, "provider", "Person");
	json_member(b, "name", creator);
	json_member(b, "url",
	    arena_printf(request_arena(req), "%s/creators/%s",
		config_of(req)->frontend_url,
		rows_text(rows, 0, "creator_id")));
	buf_char(b, '}');
	open_object(b, "offers", "Offer");
	json_key(b, "price");
	rows_write_value(b, rows, 0, "price");
	json_member(b, "priceCurrency", rows_text(rows, 0, "currency"));
	json_member(b, "availability", "https://schema.org/InStock");
	json_member(b, "url", p->url);
	buf_char(b, '}');
	if (rows_int(rows, 0, "review_stats.total_reviews") > 0) {
		open_object(b, "aggregateRating", "AggregateRating");
		json_key(b, "ratingValue");
		rows_write_value(b, rows, 0, "review_stats.average_rating");
		json_key(b, "reviewCount");
		rows_write_value(b, rows, 0, "review_stats.total_reviews");
		buf_char(b, '}');
	}
	buf_char(b, '}');
}

static struct preview
preview_package(struct request *req, const struct rows *rows,
    const char *creator, const char *price)
{
	struct arena *a = request_arena(req);

	return (struct preview){
		.title = arena_printf(
		    a, "%s · %s", rows_text(rows, 0, "title"), creator),
		.about = preview(req,
		    arena_printf(a, "%s %s. %s", rows_text(rows, 0, "currency"),
			price, rows_text(rows, 0, "description"))),
		.url = arena_printf(a, "%s/packages/%s",
		    config_of(req)->frontend_url, rows_text(rows, 0, "id")),
		.picture = absolute(
		    req, rows_text_or_null(rows, 0, "creator.profile_picture")),
		.type = "product",
	};
}

static int
show_package(struct request *req)
{
	struct package_get q = { .id = path_id(req, "id") };
	const struct rows *rows = sql_package_get(req, q);
	struct buf *head, *meaning, *price;
	const char *creator;
	struct preview p;

	if (rows == NULL)
		return reply_refusal(req);
	if (rows_count(rows) == 0)
		return show_none(req);
	creator = creator_name(
	    req, rows, "creator.username", rows_int(rows, 0, "creator_id"));
	price = part_open(req);
	rows_write_value(price, rows, 0, "price");
	p = preview_package(req, rows, creator, price->data);
	head = part_open(req);
	add_preview(req, head, &p);
	add_meta(head, "property", "product:price:amount", price->data);
	add_meta(head, "property", "product:price:currency",
	    rows_text(rows, 0, "currency"));
	meaning = part_open(req);
	add_service(req, meaning, rows, &p, creator);
	return reply_filled(
	    req, "site/shell-package.html", rows, head, meaning);
}

const struct route page_routes[] = {
	{ GET, "/creators/:id", ANY, show_creator, NULL, ROUTE_PAGE },
	{ GET, "/creators/:name", ANY, show_none, NULL, ROUTE_PAGE },
	{ GET, "/packages/:id", ANY, show_package, NULL, ROUTE_PAGE },
	{ GET, "/packages/:name", ANY, show_none, NULL, ROUTE_PAGE },
	{ 0 },
};
