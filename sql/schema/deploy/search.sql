-- Deploy bantubuzz:search to pg
-- requires: grants
-- Creators and packages by words and by filters, in an order of one's choice.
begin;

insert into settings (name, value, unit, about) values
  ('ranked_max', 2000, 'count', 'Hits of words are counted, and ranked, up to'),
  ('few_max', 5000, 'count', 'Hits of words are all read, not along an order, below'),
  ('sample_max', 500, 'count', 'Words that a tenth of so many of the newest have are many hits'),
  ('facets_max', 2000, 'count', 'Facets are counted over so many hits at most');

-- ---- words ----

create schema extensions;
create extension pg_trgm schema extensions;
create extension unaccent schema extensions;
create extension fuzzystrmatch schema extensions;
grant usage on schema extensions to bantubuzz_worker, bantubuzz_reader;

-- Documents and questions are cut into words by word_text first, so whatever
-- the parser takes a word for (a number, a version) is stemmed alike.
create text search configuration search_text (copy = pg_catalog.english);
alter text search configuration search_text
  alter mapping for asciiword, word, numword, int, uint, float, sfloat
  with english_stem;

-- Lower case without accents.  Immutable as long as nobody edits the
-- dictionary's file on the server.
create function plain(words text) returns text
language sql immutable parallel safe strict
return lower(extensions.unaccent('extensions.unaccent', words));

-- Words of a person as a part of a LIKE pattern.
create function like_text(words text) returns text
language sql immutable parallel safe
return (regexp_replace(words, '([\\%_])', '\\\1', 'g'));

-- Words and single blanks; what is longer than any word is none.
create function word_text(words text) returns text
language sql immutable parallel safe strict
return trim(regexp_replace(regexp_replace(plain(words), '[^[:alnum:]]+', ' ', 'g'),
                           '[[:alnum:]]{65,}', '', 'g'));

-- The words of some texts, where null is none.
create function texts_text(variadic texts text[]) returns text
language sql immutable parallel safe
return word_text(array_to_string(texts, ' '));

-- "ChefTariro" is found by each of its parts.
create function name_text(username text) returns text
language sql immutable parallel safe
return texts_text(username, regexp_replace(username, '([a-z])([A-Z0-9])', '\1 \2', 'g'));

create function creator_words(username text, place text, categories text[],
  languages text[], bio text) returns tsvector
language sql immutable parallel safe
return setweight(to_tsvector('search_text', name_text(username)), 'A')
    || setweight(to_tsvector('search_text', texts_text(place, texts_text(variadic categories),
                                                       texts_text(variadic languages))), 'B')
    || setweight(to_tsvector('search_text', texts_text(bio)), 'C');

create function package_words(title text, category text, deliverables text[],
  description text) returns tsvector
language sql immutable parallel safe
return setweight(to_tsvector('search_text', texts_text(title)), 'A')
    || setweight(to_tsvector('search_text', texts_text(category,
                                                       texts_text(variadic deliverables))), 'B')
    || setweight(to_tsvector('search_text', texts_text(description)), 'C');

-- ---- what is looked up ----

-- booked_count, cheapest_cents and fastest_days are kept by triggers below.  A
-- rating counts as five reviews of 3.5 more, so that one of 5 does not beat a
-- hundred of 4.9.
alter table creator_profiles
  add column words tsvector not null
    generated always as (creator_words(username, location, categories, languages, bio)) stored,
  add column place text generated always as (plain(location)) stored,
  add column rating_score bigint not null
    generated always as ((rating_sum * 1000 + 17500) / (rating_count + 5)) stored,
  add column booked_count bigint not null default 0,
  add column cheapest_cents bigint,
  add column fastest_days int;
alter table packages
  add column words tsvector not null
    generated always as (package_words(title, category, deliverables, description)) stored,
  add column booked_count bigint not null default 0;

update packages p set booked_count = b.n
  from (select package_id, count(*) as n from bookings
         where payment_status = 'paid' group by package_id) b
 where p.id = b.package_id;
