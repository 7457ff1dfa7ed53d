-- Revert bantubuzz:checkout from pg
begin;
drop function booking_answer_now(bigint);
drop view booking_answer_wire;
drop function payment_order(bigint);
commit;
