import { describe, expect, it } from 'vitest';
import { buildCoverage } from '$geo/coverage/build.ts';
import { coverageToParcelSet } from '$geo/coverage/coverage.ts';
import { neighboursInBase } from '$geo/coverage/coverage-base.ts';
import { mergeParcels } from '$geo/edit/merge.ts';
import { settleCoverage } from '$geo/coverage/settle.ts';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import { dissolveArcs } from '$geo/tile/dissolve-arcs.ts';
import { encodePolygonLayer } from '$geo/tile/encode.ts';
import { projectPolygons } from '$geo/tile/project.ts';
import { simplifyArcs, unitsAtZoomDeg } from '$geo/tile/simplify-arcs.ts';
import { rankVertices } from '$geo/tile/vertex-importance.ts';
import { streetCoverage } from '../support/street-coverage.ts';
import { setOf } from '../geo/tile/curved-coverage.ts';
import { ms, tableText } from './report.ts';
import { timed } from './timing.ts';

const SIZES = [10_000, 100_000];
const RUNS = 5;
const CLASSES = 40;
const ZOOM = 11;
const TOLERANCE_UNITS = 4;
const EXTENT = 4096;
const print = (text: string) => console.log(`\n${text}`);

const LEGEND = [
	`dissolve: parcels of ${CLASSES} classes given by number · rank: the vertices of what is dissolved, once for all zooms`,
	`simplify: to ${TOLERANCE_UNITS} units of zoom ${ZOOM} · settle: a base with one merged pair, beside building it anew`,
	'tile: the fullest of that zoom, as it is, then dissolved and simplified; bytes before gzip',
].join('\n');

describe('simplifying, dissolving and settling', () => {
	it('take time in proportion to the vertices', async () => {
		const rows: string[][] = [];
		for (const size of SIZES) {
			const { set } = streetCoverage(size);
			const build = await timed(1, () => buildCoverage(set));
			if (!build.value.ok) throw new Error('no coverage');
			const { coverage } = build.value;
			const { base } = coverage;
			const labels = base.parcelNos.map((no) => 1 + ((no * 7919) % CLASSES));
			const dissolve = await timed(RUNS, () => dissolveArcs(base, labels));
			const rank = await timed(RUNS, () => rankVertices(dissolve.value));
			const rankAll = await timed(RUNS, () => rankVertices(base));
			const tolerance = unitsAtZoomDeg(ZOOM, TOLERANCE_UNITS);
			const simplify = await timed(RUNS, () => simplifyArcs(dissolve.value, tolerance, rank.value));
			const merged = mergeParcels(coverage, {
				parcelNos: [base.parcelNos[size / 2], base.parcelNos[neighboursInBase(base, size / 2)[0]]],
			});
			if (!merged.ok) throw new Error(merged.refusal.code);
			const settle = await timed(RUNS, () => settleCoverage(merged.coverage));
			const anew = await timed(1, () => buildCoverage(coverageToParcelSet(merged.coverage)));
			if (!anew.value.ok) throw new Error('not built anew');
			expect(settle.value).toEqual(anew.value.coverage.base);

			const [lon, lat] = [base.vertices[base.vertices.length - 2], base.vertices[base.vertices.length - 1]];
			const tile = {
				z: ZOOM,
				x: Math.floor(lonToWorldX((base.vertices[0] + lon) / 2) * 2 ** ZOOM),
				y: Math.floor(latToWorldY(lat) * 2 ** ZOOM),
			};
			const encode = async (parcels: typeof set) => {
				const world = projectPolygons(parcels.polygons, ZOOM);
				const layer = {
					name: 'parcel',
					extent: EXTENT,
					world,
					featureIds: parcels.parcelNos,
					attributes: [],
				};
				const all = parcels.parcelNos.map((_, f) => f);
				const { value, timing } = await timed(RUNS, () => encodePolygonLayer(layer, tile, all));
				return [ms(timing.p50Ms), ((value?.length ?? 0) / 1000).toFixed(0)];
			};
			rows.push([
				size.toLocaleString('en'),
				String(base.vertices.length / 2),
				ms(dissolve.timing.p50Ms),
				ms(rank.timing.p50Ms),
				ms(rankAll.timing.p50Ms),
				ms(simplify.timing.p50Ms),
				ms(settle.timing.p50Ms),
				ms(anew.timing.p50Ms),
				...(await encode(set)),
				...(await encode(setOf(simplify.value))),
			]);
		}
		const head = 'parcels,vertices,dissolve,rank,rank all,simplify,settle,build,tile,kB,simple tile,kB'.split(
			',',
		);
		print(`${tableText(head, rows)}\nms, p50 of ${RUNS}\n${LEGEND}`);
	});
});
