/* uploads.h: what jobs do about files. */
#ifndef APP_UPLOADS_H
#define APP_UPLOADS_H

#include <stdbool.h>

struct request;

/* Removes the files of one upload that nothing shows any more, or that was
 * never finished; false when there is none. */
bool remove_files(struct request *req);

#endif
