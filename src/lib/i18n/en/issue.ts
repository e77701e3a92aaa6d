import type { Wording } from '../wording.ts';
import type { issue as zh } from '../zh/issue.ts';

export const issue: Wording<typeof zh> = {
	unknown: 'Issue code: {code}',
	'parcel.overlaps': 'Parcels overlap[: {parcels}][; covered more than once: {areaM2}].',
	'parcel.empty': 'Parcel[ {parcels}] has no shape.',
	'parcel.outside-outline': 'Parcel[ {parcels}] reaches beyond the outline[ by {areaM2}].',
	'parcel.unknown': 'There is no parcel of this number[: {parcels}].',
	'parcel.not-found': 'There is no such parcel, or it is not published.',
	'parcel-number.invalid':
		'The parcel number[ {parcels}] is not valid: it must be a whole number other than zero and stand once[ (it stands {count} times)].',
	'coverage.gap': 'There is a gap between parcels[, of {areaM2}][; parcels beside it: {parcels}].',
	'coverage.not-found': 'There is no such layer, or it is not published.',
	'edge.unmatched':
		'The shared edge of neighbouring parcels does not match[: {parcels}][; the sliver between them is {widthM} wide][ and has {areaM2}].',
	'reclassify.no-change': 'The parcels[ ({parcels})] have this class already.',
	'ring.invalid': 'The boundary of a parcel[ ({parcels})] is not valid[: {reason}].',
	'vertex.repeated':
		'The boundary of a parcel[ ({parcels})] has the same vertex twice in a row[ ({count} repeated)].',
	'coordinate.out-of-range': 'Parcel[ {parcels}] has coordinates out of range[, {count} of them].',
	'difference.stale':
		'The change was made on a state that is no longer current[; changed since: parcels {parcels}]. Make it again on the current one.',
	'difference.conflict': 'The change conflicts with another[: parcels {parcels}].',
	'line.invalid':
		'The line is not usable: it takes two different points with usable coordinates[; those of point {position} are not].',
	'split.parts-nothing':
		'The line cuts no parcel in two[ (parcels along it: {parcels})]: it must cross one from boundary to boundary.',
	'merge.too-few': 'A merge takes at least two parcels[; only {parcels} was chosen].',
	'merge.not-among': 'The parcel to keep[ ({parcels})] is not among those to merge.',
	'merge.apart':
		'The parcels to merge do not hang together: one[ ({parcels})] shares no boundary with the rest.',
	'align.already': 'The boundary of the parcel[ ({parcels})] is aligned already.',
	'align.nothing-near': 'Parcel[ {parcels}] has no vertex near the line[ (within {reachM})] to align.',
	'corridor.takes-nothing': 'The corridor takes no land[ (parcels {parcels})].',
	'corridor.width-invalid':
		'The width of the corridor is not usable[: each side of the centre line takes 0 to {widestM}][: it must be {narrowestM} at least].',
	'direction.invalid': 'The direction is not a usable angle[ (parcel {parcels})].',
	'gap.none': 'There is no gap here: parcels cover the place[ ({parcels})].',
	'gap.open': 'Parcels do not enclose this ground: it is no gap.',
	'gap.no-neighbour': 'No parcel lies beside the gap to take it.',
	'gap.not-beside': 'The parcel chosen[ ({parcels})] shares no boundary with the gap.',
	'overlap.too-few': 'Choose two parcels or more[; only {parcels} was chosen].',
	'overlap.none': 'The parcels chosen[ ({parcels})] do not overlap here.',
	'overlap.undecided':
		'The rule does not decide who keeps the overlap[ of parcels {parcels}]: name the parcel that does.',
	'overlap.leaves-nothing': 'Parcel[ {parcels}] would lose all its ground.',
	'line.crosses-itself': 'The line crosses itself[ (parcel {parcels})]: draw it otherwise.',
	'parcel-number.not-draft':
		'New parcels are numbered by negative whole numbers down to −2147483648[: of the {count} from {firstNo} downward not all are].',
	'parcel-number.taken': 'A parcel number[ ({parcels})] is already in use: choose another.',
	'parcel.below-minimum':
		'Parcel[ {parcels}] is smaller than the minimum[: it has {areaM2}][, at least {limitM2} are needed].',
	'parcel.multipart':
		'Parcel[ {parcels}] has several separate parts[, {count} of them][, the smallest of {areaM2}].',
	'parcel.sliver': 'Parcel[ {parcels}] is a sliver[, {widthM} wide][, of {areaM2}].',
	'parcel.too-many-vertices': 'Parcel[ {parcels}] has too many vertices[: {count}][ of at most {limit}].',
	'place.invalid': 'The place is not a usable coordinate[ (move {move})].',
	'reshape.ambiguous':
		'It is not clear which parcel the new boundary gives land to[: {parcels}]. Change it piece by piece.',
	'reshape.changes-nothing': 'The new boundary changes nothing of the parcel[ ({parcels})].',
	'reshape.crosses-island': 'The new boundary crosses a parcel inside the parcel[ ({parcels})].',
	'reshape.crosses-rest': 'The new boundary crosses the rest of the parcel’s boundary[ ({parcels})].',
	'reshape.ends-apart': 'The ends of the new boundary are not on one ring of one parcel[ ({parcels})].',
	'reshape.ends-meet': 'The ends of the new boundary meet[ (parcel {parcels})].',
	'reshape.ends-off':
		'An end of the new boundary is not on the boundary of a parcel[ ({parcels})][; none is within {reachM}].',
	'reshape.on-outline': 'The outline cannot be changed in this way[ (parcel {parcels})].',
	'reshape.parcel-needed': 'The ends are on several parcels[ ({parcels})]: name the one to change.',
	'reshape.parts': 'The change would leave the parcel[ ({parcels})] in separate parts.',
	'reshape.swallows': 'The change would swallow a whole parcel[ ({parcels})].',
	'ring.direction':
		'Parcel[ {parcels}] has rings that run the wrong way[, {count} of them]: outer rings run counter-clockwise, holes clockwise.',
	'split.area-missed':
		'The areas asked of the parcel[ ({parcels})] cannot be met[: part {part}][ was to have {wantedM2}][ and would have {achievedM2}][, with a tolerance of {toleranceM2}]. Change the direction or the areas.',
	'split.areas-exceed':
		'The areas asked for[, {wantedM2} together,] exceed the parcel[ ({parcels})][, which has {totalM2}].',
	'split.areas-invalid': 'An area asked for[ (part {part})][ of parcel {parcels}] is not a positive number.',
	'split.part-apart':
		'A part[ (part {part})][ of parcel {parcels}] would fall into separate pieces: change the direction or the areas, or allow it.',
	'split.part-vanishes': 'A part[ (part {part})][ of parcel {parcels}] would vanish: its area is too small.',
	'split.parts-invalid':
		'The number of parts[ ({parts})][ of parcel {parcels}] is wrong: two at least[ and {mostParts} at most: more take seconds to reckon, divide in several steps].',
	'vertex.exists': 'There is a vertex here already[ (parcels {parcels})].',
	'vertex.is-node':
		'Several boundaries[ ({lines})] meet at this vertex: it cannot be deleted[ (parcels {parcels})].',
	'vertex.last': 'Without this vertex the boundary of the parcel[ ({parcels})] is no ring.',
	'vertex.moved-twice': 'A vertex is moved twice[ (move {move})][: parcels {parcels}].',
	'vertex.no-edge-near': 'There is no boundary near[, within {reachM}][, of parcel {parcels}].',
	'vertex.on-outline':
		'The outline would change its shape[ (parcel {parcels})]: its vertices may be moved along it, added on it, or deleted where it is straight.',
	'vertex.pinches': 'The boundary of the parcel[ ({parcels})] would touch itself.',
	'vertex.spike':
		'The boundary of a parcel[ ({parcels})] has a spike[, {lengthM} long][, {widthM} wide][, of {angleDeg}][ and {areaM2}].',
	'vertex.taken': 'The place is that of another vertex of the parcel[ ({parcels})].',
	'vertex.unknown': 'There is no vertex here[ (move {move})].',
	'vertex.unmoved': 'No vertex was moved.',
	'comparison.busy': 'Many revisions are being compared just now: try again in a moment.',
	'comparison.too-large':
		'Too many parcels changed between the two revisions[: {parcels}][, at most {most} are compared].',
	'revision.not-found': 'There is no such revision or state, or it is not for you to read.',
	'revision.view-unchanged':
		'The revision is withdrawn from public view already, or it is in public view already.',
	'zone.not-found': 'There is no such zone.',
	'query.invalid': 'The request has a wrong parameter[, {parameter}][: {reason}].',
	'address.invalid': 'The address holds a character that is not allowed.',
	'database.lost': 'The database does not answer at the moment. Try again shortly.',
	'address.unknown': 'There is no such address.',
	'request.refused': 'The server refused the request.',
	'sign-in.incomplete': 'Give e-mail and password.',
	'sign-in.refused': 'E-mail or password is wrong.',
	'sign-in.locked':
		'Sign-in with this e-mail failed many times in a row and is locked for now. Try again in 15 minutes, or ask the administrator.',
	'sign-in.too-many': 'Too many attempts to sign in: try again in a minute.',
	'sign-in.provider-unreachable':
		'The other sign-in service does not answer now, or did not accept this sign-in. Try again later, or use e-mail and password.',
	'sign-in.provider-denied':
		'The sign-in was not completed at the other service, so nobody is signed in here.',
	'sign-in.provider-late': 'The sign-in took too long, or began in another browser. Sign in again.',
	'sign-in.provider-untrusted':
		'What the sign-in service answered could not be verified, so nobody is signed in. Try again; if it happens again, tell the administrator.',
	'sign-in.provider-unverified':
		'The sign-in service does not vouch for your e-mail, so it cannot sign you in here. Verify your e-mail there first.',
	'sign-in.provider-unknown':
		'The e-mail that you have at the sign-in service has no usable account here. Ask the administrator of your zone.',
	'sign-in.provider-other':
		'The account of this e-mail belongs to somebody else at the sign-in service. Ask the administrator of your zone.',
	'password.wrong': 'The present password is wrong.',
	'password.differs': 'The two new passwords differ.',
	'password.unchanged': 'The new password is the present one: choose another.',
	'password.too-short': 'The password is too short: at least 12 characters.',
	'password.too-long': 'The password is too long: at most 128 characters.',
	'password.holds-name': 'Leave your name and the name of your e-mail out of the password.',
	'password.common': 'This password is too common and easily guessed: choose another.',
	'password.change-required': 'Change the one-time password first.',
	'request.forged': 'Another site made this request; it was not accepted.',
	'people.forbidden': 'Not allowed: only an administrator of these people may do this.',
	'role.held': 'The person holds this role already.',
	'role.last-administrator':
		'This is the last administrator of the zone: give somebody else that role first.',
	'role.unknown': 'There is no such role, or it has been taken away.',
	'park.unknown': 'There is no such park.',
	'office.unknown': 'There is no such body or kind of body.',
	'office.taken': 'This short name is taken.',
	'office.id-invalid':
		'A short name begins with a small letter and has small letters, digits and hyphens only.',
	'person.unknown': 'There is no such person.',
	'email.invalid': 'This is not an e-mail address.',
	'email.taken': 'This e-mail has an account already.',
	'name.blank': 'Give a name.',
	'tile.address-invalid': 'The tile address is wrong.',
	'tile.audience-unknown': 'The tile address names no known audience.',
	'tile.theme-unknown': 'There is no such tile theme, or it is not published.',
	'tile.zoom-unavailable': 'The theme has no tiles at this zoom.',
	'tile.office-only': 'These tiles are for the office only.',
	'tile.content-unknown': 'The revision of the tiles is gone: reload the map.',
	'tile.encoder-unknown': 'The encoding of the tiles has changed: reload the map.',
	'axes.swapped': 'Northing stands before easting: swap the two columns.',
	'lon-lat.swapped': 'Latitude stands before longitude: swap the two columns.',
	'zone-prefix.missing':
		'Eastings lack the zone number (6 digits instead of 8): add it, or choose the system without it.',
	'zone-prefix.unexpected':
		'Eastings carry a zone number that the chosen system does not have: drop it, or choose the system with it.',
	'zone-prefix.wrong': 'Eastings carry the number of another zone than the chosen system: check it.',
	'zone.other': 'The coordinates are projected about another central meridian: choose that system.',
	'unit.degrees': 'The numbers are degrees where metres were promised: choose EPSG:4490.',
	'unit.metres': 'The numbers are metres where degrees were promised: choose the projected system.',
	'crs.other':
		'The coordinates are of another kind of system (Web Mercator against survey): choose that system.',
	'crs.unknown': 'This coordinate system is not known: EPSG:4490, 3857 and 4491–4554 are.',
	'extent.outside': 'The system fits, but positions lie outside the zone: check them.',
	'position.not-finite': 'A coordinate is no number, or their count is odd: check the file.',
	'position.not-degrees': 'These look like metres, not like degrees: choose the projected system.',
	'position.not-metres': 'These look like degrees, not like metres: choose EPSG:4490.',
	'position.elsewhere': 'This is nowhere near the zone in any usual system: check the numbers.',
	'position.latitude-first':
		'You typed the latitude[ {first}] first and the longitude[ {second}] second; asked are longitude, then latitude: swap the two.',
	'position.east-first':
		'You typed Y (east)[ {first}] first and X (north)[ {second}] second; asked are X (north), then Y (east): swap the two.',
	'position.unreadable': 'Type two numbers, such as “123.45, 41.71”.',
	'geojson.not-a-collection': 'The file[ ({type})] is no GeoJSON FeatureCollection.',
	'geojson.crs-unknown':
		'The GeoJSON names a system other than longitude and latitude[ ({name})]: convert it to EPSG:4490.',
	'geojson.feature-invalid':
		'An item of the collection[ (number {featureIndex})] is no feature[ but {type}].',
	'geojson.geometry-type':
		'A feature[ (number {featureIndex})] is no polygon[ but {type}]: Polygon and MultiPolygon are taken.',
	'geojson.ring-invalid':
		'A ring[ of feature number {featureIndex}] does not close[ ({positions} positions)]: it needs four positions at least, the last like the first.',
	'geojson.position-invalid':
		'A position[ of feature number {featureIndex}] is not two numbers, longitude and latitude.',
	'geojson.position-not-degrees':
		'A position[ of feature number {featureIndex}] is not in degrees of longitude and latitude: convert the file first.',
	'cell.invalid': 'A cell of the table[ (row {row}][, column {column})] is no usable number.',
	'row.ragged': 'A row of the table[ (row {row})] differs in length from the others.',
	'row-total.invalid': 'The total of a row[ (row {row})] is no usable whole number from zero.',
	'column-total.invalid': 'The total of a column[ (column {column})] is no usable whole number from zero.',
	'margins.unequal': 'The totals of the rows and of the columns do not add up to the same.',
	'table.too-large': 'The numbers of the table are too large to be exact.',
	'step.invalid': 'The unit of rounding must be positive.',
	'total.invalid': 'The total to share out is no whole number from zero.',
	'weight.invalid': 'A weight[ (number {index})] is no usable number from zero.',
	'weights.none': 'There are no weights to share out by.',
	'unit.invalid': 'The unit of area must be positive.',
	'limit.invalid': 'No valid limit of the misfit is given.',
	'control.invalid': 'The control area is no usable number from zero.',
	'part.invalid': 'The area of a part[ (part {part})] is no usable number from zero.',
	'parts.none': 'There is no area to adjust, but the control area is not zero.',
	'parts.too-large': 'The areas are too large to be adjusted in whole units.',
	'misfit.beyond-limit':
		'The control area less the sum of the parts[ is {misfitM2}][ ({misfitRelative})], beyond the limit[ of {limitM2}]: find out why before adjusting.',
	'level.ragged': 'The areas of a level and the wholes they belong to do not match.',
	'event.impossible': 'This cannot be done to the changeset[ ({event})][ while it is {state}].',
	'event.author-only': 'Only the author of a changeset can do this[: {event}].',
	'event.author-excluded': 'The author of a changeset cannot do this[: {event}].',
	'event.not-permitted':
		'You are not permitted to do this[ ({event})], or not in every park that the changeset touches.',
	'title.missing': 'The changeset needs a title.',
	'reason.missing': 'The changeset needs a reason.',
	'comment.missing': 'Say why.',
	'changeset.empty': 'The changeset changes nothing yet.',
	'effective.before-paper':
		'The day from which it is in force[ ({effectiveOn})] is before the date of a paper[ ({paper}: {issuedOn})]. Check the two dates.',
	'effective.before-first':
		'The day from which it is in force[ ({effectiveOn})] is before the first revision of the coverage[ ({firstOn})]. Check the date.',
	'paper.day-ahead': 'The date of a paper[ ({paper})] lies ahead[: {issuedOn}].',
	'paper.missing': 'A paper is missing[: {paper}].',
	'paper.incomplete': 'A paper[ ({paper})] is not complete[: it does not state the {field}].',
	'notice.dates-reversed': 'The notice ends[ ({endsOn})] before it begins[ ({startsOn})].',
	'paper.after-approval':
		'The draft is approved: from then on only who may publish it writes its papers. Have them written there, or the draft returned.',
	'paper.before-first':
		'A paper[ ({paper})] is dated[ {statedOn},] before the first day that this coverage speaks of[, {firstOn}]. Where the change was approved before and is not in what was loaded, check the date and acknowledge it; else put the date right.',
	'paper.moved':
		'A paper[ ({paper})] was changed after you opened the draft: look at it as it is now, then publish.',
	'paper.before-change':
		'A paper[ ({paper})] is dated[ {statedOn},] before the content of the draft was last changed[, {changedOn}]: it was about something else than what is to be published. Give notice, or ask for approval, of the content as it is.',
	'paper.order-unset':
		'A paper[ ({paper})] is dated[ {statedOn},] before the content of the draft was last changed[, {changedOn}]; no rule is set for their order: check that it is about the content as it is.',
	'notice.rule-unset': 'No rule is set for how long a notice lasts: it cannot be judged.',
	'notice.too-short': 'The notice is too short[: it lasts {days} days][, at least {leastDays} are needed].',
	'notice.running': 'The notice is not over yet[: it ends on {endsOn}].',
	'class.unknown': 'There is no such land-use class[: {landUse}][ (parcels {parcels})].',
	'code.blank': 'The code of the parcel[ ({parcels})] is blank.',
	'code.repeated': 'One code[ ({code})] is given to more than one parcel[ ({parcels})].',
	'code.too-long': 'The code is too long: at most 100 characters.',
	'list.cell-missing': 'The line has fewer than two columns: a parcel and its code are needed.',
	'list.parcel-unknown':
		'No parcel that is loaded here is called "[{key}]": check it, or move the map to where the parcel is.',
	'list.parcel-repeated': 'The list has more than one line for "[{key}]".',
	'conditions.plan-only': 'Only plan parcels have planning conditions[ (parcels {parcels})].',
	'condition.invalid':
		'The planning condition is not usable[: {field}][, {reason}][ (at most {most})][ (parcels {parcels})].',
	'control.touched':
		'Land-use classes change inside a control line[: {control}][, on {areaM2}][, where the rule allows {mostM2}][ (parcels {parcels})].',
	'control.rule-unset':
		'Land-use classes change inside a control line[: {control}][, on {areaM2}][ (parcels {parcels})], but no rule is set for whether they may: it cannot be judged.',
	'parcel.below-least-area':
		'A parcel[ ({parcels})] is smaller than the least area[: it has {areaM2}][, {leastM2} are needed].',
	'balance.target-missed':
		'The draft misses a target of land[: {measure}][ in {park}][, {areaM2} by the draft][, where less than {belowM2} is wanted][, where at most {mostM2} is wanted][, where {exactM2} is wanted][, where at least {leastM2} is wanted][, where more than {aboveM2} is wanted].',
	'conversion.needed':
		'Land that is newly planned as construction land and is none today[ (parcels {parcels})] will have to be converted[; agricultural {agriculturalM2}][, of it farmland {farmlandM2}][; unused {unusedM2}][; category not known {unknownM2}]. This is a notice: no quota is charged.',
	'conversion.basic-farmland':
		'Land that is newly planned as construction land[ (parcels {parcels})] holds permanent basic farmland[ ({areaM2})]. What is construction land today is not counted, so it may be less than what changes its class inside the control line.',
	'survey.point-off-boundary':
		'The boundary has no vertex at boundary points[ {points}][ ({count} in all)][ of survey "{survey}"][; the farthest is {distanceM} from the nearest vertex].',
	'survey.points-lost':
		'Boundary points[ {points}][ ({count} in all)] of the published survey[ "{survey}"] would no longer lie on a boundary.',
	'survey.area-differs':
		'The area of parcel[ {parcels}][ ({computedM2} computed)] differs from that of survey[ "{survey}"][ ({statedM2} stated)] by more than the rule allows.',
	'survey.ring-too-short': 'Ring[ {ring}][ (boundary point {point})] has fewer than three boundary points.',
	'survey.point-number-twice':
		'Boundary point number[ {point}] stands for two different places of one parcel.',
	'survey.too-many-points':
		'The surveys of the changeset would have too many boundary points[: {count}][, at most {most} are taken]. Spread them over several changesets, or remove surveys that are not needed.',
	'survey.not-found': 'There is no such survey, or it is not for you to see.',
	'boundary-txt.no-points':
		'The file has no boundary points: check its format (exchange format of boundary points).',
	'boundary-txt.line-unreadable':
		'The line[ {line}] cannot be read: a point line is "name,ring,X (north),Y (east)", a parcel line ends with "@".',
	'boundary-txt.parcel-line-missing':
		'No parcel line (ending with "@") comes before the boundary point[ of line {line}].',
	'boundary-txt.count-differs':
		'The parcel[ of line {line}] states another number of boundary points than it has[: {stated} stated][, {found} found].',
	'boundary-txt.value-not-taken':
		'The line[ {line}] cannot be taken: point names have at most 50 characters, ring numbers begin at 1, parcel numbers and names have at most 200 characters, areas are not negative. Correct it and hand it in again.',
	'boundary-txt.too-few-points':
		'The parcel[ of line {line}] has fewer than three boundary points[ ({found})]: complete it or remove its line.',
	'boundary-txt.too-many-points':
		'A parcel has too many boundary points[ from line {line} on][; at most {most} are taken]: divide it, or hand in several documents.',
	'boundary-txt.too-many-parcels':
		'The file has too many parcels[ from line {line} on][; at most {most} are taken]: hand in several documents.',
	'step.changes-nothing': 'The step changes nothing[ (parcels {parcels})].',
	'changeset.not-found': 'There is no such changeset, or it is not for you to read.',
	'changeset.not-yours': 'This changeset is not yours.',
	'changeset.not-draft': 'The changeset is no longer a draft: it cannot be changed.',
	'changeset.sealed': 'The changeset is published or withdrawn: nothing of it changes any more.',
	'document.name-invalid':
		'The name of the document[ ({name})] is blank, longer than 200 characters, or has slashes or control characters in it: rename it.',
	'document.type-not-taken':
		'Documents of this type are not taken[: {name}]. Convert it to one that is[: {endings}].',
	'document.empty': 'The document[ {name}] is empty: look at the original.',
	'document.too-large':
		'The document[ {name}] is too large[: at most {mostMb} MB]. Compress it, or make several of it.',
	'document.not-its-type':
		'The document[ {name}] is not what its ending[ ({ending})] says: save it again from its own program.',
	'document.in-use': 'The document[ {name}] holds a paper[: {paper}]. Choose another one there first.',
	'document.not-found': 'There is no such document, or it is not for you to read.',
	'request.too-large': 'The body of the request is too large.',
	'request.length-missing': 'The request does not say how long its body is.',
	'changeset.moved': 'The changeset was changed elsewhere: fetch how it is now first.',
	'kind.not-for-coverage': 'A changeset of this kind cannot change this layer.',
	'park.not-permitted': 'The change touches a park in which you are not permitted to draft.',
	'head.unknown': 'There is no such step.',
	'session.ended':
		'You are signed out: nothing was done. Sign in in another window, then try again. Changes that are not sent stay on this device.',
	'endorse.said': 'You have endorsed it already: nothing was recorded again.',
	'server.unreached': 'The server could not be reached: nothing was done. Try again later.',
	'rebase.group-unknown':
		'This group does not conflict with what others have published: it need not be given up.',
	'working-area.too-large':
		'There are too many parcels here[: {parcels}] to be edited at once[ (at most {most})]: zoom in.',
	'condition.of-former-class':
		'Parcels[ ({parcels})] changed their class and kept the planning conditions of the former one.',
	'parcel.class-missing': 'Parcels[ ({parcels})] have no land-use class.',
	'code.taken': 'The code[ {code}] is taken[ (parcel {parcels})].',
	'changeset.outdated':
		'The changeset conflicts with what was published since[: parcels {parcels}][, in revision {revision}][, changeset {changesetNo}][ by {who}].',
	'publish.park-crossed':
		'The change takes parcels[ ({parcels})] across the border of a park, whose area could not be kept.',
	'publish.area-misfit':
		'The areas of the parcels[ ({parcels})] before and after do not agree[: they differ by {misfitM2}][, {limitM2} is allowed].',
	'changeset.superseded': 'Other revisions were published first, time and again: try once more.',
	'paper.not-found': 'There is no such kind of paper.',
	'supply.not-found': 'There is no such supply, or you cannot see it.',
	'supply.event-impossible': 'This cannot be done to the supply[ ({event})][ while it is {state}].',
	'supply.not-permitted': 'You are not permitted to do this, or not in the park of the plot.',
	'supply.decision-needed': 'Somebody else, who decides, has to do this.',
	'supply.another-needed': 'Somebody else has to do this: you recorded the step before.',
	'supply.moved': 'The supply was moved on elsewhere[ and is {state}]; get its newest state first.',
	'supply.sealed': 'The supply is over[ ({state})] and cannot be corrected any more.',
	'supply.offer-closed': 'The offer is closed[ ({state})]: no reserve price and no bidder can be recorded.',
	'supply.no-programme': 'There is no supply programme[ of {year}].',
	'supply.plot-taken': 'The plot is in another supply[: No. {supplyNo}][, which is {state}].',
	'supply.unacknowledged': 'A question has no answer[ ({question})] and has to be acknowledged.',
	'correction.no-event': 'There is no such step to correct[: No. {eventNo}][, {event}].',
	'correction.no-field': 'The step did not record this.',
	'correction.decided-on': 'A review was decided on this: it is not corrected any more.',
	'correction.repeated': 'The same value is corrected twice.',
	'correction.same': 'The corrected value is the same as before.',
	'entry.sent-otherwise':
		'This form has recorded something else already: look at what stands there, then fill it in anew.',
	'payment.not-found': 'There is no such payment, or it takes one back itself.',
	'payment.taken-back': 'The payment was taken back already.',
	'payment.not-positive': 'A payment is more than zero; a counter-entry names its payment.',
	'payment.differs': 'A counter-entry needs the kind and the amount of its payment.',
	'payment.earlier': 'A counter-entry is not earlier than its payment.',
	'fact.not-found': 'There is no such entry to replace.',
	'fact.replaced': 'This entry was replaced already: get the newest state first.',
	'fact.days-reversed': 'The last day is before the first.',
	'fact.indicator-unknown': 'There is no such indicator, or it was taken back.',
	'fact.check-point-open': 'State the day of the check, or how many months after the point it is.',
	'fact.year-repeated': 'The rent of this year of the lease was set anew already: replace that entry.',
	'fact.already-recorded': 'It is recorded already: replace that entry.',
	'fact.top-up-day': 'An amount on top and its last day of payment are given together, or neither.',
	'ledger.too-large': 'There are more plots[ ({plots})] than a ledger holds[ (at most {most})].',
	'ledger.busy': 'Another ledger is being made: try again in a moment.',
	'ledger.month-ahead': 'The month[ {month}] has not come yet.',
	'fact.consent-unknown': 'There is no such consent, or it was taken back.',
	'fact.works-reversed':
		'The steps of works are out of order: start, completion, production, full production. Check the days.',
	'fact.indicator-not-missed':
		'The last assessment of this indicator did not miss it: nothing is to be decided.',
	'fact.disposal-open': 'Putting right needs its day, a payment its amount and its last day.',
	'fact.ahead': 'The day has not come yet.',
	'fact.not-supplied': 'There is no contract or decision yet: it cannot be recorded.',
	'fact.not-over': 'The right has not ended: an exit cannot be recorded.',
	'idle.step-impossible': 'The proceedings do not stand where this can be done.',
	'idle.step-ahead': 'The day of the document has not come yet.',
	'idle.step-before-last': 'The day of the document is before that of the last step.',
	'idle.fee-open': 'A fee needs its amount and the day by which it is paid.',
	'rule.not-permitted': 'You may not set rules, or not for this park.',
	'rule.not-found': 'There is no such rule.',
	'rule.key-unknown': 'There is no such rule[: {key}].',
	'rule.park-unknown': 'There is no such park.',
	'rule.zone-only': 'This rule is asked of the zone as a whole: a park has no value of its own.',
	'rule.unit-differs': 'The unit is another than that of the rule.',
	'rule.value-form':
		'The value needs to be a number without a sign, with at most 12 digits before the point and 6 behind it.',
	'rule.value-switch': 'This rule knows only yes (1) and no (0).',
	'rule.value-whole': 'Days and months are counted whole; years come to whole months.',
	'rule.value-too-large':
		'The value is beyond what the rule can mean: a share up to 100 %, a span up to 1,000 years or 36,500 days.',
	'rule.source-blank': 'The source is missing.',
	'rule.days-order': 'The day on which it ends has to come after the day from which it holds.',
	'rule.begins-same-day':
		'A value begins on the same day already[: {from}]. If it was a mistake, void it first.',
	'rule.later-stands':
		'Another value begins within these days[: {from}]. Let this one end on that day or before.',
	'rule.leaves-gap':
		'A value[ from {from}] would hold beyond that day, and after the new one nothing would. Leave the end open, and set what holds from then on with its own source.',
	'rule.voided-before': 'This value was declared a mistake already.',
	'rule.end-outside': 'The day on which it ends has to lie within the days of the value.',
	'batch.number-taken': 'There is a batch of this number already[: {number}].',
	'programme.year-taken': 'There is a programme of this year already[: {year}].',
	'building.not-found': 'There is no such building[: {buildingNo}].',
	'plan.none': 'There is no published plan.',
	'plot.not-found': 'There is no such plot, or you cannot see it.',
	'plot.parcel-unknown': 'The plan in force has no such parcel[: {parcelNo}].',
	'plot.several-classes': 'A plot has one land-use class[: {classes}].',
	'plot.several-parks': 'A plot lies in one park.',
	'plot.park-missing': 'The parcels are in no park: no plot can be made of them.',
	'plot.document-area-far':
		'The area of the document is far from the drawn one[: {documentM2}][ against {drawnM2}][, at most {most} % apart]. Check it; where it is right, confirm it and save again.',
	'plot.empty': 'There is no land of the chosen parcels within the outline.',
	'plot.statement-unproven': 'What is stated as clear needs its document.',
	'plot.code-taken': 'The cadastral code[ {code}] belongs to another plot.',
	'plot.ground-taken':
		'Some of this ground[, {areaM2},] belongs to another plot[: {name}][ (number {plotNo})]. It is free once every supply of that plot has ended or is cancelled.',
	'plot.batch-moved': 'Somebody else has just given the plot another batch. Look at it before you change it.',
	'plot.batch-unknown': 'There is no conversion batch[ {batchNo}].',
	'plot.code-form': 'The cadastral code[ {code}] needs 19 characters in the form of the registry.',
	'plot.unit-code-form': 'The unit code[ {code}] needs 28 characters in the form of the registry.',
	'plot.codes-differ': 'The unit code[ {unitCode}] has to begin with the cadastral code[ {cadastralCode}].',
	'plot.structure-missing': 'The unit code[ {code}] has no structure: its last eight digits have to be zero.',
	'plot.code-status':
		'The codes do not fit their status: none without a code, provisional or registered with one.',
	'plot.code-county':
		'The first digits[ {county}] of the code[ {code}] differ from those of the other plots of its park[ ({known})]: it may be of another county. Check it; if it is right, say so and save again.',
	'plot.code-same': 'The codes are those that it has: there is nothing to register.',
	'list.plot-unknown': 'This is no number of a plot[: {key}].',
	'plot.repeated': 'The same plot is twice in the list[: No. {plotNo}].',
	'plot.supervision-number-taken': 'The e-supervision number[ {number}] belongs to another plot.',
	'plot.withdrawn': 'The plot was withdrawn and is not changed any more.',
	'plot.supplied':
		'The plot has a supply[ (No. {supplyNo})] and is not withdrawn. Cancel the supply first, while it is in the programme.',
	'plot.version-moved':
		'Somebody else has just changed the plot. Look at its version of now, then change it.',
	'plot.version-same':
		'These parcels and this outline are those of the version of now: there is nothing to bring up to date.',
	'plot.park-moved': 'These parcels are in another park. A plot keeps its park: make another one.',
	'plot.on-offer':
		'The plot is on offer[ (supply No. {supplyNo})]. Withdraw the offer before its ground is drawn anew.',
	'plot.ground-agreed':
		'The plot is awarded or under contract[ (supply No. {supplyNo})]: its ground is that of the contract and the register, and is not drawn anew. A change needs a supplement and another registration.',
	'plot.area-same': 'The area of the document is the one that stands: there is nothing to correct.',
	'plot.area-decided':
		'The plot is on offer or awarded[ (supply No. {supplyNo})]: an area of a document that stands is corrected by somebody who decides.',
	'plot.area-another': 'Somebody else has to do this: you recorded the area that stands.',
	'permit.recorded': 'A permit of this kind with the number[ {number}] is recorded already.',
	'permit.works-missing': 'There is no works permit yet: nothing can be verified.',
	'permit.too-early': 'The day lies before that of an earlier permit of the chain[ ({day})].',
	'permit.later-stands': 'The verification stands on this works permit. Void the verification first.',
	'permit.not-found': 'There is no such permit, or it is void.',
	'batch.not-found': 'There is no batch[ No. {batchNo}], or it was withdrawn.',
	'batch.in-use': 'There are plots[ ({plots})] in the batch. Give them another batch on their pages first.',
	'batch.area-implausible':
		'The approved area[ {areaM2}] is larger than the whole zone[ ({zoneM2})]. Check the unit.',
	'programme.not-found': 'There is no programme[ of {year}], or it was withdrawn.',
	'programme.in-use': 'There are plots[ ({supplies})] in the programme: it is not withdrawn.',
	'outline.several-rings': 'An outline is one ring without holes: keep one ring of points.',
	'outline.too-many-points': 'The outline has too many points[: {most} at most].',
	'outline.other-system':
		"The file states another coordinate system[ (EPSG:{stated})] than this zone's[ EPSG:{srid}].",
	'outline.not-in-zone':
		"The point[ of line {line}] is neither in degrees nor in metres of this zone's system[ (EPSG:{srid})]: check its zone prefix.",
};
