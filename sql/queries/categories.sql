-- categories: what things are filed under.

-- name: category_list
-- args:
-- returns: creator json, package json, campaign json
-- reads
-- By the alphabet; what fits nowhere else comes last.
with named as (
  select c.kind, jsonb_agg(c.name order by c.name = 'Other', c.name) as names
    from categories c group by c.kind
)
select (select n.names from named n where n.kind = 'creator') as creator,
       (select n.names from named n where n.kind = 'package') as package,
       (select n.names from named n where n.kind = 'campaign') as campaign;
