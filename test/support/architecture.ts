import { posix } from 'node:path';
import ts from 'typescript';
import { layerOf } from './layers.ts';
import { listImports, parseScript, type ImportOf } from './source-file.ts';

/** A rule of the house that a file breaks. */
export interface Breach {
	readonly rule: string;
	readonly path: string;
	readonly detail: string;
}

/** Path relative to the project, with `/` → text. */
export type Files = ReadonlyMap<string, string>;

interface Parsed {
	readonly source: ts.SourceFile;
	readonly imports: readonly ImportOf[];
}

const ALIASES: Readonly<Record<string, string>> = {
	$lib: 'src/lib',
	$geo: 'geo',
	$seeds: 'seeds',
	$test: 'test',
};

/** Checks layers, cycles and what the syntax of the files shows; complexity linear in their text. */
export function checkSources(files: Files): Breach[] {
	const parsed = new Map<string, Parsed>();
	for (const [path, text] of files) {
		if (!/\.(ts|js|svelte)$/.test(path)) continue;
		const source = parseScript(path, text);
		parsed.set(path, { source, imports: listImports(source) });
	}
	const breaches: Breach[] = [];
	for (const [path, { source, imports }] of parsed) {
		breaches.push(
			...checkLayer(path, imports),
			...checkBarrel(path, source),
			...checkTurfArea(path, source, imports),
		);
	}
	return [...breaches, ...checkCycles(parsed)];
}

/** Where an import leads: a path of the project, or null for a package. */
export function resolveImport(from: string, specifier: string): string | null {
	const clean = specifier.replace(/\?.*$/, '');
	if (clean.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), clean));
	const [head, ...rest] = clean.split('/');
	return head in ALIASES ? posix.join(ALIASES[head], ...rest) : null;
}

/** A layer's name stands for its parts too. */
const includesLayer = (names: readonly string[], layer: string): boolean =>
	names.some((name) => layer === name || layer.startsWith(`${name}/`));

function checkLayer(path: string, imports: readonly ImportOf[]): Breach[] {
	const layer = layerOf(path);
	if (!layer)
		return [{ rule: 'layer.unknown', path, detail: 'belongs to no layer of test/support/layers.ts' }];
	return imports.flatMap(({ specifier, typeOnly }) => {
		const target = resolveImport(path, specifier);
		const breach = (detail: string): Breach[] => [{ rule: 'layer.breach', path, detail }];
		if (target === null) {
			if (specifier.startsWith('./$types') || layer.packages.test(specifier)) return [];
			return breach(`${layer.name} may not import ${specifier}`);
		}
		if (path.startsWith('geo/') && !specifier.startsWith('.'))
			return breach(`geo imports its own files relatively: ${specifier}`);
		if (/(^|\/)\$types(\.d\.ts|\.js)?$/.test(target) || /\.(json|css|svg)$/.test(target)) return [];
		const other = layerOf(target);
		if (!other) return breach(`${specifier} belongs to no layer`);
		const allowed =
			other === layer ||
			includesLayer(layer.may, other.name) ||
			(typeOnly && includesLayer(layer.mayType ?? [], other.name));
		return allowed
			? []
			: breach(`${layer.name} may not import ${typeOnly ? 'types of ' : ''}${other.name}: ${specifier}`);
	});
}

/** Cycles of imports that remain when the program is built. */
function checkCycles(parsed: ReadonlyMap<string, Parsed>): Breach[] {
	const breaches: Breach[] = [];
	const state = new Map<string, 'open' | 'done'>();
	const trail: string[] = [];
	const visit = (path: string): void => {
		if (state.get(path) === 'done') return;
		if (state.get(path) === 'open') {
			const cycle = [...trail.slice(trail.indexOf(path)), path];
			breaches.push({ rule: 'import.cycle', path, detail: cycle.join(' → ') });
			return;
		}
		state.set(path, 'open');
		trail.push(path);
		for (const { specifier, typeOnly } of parsed.get(path)?.imports ?? []) {
			const target = typeOnly ? null : resolveImport(path, specifier);
			if (target !== null && parsed.has(target)) visit(target);
		}
		trail.pop();
		state.set(path, 'done');
	};
	for (const path of parsed.keys()) visit(path);
	return breaches;
}

function checkBarrel(path: string, source: ts.SourceFile): Breach[] {
	if (path.endsWith('.svelte') || path.endsWith('.d.ts') || path.endsWith('.js')) return [];
	const { statements } = source;
	const passesOn = (statement: ts.Statement) =>
		ts.isExportDeclaration(statement) && statement.moduleSpecifier;
	const isBarrel =
		statements.length > 0 && statements.every((one) => passesOn(one) || ts.isImportDeclaration(one));
	const exportsAll = statements.some(
		(one) => ts.isExportDeclaration(one) && passesOn(one) && !one.exportClause,
	);
	const isIndex = /(^|\/)index\.ts$/.test(path);
	return isIndex || exportsAll || (isBarrel && statements.some(passesOn))
		? [{ rule: 'file.barrel', path, detail: 'import each thing from the file that makes it' }]
		: [];
}

/** Turf's area is that of a sphere: no figure may come from it. */
function checkTurfArea(path: string, source: ts.SourceFile, imports: readonly ImportOf[]): Breach[] {
	const fromTurf = imports.filter(({ specifier }) => specifier.startsWith('@turf/'));
	if (fromTurf.length === 0 || path.startsWith('test/')) return [];
	const named = fromTurf.some(({ specifier, names }) => names.includes('area') || specifier === '@turf/area');
	const whole = fromTurf.some(({ names }) => names.includes('*') || names.includes('default'));
	const called = whole && /\.area\s*\(/.test(source.text);
	return named || called
		? [{ rule: 'area.turf', path, detail: 'use geo/area: turf is off by 0.145 % here' }]
		: [];
}