update creator_profiles c set booked_count = b.n
  from (select creator_id, count(*) as n from bookings
         where payment_status = 'paid' group by creator_id) b
 where c.id = b.creator_id;
update creator_profiles c set cheapest_cents = k.cents, fastest_days = k.days
  from (select creator_id, min(price_cents) as cents, min(duration_days) as days
          from packages where is_active group by creator_id) k
 where c.id = k.creator_id;

-- Counting is no change of what somebody wrote.
drop trigger creator_profiles_touch on creator_profiles;
create trigger creator_profiles_touch before update on creator_profiles
  for each row when ((new.booked_count, new.cheapest_cents, new.fastest_days)
    is not distinct from (old.booked_count, old.cheapest_cents, old.fastest_days))
  execute function touch_updated_at();
drop trigger packages_touch on packages;
create trigger packages_touch before update on packages
  for each row when ((new.booked_count, new.rating_count)
    = (old.booked_count, old.rating_count))
  execute function touch_updated_at();

-- The creator's row is locked first: of two packages changed at once, the
-- second sees the first.
create function keep_creator_figures() returns trigger
language plpgsql as $$
begin
  perform from creator_profiles c where c.id = new.creator_id for no key update;
  update creator_profiles c set cheapest_cents = k.cents, fastest_days = k.days
    from (select min(p.price_cents) as cents, min(p.duration_days) as days
            from packages p where p.creator_id = new.creator_id and p.is_active) k
   where c.id = new.creator_id
     and (c.cheapest_cents, c.fastest_days) is distinct from (k.cents, k.days);
  return null;
end
$$;
create trigger packages_figures
  after insert or update of price_cents, duration_days, is_active on packages
  for each row execute function keep_creator_figures();

create function count_booking() returns trigger
language plpgsql as $$
begin
  update packages p set booked_count = p.booked_count + 1 where p.id = new.package_id;
  update creator_profiles c set booked_count = c.booked_count + 1 where c.id = new.creator_id;
  return null;
end
$$;
create trigger bookings_count after update of payment_status on bookings
  for each row when (new.payment_status = 'paid' and old.payment_status <> 'paid')
  execute function count_booking();

-- ---- words as they are written, for who mistypes them ----

create table search_terms (
  word text collate "C" primary key
);
create index search_terms_near on search_terms using gin (word extensions.gin_trgm_ops)
  with (fastupdate = off);

create function note_terms(texts text) returns void
language plpgsql as $$
begin
  -- In order, or two that write the same words would wait for each other.
  insert into search_terms (word)
  select distinct w.word from regexp_split_to_table(texts, ' ') w (word)
   where w.word ~ '^[[:alpha:]]{4,30}$' order by w.word
  on conflict do nothing;
end
$$;
create function keep_creator_terms() returns trigger
language plpgsql as $$
begin
  perform note_terms(texts_text(name_text(new.username), new.location,
    texts_text(variadic new.categories), texts_text(variadic new.languages)));
  return null;
end
$$;
create trigger creator_profiles_terms
  after insert or update of username, location, categories, languages on creator_profiles
  for each row execute function keep_creator_terms();
create function keep_package_terms() returns trigger
language plpgsql as $$
begin
  perform note_terms(texts_text(new.title, new.category));
  return null;
end
$$;
create trigger packages_terms after insert or update of title, category on packages
  for each row execute function keep_package_terms();

select note_terms(texts_text(name_text(username), location, texts_text(variadic categories),
                             texts_text(variadic languages))) from creator_profiles;
select note_terms(texts_text(title, category)) from packages;

-- The stems of known words near one that nobody has written: two letters
-- apart, one where it is short.  How many letter triples must be alike for a
-- word to be looked at is a setting of the workers' role.
create function near_stems(token text) returns setof text
language plpgsql stable rows 3 as $$
declare
  apart int := case when length(token) < 6 then 1 else 2 end;
