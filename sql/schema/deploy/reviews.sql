-- Deploy bantubuzz:reviews to pg
-- requires: social
-- What the two sides of a booking say of each other: hidden until both have
-- spoken, or seven days after the first.
begin;

insert into settings (name, value, unit, about) values
  ('review_s', 1209600, 's', 'Work may be reviewed for, after it was completed'),
  ('review_hidden_s', 604800, 's', 'A review waits for the other side''s at most');

insert into notices (name, type, title, message) values
('review_waiting', 'review', '{writer} reviewed you',
 'It shows once you have reviewed them too, or after {days} days.'),
('review_shown', 'review', 'A review by {writer} is out',
 '{writer} gave {rating} of 5 for {package}.'),
('review_answered', 'review', '{writer} answered your review', '{text}');

create table reviews (
  id bigint generated always as identity primary key,
  booking_id bigint not null references bookings,
  side text not null check (side in ('brand', 'creator')), -- who wrote it
  brand_id bigint not null references brand_profiles,
  creator_id bigint not null references creator_profiles,
  rating int not null check (rating between 1 and 5),
  title text check (length(title) <= 200),
  comment text not null check (length(comment) between 1 and 5000),
  communication_rating int check (communication_rating between 1 and 5),
  quality_rating int check (quality_rating between 1 and 5),
  professionalism_rating int check (professionalism_rating between 1 and 5),
  timeliness_rating int check (timeliness_rating between 1 and 5),
  would_recommend boolean not null default true,
  response text check (length(response) between 1 and 5000),
  response_at timestamptz,
  visible_at timestamptz, -- null: the other side's is waited for
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint reviews_booking_side_key unique (booking_id, side),
  constraint reviews_answered_check check ((response is null) = (response_at is null))
);
create index reviews_of_creator on reviews (creator_id, id desc)
  where side = 'brand' and visible_at is not null;
create index reviews_of_brand on reviews (brand_id, id desc)
  where side = 'creator' and visible_at is not null;
create index reviews_by_brand on reviews (brand_id, id desc) where side = 'brand';
create index reviews_hidden on reviews (created_at) where visible_at is null;
create trigger reviews_touch before update on reviews
  for each row execute function touch_updated_at();

-- Ratings are summed when they are shown, never at read time.
alter table brand_profiles
  add column rating_sum bigint not null default 0,
  add column rating_count int not null default 0,
  add constraint brand_profiles_rating_check
    check (rating_sum between rating_count and rating_count * 5);

-- The four parts of a rating; side is who rated.
create table rating_sums (
  side text not null check (side in ('brand', 'creator')),
  profile_id bigint not null, -- of the one who was rated
  part text not null check (part in
    ('communication', 'quality', 'professionalism', 'timeliness')),
  sum bigint not null,
  count int not null,
  primary key (side, profile_id, part),
  constraint rating_sums_check check (sum between count and count * 5)
);

-- Shows what is hidden of these bookings, and rates whom it is about, in one
-- statement; then tells them.
create function review_show(of_bookings bigint[]) returns void
language plpgsql as $$
declare
  ids bigint[];
