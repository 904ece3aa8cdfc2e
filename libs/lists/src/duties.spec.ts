import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDuties, withoutBlanks } from './index.ts';

describe('duties', () => {
  test('reads the numbered duties under their headings', () => {
    expect(
      parseDuties(
        '直接实施责任：\n1.规范标准。\n2.依法实施，\n并公开。\n指导监督责任:\n3．加强对下级的指导。',
      ),
    ).toEqual([
      { kind: 'direct', text: '1.规范标准。' },
      { kind: 'direct', text: '2.依法实施，并公开。' },
      { kind: 'supervision', text: '3．加强对下级的指导。' },
    ]);
  });

  test('reads the stage of a duty', () => {
    expect(
      parseDuties(
        '1.受理责任：公示材料。\n2、审查责任：审核。\n（三）事后监管责任：检查。\n4.监督责任。建立制度。',
      ),
    ).toEqual([
      { stage: '受理', text: '1.受理责任：公示材料。' },
      { stage: '审查', text: '2、审查责任：审核。' },
      { stage: '事后监管', text: '（三）事后监管责任：检查。' },
      { stage: '监督', text: '4.监督责任。建立制度。' },
    ]);
  });

  test('does not take a sentence about liability for a stage', () => {
    expect(parseDuties('1.依法追究刑事责任：……')).toEqual([{ text: '1.依法追究刑事责任：……' }]);
  });

  test('keeps a text without numbers as one duty, its heading apart', () => {
    expect(parseDuties('及时、准确统计上报。')).toEqual([{ text: '及时、准确统计上报。' }]);
    expect(parseDuties('直接实施责\n任：\n依法实施。')).toEqual([{ kind: 'direct', text: '依法实施。' }]);
  });

  test('loses nothing but headings and white space', () => {
    const piece = fc.oneof(
      fc.constantFrom('直接实施责任：', '指导监督责任:', '\n', '1.', '（二）', '受理责任：', '。', '，', ' '),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    );
    const bare = (text: string): string =>
      withoutBlanks(text)
        .replace(/(?:直接实施责任|指导监督责任)[：:]?/g, '')
        .replace(/[\p{Cc}\ufeff]/gu, '');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('').normalize('NFC');
        const duties = parseDuties(text);
        expect(bare(duties.map((duty) => duty.text).join(''))).toBe(bare(text));
        for (const { stage } of duties) expect(stage?.length ?? 1).toBeLessThanOrEqual(40);
      }),
      { numRuns: 500 },
    );
  });
});
