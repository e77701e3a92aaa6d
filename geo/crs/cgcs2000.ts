/** Equatorial radius of the CGCS2000 ellipsoid in metres. */
export const CGCS2000_RADIUS_M = 6378137;

/** Flattening of the CGCS2000 ellipsoid. */
export const CGCS2000_FLATTENING = 1 / 298.257222101;
