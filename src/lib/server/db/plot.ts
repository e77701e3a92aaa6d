import type { Sql } from './connect.ts';

export interface PlotRow {
	readonly plotNo: number;
	readonly name: string;
	readonly parkId: string;
	readonly classSystem: string;
	readonly classVersion: string;
	readonly classCode: string;
	readonly batchNo: number | null;
	readonly cadastralCode: string | null;
	readonly unitCode: string | null;
	readonly codeStatus: 'none' | 'provisional' | 'registered';
	/** E-supervision number (电子监管号). */
	readonly supervisionNumber: string | null;
	readonly isSynthetic: boolean;
	/** Withdrawn as made by mistake: its ground is free, nothing is done with it any more. */
	readonly isWithdrawn: boolean;
	/** Newest version of its shape. Areas in 0.01 m². */
	readonly version: number;
	readonly areaDm2: number;
	readonly planarAreaDm2: number;
	readonly planarSrid: number;
	readonly documentAreaDm2: number | null;
	readonly coverageId: string;
	/** Plan revision that the shape was made from. */
	readonly revision: number;
	/** Box of the shape: west, south, east, north in degrees (EPSG:4490). */
	readonly west: number;
	readonly south: number;
	readonly east: number;
	readonly north: number;
}

export interface NewPlot {
	readonly clientId: string;
	readonly name: string;
	readonly parkId: string;
	readonly classSystem: string;
	readonly classVersion: string;
	readonly classCode: string;
	readonly batchNo: number | null;
	readonly cadastralCode: string | null;
	readonly unitCode: string | null;
	readonly codeStatus: PlotRow['codeStatus'];
}

export interface NewPlotVersion {
	/** Hexadecimal EWKB of a multipolygon on the grid. */
	readonly shape: string;
	readonly areaDm2: number;
	readonly planarAreaDm2: number;
	readonly planarSrid: number;
	readonly documentAreaDm2: number | null;
	readonly coverageId: string;
	readonly revision: number;
	readonly reason: string;
}

/** How a plot came to a version, where it was not made with it. */
export interface PlotVersionChange {
	/** The first; from parcels of a newer plan; the same shape with the area that a document states. */
	readonly kind: 'made' | 'redrawn' | 'document';
	readonly clientId: string | null;
	/** Document that states the area. */
	readonly document: string | null;
	/** Class of its parcels; null: the plot's. */
	readonly classKey: readonly [system: string, version: string, code: string] | null;
}

/** A plan parcel on which a plot lies. */
export interface PlotParcelRow {
	readonly coverageId: string;
	readonly parcelNo: number;
	readonly parcelVersion: number;
	readonly sharedAreaDm2: number;
	readonly isWhole: boolean;
}

const MADE: PlotVersionChange = { kind: 'made', clientId: null, document: null, classKey: null };

/** Enters a plot and returns its number; `plot_client_unique` refuses a client id that is taken. */
export async function insertPlot(sql: Sql, zoneId: string, plot: NewPlot): Promise<number> {
	const [entered] = await sql<{ plotNo: number }[]>`
		insert into plot (zone_id, client_id, name, park_id, class_system, class_version, class_code, batch_no, cadastral_code,
			unit_code, code_status, is_synthetic)
		values (${zoneId}, ${plot.clientId}, ${plot.name}, ${plot.parkId}, ${plot.classSystem}, ${plot.classVersion},
			${plot.classCode}, ${plot.batchNo}, ${plot.cadastralCode}, ${plot.unitCode}, ${plot.codeStatus}, false)
		returning plot_no as "plotNo"`;
	return entered.plotNo;
}

