import { geoJsonGeometry } from '$geo/format/geojson.ts';
import { featureBoxes } from '../tile/feature-box.ts';
import type { ServiceContext } from './context.ts';
import { publicDecimals, roundedBox } from './public-precision.ts';
import { asActor } from './scope.ts';
import { findZoneRecord, inForce } from './zone-record.ts';

/** Decimals that keep the 2⁻³³ degree grid whole. */
const EXACT_DECIMALS = 11;

/** The outlines of a zone's parks as a GeoJSON collection (CGCS2000, longitude first), for drawing; maybe no such zone. */
export async function findParkFeatures(context: ServiceContext, zoneId: string) {
	const record = await asActor(context, zoneId, (sql) => findZoneRecord(sql, zoneId, context.now));
	if (record === null) return null;
	const today = record.onDay;
	const decimals = publicDecimals(context.actor, zoneId) ?? EXACT_DECIMALS;
	const { outlines } = record;
	const polygons = await context.outlines.shapesOf(zoneId, outlines);
	const boxes = featureBoxes(polygons);
	return {
		type: 'FeatureCollection' as const,
		features: outlines.map((outline, index) => {
			const park = record.parks.find(({ parkId }) => parkId === outline.parkId);
			const own = record.nominalAreas.filter(({ parkId }) => parkId === outline.parkId);
			const nominal = inForce(own, today)?.areaKm2 ?? null;
			return {
				type: 'Feature' as const,
				bbox: roundedBox(boxes, index, decimals),
				properties: {
					parkId: outline.parkId,
					nameZh: park?.nameZh ?? outline.parkId,
					nameEn: park?.nameEn ?? outline.parkId,
					nominalAreaKm2: nominal === null ? null : Number(nominal),
					synthetic: outline.isSynthetic,
				},
				geometry: geoJsonGeometry(polygons, index, decimals),
			};
		}),
	};
}
