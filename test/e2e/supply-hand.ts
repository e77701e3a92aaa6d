import type { Page } from '@playwright/test';
import type { z } from 'zod';
import { parcelSchema, type WireParcel } from '$lib/api/parcel.ts';
import {
	findingsSchema,
	openSupplySchema,
	plotListSchema,
	plotSchema,
	supplySchema,
} from '$lib/api/supply.ts';
import type { SupplyEventKind } from '$lib/domain/supply/life-cycle.ts';
import { STATEMENT_ITEMS } from '$lib/domain/supply/guard-context.ts';
import { landTranslator } from '$lib/i18n/land-text.ts';
import { supplyTranslator } from '$lib/i18n/supply-text.ts';
import { newClientId } from '$lib/state/client-id.ts';
import { signInAs } from './sign-in.ts';
import { expect } from './watched-test.ts';
import type { ZoneReader } from './zone-reader.ts';

export const s = supplyTranslator('zh');
export const l = landTranslator('zh');
export const LIST = '/supply/shenyang';
const API = '/api/v1/zones/shenyang';
/** Planning units with industrial lots. */
const UNITS = ['HN-D06', 'HN-E07', 'DD-E06'];
const INDUSTRIAL = 'cn-land-use/2023/100101';

/** What was agreed of a lease that is to become a grant. */
export const CONDITIONS = [
	{ key: 'tax', text: '第三年亩均税收不低于 30 万元' },
	{ key: 'invest', text: '固定资产投资不低于 2 亿元' },
];
export const OFFER = {
	procedure: 'listing',
	noticeOn: '2026-03-02',
	startsOn: '2026-03-24',
	endsOn: '2026-04-08',
	startPriceFen: 100_000_00,
	priceBasis: null,
	minutesNumber: '纪要 3 号',
	leaseMonths: 36,
	grantYears: 40,
	intendedUsers: null,
	supplyConditions: [],
	noticeNumber: null,
};
export const AWARD = {
	awardedOn: '2026-04-09',
	holder: '示例受让人',
	priceFen: 500_000_000,
	yearlyRentFen: 100_000_00,
	bidders: 2,
};
export const LEASE = {
	number: '租 1 号',
	signedOn: '2026-04-20',
	principalOfficeId: 'sample-bureau',
	eSupervisionNumber: null,
	handOverBy: '2026-06-01',
	startBy: '2027-06-01',
	completeBy: '2029-06-01',
	leaseMonths: 36,
	grantYears: 40,
	priceFen: null,
	yearlyRentFen: 100_000_00,
	agreedConditions: CONDITIONS,
	onFailure: '无偿交回土地',
};

/** Somebody of the demo at the screens of land supply, who can do things behind them as well. */
export class SupplyHand {
	readonly page: Page;

	private constructor(page: Page) {
		this.page = page;
	}

	static async signedIn(page: Page, sample: string): Promise<SupplyHand> {
		await signInAs(page, sample);
		return new SupplyHand(page);
	}

	button(name: string) {
		return this.page.getByRole('main').getByRole('button', { name, exact: true });
	}

	field(label: string) {
		return this.page.getByRole('main').getByLabel(label, { exact: true });
	}

	/** Sends to the API what the screen would send. */
	async send<T extends z.ZodType>(schema: T, path: string, data: unknown): Promise<z.output<T>> {
		const headers = { origin: new URL(this.page.url()).origin };
		const answer = await this.page.request.post(API + path, { headers, data });
		if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
		return schema.parse(await answer.json());
	}

	/** Industrial parcels of the plan with planning conditions, away from the demo's plots; the same whatever was done to others since. */
	async industrialParcels(reader: ZoneReader, count: number): Promise<WireParcel[]> {
		const plots = await this.demoPlots();
		const found: WireParcel[] = [];
		for (const prefix of UNITS) {
			const hits = await reader.hits('plan', prefix);
			for (const hit of hits.filter(({ classKey }) => classKey === INDUSTRIAL)) {
				const parcel = parcelSchema.parse(await reader.parcel('plan', hit.parcelNo));
				const [west, south, east, north] = parcel.bbox;
				const isTaken = plots.some(
					(plot) => plot.west < east && plot.east > west && plot.south < north && plot.north > south,
				);
				if (parcel.conditions !== null && parcel.parkId !== null && !isTaken) found.push(parcel);
				if (found.length === count) return found;
			}
		}
		throw new Error(`only ${found.length} free industrial parcels with conditions`);
	}

