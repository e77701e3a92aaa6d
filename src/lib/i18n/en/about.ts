import type { Wording } from '../wording.ts';
import type { about as zh } from '../zh/about.ts';

/** Texts of the page about the data. */
export const about: Wording<typeof zh> = {
	title: 'About the data',
	lead: 'Where the data of {zone} come from, how far they can be trusted, how figures are computed, and what the limits are.',

	syntheticTitle: 'The shapes here are synthetic',
	syntheticBody:
		'Outlines, blocks, parcels, current land use, planning conditions, stock status and control lines are generated for demonstration. None of them comes from a real plan, survey or register. Do not choose a site, decide or trade by them.',
	realBody:
		'Names, published areas, lead industries and named projects are those of the documents below, each with its source and standing.',
	notSynthetic: 'The shapes were imported; see each layer.',

	areas: 'Published areas',
	areasLead:
		'Published areas are the round figures of the documents. Dates are those of the document; where it states no effective date, that date is not verified.',
	place: 'Place',
	kind_area: 'Area (片区)',
	kind_sub_park: 'Sub-park (分园)',
	kind_managed: 'Managed area (管理范围)',
	area: 'Area',
	validFrom: 'From',
	validTo: 'Until',
	open: 'today',
	notStated: 'not stated',
	unknownArea: 'not in the zone, or unknown',
	source: 'Source',
	status: 'Standing',
	verified: 'verified',
	unverified: 'unverified',
	example: 'example',
	parkSummary: 'One zone, three parks (一区三园): {areas} area + {subParks} sub-parks',
	parkSummaryGeneral: '{areas} areas, {subParks} sub-parks',

	industries: 'Lead industries',
	industriesJoint: 'The sub-parks together (the document does not assign them to one)',
	industriesJointAreas: 'The areas together (the document does not assign them to one)',
	industriesZone: 'Whole zone',

	projects: 'Projects that the documents name',
	projectsLead:
		'The documents do not say where they are, so the map does not show them. Names and order are those of the documents; the English names are our translation.',

	layers: 'Layers',
	layer_plan: 'Plan parcels',
	layer_current: 'Current-use parcels',
	revision: 'Revision',
	published: 'Published',
	dataDate: 'Data of',
	effective: 'Effective',
	parcels: 'Parcels',
	grade: 'Open to',
	grade_public: 'the public',
	grade_registered: 'registered users',
	grade_office: 'the office only',
	layersPublic:
		'Current land use, stock status and the classes of special land are for the office only and are not listed here.',

	classes: 'Land-use classes',
	classesText:
		'The national land-use and sea-use classes, version {version} (of the sea only level 1): {level1} of level 1, {level2} of level 2, {level3} of level 3. A class is named by system, version and code together: the same digits can mean something else in another version.',
	classesLocal: 'Local classes: {names}.',
	classesLocalOne: '{code} {name} (counts nationally as {national})',
	classesOffice: '{count} classes are not told apart for the public and appear as "not published".',

	rules: 'Rules of the verdicts',
	ruleTolerance: 'How far an outline may be from the published figure',
	rulePark: 'Each area or sub-park',
	ruleZone: 'Whole zone',
	ruleValue: '{comparison} {tolerance} km²',
	ruleNone: 'no rule set',

	methods: 'Methods',
	methodGrid: 'Coordinates',
	methodGridText:
		'CGCS2000 longitude and latitude (EPSG:4490) on a grid of 2⁻³³ degree (about 0.013 mm). Neighbouring parcels share their vertices: no overlaps, no gaps.',
	methodArea: 'Area',
	methodAreaText:
		'Ellipsoidal: on the CGCS2000 ellipsoid, of the polygon whose edges are straight in longitude and latitude. Planar: in the Gauss–Krüger projection EPSG:{srid}. Never Web Mercator, never a sphere.',
	methodAdjust: 'Adjustment (平差)',
	methodAdjustText:
		'The area of a parcel is a whole number of 0.01 m², apportioned by largest remainder so that the parcels of each area or sub-park add up to its outline.',
	methodRounding: 'Rounding',
	methodRoundingText:
		'Tables in hectares, mu or km² are rounded as a whole, so that rows, columns and total agree. 1 mu (亩) = 2000/3 m².',

	limits: 'Limits',
	limitPrecision:
		'Public coordinates have {decimals} decimals (about {precision} m); public tiles stop at zoom {zoom}.',
	limitExact: 'This view gives coordinates as stored.',
	limitReview: 'Map review number (审图号): {number}.',
	limitNoReview:
		'There is no map review number (审图号): the synthetic shapes must not be published as a map.',
	limitEmbedded:
		'The embedded database is for trying, with up to five editors at a time. For real use connect PostgreSQL with PostGIS.',
	limitLegal:
		'The documents of the approving and registering authorities decide. A verdict here is a check and has no legal effect.',

	licence: 'Licence',
	licenceText:
		'The software and the synthetic data that come with it are under Apache-2.0. Published figures belong to their sources; cite the document.',

	api: 'Data interfaces',
	apiLead: 'Every figure on these pages can be fetched, without signing in.',
	apiZone: 'Zone, parks, layers',
	apiClasses: 'Land-use classes and their drawing',
	apiParks: 'Outlines of area and sub-parks (GeoJSON)',
	apiBalance: 'Area balance (JSON)',
	apiBalanceCsv: 'Area balance (CSV)',
};
