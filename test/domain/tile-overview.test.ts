import { VectorTile, type VectorTileFeature } from '@mapbox/vector-tile';
import { booleanPointInPolygon } from '@turf/turf';
import type { Feature, MultiPolygon, Point, Polygon } from 'geojson';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { ellipsoidalAreasM2 } from '$geo/area/ellipsoidal.ts';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import type { TileAddress } from '$geo/tile/clip.ts';
import { drawLevels, drawTask, overviewTask, overviewTile } from '$lib/server/tile/overview.ts';
import type { Overview } from '$lib/server/tile/overview.ts';
import { landUseTile, stockTile } from '$lib/server/tile/coverage-layer.ts';
import { featureBoxes, wholeBox } from '$lib/server/tile/feature-box.ts';
import {
	isCutFromOverview,
	singleParcelZoom,
	type OverviewSubject,
} from '$lib/server/tile/overview-subject.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import { tilesOver } from '../geo/tile/decoded-tile.ts';
import { drawnOverview } from '../support/coverage-tile.ts';
import { classList, parcelTable, planSnapshot } from '../support/parcel-table.ts';
import { streetCoverage } from '../support/street-coverage.ts';

const CLASSES = 4;
/** The last class is not for the public. */
const OFFICE_CLASS = CLASSES - 1;

/** A town; its parcels are taken to have so much area on average. */
function snapshotOf(parcelCount: number, meanAreaDm2 = 357_000): CoverageSnapshot {
	const { set, streetNos } = streetCoverage(parcelCount);
	const streets = new Set(streetNos);
	const classOf = (no: number) => (streets.has(no) ? 0 : no % 50 === 0 ? -1 : no % CLASSES);
	const noOf = (row: number) => set.parcelNos[row];
	const boxes = featureBoxes(set.polygons);
	const [west, south, east, north] = wholeBox(boxes) ?? [0, 0, 0, 0];
	/** The quarter of the town in which a parcel lies, whatever it is; some lie in none. */
	const quarterOf = (row: number) => {
		if (noOf(row) % 50 === 0) return null;
		const side = boxes[4 * row] + boxes[4 * row + 2] < west + east ? 'west' : 'east';
		return boxes[4 * row + 1] + boxes[4 * row + 3] < south + north ? `${side}-1` : `${side}-2`;
	};
	return planSnapshot(
		parcelTable(set, {
			classes: classList(
				Array.from({ length: CLASSES }, (_, k) => `class ${k}`),
				(k) => k !== OFFICE_CLASS,
			),
			landUse: (row) => classOf(noOf(row)),
			areaDm2: () => meanAreaDm2,
			code: (row) => String(noOf(row)),
			stockStatus: (row) => (noOf(row) % 3 === 0 ? null : ['idle', 'built'][noOf(row) % 2]),
			block: quarterOf,
		}),
	);
}

