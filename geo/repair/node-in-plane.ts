import type { GaussKruger } from '../crs/gauss-kruger.ts';
import type { FlatPolygons } from '../flat-polygons.ts';
import { snapToGrid } from '../grid.ts';
import { nodePlanar } from './node-planar.ts';

/** A plane in which surveyed edges are straight, and how far apart in it two places are still the same. */
export interface SurveyPlane {
	readonly projection: Pick<GaussKruger, 'forwardAll' | 'inverse'>;
	/** Metres; 0.001 for coordinates given to the millimetre whose corners were computed. */
	readonly toleranceM: number;
}

/** Polygons noded in a plane, in longitude and latitude. */
export interface NodedInPlane {
	/** Degrees (EPSG:4490), on the grid. */
	readonly polygons: FlatPolygons;
	/** The farthest that a vertex or a point of an edge of each feature moved in the plane, metres. */
	readonly movedM: Float64Array;
	readonly nodesInserted: number;
}

/**
 * Nodes polygons whose edges are straight in a survey plane there, and gives them back in degrees.
 *
 * A line straight in the plane is none in longitude and latitude: a neighbour's corner on a straight 1 km edge of EPSG:4529 lands up to 17 mm
 * off it. Noded first, the corner is a vertex of both, and stays one. Polygons in degrees (EPSG:4490); see `nodePlanar`.
 */
export function nodeInPlane(polygons: FlatPolygons, plane: SurveyPlane): NodedInPlane {
	const coordinates = new Float64Array(polygons.coordinates.length);
	plane.projection.forwardAll(polygons.coordinates, coordinates);
	return nodeSurveyed({ ...polygons, coordinates }, plane);
}

/** The same for polygons given in the plane: easting, northing pairs in metres (survey X is north, Y is east). */
export function nodeSurveyed(
	eastNorths: FlatPolygons,
	{ projection, toleranceM }: SurveyPlane,
): NodedInPlane {
	const { planar, movedM, nodesInserted } = nodePlanar(eastNorths, toleranceM);
	const coordinates = new Float64Array(planar.coordinates.length);
	for (let i = 0; i < coordinates.length; i += 2) {
		const [lon, lat] = projection.inverse([planar.coordinates[i], planar.coordinates[i + 1]]);
		coordinates[i] = snapToGrid(lon);
		coordinates[i + 1] = snapToGrid(lat);
	}
	return { polygons: { ...planar, coordinates }, movedM, nodesInserted };
}
