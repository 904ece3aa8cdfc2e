import { CATEGORIES, INDUSTRY_SECTIONS } from '@mandate/codes';
import { fromUtf8, parseJson } from '@mandate/encoding';
import { CHANGE_KINDS, type ListEntry, ListEntrySchema } from '@mandate/lists';
import { parseItemKey } from '@mandate/published';
import { encodeCsv } from '@mandate/workbook';
import type { Answer } from '../http/representation.ts';
import type { ListsDifference } from './comparison.service.ts';
import type { Page } from './list-reader.service.ts';
import type { StoredVersion, VersionHead } from './list-versions.repository.ts';

// Entries and contents are canonical JSON already: an answer is put together from them as they are.

const CLOSE = Buffer.from('}');

const STATES: Readonly<Record<string, string>> = {
  'in-force': '在用',
  suspended: '暂停',
  cancelled: '取消',
};
const CHAPTERS: Readonly<Record<string, string>> = { prohibited: '禁止准入类', permitted: '许可准入类' };
const CHANGES = { added: '新增', recorded: '首次收录', removed: '移出', changed: '变更' } as const;
// Widened, so that a code of no table is looked up like one of them.
const CATEGORY_NAMES: Readonly<Record<string, string>> = CATEGORIES;
const SECTION_NAMES: Readonly<Record<string, string>> = INDUSTRY_SECTIONS;

/** One version, its content under `name`. */
export function detailBytes(name: string, { key, index, leaf, bytes }: StoredVersion): Buffer {
  const place = index === null ? '' : `,"index":${index.toString()}`;
  return Buffer.concat([
    Buffer.from(`{"key":${JSON.stringify(key)}${place},"entry":`),
    leaf,
    Buffer.from(`,${JSON.stringify(name)}:`),
    bytes,
    CLOSE,
  ]);
}

export function answerHistory(answer: Answer, name: string, key: string, page: Page<StoredVersion>): string {
  return answer.page({
    next: page.next,
    json: () =>
      pageText(
        `"key":${JSON.stringify(key)},"entries"`,
        page.rows.map((row) => `{${entryText(name, row)}}`),
        page.next,
      ),
    csv: () =>
      encodeCsv([
        [
          '标识',
          '日志序号',
          '列入时间',
          '生效日期',
          '变更类型',
          '名称',
          '状态',
          '理由',
          '文号',
          '版本',
          '内容哈希',
        ],
        ...page.rows.map(({ index, leaf, bytes }) => {
          const entry = parseEntry(leaf);
          const content = contentOf(bytes);
          return [
            entry.key,
            index ?? undefined,
            entry.time,
            entry.effectiveDate,
            entry.kind && CHANGE_KINDS[entry.kind].name,
            textOf(content['name']),
            nameOf(STATES, textOf(content['state'])),
            entry.reason,
            entry.document,
            entry.edition,
            entry.blob,
          ];
        }),
      ]),
  });
}

/** @param columns heading and property of the content, for CSV */
export function answerRecords(
  answer: Answer,
  name: string,
  page: Page<StoredVersion>,
  columns: readonly (readonly [string, string])[],
): string {
  return answer.page({
    next: page.next,
    json: () =>
      pageText(
        JSON.stringify(name),
        page.rows.map(({ bytes }) => fromUtf8(bytes)),
        page.next,
      ),
    csv: () =>
      encodeCsv([
        columns.map(([heading]) => heading),
        ...page.rows.map(({ bytes }) => {
          const content = contentOf(bytes);
          return columns.map(([, property]) => textOf(content[property]));
        }),
      ]),
  });
}

export function answerItems(answer: Answer, page: Page<VersionHead>): string {
  return answer.page({
    next: page.next,
    json: () =>
      JSON.stringify({
        items: page.rows.map(({ key, name, category, state, effectiveDate, index }) => ({
          key,
          organ: parseItemKey(key).list,
          name,
          category,
          state,
          effectiveDate,
          index: index ?? undefined,
        })),
        next: page.next,
      }),
    csv: () =>
      encodeCsv([
        ['标识', '机关', '名称', '权力类型', '状态', '生效日期', '日志序号'],
        ...page.rows.map(({ key, name, category, state, effectiveDate, index }) => [
          key,
          parseItemKey(key).list,
          name ?? undefined,
          nameOf(CATEGORY_NAMES, category),
          nameOf(STATES, state),
          effectiveDate,
          index ?? undefined,
        ]),
      ]),
  });
}

export function answerNegativeItems(answer: Answer, page: Page<VersionHead>): string {
  return answer.page({
    next: page.next,
    json: () =>
      JSON.stringify({
        items: page.rows.map(({ key, name, category, section, state, effectiveDate, index }) => ({
          key,
          list: parseItemKey(key).list,
          name,
          chapter: category,
          section: section ?? undefined,
          state,
          effectiveDate,
          index: index ?? undefined,
        })),
        next: page.next,
      }),
    csv: () =>
      encodeCsv([
        ['标识', '负面清单', '名称', '类别', '门类', '状态', '生效日期', '日志序号'],
        ...page.rows.map(({ key, name, category, section, state, effectiveDate, index }) => [
          key,
          parseItemKey(key).list,
          name ?? undefined,
          nameOf(CHAPTERS, category),
          nameOf(SECTION_NAMES, section),
          nameOf(STATES, state),
          effectiveDate,
          index ?? undefined,
        ]),
      ]),
  });
}

export function answerComparison(answer: Answer, { differences, moved, next }: ListsDifference): string {
  return answer.page({
    next,
    json: () => JSON.stringify({ differences, moved, next }),
    csv: () =>
      encodeCsv([
        ['标识', '变化', '名称', '原名称', '变化的内容', '理由', '文号', '较早条目', '较晚条目'],
        ...differences.map(({ key, change, name, formerName, fields, steps, before, after }) => [
          key,
          CHANGES[change],
          name,
          formerName,
          [...new Set(fields.map((field) => field.name))].join('、'),
          [...new Set(steps.map(({ reason }) => reason))].join('；'),
          [...new Set(steps.flatMap(({ document }) => document ?? []))].join('；'),
          before,
          after,
        ]),
      ]),
  });
}

function entryText(name: string, { index, leaf, bytes }: Omit<StoredVersion, 'key'>): string {
  const place = index === null ? '' : `"index":${index.toString()},`;
  return `${place}"entry":${fromUtf8(leaf)},${JSON.stringify(name)}:${fromUtf8(bytes)}`;
}

function pageText(name: string, rows: readonly string[], next: string | undefined): string {
  return `{${name}:[${rows.join(',')}]${next === undefined ? '' : `,"next":${JSON.stringify(next)}`}}`;
}

function parseEntry(leaf: Uint8Array): ListEntry {
  return ListEntrySchema.parse(parseJson(leaf));
}

function contentOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const value = parseJson(bytes);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function textOf(value: unknown): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function nameOf(
  names: Readonly<Record<string, string>>,
  code: string | number | null | undefined,
): string | undefined {
  return code === null || code === undefined ? undefined : (names[code] ?? String(code));
}
