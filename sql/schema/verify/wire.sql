-- Verify bantubuzz:wire on pg
begin;
select id, "creator.user.id" from package_wire where false;
select id, state, "campaign.id" from booking_wire where false;
rollback;
