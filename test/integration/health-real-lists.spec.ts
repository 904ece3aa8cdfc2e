import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { findOrganInTitle, readSourceFile } from '@mandate/list-files';
import { checkList, type CheckedItem, type HealthFinding, organKey, type Organ } from '@mandate/lists';
import { describeWithSharedData } from '../support/shared-data.ts';

// What was judged by eye, place by place (docs/decisions/011-health-check.md): a rule that finds more cries wolf, or a
// list has changed; a rule that finds less has gone blind.
const FOUND = {
  'duty-without-basis': 1,
  'basis-without-article': 11,
  'name-with-number': 14,
  'name-with-article': 74,
  'listed-twice': 4,
};

describeWithSharedData('authority-lists', 'the health of the twelve real lists', (folder) => {
  test('is what people found it to be, rule by rule', () => {
    const findings: HealthFinding[] = [];
    let items = 0;
    for (const file of readdirSync(folder).filter((name) => /\.xlsx?$/.test(name))) {
      const named = findOrganInTitle(file);
      const name = named?.name ?? file;
      const organ: Organ = {
        schema: 'organ/1',
        key: organKey({ name }),
        name,
        ...(named?.regionName !== undefined && { regionName: named.regionName }),
      };
      const source = readSourceFile(file, readFileSync(join(folder, file)));
      if (source.register !== 'authority-item') throw new Error(`${file} is no list of powers`);
      const listed = source.items.flatMap(({ content }): CheckedItem[] =>
        'issue' in content ? [] : [{ item: { ...content, organ: organ.key } }],
      );
      items += listed.length;
      // Nothing is registered there: the rules that need certificates and negative lists have nothing to say.
      findings.push(
        ...checkList(listed, { organ, organs: [organ], certificateTypes: [], negativeItems: [] }),
      );
    }
    expect(items).toBe(2_036);
    const counts = Map.groupBy(findings, ({ rule }) => rule);
    expect(Object.fromEntries([...counts].map(([rule, found]) => [rule, found.length]))).toEqual(FOUND);
  });
});
