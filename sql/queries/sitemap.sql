-- sitemap: what search engines are told that there is.

-- name: sitemap_files
-- args: ids bigint
-- returns: kind text, number bigint
-- reads
-- A file goes through so many ids; those of which nothing is to be seen are
-- left out.  Of each the first that is seen is looked for, not joined with all.
select 'creators' as kind, n as number
  from generate_series(1, (select coalesce(max(id), 0) from creator_profiles) / $1 + 1) n
 cross join lateral (
   select from creator_profiles c join users u on u.id = c.user_id
    where c.id > (n - 1) * $1 and c.id <= n * $1 and u.is_active
    order by c.id limit 1) seen
union all
select 'packages', n
  from generate_series(1, (select coalesce(max(id), 0) from packages) / $1 + 1) n
 cross join lateral (
   select from packages p
     join creator_profiles c on c.id = p.creator_id
     join users u on u.id = c.user_id
    where p.id > (n - 1) * $1 and p.id <= n * $1 and p.is_active and u.is_active
    order by p.id limit 1) seen
 order by 1, 2;

-- name: sitemap_creators
-- args: ids bigint, number bigint
-- returns: id bigint, changed_on date
-- reads
select c.id, c.updated_at::date as changed_on
  from creator_profiles c
  join users u on u.id = c.user_id
 where c.id > ($2::bigint - 1) * $1::bigint and c.id <= $2 * $1 and u.is_active
 order by c.id;

-- name: sitemap_packages
-- args: ids bigint, number bigint
-- returns: id bigint, changed_on date
-- reads
select p.id, p.updated_at::date as changed_on
  from packages p
  join creator_profiles c on c.id = p.creator_id
  join users u on u.id = c.user_id
 where p.id > ($2::bigint - 1) * $1::bigint and p.id <= $2 * $1 and p.is_active and u.is_active
 order by p.id;
