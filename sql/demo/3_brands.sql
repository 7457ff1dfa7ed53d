-- Twelve invented companies, an admin, campaigns, and who saved whom.

create temp table demo_brands (
  n int primary key,
  mailbox text not null,
  company text not null,
  industry text not null,
  town text not null,
  size text not null,
  verified boolean not null,
  platforms text[] not null,
  days int not null, -- since joining
  description text not null
);

insert into demo_brands values
(1, 'brand', 'Mukwa & Thread', 'Fashion', 'Harare', '11-50', true, '{instagram,facebook}', 180,
 'Workwear and Sunday clothes cut and sewn in Harare by nineteen tailors. Named after the tree in the yard.'),
(2, 'orders', 'Sadza Street Kitchens', 'Restaurants', 'Harare', '51-200', true, '{facebook,instagram}', 165,
 'Six counters, one menu: sadza, relish and something off the fire, ready in eight minutes.'),
(3, 'hello.dombo', 'Dombo Outdoor', 'Retail', 'Mutare', '11-50', false, '{instagram}', 120,
 'Tents, packs and boots for people who walk the Eastern Highlands in the rain.'),
(4, 'bookings', 'Vundu River Lodges', 'Tourism', 'Victoria Falls', '51-200', true, '{facebook,instagram,twitter}', 171,
 'Three small lodges on the Zambezi with prices for residents all year.'),
(5, 'team.kwirira', 'Kwirira Wallet', 'Financial technology', 'Harare', '51-200', true, '{twitter,linkedin,facebook}', 140,
 'A phone wallet for two currencies and for savings circles.'),
(6, 'studio', 'Baobab Lane Skincare', 'Beauty', 'Bulawayo', '1-10', false, '{instagram}', 132,
 'Oils and soaps from baobab and marula, pressed in Matabeleland, poured by four sisters.'),
(7, 'play', 'Tsoro Game Studio', 'Games', 'Bulawayo', '1-10', false, '{twitter,instagram}', 101,
 'Old board games on new phones. The first is tsoro, the second is a secret.'),
(8, 'sales.zuva', 'Zuvarashe Solar', 'Energy', 'Gweru', '11-50', true, '{facebook,linkedin}', 126,
 'Lamps, panels and batteries with somebody who comes when they fail.'),
(9, 'market', 'Mhunga Hill Mills', 'Food', 'Masvingo', '201-500', true, '{facebook,instagram,linkedin}', 155,
 'Millet, sorghum and maize from two thousand small farms, milled on the hill.'),
(10, 'move', 'Nhanho Gyms', 'Fitness', 'Chitungwiza', '51-200', false, '{instagram,facebook}', 110,
 'Gyms one can walk to. A day costs what a bread costs.'),
(11, 'office.bhuku', 'Bhuku Rangu Learning', 'Education', 'Kwekwe', '11-50', true, '{facebook,twitter}', 93,
 'School books and lessons that work without data.'),
(12, 'homes', 'Jacaranda Row Homes', 'Property', 'Harare', '11-50', false, '{linkedin,instagram}', 88,
 'Small brick houses, built in rows, sold at the price on the board.');

insert into users (email, password_hash, user_type, is_verified, last_login, created_at, updated_at)
select b.mailbox || '@demo.bantubuzz.example', p.hash, 'brand', true,
       now() - make_interval(hours => 1 + b.n * 4),
       now() - make_interval(days => b.days, hours => b.n),
       now() - make_interval(hours => 1 + b.n * 4)
  from demo_brands b, demo_password p
 order by b.n;

insert into brand_profiles (user_id, company_name, logo, website, description,
  industry, location, company_size, social_links, verified_status, created_at,
  updated_at)
select u.id, b.company, format('/uploads/demo/brand-%s.png', lpad(b.n::text, 2, '0')),
       format('https://%s.example/',
              lower(regexp_replace(b.company, '[^A-Za-z]+', '-', 'g'))),
       b.description, b.industry, b.town || ', Zimbabwe', b.size,
       (select jsonb_object_agg(x, format('https://%s.example/%s', x,
                 lower(regexp_replace(b.company, '[^A-Za-z]+', '', 'g'))))
          from unnest(b.platforms) x),
       b.verified, u.created_at, u.updated_at
  from demo_brands b
  join users u on u.email = b.mailbox || '@demo.bantubuzz.example'
 order by b.n;

