import { findShape, listParcelNosAt } from '$geo/coverage/coverage.ts';
import { boxOf } from '$geo/coverage/shape.ts';
import { ringsOf } from '$geo/coverage/vertex.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import type { WireDifference } from '$lib/domain/changeset/wire-difference.ts';
import type { DraftState } from '$lib/domain/changeset/draft-state.ts';
import type { StepVerb } from '$lib/domain/changeset/step.ts';
import { measureLine } from '$lib/map/edit/measure.ts';
import { d, DraftHand, findRow } from './draft-hand.ts';
import { KEYS, TOUCH, type JourneyHand } from './journey-hand.ts';
import { signInAs } from './sign-in.ts';
import { expect, test } from './watched-test.ts';

/** Metres of a degree about the zone. */
const [EAST_M, NORTH_M] = [83_100, 111_060];
/** Farther than a finger reaches. */
const PULL_M = 15;

/** The longest side of a parcel: places on it by share, and off it by metres inwards. */
function longestSide({ coverage }: DraftState, parcelNo: number): (share: number, inM?: number) => LonLat {
	const shape = findShape(coverage, parcelNo);
	if (shape === null) throw new Error(`no parcel ${parcelNo}`);
	const [ring] = ringsOf(shape);
	const sides = ring.map((from, i) => {
		const to = ring[(i + 1) % ring.length];
		const [x, y] = [(to[0] - from[0]) * EAST_M, (to[1] - from[1]) * NORTH_M];
		return { from, x, y, lengthM: Math.hypot(x, y) };
	});
	const { from, x, y, lengthM } = sides.reduce((best, side) => (side.lengthM > best.lengthM ? side : best));
	const place = (share: number, leftM: number): LonLat => [
		from[0] + (x * share - (y / lengthM) * leftM) / EAST_M,
		from[1] + (y * share + (x / lengthM) * leftM) / NORTH_M,
	];
	const inwards = listParcelNosAt(coverage, place(0.5, 1)).includes(parcelNo) ? 1 : -1;
	return (share, inM = 0) => place(share, inM * inwards);
}

/** Puts a place down by its coordinates, whatever works the keys. */
async function type(hand: JourneyHand, desk: DraftHand, [lon, lat]: LonLat): Promise<void> {
	if (hand === KEYS) return KEYS.put(desk, [lon, lat]);
	await hand.turnTo(desk.page, d('tabTool'));
	const pair = desk.panel().getByLabel(d('typedPair'), { exact: true });
	if (!(await pair.isVisible()))
		await hand.press(desk.panel().locator('summary', { hasText: d('typedPlace') }));
	await hand.write(pair, `${lon.toFixed(9)}, ${lat.toFixed(9)}`);
	await hand.press(desk.panel().getByRole('button', { name: d('putDown') }));
}

