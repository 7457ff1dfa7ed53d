// Lets time pass for one booking or payment by moving its moments back.
import { rows } from './db.mjs';
import { until } from './wait.mjs';

// span: an interval of SQL, such as '48 h'.
export async function passBooking(id, span) {
  await rows(`update bookings set entered_at = entered_at - $2::interval, timer_at = timer_at - $2::interval,
                due_at = due_at - $2::interval where id = $1`, id, span);
}

export async function passPayment(id, span) {
  await rows(`update payments set created_at = created_at - $2::interval, next_poll_at = next_poll_at - $2::interval,
                absent_at = absent_at - $2::interval, callback_at = callback_at - $2::interval,
                polled_at = polled_at - $2::interval where id = $1`, id, span);
}

// Its next poll or trace is due now, also where none was planned; waits until
// it was made, and gives the payment's row.
export async function pollNow(id) {
  const said = async () => (await rows(`select count(*) as said from payment_messages
    where payment_id = $1 and kind in ('poll', 'trace')`, id))[0].said;
  // one under way asked before what the caller has just arranged
  await until(`payment ${id} to be let go`, async () =>
    (await rows('select 1 from payments where id = $1 and claimed_until > now()', id)).length === 0);
  const before = await said();
  await rows('update payments set next_poll_at = now() where id = $1', id);
  await until(`payment ${id} to be polled`, async () => (await said()) > before);
  return (await rows('select * from payments where id = $1', id))[0];
}

// Lets a span pass, and waits for the poll that the payment's own schedule then
// makes; one that is not to be polled again is not polled here either.
export async function pollBySchedule(id, span) {
  const said = async () => (await rows(`select count(*) as said from payment_messages
    where payment_id = $1 and kind in ('poll', 'trace')`, id))[0].said;
  const before = await said();
  await passPayment(id, span);
  await until(`payment ${id} to be polled by its schedule`, async () => (await said()) > before);
  return (await rows('select * from payments where id = $1', id))[0];
}

// The 48 hours are over, and so are the waits for last polls after them.
export async function expireUnpaid(id) {
  await passBooking(id, '48 h');
  await until(`booking ${id} to expire`, async () => {
    const [{ state }] = await rows('select state from bookings where id = $1', id);
    if (state !== 'awaiting_payment') return true;
    const polled = await rows(`select 1 from payments p join payment_states s using (state), bookings b
      where b.id = $1 and p.booking_id = b.id and s.is_open and coalesce(p.polled_at, '-infinity') < b.entered_at + interval '48 h'`, id);
    if (polled.length === 0) await rows(`update bookings set timer_at = now() where id = $1 and state = 'awaiting_payment'`, id);
    return false;
  });
}
