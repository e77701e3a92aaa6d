/** How keys of rules begin that are asked of land supply: what decides, supervises, shows rules and makes the demo reads the same. */
export const SUPPLY_RULE_PREFIXES: readonly string[] = [
	'mode.',
	'term.',
	'supply.',
	'reserve.',
	'price.',
	'rent.',
	'mx.',
	'indicator.',
	'idle.',
	'batch.',
	'low-efficiency.',
	'transfer.',
	'exit.',
];
