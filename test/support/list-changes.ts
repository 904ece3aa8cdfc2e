import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../apps/registry/src/database/transaction.ts';
import { ListsService } from '../../apps/registry/src/lists/lists.service.ts';
import type { Act } from './published-folder.ts';
import { itemKey, MARKET } from './sample-acts.ts';

/** Puts acts onto the lists as the application does; they are not sequenced yet. */
export async function putActs(app: INestApplicationContext, acts: readonly Act[]): Promise<void> {
  const lists = app.get(ListsService);
  await inTransaction(app.get(DataSource), (tx) =>
    lists.put(
      tx,
      acts.map(({ register, key, blob, effectiveDate, reason }) => ({
        register,
        key,
        value: blob,
        effectiveDate: effectiveDate ?? '2026-01-01',
        reason,
      })),
    ),
  );
}

/** `count` items of one organ that differ in their names. */
export function manyItems(count: number, first = 1): readonly Act[] {
  return Array.from({ length: count }, (_, i) => ({
    register: 'authority-item' as const,
    key: itemKey(MARKET, first + i),
    blob: {
      schema: 'authority-item/1',
      organ: MARKET.key,
      name: `示例检查（第 ${first + i} 项）`,
      category: '06',
      state: 'in-force',
      bases: [{ kind: 'law', title: '示例法', articles: ['第一条'], text: '《示例法》第一条' }],
      levels: [],
      dutiesText: '1.受理责任：依法受理。',
      dutyBasisText: '《示例法》第二条',
      subItems: [],
      sample: true,
    },
    time: '2026-01-01T00:00:00Z',
    reason: '示例',
  }));
}