for (const [name, hand, near] of [
	['keyboard', KEYS, [123.447, 41.693]],
	['touch', TOUCH, [123.443, 41.709]],
] as const)
	test(`what the tools of the map do by ${name} stands in the draft`, async ({ openContext, baseURL }) => {
		test.setTimeout(240_000);
		const context = await openContext({ ...hand.context, baseURL, locale: 'zh-CN' });
		const page = await context.newPage();
		await signInAs(page, 'planner-a');
		const desk = await DraftHand.beginBehind(page, `工具 ${name}`);
		const state = await desk.stateAt(near, 0.012);
		const { parcelNos, inside, line } = findRow(state, near);
		const [a, b, c] = parcelNos;
		const side = longestSide(state, c);
		await desk.goTo(side(0.5), hand.zoom);

		let steps = 0;
		/** Waits for the next step on the server, which must be of a verb, and tells what it did. */
		const done = async (verb: StepVerb): Promise<WireDifference> => {
			const address = `/api/v1/zones/shenyang/changesets/${desk.changesetNo}/steps?after=${steps}`;
			const stored = async () => {
				const answer = await page.request.get(address);
				return ((await answer.json()) as { steps: { verb: string; difference: WireDifference }[] }).steps;
			};
			await expect
				.poll(async () => (await stored()).map((step) => step.verb), { timeout: 15_000 })
				.toEqual([verb]);
			steps++;
			return (await stored())[0].difference;
		};
		const numbersOf = ({ shapes }: WireDifference, kind: string) =>
			shapes.filter((shape) => shape.kind === kind).map(({ parcelNo }) => parcelNo);
		const clear = () => hand.press(page.getByRole('button', { name: d('clearChosen') }));

		await hand.use(desk, 'insert_vertex');
		await hand.put(desk, side(0.5));
		await hand.put(desk, side(0.5, PULL_M));
		expect(numbersOf(await done('insert_vertex'), 'reshaped')).toContain(c);

		await hand.use(desk, 'delete_vertex');
		await hand.put(desk, side(0.5, PULL_M));
		expect(numbersOf(await done('delete_vertex'), 'reshaped')).toContain(c);

		await hand.use(desk, 'reshape');
		const path = [side(0.3), side(0.5, PULL_M), side(0.7)];
		for (const place of path) await hand.put(desk, place);
		await hand.finish(page);
		const reshaped = (await done('reshape')).shapes.find(({ parcelNo }) => parcelNo === c);
		expect(reshaped?.after?.flat().flat().length).toBeGreaterThan(
			reshaped?.before?.flat().flat().length ?? 0,
		);

		await hand.use(desk, 'measure');
		for (const place of path) await hand.put(desk, place);
		await hand.turnTo(page, d('tabTool'));
		const told = (await desk.panel().locator('.measured').innerText()).replaceAll(',', '');
		const { lengthM, areaM2 } = measureLine(path, 4529);
		expect(Math.abs(Number(/[\d.]+/.exec(told)?.[0]) - lengthM)).toBeLessThan(hand === KEYS ? 0.01 : 3);
		expect(areaM2).not.toBeNull();

		await hand.use(desk, 'align');
		await hand.touch(desk, inside[0].north);
		const ofA = longestSide(state, a);
		for (const share of [0, 1]) await type(hand, desk, ofA(share, 1.5));
		expect(numbersOf(await done('align'), 'reshaped')).toContain(a);
		await clear();

		await hand.use(desk, 'select_box');
		const shapeOfB = findShape(state.coverage, b);
		if (shapeOfB === null) throw new Error('the lot in the middle is there');
		const { minLon, minLat, maxLon, maxLat } = boxOf(shapeOfB);
		// What was drawn before has moved its limits by a few metres.
		const room = 0.0003;
		await type(hand, desk, [minLon - room, minLat - room]);
		await type(hand, desk, [maxLon + room, maxLat + room]);
		await expect(desk.panel().locator('.chosen')).not.toContainText(d('chosenNone'));
		await hand.use(desk, 'set_conditions');
		await hand.write(desk.panel().getByLabel(d('farMax'), { exact: true }), '1.5');
		await hand.write(desk.panel().getByLabel(d('conditionSource'), { exact: true }), '示例');
		await hand.finish(page);
		const { facts } = await done('set_conditions');
		expect(facts.map(({ parcelNo, after }) => [parcelNo, after])).toContainEqual([
			b,
			expect.objectContaining({ farMax: 1.5, source: '示例' }),
		]);
		await clear();

		await hand.use(desk, 'set_code');
		await hand.touch(desk, inside[1].north);
		await hand.write(desk.panel().getByLabel(d('code'), { exact: true }), `TOOL-${name}`);
		await hand.finish(page);
		expect((await done('set_code')).facts).toMatchObject([
			{ parcelNo: b, field: 'code', after: { text: `TOOL-${name}` } },
		]);

		await hand.use(desk, 'split_to_areas');
		await hand.write(desk.panel().getByLabel(d('equalParts'), { exact: true }), '3');
		await hand.finish(page);
		const parts = await done('split_to_areas');
		expect([numbersOf(parts, 'created').length, numbersOf(parts, 'retired')]).toEqual([3, [b]]);
		await clear();

		await hand.use(desk, 'carve_corridor');
		await hand.write(desk.panel().getByLabel(d('width'), { exact: true }), '9');
		for (const place of line) await hand.put(desk, place);
		await hand.finish(page);
		expect(numbersOf(await done('carve_corridor'), 'created').length).toBeGreaterThan(1);
		await clear();

		// A box where no parcels have been read: they are read, and then chosen.
		await hand.use(desk, 'select_box');
		const chosen = desk.panel().locator('.chosen');
		await expect(chosen).toContainText(d('chosenNone'));
		for (const [x, y] of [
			[0.012, 0.012],
			[0.018, 0.016],
		] as const)
			await type(hand, desk, [near[0] + x, near[1] + y]);
		await expect(chosen).not.toContainText(d('chosenNone'));
		await desk.saved();
	});