insert into users (email, password_hash, user_type, is_verified, created_at, updated_at)
select 'admin@demo.bantubuzz.example', p.hash, 'admin', true,
       now() - interval '220 days', now() - interval '220 days'
  from demo_password p;

create temp table demo_campaigns (
  n int primary key,
  brand int not null,
  title text not null,
  category text not null,
  budget numeric not null,
  currency text not null,
  status text not null,
  starts int not null, -- days from today
  ends int not null,
  least_followers int not null,
  places text[] not null,
  objectives text not null,
  description text not null
);

insert into demo_campaigns values
(1, 1, 'Dressed for the week', 'Fashion & Beauty', 2500, 'USD', 'active', -42, 21, 10000, '{Harare,Bulawayo}',
 'Show eight styles at work; 500 visits to the shop page.', 'Our winter workwear on people who work in it: teachers, tellers, drivers, bosses.'),
(2, 1, 'Sunday best', 'Fashion & Beauty', 1200, 'USD', 'draft', 14, 45, 10000, '{Harare}',
 'Be the first name for church clothes.', 'Dresses and jackets for Sundays, photographed after the service.'),
(3, 2, 'Eight minutes', 'Food & Beverage', 1800, 'USD', 'active', -40, 14, 15000, '{Harare,Chitungwiza}',
 'Lunch visits up by a tenth at all six counters.', 'Start your watch at our counter. If it takes longer, it is free.'),
(4, 4, 'Residents'' winter', 'Travel', 4000, 'USD', 'active', -38, 40, 25000, '{"Victoria Falls",Harare,Bulawayo}',
 '120 nights booked directly by people who live here.', 'The river is for those who live beside it too. Winter rates, shown by people who pay them.'),
(5, 5, 'Two pockets', 'Technology', 3200, 'USD', 'paused', -30, 30, 20000, '{Harare}',
 '8,000 new wallets with both currencies.', 'One phone, two currencies, no arithmetic at the till.'),
(6, 9, 'Back to millet', 'Food & Beverage', 2600, 'USD', 'completed', -60, -5, 20000, '{Masvingo,Bulawayo,Harare}',
 'Millet meal on 10,000 more tables.', 'Grandmother''s grain in this year''s kitchen.'),
(7, 8, 'Light until ten', 'Technology', 42000, 'ZWG', 'active', -35, 25, 10000, '{Gweru,Kwekwe,Kadoma}',
 'Sell 1,500 lamps before the rains.', 'What a house does with five more hours of light.'),
(8, 11, 'Read before supper', 'Education', 900, 'USD', 'cancelled', -50, -20, 5000, '{Kwekwe,Gweru}',
 'Ten minutes of reading in 3,000 houses.', 'A small habit with a small book.');

insert into campaigns (brand_id, title, description, objectives, budget_cents,
  currency, start_date, end_date, status, requirements, category, created_at,
  updated_at)
select bp.id, c.title, c.description, c.objectives, c.budget * 100, c.currency,
       date_trunc('day', now()) + make_interval(days => c.starts),
       date_trunc('day', now()) + make_interval(days => c.ends), c.status,
       jsonb_build_object('min_followers', c.least_followers, 'locations', c.places),
       c.category, now() - make_interval(days => 64 - c.n), now() - make_interval(days => 43)
  from demo_campaigns c
  join demo_brands b on b.n = c.brand
  join brand_profiles bp on bp.company_name = b.company
 order by c.n;

-- Each brand keeps a handful, the first a few more.
insert into saved_creators (brand_id, creator_id, saved_at)
select bp.id, cp.id, now() - make_interval(days => (b.n * 7 + c.n * 3) % 60, hours => c.n)
  from demo_brands b
  join brand_profiles bp on bp.company_name = b.company
  join demo_creators c on (b.n * 5 + c.n * 7) % 11 = 0
    or (b.n = 1 and c.n in (1, 9, 27))
  join creator_profiles cp on cp.username = c.username;
