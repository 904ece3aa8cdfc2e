import { Injectable } from '@nestjs/common';
import { encodeCsv, utf8 } from '@mandate/encoding';
import { AuthorityItemSchema, NegativeListItemSchema, NegativeListSchema } from '@mandate/lists';
import { isNegativeListKey } from '@mandate/published';
import { DataSource } from 'typeorm';
import { ListsService } from '../lists/lists.service.ts';
import { OrgansService } from '../organs/organs.service.ts';
import { ImportError } from './imports.errors.ts';
import { ITEMS } from './template/authority-sheets.ts';
import { AUTHORITY_SHEETS, authorityGuide, negativeGuide } from './template/guide.ts';
import { NEGATIVE_ITEMS } from './template/negative-sheet.ts';
import type { TemplateSheet } from './template/template-sheet.ts';
import { encodeTemplate, toTable } from './template/template-workbook.ts';
import { withDetails, writeItem, type WrittenRow } from './template/write-authority.ts';

export const TEMPLATE_FORMATS = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;
export type TemplateFormat = keyof typeof TEMPLATE_FORMATS;

export interface TemplateFile {
  /** with its ending */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The templates, empty or filled with a list as it is listed now: what is cancelled stands in none. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly source: DataSource,
    private readonly lists: ListsService,
    private readonly organs: OrgansService,
  ) {}

  /**
   * @param list `authority` or `negative` for an empty template; key of an organ or of a negative list for one that is
   *   filled
   * @throws ImportError `list-not-found`
   */
  async get(list: string, format: TemplateFormat): Promise<TemplateFile> {
    if (list === 'authority') return encode(AUTHORITY_SHEETS, [], authorityGuide(), '权责清单模板', format);
    if (list === 'negative') return encode([NEGATIVE_ITEMS], [], negativeGuide(), '负面清单模板', format);
    return isNegativeListKey(list) ? this.negativeList(list, format) : this.authorityList(list, format);
  }

  private async authorityList(key: string, format: TemplateFormat): Promise<TemplateFile> {
    const tx = this.source.manager;
    const organ = (await this.organs.list(tx)).find((one) => one.key === key);
    if (!organ) throw notFound(key);
    const records = await this.lists.records(tx, 'authority-item', { organ: key });
    const items = records
      .map(({ entry, value }) => ({ key: entry.key, item: AuthorityItemSchema.parse(value) }))
      .filter(({ item }) => item.state !== 'cancelled');
    const rows = items.flatMap((one, n) => writeItem(one.item, (n + 1).toString(), one.key));
    return encode(AUTHORITY_SHEETS, rows, authorityGuide(organ), `${organ.name}权责清单`, format);
  }

  private async negativeList(key: string, format: TemplateFormat): Promise<TemplateFile> {
    const tx = this.source.manager;
    const [record] = await this.lists.records(tx, 'negative-list', { organ: key });
    if (!record) throw notFound(key);
    const list = NegativeListSchema.parse(record.value);
    const records = await this.lists.records(tx, 'negative-list-item', { organ: key });
    const rows = records
      .map(({ value }) => NegativeListItemSchema.parse(value))
      .filter(({ state }) => state !== 'cancelled')
      .flatMap((item) => withDetails(NEGATIVE_ITEMS, {}, item, '事项编码'));
    return encode([NEGATIVE_ITEMS], rows, negativeGuide(list), list.name, format);
  }
}

function encode(
  sheets: readonly TemplateSheet[],
  rows: readonly WrittenRow[],
  guide: readonly (readonly string[])[],
  name: string,
  format: TemplateFormat,
): TemplateFile {
  const main = sheets[0] ?? ITEMS;
  const bytes = format === 'csv' ? utf8(encodeCsv(toTable(main, rows))) : encodeTemplate(sheets, rows, guide);
  return { name: `${name}.${format}`, bytes };
}

function notFound(key: string): ImportError {
  return new ImportError('list-not-found', `没有标识为 ${key} 的机关或负面清单。`);
}
