import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workingParcelsSchema } from '$lib/api/changeset.ts';
import type { Step } from '$lib/domain/changeset/step.ts';
import type { UserActor } from '$lib/server/access/actor.ts';
import { asOwner, type Database } from '$lib/server/db/connect.ts';
import { workingParcelsToWire } from '$lib/server/http/changeset-answer.ts';
import { actOnChangeset } from '$lib/server/service/changeset/act.ts';
import { appendSteps } from '$lib/server/service/changeset/append-steps.ts';
import { beginChangeset } from '$lib/server/service/changeset/begin.ts';
import { publishChangeset } from '$lib/server/service/changeset/publish.ts';
import { recordPaper } from '$lib/server/service/changeset/record.ts';
import { readWorkingParcels } from '$lib/server/service/changeset/working-parcels.ts';
import type { ServiceContext } from '$lib/server/service/context.ts';
import { findOpenCoverage } from '$lib/server/service/current-coverage.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import { clientId, valueOf } from '../support/changeset-service.ts';
import { addPerson } from '../support/people.ts';
import { ERROR_REPORT } from '../support/published-history.ts';
import { makeFolder } from '../support/run-program.ts';
import { databaseWithZones, serviceContexts, SHENYANG_FOLDER } from '../support/zone-service.ts';
import { kb, ms, tableText } from './report.ts';
import { timingOf } from './timing.ts';

const ZONE = 'shenyang';
const SIZES = [1_000, 100_000];
const ROUNDS = 7;
const RECLASSIFIED = 86;
const CUTS = 14;
const CHANGED = RECLASSIFIED + CUTS;
const AREA_PARCELS = 2_000;
const OPEN_MS = 1_500;
const PUBLISH_MS = 300;
/** Of a small zone's time. */
const MOST_RATIO = 2;

/** A zone of some size with a planner and an approver. */
interface Office {
	readonly size: number;
	readonly database: Database;
	readonly planner: ServiceContext;
	readonly approver: ServiceContext;
	readonly samplesMs: Map<string, number[]>;
	readonly remove: () => Promise<void>;
}

async function openOffice(size: number): Promise<Office> {
	const folder = await makeFolder();
	await cp(SHENYANG_FOLDER, folder.path, { recursive: true });
	const file = join(folder.path, 'zone.json');
	const zone = (await readFile(file, 'utf8')).replace(/"parcelCount": \d+/, `"parcelCount": ${size}`);
	await writeFile(file, zone);
	const database = await databaseWithZones('server', [folder.path]);
	await database.sql`analyze`;
	const contexts = serviceContexts(database);
	const people = (['planner', 'approver'] as const).map((role): UserActor => {
		const grants = [{ zoneId: ZONE, role, parkId: null, officeId: null }];
		return { kind: 'user', userId: role, name: role, email: '', grants };
	});
	await asOwner(database, async (sql) => {
		for (const { userId, grants } of people) await addPerson(sql, userId, grants);
		// Control lines are looked at all the same, and stop nothing.
		await sql`delete from rule_value`;
	});
	const [planner, approver] = people.map((actor) => contexts(actor));
	const remove = async () => {
		await database.close();
		await folder.remove();
	};
	return { size, database, planner, approver, samplesMs: new Map(), remove };
}

async function timed<T>({ samplesMs }: Office, name: string, work: () => Promise<T>): Promise<T> {
	const began = performance.now();
	const value = await work();
	samplesMs.set(name, [...(samplesMs.get(name) ?? []), performance.now() - began]);
	return value;
}

async function snapshotOf({ planner }: Office): Promise<CoverageSnapshot> {
	const open = await findOpenCoverage(planner, ZONE, 'plan');
	if (open === null) throw new Error('there is no plan');
	return open.snapshot;
}

async function begin({ planner }: Office): Promise<number> {
	const draft = { coverageId: 'plan', kind: 'technical_correction', title: '示例', reason: '示例' } as const;
	return valueOf(await beginChangeset(planner, ZONE, { ...draft, clientId: clientId() })).changesetNo;
}

