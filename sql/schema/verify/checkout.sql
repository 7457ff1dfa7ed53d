-- Verify bantubuzz:checkout on pg
begin;
select id, trouble, payment_state from booking_answer_wire where false;
select count(*) from payment_order(0), booking_answer_now(0);
rollback;
