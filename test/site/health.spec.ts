import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HEALTH_RULES, type HealthFinding } from '@mandate/lists';
import { ORGANS } from '../../apps/registry/sample/organs.ts';
import { buildSite, type BuiltSite, PUBLIC_URL } from '../support/built-site.ts';
import { writePublishedFolder } from '../support/published-folder.ts';
import { wholeSample } from '../support/whole-sample.ts';

const { countyMarket, government, market } = ORGANS;
const SHOWN = [countyMarket, government, market].map(({ key }) => key);

let site: BuiltSite;

beforeAll(async () => {
  const acts = wholeSample().filter(
    ({ register, key }) =>
      !['organ', 'authority-item', 'edition'].includes(register) || SHOWN.includes(key.split('.')[0] ?? ''),
  );
  site = await buildSite((dir) => writePublishedFolder(dir, acts, { publicUrl: PUBLIC_URL }));
});
afterAll(() => site.close());

const pageOf = async (path: string): Promise<string> => {
  const answer = await fetch(site.origin + path);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.text();
};
const findingsOf = async (organ: string): Promise<readonly HealthFinding[]> => {
  const answer = await fetch(`${site.origin}/organs/${organ}/health/findings.json`);
  // What our own endpoint writes.
  const { findings } = (await answer.json()) as { findings: readonly HealthFinding[] };
  return findings;
};

describe('the health page of an organ', () => {
  test('says of every finding what it is, where it is and what to do, without any script', async () => {
    const page = await pageOf(`/organs/${countyMarket.key}/health/`);
    const findings = await findingsOf(countyMarket.key);
    expect(findings.length).toBeGreaterThanOrEqual(13);
    for (const { rule, name, place, advice } of findings) {
      expect(page).toContain(`id="${rule}"`);
      for (const words of [name, place, advice, HEALTH_RULES[rule].means]) expect(page).toContain(words);
    }
  });

  test('leads to the place in the item, and to the item it is compared with', async () => {
    const page = await pageOf(`/organs/${countyMarket.key}/health/`);
    const links = [...page.matchAll(/href="(\/items\/[^"#]+\/)(?:#([^"]+))?"/g)];
    expect(links.length).toBeGreaterThanOrEqual(15);
    expect(links.some(([, path = '']) => path.includes(market.key))).toBe(true);
    expect(new Set(links.map(([, , anchor]) => anchor)).size).toBeGreaterThanOrEqual(5);
    for (const [, path = '', anchor] of links) {
      const item = await pageOf(path);
      if (anchor !== undefined)
        expect([path, anchor, item.includes(`id="${anchor}"`)]).toEqual([path, anchor, true]);
    }
  });

  test('praises a list in which nothing was found, and names the rules it was held against', async () => {
    const page = await pageOf(`/organs/${government.key}/health/`);
    expect(await findingsOf(government.key)).toEqual([]);
    expect(page).toContain('没有发现问题');
    for (const { name } of Object.values(HEALTH_RULES)) expect(page).toContain(name);
  });

  test('can be reached from the organ’s own page', async () => {
    expect(await pageOf(`/organs/${market.key}/`)).toContain(`/organs/${market.key}/health/`);
  });
});
