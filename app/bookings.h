/*
 * bookings.h: the answer to what makes or pays a booking.
 */
#ifndef BOOKINGS_H
#define BOOKINGS_H

#include <stdint.h>

#include "lib/http.h"

#define BOOKING_MAX_CENTS INT64_C(100000000) /* no package costs more */

/* 201 with {"message", "booking", "payment"}, from the rows as they are. */
int answer_booking(
    struct request *req, int64_t booking_id, const char *message);

#endif