begin
  -- Before its creator, as who changes a package locks the two; and in order.
  perform from packages p
    where p.id in (select b.package_id from bookings b where b.id = any (of_bookings))
    order by p.id for no key update;
  with shown as (
    update reviews r set visible_at = now()
     where r.booking_id = any (of_bookings) and r.visible_at is null
    returning r.*
  ), creators as (
    update creator_profiles c
       set rating_sum = c.rating_sum + s.sum, rating_count = c.rating_count + s.count
      from (select x.creator_id, sum(x.rating) as sum, count(*) as count
              from shown x where x.side = 'brand' group by x.creator_id) s
     where c.id = s.creator_id
  ), wares as (
    update packages p
       set rating_sum = p.rating_sum + s.sum, rating_count = p.rating_count + s.count
      from (select b.package_id, sum(x.rating) as sum, count(*) as count
              from shown x join bookings b on b.id = x.booking_id
             where x.side = 'brand' group by b.package_id) s
     where p.id = s.package_id
  ), brands as (
    update brand_profiles b
       set rating_sum = b.rating_sum + s.sum, rating_count = b.rating_count + s.count
      from (select x.brand_id, sum(x.rating) as sum, count(*) as count
              from shown x where x.side = 'creator' group by x.brand_id) s
     where b.id = s.brand_id
  ), parts as (
    insert into rating_sums as t (side, profile_id, part, sum, count)
    select x.side, p.profile_id, p.part, sum(p.rating), count(*)
      from shown x, lateral (
        select case x.side when 'brand' then x.creator_id else x.brand_id end,
               v.part, v.rating
          from (values ('communication', x.communication_rating),
                       ('quality', x.quality_rating),
                       ('professionalism', x.professionalism_rating),
                       ('timeliness', x.timeliness_rating)) v (part, rating)
      ) p (profile_id, part, rating)
     where p.rating is not null
     group by x.side, p.profile_id, p.part
     order by x.side, p.profile_id, p.part
    on conflict (side, profile_id, part) do update
      set sum = t.sum + excluded.sum, count = t.count + excluded.count
  )
  select array_agg(x.id) into ids from shown x;

  perform tell(case r.side when 'brand' then c.user_id else b.user_id end,
      'review_shown',
      booking_params(r.booking_id, null) || jsonb_build_object('rating', r.rating,
        'writer', display_name(case r.side when 'brand' then b.user_id else c.user_id end)),
      '/reviews/' || r.id)
    from reviews r
    join creator_profiles c on c.id = r.creator_id
    join brand_profiles b on b.id = r.brand_id
   where r.id = any (ids);
end
$$;

/*
 * One side's review of completed work.  Null: not one of the two sides.
 * The booking is locked, so that of two at once the second sees the first.
 */
create function review_create(caller bigint, booking bigint, stars bigint,
  heading text, said text, communication bigint, quality bigint,
  professionalism bigint, timeliness bigint, recommends boolean) returns bigint
language plpgsql as $$
declare
  my_side text := booking_side(caller, booking);
  b bookings;
  made bigint;
  other_user bigint;
begin
  if my_side is null then
    return null;
  end if;
  select * into strict b from bookings where id = booking for no key update;
  if b.state <> 'completed' then
    perform refuse(409, 'not_completed', 'Only completed work can be reviewed');
  end if;
  if now() > b.completion_date + setting_span('review_s') then
    perform refuse(409, 'review_too_late', format(
      'Work can be reviewed for %s days after it was completed',
      setting('review_s') / 86400));
  end if;
  insert into reviews (booking_id, side, brand_id, creator_id, rating, title, comment,
    communication_rating, quality_rating, professionalism_rating, timeliness_rating,
    would_recommend)
  values (booking, my_side, b.brand_id, b.creator_id, stars, heading, said,
    communication, quality, professionalism, timeliness, coalesce(recommends, true))
  returning id into made;
  if exists (select from reviews r where r.booking_id = booking and r.side <> my_side) then
    perform review_show(array[booking]);
    return made;
  end if;
  other_user := case my_side
    when 'brand' then (select c.user_id from creator_profiles c where c.id = b.creator_id)
    else (select p.user_id from brand_profiles p where p.id = b.brand_id) end;
  perform tell(other_user, 'review_waiting',
    jsonb_build_object('writer', display_name(caller),
      'days', setting('review_hidden_s') / 86400),
    '/bookings/' || booking);
  return made;
end
$$;

-- The creator's answer to what a brand said.  Null: no such review of one.
create function review_respond(caller bigint, review bigint, said text) returns bigint
language plpgsql as $$
declare
  r reviews;
begin
  select x.* into r from reviews x
    join creator_profiles c on c.id = x.creator_id
   where x.id = review and c.user_id = caller and x.side = 'brand'
     and x.visible_at is not null
     for no key update of x;
  if not found then
    return null;
  end if;
  update reviews set response = said, response_at = now() where id = review;
  if r.response is null then -- mending it later is told nobody
    perform tell((select b.user_id from brand_profiles b where b.id = r.brand_id),
      'review_answered',
      jsonb_build_object('writer', display_name(caller), 'text', left(said, 140)),
      '/reviews/' || review);
  end if;
  return review;
end
$$;

-- A chore: shows a slice of the reviews that waited long enough.  The booking
-- is locked first, as by who reviews, and left to him for now.
create function reviews_reveal() returns void
language plpgsql as $$
begin
  perform review_show(array(
    select b.id from bookings b
     where b.id in (
             select r.booking_id from reviews r
              where r.visible_at is null
                and r.created_at <= now() - setting_span('review_hidden_s')
              order by r.created_at limit 500)
       for no key update skip locked));
