/* uploads.h: files as they were sent, and what jobs do about them. */
#ifndef APP_UPLOADS_H
#define APP_UPLOADS_H

#include <stdbool.h>
#include <stddef.h>

struct request;

/* The field "file" of a form, or the whole body; *size is 0 when it is none. */
const char *sent_file(struct request *req, size_t *size);

/* Removes the files of one upload that nothing shows any more, or that was
 * never finished; false when there is none. */
bool remove_files(struct request *req);

#endif
