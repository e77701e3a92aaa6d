import { proveDemoLaws } from '../geo/demo/demo-laws.ts';
import { proveDemoDistribution } from '../geo/demo/distribution-laws.ts';

/** Between the measured counts of the generator's scale, where it has to guess. */
const COUNTS = [1000, 1500, 4000, 8000, 13_000];

for (let seed = 1; seed <= 20; seed++) {
	proveDemoLaws({ seed, parcelCount: COUNTS[seed % COUNTS.length] });
	proveDemoDistribution({ seed, parcelCount: 8000 });
}
proveDemoLaws({ seed: 21, parcelCount: 55_000 });
for (const parcelCount of [30_000, 100_000]) {
	proveDemoLaws({ seed: 22, parcelCount });
	proveDemoDistribution({ seed: 23, parcelCount });
}
