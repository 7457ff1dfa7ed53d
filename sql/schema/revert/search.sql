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
drop function plain(text);
drop text search configuration search_text;
revoke usage on schema extensions from bantubuzz_worker, bantubuzz_reader;
drop extension fuzzystrmatch;
drop extension unaccent;
delete from settings where name in ('ranked_max', 'few_max', 'sample_max', 'facets_max');

create index creator_profiles_rating on creator_profiles (rating_count desc, id desc);
create index packages_words on packages
  using gin (title extensions.gin_trgm_ops, description extensions.gin_trgm_ops) where is_active;
create index creator_profiles_words on creator_profiles
  using gin (username extensions.gin_trgm_ops, bio extensions.gin_trgm_ops, location extensions.gin_trgm_ops);

-- As wire has them.
create function creators_find(wanted_category text, place text, followers bigint,
  price_max bigint, words text, platform text, size bigint, start bigint,
  out total bigint, out creator_id bigint, out n bigint, out cheapest bigint)
returns setof record
language plpgsql stable rows 20 set plan_cache_mode = force_custom_plan as $$
begin
  return query
  with hits as not materialized (
    select c.id, c.rating_count
      from creator_profiles c
     where (wanted_category is null or c.categories @> array[wanted_category])
       and (place is null or c.location ilike '%' || like_text(place) || '%')
       and (followers is null or c.follower_count >= followers)
       and (words is null or c.bio ilike '%' || like_text(words) || '%'
            or c.username ilike '%' || like_text(words) || '%')
       and (platform is null or c.social_links ? platform)
       and (price_max is null or exists (
             select from packages p where p.creator_id = c.id and p.is_active
                and p.price_cents <= price_max))
       and exists (select from users u where u.id = c.user_id and u.is_active)
  ), counted as (
    select count(*) as total from (select from hits limit setting('total_max')) h
  ), paged as (
    select h.id, row_number() over (order by h.rating_count desc, h.id desc) as n
      from hits h order by h.rating_count desc, h.id desc limit size offset start
  )
  select t.total, p.id, p.n,
         (select min(k.price_cents) from packages k
           where k.creator_id = p.id and k.is_active)
    from counted t left join paged p on true
   order by p.n;
end
$$;

create function packages_find(wanted_category text, price_min bigint,
  price_max bigint, creator bigint, words text, money text, size bigint,
  start bigint, out total bigint, out package_id bigint, out n bigint)
returns setof record
language plpgsql stable rows 20 set plan_cache_mode = force_custom_plan as $$
begin
  return query
  with hits as not materialized (
    select p.id from packages p
     where p.is_active
       and exists (select from creator_profiles c join users u on u.id = c.user_id
                    where c.id = p.creator_id and u.is_active)
       and (wanted_category is null or p.category = wanted_category)
       and (price_min is null or p.price_cents >= price_min)
       and (price_max is null or p.price_cents <= price_max)
       and (creator is null or p.creator_id = creator)
       and (money is null or p.currency = money)
       and (words is null or p.title ilike '%' || like_text(words) || '%'
            or p.description ilike '%' || like_text(words) || '%')
  ), counted as (
    select count(*) as total from (select from hits limit setting('total_max')) h
  ), paged as (
    select h.id, row_number() over (order by h.id desc) as n
      from hits h order by h.id desc limit size offset start
  )
  select t.total, p.id, p.n from counted t left join paged p on true
   order by p.n;
end
$$;
-- As grants has them.
revoke execute on function
  creators_find(text, text, bigint, bigint, text, text, bigint, bigint),
  packages_find(text, bigint, bigint, bigint, text, text, bigint, bigint) from public;
grant execute on function
  creators_find(text, text, bigint, bigint, text, text, bigint, bigint),
  packages_find(text, bigint, bigint, bigint, text, text, bigint, bigint)
  to bantubuzz_worker;
commit;
