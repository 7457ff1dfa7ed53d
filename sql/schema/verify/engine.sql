-- Verify bantubuzz:engine on pg
begin;
select 1 / (money_text(123456, 'USD') = 'US$1,234.56')::int;
select has_function_privilege('booking_ring()', 'execute');
rollback;
