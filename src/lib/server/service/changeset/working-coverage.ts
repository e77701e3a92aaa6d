import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageOf, withShapes, type Coverage } from '$geo/coverage/coverage.ts';
import type { CoverageBase } from '$geo/coverage/coverage-base.ts';
import { asOneFeature } from '$geo/coverage/shape.ts';
import { sliceFeature } from '$geo/flat-polygons.ts';
import type { CoverageKind } from '$lib/domain/changeset/kind.ts';
import type { FactBase, ParcelFacts } from '$lib/domain/changeset/parcel-facts.ts';
import type { Database } from '../../db/connect.ts';
import { findRevision, listCoverages } from '../../db/coverage.ts';
import { listParcelFacts, type ParcelFactRow } from '../../db/parcel-version.ts';
import type { MemoryBudget, MemoryPart } from '../../tile/memory-budget.ts';
import type { IndexedTable } from '../../tile/parcel-table.ts';
import { findRow, type CoverageSnapshot } from '../../tile/snapshot.ts';
import { asWhole } from '../scope.ts';
import type { SnapshotStore } from '../snapshot-store.ts';

/** A revision as drafts edit it. */
export interface WorkingCoverage {
	readonly snapshot: CoverageSnapshot;
	readonly coverage: Coverage;
	readonly facts: FactBase;
	readonly parts: readonly MemoryPart[];
}

/** A revision by its place. */
export interface RevisionKey {
	readonly zoneId: string;
	readonly coverageId: string;
	readonly revision: number;
}

/** What the database says of parcels besides what tables hold, by number. */
type RecordedFacts = ReadonlyMap<number, ParcelFactRow>;

/** The base of a table's parcels with their facts, kept as long as the table is: revisions share all three. */
interface TableBase extends MemoryPart {
	readonly base: CoverageBase;
	readonly recorded: RecordedFacts;
}

const BYTES_A_FACT = 240;

/**
 * Revisions as drafts edit them, built from the snapshots when they are first asked for and held under their budget.
 *
 * Revisions that share a base table share its arcs and facts; what a revision has otherwise is a patch. Building costs about as much as checking the
 * whole coverage, once for each base table, outside every transaction.
 */
export class WorkingCoverageStore {
	readonly #database: Database;
	readonly #snapshots: SnapshotStore;
	readonly #budget: MemoryBudget;
	readonly #bases = new WeakMap<IndexedTable, Promise<TableBase>>();
	readonly #kept = new Map<string, WorkingCoverage>();
	readonly #opening = new Map<string, Promise<WorkingCoverage>>();

	constructor(database: Database, snapshots: SnapshotStore, budget: MemoryBudget) {
		this.#database = database;
		this.#snapshots = snapshots;
		this.#budget = budget;
	}

	/** Opens a revision that exists; one that is wanted twice at once is opened once. */
	async open(key: RevisionKey): Promise<WorkingCoverage> {
		const name = `working/${key.zoneId}/${key.coverageId}/${key.revision}`;
		const kept = this.#kept.get(name);
		if (kept !== undefined) {
			this.#budget.use(name);
			return kept;
		}
		let opening = this.#opening.get(name);
		if (opening === undefined) {
			opening = this.#open(key, name).finally(() => this.#opening.delete(name));
			this.#opening.set(name, opening);
		}
		return opening;
	}

