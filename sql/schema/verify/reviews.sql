-- Verify bantubuzz:reviews on pg
begin;
select booking_id, side, visible_at from reviews where false;
select side, profile_id, part, sum, count from rating_sums where false;
select id, "collaboration.title" from review_wire where false;
select 1 / count(*) from chores where name = 'reviews_reveal';
rollback;
