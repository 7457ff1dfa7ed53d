-- Verify bantubuzz:packages on pg
begin;
select id, creator_id, price_cents, currency, rating_sum, rating_count, deleted_at
  from packages where false;
select brand_id, creator_id from saved_creators where false;
select id, brand_id, budget_cents, status from campaigns where false;
select user_id, entity_id, counted_on, views from analytics where false;
rollback;
