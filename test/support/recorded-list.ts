import { blobName, canonicalBytes } from '@mandate/encoding';
import { editionDigest, type AuthorityItem, type Edition, type Organ, organKey } from '@mandate/lists';
import type { Act } from './published-folder.ts';

/** An organ whose list of 2024 stood for years before it was recorded, in 2025. */
export const CIVIL: Organ = {
  schema: 'organ/1',
  key: organKey({ name: '示例市民政局' }),
  name: '示例市民政局',
  sample: true,
};
export const RECORDED_AT = '2025-11-26T16:00:00Z';
/** Beijing day of that instant. */
export const RECORDED_ON = '2025-11-27';

/** Its first recording: organ, items and edition. @param effectiveDate the list's own day where it says one */
export function recordedList(count: number, effectiveDate = RECORDED_ON): readonly Act[] {
  const edition = `${CIVIL.key}.2024`;
  const act = (register: Act['register'], key: string, blob: Act['blob'], more: Partial<Act> = {}): Act => ({
    register,
    key,
    blob,
    time: RECORDED_AT,
    effectiveDate,
    reason: '按公布的清单首次收录',
    kind: 'recorded',
    ...more,
  });
  const items = Array.from({ length: count }, (_, n) =>
    act('authority-item', `${CIVIL.key}.${String(n + 1).padStart(5, '0')}`, itemOf(n + 1), { edition }),
  );
  const blob: Edition = {
    schema: 'edition/1',
    list: CIVIL.key,
    number: '2024',
    name: '示例市民政局权责清单（2024年版）',
    date: effectiveDate,
    items: count,
    digest: editionDigest(
      items.map((item) => ({ key: item.key, blob: blobName(canonicalBytes(item.blob)) })),
    ),
    sample: true,
  };
  return [act('organ', CIVIL.key, CIVIL), ...items, act('edition', edition, blob)];
}

function itemOf(number: number): AuthorityItem {
  return {
    schema: 'authority-item/1',
    organ: CIVIL.key,
    name: `示例社会组织登记（第 ${number.toString()} 类）`,
    category: '01',
    state: 'in-force',
    codes: { other: `ZJ-MZ-${number.toString().padStart(4, '0')}` },
    bases: [],
    levels: [],
    subItems: [],
    sample: true,
  };
}
