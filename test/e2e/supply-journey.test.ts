import type { Page } from '@playwright/test';
import { axeFindings } from './axe-findings.ts';
import { formatNumber } from '$lib/i18n/format-number.ts';
import { zh } from './map-page.ts';
import { AWARD, CONDITIONS, l, LEASE, LIST, OFFER, recorded, s, SupplyHand } from './supply-hand.ts';
import { expect, test, visit } from './watched-test.ts';
import { ZoneReader } from './zone-reader.ts';

const SCREENSHOTS = 'test/output/screenshots';

const DESK = ['light', 1366] as const;
const PHONE = ['dark', 375] as const;

/** Looks at a page, in both themes and on a phone where nothing else is said: nothing serious, nothing wider than the screen. */
async function inspect(
	page: Page,
	name: string,
	looks: readonly (typeof DESK | typeof PHONE)[] = [DESK, PHONE],
): Promise<void> {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	for (const [theme, width] of looks) {
		await page.setViewportSize({ width, height: 768 });
		await page.evaluate((value) => (document.documentElement.dataset.theme = value), theme);
		expect(await axeFindings(page), `${name} ${theme}`).toEqual([]);
		const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect(over, `${name} ${width}`).toBeLessThanOrEqual(0);
		await page.screenshot({ path: `${SCREENSHOTS}/${name}-${theme}-${width}.png`, fullPage: true });
	}
	await page.setViewportSize({ width: 1366, height: 768 });
}

const graph = (page: Page) => page.getByRole('img', { name: s('lifeCycle') });

