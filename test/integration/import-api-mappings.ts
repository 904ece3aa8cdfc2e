import { describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { makeWorkbook } from '../support/workbook.ts';
import type { TestServer } from '../support/application.ts';
import type { UploadDesk } from '../support/upload-desk.ts';

interface Desk extends UploadDesk {
  readonly server: () => TestServer;
  readonly cookieOf: (login: string) => string;
}

/** Claims about uploads, for the application of import-api.spec.ts: another one would take as long again to start. */
export function describeMappings({ send, publishSubmitted, server, cookieOf }: Desk): void {
  describe('what was said of columns', () => {
    const NAME = '示例市列名局';
    const ROWS = ['序号 干什么 凭什么', '1 甲许可 《甲法》', '2 乙许可 《乙法》'].map((row) =>
      row.split(' '),
    );
    const file = (name = NAME): Uint8Array => makeWorkbook([{ rows: [[`${name}2026年权责清单`], ...ROWS] }]);
    const SAID = { column: ['名称=干什么', '依据=凭什么'], category: '行政许可' };
    const NEW = { new: 2, changed: 0, unchanged: 0 };
    const call = (login: string, method: 'GET' | 'DELETE', path = '') =>
      server().app.inject({
        method,
        url: `/api/imports/mappings${path}`,
        headers: { cookie: cookieOf(login) },
      });
    const mappings = async (login: string) =>
      (await call(login, 'GET')).json<{ mappings: { organ: string; signature: string }[] }>().mappings;

    test('is asked for by the refusal, followed, and remembered for that organ and header alone', async () => {
      const refused = await send('editor', 'list.xlsx', file());
      expect([refused.status, refused.body['code']]).toEqual([422, 'no-list']);
      expect(refused.body['title']).toContain('--column 名称=');
      expect(refused.body).toMatchObject({
        sheets: [
          {
            headerRow: 2,
            columns: [
              { column: 'A', header: '序号', understoodAs: '序号', samples: ['1', '2'] },
              { column: 'B', header: '干什么', samples: ['甲许可', '乙许可'] },
              // Taken for what it is by its cells alone.
              { column: 'C', header: '凭什么', samples: ['《甲法》', '《乙法》'] },
            ],
          },
        ],
        suggestions: [
          { reads: 'likely', options: [expect.objectContaining({ option: 'column', value: '名称=干什么' })] },
        ],
      });
      const tried = await send('editor', 'list.xlsx', file(), { ...SAID, dryRun: 'true' });
      expect([tried.body['changes'], await mappings('editor')]).toEqual([NEW, []]);
      const said = await send('editor', 'list.xlsx', file(), { ...SAID, submit: 'true' });
      expect([said.status, said.body['changes']]).toEqual([201, NEW]);
      await publishSubmitted();
      const [mapping] = await mappings('editor');
      expect(mapping).toMatchObject({
        organ: said.body['list'],
        header: '序号 | 干什么 | 凭什么',
        reading: { columns: { name: '干什么', basisText: '凭什么' }, category: '01' },
      });
      expect(await mappings('theirs')).toEqual([]);
      const again = await send('editor', 'list.xlsx', file());
      expect(again.body['changes']).toEqual({ new: 0, changed: 0, unchanged: 2 });
      expect(JSON.stringify(again.body)).toContain('remembered-columns');
      // The same header over another organ's list says nothing of what it means there.
      expect((await send('editor', 'list.xlsx', file('示例市另名局'))).body).toMatchObject({
        code: 'no-list',
      });
      const path = `/${mapping?.organ ?? ''}/${mapping?.signature ?? ''}`;
      const forget = async (login: string) => (await call(login, 'DELETE', path)).statusCode;
      expect([await forget('auditor'), await forget('other')]).toEqual([403, 403]);
      expect([await forget('editor'), await forget('editor')]).toEqual([204, 404]);
      expect((await send('editor', 'list.xlsx', file())).body).toMatchObject({ code: 'no-list' });
    });

    test('by one organ does not read the lists of others in a file of several', async () => {
      const [one, other] = ['示例市首名局', '示例市另名局'] as const;
      const of = (name: string) => ({ name, rows: [[`${name}2026年权责清单`], ...ROWS] });
      const both = makeWorkbook([of(one), of(other)]);
      const acts = () =>
        server()
          .app.get(DataSource)
          .query<{ subject: string }[]>(`SELECT subject FROM act WHERE action = 'import.mapping-saved'`);
      const before = await acts();
      const dryRun = { dryRun: 'true' };
      const planted = await send('editor', 'list.xlsx', file(one), SAID);
      expect([planted.status, await acts()]).toEqual([201, [...before, { subject: planted.body['list'] }]]);
      expect((await send('editor', 'list.xlsx', file(one), dryRun)).status).toBe(200);
      expect((await send('editor', 'list.xlsx', both, dryRun)).body).toMatchObject({ code: 'no-list' });
    });

    test('and looks swapped is refused with both ways to read it, of which each does', async () => {
      const rows = [
        ['序号', '事项名称', '权力类型', '实施依据'],
        ...['甲', '乙', '丙'].map((word, n) => [
          (n + 1).toString(),
          `《${word}法》第${'一二三'.charAt(n)}条`,
          '行政许可',
          `${word}业经营许可`,
        ]),
      ];
      const swapped = makeWorkbook([{ rows: [['示例市反列局2026年权责清单'], ...rows] }]);
      const { status, body } = await send('editor', 'list.xlsx', swapped, { dryRun: 'true' });
      expect([status, body['code']]).toEqual([422, 'swapped-columns']);
      // As the description of the interface has them.
      const { suggestions } = body as unknown as {
        suggestions: { reads: string; options: { option: string; value: string }[] }[];
      };
      expect(suggestions.map(({ reads }) => reads)).toEqual(['by-cells', 'as-headed']);
      for (const { options } of suggestions) {
        const column = options.map(({ value }) => value);
        const read = await send('editor', 'list.xlsx', swapped, { column, dryRun: 'true' });
        expect([read.status, read.body['changes']]).toEqual([200, { new: 3, changed: 0, unchanged: 0 }]);
      }
    });

    test('that cannot be is refused at its field', async () => {
      const wrong = { column: '颜色=干什么', category: '行政备案', splitBy: ' ' };
      for (const [field, text] of Object.entries(wrong)) {
        const { status, body } = await send('editor', 'list.xlsx', file(), { [field]: text });
        expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining(`"${field}`)]);
      }
    });
  });
}
