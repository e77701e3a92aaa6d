import type { parcel as zh } from '../zh/parcel.ts';
import type { Wording } from '../wording.ts';

/** Texts of a parcel's page. */
export const parcel: Wording<typeof zh> = {
	titlePlan: 'Plan parcel {code}',
	titleCurrent: 'Current-use parcel {code}',
	plan: 'Plan parcel',
	current: 'Current-use parcel',
	withoutCode: 'no. {no} (code not published)',
	provisional: 'Provisional (预编)',
	provisionalHint: 'A provisional code, not one issued by the registry',
	official: 'Official code',
	unclassified: 'Without a class',
	withheld: 'Not published',
	showOnMap: 'Show on the map',
	print: 'Print',
	json: 'Data (JSON)',
	syntheticBanner: 'The parcel on this page is synthetic; it is not part of a real plan or survey.',

	withheldTitle: 'The use of this land is not published',
	withheldBody:
		'Not published are the land-use class, the parcel code and the planning conditions, because special land and the classes below it are for the office only. Its area stays in every sum.',

	shapeLabel: 'Shape of the parcel, north up, with a scale bar of {length}',
	north: 'N',
	shapePublic: 'Public coordinates are rounded to {decimals} decimals, about {precision} m.',
	shapeExact: 'Coordinates are as stored, not rounded.',

	facts: 'Facts',
	landUse: 'Land-use class',
	nationalList: 'National list of {version}',
	localList: 'Local list of {version}',
	nationalClass: 'Counts nationally as',
	category: 'Main category',
	agricultural: 'Agricultural land (农用地)',
	construction: 'Construction land (建设用地)',
	unused: 'Unused land (未利用地)',
	park: 'Area / sub-park',
	noPark: 'In no single area or sub-park',
	block: 'Planning block',
	noBlock: 'Not in a planning block',
	stockStatus: 'Stock status',
	parcelNo: 'Permanent number',
	coverage: 'Layer',
	code: 'Parcel code',
	notPublished: 'not published',
	position: 'Label point (CGCS2000 lon/lat)',

	areas: 'Areas',
	areaKind: 'Kind of area',
	ellipsoidal: 'Ellipsoidal',
	ellipsoidalHint: 'On the CGCS2000 ellipsoid, adjusted to the outline; for sums and balances.',
	planar: 'Planar',
	planarHint: 'In the Gauss–Krüger projection EPSG:{srid}; for comparison with boundary surveys.',
	document: 'Document',
	documentHint: 'As in the contract, decision or register; prices and registration go by it.',
	notRecorded: 'not recorded',

	conditions: 'Planning conditions (规划条件)',
	conditionsNone:
		'No planning conditions are recorded. That does not mean there are no limits: ask the planning authority.',
	conditionsCurrent: 'Planning conditions belong to plan parcels, not to current-use parcels.',

	history: 'Revision and address',
	version: 'Record',
	versionText: 'record {version}',
	revisionTerm: 'In force',
	inForce: 'from revision {from} to the present revision {to}',
	wasInForce: 'Revisions {from} to {to}',
	published: 'Published',
	address: 'Permanent address',
	addressHint: 'The permanent number is never given to other land; it can be cited.',

	notFound: 'There is no such parcel',
	notFoundBody:
		'The layer has no parcel with this permanent number, or it is not published. Check the address, or pick the parcel on the map.',
	loadFailed: 'The parcel cannot be fetched',
	printed: 'Printed {date}',
	makePlot: 'Make a plot',
};
