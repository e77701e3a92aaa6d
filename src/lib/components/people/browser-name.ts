const BROWSERS: readonly (readonly [name: string, sign: RegExp])[] = [
	['WeChat', /MicroMessenger\//],
	['Edge', /Edg(e|A|iOS)?\//],
	['360', /QihooBrowser|QHBrowser|360SE/],
	['Firefox', /Firefox\/|FxiOS\//],
	['Chrome', /Chrome\/|CriOS\//],
	['Safari', /Safari\//],
];
const SYSTEMS: readonly (readonly [name: string, sign: RegExp])[] = [
	['Android', /Android/],
	['iPhone', /iPhone/],
	['iPad', /iPad/],
	['HarmonyOS', /HarmonyOS|OpenHarmony/],
	['Windows', /Windows/],
	['macOS', /Mac OS X/],
	['Linux', /Linux/],
];

/** A browser in words for its owner, such as `Firefox, Windows`; null where its own description says nothing known. */
export function browserName(userAgent: string | null): string | null {
	const known = (list: typeof BROWSERS) => list.find(([, sign]) => sign.test(userAgent ?? ''))?.[0];
	const parts = [known(BROWSERS), known(SYSTEMS)].filter((part) => part !== undefined);
	return parts.length === 0 ? null : parts.join(', ');
}
