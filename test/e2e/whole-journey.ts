import type { Page } from '@playwright/test';
import type { LonLat } from '$geo/flat-polygons.ts';
import type { WireParcelHistory } from '$lib/api/history.ts';
import { historyTranslator } from '$lib/i18n/history-text.ts';
import { issueText } from '$lib/i18n/issue-text.ts';
import { axeFindings } from './axe-findings.ts';
import { d, DraftHand, findRow, type Row } from './draft-hand.ts';
import type { JourneyHand } from './journey-hand.ts';
import { cameraQuery, MapPage, zh } from './map-page.ts';
import { expect, FROM_OUTSIDE, visit, type test } from './watched-test.ts';

/** Steps that somebody looks at while the journey goes on. */
export type Moment =
	| 'found'
	| 'split'
	| 'moving'
	| 'balance'
	| 'undone'
	| 'handed-in'
	| 'returned'
	| 'approved'
	| 'refused'
	| 'published'
	| 'seen';

/** What is open at a moment. */
export interface Scene {
	readonly row: Row;
	readonly author: DraftHand;
	/** Null: nobody else has opened the draft yet. */
	readonly boss: DraftHand | null;
	readonly reader: Page | null;
	/** Null: it is not published. */
	readonly revision: number | null;
}

type TestArguments = Parameters<Parameters<typeof test>[2]>[0];

export interface Journey extends Pick<TestArguments, 'openContext' | 'traffic' | 'baseURL'> {
	readonly hand: JourneyHand;
	readonly title: string;
	/** Near these lots. */
	readonly near: LonLat;
	readonly authorName: string;
	readonly approverName: string;
	readonly look?: (moment: Moment, scene: Scene) => Promise<void>;
}

const MX = 'MX';
const ZONE = '/api/v1/zones/shenyang';
const h = historyTranslator('zh');

async function signIn(hand: JourneyHand, page: Page, sample: string): Promise<void> {
	await visit(page, '/sign-in');
	await hand.write(page.getByLabel(zh('account.email'), { exact: true }), `${sample}@shenyang.invalid`);
	await hand.write(
		page.getByLabel(zh('account.password'), { exact: true }),
		process.env['YUANTU_TEST_SAMPLE_PASSWORD'] ?? '',
	);
	await hand.press(page.getByRole('main').getByRole('button', { name: zh('account.signIn'), exact: true }));
	await expect(page).not.toHaveURL(/sign-in/);
}

async function beginDraft(hand: JourneyHand, page: Page, title: string): Promise<DraftHand> {
	await visit(page, '/drafts/shenyang');
	await hand.write(page.getByLabel(d('fieldTitle'), { exact: true }), title);
	await hand.write(page.getByLabel(d('fieldReason'), { exact: true }), '端到端测试');
	await hand.press(page.getByRole('button', { name: d('beginButton') }));
	await page.waitForURL(/\/drafts\/shenyang\/\d+/);
	return new DraftHand(page, Number(/\/(\d+)(\?|$)/.exec(page.url())?.[1]));
}

async function act(
	hand: JourneyHand,
	desk: DraftHand,
	verb: 'submit' | 'return' | 'approve' | 'publish',
	comment = '',
): Promise<void> {
	await hand.turnTo(desk.page, d('tabRecord'));
	const panel = desk.panel();
	await hand.press(panel.getByRole('button', { name: d(`act_${verb}`), exact: true }));
	if (comment !== '') await hand.write(panel.getByLabel(d('actComment')), comment);
	await hand.press(panel.getByRole('button', { name: d('actConfirm', { act: d(`act_${verb}`) }) }));
}

async function recordPaper(
	hand: JourneyHand,
	desk: DraftHand,
	title: string,
	fields: Readonly<Record<string, string>>,
): Promise<void> {
	const paper = desk.panel().locator('details', { hasText: title }).first();
	if ((await paper.getAttribute('open')) === null) await hand.press(paper.locator('summary'));
	for (const [label, value] of Object.entries(fields))
		await hand.write(paper.getByLabel(label, { exact: true }), value);
	await hand.press(paper.getByRole('button', { name: d('save'), exact: true }));
	await expect(paper).toContainText(d('paperDone'));
}

const stateIs = (page: Page, state: 'draft' | 'submitted' | 'approved') =>
	expect(page.getByText(d(`state_${state}`), { exact: true })).toBeVisible();

