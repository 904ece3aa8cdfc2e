import { describe, expect, test } from '@jest/globals';
import type { ProcessStep } from '@mandate/lists';
import fc from 'fast-check';
import { layoutProcess, waysOf } from './process-layout.ts';
import { processPicture } from './process-picture.ts';

describe('a process drawn as a picture', () => {
  const name = fc.stringMatching(/^[一-龥A-Za-z0-9]{1,24}$/);
  const steps = fc
    .array(
      fc.tuple(
        name,
        fc.option(name),
        fc.option(name),
        fc.array(fc.tuple(fc.nat(20), fc.option(name)), { maxLength: 3 }),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((all): ProcessStep[] =>
      all.map(([title, handler, time, ways], n) => ({
        id: `s${n}`,
        name: title,
        ...(handler !== null && { handler }),
        ...(time !== null && { time }),
        ...(n % 3 !== 0 && {
          next: [...new Map(ways.map(([to, when]) => [to % all.length, when])).entries()].map(
            ([to, when]) => ({
              to: `s${to}`,
              ...(when !== null && { when }),
            }),
          ),
        }),
      })),
    );

  test('puts no box over another and no condition over a box, inside its frame', () => {
    fc.assert(
      fc.property(steps, (process) => {
        const { width, height, steps: boxes, ways } = layoutProcess(process);
        const labels = ways.flatMap(({ label }) =>
          label
            ? [
                {
                  x: label.at.x - label.width / 2,
                  y: label.at.y - label.height / 2,
                  width: label.width,
                  height: label.height,
                },
              ]
            : [],
        );
        const all = [...boxes, ...labels];
        for (const [n, a] of all.entries()) {
          expect(a.x >= -1 && a.y >= -1 && a.x + a.width <= width + 1 && a.y + a.height <= height + 1).toBe(
            true,
          );
          for (const b of all.slice(n + 1)) {
            const apart =
              a.x + a.width <= b.x + 1 ||
              b.x + b.width <= a.x + 1 ||
              a.y + a.height <= b.y + 1 ||
              b.y + b.height <= a.y + 1;
            expect(apart).toBe(true);
          }
        }
        expect(ways).toHaveLength(waysOf(process).length);
      }),
      { numRuns: 60 },
    );
  });

  test('is the same picture for the same steps, and nothing in it is markup', () => {
    const process: ProcessStep[] = [
      { id: 'a', name: '<b>&"' },
      { id: 'b', name: '办结' },
    ];
    expect(processPicture(structuredClone(process))).toBe(processPicture(process));
    expect(processPicture(process)).not.toContain('<b>');
  });

  test('two boxes beside each other fit a phone', () => {
    const { width } = layoutProcess([
      { id: 'a', name: '受理', next: [{ to: 'b' }, { to: 'c' }] },
      { id: 'b', name: '批准并送达证照', next: [] },
      { id: 'c', name: '不予批准并说明理由', next: [] },
    ]);
    expect(width).toBeLessThanOrEqual(350);
  });
});
