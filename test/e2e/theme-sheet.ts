import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';

/** A sheet of pictures must be quickly loaded where it is shown. */
const MOST_BYTES = 600_000;
/** The part of a picture that is map: right of the panels, between the bars. */
const MAP = { left: 340, top: 48, width: 966, height: 688 };
const CELL_PX = 320;

/** What a sheet shows: a row of pictures for each name, a column for each zoom. */
export interface Sheet {
	readonly caption: string;
	readonly dark: boolean;
	readonly rows: readonly { readonly name: string; readonly files: readonly string[] }[];
	readonly zooms: readonly number[];
}

/** Lays the maps of pictures of 1366 × 768 beside each other; a JPEG of 600 kB at most. */
export async function contactSheet(page: Page, { caption, dark, rows, zooms }: Sheet): Promise<Buffer> {
	const scale = CELL_PX / MAP.width;
	const height = Math.round(MAP.height * scale);
	const cells = await Promise.all(
		rows.map(async ({ name, files }) => {
			const pictures = await Promise.all(
				files.map(async (file) => {
					const data = (await readFile(file)).toString('base64');
					return `<td><div><img src="data:image/png;base64,${data}"></div></td>`;
				}),
			);
			return `<tr><th>${name}</th>${pictures.join('')}</tr>`;
		}),
	);
	await page.goto('about:blank');
	await page.setContent(`<!doctype html><html lang="zh"><style>
		body { margin: 0; padding: 12px; width: max-content; font: 15px sans-serif; color-scheme: ${dark ? 'dark' : 'light'}; background: Canvas; color: CanvasText; }
		table { border-spacing: 6px; }
		th { font-weight: normal; }
		tr > th:first-child { writing-mode: vertical-rl; }
		td > div { width: ${CELL_PX}px; height: ${height}px; overflow: hidden; }
		img { width: ${1366 * scale}px; margin: ${-MAP.top * scale}px 0 0 ${-MAP.left * scale}px; }
	</style><p>${caption}</p><table><tr><th></th>${zooms.map((zoom) => `<th>z${zoom}</th>`).join('')}</tr>${cells.join('')}</table></html>`);
	await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
	const whole = page.locator('body');
	for (let quality = 85; quality > 30; quality -= 5) {
		const sheet = await whole.screenshot({ type: 'jpeg', quality });
		if (sheet.length <= MOST_BYTES) return sheet;
	}
	throw new Error(`the sheet "${caption}" is larger than ${MOST_BYTES} bytes`);
}