begin
  if token !~ '^[[:alpha:]]{4,}$' or starts_with(
       (select w.word from search_terms w where w.word >= token order by w.word limit 1),
       token) then
    return;
  end if;
  return query
  select (ts_lexize('english_stem', near.word))[1]
    from search_terms near
   where near.word operator(extensions.%) token
     and extensions.levenshtein_less_equal(near.word, token, apart) <= apart
   order by extensions.levenshtein(near.word, token), near.word
   limit 3;
end
$$;

-- All the words, the last one perhaps unfinished, each as it is or as it was
-- meant.  Built by hand, for to_tsquery tells the log of every stop word.
create function search_query(words text) returns tsquery
language plpgsql stable strict as $$
declare
  tokens text[] := regexp_split_to_array(word_text(words), ' ');
  stem text;
  asked text;
begin
  for i in 1 .. least(cardinality(tokens), 10) loop
    stem := (ts_lexize('english_stem', tokens[i]))[1];
    continue when stem is null or stem = '';
    asked := concat_ws(' & ', asked, format('(%s)', concat_ws(' | ',
      stem || case when i = cardinality(tokens) then ':*' else '' end,
      (select string_agg(n, ' | ') from near_stems(tokens[i]) n))));
  end loop;
  return coalesce(asked, '')::tsquery;
end
$$;

-- ---- indexes, an order each ----

create index creator_profiles_search on creator_profiles using gin (words);
create index creator_profiles_place on creator_profiles using gin (place extensions.gin_trgm_ops);
create index creator_profiles_languages on creator_profiles using gin (languages);
create index creator_profiles_followers on creator_profiles (follower_count);
create index creator_profiles_reviews on creator_profiles ((rating_count::bigint) desc, id desc);
create index creator_profiles_score on creator_profiles (rating_score desc, id desc);
create index creator_profiles_popular on creator_profiles (booked_count desc, id desc);
create index creator_profiles_offers on creator_profiles (fastest_days, cheapest_cents, id);
-- Who has no package comes last in either order of price.
create index creator_profiles_cheap on creator_profiles
  ((-coalesce(cheapest_cents, 1000000000000)) desc, id desc);
create index creator_profiles_dear on creator_profiles
  ((coalesce(cheapest_cents, -1)) desc, id desc);
create index packages_search on packages using gin (words) where is_active;
create index packages_popular on packages (booked_count desc, id desc) where is_active;
create index packages_cheap on packages ((-price_cents) desc, id desc) where is_active;
create index packages_dear on packages (price_cents desc, id desc) where is_active;
-- All that is asked of a package itself: its row is wide, and need not be read.
create index packages_filters on packages
  (duration_days, price_cents, currency, category, creator_id, id) where is_active;
create index users_suspended on users (id) where not is_active;

-- ---- the filters, once ----

-- What passes, with its key in an order: a greater key, then a greater id,
-- comes first.  Both are inlined into functions that are planned at each call,
-- where an absent filter and the orders not asked for are gone before the plan
-- is made; so one statement has as many plans as there are orders and filters.
create function hidden_creators() returns bigint[]
language sql stable
return array(select c.id from users u join creator_profiles c on c.user_id = u.id
              where not u.is_active);

-- How many rows an order is walked for is guessed badly where words are asked
-- for.  Few hits are all read and sorted, which an order that no index has sees
-- to; many are met soon along the index, if the planner does not take them for
-- few: coalesce hides the words from it.  Counting thousands takes longer than to
-- look at some of the newest, which tells the many.
create function few_creators(asked tsquery) returns boolean
language plpgsql stable set plan_cache_mode = force_custom_plan as $$
declare
  most bigint := setting('few_max');
  sample bigint := setting('sample_max');
begin
  return asked is not null
     and sample > 10 * (
       select count(*) from (
         select c.words from creator_profiles c order by c.id desc limit sample) s
        where s.words @@ asked)
     and most > (
       select count(*) from (
         select from creator_profiles c where c.words @@ asked limit most) h);