/** Draws: a line across three lots, a corner of four, two made one, one without a class and mended; then undone and done again. */
async function draw({ hand, look }: Journey, scene: Scene): Promise<void> {
	const { author: desk, row } = scene;
	const { page } = desk;
	const changed = (kind: string, count: number) =>
		expect(desk.panel().getByRole('table').locator(`tr.${kind}`)).toHaveCount(count);

	await hand.use(desk, 'select');
	for (const { north } of row.inside) await hand.touch(desk, north);
	await hand.use(desk, 'split_by_line');
	for (const place of row.line) await hand.put(desk, place);
	await hand.turnTo(page, d('tabTool'));
	await changed('created', 6);
	await look?.('split', scene);
	await hand.finish(page);
	await desk.hasSteps(1);
	await hand.press(page.getByRole('button', { name: d('clearChosen') }));

	const [corner] = row.corners;
	await hand.use(desk, 'move_vertices');
	await hand.touch(desk, corner);
	const aside: LonLat = [corner[0] + 0.0003, corner[1] + 0.00024];
	await look?.('moving', scene);
	await hand.put(desk, aside);
	await hand.turnTo(page, d('tabTool'));
	await desk.hasSteps(2);
	const stored = await page.request.get(`${ZONE}/changesets/${desk.changesetNo}/steps`);
	const moved = ((await stored.json()) as { steps: { difference: { shapes: { kind: string }[] } }[] })
		.steps[1];
	expect(moved.difference.shapes.filter(({ kind }) => kind === 'reshaped')).toHaveLength(4);

	await hand.use(desk, 'merge');
	await hand.touch(desk, row.inside[0].north);
	await hand.touch(desk, row.inside[1].north);
	await hand.turnTo(page, d('tabTool'));
	await changed('retired', 1);
	await hand.finish(page);
	await desk.hasSteps(3);
	await hand.press(page.getByRole('button', { name: d('clearChosen') }));

	await hand.use(desk, 'select');
	await hand.touch(desk, row.inside[2].south);
	await hand.use(desk, 'reclassify');
	await hand.turnTo(page, d('tabTool'));
	const landUse = desk.panel().getByLabel(d('landUse'));
	await hand.choose(landUse, 'none', '');
	await hand.finish(page);
	await desk.hasSteps(4);
	await hand.turnTo(page, d('tabIssues'));
	await expect(desk.panel()).toContainText('没有用地分类');
	await hand.press(desk.panel().getByRole('button', { name: d('fix_choose_class') }));
	const mx = await landUse.locator('option', { hasText: MX }).getAttribute('value');
	await hand.choose(landUse, mx ?? '', MX);
	await hand.finish(page);
	await desk.hasSteps(5);

	// What MX gains others lose, to the 0.01 m².
	await hand.turnTo(page, d('tabBalance'));
	await expect(
		desk
			.panel()
			.getByRole('row', { name: new RegExp(MX) })
			.first(),
	).toContainText('+');
	await expect(desk.panel().locator('tfoot .gain')).toHaveText('±0.00');
	await look?.('balance', scene);

	for (const head of [4, 3]) {
		await hand.undo(page);
		await desk.hasSteps(head);
	}
	for (const head of [4, 5]) {
		await hand.redo(page);
		await desk.hasSteps(head);
	}
	await look?.('undone', scene);
}

/** Hands in, returns, hands in again, approves, and publishes: not at 29 days of notice, but at 30 and with a number. */
async function decide(journey: Journey, scene: Scene): Promise<number> {
	const { hand, title, look, openContext, baseURL, approverName, traffic } = journey;
	const { author: desk } = scene;
	await act(hand, desk, 'submit');
	await stateIs(desk.page, 'submitted');
	const other = await (await openContext({ baseURL, ...hand.context })).newPage();
	await signIn(hand, other, approverName);
	await visit(other, '/drafts/shenyang');
	await hand.press(
		other.getByRole('link', { name: title }).and(other.locator(`[href$="/${desk.changesetNo}"]`)),
	);
	const boss = new DraftHand(other, desk.changesetNo);
	await boss.ready();
	const now: Scene = { ...scene, boss };
	await look?.('handed-in', now);
	await act(hand, boss, 'return', '请补充说明');
	await stateIs(other, 'draft');
	await desk.page.reload();
	await desk.ready();
	await hand.turnTo(desk.page, d('tabRecord'));
	await expect(desk.panel()).toContainText('请补充说明');
	await look?.('returned', now);
	await act(hand, desk, 'submit', '已补充');
	await stateIs(desk.page, 'submitted');
	await other.reload();
	await boss.ready();
	await act(hand, boss, 'approve');
	await stateIs(other, 'approved');
	await look?.('approved', now);

	traffic.expectFault(/422: .*\/events/);
	traffic.expectFault(/console: .*422/);
	await recordPaper(hand, boss, '公示', { 开始日期: '2026-09-01', 结束日期: '2026-09-29' });
	await recordPaper(hand, boss, '意见汇总', { 内容: '无意见（示例）' });
	await recordPaper(hand, boss, '批准文件', {
		文号: '示例〔2026〕1号',
		机关: '示例机关',
		日期: '2026-10-20',
	});
	await act(hand, boss, 'publish');
	const tooShort = issueText('zh', { code: 'notice.too-short', params: { days: 29, leastDays: 30 } });
	await expect(boss.panel().getByRole('alert')).toContainText(tooShort);
	await look?.('refused', now);
	await recordPaper(hand, boss, '公示', { 结束日期: '2026-09-30' });
	await hand.press(boss.panel().getByRole('button', { name: d('actConfirm', { act: d('act_publish') }) }));
	await expect(boss.panel().getByText(d('publishedAs', { revision: '' }).trim())).toBeVisible();
	const stored = await other.request.get(`${ZONE}/changesets/${desk.changesetNo}`);
	const { changeset } = (await stored.json()) as { changeset: { publishedRevision: number } };
	await look?.('published', { ...now, revision: changeset.publishedRevision });
	return changeset.publishedRevision;
}

