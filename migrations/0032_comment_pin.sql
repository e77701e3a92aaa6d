-- A comment keeps hold of the parcel that it is about: numbers of new parcels are given again after an undo, the step that made one is not. And a
-- draft says when its content last changed, which its papers must have seen.

alter table changeset_comment add column step_client_id text collate "C";
comment on column changeset_comment.step_client_id is 'Step that made the new parcel that it is about, by the id of its writer; null: none, or a comment from before this column.';
comment on column changeset_comment.lon is 'Place that it is about, or a place inside its parcel at the time, degrees (EPSG:4490); null: none, or not kept.';
alter table changeset_comment
	add constraint changeset_comment_step_form check (step_client_id ~ '^[0-9A-Za-z_-]{8,64}$'),
	add constraint changeset_comment_step_of_new check (step_client_id is null or (parcel_no is not null and parcel_no < 0)),
	-- Those from before keep the number alone.
	add constraint changeset_comment_pinned check (
		parcel_no is null or parcel_no >= 0 or (step_client_id is not null and lon is not null)) not valid;
grant insert (step_client_id) on changeset_comment to yuantu_app;

alter table changeset add column content_changed_at timestamptz;
comment on column changeset.content_changed_at is 'Instant of the last change of what its steps do, by the service''s clock; null: none since this column, so changed_at.';
grant update (content_changed_at) on changeset to yuantu_app;