end
$$;
create function few_packages(asked tsquery) returns boolean
language plpgsql stable set plan_cache_mode = force_custom_plan as $$
declare
  most bigint := setting('few_max');
  sample bigint := setting('sample_max');
begin
  return asked is not null
     and sample > 10 * (
       select count(*) from (
         select p.words from packages p where p.is_active order by p.id desc limit sample) s
        where s.words @@ asked)
     and most > (
       select count(*) from (
         select from packages p where p.is_active and p.words @@ asked limit most) h);
end
$$;

create function creator_hits(wanted_category text, platform text, wanted_place text,
  wanted_language text, followers_min bigint, followers_max bigint, price_min bigint,
  price_max bigint, rating_min bigint, days_max bigint, asked tsquery, hidden bigint[],
  few boolean, sort text)
returns table (id bigint, key bigint, words tsvector, categories text[],
  social_links jsonb, location text, cheapest_cents bigint)
language sql stable as $$
  select c.id,
         case when few then 0 + k.key else k.key end,
         c.words, c.categories, c.social_links, c.location, c.cheapest_cents
    from creator_profiles c
    cross join lateral (
      select case sort when 'price' then -coalesce(c.cheapest_cents, 1000000000000)
                       when '-price' then coalesce(c.cheapest_cents, -1)
                       when 'rating' then c.rating_score
                       when 'newest' then c.id
                       when 'popular' then c.booked_count
                       else c.rating_count::bigint end as key) k
   where (wanted_category is null or c.categories @> array[wanted_category])
     and (platform is null or c.social_links ? platform)
     and (wanted_place is null or c.place like '%' || like_text(plain(wanted_place)) || '%')
     and (wanted_language is null
          or c.languages && array[wanted_language, initcap(wanted_language)])
     and (followers_min is null or c.follower_count >= followers_min)
     and (followers_max is null or c.follower_count <= followers_max)
     and (rating_min is null
          or (c.rating_count > 0 and c.rating_sum * 100 >= rating_min * c.rating_count))
     and (price_max is null or c.cheapest_cents <= price_max)
     and (days_max is null or c.fastest_days <= days_max)
     -- both of one package; alone, the two lines above have said it
     and ((price_min is null and (price_max is null or days_max is null))
          or exists (select from packages p where p.creator_id = c.id and p.is_active
                        and (price_min is null or p.price_cents >= price_min)
                        and (price_max is null or p.price_cents <= price_max)
                        and (days_max is null or p.duration_days <= days_max)))
     and (asked is null or case when few then c.words @@ asked
                           else coalesce(c.words @@ asked, false) end)
     and c.id <> all (hidden)
$$;

create function package_hits(wanted_category text, platform text, wanted_place text,
  wanted_language text, followers_min bigint, followers_max bigint, price_min bigint,
  price_max bigint, rating_min bigint, days_max bigint, creator bigint, money text,
  asked tsquery, hidden bigint[], few boolean, sort text)
returns table (id bigint, key bigint, words tsvector, category text, social_links jsonb,
  location text, price_cents bigint, currency text)
language sql stable as $$
  select p.id,
         case when few then 0 + k.key else k.key end,
         p.words, p.category, c.social_links, c.location, p.price_cents, p.currency
    from packages p
    -- left, so that it goes where nothing asks for it
    left join creator_profiles c on c.id = p.creator_id
    cross join lateral (
      select case sort when 'price' then -p.price_cents
                       when '-price' then p.price_cents
                       when 'rating' then c.rating_score
                       when 'popular' then p.booked_count
                       else p.id end as key) k
   where p.is_active
     and (wanted_category is null or p.category = wanted_category)
     and (platform is null or c.social_links ? platform)
     and (wanted_place is null or c.place like '%' || like_text(plain(wanted_place)) || '%')
     and (wanted_language is null
          or c.languages && array[wanted_language, initcap(wanted_language)])
     and (followers_min is null or c.follower_count >= followers_min)
     and (followers_max is null or c.follower_count <= followers_max)
     and (rating_min is null
          or (c.rating_count > 0 and c.rating_sum * 100 >= rating_min * c.rating_count))
     and (price_min is null or p.price_cents >= price_min)
     and (price_max is null or p.price_cents <= price_max)
     and (days_max is null or p.duration_days <= days_max)
     and (creator is null or p.creator_id = creator)
     and (money is null or p.currency = money)
     and (sort <> 'rating' or c.id is not null)
     and (asked is null or case when few then p.words @@ asked
                           else coalesce(p.words @@ asked, false) end)
     and p.creator_id <> all (hidden)
