/** Sentences of findings, and of why a value is what it is, by code; the rule is shown beside them. */
export const finding = {
	'rule.none': 'No rule set ({key}).',
	'rule.unreadable':
		'The value, unit or comparison of the rule ({key}) cannot be used: nothing is judged by it.',
	'calendar.year-unknown': 'The days off of {year} are not known: working days cannot be counted.',
	'term.invalid': 'The term {term} cannot be used: it is a positive whole number.',
	'term.lease-open': 'The lease of {mode} is not stated yet.',
	'term.grant-open': 'The term of the right of {mode} is not stated yet.',
	'term.lease-unfit': '{mode} has no lease.',
	'term.grant-unfit': '{mode} has no granted term.',
	'term.lease-within-mode': 'The lease of {leaseMonths} months is within the limit of {mode}, {limit}.',
	'term.lease-over-mode': 'The lease of {leaseMonths} months is beyond the limit of {mode}, {limit}.',
	'term.lease-long-enough': 'The lease of {leaseMonths} months reaches the least of {mode}, {limit}.',
	'term.lease-too-short': 'The lease of {leaseMonths} months is shorter than the least of {mode}, {limit}.',
	'term.lease-within-law':
		'The lease of {leaseMonths} months is within the longest lease of the law, {limit}.',
	'term.lease-over-law':
		'The lease of {leaseMonths} months is beyond the longest lease of the law, {limit}: the excess is void.',
	'term.lease-within-maximum':
		'The lease of {leaseMonths} months is within the longest term of {use}, {limit}.',
	'term.lease-over-maximum':
		'The lease of {leaseMonths} months is beyond the longest term of {use}, {limit}.',
	'term.grant-within-maximum': 'The term of {grantYears} years is within the longest of {use}, {limit}.',
	'term.grant-over-maximum': 'The term of {grantYears} years is beyond the longest of {use}, {limit}.',
	'term.sum-within-maximum':
		'The lease of {leaseMonths} months and the grant of {grantYears} years together are within the longest term of {use}, {limit}.',
	'term.sum-over-maximum':
		'The lease of {leaseMonths} months and the grant of {grantYears} years together are beyond the longest term of {use}, {limit}.',
	'term.grant-flexible': 'The term of {grantYears} years is shorter than {limit}: it is flexible.',
	'term.grant-not-flexible':
		'The term of {grantYears} years is not shorter than {limit}: it is not flexible.',
	'term.renewal-by': 'The right ends on {lastOn}; a renewal is applied for at least {months} months before.',
	'offer.notice-long-enough': 'The notice stands {days} days ({dayKind}) before the start, at least {limit}.',
	'offer.notice-too-short':
		'The notice stands only {days} days ({dayKind}) before the start, less than {limit}.',
	'offer.listing-long-enough': 'The listing is open for {days} days ({dayKind}), at least {limit}.',
	'offer.listing-too-short': 'The listing is open for only {days} days ({dayKind}), less than {limit}.',
	'offer.ends-before-start': 'The last day {endsOn} lies before the first, {startsOn}.',
	'offer.result-due': 'It ended on {endedOn}; the result is published within {days} days ({dayKind}).',
	'offer.result-in-time': 'The result was published on {publishedOn}, not after {dueOn}.',
	'offer.result-late': 'The result was published on {publishedOn}, after {dueOn}.',
	'supply.competition-by-use': '{use} is supplied by tender, auction or listing.',
	'supply.competition-not-by-use': 'By the rule, {use} need not be supplied by tender, auction or listing.',
	'price.reaches-floor': 'The price of {totalFen} reaches the floor of {limit}.',
	'price.below-floor': 'The price of {totalFen} is below the floor of {limit}.',
	'price.area-kind-differs':
		'The price goes by the {areaKind}, the rule by the {ruleKind}: they are not compared.',
	'price.nothing-changes': 'Neither use nor floor area grows: nothing is paid on top.',
	'price.no-top-up': 'By the rule nothing is paid on top.',
	'price.top-up-due': 'By the rule an amount is paid on top.',
	'rent.reviewed-every': 'The rent is set anew every {years} years.',
	'rent.nothing-before': 'There was no rent before: how far it rises cannot be said.',
	'rent.rise-within': 'The rent goes from {beforeFen} to {afterFen}, a rise within {limit}.',
	'rent.rise-over': 'The rent goes from {beforeFen} to {afterFen}, a rise of more than {limit}.',
	'rent.share-reached': 'The yearly rent of {yearlyRentFen} is at least {limit} of the price of {priceFen}.',
	'rent.share-below': 'The yearly rent of {yearlyRentFen} is less than {limit} of the price of {priceFen}.',
	'payment.amount-invalid': 'Entry {entryNo}: the amount cannot be used.',
	'payment.number-repeated': 'Entry {entryNo}: the number is used twice.',
	'payment.reverses-none': 'Entry {entryNo}: the payment that it takes back does not exist.',
	'payment.reversed-twice': 'Entry {entryNo}: the payment was taken back before.',
	'payment.reversal-differs': 'Entry {entryNo}: it does not take back the whole payment.',
	'payment.reversal-earlier': 'Entry {entryNo}: it was booked before the payment that it takes back.',
	'idle.completed': 'It was completed on {completedOn}.',
	'idle.working': 'Works have begun and go on.',
	'idle.enough-done': 'Works have begun; neither the developed area nor the investment is below its share.',
	'idle.fact-missing': 'It is not known: {fact}. Whether the land is suspected to lie idle cannot be said.',
	'idle.figure-missing':
		'The area or amount of a share is missing ({key}): whether the land is suspected to lie idle cannot be said.',
	'idle.not-started-long':
		'Suspected to lie idle: works were agreed for {fromOn}, {days} days of the holder have passed, and they have not begun. A finding needs an investigation.',
	'idle.not-started-yet':
		'Works were agreed for {fromOn}; {days} days of the holder have passed, less than the rule says.',
	'idle.stopped-long':
		'Suspected to lie idle: works have stood still since {fromOn}, {days} days of the holder. A finding needs an investigation.',
	'idle.stopped-shortly':
		'Works have stood still since {fromOn}; {days} days of the holder have passed, less than the rule says.',
	'idle.little-developed':
		'Suspected to lie idle: works have stood still since {fromOn}, {days} days, with less than {limit} of the area developed. A finding needs an investigation.',
	'idle.little-invested':
		'Suspected to lie idle: works have stood still since {fromOn}, {days} days, with less than {limit} of the total invested. A finding needs an investigation.',
	'idle.price-unknown': 'No price is recorded: the fee cannot be reckoned.',
	'idle.fee-at-most': 'After a finding and a decision, the fee would be this at most (price {priceFen}).',
	'idle.fee-of-price': 'After a finding and a decision, the fee would be this (price {priceFen}).',
	'idle.take-back-from':
		'Works were agreed for {agreedStartOn}; not begun, the land could be taken back by a decision from that day.',
	'idle.clock-stands':
		'Works were agreed for {agreedStartOn}; a pause that is not of the holder goes on, and no time is counted.',
	'mx.ratio-high-enough': 'The floor area ratio of {measured} is not below {limit}.',
	'mx.ratio-too-low': 'The floor area ratio of {measured} is below {limit}.',
	'mx.ratio-low-enough': 'The floor area ratio of {measured} is not above {limit}.',
	'mx.ratio-too-high': 'The floor area ratio of {measured} is above {limit}.',
	'mx.support-within': 'Support takes {measured} of the floor, within {limit}.',
	'mx.support-over': 'Support takes {measured} of the floor, more than {limit}.',
	'mx.living-within': 'Living takes {measured} of the floor, within {limit}.',
	'mx.living-over': 'Living takes {measured} of the floor, more than {limit}.',
	'mx.split-permitted': 'The rule allows splitting.',
	'mx.split-forbidden': 'The rule does not allow splitting.',
	'mx.split-within': 'What can be split takes {measured} of the floor, within {limit}.',
	'mx.split-over': 'What can be split takes {measured} of the floor, more than {limit}.',
	'mx.unit-large-enough': 'The smallest unit of {measured} is not below {limit}.',
	'mx.unit-too-small': 'The smallest unit of {measured} is below {limit}.',
	'mx.self-held-enough': 'The holder keeps {measured} of the floor, at least {limit}.',
	'mx.self-held-too-little': 'The holder keeps {measured} of the floor, less than {limit}.',
	'mx.year-within': 'The supply of the year comes to {measured}, within {limit}.',
	'mx.year-over': 'The supply of the year comes to {measured}, more than {limit}.',
	'mx.figure-missing': 'A figure is missing: the rule ({key}) could not be checked.',
	'mx.area-kind-differs':
		'The rule ({key}) goes by the {ruleKind}, the plot has the {areaKind}: they are not compared.',
	'batch.lapses-on': 'Approved on {approvedOn}; unused for {months} months, the approval lapses.',
};