/** Adds a version of a plot's shape with the plan parcels on which it lies, and returns its number. */
export async function insertPlotVersion(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	version: NewPlotVersion,
	parcels: readonly PlotParcelRow[],
	{ kind, clientId, document, classKey }: PlotVersionChange = MADE,
): Promise<number> {
	const [system, classVersion, code] = classKey ?? [null, null, null];
	const [added] = await sql<{ version: number }[]>`
		insert into plot_version (zone_id, plot_no, geom, area_dm2, planar_area_dm2, planar_srid, document_area_dm2, coverage_id,
			revision, reason, kind, client_id, document, class_system, class_version, class_code)
		values (${zoneId}, ${plotNo}, ${version.shape}::public.geometry, ${version.areaDm2}, ${version.planarAreaDm2},
			${version.planarSrid}, ${version.documentAreaDm2}, ${version.coverageId}, ${version.revision}, ${version.reason},
			${kind}, ${clientId}, ${document}, ${system}, ${classVersion}, ${code})
		returning version`;
	await sql`
		insert into plot_parcel (zone_id, plot_no, version, coverage_id, parcel_no, parcel_version, shared_area_dm2, is_whole)
		select ${zoneId}, ${plotNo}, ${added.version}, p.coverage_id, p.parcel_no, p.parcel_version, p.shared_area_dm2, p.is_whole
		from unnest(
			${parcels.map(({ coverageId }) => coverageId)}::text[], ${parcels.map(({ parcelNo }) => parcelNo)}::integer[],
			${parcels.map(({ parcelVersion }) => parcelVersion)}::integer[],
			${parcels.map(({ sharedAreaDm2 }) => String(sharedAreaDm2))}::bigint[],
			${parcels.map(({ isWhole }) => String(isWhole))}::text[]::boolean[]
		) as p (coverage_id, parcel_no, parcel_version, shared_area_dm2, is_whole)`;
	return added.version;
}

/** Finds a plot with its newest version, where the scope may see it. */
export async function findPlot(sql: Sql, zoneId: string, plotNo: number): Promise<PlotRow | null> {
	const [plot] = await sql<PlotRow[]>`
		${selectPlot(sql)} where p.zone_id = ${zoneId} and p.plot_no = ${plotNo}`;
	return plot ?? null;
}

/** Says whether a plot of the zone that stands has a cadastral code. */
export async function isCadastralCodeTaken(sql: Sql, zoneId: string, code: string): Promise<boolean> {
	const found = await sql`
		select 1 from plot where zone_id = ${zoneId} and cadastral_code = ${code} and withdrawn_at is null`;
	return found.length > 0;
}

/** A plot whose box reaches into that of a shape, with its own shape as hexadecimal EWKB. */
export interface PlotNearRow {
	readonly plotNo: number;
	readonly name: string;
	readonly shape: string;
}

/**
 * Lists plots whose newest shape's box reaches into that of a shape (hexadecimal EWKB), by number.
 *
 * `standing`: those that have their ground: never supplied, or in a supply in none of the states `over`. `supplied`: only those in a supply
 * that is in none of them.
 */
export async function listPlotsNear(
	sql: Sql,
	zoneId: string,
	shape: string,
	which: 'standing' | 'supplied',
	over: readonly string[],
): Promise<PlotNearRow[]> {
	return sql<PlotNearRow[]>`
		select p.plot_no as "plotNo", p.name, v.geom::text as shape
		from plot_version v join plot p on p.zone_id = v.zone_id and p.plot_no = v.plot_no
		where v.zone_id = ${zoneId} and v.geom operator(public.&&) ${shape}::public.geometry and p.withdrawn_at is null
			and not exists (
				select from plot_version w where w.zone_id = v.zone_id and w.plot_no = v.plot_no and w.version > v.version)
			and (
				exists (
					select from supply s
					where s.zone_id = p.zone_id and s.plot_no = p.plot_no and s.state <> all (${[...over]}::text[]))
				or (${which === 'standing'}
					and not exists (select from supply s where s.zone_id = p.zone_id and s.plot_no = p.plot_no)))
		order by p.plot_no`;
}

/** Says whether the zone has a conversion batch of a number that stands. */
export async function hasBatch(sql: Sql, zoneId: string, batchNo: number): Promise<boolean> {
	const found = await sql`
		select 1 from conversion_batch where zone_id = ${zoneId} and batch_no = ${batchNo} and withdrawn_at is null`;
	return found.length > 0;
}

/** Brings a plot to a conversion batch of its zone, or to none; `plot_batch_fk` refuses one that is not there. */
export async function updatePlotBatch(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	batchNo: number | null,
): Promise<void> {
	await sql`update plot set batch_no = ${batchNo} where zone_id = ${zoneId} and plot_no = ${plotNo}`;
}

