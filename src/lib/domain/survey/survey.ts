import type { LonLat } from '$geo/flat-polygons.ts';
import { BOUNDARY_TXT_MOST } from '$geo/format/boundary-txt.ts';

/** Which area a document states: on the ellipsoid, in the plane of the zone's projection, or without saying. */
export const SURVEY_AREA_KINDS = ['planar', 'ellipsoidal', 'document'] as const;
export type SurveyAreaKind = (typeof SURVEY_AREA_KINDS)[number];

/** So many parcels a survey has, points a parcel, characters a point's name and any other text: no fewer than its files may. */
export const SURVEY_MOST = BOUNDARY_TXT_MOST;

/** What a survey document says of itself (LADM LA_SpatialSource). */
export interface SurveyDocument {
	readonly number: string;
	readonly title: string;
	/** The office that surveyed. */
	readonly surveyor: string;
	/** 'YYYY-MM-DD'; null: not stated. */
	readonly surveyedOn: string | null;
	/** Stated accuracy of points in metres, decimal text; null: not stated. */
	readonly accuracyM: string | null;
	readonly method: string | null;
	/** The system that its coordinates are written in: 4490 (degrees) or a Gauss–Krüger zone. */
	readonly srid: number;
}

/** A boundary point 界址点 as it is written: easting and northing, or longitude and latitude. */
export interface WrittenPoint {
	readonly name: string;
	/** 圈号, from 1; its points follow one another, the first not repeated. */
	readonly ring: number;
	readonly east: string;
	readonly north: string;
}

/** A boundary point with its place in degrees (EPSG:4490), on the grid. */
export interface SurveyPoint extends WrittenPoint {
	readonly at: LonLat;
}

/** A parcel as a document draws it, and the area that it states. */
export interface SurveyPart<Point extends WrittenPoint = SurveyPoint> {
	readonly label: string;
	readonly title: string | null;
	/** Decimal text in m²; null: not stated. */
	readonly areaM2: string | null;
	readonly areaKind: SurveyAreaKind;
	readonly points: readonly Point[];
}

/** A survey as it is given. */
export interface WrittenSurvey extends SurveyDocument {
	readonly parts: readonly SurveyPart<WrittenPoint>[];
}

/** A survey with its points in their places. */
export interface PlacedSurvey extends SurveyDocument {
	readonly parts: readonly SurveyPart[];
}

/** The points of a part ring by ring. O(points). */
export function ringsOfPart<Point extends WrittenPoint>({
	points,
}: Pick<SurveyPart<Point>, 'points'>): Point[][] {
	const rings = new Map<number, Point[]>();
	for (const point of points) {
		const ring = rings.get(point.ring);
		if (ring === undefined) rings.set(point.ring, [point]);
		else ring.push(point);
	}
	return [...rings.values()];
}
