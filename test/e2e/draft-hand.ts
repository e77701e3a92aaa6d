import type { Locator, Page } from '@playwright/test';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { findShape, listParcelNosAt } from '$geo/coverage/coverage.ts';
import type { LonLat } from '$geo/flat-polygons.ts';
import { changesetSchema, workingParcelsSchema } from '$lib/api/changeset.ts';
import type { DraftState } from '$lib/domain/changeset/draft-state.ts';
import { factsOf } from '$lib/domain/changeset/parcel-facts.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import { draftTranslator } from '$lib/i18n/draft-text.ts';
import { openWorkingArea } from '$lib/map/edit/open-working-area.ts';
import { newClientId } from '$lib/state/client-id.ts';
import type { ToolName } from '$lib/map/edit/tool-name.ts';
import { cameraQuery, MapPage } from './map-page.ts';
import { expect, visit } from './watched-test.ts';

export const d = draftTranslator('zh');
const ZONE = 'shenyang';
/** Ground for traffic is no lot. */
const ROAD = 'cn-land-use/2023/1207';

/** Three parcels side by side between two streets, and a line across them that begins and ends on those. */
export interface Row {
	readonly parcelNos: readonly number[];
	readonly line: readonly [LonLat, LonLat];
	/** A place in each, north of the line and south of it. */
	readonly inside: readonly { readonly north: LonLat; readonly south: LonLat }[];
	/** Where the line meets the boundaries between them. */
	readonly corners: readonly LonLat[];
}

/** The desk of a draft as a planner's hand knows it. */
export class DraftHand extends MapPage {
	readonly changesetNo: number;

	constructor(page: Page, changesetNo: number) {
		super(page);
		this.changesetNo = changesetNo;
	}

	/** Begins a draft by the API, without the list and its form. */
	static async beginBehind(page: Page, title: string): Promise<DraftHand> {
		const answer = await page.request.post(`/api/v1/zones/${ZONE}/changesets`, {
			headers: { origin: new URL(page.url()).origin },
			data: {
				clientId: newClientId(),
				coverageId: 'plan',
				kind: 'plan_amendment',
				title,
				reason: '端到端测试',
			},
		});
		return new DraftHand(page, changesetSchema.parse(await answer.json()).changesetNo);
	}

	/** Opens the desk at a place and waits until its parcels can be edited. */
	async goTo(at: LonLat, zoom: number): Promise<void> {
		await visit(this.page, `/drafts/${ZONE}/${this.changesetNo}?${cameraQuery(at, zoom)}`);
		await this.ready();
	}

	async ready(): Promise<void> {
		await this.drawn();
		await expect(this.page.locator('.notices').getByText(d('areaLoading'))).toBeHidden();
	}

	/** What the server says of the draft's base round a place. */
	async stateAt([lon, lat]: LonLat, reachDeg: number): Promise<DraftState> {
		const bbox = [lon - reachDeg, lat - reachDeg, lon + reachDeg, lat + reachDeg].join(',');
		const answer = await this.page.request.get(
			`/api/v1/zones/${ZONE}/changesets/${this.changesetNo}/shapes?bbox=${bbox}`,
		);
		return openWorkingArea(workingParcelsSchema.parse(await answer.json()), () => true).state;
	}

	async use(tool: ToolName): Promise<void> {
		await this.page.getByRole('button', { name: new RegExp(`^${d(`tool_${tool}`)} \\(`) }).click();
	}

	async finish(): Promise<void> {
		await this.panel()
			.getByRole('button', { name: d('finish'), exact: true })
			.click();
	}

	panel(): Locator {
		return this.page.getByRole('tabpanel');
	}

	async tab(name: string): Promise<Locator> {
		await this.page.getByRole('tab', { name }).click();
		return this.panel();
	}

	/** Expects so many steps to count, and all of them stored. */
	async hasSteps(count: number): Promise<void> {
		const name = count === 0 ? d('tabSteps') : `${d('tabSteps')} ${count}`;
		await expect(this.page.getByRole('tab', { name, exact: true })).toBeVisible();
		await this.saved();
	}

	async saved(): Promise<void> {
		await expect(this.page.getByText(d('saved'), { exact: true })).toBeVisible();
	}
}

/** Finds a row of three lots that a line across can split, nearest to a place first; throws where there is none. */
export function findRow(state: DraftState, [lon, lat]: LonLat): Row {
	const stepDeg = 0.00004;
	const at = (x: number, y: number): LonLat => [lon + x * stepDeg, lat + y * stepDeg];
	const parcelAt = (place: LonLat) => listParcelNosAt(state.coverage, place)[0] ?? 0;
	const isLot = (no: number) => {
		const shape = no === 0 ? null : findShape(state.coverage, no);
		if (shape === null || factsOf(state.facts, no).landUse === ROAD) return false;
		const [areaM2] = ellipsoidalAreasM2(shape);
		return areaM2 > 6_000 && areaM2 < 200_000;
	};
	for (let y = -400; y < 400; y += 5) {
		const row = Array.from({ length: 500 }, (_, i) => ({ x: i - 250, no: parcelAt(at(i - 250, y)) }));
		const runs: { no: number; from: number; to: number }[] = [];
		for (const { x, no } of row) {
			const last = runs.at(-1);
			if (last?.no === no) last.to = x;
			else runs.push({ no, from: x, to: x });
		}
		for (let i = 1; i + 3 < runs.length; i++) {
			const [before, a, b, c, after] = runs.slice(i - 1, i + 4);
			const lots = [a, b, c];
			if (!lots.every(({ no, from, to }) => isLot(no) && to - from > 10)) continue;
			if (isLot(before.no) || isLot(after.no)) continue;
			const line = [at(before.to, y), at(after.from, y)] as const;
			const parcelNos = lots.map(({ no }) => no);
			const split = runStep(state, { verb: 'split_by_line', params: { line, parcelNos } });
			if (!split.ok || split.difference.shapes.filter(({ kind }) => kind === 'created').length !== 6)
				continue;
			const [[west, lineLat], [east]] = line;
			const reach = 6;
			const inside = lots.map(({ from, to }) => ({
				north: at((from + to) / 2, y + reach),
				south: at((from + to) / 2, y - reach),
			}));
			const isClear = inside.every(
				({ north, south }, j) => parcelAt(north) === parcelNos[j] && parcelAt(south) === parcelNos[j],
			);
			if (!isClear) continue;
			const corners = [a, b].map(({ to }): LonLat => [at(to + 0.5, y)[0], lineLat]);
			return {
				parcelNos,
				line: [
					[west, lineLat],
					[east, lineLat],
				],
				inside,
				corners,
			};
		}
	}
	throw new Error('no row of three lots');
}
