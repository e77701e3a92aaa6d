import type { Point } from 'geojson';
import { describe, expect, it } from 'vitest';
import { nestFeature } from '$geo/flat-polygons.ts';
import { findShape, listParcelNosAt } from '$geo/coverage/coverage.ts';
import { buildCoverage } from '$geo/coverage/build.ts';
import { composeDraftDifferences } from '$lib/domain/changeset/draft-state.ts';
import { runStep } from '$lib/domain/changeset/run-step.ts';
import { draftFeatures, draftLabels, sketchFeatures } from '$lib/map/edit/draft-features.ts';
import { CLASSES, someDraft } from '../../support/chance-step.ts';
import { streetCoverage } from '../../support/street-coverage.ts';

describe('what a draft did, drawn over the map', () => {
	it('shows every parcel that is made, changed or ended once, with its mark, and no neighbour that only got vertices', () => {
		const { set } = streetCoverage(60);
		const build = buildCoverage(set);
		if (!build.ok) throw new Error('no coverage');
		const start = someDraft(build.coverage);
		const shape = findShape(start.coverage, 9);
		if (shape === null) throw new Error('no parcel');
		const split = runStep(start, {
			verb: 'split_to_areas',
			params: { parcelNo: 9, bearingDeg: 45, into: { equalParts: 3 }, allowApart: true },
		});
		if (!split.ok) throw new Error(split.refusal.code);
		const classed = runStep(split.state, {
			verb: 'reclassify',
			params: { parcelNos: [11, -1], landUse: CLASSES[3] },
		});
		if (!classed.ok) throw new Error(classed.refusal.code);
		const whole = composeDraftDifferences([split.difference, classed.difference]);
		if (!whole.ok) throw new Error(whole.refusal.code);
		const { features } = draftFeatures(
			whole.difference,
			(no) => findShape(classed.state.coverage, no),
			(no, mark) => ({ k: no, label: mark, code: `HN-${no}` }),
		);
		for (const { properties } of features)
			expect([properties?.['k'], properties?.['label'], properties?.['code']]).toEqual([
				properties?.['parcelNo'],
				properties?.['mark'],
				`HN-${properties?.['parcelNo']}`,
			]);
		const marks = features.map(({ properties }) => [
			properties?.['parcelNo'] as number,
			properties?.['mark'] as string,
		]);
		expect(whole.difference.shapes.some(({ kind }) => kind === 'noded')).toBe(true);
		expect(marks.sort(([a], [b]) => Number(a) - Number(b))).toEqual([
			[-3, 'created'],
			[-2, 'created'],
			[-1, 'created'],
			[9, 'retired'],
			[11, 'relabelled'],
		]);
		expect(features.find(({ properties }) => properties?.['parcelNo'] === 9)?.geometry).toEqual({
			type: 'MultiPolygon',
			coordinates: nestFeature(shape, 0),
		});

		// Written once in each, inside, but not on what has ended nor where there is nothing to write.
		const { features: labels } = draftLabels(
			whole.difference,
			(no) => findShape(classed.state.coverage, no),
			(no) => ({ k: no, label: no === -3 ? '' : 'label', code: no === -3 ? '' : `${no}` }),
		);
		const nos = labels.map(({ geometry, properties }) => {
			const place = (geometry as Point).coordinates as [number, number];
			const [no] = listParcelNosAt(classed.state.coverage, place);
			expect(properties).toMatchObject({ label: 'label', code: `${no}` });
			expect([properties?.['w'] > 0, properties?.['a'] > 0]).toEqual([true, true]);
			return no;
		});
		expect(nos.sort((a, b) => a - b)).toEqual([-2, -1, 11]);
	});

	it('shows the line that is put down, its places and the cursor', () => {
		const { features } = sketchFeatures([[123, 41]], [124, 42]);
		expect(features.map(({ properties, geometry }) => [properties?.['role'], geometry.type])).toEqual([
			['line', 'LineString'],
			['place', 'Point'],
			['cursor', 'Point'],
		]);
		expect(sketchFeatures([], null).features).toEqual([]);
	});
});
