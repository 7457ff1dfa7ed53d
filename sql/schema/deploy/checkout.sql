-- Deploy bantubuzz:checkout to pg
-- requires: relay
-- What the gateway is asked for, and what the payer is answered.
begin;

create function payment_order(payment bigint, out reference text,
  out merchant_trace text, out return_token text, out amount_cents bigint,
  out currency text, out method text, out phone text, out email text, out title text)
returns setof record
language plpgsql volatile rows 1 as $$
begin
  return query
  select p.reference, p.merchant_trace, p.return_token::text, p.amount_cents,
         p.currency, p.method, p.phone, u.email::text, b.title
    from payments p
    join bookings b on b.id = p.booking_id
    join brand_profiles r on r.id = b.brand_id
    join users u on u.id = r.user_id
   where p.id = payment;
end
$$;

-- The booking, behind its newest payment and why it cannot be paid there; once
-- it is paid, behind the payment that did it, if not the balance.
create view booking_answer_wire as
select case
         when w.payment_status in ('paid', 'refunded') or p.state = 'sent' then null
         when w.state = 'requested'
           then 'The creator answers your request first; you pay then'
         when p.state in ('initiating', 'unknown', 'review')
           then 'We are checking the payment. Please do not pay again'
         when w.state <> 'awaiting_payment' then 'This booking waits for no payment'
         when p.id is null then 'No payment was started for this booking'
         else 'The payment could not be started. Please try again'
       end as trouble,
       coalesce(p.method, 'balance') as method, p.reference,
       coalesce(p.state, 'paid') as payment_state,
       p.browser_url as redirect_url, p.instructions, p.authorization_code,
       p.authorization_expires, w.*
  from booking_wire w
  left join lateral (
    select x.* from payments x
     where x.booking_id = w.id
       and (x.paid_at is not null or w.payment_status not in ('paid', 'refunded'))
     order by x.id desc limit 1) p on true;

create function booking_answer_now(wanted bigint) returns setof booking_answer_wire
language plpgsql volatile rows 1 as $$
begin
  return query select w.* from booking_answer_wire w where w.id = wanted;
end
$$;

revoke execute on function payment_order(bigint), booking_answer_now(bigint) from public;
grant execute on function payment_order(bigint), booking_answer_now(bigint)
  to bantubuzz_worker;
grant select on booking_answer_wire to bantubuzz_worker;

commit;
