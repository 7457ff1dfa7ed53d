/* app/uploads.c: pictures that people send, and the files that go again. */
#include "app/uploads.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "app/app.h"
#include "app/config.h"
#include "app/routes.h"
#include "lib/json.h"
#include "lib/log.h"
#include "lib/multipart.h"
#include "lib/picture.h"
#include "lib/request.h"
#include "lib/token.h"
#include "queries.h"

const char *
sent_file(struct request *req, size_t *size)
{
	static const char multipart[] = "multipart/";
	const char *type = request_header(req, "CONTENT_TYPE");
	struct part file;

	file.data = request_body(req, &file.size);
	if (type != NULL &&
	    strncasecmp(type, multipart, sizeof multipart - 1) == 0 &&
	    multipart_field(&file, type, file.data, file.size, "file") !=
		MULTIPART_OK)
		file.size = 0;
	*size = file.size;
	return file.data;
}

/* Attachments lie where nginx serves nothing by itself. */
static const char *
folder_of(struct request *req, const char *kind)
{
	const char *folder = config_of(req)->uploads;

	return strcmp(kind, "attachment") == 0
		   ? arena_printf(request_arena(req), "%s/private", folder)
		   : folder;
}

static enum picture_result
make_pictures(struct request *req, const char *kind, const char *name,
    const char *sent, size_t size)
{
	const struct config *c = config_of(req);
	struct picture_limits limits = {
		.program = c->picture_program,
		.pixels = c->picture_pixels,
		.small = c->picture_small,
		.medium = c->picture_medium,
		.large = c->picture_large,
		.memory = c->picture_memory,
		.ms = c->picture_ms,
	};

	return picture_make(&limits, folder_of(req, kind), name, sent, size);
}

static int
refuse_picture(struct request *req, enum picture_result result)
{
	if (result == PICTURE_NOT)
		return reply_problem(req, 422, "picture_broken",
		    "This picture is damaged or not whole");
	if (result == PICTURE_TOO_BIG)
		return reply_problem(req, 422, "picture_too_big",
		    "This picture has too many pixels");
	return reply_problem(req, 500, "internal", NULL);
}

/*
 * The row comes first and the files after it, so that no file is without a
 * row; what is not finished goes again.  NULL: *status has been answered.
 */
static struct rows *
keep_picture(struct request *req, const char *kind, int *status)
{
	struct upload_begin q = { .user_id = caller_id(req), .kind = kind };
	size_t size;
	const char *sent = sent_file(req, &size);
	struct rows *rows;
	enum picture_result result;
	int64_t id;

	if (size == 0) {
		body_bad(req, "file", "file", "must be one file, whole");
		*status = reply_invalid(req);
		return NULL;
	}
	if (!picture_known(sent, size)) {
		*status = reply_problem(req, 415, "type_wrong",
		    "The file must be a JPEG, PNG, GIF or WebP picture and "
		    "nothing else besides");
		return NULL;
	}
	q.name = token_uuid(request_arena(req));
	rows = sql_upload_begin(req, q);
	if (rows == NULL) {
		*status = reply_refusal(req);
		return NULL;
	}
	id = rows_int(rows, 0, "id");
	result = make_pictures(req, kind, q.name, sent, size);
	if (result == PICTURE_OK) {
		rows = !last_step(req)
			   ? NULL
			   : sql_upload_finish(req,
				 (struct upload_finish){
				     .user_id = caller_id(req), .id = id });
		if (rows != NULL)
			return rows;
		db_rollback(req);
		*status = reply_refusal(req);
	} else {
		*status = refuse_picture(req, result);
	}
	(void)sql_upload_drop(req, (struct upload_drop){ .id = id });
	return NULL;
}

/* {"message": …, "<member>": path} and, where asked, the gallery. */
static int
reply_kept(struct request *req, int status, const char *message,
    const struct rows *rows, const char *member, bool gallery)
{
	struct buf *out;

	(void)reply_message(req, status, message);
	out = reply_more(req);
	json_key(out, member);
	rows_write_value(out, rows, 0, "path");
	if (gallery) {
		json_key(out, "gallery");
		rows_write_value(out, rows, 0, "gallery");
	}
	return reply_closed(req);
}

static int
set_avatar(struct request *req)
{
	int status = 0;
	struct rows *rows = keep_picture(req, "avatar", &status);

	return rows == NULL ? status
			    : reply_kept(req, 200, "Profile picture updated",
				  rows, "profile_picture", false);
}

static int
set_logo(struct request *req)
{
	int status = 0;
	struct rows *rows = keep_picture(req, "logo", &status);

	return rows == NULL
		   ? status
		   : reply_kept(req, 200, "Logo updated", rows, "logo", false);
}

