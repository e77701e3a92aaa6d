import type { BrowserContextOptions, Locator, Page } from '@playwright/test';
import type { LonLat } from '$geo/flat-polygons.ts';
import { TOOL_GROUPS, type ToolName } from '$lib/map/edit/tool-name.ts';
import { d, DraftHand } from './draft-hand.ts';
import type { MapPage, Pixel } from './map-page.ts';
import { expect } from './watched-test.ts';

/** What somebody works the program with: the same acts by mouse, by keyboard, or by touch. */
export interface JourneyHand {
	readonly context: BrowserContextOptions;
	/** Zoom at which a row of lots is seen and its corners can be told apart. */
	readonly zoom: number;
	press(control: Locator): Promise<void>;
	write(field: Locator, text: string): Promise<void>;
	/** Chooses an option by its value; its label begins with the letters, or it is the last. */
	choose(select: Locator, value: string, letters: string): Promise<void>;
	use(map: MapPage, tool: ToolName): Promise<void>;
	/** Touches the map at a place: chooses a parcel, or puts a place down by eye. */
	touch(map: MapPage, place: LonLat): Promise<void>;
	/** Puts an exact place down, where the hand can. */
	put(map: MapPage, place: LonLat): Promise<void>;
	finish(page: Page): Promise<void>;
	undo(page: Page): Promise<void>;
	redo(page: Page): Promise<void>;
	/** Goes to a tab of the desk's panel. */
	turnTo(page: Page, tab: string): Promise<void>;
}

const panelOf = (page: Page) => page.getByRole('tabpanel');
const finishOf = (page: Page) => panelOf(page).getByRole('button', { name: d('finish'), exact: true });
const undoOf = (page: Page) => page.getByRole('button', { name: new RegExp(`^${d('undo')}`) });
const redoOf = (page: Page) => page.getByRole('button', { name: new RegExp(`^${d('redo')}`) });
const toolOf = (page: Page, tool: ToolName) =>
	page.getByRole('button', { name: new RegExp(`^${d(`tool_${tool}`)} \\(`) });

export const MOUSE: JourneyHand = {
	context: {},
	zoom: 16,
	press: (control) => control.click(),
	write: (field, text) => field.fill(text),
	choose: async (select, value) => void (await select.selectOption(value)),
	use: (map, tool) => toolOf(map.page, tool).click(),
	touch: (map, place) => map.click(place),
	put: (map, place) => map.click(place),
	finish: (page) => finishOf(page).click(),
	undo: (page) => undoOf(page).click(),
	redo: (page) => redoOf(page).click(),
	turnTo: (page, name) => page.getByRole('tab', { name }).click(),
};