/** Finds a plot by the id that its writer gave it. */
export async function findPlotByClient(sql: Sql, zoneId: string, clientId: string): Promise<PlotRow | null> {
	const [plot] = await sql<PlotRow[]>`
		${selectPlot(sql)} where p.zone_id = ${zoneId} and p.client_id = ${clientId}`;
	return plot ?? null;
}

/** Lists plots of some numbers. */
export async function listPlotsOf(sql: Sql, zoneId: string, plotNos: readonly number[]): Promise<PlotRow[]> {
	return sql<PlotRow[]>`
		${selectPlot(sql)} where p.zone_id = ${zoneId} and p.plot_no = any (${[...plotNos]}::integer[]) order by p.plot_no`;
}

/** Lists plots that stand from the newest down, older than `before` where it is given. */
export async function listPlots(
	sql: Sql,
	zoneId: string,
	{ before, words, limit }: { before?: number | undefined; words?: string | undefined; limit: number },
): Promise<PlotRow[]> {
	return sql<PlotRow[]>`
		${selectPlot(sql)}
		where p.zone_id = ${zoneId} and p.withdrawn_at is null
			and (${before ?? null}::integer is null or p.plot_no < ${before ?? null}::integer)
			and (${words ?? null}::text is null or position(lower(${words ?? null}::text) in lower(p.name)) > 0)
		order by p.plot_no desc limit ${limit}`;
}

/** The newest shape of a plot as hexadecimal EWKB. */
export async function findPlotShape(sql: Sql, zoneId: string, plotNo: number): Promise<string | null> {
	const [row] = await sql<{ shape: string }[]>`
		select v.geom::text as shape from plot_version v
		where v.zone_id = ${zoneId} and v.plot_no = ${plotNo} order by v.version desc limit 1`;
	return row?.shape ?? null;
}

/** Lists the plan parcels on which a version of a plot lies, with the codes that they had then; without one: empty. */
export async function listPlotParcels(
	sql: Sql,
	zoneId: string,
	plotNo: number,
	version: number,
): Promise<(PlotParcelRow & { readonly code: string })[]> {
	return sql<(PlotParcelRow & { readonly code: string })[]>`
		select l.coverage_id as "coverageId", l.parcel_no as "parcelNo", l.parcel_version as "parcelVersion",
			l.shared_area_dm2 as "sharedAreaDm2", l.is_whole as "isWhole", coalesce(p.code, '') as code
		from plot_parcel l
		left join parcel p on p.zone_id = l.zone_id and p.coverage_id = l.coverage_id and p.parcel_no = l.parcel_no
			and p.version = l.parcel_version
		where l.zone_id = ${zoneId} and l.plot_no = ${plotNo} and l.version = ${version}
		order by l.coverage_id, l.parcel_no`;
}

function selectPlot(sql: Sql) {
	return sql`
		select p.plot_no as "plotNo", p.name, p.park_id as "parkId", p.class_system as "classSystem", p.class_version as "classVersion",
			p.class_code as "classCode", p.batch_no as "batchNo", p.cadastral_code as "cadastralCode", p.unit_code as "unitCode",
			p.code_status as "codeStatus", p.supervision_number as "supervisionNumber", p.is_synthetic as "isSynthetic",
			p.withdrawn_at is not null as "isWithdrawn", v.version, v.area_dm2 as "areaDm2",
			v.planar_area_dm2 as "planarAreaDm2", v.planar_srid as "planarSrid", v.document_area_dm2 as "documentAreaDm2",
			v.coverage_id as "coverageId", v.revision, public.st_xmin(v.geom) as west, public.st_ymin(v.geom) as south,
			public.st_xmax(v.geom) as east, public.st_ymax(v.geom) as north
		from plot p
		join lateral (
			select w.version, w.area_dm2, w.planar_area_dm2, w.planar_srid, w.document_area_dm2, w.coverage_id, w.revision, w.geom
			from plot_version w where w.zone_id = p.zone_id and w.plot_no = p.plot_no order by w.version desc limit 1) v on true`;
}
