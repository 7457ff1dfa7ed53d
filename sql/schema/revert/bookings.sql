-- Revert bantubuzz:bookings from pg
begin;
drop table messages;
drop table booking_log;
drop table cancel_requests;
drop table bookings;
drop table booking_timers;
drop table booking_moves;
drop table booking_states;
commit;