end
$$;

create view review_wire as
select
  r.id, r.brand_id, r.creator_id, r.booking_id as collaboration_id, r.side, r.rating,
  r.title, r.comment, r.communication_rating, r.quality_rating,
  r.professionalism_rating, r.timeliness_rating, r.would_recommend,
  r.response as creator_response, r.response_at as creator_response_date, r.visible_at,
  r.created_at, r.updated_at, b.id as "brand.id",
  b.user_id as "brand.user_id", b.company_name as "brand.company_name",
  b.logo as "brand.logo", b.website as "brand.website",
  b.description as "brand.description", b.industry as "brand.industry",
  b.location as "brand.location", b.company_size as "brand.company_size",
  b.social_links as "brand.social_links", b.verified_status as "brand.verified_status",
  b.created_at as "brand.created_at", b.updated_at as "brand.updated_at",
  b."user.id" as "brand.user.id", b."user.user_type" as "brand.user.user_type",
  b."user.is_verified" as "brand.user.is_verified",
  b."user.created_at" as "brand.user.created_at", c.id as "creator.id",
  c.user_id as "creator.user_id", c.username as "creator.username",
  c.bio as "creator.bio", c.profile_picture as "creator.profile_picture",
  c.portfolio_url as "creator.portfolio_url", c.location as "creator.location",
  c.categories as "creator.categories", c.languages as "creator.languages",
  c.social_links as "creator.social_links",
  c.follower_count as "creator.follower_count",
  c.engagement_rate as "creator.engagement_rate",
  c.availability_status as "creator.availability_status",
  c.success_stories as "creator.success_stories",
  c.free_revisions as "creator.free_revisions",
  c.revision_fee as "creator.revision_fee", c.gallery as "creator.gallery",
  c.created_at as "creator.created_at", c.updated_at as "creator.updated_at",
  c."user.id" as "creator.user.id", c."user.user_type" as "creator.user.user_type",
  c."user.is_verified" as "creator.user.is_verified",
  c."user.created_at" as "creator.user.created_at", k.id as "collaboration.id",
  coalesce(p.title, g.title) as "collaboration.title",
  case when k.campaign_id is null then 'package' else 'campaign' end
    as "collaboration.collaboration_type"
  from reviews r
  join brand_wire b on b.id = r.brand_id
  join creator_wire c on c.id = r.creator_id
  join bookings k on k.id = r.booking_id
  left join packages p on p.id = k.package_id
  left join campaigns g on g.id = k.campaign_id;

create function review_now(wanted bigint) returns setof review_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from review_wire w where w.id = wanted;
end
$$;

-- {"overall": 4.50, "communication": …}, null where nobody said; by_side is
-- who rated.
create function average_ratings(by_side text, rated bigint, sum bigint, count int)
returns json
language sql stable
return (
  select json_build_object('overall', round(average_ratings.sum::numeric / nullif(average_ratings.count, 0), 2),
           'communication', max(a.average) filter (where a.part = 'communication'),
           'quality', max(a.average) filter (where a.part = 'quality'),
           'professionalism', max(a.average) filter (where a.part = 'professionalism'),
           'timeliness', max(a.average) filter (where a.part = 'timeliness'))
    from (select s.part, round(s.sum::numeric / s.count, 2) as average
            from rating_sums s where s.side = by_side and s.profile_id = rated) a);

insert into chores (name, every) values ('reviews_reveal', '1 minute');

revoke execute on function review_show(bigint[]),
  review_create(bigint, bigint, bigint, text, text, bigint, bigint, bigint, bigint, boolean),
  review_respond(bigint, bigint, text), reviews_reveal(), review_now(bigint),
  average_ratings(text, bigint, bigint, int) from public;
grant execute on function review_show(bigint[]),
  review_create(bigint, bigint, bigint, text, text, bigint, bigint, bigint, bigint, boolean),
  review_respond(bigint, bigint, text), reviews_reveal(), review_now(bigint),
  average_ratings(text, bigint, bigint, int) to bantubuzz_worker;
grant select on reviews, rating_sums, review_wire to bantubuzz_worker;
grant insert, update on reviews, rating_sums to bantubuzz_worker;
grant select on rating_sums, reviews to bantubuzz_reader;

commit;