$$;

-- ---- pages ----

-- By page or, where after_id is given, from behind that row and without a
-- total.  next_key and next_id are the last row's, null where none follows.  No
-- hit on the page still gives the total.  Compiling such a plan takes longer
-- than running it.
create function creators_find(wanted_category text, platform text, wanted_place text,
  wanted_language text, followers_min bigint, followers_max bigint, price_min bigint,
  price_max bigint, rating_min bigint, days_max bigint, words text, sort text,
  after_key bigint, after_id bigint, size bigint, start bigint, out total bigint,
  out next_key bigint, out next_id bigint, out creator_id bigint, out n bigint)
returns setof record
language plpgsql stable rows 20 set plan_cache_mode = force_custom_plan set jit = off as $$
declare
  asked tsquery := search_query(words);
  hidden bigint[] := hidden_creators();
  few boolean := few_creators(asked);
  most bigint := setting(case when words is null then 'total_max' else 'ranked_max' end);
begin
  if sort = 'relevance' then
    -- Of too many hits, those with the most reviews are ranked.
    return query
    with ranked as materialized (
      select f.id, (ts_rank(f.words, asked) * 1000000)::bigint as key
        from (select h.id, h.words
                from creator_hits(wanted_category, platform, wanted_place, wanted_language,
                       followers_min, followers_max, price_min, price_max, rating_min,
                       days_max, asked, hidden, few, sort) h
               order by h.key desc, h.id desc limit most) f
    ), paged as (
      select r.id, r.key, row_number() over (order by r.key desc, r.id desc) - start as n
        from ranked r
       where after_id is null or (r.key, r.id) < (after_key, after_id)
       order by r.key desc, r.id desc limit size + 1 offset start
    )
    select case when after_id is null then (select count(*) from ranked) end,
           l.key, l.id, p.id, p.n
      from (values (1)) one (row)
      left join paged l on l.n = size and exists (select from paged m where m.n > size)
      left join paged p on p.n <= size
     order by p.n;
    return;
  end if;
  return query
  with paged as (
    select h.id, h.key, row_number() over (order by h.key desc, h.id desc) - start as n
      from creator_hits(wanted_category, platform, wanted_place, wanted_language,
             followers_min, followers_max, price_min, price_max, rating_min, days_max,
             asked, hidden, few, sort) h
     where after_id is null or (h.key, h.id) < (after_key, after_id)
     order by h.key desc, h.id desc limit size + 1 offset start
  )
  select case when after_id is null then (
           select count(*) from (
             select from creator_hits(wanted_category, platform, wanted_place,
                    wanted_language, followers_min, followers_max, price_min, price_max,
                    rating_min, days_max, asked, hidden, few, sort) limit most) h) end,
         l.key, l.id, p.id, p.n
    from (values (1)) one (row)
    left join paged l on l.n = size and exists (select from paged m where m.n > size)
    left join paged p on p.n <= size
   order by p.n;
end
$$;

create function packages_find(wanted_category text, platform text, wanted_place text,
  wanted_language text, followers_min bigint, followers_max bigint, price_min bigint,
  price_max bigint, rating_min bigint, days_max bigint, creator bigint, money text,
  words text, sort text, after_key bigint, after_id bigint, size bigint, start bigint,
  out total bigint, out next_key bigint, out next_id bigint, out package_id bigint,
  out n bigint)
