import type { Change, NewCorrection } from '../../src/lib/server/service/supply/correct.ts';
import { flattenMultiPolygons, type FlatPolygons, type LonLat } from '../../geo/flat-polygons.ts';
import type { Role } from '../../src/lib/domain/access/permission.ts';
import type { ChangesetKind } from '../../src/lib/domain/changeset/kind.ts';
import type { Step } from '../../src/lib/domain/changeset/step.ts';
import type { UserActor } from '../../src/lib/server/access/actor.ts';
import { asOwner, type Database } from '../../src/lib/server/db/connect.ts';
import { actOnChangeset, type PlainEvent } from '../../src/lib/server/service/changeset/act.ts';
import { appendSteps, type AppendedSteps } from '../../src/lib/server/service/changeset/append-steps.ts';
import { beginChangeset } from '../../src/lib/server/service/changeset/begin.ts';
import type { Failure, Outcome } from '../../src/lib/server/service/changeset/outcome.ts';
import type { ChangesetRow } from '../../src/lib/server/db/changeset.ts';
import type { OpenDraft } from '../../src/lib/server/service/changeset/draft-store.ts';
import type { ServiceContext } from '../../src/lib/server/service/context.ts';
import type { DatabaseKind } from './database.ts';
import { databaseWithZone, PANJIN_ID } from './database-rows.ts';
import { addPerson } from './people.ts';
import { serviceContexts } from './zone-service.ts';

const COLLEAGUES = {
	ann: ['planner'],
	bob: ['planner'],
	rita: ['reviewer'],
	paul: ['approver'],
	both: ['planner', 'approver'],
	sam: ['supply_officer'],
	guest: ['viewer'],
	sue: ['supply_officer'],
	head: ['supply_officer', 'approver'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;
export type Colleague = keyof typeof COLLEAGUES | 'parker';
const OWN_PARK = 'liaodongwan';

/** The small zone with colleagues of every role; parker plans one park only. */
export interface Workshop {
	readonly database: Database;
	as(name: Colleague, now?: Date): ServiceContext;
}

export async function openWorkshop(kind: DatabaseKind): Promise<Workshop> {
	const database = await databaseWithZone(kind);
	const grantOf = (role: Role, parkId: string | null) => ({
		zoneId: PANJIN_ID,
		role,
		parkId,
		officeId: null,
	});
	const grants = new Map<string, ReturnType<typeof grantOf>[]>([['parker', [grantOf('planner', OWN_PARK)]]]);
	for (const [name, roles] of Object.entries(COLLEAGUES))
		grants.set(
			name,
			roles.map((role) => grantOf(role, null)),
		);
	await asOwner(database, async (sql) => {
		for (const [name, held] of grants) await addPerson(sql, name, held);
	});
	const contexts = serviceContexts(database);
	return {
		database,
		as: (name, now) => {
			const actor: UserActor = {
				kind: 'user',
				userId: name,
				name,
				email: '',
				grants: grants.get(name) ?? [],
			};
			return contexts(actor, now);
		},
	};
}

/** The value of an act that must be done. */
export function valueOf<Value>(outcome: Outcome<Value>): Value {
	if (!outcome.ok) throw new Error(`${outcome.why}: ${JSON.stringify(outcome.issues)}`);
	return outcome.value;
}

/** How an act failed, and the codes of its issues. */
export function failureOf(outcome: Outcome<unknown>): [Failure['why'], ...string[]] {
	if (outcome.ok) throw new Error(`done: ${JSON.stringify(outcome.value)}`);
	return [outcome.why, ...outcome.issues.map(({ code }) => code)];
}

/** Corner x, y of the cells of the small zone; places between them by parts. */
export const corner = (x: number, y: number): LonLat => [122.0625 + x / 512, 41.125 + y / 512];

const STRIPS = 256;
let stripsGiven = 0;
/** A strip of the east half of PJ-00, from south to north, that was not given before: ground for one plot. */
export function ownStrip(): FlatPolygons {
	if (stripsGiven === STRIPS) throw new Error('every strip of PJ-00 is given');
	const [west, east] = [0, 1].map((side) => 0.5 + (stripsGiven + side) / (2 * STRIPS));
	stripsGiven++;
	const ring = [corner(west, 0), corner(east, 0), corner(east, 1), corner(west, 1), corner(west, 0)];
	return flattenMultiPolygons([[[ring]]]);
}

/** The number of a plan parcel of the small zone by its code. */
export async function numberOf(database: Database, code: string): Promise<number> {
	const [{ no }] = await database.sql<{ no: number }[]>`
		select parcel_no as no from yuantu.parcel
		where zone_id = ${PANJIN_ID} and coverage_id = 'plan' and code = ${code} and rev_to is null`;
	return no;
}

let made = 0;
/** A correction of one value. */
export const correctionOf = ({
	reason,
	expectedEdit,
	...change
}: Change & Pick<NewCorrection, 'reason' | 'expectedEdit'>): NewCorrection => ({
	...{ clientId: clientId(), changes: [change], reason, expectedEdit },
});
export const clientId = () => `client-${String(++made).padStart(8, '0')}`;

/** Begins a changeset of the plan and returns its number. */
export async function begun(
	context: ServiceContext,
	kind: ChangesetKind = 'technical_correction',
	coverageId = 'plan',
): Promise<number> {
	const draft = { clientId: clientId(), coverageId, kind, title: '示例方案', reason: '示例理由' };
	return valueOf(await beginChangeset(context, PANJIN_ID, draft)).changesetNo;
}

/** Adds steps that must all be done. */
export async function added(
	context: ServiceContext,
	changesetNo: number,
	expectedEdit: number,
	...steps: readonly Step[]
): Promise<AppendedSteps> {
	const sent = steps.map((step) => ({ clientId: clientId(), step }));
	const appended = valueOf(await appendSteps(context, PANJIN_ID, changesetNo, { expectedEdit, steps: sent }));
	if (appended.refused !== null) throw new Error(JSON.stringify(appended.refused));
	return appended;
}

/** A draft at its head, which nobody changes meanwhile. */
export async function openedDraft(
	{ drafts }: ServiceContext,
	row: ChangesetRow,
	readerId: string,
): Promise<OpenDraft> {
	const draft = await drafts.open(PANJIN_ID, row, readerId);
	if (draft === null) throw new Error(`changeset ${row.changesetNo} was changed`);
	return draft;
}

/** Submits, returns, approves or withdraws. */
export function act(context: ServiceContext, changesetNo: number, event: PlainEvent, comment = '') {
	return actOnChangeset(context, PANJIN_ID, changesetNo, { event, comment });
}
