import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { describe, expect, it } from 'vitest';
import { latToWorldY, lonToWorldX } from '$geo/crs/web-mercator.ts';
import {
	drawTask,
	openOverview,
	overviewTask,
	overviewTile,
	singleParcelZoom,
} from '$lib/server/tile/overview.ts';
import type { Overview, OverviewSubject } from '$lib/server/tile/overview.ts';
import type { CoverageSnapshot } from '$lib/server/tile/snapshot.ts';
import { classList, parcelTable, planSnapshot } from '../support/parcel-table.ts';
import { streetCoverage } from '../support/street-coverage.ts';

const CLASSES = 4;
/** The last class is not for the public. */
const OFFICE_CLASS = CLASSES - 1;

function snapshotOf(parcelCount: number): CoverageSnapshot {
	const { set, streetNos } = streetCoverage(parcelCount);
	const streets = new Set(streetNos);
	const classOf = (no: number) => (streets.has(no) ? 0 : no % 50 === 0 ? -1 : no % CLASSES);
	const noOf = (row: number) => set.parcelNos[row];
	return planSnapshot(
		parcelTable(set, {
			classes: classList(
				Array.from({ length: CLASSES }, (_, k) => `class ${k}`),
				(k) => k !== OFFICE_CLASS,
			),
			landUse: (row) => classOf(noOf(row)),
			areaDm2: () => 357_000,
			code: (row) => String(noOf(row)),
			stockStatus: (row) => (noOf(row) % 3 === 0 ? null : ['idle', 'built'][noOf(row) % 2]),
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
		const found = kept.get(subject) ?? draw(subject);
		kept.set(subject, found);
		return found;
	}

	function draw(subject: OverviewSubject): Overview {
		const task = overviewTask(snapshot, subject);
		const levels = task === null ? null : drawTask(task);
		if (levels === null) throw new Error('no overview');
		return openOverview(snapshot, subject, levels);
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

	it('is none of parcels that are no coverage', () => {
		const task = overviewTask(snapshot, 'office');
		if (task === null) throw new Error('no task');
		const coordinates = task.polygons.coordinates.slice();
		coordinates[2 * task.polygons.ringOffsets[1000]] += 0.01;
		expect(drawTask({ ...task, polygons: { ...task.polygons, coordinates } })).toBeNull();
	});
});
