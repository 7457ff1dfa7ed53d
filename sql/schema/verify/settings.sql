-- Verify bantubuzz:settings on pg
begin;
select 1 / (setting('fee_bp') = 1000)::int;
select 1 / (fill('a {x} {y}', '{"x": "{y}", "y": "z"}') = 'a {y} z')::int;
rollback;