/** Begins a draft on which many parcels get a class and others are cut in two; its number. */
async function draw(office: Office, round: number): Promise<number> {
	const { planner } = office;
	const { base } = await snapshotOf(office);
	const inside = [...base.park.keys()].filter((row) => base.park[row] >= 0 && base.landUse[row] >= 0);
	const rows = inside.filter((_, i) => i % ROUNDS === round);
	const spread = (among: readonly number[], count: number, from: number) =>
		Array.from({ length: count }, (_, i) => among[Math.floor(((i + from) / count) * among.length)]);
	const changesetNo = await begin(office);
	let editNo = 0;
	const append = async (step: Step): Promise<boolean> => {
		const batch = { expectedEdit: editNo, steps: [{ clientId: clientId(), step }] };
		const appended = valueOf(
			await timed(office, `append ${step.verb}`, () => appendSteps(planner, ZONE, changesetNo, batch)),
		);
		editNo = appended.editNo;
		return appended.refused === null;
	};
	const landUse = base.classes.keys.find((key) => key.endsWith(round % 2 ? '/1401' : '/0802')) ?? null;
	const others = rows.filter((row) => base.classes.keys[base.landUse[row]] !== landUse);
	const parcelNos = spread(others, RECLASSIFIED, 0).map((row) => base.parcelNo[row]);
	expect(await append({ verb: 'reclassify', params: { parcelNos, landUse } })).toBe(true);
	let cuts = 0;
	for (const row of spread(rows, 8 * CUTS, 0.5)) {
		if (cuts === CUTS) break;
		const [west, south, east, north] = base.boxes.subarray(4 * row, 4 * row + 4);
		const lon = (west + east) / 2;
		const line = [
			[lon, south - 1e-6],
			[lon, north + 1e-6],
		] as const;
		const no = base.parcelNo[row];
		if (
			!parcelNos.includes(no) &&
			(await append({ verb: 'split_by_line', params: { line: [...line], parcelNos: [no] } }))
		)
			cuts++;
	}
	expect(cuts).toBe(CUTS);
	return changesetNo;
}

describe('drafts on a real PostgreSQL', () => {
	let offices: Office[] = [];
	beforeAll(async () => {
		for (const size of SIZES) offices.push(await openOffice(size));
	}, 600_000);
	afterAll(async () => {
		for (const office of offices) await office.remove();
		offices = [];
	});

	it('open, grow and are published in a small zone and a large one', async () => {
		for (let round = 0; round < ROUNDS; round++)
			for (const office of offices) {
				const changesetNo = await draw(office, round);
				valueOf(await recordPaper(office.planner, ZONE, changesetNo, ERROR_REPORT));
				const act = (context: ServiceContext, event: 'submit' | 'approve') =>
					actOnChangeset(context, ZONE, changesetNo, { event, comment: '' });
				valueOf(await timed(office, 'submit, checked', () => act(office.planner, 'submit')));
				valueOf(await act(office.approver, 'approve'));
				const said = { comment: '', effectiveOn: null };
				const published = valueOf(
					await timed(office, 'publish', () => publishChangeset(office.approver, ZONE, changesetNo, said)),
				);
				// Beside those that were changed, parts of them and neighbours that share a new corner.
				expect(published.changedParcels).toBeGreaterThanOrEqual(CHANGED);
				await timed(office, 'the revision in memory', () => snapshotOf(office));
			}
		const large = offices[offices.length - 1];
		const bytes = await openArea(large);
		const names = [...new Set(offices.flatMap(({ samplesMs }) => [...samplesMs.keys()]))];
		const timingIn = ({ samplesMs }: Office, name: string) => timingOf((samplesMs.get(name) ?? []).slice(1));
		console.log(
			tableText(
				['ms, p50 (max)', ...SIZES.map((size) => `${size} parcels`)],
				names.map((name) => [
					name,
					...offices.map((office) => {
						const { p50Ms, maxMs } = timingIn(office, name);
						return `${ms(p50Ms)} (${ms(maxMs)})`;
					}),
				]),
			),
		);
		console.log(`${CHANGED} parcels changed and published; ${bytes}`);
		const [small, whole] = offices.map((office) => timingIn(office, 'publish').p50Ms);
		expect(timingIn(large, 'open').p50Ms).toBeLessThan(OPEN_MS);
		expect(whole).toBeLessThan(PUBLISH_MS);
		expect(whole).toBeLessThan(MOST_RATIO * small);
		for (const name of names.filter((one) => one.startsWith('append '))) {
			const [inSmall, inLarge] = offices.map((office) => timingIn(office, name).p50Ms);
			expect(inLarge, `${name}: ${ms(inSmall)} ms in a small zone`).toBeLessThan(MOST_RATIO * inSmall);
		}
	});

	/** Opens a working area as its route answers it, some times; what is sent. */
	async function openArea(office: Office): Promise<string> {
		const changesetNo = await begin(office);
		const { base } = await snapshotOf(office);
		const [west, south] = [base.boxes[0], base.boxes[1]];
		const read = async (side: number) => {
			const box = [west - side, south - side, west + side, south + side] as const;
			const found = valueOf(await readWorkingParcels(office.planner, ZONE, changesetNo, box));
			const text = JSON.stringify(workingParcelsSchema.parse(workingParcelsToWire(found)));
			return { parcels: found.parcels.length, text };
		};
		let side = 0.005;
		while ((await read(side)).parcels < AREA_PARCELS) side *= 1.05;
		let [parcels, text] = [0, ''];
		for (let run = 0; run < ROUNDS; run++)
			({ parcels, text } = await timed(office, 'open', () => read(side)));
		const sent = gzipSync(text).length;
		return `a working area of ${parcels} parcels: ${kb(text.length)} kB, ${kb(sent)} kB gzip`;
	}
});
