import { DEFAULT_DEMO } from '$seeds/demo/generate.ts';
import { proveDemoLaws } from './demo-laws.ts';

proveDemoLaws(DEFAULT_DEMO);
proveDemoLaws({ seed: 2, parcelCount: 1000 });
proveDemoLaws({ seed: 20260101, parcelCount: 2500 });