describe('the overview of a revision', () => {
	const snapshot = snapshotOf(2000);
	const zoom = singleParcelZoom(snapshot) - 1;
	const centre = {
		x: Math.floor(lonToWorldX(snapshot.base.boxes[0]) * 2 ** zoom),
		y: Math.floor(latToWorldY(snapshot.base.boxes[1]) * 2 ** zoom),
	};

	const kept = new Map<OverviewSubject, Overview>();
	function drawn(subject: OverviewSubject): Overview {
		const found = kept.get(subject) ?? drawnOverview(snapshot, subject);
		kept.set(subject, found);
		return found;
	}

	/** Ids and values of the tile's features. */
	function read(subject: OverviewSubject, name: string) {
		const bytes = overviewTile(drawn(subject), { z: zoom, ...centre });
		const { parcel } = new VectorTile(new PbfReader(bytes ?? new Uint8Array())).layers;
		const features = Array.from({ length: parcel.length }, (_, i) => parcel.feature(i));
		return {
			ids: new Set(features.map(({ id }) => id)),
			values: new Set(features.map((one) => one.properties[name])),
		};
	}

	it('is drawn up to the zoom from which a mean parcel is six pixels wide', () => {
		// 3,570 m² are 59.7 m; a pixel of zoom 12 is 14.2 m here, of zoom 13 7.1 m.
		expect(singleParcelZoom(snapshot)).toBe(13);
		const zooms = [...drawn('office').levels.keys()];
		expect(zooms).toEqual([12, 11, 10, 9, 8]);
		expect(overviewTile(drawn('office'), { z: 13, x: 0, y: 0 })).toBeNull();
	});

	it('names classes, without parcels, and withholds from the public what is not for it', () => {
		expect(read('office', 'k')).toEqual({ ids: new Set([undefined]), values: new Set([-1, 0, 1, 2, 3]) });
		expect(read('public', 'k').values).toEqual(new Set([-2, -1, 0, 1, 2]));
	});

	it('names stock statuses, none where parcels have none', () => {
		expect(read('stock', 's').values).toEqual(new Set([undefined, 'idle', 'built']));
	});

	describe('where parcels stand alone from z11 on', () => {
		const wide = snapshotOf(2000, 4_000_000);
		const subjects = ['office', 'public', 'stock'] as const;
		const [office, everyone, stock] = subjects.map((subject) => drawnOverview(wide, subject));

		/** What the tiles of a zoom hold, tile by tile: the id of each feature, and what is said of it. */
		function featuresAt(at: number, encode: (tile: TileAddress) => Uint8Array | null) {
			return tilesOver(wide.base.polygons, at, Infinity).map((tile) => {
				const bytes = encode(tile);
				const layer = bytes === null ? null : new VectorTile(new PbfReader(bytes)).layers['parcel'];
				const features = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer?.feature(i));
				return features.map((feature) => [feature?.id, feature?.properties]);
			});
		}

		it('tiles up to z12 are cut from parcels rounded once, further in from each parcel', () => {
			expect(singleParcelZoom(wide)).toBe(11);
			expect([...office.levels.keys()]).toEqual([10, 9, 8]);
			expect([...office.singles.keys()]).toEqual([11, 12]);
			const isCut = (at: number) => isCutFromOverview(wide, 'office', at);
			expect([10, 11, 12, 13].map(isCut)).toEqual([true, true, true, false]);
			expect(overviewTile(office, { z: 13, x: 0, y: 0 })).toBeNull();
		});

		it.each([11, 12])(
			'they hold the same parcels and say the same of them as if cut one by one: z%i',
			(at) => {
				const one = featuresAt(at, (tile) => landUseTile(wide, 'office', tile));
				expect(one.flat().length).toBeGreaterThan(2000);
				expect(featuresAt(at, (tile) => overviewTile(office, tile))).toEqual(one);
				const forAll = featuresAt(at, (tile) => landUseTile(wide, 'public', tile));
				expect(featuresAt(at, (tile) => overviewTile(everyone, tile))).toEqual(forAll);
				const statuses = featuresAt(at, (tile) => stockTile(wide, tile));
				expect(featuresAt(at, (tile) => overviewTile(stock, tile))).toEqual(statuses);
			},
		);
	});

	describe('of blocks', () => {
		const QUARTERS = ['east-1', 'east-2', 'west-1', 'west-2'];
		type Shape = Feature<Polygon | MultiPolygon | Point, { b: string }>;

		/** What tiles of a zoom draw and write. */
		function shapesAt(at: number): Record<'block' | 'block-label', Shape[]> {
			const shapes: Record<'block' | 'block-label', Shape[]> = { block: [], 'block-label': [] };
			for (const { z, x, y } of tilesOver(snapshot.base.polygons, at, Infinity)) {
				const bytes = overviewTile(drawn('blocks'), { z, x, y });
				if (bytes === null) continue;
				const { layers } = new VectorTile(new PbfReader(bytes));
				for (const name of ['block', 'block-label'] as const) {
					const read = (feature: VectorTileFeature) => feature.toGeoJSON(x, y, z) as Shape;
					const layer = layers[name];
					for (let i = 0; i < (layer?.length ?? 0); i++) shapes[name].push(read(layer.feature(i)));
				}
			}
			return shapes;
		}

		it('covers the ground of their parcels, and leaves out parcels without one', () => {
			const task = overviewTask(snapshot, 'blocks');
			const [finest] = (task === null ? null : drawLevels(task)) ?? [];
			const groundOf = (areas: Float64Array, labels: Int32Array) =>
				[0, 1, 2, 3, 4, 5].map((label) =>
					areas.reduce((sum, area, i) => (labels[i] === label ? sum + area : sum), 0),
				);
			const parcels = groundOf(ellipsoidalAreasM2(snapshot.base.polygons), task?.labels ?? new Int32Array());
			const blocks = groundOf(ellipsoidalAreasM2(finest.polygons), finest.labels);
			expect(finest.zoom).toBe(18);
			expect(parcels[0]).toBeGreaterThan(10_000);
			expect(blocks[0]).toBe(0);
			for (let label = 2; label < 6; label++) expect(blocks[label] / parcels[label]).toBeCloseTo(1, 6);
		});

		it.each([8, 11, 14, 16])('draws and writes each by its id, once and inside: z%i', (at) => {
			const { block, 'block-label': written } = shapesAt(at);
			expect(new Set(block.map(({ properties }) => properties.b))).toEqual(new Set(QUARTERS));
			expect(block.every(({ id }) => id === undefined)).toBe(true);
			expect(written.map(({ properties }) => properties.b).sort()).toEqual(QUARTERS);
			for (const label of written) {
				const own = block.filter(({ properties }) => properties.b === label.properties.b);
				const isInside = (shape: Shape) =>
					booleanPointInPolygon(label as Feature<Point>, shape as Feature<Polygon>);
				expect(own.some(isInside)).toBe(true);
			}
		});

		it('is none where no parcel has one', () => {
			const { set } = streetCoverage(40);
			const bare = parcelTable(set, {
				...{ classes: classList(['a']), landUse: () => 0, areaDm2: () => 357_000 },
				...{ code: String, stockStatus: () => null },
			});
			expect(overviewTask(planSnapshot(bare), 'blocks')).toBeNull();
		});
	});

	it('is none of parcels that are no coverage', () => {
		const task = overviewTask(snapshot, 'office');
		if (task === null) throw new Error('no task');
		const coordinates = task.polygons.coordinates.slice();
		coordinates[2 * task.polygons.ringOffsets[1000]] += 0.01;
		expect(drawTask({ ...task, polygons: { ...task.polygons, coordinates } })).toBeNull();
	});
});
