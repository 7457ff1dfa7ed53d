-- Revert bantubuzz:search from pg
begin;
drop function packages_facets(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint,
  text, text);
drop function creators_facets(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, text);
drop function price_bands(bigint[]);
drop function facet(text[]);
drop function packages_find(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint,
  text, text, text, bigint, bigint, bigint, bigint);
drop function creators_find(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, text,
  text, bigint, bigint, bigint, bigint);
drop function package_hits(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint,
  text, tsquery, bigint[], boolean, text);
drop function creator_hits(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, tsquery,
  bigint[], boolean, text);
drop function few_packages(tsquery);
drop function few_creators(tsquery);
drop function hidden_creators();
drop index users_suspended;
drop function search_query(text);
drop function near_stems(text);
drop trigger packages_terms on packages;
drop function keep_package_terms();
drop trigger creator_profiles_terms on creator_profiles;
drop function keep_creator_terms();
drop function note_terms(text);
drop table search_terms;
drop trigger bookings_count on bookings;
drop function count_booking();
drop trigger packages_figures on packages;
drop function keep_creator_figures();
drop trigger packages_touch on packages;
create trigger packages_touch before update on packages
  for each row execute function touch_updated_at();
drop trigger creator_profiles_touch on creator_profiles;
create trigger creator_profiles_touch before update on creator_profiles
  for each row execute function touch_updated_at();
-- The indexes of a column that goes, go with it.
drop index creator_profiles_reviews;
drop index creator_profiles_languages;
drop index creator_profiles_followers;
drop index packages_cheap;
drop index packages_dear;
drop index packages_filters;
alter table packages drop column words, drop column booked_count;
alter table creator_profiles drop column words, drop column place,
  drop column rating_score, drop column booked_count, drop column cheapest_cents,
  drop column fastest_days;
drop function package_words(text, text, text[], text);
drop function creator_words(text, text, text[], text[], text);
drop function name_text(text);
drop function texts_text(text[]);
drop function word_text(text);
drop function like_text(text);
drop function plain(text);
drop text search configuration search_text;
drop extension fuzzystrmatch;
drop extension unaccent;
drop extension pg_trgm;
drop schema extensions;
delete from settings where name in ('ranked_max', 'few_max', 'sample_max', 'facets_max');
commit;