test('a parcel becomes a plot, is leased, passes its review and is granted', async ({
	page,
	openContext,
	traffic,
	baseURL,
	origin,
}) => {
	test.setTimeout(150_000);
	// A code that is none is refused.
	traffic.expectFault(/\b422\b/);
	const officer = await SupplyHand.signedIn(page, 'supply');
	const [parcel] = await officer.industrialParcels(new ZoneReader(origin), 1);

	// From the parcel's page: a name is needed, and said so at its field.
	await visit(page, `/parcel/shenyang/plan/${parcel.parcelNo}`);
	await page.getByRole('link', { name: zh('parcel.makePlot') }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(s('makeTitle'));
	await officer.button(s('makeSave')).click();
	await expect(officer.field(s('makeName'))).toHaveAccessibleDescription(s('fieldRequired'));
	await officer.field(s('makeName')).fill('端到端一号地');
	await officer.field(s('makeCode')).fill('123');
	await officer.button(s('makeSave')).click();
	await expect(officer.field(s('makeCode'))).toHaveAccessibleDescription(/19 位/);
	await officer.field(s('makeCode')).fill('');
	await officer.button(s('makeSave')).click();
	await page.waitForURL(/\/plot\/\d+$/);
	const plotNo = Number(/(\d+)$/.exec(page.url())?.[1]);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('端到端一号地');

	// One statement by hand, the rest behind the screen; then into the programme.
	await officer.clear(plotNo, ['industry_plan']);
	await page.getByRole('button', { name: `${s('statementState')} ${s('item_industry_plan')}` }).click();
	await officer.field(s('statementDocument')).fill('产业规划核查表');
	await page
		.getByRole('form')
		.getByRole('button', { name: s('statementState') })
		.click();
	await expect(page.getByText('产业规划核查表')).toBeVisible();
	await officer.button(s('supplyStart')).click();
	await officer.field(s('supplyMode')).selectOption('lease_then_grant');
	await expect(page.getByText(s('modeIndustry', { state: s('conformityState_pass') }))).toBeVisible();
	await officer.field(s('supplyYear')).fill('2026');
	await page
		.getByRole('form')
		.getByRole('button', { name: s('supplyStart') })
		.click();
	await page.waitForURL(/\/supply\/shenyang\/\d+$/);
	const supplyNo = Number(/(\d+)$/.exec(page.url())?.[1]);

	// Who entered it does not offer it; another person does, after a question failed.
	await expect(page.getByRole('main')).toContainText(s('actNeedsRight', { event: s('event_offer') }));
	const other = await (await openContext({ baseURL })).newPage();
	const approver = await SupplyHand.signedIn(other, 'approver');
	await visit(other, `${LIST}/${supplyNo}`);
	await approver.begin('offer');
	await approver.button(s('actCheck')).click();
	await expect(approver.field(s('field_noticeOn'))).toHaveAccessibleDescription(s('fieldRequired'));
	await approver.field(s('field_noticeOn')).fill(OFFER.noticeOn);
	await approver.field(s('field_startsOn')).fill(OFFER.startsOn);
	await approver.field(s('field_endsOn')).fill(OFFER.endsOn);
	await approver.field(s('field_startPriceFen')).fill('100,000.00');
	await approver.field(s('field_leaseMonths')).fill('36');
	await approver.field(s('field_grantYears')).fill('48');
	await approver.button(s('actCheck')).click();
	await expect(other.locator('.verdict')).toHaveText(s('actFails', { count: 2 }));
	await expect(other.getByText('合计，超过工业用地最高年限')).toBeVisible();
	await expect(approver.button(s('actConfirm', { event: s('event_offer') }))).toBeDisabled();
	await approver.field(s('field_grantYears')).fill('40');
	await approver.field(s('field_minutesNumber')).fill('纪要 3 号');
	await inspect(other, 'supply-questions');
	await approver.confirm('offer');
	await expect(graph(other)).toHaveAccessibleName(new RegExp(s('state_offered')));

	await officer.act(supplyNo, 'award', AWARD);
	await officer.act(supplyNo, 'sign_lease', LEASE);
	await officer.act(supplyNo, 'hand_over', { handedOverOn: '2026-05-20' });
	await officer.act(supplyNo, 'open_review', { openedOn: '2026-11-01' });

	// A corrected hand-over moves the end of the lease; the old day stays, struck out.
	await visit(page, `${LIST}/${supplyNo}`);
	const dates = page.getByRole('region', { name: s('dates') });
	await expect(dates).toContainText('2029年5月19日');
	await page.getByRole('button', { name: `${s('correct')} ${s('field_handedOverOn')}` }).click();
	await officer.field(s('field_handedOverOn')).fill('2026-05-25');
	await officer.field(s('correctionReason')).fill('交地确认书');
	await officer.button(s('correctionSave')).click();
	await expect(page.locator('del')).toContainText('2026年5月20日');
	await expect(dates).toContainText('2029年5月24日');

	// Works are recorded and corrected: the old day stays, struck out. Proceedings go step by step, each by whom it is for.
	const [day, document] = [s('field_seenOn'), s('field_document')];
	const records = page.getByRole('region', { name: s('records') });
	await officer.button(s('recordMenu')).click();
	await officer.button(s('fact_progress')).click();
	await expect(officer.field(s('field_step'))).toBeFocused();
	await recorded(
		officer,
		s('fact_progress'),
		{ [day]: '2026-11-02', [document]: '查验单 1 号' },
		{ [s('field_step')]: 'started' },
	);
	await expect(records).toContainText('查验单 1 号');
	await records.getByRole('button', { name: `${s('correct')} ${s('fact_progress')} 1` }).click();
	await recorded(officer, s('recordCorrect', { what: s('fact_progress') }), { [day]: '2026-11-03' });
	await expect(records.locator('del')).toContainText('2026年11月2日');
	const proceedings = page.getByRole('region', { name: s('idleProceedings') });
	await officer.button(s('idleStep_investigate')).click();
	await recorded(officer, s('idleStep_investigate'), {
		[s('field_ground')]: '举报',
		[document]: '调查 1 号',
	});
	await officer.button(s('idleStep_hear')).click();
	const hearing = { [s('field_hearing')]: 'waived' };
	await recorded(officer, s('idleStep_hear'), { [document]: '笔录 1 号' }, hearing);
	await expect(proceedings).toContainText(s('idleState_heard'));
	await expect(proceedings).toContainText(s('actNeedsRight', { event: s('idleStep_find_idle') }));
	await inspect(page, 'supply-records');
	await visit(other, `${LIST}/${supplyNo}`);
	await approver.button(s('idleStep_find_not_idle')).click();
	const found = { [s('field_reason')]: '已动工', [document]: '认定 1 号' };
	await recorded(approver, s('idleStep_find_not_idle'), found);
	await expect(other.getByRole('region', { name: s('idleProceedings') })).toContainText('认定 1 号');

	// Every agreed condition is reviewed with its evidence.
	await visit(other, `${LIST}/${supplyNo}`);
	await approver.begin('pass_review');
	for (const { text } of CONDITIONS) {
		await other.getByRole('checkbox', { name: text }).check();
		await approver.field(s('resultEvidence', { condition: text })).fill('证明');
	}
	await approver.confirm('pass_review');

	await visit(page, `${LIST}/${supplyNo}`);
	await officer.begin('sign_grant');
	await officer.field(s('field_number')).fill('出 1 号');
	await officer.field(s('field_principalOfficeId')).selectOption('sample-bureau');
	await officer.field(s('field_priceFen')).fill('5,000,000.00');
	await officer.confirm('sign_grant');
	await expect(graph(page)).toHaveAccessibleName(new RegExp(`：${s('state_granted')}。`));
	const supervision = page.getByRole('region', { name: s('supervision') });
	await expect(supervision).toContainText(s('dueKind_price'));
	await expect(supervision).toContainText(s('dueOpen', { amount: '5,000,000.00' }));
	await page.screenshot({ path: `${SCREENSHOTS}/supply-granted.png`, fullPage: true });
	await visit(page, `${LIST}/plot/${plotNo}`);
	await expect(page.getByRole('region', { name: s('plotTimeline') })).toContainText(s('event_pass_review'));
	await inspect(page, 'supply-plot');
});

test('a failed conversion ends as the contract says, and what was secret stayed so', async ({
	page,
	openContext,
	baseURL,
	origin,
}) => {
	test.setTimeout(150_000);
	const officer = await SupplyHand.signedIn(page, 'supply');
	const [, parcel] = await officer.industrialParcels(new ZoneReader(origin), 2);
	const supplyNo = await officer.enter(parcel.parcelNo, '端到端二号地');
	const other = await (await openContext({ baseURL })).newPage();
	const approver = await SupplyHand.signedIn(other, 'approver');
	await approver.act(supplyNo, 'offer', OFFER);

	// A reserve price is on the officer's page and in nobody else's.
	await visit(page, `${LIST}/${supplyNo}`);
	await page
		.getByRole('region', { name: s('secrets') })
		.getByRole('button')
		.click();
	await officer.field(s('secretAmount')).fill('98,765.43');
	await page
		.getByRole('form')
		.getByRole('button', { name: s('secretAdd') })
		.click();
	await expect(page.getByRole('cell', { name: '98,765.43' })).toBeVisible();
	await visit(other, `${LIST}/${supplyNo}`);
	await expect(other.getByRole('heading', { name: s('history') })).toBeVisible();
	const told = await other.content();
	expect([told.includes('98,765'), told.includes('9876543'), told.includes(s('secrets'))]).toEqual([
		false,
		false,
		false,
	]);

	await officer.act(supplyNo, 'award', AWARD);
	await officer.act(supplyNo, 'sign_lease', LEASE);
	await officer.act(supplyNo, 'hand_over', { handedOverOn: '2026-05-20' });
	await officer.act(supplyNo, 'open_review', { openedOn: '2026-11-01' });

	await visit(other, `${LIST}/${supplyNo}`);
	await approver.begin('fail_review');
	await approver.field(s('field_reason')).fill('投资没有到位');
	await approver.confirm('fail_review');
	await expect(other.getByText(s('actNeedsAnother', { event: s('event_end') }))).toBeVisible();

	const third = await (await openContext({ baseURL })).newPage();
	const director = await SupplyHand.signedIn(third, 'director');
	await visit(third, `${LIST}/${supplyNo}`);
	await director.begin('end');
	await director.field(s('field_cause')).selectOption('conversion_failed');
	await director.confirm('end');
	await expect(third.getByText(s('actsNone'))).toBeVisible();
	await expect(graph(third)).toHaveAccessibleName(new RegExp(`：${s('state_ended')}。`));
});

test('plots are found by filters that an address keeps, and rules say how far they are known', async ({
	page,
	traffic,
}) => {
	test.setTimeout(90_000);
	traffic.expectFault(/\b404\b/);
	await visit(page, LIST);
	await expect(page).toHaveURL(/sign-in/);
	const reader = await SupplyHand.signedIn(page, 'district');
	await visit(page, LIST);
	await reader.field(s('filterState')).selectOption('failed');
	await expect(page).toHaveURL(/state=failed/);
	const rows = page.locator('tbody tr');
	await expect(rows.first()).toContainText(s('state_failed'));
	await reader.field(s('filterMode')).selectOption('allocation');
	await expect(page.getByText(s('listNoneTitle'))).toBeVisible();
	await page.getByRole('link', { name: s('filterRemove', { filter: s('mode_allocation') }) }).click();
	await expect(rows.first()).toContainText(s('mode_lease_then_grant'));
	await page.reload();
	await expect(rows.first()).toContainText(s('state_failed'));
	await page.getByRole('link', { name: s('filterClear') }).click();
	await expect(page).not.toHaveURL(/state=/);
	await page.getByRole('link', { name: s('columnDue'), exact: true }).click();
	await expect(page.getByRole('columnheader', { name: s('columnDue') })).toHaveAttribute(
		'aria-sort',
		'ascending',
	);
	await page.getByRole('link', { name: s('pageNext') }).click();
	await expect(page).toHaveURL(/offset=50/);
	await inspect(page, 'supply-list');

	await page.getByRole('link', { name: s('rules'), exact: true }).click();
	await page.getByRole('radio', { name: s('rulesFilter_unset') }).check();
	await expect(page).toHaveURL(/show=unset/);
	await expect(page.getByRole('row', { name: 'mx.living-share-max' })).toContainText(s('ruleNoValue'));
	await inspect(page, 'supply-rules');

	await visit(page, `${LIST}/1`);
	await page.getByText(s('topUpHint')).click();
	await reader.field(s('field_useBefore')).selectOption('industrial');
	await reader.field(s('field_floorBeforeDm2')).fill('一万');
	await reader.field(s('field_floorAfterDm2')).fill('12000.5');
	await reader.button(s('topUpReckon')).click();
	await expect(page.getByText(s('topUpFloorWrong'))).toBeVisible();
	await reader.field(s('field_floorBeforeDm2')).fill('10000');
	await reader.button(s('topUpReckon')).click();
	const reckoned = page.getByText('按规则不补地价。');
	await expect(reckoned).toContainText('0.00');
	await expect(reckoned.locator('..')).toContainText('price.top-up.floor.industrial');

	expect((await page.goto(`${LIST}/99999999`))?.status()).toBe(404);
});

test('what is due and land that waits are found and noted; a batch is entered, and a plot is made of it and taken out', async ({
	page,
	origin,
}) => {
	test.setTimeout(90_000);
	const officer = await SupplyHand.signedIn(page, 'supply');
	await visit(page, LIST);
	await page.getByRole('link', { name: l('due'), exact: true }).click();
	await expect(page.getByRole('heading', { name: l('dueLate') })).toBeVisible();
	await officer.field(l('dueKind')).selectOption('rent');
	await expect(page).toHaveURL(/kind=rent/);
	await expect(page.locator('tbody th').first()).toContainText(s('dueKind_rent'));
	await inspect(page, 'supply-due', [DESK]);

	await visit(page, `${LIST}/land?list=supplied_not_used`);
	const rows = page.locator('tbody tr');
	await expect(rows.filter({ hasText: s('idle_suspected') }).first()).toBeVisible();
	const name = await rows.first().getByRole('link').innerText();
	await rows.first().getByRole('button').click();
	await recorded(officer, l('noteOf', { name }), { [s('field_cause')]: '等待排水工程' });
	await expect(rows.first()).toContainText('等待排水工程');
	await inspect(page, 'supply-land', [PHONE]);
	await page.getByRole('link', { name: l('list_approved_not_supplied') }).click();
	await expect(page.getByRole('columnheader', { name: l('batchLapse') })).toBeVisible();

	await visit(page, `${LIST}/batches`);
	await officer.button(l('batchAdd')).click();
	await recorded(officer, l('batchAdd'), {
		[s('field_batchNumber')]: '端到端批次',
		[s('field_title')]: '示例批次',
		[s('field_approvedOn')]: '2026-03-02',
		[s('field_approvingOffice')]: '示例机关',
		[s('field_approvedAreaDm2')]: '20000',
		[s('field_source')]: '示例文件',
	});
	await expect(page.getByRole('rowheader', { name: '端到端批次' })).toBeVisible();
	await inspect(page, 'supply-batches', [PHONE]);

	const [, , parcel] = await officer.industrialParcels(new ZoneReader(origin), 3);
	await visit(page, `${LIST}/make?parcels=${parcel.parcelNo}`);
	await officer.field(s('makeName')).fill('端到端三号地');
	const [west, south, east, north] = parcel.bbox;
	const middle = (west + east) / 2;
	await officer.field(s('outlineText')).fill(`${west} ${south}\n甲\n${middle} ${south}`);
	await officer.button(s('makeSave')).click();
	await expect(page.getByText(s('outlineWrong'))).toBeVisible();
	const half = [west, middle, middle, west].map((lon, i) => `${lon} ${i < 2 ? south : north}`).join('\n');
	await officer.field(s('outlineText')).fill(half);
	await expect(page.getByText('取其中一部分')).toBeVisible();
	const choice = officer.field(l('batchOf')).locator('option', { hasText: '端到端批次' });
	await officer.field(l('batchOf')).selectOption(await choice.getAttribute('value'));
	await officer.button(s('makeSave')).click();
	await page.waitForURL(/\/plot\/\d+$/);
	const main = page.getByRole('main');
	await expect(main).toContainText('端到端批次');
	await expect(main).toContainText(s('parcelPart'));
	await officer.button(l('batchGive')).click();
	await officer.field(l('batchOf')).selectOption('');
	await page
		.getByRole('form')
		.getByRole('button', { name: l('batchGive') })
		.click();
	await expect(main).not.toContainText('端到端批次');

	await expect(main).toContainText(s('buildingsNone'));
	await officer.button(s('buildingAdd')).click();
	await recorded(officer, s('buildingAdd'), {
		[s('field_buildingName')]: '一号楼',
		[s('field_industryFloorDm2')]: '12000',
		[s('field_supportFloorDm2')]: '3000',
		[s('field_livingFloorDm2')]: '1000',
		[s('field_buildingStatedOn')]: '2026-11-01',
		[s('field_source')]: '示例文件',
	});
	const building = page.getByRole('row', { name: '一号楼' });
	await expect(building).toContainText(formatNumber(12_000, 2));
	await officer.button(s('buildingChange', { name: '一号楼' })).click();
	await recorded(officer, s('buildingChange', { name: '一号楼' }), {
		[s('field_industryFloorDm2')]: '13000',
	});
	await expect(
		page.getByRole('row', { name: s('buildingsSum', { area: formatNumber(16_000, 2) }) }),
	).toContainText('81.25%');
});
