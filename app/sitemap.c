/* app/sitemap.c: what leads search engines to our pages. */
#include <string.h>

#include "app/app.h"
#include "app/pages.h"
#include "app/routes.h"
#include "queries.h"

static int
show_robots(struct request *req)
{
	struct buf *out = reply_open(req, 200, "text/plain; charset=utf-8");

	buf_printf(out,
	    "User-agent: *\nDisallow: /payment/\n\nSitemap: %s/sitemap.xml\n",
	    config_of(req)->frontend_url);
	return reply_sent(req);
}

static struct buf *
open_sitemap(struct request *req, const char *element)
{
	struct buf *out = reply_open(req, 200, "application/xml");

	buf_printf(out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s "
	    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
	    element);
	return out;
}

/* Where what leads to a page begins; the build has written them down. */
static int
list_pages(struct request *req)
{
	const char *site = config_of(req)->frontend_url;
	const char *line = read_page_file(req, "pages.txt");
	struct buf *out;

	if (line == NULL)
		return reply_problem(req, 503, "unavailable", NULL);
	out = open_sitemap(req, "urlset");
	for (; *line != '\0'; line += *line == '\n') {
		size_t size = strcspn(line, "\n");

		buf_printf(out, "<url><loc>%s", site);
		buf_html(out, line, size);
		buf_text(out, "</loc></url>\n");
		line += size;
	}
	buf_text(out, "</urlset>\n");
	return reply_sent(req);
}

static int
list_rows(struct request *req, const struct rows *rows, const char *folder)
{
	const char *site = config_of(req)->frontend_url;
	struct buf *out;

	if (rows == NULL)
		return reply_refusal(req);
	if (rows_count(rows) == 0)
		return reply_problem(req, 404, "not_found", NULL);
	out = open_sitemap(req, "urlset");
	for (int i = 0; i < rows_count(rows); i++)
		buf_printf(out,
		    "<url><loc>%s/%s/%s</loc><lastmod>%s</lastmod></url>\n",
		    site, folder, rows_text(rows, i, "id"),
		    rows_text(rows, i, "changed_on"));
	buf_text(out, "</urlset>\n");
	return reply_sent(req);
}

/* A file of addresses each; all lie in the same folder, for a sitemap speaks of
 * what is below its own. */
static int
list_sitemaps(struct request *req)
{
	struct sitemap_files q = { .ids = config_of(req)->sitemap_ids };
	const struct rows *rows = sql_sitemap_files(req, q);
	const char *site = config_of(req)->frontend_url;
	struct buf *out;

	if (rows == NULL)
		return reply_refusal(req);
	out = open_sitemap(req, "sitemapindex");
	buf_printf(out,
	    "<sitemap><loc>%s/sitemap.xml?pages=1</loc></sitemap>\n", site);
	for (int i = 0; i < rows_count(rows); i++)
		buf_printf(out,
		    "<sitemap><loc>%s/sitemap.xml?%s=%s</loc></sitemap>\n",
		    site, rows_text(rows, i, "kind"),
		    rows_text(rows, i, "number"));
	buf_text(out, "</sitemapindex>\n");
	return reply_sent(req);
}

static int
show_sitemap(struct request *req)
{
	int64_t ids = config_of(req)->sitemap_ids;
	int64_t most = INT64_MAX / ids - 1;
	const int64_t *pages = query_int_opt(req, "pages", 1, 1);
	const int64_t *creators = query_int_opt(req, "creators", 1, most);
	const int64_t *packages = query_int_opt(req, "packages", 1, most);

	if (body_invalid(req))
		return reply_problem(req, 404, "not_found", NULL);
	if (pages != NULL)
		return list_pages(req);
	if (creators != NULL)
		return list_rows(req,
		    sql_sitemap_creators(
			req, (struct sitemap_creators){ .ids = ids,
				 .number = *creators }),
		    "creators");
	if (packages != NULL)
		return list_rows(req,
		    sql_sitemap_packages(
			req, (struct sitemap_packages){ .ids = ids,
				 .number = *packages }),
		    "packages");
	return list_sitemaps(req);
}

const struct route sitemap_routes[] = {
	{ GET, "/robots.txt", ANY, show_robots, NULL, ROUTE_PAGE },
	{ GET, "/sitemap.xml", ANY, show_sitemap, NULL, ROUTE_PAGE },
	{ 0 },
};
