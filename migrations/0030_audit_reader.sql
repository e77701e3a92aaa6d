-- The audit trail tells of drafts, comments and papers that policies hide elsewhere: it is read by whom a role allows that, not by the whole office.

drop policy audit_event_select on audit_event;
create policy audit_event_select on audit_event for select to yuantu_app, yuantu_read
	using (
		zone_id = current_zone_id() and viewer_rank() = 3 and (select may('audit.read', current_zone_id())));
comment on policy audit_event_select on audit_event is
	'Who holds audit.read in the zone; the verification of the chain reads as the owner.';