returns setof record
language plpgsql stable rows 20 set plan_cache_mode = force_custom_plan set jit = off as $$
declare
  asked tsquery := search_query(words);
  hidden bigint[] := hidden_creators();
  few boolean := few_packages(asked);
  most bigint := setting(case when words is null then 'total_max' else 'ranked_max' end);
begin
  if sort = 'relevance' then
    -- Of too many hits, the newest are ranked.
    return query
    with ranked as materialized (
      select f.id, (ts_rank(f.words, asked) * 1000000)::bigint as key
        from (select h.id, h.words
                from package_hits(wanted_category, platform, wanted_place, wanted_language,
                       followers_min, followers_max, price_min, price_max, rating_min,
                       days_max, creator, money, asked, hidden, few, sort) h
               order by h.key desc, h.id desc limit most) f
    ), paged as (
      select r.id, r.key, row_number() over (order by r.key desc, r.id desc) - start as n
        from ranked r
       where after_id is null or (r.key, r.id) < (after_key, after_id)
       order by r.key desc, r.id desc limit size + 1 offset start
    )
    select case when after_id is null then (select count(*) from ranked) end,
           l.key, l.id, p.id, p.n
      from (values (1)) one (row)
      left join paged l on l.n = size and exists (select from paged m where m.n > size)
      left join paged p on p.n <= size
     order by p.n;
    return;
  end if;
  return query
  with paged as (
    select h.id, h.key, row_number() over (order by h.key desc, h.id desc) - start as n
      from package_hits(wanted_category, platform, wanted_place, wanted_language,
             followers_min, followers_max, price_min, price_max, rating_min, days_max,
             creator, money, asked, hidden, few, sort) h
     where after_id is null or (h.key, h.id) < (after_key, after_id)
     order by h.key desc, h.id desc limit size + 1 offset start
  )
  select case when after_id is null then (
           select count(*) from (
             select from package_hits(wanted_category, platform, wanted_place,
                    wanted_language, followers_min, followers_max, price_min, price_max,
                    rating_min, days_max, creator, money, asked, hidden, few, 'newest')
              limit most) h) end,
         l.key, l.id, p.id, p.n
    from (values (1)) one (row)
    left join paged l on l.n = size and exists (select from paged m where m.n > size)
    left join paged p on p.n <= size
   order by p.n;
end
$$;

-- ---- facets ----

-- [{"value": "Harare", "count": 12}, …], the most first.
create function facet(texts text[]) returns json
language sql immutable
return (
  select coalesce(json_agg(json_build_object('value', f.value, 'count', f.n)
                           order by f.n desc, f.value), '[]')
    from (select t as value, count(*) as n from unnest(texts) t
           where t is not null group by t order by n desc, t limit 30) f);

-- [{"from": 0.00, "to": 25.00, "count": 3}, …]; the last one has no end.
create function price_bands(prices bigint[]) returns json
language sql immutable
return (
  with ends (cents) as (
    select array[0, 2500, 5000, 10000, 25000, 50000, 100000]::bigint[]
  ), counts as (
    select width_bucket(p, e.cents) as band, count(*) as n
      from ends e, unnest(prices) p where p is not null group by 1
  )
  select json_agg(json_build_object('from', round(e.cents[b] / 100.0, 2),
           'to', round(e.cents[b + 1] / 100.0, 2), 'count', coalesce(k.n, 0)) order by b)
    from ends e
    cross join generate_subscripts(e.cents, 1) b
    left join counts k on k.band = b);

create function creators_facets(wanted_category text, platform text, wanted_place text,
  wanted_language text, followers_min bigint, followers_max bigint, price_min bigint,
  price_max bigint, rating_min bigint, days_max bigint, words text, out total bigint,
  out complete boolean, out categories json, out platforms json, out places json,
  out prices json)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
  asked tsquery := search_query(words);
  hidden bigint[] := hidden_creators();
  few boolean := few_creators(asked);
  most bigint := setting('facets_max');
