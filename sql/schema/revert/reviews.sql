-- Revert bantubuzz:reviews from pg
begin;
delete from chores where name = 'reviews_reveal';
drop function average_ratings(text, bigint, bigint, int);
drop function review_now(bigint);
drop view review_wire;
drop function reviews_reveal();
drop function review_respond(bigint, bigint, text);
drop function review_create(bigint, bigint, bigint, text, text, bigint, bigint, bigint, bigint, boolean);
drop function review_show(bigint[]);
drop table rating_sums;
alter table brand_profiles
  drop constraint brand_profiles_rating_check,
  drop column rating_sum,
  drop column rating_count;
drop table reviews;
delete from notices where name in ('review_waiting', 'review_shown', 'review_answered');
delete from settings where name in ('review_s', 'review_hidden_s');
commit;
