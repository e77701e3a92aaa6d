import {
	expect,
	test as unwatched,
	type BrowserContext,
	type BrowserContextOptions,
	type Page,
	type Response,
} from '@playwright/test';

/** Headers of a reader who is not on the server's machine, as a proxy would forward him. */
export const FROM_OUTSIDE = { 'x-forwarded-for': '203.0.113.7' };

/** Everything that the pages of a test asked for and complained about. */
export interface Traffic {
	readonly urls: readonly string[];
	/** Requests to anywhere else, errors on the console, errors thrown, answers from 400 on, requests that failed. */
	readonly faults: readonly string[];
	watch(context: BrowserContext): Promise<void>;
	/** Lets faults pass that a test provokes; each pattern must then have been met. */
	expectFault(pattern: RegExp): void;
}

class RecordedTraffic implements Traffic {
	readonly urls: string[] = [];
	readonly faults: string[] = [];
	readonly expected: RegExp[] = [];
	readonly #origin: string;

	constructor(origin: string) {
		this.#origin = origin;
	}

	expectFault(pattern: RegExp): void {
		this.expected.push(pattern);
	}

	async watch(context: BrowserContext): Promise<void> {
		context.on('request', (request) => {
			const url = request.url();
			this.urls.push(url);
			const within = url.startsWith(this.#origin) || /^(blob|data):/.test(url);
			if (!within) this.faults.push(`elsewhere: ${request.method()} ${url}`);
		});
		context.on('requestfailed', (request) => {
			const reason = request.failure()?.errorText ?? '';
			// A newer question or another page overtakes an older one.
			if (!reason.includes('ERR_ABORTED')) this.faults.push(`failed: ${request.url()} ${reason}`);
		});
		context.on('response', (response) => {
			if (response.status() >= 400) this.faults.push(`${response.status()}: ${response.url()}`);
		});
		context.on('console', (message) => {
			if (['error', 'warning'].includes(message.type())) this.faults.push(`console: ${message.text()}`);
		});
		context.on('weberror', (error) => this.faults.push(`thrown: ${error.error().stack ?? ''}`));
		await context.addInitScript(() => {
			addEventListener('securitypolicyviolation', (event) => {
				console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`);
			});
		});
	}
}

interface Fixtures {
	readonly origin: string;
	readonly traffic: Traffic;
	/** Opens a watched context of its own, closed at the end of the test. */
	readonly openContext: (options?: BrowserContextOptions) => Promise<BrowserContext>;
}

/** A test whose pages may ask only their own server and must not complain, unless the test says which fault it provokes. */
export const test = unwatched.extend<Fixtures>({
	origin: async ({ baseURL }, use) => {
		await use(new URL(baseURL ?? '').origin);
	},
	traffic: async ({ origin }, use) => {
		const traffic = new RecordedTraffic(origin);
		await use(traffic);
		const met = (pattern: RegExp) => traffic.faults.some((fault) => pattern.test(fault));
		const unexpected = traffic.faults.filter((fault) => !traffic.expected.some((one) => one.test(fault)));
		expect(unexpected, 'what the pages complained about').toEqual([]);
		expect(traffic.expected.filter((pattern) => !met(pattern))).toEqual([]);
	},
	context: async ({ context, traffic }, use) => {
		await traffic.watch(context);
		await use(context);
	},
	openContext: async ({ browser, traffic }, use) => {
		const opened: BrowserContext[] = [];
		await use(async (options) => {
			const context = await browser.newContext(options);
			opened.push(context);
			await traffic.watch(context);
			return context;
		});
		for (const context of opened) await context.close();
	},
});

/** Waits until a page listens: the router of the program takes over scrolling once the page is hydrated. */
export async function listening(page: Page): Promise<void> {
	await page.waitForFunction(() => history.scrollRestoration === 'manual');
}

/** Goes to a page and waits until it listens. */
export async function visit(page: Page, path: string): Promise<Response | null> {
	const response = await page.goto(path);
	await listening(page);
	return response;
}

export { expect };
