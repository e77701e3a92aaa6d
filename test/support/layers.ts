/** A part of the program and what it may know of the others. */
export interface Layer {
	readonly name: string;
	/** Paths that belong to it. */
	readonly holds: RegExp;
	/** Layers that it may import with their parts (`geo` is `geo/area` too), besides itself. */
	readonly may: readonly string[];
	/** Layers of which it may import types only. */
	readonly mayType?: readonly string[];
	/** Packages, Node modules and SvelteKit modules that it may import. */
	readonly packages: RegExp;
}

const NONE = /^(?!)/;
const ANY = /^/;
const SCREEN = /^(svelte(\/|$)|\$app\/|maplibre-gl|@lucide\/svelte|@turf\/turf$|geojson$)/;

/** The parts of the kernel, each with those before it that it may import. */
const GEO_PARTS: readonly (readonly [part: string, may: readonly string[]])[] = [
	['arrangement', []],
	['check', ['arrangement']],
	['coverage', ['arrangement', 'check']],
	['edit', ['arrangement', 'check', 'coverage']],
	['repair', ['arrangement', 'check', 'coverage', 'edit']],
	['tile', ['arrangement', 'check', 'coverage']],
];

/** The kernel: positions, areas, coordinate systems and formats at the bottom, then its parts. */
function geoLayers(): Layer[] {
	const packages = /^(flatbush|robust-predicates|geojson)$/;
	return [
		...GEO_PARTS.map(([part, may]) => ({
			name: `geo/${part}`,
			holds: new RegExp(`^geo/${part}/`),
			may: ['geo/ground', ...may.map((name) => `geo/${name}`)],
			packages,
		})),
		{ name: 'geo/ground', holds: /^geo\//, may: [], packages },
	];
}

/**
 * The table of layers of ARCHITECTURE.md, the first that holds a path counts.
 *
 * `words` is the language of the screens; `settings` what the environment says; `program` the start around the application.
 */
export const LAYERS: readonly Layer[] = [
	...geoLayers(),
	{ name: 'domain', holds: /^src\/lib\/domain\//, may: ['geo'], packages: NONE },
	{ name: 'api', holds: /^src\/lib\/api\//, may: ['domain'], packages: /^zod$/ },
	{ name: 'words', holds: /^src\/lib\/i18n\//, may: ['domain', 'geo'], mayType: ['api'], packages: NONE },
	{ name: 'settings', holds: /^src\/lib\/server\/settings\.ts$/, may: [], packages: /^zod$/ },
	{
		name: 'db',
		holds: /^src\/lib\/server\/db\//,
		may: ['geo'],
		mayType: ['domain'],
		packages: /^(node:.*|postgres|@electric-sql\/.*)$/,
	},
	{ name: 'access', holds: /^src\/lib\/server\/access\//, may: ['domain'], packages: /^node:/ },
	{
		name: 'sign-in',
		holds: /^src\/lib\/server\/sign-in\//,
		may: ['domain', 'db', 'access'],
		packages: /^better-auth(\/|$)/,
	},
	{
		name: 'tile',
		holds: /^src\/lib\/server\/tile\//,
		may: ['geo', 'domain'],
		mayType: ['db', 'access'],
		packages: /^(node:.*|flatbush)$/,
	},
	{
		name: 'service',
		holds: /^src\/lib\/server\/service\//,
		may: ['geo', 'domain', 'db', 'access', 'sign-in', 'tile', 'settings'],
		packages: /^(node:.*|flatbush)$/,
	},
	{
		name: 'http',
		holds: /^src\/lib\/server\/(http|ogc)\//,
		may: ['api', 'domain', 'service', 'access', 'tile', 'words', 'geo'],
		packages: /^(node:.*|@sveltejs\/kit|zod|write-excel-file\/node)$/,
	},
	{ name: 'map', holds: /^src\/lib\/map\//, may: ['geo', 'domain', 'api', 'words'], packages: SCREEN },
	{
		name: 'state',
		holds: /^src\/lib\/state\//,
		may: ['geo', 'domain', 'api', 'words', 'map'],
		packages: new RegExp(`${SCREEN.source}|^idb-keyval$`),
	},
	{
		name: 'components',
		holds: /^src\/lib\/(components|styles)\//,
		may: ['geo', 'domain', 'api', 'words', 'map', 'state'],
		packages: SCREEN,
	},
	{
		name: 'server routes',
		holds: /^src\/(routes\/.*(\+server|\.server)\.ts|hooks\.server\.ts)$/,
		may: ['service', 'http', 'access', 'api', 'domain', 'words'],
		packages: /^(@sveltejs\/kit|zod|node:.*|\$app\/.*)$/,
	},
	{
		name: 'pages',
		holds: /^src\/(routes\/|hooks\.client\.ts)/,
		may: ['components', 'state', 'map', 'api', 'domain', 'words', 'geo'],
		packages: /^(svelte(\/|$)|\$app\/|@sveltejs\/kit$|@lucide\/svelte)/,
	},
	{
		name: 'seeds',
		holds: /^seeds\//,
		may: ['geo', 'domain', 'db'],
		packages: /^(node:.*|zod|geojson)$/,
	},
	{
		name: 'program',
		holds: /^src\/start\//,
		may: ['settings', 'db', 'access', 'service', 'seeds'],
		packages: /^(node:.*|zod|postgres|vite)$/,
	},
	{ name: 'launcher', holds: /^bin\//, may: [], packages: /^node:/ },
	{ name: 'types', holds: /^src\/app\.d\.ts$/, may: ['access', 'service'], packages: NONE },
	{
		name: 'configuration',
		holds: /^[^/]+\.config\.(ts|js)$/,
		may: ['launcher'],
		packages: ANY,
	},
	{
		name: 'tests',
		holds: /^test\//,
		may: [
			...[
				'geo',
				'domain',
				'api',
				'words',
				'settings',
				'db',
				'access',
				'sign-in',
				'tile',
				'service',
				'http',
				'map',
				'state',
			],
			...['components', 'server routes', 'pages', 'seeds', 'program', 'launcher'],
		],
		packages: ANY,
	},
];

export const layerOf = (path: string): Layer | undefined => LAYERS.find(({ holds }) => holds.test(path));
