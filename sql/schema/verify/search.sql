-- Verify bantubuzz:search on pg
begin;
select 1 / (plain('Café') = 'cafe')::int;
select 1 / (like_text('50%_') = '50\%\_')::int;
select total, creator_id from creators_find(null, null, null, null, null, null, null, null,
  null, null, 'cooking', 'relevance', null, null, 1, 0);
select total, package_id from packages_find(null, null, null, null, null, null, null, null,
  null, null, null, null, null, 'price', 1, 1, 1, 0);
select total, places from creators_facets(null, null, null, null, null, null, null, null,
  null, null, null);
rollback;