	private async demoPlots() {
		const found: z.output<typeof plotSchema>[] = [];
		for (let before: number | null = 999_999_999; before !== null;) {
			const answer = await this.page.request.get(`${API}/plots?limit=200&before=${before}`);
			const { plots, next } = plotListSchema.parse(await answer.json());
			found.push(...plots.filter(({ isSynthetic }) => isSynthetic));
			before = next;
		}
		return found;
	}

	async read(supplyNo: number) {
		const answer = await this.page.request.get(`${API}/supplies/${supplyNo}`);
		return openSupplySchema.parse(await answer.json());
	}

	/** Records an event behind the screen; open questions are acknowledged. */
	async act(supplyNo: number, event: SupplyEventKind, facts: object): Promise<void> {
		const { supply } = await this.read(supplyNo);
		const path = `/supplies/${supplyNo}`;
		const { findings } = await this.send(findingsSchema, `${path}/questions`, { event, facts });
		const acknowledged = findings.filter(({ outcome }) => outcome === 'unknown').map((one) => one.question);
		await this.send(supplySchema, `${path}/events`, {
			event,
			facts,
			acknowledged,
			expectedEdit: supply.editNo,
		});
	}

	/** States everything of a plot as met, save for some items. */
	async clear(plotNo: number, without: readonly string[] = []): Promise<void> {
		for (const item of STATEMENT_ITEMS.filter((one) => !without.includes(one))) {
			const stated = { item, outcome: 'pass', statedOn: '2026-02-10', document: '核查表' };
			await this.send(plotSchema, `/plots/${plotNo}/statements`, { clientId: newClientId(), ...stated });
		}
	}

	/** A cleared plot of a parcel in a supply that stands in the programme of 2026. */
	async enter(parcelNo: number, name: string): Promise<number> {
		const { plotNo } = await this.send(plotSchema, '/plots', {
			clientId: newClientId(),
			name,
			parcelNos: [parcelNo],
			within: null,
			batchNo: null,
			cadastralCode: null,
			unitCode: null,
			codeStatus: 'none',
			documentAreaDm2: null,
			reason: '',
		});
		await this.clear(plotNo);
		const entry = { clientId: newClientId(), plotNo, mode: 'lease_then_grant', year: 2026, quarter: 1 };
		return (await this.send(supplySchema, '/supplies', entry)).supplyNo;
	}

	/** Opens the form of an event. */
	async begin(event: SupplyEventKind): Promise<void> {
		await this.button(s(`event_${event}`)).click();
		await expect(this.page.getByRole('form', { name: s(`event_${event}`) })).toBeVisible();
	}

	/** Checks what is in the form, acknowledges what has no answer, and records it. */
	async confirm(event: SupplyEventKind): Promise<void> {
		await this.button(s('actCheck')).click();
		await expect(this.page.locator('.verdict')).toBeVisible();
		for (const open of await this.page.getByRole('checkbox', { name: s('acknowledge') }).all())
			await open.check();
		await this.button(s('actConfirm', { event: s(`event_${event}`) })).click();
		await expect(this.page.getByRole('form', { name: s(`event_${event}`) })).toBeHidden();
	}
}

/** Fills in a record of supervision, looks at it once more and records it. */
export async function recorded(
	hand: SupplyHand,
	what: string,
	fields: Readonly<Record<string, string>>,
	choice: Readonly<Record<string, string>> = {},
): Promise<void> {
	for (const [label, value] of Object.entries(choice)) await hand.field(label).selectOption(value);
	for (const [label, value] of Object.entries(fields)) await hand.field(label).fill(value);
	await hand.button(s('actCheck')).click();
	await hand.button(s('recordConfirm', { what })).click();
	await expect(hand.page.getByRole('form', { name: s('recordConfirm', { what }) })).toBeHidden();
}
