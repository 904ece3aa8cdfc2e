import { describe, expect, test } from '@jest/globals';
import { makeWorkbook } from '../support/workbook.ts';
import type { UploadDesk } from '../support/upload-desk.ts';

interface Desk extends UploadDesk {
  readonly get: (path: string) => Promise<{ readonly bytes: Uint8Array }>;
}

/** Claims about uploads, for the application of import-api.spec.ts: another one would take as long again to start. */
export function describeNegativeLists({ send, publishSubmitted, get }: Desk): void {
  describe('a negative list', () => {
    const TABLE = [
      ['示例准入负面清单（2026年版）'],
      ['项目号', '禁止或许可事项', '事项编码', '禁止或许可准入措施描述', '主管部门', '地方性许可事项'],
      ['一、禁止准入类'],
      [1, '示例禁止事项', 100001, '不得从事甲类示例活动', '示例一部'],
      ['二、许可准入类'],
      ['（一）农、林、牧、渔业'],
      [2, '未获得许可，不得从事示例种植', 201001, '甲种示例许可', '示例二部'],
    ];

    test('comes from its official table, and again from its template, to nothing new', async () => {
      const file = makeWorkbook([{ rows: TABLE }], 'biff8');
      const first = await send('editor', '负面清单.xls', file, { submit: 'true' });
      expect(first.body).toMatchObject({
        name: '示例准入负面清单',
        edition: { number: '2026' },
        changes: { new: 2 },
        draft: { changes: 3 },
      });
      const keys = await publishSubmitted();
      const list = String(first.body['list']);
      expect(keys).toEqual([list, `${list}.100001`, `${list}.201001`]);
      for (const format of ['xlsx', 'csv']) {
        const { bytes } = await get(`/api/templates/${list}?format=${format}`);
        const again = await send('editor', `负面清单.${format}`, bytes, { list });
        expect([again.status, again.body['changes']]).toEqual([200, { new: 0, changed: 0, unchanged: 2 }]);
      }
    });

    test('is not for the account of an organ', async () => {
      const file = makeWorkbook([{ rows: TABLE.slice(0, 4) }]);
      expect((await send('theirs', '负面清单.xlsx', file)).status).toBe(403);
    });
  });
}