static int
add_to_gallery(struct request *req)
{
	int status = 0;
	struct rows *rows = keep_picture(req, "gallery", &status);

	return rows == NULL ? status
			    : reply_kept(req, 200, "Picture added", rows,
				  "image_path", true);
}

/* Counted from 0, as the first version's pages do. */
static int
remove_from_gallery(struct request *req)
{
	struct gallery_remove q = { .user_id = caller_id(req),
		.path = query_text_opt(req, "path", 1, 200) };
	const char *index = path_text(req, "index");
	struct rows *rows;
	struct buf *out;

	if (strspn(index, "0123456789") != strlen(index) || strlen(index) > 3)
		return reply_problem(req, 400, "index_wrong",
		    "There is no picture at this place of your gallery");
	if (body_invalid(req))
		return reply_invalid(req);
	for (; *index != '\0'; index++)
		q.at = 10 * q.at + (*index - '0');
	rows = sql_gallery_remove(req, q);
	if (rows == NULL)
		return reply_refusal(req);
	(void)reply_message(req, 200, "Picture removed");
	out = reply_more(req);
	json_key(out, "gallery");
	rows_write_value(out, rows, 0, "gallery");
	return reply_closed(req);
}

/* ---- attachments ---- */

static int
add_attachment(struct request *req)
{
	int status = 0;
	struct rows *rows = keep_picture(req, "attachment", &status);

	return rows == NULL
		   ? status
		   : reply_kept(req, 201, "File kept", rows, "path", false);
}

/* nginx sends the file itself, once we said that it may. */
static int
get_attachment(struct request *req)
{
	static const char *const sizes[] = { "s", "m", "l", NULL };
	struct upload_read q = { .user_id = caller_id(req),
		.name = path_text(req, "name") };
	const char *size = query_choice_opt(req, "size", sizes);
	struct rows *rows;

	if (body_invalid(req))
		return reply_invalid(req);
	if (!token_is_uuid(q.name))
		return reply_problem(req, 404, "not_found", NULL);
	rows = sql_upload_read(req, q);
	if (rows == NULL || rows_count(rows) == 0)
		return reply_one(req, 200, rows, NULL);
	reply_header(req, "X-Accel-Redirect",
	    arena_printf(request_arena(req), "/private-uploads/%s-%s.webp",
		rows_text(rows, 0, "name"), size == NULL ? "l" : size));
	return reply_bytes(req, 200, "image/webp", "", 0);
}

/* ---- what jobs do ---- */

bool
remove_files(struct request *req)
{
	static const char *const sizes[] = { "s", "m", "l" };
	struct rows *rows = sql_upload_claim(req);
	const char *folder;

	if (rows == NULL || rows_null(rows, 0, "id"))
		return false;
	folder = folder_of(req, rows_text(rows, 0, "kind"));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const char *path =
		    arena_printf(request_arena(req), "%s/%s-%s.webp", folder,
			rows_text(rows, 0, "name"), sizes[i]);

		if (unlink(path) == 0 || errno == ENOENT)
			continue;
		/* its lease runs out, and it is tried again */
		log_line(LOG_ERROR, "upload",
		    "a file of upload %lld stayed: %s",
		    (long long)rows_int(rows, 0, "id"), strerror(errno));
		return true;
	}
	(void)sql_upload_forget(
	    req, (struct upload_forget){ .id = rows_int(rows, 0, "id") });
	return true;
}

const struct route upload_routes[] = {
	{ POST, "/creators/profile/picture", CREATOR, set_avatar, "uploads",
	    ROUTE_FORM | ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ PUT, "/creators/profile/picture", CREATOR, set_avatar, "uploads",
	    ROUTE_FORM },
	{ POST, "/brands/profile/logo", BRAND, set_logo, "uploads",
	    ROUTE_FORM | ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ PUT, "/brands/profile/logo", BRAND, set_logo, "uploads", ROUTE_FORM },
	{ POST, "/creators/profile/gallery", CREATOR, add_to_gallery, "uploads",
	    ROUTE_FORM | ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ PUT, "/creators/profile/gallery", CREATOR, add_to_gallery, "uploads",
	    ROUTE_FORM | ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ DELETE, "/creators/profile/gallery/:index", CREATOR,
	    remove_from_gallery },
	{ POST, "/uploads", USER, add_attachment, "uploads",
	    ROUTE_FORM | ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ PUT, "/uploads", USER, add_attachment, "uploads",
	    ROUTE_FORM | ROUTE_IDEMPOTENT | ROUTE_STEPS },
	{ GET, "/uploads/:name", USER, get_attachment },
	{ 0 },
};