/** Everybody sees it, and where its ground came from; its author takes the revision before it up again. */
async function lookBack(journey: Journey, scene: Scene, revision: number): Promise<void> {
	const { hand, look, openContext, baseURL } = journey;
	const { row, author: desk } = scene;
	const outside = await openContext({ baseURL, ...hand.context, extraHTTPHeaders: FROM_OUTSIDE });
	const reader = await outside.newPage();
	const map = await MapPage.open(reader, `?${cameraQuery(row.inside[2].south, 16)}`);
	await hand.touch(map, row.inside[2].south);
	await expect(map.card).toContainText(MX);
	await look?.('seen', { ...scene, reader });
	await hand.press(map.card.getByRole('link', { name: zh('map.openRecord') }));
	await expect(reader).toHaveURL(/\/parcel\/shenyang\/plan\/\d+/);
	const parcelNo = Number(/plan\/(\d+)/.exec(reader.url())?.[1]);
	const told = await reader.request.get(`${ZONE}/coverages/plan/parcels/${parcelNo}/history`, {
		headers: FROM_OUTSIDE,
	});
	const { lineage } = (await told.json()) as WireParcelHistory;
	const from = row.parcelNos[2];
	expect(lineage.edges).toContainEqual({ from, to: parcelNo, revision });
	const past = reader.getByRole('region', { name: h('parcelTitle') });
	await expect(past.locator(`a[href$="/plan/${from}"]`)).toBeVisible();
	await expect(past.locator(`a[href$="/plan/${parcelNo}"]`)).toHaveAttribute('aria-current', 'page');
	await outside.close();

	const { page } = desk;
	await visit(page, '/history/shenyang/plan');
	const before = page.getByRole('listitem').filter({
		has: page.getByRole('heading', { name: h('revision', { revision: revision - 1 }), exact: true }),
	});
	await hand.press(before.getByRole('button', { name: h('restore') }));
	const form = page.getByRole('form', { name: h('restore') });
	await expect(form.getByLabel(h('fieldTitle'))).toHaveValue(h('restoreTitle', { revision: revision - 1 }));
	await hand.press(form.getByRole('button', { name: h('restore') }));
	await expect(page).toHaveURL(/\/drafts\/shenyang\/\d+/);
	await desk.ready();
	await hand.turnTo(page, d('tabSteps'));
	await desk.hasSteps(1);
}

/** Goes the whole way of a draft with one hand, from signing in to taking an old revision up again. */
export async function goWholeWay(journey: Journey): Promise<void> {
	const { hand, title, near, openContext, baseURL, authorName, look } = journey;
	const page = await (await openContext({ baseURL, ...hand.context })).newPage();
	await signIn(hand, page, authorName);
	const author = await beginDraft(hand, page, title);
	const row = findRow(await author.stateAt(near, 0.012), near);
	const [[west, lat], [east]] = row.line;
	await author.goTo([(west + east) / 2, lat], hand.zoom);
	const scene: Scene = { row, author, boss: null, reader: null, revision: null };
	await look?.('found', scene);
	await draw(journey, scene);
	await decide(journey, scene).then((revision) => lookBack(journey, scene, revision));
	expect(await axeFindings(page)).toEqual([]);
}