begin
  with hits as materialized (
    select h.categories, h.social_links, h.location, h.cheapest_cents
      from creator_hits(wanted_category, platform, wanted_place, wanted_language,
             followers_min, followers_max, price_min, price_max, rating_min, days_max,
             asked, hidden, few, 'reviews') h
     order by h.key desc, h.id desc limit most
  )
  select (select count(*) from hits),
         facet(array(select x from hits h, unnest(h.categories) x)),
         facet(array(select x from hits h, jsonb_object_keys(h.social_links) x)),
         facet(array(select h.location from hits h)),
         price_bands(array(select h.cheapest_cents from hits h))
    into total, categories, platforms, places, prices;
  complete := total < most;
end
$$;

create function packages_facets(wanted_category text, platform text, wanted_place text,
  wanted_language text, followers_min bigint, followers_max bigint, price_min bigint,
  price_max bigint, rating_min bigint, days_max bigint, creator bigint, money text,
  words text, out total bigint, out complete boolean, out categories json,
  out platforms json, out places json, out prices json)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
  asked tsquery := search_query(words);
  hidden bigint[] := hidden_creators();
  few boolean := few_packages(asked);
  most bigint := setting('facets_max');
begin
  with hits as materialized (
    select h.category, h.social_links, h.location, h.price_cents, h.currency
      from package_hits(wanted_category, platform, wanted_place, wanted_language,
             followers_min, followers_max, price_min, price_max, rating_min, days_max,
             creator, money, asked, hidden, few, 'newest') h
     order by h.key desc, h.id desc limit most
  )
  select (select count(*) from hits),
         facet(array(select h.category from hits h)),
         facet(array(select x from hits h, jsonb_object_keys(h.social_links) x)),
         facet(array(select h.location from hits h)),
         -- of one currency, or the bands mean nothing
         price_bands(array(select h.price_cents from hits h
                            where h.currency = coalesce(money, 'USD')))
    into total, categories, platforms, places, prices;
  complete := total < most;
end
$$;

-- ---- who may ----

revoke execute on function plain(text), like_text(text), word_text(text), texts_text(text[]),
  name_text(text), creator_words(text, text, text[], text[], text),
  package_words(text, text, text[], text), note_terms(text), near_stems(text),
  search_query(text), hidden_creators(), few_creators(tsquery), few_packages(tsquery), facet(text[]), price_bands(bigint[]),
  keep_creator_figures(), count_booking(), keep_creator_terms(), keep_package_terms(),
  creator_hits(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, tsquery,
    bigint[], boolean, text),
  package_hits(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint,
    text, tsquery, bigint[], boolean, text),
  creators_find(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, text, text,
    bigint, bigint, bigint, bigint),
  packages_find(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, text,
    text, text, bigint, bigint, bigint, bigint),
  creators_facets(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, text),
  packages_facets(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, text,
    text)
  from public;
grant execute on function plain(text), like_text(text), word_text(text), texts_text(text[]),
  name_text(text), creator_words(text, text, text[], text[], text),
  package_words(text, text, text[], text), note_terms(text), near_stems(text),
  search_query(text), hidden_creators(), few_creators(tsquery), few_packages(tsquery), facet(text[]), price_bands(bigint[]),
  creator_hits(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, tsquery,
    bigint[], boolean, text),
  package_hits(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint,
    text, tsquery, bigint[], boolean, text),
  creators_find(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, text, text,
    bigint, bigint, bigint, bigint),
  packages_find(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, text,
    text, text, bigint, bigint, bigint, bigint),
  creators_facets(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, text),
  packages_facets(text, text, text, text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, text,
    text)
  to bantubuzz_worker;
grant select, insert on search_terms to bantubuzz_worker;
grant select on search_terms to bantubuzz_reader;

commit;
