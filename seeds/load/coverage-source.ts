import type { ControlKind } from '$lib/domain/control/control-kind.ts';
import type { FlatPolygons } from '$geo/flat-polygons.ts';

/** A land-use class as its whole key; a bare code means different land in different lists. */
export interface ClassKey {
	readonly system: string;
	readonly version: string;
	readonly code: string;
}

/** How far a piece of the zone may be published. */
export type PublicationGrade = 'public' | 'registered' | 'office';

/** What stands on a piece of current land, as far as the survey says; office only. */
export type StockStatus =
	| 'built'
	| 'under_construction'
	| 'supplied_not_started'
	| 'approved_not_supplied'
	| 'suspected_idle'
	| 'inefficient'
	| 'not_developed';

/** Limits on a plan parcel; a missing one means that no limit is known, never that there is none. */
export interface PlanningConditionSource {
	readonly farMin?: number | null;
	readonly farMax?: number | null;
	readonly buildingCoverageMaxPct?: number | null;
	readonly heightMaxM?: number | null;
	readonly greenRatioMinPct?: number | null;
	readonly supportShareMaxPct?: number | null;
}

/** The official outline of one park: one feature, on the coordinate grid. */
export interface ParkOutlineSource {
	readonly parkId: string;
	readonly polygons: FlatPolygons;
}

/** A planning unit between park and parcel; `polygons` is one feature when its shape is known. */
export interface BlockSource {
	readonly blockId: string;
	readonly parkId: string | null;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly polygons?: FlatPolygons | null;
}

/**
 * One coverage over all parks of the zone. Every array that is given has one entry per feature of `polygons`.
 *
 * Polygons are on the coordinate grid, longitude and latitude in degrees (EPSG:4490), and already noded: the loader stores
 * them as they are. Neighbouring parcels share vertices, and a parcel on a park's border has the outline's vertices there.
 */
export interface CoverageLayerSource {
	/** Also the coverage's id. */
	readonly kind: 'plan' | 'current';
	/** Positive and unique over all coverages of the zone; without them the loader numbers features in order, plan first. */
	readonly parcelNos?: Int32Array;
	readonly polygons: FlatPolygons;
	/** Null is a parcel without a class: stored and shown as such. */
	readonly classKeys: readonly (ClassKey | null)[];
	/** Null is a parcel outside every park or in two. Without the array the loader finds the park from the outlines. */
	readonly parkIds?: readonly (string | null)[];
	readonly blockIds?: readonly (string | null)[];
	/** Unique within the coverage; a null one is made by the loader. All codes of a seed are provisional (预编). */
	readonly codes?: readonly (string | null)[];
	readonly planningConditions?: readonly (PlanningConditionSource | null)[];
	readonly stockStatuses?: readonly (StockStatus | null)[];
	/** Any further facts per feature, kept as they are. */
	readonly attributes?: readonly (Readonly<Record<string, string | number | boolean | null>> | null)[];
}

/** Constraint polygons such as the urban growth boundary. */
export interface ControlLayerSource {
	readonly controlLayerId: string;
	readonly kind: ControlKind;
	readonly nameZh: string;
	readonly nameEn: string;
	readonly publicationGrade: PublicationGrade;
	/** The date that the lines describe, YYYY-MM-DD. */
	readonly dataOn: string;
	readonly source: string;
	readonly status: 'verified' | 'unverified' | 'example';
	readonly polygons: FlatPolygons;
	/** One per feature. */
	readonly areaNames: readonly { readonly zh: string; readonly en: string }[];
}

/** The geometry of a zone and what hangs on it, wherever it came from: a generator, GeoJSON files, an import. */
export interface CoverageSource {
	readonly outlines: readonly ParkOutlineSource[];
	readonly blocks: readonly BlockSource[];
	readonly coverages: readonly CoverageLayerSource[];
	readonly controlLayers: readonly ControlLayerSource[];
}