	async #open(key: RevisionKey, name: string): Promise<WorkingCoverage> {
		const { zoneId, coverageId, revision } = key;
		const read = await asWhole(this.#database, zoneId, async (sql) => ({
			kind: (await listCoverages(sql, zoneId)).find((one) => one.coverageId === coverageId)?.kind,
			checksum: (await findRevision(sql, zoneId, coverageId, revision))?.checksum,
		}));
		const { kind, checksum } = read;
		const snapshot = checksum === undefined ? null : await this.#snapshots.find(checksum);
		if (kind === undefined || snapshot === null)
			throw new Error(`zone ${zoneId} has no revision ${revision} of ${coverageId}`);
		const shared = await this.#baseOf(key, snapshot);
		const { delta } = snapshot;
		const recorded =
			delta === null ? new Map<number, ParcelFactRow>() : await this.#factsIn(key, [...delta.table.parcelNo]);
		const own: MemoryPart = { bytes: recorded.size * BYTES_A_FACT + (delta?.bytes ?? 0) };
		const working: WorkingCoverage = {
			snapshot,
			coverage: withDelta(coverageOf(shared.base), snapshot),
			facts: factBaseOf(kind, snapshot, shared.recorded, recorded),
			parts: [shared, own],
		};
		this.#kept.set(name, working);
		this.#budget.hold(name, { parts: working.parts, drop: () => this.#kept.delete(name) });
		return working;
	}

	/** The base of a snapshot's table, made once; a failure is not kept. */
	#baseOf(key: RevisionKey, { base: table, baseRevision }: CoverageSnapshot): Promise<TableBase> {
		const known = this.#bases.get(table);
		if (known !== undefined) return known;
		const making = this.#makeBase({ ...key, revision: baseRevision }, table);
		this.#bases.set(table, making);
		making.catch(() => this.#bases.delete(table));
		return making;
	}

	async #makeBase(key: RevisionKey, table: IndexedTable): Promise<TableBase> {
		const recorded = await this.#factsIn(key);
		const base = buildBase(table);
		const bytes = Object.values(base).reduce(
			(sum, column: CoverageBase[keyof CoverageBase]) => sum + column.byteLength,
			recorded.size * BYTES_A_FACT,
		);
		return { base, recorded, bytes };
	}

	async #factsIn(
		{ zoneId, coverageId, revision }: RevisionKey,
		parcelNos: readonly number[] | null = null,
	): Promise<RecordedFacts> {
		const rows = await asWhole(this.#database, zoneId, (sql) =>
			listParcelFacts(sql, zoneId, coverageId, revision, parcelNos),
		);
		return new Map(rows.map((row) => [row.parcelNo, row]));
	}
}

/** Builds the arcs of a table's parcels; ground that they enclose and leave out, as an enclave of another zone, is outside. */
function buildBase({ parcelNo, polygons }: IndexedTable): CoverageBase {
	const set = { parcelNos: parcelNo, polygons };
	const build = buildCoverage(set);
	if (build.ok) return build.coverage.base;
	const around = buildCoverage(set, asOneFeature(polygons));
	if (!around.ok) throw new Error(`a stored revision is no coverage: ${around.issues[0].code}`);
	return around.coverage.base;
}

function withDelta(coverage: Coverage, { base, delta }: CoverageSnapshot): Coverage {
	if (delta === null) return coverage;
	const { table, without } = delta;
	const gone = Array.from(without, (row) => [base.parcelNo[row], null] as const);
	const there = Array.from(table.parcelNo, (no, row) => [no, sliceFeature(table.polygons, row)] as const);
	return withShapes(coverage, [...gone, ...there]);
}

function factBaseOf(
	kind: CoverageKind,
	snapshot: CoverageSnapshot,
	ofBase: RecordedFacts,
	ofDelta: RecordedFacts,
): FactBase {
	const classes = new Set(snapshot.classes.keys);
	return {
		coverageKind: kind,
		hasClass: (landUse) => classes.has(landUse),
		factsOf: (parcelNo): ParcelFacts | null => {
			const found = findRow(snapshot, parcelNo);
			if (found === null) return null;
			const { table, row } = found;
			const known = (table === snapshot.base ? ofBase : ofDelta).get(parcelNo);
			return {
				landUse: table.landUse[row] < 0 ? null : snapshot.classes.keys[table.landUse[row]],
				code: { text: table.code[row], status: known?.codeStatus ?? 'provisional' },
				condition: known?.condition ?? null,
			};
		},
	};
}