/** On a phone; what is typed and chosen comes from the phone's own keyboard and list, which no page draws. */
export const TOUCH: JourneyHand = {
	context: { viewport: { width: 412, height: 915 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' },
	zoom: 17,
	press: async (control) => {
		await inSight(control.page(), control);
		await control.tap();
	},
	write: async (field, text) => {
		await inSight(field.page(), field);
		await field.tap();
		await field.fill(text);
	},
	choose: async (select, value) => {
		await inSight(select.page(), select);
		await select.tap();
		await select.selectOption(value);
	},
	use: (map, tool) => toolOf(map.page, tool).tap(),
	touch: tapMap,
	put: tapMap,
	finish: (page) =>
		page
			.locator('.bar')
			.getByRole('button', { name: d('finish') })
			.tap(),
	undo: (page) => undoOf(page).tap(),
	redo: (page) => redoOf(page).tap(),
	turnTo: async (page, name) => {
		await inSight(page, page.getByRole('tab', { name }));
		await page.getByRole('tab', { name }).tap();
	},
};

/** The panel lies over half of a phone's map: it is folded away to tap the map, which is drawn along by a finger until the place lies open. */
async function tapMap(map: MapPage, place: LonLat): Promise<void> {
	const { page } = map;
	const fold = page.locator('.dock.right.raised > header').getByRole('button').last();
	if (await fold.isVisible()) await moving(map, () => fold.tap());
	for (let swipe = 0; swipe < MOST_SWIPES; swipe++) {
		await (map instanceof DraftHand ? map.ready() : map.drawn());
		const box = await map.canvas.boundingBox();
		const at = await map.pixelOf(place);
		if (box === null) throw new Error('the map is not on the page');
		const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
		const [right, down] = [middle.x - at.x, middle.y - at.y];
		const isNear = Math.abs(right) < box.width / 2 - EDGE_PX && Math.abs(down) < box.height / 2 - EDGE_PX;
		if (isNear && (await map.isOpen(at))) return page.touchscreen.tap(at.x, at.y);
		const way = [within(right, box.width / 2 - EDGE_PX), within(down, box.height / 2 - EDGE_PX)] as const;
		await moving(map, () => drag(page, middle, way));
	}
	throw new Error('no finger brings the place into sight');
}

/** Does what moves the map, and waits until the address tells where it looks now. */
async function moving(map: MapPage, act: () => Promise<void>): Promise<void> {
	const before = map.camera();
	await act();
	await expect.poll(() => map.camera()).not.toEqual(before);
}

const MOST_SWIPES = 12;
const EDGE_PX = 30;
const within = (way: number, most: number) => Math.max(-most, Math.min(most, way));

async function drag(page: Page, { x, y }: Pixel, [right, down]: readonly [number, number]): Promise<void> {
	const session = await page.context().newCDPSession(page);
	const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) =>
		session.send('Input.dispatchTouchEvent', {
			type,
			touchPoints: type === 'touchEnd' ? [] : [{ x: x + right * share, y: y + down * share }],
		});
	// All at once: a finger that rests presses long.
	await Promise.all([
		send('touchStart', 0),
		...[0.25, 0.5, 0.75, 1].map((share) => send('touchMove', share)),
		send('touchEnd', 1),
	]);
	await session.detach();
}

async function inSight(page: Page, control: Locator): Promise<void> {
	const unfold = page.getByRole('button', { name: d('unfold') });
	if (!(await control.first().isVisible()) && (await unfold.isVisible())) await unfold.tap();
}

/** By Tab, arrows, letters and Enter alone: nothing here points at anything. */
export const KEYS: JourneyHand = {
	context: { reducedMotion: 'reduce' },
	zoom: 17,
	press: async (control) => {
		await reach(control);
		await control.page().keyboard.press('Enter');
	},
	write: async (field, text) => {
		await reach(field);
		const { keyboard } = field.page();
		if ((await field.getAttribute('type')) === 'date') {
			// Month, day and year are fields of their own in the browser's, in its own language, which is English.
			for (let i = 0; i < 3; i++) await keyboard.press('ArrowLeft');
			const [year, month, day] = text.split('-');
			await keyboard.type(month + day + year);
		} else {
			await keyboard.press('ControlOrMeta+A');
			await keyboard.type(text);
		}
		await expect(field).toHaveValue(text);
	},
	choose: async (select, value, letters) => {
		await reach(select);
		if (letters === '') await select.page().keyboard.press('End');
		else await select.page().keyboard.type(letters);
		await expect(select).toHaveValue(value);
	},
	use: async ({ page, canvas }, tool) => {
		await reach(canvas);
		await page.keyboard.press(TOOL_GROUPS.flat().find(([name]) => name === tool)?.[1] ?? '');
	},
	touch: async (map, place) => {
		await reach(map.canvas);
		await carry(map, place);
		await map.page.keyboard.press('Enter');
	},
	put: async ({ page }, [lon, lat]) => {
		const pair = panelOf(page).getByLabel(d('typedPair'), { exact: true });
		if (!(await pair.isVisible()))
			await KEYS.press(panelOf(page).locator('summary', { hasText: d('typedPlace') }));
		await KEYS.write(pair, `${lon.toFixed(9)}, ${lat.toFixed(9)}`);
		await page.keyboard.press('Enter');
	},
	finish: async (page) => {
		const isTyping = await page.evaluate(() => document.activeElement?.matches('input, select, textarea'));
		if (isTyping) await reach(finishOf(page));
		await page.keyboard.press(isTyping ? 'Enter' : 'Control+Enter');
	},
	undo: (page) => page.keyboard.press('Control+z'),
	redo: (page) => page.keyboard.press('Control+y'),
	turnTo: async (page, name) => {
		const tabs = page.getByRole('tab');
		await reach(tabs.and(page.locator('[aria-selected="true"]')));
		const wanted = page.getByRole('tab', { name });
		for (let turn = 0; turn < (await tabs.count()); turn++) {
			if ((await wanted.getAttribute('aria-selected')) === 'true') break;
			await page.keyboard.press('ArrowRight');
		}
		await expect(wanted).toBeFocused();
	},
};

const MOST_STOPS = 150;

/** Goes to something by Tab, in the direction in which it lies. */
async function reach(target: Locator): Promise<void> {
	await expect(target).toBeVisible();
	const { keyboard } = target.page();
	for (let stop = 0; stop < MOST_STOPS; stop++) {
		const lies = await target.evaluate((element) => {
			const from = document.activeElement;
			if (from === element) return 'here';
			const isAhead = from === null || from === document.body;
			const place = isAhead ? 0 : from.compareDocumentPosition(element);
			return place & Node.DOCUMENT_POSITION_PRECEDING ? 'behind' : 'ahead';
		});
		if (lies === 'here') return;
		await keyboard.press(lies === 'ahead' ? 'Tab' : 'Shift+Tab');
	}
	throw new Error(`no Tab leads to ${String(target)}`);
}

/** Carries the map by its arrows until a place lies under the cross in its middle. */
async function carry(map: MapPage, place: LonLat): Promise<void> {
	const { keyboard } = map.page;
	for (const [stride, modifier] of [
		[100, ''],
		[8, 'Shift+'],
	] as const) {
		await map.drawn();
		const middle = await map.pixelOf([map.camera().lon, map.camera().lat]);
		const at = await map.pixelOf(place);
		const [right, down] = [at.x - middle.x, at.y - middle.y].map((way) => Math.round(way / stride));
		for (let i = 0; i < Math.abs(right); i++)
			await keyboard.press(`${modifier}Arrow${right > 0 ? 'Right' : 'Left'}`);
		for (let i = 0; i < Math.abs(down); i++)
			await keyboard.press(`${modifier}Arrow${down > 0 ? 'Down' : 'Up'}`);
	}
	await map.drawn();
}