/** Words in those sentences: modes, uses, kinds of areas and days, facts. */
export const findingWord = {
	allocation: 'allocation',
	grant: 'grant',
	flexible_term_grant: 'flexible-term grant',
	grant_with_structures: 'grant with structures',
	grant_with_scheme: 'grant with a design scheme',
	capital_contribution: 'capital contribution',
	contribution: 'capital contribution',
	lease: 'lease',
	long_lease: 'long lease',
	lease_and_grant: 'lease and grant',
	lease_then_grant: 'lease then grant',
	residential: 'residential land',
	industrial: 'industrial land',
	civic: 'land for education, science, culture, health and sport',
	commercial: 'commercial, tourism and entertainment land',
	other: 'mixed or other land',
	ellipsoidal: 'ellipsoidal area',
	planar: 'planar area',
	document: 'document area',
	nominal: 'nominal area',
	day: 'calendar days',
	'working-day': 'working days',
	works: 'whether works have begun',
	'agreed-start': 'the agreed day of works',
	stop: 'whether works stand still',
};

/** How a number is written with its unit. */
export const findingUnit = {
	year: '{value} years',
	month: '{value} months',
	day: '{value} days',
	'working-day': '{value} working days',
	pct: '{value}%',
	third: '{value}/3',
	m2: '{value} m²',
	'yuan-per-m2': '{value} yuan a m²',
	'yuan-per-m2-floor': '{value} yuan a m² of floor',
	none: '{value}',
	yuan: '{value} yuan',
};
