/*
 * bookings.h: the answer to what makes or pays a booking.
 */
#ifndef BOOKINGS_H
#define BOOKINGS_H

#include <stdint.h>

#include "lib/http.h"

/*
 * {"message", "booking", "payment"}: payment is the newest one, or the one
 * of payment_id where that is not NULL.
 */
int answer_booking(struct request *req, int status, int64_t booking_id,
    const int64_t *payment_id);

#endif
