import type { Department } from '../organs.ts';
import type { SampleFacts } from '../sample-item.ts';
import { AGRICULTURE_FACTS } from './agriculture.ts';
import { CONSTRUCTION_FACTS } from './construction.ts';
import { CULTURE_FACTS } from './culture.ts';
import { EMPLOYMENT_FACTS } from './employment.ts';
import { ENVIRONMENT_FACTS } from './environment.ts';
import { HEALTH_FACTS } from './health.ts';
import { MARKET_FACTS } from './market.ts';
import { TRANSPORT_FACTS } from './transport.ts';

/** By the organ and the name under which an item was first listed. */
export const FACTS: Partial<Readonly<Record<Department, Readonly<Record<string, SampleFacts>>>>> = {
  market: MARKET_FACTS,
  agriculture: AGRICULTURE_FACTS,
  transport: TRANSPORT_FACTS,
  employment: EMPLOYMENT_FACTS,
  health: HEALTH_FACTS,
  environment: ENVIRONMENT_FACTS,
  construction: CONSTRUCTION_FACTS,
  culture: CULTURE_FACTS,
};
