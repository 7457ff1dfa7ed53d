-- Leaves nothing for the jobs to do.

-- No gateway that a stack talks to ever heard of these payments.
update payments set poll_url = null, next_poll_at = null, claimed_until = null;

-- These letters are history.
update outbox set state = 'sent', letter = null, tries = 1,
  done_at = created_at + interval '3 seconds'
 where state = 'waiting';

update messages set mailed_at = created_at;
update notifications set mailed_at = created_at;

update notifications set is_read = true
 where created_at < now() - interval '2 days';
update alerts set seen_at = created_at + interval '4 hours'
 where created_at < now() - interval '5 days';

-- The owner is told by psql's exit status, not by an empty page.
do $$
begin
  if (select count(*) from creator_profiles) <> 40
     or (select count(*) from packages) <> 120
     or (select count(*) from brand_profiles) <> 12
     or (select count(*) from bookings) <> (select count(*) from demo_story)
        + (select count(*) from demo_applications where wish = 'accepted') then
    raise exception 'the demo wants a freshly migrated database';
  end if;
  if exists (select from booking_states s
              where not exists (select from bookings b where b.state = s.state)) then
    raise exception 'a state of bookings has none';
  end if;
  if exists (select from bookings b where b.timer_at <= now())
     or exists (select from payments p join payment_states s using (state) where s.is_open)
     or exists (select from ledger_postings group by currency having sum(cents) <> 0) then
    raise exception 'the demo left something to do';
  end if;
end
$$;

update settings set value = value - 1000000
 where name in ('book_user_tries', 'prompt_phone_tries');
delete from rate_counts;
